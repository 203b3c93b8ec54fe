"""Dates as pages and files write them → `datetime.date`. Only forms that can mean one day: 03/04/2022 is none."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {
    name[:3]: number
    for number, name in enumerate(
        (
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ),
        1,
    )
}
_ISO = re.compile(r"([1-9]\d{3})-(\d{1,2})-(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s-]([A-Za-z]{3,9})\.?,?[\s-](\d{4})(?!\d)")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.?\s(\d{1,2})(?:st|nd|rd|th)?,?\s(\d{4})(?!\d)")


def day(words: str) -> date | None:
    """The first whole date in `words`, or None if there is none or it is no day of the calendar."""
    words = words[:120]
    try:
        if m := _ISO.search(words) or _COMPACT.match(words):
            return date(int(m.group(1)), int(m.group(2)), int(m.group(3)))
        for m in _DAY_FIRST.finditer(words):
            if month := _month(m.group(2)):
                return date(int(m.group(3)), month, int(m.group(1)))
        for m in _MONTH_FIRST.finditer(words):
            if month := _month(m.group(1)):
                return date(int(m.group(3)), month, int(m.group(2)))
    except ValueError:
        pass
    return None


def given(value: str) -> date | None:
    """A date that a caller or a field gives: ISO 8601, a time may follow it. None if it is anything else."""
    m = _ISO.match(value)
    if m is None or value[m.end() : m.end() + 1] not in ("", "T", "t", " "):
        return None
    return day(m.group())


def _month(word: str) -> int | None:
    return _MONTHS.get(word[:3].lower())
