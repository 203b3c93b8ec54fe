"""Events that several reports tell, as every view joins them: the members, what ties each to others, who said so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import islice

import msgspec

from counterclaim.record import pairs, same_event
from counterclaim.record.judgements import standing
from counterclaim.record.linkage import Pair
from counterclaim.record.tellings import Telling
from counterclaim.store import Filter, Record
from counterclaim.store.judging import Joined
from counterclaim.types import Event
from counterclaim.views import choose, joins
from counterclaim.views.rows import Cited, printed

#: Days around those of the events asked for, in which others are looked for.
_AROUND = timedelta(days=10)


class Member(joins.Told, frozen=True, kw_only=True):
    """One report's telling of an event; `also` are other rows of the report that tell it.

    `tie` is the row of another report that it is likest to, `score` and `why` the points of the two; None and empty
    where a person tied them. `copy_of` is the passage that its own is a copy of.
    """

    also: tuple[str, ...] = ()
    tie: str | None = None
    score: float | None = None
    why: str = ""
    copy_of: str | None = None


class GroupRow(Cited, frozen=True, kw_only=True):
    """One event of several reports. `score` is that of the member tied least: from 5 points on two are one.

    `judged` is what people said of two of its rows, and did not take back.
    """

    kind: str
    place: str | None
    first: date | None
    last: date | None
    score: float | None
    members: tuple[Member, ...]
    judged: tuple[str, ...] = ()


class FlatMember(Member, frozen=True, kw_only=True):
    """A member as a row of a table; those of one `group` are one event."""

    group: str


def groups(record: Record, wanted: Filter | None = None) -> Iterator[GroupRow]:
    """The events that several reports tell, in order of first telling; `wanted` lets through one of the tellings.

    All events of those days are compared: of a large record, ask for some days.
    """
    wanted = msgspec.structs.replace(wanted or Filter(), repeats=True)
    judged = record.judged_pairs()
    said = {frozenset((pair.one, pair.other)): pair for pair in record.joins(people_only=True)} if judged else {}
    fit = {t.ref: t for t in record.events(msgspec.structs.replace(wanted, limit=None))}
    found = (
        _row(group, judged, said)
        for group in same_event.join(_around(record, wanted, fit), judged)
        if len({t.report.id for t in group}) > 1 and any(t.ref in fit for t in group)
    )
    yield from islice(found, wanted.limit)


def _around(record: Record, wanted: Filter, fit: Mapping[str, Telling[Event]]) -> Iterable[Telling[Event]]:
    """The events that may be one with those that fit: of the days around them."""
    if wanted == Filter(limit=wanted.limit) or not fit:
        return fit.values()
    days = [day for t in fit.values() for day in same_event.days(t) or ()]
    if not days:
        return fit.values()
    near = record.events(Filter(first=min(days) - _AROUND, last=max(days) + _AROUND, conflict=wanted.conflict))
    return {t.ref: t for t in (*near, *fit.values())}.values()


def _row(group: same_event.Group, judged: Mapping[Pair, bool], said: Mapping[frozenset[str], Joined]) -> GroupRow:
    by_report: dict[str, list[Telling[Event]]] = defaultdict(list)
    for telling in group:
        by_report[telling.report.id].append(telling)
    members = tuple(_member(some, group, judged) for some in by_report.values())
    scores = [member.score for member in members if member.score is not None]
    event = choose.event(group)
    refs = {t.ref for t in group}
    return GroupRow(
        **{name: getattr(event, name) for name in Cited.__struct_fields__}, kind=event.kind, place=event.place,
        first=event.first, last=event.last, score=min(scores, default=None), members=members,
        judged=tuple(_said(pair) for ids, pair in said.items() if ids <= refs and standing(pair.judged)),
    )  # fmt: skip


def _member(mine: list[Telling[Event]], group: same_event.Group, judged: Mapping[Pair, bool]) -> Member:
    """A report's part in a group, led by the row that is likest to one of another report."""
    others = [t for t in group if t.report.id != mine[0].report.id]
    faces = {t.ref: pairs.face(t) for t in (*mine, *others)}
    ties = ((pairs.compare(faces[t.ref], faces[o.ref]), t, o) for t in mine for o in others)
    verdict, lead, other = max(ties, key=lambda tie: (not tie[0].clash, tie[0].score))
    by_people = any(judged.get((min(t.ref, o.ref), max(t.ref, o.ref))) for t in mine for o in others)
    program = not verdict.clash and (verdict.word == "joined" or not by_people)
    told = joins.told(lead)
    return Member(
        **{name: getattr(told, name) for name in joins.Told.__struct_fields__},
        also=tuple(t.ref for t in mine if t is not lead), tie=other.ref,
        score=verdict.score if program else None, why="; ".join(verdict.why) if program else "a person said so",
        copy_of=printed([lead])["copy_of"],
    )  # fmt: skip


def _said(pair: Joined) -> str:
    last = standing(pair.judged)
    assert last, "only pairs of which a judgement stands are told"
    words = {"yes": "are one", "no": "are two", "unsure": "may be one"}[last.verdict]
    return f"{last.by}: {pair.one} and {pair.other} {words} ({last.at})"


def flat_members(found: Iterable[GroupRow]) -> Iterator[FlatMember]:
    """One row a member."""
    for row in found:
        for member in row.members:
            told = {name: getattr(member, name) for name in Member.__struct_fields__}
            yield FlatMember(**told, group=row.id)
