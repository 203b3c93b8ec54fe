"""Report text → passages: its parts, each with a kind, so that a photo credit is never read as a speaker.

A passage's span leaves out list, heading and emphasis marks, the address of a link that is the whole line, and the
space around it. Its words are never changed: where marks stand inside a passage, `blank` gives the same number of
characters with the marks as spaces, for a parser. Rules are in the order of `split`; the words they know are in
`lexicon/passages.toml`. Time grows with the length of the text, whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from counterclaim.passages.furniture import is_dated, is_tail, kind_of
from counterclaim.passages.lines import Line, cut, ends, fields
from counterclaim.passages.pieces import pieces
from counterclaim.types import Passage, PassageKind, Span

__all__ = ["assemble", "blank", "fields", "is_closing", "is_furniture", "split"]

_MARKUP = re.compile(
    r"(?P<link>!?\[)[^\[\]\n]{0,400}(?P<to>\]\([^()\s]{0,2000}(?:\([^()\s]{0,300}\)[^()\s]{0,300})?\))"
    r"|https?://\S{1,2000}(?<![.,;:!?)\]\"'”’])|pic\.twitter\.com/\w+|\*\*|`+|__+|</?[a-zA-Z][^<>\n]{0,300}>"
)
_ALNUM = re.compile(r"\w+")
_TITLE = re.compile(r"(?:title|headline):\s*([\"']?)(.{8,300}?)\1\s*$", re.IGNORECASE)
_TALLY = re.compile(r"[^.\n]{2,60}(?:\s?[-–—]\s?|:\s)(?:[A-Za-z]+\s[-–—]?\s?)?\d[\d,.]*\+?")
#: Kinds on which a page's marks are better than words.
_PAGE_KNOWS = frozenset({"headline", "caption", "credit", "promo", "byline"})
#: Kinds of line that may hold pieces of another kind.
_CUT = frozenset({"paragraph", "list_item", "standfirst", "headline", "crosshead", "caption"})


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
    _tails(lines, kinds)
    _runs(lines, kinds)
    _head(lines, kinds, headline)
    _captions(lines, kinds)
    _rest(lines, kinds)
    return tuple(_passages(text, lines, kinds))


def assemble(blocks: Iterable[tuple[str, PassageKind | None]]) -> tuple[str, tuple[Passage, ...]]:
    """Text and passages of a page whose blocks are known: one block a line, an empty line between two.

    A block's kind is the page's own word (None: prose of some kind); the words of a block may still tell otherwise.
    """
    lines: list[Line] = []
    kinds: list[PassageKind | None] = []
    at = 0
    for words, known in blocks:
        words = " ".join(words.split())
        if not words:
            continue
        line = Line(at, at + len(words), words)
        own = kind_of(words, line.ended)
        lines.append(line)
        page_knows = known in _PAGE_KNOWS and not (known == "caption" and own in ("credit", "graphic"))
        kinds.append(known if page_knows or (known and own is None) else own)
        at += len(words) + 2
    text = "\n\n".join(line.text for line in lines)
    _captions(lines, kinds)
    return text, tuple(_passages(text, lines, [kind or "paragraph" for kind in kinds]))


def is_furniture(words: str) -> bool:
    """Whether a block is no news by its own words: a promo, a stamp, a credit."""
    return kind_of(words, ends(words)) is not None


def is_closing(words: str) -> bool:
    """Whether a block under a story still belongs to it: a source line or a remark on the report."""
    return kind_of(words, ends(words)) in ("source_line", "junk") and len(words) > 12


def _front(lines: list[Line], kinds: list[PassageKind | None]) -> None:
    """The title in the front matter is the headline, if the text does not begin with it again."""
    body = next((i for i, line in enumerate(lines) if not line.hidden), len(lines))
    for i, line in enumerate(lines[:body]):
        if m := _TITLE.match(line.text):
            again = body < len(lines) and _key(lines[body].text) == _key(m.group(2))
            if not again:
                lines[i] = Line(line.start + m.start(2), line.start + m.end(2), m.group(2))
            kinds[body if again else i] = "headline"
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
            if not lines[i].text.endswith(".") and (
                own == key or (len(own) > 20 and (key.startswith(own) or own.startswith(key)))
            ):
                head = i
                break
    first = lines[news[0]]
    if head is None and ((first.mark != "-" and not first.ended) or first.text[-1] in "?!") and len(first.text) <= 220:
        nested = first.mark == "#" and first.words < 3 and any(line.mark == "#" for line in lines[1:6])
        posted = news[0] > 0 and lines[news[0] - 1].text.startswith("@")
        if not nested and not posted and first.mark in ("", "#", "_", ">") and (not headline or first.level == 1):
            head = news[0]
    if head is not None:
        kinds[head] = "headline"
    after = next((i for i in news if head is None or i > head), None)
    under = after is not None and not {"timestamp", "byline"} & {*kinds[(head or 0) : after]}
    if after is not None and under and (head is not None or after == news[0]) and _is_standfirst(lines, kinds, after):
        kinds[after] = "standfirst"


def _is_standfirst(lines: list[Line], kinds: list[PassageKind | None], i: int) -> bool:
    """A line under the headline is a standfirst if it is in italics or furniture parts it from the story."""
    line = lines[i]
    if len(line.text) > 400 or line.mark not in ("", "_", ">") or line.words < 5:
        return False
    if line.mark == "_":
        return True
    following = kinds[i + 1] if i + 1 < len(kinds) else None
    if following is None and i + 2 < len(kinds):  # a picture's description, then its caption or credit
        second, third = lines[i + 1], lines[i + 2]
        if second.mark == "!" or (
            not second.ended and (kinds[i + 2] == "credit" or _same_start(second.text, third.text))
        ):
            return True
    if following == "timestamp" and kinds.count("timestamp") > 1:  # a feed or a live blog
        return False
    return following in ("caption", "credit", "byline", "timestamp", "junk", "graphic") and len(line.text) < 320


def _tails(lines: list[Line], kinds: list[PassageKind | None]) -> None:
    """Under "Related" and the like stand other stories, until a whole sentence or the next heading."""
    level: int | None = None
    for i, line in enumerate(lines):
        if is_tail(line.text) and line.mark in ("", "#", "_"):
            level, kinds[i] = line.level, "promo"
        elif level is None or kinds[i] is not None:
            continue
        elif (line.mark == "#" and line.level <= max(level, 1)) or (
            line.ended and len(line.text) > 60 and not line.linked
        ):
            level = None
        else:
            kinds[i] = "promo"


def _runs(lines: list[Line], kinds: list[PassageKind | None]) -> None:
    """Menus: six lines or more of a few words each. Bare lists: four lines or more without a sentence."""
    menu: list[int] = []
    bare: list[int] = []
    for i, line in enumerate([*lines, None]):
        plain = (
            line is not None
            and i > 0
            and not line.hidden
            and (not line.ended or line.text[-1] == "?")
            and line.mark in ("", "-")
            and len(line.text) <= 160
        )
        if (
            plain
            and line
            and line.words <= 4
            and kinds[i] in (None, "promo", "junk", "byline")
            and not any(c.isdigit() for c in line.text)
        ):
            menu.append(i)
        else:
            for j in menu if len(menu) >= 6 else ():
                kinds[j] = "junk"
            menu = []
        if plain and line and kinds[i] is None and (not bare or not line.gap):
            bare.append(i)
        else:
            for j in bare if len(bare) >= 4 else ():
                kinds[j] = kinds[j] or "list_item"
            bare = []


def _captions(lines: list[Line], kinds: list[PassageKind | None]) -> None:
    """Captions: with a mark, before a credit, told twice running, or an earlier sentence again without its stop."""
    told: dict[str, Line] = {}
    for i, line in enumerate(lines):
        if kinds[i] not in (None, "headline", "standfirst"):
            continue
        key = _key(line.text[:200])
        before = told.setdefault(key, line) if len(key) > 30 else line
        if kinds[i] is not None:
            continue
        after = lines[i + 1] if i + 1 < len(lines) else None
        if line.mark == "!":
            kinds[i] = "junk" if line.words < 3 or (after and key in _key(after.text[:300])) else "caption"
            continue
        credited = after is not None and kinds[i + 1] == "credit" and not after.gap and len(line.text) < 400
        again = (before is not line and before.ended) or (after is not None and _same_start(line.text, after.text))
        if line.mark == "▲" or credited or (again and not line.ended):
            kinds[i] = "caption"


def _same_start(one: str, other: str) -> bool:
    """Whether two lines in a row tell the same: a picture's description, then its caption."""
    return len(one) > 30 and len(other) > 30 and one[:45] == other[: min(len(one), 45)]


def _rest(lines: list[Line], kinds: list[PassageKind | None]) -> None:
    """Crossheads, lists and headlines of feeds; what is left is a paragraph."""
    news = next((i for i, kind in enumerate(kinds) if kind in (None, "headline")), 0)
    dated_first = any(_is_date(lines[i], kinds[i]) for i in range(news))
    beside = -1 if dated_first else 1  # a feed dates its items before or after their headlines
    for i, line in enumerate(lines):
        if kinds[i] is not None:
            continue
        other = i + beside
        if line.mark == "#":
            kinds[i] = "headline" if line.linked else "crosshead"
        elif line.mark in ("-", "1") or _TALLY.fullmatch(line.text):
            kinds[i] = "list_item"
        elif (
            0 <= other < len(lines)
            and _is_date(lines[other], kinds[other])
            and len(line.text) <= 160
            and not line.text.endswith(".")
        ):
            kinds[i] = "headline"
        else:
            kinds[i] = "crosshead" if _is_crosshead(lines, kinds, i) else "paragraph"


def _is_date(line: Line, kind: PassageKind | None) -> bool:
    return kind == "timestamp" and is_dated(line.text)


def _is_crosshead(lines: list[Line], kinds: list[PassageKind | None], i: int) -> bool:
    """A short line without a full stop heads what follows: a sentence, or a list."""
    line = lines[i]
    if len(line.text) > 90 or line.words > 14 or line.text[0].islower() or line.text[-1] in ":;,":
        return False
    if line.ended and (line.text[-1] not in "?!" or line.text[0] in '"“'):
        return False
    if i + 1 == len(lines) or kinds[i + 1] not in (None, "caption", "byline") or "(@" in line.text:
        return False
    if i and lines[i - 1].text.startswith("@"):  # a post under its handle
        return False
    after = lines[i + 1]
    return after.ended or len(after.text) > 90 or after.mark in ("-", "1")


def _passages(text: str, lines: list[Line], kinds: list[PassageKind | None]) -> list[Passage]:
    found: list[Passage] = []
    opening = True
    for line, kind in zip(lines, kinds, strict=True):
        if line.start == line.end:
            continue
        if kind not in _CUT:
            _add(found, text, kind or "paragraph", line.start, line.end)
            continue
        for special, start, end in pieces(line.text, opening and kind == "paragraph", kind == "caption"):
            body = line.text[start:end].strip()
            again = kind_of(body, ends(body)) if body and special is None and len(body) < len(line.text) else None
            _add(found, text, special or again or kind, line.start + start, line.start + end)
        opening = opening and not (kind == "paragraph" and line.ended)
    return found


def _add(found: list[Passage], text: str, kind: PassageKind, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append(Passage(kind=kind, span=Span(start, end)))
