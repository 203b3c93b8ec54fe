"""Precision and recall of copies on pairs made by edits: `python tools/measure_copies.py REPORTS.jsonl...`.

Half of the pairs are a report and an edited copy of it: cut, under a new lead, its paragraphs in another order, words
replaced, an outlet's line added, or several of these. The other half are two reports about the same event, where the
input says which are (`cluster` or `subtopic`), else any two. Where a third or more of the sentences of one stand in the
other word by word, two outlets did print one text, and the pair is left out. The lead sentences are written here.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from counterclaim.record.copies import LIKE, likeness, sketch

LEADS = [
    "Officials gave new details on Tuesday of what had happened over the weekend, and residents told of their losses.",
    "Here is what we know so far about the events of the last day, as told by those who were there.",
    "This report was put together from agency material by our own desk, with further words from the scene.",
    "The authorities have been under growing pressure to explain themselves since the first accounts came in.",
]
LINES = [
    "(With agency material)",
    "Read more on our live page.",
    "Editing by the night desk.",
    "Sign up for our letter.",
]
_SENTENCE = re.compile(r"(?<=[.!?”\"])\s+")


def edited(text: str, dice: random.Random) -> tuple[str, str]:
    """An edited copy, and what was done."""
    parts = [p for p in re.split(r"\n+", text) if p.strip()]
    if len(parts) < 4:
        parts = _SENTENCE.split(text)
    done = dice.sample(["cut", "lead", "swap", "words", "line"], k=dice.choice([1, 1, 2, 3]))
    if "cut" in done:
        keep = min(len(parts), max(2, int(len(parts) * dice.uniform(0.3, 0.8))))
        start = dice.choice([0, 0, dice.randrange(len(parts) - keep + 1)])
        parts = parts[start : start + keep]
    if "swap" in done:
        dice.shuffle(parts)
    if "words" in done:
        parts = [
            " ".join(dice.choice(["some", "new", "other"]) if dice.random() < 0.04 else w for w in p.split())
            for p in parts
        ]
    if "lead" in done:
        parts[0:1] = dice.sample(LEADS, k=dice.choice([1, 2]))
    if "line" in done:
        parts.append(dice.choice(LINES))
    return "\n\n".join(parts), "+".join(sorted(done))


def reprinted(a: str, b: str) -> bool:
    """Whether a third of the sentences of the shorter text stand in the other as they are."""
    one, other = (
        {s for s in (" ".join(re.findall(r"\w+", p.casefold())) for p in _SENTENCE.split(t)) if s.count(" ") > 6}
        for t in (a, b)
    )
    least = min(len(one), len(other))
    return bool(least) and len(one & other) * 3 >= least


def main() -> None:
    """Make the pairs, and count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", nargs="+", type=Path)
    parser.add_argument("--pairs", type=int, default=500)
    parser.add_argument("--least", type=int, default=60, help="words that a report must have")
    parser.add_argument("-v", action="store_true", help="name what went wrong")
    args = parser.parse_args()
    rows: list[dict[str, Any]] = [
        json.loads(line) for path in args.reports for line in path.read_text(encoding="utf-8").splitlines()
    ]
    rows = [row for row in rows if len(row["text"].split()) >= args.least]
    dice = random.Random(7)
    right = wrong = missed = 0
    for row in dice.sample(rows, k=min(args.pairs // 2, len(rows))):
        copy, done = edited(row["text"], dice)
        like = likeness(sketch(row["text"]), sketch(copy))
        right, missed = right + (like >= LIKE), missed + (like < LIKE)
        if like < LIKE and args.v:
            print(f"missed {row['id']} {done} {like:.2f}")
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[str(row.get("subtopic") or row.get("cluster") or "all")].append(row)
    others = [(a, b) for g in groups.values() for n, a in enumerate(g) for b in g[n + 1 :]]
    others = [pair for pair in others if not reprinted(*(row["text"] for row in pair))]
    others = dice.sample(others, k=min(args.pairs // 2, len(others)))
    for a, b in others:
        like = likeness(sketch(a["text"]), sketch(b["text"]))
        wrong += like >= LIKE
        if like >= LIKE and args.v:
            print(f"taken for copies {a['id']} {b['id']} {like:.2f}")
    precision, recall = right / (right + wrong), right / (right + missed)
    print(f"precision {precision:.3f}  recall {recall:.3f}  ({right + missed} copies, {len(others)} others)")


if __name__ == "__main__":
    main()
