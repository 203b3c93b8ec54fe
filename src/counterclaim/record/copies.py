"""Near copies: one wire story printed by many outlets is one story; a paragraph printed again is one paragraph.

A sketch is a bottom-k MinHash (Broder 1997) over runs of four words: the `MARKS` least hashes of them all. How much of
the shorter text the longer one holds is told from the marks below both sketches' ends, so that a copy cut to a part,
with a new lead, or with its paragraphs in another order is still a copy. Reports that tell of the same event in words
of their own, or quote the same statement, share far less.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable
from typing import TypeVar

#: Marks to a sketch; more marks, finer likeness.
MARKS = 192
#: Two reports are compared if they share so many seeds of their passages (`record.reprints`).
SHARED = 2
#: Words to a run.
RUN = 4
#: From here on a text is a copy: so much of the shorter one stands in the other.
LIKE = 0.5
#: Texts of fewer runs than this say too little to be anybody's copy.
LEAST = 8
#: Reports that one is compared with. Phrases of a whole trade are in more.
MOST = 16
T = TypeVar("T")
_WORD = re.compile(r"\w+")
_SCALE = 2654435761
_ALL = 0xFFFFFFFF


def runs(text: str, length: int = RUN) -> set[int]:
    """The hashes, below 2**32, of every run of `length` words."""
    words = _WORD.findall(text.casefold())
    return {
        zlib.crc32(" ".join(words[i : i + length]).encode("utf-8", "replace")) * _SCALE & _ALL
        for i in range(len(words) - length + 1)
    }


def sketch(text: str) -> tuple[int, ...]:
    """The sketch of `text`: at most `MARKS` numbers below 2**32, least first. Empty for a text of a few words."""
    found = runs(text)
    return tuple(sorted(found)[:MARKS]) if len(found) >= LEAST else ()


def likeness(a: tuple[int, ...], b: tuple[int, ...]) -> float:
    """About how much of the shorter text stands in the longer one, 0 to 1."""
    if not a or not b:
        return 0.0
    # A full sketch ends somewhere; what lies above that end was not kept, in either of the two.
    end = min(marks[-1] if len(marks) == MARKS else _ALL for marks in (a, b))
    low, high = ({m for m in marks if m <= end} for marks in (a, b))
    least = min(len(low), len(high))
    return len(low & high) / least if least else 0.0


def near(met: Iterable[T]) -> list[T]:
    """The reports worth comparing, of all that were `met` under a seed, those met most often first."""
    return [report for report, n in Counter(met).most_common(MOST) if n >= SHARED]


def folded(order: Iterable[str], found: Iterable[tuple[str, str, float]]) -> dict[str, str]:
    """Each report of `order` to the first report of its family, by the pairs `found`."""
    rank = {report: n for n, report in enumerate(order)}
    first = {report: report for report in rank}

    def top(report: str) -> str:
        while first[report] != report:
            first[report] = report = first[first[report]]
        return report

    for one, other, _ in found:
        if one in rank and other in rank:
            a, b = sorted((top(one), top(other)), key=rank.__getitem__)
            first[b] = a
    return {report: top(report) for report in rank}
