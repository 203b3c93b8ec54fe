"""Files, folders, streams and JSON → reports; every bad input named, the rest read."""

from __future__ import annotations

import io
import json
import os
import tracemalloc
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.errors import FetchError, InputError
from counterclaim.fetch import Page
from counterclaim.sources import Settings, report_from, reports
from counterclaim.sources.text import MAX_BYTES, MAX_CHARS
from counterclaim.types import Report

TEXT = "Ferry hit on the Orla\n\nA shell hit the ferry on Friday and wounded seven, the harbour master said.\n"


def one(found: Iterator[Report | InputError]) -> Report:
    (report,) = found
    assert isinstance(report, Report), report
    return report


def refused(found: Iterator[Report | InputError]) -> InputError:
    (error,) = found
    assert isinstance(error, InputError)
    return error


def write(path: Path, data: bytes | str) -> Path:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_a_text_file(tmp_path: Path) -> None:
    report = one(reports([write(tmp_path / "a.txt", TEXT)]))
    assert report.text == TEXT
    assert (report.headline, report.published, report.language) == ("Ferry hit on the Orla", None, "en")
    assert report.origin == str(tmp_path / "a.txt")
    assert [p.kind for p in report.passages] == ["headline", "paragraph"]


def test_the_same_file_elsewhere_is_the_same_report(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    first, second = reports([write(tmp_path / "a.txt", TEXT), write(tmp_path / "b" / "other.md", TEXT)])
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert first.id == second.id
    assert len(first.id) == 16
    assert set(first.id) <= set("0123456789abcdef")


def test_the_same_words_of_two_outlets_are_two_reports() -> None:
    ids = {
        report_from({"text": TEXT, **more}).id
        for more in ({}, {"outlet": "A"}, {"outlet": "B"}, {"url": "https://a.example/1"})
    }
    assert len(ids) == 4


def test_lines_on_top_tell_date_and_outlet(tmp_path: Path) -> None:
    report = one(reports([write(tmp_path / "a.txt", "Outlet: The Harbour Post\nDate: 4 March 2022\n\n" + TEXT)]))
    assert (report.outlet, report.published, report.published_basis) == (
        "The Harbour Post",
        date(2022, 3, 4),
        "metadata",
    )
    assert report.headline == "Ferry hit on the Orla"


def test_front_matter_tells_title_date_and_address(tmp_path: Path) -> None:
    top = '---\ntitle: "Ferry hit on the Orla"\ndate: 2022-03-04-19-55\nsource_url: https://a.example/1\n---\n'
    report = one(reports([write(tmp_path / "a.md", top + TEXT)]))
    assert (report.headline, report.published, report.url) == (
        "Ferry hit on the Orla",
        date(2022, 3, 4),
        "https://a.example/1",
    )


def test_the_callers_date_is_for_reports_without_their_own(tmp_path: Path) -> None:
    day = date(2022, 3, 9)
    dated = write(tmp_path / "a.txt", "Date: 2022-03-04\n\n" + TEXT)
    report = one(reports([dated], published=day))
    assert (report.published, report.published_basis) == (day, "given")
    lines = write(tmp_path / "a.jsonl", json.dumps({"text": TEXT, "published": "2022-03-04"}))
    report = one(reports([lines], published=day))
    assert (report.published, report.published_basis) == (date(2022, 3, 4), "given")


def test_a_dated_line_under_the_headline_counts_unless_there_are_several() -> None:
    body = "The ferry is closed, the harbour master said.\n\n"
    assert report_from({"text": f"Ferry hit\n\n4 March 2022\n\n{body}"}).published == date(2022, 3, 4)
    assert report_from({"text": f"Ferry hit\n\n4 March 2022\n\n{body}5 March 2022\n\n{body}"}).published is None


@pytest.mark.parametrize(
    ("encoding", "warned"),
    [("utf-8", False), ("utf-8-sig", False), ("utf-16", False), ("utf-32", False), ("cp1252", True)],
)
def test_encodings(tmp_path: Path, encoding: str, warned: bool) -> None:
    words = "“The café is closed,” the mayor said on Friday, and the bridge with it."
    heard: list[str] = []
    report = one(reports([write(tmp_path / "a.txt", words.encode(encoding))], warn=heard.append))
    assert report.text == words
    assert bool(heard) is warned
    assert all(str(tmp_path / "a.txt") in message for message in heard)


def test_line_ends_of_files_are_made_one(tmp_path: Path) -> None:
    report = one(reports([write(tmp_path / "a.txt", "Ferry hit\r\n\r\nA shell hit it.\rNobody knows why.\r\n")]))
    assert report.text == "Ferry hit\n\nA shell hit it.\nNobody knows why.\n"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t\n", "empty"),
        ("a.html", b"", "empty"),
        ("a.jsonl", b"", "empty"),
        ("a.json", b"[]", "empty"),
        ("a.txt", bytes(range(256)) * 40, "binary"),
        ("a.txt", b"abc\0def" * 100, "binary"),
        ("a.txt", b"%PDF-1.7 ...", "PDF"),
        ("a.html", b"\x89PNG\r\n\x1a\n", "picture"),
        ("a.txt", b"x" * (MAX_BYTES + 1), "larger than 20 MB"),
        ("a.html", b"<p>" * 17_000_000, "larger than 20 MB"),
        ("a.json", b" " * (MAX_BYTES + 1), "larger than 20 MB"),
        ("a.txt", b"word " * (MAX_CHARS // 5 + 1), "longer than"),
        ("a.json", b'{"text": 5}', "text: 5 is not text"),
        ("a.json", b'{"headline": "x"}', "no text and no html"),
        ("a.json", b'"text"', "JSON object"),
        ("a.json", b'{"text": "x", "published": "3 March"}', "published: '3 March' is not a date"),
        ("a.json", b'{"text": "x", "date": "2022-02-30"}', "date: '2022-02-30' is not a date"),
        ("a.json", b'{"text": "x", "id": [1]}', "id:"),
        ("a.json", b'{"text": "x", "url": 7}', "url: 7 is not text"),
        ("a.json", b'{"text": " "}', "no text"),
        ("a.json", b'{"text": ', "not JSON"),
        ("a.json", b'{"a":' * 100_000, "not JSON"),
        ("a.json", b"[" * 100_000, "not JSON"),
        ("a.json", b'{"text": "caf\xe9"}', "not UTF-8"),
        ("a.html", b"<html><head><title>x</title></head><body></body></html>", "no text in the page"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_bad_files_are_named_with_their_reason(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    path = write(tmp_path / name, data)
    error = refused(reports([path]))
    assert reason in error.message
    assert error.where is not None
    assert error.where.startswith(str(path))


def test_a_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", b"")
    write(tmp_path / "b.txt", TEXT)
    write(tmp_path / "c.json", b"{")
    write(tmp_path / "d.txt", TEXT + "More.")
    assert [type(r) for r in reports([tmp_path])] == [InputError, Report, InputError, Report]


def test_what_is_not_there(tmp_path: Path) -> None:
    error = refused(reports([tmp_path / "none.txt"]))
    assert "no such file" in error.message
    assert "none.txt" in str(error)
    assert "cannot be read" in refused(reports(["a\0b.txt"])).message


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_what_may_not_be_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", TEXT)
    path.chmod(0)
    assert "permission" in refused(reports([path])).message


def test_folders_are_searched_by_name_without_hidden_or_unknown_files(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.md", "a.txt", "c.jsonl", ".hidden.txt", "b/.x/3.txt", "d.png", "e.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        write(tmp_path / name, json.dumps({"text": TEXT}) if name.endswith("jsonl") else TEXT)
    (tmp_path / "b" / "loop").symlink_to(tmp_path)
    origins = [r.origin for r in reports([tmp_path]) if isinstance(r, Report)]
    assert [str(o).removeprefix(f"{tmp_path}/") for o in origins] == ["a.txt", "c.jsonl:1", "b/1.md", "b/2.txt"]


def test_a_folder_without_reports(tmp_path: Path) -> None:
    write(tmp_path / "a.png", b"x")
    error = refused(reports([tmp_path]))
    assert error.message == "no report in this folder"
    assert error.where == str(tmp_path)


def test_a_bad_line_in_the_middle(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": 1, "text": TEXT}),
        "{broken",
        "",
        "7",
        json.dumps({"id": "z", "html": "<p>A shell hit the ferry.</p>"}),
    ]
    path = write(tmp_path / "a.jsonl", "\n".join(lines))
    found = list(reports([path]))
    assert [r.id if isinstance(r, Report) else r.where for r in found] == ["1", f"{path}:2", f"{path}:4", "z"]


def test_a_line_too_long_is_passed_over(tmp_path: Path) -> None:
    good = json.dumps({"id": "good", "text": TEXT}).encode()
    path = write(tmp_path / "a.jsonl", b'{"text": "' + b"x" * (MAX_BYTES + 5) + b'"}\n' + good)
    first, second = reports([path])
    assert isinstance(first, InputError)
    assert first.where == f"{path}:1"
    assert isinstance(second, Report)


class Lines(io.RawIOBase):
    """A stream of `count` reports that never ends up in memory as a whole."""

    def __init__(self, count: int, line: bytes) -> None:
        self.count, self.line, self.served = count, line, 0

    def readline(self, size: int | None = -1, /) -> bytes:
        self.served += 1
        return self.line if self.served <= self.count else b""


def test_ten_thousand_lines_are_taken_one_at_a_time() -> None:
    stream = Lines(10_000, json.dumps({"id": 1, "text": "Talks end.", "language": "en"}).encode() + b"\n")
    yielded = 0
    for report in reports(["-"], stdin=stream):  # type: ignore[arg-type]
        yielded += isinstance(report, Report)
        assert stream.served - yielded <= 1
    assert yielded == 10_000


def test_many_lines_take_no_more_memory_than_few() -> None:
    line = json.dumps({"text": TEXT, "filling": "x" * 20_000}).encode() + b"\n"

    def peak(count: int) -> int:
        tracemalloc.start()
        assert sum(1 for _ in reports(["-"], stdin=Lines(count, line))) == count  # type: ignore[arg-type]
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    peak(5)  # what is loaded once
    assert peak(200) < peak(20) + 200_000


def test_reading_is_lazy(tmp_path: Path) -> None:
    found = reports([write(tmp_path / "a.txt", TEXT), tmp_path / "gone.txt"])
    assert isinstance(next(found), Report)
    write(tmp_path / "gone.txt", TEXT + "Later.")
    assert isinstance(next(found), Report)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (TEXT, [None]),
        ('{"id": "a", "text": "x y"}\n{"id": "b", "text": "x y"}\n', ["a", "b"]),
        ('{"id": "a",\n "text": "x y"}', ["a"]),
        ('[{"id": "a", "text": "x y"}, {"id": "b", "text": "x y"}]', ["a", "b"]),
        ("<!DOCTYPE html><p>A shell hit the ferry on Friday.</p>", [None]),
        ("\ufeff<html><p>A shell hit the ferry on Friday.</p>", [None]),
        ("[Agency] A shell hit the ferry on Friday.", [None]),
    ],
)
def test_standard_input_tells_its_kind(data: str, expected: list[str | None]) -> None:
    found = list(reports(["-"], stdin=io.BytesIO(data.encode())))
    assert all(isinstance(r, Report) for r in found), found
    if expected != [None]:
        assert [r.id for r in found if isinstance(r, Report)] == expected
    else:
        assert "<" not in found[0].text  # type: ignore[union-attr]


def test_given_text_is_kept_as_it_is() -> None:
    text = "\r\n \ufeffA shell\u00a0hit the ferry.\r\n\x07 The end.\u2028 "
    assert report_from({"text": text, "id": " 7 "}).text == text
    assert report_from({"text": text, "id": " 7 "}).id == " 7 "


def test_lone_surrogates_become_readable_one_for_one() -> None:
    data = json.loads('{"text": "The \\ud83d ferry \\ud83d\\ude00 said \\udc00 it.", "headline": "A \\udfff b"}')
    report = report_from(data)
    assert report.text == "The \ufffd ferry \U0001f600 said \ufffd it."
    assert report.headline == "A \ufffd b"
    json.dumps(report.text, ensure_ascii=False).encode()
    assert len(report.text) == len(data["text"])


def test_fields_of_the_contract() -> None:
    report = report_from(
        {
            "text": TEXT,
            "title": "T",
            "date": "2022-03-04T10:00:00Z",
            "language": "en-GB",
            "byline": "Ada",
            "url": "u",
            "outlet": "o",
            "x": 1,
        },
        "here",
    )
    assert (report.headline, report.published, report.published_basis, report.language) == (
        "T",
        date(2022, 3, 4),
        "given",
        "en",
    )
    assert (report.byline, report.url, report.outlet, report.origin) == ("Ada", "u", "o", "here")


def test_another_language_is_kept() -> None:
    heard: list[str] = []
    text = "Der Bürgermeister sagte am Freitag, dass die Brücke gesprengt worden sei und niemand mehr in der Stadt ist."
    report = report_from({"text": text}, "x.json", settings=Settings(warn=heard.append))
    assert report.language == "de"
    assert heard == []  # what is read and what is only kept is the reader's to say


def test_a_date_in_the_future_is_kept_and_said() -> None:
    heard: list[str] = []
    settings = Settings(today=date(2026, 1, 1), warn=heard.append)
    assert report_from({"text": TEXT, "published": "2031-05-05"}, "x.json", settings=settings).published == date(
        2031, 5, 5
    )
    assert heard == ["x.json: dated 2031-05-05, which is after today"]
    report_from({"text": TEXT, "published": "2026-01-01"}, settings=settings)
    assert len(heard) == 1


def test_addresses_go_through_fetch() -> None:
    pages = {
        "https://a.example/1": Page(
            "https://a.example/1",
            "https://b.example/2",
            "text/html",
            None,
            b"<h1>Ferry hit</h1><p>A shell hit the ferry.</p>",
        ),
        "http://a.example/t": Page(
            "http://a.example/t",
            "http://a.example/t",
            "text/plain",
            "iso-8859-1",
            "The café is closed.".encode("latin-1"),
        ),
    }

    def bring(url: str) -> Page:
        if url not in pages:
            raise FetchError("no answer", where=url)
        return pages[url]

    first, second, third = reports(["https://a.example/1", "https://gone.example", "http://a.example/t"], fetch=bring)
    assert isinstance(first, Report)
    assert (first.url, first.headline) == ("https://b.example/2", "Ferry hit")
    assert isinstance(second, FetchError)
    assert isinstance(third, Report)
    assert third.text == "The café is closed."


@pytest.mark.parametrize("url", ["ftp://a.example/x", "file:///etc/passwd", "gopher://a.example"])
def test_other_schemes_are_not_read(url: str) -> None:
    assert "addresses are not read" in refused(reports([url], fetch=lambda _: pytest.fail("fetched"))).message


def test_addresses_without_fetch_are_refused() -> None:
    assert "not read here" in refused(reports(["https://a.example"])).message


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=40),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["text", "html", "id", "date", "published", "url", "x"]), inner, max_size=5)
    ),
    max_leaves=8,
)


@given(JSON)
def test_any_json_is_a_report_or_an_input_error(value: Any) -> None:
    try:
        report = report_from(value, "x")
    except InputError:
        return
    assert isinstance(value["text"] if isinstance(value.get("text"), str) else value["html"], str)
    report.text.encode()
    assert all(p.span.end <= len(report.text) for p in report.passages)


@given(st.binary(max_size=400))
def test_any_bytes_are_reports_or_input_errors(data: bytes) -> None:
    for found in reports(["-"], stdin=io.BytesIO(data)):
        assert isinstance(found, Report | InputError)


def test_a_folder_within_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.txt", TEXT)
    (tmp_path / "locked").mkdir()
    scan = os.scandir

    def refuse(path: str) -> Any:
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    first, second = reports([tmp_path])
    assert isinstance(first, Report)
    assert isinstance(second, InputError)
    assert str(second) == f"{tmp_path / 'locked'}: cannot be read: permission denied"


@pytest.mark.parametrize(
    ("given", "code"), [("EN_us", "en"), ("eng", "en"), ("English", "en"), ("", "en"), ("de", "de")]
)
def test_language_codes_as_given(given: str, code: str) -> None:
    assert report_from({"text": TEXT, "language": given}).language == code
