"""What the grammar of dates is built from: its lexicon, days, and what a phrase is relative to."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any

from counterclaim.types import When

Days = tuple[date, date]


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
