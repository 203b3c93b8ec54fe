"""Filters that take whole names: outlet, party, stance, kind, measure, speaker, actor."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from counterclaim.cli import run
from counterclaim.store import Filter, Record, open_record
from counterclaim.views import lists
from counterclaim.views.asked import Asked
from tests.build import Build


def builds() -> list[Build]:
    one = Build("Ann said it rained. Bob denied it. Guns fired at Ardal. 5 died.", id="one", outlet="River Post")
    one.says("it rained", "Ann", "Ukraine").says("it", "Bob", "Russia", stance="denies")
    one.event("shelling", "Guns fired at Ardal.", "Ardal", actors=["Russia"], targets=["The 1st Guard"])
    one.figure("5", 5, 5, by="Ann")
    two = Build("Annette said it snowed. A raid. 7 km. Ardal fell to Russia.", id="two", outlet="River Post East")
    two.says("it snowed", "Annette", "Ukraine").event("air_strike", "A raid.", actors=['O"Neil'])
    two.figure("7", 7, 7, measure="distance")
    two.holds("Ardal fell to Russia.", "Ardal", "captured", "Russia", by="Ukraine")
    three = Build("Nobody said more.", id="three", outlet=None, byline="Cy Pen").says("more", "Nobody")
    return [one, two, three]


@pytest.fixture
def record() -> Iterator[Record]:
    with open_record(":memory:") as opened:
        for build in builds():
            opened.add(build.reading())
        yield opened


def refs(found: object) -> list[str]:
    return [t.ref for t in found]  # type: ignore[attr-defined]


def test_an_outlet_is_taken_by_its_whole_name(record: Record) -> None:
    assert refs(record.statements(Filter(outlet="river post"))) == ["one/s1", "one/s2"]
    assert refs(record.statements(Filter(outlet="Cy Pen"))) == ["three/s1"]
    assert [head.id for head, _ in record.reports(Filter(outlet="River Post East"))] == ["two"]
    assert [found.ref for found in record.search("said", Filter(outlet="Cy Pen"))] == ["three/p0"]
    assert [row.place for row in lists.control(record, Filter(outlet="River Post"), Build("x").report.published)] == []  # type: ignore[arg-type]


def test_stance_party_kind_and_measure(record: Record) -> None:
    assert refs(record.statements(Filter(stance="denies"))) == ["one/s2"]
    assert refs(record.statements(Filter(party="ukraine"))) == ["one/s1", "two/s1"]
    assert refs(record.events(Filter(kind="Shelling"))) == ["one/e1"]
    asked = Asked(None, None, None, None, None, None, None, None, measure="distance", kind="air strike")
    assert asked.filter(record).kind == "air_strike"
    assert [row.id for row in lists.toll(record, asked.filter(record))] == ["two/f1"]
    assert [row.id for row in lists.toll(record, Filter())] == ["one/f1"]


def test_a_speaker_is_not_whoever_has_the_name_inside(record: Record) -> None:
    assert refs(record.statements(Filter(speaker="Ann"))) == ["one/s1"]
    assert refs(record.statements(Filter(speaker="Ukraine"))) == ["one/s1", "two/s1"]
    assert refs(record.figures(Filter(speaker="Ann"))) == ["one/f1"]


def test_an_actor_acts_is_acted_on_or_holds(record: Record) -> None:
    assert refs(record.events(Filter(actor="Russia"))) == ["one/e1"]
    assert refs(record.events(Filter(actor="The 1st Guard"))) == ["one/e1"]
    assert refs(record.events(Filter(actor='O"Neil'))) == ["two/e1"]
    assert refs(record.events(Filter(actor="Guard"))) == []
    assert refs(record.holdings(Filter(actor="Russia"))) == refs(record.holdings(Filter(actor="Ukraine"))) == ["two/h1"]


def test_the_command_line_has_them_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(tmp_path / "r.db")
    with open_record(path) as record:
        for build in builds():
            record.add(build.reading())
    asked = {
        ("claims", "--stance", "denies"): ["one/s2"],
        ("claims", "--party", "Ukraine", "--outlet", "River Post"): ["one/s1"],
        ("events", "--kind", "Air strike"): ["two/e1"],
        ("toll", "--measure", "distance"): ["two/f1"],
    }
    for (command, *options), ids in asked.items():
        assert run([command, "--db", path, *options, "--json"]) == 0
        assert [row["id"] for row in json.loads(capsys.readouterr().out)] == ids
