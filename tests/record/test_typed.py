"""Rows as one types them, and back: what a form or a sheet shows is what a correction reads."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.errors import UsageError
from counterclaim.record.judgements import (
    Judgement,
    by_person,
    checked,
    choices,
    corrected,
    fields,
    not_taken_back,
    typed,
)  # fmt: skip
from counterclaim.types import Actor, Event, Figure, Place, Span, Statement, When

HERE = Span(0, 5)
names = st.text(st.characters(exclude_categories=("Cs", "Cc", "Z"), exclude_characters=";"), min_size=1, max_size=12)
actors = st.builds(Actor, name=names, party=names | st.none(), kind=st.sampled_from(["person", "state"]))
days = st.builds(
    lambda first, length: When(
        start=first, end=first + timedelta(days=length), precision=2 if length else 1, span=None
    ),
    st.dates(date(1990, 1, 1), date(2040, 1, 1)), st.integers(0, 40),
)  # fmt: skip
events = st.builds(
    Event, id=st.just("e1"), kind=st.sampled_from(["shelling", "siege"]), trigger=st.just(HERE), sentence=st.just(HERE),
    actors=st.lists(actors, max_size=3, unique_by=lambda a: a.name.casefold()).map(tuple),
    targets=st.lists(actors, max_size=2, unique_by=lambda a: a.name.casefold()).map(tuple),
    place=st.none() | st.builds(Place, name=names, lat=st.none() | st.just(4.5)), when=st.none() | days,
    status=st.sampled_from(["reported", "denied"]),
)  # fmt: skip
numbers = st.none() | st.integers(0, 10**9).map(float) | st.floats(0, 1e6, allow_nan=False)
figures = st.builds(
    Figure, id=st.just("f1"), span=st.just(HERE), sentence=st.just(HERE), measure=st.sampled_from(["killed", "other"]),
    bound=st.sampled_from(["exact", "range"]), low=numbers, high=numbers, counted=st.none() | names,
    party=st.none() | names, unit=st.none() | names, cumulative=st.none() | st.booleans(), as_of=st.none() | days,
    place=st.none() | st.builds(Place, name=names), claimed_by=st.none() | actors,
)  # fmt: skip


def sayable(item: Any) -> bool:
    """A name that says none is the one that cannot be typed."""
    return not any(value.casefold().strip("; ") == "none" for value in typed(item).values())


@given(events | figures)
def test_a_row_as_typed_is_the_row(item: Event | Figure) -> None:
    if sayable(item):
        again = corrected(item, typed(item))
        assert typed(again) == typed(item)
        # A number that one wrote as 3 and read as 3.0 is the same.
        assert again == item


def test_names_with_commas_come_back() -> None:
    event = Event(id="e1", kind="siege", trigger=HERE, sentence=HERE, actors=(Actor(name="Smith, Jr."),))
    assert typed(event)["actors"] == "Smith, Jr.;"
    assert corrected(event, {"actors": "Smith, Jr.;"}) == event


def test_who_stays_is_who_they_were() -> None:
    who = Actor(name="A", party="B", kind="state")
    event = Event(id="e1", kind="siege", trigger=HERE, sentence=HERE, actors=(who,))
    found = corrected(event, {"actors": "a, C"}).actors
    assert found == (who, Actor(name="C"))


def test_words_that_a_field_takes() -> None:
    assert "denies" in choices(Statement, "stance")
    assert "shelling" in choices(Event, "kind")
    assert choices(Statement, "speaker") == ()
    assert set(fields(Statement)) == {"stance", "directness", "speaker", "addressee", "occasion", "said_on"}


FIGURE = Figure(id="f1", span=HERE, sentence=HERE, measure="killed", bound="exact", low=3, high=3)
EVENT = Event(id="e1", kind="siege", trigger=HERE, sentence=HERE)


@pytest.mark.parametrize(
    ("item", "changes", "words"),
    [
        (EVENT, {"kind": "dancing"}, "cannot be 'dancing'"),
        (EVENT, {"when": "3 March"}, "cannot be so corrected"),
        (EVENT, {"when": "2022-03-05/2022-03-01"}, "before the first"),
        (FIGURE, {"low": "many"}, "cannot be so corrected"),
        (FIGURE, {"low": "9"}, "above high"),
        (FIGURE, {"high": "inf"}, "plain numbers"),
        (FIGURE, {"low": "1,5"}, "cannot be so corrected"),
        (FIGURE, {"why": "so"}, "cannot be corrected"),
    ],
)
def test_what_makes_no_sense_is_refused_when_typed(item: Any, changes: dict[str, str], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        checked(item, changes)


def test_numbers_as_people_write_them() -> None:
    assert checked(FIGURE, {"low": "1,200", "high": "12,000.5", "bound": "range"}).high == 12000.5


def test_what_each_person_last_said() -> None:
    said = [Judgement(verdict=v, by=by, at=str(n)) for n, (v, by) in enumerate(  # type: ignore[arg-type]
        [("yes", "ann"), ("no", "bob"), ("unsure", "ann"), ("undo", "ann")])]  # fmt: skip
    assert {by: one.verdict for by, one in by_person(said).items()} == {"ann": "yes", "bob": "no"}
    assert [one.verdict for one in not_taken_back(said)] == ["yes", "no"]
