"""Near copies of one story."""

from __future__ import annotations

import random
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from counterclaim.record.copies import LIKE, MARKS, folded, likeness, near, sketch

WORDS = [f"word{n}" for n in range(4000)]


def story(seed: int, length: int = 400) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)


def edited(words: list[str], every: int) -> list[str]:
    return [f"new{n}" if n % every == 0 else w for n, w in enumerate(words)]


def like(a: list[str], b: list[str]) -> float:
    return likeness(sketch(" ".join(a)), sketch(" ".join(b)))


def families(sketches: list[tuple[str, tuple[int, ...]]]) -> dict[str, str]:
    """Every two compared, as a record does with those that meet."""
    pairs = ((a, b, likeness(one, other)) for (a, one), (b, other) in combinations(sketches, 2))
    return folded([name for name, _ in sketches], [pair for pair in pairs if pair[2] >= LIKE])


def test_a_copy_with_small_edits_is_a_copy() -> None:
    first = story(1)
    copy = ["Agency", "copy:", *edited(first, 40)]
    found = families([("a", sketch(" ".join(first))), ("b", sketch(" ".join(copy))), ("c", sketch(" ".join(story(2))))])
    assert found == {"a": "a", "b": "a", "c": "c"}


def test_a_copy_cut_to_a_third_under_a_new_lead_is_a_copy() -> None:
    first = story(1, 900)
    assert like(first, [*story(9, 40), *first[300:600]]) >= LIKE


def test_paragraphs_in_another_order_are_a_copy() -> None:
    first = story(1)
    assert like(first, [*first[200:], *first[:200]]) >= LIKE


def test_two_stories_that_share_a_quarter_are_two() -> None:
    first, second = story(1), story(2)
    second[:100] = first[:100]
    assert families([("a", sketch(" ".join(first))), ("b", sketch(" ".join(second)))]) == {"a": "a", "b": "b"}


def test_a_copy_of_a_copy_belongs_to_the_first() -> None:
    first = story(3)
    second = edited(first, 30)
    third = edited(second, 31)
    marks = [(str(n), sketch(" ".join(words))) for n, words in enumerate((first, second, third))]
    assert set(families(marks).values()) == {"0"}


def test_likeness_is_about_the_share_of_the_shorter_text() -> None:
    first, second = story(5, 2000), story(6, 1000)
    second[:500] = first[:500]
    assert abs(like(first, second) - 0.5) < 0.15


def test_short_and_empty_texts_are_nobodys_copy() -> None:
    assert sketch("three words only") == ()
    assert likeness((), ()) == 0
    assert families([("a", ()), ("b", ())]) == {"a": "a", "b": "b"}


def test_a_family_is_named_by_its_first() -> None:
    assert folded("abcd", [("a", "b", 1.0), ("b", "d", 1.0)]) == {"a": "a", "b": "a", "c": "c", "d": "a"}


def test_reports_met_once_are_not_worth_comparing() -> None:
    assert near("abacab") == ["a", "b"]


@given(st.text(max_size=300))
def test_a_sketch_of_any_text(text: str) -> None:
    marks = sketch(text)
    assert marks == sketch(text)
    assert len(marks) <= MARKS
    assert list(marks) == sorted(set(marks))
    assert all(0 <= m < 2**32 for m in marks)
    assert not marks or likeness(marks, marks) == 1
