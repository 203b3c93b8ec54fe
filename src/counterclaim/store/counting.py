"""How much is told of each day: the bars of a timeline."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from counterclaim.store import loading
from counterclaim.store import schema as t


class Told(NamedTuple):
    """How many reports were published on a day, and how many events and figures are told of it."""

    reports: int = 0
    events: int = 0
    figures: int = 0


def by_day(connection: sa.Connection, conflict: str) -> dict[date, Told]:
    """The days of a conflict of which something is told. A row belongs to its last day, else to the day it was told."""
    newest = sa.select(t.newest.c.reading)
    own = sa.select(t.reading.c.key).where(t.reading.c.conflict == conflict)
    count = sa.func.count()
    ours = connection.execute(sa.select(count).where(t.reading.c.key.in_(own), t.reading.c.key.in_(newest))).scalar()
    whole = ours == connection.execute(sa.select(count).select_from(t.reading)).scalar()  # then the index tells it all

    def counted(day: sa.ColumnElement[str], reading: sa.ColumnElement[int]) -> Any:
        query = sa.select(day, count).group_by(day)
        return query if whole else query.where(reading.in_(newest), reading.in_(own))

    found: dict[date, Told] = defaultdict(Told)
    queries = {"reports": counted(t.reading.c.published, t.reading.c.key)}
    for name, row in (("events", t.event), ("figures", t.figure)):
        queries[name] = counted(sa.func.coalesce(row.c.last, row.c.told), row.c.reading)
    for name, query in queries.items():
        for when, many in connection.execute(query):
            if day := loading.day(when):
                found[day] = found[day]._replace(**{name: many})
    return dict(sorted(found.items()))
