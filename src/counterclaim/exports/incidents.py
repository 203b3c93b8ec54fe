"""Events as a coder of a data set wants them: one row an event, with all who tell it and all who count its dead.

The record is gone through twice. First report by report, those alone that tell something of what is asked: each event
takes the figures read of it, and those of the sentences after it that only tell of its dead. Then by stretches of days,
from a pile on disk: events of different reports are joined (`record.same_event`). Only the days of a stretch and those
that may still be added to are held in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import Any, NamedTuple

import msgspec

from counterclaim.exports.streams import Beside, ByDay
from counterclaim.reading.events import triggers
from counterclaim.record import same_event
from counterclaim.record.linkage import Pair
from counterclaim.record.tellings import Telling
from counterclaim.store import Filter, Record
from counterclaim.types import Event, Figure, Struct
from counterclaim.views import choose

#: What tells that something happened: a denied or a planned event is none.
_HAPPENED = frozenset({"reported", "claimed"})
#: What a person may have decided of a row that stands.
REVIEWED = frozenset({"yes", "correct"})
#: A sentence that only counts the dead belongs to the event told at most so many characters before it.
_NEAR = 600
_FAR_AWAY = date.max
#: Two reports may date one event so far apart (`record.same_event` asks for less).
_SLACK = timedelta(days=2)
#: Days joined at once: those at the end of a stretch are compared once more with the next.
_STRETCH = timedelta(days=7)


class Case(Struct, frozen=True, kw_only=True):
    """One telling of an event, with what the same report counts of it."""

    event: Telling[Event]
    again: tuple[Telling[Event], ...]
    """Where the same report tells it again."""
    figures: tuple[Telling[Figure], ...]


class Incident(Struct, frozen=True, kw_only=True):
    """One event: the telling that leads, every telling of it, every figure that counts its dead.

    `family` takes a report's id to the first of its near copies. `days` are the days it may have happened on, and
    `dated` whether a report tells them (else they are the day of publication and the one before). `reviewed`: a person
    let one of its events stand.
    """

    lead: Telling[Event]
    tellings: tuple[Telling[Event], ...]
    figures: tuple[Telling[Figure], ...]
    family: dict[str, str]
    days: tuple[date, date]
    precision: int
    dated: bool
    reviewed: bool

    @property
    def rows(self) -> tuple[Telling[Any], ...]:
        """All it rests on: what tells it, then what counts its dead."""
        return (*self.tellings, *self.figures)

    @staticmethod
    def judged(telling: Telling[Any]) -> bool:
        """Whether a person looked at a row and let it stand."""
        return telling.verdict in REVIEWED


class Left(NamedTuple):
    """Why an event is no row of the file; counted and told in the rules."""

    why: str


class Kinds(NamedTuple):
    """Which kinds of event are rows of a file: those that `keep` takes. Those of `beside` only say more of such a one
    (they count its dead, say what it destroyed), and kinds of `vague` give way to the kind that another telling has.
    """

    keep: Callable[[Event], bool]
    beside: frozenset[str] = frozenset()
    vague: frozenset[str] = frozenset()


def incidents(record: Record, wanted: Filter, kinds: Kinds, step: Callable[[], None]) -> Iterator[Incident | Left]:
    """The incidents of a record by their first day, and why others are none. `step` is called for each report.

    `wanted` says which events to take, `kinds` which of them are rows. What a person judged "no" is left out.
    """
    family, judged = record.families(), record.judged_pairs()
    with ByDay[Case](Case) as pile:
        for case in _cases(record, wanted, kinds, step):
            if isinstance(case, Left):
                yield case
            elif (days := days_of(case.event)) is None:
                yield Left("no day is told, and the report has no date")
            else:
                pile.add(days[0], case)
        for group in _joined(pile, judged):
            yield _incident(group, [c for c in group if c.event.item.kind not in kinds.vague] or group, family)


def is_force(event: Event) -> bool:
    """Whether a kind of event is armed force in UCDP's sense."""
    return event.kind in triggers.kinds() and bool(triggers.kinds()[event.kind].ucdp)


def days_of(telling: Telling[Event]) -> tuple[date, date] | None:
    """The days an event may have happened on; without its own, the day it was told or the one before."""
    when = telling.item.when
    return (when.start, when.end) if when else same_event.days(telling)


def _cases(record: Record, wanted: Filter, kinds: Kinds, step: Callable[[], None]) -> Iterator[Case | Left]:
    """Every telling that `wanted` and `kinds` let through, with its figures: two streams beside that of what is asked.

    Only reports that tell something of what is asked are gone through, each of them whole.
    """
    asked = msgspec.structs.replace(wanted, limit=None, wrong=True)
    whole = Filter(beside=asked)
    events = Beside(record.events(whole))
    figures = Beside(t for t in record.figures(whole) if t.item.measure == "killed")
    for _, rows in groupby(record.events(asked), key=lambda t: t.report.id):
        step()
        chosen = set()
        for row in rows:
            head = row.report
            if row.verdict == "no":
                yield Left("judged wrong by a person")
            else:
                chosen.add(row.item.id)
        told, counted = events.of(head), figures.of(head)
        right = [t for t in told if t.item.status in _HAPPENED]
        happened = [t for t in right if kinds.keep(t.item) or t.item.kind in kinds.beside]
        for (lead, *again), figures_of in _of_one_report(happened, counted, kinds.beside):
            if lead.item.id not in chosen:
                continue
            if not kinds.keep(lead.item):
                yield Left("the dead or the damage are told, but not what was done")
            else:
                yield Case(event=lead, again=tuple(again), figures=tuple(figures_of))


def _of_one_report(
    happened: list[Telling[Event]], figures: list[Telling[Figure]], beside: frozenset[str]
) -> Iterable[tuple[list[Telling[Event]], list[Telling[Figure]]]]:
    """The events of one report: what tells each, and what counts its dead.

    A row that tells again what another told belongs to that one. A sentence that only says more of an attack, or a
    figure read of no event, belongs to the attack told just before it.
    """
    attacks = [t for t in happened if is_force(t.item)]
    found = {t.item.id: t for t in happened}
    belongs: dict[str, str] = {}
    for telling in happened:
        first = found.get(telling.item.same_as or "", telling)
        if telling is first and telling.item.kind in beside:
            first = _before(telling, same_event.days(telling), attacks) or telling
        belongs[telling.item.id] = belongs.get(first.item.id, first.item.id)
    groups: dict[str, tuple[list[Telling[Event]], list[Telling[Figure]]]] = {}
    for telling in sorted(happened, key=lambda t: belongs[t.item.id] != t.item.id):
        groups.setdefault(belongs[telling.item.id], ([], []))[0].append(telling)
    for figure in figures:
        event = belongs.get(figure.item.event or "")
        if figure.item.event is None and (near := _before(figure, figure.days, attacks)) is not None:
            event = belongs[near.item.id]
        if event is not None:
            groups[event][1].append(figure)
    return groups.values()


def _before(
    count: Telling[Event] | Telling[Figure], days: tuple[date, date] | None, attacks: list[Telling[Event]]
) -> Telling[Event] | None:
    """The attack whose dead a sentence counts: the last one told before it, near by, at the same place and time."""
    where = same_event.where_key(count.item.place)
    near = [
        t
        for t in attacks
        if where
        and same_event.where_key(t.item.place) == where
        and 0 <= count.item.sentence.start - t.item.sentence.start <= _NEAR
        and (days is None or (other := days_of(t)) is None or (days[0] <= other[1] and other[0] <= days[1]))
    ]
    return max(near, key=lambda t: t.item.sentence.start, default=None)


def _joined(pile: ByDay[Case], judged: Mapping[Pair, bool]) -> Iterator[list[Case]]:
    """Cases that tell one event, a stretch of days at a time. A group is given once no later day can add to it."""
    waiting: list[Case] = []
    due = date.min
    for day, new in pile.days():
        waiting += new
        if day < due:
            continue
        due = day + _STRETCH
        groups, waiting = _groups(waiting, judged), []
        for group in groups:
            if max(_last(case.event) for case in group) + _SLACK > day:
                waiting += group
            else:
                yield group
    yield from _groups(waiting, judged)


def _groups(cases: list[Case], judged: Mapping[Pair, bool]) -> list[list[Case]]:
    cases.sort(key=lambda c: (c.event.report.published or _FAR_AWAY, c.event.report.id, c.event.offset))
    by_row = {(c.event.report.id, c.event.item.id): c for c in cases}
    groups = same_event.join((c.event for c in cases), judged)
    return [[by_row[t.report.id, t.item.id] for t in group] for group in groups]


def _last(telling: Telling[Event]) -> date:
    """The last day on which a telling may still be joined; a vague one is joined with none."""
    days = same_event.days(telling)
    return days[1] if days else date.min


def _incident(group: list[Case], leading: list[Case], family: Mapping[str, str]) -> Incident:
    """The incident of a group; one of `leading` leads."""
    row = choose.event(tuple(c.event for c in leading))
    lead = next(c.event for c in leading if c.event.ref == row.id)
    tellings = (lead, *(t for c in group for t in (c.event, *c.again) if t is not lead))
    dated = [(t.item.when.precision, t.item.when.end - t.item.when.start, t.item.when) for t in tellings if t.item.when]
    when = min(dated, key=lambda d: d[:2])[2] if dated else None
    days = (when.start, when.end) if when else days_of(lead)
    assert days is not None, "a case without days was left out before"
    figures = {(t.report.id, t.item.id): t for c in group for t in c.figures}
    return Incident(
        lead=lead,
        tellings=tellings,
        figures=tuple(figures.values()),
        family={report: family.get(report, report) for report in (c.event.report.id for c in group)},
        days=days,
        precision=when.precision if when else 2,
        dated=when is not None,
        reviewed=any(map(Incident.judged, tellings)),
    )
