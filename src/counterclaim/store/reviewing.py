"""What a reviewer asks of a record: what waits for them, what they said last, what people said of some rows.

Every question has a bound: nothing here goes through all rows of a large record.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

import msgspec
import sqlalchemy as sa

from counterclaim.errors import NothingFound
from counterclaim.record.judgements import Judgement, by_person, not_taken_back, standing
from counterclaim.record.linkage import Pair
from counterclaim.record.tellings import Family, Telling, one_line
from counterclaim.store import joining, judging, loading, queries
from counterclaim.store import schema as t
from counterclaim.store.engine import plain_words
from counterclaim.store.queries import Filter
from counterclaim.types import Event, Place, PlaceMention, Struct

#: Which rows: those that somebody has not judged yet, those they judged, or both.
Which = Literal["open", "mine", "all"]
#: The family of a row, by the first letter of its id.
FAMILY: Mapping[str, Family] = {"s": "statement", "e": "event", "f": "figure", "h": "holding"}
#: Events that a group of joined ones is followed to, at most.
_GROUP = 60
#: The latest events of a filter whose pairs are looked for.
_EVENTS = 2000
_OWN = ("joined", "doubtful", "apart", "undone")


class Waiting(Struct, frozen=True, kw_only=True):
    """Two events that the program joined or doubts, as their reports tell them."""

    one: Telling[Event]
    other: Telling[Event]
    verdict: str
    score: float | None
    why: str

    @property
    def id(self) -> str:
        """Both refs, as `judge` takes them."""
        return f"{self.one.ref} {self.other.ref}"


class Past(Struct, frozen=True, kw_only=True):
    """Something that a person said and that still stands. `refs`: one row, two events, or the first row of a batch.

    `count`: how many rows it is about.
    """

    refs: tuple[str, ...]
    said: Judgement
    pair: bool = False
    count: int = 1


class Reviewing:
    """A reviewer's questions to a record. `Record` is one."""

    path: str
    _engine: sa.Engine

    def waiting(
        self, family: Family, wanted: Filter, by: str, which: Which = "open", most: int = 1000
    ) -> list[Telling[Any]]:
        """The latest rows of a family that `wanted` lets through, as read, not as corrected; at most `most`."""
        with plain_words(self.path), self._engine.connect() as connection:
            query = _rows(family, wanted, _mine(connection, by), which).limit(most)
            return [loading.telling(row, family) for row in connection.execute(query)]

    def queue(
        self, family: Family, wanted: Filter, by: str, which: Which, most: int, counted: int
    ) -> tuple[list[Telling[Any]], int, int]:
        """As `waiting`; with how many rows the filter lets through and how many of them are judged, up to `counted`."""
        with plain_words(self.path), self._engine.connect() as connection:
            mine = _mine(connection, by)
            query = _rows(family, wanted, mine, which).limit(most)
            found = [loading.telling(row, family) for row in connection.execute(query)]
            total = _count(connection, family, _rows(family, wanted, mine, "all"), counted)
            done = _count(connection, family, _rows(family, wanted, mine, "mine"), counted) if mine else 0
        return found, total, done

    def count(self, family: Family, wanted: Filter, most: int = 10_000) -> int:
        """How many rows `wanted` lets through, counted up to `most`."""
        with plain_words(self.path), self._engine.connect() as connection:
            return _count(connection, family, _rows(family, wanted, [], "all"), most)

    def waiting_pairs(
        self, wanted: Filter, by: str, verdict: str = "doubtful", which: Which = "open", most: int = 300
    ) -> list[Waiting]:
        """The latest pairs of events that the program gave `verdict`, nearest to the line first; one must fit `wanted`.

        At most `most`.
        """
        c = t.join.c
        asked = without_repeats(wanted)
        with plain_words(self.path), self._engine.connect() as connection:
            query = sa.select(c.key, c.one, c.other, c.score, c.why).where(c.by.is_(None), c.verdict == verdict)
            for end in (c.one, c.other):
                seen = sa.select(t.event.c.key).join(t.newest, t.newest.c.reading == t.event.c.reading)
                query = query.where(sa.exists(seen.where(t.event.c.key == end)))
            if asked != without_repeats(Filter()):
                latest = queries.rows("event", asked).order_by(None).order_by(t.event.c.told.desc()).limit(_EVENTS)
                fit = among(connection.execute(latest.with_only_columns(t.event.c.key)).scalars().all())
                query = query.where(sa.or_(c.one.in_(fit), c.other.in_(fit)))
            if which != "all":
                mine = _my_pairs(connection, by)
                pairs = among([f"{one} {other}" for one, other in mine])
                pair = sa.cast(c.one, sa.Text) + " " + sa.cast(c.other, sa.Text)
                query = query.where(pair.in_(pairs) if which == "mine" else pair.not_in(pairs))
                if which == "mine":
                    query = query.where(c.one.in_(among([one for one, _ in mine])))
            some = query.order_by(c.key.desc()).limit(most).subquery()
            near = some.c.score.desc() if verdict == "doubtful" else some.c.score
            found = connection.execute(sa.select(some).order_by(near, some.c.key)).all()
            told = _events(connection, {key for row in found for key in (row.one, row.other)})
        return [
            Waiting(one=told[row.one], other=told[row.other], verdict=verdict, score=row.score, why=row.why)
            for row in found
        ]

    def pair(self, one: str, other: str) -> tuple[Waiting, list[Judgement]]:
        """Two events, by ref, with what the program says of them and what people said, oldest first.

        Raises:
            NothingFound: if one is not there.
        """
        with plain_words(self.path), self._engine.connect() as connection:
            keys = sorted(judging.event(connection, *self._split(ref)) for ref in (one, other))
            told = _events(connection, set(keys))
            rows = [row for row in joining.rows(connection, of=keys[0]) if {row.one, row.other} == set(keys)]
        own = next((row for row in reversed(rows) if row.by is None), None)
        pair = Waiting(
            one=told[keys[0]], other=told[keys[-1]], verdict=own.verdict if own else "apart",
            score=own.score if own else None, why=own.why if own else "",
        )  # fmt: skip
        return pair, [judging.said(row) for row in rows if row.by is not None]

    def group(self, ref: str) -> list[Telling[Event]]:
        """The events that joins, as people left them, tie to the event `ref`, directly or through others; it first."""
        with plain_words(self.path), self._engine.connect() as connection:
            order = [judging.event(connection, *self._split(ref))]
            for key in order:
                pairs: dict[int, list[Any]] = defaultdict(list)
                for row in joining.rows(connection, of=key):
                    pairs[row.other if row.one == key else row.one].append(row)
                for other, rows in pairs.items():
                    said = standing(judging.said(row) for row in rows if row.by is not None)
                    own = next((row.verdict for row in reversed(rows) if row.by is None), "apart")
                    if (said.verdict == "yes" if said else own == "joined") and other not in order:
                        order.append(other)
                if len(order) > _GROUP:
                    break
            told = _events(connection, set(order))
        return [told[key] for key in order[:_GROUP] if key in told]

    def row(self, ref: str) -> tuple[Telling[Any], Telling[Any], list[Judgement]]:
        """A row as read, as people left it, and what they said of these words, oldest first.

        Raises:
            NothingFound: if there is no such row.
        """
        report, row = self._split(ref)
        with plain_words(self.path), self._engine.connect() as connection:
            read = self._telling(connection, report, row)
            said = [j for j in judging.history(connection, report, row)[report, row] if about(j, read.offset)]
            stands = standing(said)
            now = judging.left(read, stands) if stands else read
        return read, now, said

    def past(self, by: str, most: int = 10) -> list[Past]:
        """What a person said last and what still stands, the last first; a batch counts as one."""
        c = t.judgement.c
        batch = sa.func.json_extract(c.body, "$.batch")
        undone = sa.func.sum(sa.case((c.verdict == "undo", 1), else_=0)).label("undone")
        what = sa.func.coalesce(batch, c.report + "/" + c.row)
        last = sa.func.max(sa.case((c.verdict != "undo", c.key))).label("last")
        mine = (
            sa.select(batch.label("batch"), last, sa.func.count().label("rows"), undone)
            .add_columns(c.report, c.row, t.report.c.short)
            .join(t.report, t.report.c.id == c.report)
            .where(c.by == by)
            .group_by(what)
            .order_by(last.desc())
        )
        found: list[Past] = []
        with plain_words(self.path), self._engine.connect() as connection:
            for row in connection.execute(mine):
                if len(found) == most:
                    break
                left = row.rows - 2 * row.undone if row.batch else 1
                said = standing(judging.history(connection, row.report, row.row)[row.report, row.row])
                if row.batch and left > 0:
                    one = connection.execute(sa.select(t.judgement).where(c.key == row.last)).one()
                    said = Judgement(verdict=one.verdict, by=by, at=one.at, batch=row.batch)
                    found.append(Past(refs=(f"{row.short}/{row.row}",), said=said, count=left))
                elif not row.batch and said and said.by == by and said.batch is None:
                    found.append(Past(refs=(f"{row.short}/{row.row}",), said=said))
            found += _past_pairs(connection, by, most)
        return sorted(found, key=lambda past: past.said.at, reverse=True)[:most]

    def batch(self, name: str) -> list[str]:
        """The refs of the rows judged in one go, by the batch's name."""
        c = t.judgement.c
        query = sa.select(c.row, t.report.c.short).join(t.report, t.report.c.id == c.report).order_by(c.key)
        query = query.where(sa.func.json_extract(c.body, "$.batch") == name, c.verdict != "undo")
        with plain_words(self.path), self._engine.connect() as connection:
            return [f"{row.short}/{row.row}" for row in connection.execute(query)]

    def said_of(self, refs: Iterable[str]) -> dict[str, Judgement]:
        """What stands of rows, by ref as lists print them; those of which nobody said anything are not in it."""
        some = set(refs)
        shorts = sorted({ref.rpartition("/")[0] for ref in some})
        c = t.judgement.c
        query = sa.select(t.report.c.short, t.report.c.id, c.row).distinct().join(t.report, t.report.c.id == c.report)
        found: dict[str, Judgement] = {}
        with plain_words(self.path), self._engine.connect() as connection:
            for row in connection.execute(query.where(t.report.c.short.in_(among(shorts)))).all():
                if (ref := f"{row.short}/{row.row}") in some:
                    try:
                        read = self._telling(connection, row.id, row.row)
                    except NothingFound:
                        continue
                    said = judging.history(connection, row.id, row.row)[row.id, row.row]
                    if (stands := standing(said)) and about(stands, read.offset):
                        found[ref] = stands
        return found

    def judgements_of(self, report: str) -> dict[Pair, list[Judgement]]:
        """Every judgement of the rows of one report, by its id and row, oldest first."""
        with plain_words(self.path), self._engine.connect() as connection:
            return dict(judging.history(connection, report))

    def judged_by_several(self) -> Iterator[tuple[str, str, list[Judgement]]]:
        """Rows and pairs that more than one person judged: ref or refs, family, and what they said, oldest first."""
        with plain_words(self.path), self._engine.connect() as connection:
            c = t.judgement.c
            several = sa.select(c.report, c.row).group_by(c.report, c.row).having(sa.func.count(c.by.distinct()) > 1)
            query = sa.select(t.report.c.short, c.report, c.row).join(t.report, t.report.c.id == c.report)
            query = query.where(sa.tuple_(c.report, c.row).in_(several)).group_by(c.report, c.row)
            for row in connection.execute(query).all():
                history = judging.history(connection, row.report, row.row)[row.report, row.row]
                yield f"{row.short}/{row.row}", FAMILY[row.row[0]], history
            for pair in judging.pairs(connection, people_only=True):
                if len({said.by for said in pair.judged}) > 1:
                    yield f"{pair.one} {pair.other}", "join", list(pair.judged)

    def places_of(self, report: str) -> list[Place]:
        """The places that a report names, in the order of its text."""
        query = (
            sa.select(t.mention.c.body)
            .join(t.newest, t.newest.c.reading == t.mention.c.reading)
            .where(t.newest.c.report == report)
            .order_by(t.mention.c.key)
        )
        with plain_words(self.path), self._engine.connect() as connection:
            found = connection.execute(query).scalars()
            return list(dict.fromkeys(msgspec.json.decode(body, type=PlaceMention).place for body in found))

    def words_of(self, ref: str) -> str:
        """The words of a row, on one line; nothing where the newest reading has it no more."""
        with plain_words(self.path), self._engine.connect() as connection:
            try:
                return one_line(self._telling(connection, *self._split(ref)).text)
            except NothingFound:
                return ""

    def _split(self, ref: str) -> Pair:
        raise NotImplementedError

    def _telling(self, connection: sa.Connection, report: str, row: str) -> Telling[Any]:
        raise NotImplementedError


def about(said: Judgement, offset: int) -> bool:
    """Whether a judgement is about the row that begins there: a later reading may give an id to other words."""
    return said.start is None or said.start == offset


def without_repeats(wanted: Filter) -> Filter:
    """The filter for what is reviewed: each event once a report, whatever was said of it before."""
    return msgspec.structs.replace(wanted, repeats=False, limit=None, wrong=True)


def among(values: Sequence[object]) -> sa.Select[tuple[Any]]:
    """Values as a table of one column: any number of them, where SQL takes only so many by themselves."""
    return sa.select(sa.column("value")).select_from(sa.func.json_each(json.dumps(values)))


_Mine = list[tuple[str, str, int | None]]


def _rows(family: str, wanted: Filter, mine: _Mine, which: Which) -> sa.Select[tuple[object, ...]]:
    """The rows that a filter lets through, the latest first; `mine` are those that the reviewer judged."""
    row = t.FAMILIES[family]
    query = queries.rows(family, without_repeats(wanted)).order_by(None)
    if which != "all" and (mine or which == "mine"):
        ref = t.report.c.id + "/" + row.c.id + "@" + sa.cast(row.c.start, sa.Text)
        refs = among([f"{report}/{name}@{start}" for report, name, start in mine])
        query = query.where(ref.in_(refs) if which == "mine" else ref.not_in(refs))
        if which == "mine":  # found from their reports, not looked for among all rows
            query = query.where(t.newest.c.report.in_(among(sorted({report for report, _, _ in mine}))))
    return query.order_by(row.c.told.desc(), row.c.reading.desc(), row.c.start, row.c.key)


def _count(connection: sa.Connection, family: str, query: sa.Select[tuple[object, ...]], most: int) -> int:
    some = query.order_by(None).limit(most).with_only_columns(t.FAMILIES[family].c.key).subquery()
    return int(connection.execute(sa.select(sa.func.count()).select_from(some)).scalar_one())


def _mine(connection: sa.Connection, by: str) -> _Mine:
    """The rows that somebody judged: report, row, and where its words begin."""
    return [
        (report, row, said[by].start)
        for (report, row), history in judging.history(connection, touched_by=by).items()
        if by in (said := by_person(history))
    ]


def _my_pairs(connection: sa.Connection, by: str) -> list[tuple[int, int]]:
    return [pair for pair, said in _pairs_of(connection, by).items() if by in by_person(said)]


def _pairs_of(connection: sa.Connection, by: str) -> dict[tuple[int, int], list[Judgement]]:
    """What people said of the pairs that somebody spoke of, by keys, the last pair spoken of first."""
    c = t.join.c
    mine = sa.select(c.one, c.other).where(c.by == by, c.verdict.in_(_OWN)).order_by(c.key.desc())
    pairs = list(dict.fromkeys((row.one, row.other) for row in connection.execute(mine)))
    found: dict[tuple[int, int], list[Judgement]] = {}
    for one, other in pairs:
        said = sa.select(t.join).where(c.one == one, c.other == other, c.by.is_not(None)).order_by(c.key)
        found[one, other] = [judging.said(row) for row in connection.execute(said)]
    return found


def _past_pairs(connection: sa.Connection, by: str, most: int) -> list[Past]:
    found: list[Past] = []
    for keys, history in _pairs_of(connection, by).items():
        left = not_taken_back(history)
        if left and left[-1].by == by and len(found) < most:
            told = _events(connection, set(keys))
            if len(told) == len(keys):
                found.append(Past(refs=(told[keys[0]].ref, told[keys[1]].ref), said=left[-1], pair=True))
    return found


def _events(connection: sa.Connection, keys: Collection[int]) -> dict[int, Telling[Event]]:
    """Events of newest readings by key."""
    found = connection.execute(queries.plain("event").where(t.event.c.key.in_(among(sorted(keys))))).all()
    return {row.key: loading.telling(row, "event") for row in found}
