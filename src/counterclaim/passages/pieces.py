"""Pieces within a line: a stamp in front, a dateline, a caption with its credit, an embedded post's signature."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from counterclaim.passages.furniture import GLUED, agencies, is_credit
from counterclaim.types import PassageKind

Piece = tuple[PassageKind | None, int, int]

_BRACKET = re.compile(r"[\[(]([^\[\]()]{2,110})[\])]\.?$")
_LABEL = re.compile(
    r"(?:Photo(?:graph)?|Picture|Image|Credit|Source|Graphic)s?(?:\sby)?:\s[^:]{2,80}(?:\s\w+:\s[^:]{2,60})?$"
)
_NAMES = re.compile(r"[A-Z][\w.'’-]+(?:[\s/][A-Z][\w.'’-]+){1,6}")
_WIDE = re.compile(r"[ \t\u00a0]{5,}")
_SENTENCE = re.compile(r"[.!?…][\"”’')\]]{0,2}\s+(?=[A-Z“\"‘'\d])")
_POST = re.compile(
    r"(?:(?:pic\.twitter\.com/\w+|https?://t\.co/\w+)\s+)?[—–-]\s[^@\n]{1,60}\(@\w{1,20}\)(?:\s[A-Z][a-z]{2,8}\s\d{1,2},\s\d{4})?"
)
_CAPS = r"[A-ZÀ-Þ][A-ZÀ-Þ'’./-]+"
_NAME = r"[A-Z][\w.'’-]+"
_COUNTRY = r"(?:,\s[A-Z][\w.]+(?:\s[A-Z][\w.]+){0,2})?"
_ON = r"(?:,\s(?:[A-Z][a-z]+\.?\s\d{1,2}|\d{1,2}\s[A-Z][a-z]+)(?:,?\s\d{4})?)?"
_BY = r"\([A-Z][\w -]{1,28}\)"
_DATELINE = re.compile(
    rf"(?:{_CAPS}(?:[\s,]{{1,2}}{_CAPS}){{0,3}}{_COUNTRY}{_ON}(?:,?\s{_BY})?"  # KALVA, Country, March 3 (Agency)
    rf"|{_NAME}(?:[\s/]{_NAME}){{0,3}}{_COUNTRY}\s?(?:{_BY}|/[A-Z]{{2,6}}/)"  # Kalva, Country (Agency)
    r"|(?:CNN|AP|AFP|Reuters|BBC|UPI|TASS|NPR))\s?(?:--|[—–-])(?:\s+|$)"
)


@functools.cache
def _photo() -> re.Pattern[str]:
    return re.compile(
        rf"(?:Photograph|Photo|Composite|Illustration|Picture):\s[^\n:]{{0,80}}?{agencies()}(?![\w/]|\s?(?:Images|Agency|Photo)\b)"
    )


def pieces(text: str, first: bool = False, caption: bool = False) -> Iterator[Piece]:
    """Cut one line into (special kind or None, start, end) in order.

    `first`: a dateline may stand here. `caption`: it is one, so that a bracket or "Photo: …" at its end is its credit.
    """
    at = 0
    if text[:1].isdigit() or text.startswith(("From ", "[")):
        if m := GLUED.match(text):
            yield "timestamp", 0, m.end()
            at = m.end()
    elif first and (m := _DATELINE.match(text[:120])):
        yield "dateline", 0, m.end()
        at = m.end()
    for part_start, part_end in _parts(text, at):
        yield from _credited(text, part_start, part_end, caption)


def _parts(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Cut at wide gaps: where a page lost its line breaks, furniture often stands behind one."""
    for gap in _WIDE.finditer(text, start):
        if gap.start() > start:
            yield start, gap.start()
        start = gap.end()
    if start < len(text):
        yield start, len(text)


def _credited(text: str, start: int, end: int, caption: bool) -> Iterator[Piece]:
    """Cut at credits inside the line; the sentence before one is its caption. And at signatures of embedded posts."""
    cuts: list[tuple[int, int, PassageKind]] = []
    if ":" in text:
        cuts += ((m.start(), m.end(), "credit") for m in _photo().finditer(text, start, end))
    if "(@" in text:
        cuts += ((m.start(), m.end(), "byline") for m in _POST.finditer(text, start, end))
    if not cuts and text[end - 1] in "])." and (m := _BRACKET.search(text, max(start, end - 115), end)):
        named = m.group()[0] == "[" and (caption or _NAMES.fullmatch(m.group(1)))
        if named or is_credit(m.group().removesuffix(".")) or is_credit(m.group(1)):
            cuts.append((m.start(), m.end(), "credit"))
    if not cuts and caption and (m := _LABEL.search(text, start, end)):
        cuts.append((m.start(), m.end(), "credit"))
    for cut, after, kind in sorted(cuts):
        if cut < start:
            continue
        if kind == "credit" and cut > start and not caption:
            head = _caption_start(text, start, cut)
            if head > start:
                yield None, start, head
            yield "caption", head, cut
        elif cut > start:
            yield None, start, cut
        yield kind, cut, after
        start = after
    if start < end:
        yield None, start, end


def _caption_start(text: str, start: int, end: int) -> int:
    """Where the last sentence before `end` begins."""
    last = start
    for m in _SENTENCE.finditer(text, max(start, end - 500), end - 1):
        last = m.end()
    return last
