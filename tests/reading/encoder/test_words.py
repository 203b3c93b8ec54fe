"""Words, marks, sentences and windows as the encoder sees them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.reading.encoder.pieces import MOST, Pieces
from counterclaim.reading.encoder.words import text_of, windows
from counterclaim.types import Span

TEXT = 'The mayor said: "We stay." He left at 5 p.m. on Monday.\nNATO denied it.'


def words(text: str) -> list[str]:
    found = text_of(text)
    return [found.word(n) for n in range(len(found.spans))]


def test_quotation_marks_and_stops_are_words() -> None:
    assert words('He said: "No."') == ["He", "said", ":", '"', "No", ".", '"']


def test_sentences_end_at_stops_and_lines_but_not_at_abbreviations() -> None:
    text = text_of(TEXT)
    found = [text.span(first, last - 1).of(TEXT) for first, last in text.sentences]
    assert found == ['The mayor said: "We stay."', "He left at 5 p.m. on Monday.", "NATO denied it."]


def test_marks_tell_case_and_quotation() -> None:
    text = text_of(TEXT)
    marks = {text.word(n): mark for n, mark in enumerate(text.marks)}
    assert marks["mayor"] == 0
    assert marks["Monday"] == 1
    assert marks["NATO"] == 2
    assert marks["5"] == 3
    assert marks["We"] == 5
    assert marks["stay"] == 4


def test_a_mark_that_is_never_closed_ends_with_its_paragraph() -> None:
    text = text_of("“We stay\nThey left")
    assert [m >= 4 for m in text.marks] == [True, True, True, False, False]


def test_only_the_given_stretches_are_read() -> None:
    text = text_of("One two. Three four.", [Span(0, 8)])
    assert [text.word(n) for n in range(len(text.spans))] == ["One", "two", "."]


def test_inside_finds_the_words_that_a_span_touches() -> None:
    text = text_of("One two three")
    assert text.inside(Span(2, 5)) == [0, 1]


@given(st.text(alphabet=st.sampled_from('ab A.!?”"“«»\n,1é'), max_size=300), st.integers(10, 60))
def test_windows_ask_about_every_word_once(text: str, limit: int) -> None:
    found = text_of(text)
    sizes = [1] * len(found.spans)
    cut = windows(found, sizes, limit, limit // 4)
    asked = [n for w in cut for n in range(w.asked_first, w.asked_last)]
    too_long = {n for a, b in found.sentences if b - a + 1 > limit for n in range(a, b)}
    assert asked == sorted(set(asked))
    assert set(range(len(found.spans))) - set(asked) <= too_long
    for w in cut:
        assert w.first <= w.asked_first < w.asked_last <= w.last
        assert w.last - w.first <= limit


@given(st.text(max_size=400))
def test_any_text_gives_words_in_order(text: str) -> None:
    found = text_of(text)
    assert found.spans == sorted(found.spans)
    assert len(found.spans) == len(found.marks) == len(found.paragraphs)
    assert all(s.of(text).strip() for s in found.spans)


@pytest.fixture
def pieces() -> Pieces:
    return Pieces(["[UNK]", "[CLS]", "[SEP]", "shell", "##ing", "##s", "kyiv", "a", "##a"])


def test_pieces_are_the_longest_that_fit(pieces: Pieces) -> None:
    assert pieces.of("Shelling") == (3, 4)
    assert pieces.of("Kyïv") == (6,)


def test_unknown_and_endless_words_have_a_piece_too(pieces: Pieces) -> None:
    assert pieces.of("zzz") == (0,)
    assert pieces.of("a" * 5000) == (0,)
    assert len(pieces.of("a" * 90)) == MOST
