"""Which rows of a page tell one event again: conservative, for a wrong tie hides an event. The dead of one side are not
those of the other, though they fell in one town on one day.
"""

from __future__ import annotations

import msgspec

from counterclaim.types import Actor, Event, When

#: Kinds that are told of those who suffer it: whose they are tells two apart.
LOSSES = frozenset({"casualties_reported"})


def tied(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """`events` with `same_as` set to the first row that tells the same event."""
    firsts: dict[tuple[str, str | None], list[Event]] = {}
    found: list[Event] = []
    for event in events:
        earlier = firsts.setdefault((event.kind, event.place.name if event.place else None), [])
        first = next((e for e in earlier if _same(e, event)), None)
        if first is None:
            earlier.append(event)
            found.append(event)
        else:
            found.append(msgspec.structs.replace(event, same_as=first.id))
    return tuple(found)


def _same(a: Event, b: Event) -> bool:
    """Same place, day and sides, as far as both say, and both must say place or day, and one the sides."""
    if {a.status, b.status} & {"planned", "denied"} and a.status != b.status:
        return False
    if a.place is None or b.place is None or a.place.name != b.place.name:
        return False
    if a.when is None or b.when is None or not _meet(a.when, b.when):
        return False
    if a.kind in LOSSES and (dead := _parties(a.targets)) and (too := _parties(b.targets)) and not dead & too:
        return False
    actors, others = {x.name for x in a.actors}, {x.name for x in b.actors}
    return not actors or not others or bool(actors & others)


def _parties(actors: tuple[Actor, ...]) -> set[str]:
    return {actor.party for actor in actors if actor.party}


def _meet(a: When, b: When) -> bool:
    return a.precision <= 2 and b.precision <= 2 and a.start <= b.end and b.start <= a.end
