"""Joins against events told by several reports: `python tools/measure_joins.py RECORD GOLD/same_events.json [-v]`.

RECORD holds the reports (`counterclaim add --db RECORD GOLD/reports.jsonl GOLD/more_reports.jsonl`). The gold names
events and the reports that tell of them, not their rows; `joins_events.toml` says by kinds and words which rows do.

- pairs of rows: two rows of different reports that tell of one event, of kinds that meet, not dated days apart and
  not each on one day, another. Rows that repeat others of their report count, as groups hold them. Recall: how many
  of the pairs stand in one group; and the mean of that over the events, as one told at length has most of the pairs.
  Precision: of joined pairs between reports that share an event, one row of which tells of it, in how many the other
  one does too.
- pairs of reports: for an event and two reports that tell of it, whether any of their rows on it are joined.
"""

from __future__ import annotations

import argparse
import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

from counterclaim.record import pairs, same_event
from counterclaim.record.tellings import Telling
from counterclaim.store import open_record
from counterclaim.types import Event

RULES = Path(__file__).with_name("joins_events.toml")
#: Days that two tellings of one event may be dated apart.
SLACK = 1


def tells(telling: Telling[Event], rule: Mapping[str, Any]) -> bool:
    """Whether a row tells of the event of `rule`."""
    event, place = telling.item, telling.item.place
    there = "place" not in rule or bool(place and re.search(rule["place"], place.name, re.IGNORECASE))
    sentence = telling.of(event.sentence)
    words = telling.report.id in rule.get("whole", ()) or re.search(rule["words"], sentence, re.IGNORECASE)
    other = "not" in rule and re.search(rule["not"], sentence, re.IGNORECASE)
    return (
        event.kind in rule["kinds"]
        and event.status != "planned"
        and there
        and bool(words)
        and not other
        and _then(telling, rule)
    )


def _then(telling: Telling[Event], rule: Mapping[str, Any]) -> bool:
    """Whether the days of a row, where it has its own, touch those of `rule`."""
    own = telling.days
    return own is None or "days" not in rule or (own[0] <= rule["days"][1] and rule["days"][0] <= own[1])


def meet(a: Telling[Event], b: Telling[Event]) -> bool:
    """Whether kinds and days allow that two rows tell of one event."""
    one, other = pairs.face(a), pairs.face(b)
    gap = pairs.gap(one, other)
    within = gap is not None and gap <= SLACK and not (gap and one.sure and other.sure)
    return one.meets == other.meets and within


def score(tellings: Iterable[Telling[Event]], gold: list[dict[str, Any]], verbose: bool = False) -> dict[str, Any]:
    """The figures, by name."""
    told = list(tellings)
    by_ref = {t.ref: t for t in told}
    joined = {
        tuple(sorted((a.ref, b.ref)))
        for group in same_event.join(told)
        for a, b in combinations(group, 2)
        if a.report.id != b.report.id
    }
    rules = tomllib.loads(RULES.read_text(encoding="utf-8"))
    wanted: set[tuple[str, ...]] = set()
    near: set[tuple[str, ...]] = set()
    reports_found = reports_all = 0
    shares: list[float] = []
    for event in gold:
        rows = [t for t in told if t.report.id in event["reports"] and tells(t, rules[event["event"]])]
        same = {tuple(sorted((a.ref, b.ref))) for a, b in combinations(rows, 2) if a.report.id != b.report.id}
        wanted |= {pair for pair in same if meet(*(by_ref[ref] for ref in pair)) or pair in joined}
        refs = {t.ref for t in rows}
        for pair in joined:
            if refs & set(pair) and all(by_ref[ref].report.id in event["reports"] for ref in pair):
                near.add(pair)
        able = {
            tuple(sorted((a.report.id, b.report.id))) for a, b in combinations(rows, 2) if a.report.id != b.report.id
        }
        got = {tuple(sorted(by_ref[ref].report.id for ref in pair)) for pair in same & joined}
        reports_found, reports_all = reports_found + len(got), reports_all + len(able)
        if same & wanted:
            shares.append(len(same & joined) / len(same & wanted))
        if verbose:
            rows_of = f"rows {len(same & joined)} of {len(same & wanted)}"
            print(f"{event['event']}: reports {len(got)} of {len(able)}, {rows_of}")
    if verbose:
        for name, some in (("missed", wanted - joined), ("wrong", near - wanted)):
            for pair in sorted(some):
                a, b = (by_ref[ref] for ref in pair)
                verdict = pairs.compare(pairs.face(a), pairs.face(b))
                print(f"{name} {verdict.score} {'; '.join(verdict.why)}")
                for t in (a, b):
                    print(
                        f"    {t.ref} {t.item.kind} {t.item.place and t.item.place.name} {t.of(t.item.sentence)[:150]}"
                    )
    right = len(wanted & joined)
    return {
        "row pairs, recall": right / len(wanted),
        "row pairs, recall, mean of events": sum(shares) / len(shares),
        "row pairs, precision": len(near & wanted) / len(near) if near else 0.0,
        "report pairs, recall": reports_found / reports_all,
        "row pairs told / joined there / joined in all": f"{len(wanted)} / {len(near)} / {len(joined)}",
    }


def main() -> None:
    """Score a record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record")
    parser.add_argument("gold", type=Path)
    parser.add_argument("-v", action="store_true", help="name what was missed and what was wrong")
    args = parser.parse_args()
    gold = json.loads(args.gold.read_text(encoding="utf-8"))
    with open_record(args.record, create=False) as record:
        for name, value in score(record.events(), gold, args.v).items():
            print(f"{name:48} {value:.3f}" if isinstance(value, float) else f"{name:48} {value}")


if __name__ == "__main__":
    main()
