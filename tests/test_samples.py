"""The samples: ours, of both kinds, all read; the wire copies fold, and the brief of day 8 holds what it should."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from counterclaim.cli import run
from counterclaim.sources import reports
from counterclaim.types import Report

SAMPLES = Path(__file__).parent.parent / "samples"
FILES = sorted(f for f in SAMPLES.iterdir() if f.suffix)
OURS = re.compile(r"written for the Counterclaim project from public facts", re.IGNORECASE)
#: Outlets and agencies whose name in a sample would make it look like theirs.
OUTLETS = re.compile(
    r"\b(?:Reuters|AFP|Agence France|Associated Press|BBC|CNN|Al Jazeera|TASS|Interfax|Guardian|Ukrinform|Sky News)\b"
)

Cli = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of all samples."""
    path = tmp_path_factory.mktemp("desk") / "counterclaim.db"
    assert run(["add", "--db", str(path), "--quiet", str(SAMPLES)]) == 0
    return path


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Cli:
    """`cli("brief", "--day", "8")`: exit code, output, messages."""

    def call(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run([str(w) for w in words])
        return code, *capsys.readouterr()

    return call


def sources() -> list[Report]:
    found = list(reports([SAMPLES]))
    assert all(isinstance(r, Report) for r in found), found
    return [r for r in found if isinstance(r, Report)]


def test_there_are_eight_to_twelve_of_several_kinds() -> None:
    assert 8 <= len(FILES) <= 12
    assert {".txt", ".html", ".md"} == {f.suffix for f in FILES}
    assert {f.name for f in FILES} == set(re.findall(r"`([\w-]+\.\w+)`", (SAMPLES / "README").read_text("utf-8")))


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_each_says_whose_it_is(file: Path) -> None:
    text = file.read_text("utf-8")
    assert OURS.search(re.sub(r"<[^>]*>", "", text)), "no note that a reader of the page sees"
    if file.suffix == ".html":
        assert OURS.search(" ".join(re.findall(r"<meta[^>]*>", text))), "no note among the meta tags"
    assert "Sample Desk" in text
    assert not OUTLETS.search(text)


def test_each_is_read_with_its_date_and_passages() -> None:
    found = {Path(str(r.origin)).name: r for r in sources()}
    assert set(found) == {f.name for f in FILES}
    undated = {name for name, r in found.items() if r.published is None}
    assert undated == {"2022-03-03-kherson.txt"}  # "DAY 8" dates that one, later
    for name, report in found.items():
        assert report.language == "en"
        if report.published:
            assert name.startswith(report.published.isoformat())


def test_furniture_is_no_news() -> None:
    read = ("paragraph", "list_item", "headline", "standfirst", "crosshead")
    for report in sources():
        prose = "\n".join(p.span.of(report.text) for p in report.passages if p.kind in read)
        for words in ("READ MORE", "newsletter", "Cookie", "Sign in", "ADVERTISEMENT", "Quiz of the week", "Subscribe"):
            assert words not in prose, (report.origin, words)


def test_web_pages_are_read_to_their_end() -> None:
    last = {
        "2022-03-01-kharkiv.html": "standing ovation",
        "2022-03-02-key-events.html": "Ukraine at several times as many",
        "2022-03-02-wire-second.html": "much higher",
        "2022-03-03-humanitarian.html": "said UN relief chief Martin Griffiths",
        "2022-03-03-live.html": "little discernible progress",
    }
    found = {Path(str(r.origin)).name: r.text for r in sources()}
    for name, words in last.items():
        assert words in found[name], name


def test_every_span_covers_its_words(cli: Cli) -> None:
    code, out, _ = cli("read", SAMPLES, "--jsonl", "--text")
    assert code == 0
    readings = [json.loads(line) for line in out.splitlines()]
    assert len(readings) == len(FILES)
    for reading in readings:
        text = reading["report"]["text"]
        assert reading["report"]["conflict"] == "ukraine-2022"
        assert reading["statements"]
        for span in spans({k: v for k, v in reading.items() if k != "report"}):
            assert text[span["start"] : span["end"]] == span["text"]


def spans(value: Any) -> list[dict[str, Any]]:
    """Everything with offsets in a reading."""
    if isinstance(value, list):
        return [s for v in value for s in spans(v)]
    if not isinstance(value, dict):
        return []
    own = [value] if {"text", "start", "end"} <= value.keys() else []
    return own + [s for v in value.values() for s in spans(v)]


def test_wire_copies_are_folded(desk: Path, cli: Cli) -> None:
    code, out, _ = cli("brief", "--db", desk, "--day", 7, "--json")
    assert code == 0
    brief = json.loads(out)
    assert (brief["reports"], brief["copies"]) == (4, 1)


def test_adding_again_changes_nothing(desk: Path, cli: Cli) -> None:
    before = cli("claims", "--db", desk, "--csv")[1]
    code, _, err = cli("add", "--db", desk, SAMPLES)
    assert code == 0
    assert "0 added" in err
    assert f"{len(FILES)} already there" in err
    assert cli("claims", "--db", desk, "--csv")[1] == before


def test_the_brief_of_day_8(desk: Path, cli: Cli) -> None:
    code, out, _ = cli("brief", "--db", desk, "--day", 8)
    assert code == 0
    assert "Thursday 3 March 2022" in out
    for words in ("Kherson", "Mariupol", "Vladimir Putin", "498", "9,000"):
        assert words in out, words
    code, out, _ = cli("claims", "--db", desk, "--day", 8, "--by", "Zelensky", "--csv")
    assert code == 0
    assert "Volodymyr Zelenskyy" in out


def test_both_sides_of_the_russian_toll_stand_side_by_side(desk: Path, cli: Cli) -> None:
    out = cli("toll", "--db", desk, "--day", 7, "--json")[1]
    said = {(row["low"], (row["by"] or "")) for row in json.loads(out) if row["measure"] == "killed"}
    assert any(low == 498 for low, _ in said)
    assert any(low == 7000 and "Arestovych" in who for low, who in said)


def test_a_bare_claim_is_not_drawn_as_control(desk: Path, cli: Cli) -> None:
    """On day 7 Starobilsk is claimed by Russia and by nobody else."""
    out = cli("control", "--db", desk, "--day", 7, "--json")[1]
    starobilsk = next(row for row in json.loads(out) if row["place"] == "Starobilsk")
    assert (starobilsk["standing"], starobilsk["holder"]) == ("claimed", "Russia")
