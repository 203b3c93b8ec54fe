"""The record: every reading that was ever added, and the rows of the newest one of each report."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, cast

import msgspec
import sqlalchemy as sa

from counterclaim.errors import InputError, NothingFound, StoreError
from counterclaim.record.control import Word, word_of
from counterclaim.record.linkage import Pair
from counterclaim.record.tellings import Family, Masthead, Telling
from counterclaim.store import counting, folding, loading, queries, spreading, writing
from counterclaim.store import schema as t
from counterclaim.store.engine import MEMORY, engine, plain_words, to_wal
from counterclaim.store.judged import Judged
from counterclaim.store.queries import Filter
from counterclaim.types import Event, Figure, Holding, PlaceMention, Reading, Report, Statement, Struct

#: The file of a case folder.
DEFAULT = "counterclaim.db"


class Found(Struct, frozen=True, kw_only=True):
    """A passage that a search found. `snippet` marks the words between \\x02 and \\x03."""

    report: Masthead
    n: int
    kind: str
    snippet: str

    @property
    def ref(self) -> str:
        """The handle of the passage, as `show` takes it."""
        return f"{self.report.short}/p{self.n}"


def open_record(path: str | Path = DEFAULT, *, create: bool = True, wait: float = 10.0) -> Record:
    """Open the record at `path`, or make one. ":memory:" keeps it in memory only.

    Args:
        path: the SQLite file.
        create: whether to make the file where there is none.
        wait: seconds to wait while another program writes.

    Raises:
        StoreError: if it cannot be opened, is no record, or was made by a newer version of the program.
    """
    if not create and str(path) != MEMORY and not Path(path).exists():
        raise StoreError("there is no record here", where=str(path), hint="Make one: counterclaim add INPUT...")
    return Record(path, engine(path, wait, readonly=not create), wait)


class Record(Judged):
    """A record. Close it, or use it in a `with` block."""

    def __init__(self, path: str | Path, made: sa.Engine, wait: float) -> None:
        self.path = str(path)
        self._wait = wait
        self._engine = made
        with plain_words(self.path):
            self._prepare()

    def __enter__(self) -> Record:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def _prepare(self) -> None:
        """Check the version of the tables; lay them out in an empty file, bring older ones up."""
        with self._engine.connect() as connection:
            found = self._version(connection)
        if found == t.newest_version():
            return
        if found and found > t.newest_version():
            raise StoreError(
                f"this record was made by a newer version (tables {found}, this program knows {t.newest_version()})",
                where=self.path,
                hint="Update counterclaim, or name another file with --db",
            )
        if self.path != MEMORY:
            to_wal(self._engine, self._wait)
        with self._writing() as connection:
            found = self._version(connection)  # another program may have been quicker
            if found is None:
                t.lay_out(connection)
            else:
                t.bring_up(connection, found)

    def _version(self, connection: sa.Connection) -> int | None:
        names = set(sa.inspect(connection).get_table_names())
        if not names:
            return None
        if t.version.name not in names:
            raise StoreError("this database is no record", where=self.path, hint="Name another file with --db")
        return cast(int, connection.execute(sa.select(sa.func.max(t.version.c.number))).scalar_one())

    def _writing(self) -> sa.engine.base.Engine._trans_ctx:  # type: ignore[name-defined]
        return self._engine.execution_options(writes=True).begin()

    # Adding

    def has(self, report: Report | str, version: str | None = None, conflict: str | None = None) -> bool:
        """Whether there is a reading of this report, or of the one with this id (by this version, for this conflict).

        Raises:
            InputError: if `report` is a Report, and the record holds another text under its id.
        """
        if isinstance(report, Report):
            with plain_words(self.path), self._engine.connect() as connection:
                writing.known(connection, report)
            report = report.id
        query = sa.select(t.reading.c.key).where(t.reading.c.report == report)
        if version:
            query = query.where(t.reading.c.version == version)
        if conflict:
            query = query.where(t.reading.c.conflict == conflict)
        with plain_words(self.path), self._engine.connect() as connection:
            return connection.execute(query.limit(1)).first() is not None

    def add(self, reading: Reading) -> bool:
        """Keep `reading` and its report, all or nothing. False where the record has it already.

        Raises:
            InputError: if the record holds another text under the same id.
            StoreError: if the file cannot be written: locked, disk full. Nothing of this reading is kept then.
        """
        with plain_words(self.path), self._writing() as connection:
            short = writing.keep_report(connection, reading.report)
            if writing.has(connection, reading):
                return False
            key = writing.keep_reading(connection, reading)
            writing.keep_rows(connection, key, reading, short)
            writing.point(connection, key, reading)
        return True

    # Asking

    def rows(self, family: Family, wanted: Filter | None = None) -> Iterator[Telling[Any]]:
        """The rows of one family in the newest readings, oldest report first, as people left them; streams."""
        wanted = wanted or Filter()
        # What was judged wrong is left out of the rows that SQL finds: the limit is ours.
        found = self._judged(self._told(family, msgspec.structs.replace(wanted, limit=None)))
        stand = (t for t in found if queries.stands(t.judged.verdict if t.judged else None, wanted))
        yield from islice(stand, wanted.limit)

    def _told(self, family: Family, wanted: Filter) -> Iterator[Telling[Any]]:
        load = loading.Tellings(family)
        with plain_words(self.path), self._engine.connect() as connection:
            copied = folding.Origins(connection)
            for part in connection.execution_options(yield_per=500).execute(queries.rows(family, wanted)).partitions():
                yield from copied.marked([load.telling(row) for row in part])

    def statements(self, wanted: Filter | None = None) -> Iterator[Telling[Statement]]:
        """Who says what."""
        return self.rows("statement", wanted)

    def events(self, wanted: Filter | None = None) -> Iterator[Telling[Event]]:
        """What happened."""
        return self.rows("event", wanted)

    def figures(self, wanted: Filter | None = None) -> Iterator[Telling[Figure]]:
        """What is counted."""
        return self.rows("figure", wanted)

    def holdings(self, wanted: Filter | None = None) -> Iterator[Telling[Holding]]:
        """Who holds what."""
        return self.rows("holding", wanted)

    def at(self, family: Family, points: Collection[Pair]) -> dict[Pair, Telling[Any]]:
        """The rows of one family by report id and row id, as people left them, what was judged wrong too."""
        with plain_words(self.path), self._engine.connect() as connection:
            rows = connection.execute(queries.at(family, json.dumps(sorted(points)))).all()
            load = loading.Tellings(family)
            found = list(self._judged(folding.marked(connection, [load.telling(row) for row in rows])))
        return {(telling.report.id, telling.item.id): telling for telling in found}

    def words(self, wanted: Filter) -> list[Word]:
        """The holdings that `wanted` lets through, as the rules of control look at them: without their words.

        `Word.of` is the report's id and the row's, as `at` takes them. The filter names no report and no words.
        """
        words = loading.Words()
        with plain_words(self.path), self._engine.connect() as connection:
            rows = connection.execute(queries.words(wanted)).all()
        rows = sorted(rows, key=lambda r: (r.told or "", r.reading, r.start, r.key))
        judged = {key for key in self.verdicts() if key[1].startswith("h")}
        left = self.at("holding", judged & {(row.report, row.id) for row in rows}) if judged else {}
        found = []
        for row in rows:
            telling = left.get((row.report, row.id))
            if telling is None:
                word = words.word(row)
            elif telling.judged and telling.judged.verdict == "no":
                continue
            else:
                word = word_of(telling)
            if word:
                found.append(word if telling is None else msgspec.structs.replace(word, of=(row.report, row.id)))
        return found

    def reports(
        self, wanted: Filter | None = None, most: int | None = None
    ) -> Iterator[tuple[Masthead, tuple[int, ...]]]:
        """The reports (at most `most`), by day of publication, each with its sketch (see `record.copies`)."""
        query = queries.heads(wanted or Filter()).limit(most)
        with plain_words(self.path), self._engine.connect() as connection:
            for row in connection.execution_options(yield_per=500).execute(query):
                yield loading.head(row), loading.numbers(row.sketch)

    def texts(self, wanted: Filter | None = None) -> Iterator[tuple[Masthead, str]]:
        """The reports in the order of `reports`, each with its text."""
        query = queries.heads(wanted or Filter()).add_columns(t.report.c.text)
        with plain_words(self.path), self._engine.connect() as connection:
            for row in connection.execution_options(yield_per=50).execute(query):
                yield loading.head(row), row.text

    def mentions(self, wanted: Filter | None = None) -> Iterator[tuple[Masthead, PlaceMention, str]]:
        """Where reports name places, report by report, each with the words as written."""
        start, end = (sa.func.json_extract(t.mention.c.body, f"$.span.{key}") for key in ("start", "end"))
        words = sa.func.substr(t.report.c.text, start + 1, end - start).label("words")
        query = queries.heads(wanted or Filter()).join(t.mention, t.mention.c.reading == t.reading.c.key)
        query = query.add_columns(t.mention.c.body, words).order_by(t.mention.c.key)
        with plain_words(self.path), self._engine.connect() as connection:
            for row in connection.execution_options(yield_per=500).execute(query):
                yield loading.head(row), msgspec.json.decode(row.body, type=PlaceMention), row.words

    def search(self, words: str, wanted: Filter | None = None) -> Iterator[Found]:
        """Passages that hold all `words`, best first. "Quoted phrases" and endings* are understood."""
        if not queries.match(words):
            raise InputError("no word to look for")
        with plain_words(self.path), self._engine.connect() as connection:
            for row in connection.execute(queries.search(words, wanted or Filter())):
                yield Found(report=loading.head(row), n=row.n, kind=row.kind, snippet=row.snippet)

    def spread(self, what: spreading.What, wanted: Filter | None = None, words: str = "") -> spreading.Spread:
        """How rows, passages that hold `words`, or reports spread over outlets, kinds and the like: for facets.

        Rows that people judged wrong do not count; a corrected one counts as it was read.
        """
        wrong = {ref for ref, verdict in self.verdicts().items() if verdict == "no"}
        with plain_words(self.path), self._engine.connect() as connection:
            return spreading.spread(connection, what, wanted or Filter(), wrong, words)

    def conflicts(self) -> dict[str, int]:
        """The conflicts of the record with their numbers of reports, most first."""
        query = (
            sa.select(t.reading.c.conflict, sa.func.count())
            .join(t.newest, t.newest.c.reading == t.reading.c.key)
            .group_by(t.reading.c.conflict)
            .order_by(sa.func.count().desc(), t.reading.c.conflict)
        )
        with plain_words(self.path), self._engine.connect() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def told(self, conflict: str) -> dict[date, counting.Told]:
        """How much is told of each day of a conflict, by day."""
        with plain_words(self.path), self._engine.connect() as connection:
            return counting.by_day(connection, conflict)

    def last_day(self, conflict: str | None = None) -> date | None:
        """The last day on which a report of the record was published."""
        query = sa.select(sa.func.max(t.reading.c.published)).join(t.newest, t.newest.c.reading == t.reading.c.key)
        if conflict:
            query = query.where(t.reading.c.conflict == conflict)
        with plain_words(self.path), self._engine.connect() as connection:
            return loading.day(connection.execute(query).scalar())

    def report_id(self, handle: str) -> str:
        """The id of the report that `handle` names: its id, its short handle, or the beginning of either.

        Raises:
            NothingFound: if there is none, or more than one.
        """
        column = t.report.c.id
        with plain_words(self.path), self._engine.connect() as connection:
            exact = sa.select(column).where(sa.or_(column == handle, t.report.c.short == handle))
            if (found := connection.execute(exact.limit(1)).scalar()) is not None:
                return cast(str, found)
            begins = sa.select(column).where(column >= handle, column < handle + "\U0010ffff")
            near = [r.id for r in connection.execute(begins.limit(2))] if handle else []
        if len(near) == 1:
            return cast(str, near[0])
        raise NothingFound(f"{'more than one' if near else 'no'} report {handle!r}", where=self.path)

    def short(self, report: str) -> str:
        """The short handle of the report with this id."""
        with plain_words(self.path), self._engine.connect() as connection:
            return cast(
                str, connection.execute(sa.select(t.report.c.short).where(t.report.c.id == report)).scalar_one()
            )

    def shorts(self, reports: Collection[str]) -> dict[str, str]:
        """The short handles of reports, by id."""
        named: sa.Select[tuple[str]] = sa.select(sa.column("value")).select_from(
            sa.func.json_each(json.dumps(list(reports)))
        )
        query = sa.select(t.report.c.id, t.report.c.short).where(t.report.c.id.in_(named))
        with plain_words(self.path), self._engine.connect() as connection:
            return {row.id: row.short for row in connection.execute(query)}

    def readings(self, report: str) -> list[Reading]:
        """Every reading of one report, the newest first."""
        query = (
            sa.select(t.reading.c.key, t.reading.c.body, t.report.c.text, t.newest.c.reading.label("newest"))
            .join(t.report, t.report.c.id == t.reading.c.report)
            .outerjoin(t.newest, t.newest.c.reading == t.reading.c.key)
            .where(t.reading.c.report == report)
            .order_by(t.newest.c.reading.is_(None), t.reading.c.key.desc())
        )
        with plain_words(self.path), self._engine.connect() as connection:
            return [loading.whole(connection, row) for row in connection.execute(query).all()]
