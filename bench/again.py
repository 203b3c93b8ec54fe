"""A record made large by SQL: what is there is written again and again, each time some weeks later.

Reports, readings, rows, passages, seeds, copies, meetings and joins are written as they stand, under keys and ids of
their own, so that the record is as if each block had been added report by report. A day is moved wherever it is told;
weekdays in the words stay right because only whole weeks are moved. Nothing but the bench writes a record so.
"""

from __future__ import annotations

import sqlalchemy as sa

from counterclaim.record.rules import rules
from counterclaim.store import Record
from counterclaim.store import schema as t

#: Columns that hold a number of a table's own, by table, with the column that counts them.
_COUNTED = {
    **{(table.name, "reading"): t.reading.c.key for table in (t.newest, t.mention, t.passage, *t.FAMILIES.values())},
    **{(table.name, "key"): table.c.key for table in (t.reading, t.mention, t.passage, t.join, *t.FAMILIES.values())},
    **{(t.join.name, name): t.event.c.key for name in ("one", "other")},
    **{(t.copy.name, name): t.report.c.number for name in ("one", "other")},
    (t.meeting.name, "event"): t.event.c.key,
    (t.report.name, "number"): t.report.c.number,
    (t.seed.name, "report"): t.report.c.number,
    **{(t.reprint.name, name): t.report.c.number for name in ("report", "other")},
}
_TABLES = (
    *(t.report, t.reading, t.newest, *t.FAMILIES.values(), t.mention, t.passage),
    *(t.copy, t.seed, t.reprint, t.meeting, t.join),
)
#: What a seed is moved on by each time, and the number that it stays below.
_STEP, _ALL = 2654435761, 2**32
_DAYS = frozenset({"published", "first", "last", "told"})
#: Columns that name a report by its id.
_NAMES = {("report", "id"), ("report", "short"), ("reading", "report"), ("newest", "report")}


def again(record: Record, times: int, weeks: int) -> None:
    """Write all of `record` again, so many times, each time `weeks` later than before.

    Made for the readings of `bench.record`: the days that the rows of a report tell are the one it was published on.
    """
    with record._writing() as connection:
        most = {
            column: connection.execute(sa.select(sa.func.max(column))).scalar() or 0 for column in _COUNTED.values()
        }
        words = connection.execute(sa.select(sa.func.max(t.passage.c.key))).scalar() or 0
        for time in range(1, times + 1):
            for table in _TABLES:
                connection.execute(_once(table, time, weeks, most))
        connection.exec_driver_sql(
            "INSERT INTO passage_words(rowid, text) SELECT key, text FROM passage WHERE key > ?", (words,)
        )


def _once(table: sa.Table, time: int, weeks: int, most: dict[sa.Column[int], int]) -> sa.Insert:
    """Write the first rows of `table` once more."""
    made: list[sa.ColumnElement[object]] = []
    first: list[sa.ColumnElement[bool]] = []
    for column in table.c:
        counted = _COUNTED.get((table.name, column.name))
        if counted is not None:
            made.append(column + time * most[counted])
            first.append(column <= most[counted])
        elif table is t.seed and column.name == "mark":  # of other words: no seed is kept for more than a few
            made.append((column + time * _STEP) % _ALL)
        elif (table.name, column.name) in _NAMES:
            made.append(column + f"-{time}")
        elif column.name in _DAYS:
            made.append(sa.func.date(column, f"+{7 * weeks * time} days"))
        elif column.name == "body" and "told" in table.c:
            made.append(sa.func.replace(column, table.c.told, sa.func.date(table.c.told, f"+{7 * weeks * time} days")))
        else:
            made.append(column)
    if table is t.seed:  # the record keeps so many of a mark
        same = t.seed.alias("same")
        held = sa.select(sa.func.count()).where(same.c.mark == t.seed.c.mark).scalar_subquery()
        first.append(held < rules()["passage"]["most"])
    return table.insert().from_select([column.name for column in table.c], sa.select(*made).where(*first))
