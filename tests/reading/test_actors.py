"""Who a noun phrase or a pronoun stands for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim import conflict
from counterclaim.language import Page, at
from counterclaim.reading import actors
from counterclaim.types import Actor

UKRAINE = conflict.load("ukraine-2022")


def who(page: Page, words: str, nth: int = 0, profile: conflict.Conflict = UKRAINE) -> Actor | None:
    """The actor that the `nth` mention of `words` on the page stands for."""
    cast = actors.find(page, profile)
    start = -1
    for _ in range(nth + 1):
        start = page.text.index(words, start + 1)
    sentence = page.sentence_at(start)
    assert sentence
    inside = [t for t in sentence.tokens if start <= at(t).start < start + len(words)]
    return cast.actor(sentence.tokens.doc[inside[0].i : inside[-1].i + 1])


@pytest.mark.parametrize(
    ("text", "words", "name", "role", "party"),
    [
        ("Ukrainian President Volodymyr Zelensky spoke.", "Ukrainian President Volodymyr Zelensky",
         "Volodymyr Zelenskyy", "president", "Ukraine"),
        ("Kremlin spokesman Dmitry Peskov spoke.", "Kremlin spokesman Dmitry Peskov",
         "Dmitry Peskov", "spokesperson", "Russia"),
        ("Mariupol mayor Vadym Boichenko spoke.", "Mariupol mayor Vadym Boichenko",
         "Vadym Boichenko", "mayor", "Ukraine"),
        ("Pavel Novak, the Czech defence minister, spoke.", "Pavel Novak, the Czech defence minister",
         "Pavel Novak", "defence minister", "Czech Republic"),
        ("US Secretary of State Antony Blinken spoke.", "US Secretary of State Antony Blinken",
         "Antony Blinken", "secretary of state", "United States"),
        ("Al Jazeera’s Ana Duval spoke.", "Al Jazeera’s Ana Duval", "Ana Duval", None, None),
        ("European Commission President Ursula von der Leyen spoke.",
         "European Commission President Ursula von der Leyen",
         "Ursula von der Leyen", "president", "European Union"),
    ],
)  # fmt: skip
def test_names_with_titles(
    page: Callable[..., Page], text: str, words: str, name: str, role: str | None, party: str | None
) -> None:
    actor = who(page(text, published="2022-03-03"), words)
    assert actor is not None
    assert (actor.name, actor.kind, actor.role, actor.party) == (name, "person", role, party)


def test_a_last_name_is_the_full_name_of_the_page(page: Callable[..., Page]) -> None:
    told = page("Novak warned of floods. Pavel Novak, the mayor of Lviv, said so on Monday. Later Novak left.")
    for n in range(3):
        actor = who(told, "Novak", n)
        assert actor
        assert actor.name == "Pavel Novak"


def test_pronouns_go_back_to_who_fits(page: Callable[..., Page]) -> None:
    told = page(
        "Iryna Bondar runs the clinic. Pavel Novak leads the council. She said it was full. He said help was coming."
    )
    she, he = who(told, "She"), who(told, "He ")
    assert she
    assert he
    assert (she.name, he.name) == ("Iryna Bondar", "Pavel Novak")


def test_it_is_a_body(page: Callable[..., Page]) -> None:
    told = page("Pavel Novak met the Red Cross on Monday. The Red Cross called for calm. It said roads were blocked.")
    actor = who(told, "It ")
    assert actor
    assert actor.name == "ICRC"


def test_definite_nouns_go_back(page: Callable[..., Page]) -> None:
    told = page(
        "A senior aide to Macron briefed reporters. The Turkish defence ministry denied it. "
        "The aide added nothing. The ministry did."
    )
    aide, ministry = who(told, "The aide"), who(told, "The ministry")
    assert aide
    assert aide.anonymous
    assert (aide.name, aide.party) == ("senior aide to Emmanuel Macron", "France")
    assert ministry
    assert (ministry.name, ministry.party) == ("Turkish Ministry of Defence", "Turkey")


def test_an_office_is_its_holder(page: Callable[..., Page]) -> None:
    actor = who(page("The Ukrainian president spoke.", published="2022-03-03"), "The Ukrainian president")
    assert actor
    assert actor.name == "Volodymyr Zelenskyy"


def test_an_office_may_be_named_later(page: Callable[..., Page]) -> None:
    told = page("The regional governor warned of shelling. Pavel Novak, the regional governor, spoke on Monday.")
    actor = who(told, "The regional governor")
    assert actor
    assert actor.name == "Pavel Novak"


@pytest.mark.parametrize(
    ("words", "kind", "party"),
    [
        ("Ukrainian officials", "group", "Ukraine"),
        ("US officials", "group", "United States"),
        ("Officials", "unnamed", None),
        ("Residents", "unnamed", None),
        ("A source in Berlin", "unnamed", "Germany"),
        ("Two diplomats", "unnamed", None),
        ("A Russian official", "unnamed", "Russia"),
        ("Senior Israeli officials", "unnamed", "Israel"),
        ("A spokesperson for the Polish army", "person", "Poland"),
        ("The mayor of Odesa", "person", "Ukraine"),
        ("Analysts", "unnamed", None),
    ],
)
def test_anonymous_or_a_body(page: Callable[..., Page], words: str, kind: str, party: str | None) -> None:
    actor = who(page(f"{words} said roads were blocked."), words, profile=conflict.load("generic"))
    assert actor is not None
    assert actor.kind == kind
    assert actor.anonymous == (kind == "unnamed")
    assert actor.party == party


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Moscow", "Government of Russia"),
        ("The Kremlin", "Kremlin"),
        ("Russia’s defence ministry", "Russian Ministry of Defence"),
        ("A statement from the Kremlin", "Kremlin"),
        ("Reuters", "Reuters"),
    ],
)
def test_bodies_and_documents(page: Callable[..., Page], words: str, name: str) -> None:
    actor = who(page(f"{words} said roads were blocked."), words)
    assert actor is not None
    assert actor.name == name


def test_his_office(page: Callable[..., Page]) -> None:
    told = page("Emmanuel Macron left Paris. His office said nothing.")
    actor = who(told, "His office")
    assert actor
    assert (actor.name, actor.party) == ("Office of Emmanuel Macron", "France")


def test_another_spelling_is_the_same_person(page: Callable[..., Page]) -> None:
    told = page("Pavel Syniehorov, a governor, spoke. Later Synehorov left.")
    first, second = who(told, "Pavel Syniehorov"), who(told, "Synehorov")
    assert first
    assert second
    assert first.name == second.name


PIECES = st.sampled_from(
    ["The", "aide", "of", "’s", "'s", "President", "Macron", ",", "said", "he", "(", "“", "”", "Russian", "officials",
     "to", "-", "backed", "ministry", "of", "state", "statement", "from", "and", "it", "@UN", "—", "1", "for"]
)  # fmt: skip


@settings(max_examples=20)
@given(st.lists(PIECES, min_size=1, max_size=16), st.integers(0, 15), st.integers(1, 16))
def test_any_stretch_of_words_is_safe(page: Callable[..., Page], pieces: list[str], start: int, length: int) -> None:
    told = page(" ".join(pieces))
    cast = actors.find(told, UKRAINE)
    for sentence in told.sentences:
        stretch = sentence.tokens[start : start + length]
        if len(stretch):
            actor = cast.actor(stretch)
            assert actor is None or actor.name
        assert cast.party(sentence.tokens.text) != ""
