"""Days counted from another day: "two weeks ago", "the following day", "after a three-day siege", "in two days"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from counterclaim.reading.times.words import DAY, Days, Frame, month_of, months_from, number, unit

_LENGTH = {"hour": 0, "night": 1, "day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365, "decade": 3652}
#: Before "for nine days": something goes on, and began so long ago.
_GOES_ON = re.compile(
    r"(?:\b(?:has|have)|[’']ve)(?: not| n't)? (?:\w+ ){0,2}?(?:been|not|lasted|gone|raged|continued|held)\b"
)


def ago(m: re.Match[str], frame: Frame) -> Days | None:
    """ "Three days ago", "half a year ago", "a month and a half ago"."""
    lower = m[0].lower()
    n = number(lower)
    if not frame.published or n is None:
        return None
    kind = unit(lower)
    if "half" in lower and kind in ("week", "month", "year", "decade"):
        whole = n if "and a half" in lower else 0
        months = {"year": 12 * whole + 6, "decade": 120 * whole + 60}.get(kind)
        if months is not None:
            return back(frame.published, months, "month")
        middle = frame.published - timedelta(days=_LENGTH[kind] * whole + _LENGTH[kind] // 2)
        reach = timedelta(days=3 if kind == "week" else 15)
        return middle - reach, middle + reach
    return back(frame.published, n, kind)


def back(anchor: date, n: int, kind: str) -> Days:
    """`n` units before `anchor`: a day, the week around it, a whole month or year."""
    if kind == "hour":
        return anchor - timedelta(days=n // 24), anchor
    if kind in ("day", "night"):
        day = anchor - timedelta(days=n)
        return day, day
    if kind in ("week", "fortnight"):
        day = anchor - timedelta(days=_LENGTH[kind] * n)
        return day - 3 * DAY, day + 3 * DAY
    if kind == "month":
        months = anchor.year * 12 + anchor.month - 1 - n
        return month_of(months // 12, months % 12 + 1)
    year = anchor.year - n * (10 if kind == "decade" else 1)
    return date(year, 1, 1), date(year, 12, 31)


def shift(m: re.Match[str], frame: Frame) -> Days | None:
    """From the day told last: "the following day", "hours later", "a month earlier"."""
    lower = m[0].lower()
    anchor = frame.told or frame.published
    if not anchor:
        return None
    if "same" in lower:
        return (anchor, anchor) if frame.told or "day" in lower else None
    if re.match(r"hours|minutes", lower):
        if not frame.told:
            return None
        days = (frame.told, frame.told + DAY) if lower.startswith("hours") else (frame.told, frame.told)
        return (frame.told - DAY, frame.told) if "earlier" in lower else days
    if re.search(r"later|afterwards|following|next (?:day|morning|night|evening)", lower):
        if not frame.told or "month" in lower:
            return None
        day = anchor + timedelta(days=(number(lower) or 1) * _LENGTH[unit(lower)])
        return day, day
    n = 1 if lower.startswith("the ") else number(lower)
    return back(anchor, n or 1, unit(lower))


def past(m: re.Match[str], frame: Frame) -> Days | None:
    """ "Over the past three weeks": up to publication."""
    if not frame.published:
        return None
    lower = m[0].lower()
    kind = unit(lower)
    n = number(re.sub(r"^.*?\b(?:past|last|previous)\b", "", lower))
    if n is None:
        n = 1 if not lower.endswith("s") else 3
    length = max(1, n // 24) if kind == "hour" else n * _LENGTH[kind]
    return frame.published - timedelta(days=length), frame.published


def lasted(m: re.Match[str], frame: Frame) -> Days | None:
    """What took so long and ended, or goes on, when it is told; or what is to come within so long."""
    lower = m[0].lower()
    n, kind = number(lower), unit(lower)
    if not frame.published or n is None:
        return None
    before = m.string[max(0, m.start() - 60) : m.start()].rstrip()
    if re.match(r"(?:in|within) ", lower):
        if not frame.future:
            return None
        day = frame.published + timedelta(days=-(-n // 24) if kind == "hour" else n * _LENGTH[kind])
        return (day, day) if lower.startswith("in ") else (frame.published, day)
    if frame.future:
        return None
    if lower.startswith("for "):
        if not _GOES_ON.search(before):
            return None
        return _since(frame.published, n, kind), frame.published
    end = frame.published if lower.endswith("old") else frame.told or frame.published
    return _since(end, n, kind), end


def _since(end: date, n: int, kind: str) -> date:
    if kind in ("month", "year"):
        return months_from(end, -n * (12 if kind == "year" else 1))
    return end - timedelta(days=n * _LENGTH[kind])
