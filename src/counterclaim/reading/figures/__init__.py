"""Figures: every number a report tells, with its bound, what it counts, and who says so.

`numbers` is the grammar of number expressions, `counted` ties one to the parse, `measures` says what it measures;
`find` puts the three together and keeps what counts something.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from counterclaim.language import Page, Sentence, at
from counterclaim.reading.figures.counted import Counted, governors, locate
from counterclaim.reading.figures.measures import classes_of, lexicon, measure
from counterclaim.reading.figures.numbers import Number, numbers
from counterclaim.types import Event, Figure, Measure, Span, Statement

if TYPE_CHECKING:
    from spacy.tokens import Token

    from counterclaim.reading.actors import Cast
    from counterclaim.reading.places import Atlas
    from counterclaim.reading.times import Calendar

_HUMAN: frozenset[Measure] = frozenset(
    {"killed", "wounded", "killed_or_wounded", "missing", "captured", "detained", "displaced", "evacuated", "trapped"}
)


@dataclass(frozen=True)
class _Found:
    """A figure in the making, with its tokens."""

    sentence: Sentence
    counted: Counted
    measure: Measure
    word: str
    by: Token | None


def find(
    page: Page,
    cast: Cast,
    calendar: Calendar,
    atlas: Atlas,
    said: tuple[Statement, ...],
    happened: tuple[Event, ...],
) -> tuple[Figure, ...]:
    """The figures of `page`, in order of the text."""
    found = [item for sentence in page.sentences for item in _of_sentence(sentence)]
    figures: list[Figure] = []
    for n, item in enumerate(found, 1):
        figures.append(_figure(f"f{n}", item, cast, calendar, atlas, said, happened))
    return tuple(figures)


def _of_sentence(sentence: Sentence) -> list[_Found]:
    text = sentence.tokens.text
    found: list[_Found] = []
    for number in numbers(text):
        counted = locate(number, sentence.tokens)
        if counted is None:
            continue
        name, word, by = measure(counted)
        if _counts(counted, name):
            found.append(_Found(sentence, counted, name, word, by))
    return found


def _counts(counted: Counted, name: Measure) -> bool:
    """Whether a number is a figure at all, now that its place in the parse is known."""
    number = counted.number
    if number.shape in {"one", "few"} and name == "other":
        return False
    return not (name == "other" and number.shape == "none")


def _figure(
    ident: str,
    item: _Found,
    cast: Cast,
    calendar: Calendar,
    atlas: Atlas,
    said: tuple[Statement, ...],
    happened: tuple[Event, ...],
) -> Figure:
    counted, number, sentence = item.counted, item.counted.number, item.sentence
    span = Span(sentence.span.start + number.start, sentence.span.start + number.end)
    words = counted.words or ("people" if item.measure in _HUMAN else None)
    statement = _carrier(said, span)
    anchor = item.by if item.by is not None else counted.anchor
    return Figure(
        id=ident,
        span=span,
        sentence=sentence.span,
        measure=item.measure,
        bound=number.bound,
        low=number.low,
        high=number.high,
        counted=words,
        party=cast.party(words) if words else None,
        unit=number.unit,
        place=atlas.of(anchor),
        claimed_by=statement.speaker if statement else None,
        statement=statement.id if statement else None,
        why=f"{number.shape} {number.bound}; {item.measure}" + (f" by {item.word!r}" if item.word else ""),
    )


def _carrier(said: tuple[Statement, ...], span: Span) -> Statement | None:
    """The innermost statement whose content covers `span`."""
    best: tuple[int, Statement] | None = None
    for statement in said:
        for content in statement.content:
            if content.covers(span):
                length = content.end - content.start
                if best is None or length < best[0]:
                    best = (length, statement)
    return best[1] if best else None
