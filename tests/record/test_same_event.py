"""Which tellings are joined, and above all which are not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.record.pairs import compare, face
from counterclaim.record.same_event import join
from counterclaim.record.tellings import Telling, tellings
from counterclaim.types import Event, Place, When
from tests.build import Build, day, on

TOWN = Place(name="Alpha", geonames_id=1)


def told(
    id: str,
    kind: str = "shelling",
    place: Any = TOWN,
    published: int | None = 3,
    words: str = "It happened there.",
    **fields: Any,
) -> list[Telling[Event]]:
    build = Build(words, id=id, published=published).event(kind, words, place, **fields)
    return [t for family, t in tellings(build.reading()) if family == "event"]


def groups(*found: list[Telling[Event]]) -> list[list[str]]:
    return [[t.ref for t in group] for group in join(t for some in found for t in some)]


def test_the_same_place_day_and_kind_are_one() -> None:
    assert groups(told("a", when=on(2)), told("b", when=on(2))) == [["a/e1", "b/e1"]]


@pytest.mark.parametrize(
    "other",
    [
        {"when": on(1)},
        {"when": on(2), "place": Place(name="Beta", geonames_id=2)},
        {"when": on(2), "kind": "capture"},
        {"when": on(2), "status": "planned"},
        {"when": on(2), "place": None},
        {"when": on(2), "actors": ["Ukraine"]},
    ],
    ids=str,
)
def test_what_keeps_two_apart(other: dict[str, Any]) -> None:
    first = told("a", when=on(2), actors=["Russia"])
    assert len(groups(first, told("b", words="Residents spoke of smoke.", **other))) == 2


def test_days_overlap_within_their_precision() -> None:
    assert len(groups(told("a", when=on(2)), told("b", when=on(1, 3, precision=2)))) == 1
    assert len(groups(told("a", when=on(2)), told("b", when=on(1, 28, precision=4)))) == 2


def test_an_undated_telling_is_of_the_day_it_was_told_or_the_one_before() -> None:
    assert len(groups(told("a", when=on(2)), told("b", published=3))) == 1
    assert len(groups(told("a", when=on(2)), told("b", published=5))) == 2
    assert len(groups(told("a"), told("b", published=None))) == 2


def test_a_bombardment_by_other_words_is_the_same() -> None:
    assert len(groups(told("a", when=on(2)), told("b", kind="air_strike", when=on(2)))) == 1


def test_a_wide_place_needs_the_same_words() -> None:
    country = {"place": Place(name="Gamma", kind="country", precision=6), "when": on(2), "actors": ["Russia"]}
    assert len(groups(told("a", **country), told("b", **country))) == 1
    assert len(groups(told("a", **country), told("b", words="Elsewhere in the land too.", **country))) == 2


def test_a_meeting_is_known_by_who_meets() -> None:
    met = {"kind": "talks", "when": on(2), "place": None}
    assert len(groups(told("a", actors=["A", "B"], **met), told("b", actors=["B", "A"], **met))) == 1
    other = told("b", actors=["B", "C"], words="Nothing was signed.", **met)
    assert len(groups(told("a", actors=["A", "B"], **met), other)) == 2


def test_one_report_may_feed_several_events() -> None:
    build = Build("One happened. Two happened.", id="a")
    build.event("capture", "One happened.", "Alpha", when=on(2)).event("capture", "Two happened.", "Beta", when=on(2))
    found = [t for family, t in tellings(build.reading()) if family == "event"]
    assert groups(found, told("b", kind="capture", place="Beta", when=on(2))) == [["a/e1"], ["a/e2", "b/e1"]]


def test_a_later_telling_in_one_report_follows_the_first() -> None:
    build = Build("One happened. It happened.", id="a")
    build.event("capture", "One happened.", "Alpha", when=on(2)).event("capture", "It happened.", None, same_as="e1")
    assert groups([t for family, t in tellings(build.reading()) if family == "event"]) == [["a/e1", "a/e2"]]


def several(id: str, *rows: tuple[str, str, Any, dict[str, Any]]) -> list[Telling[Event]]:
    """The rows of one report: sentence, kind, place and fields of each."""
    build = Build(" ".join(row[0] for row in rows), id=id)
    for words, kind, place, fields in rows:
        build.event(kind, words, place, **fields)
    return [t for family, t in tellings(build.reading()) if family == "event"]


GAMMA = Place(name="Gamma", kind="country", precision=6, country="Gamma")
ALPHA = Place(name="Alpha", geonames_id=1, country="Gamma")
BETA = Place(name="Beta", geonames_id=2, country="Gamma")
HIT = ("Rockets fell on Alpha.", "shelling", ALPHA, {"when": on(2)})
SEEN = ("Windows broke for miles.", "property_destruction", GAMMA, {"when": on(2)})


def test_a_row_without_a_town_goes_with_the_one_town_of_its_report() -> None:
    assert groups(several("a", HIT, SEEN)) == [["a/e1", "a/e2"]]


def test_a_town_taken_from_around_a_row_ties_it_where_the_report_names_no_other() -> None:
    seen = ("Windows broke for miles.", "property_destruction", ALPHA, {"when": on(2)})
    there = ("Rockets fell on Beta too.", "shelling", BETA, {"when": on(2)})
    assert groups(several("a", HIT, seen)) == [["a/e1", "a/e2"]]
    assert groups(several("a", HIT, seen, there)) == [["a/e1"], ["a/e2"], ["a/e3"]]


def test_a_repetition_by_the_reading_ties_a_guessed_town_only_by_more_than_the_town() -> None:
    there = ("Rockets fell on Beta too.", "shelling", BETA, {"when": on(2)})
    again = ("It was answered.", "shelling", ALPHA, {"when": on(1, 2, precision=2), "same_as": "e1"})
    assert groups(several("a", HIT, again)) == [["a/e1", "a/e2"]]
    assert groups(several("a", HIT, there, again)) == [["a/e1"], ["a/e2"], ["a/e3"]]


@pytest.mark.parametrize(
    "rows",
    [
        (HIT, SEEN, ("Rockets fell on Beta too.", "shelling", BETA, {"when": on(2)})),
        (HIT, ("Windows broke all over Gamma.", *SEEN[1:])),
        (HIT, (*SEEN[:3], {"when": on(5)})),
        (HIT, ("Nobody spoke of it.", "talks", GAMMA, {"when": on(2)})),
    ],
    ids=["two towns", "the country is named", "another day", "another kind"],
)
def test_a_row_without_a_town_stays_alone(rows: Any) -> None:
    assert all(len(group) == 1 for group in groups(several("a", *rows)))


def test_reports_are_joined_by_their_likest_rows() -> None:
    ours = several("a", HIT, SEEN)
    assert groups(ours, told("b", when=on(2), place=ALPHA, words="Guns fired at Alpha.")) == [["a/e1", "a/e2", "b/e1"]]


def test_a_row_that_repeats_may_be_the_likest() -> None:
    hit = ("Something fell.", "shelling", ALPHA, {"when": on(1, 3, precision=2)})
    again = ("Rockets struck the bakery of Alpha.", "shelling", ALPHA, {"when": on(2), "same_as": "e1"})
    other = told("b", when=on(2), place=None, words="Rockets struck the bakery.")
    assert groups(several("a", hit), other) == [["a/e1"], ["b/e1"]]
    assert groups(several("a", hit, again), other) == [["a/e1", "a/e2", "b/e1"]]


def test_a_strike_and_the_one_that_answers_it_are_two() -> None:
    where = {"place": ALPHA, "when": on(2), "kind": "air_strike"}
    struck = told("a", targets=["Israel"], words="Rockets fell on Alpha.", **where)
    answered = told("b", actors=["Israel"], words="Jets flew out at dawn.", **where)
    assert len(groups(struck, answered)) == 2


def test_the_dead_of_one_side_are_not_those_of_the_other() -> None:
    fell = {"kind": "casualties_reported", "place": ALPHA, "when": on(2)}
    ours = told("a", targets=["Israel"], words="Ten soldiers died at Alpha.", **fell)
    theirs = told("b", targets=["Lebanon"], words="Ten soldiers died at Alpha.", **fell)
    nobodys = told("c", words="Ten soldiers died at Alpha.", **fell)
    assert len(groups(ours, theirs)) == 2
    assert len(groups(ours, nobodys)) == 1
    assert "other dead" in " ".join(compare(face(ours[0]), face(theirs[0])).why)


def test_a_repetition_that_turns_the_sides_around_is_none() -> None:
    rows = several(
        "a",
        ("Rockets fell on Alpha.", "shelling", ALPHA, {"when": on(2), "targets": ["Israel"]}),
        ("Jets flew out at dawn.", "air_strike", ALPHA, {"when": on(2), "actors": ["Israel"], "same_as": "e1"}),
        ("They hit a port.", "air_strike", ALPHA, {"when": on(2), "same_as": "e1"}),
    )
    assert groups(rows) == [["a/e1"], ["a/e2", "a/e3"]]


def test_talks_of_one_war_meet_though_nobody_is_named() -> None:
    met = {"kind": "talks", "when": on(2), "place": None}
    first = told("a", words="The second round of negotiations is over.", **met)
    assert len(groups(first, told("b", words="A second round of negotiations ended late.", **met))) == 1


def test_an_inquiry_is_known_by_who_opens_it() -> None:
    opened = {"kind": "investigation", "when": on(2), "place": None, "words": "The court opens an inquiry."}
    assert len(groups(told("a", actors=["ICC"], **opened), told("b", actors=["ICC"], **opened))) == 1
    other = told("b", **opened | {"words": "Prosecutors look into bribes."}, actors=["Sweden"])
    assert len(groups(told("a", actors=["ICC"], **opened), other)) == 2


def test_all_members_of_a_group_agree() -> None:
    """A vague telling must not chain two clear days together."""
    vague = When(start=day(1), end=day(3), precision=2)
    assert len(groups(told("a", when=on(1)), told("b", when=vague), told("c", when=on(3)))) == 2


def test_a_verdict_says_why_and_is_the_same_both_ways() -> None:
    (a,), (b,) = (
        told("a", when=on(2), words="Nine died in Alpha."),
        told("b", when=on(2), words="Alpha counts 14 dead."),
    )
    verdict = compare(face(a), face(b))
    assert verdict == compare(face(b), face(a))
    assert verdict.word == "joined"
    assert "both in Alpha +3.0" in verdict.why
    assert "both on 2022-03-02 +2.0" in verdict.why


def test_a_person_parts_what_one_report_tells_as_one() -> None:
    rows = several("a", HIT, ("Alpha was hit again.", "shelling", ALPHA, {"when": on(2)}))
    assert len(join(rows)) == 1
    assert len(join(rows, {("a/e1", "a/e2"): False})) == 2
    assert len(join(several("a", HIT, SEEN), {("a/e1", "a/e2"): False})) == 2


def test_judgements_of_people_come_first() -> None:
    tellings = [*told("a", when=on(2)), *told("b", when=on(2)), *told("c", kind="capture", when=on(9))]
    refs = [[t.ref for t in group] for group in join(tellings, {("a/e1", "b/e1"): False, ("b/e1", "c/e1"): True})]
    assert refs == [["a/e1"], ["b/e1", "c/e1"]]
    assert join(tellings, {}) == join(tellings)


TELLINGS = [
    telling
    for n, (place, number) in enumerate(
        [(TOWN, 1), (TOWN, 1), (TOWN, 2), (None, 2), (Place(name="Beta"), 2), (TOWN, 2)]
    )
    for telling in told(f"r{n}", place=place, when=on(number), words=f"Guns were heard, {n % 3} times.")
]


TELLINGS += several("s", HIT, SEEN, ("Alpha was hit.", "shelling", ALPHA, {"when": on(1)}))


@given(st.permutations(TELLINGS))
def test_the_order_of_reports_does_not_change_the_joins(order: list[Telling[Event]]) -> None:
    plain = {frozenset(t.ref for t in group) for group in join(TELLINGS)}
    assert {frozenset(t.ref for t in group) for group in join(order)} == plain
    assert sorted(t.ref for group in join(order) for t in group) == [t.ref for t in TELLINGS]
