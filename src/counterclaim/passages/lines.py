"""Text → lines without their marks, in blocks; what is front matter or comment; hard-wrapped lines joined again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

Mark = Literal["", "#", "-", "1", ">", "_", "!", "▲"]

#: Every character at which `str.splitlines` breaks.
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_HEADING = re.compile(r"(#{1,6})[ \t\u00a0]+")
_BULLET = re.compile(r"[-*+•●▪◦‣·■►▶➤][ \t\u00a0]+")
_NUMBER = re.compile(r"\(?\d{1,2}[.)][ \t\u00a0]+(?=\D)")
_QUOTED = re.compile(r">[ \t\u00a0]?")
_ARROW = re.compile(r"[▲△▼◀←↑→↓📷📸🎥🔗]+[ \t\u00a0]*")
_IMAGE = re.compile(r"!\[([^\[\]]*)\]\([^()]*(?:\([^()]*\)[^()]*)*\)")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)")
_RULE = re.compile(r"[-–—_*=~#.•·|\s]+")
#: What a line on top of a plain text may say of the report.
_TOP = re.compile(
    r"(?:title|headline|date|published|outlet|source|site|url|byline|author|language):\s+\S", re.IGNORECASE
)
_FIELD = re.compile(r"[A-Za-z][\w .-]{0,40}:(?:\s|$)")
#: White space, and characters that are nothing to see: soft and zero-width ones, the byte order mark.
_EMPTY = (
    " \t\u00a0\u00ad\u2000\u2001\u2002\u2003\u2007\u2009\u200a\u200b\u200c\u200d\u200e\u200f\u202f\u2060\u3000\ufeff"
)
_EMPHASIS = "*_`~"
_END = re.compile(r"[.!?…。؟][\"'”’»)\]]*$")
_SMALL = re.compile(
    r"\b(?:a|an|the|of|to|in|on|at|by|for|from|with|and|or|that|as|than|his|her|its|their|our|report from)$"
)


@dataclass(slots=True)
class Line:
    """A line, or several that wrapped: where it stands without its marks, which mark it had, a gap before or not."""

    start: int
    end: int
    text: str
    mark: Mark = ""
    level: int = 0
    gap: bool = True
    hidden: bool = False
    linked: bool = False

    @property
    def ended(self) -> bool:
        """Whether it ends like a sentence."""
        return ends(self.text)

    @property
    def words(self) -> int:
        """How many words, roughly."""
        return self.text.count(" ") + 1


def ends(text: str) -> bool:
    """Whether `text` ends like a sentence, quotation marks and brackets aside."""
    return _END.search(text, max(0, len(text) - 6)) is not None


def cut(text: str) -> list[Line]:
    """The lines of `text` that hold anything, with front matter and comments hidden and wrapped lines joined."""
    found: list[Line] = []
    last = 0
    for match in _LINE.finditer(text):
        start, end = _trim(text, match.start(), match.end())
        if start == end:
            continue
        gap = not found or text.count("\n", last, start) > 1 or text.count("\n", last, start) == 0
        found.append(_unmarked(text, start, end, gap))
        last = end
    _hide(text, found)
    return _joined(text, found)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EMPTY:
        start += 1
    while start < end and text[end - 1] in _EMPTY:
        end -= 1
    return start, end


def _unmarked(text: str, start: int, end: int, gap: bool) -> Line:
    """The line without list, heading, quote and emphasis marks, and a whole-line link without its address."""
    mark: Mark = ""
    level = 0
    linked = False
    if _RULE.fullmatch(text, start, end):
        return Line(start, end, text[start:end], gap=gap, hidden=True)
    for _ in range(4):  # "- ## Heading": marks may stand before marks
        before = start
        if m := _HEADING.match(text, start, end):
            mark, level, start = mark or "#", len(m.group(1)), m.end()
        elif m := _BULLET.match(text, start, end):
            mark, start = mark or "-", m.end()
        elif m := _NUMBER.match(text, start, end):
            mark, start = mark or "1", m.end()
        elif m := _QUOTED.match(text, start, end):
            mark, start = mark or ">", m.end()
        elif m := _ARROW.match(text, start, end):
            mark, start = mark or "▲", m.end()
        if start == before:
            break
    start, end = _trim(text, start, end)
    while end - start > 2 and text[start] in _EMPHASIS and text[start] == text[end - 1]:
        mark = mark or "_"
        start, end = _trim(text, start + 1, end - 1)
    if text.startswith("![", start) and (m := _IMAGE.fullmatch(text, start, end)):
        mark, (start, end) = "!", m.span(1)
    elif text.startswith("[", start) and (m := _LINK.fullmatch(text, start, end)):
        linked, (start, end) = True, m.span(1)
    start, end = _trim(text, start, end)
    return Line(start, end, text[start:end], mark, level, gap, linked=linked)


def _hide(text: str, lines: list[Line]) -> None:
    """Mark front matter, comments and fences as hidden."""
    first = next((i for i, line in enumerate(lines) if text[line.start : line.end].strip()), None)
    if first is not None and lines[first].text == "---":
        close = next((i for i in range(first + 1, min(len(lines), first + 200)) if lines[i].text == "---"), None)
        if close is not None and any(_FIELD.match(line.text) for line in lines[first + 1 : close]):
            for line in lines[first : close + 1]:
                line.hidden = True
    for line in lines:  # "Date: …" lines on top, where the text has no front matter
        if line.hidden or line.mark or not _TOP.match(line.text):
            break
        line.hidden = True
    inside = False
    for line in lines:
        raw = line.text
        opens, closes = raw.rfind("<!--"), raw.rfind("-->")
        line.hidden = line.hidden or inside or opens >= 0 or line.start == line.end
        inside = opens > closes if opens >= 0 or closes >= 0 else inside


def _joined(text: str, lines: list[Line]) -> list[Line]:
    """Lines that a narrow column broke, put together again."""
    width = _width(lines)
    kept: list[Line] = []
    for line in lines:
        before = kept[-1] if kept else None
        if (
            before
            and not line.gap
            and not line.mark
            and not (line.hidden or before.hidden)
            and _runs_on(before, line, width)
        ):
            before.end, before.text = line.end, text[before.start : line.end]
            continue
        kept.append(line)
    return kept


def _width(lines: list[Line]) -> int:
    """The column at which the text was wrapped, or 0 if it was not: most lines end where the next word had no room."""
    pairs = [(a, b) for a, b in pairwise(lines) if not b.gap and not b.mark and not (a.hidden or b.hidden)]
    width = max((a.end - a.start for a, _ in pairs), default=0)
    if len(pairs) < 3 or not 40 <= width <= 130:
        return 0
    full = sum(_full(a, b, width) for a, b in pairs)
    return width if 2 * full >= len(pairs) else 0


def _full(a: Line, b: Line, width: int) -> bool:
    last = a.text.rpartition("\n")[2]
    return len(last) + 1 + len(b.text.partition(" ")[0]) > width - 3


def _runs_on(a: Line, b: Line, width: int) -> bool:
    if a.mark == "#" or a.mark == "!":
        return False
    if width and _full(a, b, width):
        return True
    if a.ended or len(a.text) < 20 or b.text.startswith(("http", "@", "#")):
        return False
    return b.text[0].islower() or (b.text[0] in "\"“‘'" and _SMALL.search(a.text) is not None)


def fields(text: str) -> Iterator[tuple[str, str]]:
    """The `key: value` pairs on top of `text`, keys in lower case: front matter, or lines like "Date: 2022-03-03"."""
    lines = text[:20_000].lstrip(_EMPTY + "\r\n").splitlines()[:200]
    if not lines or ((front := lines[0].strip() == "---") and not any(line.strip() == "---" for line in lines[1:])):
        return
    for line in lines[1:] if front else lines:
        if line.strip() == "---" or not (front or _TOP.match(line)):
            return
        if _FIELD.match(line):
            key, _, value = line.partition(":")
            if value := value.strip().strip("\"'").strip():
                yield key.strip().lower(), value
