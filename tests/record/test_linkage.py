"""Grouping by average likeness."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from counterclaim.record.linkage import Pair, groups


def full(*several: str, inside: float = 0.9) -> dict[Pair, float]:
    return {pair: inside for some in several for pair in combinations(sorted(some), 2)}


def test_the_likest_are_one_and_the_rest_stay_apart() -> None:
    assert groups("abcd", {("a", "b"): 0.9, ("b", "c"): 0.2}, 0.5) == [["a", "b"], ["c"], ["d"]]


def test_one_likeness_does_not_chain_two_groups() -> None:
    like = full("abc", "xyz") | {("c", "x"): 0.8}
    assert groups("abcxyz", like, 0.5) == [list("abc"), list("xyz")]


def test_what_a_person_called_one_is_one_and_what_not_is_not() -> None:
    like = full("abc")
    assert groups("abcz", like, 0.5, one=[("c", "z")]) == [["a", "b"], ["c", "z"]]
    apart = groups("abc", like, 0.5, apart=[("a", "b")])
    assert all({"a", "b"} - set(group) for group in apart)
    assert groups("ab", {}, 0.5, one=[("a", "b")], apart=[("a", "b")]) == [["a", "b"]]


def test_an_apart_pair_keeps_whole_groups_apart() -> None:
    like = full("abcd")
    found = groups("abcd", like, 0.5, one=[("a", "b"), ("c", "d")], apart=[("b", "c")])
    assert found == [["a", "b"], ["c", "d"]]


def test_two_large_groups_less_alike_than_each_within_stay_two() -> None:
    like = full("abcd", "wxyz") | {(a, b): 0.3 for a in "abcd" for b in "wxyz"}
    assert len(groups("abcdwxyz", like, 0.2)) == 1
    assert groups("abcdwxyz", like, 0.2, within=0.6, large=4) == [list("abcd"), list("wxyz")]


def test_pairs_that_were_never_likened_may_be_left_out_of_the_average() -> None:
    like = {("a", "b"): 0.9, ("b", "c"): 0.8}
    assert groups("abc", like, 0.5) == [["a", "b"], ["c"]]
    assert groups("abc", like, 0.5, known=0.5) == [["a", "b", "c"]]


likes = st.dictionaries(
    st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg")).filter(lambda p: p[0] < p[1]),
    st.floats(0, 1, allow_nan=False),
)


@given(likes, st.permutations("abcdefg"))
def test_nothing_is_lost_and_no_order_matters(like: dict[Pair, float], order: list[str]) -> None:
    found = groups("abcdefg", like, 0.4)
    assert sorted(item for group in found for item in group) == list("abcdefg")
    turned = groups(order, dict(reversed(like.items())), 0.4)
    assert sorted(map(sorted, turned)) == sorted(map(sorted, found))
