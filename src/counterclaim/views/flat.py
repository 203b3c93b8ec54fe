"""Sides and answers as flat rows: one a line, for CSV and spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from counterclaim.types import Struct
from counterclaim.views.answers import AnswerRow
from counterclaim.views.sides import MatterRow, Step


def step(told: Step) -> str:
    """An earlier number, with its day."""
    day = f" ({told.day.day} {told.day:%b})" if told.day else ""
    return f"{told.number}{day}{' (a fall)' * told.fell}"


class FlatSide(Struct, frozen=True):
    """A side as a row of a table."""

    matter: int
    measure: str
    group: str
    party: str | None
    total: bool
    place: str | None
    day: object
    by: str | None
    by_party: str | None
    low: int | float | None
    high: int | float | None
    bound: str
    number: str
    as_of: object
    times_apart: float | None
    gap: int | float | None
    fell: bool
    history: tuple[str, ...]
    told_by: tuple[str, ...]
    independent: int
    id: str
    also: tuple[str, ...]
    outlet: str
    url: str | None
    published: object
    words: str


def flat_sides(found: Iterable[MatterRow]) -> Iterator[FlatSide]:
    """One row a side, for CSV."""
    for number, matter in enumerate(found, 1):
        for side in matter.sides:
            yield FlatSide(
                number, matter.measure, matter.group, matter.party, matter.total, matter.place, matter.day, side.by,
                side.by_party, side.low, side.high, side.bound, side.number, side.day, matter.times, matter.gap,
                side.fell, tuple(step(s) for s in side.history), side.told_by, side.independent, side.id, side.also,
                side.outlet, side.url, side.published, side.words,
            )  # fmt: skip


class FlatAnswer(Struct, frozen=True):
    """What one says and another answers, as a row of a table."""

    how: str
    topic: str
    day: object
    speaker: str | None
    party: str | None
    stance: str
    words: str
    id: str
    outlet: str
    url: str | None
    answered_by: str | None
    answer_party: str | None
    answer: str
    answer_id: str
    answer_outlet: str
    answer_url: str | None
    score: float
    why: str


def flat_answers(found: Iterable[AnswerRow]) -> Iterator[FlatAnswer]:
    """One row a pair, for CSV."""
    for row in found:
        for v in row.said:
            a = row.answer
            yield FlatAnswer(
                row.how, row.topic, row.day, v.speaker, v.party, v.stance, v.words, v.id, v.outlet, v.url, a.speaker,
                a.party, a.words, a.id, a.outlet, a.url, row.score, row.why,
            )  # fmt: skip
