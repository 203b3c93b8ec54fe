"""Who holds what: the last word counts, and a claim alone is never control."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

from hypothesis import given
from hypothesis import strategies as st

from counterclaim.record.control import Hold, Standing, history, holds, rules
from counterclaim.record.tellings import tellings
from counterclaim.types import State
from tests.build import Build, day, on

R, U = "Russia", "Ukraine"
FIFTH = day(5)


def said(
    state: str, holder: str | None = None, by: str | None = None, id: str = "a", published: int = 3, **fields: Any
) -> Build:
    return Build("It was so in Alpha.", id=id, published=published).holds(
        "It was so", "Alpha", state, holder, by, **fields
    )


def hold(*builds: Build, on: date = FIFTH, known_on: date | None = None) -> Hold | None:
    words = [t for b in builds for family, t in tellings(b.reading()) if family == "holding"]
    found = holds(words, on, known_on)
    assert len(found) <= 1
    return found[0] if found else None


def standing(*builds: Build, **fields: Any) -> tuple[str, str | None]:
    found = hold(*builds, **fields)
    assert found is not None
    return found.standing, found.holder


def test_told_by_the_outlet_is_held() -> None:
    assert standing(said("captured", R)) == ("held", R)


def test_a_claim_alone_is_never_control() -> None:
    assert standing(said("captured", R, claimed_by=R)) == ("claimed", R)
    assert standing(said("claimed", R)) == ("claimed", R)
    assert standing(said("captured", R, claimed_by="Observer")) == ("claimed", R)
    assert standing(
        said("captured", R, claimed_by="Ministry", party=R), said("captured", R, claimed_by="General", party=R)
    ) == ("claimed", R)


def test_the_losing_side_says_so() -> None:
    siege = said("besieged", U, R, id="b", published=2)
    assert standing(siege, said("captured", R, claimed_by="Mayor", party=U)) == ("held", R)


def test_two_parties_say_so() -> None:
    assert standing(said("captured", R, claimed_by="A"), said("captured", R, claimed_by="B", id="b")) == ("held", R)


def test_a_claim_stands_beside_what_is_held() -> None:
    found = hold(said("controlled", U), said("captured", R, claimed_by=R, id="b", published=4))
    assert found is not None
    assert (found.standing, found.holder) == ("held", U)
    assert [t.item.holder for t in found.claims] == [R]


def test_both_sides_claim() -> None:
    assert (
        standing(said("captured", R, claimed_by=R), said("controlled", U, claimed_by="Observer", id="b"))[0]
        == "contested"
    )


def test_the_last_word_counts() -> None:
    taken, retaken = said("captured", R, when=on(2)), said("recaptured", U, id="b", when=on(4))
    assert standing(retaken, taken) == ("held", U)
    assert standing(retaken, taken, on=day(3)) == ("held", R)
    assert hold(retaken, taken, on=day(1)) is None


def test_siege_and_then_capture_in_one_report() -> None:
    build = said("captured", R).holds("It was so", "Alpha", "besieged", U, R)
    assert standing(build) == ("held", R)


def test_besieged_and_contested() -> None:
    found = hold(said("besieged", U, R))
    assert found is not None
    assert (found.standing, found.holder, found.by) == ("besieged", U, R)
    assert standing(said("controlled", U, published=1), said("contested", id="b")) == ("contested", U)
    assert standing(said("captured", R), said("captured", U, id="b"))[0] == "contested"


def test_withdrawal() -> None:
    assert standing(said("withdrawn", U, R)) == ("held", U)
    found = hold(said("withdrawn", None, R))
    assert found is not None
    assert (found.standing, found.by) == ("unknown", R)


def test_known_on_keeps_what_was_told_later_out() -> None:
    late = said("captured", R, published=9, when=on(2))
    assert hold(late, known_on=day(5)) is None
    assert standing(late) == ("held", R)


def test_age_and_since() -> None:
    found = hold(said("captured", R, when=on(1)), said("controlled", R, id="b", published=3))
    assert found is not None
    assert (found.since, found.last, found.age) == (day(1), day(3), 2)


def test_a_stretch_of_days_counts_up_to_the_day_asked_for() -> None:
    found = hold(said("controlled", R, when=on(1, 20)), on=day(5))
    assert found is not None
    assert (found.last, found.age) == (day(5), 0)


TWENTIETH = day(20)


def spells(*builds: Build, last: date = TWENTIETH, known_on: date | None = None) -> list[tuple[Any, ...]]:
    words = [t for b in builds for family, t in tellings(b.reading()) if family == "holding"]
    return [(h.standing, h.holder, h.day.day, h.until.day if h.until else None) for h in history(words, last, known_on)]


def test_a_history_has_one_spell_for_each_change() -> None:
    told = [
        said("controlled", U, published=1), said("besieged", U, R, id="b", published=3),
        said("besieged", U, R, id="c", published=5), said("captured", R, id="d", published=8),
    ]  # fmt: skip
    assert spells(*told) == [("held", U, 1, 2), ("besieged", U, 3, 7), ("held", R, 8, None)]
    assert spells(*told, known_on=day(5)) == [("held", U, 1, 2), ("besieged", U, 3, None)]


def test_a_fight_nobody_speaks_of_any_more_lapses() -> None:
    fight = said("contested", published=1)
    assert hold(fight, on=day(15)).standing == "contested"  # type: ignore[union-attr]
    late = hold(fight, on=day(16))
    assert late is not None
    assert (late.standing, late.age) == ("unknown", 15)
    assert spells(fight) == [("contested", None, 1, 15), ("unknown", None, 16, None)]
    assert spells(fight, said("captured", R, id="b", published=9))[-1] == ("held", R, 9, None)


def test_the_rules_are_data_and_name_states_that_there_are() -> None:
    states = set(get_args(State))
    found = rules()
    assert set(found.order.states) | found.order.changes | found.trust.always | found.trust.never <= states
    assert states <= set(found.order.states) | found.trust.never
    assert set(found.lasts) <= set(get_args(Standing))


@st.composite
def told(draw: st.DrawFn) -> list[Build]:
    """Words about one place by few people over a few days."""
    found = []
    for n in range(draw(st.integers(1, 8))):
        who = draw(st.sampled_from([None, R, U, "Observer"]))
        build = said(
            draw(st.sampled_from(get_args(State))), draw(st.sampled_from([None, R, U])),
            draw(st.sampled_from([None, R, U])), id=f"r{n}", published=draw(st.integers(1, 12)), claimed_by=who,
        )  # fmt: skip
        found.append(build)
    return found


@given(told())
def test_every_standing_rests_on_words_and_a_history_agrees_with_its_days(builds: list[Build]) -> None:
    words = [t for b in builds for family, t in tellings(b.reading()) if family == "holding"]
    spells = history(words, day(14))
    for number in range(1, 15):
        at = [h for h in spells if h.day <= day(number) and (h.until is None or day(number) <= h.until)]
        now = holds(words, day(number))
        assert [(h.standing, h.holder, h.by) for h in at] == [(h.standing, h.holder, h.by) for h in now]
        for h in now:
            assert h.words
            assert all(t.of(t.item.sentence) for t in (*h.words, *h.claims))


@given(told(), st.sampled_from([R, U]))
def test_a_side_alone_never_makes_control_of_its_own(builds: list[Build], side: str) -> None:
    """Words of one side, by one side only, are claims: whatever they say, the place is not held by that side."""
    words = [t for b in builds for family, t in tellings(b.reading()) if family == "holding"]
    alone = [t for t in words if t.speaker and t.speaker.party == side and t.item.holder == side]
    for h in holds(alone, day(14)):
        assert h.standing != "held"
