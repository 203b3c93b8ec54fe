"""Figures side by side, never added."""

from __future__ import annotations

from counterclaim.record.sides import Count, counts
from counterclaim.record.tellings import tellings
from tests.build import Build, on


def count(*builds: Build) -> list[Count]:
    return counts(t for b in builds for family, t in tellings(b.reading()) if family == "figure")


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
    assert [c.low for c in count(high, low)] == [450]


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
