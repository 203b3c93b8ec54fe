"""Plane geometry for the map: what is inside what, what is left of a shape when it is cut, who is nearest."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

Point = tuple[float, float]
Ring = list[Point]
Box = tuple[float, float, float, float]
"""Least x and y, greatest x and y."""


def box(points: Iterable[Point]) -> Box:
    """The least box around some points."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def meet(a: Box, b: Box) -> bool:
    """Whether two boxes have a point in common."""
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def inside(point: Point, rings: Iterable[Sequence[Point]]) -> bool:
    """Whether a point lies inside a shape of rings (those within others are holes)."""
    x, y = point
    odd = False
    for ring in rings:
        before = ring[-1]
        for after in ring:
            (ax, ay), (bx, by) = before, after
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                odd = not odd
            before = after
    return odd


def half(ring: Sequence[Point], a: float, b: float, c: float) -> Ring:
    """What of a ring lies where a·x + b·y ≤ c (Sutherland and Hodgman 1974)."""
    kept: Ring = []
    if not ring:
        return kept
    before = ring[-1]
    was = a * before[0] + b * before[1] - c
    for point in ring:
        now = a * point[0] + b * point[1] - c
        if (now <= 0) != (was <= 0):
            share = was / (was - now)
            kept.append((before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])))
        if now <= 0:
            kept.append(point)
        before, was = point, now
    return kept


def within(ring: Sequence[Point], frame: Box) -> Ring:
    """What of a ring lies in a box."""
    found = half(ring, -1, 0, -frame[0])
    found = half(found, 1, 0, frame[2])
    found = half(found, 0, -1, -frame[1])
    return half(found, 0, 1, frame[3])


def cut(ring: Sequence[Point], convex: Sequence[Point]) -> Ring:
    """What of a ring lies in a convex one whose points run clockwise as seen (y downwards)."""
    found: Ring = list(ring)
    before = convex[-1]
    for point in convex:
        a, b = point[1] - before[1], before[0] - point[0]
        found = half(found, a, b, a * before[0] + b * before[1])
        before = point
    return found


def disc(centre: Point, radius: float, corners: int = 40) -> Ring:
    """A circle as a ring, clockwise as seen."""
    turn = 2 * math.pi / corners
    return [(centre[0] + radius * math.cos(turn * n), centre[1] + radius * math.sin(turn * n)) for n in range(corners)]


def cell(centre: Point, radius: float, others: Iterable[Point]) -> Ring:
    """What of a disc is nearer to its middle than to any of `others` (a Voronoi cell of limited reach)."""
    found = disc(centre, radius)
    for other in others:
        a, b = other[0] - centre[0], other[1] - centre[1]
        if 0 < math.hypot(a, b) < 2 * radius:
            middle = ((centre[0] + other[0]) / 2, (centre[1] + other[1]) / 2)
            found = half(found, a, b, a * middle[0] + b * middle[1])
    return found


def runs(line: Sequence[Point], frame: Box) -> list[Ring]:
    """The pieces of a line that come into a box, with one point more at either end."""
    found: list[Ring] = []
    piece: Ring = []
    for before, after in zip(line, line[1:], strict=False):
        if meet(box((before, after)), frame):
            if not piece:
                piece = [before]
            piece.append(after)
        elif piece:
            found.append(piece)
            piece = []
    return [*found, piece] if piece else found


def thinned(line: Sequence[Point], least: float) -> Ring:
    """A line without points closer than `least` to the one before; its ends stay."""
    kept: Ring = [line[0]]
    for point in line[1:-1]:
        if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= least:
            kept.append(point)
    return [*kept, line[-1]] if len(line) > 1 else kept


def room(rings: Sequence[Sequence[Point]], frame: Box, wide: float, high: float, steps: int = 22) -> Point | None:
    """The middle of a place for words, `wide` and `high` to either side, inside a shape; None where there is none."""
    shown = [clipped for ring in rings if len(clipped := within(ring, frame)) > 2]
    if not shown:
        return None
    left, top, right, bottom = box(point for ring in shown for point in ring)
    best: tuple[float, Point] | None = None
    for i in range(1, steps):
        for j in range(1, steps):
            x, y = left + (right - left) * i / steps, top + (bottom - top) * j / steps
            corners = ((x + sx * wide, y + sy * high) for sx in (-1, -0.5, 0, 0.5, 1) for sy in (-1, 1))
            if all(inside(corner, shown) for corner in corners):
                free = min(max(abs(x - a) - wide, abs(y - b) - high) for ring in shown for a, b in ring)
                if free > 0 and (best is None or free > best[0]):
                    best = free, (x, y)
    return best[1] if best else None
