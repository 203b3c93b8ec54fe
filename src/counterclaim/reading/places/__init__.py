"""Where: every place a page names, resolved; and the place of an event by its trigger.

`spots` recognises, `resolve` chooses, `gazetteer` knows, `atlas` answers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from counterclaim import countries
from counterclaim.language import Page, at
from counterclaim.reading.places import gazetteer
from counterclaim.reading.places.atlas import Atlas, Sighting
from counterclaim.reading.places.gazetteer import Entry
from counterclaim.reading.places.given import marked
from counterclaim.reading.places.resolve import resolve
from counterclaim.reading.places.spot import Spot
from counterclaim.reading.places.spots import demonyms, spots
from counterclaim.reading.places.words import words
from counterclaim.types import Place, PlaceMention, Span

if TYPE_CHECKING:
    from counterclaim.conflict import Conflict

__all__ = ["Atlas", "find", "given"]

#: Of these a part is a place of its own: "eastern Ukraine", "northern Gaza".
_PARTED = frozenset({"country", "continent"})


def find(page: Page, conflict: Conflict) -> Atlas:
    """Recognise and resolve the places of `page`. Never raises on odd text."""
    found = spots(page, conflict)
    resolve(found, conflict.countries, demonyms(page))
    placed = [(spot, place) for spot in found if (place := _place(spot))]
    numbers = {id(spot): n for n, (spot, _) in enumerate(placed)}
    holds = {id(outer): numbers[id(spot)] for spot, _ in placed for outer in spot.within}
    seen = tuple(
        Sighting(
            PlaceMention(span=at(spot.doc[spot.start : spot.end]), place=place, metonym=_metonym(spot)),
            spot.doc, spot.start, spot.end, spot.sentence, holds.get(id(spot)),
        )
        for spot, place in placed
    )  # fmt: skip
    return Atlas(tuple(s.mention for s in seen), seen, page)


def given(page: Page, spans: Iterable[Span], conflict: Conflict) -> tuple[Place | None, ...]:
    """What the places marked by `spans` mean on `page`, in their order. None where nothing is known."""
    return tuple(_place(spot) if spot else None for spot in marked(page, spans, conflict))


def _place(spot: Spot) -> Place | None:
    """The place of a spot under its canonical name, with UCDP's precision."""
    e = spot.place
    if e is None:
        if not spot.label:
            return None
        return Place(name=spot.name, kind="unknown", precision=1)
    country = countries.by_code(e.country)
    unit = gazetteer.unit(e.unit)
    name, kind, precision = gazetteer.printed(e, spot.name), e.kind, _precision(spot, e)
    if spot.direction and (kind in _PARTED or name == "Gaza Strip"):
        name, kind = f"{spot.direction} {name.removesuffix(' Strip')}", "vague"
    return Place(
        name=name,
        kind=kind,
        country=country.name if country else None,
        admin1=unit.name if unit and unit.number != e.number else None,
        lat=e.lat,
        lon=e.lon,
        geonames_id=e.geonames_id,
        precision=precision,
    )


def _precision(spot: Spot, e: Entry) -> int:
    """UCDP where_prec: 1 exact, 2 near, 3 second-order unit, 4 first-order unit, 5 line or vague, 6 country, 7 sea."""
    if e.kind in {"country", "continent", "bloc"}:
        return 6
    if e.kind == "sea":
        return 7
    if e.kind in {"admin1", "region"}:
        return 4
    if e.kind in {"river", "lake", "strait"}:
        return 5
    if e.kind == "admin2":
        return 3
    return 2 if spot.near or spot.direction else 1


def _metonym(spot: Spot) -> bool:
    """Whether a seat or country stands for its government: "Kyiv says", "talks between Moscow and Kyiv"."""
    e = spot.place
    if e is None or spot.unit or spot.direction or spot.located:
        return False
    seat = e.kind == "city" and countries.capital(e.name) is not None
    if not (e.kind == "country" or seat):
        return False
    head, w = spot.head, words()
    while head.dep_ in {"conj", "appos"} and head.head.i != head.i:
        head = head.head
    above = head.head.lemma_.lower()
    if head.dep_ in {"nsubj", "agent"}:
        return above in w.verbs or (seat and above not in w.passive)
    if head.dep_ == "pobj":
        governor = head.head.head.lemma_.lower()
        talks = governor in w.nouns or governor in w.verbs or head.head.head.lower_ in w.nouns
        return head.head.lower_ == "by" or (head.head.lower_ in {"between", "with"} and talks)
    if head.dep_ in {"dobj", "dative"}:
        return seat and above in w.gives
    if head.dep_ in {"compound", "poss", "nmod"}:
        return above in w.nouns
    return False
