"""Names beside their marks: each takes the first free place around it; what finds none is told in the list only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from counterclaim.exports.map import shapes
from counterclaim.exports.map.shapes import Box, Point


class Wish(NamedTuple):
    """A name to be placed: where its mark is and how big (0: a region), the words, the size of the letters."""

    at: Point
    radius: float
    words: str
    size: float


class Label(NamedTuple):
    """A name that found its place: where its line begins, is centred or ends (`anchor`)."""

    x: float
    y: float
    anchor: str
    words: str
    size: float


#: Width of a letter as a share of its size, narrow, common and wide ones.
_NARROW, _WIDE = frozenset("iljtfI.,:;'’|()1 ·"), frozenset("mwMW—…")


def width(words: str, size: float) -> float:
    """About how wide some words are in a plain sans serif."""
    return size * sum(0.3 if c in _NARROW else 0.87 if c in _WIDE else 0.68 if c.isupper() else 0.55 for c in words)


def shortened(words: str, size: float, most: float) -> str:
    """Words cut to `most` width, between words."""
    if width(words, size) <= most:
        return words
    kept = words.split(" ")
    while len(kept) > 1 and width(" ".join(kept) + "…", size) > most:
        kept.pop()
    return " ".join(kept).rstrip(",;:") + "…"


def place(wishes: Sequence[Wish], frame: Box, taken: Iterable[Box] = ()) -> list[Label | None]:
    """A label for each wish, in order of weight; None where there is no room. Marks are never covered."""
    full = [*taken, *(_box(w.at[0] - w.radius, w.at[1], 2 * w.radius, 2 * w.radius) for w in wishes if w.radius)]
    marks = [n for n, wish in enumerate(wishes) if wish.radius]
    own = {wish: len(full) - len(marks) + n for n, wish in enumerate(marks)}
    found: list[Label | None] = []
    for number, wish in enumerate(wishes):
        wide, high = width(wish.words, wish.size), wish.size * 1.1
        label = None
        for x, y, anchor in _places(wish, high):
            left = x - (wide if anchor == "end" else wide / 2 if anchor == "middle" else 0)
            box = _box(left, y, wide, high)
            clear = not any(shapes.meet(box, other) for n, other in enumerate(full) if n != own.get(number))
            if clear and _in(box, frame):
                label = Label(x, y + wish.size * 0.35, anchor, wish.words, wish.size)
                full.append(box)
                break
        found.append(label)
    return found


def _places(wish: Wish, high: float) -> Iterable[tuple[float, float, str]]:
    """Middles of the line, best first: right, left, above, below, then the corners."""
    (x, y), r = wish.at, wish.radius + 3
    if not wish.radius:
        yield x, y, "middle"
        for up in (1.2, -1.2, 2.4, -2.4):
            yield x, y + up * high, "middle"
        return
    yield from ((x + r, y, "start"), (x - r, y, "end"))
    yield from ((x, y - r - high / 2, "middle"), (x, y + r + high / 2, "middle"))
    for side, anchor in ((1, "start"), (-1, "end")):
        for up in (-1, 1):
            yield x + side * r * 0.7, y + up * (r * 0.6 + high / 2), anchor
    for up in (-1, 1):
        yield x, y + up * (r + 1.6 * high), "middle"


def around(words: str, at: Point, size: float) -> Box:
    """The room that words take which are centred on a point."""
    return _box(at[0] - width(words, size) / 2, at[1], width(words, size), size)


def _box(left: float, middle: float, wide: float, high: float) -> Box:
    return left - 1, middle - high / 2, left + wide + 1, middle + high / 2


def _in(box: Box, frame: Box) -> bool:
    return box[0] >= frame[0] and box[1] >= frame[1] and box[2] <= frame[2] and box[3] <= frame[3]
