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


class Sides:
    """The countries of one page and the places in its phrases."""

    def __init__(self, page: Page, conflict: Conflict) -> None:
        self.conflict = conflict
        self._spoken: Counter[str] = Counter(dict.fromkeys(conflict.countries, 3))
        for sentence in page.sentences:
            for entity in sentence.tokens.ents:
                if entity.label_ in ("GPE", "NORP") and (party := conflict.party(entity.text, strict=True)):
                    self._spoken[party] += 1

    def of_place(self, phrase: Phrase) -> str | None:
        """The country of a place named in a phrase: "Mariupol mayor" → Ukraine."""
        for name in phrase.places:
            if party := _of_place(name, frozenset(self._spoken)):
                return self.conflict.party(party)
        return None

    def main(self) -> str | None:
        """The country the page is mostly about, if one clearly is."""
        states = [(n, p) for p, n in self._spoken.items() if self.conflict.is_state(p)]
        states.sort(reverse=True)
        if not states or (len(states) > 1 and states[0][0] < 1.5 * states[1][0]):
            return None
        return states[0][1]


@functools.lru_cache(maxsize=4096)
def _of_place(name: str, spoken: frozenset[str]) -> str | None:
    entries = gazetteer.lookup(name)
    names = [(e, countries.by_code(e.country)) for e in entries[:12] if e.country]
    for _, country in names:
        if country and country.name in spoken:
            return country.name
    for entry, country in names[:1]:
        if country and entry.population >= _LARGE:
            return country.name
    return None
