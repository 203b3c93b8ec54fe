"""Pages of actors and of events: everything the record holds of them, each row with the way to its words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import msgspec
import pytest
from starlette.testclient import TestClient

from counterclaim.desk import app
from counterclaim.desk.access import Door
from counterclaim.errors import NothingFound
from counterclaim.store import Filter, open_record
from counterclaim.types import Place
from counterclaim.views.actor import actor
from counterclaim.views.event import event
from tests.build import Build, on
from tests.desk.conftest import HERE, HOSTILE, PORT
from tests.desk.test_pages import Page

TOWN = Place(name="Ardal", kind="town", country="Ukraine", lat=47.1, lon=33.2, geonames_id=9)


def telling(id: str, published: int, outlet: str) -> Build:
    """One of several reports of one strike."""
    build = Build(
        f"Mayor Ann Lee said that rockets hit a school in Ardal on Thursday and killed {published} people.",
        id=id, published=published, outlet=outlet,
    )  # fmt: skip
    words = build.report.text
    build.says(words.partition("that ")[2], "Ann Lee", "Ukraine", role="mayor")
    build.event("shelling", words, TOWN, when=on(3), actors=["Russia"], statement="s1", status="claimed")
    return build.figure(str(published), published, published, by="Ann Lee", place="Ardal", as_of=on(3), event="e1")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "r.db"
    denial = Build("Bob denied that rockets hit a school in Ardal, and that Ann Lee was there.", id="d", published=5)
    denial.says("rockets hit a school in Ardal, and that Ann Lee was there", "Bob", "Russia", stance="denies")
    denial.event("shelling", denial.report.text, TOWN, when=on(3), actors=["Russia"], statement="s1", status="denied")
    denial.says("rockets hit a school", HOSTILE).holds(
        "denied that rockets hit a school", "Ardal", "captured", "Russia"
    )
    with open_record(path) as record:
        for build in (telling("a", 3, "Post"), telling("b", 4, "Wire"), denial):
            record.add(build.reading())
    return path


@pytest.fixture
def desk(path: Path) -> Iterator[TestClient]:
    door = Door()
    with TestClient(app(path, PORT, door), base_url=HERE, follow_redirects=False) as client:
        client.get("/open", params={"token": door.token})
        yield client


def test_an_actor_with_everything(path: Path) -> None:
    with open_record(path) as record:
        ann = actor(record, "Ann Lee")
        assert [row.id for row in ann.said] == ["b/s1", "a/s1"]
        assert [row.id for row in ann.about] == ["d/s1"]
        assert (ann.party, ann.roles, ann.counts["said"]) == ("Ukraine", {"mayor": 2}, 2)
        assert {row.number for row in ann.figures} == {"3", "4"} or len(ann.figures) == 1
        russia = actor(record, "Russia")
        assert [row.speaker for row in russia.said] == ["Bob"]
        assert (russia.stances, russia.kinds) == ({"denies": 1}, {"shelling": 3})
        assert [row.id for row in russia.events] == ["d/e1", "b/e1", "a/e1"]
        assert [row.place for row in russia.holds] == ["Ardal"]
        assert "events" in actor(record, "Russia", Filter(limit=2)).more
        with pytest.raises(NothingFound):
            actor(record, "Ann")


def test_an_event_with_all_who_tell_and_deny_it(path: Path) -> None:
    with open_record(path) as record:
        views = [event(record, ref) for ref in ("a/e1", "b/e1")]
        assert {row.id for row in views[0].tellings} >= {"a/e1", "b/e1"}
        assert [msgspec.structs.asdict(v)["tellings"] for v in views] == [views[0].tellings] * 2
        assert {row.speaker for row in views[0].said} == {"Ann Lee"}
        assert [side.number for matter in views[0].figures for side in matter.sides]
        whole = {row.id for row in views[0].tellings} | {i for row in views[0].doubtful for i in row.id.split()}
        if "d/e1" in whole and not views[0].doubtful:
            assert {row.speaker for row in views[0].denied} == {"Bob"}
        record.judge_pair("a/e1", "b/e1", "no", "ann")
        record.judge("a/e1", "unsure", "bea")
        parted = event(record, "a/e1")
        assert "b/e1" not in {row.id for row in parted.tellings}
        assert sorted((w.by, w.verdict) for w in parted.history) == [("ann", "no"), ("bea", "unsure")]
        assert [row.standing for row in parted.doubtful if row.by] == ["apart"]
        record.judge_pair("a/e1", "d/e1", "yes", "ann")
        assert [row.speaker for row in event(record, "d/e1").denied] == ["Bob"]


@pytest.mark.parametrize("page", ["/actor/Ann%20Lee", "/actor/Russia", "/event/a%2Fe1", "/event/d/e1"])
def test_pages_lead_on_and_have_a_twin(desk: TestClient, page: str) -> None:
    answer = desk.get(page)
    assert answer.status_code == 200
    found = Page(answer.text)
    assert len(found.all("id")) == len(set(found.all("id")))
    for href in {h for h in found.all("href") if h.startswith("/") and not h.startswith("/static")}:
        place, _, anchor = href.partition("#")
        led = desk.get(place, follow_redirects=True)
        assert led.status_code == 200, href
        assert not anchor or unquote(anchor) in Page(led.text).all("id"), href
    twin = desk.get(f"{page}.json")
    assert twin.status_code == 200
    assert twin.json()


def test_lists_and_reports_lead_to_actors_and_events(desk: TestClient) -> None:
    assert "/actor/Ann%20Lee" in Page(desk.get("/statements").text).all("href")
    found = Page(desk.get("/events").text).all("href")
    assert "/actor/Russia" in found
    assert "/event/a%2Fe1" in found
    assert "/actor/Ann%20Lee" in Page(desk.get("/figures?from=&to=").text).all("href")
    assert {"/actor/Ann%20Lee", "/event/a%2Fe1"} <= {*Page(desk.get("/report/a").text).all("href")}


def test_a_name_is_words(desk: TestClient) -> None:
    href = next(h for h in Page(desk.get("/report/d").text).all("href") if "script" in h)
    answer = desk.get(href)
    assert answer.status_code == 200
    assert HOSTILE in Page(answer.text).words
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize("page", ["/actor/Nobody", "/actor/Nobody.json", "/event/a/e9", "/event/zzz/e1", "/event/x"])
def test_who_or_what_is_not_there_is_said(desk: TestClient, page: str) -> None:
    assert desk.get(page).status_code == 404


def test_filters_narrow_an_actor(desk: TestClient) -> None:
    assert [row["id"] for row in desk.get("/actor/Ann Lee.json?to=2022-03-03").json()["said"]] == ["a/s1"]
    assert [row["id"] for row in desk.get("/statements.json?speaker=Ann+Lee").json()] == ["a/s1", "b/s1"]
    assert [row["id"] for row in desk.get("/events.json?actor=Russia&limit=1").json()] == ["a/e1"]
