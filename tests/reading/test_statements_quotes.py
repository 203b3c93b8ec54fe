"""Quotation marks: pairing, apostrophes, odd marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.reading.statements.quotes import MARKS, pair


def inside(text, inner=False):
    return [q.span.of(text) for q in pair(text) if q.inner == inner]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “we stay” again.", ["we stay"]),
        ('He said "we stay" again.', ["we stay"]),
        ("He said ‘we stay’ again.", ["we stay"]),
        ("He said 'we stay' again.", ["we stay"]),
        ("He said «we stay» again.", ["we stay"]),
        ("He said „we stay“ again.", ["we stay"]),
        ("He said „we stay” again.", ["we stay"]),
        ("“One,” he said. “Two.”", ["One,", "Two."]),
        ('"One," he said. "Two."', ["One,", "Two."]),
        ("The mayor's men didn't see the soldiers' trucks.", []),
        ("The mayor’s men didn’t see the soldiers’ trucks.", []),
        ("In the '90s it was 'quiet here' for years.", ["quiet here"]),
        ("‘The soldiers’ trucks are gone,’ she said.", ["The soldiers’ trucks are gone,"]),
        ("‘We don’t know,’ she said.", ["We don’t know,"]),
        ("A 6' wall and a 12\" gun", []),
    ],
)
def test_outer_marks(text, expected):
    assert inside(text) == expected


def test_single_marks_inside_double_ones_are_inner():
    text = "“He called it a ‘small raid’ and left,” she said."
    assert inside(text) == ["He called it a ‘small raid’ and left,"]
    assert inside(text, inner=True) == ["small raid"]


def test_an_unclosed_mark_runs_to_the_end():
    (quote,) = pair("She said: “We will stay here.")
    assert quote.open
    assert quote.span.of("She said: “We will stay here.") == "We will stay here."


def test_a_mark_never_closed_does_not_swallow_the_next_quotation():
    text = '"We stay. "We wait," he said.'
    assert inside(text)[-1] == "We wait,"


def test_a_stray_closing_mark_is_nothing():
    assert inside("It was over” he thought.") == []


def test_speech_and_scare_quotes():
    text = "The “peace” came. “We will go home now.”"
    scare, speech = pair(text)
    assert not scare.speech(text)
    assert speech.speech(text)


@given(st.text(alphabet=MARKS + "ab s.,!?-\n’", max_size=120))
def test_any_text_pairs(text):
    quotes = pair(text)
    outer = [q.span for q in quotes if not q.inner]
    assert all(a.end <= b.start for a, b in zip(outer, outer[1:], strict=False))
    assert all(q.span.end <= len(text) for q in quotes)


def test_a_paragraph_that_only_closes_goes_on_with_the_one_before():
    text = "It was late. We went home.” The town slept."
    assert pair(text) == ()
    (quote,) = pair(text, going_on=True)
    assert quote.span.of(text) == "It was late. We went home."


@pytest.mark.parametrize("text", ["“We went home,” he said.", '"We went home," he said.', "No marks at all."])
def test_a_paragraph_that_opens_its_own_marks_does_not(text):
    assert pair(text, going_on=True) == pair(text)
