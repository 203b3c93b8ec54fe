"""What a web page says of itself: JSON-LD, meta tags, the canonical link. Nothing is guessed from its words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from counterclaim.sources import dates
from counterclaim.sources.text import clean

if TYPE_CHECKING:
    from lxml.html import HtmlElement


@dataclass(frozen=True)
class About:
    """A page's own account of itself. `language` is an ISO 639-1 code, or empty."""

    headline: str | None = None
    byline: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: date | None = None
    language: str = ""


def about(tree: HtmlElement, dated: Mapping[str, str]) -> About:
    """Read it; `dated["published"]` names the meta tags that hold the date of publication, in order of trust."""
    meta: dict[str, str] = {}
    for node in tree.iter("meta"):
        key = (node.get("property") or node.get("name") or node.get("itemprop") or "").lower()
        if key and (content := (node.get("content") or "").strip()):
            meta.setdefault(key, content[:500])
    story = _story(tree)
    publisher = story.get("publisher")
    days = [story.get("datePublished"), *(meta.get(name) for name in dated["published"].split()), *_times(tree)]
    links = [node.get("href") for node in tree.iter("link") if node.get("rel") == "canonical"]
    address = next((a for a in (*links, meta.get("og:url")) if a and re.match(r"https?://", a)), None)
    title = next((node.text_content() for node in tree.iter("title")), None)
    return About(
        headline=_line(story.get("headline")) or _line(meta.get("og:title")) or _line(title),
        byline=_line(_names(story.get("author"))) or _line(meta.get("author")) or _line(meta.get("article:author")),
        outlet=_line(publisher.get("name") if isinstance(publisher, dict) else None) or _line(meta.get("og:site_name")),
        url=_line(address, address=True),
        published=next((day for words in days if isinstance(words, str) and (day := dates.day(words))), None),
        language=re.split("[-_]", (tree.get("lang") or meta.get("og:locale") or "").strip().lower())[0][:3],
    )


def _line(value: object, *, address: bool = False) -> str | None:
    """`value` as one clean line, or None where it is no text, or an address where a name belongs."""
    if not isinstance(value, str) or (value.startswith("http") and not address):
        return None
    return " ".join(clean(value).split())[:500] or None


def _times(tree: HtmlElement) -> Iterator[str | None]:
    for node in tree.iter("time"):
        if node.get("itemprop") == "datePublished" or node.get("pubdate") is not None:
            yield node.get("datetime")


def _names(author: object) -> str | None:
    """One name, or several, of JSON-LD's many ways to write authors."""
    people = author if isinstance(author, list) else [author]
    names = [p.get("name") if isinstance(p, dict) else p for p in people[:10]]
    return ", ".join(n for n in names if isinstance(n, str) and not n.startswith("http")) or None


def _story(tree: HtmlElement) -> dict[str, Any]:
    """The article's own object in the page's JSON-LD, or an empty one."""
    for node in tree.iter("script"):
        if (node.get("type") or "").lower() != "application/ld+json" or not node.text:
            continue
        try:
            value = json.loads(node.text)
        except (ValueError, RecursionError):
            continue
        for item in _items(value):
            kinds = item.get("@type")
            for kind in kinds if isinstance(kinds, list) else [kinds]:
                if isinstance(kind, str) and kind.endswith(("Article", "Posting", "Report")):
                    return item
    return {}


def _items(value: Any) -> Iterator[dict[str, Any]]:
    for item in (value if isinstance(value, list) else [value])[:50]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (x for x in graph[:50] if isinstance(x, dict)) if isinstance(graph, list) else ()
