"""Adding at the desk: what is sent is read and kept, refusals are named, limits hold, nobody else may."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

import counterclaim.fetch
import counterclaim.reading
from counterclaim.desk import adding, app
from counterclaim.desk.access import Door
from counterclaim.desk.pages import adding as page
from counterclaim.errors import RefusedError
from counterclaim.fetch import Page
from counterclaim.store import open_record
from counterclaim.types import Reading, Report
from tests.desk.conftest import HERE, HOSTILE, PORT


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "added.db"
    open_record(path).close()
    return path


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that finds nothing, and fails where the text says so."""

    def read(report: Report, conflict: str | None = None) -> Reading:
        if "explode" in report.text:
            raise RuntimeError("/home/somebody/secret")
        unread = "its language is fr; only English is read" if "bonjour" in report.text else None
        return Reading(report=report, conflict=conflict or "generic", version="0", pipeline="none", unread=unread)

    monkeypatch.setattr(counterclaim.reading, "read", read)
    monkeypatch.setattr(counterclaim.reading, "version", lambda: "0")


def visitor(path: Path, **rights: Any) -> TestClient:
    door = Door(**rights)
    client = TestClient(app(path, PORT, door), base_url=HERE, follow_redirects=False)
    assert client.get("/open", params={"token": door.token}).status_code == 303
    return client


@pytest.fixture
def desk(path: Path, quick: None) -> TestClient:
    return visitor(path)


def sent(client: TestClient, **form: Any) -> dict[str, Any]:
    """What became of a form, when it is done."""
    answer = client.post("/add", **form)
    assert answer.status_code == 303
    return waited(client, answer.headers["location"])


def waited(client: TestClient, address: str) -> dict[str, Any]:
    for _ in range(400):
        job: dict[str, Any] = client.get(f"{address}.json").json()
        if job["done"] == job["of"]:
            assert client.get(address).status_code == 200
            return job
        time.sleep(0.01)
    raise AssertionError("not done")


def files(*named: tuple[str, bytes]) -> list[tuple[str, tuple[str, bytes]]]:
    return [("files", one) for one in named]


def test_files_are_added_and_a_bad_one_leaves_the_rest(desk: TestClient) -> None:
    several = files(
        ("a.txt", b"Ardal was quiet on Thursday."), ("b.jsonl", b'{"text": "One."}\n{broken\n{"text": "Two."}\n'),
        ("c.txt", b"\x00\x01\x02\xff" * 400), ("d.txt", b"this will explode"), ("../../e.txt", b"A last one."),
    )  # fmt: skip
    job = sent(desk, files=several)
    assert job["state"] == "done"
    assert job["counts"] == {"added": 4, "refused": 3}
    assert [item["name"] for item in job["items"]] == ["a.txt", "b.jsonl", "c.txt", "d.txt", "e.txt"]
    assert [line["fate"] for line in job["items"][1]["lines"]] == ["added", "refused", "added"]
    assert job["items"][1]["lines"][1]["why"].startswith("Line 2: ")
    assert "secret" not in str(job)
    shown = desk.get(f"/add/{job['id']}").text
    for item in job["items"]:
        for line in item["lines"]:
            assert line["report"] is None or f'href="/report/{line["report"]}"' in shown
    assert desk.get(f"/report/{job['items'][0]['lines'][0]['report']}").status_code == 200
    assert len(desk.get("/reports.json").json()) == 4


def test_what_is_there_is_said_to_be_there(desk: TestClient) -> None:
    one = files(("a.txt", b"Ardal was quiet."))
    first, again = sent(desk, files=one), sent(desk, files=one)
    assert [job["items"][0]["lines"][0]["fate"] for job in (first, again)] == ["added", "there"]
    assert first["items"][0]["lines"][0]["report"] == again["items"][0]["lines"][0]["report"]


def test_a_text_keeps_what_is_known_of_it(desk: TestClient) -> None:
    form = {"text": f"{HOSTILE} he said.\r\nMore.", "outlet": HOSTILE, "headline": HOSTILE, "published": "2022-03-05"}
    job = sent(desk, data={**form, "url": "https://example.org/x"})
    (head,) = desk.get("/reports.json").json()
    assert (head["outlet"], head["headline"], head["published"]) == (HOSTILE, HOSTILE, "2022-03-05")
    assert head["url"] == "https://example.org/x"
    assert "<script>alert" not in desk.get(f"/add/{job['id']}").text
    assert desk.get(f"/report/{head['short']}.json").json()["report"]["text"] == f"{HOSTILE} he said.\nMore."


def test_a_day_is_for_reports_that_tell_none(desk: TestClient) -> None:
    several = files(("a.txt", b"Nothing told."), ("b.json", b'{"text": "Told.", "published": "2022-03-09"}'))
    sent(desk, files=several, data={"published": "2022-03-01"})
    assert sorted(head["published"] for head in desk.get("/reports.json").json()) == ["2022-03-01", "2022-03-09"]


def test_addresses_go_through_the_guard_alone(desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def fetch(url: str) -> Page:
        asked.append(url)
        if "private" in url:
            raise RefusedError("private is on a private network", where=url, hint="Save the page and give the file")
        return Page(url, url, "text/plain", "utf-8", b"Ardal was quiet on Thursday.")

    monkeypatch.setattr(counterclaim.fetch, "fetch", fetch)
    lines = "https://a.example/x\n\nhttp://private/\n/etc/passwd\nfile:///etc/passwd\n-"
    job = sent(desk, data={"addresses": lines})
    assert asked == ["https://a.example/x", "http://private/"]
    assert [item["lines"][0]["fate"] for item in job["items"]] == ["added"] + ["refused"] * 4
    assert "private network. Save the page" in job["items"][1]["lines"][0]["why"]
    assert {item["lines"][0]["why"] for item in job["items"][2:]} == {
        "This is no address of a page. Write it with https://"
    }


def test_this_machine_is_not_asked(desk: TestClient) -> None:
    job = sent(desk, data={"addresses": f"{HERE}/day"})
    assert job["counts"] == {"refused": 1}


def test_a_job_can_be_stopped_and_keeps_what_it_has(path: Path, quick: None, monkeypatch: pytest.MonkeyPatch) -> None:
    go, begun = threading.Event(), threading.Event()
    read = counterclaim.reading.read

    def slow(report: Report, conflict: str | None = None) -> Any:
        if "second" in report.text:
            begun.set()
            go.wait(5)
        return read(report, conflict)

    monkeypatch.setattr(counterclaim.reading, "read", slow)
    desk = visitor(path)
    answer = desk.post("/add", files=files(("1.txt", b"first"), ("2.txt", b"second"), ("3.txt", b"third")))
    job = answer.headers["location"]
    assert begun.wait(5)
    running = desk.get(job).text
    assert "Look again" in running
    assert "Stop" in running
    assert desk.get(f"{job}.json").json()["state"] == "reading"
    assert desk.post(f"{job}/stop").headers["location"] == job
    go.set()
    done = waited(desk, job)
    assert done["state"] == "stopped"
    assert [item["state"] for item in done["items"]] == ["done", "stopped", "stopped"]
    assert done["counts"] == {"added": 1, "stopped": 1}
    assert len(desk.get("/reports.json").json()) == 1
    assert sent(desk, files=files(("2.txt", b"second")))["counts"] == {"added": 1}


def test_what_is_in_no_language_we_read_is_kept_and_said_so(desk: TestClient) -> None:
    job = sent(desk, files=files(("a.txt", b"bonjour")))
    assert job["items"][0]["lines"][0]["fate"] == "unread"
    assert "language is fr" in job["items"][0]["lines"][0]["why"]


@pytest.mark.parametrize(
    ("form", "code"),
    [({}, 400), ({"data": {"text": "  "}}, 400), ({"data": {"text": "x", "published": "soon"}}, 400),
     ({"data": {"text": "x", "conflict": "/etc/passwd"}}, 400), ({"files": files(("", b""))}, 400),
     ({"content": b"x", "headers": {"content-type": "multipart/form-data"}}, 400),
     ({"content": b"x", "headers": {"content-type": "multipart/form-data; boundary=y"}}, 400)],
)  # fmt: skip
def test_a_form_that_makes_no_sense_is_refused_in_words(desk: TestClient, form: dict[str, Any], code: int) -> None:
    answer = desk.post("/add", **form)
    assert answer.status_code == code
    assert "Traceback" not in answer.text
    assert desk.get("/add.json").json() == []


def test_limits(desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "BYTES", 100_000)
    monkeypatch.setattr(page, "FILES", 3)
    for form in ({"files": files(("a.txt", b"x" * 200_000))}, {"files": files(*[("a.txt", b"x")] * 4)}):
        assert desk.post("/add", **form).status_code == 413  # type: ignore[arg-type]
    assert desk.post("/add", data={"addresses": "http://x\n" * 4}).status_code == 413
    monkeypatch.setattr(adding, "SHOWN", 3)
    job = sent(desk, files=files(("a.jsonl", b"".join(b'{"text": "No. %d."}\n' % n for n in range(8)))))
    assert job["counts"] == {"added": 8}
    assert len(job["items"][0]["lines"]) == 3
    assert "and 5 more" in desk.get(f"/add/{job['id']}").text


def test_only_who_may_add_adds(path: Path, quick: None) -> None:
    reader = visitor(path, read_only=True)
    answer = reader.post("/add", data={"text": "x"})
    assert answer.status_code == 403
    assert "read-only" in answer.text
    assert '<form action="/add"' not in reader.get("/add").text
    assert 'href="/add"' not in reader.get("/reports").text
    desk = visitor(path)
    assert desk.post("/add", data={"text": "x"}, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert desk.post("/add", data={"text": "x"}, headers={"origin": "https://evil.example"}).status_code == 403
    desk.cookies.clear()
    assert desk.post("/add", data={"text": "x"}).status_code == 401
    assert desk.get("/add/none").status_code == 401


def test_an_unknown_job_is_said_to_be_unknown(desk: TestClient) -> None:
    assert desk.get("/add/none").status_code == desk.get("/add/none.json").status_code == 404
    assert desk.post("/add/none/stop").status_code == 404


def test_the_true_reader_reads_what_is_pasted(path: Path) -> None:
    desk = visitor(path)
    text = "Ardal under fire\n\nThe mayor of Ardal said that five people were killed by shelling on Thursday."
    answer = desk.post("/add", data={"text": text, "published": "2022-03-04", "conflict": "ukraine-2022"})
    for _ in range(600):
        job = desk.get(f"{answer.headers['location']}.json").json()
        if job["done"]:
            break
        time.sleep(0.1)
    assert job["counts"] == {"added": 1}
    assert desk.get("/statements.json").json()[0]["words"].startswith("five people were killed")
