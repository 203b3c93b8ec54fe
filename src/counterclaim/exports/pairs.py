"""Who the two sides of an event are: as told, and where that is not told, as the conflict's profile has them."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from counterclaim import conflict, countries
from counterclaim.conflict import Conflict
from counterclaim.errors import ConfigError
from counterclaim.exports import codes
from counterclaim.exports.incidents import Incident
from counterclaim.types import Actor, Struct

CIVILIANS = "Civilians"
#: What is written where nobody says who it was.
UNKNOWN = "Unknown"


class Pair(Struct, frozen=True, kw_only=True):
    """The two sides of an event, as parties, a government first; None where nobody can tell.

    `attacker` is the one that is told to act. `assumed`: a side was taken from the profile or from the place.
    """

    a: str | None
    b: str | None
    attacker: str | None
    states: frozenset[str]
    assumed: bool

    @property
    def parties(self) -> tuple[str | None, str | None]:
        """Side A and side B."""
        return self.a, self.b

    @property
    def between_states(self) -> bool:
        """Whether both sides are governments."""
        return None not in self.parties and {self.a, self.b} <= self.states

    def name(self, party: str | None) -> str:
        """A side as the data sets name it."""
        if party is None:
            return UNKNOWN
        return f"Government of {country_of(party)}" if party in self.states else party

    def number(self, party: str | None) -> int | None:
        """The Gleditsch-Ward number of a side that is a government."""
        return codes.gleditsch_ward(country_of(party)) if party in self.states else None


def pair_of(incident: Incident) -> Pair:
    """The sides of an incident: who acts and who is struck in any telling; the other side of the war; the state whose
    land it is. Two governments stand in the order of their names.
    """
    about = profile(incident.lead.report.conflict)
    sides = about.sides if about else ()
    events = [t.item for t in incident.tellings]
    acting = _armed((a for e in events for a in e.actors), about)
    struck = _armed((a for e in events for a in e.targets), about)
    attacker = next((p for p in acting), None)
    one = attacker or next((p for p in struck), None)
    other = next((p for p in (*struck, *acting) if p != one), None)
    assumed = one is None or other is None
    if one is None and len(sides) == 2:
        one, other = sides
    elif one in sides and other is None and len(sides) == 2:
        other = next(side for side in sides if side != one)
    elif one is not None and other is None:
        place = incident.lead.item.place
        home = next((p for p in sides if place and country_of(p) == place.country), place.country if place else None)
        other = home if home != one else None
    states = frozenset(p for p in (one, other) if p and _is_state(p, about))
    a, b = sorted((one, other), key=lambda p: (p not in states, p is None, p or ""))
    return Pair(a=a, b=b, attacker=attacker, states=states, assumed=assumed)


@functools.cache
def profile(name: str) -> Conflict | None:
    """The profile of a conflict, if there is one here."""
    try:
        return conflict.load(name)
    except ConfigError:
        return None


def country_of(party: str | None) -> str | None:
    """The country that a party governs, or the party itself: "SAF" is the army of Sudan's government."""
    governments: dict[str, str] = codes.data("ged")["governments"]
    return governments.get(party, party) if party else None


def _is_state(party: str, about: Conflict | None) -> bool:
    country = country_of(party)
    return country != party or (about.is_state(party) if about else countries.find(party) is not None)


def _armed(actors: Iterable[Actor], about: Conflict | None) -> list[str]:
    """The parties among `actors` that can fight: sides of the war, governments, armed groups; each once."""
    sides = about.sides if about else ()
    found = dict.fromkeys(
        a.party
        for a in actors
        if a.party and (a.party in sides or a.kind == "armed_group" or _is_state(a.party, about))
    )
    return list(found)
