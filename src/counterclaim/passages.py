"""Report text → passages: its parts, each with a kind, so that a photo credit is never read as a speaker."""

from __future__ import annotations

import re

from counterclaim.types import Passage, Span

_LINE = re.compile(r"[^\n]+")
_MARK = re.compile(r"\s*(?:#{1,6}\s+|[-*•]\s+|\d+\.\s+)?")


def split(text: str) -> tuple[Passage, ...]:
    """Cut `text` into passages, in order, each within one line."""
    found: list[Passage] = []
    for line in _LINE.finditer(text):
        body = line.group().rstrip()
        start = line.start() + (m.end() if (m := _MARK.match(body)) else 0)
        end = line.start() + len(body)
        if start < end:
            found.append(Passage(kind="headline" if not found else "paragraph", span=Span(start, end)))
    return tuple(found)
