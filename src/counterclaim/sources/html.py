"""A web page → its news as plain text with passages, and what the page says of itself.

Trafilatura finds where the main text begins and ends; our own walk over the page keeps what it drops: which block is
the headline, a standfirst, a crosshead, a caption, a list item. Menus, asides, forms and lists of links go.
Publication dates come from the page's metadata only, never guessed from its words or address.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from counterclaim import passages
from counterclaim.errors import InputError
from counterclaim.sources import dates
from counterclaim.sources.text import Warn, clean, decode
from counterclaim.types import Passage, PassageKind

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: Pages with more tags, or more blocks of text, are no single report.
MAX_TAGS, MAX_BLOCKS = 300_000, 20_000
#: Pages with more tags or characters are walked without trafilatura, which would take seconds.
TRAFILATURA_TAGS, TRAFILATURA_CHARS = 30_000, 2_000_000
#: libxml2 drops what is nested deeper than 256 elements.
MAX_DEPTH = 250

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_SKIP = frozenset(
    "script style noscript template svg math iframe object embed button select textarea input form nav footer dialog video audio canvas map head".split()
)
_BLOCK: dict[str, PassageKind | None] = {
    **dict.fromkeys("p div section article main header body blockquote pre dl dt dd table tbody thead tr td th ul ol figure address aside center hr br details summary".split()),
    "h1": "headline", "h2": "crosshead", "h3": "crosshead", "h4": "crosshead", "h5": "crosshead", "h6": "crosshead",
    "li": "list_item", "figcaption": "caption",
}  # fmt: skip
_PROMO = re.compile(
    r"(?<![a-z])(?:nav|navigation|menu|sidebar|related|promo|newsletter|advert(?:isement)?|ads?|share|sharing|social|comments?|cookie|consent|breadcrumbs?"
    r"|subscribe|subscription|sign-?up|recommend(?:ed|ations)?|trending|most-?(?:read|popular|viewed)|more-?on|read-?more|paywall|popup|modal|banner|outbrain|taboola"
    r"|tags|skip-link|toolbar|site-footer|site-header|masthead|page-footer)(?![a-z])"
)
_HINTS: tuple[tuple[re.Pattern[str], PassageKind], ...] = (
    (re.compile(r"(?<![a-z])(?:byline|author|contributors?)(?:__|--|-|_)?(?:names?|line|info)?(?![a-z])"), "byline"),
    (re.compile(r"(?<![a-z])(?:photo-?credit|image-?credit|credit|copyright)(?![a-z])"), "credit"),
    (re.compile(r"(?<![a-z])(?:img-|image-|photo-|wp-|media-)?caption(?:-text)?(?![a-z])"), "caption"),
    (re.compile(r"(?<![a-z])(?:standfirst|dek|sub-?head(?:ing|line)?|sub-?title|stand-?first|excerpt|lede|article-?summary)(?![a-z])"), "standfirst"),
    (re.compile(r"(?<![a-z])(?:timestamp|dateline|pub(?:lish|lished)?-?date|article-?dates?|date-?published)(?![a-z])"), "timestamp"),
)
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
    headline: str | None
    byline: str | None
    outlet: str | None
    url: str | None
    published: date | None
    language: str


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
    about = _about(tree)
    blocks = list(itertools.islice(_blocks(tree), MAX_BLOCKS + 1))
    if len(blocks) > MAX_BLOCKS:
        raise InputError(f"more than {MAX_BLOCKS:,} blocks of text: not one report", where=where)
    kept = _main(blocks, _core(source, where))
    if not any(b.kind in (None, "list_item") for b in kept):
        deep = source.count("<") > MAX_DEPTH and _depth(tree) >= MAX_DEPTH
        raise InputError("the page is nested too deep" if deep else "no text in the page", where=where, hint=None if deep else "A page made by scripts must be saved from the browser")
    text, parts = passages.assemble((b.text, b.kind) for b in kept)
    head = next((p.span.of(text) for p in parts if p.kind == "headline"), None)
    return Found(text, parts, head or about["headline"], about["byline"], about["outlet"], about["url"], about["published"], about["language"])


def _tree(source: str, where: str | None) -> HtmlElement:
    try:
        from lxml import etree
        from lxml import html as lxml_html
    except ImportError:
        raise InputError("HTML needs lxml and trafilatura", where=where, hint="pip install 'counterclaim[html]'") from None
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, recover=True)
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
        raise InputError("HTML needs trafilatura", where=where, hint=f"pip install 'counterclaim[html]' ({error})") from None
    try:
        found = trafilatura.bare_extraction(source, fast=True, include_comments=False, favor_recall=True)
    except Exception:  # any page can come in: what breaks the extractor is walked without it
        return set()
    body = getattr(found, "body", None)
    return set() if body is None else {key for node in body.iter("p", "head", "item", "quote", "cell") if (key := _key("".join(node.itertext())))}


def _key(words: str) -> str:
    return " ".join(_ALNUM.findall(words.casefold()))[:120]


def _blocks(tree: HtmlElement) -> Iterator[_Block]:
    """The blocks of text of a page, in order, each with the kind that its element or its class gives it."""
    from lxml import etree

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
            if tag in _SKIP or node.get("hidden") is not None or node.get("aria-hidden") == "true":
                walk.skip_subtree()
                continue
            if tag in _BLOCK:
                yield from flush()
            kind = _kind(node, tag)
            if kind and not (kinds and kinds[-1][1] in ("promo", "caption", "credit") and kind not in ("promo", "credit")):
                if tag not in _BLOCK:  # a span of its own kind parts the block
                    yield from flush()
                kinds.append((node, kind))
            articles += tag in ("article", "main")
            inside += tag == "a"
            if node.text:
                words.append(node.text)
                linked += len(node.text.strip()) if inside else 0
            continue
        if tag in _BLOCK or (kinds and kinds[-1][0] is node):
            yield from flush()
        if kinds and kinds[-1][0] is node:
            kinds.pop()
        if tag not in _SKIP:
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
    if tag == "aside" or node.get("role") in ("navigation", "complementary", "banner", "contentinfo", "search"):
        return "promo"
    hint = f"{node.get('class') or ''} {node.get('id') or ''} {node.get('data-component') or ''}"[:300].strip().lower()
    if hint:
        if _PROMO.search(hint):
            return "promo"
        for pattern, kind in _HINTS:
            if pattern.search(hint):
                return kind
    if node.get("itemprop") == "author" or node.get("rel") == "author":
        return "byline"
    return _BLOCK.get(tag)


def _main(blocks: list[_Block], core: set[str]) -> list[_Block]:
    """The blocks of the story: from the headline to the last block of the main text, without menus between."""
    told = [i for i, b in enumerate(blocks) if b.kind != "promo" and _key(b.text) in core]
    if not told:
        story = any(b.article for b in blocks)
        told = [i for i, b in enumerate(blocks) if b.kind != "promo" and (b.article or not story) and b.linked < 0.5 * len(b.text)]
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


def _about(tree: HtmlElement) -> dict[str, Any]:
    """What the page says of itself in JSON-LD, meta tags and links."""
    meta: dict[str, str] = {}
    for node in tree.iter("meta"):
        key = (node.get("property") or node.get("name") or node.get("itemprop") or "").lower()
        if key and (content := (node.get("content") or "").strip()):
            meta.setdefault(key, content[:500])
    story = _story(tree)
    publisher = story.get("publisher")
    published = (
        story.get("datePublished")
        or meta.get("article:published_time") or meta.get("og:article:published_time") or meta.get("datepublished") or meta.get("dc.date.issued")
        or meta.get("dcterms.created") or meta.get("date") or meta.get("dc.date") or meta.get("pubdate") or meta.get("parsely-pub-date") or meta.get("sailthru.date")
        or next((n.get("datetime") for n in tree.iter("time") if n.get("itemprop") == "datePublished" or n.get("pubdate") is not None), None)
    )  # fmt: skip
    canonical = next((n.get("href") for n in tree.iter("link") if n.get("rel") == "canonical"), None) or meta.get("og:url")
    title = next((n.text_content() for n in tree.iter("title")), None)
    return {
        "headline": _line(story.get("headline") or meta.get("og:title") or title),
        "byline": _line(_names(story.get("author")) or meta.get("author") or meta.get("article:author")),
        "outlet": _line((publisher.get("name") if isinstance(publisher, dict) else None) or meta.get("og:site_name") or meta.get("application-name")),
        "url": canonical if canonical and re.match(r"https?://", canonical) else None,
        "published": dates.day(published) if isinstance(published, str) else None,
        "language": re.split("[-_]", (tree.get("lang") or meta.get("og:locale") or "").strip().lower())[0],
    }


def _line(value: object) -> str | None:
    return (" ".join(clean(value).split())[:500] or None) if isinstance(value, str) and not value.startswith("http") else None


def _names(author: object) -> str | None:
    """One name, or several, of JSON-LD's many ways to write authors."""
    people = author if isinstance(author, list) else [author]
    names = [p.get("name") if isinstance(p, dict) else p for p in people]
    return ", ".join(n for n in names[:10] if isinstance(n, str)) or None


def _story(tree: HtmlElement) -> dict[str, Any]:
    """The article's own object in the page's JSON-LD."""
    for node in tree.iter("script"):
        if (node.get("type") or "").lower() != "application/ld+json" or not node.text:
            continue
        try:
            value = json.loads(node.text)
        except (ValueError, RecursionError):
            continue
        for item in _items(value):
            kind = item.get("@type")
            kinds = kind if isinstance(kind, list) else [kind]
            if any(isinstance(k, str) and k.endswith(("Article", "Posting", "Report")) for k in kinds):
                return item
    return {}


def _items(value: Any) -> Iterable[dict[str, Any]]:
    items = value if isinstance(value, list) else [value]
    for item in items[:50]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (x for x in graph[:50] if isinstance(x, dict)) if isinstance(graph, list) else ()
