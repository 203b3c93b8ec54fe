"""Dead and injured against MUC-4: `python tools/measure_figures.py MUC4_FIGURES.jsonl... [-v] [--limit N]`.

Each line holds `id`, `text` (capitals, wires of 1989 to 1991) and `events`: figures as `low`, `high`, `kind` and
`effects`. Asked for are the dead and the injured, not optional ones and not a lone "1", each number once a text. One is
found where the reading has a figure of that measure (or of killed and wounded together) with the same low and high; a
bare plural (2 and more) where it has one with an open end. Precision is not asked: the templates leave most out.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from counterclaim.language import parsed, pipeline
from counterclaim.reading.figures.keep import Found, gather
from counterclaim.sources import report_from

EFFECTS = {"DEATH": "killed", "INJURY": "wounded"}
Asked = tuple[float | None, float | None, str, str]


def asked(events: list[dict[str, Any]]) -> dict[Asked, dict[str, Any]]:
    """The figures asked of one text: low, high, kind, measure."""
    found: dict[Asked, dict[str, Any]] = {}
    for event in events:
        measure = EFFECTS.get(event["effects"][0]) if len(event["effects"]) == 1 else None
        if measure and not event["optional"] and (event["low"], event["high"]) != (1, 1):
            found.setdefault((event["low"], event["high"], event["kind"], measure), event)
    return found


def read(text: str) -> list[Found]:
    """The figures of a text, with the rules of reading alone."""
    with parsed(report_from({"id": "muc", "text": text}), pipeline()) as page:
        found: list[Found] = []
        for sentence in page.sentences:
            found += gather(sentence, found)
        return found


def has(figures: list[Found], want: Asked) -> bool:
    """Whether one of `figures` is the one asked for."""
    low, high, kind, measure = want
    fitting = [f.number for f in figures if f.measure in {measure, "killed_or_wounded"}]
    same = any((n.low, n.high) == (low, high) for n in fitting)
    return same or (kind == "plural" and any(n.high is None for n in fitting))


def main() -> None:
    """Read every text and print what share of the asked was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("-v", "--verbose", action="store_true", help="print what was missed")
    parser.add_argument("--limit", type=int, help="texts of each file")
    given = parser.parse_args()
    tally, right = Counter[str](), Counter[str]()
    for path in given.gold:
        for line in path.read_text("utf-8").splitlines()[: given.limit]:
            report = json.loads(line)
            wanted = asked(report["events"])
            figures = read(report["text"]) if wanted else []
            for want, event in wanted.items():
                sort = "bare plural" if want[2] == "plural" else "number"
                tally[sort] += 1
                if has(figures, want):
                    right[sort] += 1
                elif given.verbose:
                    sentence = next((s["sentence"] for s in event["spans"]), "")
                    print(report["id"], want, event["number_raw"], event["refs"], "|", sentence)
    for sort in sorted(tally):
        print(f"{sort}: {right[sort] / tally[sort]:.3f} ({right[sort]} of {tally[sort]})")
    print(f"all: {right.total() / max(1, tally.total()):.3f} ({right.total()} of {tally.total()})")


if __name__ == "__main__":
    main()
