"""A telling: one row of a reading with the words around it and the report it stands in.

Everything the record computes (joins, sides, control) and everything a view shows starts from tellings, so that no
cell loses the way back to its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Generic, Literal, TypeVar

import msgspec

from counterclaim.record.judgements import Judgement
from counterclaim.types import Actor, Basis, Event, Figure, Holding, Place, Reading, Span, Statement, Struct, When

Family = Literal["statement", "event", "figure", "holding"]
Row = Statement | Event | Figure | Holding
T_co = TypeVar("T_co", bound=Row, covariant=True)

#: Words of a headline that name a report without an outlet.
_FIRST_WORDS = 3
_SPACE = re.compile(r"\s+")


class Masthead(Struct, frozen=True, kw_only=True):
    """A report without its text: what a row says about where it comes from.

    `short` is the shortest handle of the report that stays unique in its record; `show` takes it. `version` is the
    reader's.
    """

    id: str
    short: str
    conflict: str
    outlet: str | None = None
    byline: str | None = None
    headline: str | None = None
    url: str | None = None
    published: date | None = None
    published_basis: Basis = "none"
    day: int | None = None
    version: str = ""

    @property
    def name(self) -> str:
        """Who tells it: the outlet, else the author, else the report by the head of its headline or its handle."""
        return self.outlet or self.byline or (_head(self.headline) if self.headline else f"report {self.short}")


def _head(headline: str) -> str:
    """The first words of a headline, as a name for a report that tells no outlet."""
    words = headline.split()
    return f"“{' '.join(words[:_FIRST_WORDS])}{'…' * (len(words) > _FIRST_WORDS)}”"


class Origin(Struct, frozen=True, kw_only=True):
    """Who printed first the passage that a row stands in: report id, handle of the passage, outlet and day."""

    report: str
    ref: str
    outlet: str
    published: date | None = None


class Telling(msgspec.Struct, Generic[T_co], frozen=True, kw_only=True):
    """One row of one reading. `text` are the words that cover all its spans, `offset` where they begin.

    `speaker` is who says so; None means the outlet itself. `chain` are the speakers that carry it, outermost first.
    """

    report: Masthead
    item: T_co
    text: str
    offset: int
    speaker: Actor | None = None
    chain: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    """Places, provinces and countries of the row, folded for matching."""
    judged: Judgement | None = None
    """What a person said of it that still counts; a correction has been applied to `item`."""
    origin: Origin | None = None
    """Where its words were printed before, if its passage is a copy."""

    @property
    def ref(self) -> str:
        """The handle of this row: report and row, as `show` takes it."""
        return f"{self.report.short}/{self.item.id}"

    @property
    def verdict(self) -> str:
        """What a person said of it that still counts; empty where nobody did."""
        return self.judged.verdict if self.judged else ""

    @property
    def days(self) -> tuple[date, date] | None:
        """The row's own days (happened, said or counted), or None where the report does not tell."""
        when = when_of(self.item)
        return (when.start, when.end) if when else None

    def of(self, span: Span) -> str:
        """The words of `span`, on one line."""
        return one_line(self.text[max(0, span.start - self.offset) : max(0, span.end - self.offset)])


def source(telling: Telling[Any], families: Mapping[str, str] | None = None) -> str:
    """The report, by id, whose words these are: the one that printed a copied passage first, else its own.

    `families` takes a report's id to the first of its near copies (`copies.families`).
    """
    report = telling.origin.report if telling.origin else telling.report.id
    return families.get(report, report) if families else report


def sources(tellings: Iterable[Telling[Any]], families: Mapping[str, str] | None = None) -> dict[str, str]:
    """The reports, by id, that tell a thing in words of their own, with their outlets; see `source`.

    A report that tells it in a copied passage and in its headline too has it from where the passage is from.
    """
    found: dict[str, tuple[str, str]] = {}
    for telling in tellings:
        if telling.origin is not None or telling.report.id not in found:
            outlet = telling.origin.outlet if telling.origin else telling.report.name
            found[telling.report.id] = source(telling), outlet
    firsts = dict(found.get(first, (first, outlet)) for first, outlet in found.values())
    names: dict[str, str] = {}
    for first, outlet in firsts.items():
        names.setdefault(families.get(first, first) if families else first, outlet)
    return names


def one_line(text: str) -> str:
    """`text` with every run of white space as one space."""
    return _SPACE.sub(" ", text).strip()


def when_of(item: Row) -> When | None:
    """The days of a row: said on, happened, as of."""
    if isinstance(item, Statement):
        return item.said_on
    return item.as_of if isinstance(item, Figure) else item.when


def tellings(reading: Reading, short: str | None = None) -> Iterator[tuple[Family, Telling[Row]]]:
    """Every row of `reading` as a telling, family by family, in the order of the text."""
    head = masthead(reading, short)
    said = {s.id: s for s in reading.statements}
    text = reading.report.text
    rows: tuple[tuple[Family, tuple[Row, ...]], ...] = (
        ("statement", reading.statements),
        ("event", reading.events),
        ("figure", reading.figures),
        ("holding", reading.holdings),
    )
    for family, items in rows:
        for item in items:
            whole = _whole(item)
            speaker, carrier = _speaker(item, said)
            yield (
                family,
                Telling(
                    report=head,
                    item=item,
                    text=whole.of(text),
                    offset=whole.start,
                    speaker=speaker,
                    chain=_chain(carrier, said),
                    places=_places(item, reading),
                ),
            )


def masthead(reading: Reading, short: str | None = None) -> Masthead:
    """The masthead of a reading's report."""
    report = reading.report
    return Masthead(
        id=report.id,
        short=short or report.id,
        conflict=reading.conflict,
        outlet=report.outlet,
        byline=report.byline,
        headline=report.headline,
        url=report.url,
        published=report.published,
        published_basis=report.published_basis,
        day=reading.day,
        version=reading.version,
    )


def says_it(item: Row) -> tuple[Span, ...]:
    """The spans that tell a row: what was said, the sentence of an event, a figure, a holding."""
    return item.content if isinstance(item, Statement) else (item.sentence,)


def spans_of(item: Row) -> tuple[Span, ...]:
    """The spans that a reader wants marked: what was said, what triggered, what was counted."""
    if isinstance(item, Statement):
        return tuple(s for s in (item.source, item.cue, *item.content) if s)
    return (item.span,) if isinstance(item, Figure) else (item.trigger,)


def _whole(item: Row) -> Span:
    spans = [*spans_of(item), *(() if isinstance(item, Statement) else (item.sentence,))]
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def _speaker(item: Row, said: dict[str, Statement]) -> tuple[Actor | None, str | None]:
    """Who says so, and the statement that carries that speaker."""
    if isinstance(item, Statement):
        return item.speaker, item.via
    own = said.get(item.statement) if item.statement else None
    if isinstance(item, Event):
        return (own.speaker, own.via) if own else (None, None)
    return item.claimed_by or (own.speaker if own else None), own.via if own else None


def _chain(carrier: str | None, said: dict[str, Statement]) -> tuple[str, ...]:
    names: list[str] = []
    seen: set[str] = set()
    while carrier and carrier in said and carrier not in seen:
        seen.add(carrier)
        if (speaker := said[carrier].speaker) is not None:
            names.append(speaker.name)
        carrier = said[carrier].via
    return tuple(reversed(names))


def _places(item: Row, reading: Reading) -> tuple[str, ...]:
    """The places of a row, its own first: a statement's are those named in its content."""
    own: list[Place] = []
    if isinstance(item, Statement):
        own = [m.place for m in reading.places if any(c.covers(m.span) for c in item.content)]
    elif item.place:
        own = [item.place]
    names: dict[str, None] = {}
    for place in own:
        names.update(dict.fromkeys(n for n in (place.name, place.admin1, place.country) if n))
    return tuple(n.casefold() for n in names)
