"""The ranges of one matter on one axis: where each begins and ends, in hundredths of the width, open ends left open."""

from __future__ import annotations

import math
from collections.abc import Sequence

from counterclaim.types import Struct
from counterclaim.views.sides import MatterRow

#: From this ratio of the ends on the axis is one of powers.
_WIDE = 30
#: Where the lowest and the highest number stand; beyond them is room for open ends.
_FIRST, _LAST = 6.0, 94.0


class Bar(Struct, frozen=True, kw_only=True):
    """A range as drawn. `below`, `above`: that end is open."""

    left: float
    right: float
    below: bool
    above: bool


def bars(matter: MatterRow) -> list[Bar]:
    """The bars of a matter's sides, in their order."""
    numbers = [float(n) for side in matter.sides for n in (side.low, side.high) if n is not None]
    return [_bar(side.low, side.high, numbers) for side in matter.sides]


def powers(numbers: Sequence[float]) -> bool:
    """Whether numbers lie so far apart that they stand by their powers."""
    return bool(numbers) and (max(numbers) + 1) / (min(numbers) + 1) > _WIDE


def _bar(low: float | None, high: float | None, numbers: Sequence[float]) -> Bar:
    left = 0.0 if low is None else _at(low, numbers)
    right = 100.0 if high is None else _at(high, numbers)
    return Bar(left=round(left, 1), right=round(right, 1), below=low is None, above=high is None)


def _at(number: float, numbers: Sequence[float]) -> float:
    low, high, at = min(numbers), max(numbers), float(number)
    if low == high:
        return (_FIRST + _LAST) / 2
    if powers(numbers):
        low, high, at = (math.log1p(max(0.0, n)) for n in (low, high, at))
    return _FIRST + (at - low) / (high - low) * (_LAST - _FIRST)
