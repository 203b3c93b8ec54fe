"""Statements that answer each other: found by words, by pointing back, by blame; nothing is called true."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from counterclaim.record.answers import Answer, blames, denials, holdings, rules
from counterclaim.record.tellings import Telling, tellings
from tests.build import Build

R, U = "Russia", "Ukraine"


def told(family: str, *builds: Build) -> list[Telling[Any]]:
    return [t for b in builds for name, t in tellings(b.reading()) if name == family]


def pairs(found: list[Answer]) -> list[tuple[list[str], str]]:
    return [([t.ref for t in a.said], a.answer.ref) for a in found]


CHARGE = "shells destroyed the maternity ward in Alpha"
DENIAL = "no shells of ours destroyed a maternity ward"


def accuser(**fields: Any) -> Build:
    return Build(f"Kyiv said that {CHARGE}.", id="a", **fields).says(CHARGE, "Kyiv", U, stance="accuses")


def denier(words: str = DENIAL, **fields: Any) -> Build:
    fields.setdefault("id", "b")
    return Build(f"Moscow said that {words}.", **fields).says(words, "Moscow", R, stance="denies")


def test_a_denial_finds_what_it_denies_in_another_report() -> None:
    (answer,) = denials(told("statement", accuser(), denier()))
    assert pairs([answer]) == [(["a/s1"], "b/s1")]
    assert answer.how == "denied"
    assert "maternity" in answer.topic


def test_not_weeks_later_nor_of_ones_own_side_nor_about_something_else() -> None:
    assert not denials(told("statement", accuser(), denier(published=28)))
    own = denier(id="c")
    own.statements = [
        type(s)(**{**_fields(s), "speaker": _fields(accuser().statements[0])["speaker"]}) for s in own.statements
    ]
    assert not denials(told("statement", accuser(), own))
    assert not denials(told("statement", accuser(), denier("no grain was taken from the silos")))


def _fields(item: Any) -> dict[str, Any]:
    return {name: getattr(item, name) for name in item.__struct_fields__}


def test_a_denial_that_only_points_back_finds_the_last_accusation_before_it() -> None:
    text = "Kyiv said the dam was mined. Kyiv accused Moscow of mining the dam. Moscow denied the claim. Kyiv wept."
    build = Build(text).says("the dam was mined", "Mayor", U)
    build.says("of mining the dam", "Kyiv", U, stance="accuses").says("the claim", "Moscow", R, stance="denies")
    build.says("wept", "Kyiv", U, stance="accuses")
    (answer,) = denials(told("statement", build))
    assert pairs([answer]) == [(["r1/s2"], "r1/s3")]
    far = Build(f"Kyiv accused. {'Much else. ' * 200} Moscow denied the claim.").says(
        "accused", "Kyiv", U, stance="accuses"
    )
    assert not denials(told("statement", far.says("the claim", "Moscow", R, stance="denies")))


def test_a_report_of_a_denial_is_no_assertion() -> None:
    relay = Build("A host said that Moscow denied that shells destroyed the maternity ward.", id="c")
    relay.says("Moscow denied that shells destroyed the maternity ward", "Host", "France")
    assert not denials(told("statement", relay, denier()))


def test_each_blames_the_other() -> None:
    text = "Kyiv: they shelled it. Moscow: they shelled it."
    build = Build(text).says("they shelled it", "Kyiv", U).says("Moscow: they shelled it", "Moscow", R)
    build.event("shelling", "Kyiv: they shelled it.", "Alpha", actors=[R], status="claimed", statement="s1")
    build.event("shelling", "Moscow: they shelled it.", "Alpha", actors=[U], status="claimed", statement="s2")
    (answer,) = blames(told("event", build))
    assert (answer.how, answer.topic) == ("contradicted", "Alpha, shelling, who did it")
    build.events = build.events[:1]
    assert not blames(told("event", build))


def test_two_holders_of_one_place() -> None:
    text = "We hold it, said one. We hold it now, said the other."
    build = Build(text).holds("We hold it, said one.", "Alpha", "controlled", U, claimed_by="Kyiv", party=U)
    build.holds("We hold it now, said the other.", "Alpha", "captured", R, claimed_by="Moscow", party=R)
    (answer,) = holdings(told("holding", build))
    assert answer.topic == "Alpha, who holds it"
    late = Build(text, id="z", published=20).holds("We hold it", "Alpha", "captured", R, claimed_by="Moscow", party=R)
    build.holdings = build.holdings[:1]
    assert not holdings(told("holding", build, late))


def test_the_rules_are_data() -> None:
    assert rules().score.least > 0
    assert all(len(stem) <= 8 and stem == stem.casefold() for stem in rules().hollow.stems)


WORDS = st.lists(
    st.sampled_from("dam mined claim shells ward grain bridge false denied".split()), min_size=1, max_size=5
)


@given(
    st.lists(
        st.tuples(WORDS, st.sampled_from([R, U, None]), st.sampled_from(["denies", "asserts", "accuses"])), max_size=8
    )
)
def test_no_one_answers_themselves_and_every_answer_has_words(drawn: list[tuple[list[str], str | None, str]]) -> None:
    text = " ".join(f"x{n} {' '.join(words)}." for n, (words, _, _) in enumerate(drawn)) or "x"
    build = Build(text)
    for n, (words, party, stance) in enumerate(drawn):
        build.says(f"x{n} {' '.join(words)}", party or "Host", party, stance=stance)
    for answer in denials(told("statement", build)):
        assert answer.said
        assert answer.answer.item.stance == "denies"
        for telling in (*answer.said, answer.answer):
            assert all(telling.of(span) for span in telling.item.content)
        for telling in answer.said:
            assert telling.speaker is not None
            assert telling.speaker != answer.answer.speaker
