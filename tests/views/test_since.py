"""What changed since a day: two states of the record compared, each change with its words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from counterclaim.cli import run
from counterclaim.errors import NothingFound, UsageError
from counterclaim.store import Record, open_record
from counterclaim.views.since import changes
from tests.build import Build, day, on

R, U = "Russia", "Ukraine"
LOSSES = {"counted": "Russian soldiers", "party": R, "cumulative": True}


def fill(record: Record) -> None:
    old = Build("Alpha and Beta held. Moscow: 498. Old shells hit Beta.", id="old", published=1)
    old.holds("Alpha and Beta held.", "Alpha", "controlled", U).holds("Alpha and Beta held.", "Beta", "controlled", U)
    old.figure("498", 498, 498, by="Moscow", **LOSSES).event("shelling", "Old shells hit Beta.", "Beta", when=on(1))
    new = Build(
        "Troops took Alpha. Moscow: 600. Kyiv accused them of a theft. Moscow denied the claim.", id="new", published=3
    )
    new.holds("Troops took Alpha.", "Alpha", "captured", R, when=on(3))
    new.event("capture", "Troops took Alpha.", "Alpha", actors=[R], when=on(3))
    new.figure("600", 600, 600, by="Moscow", **LOSSES)
    new.says("of a theft", "Kyiv", U, stance="accuses").says("the claim", "Moscow", R, stance="denies")
    for build in (old, new):
        record.add(build.reading())


def test_each_change_with_its_words() -> None:
    with open_record(":memory:") as record:
        fill(record)
        found = changes(record, day(1))
    assert (found.day, found.reports) == (8, 1)
    (turn,) = found.control
    assert turn.before is not None
    assert (turn.before.holder, turn.now.holder, turn.now.place) == (U, R, "Alpha")
    (move,) = found.moved
    assert (move.side.low, [s.low for s in move.side.history]) == (600, [498])
    assert [e.id for scene in found.happened for e in scene.events] == ["new/e1"]
    assert [row.answer.id for row in found.denied] == ["new/s2"]


def test_a_day_that_is_not_before_or_of_which_nobody_tells() -> None:
    with open_record(":memory:") as record:
        fill(record)
        with pytest.raises(UsageError, match="is not before"):
            changes(record, day(3))
        with pytest.raises(NothingFound, match="nothing told"):
            changes(record, day(3), on=day(5))


def test_on_a_screen_and_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = str(tmp_path / "a.db")
    with open_record(db) as record:
        fill(record)
    assert run(["brief", "--db", db, "--since", "2022-03-01"]) == 0
    out = capsys.readouterr().out
    assert "held by Ukraine → held by Russia" in out
    assert "498 (1 Mar) → 600" in out
    assert run(["brief", "--db", db, "--since", "2022-03-01", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["since"] == "2022-03-01"
    assert run(["brief", "--db", db, "--since", "2022-03-03"]) == 2
