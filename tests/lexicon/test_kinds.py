"""Every kind of event: its file, its mappings, and its own examples."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from counterclaim import conflict as conflicts
from counterclaim import language
from counterclaim.errors import ConfigError
from counterclaim.reading import actors, events, places, statements, times
from counterclaim.reading.events import triggers
from counterclaim.types import Passage, Report, Span

KINDS = [
    "clash", "shelling", "air_strike", "explosion", "attack_on_civilians", "abduction", "capture", "recapture",
    "siege", "advance", "withdrawal", "transfer", "annexation", "invasion", "arrest_detention",
    "property_destruction", "weapons_intercepted", "deployment", "talks", "meeting", "call", "agreement",
    "ceasefire", "evacuation", "prisoner_exchange", "aid", "sanction", "appeal", "refusal", "accusation",
    "threat", "investigation", "protest", "displacement", "outage_shortage", "casualties_reported",
    "election_office", "other",
]  # fmt: skip

ACLED = {
    "Battles", "Explosions/Remote violence", "Violence against civilians", "Protests", "Riots",
    "Strategic developments",
}  # fmt: skip
PLOVER = {
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "SANCTION", "PROTEST", "MOBILIZE", "COERCE", "ASSAULT", "",
}  # fmt: skip


@pytest.fixture(scope="session")
def told(nlp) -> Callable[[str], set[str]]:
    """The kinds of event that one sentence tells."""
    profile = conflicts.load("generic")

    def run(text: str) -> set[str]:
        whole = Passage(kind="paragraph", span=Span(0, len(text)))
        page = language.page_of(Report(id="t", text=text, passages=(whole,)), nlp)
        cast, calendar, atlas = actors.find(page, profile), times.find(page, profile), places.find(page, profile)
        return {e.kind for e in events.find(page, cast, calendar, atlas, statements.find(page, cast, calendar))}

    return run


def test_all_kinds_of_the_design_have_a_file():
    assert sorted(triggers.kinds()) == sorted(KINDS)


@pytest.mark.parametrize("name", KINDS)
def test_kind_is_described_and_mapped(name):
    kind = triggers.kinds()[name]
    assert kind.about
    assert kind.acled[0] in ACLED
    assert kind.acled[1]
    assert kind.plover[0] in PLOVER
    assert len(kind.yes) >= 5
    assert len(kind.no) >= 3


@pytest.mark.parametrize("name", KINDS)
def test_examples(name, told):
    kind = triggers.kinds()[name]
    assert [s for s in kind.yes if name not in told(s)] == []
    assert [s for s in kind.no if name in told(s)] == []


def test_unless_names_kinds():
    named = {k for ts in triggers.event_triggers().values() for t in ts for k in t.unless}
    assert named <= set(KINDS)


def test_unknown_class_is_refused():
    with pytest.raises(ConfigError, match="no word class @nonsense"):
        triggers.index([("clash", {"verbs": "fight", "with": {"object": "@nonsense"}})])


def test_particle_and_phrase_are_keyed_by_their_first_word():
    found = triggers.index([("x", {"verbs": "pull_out", "phrases": ["catch fire"]})])
    assert set(found) == {"pull", "catch"}
    assert found["pull"][0].required[0][0] == "particle"
    assert found["catch"][0].rest == ("fire",)
