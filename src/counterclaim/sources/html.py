"""A web page → its news as plain text with passages, and what the page says of itself.

Trafilatura finds where the main text begins and ends; our own walk over the page keeps what it drops: which block is
the headline, a standfirst, a crosshead, a caption, a list item. Menus, asides, forms and lists of links go.
Publication dates come from the page's metadata only, never guessed from its words or address.
"""

from __future__ import annotations

import functools
import itertools
import logging
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import resources
from typing import TYPE_CHECKING

from counterclaim import passages
from counterclaim.errors import InputError
from counterclaim.sources.about import About, about
from counterclaim.sources.text import Warn, clean, decode
from counterclaim.types import Passage, PassageKind

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped,unused-ignore]

#: Pages with more tags, or more blocks of text, are no single report.
MAX_TAGS, MAX_BLOCKS = 300_000, 20_000
#: Pages with more tags or characters are walked without trafilatura, which would take seconds.
TRAFILATURA_TAGS, TRAFILATURA_CHARS = 30_000, 2_000_000
#: libxml2 drops what is nested deeper than 256 elements.
MAX_DEPTH = 250

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
#: A tag with a hundred attributes or more loses them: libxml2's time grows with their square.
_LONG_TAG = re.compile(
    r"""<([A-Za-z][^\s/>]*+)(?:[\s/]*+=?[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"?+|'[^']*+'?+|[^\s>"'][^\s>]*+)?+)?+){100,}+"""
)
_ALNUM = re.compile(r"\w+")


@dataclass(frozen=True)
class Found:
    """What a page holds: its text with passages, and what it says of itself."""

    text: str
    passages: tuple[Passage, ...]
    about: About


class _Marks:
    """`lexicon/html.toml`, ready to look up."""

    def __init__(self) -> None:
        table = tomllib.loads(resources.files("counterclaim.lexicon").joinpath("html.toml").read_text("utf-8"))
        self.skip = frozenset(table["skip"].split())
        self.blocks = frozenset(table["blocks"].split())
        self.elements: dict[str, PassageKind] = table["elements"]
        self.about: dict[str, str] = table["about"]
        self.classes: list[tuple[PassageKind, re.Pattern[str]]] = [
            (kind, re.compile(rf"(?<![a-z])(?:{'|'.join(names.replace('-', '-?').split())})(?![a-z])"))
            for kind, names in table["classes"].items()
        ]


_marks = functools.cache(_Marks)


@dataclass(slots=True)
class _Block:
    text: str
    kind: PassageKind | None
    linked: int
    article: bool


def decoded(data: bytes, where: str, warn: Warn | None = None, charset: str | None = None) -> str:
    """The page as characters, by its own word on its encoding where it has one."""
    if charset is None and (m := _CHARSET.search(data[:4096])):
        charset = m.group(1).decode("ascii", "replace")
    return decode(data, where, warn, charset)


def page(source: str, where: str | None = None) -> Found:
    """The news of one page.

    Raises:
        InputError: if it holds no text, is nested too deep, or the extra `html` is not installed.
    """
    if source.count("<") > MAX_TAGS:
        raise InputError(f"more than {MAX_TAGS:,} tags: not one report", where=where)
    source = _LONG_TAG.sub(r"<\1 ", clean(source).replace("\0", ""))
    tree = _tree(source, where)
    blocks = list(itertools.islice(_blocks(tree), MAX_BLOCKS + 1))
    if len(blocks) > MAX_BLOCKS:
        raise InputError(f"more than {MAX_BLOCKS:,} blocks of text: not one report", where=where)
    kept = _main(blocks, _core(source, where))
    if not any(b.kind in (None, "list_item") and _ALNUM.search(b.text) for b in kept):
        deep = source.count("<") > MAX_DEPTH and _depth(tree) >= MAX_DEPTH
        raise InputError(
            "the page is nested too deep" if deep else "no text in the page",
            where=where,
            hint=None if deep else "A page made by scripts must be saved from the browser",
        )
    text, parts = passages.assemble((b.text, b.kind) for b in kept)
    head = next((p.span.of(text) for p in parts if p.kind == "headline"), None)
    said = about(tree, _marks().about)
    return Found(text, parts, replace(said, headline=head) if head else said)


def _tree(source: str, where: str | None) -> HtmlElement:
    try:
        from lxml import etree
        from lxml import html as lxml_html
    except ImportError:
        raise InputError(
            "HTML needs lxml and trafilatura", where=where, hint="pip install 'counterclaim[html]'"
        ) from None
    parser = lxml_html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, recover=True
    )
    try:
        tree = lxml_html.document_fromstring(source.encode(), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        raise InputError("no HTML that can be read", where=where) from None
    return tree


def _depth(tree: HtmlElement) -> int:
    depth, node = 0, tree
    while len(node):
        node, depth = node[-1], depth + 1
    return depth


def _core(source: str, where: str | None) -> set[str]:
    """The keys of the blocks that trafilatura takes for the main text; empty if it finds none."""
    if len(source) > TRAFILATURA_CHARS or source.count("<") > TRAFILATURA_TAGS:
        return set()
    try:
        import trafilatura
    except ImportError as error:
        raise InputError(
            "HTML needs trafilatura", where=where, hint=f"pip install 'counterclaim[html]' ({error})"
        ) from None
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # our own words are enough
    try:
        found = trafilatura.bare_extraction(source, fast=True, include_comments=False, favor_recall=True)
    except Exception:  # any page can come in: what breaks the extractor is walked without it
        return set()
    body = getattr(found, "body", None)
    return (
        set()
        if body is None
        else {
            key for node in body.iter("p", "head", "item", "quote", "cell") if (key := _key("".join(node.itertext())))
        }
    )


def _key(words: str) -> str:
    return " ".join(_ALNUM.findall(words.casefold()))[:120]


def _blocks(tree: HtmlElement) -> Iterator[_Block]:
    """The blocks of text of a page, in order, each with the kind that its element or its class gives it."""
    from lxml import etree

    marks = _marks()
    walk = etree.iterwalk(tree, events=("start", "end"))
    kinds: list[tuple[object, PassageKind]] = []
    words: list[str] = []
    linked = inside = articles = 0

    def flush() -> Iterator[_Block]:
        nonlocal linked
        text = " ".join("".join(words).split())
        words.clear()
        if text:
            yield _Block(text, kinds[-1][1] if kinds else None, linked, articles > 0)
        linked = 0

    for event, node in walk:
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            if tag in marks.skip or node.get("hidden") is not None or node.get("aria-hidden") == "true":
                walk.skip_subtree()
                continue
            if tag in marks.blocks:
                yield from flush()
            kind = _kind(node, tag)
            if kind and not (
                kinds and kinds[-1][1] in ("promo", "caption", "credit") and kind not in ("promo", "credit")
            ):
                if tag not in marks.blocks:  # a span of its own kind parts the block
                    yield from flush()
                kinds.append((node, kind))
            articles += tag in ("article", "main")
            inside += tag == "a"
            if node.text:
                words.append(node.text)
                linked += len(node.text.strip()) if inside else 0
            continue
        if tag in marks.blocks or (kinds and kinds[-1][0] is node):
            yield from flush()
        if kinds and kinds[-1][0] is node:
            kinds.pop()
        if tag not in marks.skip:
            articles -= tag in ("article", "main")
            inside -= tag == "a"
        if node.tail:
            words.append(node.tail)
            linked += len(node.tail.strip()) if inside else 0
    yield from flush()


def _kind(node: HtmlElement, tag: str) -> PassageKind | None:
    """The kind that an element's name, class, id or role gives its text."""
    if tag in ("html", "body", "main", "article"):
        return None
    if node.get("role") in ("navigation", "complementary", "banner", "contentinfo", "search"):
        return "promo"
    marks = _marks()
    hint = f"{node.get('class') or ''} {node.get('id') or ''} {node.get('data-component') or ''}"[:300].strip().lower()
    if hint:
        for kind, names in marks.classes:
            if names.search(hint):
                return kind
    if node.get("itemprop") == "author" or node.get("rel") == "author":
        return "byline"
    return marks.elements.get(tag)


def _main(blocks: list[_Block], core: set[str]) -> list[_Block]:
    """The blocks of the story: from the headline to the last block of the main text, without menus between."""
    told = [i for i, b in enumerate(blocks) if b.kind != "promo" and _key(b.text) in core]
    story = any(b.article for b in blocks)
    whole = [
        i
        for i, b in enumerate(blocks)
        if b.kind != "promo" and (b.article or not story) and b.linked < 0.5 * len(b.text)
    ]
    # Of a live page, trafilatura may take one post for the whole.
    if not told or (story and _length(blocks, told) < 0.5 * _length(blocks, whole)):
        told = whole
    if not told:
        return []
    first, last = told[0], told[-1]
    head = next((i for i in range(min(first + 1, len(blocks)) - 1, -1, -1) if blocks[i].kind == "headline"), first)
    head = next((i for i in range(first, last + 1) if blocks[i].kind == "headline"), head) if head == first else head
    kept: list[_Block] = []
    matched = set(told)
    for i in range(min(head, first), len(blocks)):
        block = blocks[i]
        if i > last and not passages.is_closing(block.text):
            continue
        menu = block.linked > 0.6 * len(block.text) and i not in matched and block.kind != "headline"
        if block.kind == "promo" or (menu and block.kind in (None, "list_item", "crosshead")):
            if passages.is_furniture(block.text):
                kept.append(_Block(block.text, "promo", 0, True))
            continue
        if i < first and block.kind is None and not passages.is_furniture(block.text) and i not in matched:
            continue
        kept.append(block)
    seen_head = False
    for block in kept:  # one headline: a second h1 heads a part
        if block.kind == "headline":
            block.kind, seen_head = ("crosshead" if seen_head else "headline"), True
    return kept


def _length(blocks: list[_Block], chosen: list[int]) -> int:
    return sum(len(blocks[i].text) for i in chosen)
