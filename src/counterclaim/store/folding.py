"""Near copies and passages printed again, found as reports come in: each is compared with the few that it meets.

Both meet under the seeds of their passages (`record.reprints`). A seed is kept for the first few passages that have it,
so that adding costs the same however often a passage was printed. Reports that meet are compared by their sketches
(`record.copies`), passages word by word.
"""

from __future__ import annotations

import json
import struct
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa

from counterclaim.record import copies, reprints
from counterclaim.record.reprints import Stretch
from counterclaim.record.rules import rules
from counterclaim.record.tellings import Origin, Telling, says_it
from counterclaim.store import loading, queries
from counterclaim.store import schema as t
from counterclaim.types import Figure, Reading, Report, Span

_Rank = tuple[str, bool, int]
#: What holds a seed of a list.
_HELD = sa.select(t.seed).where(
    t.seed.c.mark.in_(sa.select(sa.column("value")).select_from(sa.func.json_each(sa.bindparam("marks"))))
)
_PRINTED = (
    sa.select(t.report.c.number, t.report.c.text, t.reading.c.published, t.reading.c.outlet)
    .join(t.newest, t.newest.c.report == t.report.c.id)
    .join(t.reading, t.reading.c.key == t.newest.c.reading)
)


def packed(marks: tuple[int, ...]) -> bytes:
    """A sketch as the tables keep it."""
    return struct.pack(f"<{len(marks)}I", *marks)


def keep(connection: sa.Connection, number: int, report: Report, sketch: tuple[int, ...]) -> None:
    """Insert the seeds of report `number`, and what it has in common with those it meets: see `copy` and `reprint`."""
    own: dict[int, list[reprints.Seed]] = defaultdict(list)
    for seed in reprints.seeds(report.text, report.passages):
        own[seed.mark].append(seed)
    held = connection.execute(_HELD, {"marks": json.dumps(list(own))}).all() if own else []
    kept = Counter(row.mark for row in held)
    new = [
        {"mark": mark, "report": number, "start": first.start, "end": first.end}
        for mark, (first, *_) in own.items()
        if kept[mark] < rules()["passage"]["most"]
    ]
    if new:
        connection.execute(t.seed.insert(), new)
    if not held:
        return
    _keep_copies(connection, number, sketch, copies.near(row.report for row in held))
    met: dict[tuple[int, int], Counter[tuple[int, int, int]]] = defaultdict(Counter)
    for row in held:
        for seed in own[row.mark]:
            met[seed.start, seed.end][row.report, row.start, row.end] += 1
    _keep_reprints(connection, number, report, met)


def _keep_copies(connection: sa.Connection, number: int, sketch: tuple[int, ...], near: Collection[int]) -> None:
    """Insert a row for each report of `near` that `number` is a near copy of, or that is one of it."""
    query = sa.select(t.report.c.number, t.report.c.sketch).where(t.report.c.number.in_(near))
    likes = [(row.number, copies.likeness(sketch, loading.numbers(row.sketch))) for row in connection.execute(query)]
    found = [
        {"one": min(number, other), "other": max(number, other), "like": round(like, 3)}
        for other, like in likes
        if like >= copies.LIKE
    ]
    if found:  # a record brought up to date has those that were found before
        connection.execute(t.copy.insert().prefix_with("OR IGNORE"), found)


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
        numbers = sa.select(t.report.c.number).where(t.report.c.id.in_(_values(among)))
        # The second is no key to look up by: of n reports that would be n times n look-ups.
        query = query.where(t.copy.c.one.in_(numbers), (t.copy.c.other + 0).in_(numbers))
    for row in connection.execute(query):
        yield row.id, row.copy, row.like


def alike(connection: sa.Connection, report: str) -> list[tuple[str, float]]:
    """The near copies of one report, by id, with their likeness; the likest first."""
    number = sa.select(t.report.c.number).where(t.report.c.id == report).scalar_subquery()
    others = sa.union_all(
        sa.select(t.copy.c.other.label("number"), t.copy.c.like).where(t.copy.c.one == number),
        sa.select(t.copy.c.one, t.copy.c.like).where(t.copy.c.other == number),
    ).subquery()
    query = sa.select(t.report.c.id, others.c.like).join(others, others.c.number == t.report.c.number)
    return [(row.id, row.like) for row in connection.execute(query.order_by(others.c.like.desc(), t.report.c.id))]


def _keep_reprints(
    connection: sa.Connection, number: int, report: Report, met: dict[tuple[int, int], Counter[tuple[int, int, int]]]
) -> None:
    """Insert what of report `number` an earlier one printed, and what of it a later one printed again."""
    ours = reprints.rank(report.published, report.outlet, number)
    here: list[tuple[_Rank, Stretch]] = []
    for other, stretches in _compared(connection, report.text, met):
        rank = reprints.rank(other.published, other.outlet, other.number)
        if rank < ours:
            here += [(rank, stretch) for stretch in stretches]
        else:
            _print_again(connection, other.number, [(ours, stretch.turned) for stretch in stretches])
    _print_again(connection, number, here)


def _compared(
    connection: sa.Connection, text: str, met: dict[tuple[int, int], Counter[tuple[int, int, int]]]
) -> Iterator[tuple[Any, list[Stretch]]]:
    """Each report met, and what of `text` stands in it: of each passage, those met most often are compared."""
    pairs: dict[int, list[tuple[Span, Span]]] = defaultdict(list)
    for (start, end), others in met.items():
        likest = sorted(others.items(), key=lambda found: (-found[1], found[0]))
        for (number, there, until), _ in likest[: rules()["passage"]["compared"]]:
            pairs[number].append((Span(start, end), Span(there, until)))
    for other in connection.execute(_PRINTED.where(t.report.c.number.in_(pairs))).all():
        found = (s for ours, theirs in pairs[other.number] for s in reprints.stretches(text, ours, other.text, theirs))
        yield other, reprints.counted(text, other.text, found)


def _print_again(connection: sa.Connection, number: int, found: list[tuple[_Rank, Stretch]]) -> None:
    """Insert what report `number` prints again. Of several who printed the same words, the first is kept."""
    if not found:
        return
    c = t.reprint.c
    query = (
        sa.select(t.reprint, t.reading.c.published, t.reading.c.outlet)
        .join(t.report, t.report.c.number == c.other)
        .join(t.newest, t.newest.c.report == t.report.c.id)
        .join(t.reading, t.reading.c.key == t.newest.c.reading)
        .where(c.report == number)
    )
    before = [
        (reprints.rank(r.published, r.outlet, r.other), Stretch(r.start, r.end, r.there, r.until, r.words))
        for r in connection.execute(query)
    ]
    left: dict[int, tuple[_Rank, Stretch]] = {}
    # The longest first; one that began before it takes its place where it holds nearly as much.
    for rank, stretch in sorted([*before, *found], key=lambda f: (-f[1].words, f[0])):
        same = [kept for kept in left.values() if kept[1].start < stretch.end and stretch.start < kept[1].end]
        if any(rank >= kept[0] or stretch.words < _MOST * kept[1].words for kept in same):
            continue
        for kept in same:
            del left[kept[1].start]
        left[stretch.start] = rank, stretch
    connection.execute(t.reprint.delete().where(c.report == number))
    connection.execute(
        t.reprint.insert(),
        [
            {"report": number, "start": s.start, "end": s.end, "other": rank[2], "there": s.there, "until": s.until,
             "words": s.words}
            for rank, s in left.values()
        ],
    )  # fmt: skip


#: The share of a stretch that an earlier report must hold to be where it is from.
_MOST = 0.8


#: Reports that a passage is followed back through, at most.
_STEPS = 8
_PRINTED_AGAIN = (
    sa.select(t.reprint)
    .where(
        t.reprint.c.report.in_(sa.select(sa.column("value")).select_from(sa.func.json_each(sa.bindparam("numbers"))))
    )
    .order_by(t.reprint.c.report, t.reprint.c.start)
)
#: The heads of reports by number, and the passages by report number, character and reading.
_NUMBERED = (
    queries.heads(queries.Filter())
    .order_by(None)
    .where(t.report.c.number.in_(sa.select(sa.column("value")).select_from(sa.func.json_each(sa.bindparam("numbers")))))
    .add_columns(t.report.c.number)
)
_POINT = sa.func.json_each(sa.bindparam("points")).table_valued("value")
_NUMBER, _START, _READING = (sa.func.json_extract(_POINT.c.value, f"$[{n}]") for n in range(3))
_PASSAGES = sa.select(
    _NUMBER,
    _START,
    sa.select(sa.func.max(t.passage.c.n))
    .where(t.passage.c.reading == _READING, t.passage.c.start <= _START)
    .scalar_subquery(),
)


class Copied(NamedTuple):
    """A stretch of a report, who printed it first, and the handle of the passage that it stands in."""

    stretch: Stretch
    origin: Origin
    ref: str


def origins(connection: sa.Connection, among: Collection[str]) -> dict[str, list[Copied]]:
    """What each of the reports `among`, by id, prints again, and who printed it first, as far back as is known."""
    return Origins(connection).of(among)


def marked(connection: sa.Connection, tellings: Sequence[Telling[Any]]) -> Iterator[Telling[Any]]:
    """`tellings`, those in copied passages with their origin."""
    return Origins(connection).marked(tellings)


class Origins:
    """Who printed first what reports print again. What it was asked before it knows: one for each question."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._numbers: dict[str, int] = {}
        #: The stretches of reports, by number, in the order of the text, and the number of the report each was met in.
        self._printed: dict[int, list[tuple[Stretch, int]]] = {}
        self._heads: dict[int, Any] = {}
        self._passages: dict[tuple[int, int], Origin] = {}

    def of(self, among: Collection[str]) -> dict[str, list[Copied]]:
        """What each of the reports `among`, by id, prints again."""
        self._look_up(among)
        printed = {report: self._printed[self._numbers[report]] for report in among}
        firsts = {report: [self._first(*one) for one in several] for report, several in printed.items()}
        own = {(self._numbers[report], stretch.start) for report, several in printed.items() for stretch, _ in several}
        self._place(own | {(first, there.there) for several in firsts.values() for there, first in several})
        return {
            report: [
                Copied(
                    stretch._replace(there=there.there, until=there.until),
                    self._passages[first, there.there],
                    self._passages[self._numbers[report], stretch.start].ref,
                )
                for (stretch, _), (there, first) in zip(several, firsts[report], strict=True)
            ]
            for report, several in printed.items()
        }

    def marked(self, tellings: Sequence[Telling[Any]]) -> Iterator[Telling[Any]]:
        """`tellings`, those in copied passages with their origin."""
        self._look_up({telling.report.id for telling in tellings})
        points = [self._point(telling) for telling in tellings]
        self._place({point for point in points if point})
        for telling, point in zip(tellings, points, strict=True):
            yield msgspec.structs.replace(telling, origin=self._passages[point]) if point else telling

    def _point(self, telling: Telling[Any]) -> tuple[int, int] | None:
        """Where the words of a telling were printed first: a report's number, and a character of it."""
        if not (copied := self._printed[self._numbers[telling.report.id]]):
            return None
        number = telling.item.span if isinstance(telling.item, Figure) else None
        at = reprints.holder([stretch for stretch, _ in copied], says_it(telling.item), number)
        if at is None:
            return None
        there, first = self._first(*copied[at])
        return first, there.there

    def _first(self, stretch: Stretch, other: int, steps: int = _STEPS) -> tuple[Stretch, int]:
        """Follow a stretch from report to report back to the first: the stretch met there, and the report's number."""
        before = self._printed.get(other) if steps else None
        at = reprints.holder([b for b, _ in before], [Span(stretch.there, stretch.until)]) if before else None
        return (stretch, other) if at is None or not before else self._first(*before[at], steps - 1)

    def _look_up(self, among: Collection[str]) -> None:
        """Find what these reports print again, those that they were met in, and so on."""
        named = sa.select(t.report.c.id, t.report.c.number).where(t.report.c.id.in_(_values(among)))
        self._numbers.update((row.id, row.number) for row in self._connection.execute(named))
        new = {self._numbers[report] for report in among} - self._printed.keys()
        for _ in range(_STEPS + 2):
            if not new:
                return
            self._printed |= {number: [] for number in new}
            met = set()
            for row in self._connection.execute(_PRINTED_AGAIN, {"numbers": json.dumps(sorted(new))}):
                report, start, end, other, there, until, words = row
                self._printed[report].append((Stretch(start, end, there, until, words), other))
                met.add(other)
            new = met - self._printed.keys()

    def _place(self, points: Collection[tuple[int, int]]) -> None:
        """Find the passages that these characters stand in."""
        new = set(points) - self._passages.keys()
        unknown = {number for number, _ in new} - self._heads.keys()
        found = self._connection.execute(_NUMBERED, {"numbers": json.dumps(sorted(unknown))})
        self._heads.update((row.number, row) for row in found)
        asked = [(number, start, self._heads[number].key) for number, start in new]
        for number, start, n in self._connection.execute(_PASSAGES, {"points": json.dumps(sorted(asked))}):
            head = loading.head(self._heads[number])
            ref = head.short if n is None else f"{head.short}/p{n}"
            origin = Origin(report=head.id, ref=ref, outlet=head.name, published=head.published)
            self._passages[number, start] = origin


def _values(ids: Collection[str]) -> sa.Select[Any]:
    """Ids as a list in one parameter."""
    return sa.select(sa.column("value")).select_from(sa.func.json_each(json.dumps(sorted(ids))))


def fill(connection: sa.Connection) -> None:
    """Find the copies and the passages printed again in a record made before anybody looked for them."""
    query = (
        sa.select(t.report.c.text, t.report.c.sketch, t.reading.c.body)
        .join(t.newest, t.newest.c.report == t.report.c.id)
        .join(t.reading, t.reading.c.key == t.newest.c.reading)
    )
    for number in connection.execute(sa.select(t.report.c.number).order_by(t.report.c.number)).scalars().all():
        if (row := connection.execute(query.where(t.report.c.number == number)).first()) is not None:
            report = msgspec.json.decode(row.body, type=Reading).report
            whole = msgspec.structs.replace(report, text=row.text)
            keep(connection, number, whole, loading.numbers(row.sketch))
