"""Review as forms: a judgement leads to the next row, corrections are looked over, many rows and sheets, agreement."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from counterclaim.desk import app
from counterclaim.desk.access import Door
from counterclaim.store import open_record
from counterclaim.store.record import Record
from tests.build import Build
from tests.desk.conftest import HERE, HOSTILE, PORT, builds
from tests.store.test_judged import strike

Sit = Callable[..., TestClient]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A record of one's own, to write to: reports, and three that tell one event."""
    path = tmp_path / "record.db"
    with open_record(path) as record:
        for build in builds():
            record.add(build.reading())
        for ident, words in (("a", "Shells fell on Alpha."), ("b", "Alpha was shelled."), ("c", "Alpha under fire.")):
            record.add(strike(ident, words))
    return path


@pytest.fixture
def sit(own: Path) -> Sit:
    """Somebody at the desk."""

    def sitting(name: str = "ann", *, read_only: bool = False) -> TestClient:
        door = Door(name, read_only=read_only)
        client = TestClient(app(own, PORT, door), base_url=HERE, follow_redirects=False)
        client.get("/open", params={"token": door.token})
        return client

    return sitting


@pytest.fixture
def record(own: Path) -> Record:
    return open_record(own)


def said(record: Record, ref: str) -> list[tuple[str, str]]:
    report, _, row = ref.rpartition("/")
    return [(one.verdict, one.by) for one in record.judgements(ref).get((report, row), [])]


def field(page: str, name: str) -> str:
    found = re.search(f'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def test_a_row_in_its_context_is_judged_and_leads_to_the_next(sit: Sit, record: Record) -> None:
    client = sit()
    first = client.get("/review?family=statements").text
    ref, then = field(first, "ref"), field(first, "then")
    assert "<mark>" in first
    assert "Ardal under guns" in first
    assert "0 of 4 judged by ann" in first
    answer = client.post("/review/say?family=statements", data={"ref": ref, "then": then, "verdict": "no"})
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/review?family=statements&at={then.replace('/', '%2F')}"
    assert said(record, ref) == [("no", "ann")]
    second = client.get(answer.headers["location"]).text
    assert field(second, "ref") == then
    assert "1 of 4 judged by ann" in second
    again = client.post("/review/say?family=statements", data={"ref": ref, "then": then, "verdict": "no"})
    assert again.status_code == 303
    assert said(record, ref) == [("no", "ann")]  # sent twice is said once


def test_every_row_comes_once_and_then_none_waits(sit: Sit, record: Record) -> None:
    client, seen = sit(), []
    page = client.get("/review?family=statements").text
    while 'class="say"' in page:
        seen.append(field(page, "ref"))
        data = {"ref": seen[-1], "then": field(page, "then"), "verdict": "yes"}
        page = client.get(client.post("/review/say?family=statements", data=data).headers["location"]).text
    assert sorted(seen) == ["one/s1", "one/s2", "two/s1", "two/s2"]
    assert "Nothing waits for you here any more" in page


def test_the_last_is_taken_back_and_an_earlier_one_changed(sit: Sit, record: Record) -> None:
    client = sit()
    for ref in ("one/s1", "one/s2"):
        client.post("/review/say?family=statements", data={"ref": ref, "verdict": "yes", "note": "seen"})
    page = client.get("/review?family=statements").text
    last = page[page.index('id="undo"') :]
    assert field(last, "ref") == "one/s2"
    back = client.post("/review/undo?family=events", data={"ref": "one/s2"})
    assert back.headers["location"] == "/review?family=statements&at=one%2Fs2"
    changed = client.get("/review?family=statements&at=one/s1").text
    assert 'aria-pressed="true"' in changed
    assert "seen" in changed
    client.post("/review/say?family=statements", data={"ref": "one/s1", "verdict": "unsure"})
    assert said(record, "one/s1") == [("yes", "ann"), ("unsure", "ann")]
    assert said(record, "one/s2") == [("yes", "ann"), ("undo", "ann")]
    assert client.post("/review/undo", data={"ref": "one/s2"}).status_code == 400


def test_nobody_takes_back_what_another_said(sit: Sit, record: Record) -> None:
    ann, bob = sit("ann"), sit("bob")
    ann.post("/review/say", data={"ref": "one/s1", "verdict": "yes"})
    bob.post("/review/say", data={"ref": "one/s1", "verdict": "no"})
    answer = ann.post("/review/undo", data={"ref": "one/s1"})
    assert answer.status_code == 400
    assert "bob judged it since" in answer.text
    assert said(record, "one/s1") == [("yes", "ann"), ("no", "bob")]


def test_what_others_said_shows_once_one_has_judged(sit: Sit) -> None:
    sit("bob").post("/review/correct?family=events", data={"ref": "one/e1", "f-kind": "air_strike", "note": "psst"})
    ann = sit("ann")
    before = ann.get("/review?family=events&at=one/e1").text
    assert "psst" not in before
    assert "bob" not in before
    assert "1 other judged this" in before
    assert '<option value="shelling" selected>' in before
    ann.post("/review/say?family=events", data={"ref": "one/e1", "verdict": "unsure"})
    after = ann.get("/review?family=events&at=one/e1").text
    assert "psst" in after
    assert "bob" in after


def test_a_correction_is_kept_and_what_was_read_stays_visible(sit: Sit, record: Record) -> None:
    client = sit()
    data = {"ref": "one/e1", "f-kind": "air_strike", "f-place": "ardal", "f-actors": "Russia, Wagner", "then": "b/e1"}
    answer = client.post("/review/correct?family=events", data=data)
    assert (answer.status_code, answer.headers["location"]) == (303, "/review?family=events&at=b%2Fe1")
    (event,) = [t for t in record.events() if t.ref == "one/e1"]
    assert (event.item.kind, [a.name for a in event.item.actors]) == ("air_strike", ["Russia", "Wagner"])
    page = client.get("/review?family=events&at=one/e1").text
    assert "<s>shelling</s> air strike" in page
    assert "read: shelling" in page


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"f-when": "soon", "f-place": "Elsewhere"}, "cannot be so corrected"),
        ({"f-kind": "dancing"}, "cannot be &#39;dancing&#39;"),
        ({"f-kind": "shelling"}, "No field differs"),
    ],
)
def test_a_correction_without_sense_is_shown_again_as_typed(
    sit: Sit, record: Record, data: dict[str, str], words: str
) -> None:
    answer = sit().post("/review/correct?family=events", data={"ref": "one/e1", **data})
    assert answer.status_code == 400
    assert words in answer.text
    assert said(record, "one/e1") == []
    if "f-place" in data:
        assert field(answer.text, "f-place") == "Elsewhere"
        assert "read: Ardal" in answer.text


def test_joins_are_judged_beside_each_other(sit: Sit, record: Record) -> None:
    client = sit()
    page = client.get("/review?family=joins&standing=joined").text
    pair = field(page, "ref")
    assert page.count('class="told"') == 2
    client.post("/review/say?family=joins&standing=joined", data={"ref": pair, "verdict": "no"})
    assert dict.fromkeys(record.judged_pairs().values()) == {False: None}
    assert "two events" in client.get("/review?family=joins&standing=joined").text
    assert "family=joins" in client.post("/review/undo", data={"ref": pair}).headers["location"]
    assert record.judged_pairs() == {}


def test_a_group_is_split_and_events_merged(sit: Sit, record: Record) -> None:
    client = sit()
    group = client.get("/review/group?ref=a/e1").text
    assert sorted(re.findall('name="out" value="(.*?)"', group)) == ["a/e1", "b/e1", "c/e1"]
    client.post("/review/split", data={"ref": "a/e1", "out": "a/e1"})
    assert record.judged_pairs() == {("a/e1", "b/e1"): False, ("a/e1", "c/e1"): False}
    assert client.post("/review/split", data={"ref": "b/e1", "out": ["b/e1", "c/e1"]}).status_code == 400
    client.post("/review/merge", data={"one": "a/e1", "other": "one/e1"})
    assert record.judged_pairs()["a/e1", "one/e1"]
    assert client.post("/review/merge", data={"one": "a/e1", "other": "zz/e9"}).status_code == 404


def test_many_rows_are_judged_as_shown_and_taken_back_at_once(sit: Sit, record: Record) -> None:
    client = sit()
    page = client.get("/review/bulk?family=statements&by=moscow").text
    assert "1 row in one go" in page
    page = client.get("/review/bulk?family=statements").text
    mark = field(page, "mark")
    client.post("/review/say", data={"ref": "two/s1", "verdict": "no"})
    stale = client.post("/review/bulk?family=statements", data={"mark": mark, "verdict": "yes"})
    assert stale.status_code == 400
    assert "not the rows that were shown" in stale.text
    mark = field(client.get("/review/bulk?family=statements").text, "mark")
    client.post("/review/bulk?family=statements", data={"mark": mark, "verdict": "yes"})
    assert [said(record, ref) for ref in ("one/s1", "one/s2", "two/s2")] == [[("yes", "ann")]] * 3
    page = client.get("/review?family=statements").text
    assert "3 rows in one go" in page
    client.post("/review/undo?family=statements", data={"batch": field(page, "batch")})
    assert said(record, "one/s1") == [("yes", "ann"), ("undo", "ann")]
    assert said(record, "two/s1") == [("no", "ann")]


def test_more_rows_than_may_be_judged_in_one_go_are_refused(sit: Sit, record: Record) -> None:
    many = Build("Word. " * 600, id="many")
    for _ in range(501):
        many.event("clash", "Word.")
    record.add(many.reading())
    client = sit()
    page = client.get("/review/bulk?family=events").text
    assert "more than 500" in page
    assert '<form action="/review/bulk' not in page
    assert client.post("/review/bulk?family=events", data={"mark": "x", "verdict": "yes"}).status_code == 400
    assert record.judgements() == {}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_sheet_goes_out_and_comes_back(sit: Sit, record: Record, form: str) -> None:
    client = sit()
    sheet = client.get(f"/review/sheet.{form}?family=events")
    assert sheet.headers["content-disposition"] == f'attachment; filename="review-events.{form}"'
    same = client.post("/review/sheet?family=events", files={"sheet": (f"s.{form}", sheet.content)})
    assert "0 kept, 4 unchanged, 0 refused" in same.text
    assert record.judgements() == {}


def test_a_sheet_that_was_changed_is_said_line_by_line(sit: Sit, record: Record) -> None:
    client = sit()
    sheet = client.get("/review/sheet.csv?family=control").text.replace(",controlled,", ",besieged,")
    sheet = sheet.replace(",claimed,", ",haunted,")
    answer = client.post("/review/sheet?family=control", files={"sheet": ("s.csv", sheet.encode())})
    assert "1 kept, 0 unchanged, 1 refused" in answer.text
    assert "state cannot be &#39;haunted&#39;" in answer.text
    assert said(record, "one/h1") == [("correct", "ann")]
    client.post("/review/undo?family=control", data={"batch": field(answer.text, "batch")})
    assert said(record, "one/h1")[-1] == ("undo", "ann")
    assert client.post("/review/sheet?family=control", data={"x": "y"}).status_code == 400
    assert client.post("/review/sheet?family=control", files={"sheet": ("s.csv", b"a,b\n")}).status_code == 400


def test_agreement_of_two_on_the_desk(sit: Sit) -> None:
    ann, bob = sit("ann"), sit("bob")
    assert "Nothing was judged by two people yet" in ann.get("/review/agreement").text
    for ref in ("one/s1", "one/s2"):
        ann.post("/review/say", data={"ref": ref, "verdict": "yes"})
        bob.post("/review/say", data={"ref": ref, "verdict": "yes" if ref == "one/s1" else "no"})
    page = ann.get("/review/agreement").text
    assert "too few rows for a kappa" in page
    assert "one/s2" in page
    (found,) = ann.get("/review/agreement.json").json()
    assert (found["rows"], found["equal"], found["kappa"]) == (2, 1, None)
    assert "one/s2" in ann.get("/review/agreement.csv").text


WRITES: list[tuple[str, dict[str, Any]]] = [
    ("/review/say", {"data": {"ref": "one/s1", "verdict": "yes"}}),
    ("/review/correct", {"data": {"ref": "one/e1", "f-kind": "siege"}}),
    ("/review/undo", {"data": {"ref": "one/s1"}}),
    ("/review/bulk?family=events", {"data": {"mark": "", "verdict": "yes"}}),
    ("/review/sheet?family=events", {"files": {"sheet": ("s.csv", b"ref,stamp\n")}}),
    ("/review/split", {"data": {"ref": "a/e1", "out": "a/e1"}}),
    ("/review/merge", {"data": {"one": "a/e1", "other": "one/e1"}}),
]


@pytest.mark.parametrize(("path", "sent"), WRITES, ids=[path for path, _ in WRITES])
def test_a_desk_to_read_takes_no_judgement_and_other_pages_none(
    sit: Sit, record: Record, path: str, sent: dict[str, Any]
) -> None:
    reader = sit(read_only=True)
    assert reader.post(path, **sent).status_code == 403
    assert 'class="say"' not in reader.get("/review?family=statements").text
    assert sit().post(path, headers={"sec-fetch-site": "cross-site"}, **sent).status_code == 403
    assert record.judgements() == {}
    assert record.judged_pairs() == {}


def test_odd_questions_are_answered_in_words(sit: Sit) -> None:
    client = sit()
    for path in ("/review?family=reports", "/review?which=some", "/review/bulk?family=joins", "/review/sheet?family=x"):
        assert client.get(path).status_code == 400, path
    assert client.get("/review?at=zz/e1").status_code == 404
    assert client.get("/review?at=nonsense").status_code == 400
    assert client.post("/review/say", data={"ref": "one/s1", "verdict": "perhaps"}).status_code == 400
    assert client.post("/review/say", data={}).status_code == 400
    big = client.post("/review/say", data={"ref": "one/s1", "verdict": "yes", "note": "x" * 1_100_000})
    assert big.status_code == 413


def test_nothing_of_a_report_is_markup_here_either(sit: Sit) -> None:
    client = sit()
    client.post("/review/say", data={"ref": "two/s2", "verdict": "no", "note": HOSTILE})
    for path in (
        "/review?family=statements&at=two/s2", "/review/bulk?family=statements&which=all", "/review?family=control",
        "/review/agreement", "/review/sheet?family=statements", "/review?family=statements&about=" + HOSTILE,
    ):  # fmt: skip
        page = client.get(path).text
        assert "<script>alert" not in page, path
        assert "<img" not in page, path


def test_the_parts_that_the_script_asks_for(sit: Sit, record: Record) -> None:
    client = sit()
    part = client.get("/review?family=statements&at=one/s1", headers={"X-Part": "task"}).text
    assert part.lstrip().startswith('<div id="task"')
    assert "<html" not in part
    data = {"ref": "one/s1", "verdict": "yes"}
    part = client.post("/review/say?family=statements", data=data, headers={"X-Part": "past"}).text
    assert part.lstrip().startswith('<aside id="past"')
    assert "1 of 4" in part
    assert client.get("/review.json?family=statements&at=one/s1").json()["task"]["mine"]["verdict"] == "yes"


def test_lists_and_reports_show_who_said_what_and_when(sit: Sit, record: Record) -> None:
    client = sit()
    client.post("/review/say", data={"ref": "one/s1", "verdict": "yes"})
    client.post("/review/say", data={"ref": "one/s2", "verdict": "no"})
    client.post("/review/correct", data={"ref": "one/e1", "f-kind": "siege"})
    day = record.judgements("one/s1")["one", "s1"][0].at[:4]
    listed = client.get("/statements").text
    assert "right, says ann, " in listed
    assert day in listed[listed.index("right, says ann, ") :][:60]
    assert "/review?at=one/s1&amp;family=statements" in listed
    assert "corrected, says ann" in client.get("/events").text
    report = client.get("/report/one").text
    assert "corrected, says ann" in report
    left_out = report[report.index("Left out:") :]
    assert "one/s2" in left_out
    assert "wrong, says ann" in left_out
    assert 'aria-current="page">Statements' in client.get("/review?at=one/s2").text


def test_lists_of_what_was_reviewed_only(sit: Sit) -> None:
    client = sit()
    for ref, verdict in (("one/s1", "yes"), ("one/s2", "no"), ("two/s1", "unsure"), ("two/s2", "yes")):
        client.post("/review/say", data={"ref": ref, "verdict": verdict})
    client.post("/review/undo", data={"ref": "two/s2"})
    client.post("/review/correct", data={"ref": "one/e1", "f-kind": "siege"})
    rows = [client.get(f"/{name}.json?reviewed=yes").json() for name in ("statements", "events", "figures")]
    assert [[row["id"] for row in found] for found in rows] == [["one/s1"], ["one/e1"], []]
    assert 'name="reviewed" value="yes" checked' in client.get("/statements?reviewed=yes").text
