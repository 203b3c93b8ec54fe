"""Who comes in: only by the link, once, under the right name, and writes only from the desk's own pages."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from counterclaim.desk.access import Door
from tests.desk.conftest import HERE, PORT

PAGES = [
    "/", "/day", "/day.json", "/changes.json", "/map.svg", "/map.geojson", "/statements", "/statements.csv", "/events",
    "/figures", "/control", "/reports", "/sides", "/answers", "/stories", "/copies", "/search?q=ardal", "/place/Ardal",
    "/report/one", "/report/one.json", "/static/desk.js", "/nowhere", "/review", "/review.json", "/review/bulk",
    "/review/sheet.csv", "/review/agreement.json",
]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_nothing_opens_without_the_link(stranger: TestClient, page: str) -> None:
    answer = stranger.get(page)
    assert answer.status_code == 401
    assert "rdal" not in answer.text
    assert "link" in answer.text


def test_the_link_works_once(stranger: TestClient, door: Door) -> None:
    link = f"/open?token={door.token}"
    assert stranger.head(link).status_code == 204
    first = stranger.get(link)
    assert (first.status_code, first.headers["location"]) == (303, "/")
    said = first.headers["set-cookie"].casefold()
    assert "httponly" in said
    assert "samesite=strict" in said
    assert stranger.get("/day").status_code == 200
    stranger.cookies.clear()
    again = stranger.get(link)
    assert again.status_code == 401
    assert "set-cookie" not in again.headers


@pytest.mark.parametrize("token", ["", "x", "é", "\0"])
def test_a_wrong_link_lets_nobody_in_and_leaves_the_right_one(stranger: TestClient, door: Door, token: str) -> None:
    assert stranger.get("/open", params={"token": token}).status_code == 401
    assert stranger.get("/open", params={"token": door.token}).status_code == 303


def test_a_made_up_session_is_nobody(stranger: TestClient) -> None:
    for value in ("", "x", "0" * 43):
        assert stranger.get("/day", headers={"cookie": f"counterclaim-desk-{PORT}={value}"}).status_code == 401


def test_who_leaves_is_out(client: TestClient) -> None:
    cookie = client.cookies[f"counterclaim-desk-{PORT}"]
    assert client.post("/leave").status_code == 303
    assert client.get("/day", headers={"cookie": f"counterclaim-desk-{PORT}={cookie}"}).status_code == 401


@pytest.mark.parametrize("host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:1", "", "127.1:8765"])
def test_no_other_name_is_answered_to(client: TestClient, host: str) -> None:
    answer = client.get("/day", headers={"host": host})
    assert answer.status_code == 421
    assert "rdal" not in answer.text


def test_localhost_is_answered_to(client: TestClient) -> None:
    assert client.get("/day", headers={"host": f"localhost:{PORT}"}).status_code in (200, 401)


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "cross-site", "origin": HERE}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": f"http://127.0.0.1:{PORT + 1}"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "same-origin", "origin": HERE}, 303),
        ({"origin": HERE}, 303),
        ({}, 303),
    ],
)
def test_writes_come_from_our_own_pages(client: TestClient, headers: dict[str, str], code: int) -> None:
    assert client.post("/leave", headers=headers).status_code == code


@pytest.mark.parametrize("page", ["/day", "/report/two", "/open?token=no", "/nowhere", "/static/desk.css", "/day.json"])
def test_strict_headers_on_every_answer(client: TestClient, page: str) -> None:
    headers = client.get(page).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    ours = page.startswith("/static/")  # what the desk shows is not kept; its own files are, but asked for again
    assert headers["cache-control"] == ("private, no-cache" if ours else "no-store")


def test_the_map_runs_nothing_but_its_own_style(client: TestClient) -> None:
    answer = client.get("/map.svg")
    assert answer.status_code == 200
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert "<script" not in answer.text


def test_rights() -> None:
    door = Door(read_only=True)
    session = door.enter(door.token)
    visitor = door.who(session)
    assert visitor is not None
    assert visitor.may("read")
    assert not visitor.may("judge")
    assert Door().who(session) is None


def test_no_file_of_the_machine_is_read_as_a_conflict(client: TestClient) -> None:
    for name in ("/etc/passwd", "../x.toml", "no-such"):
        assert client.get("/day", params={"conflict": name}).status_code == 400
