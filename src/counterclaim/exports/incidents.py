"""Events as a coder of a data set wants them: one row an event, with all who tell it and all who count its dead.

The record is gone through twice. First report by report: each event takes the figures read of it, and those of the
sentences after it that only tell of its dead. Then day by day, from a pile on disk: events of different reports are
joined (`record.same_event`). Only the days that may still be added to are held in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from counterclaim.exports.streams import Beside, ByDay
from counterclaim.reading.events import triggers
from counterclaim.record import copies, same_event
from counterclaim.record.tellings import Telling
from counterclaim.store import Filter, Record
from counterclaim.types import Event, Figure, Struct
from counterclaim.views import choose

#: What tells that something happened: a denied or a planned event is none.
_HAPPENED = frozenset({"reported", "claimed"})
#: What a person may have decided of a row that stands.
REVIEWED = frozenset({"yes", "corrected"})
#: A sentence that only counts the dead belongs to the event told at most so many characters before it.
_NEAR = 600
_FAR_AWAY = date.max


class Case(Struct, frozen=True, kw_only=True):
    """One telling of an event, with what the same report counts of it. `sketch` is the report's (`record.copies`)."""

    event: Telling[Event]
    again: tuple[Telling[Event], ...]
    """Where the same report tells it again."""
    figures: tuple[Telling[Figure], ...]
    sketch: tuple[int, ...]
    verdicts: dict[str, str]


class Incident(Struct, frozen=True, kw_only=True):
    """One event: the telling that leads, every telling of it, every figure that counts its dead.

    `family` takes a report's id to the first of its near copies. `days` are the days it may have happened on, and
    `dated` whether a report tells them (else they are the day of publication and the one before). `reviewed`: a person
    let one of its events stand; `verdicts` are those on its rows, by handle.
    """

    lead: Telling[Event]
    tellings: tuple[Telling[Event], ...]
    figures: tuple[Telling[Figure], ...]
    family: dict[str, str]
    days: tuple[date, date]
    precision: int
    dated: bool
    reviewed: bool
    verdicts: dict[str, str]

    @property
    def rows(self) -> tuple[Telling[Any], ...]:
        """All it rests on: what tells it, then what counts its dead."""
        return (*self.tellings, *self.figures)

    def judged(self, telling: Telling[Any]) -> bool:
        """Whether a person looked at a row and let it stand."""
        return self.verdicts.get(telling.ref) in REVIEWED


class Left(NamedTuple):
    """Why an event is no row of the file; counted and told in the rules."""

    why: str


class Kinds(NamedTuple):
    """Which kinds of event are rows of a file: those that `keep` takes. Others only count the dead of an event told
    just before (`counts`), or are part of an attack told in the same sentence (`parts`).
    """

    keep: Callable[[Event], bool]
    counts: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()


def incidents(record: Record, wanted: Filter, kinds: Kinds, step: Callable[[], None]) -> Iterator[Incident | Left]:
    """The incidents of a record by their first day, and why others are none. `step` is called for each report.

    `wanted` says which events to take, `kinds` which of them are rows. What a person judged "no" is left out.
    """
    with ByDay[Case](Case) as pile:
        for case in _cases(record, wanted, kinds, step):
            if isinstance(case, Left):
                yield case
            elif (days := days_of(case.event)) is None:
                yield Left("no day is told, and the report has no date")
            else:
                pile.add(days[0], case)
        for group in _joined(pile):
            yield _incident(group)


def is_force(event: Event) -> bool:
    """Whether a kind of event is armed force in UCDP's sense."""
    return event.kind in triggers.kinds() and bool(triggers.kinds()[event.kind].ucdp)


def days_of(telling: Telling[Event]) -> tuple[date, date] | None:
    """The days an event may have happened on; without its own, the day it was told or the one before."""
    when = telling.item.when
    return (when.start, when.end) if when else same_event.days(telling)


def _cases(record: Record, wanted: Filter, kinds: Kinds, step: Callable[[], None]) -> Iterator[Case | Left]:
    """Every telling that `wanted` and `kinds` let through, with its figures: three streams side by side."""
    every, verdicts = Filter(conflict=wanted.conflict), record.verdicts()
    events = Beside(record.events(every))
    figures = Beside(t for t in record.figures(every) if t.item.measure == "killed")
    asked = Beside(record.events(wanted))
    for head, sketch in record.reports(every):
        told, counted, chosen = events.of(head), figures.of(head), {t.item.id for t in asked.of(head)}
        step()
        if not chosen:
            continue
        judged = {t.item.id: verdicts.get((head.id, t.item.id), "") for t in (*told, *counted)}
        yield from (Left("judged wrong by a person") for i in chosen if judged[i] == "no")
        happened = [t for t in told if t.item.status in _HAPPENED and judged[t.item.id] != "no"]
        attacks = {t.item.sentence for t in happened if is_force(t.item)}
        own = [
            t for t in happened
            if kinds.keep(t.item) and not (t.item.kind in kinds.parts and t.item.sentence in attacks)
        ]  # fmt: skip
        right = [t for t in counted if judged[t.item.id] != "no"]
        dead = _dead(own, [t for t in happened if t.item.kind in kinds.counts], right)
        for lead, *again in _told_again([t for t in own if t.item.id in chosen]):
            yield Case(
                event=lead,
                again=tuple(again),
                figures=tuple(f for t in (lead, *again) for f in dead.get(t.item.id, ())),
                sketch=sketch,
                verdicts={f"{head.short}/{row}": verdict for row, verdict in judged.items() if verdict},
            )


def _told_again(own: list[Telling[Event]]) -> Iterable[list[Telling[Event]]]:
    """Each event of one report with those of its rows that tell it again."""
    found: dict[str, list[Telling[Event]]] = {}
    for telling in own:
        first = telling.item.same_as or telling.item.id
        found.setdefault(first, []).append(telling)
    return found.values()


def _dead(
    own: list[Telling[Event]], counting: list[Telling[Event]], figures: list[Telling[Figure]]
) -> dict[str, list[Telling[Figure]]]:
    """The figures of each event of one report, by the event's id: those read of it, and those told right after it."""
    belongs = {t.item.id: t.item.id for t in own}
    for count in counting:
        if (near := _before(count, same_event.days(count), own)) is not None:
            belongs[count.item.id] = near.item.id
    found: dict[str, list[Telling[Figure]]] = {}
    for figure in figures:
        event = belongs.get(figure.item.event or "")
        if figure.item.event is None and (near := _before(figure, figure.days, own)) is not None:
            event = near.item.id
        if event is not None:
            found.setdefault(event, []).append(figure)
    return found


def _before(
    count: Telling[Event] | Telling[Figure], days: tuple[date, date] | None, own: list[Telling[Event]]
) -> Telling[Event] | None:
    """The event whose dead a sentence counts: the last one told before it, near by, at the same place and time."""
    where = same_event.where_key(count.item.place)
    near = [
        t
        for t in own
        if is_force(t.item)
        and where
        and same_event.where_key(t.item.place) == where
        and 0 <= count.item.sentence.start - t.item.sentence.start <= _NEAR
        and (days is None or (other := days_of(t)) is None or (days[0] <= other[1] and other[0] <= days[1]))
    ]
    return max(near, key=lambda t: t.item.sentence.start, default=None)


def _joined(pile: ByDay[Case]) -> Iterator[list[Case]]:
    """Cases that tell one event. A group is given once no later day can add to it."""
    waiting: list[Case] = []
    for day, new in pile.days():
        groups, waiting = _groups([*waiting, *new]), []
        for group in groups:
            if max(_last(case.event) for case in group) > day:
                waiting += group
            else:
                yield group
    yield from _groups(waiting)


def _groups(cases: list[Case]) -> list[list[Case]]:
    cases.sort(key=lambda c: (c.event.report.published or _FAR_AWAY, c.event.report.id, c.event.offset))
    by_row = {(c.event.report.id, c.event.item.id): c for c in cases}
    return [[by_row[t.report.id, t.item.id] for t in group] for group in same_event.join(c.event for c in cases)]


def _last(telling: Telling[Event]) -> date:
    """The last day on which a telling may still be joined; a vague one is joined with none."""
    days = same_event.days(telling)
    return days[1] if days else date.min


def _incident(group: list[Case]) -> Incident:
    row = choose.event(tuple(c.event for c in group))
    lead = next(c.event for c in group if c.event.ref == row.id)
    tellings = (lead, *(t for c in group for t in (c.event, *c.again) if t is not lead))
    dated = next((t for t in tellings if t.item.when), None)
    days = days_of(dated or lead)
    assert days is not None, "a case without days was left out before"
    figures = {(t.report.id, t.item.id): t for c in group for t in c.figures}
    verdicts = {ref: verdict for c in group for ref, verdict in c.verdicts.items()}
    return Incident(
        lead=lead,
        tellings=tellings,
        figures=tuple(figures.values()),
        family=copies.families({c.event.report.id: c.sketch for c in group}.items()),
        days=days,
        precision=dated.item.when.precision if dated and dated.item.when else 2,
        dated=dated is not None,
        reviewed=any(verdicts.get(t.ref) in REVIEWED for t in tellings),
        verdicts=verdicts,
    )
