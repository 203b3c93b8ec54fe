"""The sides' figures beside each other: each claimant's range of one matter, how it moved, how far apart they lie.

Nothing is added or averaged. A number has open ends where the words leave them open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain

import msgspec

from counterclaim.record import sides as record_sides
from counterclaim.record.same_event import where_key
from counterclaim.record.sides import Apart, Count, Matter
from counterclaim.record.tellings import Telling
from counterclaim.store import Filter, Record
from counterclaim.types import Figure, Struct
from counterclaim.views import rows
from counterclaim.views.contract import plain
from counterclaim.views.lists import TOLL


class Step(Struct, frozen=True, kw_only=True):
    """A number that a claimant told before. `fell`: it lay below the one before it."""

    id: str
    day: date | None
    low: int | float | None
    high: int | float | None
    number: str
    fell: bool = False


class SideRow(rows.TollRow, frozen=True, kw_only=True):
    """One claimant's number of a matter, with where it came from.

    `history` are earlier numbers, the oldest first; `fell` marks a correction downwards.
    """

    history: tuple[Step, ...] = ()
    fell: bool = False


class MatterRow(Struct, frozen=True, kw_only=True):
    """One thing counted. `times`, `gap`: how far the two furthest sides (`between`) lie apart; None where all meet."""

    measure: str
    group: str
    party: str | None
    total: bool
    place: str | None
    day: date | None
    conflict: str
    sides: tuple[SideRow, ...]
    times: float | None = None
    gap: int | float | None = None
    between: tuple[str, str] | None = None


def sides(
    record: Record, wanted: Filter, measures: frozenset[str] | None = TOLL, every: bool = False
) -> list[MatterRow]:
    """Matters that `wanted` lets through, those whose sides lie furthest apart first, then by how many count.

    Of one day (`first` = `last`): what is counted of that day, and the running totals as they stood on it. `every`
    shows matters of a single claimant too.
    """
    return matters(record, _told(record, wanted, measures), every)[: wanted.limit]


def matters(record: Record, told: Iterable[Telling[Figure]], every: bool = True) -> list[MatterRow]:
    """The matters of some figures of `record`, those whose sides lie furthest apart first."""
    told = list(told)
    families = record.families({t.report.id for t in told})
    found = [_row(m, families) for m in record_sides.matters(told, families) if every or _disputable(m)]
    return sorted(found, key=_order)


def _told(record: Record, wanted: Filter, measures: frozenset[str] | None) -> Iterable[Telling[Figure]]:
    asked = msgspec.structs.replace(wanted, limit=None, measures=wanted.measures or measures or frozenset())
    if wanted.last is None or wanted.first != wanted.last:
        return record.figures(asked)
    since = wanted.last - record_sides.PERIOD
    totals = msgspec.structs.replace(asked, first=since, totals=True)
    return chain(record.figures(totals), record.figures(msgspec.structs.replace(asked, totals=False)))


def _disputable(matter: Matter) -> bool:
    """Whether several count, or a number has moved."""
    who = {c.claimant or (c.lead.report.name,) for c in matter.counts}
    return len(who) > 1 or any(c.older for c in matter.counts)


def _order(row: MatterRow) -> tuple[float, int, float]:
    weight = max((side.low or side.high or 0 for side in row.sides), default=0)
    return -(row.times or 0), -len(row.sides), -weight


def _row(matter: Matter, families: Mapping[str, str]) -> MatterRow:
    counts = sorted(matter.counts, key=lambda c: (c.low if c.low is not None else c.high or 0, c.claimant or ""))
    lead = counts[0]
    apart: Apart | None = matter.apart
    return MatterRow(
        measure=lead.measure,
        group=lead.group,
        party=lead.party,
        total=lead.total,
        place=lead.place if not lead.total or where_key(lead.lead.item.place) else None,
        day=None if lead.total else lead.day,
        conflict=lead.lead.report.conflict,
        sides=tuple(side_row(c, families) for c in counts),
        times=round(apart.times, 2) if apart else None,
        gap=plain(apart.gap) if apart else None,
        between=(apart.lower.lead.ref, apart.higher.lead.ref) if apart else None,
    )


def side_row(count: Count, families: Mapping[str, str]) -> SideRow:
    """The row of one claimant's number."""
    toll = rows.toll_row(count, families)
    return SideRow(
        **{name: getattr(toll, name) for name in toll.__struct_fields__}, history=_steps(count), fell=count.fell
    )


def _steps(count: Count) -> tuple[Step, ...]:
    """The earlier numbers, each once, the oldest first."""
    steps: list[Step] = []
    before: Figure | None = None
    for telling in count.older:
        figure = telling.item
        if before is not None and (figure.low, figure.high) == (before.low, before.high):
            continue
        day = record_sides.day_of(telling)
        steps.append(
            Step(
                id=telling.ref, day=day, low=plain(figure.low), high=plain(figure.high),
                number=telling.of(figure.span), fell=before is not None and record_sides.falls(before, figure),
            )
        )  # fmt: skip
        before = figure
    return tuple(steps)
