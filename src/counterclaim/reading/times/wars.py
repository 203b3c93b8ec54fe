"""A war's own clock: its days, weeks and years by the profile's day one."""

from __future__ import annotations

import re
from datetime import date, timedelta

from counterclaim.reading.times.words import DAY, Days, Frame, lexicon, months_from, number, ordinal, unit

_BEGINS = re.compile(r"start|begin|began|broke|erupt|outbreak|onset|full-scale|invasion|the war|of war")
#: So far may a count of days be off, for what is told the morning after.
_NEAR = timedelta(days=2)


def since(m: re.Match[str], frame: Frame) -> Days | None:
    """ "Since the war began". Before it, or until then, is no date."""
    lower = m[0].lower()
    if not frame.day_one or lower.startswith(("before", "until")) or not _BEGINS.search(lower):
        return None
    return frame.day_one, max(frame.published or frame.day_one, frame.day_one)


def day(m: re.Match[str], frame: Frame) -> Days | None:
    """ "Day 8 of the invasion", "its eighth day". What else is in its fourth day is so at publication."""
    n, lower = ordinal(m[0]), m[0].lower()
    if n is None or not frame.day_one:
        return None
    found = frame.day_one + timedelta(days=n - 1)
    if frame.published and abs(found - frame.published) > _NEAR:
        many = lexicon()["war"]["many"]
        if " of " not in lower or lower.split()[-1] in many:
            before = m.string[: m.start()].rstrip().rsplit(" ", 1)[-1].lower()
            now = lower.startswith(("its", "their")) and before in ("in", "into", "entered", "enters", "entering")
            return (frame.published, frame.published) if now else None
    return found, found


def stretch(m: re.Match[str], frame: Frame) -> Days | None:
    """ "Its second week", "the fourth month of the war", "its third year"."""
    n = ordinal(m[0])
    if not n or not frame.day_one:
        return None
    first, last = _nth(frame.day_one, n, unit(m[0]))
    if frame.published and first > frame.published + 7 * DAY:
        return None
    return first, last


def _nth(day_one: date, n: int, kind: str) -> Days:
    if kind == "week":
        first = day_one + timedelta(days=7 * (n - 1))
        return first, first + 6 * DAY
    step = 12 if kind == "year" else 1
    return months_from(day_one, step * (n - 1)), months_from(day_one, step * n) - DAY


def into(m: re.Match[str], frame: Frame) -> Days | None:
    """ "Two months into the war", "in the first days of the invasion"."""
    if not frame.day_one:
        return None
    lower, kind = m[0].lower(), unit(m[0])
    if lower.startswith(("eve", "day", "night")):
        return frame.day_one - DAY, frame.day_one - DAY
    if lower.startswith("early in"):
        return frame.day_one, frame.day_one + 29 * DAY
    if re.match(r"first|opening|early|initial", lower):
        return frame.day_one, frame.day_one + {"day": 5, "week": 20}.get(kind, 89) * DAY
    n = number(lower)
    if n is None:
        return None
    if kind in ("month", "year"):
        found = months_from(frame.day_one, n * (12 if kind == "year" else 1))
    else:
        found = frame.day_one + timedelta(days=n * {"week": 7, "fortnight": 14, "day": 1}.get(kind, 0))
    return found, found


def anniversary(m: re.Match[str], frame: Frame) -> Days | None:
    """ "The second anniversary of the invasion"."""
    n = ordinal(m[0])
    if not n or not frame.day_one:
        return None
    found = months_from(frame.day_one, 12 * n)
    return found, found
