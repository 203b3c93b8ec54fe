"""The map as data (RFC 7946): places as points, what is shaded around them as areas, lines from before the war."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from counterclaim.conflict import Line
from counterclaim.exports.map import scene, wording
from counterclaim.exports.map.globe import Globe
from counterclaim.exports.map.outlines import outlines
from counterclaim.exports.map.shapes import Point, Ring, cell, disc
from counterclaim.views.map import MapView


def document(view: MapView) -> str:
    """One FeatureCollection; `role` tells a place from its reach and from a line."""
    made = {
        "type": "FeatureCollection",
        "title": f"{wording.heading(view)}, {wording.count(view)}".rstrip(", "),
        "date": view.date,
        "day": view.day,
        "known_on": view.known_on,
        "conflict": view.conflict,
        "sources": view.outlets,
        "note": wording.CLAIM,
        "attribution": wording.LAND,
        "features": [*_places(view), *_reaches(view), *_lines(view)],
    }
    return msgspec.json.format(msgspec.json.encode(made), indent=1).decode() + "\n"


def _places(view: MapView) -> Iterator[dict[str, Any]]:
    for row in view.places:
        point = None if row.lon is None or row.lat is None else {"type": "Point", "coordinates": [row.lon, row.lat]}
        about = msgspec.to_builtins(row)
        yield {
            "type": "Feature",
            "id": row.id,
            "geometry": point,
            "properties": {"role": "place", "says_who": wording.says(row), "in_words": wording.standing(row), **about},
        }


def _reaches(view: MapView) -> Iterator[dict[str, Any]]:
    """What a town's word is drawn for: a disc, less what is nearer to another town; a province as it is outlined."""
    drawn, _ = scene.split(view)
    towns = [row for row in drawn if not scene.vague(row)]
    for row in drawn:
        if row.standing not in ("held", "besieged", "contested"):
            continue
        globe = Globe(row.lon or 0, row.lat or 0)
        if scene.vague(row):
            ring = disc((0, 0), scene.look().reach.vague_km)
        else:
            others = [globe.flat(o.lon or 0, o.lat or 0) for o in towns if o is not row]
            ring = cell((0, 0), scene.reach(row), [o for o in others if o != (0, 0)])
        if len(ring) > 2:
            yield _area(
                [[globe.round(*point) for point in ring]],
                {"role": "reach", "of": row.id, "place": row.place, "standing": row.standing, "holder": row.holder,
                 "by": row.by, "strength": scene.strength(row.age), "vague": scene.vague(row)},
            )  # fmt: skip


def _lines(view: MapView) -> Iterator[dict[str, Any]]:
    land = outlines()
    for line in view.lines:
        about = _about(line)
        rings: list[Ring] = [ring for code in line.units if (unit := land.unit(code)) for ring in unit.rings]
        if line.area:
            rings.append(list(line.area))
        if rings:
            yield _area(rings, about)
        if line.path:
            shape = {"type": "LineString", "coordinates": [_rounded(p) for p in line.path]}
            yield {"type": "Feature", "geometry": shape, "properties": about}


def _about(line: Line) -> dict[str, Any]:
    about = {"title": line.title, "holder": line.holder, "since": line.since, "until": line.until, "rough": line.rough}
    return {"role": "line from before the war", **about}


def _area(rings: Sequence[Sequence[Point]], about: dict[str, Any]) -> dict[str, Any]:
    """An area of several rings, each its own polygon, counterclockwise as the standard asks."""
    polygons = [[[_rounded(p) for p in _turned(ring)]] for ring in rings]
    for polygon in polygons:
        polygon[0].append(polygon[0][0])
    if len(polygons) == 1:
        shape: dict[str, Any] = {"type": "Polygon", "coordinates": polygons[0]}
    else:
        shape = {"type": "MultiPolygon", "coordinates": polygons}
    return {"type": "Feature", "geometry": shape, "properties": about}


def _turned(ring: Sequence[Point]) -> list[Point]:
    twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))
    return list(ring) if twice > 0 else list(reversed(ring))


def _rounded(point: Point) -> list[float]:
    return [round(point[0], 4), round(point[1], 4)]
