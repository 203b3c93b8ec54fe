"""Attributions as GUM would have them, made from the statements of a page."""

from counterclaim.language import page_of
from counterclaim.reading import read
from tests.conftest import make_report
from training import rst


def attributions(nlp, text):
    report = make_report(text)
    found = rst.attributions(page_of(report, nlp), read(report, nlp=nlp, reader="rules").statements)
    return [(a.source.of(text), a.cue.of(text), [c.of(text) for c in a.content]) for a in found]


def test_belief_and_what_was_not_said_are_in(nlp):
    found = attributions(nlp, "The king believed the war was lost. The aides have not said why the envoy left.")
    assert ("The king", "believed", ["the war was lost"]) in found
    assert [source for source, _, _ in found] == ["The king", "The aides"]


def test_belief_inside_what_is_said_is_nested(nlp):
    found = attributions(nlp, "“I think the bridge will hold,” the engineer said.")
    assert {source for source, _, _ in found} == {"the engineer", "I"}


def test_noun_phrases_infinitives_and_later_sentences_are_out(nlp):
    assert not attributions(nlp, "The king announced a truce. The queen asked them to leave.")
    found = attributions(nlp, "“The bridge is gone,” the mayor said. “We shall build a new one next year.”")
    assert [content for _, _, content in found] == [["The bridge is gone,"]]
