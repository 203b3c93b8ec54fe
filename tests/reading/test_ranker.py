"""The learned part of events: signs of places, and weights that may set the rules' answer aside."""

from __future__ import annotations

import json
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim import reading
from counterclaim.reading.events import ranker
from counterclaim.reading.events.ranker import Ranker
from counterclaim.reading.events.signs import families
from counterclaim.reading.events.triggers import kinds
from tests.conftest import make_report

SIGNS = st.sampled_from(["here", "back=1", "main", "rule", "prep=in"])
TOLD = st.lists(st.lists(SIGNS, max_size=5), min_size=1, max_size=6)


def test_every_kind_has_a_family():
    assert families().keys() == kinds().keys()


def test_the_weights_that_ship_are_small_and_whole():
    shipped = resources.files("counterclaim.lexicon").joinpath("events", "places.json")
    assert len(shipped.read_bytes()) < 100_000
    weights = ranker.places()
    assert weights.least > 0
    assert weights.weights["rule"] > 0
    assert json.loads(shipped.read_text("utf-8"))["version"]


def test_the_rules_answer_stays_unless_another_is_better_by_the_margin():
    weights = Ranker({"rule": 1.0, "here": 1.5, "main": 3.0}, least=1.0)
    assert weights.choose([["rule"], ["here"]], 0) == 0
    assert weights.choose([["rule"], ["main"]], 0) == 1
    assert weights.choose([["here"], ["main"]], None) == 1
    assert weights.choose([], None) is None


@given(TOLD, st.dictionaries(SIGNS, st.floats(-5, 5)), st.data())
def test_an_endless_margin_is_the_rules_alone(told, known, data):
    rule = data.draw(st.integers(0, len(told) - 1))
    assert Ranker(known, float("inf")).choose(told, rule) == rule


@given(TOLD, st.dictionaries(SIGNS, st.floats(-5, 5)))
def test_the_order_of_signs_does_not_matter(told, known):
    weights = Ranker(known, 0.0)
    turned = [list(reversed(signs)) for signs in told]
    assert [weights.score(s) for s in turned] == pytest.approx([weights.score(s) for s in told])


REPORT = """Drones over Sumy

A drone hit a depot in Sumy on Monday.

Firefighters worked through the night. The strike killed two guards, the mayor said.

Kharkiv and Poltava heard explosions too, and Ukraine asked for help."""


@pytest.fixture
def both(nlp):
    """A report's events by the rules alone and with the weights."""

    def run(text: str):
        report = make_report(text, published="2022-03-10")
        return tuple(reading.read(report, "ukraine-2022", nlp, reader).events for reader in ("rules", "encoder"))

    return run


def test_only_places_change_and_each_change_says_why(both, monkeypatch):
    monkeypatch.setattr(ranker, "places", lambda: Ranker({"head": 9.0, "rule": -9.0, "away": 1.0}, 0.0))
    alone, weighed = both(REPORT)
    assert [(e.kind, e.trigger, e.when) for e in alone] == [(e.kind, e.trigger, e.when) for e in weighed]
    assert not any("by weight" in e.why for e in alone)
    changed = [b for a, b in zip(alone, weighed, strict=True) if a.place != b.place]
    assert changed, "these weights set every guess aside"
    assert all("by weight" in e.why for e in changed)


def test_a_place_in_a_role_of_the_trigger_is_never_set_aside(both, monkeypatch):
    monkeypatch.setattr(ranker, "places", lambda: Ranker({"rule": -99.0}, 0.0))
    _, weighed = both("Notes from the war\n\nPoltava was calm. Russian forces shelled Kharkiv.")
    shelling = next(e for e in weighed if e.kind == "shelling")
    assert shelling.place is not None
    assert shelling.place.name == "Kharkiv"


def test_a_page_without_places_is_read(both):
    alone, weighed = both("Notes from the war\n\nTroops clashed with rebels, and many homes were destroyed.")
    assert [e.place for e in weighed] == [e.place for e in alone]
