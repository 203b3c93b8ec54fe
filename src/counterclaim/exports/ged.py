"""Rows in the shape of UCDP GED: one a fatal event. The rules stand in `lexicon/exports/ged.md`."""

from __future__ import annotations

from datetime import date

from counterclaim.exports import codes, deaths, evidence
from counterclaim.exports.incidents import Incident, Left, is_force
from counterclaim.exports.pairs import CIVILIANS, Pair, pair_of, profile
from counterclaim.exports.shared import Coded, heads_of, of_deaths, sources
from counterclaim.record import tellings

NAME = "ged"
#: From so many days on a row is told of more than one day: a night has two.
_LONG = 3
STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3
#: Which kinds of event are rows of this format.
keep = is_force


def row(incident: Incident) -> Coded | Left:
    """The row of an incident, or why it is none."""
    item, pair = incident.lead.item, pair_of(incident)
    place = item.place
    if place is None:
        return Left("no place is told")
    one_sided = item.kind in codes.data(NAME)["one_sided"]
    if (pair.a is None and pair.b is None) or (one_sided and pair.attacker is None):
        return Left("nobody says which armed side it was")
    sides = (pair.attacker, None) if one_sided else pair.parties
    found = deaths.accounts(of_deaths(incident), sides, incident.family, incident.judged)
    toll = deaths.toll(found, sides)
    if toll is None:
        return Left("nobody counts a dead: UCDP knows fatal events only")
    low, best, high = toll.numbers
    kind = ONE_SIDED if one_sided else STATE_BASED if pair.states else NON_STATE
    side_a, side_b = pair.name(sides[0]), CIVILIANS if one_sided else pair.name(sides[1])
    heads = heads_of(incident)
    told = sources(heads)
    conflict = incident.lead.report.conflict
    about = profile(conflict)
    number = codes.number(incident.lead.report.id, item.id)
    first, last = incident.days
    cells: dict[str, object] = {
        "id": number,
        "relid": f"{codes.letters(place.country)}-{first.year}-{kind}-{incident.lead.ref}",
        "year": first.year,
        "code_status": _status(incident, pair, toll),
        "type_of_violence": kind,
        "conflict_name": about.title if about else conflict,
        "dyad_name": f"{side_a} - {side_b}",
        "side_a": side_a,
        "side_b": side_b,
        "number_of_sources": len(tellings.sources(incident.rows, incident.family)),
        **told,
        "source_original": list(dict.fromkeys(_claimants(incident))),
        "where_prec": place.precision,
        "where_coordinates": place.name,
        "where_description": f"{place.kind}, GeoNames {place.geonames_id}" if place.geonames_id else place.kind,
        "adm_1": place.admin1,
        "latitude": place.lat,
        "longitude": place.lon,
        "geom_wkt": f"POINT ({place.lon:g} {place.lat:g})" if place.lat is not None and place.lon is not None else None,
        "priogrid_gid": codes.grid_cell(place.lat, place.lon),
        "country": place.country,
        "country_id": codes.gleditsch_ward(place.country),
        "region": codes.ucdp_region(place.country),
        "event_clarity": 1 + ((last - first).days + 1 >= _LONG),
        "date_prec": incident.precision,
        "date_start": _day(first),
        "date_end": _day(last),
        "deaths_a": toll.of("a"),
        "deaths_b": toll.of("b"),
        "deaths_civilians": toll.of("civilians"),
        "deaths_unknown": toll.of("soldiers", "people"),
        "best": best,
        "high": high,
        "low": low,
        "gwnoa": pair.number(sides[0]),
        "gwnob": pair.number(sides[1]),
    }
    taken = evidence.taken_for((("best", toll.best), ("low", toll.low), ("high", toll.high)))
    return Coded(number=number, cells=cells, taken=taken)


def _status(incident: Incident, pair: Pair, toll: deaths.Toll) -> str:
    """Clear, or what a coder should check."""
    doubts = (
        (not incident.reviewed, "not reviewed"),
        (pair.assumed, "a side is assumed"),
        (not incident.dated, "dated by publication"),
        (toll.best is None, "deaths only by the enemy's word"),
        (toll.high.open, "high is open"),
    )
    found = [words for doubt, words in doubts if doubt]
    return f"Check: {', '.join(found)}" if found else "Clear"


def _claimants(incident: Incident) -> list[str]:
    said = [t.speaker.name for t in incident.rows if t.speaker]
    return said or [h.name for h in heads_of(incident)]


def _day(day: date) -> str:
    """A day as UCDP's files write it."""
    return f"{day.isoformat()} 00:00:00.000"
