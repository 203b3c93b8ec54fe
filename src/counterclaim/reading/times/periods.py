"""Weeks, months, seasons, years and decades, whole or in part: "late last month", "the first half of 2023"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from counterclaim.reading.times.words import DAY, Days, Frame, lexicon, month_of, months_from, number, ordinal

_NOUN_YEAR = re.compile(r"(?:people|soldiers|troops|men|km|kilomet|miles|tons|tonnes|hours|missiles|drones|civilians)")
#: Words after which a bare year is one, and "May" or "March" a month.
_BEFORE_YEAR = frozenset(["in", "since", "of", "from", "until", "by", "during", "the", "through", "before", "after",
    "late", "early", "and", "to", "between", "around", "its", "back", "’s", "his"])  # fmt: skip
#: "Before June" is ahead where June is nearer than so many months.
_SOON = 4
_BEFORE_MONTH = frozenset(["in", "since", "until", "by", "during", "from", "of", "through", "and", "early", "late",
    "to", "before", "after", "between"])  # fmt: skip


def month(m: re.Match[str], frame: Frame) -> Days | None:
    """A month, with its year or the nearest to publication."""
    text = m[0]
    name = next(w for w in re.findall(r"[A-Za-z]+", text) if w.lower() in lexicon()["months"]).lower()
    if name in ("may", "march", "mar") and len(text) == len(name) and _word_before(m) not in _BEFORE_MONTH:
        return None
    n = lexicon()["months"][name]
    if found := re.search(r"(?:19|20)\d\d", text):
        year = int(found[0])
    elif (told := relative_year(text, frame)) is not None:
        year = told
    elif frame.published:
        year = frame.published.year
        ahead = n > frame.published.month
        future = frame.future or text.startswith(("Next", "next")) or _word_before(m) in ("by", "until")
        future = future or (ahead and text.startswith(("This", "this")))
        future = future or (_word_before(m) == "before" and 0 < n - frame.published.month < _SOON)
        if future and not ahead and n != frame.published.month:
            year += 1
        elif ahead and not future:
            year -= 1
    else:
        return None
    return _part(text.lower(), *month_of(year, n), frame)


def relative_year(text: str, frame: Frame) -> int | None:
    """The year of "May last year", "3 May of this year"."""
    found = re.search(r" (this|last|next) year$", text)
    return frame.published.year + {"last": -1, "this": 0, "next": 1}[found[1]] if found and frame.published else None


def _word_before(m: re.Match[str]) -> str:
    return re.split(r"[\s(]", m.string[max(0, m.start() - 30) : m.start()].rstrip())[-1].lower()


def year(m: re.Match[str], frame: Frame) -> Days | None:
    """A year, or one to another: "2014", "2008-09", "late 2021"."""
    after = m.string[m.end() : m.end() + 14].lstrip().lower()
    before = _word_before(m)
    bare = m[0][0].isdigit() and m.start() and before not in _BEFORE_YEAR
    if bare and before == "a" and m.string[m.end() : m.end() + 2].strip().islower():  # "a 2021 coup", no "2021 Toyota"
        bare = False
    if (bare and after[:1] not in (",", ".", ";", ")", "")) or _NOUN_YEAR.match(after):
        return None
    years = [int(y) for y in re.findall(r"\b(?:19|20)\d\d\b", m[0])]
    if short := re.search(r"\d{4} ?[-–] ?(\d\d)$", m[0]):
        years.append(years[0] // 100 * 100 + int(short[1]))
    if (frame.published and years[0] > frame.published.year + 30) or years[-1] < years[0]:
        return None
    return _part(m[0].lower(), date(years[0], 1, 1), date(years[-1], 12, 31), frame)


def decade(m: re.Match[str], frame: Frame) -> Days | None:
    """ "The late 1980s": a decade or a third of it."""
    first = int(re.findall(r"\d{4}", m[0])[0])
    return _part(m[0].lower(), date(first, 1, 1), date(first + 9, 12, 31), frame)


def quarter(m: re.Match[str], frame: Frame) -> Days | None:
    """A quarter of a year, the last one before publication where no year is named; the fiscal year of the US."""
    lower = m[0].lower()
    found = re.search(r"(?:19|20)\d\d", lower)
    if "fiscal" in lower:
        return (date(int(found[0]) - 1, 10, 1), date(int(found[0]), 9, 30)) if found else None
    if lower == "last quarter" and frame.published:
        first = months_from(frame.published.replace(day=1), -3 - (frame.published.month - 1) % 3)
        return first, months_after(first)
    n = 4 if lower.startswith(("last", "final")) else ordinal(lower[:12])
    if n is None or not (found or frame.published):
        return None
    if found:
        y = int(found[0])
    elif frame.published:
        y = frame.published.year - ("last year" in lower)
        if "year" not in lower and date(y, 3 * n - 2, 1) > frame.published:
            y -= 1
    return date(y, 3 * n - 2, 1), month_of(y, 3 * n)[1]


def calendar(m: re.Match[str], frame: Frame) -> Days | None:
    """This, last or next week, weekend, month, year or season. "This" ends with publication."""
    lower = m[0].lower()
    name = next((s for s in lexicon()["seasons"] if re.search(rf"\b{s}\b", lower)), None)
    if name:
        return _season(name, lower, frame)
    if not frame.published:
        return None
    day = frame.published
    step = -1 if "last " in lower else 1 if "next " in lower else -2 if "before last" in lower else 0
    if "weekend" in lower:
        saturday = day - timedelta(days=(day.weekday() - 5) % 7)
        if "next" in lower or (day.weekday() < 5 and (frame.future or lower.startswith("by"))):
            saturday += 7 * DAY
        elif "before last" in lower or ("last" in lower and day.weekday() >= 5):
            saturday -= 7 * DAY
        return saturday, saturday + DAY
    if re.search(r"\bweek\b", lower):
        first = day - timedelta(days=day.weekday()) + timedelta(days=7 * step)
        last = first + 6 * DAY
    elif re.search(r"\bmonth\b(?! of)", lower):
        months = day.year * 12 + day.month - 1 + step
        first, last = month_of(months // 12, months % 12 + 1)
    else:
        first, last = date(day.year + step, 1, 1), date(day.year + step, 12, 31)
    if step or frame.future or re.match(r"later|late |end|close", lower):
        return _part(lower, first, last, frame)
    first, last = _part(lower, first, last, frame)
    return (first, min(last, day)) if first <= day else (first, last)


def _season(name: str, lower: str, frame: Frame) -> Days | None:
    """A season of the north: of a named year, last year's where "last" and this year's is not over, else the latest."""
    begins = lexicon()["seasons"][name]
    if found := re.search(r"(?:19|20)\d\d(?P<over>[-–]\d\d)?", lower):
        y = int(found[0][:4])
        if begins == 12 and not found["over"]:
            y -= 1 if re.search(r"\b(?:late|end)", lower) is None and "early" in lower else 0
        first = date(y, begins, 1)
    elif frame.published:
        first = date(frame.published.year, begins, 1)
        step = 1 if "next" in lower else 0
        while not step and not frame.future and first > frame.published:
            first = date(first.year - 1, begins, 1)
        if "last" in lower and months_after(first) >= frame.published:
            first = date(first.year - 1, begins, 1)
        if step and first <= frame.published:
            first = date(first.year + 1, begins, 1)
    else:
        return None
    return _part(lower, first, months_after(first), frame)


def months_after(first: date) -> date:
    """The last day of the three months that begin with `first`."""
    y, n = divmod(first.year * 12 + first.month + 1, 12)
    return month_of(y, n + 1)[1]


def _part(lower: str, first: date, last: date, frame: Frame) -> Days:
    """A part of a stretch: early, mid and late are thirds; "earlier" ends and "later" begins with publication."""
    days = (last - first).days + 1
    third = timedelta(days=round(days / 3) if days > 7 else 3)
    if lower.startswith(("earlier", "later")) and frame.published and first <= frame.published <= last:
        return (first, frame.published) if lower.startswith("earlier") else (frame.published, last)
    if " half of " in lower:
        half = timedelta(days=days // 2) if days < 300 else date(first.year, 7, 1) - first
        return (first, first + half - DAY) if lower.startswith("first") else (first + half, last)
    if found := re.match(r"first (\w+) months of", lower):
        n = number(found[1]) or 1
        return first, month_of(first.year, min(first.month + n - 1, 12))[1]
    if " quarter of " in lower:
        return first, last
    if re.match(r"early|start|beginning", lower):
        return first, first + third - DAY
    if re.match(r"mid", lower):
        return first + third, last - third
    if re.match(r"late\b|end|close", lower):
        return last - third + DAY, last
    if inner := re.search(r"\b(?:early|late|mid)\b", lower):  # "the late 1980s"
        return _part(lower[inner.start() :], first, last, frame)
    return first, last
