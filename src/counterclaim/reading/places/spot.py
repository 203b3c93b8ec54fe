"""A name of a place on a page, before it is resolved."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from counterclaim import countries
from counterclaim.countries import Country
from counterclaim.language import Sentence
from counterclaim.reading.places.gazetteer import Entry

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
#: What stands between the names of a list.
JOINS = frozenset({",", "and", "or", "the", "&", "/"})


@dataclass(slots=True)
class Spot:
    """A name of a place on the page: tokens `start` to `end` of `doc`, and what its surroundings say.

    `label` is the tagger's, in lower case where its entity is longer than the name. `unit` is "admin1", "admin2" or
    "town" where a word says so ("region", "district", "town of"), `direction` the part that is meant ("northern"),
    `near` that it is only near, `within` the places it is said to lie in and `holds` those said to lie in it, `among`
    that it stands in a list of first-order units, `country` likewise as an ISO code,
    `entries` the places it may be and `place` the one chosen. `why` is the word that made it a place.
    """

    doc: Doc
    sentence: Sentence
    start: int
    end: int
    name: str
    entries: tuple[Entry, ...]
    label: str = ""
    unit: str = ""
    direction: str = ""
    near: bool = False
    within: list[Spot] = field(default_factory=list)
    holds: list[Spot] = field(default_factory=list)
    among: bool = False
    country: str = ""
    why: str = ""
    place: Entry | None = None

    @property
    def head(self) -> Token:
        """The token that carries the name in the parse."""
        return self.doc[self.start : self.end].root

    @property
    def located(self) -> bool:
        """Whether a preposition of place stands before it."""
        return self.why.startswith(("in ", "near "))

    def before(self, n: int = 1) -> Token | None:
        """The `n`th token before the name in its sentence."""
        i = self.start - n
        return self.doc[i] if i >= self.sentence.tokens.start else None

    def after(self) -> Token | None:
        """The token after the name and a possessive, in its sentence."""
        i, stop = self.end, self.sentence.tokens.end
        if i < stop and self.doc[i].text in POSSESSIVE:
            i += 1
        return self.doc[i] if i < stop else None


@functools.lru_cache(maxsize=8192)
def demonym(word: str) -> Country | None:
    """The country whose people or adjective `word` is."""
    return countries.demonym(word)
