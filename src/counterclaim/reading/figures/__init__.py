"""Figures: every number that a report tells, with its bound, what it counts, and who says so.

`numbers` is the grammar of number expressions, `counted` ties one to the parse, `measures` says what it measures,
`keep` decides what is a figure at all and what it takes from the figure before it. `find` joins each figure to its
place, speaker and event.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counterclaim.language import Page, at
from counterclaim.reading.figures.claims import aside, claimant, poster
from counterclaim.reading.figures.keep import PEOPLE, Found, gather
from counterclaim.reading.figures.measures import lexicon
from counterclaim.reading.statements import carrier
from counterclaim.types import Actor, Event, Figure, Measure, Place, Span, Statement, When

if TYPE_CHECKING:
    from spacy.tokens import Token

    from counterclaim.reading.actors import Cast
    from counterclaim.reading.places import Atlas
    from counterclaim.reading.times import Calendar

#: Measures that have a running total and a count of one event.
_TOLLS: frozenset[Measure] = (PEOPLE - {"trapped", "evacuated"}) | {"equipment_lost", "intercepted"}
#: From so many on, a number of killed or of displaced is a war's, not one event's.
_WAR_SIZED = {"displaced": 500_000}
_TOTAL_FROM = 2500
#: Words of a running total: "since the invasion" is, "since Sunday" is not.
_TOTAL = re.compile(
    r"\b(?:since (?!(?:mon|tues|wednes|thurs|fri|satur|sun)day|then\b)|so far|in total|overall|altogether|to date"
    r"|until now|up to now|total (?:of|number)|now stands|from the (?:start|beginning))",
    re.IGNORECASE,
)
_MORE = re.compile(r"\b(?:another|a further)\b", re.IGNORECASE)
_MORE_BEFORE = 10
_RECORD = re.compile(r"\b(?:first|last|\w+est|most \w+)\b[^.]{0,60}\bsince\b", re.IGNORECASE)
#: Characters round a figure in which words of a total or of its day speak of it.
_AROUND = 250
#: Characters from "as of" to its day.
_AS_OF = 40
#: Sentences over which a figure keeps the place of the one before it.
_NEAR = 8
_LANDS = {"country", "continent", "vague", "region", "admin1"}
_GIVEN = {"equipment_pledged", "money"}
_WARS = {"war", "invasion", "offensive", "conflict", "campaign", "operation", "fighting"}
#: Verbs whose subject is the side that the counted belonged to.
_LOSING = {"lose", "suffer"}


def find(
    page: Page,
    cast: Cast,
    calendar: Calendar,
    atlas: Atlas,
    said: tuple[Statement, ...],
    happened: tuple[Event, ...],
) -> tuple[Figure, ...]:
    """The figures of `page`, in order of the text."""
    found: list[Found] = []
    losses = "losses" in page.text or "loss of" in page.text
    for sentence in page.sentences:
        found += gather(sentence, found, losses)
    events: dict[Span, list[Event]] = {}
    for event in happened:
        events.setdefault(event.sentence, []).append(event)
    desk = _Desk(page, cast, calendar, atlas, said, events, _land(atlas))
    figures: list[Figure] = []
    for n, item in enumerate(found):
        near = n > 0 and item.sentence.index - found[n - 1].sentence.index <= _NEAR
        figures.append(desk.figure(n + 1, item, figures[-1] if near else None))
    return tuple(figures)


def _land(atlas: Atlas) -> Place | None:
    wide = [m.place for m in atlas.mentions if m.place.kind in _LANDS and not m.metonym]
    most = Counter(place.name for place in wide).most_common(1)
    return next(place for place in wide if place.name == most[0][0]) if most else None


@dataclass(frozen=True)
class _Desk:
    """What the other families found on the page, to join figures with."""

    page: Page
    cast: Cast
    calendar: Calendar
    atlas: Atlas
    said: tuple[Statement, ...]
    events: dict[Span, list[Event]]
    land: Place | None
    """The region or country that the page names most, as a place."""

    def figure(self, n: int, item: Found, last: Figure | None) -> Figure:
        """The figure number `n` of the page; `last` is the one before it, if near."""
        number, sentence = item.number, item.sentence
        span = Span(sentence.span.start + number.start, sentence.span.start + number.end)
        anchor = sentence.tokens.doc[item.anchor]
        statement = carrier(self.said, span)
        if statement is not None and aside(item.counted, anchor, statement):
            statement = None
        event = self._event(item.measure, at(anchor), sentence.span)
        around = Span(max(sentence.span.start, span.start - _AROUND), min(sentence.span.end, span.end + _AROUND))
        total = _cumulative(item, around.of(self.page.text).replace("\n", " "))
        return Figure(
            id=f"f{n}",
            span=span,
            sentence=sentence.span,
            measure=item.measure,
            bound=number.bound,
            low=number.low,
            high=number.high,
            counted=item.words,
            party=self._party(item),
            unit=number.unit,
            cumulative=total,
            as_of=self._as_of(around),
            place=self._place(item, event, span, total, last),
            claimed_by=statement.speaker if statement else self._claimant(item, anchor, span, last),
            event=event.id if event else None,
            statement=statement.id if statement else None,
            part_of=f"f{item.whole + 1}" if item.whole is not None else None,
            why=f"{number.shape} {number.bound}; {item.measure}" + (f" by {item.word!r}" if item.word else ""),
        )

    def _claimant(self, item: Found, anchor: Token, span: Span, last: Figure | None) -> Actor | None:
        """Who counts where no statement does: named in the clause, at the head of a post, or with the figure before,
        which this one is a part of ("29 hurt, six of them badly") or adds to ("another 73")."""
        if named := claimant(item.counted, anchor, self.cast):
            return named
        if item.counted.label:
            return poster(self.page.text, span.start)
        if last is None:
            return None
        more = (
            _MORE.search(self.page.text[max(0, span.start - _MORE_BEFORE) : span.end]) if item.counted.unsaid else None
        )
        part = item.whole is not None and last.sentence == item.sentence.span
        return last.claimed_by if part or (more and span.start - last.span.end < _AROUND) else None

    def _party(self, item: Found) -> str | None:
        """Whose the counted are: named with them ("Russian troops"), or who lost them ("it has lost 498 troops")."""
        if item.words and (party := self.cast.party(item.words)):
            return party
        verb = item.sentence.tokens.doc[item.anchor]
        if verb.lemma_ not in _LOSING or item.measure not in _TOLLS:
            return None
        loser = next((child for child in verb.children if child.dep_ == "nsubj"), None)
        actor = self.cast.actor(loser) if loser is not None else None
        return actor.party if actor else None

    def _place(
        self, item: Found, event: Event | None, span: Span, total: bool | None, last: Figure | None
    ) -> Place | None:
        """Where: the place of the figure's event, else the one nearest to it, else that of the figure before it.

        A war's total, and what is given to a country, belong to the land that the page names most, if the sentence
        names no place behind them. A capital that stands for a government ("Moscow lost 498 troops") is no place.
        """
        here = [m for m in self.atlas.within(item.sentence.span) if not m.metonym]
        if (total and item.measure in _TOLLS) or item.measure in _GIVEN:
            behind = next((m.place for m in here if m.span.start >= span.end), None) if total else None
            if behind or self.land:
                return behind or self.land
        place = self.atlas.of(item.sentence.tokens.doc[item.anchor])
        if item.measure == "strikes" and place is not None:
            return place
        if event is not None and event.place is not None:
            return event.place
        metonyms = {m.place.name for m in self.atlas.within(item.sentence.span) if m.metonym}
        if place is not None and (place.name not in metonyms or any(m.place.name == place.name for m in here)):
            return place
        return last.place if last is not None else None

    def _event(self, measure: Measure, anchor: Span, sentence: Span) -> Event | None:
        """The event of the sentence that a figure belongs to: of a kind that fits, nearest to the word that told it."""
        kinds = lexicon().events.get(measure, frozenset())
        fitting = [event for event in self.events.get(sentence, ()) if event.kind in kinds]
        return min(fitting, key=lambda event: abs(event.trigger.start - anchor.start), default=None)

    def _as_of(self, around: Span) -> When | None:
        """The day that the report gives a figure for: "as of Tuesday"."""
        spot = around.of(self.page.text).lower().find("as of ")
        if spot < 0:
            return None
        start = around.start + spot
        for when in self.calendar.mentions:
            if when.span is not None and start < when.span.start <= start + _AS_OF and when.span.end <= around.end:
                return when
        return None


def _cumulative(item: Found, around: str) -> bool | None:
    """Whether a figure is a running total: by the words `around` it ("since the invasion", "so far"), by who does it
    ("the war has killed"), or by its size."""
    total = bool(_TOTAL.search(around)) and not _RECORD.search(around)
    if item.measure in _TOLLS:
        if total or item.word == "losses":
            return True
        verb = item.sentence.tokens.doc[item.anchor]
        if any(child.dep_ == "nsubj" and child.lemma_ in _WARS for child in verb.children):
            return True
        if verb.lemma_ in _LOSING and any(child.dep_ == "aux" and child.lemma_ == "have" for child in verb.children):
            return True
        size = item.number.low if item.number.low is not None else item.number.high
        return size is not None and size >= _WAR_SIZED.get(item.measure, _TOTAL_FROM)
    return True if total else None
