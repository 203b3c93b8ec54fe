"""From a date phrase to its days: one rule for each kind of phrase in `lexicon/times.toml`.

A weekday is the nearest past one, the day of publication included; in a clause about the future the next one. A day
without a year is the nearest to publication, rather past than future.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from counterclaim.reading.times import lengths, periods, wars
from counterclaim.reading.times.feasts import first_day
from counterclaim.reading.times.words import DAY, Days, Frame, lexicon, number

Rule = Callable[[re.Match[str], Frame], Days | None]
#: After the month and day of a war's day one: the day that it began on, and no later year's.
_BEGAN = re.compile(r"[’']?s? (?:\w+ )?(?:attacks?|massacre|assault|invasion|raid|coup)\b", re.IGNORECASE)


def _iso(m: re.Match[str], _: Frame) -> Days | None:
    day = date.fromisoformat(m[0].replace("/", "-"))
    return day, day


def _named(m: re.Match[str], _: Frame) -> Days | None:
    day = lexicon()["named"][m[0]]
    return day, day


def _slash(m: re.Match[str], frame: Frame) -> Days | None:
    a, b, y = (int(x) for x in re.findall(r"\d+", m[0]))
    y += 2000 if y < 100 else 0
    choices = []
    for month, day in ((a, b), (b, a)) if "/" in m[0] else ((b, a),):
        if 1 <= month <= 12:
            try:
                choices.append(date(y, month, day))
            except ValueError:
                continue
    if not choices:
        return None
    if frame.published is None:
        return (choices[0], choices[0]) if len(set(choices)) == 1 else None
    published = frame.published
    nearest = min(choices, key=lambda d: abs((d - published).days))
    return nearest, nearest


def _nearest_year(on: Callable[[int], date], frame: Frame) -> date | None:
    """A day of the year in the nearest year to publication, at most six weeks ahead."""
    if not frame.published:
        return None
    at_most = frame.published + timedelta(days=200 if frame.future else 45)
    for year in (frame.published.year + 1, frame.published.year, frame.published.year - 1):
        try:
            found = on(year)
        except ValueError:
            continue
        if found <= at_most:
            return found
    return None


def _day_month(m: re.Match[str], frame: Frame) -> Days | None:
    text = m[0].rstrip(",")
    name = next(w for w in re.findall(r"[A-Za-z]+", text) if w.lower() in lexicon()["months"])
    month = lexicon()["months"][name.lower()]
    found_year = re.search(r"\b(?:19|20)\d\d\b", text)
    days = [int(n) for n in re.findall(r"\d+", text[: found_year.start()] if found_year else text)]
    if not days or any(not 1 <= d <= 31 for d in days):
        return None
    year = int(found_year[0]) if found_year else periods.relative_year(text, frame)
    if year:
        return date(year, month, days[0]), date(year, month, days[-1])
    one = frame.day_one
    began = _BEGAN.match(m.string, m.end()) or m.string[: m.start()].lower().endswith("since ")
    if one and began and len(days) == 1 and (month, days[0]) == (one.month, one.day):
        return one, one
    first = _nearest_year(lambda y: date(y, month, days[0]), frame)
    last = _nearest_year(lambda y: date(y, month, days[-1]), frame)
    return (first, last) if first and last else None


def _feast(m: re.Match[str], frame: Frame) -> Days | None:
    lower = m[0].lower().replace("’", "'")
    year = re.search(r" \d{4}$", lower)
    feast = lexicon()["feasts"][lower[: year.start()] if year else lower]
    day = first_day(feast, int(year[0])) if year else _nearest_year(lambda y: first_day(feast, y), frame)
    return (day, day + timedelta(days=feast.get("days", 1) - 1)) if day else None


def _weekday(m: re.Match[str], frame: Frame) -> Days | None:
    if not frame.published:
        return None
    lower = m[0].lower()
    n = next(i for i, w in enumerate(lexicon()["weekdays"]) if re.search(rf"\b{w[:3]}", lower))
    back = (frame.published.weekday() - n) % 7
    past = frame.published - timedelta(days=back)
    if "days ago" in lower:  # "two Fridays ago"
        past -= timedelta(days=7 * ((number(lower) or 1) - bool(back)))
    elif "ago" in lower:
        past -= timedelta(days=7 * (number(lower.partition("week")[0]) or 1))
    elif "last week" in lower:
        past = frame.published - timedelta(days=frame.published.weekday() + 7 - n)
    elif "before last" in lower:
        past -= 7 * DAY if back else 14 * DAY
    elif "next " in lower or "coming" in lower or (frame.future and back):
        past += 7 * DAY
    elif lower.startswith("last ") and not back:
        past -= 7 * DAY
    return past, past


def _ordinal(m: re.Match[str], frame: Frame) -> Days | None:
    """ "On the 16th": the last one before publication, in a clause about the future the next."""
    before = m.string[: m.start()].rsplit(" ", 3)[-3:-2]
    if not frame.published or not before or before[0].lower() not in _BEFORE_DAY:
        return None
    n, day = int(re.sub(r"\D", "", m[0])), frame.published
    for _ in range(62):
        if day.day == n:
            return day, day
        day += DAY if frame.future else -DAY
    return None


_BEFORE_DAY = frozenset(["on", "of", "since", "until", "till", "by", "before", "after", "from"])


def _near(m: re.Match[str], frame: Frame) -> Days | None:
    if not frame.published:
        return None
    first, last = lexicon()["near"][m[0].lower()]
    return frame.published + timedelta(days=first), frame.published + timedelta(days=last)


RULES: dict[str, Rule] = {
    "iso": _iso,
    "named": _named,
    "slash": _slash,
    "anniversary": wars.anniversary,
    "into": wars.into,
    "dayone": wars.since,
    "dmy": _day_month,
    "mdy": _day_month,
    "dayof": wars.day,
    "weekof": wars.stretch,
    "quarter": periods.quarter,
    "weekday": _weekday,
    "near": _near,
    "feast": _feast,
    "ago": lengths.ago,
    "shift": lengths.shift,
    "past": lengths.past,
    "lasted": lengths.lasted,
    "calendar": periods.calendar,
    "decade": periods.decade,
    "monthyear": periods.month,
    "year": periods.year,
    "ordinal": _ordinal,
}
