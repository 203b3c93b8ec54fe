"""Who is told to have done it: by the reporter, by own claim, by accusation or with a denial, and who says so.

The grades are MUC-4's (slot 11, "confidence"), but "reported" is its "fact": we do not say what is one. It weighs a
denial over a bare mention, that over somebody's own claim, that over a plain telling, and an accusation by whether a
body or a nameless voice makes it. We keep each telling with its voice, so that a denial stands beside the accusation
instead of taking its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from counterclaim.types import Actor, Event, Statement, Struct

Grade = Literal["reported", "claimed", "accused", "accused_by_unnamed", "denied"]


class Responsibility(Struct, frozen=True, kw_only=True):
    """What one telling says of who did it. `by` is who says so, None where the reporter does."""

    who: Actor
    grade: Grade
    by: Actor | None = None


def of(event: Event, said: Mapping[str, Statement]) -> tuple[Responsibility, ...]:
    """Who did what `event` tells, one answer an actor. `said` are the page's statements by id.

    Nothing for what is only planned: nobody has done it yet.
    """
    if event.status == "planned":
        return ()
    carrier = said.get(event.statement) if event.statement else None
    by = carrier.speaker if carrier else None
    return tuple(Responsibility(who=a, grade=_grade(a, event, carrier), by=by) for a in event.actors)


def _grade(who: Actor, event: Event, carrier: Statement | None) -> Grade:
    if event.status == "denied" or (carrier is not None and carrier.stance == "denies"):
        return "denied"
    if event.status == "reported":
        return "reported"
    by = carrier.speaker if carrier else None
    if by is None:
        return "claimed" if carrier is None else "accused_by_unnamed"
    if by.name == who.name or (by.party is not None and by.party == who.party):
        return "claimed"
    return "accused_by_unnamed" if by.anonymous else "accused"
