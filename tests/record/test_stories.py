"""Stories: which reports have one main event."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.record import words
from counterclaim.record.stories import Leaf, stories
from tests.build import day

BRIDGE = [
    "The bridge at Lower Korva was blown up before dawn. Engineers from the Ninth Brigade said charges under the third "
    "pillar brought the span down, and traders in Korva lost their only road to the market.",
    "Korva's only bridge lies in the river. Charges under a pillar cut the span before dawn, the Ninth Brigade said; "
    "traders told of a market without a road.",
]
TALKS = [
    "Envoys of both sides met in Salem Bay for a second day of talks on prisoners. The mediator, Ilan Osei, spoke of "
    "patience and of a list of four hundred names.",
    "In Salem Bay the mediator Ilan Osei carried a list of four hundred prisoners from one envoy to the other on the "
    "second day of talks.",
]


def leaf(ident: str, text: str, published: int | None = 3) -> Leaf:
    return Leaf(ident, day(published) if published else None, words.profile(text))


def some() -> list[Leaf]:
    return [leaf("b1", BRIDGE[0]), leaf("t1", TALKS[0], 4), leaf("b2", BRIDGE[1], 4), leaf("t2", TALKS[1], 5)]


def test_reports_of_one_event_are_one_story_the_earliest_first() -> None:
    assert stories(some()) == [["b1", "b2"], ["t1", "t2"]]


def test_a_report_by_itself_is_a_story() -> None:
    assert stories([leaf("a", BRIDGE[0])]) == [["a"]]
    assert stories([]) == []


def test_undated_reports_and_empty_ones_do_no_harm() -> None:
    assert stories([leaf("a", BRIDGE[0], None), leaf("b", BRIDGE[1]), leaf("c", "", None)]) == [["b", "a"], ["c"]]


def test_a_stem_and_a_name() -> None:
    assert words.stem("Shelling") == words.stem("shelled") == "shell"
    assert words.stem("Kherson’s") == "kherson"
    marks = words.profile("The Korva bridge and the market of Korva")
    assert marks["korva"] > marks["bridg" if "bridg" in marks else "bridge"] > 0
    assert "the" not in marks


@settings(max_examples=15)
@given(st.permutations(some()))
def test_no_order_matters(leaves: list[Leaf]) -> None:
    assert stories(leaves) == stories(some())
