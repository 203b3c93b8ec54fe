"""Readings built by hand, for tests of the record and its views: spans are found by their words."""

from __future__ import annotations

from datetime import date
from typing import Any

from counterclaim import passages
from counterclaim.types import (
    Actor,
    Event,
    Figure,
    Holding,
    Place,
    PlaceMention,
    Reading,
    Report,
    Span,
    Statement,
    When,
)


def day(number: int) -> date:
    """A day of March 2022."""
    return date(2022, 3, number)


def on(number: int, to: int | None = None, precision: int = 1) -> When:
    """A When in March 2022."""
    return When(start=day(number), end=day(to or number), precision=precision)


class Build:
    """Gathers what was found in one report."""

    def __init__(self, text: str, id: str = "r1", published: int | None = 3, **fields: Any) -> None:
        fields.setdefault("outlet", "Daily Test")
        self.report = Report(
            id=id,
            text=text,
            passages=passages.split(text),
            published=day(published) if published else None,
            published_basis="given" if published else "none",
            **fields,
        )
        self.statements: list[Statement] = []
        self.events: list[Event] = []
        self.figures: list[Figure] = []
        self.holdings: list[Holding] = []
        self.places: list[PlaceMention] = []

    def at(self, words: str) -> Span:
        start = self.report.text.index(words)
        return Span(start, start + len(words))

    def says(self, words: str, who: str | None = None, party: str | None = None, **fields: Any) -> Build:
        actor = (
            Actor(name=who, party=party, kind=fields.pop("kind", "person"), role=fields.pop("role", None))
            if who
            else None
        )
        ident = f"s{len(self.statements) + 1}"
        self.statements.append(Statement(id=ident, content=(self.at(words),), speaker=actor, why="test", **fields))
        return self

    def event(self, kind: str, sentence: str, place: str | Place | None = None, **fields: Any) -> Build:
        span = self.at(sentence)
        self.events.append(
            Event(
                id=f"e{len(self.events) + 1}", kind=kind, trigger=Span(span.start, span.start + 1), sentence=span,
                place=Place(name=place) if isinstance(place, str) else place,
                actors=tuple(Actor(name=n, party=n) for n in fields.pop("actors", ())),
                targets=tuple(Actor(name=n, party=n) for n in fields.pop("targets", ())), **fields,
            )
        )  # fmt: skip
        return self

    def figure(
        self, words: str, low: float | None, high: float | None, measure: Any = "killed", **fields: Any
    ) -> Build:
        span = self.at(words)
        by = fields.pop("by", None)
        fields.setdefault("bound", "exact" if low == high else "at_least")
        place = fields.pop("place", None)
        self.figures.append(
            Figure(
                id=f"f{len(self.figures) + 1}", span=span, sentence=fields.pop("sentence", span), measure=measure,
                low=low, high=high, claimed_by=Actor(name=by, party=fields.pop("by_party", by)) if by else None,
                place=Place(name=place) if place else None, **fields,
            )
        )  # fmt: skip
        return self

    def holds(
        self, sentence: str, place: str, state: Any, holder: str | None = None, by: str | None = None, **fields: Any
    ) -> Build:
        span = self.at(sentence)
        claimed = fields.pop("claimed_by", None)
        party = fields.pop("party", claimed)
        self.holdings.append(
            Holding(
                id=f"h{len(self.holdings) + 1}", place=Place(name=place), state=state, sentence=span, trigger=span,
                holder=holder, by=by, claimed_by=Actor(name=claimed, party=party) if claimed else None, **fields,
            )
        )  # fmt: skip
        return self

    def names(self, words: str, place: Place) -> Build:
        self.places.append(PlaceMention(span=self.at(words), place=place))
        return self

    def reading(self, version: str = "0.1.0", conflict: str = "ukraine-2022", **fields: Any) -> Reading:
        return Reading(
            report=self.report, conflict=conflict, version=version, pipeline=fields.pop("pipeline", "test"),
            statements=tuple(self.statements), events=tuple(self.events), figures=tuple(self.figures),
            holdings=tuple(self.holdings), places=tuple(self.places), **fields,
        )  # fmt: skip


def simple(id: str = "r1", text: str = "Alpha said that the bridge stands.", **fields: Any) -> Reading:
    """A reading of one statement."""
    return Build(text, id=id, **fields).says("the bridge stands", "Alpha", "Ukraine").reading()
