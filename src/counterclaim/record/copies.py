"""Near copies: one wire story printed by many outlets is one story.

A sketch is a one-permutation MinHash over runs of four words: 64 bins, each holding the least hash that fell into it.
Two sketches agree in about the share of bins that the two texts share of their runs (Jaccard), give or take 0.06.
Reports whose likeness reaches `LIKE` are copies of one another; their rows are still all kept and shown.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable

#: Number of bins of a sketch; more bins, finer likeness.
BINS = 64
#: Bins to a band: two reports are compared only if one whole band agrees.
BAND = 2
#: Words to a run.
RUN = 4
#: From here on two reports are copies: four in ten of all runs shared.
LIKE = 0.4
#: From here on a copy need not be compared with others itself.
TWIN = 0.95
_WORD = re.compile(r"\w+")
_NONE = 0xFFFFFFFF


def sketch(text: str) -> tuple[int, ...]:
    """The sketch of `text`: `BINS` numbers below 2**32. Empty for a text of less than one run."""
    words = _WORD.findall(text.casefold())
    if len(words) < RUN:
        return ()
    bins = [_NONE] * BINS
    for i in range(len(words) - RUN + 1):
        number = zlib.crc32(" ".join(words[i : i + RUN]).encode("utf-8", "replace"))
        where, rest = number % BINS, number // BINS
        if rest < bins[where]:
            bins[where] = rest
    return tuple(bins)


def likeness(a: tuple[int, ...], b: tuple[int, ...]) -> float:
    """The estimated share of runs that two texts have in common, 0 to 1; bins empty in both do not count."""
    pairs = [(x, y) for x, y in zip(a, b, strict=False) if x != _NONE or y != _NONE]
    return sum(x == y for x, y in pairs) / len(pairs) if pairs else 0.0


def families(sketches: Iterable[tuple[str, tuple[int, ...]]]) -> dict[str, str]:
    """Each report's id to the id of the first report of its family (itself where it has no copies).

    The order of `sketches` decides who is first: give the earliest report first.
    """
    first: dict[str, str] = {}
    kept: dict[str, tuple[int, ...]] = {}
    shelves: dict[tuple[int, tuple[int, ...]], list[str]] = defaultdict(list)
    for report, marks in sketches:
        kept[report] = marks
        keys = [(i, marks[i : i + BAND]) for i in range(0, len(marks), BAND) if marks[i] != _NONE]
        near = dict.fromkeys(other for key in keys for other in shelves[key])
        best = max(near, key=lambda other: likeness(marks, kept[other]), default=None)
        like = likeness(marks, kept[best]) if best is not None else 0.0
        first[report] = first[best] if best is not None and like >= LIKE else report
        if like < TWIN:  # what is like a twin finds the other one too
            for key in keys:
                shelves[key].append(report)
    return first
