"""Which tellings tell the same event. Careful: a wrong join costs more than a missed one.

Two tellings are joined when their kinds agree, their days overlap within their precision, they name the same place, and
no side contradicts another (UCDP and VIINA join on place, day and kind; see the rules R19 to R21 in docs/design-notes).
Where the place is wide or not told, only the same words tell the same; talks and agreements are known by the two
who meet. A report is never the key.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from counterclaim.record.tellings import Telling
from counterclaim.types import Actor, Event, Place, When

Group = tuple[Telling[Event], ...]

#: Kinds that outlets use for one and the same thing.
_ALIKE = {"air_strike": "shelling", "explosion": "shelling", "meeting": "talks"}
#: Kinds that happen between people rather than at a place: the two who meet or agree decide.
_BETWEEN = frozenset({"talks", "meeting", "call", "agreement", "ceasefire", "prisoner_exchange"})
_MEETING = 2
#: UCDP where_prec from which on a place is too wide to tell one event from another.
_WIDE = 4
#: UCDP date_prec from which on the days are too wide.
_VAGUE = 4
_LONG = timedelta(days=7)


class _Face(NamedTuple):
    """What of a telling decides whether another one tells the same. Tellings with one face are as good as one."""

    days: tuple[date, date] | None
    actors: frozenset[str]
    targets: frozenset[str]
    names: frozenset[str]
    words: str
    """The sentence, where there is no narrow place to hold on to."""


def join(tellings: Iterable[Telling[Event]]) -> list[Group]:
    """Group `tellings` so that each group tells one event, in order of first telling."""
    groups: list[list[Telling[Event]]] = []
    faces: list[dict[_Face, None]] = []
    shelves: dict[tuple[str, bool, str], dict[int, None]] = defaultdict(dict)
    within: dict[tuple[str, str], int] = {}
    for telling in tellings:
        event = telling.item
        number = within.get((telling.report.id, event.same_as)) if event.same_as else None
        key = (_ALIKE.get(event.kind, event.kind), event.status == "planned", where_key(event.place))
        face = _face(telling)
        if number is None:
            between = event.kind in _BETWEEN
            number = next((n for n in shelves[key] if all(_same(face, other, between) for other in faces[n])), None)
        if number is None:
            number = len(groups)
            groups.append([])
            faces.append({})
        shelves[key][number] = None
        groups[number].append(telling)
        faces[number][face] = None
        within[telling.report.id, event.id] = number
    return [tuple(g) for g in groups]


def place_key(place: Place | None) -> str:
    """What two places are compared by: the gazetteer's number, else the name."""
    if place is None:
        return ""
    return str(place.geonames_id) if place.geonames_id else place.name.casefold()


def where_key(place: Place | None) -> str:
    """As `place_key`, but empty where the place is too wide to tell one event from another."""
    return "" if place is None or place.precision >= _WIDE or place.kind == "country" else place_key(place)


def _face(telling: Telling[Event]) -> _Face:
    event = telling.item
    narrow = where_key(event.place) and event.kind not in _BETWEEN
    return _Face(
        days=days(telling),
        actors=_parties(event.actors),
        targets=_parties(event.targets),
        names=frozenset((a.party or a.name).casefold() for a in (*event.actors, *event.targets)),
        words="" if narrow else telling.of(event.sentence).casefold(),
    )


def _same(a: _Face, b: _Face, between: bool) -> bool:
    if not _overlap(a.days, b.days) or _contradict(a.actors, b.actors):
        return False
    if between and len(a.names & b.names) >= _MEETING:
        return True
    # With a narrow place no words are kept, so these are equal; without one only the very same words will do.
    return a.words == b.words and (between or not _contradict(a.targets, b.targets))


def vague(when: When) -> bool:
    """Whether a stretch of days is too long to be about any one of them."""
    return when.precision >= _VAGUE or when.end - when.start > _LONG


def days(telling: Telling[Event]) -> tuple[date, date] | None:
    """The days an event may have happened on; without its own, the day it was told or the one before.

    None where nobody can tell the week.
    """
    when, told = telling.item.when, telling.report.published
    if when is not None:
        return None if vague(when) else (when.start, when.end)
    return (told - timedelta(days=1), told) if told and told > date.min else None


def _overlap(a: tuple[date, date] | None, b: tuple[date, date] | None) -> bool:
    return a is not None and b is not None and a[0] <= b[1] and b[0] <= a[1]


def _parties(actors: tuple[Actor, ...]) -> frozenset[str]:
    return frozenset(a.party for a in actors if a.party)


def _contradict(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether both name parties, and none in common."""
    return bool(a and b and not a & b)
