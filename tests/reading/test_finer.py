"""What ACLED and PLOVER call an event or a text more narrowly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.reading.events import finer
from counterclaim.reading.events.triggers import kinds

ACLED = [(t.name, t.example) for t in finer.types()]
PLOVER = [(t.name, t.example) for t in finer.types("plover")]


@pytest.mark.parametrize(("name", "example"), ACLED)
def test_examples_of_acled(name, example):
    assert finer.sort(example) == name


@pytest.mark.parametrize(("name", "example"), PLOVER)
def test_examples_of_plover(name, example):
    assert finer.sort(example, scheme="plover") == name


def test_types_refine_kinds_that_exist():
    assert {k for t in finer.types() for k in t.of} <= kinds().keys()
    assert all(t.acled or not t.of for t in finer.types())


@pytest.mark.parametrize(
    ("kind", "sentence", "expected"),
    [
        ("explosion", "A suicide bomber struck a checkpoint.", "Suicide bomb"),
        ("explosion", "A gas leak was the cause of the explosion.", "Remote explosive/landmine/IED"),
        ("attack_on_civilians", "Soldiers raped women in the hills.", "Sexual violence"),
        ("protest", "Police fired live rounds at a peaceful march.", "Excessive force against protesters"),
        ("protest", "Rioters torched cars and threw stones.", "Violent demonstration"),
        ("clash", "The mayor spoke of a suicide bomber.", "Suicide bomb"),
        ("meeting", "They met after the suicide bombing.", "Other"),
        ("shelling", "Nobody was hurt.", "Shelling/artillery/missile attack"),
    ],
)
def test_an_event_is_made_narrower_by_its_sentence(kind, sentence, expected):
    assert finer.of(kind, sentence)[1] == expected


def test_a_type_needs_what_it_asks_for_and_bears_no_word_that_bars_it():
    grenade = next(t for t in finer.types() if t.name == "Grenade")
    assert grenade.points("a grenade was thrown") >= 3
    assert grenade.points("a grenade launcher was thrown away") == 0
    force = next(t for t in finer.types() if t.name == "Excessive force against protesters")
    assert force.points("police opened fire") == 0


def test_kinds_told_speak_for_a_type():
    assert finer.sort("Nothing else is known.") is None
    assert finer.sort("Nothing else is known.", {"abduction"}) == "Abduction/forced disappearance"


@given(st.text(max_size=200), st.sampled_from(sorted(kinds())))
def test_any_text_has_a_type_of_its_kind_or_the_usual_one(text, kind):
    event, sub = finer.of(kind, text)
    assert event
    assert sub
    finer.sort(text, {kind})
