"""Report text → passages: its parts, each with a kind, so that a photo credit is never read as a speaker.

A passage's span leaves out list, heading and emphasis marks, the address of a link that is the whole line, and the
space around it. Its words are never changed: where marks stand inside a passage, `blank` gives the same number of
characters with the marks as spaces, for a parser. Rules are in the order of `split`; the words they know are in
`lexicon/passages.toml`. Time grows with the length of the text, whatever it holds.
"""

from __future__ import annotations

import re

from counterclaim.passages.furniture import is_credit, is_dated, is_tail, kind_of
from counterclaim.passages.lines import Line, cut, fields
from counterclaim.passages.pieces import pieces
from counterclaim.types import Passage, PassageKind, Span

__all__ = ["blank", "fields", "split"]

_MARKUP = re.compile(
    r"(?P<link>!?\[)[^\[\]\n]{0,400}(?P<to>\]\([^()\s]{0,2000}\))|https?://\S{1,2000}|pic\.twitter\.com/\w+|\*\*|`+|__+|</?[a-zA-Z][^<>\n]{0,300}>"
)
_ALNUM = re.compile(r"\w+")
_TITLE = re.compile(r"(?:title|headline):\s*([\"']?)(.{8,300}?)\1\s*$", re.IGNORECASE)
_TALLY = re.compile(r"[^\d.]{2,60}[-–—:]\s?(?:[A-Za-z]+\s[-–—]?\s?)?\d[\d,.]*\+?$")


def blank(text: str) -> str:
    """`text` with links' brackets and addresses, tags and emphasis as spaces, character for character."""
    if not any(mark in text for mark in ("](", "http", "**", "`", "__", "<", "pic.tw")):
        return text
    return _MARKUP.sub(_spaces, text)


def _spaces(m: re.Match[str]) -> str:
    whole = m.group()
    if m.group("link") is None:
        return " " * len(whole)
    opened, closed = len(m.group("link")), len(m.group("to"))
    return " " * opened + whole[opened:-closed] + " " * closed


def split(text: str, headline: str | None = None) -> tuple[Passage, ...]:
    """Cut `text` into passages, in order, none overlapping. `headline` is the report's own, where it is known."""
    lines = cut(text)
    kinds: list[PassageKind | None] = ["junk" if line.hidden else kind_of(line.text, line.ended) for line in lines]
    _front(lines, kinds)
    _head(lines, kinds, headline)
    _repeats(lines, kinds)
    _furniture(lines, kinds)
    _heads(lines, kinds)
    return tuple(_passages(text, lines, kinds))


def _front(lines: list[Line], kinds: list[PassageKind | None]) -> None:
    """The title in the front matter is the headline."""
    for i, line in enumerate(lines):
        if not line.hidden:
            return
        if m := _TITLE.match(line.text):
            lines[i] = Line(line.start + m.start(2), line.start + m.end(2), m.group(2))
            kinds[i] = "headline"
            return


def _key(words: str) -> str:
    return " ".join(_ALNUM.findall(words.casefold()))


def _head(lines: list[Line], kinds: list[PassageKind | None], headline: str | None) -> None:
    """Headline and standfirst: the first lines of news, if they look or read like them."""
    news = [i for i, kind in enumerate(kinds) if kind is None][:8]
    if not news:
        return
    head = next((i for i, kind in enumerate(kinds) if kind == "headline"), None)
    if head is None and headline and (key := _key(headline)):
        for i in news:
            own = _key(lines[i].text)
            if not lines[i].text.endswith(".") and (own == key or (len(own) > 20 and (key.startswith(own) or own.startswith(key)))):
                head = i
                break
    first = lines[news[0]]
    if head is None and (first.mark != "-" and not first.ended or first.text[-1] in "?!") and len(first.text) <= 220:
        nested = first.mark == "#" and first.words < 3 and any(line.mark == "#" for line in lines[1:6])
        if not nested and first.mark in ("", "#", "_", ">") and (not headline or first.level == 1):
            head = news[0]
    if head is not None:
        kinds[head] = "headline"
    after = next((i for i in news if head is None or i > head), None)
    if after is not None and (head is not None or after == news[0]) and _is_standfirst(lines, kinds, after):
        kinds[after] = "standfirst"


def _is_standfirst(lines: list[Line], kinds: list[PassageKind | None], i: int) -> bool:
    """A line under the headline is a standfirst if it is in italics or furniture parts it from the story."""
    line = lines[i]
    if len(line.text) > 400 or line.mark not in ("", "_", ">") or line.words < 5:
        return False
    if line.mark == "_":
        return True
    following = kinds[i + 1] if i + 1 < len(kinds) else None
    if following is None and i + 2 < len(kinds):  # a caption before its credit, or before itself with the credit
        second, third = lines[i + 1].text, lines[i + 2]
        if lines[i + 1].mark == "!" or (not lines[i + 1].ended and (kinds[i + 2] == "credit" or third.text.startswith(second[:60]))):
            return True
    return following in ("caption", "credit", "byline", "timestamp", "junk", "graphic") and len(line.text) < 320


def _repeats(lines: list[Line], kinds: list[PassageKind | None]) -> None:
    """Captions: before a credit, told twice running, or an earlier sentence again; and the headline again."""
    seen: dict[str, int] = {}
    for i, line in enumerate(lines):
        if kinds[i] not in (None, "headline", "standfirst"):
            continue
        key = _key(line.text[:200])
        before = seen.setdefault(key, i) if len(key) > 30 else i
        follows = lines[i + 1].text if i + 1 < len(lines) else ""
        if kinds[i] is not None:
            continue
        if line.mark == "!":
            kinds[i] = "junk" if not follows or key in _key(follows[:300]) or line.words < 3 else "caption"
        elif line.mark == "▲":
            kinds[i] = "caption"
        elif before < i:
            kinds[i] = "promo" if kinds[before] == "headline" else None if line.ended else "caption"
        elif not line.ended and len(line.text) > 20 and follows.startswith(line.text) and len(follows) > len(line.text):
            kinds[i] = "caption"
        elif i + 1 < len(kinds) and kinds[i + 1] == "credit" and not lines[i + 1].gap and not is_credit(line.text) and len(line.text) < 400:
            kinds[i] = "graphic" if line.text.isupper() else "caption"


def _furniture(lines: list[Line], kinds: list[PassageKind | None]) -> None:
    """Lists of other stories under "Related" and the like; menus: runs of words that make no sentence."""
    tail = False
    run: list[int] = []
    for i, line in enumerate(lines):
        if is_tail(line.text) and line.mark != "-":
            tail, kinds[i] = True, "promo"
        elif tail and kinds[i] is None:
            other = line.mark in ("-", "1") and line.level == 0 and not line.ended or (not line.ended and line.mark != "#") or line.level > 0 and line.mark == "#"
            tail = other and not (line.level and line.text[:1] and not line.mark == "#")
            if tail:
                kinds[i] = "promo"
        short = kinds[i] in (None, "promo", "junk", "byline") and line.words <= 4 and not line.ended and not any(c.isdigit() for c in line.text)
        if short and line.mark in ("", "-") and i:
            run.append(i)
            continue
        _drop(run, kinds)
        run = []
    _drop(run, kinds)


def _drop(run: list[int], kinds: list[PassageKind | None]) -> None:
    if len(run) >= 6:
        for i in run:
            kinds[i] = "junk"


def _heads(lines: list[Line], kinds: list[PassageKind | None]) -> None:
    """Crossheads, headlines of feeds and lists; what is left is a paragraph."""
    for i, line in enumerate(lines):
        if kinds[i] is not None:
            continue
        before = lines[i - 1] if i else None
        after = lines[i + 1] if i + 1 < len(lines) else None
        beside = kinds[i + 1] if after else None
        open_ = not line.ended or line.text[-1] in "?!"
        if line.mark == "#":
            kinds[i] = "crosshead"
        elif line.mark in ("-", "1"):
            kinds[i] = "list_item"
        elif _TALLY.fullmatch(line.text):
            kinds[i] = "list_item"
        elif not open_ or len(line.text) > 160:
            kinds[i] = "paragraph"
        elif (beside == "timestamp" and after and is_dated(after.text)) or (before and kinds[i - 1] == "timestamp" and is_dated(before.text)):
            kinds[i] = "headline"
        elif len(line.text) <= 90 and line.words <= 14 and not line.text[0].islower() and _opens(line, before, after, beside):
            kinds[i] = "crosshead"
        else:
            kinds[i] = "paragraph"


def _opens(line: Line, before: Line | None, after: Line | None, beside: PassageKind | None) -> bool:
    """Whether a short line without a full stop heads what follows: a sentence, or a list of them."""
    if after is None or beside not in (None, "caption", "byline"):
        return False
    if line.text[-1] in "!?" and (before is None or line.text[0] in "\"“"):
        return False
    return after.ended or len(after.text) > 90 or after.mark in ("-", "1")


def _passages(text: str, lines: list[Line], kinds: list[PassageKind | None]) -> list[Passage]:
    found: list[Passage] = []
    opening = True
    for line, kind in zip(lines, kinds, strict=True):
        if line.start == line.end:
            continue
        if kind not in ("paragraph", "list_item", "standfirst", "headline"):
            _add(found, text, kind or "paragraph", line.start, line.end)
            continue
        for special, start, end in pieces(line.text, opening and kind == "paragraph"):
            body = line.text[start:end].strip()
            again = kind_of(body, True) if body and special is None and len(body) < len(line.text) else None
            _add(found, text, special or again or kind, line.start + start, line.start + end)
        opening = opening and kind != "paragraph"
    return found


def _add(found: list[Passage], text: str, kind: PassageKind, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append(Passage(kind=kind, span=Span(start, end)))
