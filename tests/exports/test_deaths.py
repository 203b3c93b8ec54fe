"""Which number of dead is taken, and that none is ever a sum across claimants."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.exports.deaths import Account, Toll, accounts, most_conservative, toll
from counterclaim.record.tellings import Telling, tellings
from counterclaim.types import Figure
from tests.build import Build

PAIR = ("Russia", "Ukraine")


def told(
    *figures: dict[str, Any], id: str = "r1", published: int = 3, outlet: str = "Daily Test"
) -> list[Telling[Figure]]:
    """Figures of one report, each in a sentence of its own."""
    text = "\n\n".join(f"Sentence {n} tells of dead." for n in range(len(figures)))
    made = Build(text, id=id, published=published, outlet=outlet)
    for n, figure in enumerate(figures):
        given_ = {"low": None, "high": None, **figure}
        made.figure(f"Sentence {n} tells of dead.", given_.pop("low"), given_.pop("high"), **given_)
    return [t for family, t in tellings(made.reading()) if family == "figure"]  # type: ignore[misc]


def counted(*figures: Telling[Figure]) -> Toll:
    found = toll(accounts(figures, PAIR, {}), PAIR)
    assert found
    return found


def test_one_exact_number_is_all_three() -> None:
    assert counted(*told({"low": 21, "high": 21, "counted": "people"})).numbers == (21, 21, 21)


def test_at_least_sets_a_lower_end_and_is_told_to_be_open() -> None:
    found = counted(*told({"low": 13, "counted": "civilians"}))
    assert found.numbers == (13, 13, 13)
    assert found.high.open


def test_up_to_is_nought_to_that_number() -> None:
    assert counted(*told({"high": 6, "counted": "people"})).numbers == (0, 0, 6)


def test_a_range_is_low_best_at_its_lower_end_and_high() -> None:
    assert counted(*told({"low": 6, "high": 8, "counted": "people"})).numbers == (6, 6, 8)


def test_of_claimants_who_differ_the_lowest_is_best_and_the_highest_high() -> None:
    found = counted(
        *told(
            {"low": 9, "high": 9, "counted": "people", "by": "Mayor"},
            {"low": 11, "high": 11, "counted": "people", "by": "Governor"},
        )
    )
    assert found.numbers == (9, 9, 11)
    assert (found.best and found.best.claimant, found.high.claimant) == ("Mayor", "Governor")


def test_the_number_that_most_originators_give_is_best() -> None:
    found = counted(
        *told(
            {"low": 9, "high": 9, "counted": "people", "by": "Mayor"},
            {"low": 11, "high": 11, "counted": "people", "by": "Governor"},
            {"low": 11, "high": 11, "counted": "people", "by": "Red Cross"},
        )
    )
    assert found.numbers == (9, 11, 11)


def test_officials_of_one_party_who_give_one_number_count_once() -> None:
    found = counted(
        *told(
            {"low": 9, "high": 9, "counted": "people", "by": "Red Cross"},
            {"low": 11, "high": 11, "counted": "people", "by": "Mayor", "by_party": "Ukraine"},
            {"low": 11, "high": 11, "counted": "people", "by": "Governor", "by_party": "Ukraine"},
        )
    )
    assert found.numbers[1] == 9


def test_a_side_on_its_enemys_dead_counts_for_high_only() -> None:
    figures = told(
        {"low": 3, "high": 3, "counted": "soldiers", "party": "Ukraine", "by": "Ukraine"},
        {"low": 70, "high": 70, "counted": "soldiers", "party": "Ukraine", "by": "Russia"},
    )
    assert counted(*figures).numbers == (3, 3, 70)
    only = counted(figures[1])
    assert only.best is None
    assert only.numbers == (0, 0, 70)


def test_a_newer_number_of_a_claimant_takes_the_place_of_the_older() -> None:
    old = told({"low": 3, "high": 3, "counted": "people", "by": "Mayor"}, published=3)
    new = told({"low": 11, "high": 11, "counted": "people", "by": "Mayor"}, id="r2", published=4)
    found = counted(*old, *new)
    assert found.numbers == (11, 11, 11)
    assert found.best
    assert [t.item.low for t in found.best.older] == [3]


def test_groups_of_one_account_do_not_overlap() -> None:
    found = counted(
        *told(
            {"low": 8, "high": 8, "counted": "people", "by": "Mayor"},
            {"low": 2, "high": 2, "counted": "children", "by": "Mayor"},
        )
    )
    assert found.numbers == (8, 8, 8)
    assert (found.of("civilians"), found.of("people", "soldiers")) == (2, 6)


def test_the_two_sides_dead_of_one_account_are_told_apart() -> None:
    found = counted(
        *told(
            {"low": 3, "high": 3, "counted": "soldiers", "party": "Russia", "by": "Red Cross"},
            {"low": 5, "high": 5, "counted": "soldiers", "party": "Ukraine", "by": "Red Cross"},
            {"low": 1, "high": 1, "counted": "fighters", "by": "Red Cross"},
        )
    )
    assert (found.of("a"), found.of("b"), found.of("soldiers"), found.numbers) == (3, 5, 1, (9, 9, 9))


def test_running_totals_of_the_war_are_no_events_dead() -> None:
    assert accounts(told({"low": 498, "high": 498, "counted": "soldiers", "cumulative": True}), PAIR, {}) == []


def test_copies_that_name_no_claimant_are_one_account() -> None:
    one = told({"low": 9, "high": 9, "counted": "people"}, outlet="A")
    two = told({"low": 9, "high": 9, "counted": "people"}, id="r2", outlet="B")
    assert len(accounts([*one, *two], PAIR, {"r1": "r1", "r2": "r1"})) == 1
    assert len(accounts([*one, *two], PAIR, {})) == 2


def test_a_reviewed_account_is_best() -> None:
    figures = told(
        {"low": 9, "high": 9, "counted": "people", "by": "Mayor"},
        {"low": 11, "high": 11, "counted": "people", "by": "Governor"},
    )
    found = toll(accounts(figures, PAIR, {}, lambda t: t.item.id == "f2"), PAIR)
    assert found
    assert found.numbers == (9, 11, 11)


def test_acled_takes_the_lowest_account() -> None:
    figures = told(
        {"low": 9, "high": 9, "counted": "people", "by": "Mayor"},
        {"low": 3, "counted": "people", "by": "Governor"},
    )
    found = most_conservative(accounts(figures, PAIR, {}))
    assert found
    assert (found.claimant, found.low) == ("Governor", 3)


numbers = st.integers(0, 500)
figure = st.fixed_dictionaries(
    {
        "low": st.none() | numbers,
        "high": st.none() | numbers,
        "counted": st.sampled_from(["people", "civilians", "children", "soldiers", "medics"]),
        "party": st.sampled_from([None, "Russia", "Ukraine", "France"]),
        "by": st.sampled_from([None, "Russia", "Ukraine", "Mayor", "Red Cross"]),
        "cumulative": st.sampled_from([None, False, True]),
    }
)


@given(st.lists(figure, max_size=6), st.lists(figure, max_size=4))
def test_no_number_is_more_than_one_claimant_told(one: list[dict[str, Any]], two: list[dict[str, Any]]) -> None:
    for f in (*one, *two):
        if f["low"] is not None and f["high"] is not None and f["low"] > f["high"]:
            f["low"], f["high"] = f["high"], f["low"]
    figures = [*told(*one), *told(*two, id="r2", published=4, outlet="Other")]
    found = accounts(figures, PAIR, {})
    result = toll(found, PAIR)
    if result is None:
        assert not found
        return
    low, best, high = result.numbers
    assert low <= best <= high
    assert result.of("a", "b", "civilians", "soldiers", "people") == best
    for account in (result.best, result.high, most_conservative(found)):
        assert account is None or account.high <= _most(account)


def _most(account: Account) -> float:
    """The most that one claimant's figures come to, each group once."""
    assert len({(t.speaker.name if t.speaker else t.report.name) for t in account.figures}) == 1
    return sum(max(t.item.low or 0, t.item.high or 0) for t in account.figures)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_the_order_of_reports_does_not_matter(order: tuple[int, ...]) -> None:
    reports = [
        told({"low": n, "high": n, "counted": "people", "by": who}, id=f"r{n}")
        for n, who in ((7, "Mayor"), (9, "Governor"), (12, "Red Cross"))
    ]
    assert counted(*(t for n in order for t in reports[n])).numbers == (7, 7, 12)
