"""The words of the number grammar, made ready for look-up from `lexicon/numbers.toml`."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any

from counterclaim.reading.figures.lexemes import LEXEME
from counterclaim.types import Bound

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """The number lexicon, by the word that a look-up starts from."""

    ones: dict[str, int]
    tens: dict[str, int]
    scales: dict[str, int]
    glued: dict[str, int]
    plurals: dict[str, int]
    few: dict[str, int]
    many: dict[str, int]
    pairs: dict[str, int]
    fractions: dict[str, float]
    none: dict[str, tuple[Phrase, ...]]
    none_nouns: frozenset[str]
    none_skip: frozenset[str]
    before: dict[str, tuple[tuple[Phrase, Bound], ...]]
    """Qualifiers before a number, by their last word, longest first."""
    after: dict[str, tuple[tuple[Phrase, Bound], ...]]
    """Qualifiers after a number, by their first word, longest first."""
    units: dict[str, tuple[tuple[Phrase, str, str], ...]]
    """Units by their first word, longest first: (words, dimension, unit)."""
    currencies: dict[str, str]
    months: frozenset[str]
    year_after: frozenset[str]
    singular: frozenset[str]
    """Units of time that "a" may stand before: "more than a week"."""
    small: frozenset[str]
    before_one: frozenset[str]
    after_one: frozenset[str]
    metres_before: frozenset[str]
    span_before: frozenset[str]
    span_after: frozenset[str]
    clock: frozenset[str]
    labels: frozenset[str]
    starts: frozenset[str]
    """Every word that a number may start with."""


def _index(rows: list[tuple[Phrase, Any]], end: int) -> dict[str, tuple[Any, ...]]:
    """`rows` by the word at `end` of their phrase (0 first, -1 last), longest phrase first."""
    table: dict[str, list[tuple[Phrase, Any]]] = {}
    for row in sorted(rows, key=lambda row: -len(row[0])):
        table.setdefault(row[0][end], []).append(row)
    return {word: tuple(found) for word, found in table.items()}


def _phrase(text: str) -> Phrase:
    return tuple(match.group().lower() for match in LEXEME.finditer(text))


@functools.cache
def load() -> Words:
    """The lexicon, read once."""
    path = resources.files("counterclaim.lexicon") / "numbers.toml"
    raw: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))

    def bounds(table: dict[str, list[str]]) -> list[tuple[Phrase, Any]]:
        return [(_phrase(text), bound) for bound, texts in table.items() for text in texts]

    units = [
        (_phrase(text), (dimension, unit))
        for dimension, table in raw["units"].items()
        for unit, texts in table.items()
        for text in texts
    ]
    none = [(_phrase(text), None) for text in raw["none"]["phrases"]]
    dates = raw["dates"]
    starts = {
        *raw["ones"], *raw["tens"], *raw["plurals"], *raw["few"], *raw["many"], *raw["pairs"], *raw["fractions"],
        *raw["currencies"], "a", "an", "no", *(p[0] for p, _ in none), *dates["singular"],
    }  # fmt: skip
    return Words(
        ones=raw["ones"], tens=raw["tens"], scales=raw["scales"], glued=raw["glued"], plurals=raw["plurals"],
        few=raw["few"], many=raw["many"], pairs=raw["pairs"], fractions=raw["fractions"],
        none={w: tuple(p for p, _ in rows) for w, rows in _index(none, 0).items()},
        none_nouns=frozenset(raw["none"]["nouns"]), none_skip=frozenset(raw["none"]["skip"]),
        before=_index(bounds(raw["before"]), -1), after=_index(bounds(raw["after"]), 0),
        units={w: tuple((p, *du) for p, du in rows) for w, rows in _index(units, 0).items()},
        currencies=raw["currencies"], months=frozenset(dates["months"]), year_after=frozenset(dates["year_after"]),
        singular=frozenset(dates["singular"]), small=frozenset(dates["small"]),
        before_one=frozenset(raw["one"]["before"]), after_one=frozenset(raw["one"]["after"]),
        metres_before=frozenset(raw["one"]["metres_before"]), span_before=frozenset(dates["span_before"]),
        span_after=frozenset(dates["span_after"]), clock=frozenset(dates["clock"]),
        labels=frozenset(raw["labels"]["words"]), starts=frozenset(starts),
    )  # fmt: skip
