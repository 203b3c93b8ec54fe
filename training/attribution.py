"""Predictions for the attribution sets: python -m training.attribution SET.jsonl [--reader rules] [--wide] > PRED

A set has a document a line (`id`, `text`). The output has the spans of source, cue and content of each statement, as
the sets' own scorer takes them. `--wide` is PolNeAR's definition, with belief and desire: what the encoder proposes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from counterclaim.reading import encoder, read
from counterclaim.sources import report_from
from counterclaim.types import Span


@click.command()
@click.argument("documents", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--reader", type=click.Choice(["encoder", "rules"]), default="encoder", show_default=True)
@click.option("--wide", is_flag=True, help="PolNeAR's own definition instead of ours.")
def main(documents: Path, reader: str, wide: bool) -> None:
    """Read each document and print its attributions."""
    with documents.open(encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            found = _wide(document["text"]) if wide else _ours(document, reader)
            print(json.dumps({"id": document["id"], "attributions": found}))


def _ours(document: dict[str, Any], reader: str) -> list[dict[str, Any]]:
    report = report_from({"id": document["id"], "text": document["text"], "language": "en"})
    return [
        {"source": _spans(s.source), "cue": _spans(s.cue), "content": _spans(*s.content)}
        for s in read(report, reader="rules" if reader == "rules" else "encoder").statements
    ]


def _wide(text: str) -> list[dict[str, Any]]:
    proposals = encoder.propose(text, [Span(0, len(text))] if text else [], wide=True)
    return [{"source": _spans(p.source), "cue": _spans(p.cue), "content": _spans(*p.content)} for p in proposals.found]


def _spans(*spans: Span | None) -> list[list[int]]:
    return [[s.start, s.end] for s in spans if s is not None]


if __name__ == "__main__":
    main()
