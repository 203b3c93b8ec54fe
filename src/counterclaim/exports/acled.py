"""Rows in the shape of an ACLED export: one an event. The rules stand in `lexicon/exports/acled.md`."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import NamedTuple

from counterclaim.exports import codes, deaths, evidence
from counterclaim.exports.incidents import Incident, Left
from counterclaim.exports.pairs import Pair, country_of, pair_of, profile
from counterclaim.exports.shared import Coded, heads_of, of_deaths
from counterclaim.reading.events import finer, triggers
from counterclaim.types import Event, Place

NAME = "acled"
#: UCDP where_prec as ACLED's geo_precision; what is wider has no place ACLED would take.
_GEO = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3}
#: UCDP date_prec as ACLED's time_precision.
_TIME = {1: 1, 2: 2, 3: 2, 4: 3}
_BATTLES, _REMOTE, _AGAINST = "Battles", "Explosions/Remote violence", "Violence against civilians"
_PROTESTS, _RIOTS, _STRATEGIC, _AGREEMENT = "Protests", "Riots", "Strategic developments", "Agreement"
_OVER, _BACK = "Non-state actor overtakes territory", "Government regains territory"
NOBODY, STATE, REBELS, MILITIA, RIOTERS, PROTESTERS, CIVILIANS, FOREIGN = 0, 1, 2, 3, 5, 6, 7, 8


class Actor(NamedTuple):
    """An actor as ACLED writes it, with its code and who else of that side is named."""

    name: str = ""
    inter: int = NOBODY
    others: tuple[str, ...] = ()


def keep(event: Event) -> bool:
    """Whether ACLED would code a kind of event as an event of its own."""
    return event.kind in triggers.kinds() and event.kind not in codes.data(NAME)["left_out"]


def row(incident: Incident) -> Coded | Left:
    """The row of an incident, or why it is none."""
    item, pair = incident.lead.item, pair_of(incident)
    place = item.place
    if place is None or place.precision not in _GEO:
        return Left("no place narrower than a country is told")
    if incident.precision not in _TIME:
        return Left("the day is not known to the month")
    event_type, sub_type = _types(item.kind, pair, place, incident.lead.of(item.sentence))
    found = deaths.accounts(of_deaths(incident), pair.parties, incident.family, incident.judged)
    taken = deaths.most_conservative(found)
    only_civilians = taken is not None and set(taken.groups) == {"civilians"}
    one, two = _actors(incident, pair, place, event_type, sub_type, only_civilians)
    if not one.name:
        return Left("nobody is told to act")
    assumed = pair.assumed and (event_type == _BATTLES or sub_type == _AGREEMENT)
    first, last = incident.days
    heads = heads_of(incident)
    number = f"{codes.letters(place.country)}{codes.number(incident.lead.report.id, item.id)}"
    disorder: dict[str, str] = codes.data(NAME)["disorder"]
    newest = max((h.published for h in heads if h.published), default=None)
    cells: dict[str, object] = {
        "event_id_cnty": number,
        "event_date": first.isoformat(),
        "year": first.year,
        "time_precision": max(_TIME[incident.precision], 1 + (last > first)),
        "disorder_type": disorder.get(sub_type, disorder.get(event_type, "")),
        "event_type": event_type,
        "sub_event_type": sub_type,
        "actor1": one.name,
        "assoc_actor_1": one.others,
        "inter1": one.inter,
        "actor2": two.name,
        "assoc_actor_2": two.others,
        "inter2": two.inter,
        "interaction": _interaction(one, two),
        "civilian_targeting": "Civilian targeting" if CIVILIANS in (one.inter, two.inter) else "",
        "iso": codes.iso(place.country),
        "region": codes.acled_region(place.country),
        "country": place.country,
        "admin1": place.admin1,
        "location": place.name,
        "latitude": place.lat,
        "longitude": place.lon,
        "geo_precision": _GEO[place.precision],
        "source": list(dict.fromkeys(h.name for h in heads)),
        "notes": _notes(incident, found),
        "fatalities": taken.low if taken else 0,
        "tags": _tags(incident, assumed, found),
        "timestamp": int(datetime.combine(newest, time(), UTC).timestamp()) if newest else None,
    }
    return Coded(number=number, cells=cells, taken=evidence.taken_for([("fatalities", taken)]))


def _types(kind: str, pair: Pair, place: Place, sentence: str) -> tuple[str, str]:
    """Event and sub-event type, by kind and the words of the sentence. Who takes land by force decides which: its own
    government, or anybody else."""
    event_type, sub_type = triggers.kinds()[kind].acled
    if sub_type not in (_OVER, _BACK):
        event_type, sub_type = finer.of(kind, sentence)
    if sub_type in (_OVER, _BACK) and pair.attacker:
        sub_type = _BACK if country_of(pair.attacker) == place.country else _OVER
    return event_type, sub_type


def _actors(
    incident: Incident, pair: Pair, place: Place, event_type: str, sub_type: str, only_civilians: bool
) -> tuple[Actor, Actor]:
    """The two actors. A side that is not told is only assumed where there must be two: in battles and agreements."""
    country = f" ({place.country})" if place.country else ""
    if event_type == _PROTESTS:
        return Actor(f"Protesters{country}", PROTESTERS), Actor()
    if event_type == _RIOTS:
        return Actor(f"Rioters{country}", RIOTERS), Actor()
    first, second = (_actor(incident, party, pair, place) for party in pair.parties)
    if sub_type == _AGREEMENT:
        return Actor(pair.name(pair.a), first.inter), Actor(pair.name(pair.b), second.inter)
    one, two = (second, first) if pair.attacker and pair.attacker == pair.b else (first, second)
    if event_type == _BATTLES:
        return one, two
    if pair.attacker is None:
        one = Actor() if event_type == _STRATEGIC else Actor(f"Unidentified Armed Group{country}", MILITIA)
    if event_type == _AGAINST or (event_type == _REMOTE and only_civilians):
        return one, Actor(f"Civilians{country}", CIVILIANS)
    return one, Actor() if pair.assumed or pair.attacker is None else two


def _actor(incident: Incident, party: str | None, pair: Pair, place: Place) -> Actor:
    """A party as an actor: a state's forces at home or abroad, or an armed group by its name."""
    if party is None:
        return Actor()
    named = [a for t in incident.tellings for a in t.item.actors if a.party == party and a.kind == "armed_group"]
    others = tuple(name for name in dict.fromkeys(a.name for a in named) if name != party)
    if party not in pair.states:
        about = profile(incident.lead.report.conflict)
        return Actor(party, REBELS if about and party in about.sides else MILITIA, others)
    country = country_of(party)
    return Actor(f"Military Forces of {country}", STATE if country == place.country else FOREIGN, others)


def _interaction(one: Actor, two: Actor) -> int:
    """The two codes, the lower one first; alone it stands before a nought."""
    low, high = sorted((one.inter, two.inter))
    return low * 10 + high if low else high * 10


def _notes(incident: Incident, found: list[deaths.Account]) -> str:
    """The leading sentence as written, who tells it, and every account of the dead."""
    lead = incident.lead
    told = f"{lead.report.name}, {lead.report.published}" if lead.report.published else lead.report.name
    by = f"{lead.speaker.name}, as told by {told}" if lead.speaker else told
    words = [f"{lead.of(lead.item.sentence)} [{by}]"]
    words += [f"Deaths by {a.claimant}: {_range(a)}." for a in found]
    return " ".join(words)


def _range(account: deaths.Account) -> str:
    ends = str(account.low) if account.low == account.high else f"{account.low} to {account.high}"
    return f"{ends} or more" if account.open else ends


def _tags(incident: Incident, assumed: bool, found: list[deaths.Account]) -> list[str]:
    tags = ["reviewed" if incident.reviewed else "not reviewed"]
    if found:
        tags.append(f"deaths={min(a.low for a in found)}-{max(a.high for a in found)}")
    if assumed:
        tags.append("a side is assumed")
    if not incident.dated:
        tags.append("dated by publication")
    return tags
