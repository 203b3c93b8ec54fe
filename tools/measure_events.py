"""How well kinds and types of events are told in public sets that were not made for us.

    python tools/measure_events.py FOLDER [--set case|plover|ceha] [--errors N] [--kinds FILE]

FOLDER holds case2021_types_dev.jsonl, plover_gsr.jsonl and ceha_dev.jsonl, one text a line: {"id", "text", "events"}.

- case: the one type of a news snippet, 30 types of CASE 2021 task 2 (ACLED's sub-events and five more); weighted F1.
- plover: the class of a sentence of PLOVER's gold sentences; share right. "first kind" is the class of the first event.
- ceha: whether a text tells of communal, religious, resource or gender violence in the Horn of Africa; F1.

All by rules and words of the lexicon; nothing is trained. Printed for the whole set and for its two halves, because
the words were looked over on the texts in odd places (first, third, ...) only. --kinds keeps the kinds of event that
were read, for the next run: reading them takes most of the time. `tools/event_sets.toml` maps names.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

from counterclaim import conflict, language
from counterclaim.reading import actors, events, places, statements, times
from counterclaim.reading.events import finer
from counterclaim.reading.events.triggers import kinds
from counterclaim.types import Passage, Report, Span

Pairs = list[tuple[str, str]]
FILES = {"case": "case2021_types_dev.jsonl", "plover": "plover_gsr.jsonl", "ceha": "ceha_dev.jsonl"}
NAMES = tomllib.loads(Path(__file__).with_name("event_sets.toml").read_text("utf-8"))


def told(texts: dict[str, str], kept: Path | None) -> dict[str, list[str]]:
    """The kinds of event of each text, in its order; from `kept` where it holds them."""
    known: dict[str, list[str]] = json.loads(kept.read_text("utf-8")) if kept and kept.exists() else {}
    missing = [i for i in texts if i not in known]
    if missing:
        nlp, profile = language.pipeline(), conflict.load("generic")
        for i in missing:
            whole = (Passage(kind="paragraph", span=Span(0, len(texts[i]))),)
            page = language.page_of(Report(id=i, text=texts[i], passages=whole), nlp)
            cast, calendar, atlas = actors.find(page, profile), times.find(page, profile), places.find(page, profile)
            found = events.find(page, cast, calendar, atlas, statements.find(page, cast, calendar))
            known[i] = [e.kind for e in found]
        if kept:
            kept.write_text(json.dumps(known), "utf-8")
    return known


def weighted_f1(pairs: Pairs) -> float:
    """F1 of each marked label, weighed by how often it is marked."""
    total = 0.0
    for label, n in Counter(g for g, _ in pairs).items():
        right = sum(g == p == label for g, p in pairs)
        wrong = sum(p == label != g for g, p in pairs)
        total += n * 2 * right / (right + wrong + n)
    return total / len(pairs) if pairs else 0.0


def f1(pairs: Pairs) -> float:
    """F1 of "yes"."""
    right = sum(g == p == "yes" for g, p in pairs)
    of = sum(g == "yes" for g, _ in pairs) + sum(p == "yes" for _, p in pairs)
    return 2 * right / of if of else 0.0


def share(pairs: Pairs) -> float:
    """Share right; several marked labels are parted by a blank."""
    return sum(p in g.split() for g, p in pairs) / len(pairs) if pairs else 0.0


def case(rows: list[dict[str, Any]], known: dict[str, list[str]]) -> dict[str, Pairs]:
    """Types of snippets, by words alone and with the kinds that were read."""
    names = NAMES["case"]
    gold = [r["events"][0]["type"] for r in rows]
    alone = [names[finer.sort(r["text"]) or ""] for r in rows]
    both = [names[finer.sort(r["text"], known[r["id"]]) or ""] for r in rows]
    return {"words": list(zip(gold, alone, strict=True)), "words and kinds": list(zip(gold, both, strict=True))}


def plover(rows: list[dict[str, Any]], known: dict[str, list[str]]) -> dict[str, Pairs]:
    """Classes of sentences, by the first event read and by words and kinds."""
    gold = [" ".join(NAMES["plover"].get(e["event"], e["event"]) for e in r["events"]) for r in rows]
    first = [kinds()[known[r["id"]][0]].plover[0] if known[r["id"]] else "" for r in rows]
    both = [finer.sort(r["text"], known[r["id"]], "plover") or "" for r in rows]
    return {"first kind": list(zip(gold, first, strict=True)), "words and kinds": list(zip(gold, both, strict=True))}


def relevant(text: str) -> bool:
    """Whether a text tells of one event of the kinds of violence that CEHA asks for."""
    rule = NAMES["ceha"]
    lead = text[:1200].lower()
    themes = sum(bool(finer.listed(words).found(lead, ())) for words in rule["themes"].values())
    violence, overview = (len(finer.listed(rule[key]).found(lead, ())) for key in ("violence", "overview"))
    return bool(themes and violence and violence + themes >= overview and len(text.split()) < rule["longest"])


def ceha(rows: list[dict[str, Any]], known: dict[str, list[str]]) -> dict[str, Pairs]:
    """Whether texts are relevant: all of them, those of a violent type, and those that our rule takes."""
    gold = ["yes" if r["events"][0]["relevant"] == "Yes" else "no" for r in rows]
    violent = {t.name for t in finer.types() if t.acled in NAMES["ceha"]["violent"]}
    sorted_ = ["yes" if finer.sort(r["text"], known[r["id"]]) in violent else "no" for r in rows]
    ours = ["yes" if relevant(r["text"]) else "no" for r in rows]
    every = ["yes"] * len(rows)
    return {
        "every text": list(zip(gold, every, strict=True)),
        "a violent type": list(zip(gold, sorted_, strict=True)),
        "theme, violence": list(zip(gold, ours, strict=True)),
    }


MEASURES = {"case": (case, weighted_f1), "plover": (plover, share), "ceha": (ceha, f1)}


def main() -> None:
    """Measure each set asked for and print its figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--set", choices=sorted(FILES), action="append")
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--kinds", type=Path)
    args = parser.parse_args()
    for name in args.set or sorted(FILES):
        rows = [json.loads(line) for line in (args.folder / FILES[name]).read_text("utf-8").splitlines()]
        read, score = MEASURES[name]
        known = told({r["id"]: r["text"] for r in rows}, args.kinds)
        for what, pairs in read(rows, known).items():
            halves = f"looked over {score(pairs[::2]):.3f}, other half {score(pairs[1::2]):.3f}"
            print(f"{name:8} {what:15} {score(pairs):.3f}   {halves}   of {len(pairs)}")
        wrong = [(g, p, r["text"]) for (g, p), r in zip(pairs, rows, strict=True) if p not in g.split()]
        for g, p, text in wrong[: 2 * args.errors : 2]:
            print(f"  {g} read as {p or 'nothing'}: {' '.join(text.split())[:160]}")


if __name__ == "__main__":
    main()
