"""Quotation marks, paired paragraph by paragraph. Never refuses a text: an odd mark costs at most its own quotation.

Curly, straight, low and angle marks pair as the outer level; single marks pair as outer or, inside double ones, as
inner level. An apostrophe between letters, a plural possessive and an elision ('90s) are no marks. A mark left open
runs to the paragraph's end, and a paragraph that opens with a mark after one left open goes on with the same quotation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counterclaim.types import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Any mark that may open or close a quotation.
MARKS = "\"“”„‟«»‘’‚‛'`"
_DOUBLE = re.compile(r"[\"“”„‟«»]|``|''")
_SINGLE = re.compile(r"[‘’‚‛']")
_ELISION = re.compile(r"['’](?:\d0s|em\b|tis\b|twas\b|cause\b|til\b|n['’])", re.IGNORECASE)
_OPENS_AFTER = frozenset("([{—–-/:;,.…")
_END = ".!?…"
_CLOSING = ".,!?…"


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: `span` is the inside, without its marks. `inner` when it stands inside another one.

    `open` when no closing mark was found; `goes_on` when it takes up the quotation that the paragraph before left open.
    """

    span: Span
    inner: bool = False
    open: bool = False
    goes_on: bool = False

    def speech(self, text: str) -> bool:
        """Whether this can be speech by itself. One to three words without a stop are scare quotes or names."""
        inside = self.span.of(text).rstrip()
        return len(inside.split()) > 3 or inside.endswith((",", ".", "!", "?", "…"))


def pair(text: str, going_on: bool = False) -> tuple[Quote, ...]:
    """The quotations of one paragraph, outer before inner, in the order they open. Offsets count in `text`.

    `going_on`: the paragraph before left a quotation open. This one belongs to it where its first mark closes one.
    """
    outer = list(_double(text, 0 if going_on and _closes_first(text) else None))
    singles = [(a, b) for a, b in _single(text) if a < b]
    found = [Quote(Span(a, b), open=left) for a, b, left in outer if a < b]
    for a, b in singles:
        inside = any(x <= a and b <= y for x, y, _ in outer)
        if inside or not any(x < b and a < y for x, y, _ in outer):
            found.append(Quote(Span(a, b), inner=inside))
    return tuple(sorted(found, key=lambda q: (q.span.start, -q.span.end)))


def _closes_first(text: str) -> bool:
    """Whether the first double mark of a paragraph closes a quotation that opened before it."""
    match = _DOUBLE.search(text)
    if match is None or match.start() < 2:
        return False
    after = text[match.end()] if match.end() < len(text) else " "
    return not _looks_open(text[match.start() - 1], after)


def _double(text: str, opened: int | None = None) -> Iterator[tuple[int, int, bool]]:
    """Inside spans of double marks, and whether they were left open. `opened`: where one is open from the start."""
    for match in _DOUBLE.finditer(text):
        mark, start, end = match.group(), match.start(), match.end()
        before = text[start - 1] if start else " "
        after = text[end] if end < len(text) else " "
        opens = mark in "“„‟«" or mark == "``"
        if mark in {"“", "»"} and opened is not None and not before.isspace():
            opens = False  # German and Polish „…“, or a mark typed the wrong way round
        elif mark == '"':
            opens = _looks_open(before, after) if opened is None else before.isspace() and not after.isspace()
        elif mark == "»":
            opens = opened is None and _looks_open(before, after)
        elif mark == "«" and opened is not None and not before.isspace():
            opens = False
        elif mark == "”" and opened is None and before.isspace() and not after.isspace():
            opens = True  # ”Swedish” style
        if not opens:
            if opened is not None:
                yield opened, start, False
            opened = None
        elif opened is None:
            opened = end
        elif text[:start].rstrip()[-1:] in _END or mark == '"':
            yield opened, start, True  # the mark before was never closed
            opened = end
    if opened is not None:
        yield opened, len(text), True


def _looks_open(before: str, after: str) -> bool:
    return not after.isspace() and (before.isspace() or before in _OPENS_AFTER or before in MARKS)


def _single(text: str) -> Iterator[tuple[int, int]]:
    """Inside spans of single marks. A single mark that finds no partner is an apostrophe."""
    opened: int | None = None
    curly, close = False, None
    for match in _SINGLE.finditer(text):
        mark, i = match.group(), match.start()
        before = text[i - 1] if i else " "
        after = text[i + 1] if i + 1 < len(text) else " "
        can_open = (
            mark in "‘‚‛'" and not after.isspace() and not before.isalnum() and before not in ".,"
            and (mark != "'" or after.isalnum() or after in "[(“\"")
        )  # fmt: skip
        if can_open and not _ELISION.match(text, i):
            if opened is not None and close is not None:
                yield opened, close
                opened = close = None
            if opened is None or mark != "'":
                opened, curly, close = i + 1, mark != "'", None
            continue
        if opened is None or after.isalnum() or before.isspace() or (mark == "'") == curly:
            continue
        close = i
        if before in _CLOSING or before.lower() != "s" or not after.isspace():
            yield opened, i  # after a plural s it may be a possessive: wait for a better one
            opened = close = None
    if opened is not None and close is not None:
        yield opened, close
