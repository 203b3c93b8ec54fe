"""Places whose words are known already: a person, or another program, marked them; only what they mean is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from counterclaim import countries
from counterclaim.countries import fold
from counterclaim.language import Page
from counterclaim.reading.places import gazetteer
from counterclaim.reading.places.beside import among, containers, lists, surroundings
from counterclaim.reading.places.gazetteer import Entry
from counterclaim.reading.places.resolve import WIDE, kilometres, resolve
from counterclaim.reading.places.spot import POSSESSIVE, Spot, demonym
from counterclaim.reading.places.spots import demonyms
from counterclaim.reading.places.spots import spots as every
from counterclaim.reading.places.words import words
from counterclaim.types import Span

if TYPE_CHECKING:
    from counterclaim.conflict import Conflict

#: A name inside a longer one is trusted within so many kilometres of another place of the page.
_BESIDE = 150.0
_TOWNS = frozenset({"city", "town", "village", "district", "island", "admin2"})


def marked(page: Page, spans: Iterable[Span], conflict: Conflict) -> list[Spot | None]:
    """A resolved spot for each of `spans`, in their order; None where no sentence of the page holds it.

    The other places of the page help to resolve them.
    """
    spots = [_spot(page, span) for span in spans]
    taken = {(id(s.doc), i) for s in spots if s for i in range(s.start, s.end)}
    others = [s for s in every(page, conflict) if not any((id(s.doc), i) in taken for i in range(s.start, s.end))]
    for other in others:
        other.within, other.holds = [], []
    found = sorted((*filter(None, spots), *others), key=lambda s: (s.sentence.index, s.start))
    lists(found)
    containers(found)
    among(found)
    resolve(found, conflict.countries, demonyms(page), sure=True)
    for spot in found:
        if spot.place is None:
            _guess(spot, found)
    return spots


def _spot(page: Page, span: Span) -> Spot | None:
    sentence = page.sentence_at(span.start)
    if sentence is None:
        return None
    doc = sentence.tokens.doc
    first = doc.user_data["start"]
    tokens = doc.char_span(span.start - first, span.end - first, alignment_mode="expand")
    if tokens is None:
        return None
    name = span.of(page.text)
    spot = Spot(doc, sentence, tokens.start, tokens.end, name, _entries(name), "GPE")
    surroundings(spot)
    return spot


def _guess(spot: Spot, found: list[Spot]) -> None:
    """A name that nobody knows: a known name inside it, where that lies in the country spoken of or near other places
    of the page ("University of Oxford"); else the place that it is said to be in, or that was named just before."""
    placed = [s for s in found if s.place]
    around = [s.place for s in placed if s.place and s.place.kind not in WIDE]
    lands = {s.place.country for s in placed if s.place}
    inside = [e for part in _parts(spot.name) for e in gazetteer.lookup(part)[:10]]
    for e in inside:
        wide = e.kind == "country" or (e.kind == "admin1" and e.country in lands)
        if wide or any(kilometres((e.lat, e.lon), (p.lat, p.lon)) < _BESIDE for p in around):
            spot.place = e
            return
    spot.place = _beside(spot, placed)
    spot.near = True


def _parts(name: str) -> Iterator[str]:
    """The stretches of words of a name that may be names themselves, the longest and the last first."""
    some = name.split()
    for length in range(len(some) - 1, 0, -1):
        for start in range(len(some) - length, -1, -1):
            part = " ".join(some[start : start + length])
            if len(part) > 3 and part[:1].isupper() and fold(part) not in words().no_names | words().generic:
                yield part


def _beside(spot: Spot, placed: list[Spot]) -> Entry | None:
    """The place that `spot` is said to be in, else the nearest town of its sentence, its paragraph, the page."""
    if spot.within and spot.within[0].place:
        return spot.within[0].place
    towns = [s for s in placed if s.place and s.place.kind in _TOWNS]
    for same in (
        [s for s in towns if s.sentence is spot.sentence],
        [s for s in towns if s.doc is spot.doc],
        [s for s in towns if s.sentence.index < spot.sentence.index],
    ):
        if same:
            return min(
                same, key=lambda s: (abs(s.sentence.index - spot.sentence.index), abs(s.start - spot.start))
            ).place
    most = Counter(s.place for s in placed)
    return most.most_common(1)[0][0] if most else None


def _entries(name: str) -> tuple[Entry, ...]:
    """The places of that name; the country of a people, the unit of a short form."""
    for mark in POSSESSIVE:
        name = name.removesuffix(mark)
    if len(name) <= 6 and (country := countries.find(name)):
        return gazetteer.lookup(country.name)[:1]
    if found := gazetteer.short(name):
        return found
    if adjective := words().peoples.get(fold(name)):
        return gazetteer.lookup(adjective)[:1]
    if country := demonym(name):  # "Canadian" is a town too
        return gazetteer.lookup(country.name)[:1]
    return gazetteer.lookup(name) or _stripped(name)


def _stripped(name: str) -> tuple[Entry, ...]:
    """The places of a name without the direction or the kind of unit written with it: "North London", "Co Dublin"."""
    first, _, rest = name.partition(" ")
    if rest and (first.lower() in words().directions or first.lower() in words().unit_forms):
        return gazetteer.lookup(rest.removeprefix("of "))
    rest, _, last = name.rpartition(" ")
    if rest and (last.lower() in words().units or last.lower() in words().unit_forms):
        return gazetteer.lookup(rest)
    return ()
