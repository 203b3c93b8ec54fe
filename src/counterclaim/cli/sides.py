"""Sides on a terminal: the ranges of one matter under each other on one axis, with open ends; flat rows as CSV."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from rich.text import Text

from counterclaim.cli import screen
from counterclaim.cli.layout import hang, styled
from counterclaim.cli.screen import safe
from counterclaim.views import wording as words
from counterclaim.views.flat import step
from counterclaim.views.sides import MatterRow, SideRow

#: Columns of the axis, at least and at most, and the share of the width it may take.
_LEAST, _MOST, _SHARE = 16, 40, 0.3
#: From this ratio of the ends on the axis is one of powers.
_WIDE = 30
#: Longest name of a claimant, in columns.
_NAME = 34
#: Earlier numbers shown of one claimant.
_EARLIER = 4
_COLOURS = ("cyan", "magenta")


class Axis:
    """Takes numbers to columns. Open ends run to the edge."""

    def __init__(self, numbers: Sequence[float], width: int) -> None:
        self.width = max(4, width)
        self.low, self.high = min(numbers, default=0.0), max(numbers, default=1.0)
        self.powers = (self.high + 1) / (self.low + 1) > _WIDE
        if self.low == self.high:
            self.low, self.high = self.low - 1, self.high + 1

    def column(self, number: float) -> int:
        """The column of a number; two are left free on either side, for the marks of open ends."""
        low, high, at = (math.log1p(max(0, n)) if self.powers else n for n in (self.low, self.high, number))
        return 2 + round((at - low) / (high - low or 1) * (self.width - 5))

    def bar(self, low: float | None, high: float | None) -> str:
        """A range as drawn: ● is an exact number, ├ and ┤ ends, an arrow an open end."""
        cells = [" "] * self.width
        if low is None and high is None:
            return "".join(cells).rstrip()
        left = 0 if low is None else self.column(low)
        right = self.width - 1 if high is None else self.column(high)
        if left == right:
            cells[left] = "●"
        else:
            cells[left : right + 1] = "─" * (right - left + 1)
            cells[left] = "◀" if low is None else "├"
            cells[right] = "▶" if high is None else "┤"
        return "".join(cells).rstrip()


def show(found: Sequence[MatterRow]) -> None:
    """Print matters, one under the other."""
    out = screen.console()
    width = min(out.width, 132)
    several = len({row.outlet for matter in found for row in matter.sides}) > 1
    with out.capture() as captured:
        for number, matter in enumerate(found):
            for line in (*([Text()] if number else []), *_matter(matter, width, several)):
                out.print(line, soft_wrap=True)
        legend = "● a number, ├──┤ a range, ▶ open above, ◀ open below. Nothing is added up; nothing is called true."
        for line in (Text(), *hang(Text(legend, style="dim"), width, "")):
            out.print(line, soft_wrap=True)
    screen.lines(captured.get())


def _matter(matter: MatterRow, width: int, several: bool) -> Iterator[Text]:
    measure = words.MEASURE.get(matter.measure, matter.measure.replace("_", " "))
    who = screen.whose(matter) if matter.group != "people" else matter.party
    what = f"{measure}, {who}" if who else measure
    where = matter.place or ""
    when = "running total" if matter.total else screen.day(matter.day)
    head = styled(f"{what}: {', '.join(filter(None, (where, when)))}", "bold")
    yield from hang(head.append(apart(matter), "yellow"), width, "")
    numbers = [n for side in matter.sides for n in (side.low, side.high) if n is not None]
    axis = Axis([float(n) for n in numbers], min(_MOST, max(_LEAST, int(width * _SHARE))))
    longest = max(screen.width_of(_number(side)) for side in matter.sides)
    parties = list(dict.fromkeys(s.by_party for s in matter.sides if s.by_party))
    for side in matter.sides:
        bar = axis.bar(side.low, side.high)
        style = _COLOURS[parties.index(side.by_party) % 2] if side.by_party in parties else ""
        line = Text("  ").append(bar.ljust(axis.width), style)
        text = Text(safe(_number(side))).append(" " * (longest - screen.width_of(_number(side)) + 2))
        text.append(safe(_says(side)), "bold" if side.by else "").append(safe(_more(side, several)))
        text.append(f" [{safe(side.id)}]", "dim")
        column = axis.width + 4
        wrapped = hang(text, max(width, column + 24), " " * column, " " * (column + 2))
        yield line.append_text(wrapped[0][column - 2 :] if wrapped else Text())
        yield from wrapped[1:]


def apart(matter: MatterRow) -> str:
    """How far the sides of a matter lie apart, as it stands behind its heading."""
    if matter.times is None:
        return " · the ranges meet" if len({side.by for side in matter.sides}) > 1 else ""
    times = f"{matter.times:.0f}" if matter.times >= 10 else f"{matter.times:.1f}".removesuffix(".0")
    return f" · {times} times apart, a gap of {matter.gap:,.0f}"


def _number(side: SideRow) -> str:
    return side.number + (f" {side.unit}" if side.unit and side.unit not in side.number else "")


def _says(side: SideRow) -> str:
    if side.by:
        return words.shortened(words.running(side.by), _NAME)
    return f"({', '.join(words.label(name) for name in side.told_by[:3])}{'…' * (len(side.told_by) > 3)})"


def _more(side: SideRow, several: bool) -> str:
    """When it was counted, through whom, and how it moved."""
    parts = [screen.day(side.day)] if side.total and side.day else []
    if side.by and several:
        through = len(side.told_by)
        told = words.label(side.told_by[0]) if through == 1 else f"{through} outlets, {side.independent} independent"
        parts.append(f"in {told}" if through == 1 else told)
    if side.history:
        earlier = side.history[-_EARLIER:]
        steps = " → ".join(step(told) for told in earlier)
        parts.append(f"before: {'… ' * (len(side.history) > _EARLIER)}{steps}")
    if side.fell:
        parts.append("a fall: a correction")
    return f", {', '.join(parts)}" if parts else ""
