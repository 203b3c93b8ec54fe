"""The part of a record that people write: judgements of rows, judgements of joins; and what stands of both."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

import msgspec
import sqlalchemy as sa

from counterclaim.errors import CounterclaimError, InputError, NothingFound, UsageError
from counterclaim.record.copies import folded
from counterclaim.record.judgements import Judgement, Verdict, checked, standing
from counterclaim.record.linkage import Pair
from counterclaim.record.reprints import rank
from counterclaim.record.tellings import Telling
from counterclaim.store import folding, joining, judging, loading, queries
from counterclaim.store import schema as t
from counterclaim.store.engine import fold, plain_words
from counterclaim.store.judging import Joined
from counterclaim.store.reviewing import FAMILY, Reviewing, among
from counterclaim.types import Place

#: What is said of a row: its ref, the verdict, what a correction changes, a note.
Saying = tuple[str, Verdict, Mapping[str, str], str | None]


def in_words(error: CounterclaimError) -> str:
    """What is wrong and what helps, on one line."""
    return f"{error.message}{f' ({error.hint})' if error.hint else ''}"


class _Dry(Exception):
    """Nothing is to be kept."""


class Judged(Reviewing):
    """What people say about the rows and joins of a record. `Record` is one."""

    def _writing(self) -> Any:
        raise NotImplementedError

    def report_id(self, handle: str) -> str:
        """The id of the report that `handle` names."""
        raise NotImplementedError

    def judge(
        self, ref: str, verdict: Verdict, by: str, changes: Mapping[str, str] | None = None, *,
        note: str | None = None, batch: str | None = None,
    ) -> Judgement:  # fmt: skip
        """Keep what `by` says of one row: yes, no, unsure, correct (with `changes`), or undo the last that counts.

        `note` is kept with it; judgements made in one go share a `batch`.

        Raises:
            NothingFound: if there is no such row.
            UsageError: if there is nothing to undo, or a change that makes no sense.
        """
        report, row = self._split(ref)
        with plain_words(self.path), self._writing() as connection:
            return self._judge(
                connection, (report, row), Judgement(
                    verdict=verdict, by=by, at=joining.now(), changes=dict(changes or {}), note=note, batch=batch,
                ),
            )  # fmt: skip

    def _judge(self, connection: sa.Connection, key: Pair, said: Judgement) -> Judgement:
        telling = self._telling(connection, *key)
        before = judging.history(connection, *key)[key]
        _check(said.verdict, before, telling.ref)
        if said.verdict == "correct":
            if not said.changes:
                raise UsageError("a correction names what to change", hint="Write it as kind=shelling")
            if name := said.changes.get("place", "").strip():
                said = msgspec.structs.replace(said, place=self._place(connection, telling, standing(before), name))
            checked(telling.item, said.changes, judging.found(said))
        said = msgspec.structs.replace(said, start=telling.offset)
        judging.keep(connection, *key, said)
        return said

    def _ids(self, handles: Iterable[str]) -> dict[str, str]:
        """The ids of reports by short handle, all in one question."""
        with plain_words(self.path), self._engine.connect() as connection:
            query = sa.select(t.report.c.short, t.report.c.id)
            query = query.where(t.report.c.short.in_(among(sorted(set(handles)))))
            return {row.short: row.id for row in connection.execute(query)}

    def _place(
        self, connection: sa.Connection, telling: Telling[Any], before: Judgement | None, name: str
    ) -> Place | None:
        """What a place that was typed is: what it was found to be before, else what it is looked up to be."""
        if before and before.place and fold(before.place.name) == fold(name):
            return before.place
        near = getattr(telling.item, "place", None)
        return judging.place(connection, name, near.country if near else None)

    def judge_all(self, sayings: Iterable[Saying], by: str, batch: str, *, dry: bool = False) -> list[str | None]:
        """Keep what `by` says of many rows in one go; for each the reason why it was refused, None where it is kept.

        `dry` looks whether they would be kept, and keeps none.

        Raises:
            StoreError: if the file cannot be written: none is kept then.
        """
        at = joining.now()
        found: list[tuple[Pair, Judgement] | str] = []
        sayings = list(sayings)
        known = self._ids(ref.rpartition("/")[0] for ref, *_ in sayings)
        for ref, verdict, changes, note in sayings:  # handles are looked up before the writing begins
            said = Judgement(verdict=verdict, by=by, at=at, changes=dict(changes), note=note, batch=batch)
            try:
                report, _, row = ref.rpartition("/")
                named = report in known and row[:1] in FAMILY
                found.append(((known[report], row) if named else self._split(ref), said))
            except (InputError, NothingFound) as error:
                found.append(in_words(error))
        refused: list[str | None] = []
        with suppress(_Dry), plain_words(self.path), self._writing() as connection:
            for one in found:
                try:
                    refused.append(one if isinstance(one, str) else None)
                    if not isinstance(one, str):
                        self._judge(connection, *one)
                except (NothingFound, UsageError) as error:
                    refused[-1] = in_words(error)
            if dry:
                raise _Dry
        return refused

    def take_back(self, batch: str, by: str) -> tuple[int, int]:
        """Undo what `by` said in one go, where it still stands: how many rows, and how many were judged since."""
        rows = self.batch(batch)
        with plain_words(self.path), self._engine.connect() as connection:
            now = {ref: standing(judging.history(connection, *self._split(ref))[self._split(ref)]) for ref in rows}
        mine = [ref for ref, said in now.items() if said and said.batch == batch and said.by == by]
        self.judge_all(((ref, "undo", {}, None) for ref in mine), by, batch)
        return len(mine), sum(said is not None and said.batch != batch for said in now.values())

    def judge_pair(self, one: str, other: str, verdict: Verdict, by: str) -> Judgement:
        """Keep what `by` says of two events: yes (they are one), no, unsure, or undo the last that counts.

        Raises:
            NothingFound: if there is no such event.
            UsageError: if there is nothing to undo, or the two are one row.
        """
        if verdict == "correct":
            raise UsageError("two events are one, or not; a correction is of one row")
        said = Judgement(verdict=verdict, by=by, at=joining.now())
        ends = [self._split(ref) for ref in (one, other)]
        with plain_words(self.path), self._writing() as connection:
            first, second = (judging.event(connection, *end) for end in ends)
            keys = {first, second}
            rows = [r for r in joining.rows(connection, people_only=True, of=first) if {r.one, r.other} == keys]
            _check(verdict, [judging.said(row) for row in rows], f"{one} and {other}")
            judging.keep_pair(connection, first, second, said)
        return said

    def judgements(self, ref: str | None = None) -> dict[Pair, list[Judgement]]:
        """Every judgement of rows, by report id and row, oldest first; of one row where named."""
        report, row = self._split(ref) if ref else (None, None)
        with plain_words(self.path), self._engine.connect() as connection:
            return dict(judging.history(connection, report, row))

    def verdicts(self) -> dict[Pair, str]:
        """What people decided about rows, by report and row: the verdict that stands."""
        found = ((key, standing(said)) for key, said in self.judgements().items())
        return {key: said.verdict for key, said in found if said}

    def joins(self, *, people_only: bool = False) -> Iterator[Joined]:
        """Every pair of events of different reports that somebody says is one or may be, or is not."""
        with plain_words(self.path), self._engine.connect() as connection:
            yield from judging.pairs(connection, people_only=people_only)

    def joins_of(self, ref: str) -> list[Joined]:
        """The pairs that one event stands in; a row that repeats another of its report has those of that one.

        Raises:
            NothingFound: if there is no such event.
        """
        report, row = self._split(ref)
        with plain_words(self.path), self._engine.connect() as connection:
            return list(judging.pairs(connection, of=judging.event(connection, report, row)))

    def judged_pairs(self) -> dict[Pair, bool]:
        """What people decided about pairs of events, by sorted refs: one event or two. What `same_event.join` takes."""
        found = ((pair, standing(pair.judged)) for pair in self.joins(people_only=True))
        return {
            (min(p.one, p.other), max(p.one, p.other)): said.verdict == "yes"
            for p, said in found
            if said and said.verdict in ("yes", "no")
        }

    def families(self, among: Collection[str] | None = None) -> dict[str, str]:
        """Each report that has near copies to the first of its family: who printed it first, as of passages.

        `among`: only these reports, by id, as if there were no others. Costs by their number, not the record's.
        """
        with plain_words(self.path), self._engine.connect() as connection:
            pairs = list(folding.pairs(connection, among))
            ids = {report for one, other, _ in pairs for report in (one, other)}
            columns = (t.report.c.id, t.report.c.number, t.reading.c.published, t.reading.c.outlet)
            order = sa.select(*columns).join_from(t.report, t.newest).join(t.reading)
            if len(ids) < _MANY:
                order = order.where(t.report.c.id.in_(ids))
            told = {row.id: rank(row.published, row.outlet, row.number) for row in connection.execute(order)}
        return folded(sorted(ids, key=lambda report: told.get(report, rank(None, None, 0))), pairs)

    def copies(self, among: Collection[str] | None = None) -> Iterator[tuple[str, str, float]]:
        """Every two reports (of those `among`, by id) of which one is a near copy of the other, with their likeness."""
        with plain_words(self.path), self._engine.connect() as connection:
            yield from folding.pairs(connection, among)

    def alike(self, report: str) -> list[tuple[str, float]]:
        """The near copies of one report, by id, with their likeness, 0 to 1; the likest first."""
        with plain_words(self.path), self._engine.connect() as connection:
            return folding.alike(connection, report)

    def reprints(self, among: Collection[str]) -> dict[str, list[folding.Copied]]:
        """What each of these reports, by id, prints again, and who printed it first; by where it stands in the text."""
        with plain_words(self.path), self._engine.connect() as connection:
            return folding.origins(connection, among)

    def _judged(self, tellings: Iterator[Telling[Any]]) -> Iterator[Telling[Any]]:
        """`tellings` as people left them: what was judged is marked so, what was corrected is corrected."""
        said = {key: found for key, all_ in self.judgements().items() if (found := standing(all_))}
        for telling in tellings:
            found = said.get((telling.report.id, telling.item.id))
            if found is None or found.start != telling.offset:
                yield telling
                continue
            yield judging.left(telling, found)

    def _split(self, ref: str) -> Pair:
        handle, slash, row = ref.rpartition("/")
        if not slash or row[:1] not in FAMILY:
            raise InputError(f"{ref!r} names no row", hint="Rows are named as lists print them: 1a2b3c4d/e5")
        return self.report_id(handle), row

    def _telling(self, connection: sa.Connection, report: str, row: str) -> Telling[Any]:
        family = FAMILY[row[0]]
        table = t.FAMILIES[family]
        query = queries.plain(family).where(t.report.c.id == report, table.c.id == row)
        if (found := connection.execute(query).first()) is None:
            raise NothingFound(f"no row {row} in report {report}", where=self.path)
        return loading.telling(found, family)


#: Reports that one question may name.
_MANY = 20_000


def _check(verdict: str, before: list[Judgement], what: str) -> None:
    if verdict == "undo" and standing(before) is None:
        raise UsageError(f"nothing to undo: no judgement of {what} counts")
