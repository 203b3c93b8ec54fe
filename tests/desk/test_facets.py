"""Facets: every count is what the link shows, under the other filters; what is chosen can be taken out."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from counterclaim.store import Filter, open_record, spreading
from tests.build import Build
from tests.desk.test_pages import Page


def choices(text: str) -> dict[str, int]:
    """The links of a page's facets with the numbers beside them."""
    part = text.partition('<div class="facets">')[2].partition("</div>")[0]
    hrefs = Page(part).all("href")
    counts = [int(piece.partition("<")[0]) for piece in part.split('class="n">')[1:]]
    return dict(zip(hrefs, counts, strict=True))


@pytest.mark.parametrize(
    "page",
    ["/statements", "/statements?party=ukraine", "/statements?stance=asserts&from=2022-03-03", "/events",
     "/events?outlet=Daily+Test", "/search?q=ardal", "/search?q=ardal&outlet=Daily+Test", "/reports",
     "/reports?from=2022-03-04"],
)  # fmt: skip
def test_a_count_is_the_number_of_rows_behind_its_link(client: TestClient, page: str) -> None:
    found = choices(client.get(page).text)
    assert found or page not in ("/statements", "/search?q=ardal", "/reports")
    for href, count in found.items():
        path, _, query = href.partition("?")
        assert len(client.get(f"{path}.json?{query}").json()) == count, href
        assert all(part in query for part in page.partition("?")[2].split("&"))


def test_what_is_chosen_is_a_chip_that_can_be_taken_out(client: TestClient) -> None:
    page = "/statements?party=Ukraine&stance=asserts&about=rdal"
    text = client.get(page).text
    part = text.partition('<ul class="chips"')[2].partition("</ul>")[0]
    assert Page(part).all("href") == [
        "/statements?stance=asserts&about=rdal", "/statements?party=Ukraine&about=rdal",
        "/statements?party=Ukraine&stance=asserts",
    ]  # fmt: skip
    hidden = [a for tag, a in Page(text).tags if tag == "input" and a.get("type") == "hidden"]
    assert {(a["name"], a["value"]) for a in hidden} == {("party", "Ukraine"), ("stance", "asserts")}
    assert 'class="chips"' not in client.get("/statements").text


def test_figures_are_narrowed_by_measure(client: TestClient) -> None:
    assert [row["measure"] for row in client.get("/figures.json?measure=killed").json()] == ["killed", "killed"]
    assert client.get("/figures.json?measure=wounded").json() == []
    assert client.get("/sides.json?measure=wounded").json() == []
    assert "measure=" not in "".join(choices(client.get("/figures?from=&to=").text))  # one value is no choice


def test_counting_stops_at_a_bound_and_says_so(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreading, "MOST", 2)
    assert "Counted in the first 2 rows" in client.get("/statements").text


def test_wrong_rows_do_not_count_and_a_place_counts_for_its_country(tmp_path: Path) -> None:
    with open_record(tmp_path / "r.db") as record:
        build = Build("Alpha said it rained. Beta said it snowed.", id="a")
        build.says("it rained", "Alpha", "Ukraine").says("it snowed", "Beta", "Russia")
        record.add(build.reading())
        assert record.spread("statement").counts["party"] == {"Ukraine": 1, "Russia": 1}
        record.judge("a/s2", "no", "ann")
        found = record.spread("statement", Filter())
        assert (found.counts["party"], found.rows, found.whole) == ({"Ukraine": 1}, 1, True)
