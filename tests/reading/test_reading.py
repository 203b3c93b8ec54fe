"""The whole reader on any text: it never raises, what it says stands in the text, and what it ties together exists."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counterclaim.passages import split
from counterclaim.reading import read as read_report
from counterclaim.types import Reading, Report
from counterclaim.views.contract import as_contract

Read = Callable[..., Reading]

#: Words of the news in the shapes the rules look for, whole and broken off.
NEWSY = [
    "The mayor of Kharkiv said", "Ukrainian officials confirmed", "according to the health ministry", "he denied",
    "Anna Petrenko told reporters", "the Israeli military", "Hamas", "the spokesman added:", "accused Russia of",
    "vowed to retake Kherson", "was captured by Russian troops", "seized the town of Bucha", "withdrew from",
    "at least 13 civilians were killed", "between 40 and 60 people", "more than 1,200 wounded", "$4.5 billion",
    "two-thirds of the city", "dozens of tanks were destroyed", "of whom five were children", "a 5-year-old girl",
    "on Monday", "last week", "on 3 March 2022", "since February 24", "DAY 8", "30 February", "10 km north of Mariupol",
    "near Gaza City", "in the Donetsk region", "U.S.", "who said that", "which she called", "“we will not surrender”",
    "shelling", "an air strike hit a hospital", "reportedly", "citing a source", "posted on Telegram", "@gov_ua",
    "- - -", "No. 5", "3:30 p.m.", "12-15", "1.2.3", "−5 °C", "½ million", "half a dozen", "zero", "MH17",
]  # fmt: skip
#: What no reporter writes, and some page always has.
ODD = [
    "“", "”", '"', "‘", "’", "'", "«", "»", "„", "''", "``", "(", ")", "[", "]]", "{", "—", " - ", ",", ";", ":", "...",
    "…", "!", "?!", "\n", "\n\n", "\r\n", "\t", "\xa0", "\u202f", "\u200b", "\u2028", "\ufeff", "\x00", "\x0b", "\x85",
    "🇺🇦", "👩‍🚀", "💥💥", "e\u0301", "Z\u0351\u0352\u0353algo", "شهيد قال", "\u202eabc\u202c", "氏は言った", "İstanbul",
    "**bold**", "_it_", "# Title", "- item", "> quoted", "[a](http://b.c/d)", "<br>", "&amp;", "`x`", "http://x.y/?z=1",
    "²", "١٢", "１２", "Ⅷ", "9" * 40, "1,000,000,000,000,000", "0.000001", "x" * 300, "Kharkiv" * 30, "'s",
    "-", "%", "$", "/", "\\", "*", "\ud7ff", "\U0010ffff",
]  # fmt: skip

_pieces = st.one_of(st.sampled_from(NEWSY), st.sampled_from(NEWSY), st.sampled_from(ODD), st.text(max_size=6))
_changed: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "capitals": str.upper,
    "lower case": str.lower,
    "bare": lambda text: "".join(c for c in text if c.isalnum() or c == " "),
    "one line": lambda text: " ".join(text.split()),
    "no spaces": lambda text: text.replace(" ", ""),
}


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A text of newsy and odd pieces, with or without spaces between them."""
    pieces = draw(st.lists(_pieces, min_size=1, max_size=40))
    gaps = draw(st.lists(st.sampled_from([" ", " ", " ", ". ", ", ", "\n\n", ""]), min_size=1, max_size=5))
    whole = "".join(piece + gaps[i % len(gaps)] for i, piece in enumerate(pieces))
    return _changed[draw(st.sampled_from(sorted(_changed)))](whole)


LONG = {
    "commas": "Kharkiv" + ", " * 3_000 + "he said",
    "names in a row": "Kharkiv, Mariupol, " * 300,
    "brackets": "(" * 2_000 + "he said 5 were killed" + ")" * 2_000,
    "marks": "“he said ‘" * 300,
    "lines": "\n" * 5_000 + "He said 5 were killed.",
    "a blob": "Kharkiv was shelled, " + "x1%" * 3_000 + " he said.",
    "no full stop": "said by 12 troops near Kharkiv Russian army killed people were the hit " * 150,
    "said": "He said that they said that she said that " * 60,
    "figures": "12 killed, 30 wounded, $5 billion, about 40 tanks, " * 100,
    "dates": "March 3 to 5, 2022 and Monday and " * 100,
    "a quotation in pieces": "“We hold it. "
    + "The enemy struck Kharkiv and 12 people were killed. " * 250
    + "” he said.",
    "a post in pieces": "@GovUA\n\n" + "We hold the town of Kharkiv and 12 people were killed there, they said. " * 160,
    "spaces": "he said" + " " * 6_000 + "5 were killed",
    "a mark for a speaker": "“. vowed to retake Kherson. ",
    "nothing": "",
    "a space": " ",
}


def broken(reading: Reading) -> Iterator[str]:
    """What is wrong with a reading of its own text, as the contract prints it."""
    plain = as_contract(reading)
    encoded = json.dumps(plain, ensure_ascii=False).encode("utf-8")
    if json.loads(encoded) != plain or msgspec.json.decode(msgspec.json.encode(plain)) != plain:
        yield "it does not come back from JSON"
    text = reading.report.text
    yield from _spans(plain, text, "")
    ids = {kind: [row["id"] for row in plain[kind]] for kind in ("statements", "events", "figures", "control")}
    for kind, found in ids.items():
        if len(set(found)) < len(found):
            yield f"{kind}: an id twice"
    for kind, key, of in (
        ("statements", "via", "statements"), ("events", "statement", "statements"), ("events", "same_as", "events"),
        ("figures", "statement", "statements"), ("figures", "event", "events"), ("figures", "part_of", "figures"),
        ("control", "statement", "statements"), ("control", "same_as", "control"),
    ):  # fmt: skip
        above = {row["id"]: row[key] for row in plain[kind]}
        for row in plain[kind]:
            if row[key] is not None and row[key] not in ids[of]:
                yield f"{kind} {row['id']}: {key} points to {row[key]}, which is not there"
        if kind == of and any(_comes_back(ident, above) for ident in above):
            yield f"{kind}: {key} goes round in a circle"
    for figure in plain["figures"]:
        low, high = figure["low"], figure["high"]
        if low is not None and high is not None and low > high:
            yield f"figure {figure['text']!r}: low above high"


def _spans(node: Any, text: str, path: str) -> Iterator[str]:
    """Spans whose words are not those of the text, and dates that end before they begin, wherever they stand."""
    if isinstance(node, list):
        for n, item in enumerate(node):
            yield from _spans(item, text, f"{path}[{n}]")
    elif isinstance(node, dict):
        start: Any = node.get("start")
        end: Any = node.get("end")
        if isinstance(start, int) and not 0 <= start < end <= len(text):
            yield f"{path}: no stretch of the text: {start} to {end}"
        elif isinstance(start, int) and "text" in node and text[start:end] != node["text"]:
            yield f"{path}: {node['text']!r} is not {text[start:end]!r}"
        elif isinstance(start, str) and start > end:
            yield f"{path}: from {start} to {end}"
        for key, item in node.items():
            yield from _spans(item, text, f"{path}.{key}")


def _comes_back(ident: str, above: dict[str, str | None]) -> bool:
    seen: set[str] = set()
    at: str | None = ident
    while at is not None and at not in seen:
        seen.add(at)
        at = above.get(at)
    return at is not None


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(text=texts(), other=texts(), published=st.sampled_from([None, "2022-03-03", "0001-01-01", "9999-12-31"]))
def test_any_text_is_read_and_what_is_read_holds(read: Read, text: str, other: str, published: str | None) -> None:
    reading = read(text, published=published)
    assert list(broken(reading)) == []
    read(other)
    assert read(text, published=published) == reading


@pytest.mark.parametrize("name", LONG)
def test_long_odd_texts_are_read(read: Read, name: str) -> None:
    assert list(broken(read(LONG[name], published="2022-03-03"))) == []


def test_a_broken_reading_is_seen(read: Read) -> None:
    """The checks above can fail."""
    reading = read("The mayor said that 5 people were killed in Kharkiv on Monday.", published="2022-03-03")
    assert all([reading.statements, reading.figures, reading.places])
    assert list(broken(reading)) == []
    shorter = msgspec.structs.replace(reading, report=msgspec.structs.replace(reading.report, text="The mayor"))
    assert any("no stretch" in wrong for wrong in broken(shorter))
    circle = tuple(msgspec.structs.replace(s, via=s.id) for s in reading.statements)
    assert any("circle" in wrong for wrong in broken(msgspec.structs.replace(reading, statements=circle)))
    lost = tuple(msgspec.structs.replace(f, low=9.0, high=1.0, event="e99") for f in reading.figures)
    found = list(broken(msgspec.structs.replace(reading, figures=lost)))
    assert any("not there" in wrong for wrong in found)
    assert any("low above high" in wrong for wrong in found)


def test_a_long_passage_is_read_in_pieces_with_the_right_offsets(read: Read) -> None:
    """Every piece of a passage counts from the start of the report."""
    sentence = "The governor said that 12 people were killed in Kharkiv. "
    reading = read(sentence * 200)
    assert len(reading.figures) == 200
    assert [f.span.start for f in reading.figures] == [n * len(sentence) + sentence.index("12") for n in range(200)]
    assert len(reading.statements) == 200


def test_a_report_without_passages_is_read_as_nothing() -> None:
    reading = read_report(Report(id="r", text="He said 5 were killed.", passages=(), published=date(2022, 3, 3)))
    assert not any([reading.statements, reading.events, reading.figures, reading.holdings, reading.places])


def test_another_language_is_left_unread(read: Read) -> None:
    text = "Le maire a dit que cinq personnes ont été tuées."
    reading = read_report(Report(id="r", text=text, passages=split(text), language="fr"))
    assert reading.unread
    assert not reading.statements


def test_readers_that_differ_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    from counterclaim import reading
    from counterclaim.reading.places import imported

    both = {reading.version("rules"), reading.version("encoder")}
    assert len(both) == 2
    village = imported.Source("UA", "UA.txt", "1a2b3c4d5e6f", 12)
    monkeypatch.setattr(imported, "sources", lambda: (village,))
    assert reading.version("rules").endswith("+UA.1a2b3c4d")
    assert not both & {reading.version("rules"), reading.version("encoder")}
