"""Web pages → text with passages. The pages are our own: see tests/pages/README.md."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.errors import InputError
from counterclaim.sources import html, reports
from counterclaim.types import Report

PAGES = Path(__file__).parent.parent / "pages"


def parts(source: str) -> list[tuple[str, str]]:
    found = html.page(source)
    return [(p.kind, p.span.of(found.text)) for p in found.passages]


@pytest.fixture(scope="module")
def news() -> Report:
    (report,) = reports([PAGES / "news.html"])
    assert isinstance(report, Report)
    return report


def test_what_the_page_says_of_itself(news: Report) -> None:
    assert news.headline == "Defenders leave Port Lipa after nine days"
    assert news.byline == "Ada Writer, Ben Scribe"
    assert news.outlet == "The Harbour Post"
    assert news.url == "https://harbourpost.example/world/port-lipa"
    assert (news.published, news.published_basis) == (date(2022, 3, 3), "metadata")
    assert news.language == "en"


def test_its_structure_is_kept(news: Report) -> None:
    found = [(p.kind, p.span.of(news.text)) for p in news.passages]
    assert [kind for kind, _ in found if kind not in ("paragraph", "promo")] == [
        "headline",
        "standfirst",
        "byline",
        "timestamp",
        "caption",
        "credit",
        "dateline",
        "crosshead",
        "list_item",
        "list_item",
        "source_line",
    ]
    assert ("credit", "[Cleo Lens/Reuters]") in found
    assert ("paragraph", "In other developments:") in found
    assert ("paragraph", "The power plant has run on diesel since Sunday.") in found


@pytest.mark.parametrize(
    "words",
    [
        "900 were killed",
        "500 were killed",
        "5,000 were killed",
        "Copyright",
        "Five dead after a storm",
        "World",
        "Copy link",
        "<",
        "&",
    ],
)
def test_its_furniture_is_gone(news: Report, words: str) -> None:
    assert words not in news.text


@pytest.mark.parametrize("words", ["READ MORE", "Sign up"])
def test_what_stands_in_the_story_is_a_promo(news: Report, words: str) -> None:
    assert [p.kind for p in news.passages if words in p.span.of(news.text)] == ["promo"]


def test_bare_tags_left_open() -> None:
    source = (PAGES / "bare.html").read_text()
    assert [kind for kind, _ in parts(source)] == [
        "headline",
        "paragraph",
        "paragraph",
        "crosshead",
        "paragraph",
        "list_item",
        "list_item",
    ]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<meta property="article:published_time" content="2022-03-04T01:00:00+02:00">', date(2022, 3, 4)),
        ('<meta name="date" content="4 March 2022">', date(2022, 3, 4)),
        (
            '<script type="application/ld+json">'
            '{"@graph": [{"@type": ["x", "NewsArticle"], "datePublished": "2022-03-04"}]}</script>',
            date(2022, 3, 4),
        ),
        (
            '<script type="application/ld+json">{broken</script><meta name="pubdate" content="20220304">',
            date(2022, 3, 4),
        ),
        ('<meta name="date" content="03/04/2022">', None),
        ('<meta name="date" content="2022-13-45">', None),
        ('<script type="application/ld+json">{"@type": "WebSite", "datePublished": "2022-03-04"}</script>', None),
    ],
)
def test_dates_come_from_metadata_only(head: str, expected: date | None) -> None:
    source = (
        f"<html><head>{head}</head><body><p>The ferry was hit on 9 May 2019, the mayor said. © 2019</p></body></html>"
    )
    assert html.page(source).about.published == expected


def test_the_charset_a_page_names() -> None:
    data = '<html><head><meta charset="koi8-r"></head><body><p>Паром закрыт до воскресенья.</p></body></html>'.encode(
        "koi8-r"
    )
    assert "Паром закрыт" in html.decoded(data, "x")
    data = b'<html><head><meta charset="idna"></head><body><p>The ferry is closed.</p></body></html>'
    assert "ferry is closed" in html.decoded(data, "x")


@pytest.mark.parametrize(
    "source",
    [
        "",
        "<",
        "<html></html>",
        "<!-- only a comment -->",
        "<script>var a = 'The ferry was hit.'</script>",
        "<img src=x>",
        "<nav><a href=/>Home</a></nav>",
        "<p hidden>The ferry was hit.</p>",
        "<body><a href='/1'>One story</a> <a href='/2'>Another story</a></body>",
        "<p>\u200b</p>",
    ],
    ids=range(10),
)
def test_pages_without_text(source: str) -> None:
    with pytest.raises(InputError):
        html.page(source, "x.html")


@pytest.mark.parametrize("opened", ["<div>", "<ul><li>", "<table><tr><td>", "<blockquote>"])
def test_pages_nested_too_deep_say_so(opened: str) -> None:
    with pytest.raises(InputError, match=r"^x.html: the page is nested too deep"):
        html.page("<html><body>" + opened * 10_000 + "The ferry was hit.", "x.html")


def test_nesting_that_ends_in_time_is_read() -> None:
    source = "<div>" * 200 + "<p>The ferry was hit on Friday.</p>" + "</div>" * 200
    assert parts(source) == [("paragraph", "The ferry was hit on Friday.")]


@pytest.mark.parametrize(
    "source",
    [
        "<p " + " ".join(f"a{i}=1" for i in range(100_000)) + ">The ferry was hit.</p>",
        "<p " + " ".join(f'a{i}="<b c>"' for i in range(100_000)) + ">The ferry was hit.</p>",
        '<p class="' + "x " * 1_000_000 + '">The ferry was hit.</p>',
        "<p>The ferry was hit.</p>" + "<p>" * 100_000,
    ],
    ids=["attributes", "marks in attributes", "a long class", "open paragraphs"],
)
def test_huge_mark_up_is_read_all_the_same(source: str) -> None:
    """Hangs for minutes where attributes are compared with one another."""
    assert "The ferry was hit." in html.page(source).text


@pytest.mark.parametrize("source", ["<i>" * 400_000 + "x", "<p>word" * 30_000])
def test_pages_of_too_many_parts_are_no_report(source: str) -> None:
    with pytest.raises(InputError, match="not one report"):
        html.page(source)


def test_entities_and_addresses_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    source = (
        f'<!DOCTYPE x [<!ENTITY a SYSTEM "{secret.as_uri()}">]><html><body><p>The ferry &a; was hit.</p></body></html>'
    )
    assert "the secret" not in html.page(source).text


TAGS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<h1>",
        "<h2>",
        "<li>",
        "<figcaption>",
        "<article>",
        "</article>",
        "<a href=x>",
        "</a>",
        "<br>",
        "<!--",
        "-->",
        "<aside>",
        "<script>",
        "</script>",
        "<table>",
        "<td>",
        "The ferry was hit. ",
        "word ",
        "&amp;",
        "&#xD800;",
        "\0",
        "<p class=byline>",
        "<",
        ">",
        '"',
        "<time>",
        "<meta name=date content=x>",
        "<title>",
        "<span class=credit>",
        "<body>",
        "</body>",
        "<html lang=de>",
    ]
)


@given(st.lists(TAGS, max_size=40).map("".join))
def test_any_mark_up_is_a_page_or_an_input_error(source: str) -> None:
    try:
        found = html.page(source)
    except InputError:
        return
    found.text.encode()
    at = 0
    for part in found.passages:
        assert at <= part.span.start
        at = part.span.end
    assert at <= len(found.text)
