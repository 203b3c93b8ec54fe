"""A brief, or what changed, as flat rows: one a line, for CSV and spreadsheets, each with its section and its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from counterclaim.views import rows
from counterclaim.views.answers import AnswerRow
from counterclaim.views.brief import Brief, Scene, Toll
from counterclaim.views.flat import step
from counterclaim.views.since import Changes, Move, Turn


class FlatLine(rows.Cited, frozen=True, kw_only=True):
    """A line of a brief. `about`: the party, place or matter it stands under; `what`: stance, kind, measure, standing.

    `who` says, does, counts or holds it; `number` is as written.
    """

    section: str
    about: str | None = None
    what: str = ""
    who: str | None = None
    number: str | None = None
    day: date | None = None


def flat_brief(brief: Brief) -> Iterator[FlatLine]:
    """The lines of a brief, in its order."""
    for voices in brief.voices:
        for claim in voices.claims:
            yield _line(claim, "says", about=voices.party, what=claim.stance, who=claim.speaker, day=claim.said_on)
    yield from _answers(brief.denied)
    yield from _scenes(brief.happened, "happened")
    yield from _scenes(brief.undated, "undated")
    for name in ("talks", "people", "pressure", "planned"):
        yield from _events(getattr(brief, name), name)
    yield from _tolls(brief.toll, "toll")
    yield from _tolls(brief.people_toll, "people on the move")
    for place in brief.control:
        yield _control(place)


def flat_changes(found: Changes) -> Iterator[FlatLine]:
    """The lines of what changed, in its order."""
    for turn in found.control:
        yield _control(turn.now, _before(turn))
    for move in found.moved:
        yield _count(move.side, "moved", move.matter.place, before=_moved(move))
    for matter in found.apart:
        for side in matter.sides:
            yield _count(side, "apart", matter.place)
    yield from _scenes(found.happened, "happened")
    yield from _answers(found.denied)


def _line(row: rows.Cited, section: str, **own: Any) -> FlatLine:
    return FlatLine(**{name: getattr(row, name) for name in rows.Cited.__struct_fields__}, section=section, **own)


def _scenes(scenes: Iterable[Scene], section: str) -> Iterator[FlatLine]:
    for scene in scenes:
        yield from _events(scene.events, section)


def _events(events: Iterable[rows.EventRow], section: str) -> Iterator[FlatLine]:
    for event in events:
        what = "; ".join(
            f"{k} ({s})" if s != "reported" else k for k, s in zip(event.kinds, event.statuses, strict=True)
        )
        who = ", ".join(event.actors) or None
        yield _line(event, section, about=event.place, what=what, who=who, day=event.first)


def _tolls(tolls: Iterable[Toll], section: str) -> Iterator[FlatLine]:
    for toll in tolls:
        for row in toll.rows:
            for one in (row, *row.parts):
                yield _count(one, section, toll.place)


def _count(row: rows.TollRow, section: str, place: str | None, before: str = "") -> FlatLine:
    group = " of ".join(filter(None, (row.group, row.party)))
    what = f"{row.measure}: {group}{' (running total)' * row.total}"
    return _line(row, section, about=place, what=what, who=row.by, number=row.number + before, day=row.day)


def _moved(move: Move) -> str:
    return f" (before: {', '.join(step(s) for s in move.side.history)})"


def _control(row: rows.ControlRow, before: str = "") -> FlatLine:
    return _line(row, "control", about=row.place, what=row.standing + before, who=row.holder, day=row.since)


def _before(turn: Turn) -> str:
    if turn.before is None:
        return ""
    return f" (before: {' by '.join(filter(None, (turn.before.standing, turn.before.holder)))})"


def _answers(found: Iterable[AnswerRow]) -> Iterator[FlatLine]:
    for row in found:
        for voice in row.said:
            yield _line(voice, row.how, about=row.topic, what="said", who=voice.speaker, day=voice.published)
        yield _line(row.answer, row.how, about=row.topic, what="answered", who=row.answer.speaker, day=row.day)
