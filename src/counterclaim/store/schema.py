"""The tables of a record, and the steps from one version of them to the next.

Four tables hold the rows that a reading found (statement, event, figure, holding). They share their first columns, so
that one question can be put to any of them; `body` is the row itself as JSON, in the shape of `types.py`.
"""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

meta = sa.MetaData()

report = sa.Table(
    "report",
    meta,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("short", sa.Text, nullable=False, unique=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("sketch", sa.LargeBinary, nullable=False),
    sa.Column("added", sa.Text, nullable=False),
    sa.Column("number", sa.Integer),
    sa.Index("report_number", "number", unique=True),
)
#: Two reports, by number, of which one is a near copy of the other.
copy = sa.Table(
    "copy",
    meta,
    sa.Column("one", sa.Integer, primary_key=True),
    sa.Column("other", sa.Integer, primary_key=True),
    sa.Column("like", sa.Float, nullable=False),
    sqlite_with_rowid=False,
)
#: Where reports and passages meet that may be copies (see `record.reprints`): a seed, and the passage that holds it.
seed = sa.Table(
    "seed",
    meta,
    sa.Column("mark", sa.Integer, primary_key=True),
    sa.Column("report", sa.Integer, primary_key=True),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sqlite_with_rowid=False,
)
#: Words of a report, by number, that another printed before it: `start` to `end` there stand at `there` to `until`.
reprint = sa.Table(
    "reprint",
    meta,
    sa.Column("report", sa.Integer, primary_key=True),
    sa.Column("start", sa.Integer, primary_key=True),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("other", sa.Integer, nullable=False),
    sa.Column("there", sa.Integer, nullable=False),
    sa.Column("until", sa.Integer, nullable=False),
    sa.Column("words", sa.Integer, nullable=False),
    sqlite_with_rowid=False,
)
#: Several readings of one report, one a version of reader and pipeline. None is ever changed.
reading = sa.Table(
    "reading",
    meta,
    sa.Column("key", sa.Integer, primary_key=True),
    sa.Column("report", sa.ForeignKey("report.id"), nullable=False),
    sa.Column("version", sa.Text, nullable=False),
    sa.Column("pipeline", sa.Text, nullable=False),
    sa.Column("conflict", sa.Text, nullable=False),
    sa.Column("day", sa.Integer),
    sa.Column("outlet", sa.Text),
    sa.Column("byline", sa.Text),
    sa.Column("headline", sa.Text),
    sa.Column("url", sa.Text),
    sa.Column("published", sa.Text),
    sa.Column("published_basis", sa.Text, nullable=False),
    sa.Column("unread", sa.Text),
    sa.Column("body", sa.Text, nullable=False),
    sa.UniqueConstraint("report", "version", "pipeline", "conflict"),
    sa.Index("reading_published", "conflict", "published"),
)
#: The newest reading of each report: what views show.
newest = sa.Table(
    "newest",
    meta,
    sa.Column("report", sa.ForeignKey("report.id"), primary_key=True),
    sa.Column("reading", sa.ForeignKey("reading.key"), nullable=False, unique=True),
)


def _rows(name: str, *own: sa.Column[str] | sa.Column[int] | sa.Column[float]) -> sa.Table:
    """A table of rows: the shared columns, then its own."""
    return sa.Table(
        name,
        meta,
        sa.Column("key", sa.Integer, primary_key=True),
        sa.Column("reading", sa.ForeignKey("reading.key"), nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("first", sa.Text),
        sa.Column("last", sa.Text),
        sa.Column("told", sa.Text),
        sa.Column("speaker", sa.Text),
        sa.Column("party", sa.Text),
        sa.Column("says", sa.Text),
        sa.Column("chain", sa.Text, nullable=False),
        sa.Column("places", sa.Text, nullable=False),
        sa.Column("names", sa.Text, nullable=False),
        *own,
        sa.Column("body", sa.Text, nullable=False),
        sa.Index(f"{name}_told", "told"),
        sa.Index(f"{name}_id", "reading", "id"),
    )


statement = _rows(
    "statement",
    sa.Column("stance", sa.Text, nullable=False),
    sa.Column("directness", sa.Text, nullable=False),
)
event = _rows(
    "event",
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("same_as", sa.Text),
)
figure = _rows(
    "figure",
    sa.Column("measure", sa.Text, nullable=False),
    sa.Column("low", sa.Float),
    sa.Column("high", sa.Float),
    sa.Column("counted", sa.Text),
    sa.Column("cumulative", sa.Integer),
)
holding = _rows(
    "holding",
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("holder", sa.Text),
    sa.Column("same_as", sa.Text),
)
FAMILIES: dict[str, sa.Table] = {"statement": statement, "event": event, "figure": figure, "holding": holding}
#: A row's days, as questions ask for them: its own, else the day it was told. The last comes first: a day of the record
#: is found from its end, the first day beside it in the index.
for _table in FAMILIES.values():
    _first, _last = (sa.func.coalesce(_table.c[end], _table.c.told) for end in ("first", "last"))
    sa.Index(f"{_table.name}_when", _last, _first)
_first, _last = (sa.func.coalesce(holding.c[end], holding.c.told) for end in ("first", "last"))
#: The last words about each place, in the order in which `queries` asks for them.
sa.Index("holding_place", holding.c.places, _last.desc(), holding.c.told.desc(), _first, holding.c.reading)

mention = sa.Table(
    "mention",
    meta,
    sa.Column("key", sa.Integer, primary_key=True),
    sa.Column("reading", sa.ForeignKey("reading.key"), nullable=False, index=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("country", sa.Text),
    sa.Column("lat", sa.Float),
    sa.Column("lon", sa.Float),
    sa.Column("body", sa.Text, nullable=False),
    sa.Index("mention_name", "name"),
)
passage = sa.Table(
    "passage",
    meta,
    sa.Column("key", sa.Integer, primary_key=True),
    sa.Column("reading", sa.ForeignKey("reading.key"), nullable=False),
    sa.Column("n", sa.Integer, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.UniqueConstraint("reading", "n"),
)
#: What people decided about a row. The newest one counts, none is changed.
judgement = sa.Table(
    "judgement",
    meta,
    sa.Column("key", sa.Integer, primary_key=True),
    sa.Column("report", sa.ForeignKey("report.id"), nullable=False),
    sa.Column("row", sa.Text, nullable=False),
    sa.Column("verdict", sa.Text, nullable=False),
    sa.Column("body", sa.Text),
    sa.Column("by", sa.Text),
    sa.Column("at", sa.Text, nullable=False),
    sa.Index("judgement_row", "report", "row"),
)
#: Where events meet that may be one: a name ("shelling at 706448"), and the days they may have happened on.
meeting = sa.Table(
    "meeting",
    meta,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("first", sa.Text, primary_key=True),
    sa.Column("event", sa.Integer, primary_key=True),
    sa.Column("last", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)
#: Two events, by key, are one, are not, or may be. Rows are only ever added: of several on one pair a person's newest
#: counts before the program's, and "undone" takes back the one before it.
join = sa.Table(
    "join_of_events",
    meta,
    sa.Column("key", sa.Integer, primary_key=True),
    sa.Column("one", sa.ForeignKey("event.key"), nullable=False),
    sa.Column("other", sa.ForeignKey("event.key"), nullable=False, index=True),
    sa.Column("verdict", sa.Text, nullable=False),
    sa.Column("score", sa.Float),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("by", sa.Text),
    sa.Column("at", sa.Text, nullable=False),
    sa.Index("join_pair", "one", "other"),
    sa.Index("join_verdict", "verdict", "by"),
)
version = sa.Table("schema_version", meta, sa.Column("number", sa.Integer, primary_key=True))

#: Full-text search: the words live in `passage`, the index beside it. "porter" lets "besieged" find "besieging".
FULL_TEXT = (
    "CREATE VIRTUAL TABLE passage_words USING fts5"
    "(text, content='passage', content_rowid='key', tokenize='porter unicode61 remove_diacritics 2')"
)

Step = Callable[[sa.Connection], None]


def _second(connection: sa.Connection) -> None:
    """Copies and joins get tables of their own, joins filled from what is there; sketches are of a new kind."""
    connection.exec_driver_sql("ALTER TABLE report ADD COLUMN number INTEGER")
    connection.exec_driver_sql("UPDATE report SET number = rowid")
    connection.exec_driver_sql("DROP TABLE join_of_events")  # no program ever wrote to it
    for table in (copy, meeting, join):
        table.create(connection)
    for index in report.indexes:
        index.create(connection, checkfirst=True)
    from counterclaim.record import copies
    from counterclaim.store import folding, joining  # they know the tables, which they are asked to fill

    for row in connection.execute(sa.select(report.c.number, report.c.text).order_by(report.c.number)).all():
        packed = folding.packed(copies.sketch(row.text))
        connection.execute(report.update().where(report.c.number == row.number).values(sketch=packed))
    for key in connection.execute(sa.select(newest.c.reading).order_by(newest.c.reading)).scalars().all():
        joining.keep_joins(connection, key)


def _third(connection: sa.Connection) -> None:
    """Rows are found by their days, and holdings by their place, from indexes made for these questions."""
    for table in FAMILIES.values():
        connection.exec_driver_sql(f"DROP INDEX IF EXISTS {table.name}_days")
        for index in table.indexes:
            connection.execute(sa.schema.CreateIndex(index, if_not_exists=True))


def _fourth(connection: sa.Connection) -> None:
    """Passages printed again get tables of their own, filled from what is there; copies meet under their seeds."""
    from counterclaim.store import folding

    for table in (seed, reprint):
        table.create(connection, checkfirst=True)
    connection.exec_driver_sql("DROP TABLE IF EXISTS mark")
    folding.fill(connection)


#: Step n takes a record of version n to version n + 1. A new record is laid out at the newest version at once.
STEPS: list[Step] = [_second, _third, _fourth]


def newest_version() -> int:
    """The version of the tables that this program writes."""
    return len(STEPS) + 1


def lay_out(connection: sa.Connection) -> None:
    """Create every table of the newest version in an empty file."""
    meta.create_all(connection)
    connection.exec_driver_sql(FULL_TEXT)
    connection.execute(version.insert().values(number=newest_version()))


def bring_up(connection: sa.Connection, found: int) -> None:
    """Take the tables from version `found` to the newest, step by step."""
    for number, step in enumerate(STEPS[found - 1 :], start=found + 1):
        step(connection)
        connection.execute(version.update().values(number=number))
