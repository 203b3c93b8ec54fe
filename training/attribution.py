"""Predictions for the attribution sets: python -m training.attribution SET.jsonl [--definition NAME] > PRED

A set has a document a line (`id`, `text`). The output has the spans of source, cue and content of each statement, as
the sets' own scorer takes them. Definitions: "ours" is what the program reads; "polnear" are the same words of
communication with PolNeAR's borders; "wide" has belief and desire too, and is what the encoder alone proposes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from counterclaim import conflict
from counterclaim.language import page_of, pipeline
from counterclaim.reading import actors, encoder, read, statements, times
from counterclaim.reading.statements import vote
from counterclaim.sources import report_from
from counterclaim.types import Report, Span, Statement
from training import rst

#: Least chance of a cue in the wide definition.
WIDE = 0.7


@click.command()
@click.argument("documents", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--reader", type=click.Choice(["encoder", "rules"]), default="encoder", show_default=True)
@click.option("--definition", type=click.Choice(["ours", "polnear", "wide", "gum"]), default="ours", show_default=True)
def main(documents: Path, reader: Any, definition: Any) -> None:
    """Read each document and print its attributions."""
    with documents.open(encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            report = report_from({"id": document["id"], "text": document["text"], "language": "en"})
            found: Iterable[Statement | encoder.Proposal | rst.Attribution]
            if definition == "ours":
                found = read(report, reader=reader).statements
            elif definition == "gum":
                found = rst.attributions(page_of(report, pipeline()), read(report, reader=reader).statements)
            elif definition == "polnear":
                found = _polnear(report)
            else:
                everything = [Span(0, len(report.text))] if report.text else []
                found = [p for p in encoder.propose(report.text, everything, "wide").found if p.chance >= WIDE]
            rows = [{"source": _spans(s.source), "cue": _spans(s.cue), "content": _spans(*s.content)} for s in found]
            print(json.dumps({"id": document["id"], "attributions": rows}))


def _polnear(report: Report) -> tuple[Statement, ...]:
    """Rules and encoder, with the encoder asked for PolNeAR's definition."""
    page, profile = page_of(report, pipeline()), conflict.load("generic")
    proposals = encoder.propose(report.text, [p.span for p in report.passages], "polnear")
    return statements.find(page, actors.find(page, profile), times.find(page, profile), proposals, vote.POLNEAR)


def _spans(*spans: Span | None) -> list[list[int]]:
    return [[s.start, s.end] for s in spans if s is not None]


if __name__ == "__main__":
    main()
