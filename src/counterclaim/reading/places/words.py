"""The words around names of places: `lexicon/gazetteer/words.toml` as sets."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of words.toml; `units` maps a word, also in the plural, to admin1, admin2, town or water."""

    units: dict[str, str]
    unit_titles: frozenset[str]
    parts: frozenset[str]
    surroundings: frozenset[str]
    directions: frozenset[str]
    small: frozenset[str]
    lands: frozenset[str]
    distance: frozenset[str]
    """What may stand between a place and the place that it is said to be in or near."""
    no_names: frozenset[str]
    sided: frozenset[str]
    at: frozenset[str]
    near: frozenset[str]
    move: frozenset[str]
    verbs: frozenset[str]
    nouns: frozenset[str]
    passive: frozenset[str]
    gives: frozenset[str]
    generic: frozenset[str]
    unit_forms: frozenset[str]
    pointers: dict[str, frozenset[str]]
    peoples: dict[str, str]


@functools.cache
def words() -> Words:
    """The words around names, loaded once."""
    folder = resources.files("counterclaim.lexicon").joinpath("gazetteer")
    data = tomllib.loads(folder.joinpath("words.toml").read_text(encoding="utf8"))
    units = {form: kind for kind, some in data["units"].items() for word in some for form in (word, _plural(word))}
    lists = {
        key: frozenset(some) for table in ("around", "prepositions", "metonyms") for key, some in data[table].items()
    }
    lists["distance"] = lists["near"] | lists["surroundings"] | lists["directions"] | {",", "in", "of", "from", "about"}
    pointers = {word: frozenset(kinds) for word, kinds in data["pointers"].items()}
    return Words(units=units, pointers=pointers, peoples=data["peoples"], **lists)


def _plural(word: str) -> str:
    return word[:-1] + "ies" if word.endswith("y") and word[-2] not in "aeiou" else word + "s"
