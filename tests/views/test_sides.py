"""The sides' figures as a view: sorted by how far apart, each with its words, its history and its outlets."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from counterclaim.cli import run
from counterclaim.cli.sides import Axis
from counterclaim.store import Filter, Record, open_record
from counterclaim.views.sides import sides
from tests.build import Build, day, on

LOSSES = {"counted": "Russian soldiers", "party": "Russia", "cumulative": True}


def builds() -> list[Build]:
    one = Build("Moscow: 498. Kyiv: thousands. Three dead.", id="one", published=2)
    one.figure("498", 498, 498, by="Moscow", **LOSSES).figure("thousands", 1000, None, by="Kyiv", **LOSSES)
    one.figure("Three", 3, 3, by="Police", place="Alpha", as_of=on(2))
    two = Build("Nine died, police said. One hurt.", id="two", published=3, outlet="Other Test")
    two.figure("Nine", 9, 9, by="Police", place="Alpha", as_of=on(2))
    two.figure("One", 1, 1, "wounded", by="Police", place="Alpha", as_of=on(2))
    three = Build("A medic spoke of twenty dead.", id="three", published=3)
    return [one, two, three.figure("twenty", 20, 20, by="Medic", place="Alpha", as_of=on(2))]


def fill(record: Record) -> None:
    for build in builds():
        record.add(build.reading())


@pytest.fixture
def record() -> Iterator[Record]:
    with open_record(":memory:") as opened:
        fill(opened)
        yield opened


def test_matters_by_how_far_their_sides_are_apart(record: Record) -> None:
    first, second = sides(record, Filter())
    assert (first.place, first.times, first.gap) == ("Alpha", 2.1, 11)
    assert [(s.by, s.low, [h.low for h in s.history]) for s in first.sides] == [("Police", 9, [3]), ("Medic", 20, [])]
    assert first.between == ("two/f1", "three/f1")
    assert [(s.by, s.low, s.high) for s in second.sides] == [("Moscow", 498, 498), ("Kyiv", 1000, None)]
    assert all(s.words and s.number for m in (first, second) for s in m.sides)


def test_a_single_number_only_when_asked_for(record: Record) -> None:
    assert [m.measure for m in sides(record, Filter(), every=True)] == ["killed", "killed", "wounded"]


def test_totals_of_a_day_are_those_that_stood_on_it(record: Record) -> None:
    today = sides(record, Filter(first=day(3), last=day(3)))
    assert [m.total for m in today] == [True]
    assert sides(record, Filter(first=day(1), last=day(1))) == []


def test_filters(record: Record) -> None:
    assert [m.place for m in sides(record, Filter(place="Alpha"))] == ["Alpha"]
    assert [m.total for m in sides(record, Filter(about="soldiers"))] == [True]


def test_the_axis_keeps_open_ends_open() -> None:
    axis = Axis([498, 1000], 20)
    exact, open_up, open_down = axis.bar(498, 498), axis.bar(1000, None), axis.bar(None, 498)
    assert exact.strip() == "●"
    assert open_up.strip().endswith("▶")
    assert open_down.startswith("◀")
    assert exact.index("●") < open_up.index("├")
    assert axis.bar(498, 1000).strip("─ ") == axis.bar(498, 1000).strip()
    assert Axis([5], 20).bar(5, 5).strip() == "●"
    assert Axis([], 20).bar(None, None) == ""
    assert Axis([1, 1_000_000], 20).powers


def test_on_a_screen_as_json_and_as_csv(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = str(tmp_path / "a.db")
    with open_record(db) as record:
        fill(record)
    assert run(["sides", "--db", db]) == 0
    out = capsys.readouterr().out
    assert "498" in out
    assert "2.1 times apart" in out
    assert "before: Three" in out
    assert run(["sides", "--db", db, "--json"]) == 0
    assert [len(m["sides"]) for m in json.loads(capsys.readouterr().out)] == [2, 2]
    assert run(["sides", "--db", db, "--csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [r["matter"] for r in rows] == ["1", "1", "2", "2"]
    assert run(["sides", "--db", db, "--place", "Nowhere"]) == 3
