"""judge with a note, sheets out and back in, batches, agreement on the command line."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from counterclaim.cli import judging, run
from counterclaim.store import open_record
from counterclaim.views.review import FAMILIES
from tests.store.test_judged import filled


@pytest.fixture
def db(tmp_path: Path) -> str:
    with filled(tmp_path / "a.db") as record:
        return record.path


def verdicts(db: str) -> dict[str, str]:
    with open_record(db) as record:
        return {"/".join(key): verdict for key, verdict in record.verdicts().items()}


def edited(path: Path, **cells: str) -> None:
    """Change some cells of the first line."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0] |= cells
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_the_lists_are_those_of_the_views() -> None:
    assert set(judging.LISTS) == set(FAMILIES)


def test_a_note_is_kept(db: str) -> None:
    assert run(["judge", "a/e1", "unsure", "--note", "ask the desk", "--by", "ann", "--db", db]) == 0
    with open_record(db) as record:
        assert record.judgements("a/e1")["a", "e1"][0].note == "ask the desk"


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_sheet_that_nobody_touched_says_nothing(
    db: str, tmp_path: Path, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(tmp_path / f"rows.{ending}")
    assert run(["sheet", "-o", path, "--of", "events", "--db", db]) == 0
    assert "3 rows" in capsys.readouterr().err
    assert run(["judge", "--from", path, "--by", "ann", "--db", db]) == 0
    assert "0 kept, 3 unchanged, 0 refused" in capsys.readouterr().err
    assert verdicts(db) == {}


def test_a_sheet_is_taken_and_taken_back(db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "rows.csv"
    assert run(["sheet", "-o", str(path), "--db", db]) == 0
    edited(path, kind="air_strike")
    assert run(["judge", "--from", str(path), "--dry-run", "--by", "ann", "--db", db]) == 0
    assert "1 would be kept" in capsys.readouterr().err
    assert verdicts(db) == {}
    assert run(["judge", "--from", str(path), "--by", "ann", "--db", db]) == 0
    said = capsys.readouterr().err
    assert set(verdicts(db).values()) == {"correct"}
    batch = said.split("--take-back ")[1].strip()
    assert run(["judge", "--take-back", batch, "--by", "ann", "--db", db]) == 0
    assert "1 taken back" in capsys.readouterr().err
    assert verdicts(db) == {}


def test_refused_lines_are_named_and_the_exit_code_says_so(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "rows.csv"
    assert run(["sheet", "-o", str(path), "--db", db]) == 0
    edited(path, kind="dancing")
    capsys.readouterr()
    assert run(["judge", "--from", str(path), "--by", "ann", "--db", db]) == 1
    said = capsys.readouterr().err
    assert "line 2 (" in said
    assert "cannot be 'dancing'" in said
    assert "0 kept, 2 unchanged, 1 refused" in said


def test_wrong_use_is_said(db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["judge", "--db", db]) == 2
    assert run(["judge", "a/e1", "yes", "--from", "x.csv", "--db", db]) == 2
    assert run(["judge", "a/e1", "yes", "--dry-run", "--db", db]) == 2
    assert run(["judge", "a/e1", "--db", db]) == 2
    assert run(["sheet", "-o", str(tmp_path / "rows.ods"), "--db", db]) == 2
    capsys.readouterr()
    assert run(["judge", "--from", str(tmp_path / "nowhere.csv"), "--db", db]) != 0
    assert "cannot be read" in capsys.readouterr().err
    there = tmp_path / "there.csv"
    there.write_text("mine")
    assert run(["sheet", "-o", str(there), "--db", db]) == 2
    assert there.read_text() == "mine"


def test_agreement_is_listed(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["agreement", "--db", db]) == 3
    for by, word in (("ann", "yes"), ("bob", "no")):
        assert run(["judge", "a/e1", word, "--by", by, "--db", db]) == 0
    capsys.readouterr()
    assert run(["agreement", "--json", "--db", db]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["one"], found["other"], found["rows"], found["kappa"]) == ("ann", "bob", 1, None)
    assert run(["agreement", "--csv", "--db", db]) == 0
    assert "ann,bob,a/e1,event,yes,no," in capsys.readouterr().out
    assert run(["agreement", "--db", db]) == 0
    assert "(under 10 rows)" in capsys.readouterr().out
