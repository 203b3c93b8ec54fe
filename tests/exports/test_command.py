"""`counterclaim export` as typed."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from counterclaim import exports
from counterclaim.cli import exporting, run
from counterclaim.store import open_record
from tests.exports.records import strike


@pytest.fixture
def db(tmp_path: Path) -> str:
    path = tmp_path / "case.db"
    with open_record(path) as record:
        record.add(strike().reading())
    return str(path)


def test_the_command_knows_every_format_and_table() -> None:
    assert set(exporting.FORMS) == set(exports.FORMS)
    assert set(exporting.TABLES) == set(exports.TABLES)


@pytest.mark.parametrize("form", exporting.FORMS)
def test_every_format(form: str, db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / f"out.{form}"
    assert run(["export", "--as", form, "-o", str(path), "--db", db]) == 0
    assert path.stat().st_size
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines()[1] == str(path)
    assert run(["export", "--as", form, "-o", str(path), "--db", db]) == 2
    assert "--force" in capsys.readouterr().err


def test_filters_by_place_day_and_kind(db: str, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"

    def rows(*words: str) -> list[dict[str, str]]:
        assert run(["export", "--as", "csv", "-o", str(path), "--db", db, "--force", "-q", *words]) == 0
        return list(csv.DictReader(path.open(encoding="utf-8", newline="")))

    assert len(rows()) == 2
    assert len(rows("--kind", "shelling")) == 1
    assert len(rows("--place", "Kharkiv", "--day", "7")) == 2
    assert rows("--place", "Kyiv") == []
    assert rows("--reviewed") == []
    assert {row["day"] for row in rows("--of", "figures")} == {"2022-03-02"}


def test_what_was_asked_is_said_in_the_file(db: str, tmp_path: Path) -> None:
    path = tmp_path / "out.geojson"
    assert run(["export", "--as", "geojson", "-o", str(path), "--db", db, "--place", "Kharkiv", "--reviewed"]) == 0
    about = json.loads(path.read_text("utf-8"))["counterclaim"]
    assert about["filters"] == "place Kharkiv"
    assert about["rows"].startswith("reviewed rows only")


def test_a_table_that_a_format_cannot_hold(db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", "--as", "ged", "--of", "events", "-o", str(tmp_path / "x.csv"), "--db", db]) == 2
    assert "ged cannot hold events" in capsys.readouterr().err
