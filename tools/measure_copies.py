"""Precision and recall of copies made by edits: `python tools/measure_copies.py [--passages] REPORTS.jsonl...`.

Reports: half of the pairs are a report and an edited copy of it: cut, with a new lead, paragraphs in another order,
words replaced, an outlet's line added, or several of these. The other half are two reports about the same event, where
the input says which are (`cluster` or `subtopic`), else any two. Where a third or more of the sentences of one stand in
the other word by word, two outlets did print one text, and the pair is left out. The lead sentences are written here.

Passages (`--passages`): half of the reports stand in a record. From each of so many of them a report is made: an own
lead, some of its paragraphs in another order, each as it was, with words replaced, a sentence cut, or run into one,
and between them paragraphs of a report of the other half, about the same event where the input says which. Is each
paragraph of twelve words or more found to be a copy, and of the right report? Reports of the other half that have two
sentences of seven words in common with those of the record print one text with them, and are left out; a paragraph that
has one, or twelve words in a row, too. A bullet is no word, an address is one.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from counterclaim.passages import split
from counterclaim.record.copies import LIKE, likeness, sketch
from counterclaim.record.rules import rules
from counterclaim.store import open_record
from counterclaim.types import Reading, Report

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


def touched(parts: list[str], dice: random.Random) -> Iterator[str]:
    """Paragraphs as an outlet may print them: as they were, some words replaced, a sentence cut, two run into one."""
    left = list(parts)
    while left:
        part = left.pop(0)
        if left and dice.random() < 0.15:
            part = f"{part} {left.pop(0)}"
        yield _touched(part, dice)


def _touched(part: str, dice: random.Random) -> str:
    how, sentences = dice.random(), _SENTENCE.split(part)
    if how < 0.3:
        return " ".join(dice.choice(["some", "new", "other"]) if dice.random() < 0.04 else w for w in part.split())
    if how < 0.55 and len(sentences) > 1:
        del sentences[dice.randrange(len(sentences))]
        return " ".join(sentences)
    return part


def mixed(row: dict[str, Any], other: list[str], dice: random.Random) -> list[tuple[str, bool]]:
    """The paragraphs of a report made from `row` and own ones, each with whether it is a copy."""
    parts = [part for part in _paragraphs(row["text"]) if len(_words(part)) >= WORDS]
    start = dice.randrange(max(1, len(parts) - 6))
    took = parts[start : start + dice.choice([1, 2, 3, 6])]
    copied = [(part, True) for part in touched(took, dice)]
    own = [(part, False) for part in dice.sample(other, k=min(len(other), dice.choice([1, 3, 6])))]
    both = [*copied, *own]
    dice.shuffle(both)
    return [(dice.choice(LEADS), False), *both]


def passages(rows: list[dict[str, Any]], pairs: int, verbose: bool) -> None:
    """Make the reports, find the copied passages in a record, and count."""
    dice = random.Random(11)
    dice.shuffle(rows)
    kept, others = rows[: len(rows) // 2], rows[len(rows) // 2 :]
    known = {s for row in kept for s in _plain(row["text"])}
    runs = {run for row in kept for run in _runs(row["text"])}
    own: dict[str, list[str]] = defaultdict(list)
    for row in others:
        if len(known & _plain(row["text"])) < REPRINTED:
            long = [p for p in _paragraphs(row["text"]) if len(_words(p)) >= WORDS]
            fresh = [p for p in long if not known & _plain(p) and runs.isdisjoint(_runs(p))]
            for name in (_group(row), "all"):
                own[name] += fresh
    right = wrong = missed = elsewhere = 0
    with open_record(":memory:") as record:
        for n, row in enumerate(kept):
            record.add(_bare(f"kept{n}", row["text"], 1))
        for n in range(pairs):
            at = dice.randrange(len(kept))
            made = mixed(kept[at], own.get(_group(kept[at])) or own["all"], dice)
            text = "\n\n".join(part for part, _ in made)
            record.add(_bare(f"made{n}", text, 2 + n))
            found = [(c.stretch, c.origin) for c in record.reprints([f"made{n}"])[f"made{n}"]]
            place = 0
            for part, copy in made:
                end = place + len(part)
                inside = [(s, o) for s, o in found if s.start < end and place < s.end and o.report.startswith("kept")]
                share = sum(min(s.end, end) - max(s.start, place) for s, _ in inside) / len(part)
                taken = share >= rules()["passage"]["share"]
                if len(_words(part)) >= WORDS:
                    right, wrong, missed = right + (copy and taken), wrong + (taken > copy), missed + (copy > taken)
                    elsewhere += copy and taken and f"kept{at}" not in {o.report for _, o in inside}
                    if verbose and copy != taken:
                        print(f"{'missed' if copy else 'taken for a copy'} {share:.2f} {part[:160]!r}")
                place = end + 2
    precision, recall = right / (right + wrong), right / (right + missed)
    print(f"precision {precision:.3f}  recall {recall:.3f}  ({right + missed} copied passages in {pairs} reports)")
    print(f"of {right} found, {elsewhere} were told to be from another report than the one they were taken from")


#: Words that a passage must have to be counted.
WORDS = 12
#: From so many sentences in common on, two outlets print one text.
REPRINTED = 2


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"\n+", text) if part.strip()]


def _words(text: str) -> list[str]:
    return re.findall(r"\S*\w\S*", text)


def _runs(text: str) -> set[tuple[str, ...]]:
    """Its runs of twelve words."""
    told = re.findall(r"\w+", text.casefold())
    return {tuple(told[i : i + WORDS]) for i in range(len(told) - WORDS + 1)}


def _plain(text: str) -> set[str]:
    """The sentences of more than six words, by their words."""
    return {s for s in (" ".join(re.findall(r"\w+", p.casefold())) for p in _SENTENCE.split(text)) if s.count(" ") > 5}


def _group(row: dict[str, Any]) -> str:
    return str(row.get("subtopic") or row.get("cluster") or "all")


def _bare(ident: str, text: str, day: int) -> Reading:
    """A reading of nothing."""
    published = date(2000, 1, 1) + timedelta(days=day)
    report = Report(id=ident, text=text, passages=split(text), published=published, published_basis="given")
    return Reading(report=report, conflict="generic", version="0", pipeline="none")


def main() -> None:
    """Make the pairs, and count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", nargs="+", type=Path)
    parser.add_argument("--pairs", type=int, default=500)
    parser.add_argument("--least", type=int, default=60, help="words that a report must have")
    parser.add_argument("--passages", action="store_true", help="passages rather than whole reports")
    parser.add_argument("-v", action="store_true", help="name what went wrong")
    args = parser.parse_args()
    rows: list[dict[str, Any]] = [
        json.loads(line) for path in args.reports for line in path.read_text(encoding="utf-8").splitlines()
    ]
    rows = [row for row in rows if len(row["text"].split()) >= args.least]
    if args.passages:
        passages(rows, args.pairs, args.v)
        return
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
