"""Annotated texts as the encoder learns them: words, cues, and the words that each cue links to.

Two definitions are told apart by their domain: PolNeAR's (belief and desire are attributions too) and ours (acts of
communication and documents). A folder of gold holds `attribution/polnear_train.jsonl` and `reports/`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from counterclaim import sources
from counterclaim.language import PARSED
from counterclaim.reading.encoder import OURS, POLNEAR
from counterclaim.reading.encoder.words import Text, text_of
from counterclaim.types import Report, Span

#: Wars in the folds of the cross-validation, by a pattern over the reports' own name of their war. What fits no
#: pattern is the last fold.
WARS = [r"russia|ukraine", r"gaza|hamas|iran", r"hezbollah|yemen"]


@dataclass
class Link:
    """One attribution in numbers of words. `narrow`: an act of communication or a document; `sure`: not optional."""

    cue: list[int]
    source: list[int]
    content: list[int]
    narrow: bool = True
    sure: bool = True


@dataclass
class Example:
    """An annotated text."""

    id: str
    text: Text
    domain: int
    war: int = -1
    links: list[Link] = field(default_factory=list)


def polnear(path: Path) -> Iterator[Example]:
    """The documents of a file in the form of PolNeAR's: every line a document with its attributions.

    Raises:
        ValueError: naming the line, if it is not of that form.
    """
    for record in _lines(path):
        example = Example(record["id"], text_of(record["text"]), POLNEAR)
        for a in record["attributions"]:
            cue, source, content = (_words(example.text, a[role]) for role in ("cue", "source", "content"))
            if cue and content:
                example.links.append(Link(cue, source, content, narrow=a.get("narrow", True)))
        yield example


def reports(folder: Path) -> Iterator[Example]:
    """The annotated reports, in the passages that are read, within what was annotated of each."""
    for record in _lines(folder / "reports.jsonl"):
        path = folder / "gold" / f"{record['id']}.json"
        if not path.exists():
            continue
        gold = json.loads(path.read_text(encoding="utf-8"))
        report = sources.report_from(record)
        text = text_of(report.text, paragraphs(report, gold.get("scope")))
        example = Example(record["id"], text, OURS, _war(str(record.get("conflict"))))
        example.links = [link for link in _statements(text, gold["statements"]) if link.cue and link.content]
        yield example


def paragraphs(report: Report, scope: Iterable[tuple[int, int]] | None = None) -> Iterator[Span]:
    """The passages of a report that are read, each cut to what was annotated."""
    ranges = [tuple(s) for s in scope or [(0, len(report.text))]]
    for passage in report.passages:
        if passage.kind in PARSED:
            for start, end in ranges:
                start, end = max(start, passage.span.start), min(end, passage.span.end)
                if start < end:
                    yield Span(start, end)


def _statements(text: Text, statements: list[dict[str, Any]]) -> Iterator[Link]:
    """Statements with the same cue and source are one: the parts of a split quotation."""
    found: dict[tuple[int, int, int], Link] = {}
    for s in statements:
        if not s["cue_text"]:
            continue
        cue = (s["cue_start"], s["cue_start"] + len(s["cue_text"]))
        source = (s["source_start"], s["source_start"] + len(s["source_text"])) if s["source_text"] else None
        key = (*cue, source[0] if source else -1)
        if key not in found:
            found[key] = Link(_words(text, [cue]), _words(text, [source] if source else []), [], sure=False)
        link = found[key]
        link.content = sorted({*link.content, *_words(text, [(s["content_start"], s["content_end"])])})
        link.sure |= not s.get("optional", False)
    yield from found.values()


def _words(text: Text, spans: Iterable[tuple[int, int]]) -> list[int]:
    return sorted({n for start, end in spans if start < end for n in text.inside(Span(start, end))})


def _war(name: str) -> int:
    return next((n for n, pattern in enumerate(WARS) if re.search(pattern, name, re.IGNORECASE)), len(WARS))


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                yield json.loads(line)
            except ValueError as error:
                raise ValueError(f"{path}, line {number}: {error}") from error
