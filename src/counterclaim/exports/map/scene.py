"""What lies where on the sheet: the land, the shading around towns with evidence, their marks and their names.

Nothing is drawn that nobody said: shading ends at a town's reach, at the next town with evidence and at the border of
its country; a claim alone has a mark and no shading; a province is drawn as an outline, never as a town.
"""

from __future__ import annotations

import functools
import math
import statistics
import tomllib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import Protocol, TypeVar

import msgspec

from counterclaim import countries
from counterclaim.conflict import Line
from counterclaim.exports.map import labels, shapes
from counterclaim.exports.map.globe import FARTHEST, Globe
from counterclaim.exports.map.outlines import Outlines, Unit, outlines
from counterclaim.exports.map.shapes import Box, Point, Ring
from counterclaim.views.map import MapView, PlaceLine
from counterclaim.views.rows import ControlRow

#: UCDP where_prec from which on a place is no town but a stretch of country.
VAGUE = 4
#: The map shows the whole country where the evidence reaches over this share of it.
_WHOLE = 0.3
#: Room around the evidence, as a share of its extent, and its least extent in kilometres.
_ROOM, _LEAST_KM = 0.16, 70.0
_Lines = tuple[list[Ring], list[Ring], list[Ring]]
#: Radius of a region that no outline is known for, at most, as a share of the sheet's width.
_VAGUEST = 0.05
#: Points closer than this on the sheet, in units of the canvas, are one.
_FINE = 0.5


class Placed(Protocol):
    """Whatever lies somewhere."""

    @property
    def lat(self) -> float | None: ...  # noqa: D102
    @property
    def lon(self) -> float | None: ...  # noqa: D102
    @property
    def country(self) -> str | None: ...  # noqa: D102


P = TypeVar("P", bound=Placed)


class _Reach(msgspec.Struct, forbid_unknown_fields=True):
    km: list[float]
    vague_km: float
    off_km: float


class _Fade(msgspec.Struct, forbid_unknown_fields=True):
    days: list[int]
    strength: list[float]


class _Colours(msgspec.Struct, forbid_unknown_fields=True):
    light: list[str]
    dark: list[str]


class _Canvas(msgspec.Struct, forbid_unknown_fields=True):
    wide: int
    narrow: int
    highest: float
    lowest: float


class Look(msgspec.Struct, forbid_unknown_fields=True):
    """How maps are drawn: `lexicon/map.toml` says what each means."""

    reach: _Reach
    fade: _Fade
    colours: _Colours
    canvas: _Canvas


@functools.cache
def look() -> Look:
    """The look that the program comes with."""
    data = resources.files("counterclaim.lexicon").joinpath("map.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(data), Look)


@dataclass
class Mark:
    """A town or region on the sheet: its row, where it lies, what is shaded around it (rings), how strongly."""

    row: ControlRow
    at: Point
    vague: bool
    shade: list[Ring] = field(default_factory=list)
    strength: float = 0.0
    outline: list[Ring] = field(default_factory=list)
    """A province told as a whole, or a circle around a region that no outline is known for."""


@dataclass
class Scene:
    """A map laid out on a sheet of `width` by `height` units; all points are on it."""

    width: float
    height: float
    km: float
    """Units of the sheet to a kilometre."""
    land: list[tuple[bool, list[Ring]]]
    """Countries as rings, and whether the war is fought there."""
    borders: list[Ring]
    provinces: list[Ring]
    coasts: list[Ring]
    names: list[tuple[str, Point]]
    small: float
    """Size of the letters of countries' names."""
    lines: list[tuple[Line, list[Ring], list[Ring]]]
    """Lines from before the war: closed areas, open paths."""
    marks: list[Mark]
    off: list[ControlRow]
    """Places with no point, or too far away: told in the list only."""


def vague(row: ControlRow | PlaceLine) -> bool:
    """Whether a place is a region rather than a town."""
    return row.precision >= VAGUE or row.kind in ("province", "region", "admin1", "district")


def strength(age: int | None) -> float:
    """How strong the shading of a word of that age is."""
    fade = look().fade
    return next((s for d, s in zip(fade.days, fade.strength, strict=False) if (age or 0) <= d), fade.strength[-1])


def reach(row: ControlRow | PlaceLine) -> float:
    """Kilometres that a town's word is drawn for."""
    km = look().reach.km
    return km[min(len(km), max(1, row.precision)) - 1]


def split(view: MapView) -> tuple[list[ControlRow], list[ControlRow]]:
    """The places that can be drawn, and those without a point or too far from the middle of the rest."""
    drawn = close_by(view.places, view.countries)
    there = {id(row) for row in drawn}
    return drawn, [row for row in view.places if id(row) not in there]


def close_by(rows: Iterable[P], home: Collection[str]) -> list[P]:
    """The places that have a point and lie not too far from the middle of those in the countries of the war."""
    placed = [row for row in rows if row.lat is not None and row.lon is not None]
    near = [row for row in placed if row.country in home] or placed
    if not near:
        return []
    middle = Globe(statistics.median(r.lon or 0 for r in near), statistics.median(r.lat or 0 for r in near))
    far = look().reach.off_km
    flat = ((row, middle.flat(row.lon or 0, row.lat or 0)) for row in placed)
    return [row for row, (x, y) in flat if abs(x) <= far and abs(y) <= far]


def scene(view: MapView, width: float) -> Scene:
    """Lay a map out on a sheet of that width."""
    land = outlines()
    drawn, off = split(view)
    at = {id(row): land.at(row.lon or 0, row.lat or 0) for row in drawn}
    homes = _homes(view, [unit for unit in at.values() if unit])
    west, south, east, north = extent(land, [(row.lon or 0, row.lat or 0) for row in drawn], homes)
    globe = Globe((west + east) / 2, (south + north) / 2)
    corners = [globe.flat(lon, lat) for lon in (west, (west + east) / 2, east) for lat in (south, north)]
    left, top, right, bottom = _shaped(shapes.box(corners))
    km = width / (right - left)
    sheet = _Sheet(globe, left, top, km, width, (bottom - top) * km)
    units = [u for u in land.near((west - 8, south - 5, east + 8, north + 5)) if sheet.shows(u)]
    borders, provinces, coasts = sheet.lines(land, units, homes)
    made = Scene(
        width=width, height=sheet.height, km=km, land=sheet.land(units, homes), borders=borders, provinces=provinces,
        coasts=coasts, names=sheet.names(units, homes), small=sheet.small,
        lines=[sheet.line(land, line) for line in view.lines],
        marks=[Mark(row, sheet.point(row.lon or 0, row.lat or 0), vague(row)) for row in drawn], off=off,
    )  # fmt: skip
    for mark in made.marks:
        _shade(mark, made, sheet, at[id(mark.row)], land)
    made.lines = [(line, areas, paths) for line, areas, paths in made.lines if areas or paths]
    return made


def spread(points: list[Point], least: float) -> list[Point]:
    """Where marks go so that none covers another: one that is too close to an earlier one moves away from it."""
    found: list[Point] = []
    for x, y in points:
        for _ in range(8):
            near = next(((a, b) for a, b in found if math.hypot(x - a, y - b) < least - 0.01), None)
            if near is None:
                break
            dx, dy = x - near[0], y - near[1]
            far = math.hypot(dx, dy)
            dx, dy = (dx / far, dy / far) if far > least / 20 else (0.8, 0.6)
            x, y = near[0] + dx * least, near[1] + dy * least
        found.append((x, y))
    return found


def _homes(view: MapView, units: list[Unit]) -> frozenset[str]:
    """The countries the war is fought in, by code: those of the profile where there is evidence, else where most is."""
    seen = [unit.country for unit in units]
    named = {found.iso2 for name in view.countries if (found := countries.find(name))} & set(seen)
    return frozenset(named or ([max(set(seen), key=lambda c: (seen.count(c), c))] if seen else []))


def extent(land: Outlines, points: Sequence[Point], homes: Collection[str]) -> Box:
    """Degrees to be shown: the evidence with room around it, or the country it reaches over."""
    if not points:
        return (-10.0, 30.0, 40.0, 60.0)
    west, south, east, north = shapes.box(points)
    degrees = _LEAST_KM / 111
    room = max(_ROOM * max(east - west, north - south), degrees / 2)
    found = (west - room * 1.4, south - room, east + room * 1.4, north + room)
    for code in sorted(homes):
        whole = land.extent(code)
        if max((east - west) / (whole[2] - whole[0]), (north - south) / (whole[3] - whole[1])) >= _WHOLE:
            edge = 0.03 * max(whole[2] - whole[0], whole[3] - whole[1])
            found = (
                min(found[0], whole[0] - edge), min(found[1], whole[1] - edge),
                max(found[2], whole[2] + edge), max(found[3], whole[3] + edge),
            )  # fmt: skip
    return found


def _shaped(frame: Box) -> Box:
    """A frame made wider or higher, so that the sheet has a fair shape."""
    left, top, right, bottom = frame
    wide, high, canvas = right - left, bottom - top, look().canvas
    more_high = max(0.0, canvas.lowest * wide - high) / 2
    more_wide = max(0.0, high / canvas.highest - wide) / 2
    return left - more_wide, top - more_high, right + more_wide, bottom + more_high


def _shade(mark: Mark, scene: Scene, sheet: _Sheet, unit: Unit | None, land: Outlines) -> None:
    """What is shaded around a mark: nothing for a claim; a town's cell; a region as a whole, but weaker."""
    row = mark.row
    if mark.vague:
        whole = whole_of(row.place, row.geonames_id, unit, land)
        told = (areas for line, areas, _ in scene.lines if areas and line.title.startswith(row.place))
        mark.outline = sheet.rings(whole.rings) if whole else next(told, [_around(sheet, mark.at)])
        mark.strength = strength(row.age) / 2 if row.standing in ("held", "besieged", "contested") else 0.0
        return
    if row.standing not in ("held", "besieged", "contested"):
        return
    others = [m.at for m in scene.marks if m is not mark and not m.vague and m.at != mark.at]
    cell = shapes.cell(mark.at, reach(row) * scene.km, others)
    mark.strength = strength(row.age)
    if len(cell) < 3:
        return
    country = [u for u in land.units if unit and u.country == unit.country] if unit else []
    frame = shapes.box(cell)
    near = (ring for u in country for ring in sheet.rings(u.rings) if shapes.meet(shapes.box(ring), frame))
    pieces = (shapes.cut(ring, cell) for ring in near)
    mark.shade = [piece for piece in pieces if len(piece) > 2]


def _around(sheet: _Sheet, at: Point) -> Ring:
    return shapes.disc(at, min(look().reach.vague_km * sheet.km, _VAGUEST * sheet.width), 56)


def whole_of(place: str, geonames_id: int | None, unit: Unit | None, land: Outlines) -> Unit | None:
    """The province that a place is: by its GeoNames number, else `unit` if their names begin alike."""
    if geonames_id and (found := next((u for u in land.units if u.geonames == geonames_id), None)):
        return found
    names = countries.fold(place)
    return unit if unit and unit.name and names.startswith(countries.fold(unit.name)[:6]) else None


class _Sheet:
    """Takes degrees to the sheet, and cuts at its edges."""

    def __init__(self, globe: Globe, left: float, top: float, km: float, width: float, height: float) -> None:
        self.globe, self.left, self.top, self.km, self.width, self.height = globe, left, top, km, width, height
        self.frame: Box = (-8.0, -8.0, width + 8, height + 8)
        self.small = max(9.0, width / 80)
        self._rings: dict[int, list[Ring]] = {}

    def point(self, lon: float, lat: float) -> Point:
        """A point of the sheet."""
        x, y = self.globe.flat(lon, lat)
        return (x - self.left) * self.km, (y - self.top) * self.km

    def shows(self, unit: Unit) -> bool:
        """Whether something of a province is on the sheet."""
        return bool(self.rings(unit.rings))

    def rings(self, rings: list[Ring]) -> list[Ring]:
        """Closed shapes, cut at the edges."""
        if (key := id(rings)) not in self._rings:
            made = (self._cut(ring) for ring in rings)
            self._rings[key] = [ring for ring in made if len(ring) > 2]
        return self._rings[key]

    def _cut(self, ring: Ring) -> Ring:
        near = [(lon, lat) for lon, lat in ring if abs((lon - self.globe.lon + 180) % 360 - 180) < FARTHEST]
        flat = [self.point(lon, lat) for lon, lat in near]
        if not flat or not shapes.meet(shapes.box(flat), self.frame):
            return []
        return shapes.thinned(shapes.within(flat, self.frame) or flat[:1], _FINE)

    def land(self, units: Iterable[Unit], homes: frozenset[str]) -> list[tuple[bool, list[Ring]]]:
        """Countries as rings."""
        by_country: dict[str, list[Ring]] = {}
        for unit in units:
            by_country.setdefault(unit.country, []).extend(self.rings(unit.rings))
        return [(country in homes, rings) for country, rings in by_country.items()]

    def lines(self, land: Outlines, units: list[Unit], homes: frozenset[str]) -> _Lines:
        """Borders of countries, of provinces where the war is fought, and coasts."""
        kinds: _Lines = ([], [], [])
        for arc in sorted({arc for unit in units for arc in unit.arcs}):
            sides = {unit.country for unit in land.sides[arc]}
            kind = 2 if len(land.sides[arc]) < 2 else 0 if len(sides) > 1 else 1
            if kind == 1 and not sides & homes:
                continue
            points = land.arcs[arc]
            if any(abs((lon - self.globe.lon + 180) % 360 - 180) >= FARTHEST for lon, _ in (points[0], points[-1])):
                continue
            flat = [self.point(lon, lat) for lon, lat in points]
            kinds[kind].extend(shapes.thinned(run, _FINE) for run in shapes.runs(flat, self.frame))
        return kinds

    def names(self, units: list[Unit], homes: frozenset[str]) -> list[tuple[str, Point]]:
        """Names of countries, where there is room for them."""
        found = []
        inner: Box = (10.0, 10.0, self.width - 10, self.height - 10)
        for code in sorted({unit.country for unit in units}):
            country = countries.by_code(code)
            rings = [ring for unit in units if unit.country == code for ring in self.rings(unit.rings)]
            if country is None or code in homes or not rings:
                continue
            largest = max(rings, key=lambda ring: (b := shapes.box(ring))[2] - b[0] + b[3] - b[1])
            wide = labels.width(country.name.upper(), self.small) * 1.2
            at = shapes.room([largest], inner, wide / 2 + 6, self.small)
            if at is not None:
                found.append((country.name, at))
        return found

    def line(self, land: Outlines, line: Line) -> tuple[Line, list[Ring], list[Ring]]:
        """A line from before the war on the sheet."""
        areas = [ring for code in line.units if (unit := land.unit(code)) for ring in self.rings(unit.rings)]
        if line.area:
            areas += [ring for ring in [self._cut(list(line.area))] if len(ring) > 2]
        path = [self.point(lon, lat) for lon, lat in line.path]
        return line, areas, shapes.runs(path, self.frame)
