"""One row, or one report, with everything behind it: the sentence in its paragraph, who carries it, where, why."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from counterclaim.errors import NothingFound
from counterclaim.record.tellings import Telling, spans_of, tellings
from counterclaim.store import Record
from counterclaim.types import Passage, Reading, Span, Struct
from counterclaim.views.contract import as_contract

_ROW = re.compile(r"([a-z])(\d+)")


class Shown(Struct, frozen=True, kw_only=True):
    """A row in its context. `context` is the text of the passage, `marks` the spans to mark in it (offsets in it).

    `chain` are the speakers that carry it, outermost first, the last one the speaker. `row` is the row as `read` prints
    it, `readings` every reader version that has read the report, the one shown first.
    """

    id: str
    family: str
    context: str
    marks: tuple[Span, ...]
    chain: tuple[str, ...]
    outlet: str | None
    headline: str | None
    url: str | None
    published: date | None
    published_basis: str
    passage: str
    why: str
    readings: tuple[str, ...]
    row: dict[str, Any]


class Overview(Struct, frozen=True, kw_only=True):
    """A report with its passages and the number of rows of each family."""

    id: str
    report: str
    outlet: str | None
    headline: str | None
    url: str | None
    published: date | None
    published_basis: str
    conflict: str
    day: int | None
    language: str
    unread: str | None
    readings: tuple[str, ...]
    counts: dict[str, int]
    passages: tuple[tuple[str, str], ...]


def show(record: Record, handle: str) -> Shown | Overview:
    """What `handle` names: a row ("1a2b3c4d/s1"), a passage ("1a2b3c4d/p3") or a report ("1a2b3c4d").

    Raises:
        NothingFound: if there is no such report or row.
    """
    report, row = handle, ""
    head, slash, tail = handle.rpartition("/")
    if slash and _ROW.fullmatch(tail) and not record.has(handle):
        report, row = head, tail
    ident = record.report_id(report)
    readings = record.readings(ident)
    newest = readings[0]
    short = record.short(ident)
    if not row:
        return _overview(newest, readings, short)
    if row[0] == "p":
        return _passage(newest, readings, short, int(row[1:]))
    for family, telling in tellings(newest, short):
        if telling.item.id == row:
            return _row(newest, readings, family, telling)
    raise NothingFound(f"report {report!r} has no row {row!r}", where=record.path)


def _row(newest: Reading, readings: list[Reading], family: str, telling: Telling[Any]) -> Shown:
    spans = spans_of(telling.item)
    passages = [p for p in newest.report.passages if any(p.span.overlaps(s) for s in spans)]
    whole = _around(passages, telling)
    key = {"statement": "statements", "event": "events", "figure": "figures", "holding": "control"}[family]
    row = next(r for r in as_contract(newest)[key] if r["id"] == telling.item.id)
    speaker = telling.speaker.name if telling.speaker else None
    return Shown(
        id=telling.ref,
        family=family,
        context=whole.of(newest.report.text),
        marks=tuple(Span(s.start - whole.start, s.end - whole.start) for s in _marks(telling)),
        chain=(*telling.chain, *((speaker,) if speaker else ())),
        passage=passages[0].kind if passages else "paragraph",
        why=telling.item.why,
        readings=_versions(readings),
        row=row,
        **_head(newest),
    )


def _marks(telling: Telling[Any]) -> tuple[Span, ...]:
    item = telling.item
    return tuple(item.content) if hasattr(item, "content") else spans_of(item)


def _around(passages: list[Passage], telling: Telling[Any]) -> Span:
    """The passages a row stands in, as one stretch of text."""
    starts = [telling.offset, *(p.span.start for p in passages)]
    ends = [telling.offset + len(telling.text), *(p.span.end for p in passages)]
    return Span(min(starts), max(ends))


def _passage(newest: Reading, readings: list[Reading], short: str, number: int) -> Shown:
    report = newest.report
    if number >= len(report.passages):
        raise NothingFound(f"report {short!r} has no passage {number}")
    passage = report.passages[number]
    return Shown(
        id=f"{short}/p{number}",
        family="passage",
        context=passage.span.of(report.text),
        marks=(),
        chain=(),
        passage=passage.kind,
        why="",
        readings=_versions(readings),
        row={"kind": passage.kind, "start": passage.span.start, "end": passage.span.end},
        **_head(newest),
    )


def _overview(newest: Reading, readings: list[Reading], short: str) -> Overview:
    report = newest.report
    return Overview(
        id=short,
        report=report.id,
        conflict=newest.conflict,
        day=newest.day,
        language=report.language,
        unread=newest.unread,
        readings=_versions(readings),
        counts={
            "statements": len(newest.statements),
            "events": len(newest.events),
            "figures": len(newest.figures),
            "control": len(newest.holdings),
            "places": len(newest.places),
        },
        passages=tuple((p.kind, p.span.of(report.text)) for p in report.passages),
        **_head(newest),
    )


def _versions(readings: list[Reading]) -> tuple[str, ...]:
    return tuple(f"{r.version} with {r.pipeline}" for r in readings)


def _head(reading: Reading) -> dict[str, Any]:
    return {k: getattr(reading.report, k) for k in ("outlet", "headline", "url", "published", "published_basis")}
