"""Resolution: which of the places that bear a name is meant.

What is weighed, in the order of its power: the unit or container that the words name ("Kherson region", "Rafah, in
Gaza"), the countries of the conflict and of the page, the kind of place, whether the name is its own, how many live
there, and how far it is from the places already resolved.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from counterclaim import countries
from counterclaim.countries import fold
from counterclaim.reading.places import gazetteer
from counterclaim.reading.places.company import Company, company
from counterclaim.reading.places.gazetteer import Entry
from counterclaim.reading.places.spot import Spot

_EARTH_KM = 6371.0
#: What a sure neighbour, and a sure name of the same unit, add to a place's score; two count at most.
_NEAR, _UNIT = 0.8, 0.8
_SETTLED = frozenset({"town", "village", "district", "camp"})
#: Fewer people than this make a town that nobody expects on the page.
_SMALL = 5_000
#: Units that "district", "region" and so on may mean, best first.
WIDE = frozenset({"country", "continent", "sea", "bloc"})
_UNITS = {
    "admin1": ("admin1", "region", "admin2"),
    "admin2": ("admin2", "district", "admin1"),
    "town": ("city", "town", "village", "camp", "district"),
}


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The distance between two points (latitude, longitude in degrees) on the sphere."""
    la, lb = math.radians(a[0]), math.radians(b[0])
    h = math.sin((lb - la) / 2) ** 2 + math.cos(la) * math.cos(lb) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def resolve(spots: list[Spot], home: Iterable[str], people: Counter[str], *, sure: bool = False) -> None:
    """Choose an entry for each spot. `home` are the names of the conflict's countries, `people` counts demonyms.

    `sure` says that every spot is a place: none is taken back for being unlikely.
    """
    codes = {c.iso2 for c in map(countries.find, home) if c}
    weights = _weights(_spoken(spots, people), codes)
    about = company((fold(s.name), s.entries) for s in spots if s.entries)
    senses: dict[tuple[str, str], Entry] = {}
    points: list[Entry] = []
    for spot in sorted(spots, key=_ambiguity):
        key = (fold(spot.name), spot.unit if spot.unit != "town" else "")
        sense = None if spot.within or spot.holds or spot.country or spot.among else senses.get(key)
        spot.place = sense or _best(spot, weights, points, about)
        if spot.place and not sure and _unlikely(spot, spot.place, weights):
            spot.place, spot.entries = None, ()
            spot.label = "" if spot.label not in {"GPE"} or not spot.located else spot.label
        if spot.place and not sense:
            senses.setdefault(key, spot.place)
            if spot.place.kind not in WIDE:
                points.append(spot.place)


def _unlikely(spot: Spot, e: Entry, weights: dict[str, float]) -> bool:
    """Whether a name is rather something else: a hamlet on the other side of the world, a unit not called so."""
    if e.kind == "admin2":
        return not spot.unit and " " not in spot.name
    told = spot.unit or spot.within or spot.country or weights.get(e.country, 0.0) > 0.3
    if e.number < 0 or e.kind == "admin1" or told:
        return False
    return e.population < (_SMALL if spot.located else 4 * _SMALL)


def _spoken(spots: list[Spot], people: Counter[str]) -> Counter[str]:
    """How often the page speaks of each country: by its name, its people, and places that can be nowhere else."""
    spoken = Counter(people)
    for spot in spots:
        if not spot.entries:
            continue
        first, *others = (e for e in spot.entries if e.own) if spot.entries[0].own else spot.entries
        rivals = [
            e
            for e in others
            if e.country != first.country and (e.kind == "admin1" or e.population * 20 > first.population)
        ]
        if first.kind == "country":
            spoken[first.country] += 0 if any(e.kind == "admin1" for e in rivals) else 2
        elif first.country and not rivals and (first.kind == "admin1" or first.population > 20_000):
            spoken[first.country] += 1
    return spoken


def _weights(spoken: Counter[str], home: set[str]) -> dict[str, float]:
    """How likely a place of each country is on this page."""
    near = {n for code in home if (c := countries.by_code(code)) for n in c.neighbours}
    total = sum(spoken.values()) or 1
    return {
        c: 1.8 * (c in home) + 0.4 * (c in near) + 2.0 * math.sqrt(spoken[c] / total) for c in set(spoken) | home | near
    }


def _ambiguity(spot: Spot) -> tuple[int, int]:
    """Names with a container or few bearers first: they help with the rest."""
    return (0 if spot.within or spot.country or spot.unit else 1, len(spot.entries))


def _best(spot: Spot, weights: dict[str, float], points: list[Entry], about: Company) -> Entry | None:
    entries = spot.entries
    if not entries:
        return None
    kinds = _UNITS.get(spot.unit, ())
    if kinds and spot.unit != "town" and entries[0].kind != "country":
        entries = tuple(e for e in entries if e.kind in kinds) or entries
    towns = [e for e in entries if e.kind in {"city", "town"}]
    name = fold(spot.name)
    return max(
        entries,
        key=lambda e: (
            _score(e, spot, weights, points, e.kind == "admin1" and _has_seat(e, towns))
            + _NEAR * min(about.near(e, name), 2.0)
            + _UNIT * min(about.unit(e, name), 2.0)
        ),
    )


def _has_seat(unit: Entry, towns: list[Entry]) -> bool:
    """Whether one of the towns of the same name lies in the unit, or is large beside it ("Kyiv")."""
    return any(
        t.unit == unit.number or (t.country == unit.country and t.population * 4 > unit.population) for t in towns
    )


def _score(e: Entry, spot: Spot, weights: dict[str, float], points: list[Entry], seat: bool) -> float:
    """How likely `e` is meant. `seat` says that it is a unit with a town of the same name."""
    ours = e.number < 0
    known = ours and (e.kind not in _SETTLED or e.geonames_id)
    people = 1_000_000 if known and e.kind != "country" else 30_000 if ours and e.kind != "country" else e.population
    value = (
        0.75 * math.log10(people + 30)
        + weights.get(e.country, 0.0)
        + 0.8 * e.own
        + (3.0 if known and e.kind != "country" else 2.0 if ours else 0.0)
    )
    if people >= 1_000_000 and e.kind == "city":
        value += 1.0
    kinds = _UNITS.get(spot.unit, ())
    if e.kind in kinds:
        value += 3.0 - kinds.index(e.kind)
    elif e.kind == "admin1" and (spot.unit == "admin1?" or gazetteer.as_unit(e)):
        value += 3.0
    elif not kinds and not spot.holds:
        value -= {"admin1": 2.0 * seat, "admin2": 4.0, "district": 0.8, "airport": 1.0, "river": 0.6}.get(e.kind, 0.0)
    if spot.country and e.country == spot.country:
        value += 3.0
    value += sum(_inside(e, other) for other in spot.within)
    value += max((_holds(e, other) for other in spot.holds), default=0.0)
    value += 2.5 * (e.kind == "admin1" and spot.among)
    value += 1.0 * (e.kind == "admin1" and not seat)
    if points and e.kind not in WIDE:
        nearest = min(kilometres((e.lat, e.lon), (p.lat, p.lon)) for p in points[-40:])
        value += 1.5 * math.exp(-nearest / 250)
    return value


def _holds(e: Entry, inner: Spot) -> float:
    """Whether a place is the unit or country of the one that is said to lie in it: "Buffalo, New York" the state."""
    if inner.place is None or inner.place.number == e.number:
        return 0.0
    if e.kind == "admin1":
        return 5.0 * (inner.place.unit == e.number)
    return 3.0 * (e.kind == "country" and inner.place.country == e.country)


def _inside(e: Entry, container: Spot) -> float:
    """Whether the container named beside a place is its country or unit."""
    for c in (container.place,) if container.place else container.entries[:8]:
        if c is None:
            continue
        if c.kind == "country" and c.country == e.country:
            return 4.0
        unit = gazetteer.unit(e.unit)
        if c.kind == "admin1" and unit and (c.number == unit.number or c.geonames_id == unit.geonames_id):
            return 5.0
        if (
            c.kind in {"region", "island", "admin2"}
            and c.country == e.country
            and kilometres((c.lat, c.lon), (e.lat, e.lon)) < 200
        ):
            return 2.0
        if c.kind in {"city", "town"} and kilometres((c.lat, c.lon), (e.lat, e.lon)) < 80:
            return 1.5
    return 0.0
