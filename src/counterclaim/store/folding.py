"""Near copies and passages printed again, found as reports come in: each is compared with the few that it meets.

Reports meet under the marks of their sketches (`record.copies`), passages under seeds (`record.reprints`). A seed is
kept for the first few passages that have it, so that adding costs the same however often a passage was printed.
"""

from __future__ import annotations

import json
import struct
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from typing import Any

import msgspec
import sqlalchemy as sa

from counterclaim.record import copies, reprints
from counterclaim.record.reprints import Stretch
from counterclaim.record.rules import rules
from counterclaim.record.tellings import Origin, Telling, says_it
from counterclaim.store import loading, queries
from counterclaim.store import schema as t
from counterclaim.types import Figure, Reading, Report, Span

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
        numbers = sa.select(t.report.c.number).where(t.report.c.id.in_(_values(among)))
        # The second is no key to look up by: of n reports that would be n times n look-ups.
        query = query.where(t.copy.c.one.in_(numbers), (t.copy.c.other + 0).in_(numbers))
    for row in connection.execute(query):
        yield row.id, row.copy, row.like


# Passages

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


def keep_reprints(connection: sa.Connection, number: int, report: Report) -> None:
    """Insert the seeds of report `number`, and what of it an earlier report printed, or a later one printed again."""
    own: dict[int, list[reprints.Seed]] = defaultdict(list)
    for seed in reprints.seeds(report.text, report.passages):
        own[seed.mark].append(seed)
    if not own:
        return
    held = connection.execute(_HELD, {"marks": json.dumps(list(own))}).all()
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
    met: dict[tuple[int, int], Counter[tuple[int, int, int]]] = defaultdict(Counter)
    for row in held:
        for seed in own[row.mark]:
            met[seed.start, seed.end][row.report, row.start, row.end] += 1
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


Copied = tuple[Stretch, Origin]


def origins(connection: sa.Connection, among: Collection[str]) -> dict[str, list[Copied]]:
    """What each of the reports `among`, by id, prints again, and who printed it first, as far back as is known."""
    found = _printed_before(connection, among)
    while more := {origin.report for every in found.values() for _, origin in every} - found.keys():
        found |= {report: [] for report in more} | _printed_before(connection, more)
    return {report: [_first(copied, found) for copied in found.get(report, ())] for report in among}


def _first(copied: Copied, found: dict[str, list[Copied]], steps: int = 8) -> Copied:
    """Follow a stretch from report to report back to the first."""
    stretch, origin = copied
    before = reprints.holder(found.get(origin.report, ()), [Span(stretch.there, stretch.until)])
    if before is None or not steps:
        return copied
    first, known = _first(before, found, steps - 1)
    return stretch._replace(there=first.there, until=first.until), known


def _printed_before(connection: sa.Connection, among: Collection[str]) -> dict[str, list[Copied]]:
    """The stretches of the reports `among`, each with the report that it was met in."""
    later, c = t.report.alias("later"), t.reprint.c
    n = sa.select(sa.func.max(t.passage.c.n)).where(
        t.passage.c.reading == t.reading.c.key, t.passage.c.start <= c.there
    )
    query = (
        queries.heads(queries.Filter())
        .order_by(None)
        .join(t.reprint, c.other == t.report.c.number)
        .join(later, later.c.number == c.report)
        .where(later.c.id.in_(_values(among)))
        .add_columns(later.c.id.label("later"), t.reprint, n.scalar_subquery().label("n"))
    )
    found: dict[str, list[Copied]] = defaultdict(list)
    for row in connection.execute(query):
        head = loading.head(row)
        ref = head.short if row.n is None else f"{head.short}/p{row.n}"
        stretch = Stretch(row.start, row.end, row.there, row.until, row.words)
        found[row.later].append((stretch, Origin(report=head.id, ref=ref, outlet=head.name, published=head.published)))
    return {report: sorted(every, key=lambda copied: copied[0].start) for report, every in found.items()}


def marked(connection: sa.Connection, tellings: list[Telling[Any]]) -> Iterator[Telling[Any]]:
    """`tellings`, those in copied passages with their origin."""
    found = origins(connection, {telling.report.id for telling in tellings})
    for telling in tellings:
        if not (copied := found[telling.report.id]):
            yield telling
            continue
        item = telling.item
        number = item.span if isinstance(item, Figure) else None
        here = reprints.holder(copied, says_it(item), number)
        yield msgspec.structs.replace(telling, origin=here[1]) if here else telling


def _values(ids: Collection[str]) -> sa.Select[Any]:
    """Ids as a list in one parameter."""
    return sa.select(sa.column("value")).select_from(sa.func.json_each(json.dumps(sorted(ids))))


def fill(connection: sa.Connection) -> None:
    """Find the passages printed again in a record made before anybody looked for them."""
    query = (
        sa.select(t.report.c.number, t.report.c.text, t.reading.c.body)
        .join(t.newest, t.newest.c.report == t.report.c.id)
        .join(t.reading, t.reading.c.key == t.newest.c.reading)
    )
    for number in connection.execute(sa.select(t.report.c.number).order_by(t.report.c.number)).scalars().all():
        if (row := connection.execute(query.where(t.report.c.number == number)).first()) is not None:
            report = msgspec.json.decode(row.body, type=Reading).report
            keep_reprints(connection, number, msgspec.structs.replace(report, text=row.text))
