"""Every list and view comes as JSON, as CSV and as a workbook, with the same rows."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from counterclaim.cli import cli, run
from counterclaim.store import open_record
from tests.build import Build, on
from tests.store.test_folding import WIRE, report

LISTS = {
    "claims": [], "events": [], "toll": [], "control": [], "control of a place": ["--place", "Alpha"],
    "search": ["harbour"], "sides": ["--every"], "answers": [], "stories": [], "copies": [], "joins": [],
    "joins by pair": ["--every"], "brief": [], "brief since": ["--since", "2022-03-02"],
}  # fmt: skip


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("lists") / "a.db"
    with open_record(path) as record:
        for name in ("wire", "mix", "cut", "own"):
            record.add(report(name).reading())
        text = f"Moscow denied that rockets had struck the eastern bank.\n\n=1+1 held the town.\n\n{WIRE}"
        made = Build(text, id="last", published=4, outlet="=Odd")
        made.says("that rockets had struck the eastern bank", "Moscow", "Russia", stance="denies")
        made.holds("=1+1 held the town.", "Alpha", "controlled", "Ukraine", when=on(3))
        record.add(made.reading())
    return str(path)


def test_every_list_has_the_three_shapes() -> None:
    for name in {name.split()[0] for name in LISTS}:
        options = {option for param in cli.commands[name].params for option in param.opts}
        assert options >= {"--json", "--csv", "--xlsx"}, name


@pytest.mark.parametrize("name", LISTS)
def test_a_list_as_csv_and_as_a_workbook(
    name: str, db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command, file = [name.split()[0], *LISTS[name], "--db", db], tmp_path / "out.xlsx"
    assert run([*command, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)
    assert run([*command, "--csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert run([*command, "--xlsx", str(file)]) == 0
    assert capsys.readouterr().out == ""
    heading, *sheet = openpyxl.load_workbook(file)["rows"].iter_rows(values_only=True)
    assert rows
    assert list(heading) == list(rows[0])
    assert len(sheet) == len(rows)
    for cells, row in zip(sheet, rows, strict=True):
        told = dict(zip(heading, cells, strict=True))
        lead = "id" if "id" in row else "story"
        assert told[lead] == row[lead]
        if "words" in row:
            assert row["words"].removeprefix("'")[:200] == str(told["words"] or "")[:200]


def test_a_workbook_is_not_written_over_and_says_what_it_is(db: str, tmp_path: Path) -> None:
    file = tmp_path / "out.xlsx"
    assert run(["events", "--db", db, "--xlsx", str(file)]) == 0
    assert run(["events", "--db", db, "--xlsx", str(file)]) == 2
    about = openpyxl.load_workbook(file)["about"]
    assert str(about["A1"].value).startswith("made by: counterclaim")
    assert run(["events", "--db", db, "--place", "Nowhere", "--xlsx", str(tmp_path / "none.xlsx")]) == 3
    assert not (tmp_path / "none.xlsx").exists()
