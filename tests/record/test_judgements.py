"""What people judge: the newest counts, undo takes back one at a time, corrections make sense or are refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.errors import UsageError
from counterclaim.record.judgements import VERDICTS, Judgement, corrected, standing
from counterclaim.types import Event, Figure, Place, Span

EVENT = Event(id="e1", kind="shelling", trigger=Span(0, 3), sentence=Span(0, 9))


def said(*verdicts: str) -> list[Judgement]:
    return [Judgement(verdict=v, by="ann", at=f"2022-03-03T00:00:{n:02}+00:00") for n, v in enumerate(verdicts)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("history", "left"),
    [
        ("", None), ("yes", "yes"), ("yes no", "no"), ("yes no undo", "yes"), ("yes undo", None),
        ("yes undo undo no", "no"), ("yes no undo undo", None),
    ],
)  # fmt: skip
def test_what_stands(history: str, left: str | None) -> None:
    found = standing(said(*history.split()))
    assert (found.verdict if found else None) == left


@given(st.lists(st.sampled_from(VERDICTS)), st.sampled_from([v for v in VERDICTS if v != "undo"]))
def test_undo_gives_back_what_stood_before(history: list[str], verdict: str) -> None:
    assert standing(said(*history, verdict, "undo")) == standing(said(*history))


def test_a_correction_sets_fields() -> None:
    town = Place(name="Korva", geonames_id=7)
    found = corrected(
        EVENT,
        {"kind": "clash", "place": "korva", "when": "2022-03-01/2022-03-02", "actors": "One Army, Other Army"},
        {"korva": town},
    )
    assert (found.kind, found.place) == ("clash", town)
    assert found.when is not None
    assert (found.when.start, found.when.end, found.when.precision) == (date(2022, 3, 1), date(2022, 3, 2), 2)
    assert [a.name for a in found.actors] == ["One Army", "Other Army"]
    assert corrected(found, {"place": "none", "actors": ""}).place is None


def test_a_number_is_a_number() -> None:
    figure = Figure(id="f1", span=Span(0, 2), sentence=Span(0, 9), measure="killed", bound="exact", low=3, high=3)
    assert corrected(figure, {"low": "12", "high": "none", "bound": "at_least"}).low == 12


@pytest.mark.parametrize("changes", [{"sentence": "1"}, {"status": "perhaps"}, {"when": "yesterday"}, {"mood": "bad"}])
def test_what_makes_no_sense_is_refused(changes: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="cannot be"):
        corrected(EVENT, changes)
