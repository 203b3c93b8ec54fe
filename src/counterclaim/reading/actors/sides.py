"""Whose side an office or a body is on when its name does not say: by the place in it, or by the story around it."""

from __future__ import annotations

import functools
from collections import Counter

from counterclaim import countries
from counterclaim.conflict import Conflict
from counterclaim.language import Page
from counterclaim.reading.actors.phrases import Phrase
from counterclaim.reading.places import gazetteer

#: A place's country counts only if the page speaks of that country, or the place is this large.
_LARGE = 500_000
#: What a town of a country counts beside one mention of the country, when asking what the page is about.
_TOWN = 2
#: Sentences at the top in which a country counts twice.
_OPENING = 3
#: How often more the first country of all.
_FIRST = 3


class Sides:
    """The countries of one page and the places in its phrases."""

    def __init__(self, page: Page, conflict: Conflict) -> None:
        self.conflict = conflict
        home = (conflict.party(name) for name in conflict.countries)
        self._spoken: Counter[str] = Counter(dict.fromkeys(filter(None, home), 3))
        towns: dict[str, None] = {}
        opening: list[str] = []
        for sentence in page.sentences:
            for entity in sentence.tokens.ents:
                if entity.label_ in ("GPE", "NORP") and (party := conflict.party(entity.text, strict=True)):
                    self._spoken[party] += 1
                    if sentence.index < _OPENING:
                        opening += [party] if opening else [party] * _FIRST
                elif entity.label_ in ("GPE", "LOC"):
                    towns[entity.text] = None
        self._scene = self._spoken + Counter(opening)
        for town in towns:
            if country := self.lies_in(town):
                self._scene[country] += _TOWN

    def of_place(self, phrase: Phrase) -> str | None:
        """The country of a place named in a phrase: "Mariupol mayor" → Ukraine."""
        for name in phrase.places:
            for country, population in _countries(name):
                party = self.conflict.party(country)
                if party in self._spoken or population >= _LARGE:
                    return party
        return None

    def lies_in(self, town: str) -> str | None:
        """The country of a town, if it is one that the page speaks of."""
        parties = (self.conflict.party(country) for country, _ in _countries(town))
        return next((party for party in parties if party in self._spoken), None)

    def main(self) -> str | None:
        """The country the page is mostly about, if one clearly is."""
        states = [(n, p) for p, n in self._scene.items() if self.conflict.is_state(p)]
        states.sort(reverse=True)
        if not states or (len(states) > 1 and states[0][0] < 1.5 * states[1][0]):
            return None
        return states[0][1]


@functools.lru_cache(maxsize=4096)
def _countries(name: str) -> tuple[tuple[str, int], ...]:
    """The countries that have a place of that name, with its people; but only the likeliest place counts as large."""
    found = []
    for i, entry in enumerate(gazetteer.lookup(name)[:12]):
        country = countries.by_code(entry.country) if entry.country else None
        if country:
            found.append((country.name, 0 if i else entry.population))
    return tuple(sorted(found, key=lambda f: f[1]))
