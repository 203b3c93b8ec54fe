"""stories, copies, joins and judge on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from counterclaim.cli import run
from tests.store.test_judged import filled


@pytest.fixture
def db(tmp_path: Path) -> str:
    with filled(tmp_path / "a.db") as record:
        return record.path


def printed(args: list[str], capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    assert run(args) == 0
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return found


def test_every_report_stands_in_one_story(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    rows = printed(["stories", "--json", "--db", db], capsys)
    assert all({"story", "reports", "copies"} <= set(row) for row in rows)
    assert sorted(report for row in rows for report in row["reports"]) == ["a", "b", "c"]  # type: ignore[attr-defined]
    assert run(["stories", "--db", db]) == 0
    assert "Daily Test" in capsys.readouterr().out


def test_a_pair_is_judged_listed_and_given_back(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    (group,) = printed(["joins", "--json", "--db", db], capsys)
    assert sorted(str(m["id"])[0] for m in group["members"]) == ["a", "b", "c"]  # type: ignore[attr-defined]
    before = printed(["joins", "--every", "--json", "--db", db], capsys)
    assert len(before) == 3
    ids = str(before[0]["id"]).split()
    assert run(["judge", *ids, "no", "--by", "ann", "--db", db]) == 0
    assert f"{ids[0]} and {ids[1]}: no, by ann" in capsys.readouterr().err
    assert printed(["joins", "--json", "--db", db], capsys) != [group]
    (apart,) = printed(["joins", "--apart", "--json", "--db", db], capsys)
    assert (apart["standing"], apart["by"]) == ("apart", "ann")
    assert run(["judge", *ids, "undo", "--by", "bob", "--db", db]) == 0
    capsys.readouterr()
    assert printed(["joins", "--json", "--db", db], capsys) == [group]
    after = printed(["joins", "--every", "--json", "--db", db], capsys)
    assert [row["id"] for row in after] == [row["id"] for row in before]
    assert len(after[0]["history"]) == 2  # type: ignore[arg-type]


def test_wrong_use_is_said_in_plain_words(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["judge", "a/e1", "correct", "--by", "ann", "--db", db]) == 2
    assert "--set" in capsys.readouterr().err
    assert run(["judge", "a/e1", "correct", "--set", "mood=bad", "--by", "ann", "--db", db]) == 2
    assert "These can: actors, kind" in capsys.readouterr().err
    assert run(["judge", "a/e1", "undo", "--by", "ann", "--db", db]) == 2
    assert run(["copies", "--db", db]) == 3
