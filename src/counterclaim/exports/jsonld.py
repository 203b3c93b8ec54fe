"""Statements and figures as JSON-LD: schema.org's NewsArticle, Quotation and Claim, W3C Web Annotation for the words.

Who says what is told, and who denies it; nobody is rated, so there is no ClaimReview. What a report counts, and what
somebody asserts, confirms, warns of or accuses of, is a Claim by whoever says so; words in quotation marks are a
Quotation; a denial, a vow or a demand in the reporter's words is a CreativeWork, since its author claims no such thing.
An Annotation leads from each to its characters: quoted, with the words around, and by place in the text as read (the
place in the page itself may differ; the quotation finds it there).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec

from counterclaim.exports.files import Files
from counterclaim.exports.incidents import REVIEWED
from counterclaim.exports.streams import Beside
from counterclaim.record.tellings import Masthead, Telling
from counterclaim.store import Filter, Record
from counterclaim.types import Actor, Figure, Span, Statement
from counterclaim.views.contract import plain

Node = dict[str, Any]
#: Stances whose speaker claims what is said.
_CLAIMS = frozenset({"asserts", "confirms", "warns", "accuses"})
#: Characters of the words around a quotation.
_AROUND = 32
_URL = "".join(chr(c) for c in range(33, 127) if chr(c) not in '"<>\\^`{|}')


def write(
    record: Record, wanted: Filter, reviewed: bool, files: Files, path: Path, about: str, step: Callable[[], None]
) -> int:
    """One document with a graph of nodes, streamed report by report; the number of statements and figures."""
    out = files.text(path)
    out.write('{"@context": ' + _json(context()) + ',\n"@graph": [\n')
    out.write(_json({"type": "Dataset", "name": "Who says what, and what is counted", "description": about}))
    written = 0
    for article, rows in _by_report(record, wanted, reviewed, step):
        for number, (nodes, annotation) in enumerate(rows):
            if wanted.limit is not None and written >= wanted.limit:
                break
            written += 1
            for node in (*([article] if number == 0 else []), *nodes, annotation):
                out.write(",\n" + _json({key: value for key, value in node.items() if value not in (None, "", [])}))
    out.write("\n]}\n")
    return written


@functools.cache
def context() -> Node:
    """The context that stands in every document, so that nothing need be fetched to read one."""
    text = resources.files("counterclaim.lexicon").joinpath("exports/context.json").read_bytes()
    found: Node = msgspec.json.decode(text)
    return found


def _by_report(
    record: Record, wanted: Filter, reviewed: bool, step: Callable[[], None]
) -> Iterator[tuple[Node, list[tuple[list[Node], Node]]]]:
    """Each report with its rows: the nodes of each, and the annotation that leads to its words."""
    asked = msgspec.structs.replace(wanted, limit=None)
    statements, figures = Beside(record.statements(asked)), Beside(record.figures(asked))
    for head, text in record.texts(Filter(conflict=wanted.conflict)):
        step()
        article = _article(head)
        found = []
        for telling in (*statements.of(head), *figures.of(head)):
            verdict = telling.verdict
            if reviewed and verdict not in REVIEWED:
                continue
            nodes = _said(telling, article) if isinstance(telling.item, Statement) else [_counted(telling, article)]
            nodes[-1]["verdict"] = verdict
            spans = telling.item.content if isinstance(telling.item, Statement) else (telling.item.sentence,)
            found.append((nodes, _annotation(nodes[-1]["id"], article, text, spans)))
        yield article, found


def _article(head: Masthead) -> Node:
    return {
        "type": "NewsArticle",
        "id": f"urn:counterclaim:report:{quote(head.id, safe='')}",
        "url": _web(head.url),
        "headline": head.headline,
        "datePublished": head.published.isoformat() if head.published else None,
        "publishedBasis": head.published_basis,
        "author": {"type": "Person", "name": head.byline} if head.byline else None,
        "publisher": _outlet(head) if head.outlet else None,
    }


def _said(telling: Telling[Statement], article: Node) -> list[Node]:
    """A statement: a Quotation, a Claim, both (the Claim last, appearing in the Quotation), or neither."""
    item = telling.item
    ident = f"{article['id']}/{item.id}"
    about: Node = {
        "text": " … ".join(telling.of(span) for span in item.content),
        "stance": item.stance,
        "directness": item.directness,
        "carriedBy": list(telling.chain),
    }
    who = _actor(telling.speaker) if telling.speaker else None
    quoted = item.directness != "indirect"
    nodes: list[Node] = []
    if quoted:
        nodes.append({"type": "Quotation", "id": ident, **about, "creator": who, "isPartOf": article["id"]})
    if item.stance in _CLAIMS:
        where, name = (ident, f"{ident}/claim") if quoted else (article["id"], ident)
        nodes.append({"type": "Claim", "id": name, **about, "author": who, "appearance": where})
    if not nodes:
        nodes.append({"type": "CreativeWork", "id": ident, **about, "creator": who, "isPartOf": article["id"]})
    return nodes


def _counted(telling: Telling[Figure], article: Node) -> Node:
    """A figure: a Claim by its claimant, else by the outlet."""
    item = telling.item
    return {
        "type": "Claim",
        "id": f"{article['id']}/{item.id}",
        "text": telling.of(item.sentence),
        "author": _actor(telling.speaker) if telling.speaker else _outlet(telling.report),
        "appearance": article["id"],
        "measure": item.measure,
        "low": plain(item.low),
        "high": plain(item.high),
        "bound": item.bound,
        "total": item.cumulative,
        "party": item.party,
        "carriedBy": list(telling.chain),
    }


def _actor(actor: Actor) -> Node:
    """Who says so. Somebody whom the report does not name is a person all the same, and says so."""
    person = actor.kind in ("person", "unnamed")
    node: Node = {"type": "Person" if person else "Organization", "name": actor.name}
    if actor.role:
        node["jobTitle" if person else "description"] = actor.role
    if actor.anonymous:
        node["description"] = "not named in the report"
    if actor.party:
        node["party"] = actor.party
    return node


def _outlet(head: Masthead) -> Node:
    return {"type": "NewsMediaOrganization", "name": head.name}


def _annotation(body: str, article: Node, text: str, spans: tuple[Span, ...]) -> Node:
    source = article["url"] or article["id"]
    return {
        "type": "Annotation",
        "id": f"{body}/words",
        "motivation": "oa:linking",
        "body": body,
        "target": [{"type": "SpecificResource", "source": source, "selector": _selectors(text, s)} for s in spans],
    }


def _selectors(text: str, span: Span) -> list[Node]:
    return [
        {
            "type": "TextQuoteSelector",
            "exact": span.of(text),
            "prefix": text[max(0, span.start - _AROUND) : span.start],
            "suffix": text[span.end : span.end + _AROUND],
        },
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
    ]


def _web(url: str | None) -> str | None:
    """An address that may stand as an IRI, or None."""
    if not url or not url.startswith(("http://", "https://")):
        return None
    return quote(url, safe=_URL)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
