"""B-cubed of stories against reports grouped by hand: `python tools/measure_stories.py GOLD.jsonl...`.

Each line has `id`, `text`, and its group in `subtopic` or `cluster`; `title` and `date` where known. With `--record DB`
the stories of a record made with `counterclaim add GOLD.jsonl` are scored instead, so that the whole way is measured.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from counterclaim.record import words
from counterclaim.record.stories import Leaf, stories


def bcubed(gold: Mapping[str, str], found: list[list[str]]) -> tuple[float, float, float]:
    """Precision, recall and F1, each report weighing the same (Bagga and Baldwin 1998)."""
    groups: dict[str, set[str]] = defaultdict(set)
    for ident, group in gold.items():
        groups[group].add(ident)
    precision = recall = 0.0
    for story in found:
        for ident in story:
            same = len(groups[gold[ident]] & set(story))
            precision += same / len(story)
            recall += same / len(groups[gold[ident]])
    precision, recall = precision / len(gold), recall / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def main() -> None:
    """Score each file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--record", help="a record that the (one) gold file was added to")
    args = parser.parse_args()
    for path in args.gold:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        gold = {row["id"]: str(row.get("subtopic") or row["cluster"]) for row in rows}
        if args.record:
            from counterclaim.store import open_record
            from counterclaim.views.stories import stories as of_record

            with open_record(args.record, create=False) as record:
                found = [list(row.reports) for row in of_record(record)]
        else:
            found = stories(_leaf(row) for row in rows)
        precision, recall, f1 = bcubed(gold, found)
        sizes = f"({len(found)} of {len(set(gold.values()))})"
        print(f"{path.stem:28} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  {sizes}")


def _leaf(row: Mapping[str, str]) -> Leaf:
    day = date.fromisoformat(row["date"][:10]) if row.get("date") else None
    return Leaf(row["id"], day, words.profile(f"{row.get('title') or ''}\n{row['text']}"))


if __name__ == "__main__":
    main()
