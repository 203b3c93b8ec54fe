"""The land under the map: provinces of Natural Earth, each border once (made by `tools/basemap`)."""

from __future__ import annotations

import functools
import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import resources
from itertools import accumulate

import msgspec

from counterclaim.exports.map import shapes
from counterclaim.exports.map.shapes import Box, Point, Ring

#: Degrees within which a place off the shore, as coarse outlines draw it, belongs to the land beside it.
_NEAR = 0.25


class _Unit(msgspec.Struct):
    code: str
    name: str
    country: str
    rings: list[list[int]]
    geonames: int | None = None


class _File(msgspec.Struct):
    unit: float
    arcs: list[list[int]]
    units: list[_Unit]


@dataclass(eq=False)
class Unit:
    """A province: ISO 3166-2 code, name, two-letter country, outline in degrees; `arcs` number its borders.

    `numbers` are the borders of each ring in their order, `~n` where one runs backwards.
    """

    code: str
    name: str
    country: str
    geonames: int | None
    rings: list[Ring]
    arcs: frozenset[int]
    numbers: list[list[int]]
    box: Box = field(init=False)

    def __post_init__(self) -> None:
        self.box = shapes.box(point for ring in self.rings for point in ring)


class Outlines:
    """All provinces and their borders."""

    def __init__(self, data: _File) -> None:
        self.arcs: list[Ring] = [_line(arc, data.unit) for arc in data.arcs]
        self.boxes = [shapes.box(arc) for arc in self.arcs]
        self.units = [self._unit(unit) for unit in data.units]
        self.sides: dict[int, list[Unit]] = {}
        for unit in self.units:
            for arc in unit.arcs:
                self.sides.setdefault(arc, []).append(unit)

    def _unit(self, unit: _Unit) -> Unit:
        rings: list[Ring] = []
        for numbers in unit.rings:
            ring: Ring = []
            for number in numbers:
                points = self.arcs[number] if number >= 0 else self.arcs[~number][::-1]
                ring += points[:-1]
            rings.append(ring)
        arcs = frozenset(n if n >= 0 else ~n for ring in unit.rings for n in ring)
        kept = [r for r in rings if len(r) > 2]
        return Unit(unit.code, unit.name, unit.country, unit.geonames, kept, arcs, unit.rings)

    def at(self, lon: float, lat: float) -> Unit | None:
        """The province that a point lies in, or lies just off."""
        around = (lon - _NEAR, lat - _NEAR, lon + _NEAR, lat + _NEAR)
        near = [unit for unit in self.units if shapes.meet(unit.box, around)]
        found = next((unit for unit in near if shapes.inside((lon, lat), unit.rings)), None)
        if found or not near:
            return found

        def off(unit: Unit) -> float:
            return min(abs(x - lon) + abs(y - lat) for ring in unit.rings for x, y in ring)

        closest = min(near, key=off)
        return closest if off(closest) <= _NEAR else None

    def near(self, frame: Box) -> Iterator[Unit]:
        """The provinces that may come into a box of degrees."""
        return (unit for unit in self.units if shapes.meet(unit.box, frame))

    def extent(self, country: str) -> Box:
        """The degrees that a country reaches over."""
        return shapes.box(point for u in self.units if u.country == country for ring in u.rings for point in ring)

    def unit(self, code: str) -> Unit | None:
        """The province of an ISO 3166-2 code."""
        return next((unit for unit in self.units if unit.code == code), None)


def _line(arc: list[int], unit: float) -> list[Point]:
    xs, ys = accumulate(arc[::2]), accumulate(arc[1::2])
    return [(round(x * unit, 4), round(y * unit, 4)) for x, y in zip(xs, ys, strict=True)]


@functools.cache
def outlines() -> Outlines:
    """The outlines that the program comes with."""
    data = resources.files("counterclaim.lexicon").joinpath("basemap", "outlines.json.gz").read_bytes()
    return Outlines(msgspec.json.decode(gzip.decompress(data), type=_File))
