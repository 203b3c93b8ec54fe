"""The small gold set of our own (tests/gold): it is well formed, and the reader stays above floors on it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from counterclaim import evaluate
from counterclaim.types import Bound, Measure, Stance, State, Status

GOLD = Path(__file__).parent / "gold"
REPORTS = {r["id"]: r for r in map(json.loads, (GOLD / "reports.jsonl").read_text("utf-8").splitlines())}
#: A little under what was reached; the reader saw none of these texts before they were annotated.
FLOORS = {
    "statements": 0.93, "statements+speaker": 0.90, "events": 0.84, "figures": 0.97, "control": 0.70, "places": 0.97,
    "events.place": 0.68, "events.status": 0.79, "figures.measure": 0.88, "figures.claimed_by": 0.87,
    "statements.stance": 0.86, "statements.anonymous": 0.94,
}  # fmt: skip


def annotations() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted((GOLD / "gold").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        assert gold["id"] == path.stem
        yield REPORTS[path.stem]["text"], gold


def test_every_report_is_annotated_and_the_other_way_round() -> None:
    assert {gold["id"] for _, gold in annotations()} == set(REPORTS)


def test_what_the_gold_quotes_stands_in_the_text() -> None:
    for text, gold in annotations():
        for said in gold["statements"]:
            assert text[said["content_start"] : said["content_end"]] == said["content_text"]
            for part in ("source", "cue"):
                words, start = said[f"{part}_text"], said[f"{part}_start"]
                assert (words is None) == (start is None)
                assert words is None or text[start : start + len(words)] == words
        for told in (*gold["events"], *gold["control"]):
            assert text[told["sentence_start"] : told["sentence_start"] + len(told["sentence"])] == told["sentence"]
        for figure in gold["figures"]:
            assert text[figure["start"] : figure["end"]] == figure["value_text"]
            assert figure["value_text"] in figure["sentence"]


def test_the_gold_uses_the_words_of_the_contract() -> None:
    for _, gold in annotations():
        assert {s["stance"] for s in gold["statements"]} <= set(get_args(Stance))
        assert all(s["anonymous"] == s["speaker"].startswith("anonymous:") for s in gold["statements"])
        assert {e["status"] for e in gold["events"]} <= set(get_args(Status))
        assert {f["kind"] for f in gold["figures"]} <= set(get_args(Bound))
        assert {f["what"] for f in gold["figures"]} <= set(get_args(Measure))
        assert {c["status"] for c in gold["control"]} <= set(get_args(State))
        names = [p["name"] for p in gold["places"]]
        assert len(names) == len(set(names))


def test_the_reader_stays_above_the_floors() -> None:
    evaluate.run(GOLD)["all"].check(FLOORS)
