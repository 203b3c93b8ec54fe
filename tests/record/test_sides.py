"""Figures side by side, never added."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from counterclaim.record.sides import Count, Matter, counts, matters
from counterclaim.record.tellings import Telling, tellings
from counterclaim.types import When
from tests.build import Build, on


def count(*builds: Build) -> list[Count]:
    return counts(t for b in builds for family, t in tellings(b.reading()) if family == "figure")


def figures(*builds: Build) -> list[Telling[Any]]:
    return [t for b in builds for family, t in tellings(b.reading()) if family == "figure"]


def only(*builds: Build) -> Matter:
    (matter,) = matters(figures(*builds))
    return matter


def shown(found: list[Count]) -> list[tuple[str | None, float | None, float | None, int]]:
    return [(c.claimant, c.low, c.high, len(c.tellings)) for c in found]


LOSSES = {"counted": "Russian soldiers", "party": "Russia", "cumulative": True}


def test_each_side_keeps_its_own_number() -> None:
    build = Build("Moscow: 498. Kyiv: thousands.")
    build.figure("498", 498, 498, by="Moscow", **LOSSES).figure("thousands", 1000, None, by="Kyiv", **LOSSES)
    assert shown(count(build)) == [("Moscow", 498, 498, 1), ("Kyiv", 1000, None, 1)]


def test_the_same_number_of_one_claimant_through_two_outlets_is_one_claim() -> None:
    one = Build("498 dead", id="a").figure("498", 498, 498, by="Moscow", **LOSSES)
    two = Build("498 killed", id="b").figure("498", 498, 498, by="Moscow", **LOSSES)
    assert shown(count(one, two)) == [("Moscow", 498, 498, 2)]


def test_a_newer_total_takes_the_place_of_the_older_which_stays_known() -> None:
    old = Build("400 dead", id="a", published=1).figure("400", 400, 400, by="Moscow", **LOSSES)
    new = Build("498 dead", id="b", published=3).figure("498", 498, 498, by="Moscow", **LOSSES)
    for order in ((old, new), (new, old)):
        (only,) = count(*order)
        assert (only.low, [t.ref for t in only.older]) == (498, ["a/f1"])


def test_a_fall_is_shown_as_told_last() -> None:
    high = Build("500 dead", id="a", published=1).figure("500", 500, 500, by="Kyiv", **LOSSES)
    low = Build("450 dead", id="b", published=2).figure("450", 450, 450, by="Kyiv", **LOSSES)
    (now,) = count(high, low)
    assert (now.low, now.fell, [t.ref for t in now.older]) == (450, True, ["a/f1"])


def toll(number: int, id: str, published: int, **fields: Any) -> Build:
    fields.setdefault("by", "Police")
    return Build(f"{number} dead", id=id, published=published).figure(
        str(number), number, number, place="Alpha", as_of=on(2), **fields
    )


def test_the_toll_of_one_event_moves_three_then_eleven_then_nine() -> None:
    three, eleven, nine = toll(3, "a", 2), toll(11, "b", 3), toll(9, "c", 4)
    (now,) = count(nine, three, eleven)
    assert (now.low, now.fell, [t.item.low for t in now.older]) == (9, True, [3, 11])
    (risen,) = count(three, eleven)
    assert (risen.low, risen.fell) == (11, False)


def test_a_look_back_at_an_old_number_is_no_correction() -> None:
    old, new, again = toll(3, "a", 2), toll(11, "b", 3), toll(3, "c", 4)
    (now,) = count(old, new, again)
    assert (now.low, now.fell) == (11, False)


def test_within_a_day_the_highest_leads_and_nothing_fell() -> None:
    (now,) = count(toll(11, "a", 3), toll(3, "b", 3))
    assert (now.low, now.fell, [t.item.low for t in now.older]) == (11, False, [3])


def test_two_numbers_of_one_report_are_two_things() -> None:
    both = Build("3 dead, 11 dead").figure("3", 3, 3, place="Alpha", by="Police")
    assert len(count(both.figure("11", 11, 11, place="Alpha", by="Police"))) == 2


def test_a_rounder_word_for_the_same_number_is_no_fall() -> None:
    exact = Build("90,147 hurt", id="a", published=1).figure("90,147", 90147, 90147, by="Office", **LOSSES)
    round_ = Build("90,000 hurt", id="b", published=2).figure("90,000", 90000, 90000, by="Office", **LOSSES)
    assert [c.fell for c in count(exact, round_)] == [False]


def test_how_far_the_sides_are_apart() -> None:
    build = Build("Moscow: 498. Kyiv: thousands.")
    build.figure("498", 498, 498, by="Moscow", **LOSSES).figure("thousands", 1000, None, by="Kyiv", **LOSSES)
    apart = only(build).apart
    assert apart is not None
    assert (apart.lower.claimant, apart.higher.claimant, apart.gap) == ("Moscow", "Kyiv", 502)
    assert round(apart.times, 2) == 2.01


def test_ranges_that_meet_are_no_dispute_nor_are_one_sides_own_numbers() -> None:
    meet = (
        Build("At least 13; 20")
        .figure("At least 13", 13, None, by="A", **LOSSES)
        .figure("20", 20, 20, by="B", **LOSSES)
    )
    assert only(meet).apart is None
    own = Build("13; 20").figure("13", 13, 13, by="A", by_party="X", **LOSSES)
    assert only(own.figure("20", 20, 20, by="B", by_party="X", **LOSSES)).apart is None


def test_totals_of_other_months_are_no_dispute() -> None:
    march = Build("498 dead", id="a").figure("498", 498, 498, by="Moscow", **LOSSES)
    june = Build("37,000 dead", id="b").figure("37,000", 37000, 37000, by="Kyiv", as_of=on(3, 3), **LOSSES)
    assert only(march, june).apart is not None
    late = Build("37,000 dead", id="b", published=None)
    late.figure("37,000", 37000, 37000, by="Kyiv", as_of=When(start=date(2022, 7, 1), end=date(2022, 7, 1)), **LOSSES)
    assert only(march, late).apart is None


def test_a_total_of_one_town_is_not_that_of_the_country() -> None:
    town = Build("200 dead", id="a").figure("200", 200, 200, by="Mayor", place="Alpha", cumulative=True)
    country = Build("900 dead", id="b").figure("900", 900, 900, by="Mayor", cumulative=True)
    assert len(matters(figures(town, country))) == 2


@st.composite
def records(draw: st.DrawFn) -> list[Build]:
    """A few reports with a few numbers each, of few claimants, groups and places."""
    found = []
    for n in range(draw(st.integers(1, 5))):
        build = Build(" ".join(f"x{i} dead" for i in range(9)), id=f"r{n}", published=draw(st.integers(1, 9)))
        for i in range(draw(st.integers(1, 4))):
            low = draw(st.none() | st.integers(0, 60))
            high = draw(st.none() | st.integers(low or 0, 90))
            by = draw(st.sampled_from([None, "A", "B", "C"]))
            party: dict[str, Any] = {"by": by, "by_party": "Q" if by == "C" else "P"} if by else {}
            build.figure(
                f"x{i}", low, high, counted=draw(st.sampled_from([None, "soldiers"])), cumulative=draw(st.booleans()),
                place=draw(st.sampled_from([None, "Alpha"])), **party,
            )  # fmt: skip
        found.append(build)
    return found


@given(records())
def test_every_number_is_one_that_was_told_and_none_is_lost_or_added(builds: list[Build]) -> None:
    told = {t.ref: t for t in figures(*builds)}
    found = counts(told.values())
    for c in found:
        assert c.tellings
        assert all((t.item.low, t.item.high) == (c.low, c.high) for t in c.tellings)
        assert all(t.of(t.item.span) for t in (*c.tellings, *c.older))
    refs = [t.ref for c in found for t in (*c.tellings, *c.older)]
    assert sorted(refs) == sorted(told)


@given(records())
def test_no_two_parties_share_a_count(builds: list[Build]) -> None:
    for c in counts(figures(*builds)):
        assert len({t.speaker.party for t in c.tellings if t.speaker}) <= 1


@given(records())
def test_the_sides_apart_do_not_meet(builds: list[Build]) -> None:
    for matter in matters(figures(*builds)):
        if matter.apart:
            lower, higher = matter.apart.lower, matter.apart.higher
            assert {lower.lead.ref, higher.lead.ref} <= {c.lead.ref for c in matter.counts}
            assert (lower.high or 0) < (higher.low or 0)
            assert matter.apart.gap == (higher.low or 0) - (lower.high or 0)


def test_outlets_that_count_themselves_stand_beside_each_other() -> None:
    one = Build("8 dead", id="a").figure("8", 8, 8, counted="people", place="Alpha")
    two = Build("at least 5 dead", id="b", outlet="Other").figure(
        "at least 5", 5, None, counted="people", place="Alpha"
    )
    found = count(one, two)
    assert shown(found) == [(None, 8, 8, 1), (None, 5, None, 1)]


def test_a_total_is_not_the_toll_of_a_day_nor_of_another_group() -> None:
    build = Build("13 dead, 3,000 dead, 2 children")
    build.figure("13", 13, 13, counted="civilians", place="Alpha").figure(
        "3,000", 3000, 3000, counted="civilians", cumulative=True
    )
    build.figure("2", 2, 2, counted="children", place="Alpha")
    assert [(c.group, c.total) for c in count(build)] == [
        ("civilians", False),
        ("civilians", True),
        ("children", False),
    ]


def test_single_events_without_a_place_are_not_mixed() -> None:
    one = Build("8 dead", id="a").figure("8", 8, 8, by="Police")
    two = Build("8 dead", id="b").figure("8", 8, 8, by="Police")
    assert [len(c.tellings) for c in count(one, two)] == [1, 1]
    placed = {"place": "Alpha", "as_of": on(2), "by": "Police"}
    one = Build("8 dead", id="a").figure("8", 8, 8, **placed)
    two = Build("8 dead", id="b").figure("8", 8, 8, **placed)
    assert [len(c.tellings) for c in count(one, two)] == [2]


def test_groups() -> None:
    words = {
        "Russian troops": "military", "aid workers": "aid workers", "pregnant women": "people",
        "Israeli hostages": "hostages", "civilians, 2 of them children": "children", None: "people",
    }  # fmt: skip
    for counted, group in words.items():
        (only,) = count(Build("5 dead").figure("5", 5, 5, counted=counted))
        assert only.group == group, counted
    (lost,) = count(Build("5 lost").figure("5", 5, 5, "equipment_lost", counted="Tanks"))
    assert lost.group == "tanks"


def test_the_same_number_without_a_place_from_one_originator_is_one_claim() -> None:
    one = Build("Moscow: 498 dead", id="a").figure("498", 498, 498, by="Moscow", by_party="Russia")
    two = Build("The ministry: 498 killed", id="b").figure("498", 498, 498, by="The ministry", by_party="Russia")
    other = Build("Kyiv: 498 killed", id="c").figure("498", 498, 498, by="Kyiv", by_party="Ukraine")
    assert shown(count(one, two, other)) == [("Moscow", 498, 498, 2), ("Kyiv", 498, 498, 1)]


def test_another_day_or_group_is_another_claim() -> None:
    one = Build("498 dead", id="a").figure("498", 498, 498, by="Moscow")
    later = Build("498 dead", id="b", published=9).figure("498", 498, 498, by="Moscow")
    others = Build("498 children", id="c").figure("498", 498, 498, by="Moscow", counted="children")
    assert len(count(one, later, others)) == 3


def test_what_copies_tell_is_told_once_whatever_the_number_and_the_day() -> None:
    one = Build("8 dead, 3 hurt, 8 dead", id="a").figure("8", 8, 8).figure("3", 3, 3, "wounded").figure("8", 8, 8)
    two = Build("8 dead, 3 hurt, 8 dead", id="b", published=9).figure("8", 8, 8).figure("8", 8, 8)
    told = [t for b in (one, two) for family, t in tellings(b.reading()) if family == "figure"]
    assert [len(c.tellings) for c in counts(told, {"a": "a", "b": "a"})] == [2, 1, 2]
    assert [len(c.tellings) for c in counts(told)] == [1] * 5


def test_a_number_in_the_headline_is_that_of_its_claimant_in_the_text() -> None:
    build = Build("498 dead. Moscow: 498 dead.").figure("498", 498, 498).figure("498 dead. M", 498, 498, by="Moscow")
    (only,) = count(build)
    assert (only.claimant, [t.ref for t in only.tellings]) == ("Moscow", ["r1/f2", "r1/f1"])
    two = build.figure("Moscow: 498", 498, 498, by="Kyiv")
    assert [c.claimant for c in count(two)] == [None, "Moscow", "Kyiv"]
