"""Feasts that have a name and move from year to year: Easter, Ramadan, Passover. Only arithmetic, no tables.

Sources: Easter by Meeus, *Astronomical Algorithms* ch. 8 (western: Butcher; orthodox: Julian, moved to the Gregorian
calendar); Passover by Gauss's formula; the Islamic year is the tabular one, which can differ by a day from the moon
that was seen.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

_HIJRA = date(622, 7, 19)  #: 1 Muharram of year 1, civil epoch, in the proleptic Gregorian calendar


def first_day(feast: dict[str, Any], year: int) -> date:
    """The first day in `year` of a feast as `lexicon/times.toml` describes it.

    Raises:
        ValueError: if that year has no such day.
    """
    return _BASES[feast["of"]](feast, year) + timedelta(days=feast.get("plus", 0))


def _fixed(feast: dict[str, Any], year: int) -> date:
    return date(year, feast["month"], feast["day"])


def _western(_: dict[str, Any], year: int) -> date:
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    w = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * w) // 433
    month = (h + w - 7 * m + 90) // 25
    return date(year, month, (h + w - 7 * m + 33 * month + 19) % 32)


def _orthodox(_: dict[str, Any], year: int) -> date:
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + timedelta(days=_behind(year))


def _behind(year: int) -> int:
    """How many days the Julian calendar is behind in spring."""
    return year // 100 - year // 400 - 2


def _islamic(feast: dict[str, Any], year: int) -> date:
    """The first of a month of the Islamic year whose month falls into `year`."""
    guess = (year - 622) * 33 // 32
    for hijri in (guess, guess + 1, guess + 2):
        months = 29 * (feast["month"] - 1) + feast["month"] // 2  # of 30 and 29 days in turn
        day = _HIJRA + timedelta(days=(hijri - 1) * 354 + (3 + 11 * hijri) // 30 + months)
        if day.year == year:
            return day
    raise ValueError(year)


def _passover(_: dict[str, Any], year: int) -> date:
    a, b = (12 * year + 12) % 19, year % 4
    q = -1.904412361576 + 1.554241796621 * a + 0.25 * b - 0.003177794022 * year + _behind(year)
    whole = int(q // 1)
    weekday, rest = (whole + 3 * year + 5 * b + 2 - _behind(year)) % 7, q - whole
    if weekday in (2, 4, 6):
        whole += 1
    elif weekday == 1 and a > 6 and rest >= 0.632870370:
        whole += 2
    elif weekday == 0 and a > 11 and rest >= 0.897723765:
        whole += 1
    return date(year, 3, 1) + timedelta(days=whole + 21)


_BASES = {"fixed": _fixed, "western": _western, "orthodox": _orthodox, "islamic": _islamic, "passover": _passover}

__all__ = ["first_day"]
