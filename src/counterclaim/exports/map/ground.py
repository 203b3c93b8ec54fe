"""The land around a war as data for a map that moves: provinces and borders near the evidence, each border once.

Countries at peace come whole and coarsely outlined: what a page has to fetch stays small.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Sequence
from typing import Any

from counterclaim import countries
from counterclaim.countries import find
from counterclaim.exports.map import scene, shapes
from counterclaim.exports.map.outlines import Outlines, Unit, outlines
from counterclaim.exports.map.shapes import Box, Point, Ring

#: Points to a degree.
_SCALE = 400
#: Land around what is first shown, as a share of its extent, and at least in degrees.
_AROUND, _LEAST = 0.22, 3.0
#: Degrees between two points of a border, at least: where the war is fought and shown first, and elsewhere.
_FINE, _COARSE = 0.02, 0.2
#: Islands of other countries that are smaller, in degrees, are left out.
_SPECK = 0.3
#: Degrees that a letter of a country's name takes of a map ten degrees wide, and a line of it.
_LETTER, _LINE = 0.085, 0.12
BORDER, PROVINCE, COAST, HIDDEN = range(4)


def ground(placed: Sequence[scene.Placed], named: Sequence[str]) -> dict[str, Any]:
    """The land around some places of a war that is fought in the countries `named`.

    `frame` is what to show first (where most of them are, in one country) and `bounds` what there is, in degrees: west,
    south, east, north. `arcs` are lines as differences between points, `scale` of them to a degree; `kinds` says of
    each whether it is a border (0), one of provinces (1), a coast (2) or not to be drawn (3). `units` are provinces, or
    countries at peace: country, code, and rings of numbers of arcs (as in TopoJSON: `~n` runs backwards). `names`:
    countries and where to write them.
    """
    codes = {name: found.iso2 for name in {row.country for row in placed if row.country} if (found := find(name))}
    seen = Counter(codes[row.country] for row in placed if row.country in codes)
    fought = {found.iso2 for name in named if (found := find(name))} & set(seen)
    most = [code for code, _ in seen.most_common() if code in fought or not fought][:1]
    if not most:  # nobody says anything of any place: the first country of the war
        most = [found.iso2 for name in named if (found := find(name))][:1]
    homes = frozenset(fought or most)
    every = [(row.lon or 0, row.lat or 0) for row in placed]
    mainly = [(row.lon or 0, row.lat or 0) for row in placed if codes.get(row.country or "") in most]
    known = outlines()
    whole = not every and any(unit.country in most for unit in known.units)
    frame = known.extent(most[0]) if whole else _shown(known, mainly or every, most)
    return _ground(frame, shapes.box(every) if every else frame, homes)


def _shown(known: Outlines, points: list[tuple[float, float]], most: list[str]) -> Box:
    """What the picture would show of these points, but no further around the country than they reach themselves."""
    found = scene.extent(known, points, most)
    boxes = [shapes.box(points)] if points else []
    boxes += [known.extent(code) for code in most if any(unit.country == code for unit in known.units)]
    if len(boxes) < 2:
        return found
    edge = 0.03 * (boxes[1][2] - boxes[1][0])
    west, south, east, north = (f(side) for f, side in zip((min, min, max, max), zip(*boxes, strict=True), strict=True))
    return (
        max(found[0], west - edge),
        max(found[1], south - edge),
        min(found[2], east + edge),
        min(found[3], north + edge),
    )


@functools.lru_cache(maxsize=8)
def _ground(frame: Box, all_of_it: Box, homes: frozenset[str]) -> dict[str, Any]:
    land = outlines()
    west, south, east, north = (f(a, b) for f, a, b in zip((min, min, max, max), frame, all_of_it, strict=True))
    wide, high = (max(_LEAST, _AROUND * side) for side in (frame[2] - frame[0], frame[3] - frame[1]))
    bounds = max(-180.0, west - wide), max(-80.0, south - high), min(180.0, east + wide), min(84.0, north + high)
    units = list(land.near(bounds))
    shown = _pieces(land, units, homes)
    used = sorted({n if n >= 0 else ~n for _, _, rings in shown for ring in rings for n in ring})
    number = {arc: n for n, arc in enumerate(used)}
    kinds = [_kind(land, arc, homes) for arc in used]
    return {
        "scale": _SCALE,
        "frame": [round(side, 3) for side in frame],
        "bounds": [round(side, 3) for side in bounds],
        "homes": sorted(homes),
        "arcs": [_packed(_thin(land, arc, kind, homes, frame)) for arc, kind in zip(used, kinds, strict=True)],
        "kinds": kinds,
        "units": [[country, code, _numbered(rings, number)] for country, code, rings in shown],
        "names": [[name, *at] for name, at in _names(units, frame, homes)],
    }


def _kind(land: Outlines, arc: int, homes: frozenset[str]) -> int:
    sides = land.sides[arc]
    if len(sides) < 2:
        return COAST
    if len({unit.country for unit in sides}) > 1:
        return BORDER
    return PROVINCE if sides[0].country in homes else HIDDEN


def _thin(land: Outlines, arc: int, kind: int, homes: frozenset[str], frame: Box) -> Ring:
    line = land.arcs[arc]
    if kind == HIDDEN and line[0] != line[-1]:
        return [line[0], line[-1]]
    near = any(unit.country in homes for unit in land.sides[arc]) and shapes.meet(land.boxes[arc], frame)
    return shapes.thinned(line, _FINE if near else _COARSE)


def _packed(line: Ring) -> list[int]:
    packed: list[int] = []
    x = y = 0
    for lon, lat in line:
        east, north = round(lon * _SCALE), round(lat * _SCALE)
        packed += (east - x, north - y)
        x, y = east, north
    return packed


def _numbered(rings: list[list[int]], number: dict[int, int]) -> list[list[int]]:
    return [[number[n] if n >= 0 else ~number[~n] for n in ring] for ring in rings]


def _pieces(land: Outlines, units: list[Unit], homes: frozenset[str]) -> list[tuple[str, str, list[list[int]]]]:
    """Provinces of the countries at war, each by itself; all others as one piece a country: country, code, rings."""
    pieces = [(unit.country, unit.code, unit.numbers) for unit in units if unit.country in homes]
    for country in sorted({unit.country for unit in units} - homes):
        own = [n for unit in units if unit.country == country for ring in unit.numbers for n in ring]
        inner = set(own) & {~n for n in own}
        pieces.append((country, "", _chained(land, [n for n in own if n not in inner])))
    return pieces


def _chained(land: Outlines, numbers: list[int]) -> list[list[int]]:
    """Borders put end to end until they close."""

    def ends(n: int) -> tuple[Point, Point]:
        line = land.arcs[n if n >= 0 else ~n]
        return (line[0], line[-1]) if n >= 0 else (line[-1], line[0])

    starting: dict[Point, list[int]] = {}
    for n in numbers:
        starting.setdefault(ends(n)[0], []).append(n)
    rings = []
    for first in numbers:
        start, at = ends(first)
        if first not in starting.get(start, ()):
            continue
        starting[start].remove(first)
        ring = [first]
        while at != start and starting.get(at):
            ring.append(starting[at].pop())
            at = ends(ring[-1])[1]
        across = shapes.box(point for n in ring for point in land.arcs[n if n >= 0 else ~n])
        if max(across[2] - across[0], across[3] - across[1]) >= _SPECK:
            rings.append(ring)
    return rings


def _names(units: list[Unit], frame: Box, homes: frozenset[str]) -> list[tuple[str, tuple[float, float]]]:
    """Names of the countries around, where there is room for them."""
    found = []
    scale = (frame[2] - frame[0]) / 10
    for code in sorted({unit.country for unit in units} - homes):
        country = countries.by_code(code)
        rings = [ring for unit in units if unit.country == code for ring in unit.rings]
        shown = [clipped for ring in rings if len(clipped := shapes.within(ring, frame)) > 2]
        if country is None or not shown:
            continue
        largest = max(shown, key=lambda ring: (b := shapes.box(ring))[2] - b[0] + b[3] - b[1])
        coarse = shapes.thinned(largest, _COARSE)
        room = shapes.room([coarse], frame, len(country.name) * _LETTER * scale / 2, _LINE * scale, 16)
        if room:
            found.append((country.name, (round(room[0], 2), round(room[1], 2))))
    return found
