"""A report laid out to be read: its text in pieces, each with the rows that it is part of, and the rows as cards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from counterclaim.record.sides import counts
from counterclaim.record.tellings import Family, Masthead, Origin, Telling, spans_of
from counterclaim.store import Filter, Record
from counterclaim.types import Event, Figure, Holding, Span, Statement, Struct
from counterclaim.views import rows, words
from counterclaim.views.show import Overview, show


class Mark(Struct, frozen=True, kw_only=True):
    """A stretch of the text that a row speaks of. `depth`: how many statements carry it."""

    id: str
    family: Family
    start: int
    end: int
    depth: int = 0


class Piece(Struct, frozen=True, kw_only=True):
    """Words under the same marks, the widest mark first. `begins` are the ids of rows whose first words these are."""

    text: str
    marks: tuple[Mark, ...] = ()
    begins: tuple[str, ...] = ()


class Card(Struct, frozen=True, kw_only=True):
    """A row of the report, to stand beside its words. `chain` are the ids of the statements that carry it.

    `judged`: what a person said of it, who and when.
    """

    id: str
    family: Family
    row: rows.Cited
    chain: tuple[str, ...]
    why: str
    judged: str | None


class Part(Struct, frozen=True, kw_only=True):
    """A passage: what kind it is, its words, the cards of rows that begin in it, and who printed it before."""

    n: int
    kind: str
    pieces: tuple[Piece, ...]
    cards: tuple[Card, ...]
    before: tuple[Origin, ...] = ()


class ReportPage(Struct, frozen=True, kw_only=True):
    """A report and everything read in it, as people left it."""

    head: Overview
    parts: tuple[Part, ...]
    wrong: tuple[tuple[str, str], ...] = ()
    """Rows that a person judged wrong, which are left out: their refs, who said so and when."""
    alike: tuple[tuple[Masthead, float], ...] = ()
    """Reports that are near copies, and how much of the shorter text stands in the longer one, 0 to 1."""


def page(record: Record, handle: str) -> ReportPage:
    """The page of the report that `handle` names.

    Raises:
        NothingFound: if there is none.
    """
    ident = record.report_id(handle)
    head = show(record, ident)
    assert isinstance(head, Overview)
    report = record.readings(ident)[0].report
    told = list(_told(record, ident))
    carriers = {t.item.id: t.item.via for _, t, _ in told if isinstance(t.item, Statement)}
    marks, cards = [], []
    for family, telling, row in told:
        carried = _carried(telling, carriers)
        mine = [
            Mark(id=telling.item.id, family=family, start=s.start, end=s.end, depth=len(carried))
            for s in _spans(telling)
        ]
        marks += mine
        judged = words.judged(telling.judged) if telling.judged else None
        card = Card(id=telling.item.id, family=family, row=row, chain=carried, why=telling.item.why, judged=judged)
        cards.append((min(m.start for m in mine), card))
    parts = []
    starts = [p.span.start for p in report.passages]
    beside = _beside(starts, cards)
    begun: set[str] = set()
    printed = record.reprints([ident])[ident]
    for n, passage in enumerate(report.passages):
        found = tuple(pieces(report.text, passage.span, marks, begun))
        before = dict.fromkeys(c.origin for c in printed if passage.span.covers(Span(c.stretch.start, c.stretch.end)))
        parts.append(Part(n=n, kind=passage.kind, pieces=found, cards=tuple(beside[n]), before=tuple(before)))
    wrong = tuple(_wrong(record, ident, head.id))
    return ReportPage(head=head, parts=tuple(parts), wrong=wrong, alike=tuple(_alike(record, ident)))


def _alike(record: Record, ident: str) -> Iterator[tuple[Masthead, float]]:
    for other, like in record.alike(ident):
        for head, _ in record.reports(Filter(report=other)):
            yield head, like


def _wrong(record: Record, ident: str, short: str) -> Iterator[tuple[str, str]]:
    """The rows of a report that were judged wrong, each with who said so."""
    refs = [f"{short}/{row}" for report, row in record.judgements_of(ident) if report == ident]
    for ref, said in sorted(record.said_of(refs).items()):
        if said.verdict == "no":
            yield ref, words.judged(said)


def _told(record: Record, ident: str) -> Iterator[tuple[Family, Telling[Any], rows.Cited]]:
    """Every row of a report, as a telling and as the row that the lists show."""
    mine = Filter(report=ident)
    for said in record.statements(mine):
        yield "statement", said, rows.claim_row(said)
    for event in record.events(mine):
        yield "event", event, rows.event_row(event)
    for figure in record.figures(mine):
        for count in counts([figure], {}):
            yield "figure", figure, rows.toll_row(count)
    for held in record.holdings(mine):
        yield "holding", held, held_row(held)


class HeldRow(rows.Cited, frozen=True, kw_only=True):
    """That somebody holds a place, as one report tells it. `by` besieges or left it; `says` None: the outlet."""

    place: str
    state: str
    holder: str | None
    by: str | None
    says: str | None


def held_row(telling: Telling[Holding]) -> HeldRow:
    """The row of a holding."""
    item = telling.item
    return HeldRow(
        **rows.cited(telling.report, telling.ref, telling.of(item.sentence), ()),
        place=item.place.name,
        state=item.state,
        holder=item.holder,
        by=item.by,
        says=telling.speaker.name if telling.speaker else None,
    )


def _spans(telling: Telling[Any]) -> Sequence[Span]:
    """The words to mark: what is said; the word that tells of an event or a holding; the number."""
    item = telling.item
    if isinstance(item, Statement):
        return item.content
    if isinstance(item, Event | Holding):
        return (item.trigger,)
    return (item.span,) if isinstance(item, Figure) else spans_of(item)


def _carried(telling: Telling[Any], carriers: dict[str, str | None]) -> tuple[str, ...]:
    """The ids of the statements that carry a row, the outermost first."""
    item = telling.item
    at = item.via if isinstance(item, Statement) else getattr(item, "statement", None)
    chain: list[str] = []
    while at is not None and at in carriers and at not in chain:
        chain.append(at)
        at = carriers[at]
    return tuple(reversed(chain))


def _beside(starts: Sequence[int], cards: Iterable[tuple[int, Card]]) -> dict[int, list[Card]]:
    """Cards by the passage in which their words begin, in the order of the text."""
    found: dict[int, list[Card]] = defaultdict(list)
    n = 0
    for start, card in sorted(cards, key=lambda c: c[0]):
        while n + 1 < len(starts) and starts[n + 1] <= start:
            n += 1
        found[n].append(card)
    return found


def pieces(text: str, span: Span, marks: Iterable[Mark], begun: set[str]) -> Iterator[Piece]:
    """The words of `span` cut wherever a mark begins or ends. `begun` takes the ids whose first words are out."""
    inside = [m for m in marks if m.start < span.end and span.start < m.end]
    cuts = sorted(
        {span.start, span.end, *(min(max(c, span.start), span.end) for m in inside for c in (m.start, m.end))}
    )
    for start, end in zip(cuts, cuts[1:], strict=False):
        over = sorted((m for m in inside if m.start <= start and end <= m.end), key=lambda m: (m.start - m.end, m.id))
        begins = tuple(dict.fromkeys(m.id for m in over if m.id not in begun))
        begun.update(begins)
        yield Piece(text=text[start:end], marks=tuple(over), begins=begins)
