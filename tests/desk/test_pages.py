"""The pages show the views: twins equal them, cells lead to words that are there, nothing becomes markup."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from counterclaim.desk import axis, render, report
from counterclaim.store import Filter, Record, open_record
from counterclaim.types import Span
from counterclaim.views import lists
from counterclaim.views import map as map_view
from counterclaim.views.answers import answers
from counterclaim.views.brief import brief
from counterclaim.views.sides import sides
from counterclaim.views.since import changes
from counterclaim.views.stories import stories
from tests.build import Build
from tests.desk.conftest import HOSTILE

HTML = [
    "/day", "/day?day=8", "/day?date=2022-03-04", "/statements", "/events", "/figures", "/control", "/reports",
    "/sides", "/answers", "/stories", "/copies", "/search?q=ardal", "/place/Ardal", "/report/one", "/report/two",
    "/search", "/statements?by=nobody",
]  # fmt: skip


class Page(HTMLParser):
    """The elements, links, ids and words of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, name: str) -> list[str]:
        return [v for _, attrs in self.tags if (v := attrs.get(name)) is not None]


@pytest.fixture
def record(db: Path) -> Iterator[Record]:
    with open_record(db) as opened:
        yield opened


def plain(value: object) -> object:
    return json.loads(msgspec.json.encode(value))


def test_twins_are_the_views(client: TestClient, record: Record) -> None:
    every = Filter()
    day = date(2022, 3, 3)
    views = {
        "/day.json?day=8": brief(record, None, 8),
        "/changes.json?day=8": changes(record, date(2022, 3, 2), None, 8),
        "/map.json?day=8": map_view.map_of(record, None, 8),
        "/statements.json": list(lists.claims(record, every)),
        "/statements.json?by=moscow": list(lists.claims(record, Filter(by=("moscow", "Government of Russia")))),
        "/events.json": list(lists.events(record, every)),
        "/figures.json?from=2022-03-03&to=2022-03-03": list(lists.toll(record, Filter(first=day, last=day))),
        "/control.json?to=2022-03-03": list(lists.control(record, Filter(last=day), day)),
        "/sides.json": sides(record, every),
        "/answers.json": answers(record, every),
        "/stories.json": list(stories(record, every)),
        "/search.json?q=ardal&limit=2": list(lists.search(record, "ardal", Filter(limit=2))),
    }
    for page, view in views.items():
        assert client.get(page).json() == plain(view), page
    assert views["/statements.json?by=moscow"]
    assert views["/sides.json"]
    assert client.get("/place/Ardal.json").json()["history"]
    assert client.get("/report/one.json").json()["statements"][1]["via"] == "s1"


@pytest.mark.parametrize(
    "page", ["/statements", "/events", "/figures", "/control", "/reports", "/sides", "/stories", "/search"]
)
def test_tables_have_every_row(client: TestClient, page: str) -> None:
    query = "?q=ardal" if page == "/search" else ""
    rows = list(csv.DictReader(io.StringIO(client.get(f"{page}.csv{query}").text)))
    wanted = client.get(f"{page}.json{query}").json()
    expected = sum(len(m["sides"]) for m in wanted) if page == "/sides" else len(wanted)
    assert len(rows) == expected > 0


@pytest.mark.parametrize("page", HTML)
def test_every_link_of_a_page_leads_somewhere(client: TestClient, page: str) -> None:
    answer = client.get(page, follow_redirects=True)
    assert answer.status_code == 200
    found = Page(answer.text)
    ids = found.all("id")
    assert len(ids) == len(set(ids))
    for href in {*found.all("href"), *found.all("src"), *found.all("srcset")}:
        if href.startswith("https://example.org"):
            continue
        path, _, anchor = href.partition("#")
        assert path == "" or path.startswith("/"), href
        target = found
        if path:
            led = client.get(path, follow_redirects=True)
            assert led.status_code == 200, href
            target = Page(led.text) if anchor else found
        assert not anchor or unquote(anchor) in target.all("id"), href


@pytest.mark.parametrize("page", HTML)
def test_no_page_has_inline_style_or_script(client: TestClient, page: str) -> None:
    found = Page(client.get(page, follow_redirects=True).text)
    assert "style" not in {tag for tag, _ in found.tags}
    scripts = [a.get("src") or "" for tag, a in found.tags if tag == "script"]
    assert all(src.startswith("/static/") for src in scripts)
    assert scripts[0] == "/static/desk.js"
    assert not [name for _, attrs in found.tags for name in attrs if name == "style" or name.startswith("on")]
    assert not [v for v in found.all("href") if v.startswith("javascript")]
    assert "49" not in re.findall(r"\{\{.*?\}\}|\b49\b", found.words)


def test_hostile_words_are_words(client: TestClient) -> None:
    found = Page(client.get("/report/two").text)
    assert HOSTILE in found.words
    assert "javascript:" not in " ".join(found.all("href"))
    assert Page(client.get("/report/one").text).all("href").count("https://example.org/one") == 1


def test_a_nested_statement_shows_who_carries_it(client: TestClient) -> None:
    found = Page(client.get("/report/one").text)
    carried = next(attrs for _, attrs in found.tags if attrs.get("id") == "card-s2")
    assert "d1" in (carried["class"] or "").split()
    inner = next(attrs for _, attrs in found.tags if attrs.get("id") == "s2")
    assert (inner["class"] or "").split() == ["mk", "statement", "d1"]
    assert "told within" in found.words


def test_a_judged_row_goes_and_a_corrected_one_changes(tmp_path: Path) -> None:
    with open_record(tmp_path / "r.db") as record:
        record.add(Build("Alpha said it rained.", id="a").says("it rained", "Alpha").reading())
        assert report.page(record, "a").parts[0].cards
        short = record.short("a")
        record.judge(f"{short}/s1", "no", "ann")
        assert not report.page(record, "a").parts[0].cards


@pytest.mark.parametrize(
    ("page", "code"),
    [("/day?day=x", 400), ("/day?date=1", 400), ("/events?limit=0", 400), ("/report/none", 404), ("/place/None", 404),
     ("/day.json?date=1999-01-01", 404), ("/nothing", 404), ("/search.json", 400), ("/map.svg?date=1999-01-01", 404)],
)  # fmt: skip
def test_trouble_is_said_in_words(client: TestClient, db: Path, page: str, code: int) -> None:
    answer = client.get(page)
    assert answer.status_code == code
    assert str(db.parent) not in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("page", ["/figures", "/sides", "/answers"])
def test_what_compares_all_with_all_begins_with_the_last_days(client: TestClient, page: str) -> None:
    assert client.get(f"{page}?by=x").headers["location"] == f"{page}?by=x&from=2022-02-02&to=2022-03-04"
    assert client.get(f"{page}?from=&to=").status_code == 200


def test_facets_count_and_narrow(client: TestClient) -> None:
    page = client.get("/search?q=ardal")
    assert re.search(
        r'href="/search\?q=ardal&amp;from=2022-03-03&amp;to=2022-03-03">2022-03-03</a> <span class="n">3<', page.text
    )
    assert "<mark>Ardal</mark>" in page.text


@given(st.text(min_size=1), st.text(min_size=1))
def test_no_text_becomes_markup(words: str, speaker: str) -> None:
    text = render.text(
        "error.html", message=words, hint=speaker, visitor=None, params={}, path="",
    )  # fmt: skip
    bare = render.text("error.html", message="m", hint="h", visitor=None, params={}, path="")
    assert [tag for tag, _ in Page(text).tags] == [tag for tag, _ in Page(bare).tags]
    assert render._plain(words) in Page(text).words


marks = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), max_size=8)


@given(st.text(min_size=20, max_size=40), marks)
def test_pieces_are_the_whole_text_once(text: str, spans: list[tuple[int, int]]) -> None:
    given_marks = [
        report.Mark(id=f"s{n}", family="statement", start=a, end=a + long) for n, (a, long) in enumerate(spans)
    ]
    begun: set[str] = set()
    found = list(report.pieces(text, Span(0, len(text)), given_marks, begun))
    assert "".join(p.text for p in found) == text
    assert begun == {m.id for m in given_marks if m.start < len(text)}
    at = 0
    for piece in found:
        assert {m.id for m in piece.marks} == {m.id for m in given_marks if m.start <= at < m.end}
        at += len(piece.text)
    begins = [i for p in found for i in p.begins]
    assert len(begins) == len(set(begins))


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//x", "http://[", "", None]
)
def test_only_web_addresses_are_links(url: str | None) -> None:
    assert render.link(url) is None


def test_bars_keep_open_ends_and_order(record: Record) -> None:
    matter = sides(record, Filter())[0]
    found = axis.bars(matter)
    assert [b.left <= b.right for b in found] == [True] * len(found)
    assert [b.left for b in found] == sorted(b.left for b in found)
    assert all(b.above == (s.high is None) for b, s in zip(found, matter.sides, strict=True))
