"""Near copies, found as reports come in: each is compared with the few that share marks with it (`record.copies`)."""

from __future__ import annotations

import json
import struct
from collections.abc import Collection, Iterator

import sqlalchemy as sa

from counterclaim.record import copies
from counterclaim.store import loading
from counterclaim.store import schema as t

#: The reports that hold a mark. Built once: it is asked for every mark of every report.
_HOLDERS = sa.select(t.mark.c.report).where(t.mark.c.mark == sa.bindparam("key")).limit(copies.MOST)


def packed(marks: tuple[int, ...]) -> bytes:
    """A sketch as the tables keep it."""
    return struct.pack(f"<{len(marks)}I", *marks)


def keep_copies(connection: sa.Connection, number: int, marks: tuple[int, ...]) -> None:
    """Insert the marks of report `number`, and a row for each report that it is a copy of or that is a copy of it."""
    keys = marks[: copies.KEYS]
    met: list[str] = []
    for key in keys:
        met += [str(row.report) for row in connection.execute(_HOLDERS, {"key": key})]
    near = [int(n) for n in copies.near(met)]
    found = []
    for row in connection.execute(sa.select(t.report.c.number, t.report.c.sketch).where(t.report.c.number.in_(near))):
        if (like := copies.likeness(marks, loading.numbers(row.sketch))) >= copies.LIKE:
            found.append({"one": min(number, row.number), "other": max(number, row.number), "like": round(like, 3)})
    if found:
        connection.execute(t.copy.insert(), found)
    if keys:
        connection.execute(t.mark.insert(), [{"mark": key, "report": number} for key in keys])


def pairs(connection: sa.Connection, among: Collection[str] | None = None) -> Iterator[tuple[str, str, float]]:
    """Every two reports (of those `among`) that are copies, by id, with their likeness."""
    one, other = t.report.alias("one"), t.report.alias("other")
    query = (
        sa.select(one.c.id, other.c.id.label("copy"), t.copy.c.like)
        .join(one, one.c.number == t.copy.c.one)
        .join(other, other.c.number == t.copy.c.other)
        .order_by(t.copy.c.one, t.copy.c.other)
    )
    if among is not None:
        here: sa.Select[tuple[str]] = sa.select(sa.column("value")).select_from(
            sa.func.json_each(json.dumps(list(among)))
        )
        numbers = sa.select(t.report.c.number).where(t.report.c.id.in_(here))
        query = query.where(t.copy.c.one.in_(numbers), t.copy.c.other.in_(numbers))
    for row in connection.execute(query):
        yield row.id, row.copy, row.like
