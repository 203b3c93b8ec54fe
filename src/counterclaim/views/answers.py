"""Statements that answer each other as rows: what is said beside what is answered, denials first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from counterclaim.conflict import key as folded
from counterclaim.record import answers as record_answers
from counterclaim.record.answers import Answer
from counterclaim.record.tellings import Telling
from counterclaim.store import Filter, Record
from counterclaim.types import Event, Holding, Statement, Struct
from counterclaim.views import rows


class Voice(rows.Cited, frozen=True, kw_only=True):
    """One side of an answer: who says so, of which party, in which stance."""

    speaker: str | None
    party: str | None
    stance: str


class AnswerRow(Struct, frozen=True, kw_only=True):
    """What is said, and what is answered. `how`: denied, or contradicted (both claim, not the same).

    `score` orders them, the surest first; `why` tells how they were found to belong together.
    """

    how: str
    topic: str
    said: tuple[Voice, ...]
    answer: Voice
    day: date | None
    score: float
    why: str
    conflict: str


def answers(record: Record, wanted: Filter, *, denials: bool = False) -> list[AnswerRow]:
    """The answers given in the days that `wanted` names, denials first, then by how sure they belong together.

    Place, words and speaker may be those of either side. What is answered may have been said a few days before.
    `denials`: those alone.
    """
    reach = record_answers.rules().reach
    first = wanted.first - timedelta(days=reach.days_before) if wanted.first else None
    last = wanted.last + timedelta(days=reach.days_after) if wanted.last else None
    around = Filter(first=first, last=last, conflict=wanted.conflict)
    found = record_answers.denials(record.statements(around))
    if not denials:
        found += record_answers.blames(record.events(around))
        found += record_answers.holdings(record.holdings(around))
    return answer_rows(a for a in found if _in_days(a, wanted) and _matches(a, wanted))[: wanted.limit]


def answer_rows(found: Iterable[Answer]) -> list[AnswerRow]:
    """Answers as rows, each once, denials first, then by how sure they belong together."""
    made = sorted(map(_row, found), key=lambda row: (row.how != "denied", -row.score, row.answer.id))
    return _once(made)


def _once(found: list[AnswerRow]) -> list[AnswerRow]:
    """One row where the same speakers answer each other in the same words, as copies tell it."""
    kept: dict[tuple[object, ...], AnswerRow] = {}
    for row in found:
        same = (row.how, row.answer.speaker, row.answer.words.casefold(), row.said[0].speaker)
        if same in kept:
            kept[same] = msgspec.structs.replace(kept[same], answer=rows.together(kept[same].answer, row.answer))
        else:
            kept[same] = row
    return list(kept.values())


def _in_days(answer: Answer, wanted: Filter) -> bool:
    told = answer.answer.report.published
    if wanted.first is None and wanted.last is None:
        return True
    return told is not None and (wanted.first or told) <= told <= (wanted.last or told)


def _matches(answer: Answer, wanted: Filter) -> bool:
    every = (*answer.said, answer.answer)
    if wanted.place and not any(wanted.place.casefold() in t.places for t in every):
        return False
    if wanted.by and not any(_spoken(t, name) for t in every for name in wanted.by):
        return False
    if wanted.outlet and not any(_outlet(t) == folded(wanted.outlet) for t in every):
        return False
    text = " ".join((answer.topic, *(t.text for t in every))).casefold()
    return all(word.casefold() in text for word in (wanted.about or "").split())


def _spoken(telling: Telling[object], name: str) -> bool:  # type: ignore[type-var]
    who = telling.speaker
    return who is not None and (folded(name) in folded(who.name) or folded(name) == folded(who.party or ""))


def _outlet(telling: Telling[object]) -> str:  # type: ignore[type-var]
    return folded(telling.report.outlet or telling.report.byline or "")


def _row(answer: Answer) -> AnswerRow:
    return AnswerRow(
        how=answer.how, topic=answer.topic, said=tuple(map(_voice, answer.said)), answer=_voice(answer.answer),
        day=answer.answer.report.published, score=answer.score, why=answer.why, conflict=answer.answer.report.conflict,
    )  # fmt: skip


def _voice(telling: Telling[Statement] | Telling[Event] | Telling[Holding]) -> Voice:
    item, who = telling.item, telling.speaker
    if isinstance(item, Statement):
        words, stance = " … ".join(telling.of(span) for span in item.content), item.stance
    else:
        words, stance = telling.of(item.sentence), "asserts"
    return Voice(
        **rows.cited(telling.report, telling.ref, words, ()),
        **rows.printed((telling,)),
        speaker=who.name if who else None,
        party=who.party if who else None,
        stance=stance,
    )
