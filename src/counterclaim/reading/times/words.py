"""What the grammar of dates is built from: its lexicon, numbers, days, and what a phrase is relative to."""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import resources
from typing import Any

from counterclaim.types import When

Days = tuple[date, date]
DAY = timedelta(days=1)


@functools.cache
def lexicon() -> dict[str, Any]:
    """The words of `lexicon/times.toml`."""
    return tomllib.loads(resources.files("counterclaim.lexicon").joinpath("times.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Frame:
    """What a phrase is relative to: the day of publication, the war's day one, the last day told before it.

    `future` says that the phrase stands in a clause about what is to come.
    """

    published: date | None
    day_one: date | None = None
    told: date | None = None
    future: bool = False


def when(start: date, end: date) -> When:
    """A stretch of days with UCDP GED's date_prec by length: 1 a day, 2 up to six, 3 a week, 4 a month, 5 more."""
    if end < start:
        start, end = end, start
    length = (end - start).days + 1
    precision = 1 if length == 1 else 2 if length <= 6 else 3 if length == 7 else 4 if length <= 31 else 5
    return When(start=start, end=end, precision=precision)


def number(text: str) -> int | None:
    """The number that a phrase counts by: "three days", "a dozen", "forty-five", "1,000"; None where it has none."""
    lower = text.lower().replace(",", "")
    if found := re.search(r"\d+", lower):
        return int(found[0])
    known = lexicon()["numbers"]
    words = [w for w in re.findall(r"[a-z]+", lower) if w in known]
    counts = [known[w] for w in words if w not in ("a", "an")]
    if len(counts) > 1 and counts[0] >= 20 > counts[1] > 0:
        return int(counts[0] + counts[1])
    return int(counts[0]) if counts else 1 if words else None


def ordinal(text: str) -> int | None:
    """The number of an ordinal: "39th", "second", "twenty-first"; None where it has none."""
    lower = text.lower().replace(",", "")
    if found := re.search(r"\d+", lower):
        return int(found[0])
    numbers, ordinals = lexicon()["numbers"], lexicon()["ordinals"]
    tens = 0
    for word in re.findall(r"[a-z]+", lower):
        if word in ordinals:
            return int(tens + ordinals[word])
        tens = numbers.get(word, 0) if numbers.get(word, 0) >= 20 else 0
    return number(text)


def unit(text: str) -> str:
    """The unit of time that a phrase counts in."""
    units = ("decade", "year", "month", "fortnight", "week", "day", "hour", "night")
    return next((u for u in units if u in text.lower()), "day")


def month_of(year: int, month: int) -> Days:
    """The first and the last day of a month."""
    first = date(year, month, 1)
    return first, date(year + month // 12, month % 12 + 1, 1) - DAY


def months_from(day: date, n: int) -> date:
    """The same day `n` months on, or the last of that month."""
    months = day.year * 12 + day.month - 1 + n
    first, last = month_of(months // 12, months % 12 + 1)
    return min(first + (day.day - 1) * DAY, last)
