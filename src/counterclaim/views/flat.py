"""Sides and answers as flat rows: one a line, for CSV and spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from counterclaim.types import Struct
from counterclaim.views import rows
from counterclaim.views.answers import AnswerRow
from counterclaim.views.sides import MatterRow, Step


def step(told: Step) -> str:
    """An earlier number, with its day."""
    day = f" ({told.day.day} {told.day:%b})" if told.day else ""
    return f"{told.number}{day}{' (a fall)' * told.fell}"


class FlatSide(rows.TollRow, frozen=True, kw_only=True):
    """A side as a row of a table; rows of one `matter` count one thing.

    `times`, `gap`: how far the furthest of them lie apart. `fell`: a correction downwards. `history`: earlier numbers.
    """

    matter: int
    times: float | None
    gap: int | float | None
    fell: bool
    history: tuple[str, ...]


def flat_sides(found: Iterable[MatterRow]) -> Iterator[FlatSide]:
    """One row a side."""
    for number, matter in enumerate(found, 1):
        for side in matter.sides:
            yield FlatSide(
                **{name: getattr(side, name) for name in rows.TollRow.__struct_fields__}, matter=number,
                times=matter.times, gap=matter.gap, fell=side.fell, history=tuple(step(s) for s in side.history),
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
