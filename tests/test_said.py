"""`read` on a terminal: speaker, cue, words and chain at any width, counts of the rest."""

from __future__ import annotations

import io
import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from counterclaim.cli import said
from counterclaim.types import Actor, Reading, Report, Span, Statement

TEXT = (
    "The aide said Ann Duval told him that the port would burn. Reportedly the mayor fled. "
    "“We deny all of it,” the army said."
)
AIDE = Actor(name="aide to the king", kind="unnamed", party="Norland")
ANN = Actor(name="Ann Duval", kind="person", party="Sudland")
ARMY = Actor(name="Norland army", kind="organisation", party="Norland")


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def reading(*statements: Statement) -> Reading:
    report = Report(id="r", text=TEXT, headline="The port \x1b[31mwarned", outlet="The Paper")
    return Reading(report=report, conflict="generic", version="1", pipeline="p", statements=statements)


OUTER = Statement(
    id="s1", content=(span("Ann Duval told him that the port would burn"),), source=span("The aide"), speaker=AIDE,
    cue=span("said"),
)  # fmt: skip
INNER = Statement(
    id="s2", content=(span("the port would burn"),), source=span("Ann Duval"), speaker=ANN, cue=span("told"),
    stance="warns", via="s1",
)  # fmt: skip
HIDDEN = Statement(
    id="s3",
    content=(span("the mayor fled"),),
    cue=span("Reportedly"),
    speaker=Actor(name="unattributed", kind="unnamed"),
)
QUOTED = Statement(
    id="s4", content=(span("We deny all of it"),), source=span("the army"), speaker=ARMY, cue=span("said"),
    directness="direct", stance="denies",
)  # fmt: skip
ALL = (OUTER, INNER, HIDDEN, QUOTED)


def printed(width: int, *statements: Statement, colour: bool = False) -> str:
    out = io.StringIO()
    console = Console(
        file=out, force_terminal=True, width=width, color_system="standard" if colour else None, highlight=False,
        markup=False, emoji=False,
    )  # fmt: skip
    said.show(reading(*statements), console)
    return out.getvalue()


def plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def test_what_is_carried_stands_under_its_carrier() -> None:
    lines = plain(printed(80, *ALL)).splitlines()
    first = next(i for i, line in enumerate(lines) if line.startswith("aide to the king"))
    assert lines[first].rstrip() == "aide to the king (Norland), not named · said"
    assert lines[first + 1].rstrip() == "  Ann Duval told him that the port would burn"
    assert lines[first + 2].rstrip() == " └ Ann Duval (Sudland), as told by aide to the king · told · warns"
    assert lines[first + 3].rstrip() == "     the port would burn"


def test_wide_terminals_set_words_beside_the_speaker() -> None:
    (line,) = [x for x in plain(printed(160, *ALL)).splitlines() if x.startswith("Norland army")]
    assert re.match(r"Norland army · said · denies +“We deny all of it”", line)


def test_a_hidden_source_is_said_to_be_hidden_and_a_party_in_the_name_is_not_repeated() -> None:
    text = plain(printed(80, *ALL))
    assert "Source not told · Reportedly" in text
    assert "Norland army (" not in text


def test_an_outlet_that_had_the_words_is_named() -> None:
    told = msgspec.structs.replace(QUOTED, via="Reuters")
    assert "Norland army, as told to Reuters · said" in plain(printed(80, told))


def test_counts_follow_and_nothing_from_the_page_moves_the_cursor() -> None:
    text = printed(80, *ALL)
    assert "4 statements, 1 nested" in text
    assert "0 events" in text
    assert "0 words on control" in text
    assert "\x1b[31m" not in text
    assert "\x1b[33mwarns" in printed(80, *ALL, colour=True)


@pytest.mark.parametrize("width", [40, 80, 115, 116, 160, 240])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(len(line) for line in plain(printed(width, *ALL)).splitlines()) <= width


def test_a_chain_that_runs_into_nothing_loses_no_statement() -> None:
    lost = Statement(id="s5", content=(span("the mayor fled"),), via="s9")
    assert "the mayor fled" in plain(printed(80, lost))


@given(st.lists(st.text("abc “”", min_size=1, max_size=9), min_size=1, max_size=80), st.integers(40, 200))
def test_long_words_keep_both_ends(words: list[str], most: int) -> None:
    whole = " ".join(" ".join(words).split())
    short = said.shortened(whole, most)
    assert len(short) <= most
    if short != whole:
        head, _, tail = short.partition(" … ")
        assert whole.startswith(head)
        assert whole.endswith(tail)
