"""The record's rows as lists: claims, events, toll, control, search."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

import msgspec

from counterclaim.record import control as standings
from counterclaim.record import sides
from counterclaim.store import Filter, Record
from counterclaim.views import rows, standing

#: Measures of people hurt or taken, of arms lost and of people on the move: what a toll is about.
TOLL = frozenset(
    {"killed", "wounded", "killed_or_wounded", "missing", "captured", "detained", "displaced", "evacuated", "trapped"}
    | {"equipment_lost", "strikes", "intercepted"}
)


def claims(record: Record, wanted: Filter) -> Iterator[rows.ClaimRow]:
    """Who says what, as told, oldest report first."""
    return (rows.claim_row(t) for t in record.statements(wanted))


def events(record: Record, wanted: Filter) -> Iterator[rows.EventRow]:
    """What happened, each event once a report."""
    return (rows.event_row(t) for t in record.events(msgspec.structs.replace(wanted, repeats=False)))


def toll(record: Record, wanted: Filter, measures: frozenset[str] | None = TOLL) -> Iterator[rows.TollRow]:
    """What each side counts, the figures of one thing next to each other. `measures` None takes every measure.

    Measures that `wanted` names come first.
    """
    asked = msgspec.structs.replace(wanted, limit=None, measures=wanted.measures or measures or frozenset())
    told = list(record.figures(asked))
    family = record.families({t.report.id for t in told})
    found = [rows.toll_row(c, family) for c in sides.counts(told, family)]
    return islice(_in_order(found), wanted.limit)


def toll_lately(record: Record, wanted: Filter, many: int) -> list[rows.TollRow]:
    """The toll of the last `many` figures alone, the newest first: `toll` compares all with all."""
    asked = msgspec.structs.replace(wanted, limit=many, latest=True, measures=wanted.measures or TOLL)
    told = sorted(record.figures(asked), key=lambda t: t.report.published or date.min)
    family = record.families({t.report.id for t in told})
    return list(_in_order([rows.toll_row(c) for c in sides.counts(told, family)]))[::-1]


def _in_order(found: list[rows.TollRow]) -> Iterator[rows.TollRow]:
    """Each row with its parts after it."""
    parts = rows.nested(found)
    inside = {part.id for several in parts.values() for part in several}
    for row in found:
        if row.id not in inside:
            yield row
            yield from parts.get(row.id, ())


def control(record: Record, wanted: Filter, day: date, known_on: date | None = None) -> Iterator[rows.ControlRow]:
    """Who holds each place on `day`, by name. With `known_on`, only from what was told by then.

    The filter's first day leaves out places of which nobody had spoken since.
    """
    since = wanted.first if wanted.first != wanted.last else None
    if wanted == Filter(
        first=wanted.first, last=wanted.last, limit=wanted.limit, conflict=wanted.conflict, place=wanted.place
    ):
        every = standing.standings(record, day, wanted.conflict, known_on, wanted.place)
        fresh = (h for h in every if since is None or (h.last is not None and h.last >= since))
        held = standing.told(record, islice(fresh, wanted.limit))
        return map(rows.control_row, held)
    some = wanted.by or wanted.about or wanted.outlet
    asked = msgspec.structs.replace(
        wanted, first=None, last=day, limit=None, back=None if some else standings.back(), known_on=known_on
    )
    found = standings.holds(record.holdings(asked), day, known_on)
    shown = (h for h in found if since is None or (h.last is not None and h.last >= since))
    return islice(map(rows.control_row, shown), wanted.limit)


def control_history(
    record: Record, wanted: Filter, last: date, known_on: date | None = None
) -> Iterator[rows.SpellRow]:
    """How each place that `wanted` names stood, change by change, up to `last`; from `wanted.first` on, if given."""
    told = msgspec.structs.replace(wanted, first=None, last=None, limit=None)
    spells = standings.turns(record.words(told), last, known_on)
    shown = (h for h in spells if wanted.first is None or h.until is None or h.until >= wanted.first)
    return map(rows.spell_row, standing.told(record, islice(shown, wanted.limit)))


def search(record: Record, words: str, wanted: Filter) -> Iterator[rows.PassageRow]:
    """Passages that hold all `words`, best first."""
    for found in record.search(words, wanted):
        head = found.report
        yield rows.PassageRow(
            id=found.ref,
            outlet=head.name,
            url=head.url,
            published=head.published,
            words=found.snippet,
            kind=found.kind,
            headline=head.headline,
        )
