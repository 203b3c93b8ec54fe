"""Scores: gold against itself is perfect, each kind of fault costs what it should, floors hold."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest

from counterclaim import evaluate
from counterclaim.errors import BelowFloor, ConfigError, InputError

TEXT = "The mayor of Kherson said at least 13 people died. Russian troops seized the city."
FIRST = "The mayor of Kherson said at least 13 people died."
SECOND = "Russian troops seized the city."
GOLD = {
    "id": "one",
    "statements": [
        {
            "speaker": "Mayor of Kherson", "anonymous": False, "content_text": "at least 13 people died",
            "content_start": TEXT.index("at least"), "stance": "asserts", "directness": "indirect", "party": "Ukraine",
        }
    ],
    "events": [
        {"kind": "capture", "place": "Kherson", "date": "2022-03-02", "status": "reported", "sentence": SECOND,
         "sentence_start": len(FIRST) + 1},
        {"kind": "casualties_reported", "place": "Kherson; Kherson Oblast", "status": "claimed", "sentence": FIRST,
         "sentence_start": 0, "optional": True},
    ],
    "figures": [
        {"start": TEXT.index("at least"), "end": TEXT.index("at least") + 11, "low": 13, "high": None,
         "kind": "at_least", "what": "killed", "who": "people", "claimed_by": "Mayor of Kherson"},
    ],
    "control": [{"place": "Kherson", "holder": "Russia", "status": "captured", "by": None}],
    "places": [{"name": "Kherson", "lat": 46.6, "lon": 32.6}],
}  # fmt: skip
READING = {
    "statements": [
        {"speaker": {"name": "mayor of Kherson", "anonymous": False}, "stance": "asserts", "directness": "indirect",
         "content": [{"text": "at least 13 people died", "start": TEXT.index("at least")}]},
    ],
    "events": [
        {"kind": "capture", "place": {"name": "Kherson"}, "status": "reported",
         "date": {"start": "2022-03-03", "end": "2022-03-03"},
         "sentence": {"start": len(FIRST) + 1, "end": len(TEXT)}},
    ],
    "figures": [
        {"start": TEXT.index("at least"), "end": TEXT.index("at least") + 11, "low": 13, "high": None,
         "bound": "at_least", "measure": "killed", "claimed_by": "mayor of Kherson"},
    ],
    "control": [{"place": {"name": "Kherson"}, "holder": "Russian forces", "state": "captured", "by": None,
                 "sentence": {"start": len(FIRST) + 1, "end": len(TEXT)}}],
    "places": [{"name": "Kherson", "start": 13, "lat": 46.64, "lon": 32.61}],
}  # fmt: skip
FAMILIES = ["statements", "statements+speaker", "events", "figures", "control", "places"]


def scored(gold: dict, reading: dict) -> evaluate.Scores:
    scores = evaluate.Scores()
    evaluate.score(gold, reading, scores)
    return scores


def test_a_right_reading_scores_one() -> None:
    scores = scored(GOLD, READING)
    assert {name: scores.value(name) for name in scores.tallies} == dict.fromkeys(scores.tallies, 1.0)
    assert set(FAMILIES) < set(scores.tallies)


def test_an_empty_reading_scores_nothing() -> None:
    scores = scored(GOLD, {name: [] for name in READING})
    assert [scores.value(name) for name in FAMILIES] == [0.0] * len(FAMILIES)


def change(**parts: object) -> dict:
    reading = copy.deepcopy(READING)
    for name, value in parts.items():
        family, _, key = name.partition("__")
        reading[family][0][key] = value
    return reading


@pytest.mark.parametrize(
    ("reading", "measure", "value"),
    [
        (change(statements__speaker={"name": "Ivan Fedorov"}), "statements+speaker", 0.0),
        (change(statements__speaker={"name": "Ivan Fedorov"}), "statements", 1.0),
        (change(statements__stance="denies"), "statements.stance", 0.0),
        (change(events__kind="siege"), "events", 0.0),
        (change(events__place={"name": "Odesa"}), "events.place", 0.0),
        (change(figures__high=13), "figures.low and high", 0.0),
        (change(figures__claimed_by=None), "figures.claimed_by", 0.0),
        (change(control__holder="Ukraine"), "control", 0.0),
        (change(places__name="Odesa"), "places", 0.0),
        (change(places__lat=50.0), "places.within 161 km", 0.0),
        (change(events__date={"start": "2022-03-05", "end": "2022-03-05"}), "events.date", 0.0),
        (change(events__date=None), "events.date", 0.0),
    ],
)
def test_each_fault_costs(reading: dict, measure: str, value: float) -> None:
    assert scored(GOLD, reading).value(measure) == value


def test_a_row_too_many_costs_half_as_much_as_a_wrong_one() -> None:
    reading = copy.deepcopy(READING)
    reading["events"].append({**reading["events"][0], "kind": "siege"})
    assert scored(GOLD, reading).value("events") == pytest.approx(2 / 3)


def test_optional_gold_counts_on_neither_side() -> None:
    reading = copy.deepcopy(READING)
    first = {"start": 0, "end": len(FIRST)}
    reading["events"].append({**reading["events"][0], "kind": "casualties_reported", "sentence": first})
    assert scored(GOLD, reading).value("events") == 1.0


def test_only_the_annotated_part_counts() -> None:
    gold = {**GOLD, "scope": [[0, len(FIRST)]], "events": [], "control": []}
    assert scored(gold, READING).tallies["events"].read == 0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Volodymyr Zelenskyy", "Zelenskyy", True),
        ("Government of Russia", "Russian government", True),
        ("Kherson regional administration", "the Kherson administration", True),
        ("Vladimir Putin", "Dmitry Peskov", False),
        ("", "Dmitry Peskov", False),
        ("the president", "the president", True),
    ],
)
def test_names_are_the_same_by_their_telling_word(one: str, other: str, same: bool) -> None:
    assert evaluate.same_name(one, other) is same


@pytest.mark.parametrize(
    ("gold", "start", "end", "same"),
    [
        ("2022-03-02", "2022-03-01", "2022-03-01", True),
        ("2022-03-02", "2022-03-04", "2022-03-04", False),
        ("2014", "2014-05-01", "2014-05-31", True),
        ("2014", "2013-05-01", "2013-05-31", False),
        ("2022-03", "2022-03-01", "2022-03-28", True),
        ("2022-02-24/2022-03-02", "2022-02-25", "2022-02-26", True),
    ],
)
def test_days_agree_within_a_day(gold: str, start: str, end: str, same: bool) -> None:
    assert evaluate._same_days(gold, {"start": start, "end": end}) is same


def test_floors_name_what_fell() -> None:
    scores = scored(GOLD, change(events__kind="siege"))
    scores.check({"places": 0.9})
    with pytest.raises(BelowFloor, match=r"events 0\.000 < 0\.500; nosuch not measured"):
        scores.check({"places": 0.9, "events": 0.5, "nosuch": 0.1})


def gold_folder(folder: Path) -> Path:
    (folder / "gold").mkdir()
    (folder / "reports.jsonl").write_text(json.dumps({"id": "one", "text": TEXT, "published": "2022-03-03"}) + "\n")
    (folder / "gold" / "one.json").write_text(json.dumps(GOLD))
    return folder


def test_a_gold_folder_is_read_and_scored(tmp_path: Path) -> None:
    steps: list[str] = []
    scores = evaluate.run(gold_folder(tmp_path), step=steps.append)
    assert steps == ["one"]
    assert scores["one"].value("places") == scores["all"].value("places") == 1.0
    assert scores["all"].value("figures") == 1.0


def test_a_folder_that_is_no_gold_says_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"reports\.jsonl"):
        evaluate.run(tmp_path)
    with pytest.raises(ConfigError, match="no floors"):
        evaluate.floors_of(tmp_path / "floors.json")


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    folder = gold_folder(tmp_path)
    with (folder / "reports.jsonl").open("a") as lines:
        lines.write("{broken\n")
    with pytest.raises(InputError, match=r"reports\.jsonl, line 2"):
        list(evaluate.gold_of(folder))
