"""Who says what, on texts of our own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim import conflict
from counterclaim.language import page_of
from counterclaim.reading import actors, statements
from counterclaim.reading.statements.cues import lexicon
from counterclaim.types import Span
from tests.conftest import make_report


class Nowhen:
    """A calendar that knows no day."""

    def of(self, token):
        return None


@pytest.fixture(scope="module")
def said(nlp):
    def run(text):
        page = page_of(make_report(text), nlp)
        return statements.find(page, actors.find(page, conflict.load("generic")), Nowhen())

    return run


def contents(found, text):
    return [" | ".join(c.of(text) for c in s.content) for s in found]


def one(found, text, content):
    fits = [s for s in found if " | ".join(c.of(text) for c in s.content).rstrip(".,") == content]
    assert fits, contents(found, text)
    return fits[0]


def test_indirect_speech(said):
    text = "The ministry said on Monday that two bridges had been destroyed."
    (s,) = said(text)
    assert contents([s], text) == ["two bridges had been destroyed"]
    assert s.source.of(text) == "The ministry"
    assert s.cue.of(text) == "said"
    assert (s.directness, s.stance, s.via) == ("indirect", "asserts", None)
    assert s.why == "say: S"


def test_inverted_order(said):
    text = "“The road is closed and nobody can leave,” said Anna Meyer, the deputy mayor."
    (s,) = said(text)
    assert s.source.of(text) == "Anna Meyer, the deputy mayor"
    assert s.directness == "direct"


def test_split_quotation_is_one_statement(said):
    text = "“We are cold,” said Anna Meyer, a nurse. “We have had no light for a week.”"
    (s,) = said(text)
    assert contents([s], text) == ["We are cold, | We have had no light for a week."]


def test_a_quotation_of_several_sentences_is_taken_whole(said):
    text = "The general said: “They came at night. They burned the depot. Nobody slept.” Then he left."
    (s,) = said(text)
    assert contents([s], text) == ["They came at night. They burned the depot. Nobody slept."]


def test_mixed_content_runs_over_the_full_stop_in_marks(said):
    text = "He added that the army “wanted the whole valley. It will not stop.”"
    (s,) = said(text)
    assert s.directness == "mixed"
    assert s.content[0].of(text).endswith("It will not stop.”")


def test_a_quotation_of_the_next_sentence_keeps_its_own_speaker(said):
    text = "“We are cold,” said Anna Meyer. “We need bread,” said Paul Weber."
    by = {s.source.of(text): s.content[0].of(text) for s in said(text)}
    assert by == {"Anna Meyer": "We are cold,", "Paul Weber": "We need bread,"}


def test_a_paragraph_of_quotation_goes_on_with_its_speaker(said):
    text = "“We are cold and tired,” said Anna Meyer.\n\n“Nobody has told us when the trucks will come.”"
    first, second = said(text)
    assert second.source == first.source
    assert second.why == "quotation goes on"


def test_participles_share_the_speaker(said):
    text = "The governor said the dam had broken, adding that three villages were under water."
    found = said(text)
    s = one(found, text, "three villages were under water")
    assert s.source.of(text) == "The governor"
    one(found, text, "the dam had broken")


def test_coordinated_cues_share_the_speaker(said):
    text = "A negotiator confirmed the exchange of prisoners and said it would begin soon."
    found = said(text)
    assert one(found, text, "the exchange of prisoners").stance == "confirms"
    assert one(found, text, "it would begin soon").source.of(text) == "A negotiator"


@pytest.mark.parametrize(
    ("text", "content", "source"),
    [
        ("The dam has broken, according to the governor.", "The dam has broken", "the governor"),
        ("According to the governor, the dam has broken.", "the dam has broken", "the governor"),
        ("The dam, according to the governor, has broken.", "The dam | has broken", "the governor"),
        ("On Monday, according to the governor, the dam broke.", "the dam broke", "the governor"),
    ],
)
def test_according_to_in_every_place(said, text, content, source):
    s = one(said(text), text, content)
    assert s.source.of(text) == source


def test_nested_statements_are_tied_to_their_carrier(said):
    text = "The aide said the president had told his generals that the war was lost."
    found = said(text)
    inner = one(found, text, "the war was lost")
    carrier = next(s for s in found if s.id == inner.via)
    assert carrier.source.of(text) == "The aide"
    assert inner.source.of(text) == "the president"
    assert inner.addressee == "his generals"


def test_according_to_carries_what_it_reports(said):
    text = "The president told the envoy that the army would stay, according to an account of their call."
    found = said(text)
    inner = one(found, text, "the army would stay")
    outer = next(s for s in found if s.why == "according to")
    assert inner.via == outer.id


def test_a_source_cited_stands_behind_the_same_words(said):
    text = "The agency reported that the road was open, citing the police."
    found = said(text)
    cited = next(s for s in found if s.why == "citing")
    carrier = next(s for s in found if s.why.startswith("report"))
    assert cited.content == carrier.content
    assert cited.via == carrier.id


def test_hidden_sources_have_no_span(said):
    text = "The general is said to be in hiding. He reportedly left the town on Monday."
    found = said(text)
    assert len(found) == 2
    assert all(s.source is None for s in found)
    assert all(s.speaker.anonymous for s in found)


@pytest.mark.parametrize(
    "text",
    [
        "The army did not say where the shells came from.",
        "The ministry could not confirm the deaths.",
        "The minister is expected to announce a curfew.",
        "The president believes the war will be short.",
        "The so-called “People's Council” met in the town hall.",
        "The advance threatens to cut the road.",
        "The general called off the raid.",
        "The driver, nicknamed “Shorty”, left the town.",
    ],
)
def test_what_is_no_statement(said, text):
    assert contents(said(text), text) == []


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The president said: “We will never leave this town.”", "vows"),
        ("The envoy said aid must be let into the town.", "demands"),
        ("The mayor said the shelling of the clinic was a war crime.", "accuses"),
        ("The minister said the road was open.", "asserts"),
        ("The president called for a ceasefire.", "demands"),
        ("The president called the vote a farce.", "asserts"),
    ],
)
def test_stance(said, text, stance):
    assert [s.stance for s in said(text)] == [stance]


@pytest.mark.parametrize(
    ("text", "occasion"),
    [
        ("The mayor told a news conference that the water was safe.", "a news conference"),
        ("The mayor said in a post on Telegram that the water was safe.", "a post on Telegram"),
        ("The mayor told residents that the water was safe.", None),
    ],
)
def test_occasion(said, text, occasion):
    (s,) = said(text)
    assert s.occasion == occasion


def test_content_leaves_out_what_the_reporter_adds(said):
    text = "The army said it had shot down a drone, marking the third such raid this week."
    assert contents(said(text), text) == ["it had shot down a drone"]


def test_a_post_under_its_handle(said):
    text = "Day 5\n\n10:15\n@Anna_Meyer\nOur town is cold tonight. Please send blankets and bread.\n"
    found = [s for s in said(text) if s.why == "post"]
    if not found:
        pytest.skip("the passages see no post here")
    assert found[0].source.of(text) == "@Anna_Meyer"
    assert found[0].directness == "direct"


def test_carrier_is_the_innermost(said):
    text = "The aide said the president had told his generals that the war was lost."
    found = said(text)
    start = text.index("the war was lost")
    inner = statements.carrier(found, Span(start, start + 7))
    assert inner is not None
    assert inner.source.of(text) == "the president"
    assert statements.carrier(found, Span(0, 3)) is None


def test_the_lexicon_is_large_and_has_no_empty_frames():
    lex = lexicon()
    phrases = [c for particles in lex.phrases.values() for c in particles.values()]
    every = [*lex.verbs.values(), *phrases, *lex.nouns.values(), *lex.sources.values(), *lex.hidden.values()]
    assert len(every) >= 300
    assert all(c.frames for c in lex.verbs.values())
    assert {f.shape for c in lex.verbs.values() for f in c.frames} <= {"S", "Q", "to", "ing", "N", "P", "@"}


WORDS = st.sampled_from(
    "The mayor said that told “ ” ‘ ’ \" ' , . : ; - – according to citing he they it reportedly what was accused of "
    "Kyiv called on claim by \n\n — ( ) … adding denied the attack which".split(" ")
)


@given(st.lists(WORDS, max_size=40))
def test_odd_texts_read_without_failing(said, words):
    text = " ".join(words)
    if not text.strip():
        return
    found = said(text)
    ids = {s.id for s in found}
    assert len(ids) == len(found)
    for s in found:
        assert s.why
        assert all(0 <= c.start < c.end <= len(text) for c in s.content)
        assert s.via is None or (s.via in ids and s.via != s.id)


@pytest.mark.parametrize("text", ['He said "' * 400, "“" * 900, "said " * 900, "The mayor said the road, which " * 100])
def test_a_broken_page_is_read_quickly(said, text):
    assert len(said(text)) < 200


def test_what_is_said_keeps_the_mark_that_closes_its_quotation(read) -> None:
    text = "The minister said on Friday that the operation was “going to plan”. He left soon afterwards."
    (statement,) = read(text).statements
    assert statement.content[0].of(text) == "the operation was “going to plan”"


def test_asking_for_anonymity_is_no_statement(read) -> None:
    text = "A doctor, who asked not to be identified for fear of reprisals, said 19 of the dead were children."
    (statement,) = read(text).statements
    assert statement.content[0].of(text) == "19 of the dead were children"
    assert statement.speaker.anonymous
