"""Spells over many days are the standings of each day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from counterclaim.record import control
from counterclaim.record.control import Word, holds, rules
from counterclaim.record.spells import spells, spoken
from counterclaim.record.tellings import Telling, tellings
from counterclaim.types import Holding, State
from tests.build import Build, day, on

R, U = "Russia", "Ukraine"
_DAY = timedelta(days=1)


@st.composite
def told(draw: st.DrawFn) -> list[Telling[Holding]]:
    """Words about one place, of one day or of several, told then or later; some by nobody knows when."""
    found: list[Telling[Holding]] = []
    for n in range(draw(st.integers(1, 12))):
        first = draw(st.integers(1, 20))
        last = draw(st.one_of(st.just(first), st.integers(first, 25)))
        fields = {"when": on(first, last)} if draw(st.booleans()) else {}
        build = Build("It was so in Alpha.", id=f"r{n}", published=draw(st.sampled_from([None, first, 20, 24])))
        build.holds(
            "It was so", "Alpha", draw(st.sampled_from(get_args(State))), draw(st.sampled_from([None, R, U])),
            draw(st.sampled_from([None, R, U])), claimed_by=draw(st.sampled_from([None, R, U, "Observer"])), **fields,
        )  # fmt: skip
        found += [t for family, t in tellings(build.reading()) if family == "holding"]  # type: ignore[misc]
    return found


def words(told: list[Telling[Holding]]) -> list[Word]:
    return [word for t in told if (word := control.word_of(t))]


@given(told(), st.integers(1, 25), st.integers(1, 8))
def test_a_spell_is_the_standing_of_each_of_its_days(told: list[Telling[Holding]], begin: int, back: int) -> None:
    first, last = day(begin), day(30) + timedelta(days=70)
    few, rules().look.back = rules().look.back, back
    try:
        found = spells(words(told), first, last)
        runs = spoken(words(told), first, last)
        when = first
        while when <= last:
            at = [s for s in found if s.day <= when][-1:]
            now = holds(told, when)
            assert [(s.standing, s.holder, s.by) for s in at] == [(h.standing, h.holder, h.by) for h in now]
            for s, h in zip(at, now, strict=True):
                if s.day == when and h.standing != "unknown":
                    assert s.of == h.words[0]
                ended = max(min(end, when) for start, end in runs if start <= when)
                assert (when - ended).days == h.age
            when += _DAY
    finally:
        rules().look.back = few


def test_a_spell_begins_only_where_something_changes() -> None:
    many = [Build("It was so in Alpha.", id=f"r{n}", published=n).holds("It was so", "Alpha", "controlled", U)
            for n in range(1, 20)]  # fmt: skip
    told = [t for b in many for _, t in tellings(b.reading())]
    found = spells(words(told), day(3), day(25))  # type: ignore[arg-type]
    assert [(s.day, s.standing, s.holder) for s in found] == [(day(3), "held", U)]
    assert spoken(words(told), day(3), day(25)) == [(day(1), day(19))]  # type: ignore[arg-type]


def test_before_the_first_word_there_is_nothing() -> None:
    told = [t for _, t in tellings(Build("It was so.", published=5).holds("It was so", "Alpha", "contested").reading())]
    found = spells(words(told), date(2022, 2, 1), day(30))  # type: ignore[arg-type]
    assert [(s.day, s.standing) for s in found] == [(day(5), "contested"), (day(20), "unknown")]
