"""`brief --json` is complete, stable and documented."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from counterclaim.store import open_record
from counterclaim.views import rows
from counterclaim.views.brief import Brief, Scene, Toll, Voices, brief
from tests.build import Build, on

DOCS = (Path(__file__).parents[2] / "docs/commands.md").read_text("utf-8")
SECTION = DOCS.split("### The brief as JSON")[1].split("\n## ")[0]


def documented(text: str) -> set[str]:
    return set(re.findall("`([a-z_]+)`", text))


def test_every_key_is_documented() -> None:
    first = [line.split("|")[1] for line in SECTION.splitlines() if line.startswith("| `")]
    assert documented("".join(first)) == set(Brief.__struct_fields__)
    for part in (Voices, Scene, Toll):
        assert set(part.__struct_fields__) <= documented(SECTION), part


@pytest.mark.parametrize(
    ("name", "row"),
    [("claim", rows.ClaimRow), ("event", rows.EventRow), ("toll", rows.TollRow), ("control", rows.ControlRow)],
)
def test_every_key_of_a_row_is_documented(name: str, row: type[rows.Cited]) -> None:
    line = next(line for line in SECTION.splitlines() if line.startswith(f"| {name} |"))
    own = set(row.__struct_fields__) - set(rows.Cited.__struct_fields__)
    assert own <= documented(line)
    assert set(rows.Cited.__struct_fields__) <= documented(SECTION.split("Every row has")[1])


def test_a_brief_comes_back_as_it_was() -> None:
    build = Build("Troops took Alpha. At least 13 died, two of them children. All is well, Ann said.")
    build.says("All is well", "Ann", "Ukraine").event("capture", "Troops took Alpha.", "Alpha", when=on(3))
    build.figure("At least 13", 13.0, None, place="Alpha").figure(
        "two", 2.0, 2.0, place="Alpha", counted="children", part_of="f1"
    )
    build.holds("Troops took Alpha.", "Alpha", "captured", "Russia", when=on(3))
    with open_record(":memory:") as record:
        record.add(build.reading())
        made = brief(record)
    data = msgspec.json.encode(made)
    assert msgspec.json.decode(data, type=Brief) == made
    (toll,) = msgspec.json.decode(data)["toll"]
    (whole,) = toll["rows"]
    assert (str(whole["low"]), [part["number"] for part in whole["parts"]]) == ("13", ["two"])
