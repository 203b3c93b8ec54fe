"""From a date phrase to its days: one rule for each kind of phrase in `lexicon/times.toml`.

A weekday is the nearest past one, the day of publication included; in a clause about the future the next one. A day
without a year is the nearest to publication, rather past than future.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from counterclaim.reading.times.words import Days, Frame, lexicon

Rule = Callable[[re.Match[str], Frame], Days | None]
_DAY = timedelta(days=1)


def _number(text: str) -> int | None:
    for word in re.findall(r"\d+|[a-z]+", text.lower()):
        if word.isdigit():
            return int(word)
        if word in ("a", "an") and re.search(r"\ba (?:few|couple)\b", text.lower()):
            continue
        if word in lexicon()["numbers"]:
            return int(lexicon()["numbers"][word])
    return None


def _iso(m: re.Match[str], _: Frame) -> Days | None:
    day = date.fromisoformat(m[0])
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


def _nearest_year(month: int, day: int, frame: Frame) -> date | None:
    """The year of a day without one: the nearest to publication, at most six weeks ahead."""
    if not frame.published:
        return None
    at_most = frame.published + timedelta(days=200 if frame.future else 45)
    for year in (frame.published.year + 1, frame.published.year, frame.published.year - 1):
        try:
            found = date(year, month, day)
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
    if found_year:
        return date(int(found_year[0]), month, days[0]), date(int(found_year[0]), month, days[-1])
    first, last = _nearest_year(month, days[0], frame), _nearest_year(month, days[-1], frame)
    return (first, last) if first and last else None


def _month(m: re.Match[str], frame: Frame) -> Days | None:
    text = m[0]
    name = next(w for w in re.findall(r"[A-Za-z]+", text) if w.lower() in lexicon()["months"])
    if name.lower() in ("may", "march", "mar") and text == name and not _is_month(m):
        return None
    month = lexicon()["months"][name.lower()]
    found_year = re.search(r"(?:19|20)\d\d", text)
    if found_year:
        year = int(found_year[0])
    elif frame.published:
        year = frame.published.year
        ahead = month > frame.published.month
        future = frame.future or m.string[: m.start()].rstrip().lower().endswith((" by", " until", " next"))
        if future and not ahead and month != frame.published.month:
            year += 1
        elif ahead and not future:
            year -= 1
    else:
        return None
    first, last = _whole_month(year, month)
    lower = text.lower()
    if lower.startswith("early"):
        last = first + 9 * _DAY
    elif lower.startswith("mid"):
        first, last = first + 9 * _DAY, first + 19 * _DAY
    elif lower.startswith("late "):
        first = first + 19 * _DAY
    return first, last


def _is_month(m: re.Match[str]) -> bool:
    """Whether "May" or "March" is the month: after a preposition, not a verb or a walk."""
    before = m.string[: m.start()].rstrip().rsplit(" ", 1)[-1].lower()
    return before in (
        "in",
        "since",
        "until",
        "by",
        "during",
        "from",
        "of",
        "through",
        "and",
        "early",
        "late",
        "to",
        "before",
        "after",
    )


def _whole_month(year: int, month: int) -> Days:
    first = date(year, month, 1)
    return first, date(year + month // 12, month % 12 + 1, 1) - _DAY


_YEAR_BEFORE = frozenset(
    [
        "in",
        "since",
        "of",
        "from",
        "until",
        "by",
        "during",
        "the",
        "through",
        "before",
        "after",
        "late",
        "early",
        "and",
        "to",
        "between",
        "around",
        "its",
        "back",
        "’s",
        "his",
    ]
)


def _year(m: re.Match[str], frame: Frame) -> Days | None:
    before = re.split(r"[\s(]", m.string[: m.start()].rstrip())[-1].lower()
    after = m.string[m.end() : m.end() + 14].lstrip().lower()
    if before not in _YEAR_BEFORE and after[:1] not in (",", ".", ";", ")", "") and m.start():
        return None
    if re.match(r"(?:people|soldiers|troops|men|km|kilomet|miles|tons|tonnes|hours|missiles|drones|civilians)", after):
        return None
    years = [int(y) for y in re.findall(r"\d{4}", m[0])]
    if frame.published and years[0] > frame.published.year + 30:
        return None
    lower = m[0].lower()
    first, last = date(years[0], 1, 1), date(years[-1], 12, 31)
    if lower.startswith("early"):
        last = date(years[0], 4, 30)
    elif lower.startswith("late"):
        first = date(years[0], 9, 1)
    return first, last


def _since_day_one(m: re.Match[str], frame: Frame) -> Days | None:
    if not frame.day_one:
        return None
    lower = m[0].lower()
    if lower.startswith(("before", "until")) or not re.search(
        r"start|begin|began|broke|erupt|outbreak|onset|full-scale|invasion|the war", lower
    ):
        return None
    return frame.day_one, max(frame.published or frame.day_one, frame.day_one)


def _ordinal(text: str) -> int | None:
    if found := re.search(r"\d+", text):
        return int(found[0])
    for word in text.lower().split():
        if word in lexicon()["ordinals"]:
            return int(lexicon()["ordinals"][word])
    return _number(text)


def _war_day(m: re.Match[str], frame: Frame) -> Days | None:
    n = _ordinal(m[0])
    if n is None or not frame.day_one:
        return None
    day = frame.day_one + timedelta(days=n - 1)
    if frame.published and abs((day - frame.published).days) > 2 and " of " not in m[0]:
        return None
    return day, day


def _war_week(m: re.Match[str], frame: Frame) -> Days | None:
    n = _ordinal(m[0])
    if n is None or not frame.day_one:
        return None
    length = 7 if "week" in m[0] else 30 if "month" in m[0] else 365
    first = frame.day_one + timedelta(days=length * (n - 1))
    if frame.published and first > frame.published + 7 * _DAY:
        return None
    return first, first + timedelta(days=length - 1)


def _weekday(m: re.Match[str], frame: Frame) -> Days | None:
    if not frame.published:
        return None
    lower = m[0].lower()
    name = next(w for w in lexicon()["weekdays"] if w in lower)
    back = (frame.published.weekday() - lexicon()["weekdays"].index(name)) % 7
    if "next " in lower or "coming" in lower or (frame.future and back):
        day = frame.published + timedelta(days=7 - back)
    elif lower.startswith("last ") and not back:
        day = frame.published - timedelta(days=7)
    else:
        day = frame.published - timedelta(days=back)
    return day, day


def _near(m: re.Match[str], frame: Frame) -> Days | None:
    if not frame.published:
        return None
    first, last = lexicon()["near"][m[0].lower()]
    return frame.published + timedelta(days=first), frame.published + timedelta(days=last)


_LENGTH = {"hour": 0, "day": 1, "week": 7, "month": 30, "year": 365, "decade": 3652}


def _unit(text: str) -> str:
    return next(u for u in ("decade", "year", "month", "week", "day", "hour", "night") if u in text)


def _ago(m: re.Match[str], frame: Frame) -> Days | None:
    n = _number(m[0])
    if not frame.published or n is None:
        return None
    return _back(frame.published, n, _unit(m[0].lower()))


def _back(anchor: date, n: int, unit: str) -> Days:
    if unit == "hour":
        day = anchor - timedelta(days=n // 24)
        return day, anchor
    if unit in ("day", "night"):
        day = anchor - timedelta(days=n)
        return day, day
    if unit == "week":
        day = anchor - timedelta(days=7 * n)
        return day - 3 * _DAY, day + 3 * _DAY
    if unit == "month":
        months = anchor.year * 12 + anchor.month - 1 - n
        return _whole_month(months // 12, months % 12 + 1)
    year = anchor.year - n * (10 if unit == "decade" else 1)
    return date(year, 1, 1), date(year, 12, 31)


def _shift(m: re.Match[str], frame: Frame) -> Days | None:
    anchor = frame.told or frame.published
    if not anchor:
        return None
    lower = m[0].lower()
    if "same day" in lower:
        return anchor, anchor
    if "later" in lower or "following" in lower or "next day" in lower:
        if not frame.told or "week" in lower or "month" in lower:
            return None
        day = anchor + timedelta(days=_number(lower) or 1)
        return day, day
    n = _number(lower) if re.match(r"(?:\d|[a-z]+ (?:few|couple|day|week|month|year))", lower) else 1
    if lower.startswith("the "):
        n = 1
    return _back(anchor, n or 1, _unit(lower))


def _past(m: re.Match[str], frame: Frame) -> Days | None:
    if not frame.published:
        return None
    lower = m[0].lower()
    unit = _unit(lower)
    n = _number(re.sub(r"^.*?\b(?:past|last|previous)\b", "", lower))
    if n is None:
        n = 1 if not lower.endswith("s") else 3
    length = max(1, n // 24) if unit == "hour" else n * _LENGTH[unit]
    return frame.published - timedelta(days=length), frame.published


def _calendar(m: re.Match[str], frame: Frame) -> Days | None:
    if not frame.published:
        return None
    day, lower = frame.published, m[0].lower()
    step = -1 if "last " in lower else 1 if "next " in lower else 0
    if "weekend" in lower:
        saturday = day - timedelta(days=(day.weekday() - 5) % 7)
        if "next" in lower or frame.future:
            saturday += 7 * _DAY
        elif "last" in lower and day.weekday() >= 5:
            saturday -= 7 * _DAY
        return saturday, saturday + _DAY
    if "week" in lower:
        monday = day - timedelta(days=day.weekday()) + timedelta(days=7 * step)
        last = monday + 6 * _DAY
        return monday, min(last, day) if not step and not frame.future else last
    if "month" in lower:
        months = day.year * 12 + day.month - 1 + step
        first, last = _whole_month(months // 12, months % 12 + 1)
        return first, min(last, day) if not step and not frame.future else last
    if "year" in lower:
        first, last = date(day.year + step, 1, 1), date(day.year + step, 12, 31)
        return first, min(last, day) if not step and not frame.future else last
    season = next(s for s in ("winter", "spring", "summer", "autumn", "fall") if s in lower)
    begins = {"winter": 12, "spring": 3, "summer": 6, "autumn": 9, "fall": 9}[season]
    year = day.year + (step if step else 0)
    if step < 0 and date(day.year, begins, 1) + timedelta(days=92) < day:
        year = day.year
    first = date(year, begins, 1)
    return first, first + timedelta(days=91)


RULES: dict[str, Rule] = {
    "iso": _iso,
    "slash": _slash,
    "dayone": _since_day_one,
    "dmy": _day_month,
    "mdy": _day_month,
    "dayof": _war_day,
    "weekof": _war_week,
    "weekday": _weekday,
    "near": _near,
    "ago": _ago,
    "shift": _shift,
    "past": _past,
    "calendar": _calendar,
    "monthyear": _month,
    "year": _year,
}
