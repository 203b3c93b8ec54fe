"""One event with everything the record holds of it: who tells it, who claims and denies it, its figures, its joins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from counterclaim.errors import NothingFound
from counterclaim.record import same_event
from counterclaim.record.judgements import Judgement
from counterclaim.record.tellings import Telling
from counterclaim.store import Filter, Record
from counterclaim.store.judging import Joined
from counterclaim.types import Event, Figure, Statement, Struct
from counterclaim.views import choose, joins, rows, sides

#: Reports that are looked at for one event, at most.
MOST = 80


class Word(Struct, frozen=True, kw_only=True):
    """What a person said: of which row or pair, when (UTC), and what a correction changes."""

    of: str
    verdict: str
    by: str
    at: str
    changes: dict[str, str]


class EventView(Struct, frozen=True, kw_only=True):
    """An event. `tellings` are its rows, oldest report first; `said` the statements that carry them.

    `doubtful` are pairs of which nobody knows whether they are one event, and pairs that a person keeps apart; `more`
    says that it is told in more reports than are looked at.
    """

    event: rows.EventRow
    tellings: tuple[rows.EventRow, ...]
    said: tuple[rows.ClaimRow, ...]
    denied: tuple[rows.ClaimRow, ...]
    figures: tuple[sides.MatterRow, ...]
    joined: tuple[joins.JoinRow, ...]
    doubtful: tuple[joins.JoinRow, ...]
    history: tuple[Word, ...]
    more: bool


def event(record: Record, ref: str) -> EventView:
    """The event that `ref` ("1a2b3c4d/e5") is a telling of.

    Rows of several reports are one event as in every view: by `record.same_event`, people's word first.

    Raises:
        NothingFound: if there is no such event.
    """
    handle, _, row = ref.rpartition("/")
    report = record.report_id(handle)
    ref = f"{record.short(report)}/{row}"
    pairs, handles, more = _near(record, ref)
    told = {t.ref: t for name in handles for t in record.events(Filter(report=record.report_id(name)))}
    if ref not in told:
        raise NothingFound(f"no event {row} in report {handle}", where=record.path)
    groups = same_event.join(told.values(), record.judged_pairs())
    group = next(g for g in groups if any(t.ref == ref for t in g))
    mine = {t.ref for t in group}
    carried = [said for t in group for said in _carrier(record, t)]
    said = tuple(dict.fromkeys(rows.claim_row(t) for t in carried if t.item.stance != "denies"))
    denied = tuple(dict.fromkeys(rows.claim_row(t) for t in carried if t.item.stance == "denies"))
    shown = [joins.row(p, told[p.one], told[p.other]) for p in pairs if p.one in told and p.other in told]
    ours = [row for row in shown if mine & set(row.id.split())]
    return EventView(
        event=choose.event(group), tellings=tuple(rows.event_row(t) for t in sorted(group, key=_order)), said=said,
        denied=denied, figures=tuple(sides.matters(record, _figures(record, group))),
        joined=tuple(row for row in ours if mine >= set(row.id.split())),
        doubtful=tuple(row for row in ours if not mine >= set(row.id.split())),
        history=tuple(sorted(_history(record, group, pairs, mine), key=lambda word: word.at)), more=more,
    )  # fmt: skip


def _near(record: Record, ref: str) -> tuple[list[Joined], list[str], bool]:
    """Every pair that leads away from an event by joins, the reports that it comes through, and whether it was cut."""
    pairs: dict[tuple[str, str], Joined] = {}
    handles = {ref.rpartition("/")[0]: None}
    ahead, seen = [ref], {ref}
    while ahead and len(handles) < MOST:
        for pair in record.joins_of(ahead.pop(0)):
            pairs[pair.one, pair.other] = pair
            for end in (pair.one, pair.other):
                handles.setdefault(end.rpartition("/")[0])
                if end not in seen and pair.standing == "joined":
                    seen.add(end)
                    ahead.append(end)
    return list(pairs.values()), [*handles][:MOST], bool(ahead) or len(handles) > MOST


def _order(telling: Telling[Event]) -> tuple[str, str, int]:
    published = telling.report.published
    return published.isoformat() if published else "9", telling.report.short, telling.offset


def _carrier(record: Record, telling: Telling[Event]) -> Iterator[Telling[Statement]]:
    """The statement that carries a telling."""
    if telling.item.statement:
        yield from record.statements(Filter(report=telling.report.id, row=telling.item.statement))


def _figures(record: Record, group: Iterable[Telling[Event]]) -> Iterator[Telling[Figure]]:
    """The figures that reports give for the event."""
    of: dict[str, set[str]] = defaultdict(set)
    for telling in group:
        of[telling.report.id].add(telling.item.id)
    for report, ids in of.items():
        yield from (t for t in record.figures(Filter(report=report)) if t.item.event in ids)


def _history(
    record: Record, group: Iterable[Telling[Event]], pairs: Iterable[Joined], mine: set[str]
) -> Iterator[Word]:
    for telling in group:
        for several in record.judgements(telling.ref).values():
            yield from (_word(telling.ref, said) for said in several)
    for pair in pairs:
        if mine & {pair.one, pair.other}:
            yield from (_word(f"{pair.one} {pair.other}", said) for said in pair.judged)


def _word(of: str, said: Judgement) -> Word:
    return Word(of=of, verdict=said.verdict, by=said.by, at=said.at, changes=dict(said.changes))
