"""Passages printed again: what counts as one, and what does not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim import passages
from counterclaim.record.reprints import Stretch, counted, holder, rank, seeds, stretches
from counterclaim.types import Span

WIRE = (
    "Rockets struck a row of warehouses on the eastern bank before dawn, the harbour office wrote, "
    "and at least 11 people who slept there were killed."
)
LEAD = "Our reporter spent the night on the quay with families who had come to look for their sons and brothers."


def common(a: str, b: str) -> list[Stretch]:
    return counted(a, b, stretches(a, Span(0, len(a)), b, Span(0, len(b))))


def share(a: str, b: str) -> float:
    return sum(s.end - s.start for s in common(a, b)) / len(a)


def test_a_paragraph_printed_again_is_one_stretch() -> None:
    (found,) = common(WIRE, f"{LEAD} {WIRE}")
    assert WIRE[found.start : found.end] == WIRE.rstrip(".")
    assert found.turned.turned == found
    assert f"{LEAD} {WIRE}"[found.there : found.until] == WIRE.rstrip(".")


@pytest.mark.parametrize(
    ("old", "new"),
    [("before dawn", "shortly before dawn"), ("harbour office", "port office"), (" who slept there", "")],
)
def test_a_word_more_or_less_is_still_a_copy(old: str, new: str) -> None:
    assert share(WIRE.replace(old, new), WIRE) > 0.85


def test_another_number_is_no_copy_of_the_number() -> None:
    later = WIRE.replace("11 people", "14 people")
    found = common(later, WIRE)
    at = later.index("14")
    assert all(not s.start <= at < s.end for s in found)
    sentence, number = Span(0, len(later)), Span(at, at + 2)
    assert holder(found, [sentence]) is not None
    assert holder(found, [sentence], number) is None


def test_a_text_of_its_own_is_no_copy() -> None:
    assert common(LEAD, WIRE) == []
    assert common("The mayor of the town said on Monday that he would not go.", f"{WIRE} {LEAD}") == []


SPEECH = "“We shall not leave the harbour while a single one of our ships is still at sea tonight,” the admiral {}."


def test_what_two_outlets_quote_is_no_copy_unless_more_is() -> None:
    one, other = SPEECH.format("told a crowd"), SPEECH.format("said in an interview with us")
    assert common(one, other) == []
    a, b = f"{WIRE}\n\n{one}", f"{other}\n\n{WIRE}"
    found = [s for p in passages.split(a) for q in passages.split(b) for s in stretches(a, p.span, b, q.span)]
    assert len(counted(a, b, found)) == 2
    assert share(SPEECH.format("told a crowd on the quay"), SPEECH.format("told a crowd on the quay")) > 0.9


def test_short_lines_count_beside_a_copied_passage_alone() -> None:
    line = "Eleven dead at the harbour"
    a, b = f"{line}\n\n{WIRE}", f"{line}\n\n{LEAD}\n\n{WIRE}"
    spans = [p.span for p in passages.split(a)], [p.span for p in passages.split(b)]
    found = [s for p in spans[0] for q in spans[1] for s in stretches(a, p, b, q)]
    assert a[: len(line)] in {a[s.start : s.end] for s in counted(a, b, found)}
    assert common(line, line) == []


def test_the_earlier_day_comes_first_then_an_agency_then_the_number() -> None:
    order = [("2022-03-01", "Daily", 9), ("2022-03-02", "Reuters", 8), ("2022-03-02", "Daily", 1), (None, "AFP", 2)]
    assert sorted(order, key=lambda told: rank(*told)) == order


def test_seeds_of_a_passage_are_found_again_wherever_it_stands() -> None:
    one = {s.mark for s in seeds(WIRE, passages.split(WIRE))}
    text = f"{LEAD}\n\n{LEAD} {WIRE}"
    assert len(one & {s.mark for s in seeds(text, passages.split(text))}) >= len(one) / 2
    assert seeds("", passages.split("")) == []


def test_a_short_line_has_seeds_only_where_a_report_has_nothing_longer() -> None:
    post = "Shells fell on Ardal, nine died."
    assert len(seeds(post, passages.split(post))) == 1
    text = f"{post}\n\n{WIRE}"
    assert all(seed.start >= len(post) for seed in seeds(text, passages.split(text)))


@given(
    st.lists(st.sampled_from("alpha bravo charlie delta 12 “ ” ’ \n".split(" ")), min_size=1, max_size=60),
    st.integers(),
)
def test_stretches_lie_in_both_texts(words: list[str], dice: int) -> None:
    text = " ".join(["so", *words])
    other = " ".join(random.Random(dice).sample(words, len(words))) + " " + text
    for s in stretches(text, Span(0, len(text)), other, Span(0, len(other))):
        assert 0 <= s.start < s.end <= len(text)
        assert 0 <= s.there < s.until <= len(other)
        assert s.words >= 1


@given(st.text(min_size=1, max_size=400))
def test_any_text_may_be_compared(text: str) -> None:
    assert seeds(text, passages.split(text)) == seeds(text, passages.split(text))
    counted(text, text, stretches(text, Span(0, len(text)), text, Span(0, len(text))))
