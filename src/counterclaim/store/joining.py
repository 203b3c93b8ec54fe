"""Joins, found as reports come in: each event is compared with the few of other reports that it meets (`record.pairs`).

A row says that two events are one, or may be, with the points and reasons. Rows are never changed. What a person says
about a pair is a row too, and comes first.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from counterclaim.record import pairs
from counterclaim.record.rules import rules
from counterclaim.record.tellings import Telling
from counterclaim.store import loading, queries
from counterclaim.store import schema as t
from counterclaim.types import Event

#: The longest stretch of days that an event may have happened on; longer ones are not compared.
_LONGEST = timedelta(days=8)


def now() -> str:
    """This moment, as the tables keep it: UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def keep_joins(connection: sa.Connection, key: int) -> None:
    """Compare the events of reading `key` with those of other reports, and keep what was found.

    Repetitions within the report go with the event that they repeat.
    """
    ours = [row for row in _told(connection, t.event.c.reading == key) if row[1].item.same_as is None]
    faces = {number: pairs.face(telling) for number, telling in ours}
    near = {number: list(_near(connection, face, key)) for number, face in faces.items()}
    theirs = dict(_told(connection, t.event.c.key.in_({n for several in near.values() for n in several})))
    others = {number: pairs.face(telling) for number, telling in theirs.items()}
    found: list[dict[str, Any]] = []
    at = now()
    for number, face in faces.items():
        for other in near[number]:
            if other in others and (verdict := pairs.compare(face, others[other])).word != "apart":
                found.append(
                    {"one": min(number, other), "other": max(number, other), "verdict": verdict.word,
                     "score": verdict.score, "why": "; ".join(verdict.why), "by": None, "at": at}
                )  # fmt: skip
    if found:
        connection.execute(t.join.insert(), found)
    meetings = [
        {"name": name, "first": loading.iso(face.days[0]), "last": loading.iso(face.days[1]), "event": number}
        for number, face in faces.items()
        if face.days
        for name in pairs.names(face)
    ]
    if meetings:
        connection.execute(t.meeting.insert(), meetings)


def _near(connection: sa.Connection, face: pairs.Face, key: int) -> Iterator[int]:
    """The keys of events of other readings that meet this one, within the days it may have happened on."""
    if face.days is None:
        return
    slack = timedelta(days=rules()["event"]["slack"])
    bounds = {
        "early": loading.iso(face.days[0] - slack - _LONGEST),
        "first": loading.iso(face.days[0] - slack),
        "last": loading.iso(face.days[1] + slack),
        "key": key,
        "most": rules()["event"]["most"],
    }
    found: dict[int, None] = {}
    for name in pairs.names(face):
        found.update(dict.fromkeys(row.event for row in connection.execute(_MEETS, {"name": name, **bounds})))
    yield from found


#: The events that meet under a name within some days. Built once: it is asked for every event of every report.
_MEETS = (
    sa.select(t.meeting.c.event)
    .join(t.event, t.event.c.key == t.meeting.c.event)
    .where(
        t.meeting.c.name == sa.bindparam("name"),
        t.meeting.c.first >= sa.bindparam("early"),
        t.meeting.c.first <= sa.bindparam("last"),
        t.meeting.c.last >= sa.bindparam("first"),
        t.event.c.reading != sa.bindparam("key"),
    )
    .limit(sa.bindparam("most"))
)


def _told(connection: sa.Connection, where: sa.ColumnElement[bool]) -> list[tuple[int, Telling[Event]]]:
    """The events of the newest readings that fit, by key."""
    found = connection.execute(queries.plain("event").where(where)).all()
    return [(row.key, loading.telling(row, "event")) for row in found]


def carry_over(connection: sa.Connection, report: str, key: int) -> None:
    """Let what people said about joins of a report's older readings count for its newest, reading `key`, too.

    An event is the same where its kind and the beginning of its words are. Each carried row says so.
    """
    old, new = t.event.alias("old"), t.event.alias("new")
    older = sa.select(t.reading.c.key).where(t.reading.c.report == report, t.reading.c.key != key)
    same = (
        sa.select(old.c.key.label("old"), new.c.key.label("new"))
        .join(new, sa.and_(new.c.start == old.c.start, new.c.kind == old.c.kind, new.c.reading == key))
        .where(old.c.reading.in_(older))
    )
    now_is = {row.old: row.new for row in connection.execute(same)}
    c = t.join.c
    said = sa.select(t.join).where(c.by.is_not(None), sa.or_(c.one.in_(now_is), c.other.in_(now_is))).order_by(c.key)
    there = {
        (row.one, row.other, row.verdict, row.by, row.at)
        for row in connection.execute(sa.select(t.join).where(c.by.is_not(None)))
    }
    for row in connection.execute(said).all():
        one, other = sorted((now_is.get(row.one, row.one), now_is.get(row.other, row.other)))
        if (one, other, row.verdict, row.by, row.at) not in there:
            why = row.why if row.why.startswith(_CARRIED) else f"{_CARRIED}{row.why}"
            kept = {"one": one, "other": other, "verdict": row.verdict, "score": None, "why": why}
            connection.execute(t.join.insert().values(**kept, by=row.by, at=row.at))


_CARRIED = "said of an earlier reading: "


def rows(connection: sa.Connection, *, people_only: bool = False, of: int | None = None) -> Iterator[Any]:
    """Every row on pairs of events of newest readings, oldest first, with the events' handles.

    Args:
        connection: where to look.
        people_only: leave out what the program found.
        of: only rows about this event, by key.
    """
    c = t.join.c
    one, other = (_handles(name) for name in ("a", "b"))
    query = (
        sa.select(t.join, one.c.id.label("one_id"), one.c.short.label("one_short"))
        .add_columns(other.c.id.label("other_id"), other.c.short.label("other_short"))
        .join(one, one.c.key == c.one)
        .join(other, other.c.key == c.other)
        .order_by(c.key)
    )
    if people_only:
        query = query.where(c.verdict.in_(("joined", "apart", "doubtful", "undone")), c.by.is_not(None))
    if of is not None:
        query = query.where(sa.or_(c.one == of, c.other == of))
    yield from connection.execute(query)


def _handles(name: str) -> sa.Subquery:
    """The events of newest readings with the handles of their reports."""
    return (
        sa.select(t.event.c.key, t.event.c.id, t.report.c.short)
        .join(t.newest, t.newest.c.reading == t.event.c.reading)
        .join(t.report, t.report.c.id == t.newest.c.report)
        .subquery(name)
    )
