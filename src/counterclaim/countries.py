"""Countries: names as newsrooms write them, demonyms, codes, capitals, neighbours.

The data (`lexicon/countries.json`) is built from packages by `tools/gazetteer/build_countries.py`; see
`lexicon/gazetteer/NOTICE`. Nothing is loaded before the first question.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from importlib import resources

import msgspec

_CODE = re.compile(r"[A-Z]{2,4}|(?:[A-Z]\.){2,4}")
_PEOPLE = (("women", "woman"), ("men", "man"))


class Country(msgspec.Struct, frozen=True, kw_only=True):
    """A country or territory with an ISO code. `neighbours` are ISO 3166 two-letter codes; points WGS 84 degrees."""

    name: str
    iso2: str
    iso3: str
    geonames_id: int
    lat: float | None = None
    lon: float | None = None
    capital: str | None = None
    capital_lat: float | None = None
    capital_lon: float | None = None
    population: int = 0
    neighbours: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()


def find(words: str) -> Country | None:
    """The country that `words` names: "Russia", "the United States", "UK", "DR Congo". None for anything else.

    Short codes count only in capitals ("US", never "us").
    """
    words = words.strip()
    if len(words) <= 6 and _CODE.fullmatch(words):
        return _codes().get(words.replace(".", ""))
    return named(fold(words))


def named(key: str) -> Country | None:
    """As `find`, for a name that is folded already. Knows no short codes."""
    return _names().get(key)


@functools.lru_cache(maxsize=8192)
def demonym(word: str) -> Country | None:
    """The country whose people or adjective `word` is: "Ukrainian", "Russians", "British", "Frenchmen"."""
    key = fold(word)
    table = _demonyms()
    if found := table.get(key):
        return found
    for plural, one in _PEOPLE:
        if key.endswith(plural):
            return table.get(key[: -len(plural)] + one)
    return table.get(key[:-1]) if key.endswith("s") else None


def capital(words: str) -> Country | None:
    """The country whose capital `words` names in its most used English spelling."""
    return _capitals().get(fold(words))


def by_code(code: str) -> Country | None:
    """The country of an ISO 3166 two-letter or three-letter code, in capitals."""
    return _iso().get(code)


@functools.cache
def everyone() -> tuple[Country, ...]:
    """All countries and territories, the most populous first."""
    data = resources.files("counterclaim.lexicon").joinpath("countries.json").read_bytes()
    return tuple(sorted(msgspec.json.decode(data, type=list[Country]), key=lambda c: -c.population))


@functools.lru_cache(maxsize=8192)
def fold(words: str) -> str:
    """`words` without accents, case, hyphens, apostrophes and a leading article: the key of every look-up."""
    text = words if words.isascii() else unicodedata.normalize("NFKD", words)
    if not text.isascii():
        text = "".join(c for c in text if not unicodedata.combining(c))
    text = " ".join(text.casefold().translate(_MARKS).split())
    return text[4:] if text.startswith("the ") else text


_MARKS = str.maketrans(
    {**dict.fromkeys("'’‘ʻʼ`´ʹ\"“”", None), **dict.fromkeys("-‐‑–—_/", " "), "ı": "i", "ł": "l", "ø": "o", "ß": "ss"}
)


@functools.cache
def _names() -> dict[str, Country]:
    table: dict[str, Country] = {}
    for country in everyone():
        table[fold(country.name)] = country
    for country in everyone():
        for alias in country.aliases:
            if not _CODE.fullmatch(alias):
                table.setdefault(fold(alias), country)
    return table


@functools.cache
def _codes() -> dict[str, Country]:
    return {a.replace(".", ""): c for c in reversed(everyone()) for a in c.aliases if _CODE.fullmatch(a)}


@functools.cache
def _iso() -> dict[str, Country]:
    return {code: c for c in everyone() for code in (c.iso2, c.iso3)}


@functools.cache
def _capitals() -> dict[str, Country]:
    table: dict[str, Country] = {}
    for country in everyone():
        if country.capital:
            table.setdefault(fold(country.capital), country)
    return table


@functools.cache
def _demonyms() -> dict[str, Country]:
    table: dict[str, Country] = {}
    for country in everyone():
        for word in country.demonyms:
            table.setdefault(fold(word), country)
    return table
