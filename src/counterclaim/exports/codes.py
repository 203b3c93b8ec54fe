"""Codes of the data sets: columns, numbers and regions of countries, grid cells."""

from __future__ import annotations

import functools
import hashlib
import math
import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Any

from counterclaim import countries

#: Rows are numbered by so many bits of a hash: whole in a double, which is what most readers make of a number.
_BITS = 52


@functools.cache
def data(name: str) -> dict[str, Any]:
    """A table of `lexicon/exports`."""
    return tomllib.loads(resources.files("counterclaim.lexicon").joinpath(f"exports/{name}.toml").read_text("utf-8"))


def columns(name: str) -> list[str]:
    """The columns of a format, in its order."""
    return list(data(name)["columns"])


def number(report: str, row: str) -> int:
    """The number of a row: the same in every export of every record."""
    digest = hashlib.sha256(f"{report}/{row}".encode("utf-8", "replace")).digest()
    return int.from_bytes(digest, "big") >> (len(digest) * 8 - _BITS)


@functools.cache
def _numbers(name: str) -> Mapping[str, int]:
    pairs = (pair.split(":") for pair in data("countries")["numbers"][name].split())
    return {code: int(value) for code, value in pairs}


def iso(country: str | None) -> int | None:
    """The ISO 3166-1 number of a country, by its name."""
    return _of(country, "iso")


def gleditsch_ward(country: str | None) -> int | None:
    """The Gleditsch-Ward number of a state. None for who is not on their list."""
    return _of(country, "gleditsch_ward")


def _of(country: str | None, name: str) -> int | None:
    found = countries.find(country) if country else None
    return _numbers(name).get(found.iso2) if found else None


def letters(country: str | None) -> str:
    """The ISO 3166 three-letter code of a country, or three X."""
    found = countries.find(country) if country else None
    return found.iso3 if found else "XXX"


def ucdp_region(country: str | None) -> str:
    """UCDP's region of a country, or nothing."""
    found = gleditsch_ward(country)
    spans = data("countries")["ucdp_regions"].items()
    return next((name for name, (first, last) in spans if found and first <= found <= last), "")


def acled_region(country: str | None) -> str:
    """ACLED's region of a country, or nothing."""
    found = countries.find(country) if country else None
    regions = data("countries")["acled_regions"].items()
    return next((name for name, codes in regions if found and found.iso2 in codes.split()), "")


def grid_cell(lat: float | None, lon: float | None) -> int | None:
    """The PRIO-GRID cell of a point: half a degree wide, counted eastwards from the south-west, from 1 on."""
    if lat is None or lon is None:
        return None
    row, column = min(359, math.floor((lat + 90) * 2)), min(719, math.floor((lon + 180) * 2))
    return row * 720 + column + 1
