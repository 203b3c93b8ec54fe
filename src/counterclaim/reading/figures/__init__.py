"""Figures: every number that a report tells, with its bound, what it counts, and who says so.

`numbers` is the grammar of number expressions, `counted` ties one to the parse, `measures` says what it measures,
`keep` decides what is a figure at all and what it takes from the figure before it. `find` joins each figure to its
place, speaker and event.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from counterclaim.language import Page, at
from counterclaim.reading.figures.claims import claimant
from counterclaim.reading.figures.keep import PEOPLE, Found, gather
from counterclaim.reading.figures.measures import lexicon
from counterclaim.reading.statements import carrier
from counterclaim.types import Event, Figure, Measure, Place, Span, Statement, When

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
_RECORD = re.compile(r"\b(?:first|last|\w+est|most \w+)\b[^.]{0,60}\bsince\b", re.IGNORECASE)
#: Sentences over which a figure keeps the place of the one before it.
_NEAR = 8
_WARS = {"war", "invasion", "offensive", "conflict", "campaign", "operation", "fighting"}


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
    figures: list[Figure] = []
    for n, item in enumerate(found, 1):
        here = events.get(item.sentence.span, [])
        near = figures and item.sentence.index - found[n - 2].sentence.index <= _NEAR
        last = figures[-1] if near else None
        figures.append(_figure(n, item, cast, calendar, atlas, said, here, last))
    return tuple(figures)


def _figure(
    n: int,
    item: Found,
    cast: Cast,
    calendar: Calendar,
    atlas: Atlas,
    said: tuple[Statement, ...],
    events: list[Event],
    last: Figure | None,
) -> Figure:
    number, sentence = item.number, item.sentence
    span = Span(sentence.span.start + number.start, sentence.span.start + number.end)
    anchor = sentence.tokens.doc[item.anchor]
    statement = carrier(said, span)
    event = _event(item.measure, at(anchor), events)
    return Figure(
        id=f"f{n}",
        span=span,
        sentence=sentence.span,
        measure=item.measure,
        bound=number.bound,
        low=number.low,
        high=number.high,
        counted=item.words,
        party=cast.party(item.words) if item.words else None,
        unit=number.unit,
        cumulative=_cumulative(item),
        as_of=_as_of(item, calendar),
        place=_place(atlas, anchor, event, sentence.span, last),
        claimed_by=statement.speaker if statement else claimant(item.counted, cast),
        event=event.id if event else None,
        statement=statement.id if statement else None,
        part_of=f"f{item.whole + 1}" if item.whole is not None else None,
        why=f"{number.shape} {number.bound}; {item.measure}" + (f" by {item.word!r}" if item.word else ""),
    )


def _place(atlas: Atlas, anchor: Token, event: Event | None, sentence: Span, last: Figure | None) -> Place | None:
    """Where: the figure's event's place, else the one nearest to it, else that of the figure before it.

    A capital that stands for a government ("Moscow lost 498 troops") is no place of a figure.
    """
    if event is not None and event.place is not None:
        return event.place
    place = atlas.of(anchor)
    here = [m for m in atlas.within(sentence) if place is not None and m.place.name == place.name]
    if place is not None and not (here and all(m.metonym for m in here)):
        return place
    return last.place if last is not None else None


def _event(measure: Measure, anchor: Span, events: list[Event]) -> Event | None:
    """The event of the sentence that a figure belongs to: of a kind that fits, nearest to the word that told it."""
    kinds = lexicon().events.get(measure)
    fitting = [e for e in events if kinds is not None and e.kind in kinds]
    return min(fitting, key=lambda e: abs(e.trigger.start - anchor.start), default=None)


def _cumulative(item: Found) -> bool | None:
    """Whether a figure is a running total: by words ("since the invasion", "so far"), by who does it ("the war has
    killed"), or by its size."""
    text = item.sentence.tokens.text
    total = bool(_TOTAL.search(text)) and not _RECORD.search(text)
    if item.measure in _TOLLS:
        if total or item.word == "losses":
            return True
        verb = item.sentence.tokens.doc[item.anchor]
        if any(child.dep_ == "nsubj" and child.lemma_ in _WARS for child in verb.children):
            return True
        size = item.number.low if item.number.low is not None else item.number.high
        return size is not None and size >= _WAR_SIZED.get(item.measure, _TOTAL_FROM)
    return True if total else None


def _as_of(item: Found, calendar: Calendar) -> When | None:
    """The day that the report gives a figure for: "as of Tuesday"."""
    sentence = item.sentence
    text = sentence.tokens.text
    spot = text.lower().find("as of ")
    if spot < 0:
        return None
    start = sentence.span.start + spot
    for when in calendar.mentions:
        if when.span is not None and start < when.span.start <= start + 40 and when.span.end <= sentence.span.end:
            return when
    return None
