"""What a row of a coded file rests on, one line a telling: the words, where they stand, who says so, what was taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from counterclaim.exports import deaths
from counterclaim.exports.incidents import Incident
from counterclaim.record.tellings import Telling
from counterclaim.types import Event, Figure, Span

COLUMNS = [
    "row", "what", "taken_for", "claimant", "claimant_party", "carried_by", "group", "number", "low", "high", "bound",
    "quote", "start", "end", "ref", "report", "outlet", "headline", "published", "url",
]  # fmt: skip


def lines(row: object, incident: Incident, taken: dict[tuple[str, str], str]) -> Iterator[dict[str, object]]:
    """The evidence of `row`: every telling of the event, every figure of its dead.

    `taken` says what a figure was taken for, by report and row. `start` and `end` count characters of the report's
    text, the end not included; `quote` are these very characters.
    """
    for telling in incident.tellings:
        yield {"row": row, "what": telling.item.status + " event", "number": telling.item.kind, **cited(telling)}
    for figure in incident.figures:
        item: Figure = figure.item
        yield {
            "row": row,
            "what": "total" if item.cumulative else "figure",
            "taken_for": taken.get((figure.report.id, item.id), ""),
            "group": item.counted or "",
            "number": exact(figure, item.span),
            "low": item.low,
            "high": item.high,
            "bound": item.bound,
            **cited(figure),
        }


def taken_for(accounts: Iterable[tuple[str, deaths.Account | None]]) -> dict[tuple[str, str], str]:
    """What each figure was taken for: "best", "low" and "high", as far as its account was."""
    found: dict[tuple[str, str], str] = {}
    for name, account in accounts:
        for telling in account.figures if account else ():
            key = (telling.report.id, telling.item.id)
            found[key] = f"{found[key]} {name}" if key in found else name
    return found


def cited(telling: Telling[Event] | Telling[Figure]) -> dict[str, object]:
    """Who says so, the sentence with its place, and the report it stands in."""
    span, head = telling.item.sentence, telling.report
    return {
        "claimant": telling.speaker.name if telling.speaker else head.name,
        "claimant_party": telling.speaker.party if telling.speaker else None,
        "carried_by": telling.chain,
        "quote": exact(telling, span),
        "start": span.start,
        "end": span.end,
        "ref": telling.ref,
        "report": head.id,
        "outlet": head.outlet,
        "headline": head.headline,
        "published": head.published.isoformat() if head.published else None,
        "url": head.url,
    }


def exact(telling: Telling[Any], span: Span) -> str:
    """The very characters of `span`, white space as in the report."""
    return telling.text[max(0, span.start - telling.offset) : max(0, span.end - telling.offset)]
