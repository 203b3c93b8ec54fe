"""Stories and copies on the screen, and what a report says of its own text's way."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from counterclaim.desk import app
from counterclaim.desk.access import Door
from counterclaim.store import open_record
from tests.build import Build
from tests.desk.conftest import HERE, PORT

WIRE = (
    "Rockets fell on the harbour of Ardal before dawn and set two ships on fire, the port master told reporters there. "
    "The crews had left the evening before, and nobody was on board when the fuel burned for hours."
)
REST = (
    "Insurers in three capitals met to ask what a closed port would cost the growers of the plain this autumn. "
    "Grain had gone by rail since the spring, slowly and at twice the price, and the silos along the line are full. "
    "A ship bound for the south turned back twice; her owners would not say when she tries again."
)
OWN = "Our own correspondent walked through the quarter behind the market and spoke with those who had stayed."


@pytest.fixture
def desk(tmp_path: Path) -> TestClient:
    path, door = tmp_path / "record.db", Door()
    with open_record(path) as record:
        for id, day, text in (
            ("wire", 1, f"{WIRE}\n\n{REST}"),
            ("twin", 2, f"{WIRE}\n\n{REST}"),
            ("mixed", 3, f"{OWN} It was quiet there for most of the morning.\n\n{WIRE}\n\n{OWN[::-1]}"),
        ):
            record.add(Build(text, id=id, published=day, outlet=id.title(), headline=f"From {id}").reading())
    client = TestClient(app(path, PORT, door), base_url=HERE)
    client.get("/open", params={"token": door.token})
    return client


def test_copies_name_who_printed_it_first(desk: TestClient) -> None:
    rows = desk.get("/copies.json").json()
    assert [(r["what"], r["outlet"], r["of_outlet"]) for r in rows] == [
        ("report", "Twin", "Wire"),
        ("passage", "Mixed", "Wire"),
    ]
    page = desk.get("/copies").text
    assert "Mixed: passage" in page
    assert 'href="/report/wire#p' in page
    assert len(desk.get("/copies.json", params={"about": "harbour", "from": "2022-03-03"}).json()) == 1
    assert desk.get("/copies.json", params={"about": "airport"}).json() == []


def test_stories_tell_how_many_speak_for_themselves(desk: TestClient) -> None:
    page = desk.get("/stories").text
    assert "independent" in page
    assert "twin (copy)" in page


def test_a_report_says_which_passages_were_printed_before_and_by_whom(desk: TestClient) -> None:
    mixed = desk.get("/report/mixed").text
    assert mixed.count("Printed before by") == 1
    assert 'href="/report/wire#p' in mixed.partition("Printed before by")[2][:80]
    assert "Nearly the same text" not in mixed
    twin = desk.get("/report/twin").text
    assert "Wire, 1 Mar 2022" in twin.partition("Nearly the same text")[2][:120]
    assert "Nearly the same text" in desk.get("/report/wire").text
    assert "Printed before by" not in desk.get("/report/wire").text
