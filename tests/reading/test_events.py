"""Events: who, whom, where, whether it happened, and what was struck with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.language import at
from counterclaim.reading.events import responsibility, status
from counterclaim.reading.events.frames import Frame
from counterclaim.types import Event, Span

LEAD = "A report from the front\n\n"


@pytest.fixture(scope="session")
def told(read):
    """The events of a short text, below a headline that tells none."""

    def run(text: str, conflict: str = "ukraine-2022") -> list[Event]:
        return list(read(LEAD + text, conflict, published="2022-03-10").events)

    return run


def one(events: list[Event], kind: str) -> Event:
    found = [e for e in events if e.kind == kind]
    assert len(found) == 1, [e.kind for e in events]
    return found[0]


@pytest.mark.parametrize(
    "text",
    [
        "Russian forces shelled Kharkiv.",
        "Kharkiv was shelled by Russian forces.",
        "The shelling of Kharkiv by Russian forces went on.",
        "Russian forces launched an artillery attack on Kharkiv.",
    ],
)
def test_roles_in_any_voice(told, text):
    event = one(told(text), "shelling")
    assert [a.party for a in event.actors] == ["Russia"]
    assert event.place is not None
    assert event.place.name == "Kharkiv"
    assert event.status == "reported"


def test_trigger_and_sentence_are_spans_of_the_text(told):
    text = "Nobody slept. Drones hit a refinery near Samara."
    event = one(told(text), "air_strike")
    assert event.trigger.of(LEAD + text) == "hit"
    assert event.sentence.of(LEAD + text) == "Drones hit a refinery near Samara."
    assert event.why


def test_one_row_a_sentence_and_kind(told):
    events = told("Rockets hit Kharkiv and rockets hit Izyum. Rockets hit Lyman.")
    assert [e.kind for e in events].count("shelling") == 2


def test_blow_takes_the_dead_of_its_sentence(told):
    kinds = {e.kind for e in told("A missile hit a market in Kramatorsk, killing nine people.")}
    assert "shelling" in kinds
    assert "casualties_reported" not in kinds


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Israel struck a school in Gaza City.", "air_strike"),
        ("Hezbollah struck a town in northern Israel.", "shelling"),
        ("Israeli artillery struck a school in Gaza City.", "shelling"),
        ("Hezbollah drones struck a town in northern Israel.", "air_strike"),
    ],
)
def test_what_a_side_strikes_with(told, text, kind):
    one(told(text, "gaza-2023"), kind)


def test_a_blow_only_recalled_is_no_new_event(told):
    events = told("Rockets hit a school in Lyman. Berlin condemned the strike.")
    assert [e.kind for e in events if e.kind in {"shelling", "air_strike"}] == ["shelling"]


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Troops seized the town.", "seized", ("reported", "")),
        ("Troops did not seize the town.", "seize", ("denied", "not")),
        ("Moscow denied shelling the town.", "shelling", ("denied", "denial")),
        ("Troops failed to seize the town.", "seize", ("denied", "not")),
        ("Troops will seize the town.", "seize", ("planned", "will")),
        ("Troops could seize the town.", "seize", ("planned", "modal")),
        ("The offensive will succeed in seizing the town.", "seizing", ("planned", "will")),
        ("Troops succeeded in seizing the town.", "seizing", ("reported", "")),
        ("Troops plan to seize the town.", "seize", ("planned", "intent")),
        ("Troops tried to seize the town.", "seize", ("reported", "try")),
        ("They fear the threat of an invasion.", "invasion", ("planned", "intent")),
        ("A possible attack worries them.", "attack", ("planned", "forecast")),
        ("If troops seize the town, many will flee.", "seize", ("planned", "if")),
        ("Ships came to lift the blockade.", "blockade", ("reported", "")),
        ("Ministers announced further sanctions.", "sanctions", ("reported", "")),
        ("The army is planning an offensive.", "offensive", ("planned", "intent")),
        ("Residents came to prevent them from seizing the plant.", "seizing", ("planned", "intent")),
        ("A failed attempt to seize the town cost them dearly.", "seize", ("denied", "not")),
        ("The talks should not be held in public.", "talks", ("planned", "modal")),
        ("There was no progress in the talks.", "talks", ("reported", "")),
        ("The deal could lead to a ceasefire.", "ceasefire", ("planned", "modal")),
        ("They are close to seizing the town.", "seizing", ("planned", "intent")),
        ("The army is preparing to try to seize the town.", "seize", ("planned", "intent")),
        ("The next phase of the offensive will begin soon.", "offensive", ("planned", "will")),
        ("An offensive would seek to split the country.", "offensive", ("planned", "modal")),
        ("The offensive would have failed without them.", "offensive", ("reported", "")),
        ("Families want to escape the shelling.", "shelling", ("reported", "")),
    ],
)
def test_mood(nlp, text, word, expected):
    token = next(t for t in nlp(text) if t.text == word)
    assert status.read(token) == expected


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("Two officers were reported to have been killed near Lyman.", "casualties_reported", "claimed"),
        ("Two officers have been killed near Lyman.", "casualties_reported", "reported"),
        ("The rebels admitted shelling Lyman.", "shelling", "claimed"),
        ("Prosecutors looked into alleged massacres near Lyman.", "attack_on_civilians", "claimed"),
        ("Troops are trying to encircle Lyman.", "siege", "planned"),
        ("Troops have encircled Lyman.", "siege", "reported"),
    ],
)
def test_hearsay_and_tries(told, text, kind, expected):
    assert one(told(text), kind).status == expected


def test_claimed_by_whoever_says_so(told):
    event = one(told("Kyiv said Russian forces had shelled Sumy."), "shelling")
    assert event.status == "claimed"
    assert event.statement is not None


def test_what_somebody_is_accused_of_is_claimed(told):
    assert one(told("The army stood accused of shelling a market in Sumy."), "shelling").status == "claimed"


@pytest.mark.parametrize(
    ("text", "who", "grade", "by"),
    [
        ("Russian forces shelled Sumy.", "Russia", "reported", None),
        ("Kyiv said Russian forces had shelled Sumy.", "Russia", "accused", "Ukraine"),
        ("Moscow said Russian forces had shelled Sumy.", "Russia", "claimed", "Russia"),
    ],
)
def test_who_did_it_says_who(read, text, who, grade, by):
    reading = read(LEAD + text, "ukraine-2022", published="2022-03-10")
    event = one(list(reading.events), "shelling")
    found = responsibility.of(event, {s.id: s for s in reading.statements})
    assert [(r.who.party, r.grade, r.by.party if r.by else None) for r in found] == [(who, grade, by)]


def test_nobody_has_done_what_is_only_planned(read):
    reading = read(LEAD + "Russian forces will shell Sumy.", "ukraine-2022", published="2022-03-10")
    assert responsibility.of(one(list(reading.events), "shelling"), {}) == ()


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Russia claimed responsibility for an artillery attack on Sumy.", "claimed"),
        ("Russia denied responsibility for an artillery attack on Sumy.", "denied"),
    ],
)
def test_who_answers_for_a_blow_is_its_actor(told, text, status):
    event = one(told(text), "shelling")
    assert [a.party for a in event.actors] == ["Russia"]
    assert event.status == status


def test_an_act_of_words_is_the_reporters_own(told):
    assert one(told("Kyiv accused Moscow of shelling civilians in Sumy."), "accusation").status == "reported"


def test_the_same_event_is_tied_to_its_first_telling(told):
    events = told(
        "Russian forces seized Kherson on Tuesday. Officials left.\n\nRussian forces seized Kherson on Tuesday."
    )
    captures = [e for e in events if e.kind == "capture"]
    assert [e.same_as for e in captures] == [None, captures[0].id]


def test_other_day_is_another_event(told):
    events = told("Rockets hit Kharkiv on Monday. Rockets hit Kharkiv on Wednesday.")
    assert [e.same_as for e in events if e.kind == "shelling"] == [None, None]


@pytest.mark.parametrize(
    "text",
    [
        "Kyiv accused Moscow of shelling a market in Sumy.",
        "Moscow was accused of shelling a market in Sumy.",
        "Kyiv denied losing the road and accused Russian forces of shelling a market.",
    ],
)
def test_who_is_accused_did_it_by_that_account(told, text):
    event = one(told(text), "shelling")
    assert [a.party for a in event.actors] == ["Russia"]
    assert event.status == "claimed"


def test_who_dies_suffers_it_and_a_weapon_is_no_target(told):
    event = one(told("Three civilians died in the cold on Thursday."), "casualties_reported")
    assert (list(event.actors), [a.name for a in event.targets]) == ([], ["Three civilians"])
    strike = one(told("A Russian drone strike on Odesa woke the city."), "air_strike")
    assert [a.name for a in strike.targets] == ["Odesa"]
    assert one(told("The drone strike woke the city."), "air_strike").targets == ()


@pytest.mark.parametrize(
    ("text", "kind", "targets"),
    [
        ("Five train stations came under fire on Monday.", "shelling", ["Five train stations"]),
        ("Russian peacekeepers killed", "casualties_reported", ["Russian peacekeepers"]),
        ("The town was raided and dozens abducted.", "abduction", ["dozens"]),
    ],
)
def test_who_is_hit_is_no_actor(told, text, kind, targets):
    event = one(told(text), kind)
    assert (list(event.actors), [a.name for a in event.targets]) == ([], targets)


def test_what_is_ruled_out_is_not_told_as_done(told):
    assert one(told("The premier has ruled out deploying troops."), "deployment").status == "planned"


def test_a_name_for_a_thing_is_no_appeal(told):
    assert [e.kind for e in told("Baku launched what it calls an operation on Tuesday.")].count("appeal") == 0


def test_who_condemns_an_attack_accuses_whose_it_is(told):
    event = one(told("Lithuania condemned the Russian attack."), "accusation")
    assert [a.party for a in event.targets] == ["Russia"]


def test_who_is_quoted_as_urging_is_who_appeals(told):
    event = one(
        told("Their spokesman Patrick Muyaya said the army held the port and urged residents to stay."), "appeal"
    )
    assert [a.name for a in event.actors] == ["Patrick Muyaya"]


def test_who_stands_beside_an_office_is_named(told):
    event = one(told("The mayor of Sumy, Olena Hrytsenko, urged both sides to hold their fire."), "appeal")
    assert [a.name for a in event.actors] == ["Olena Hrytsenko"]


def test_that_there_is_no_water_is_told_not_denied(told):
    assert one(told("There has been no water since Thursday."), "outage_shortage").status == "reported"
    assert [e for e in told("No rockets hit the town on Thursday.") if e.status == "reported"] == []


def test_what_is_dated_ahead_is_planned(told):
    assert (
        one(
            told("The ceasefire of 9 March will hold, he hopes.\n\nTalks on 20 March bring both sides to Minsk."),
            "talks",
        ).status
        == "planned"
    )
    assert one(told("Talks on 2 March brought both sides to Minsk."), "talks").status == "reported"


@pytest.mark.parametrize(
    ("text", "actors", "targets"),
    [
        ("It was one of the war's biggest drone attacks on Odesa.", [], {"Odesa"}),
        ("The attack on Saturday hit a market in Odesa.", [], {"market"}),
        ("A school in Rafah was destroyed by an Israeli strike.", ["Israel"], {"school"}),
        ("Russia's effort to seize the town failed.", ["Russia"], {"town"}),
    ],
)
def test_times_and_blows_are_nobody_and_a_blow_is_its_owners(told, text, actors, targets):
    events = told(text)
    assert events
    for event in events:
        assert {a.party for a in event.actors} <= set(actors)
        assert {a.name for a in event.targets} <= targets
    assert {a.party for e in events for a in e.actors} == set(actors)


def test_the_dead_of_two_sides_are_not_one_event(told):
    events = told(
        "The army said 500 Russian soldiers were killed in Bakhmut on Monday. "
        "Moscow said 300 Ukrainian troops were killed in Bakhmut on Monday. "
        "The 300 Ukrainian troops were killed in Bakhmut on Monday, families said."
    )
    losses = [e for e in events if e.kind == "casualties_reported"]
    assert [e.same_as for e in losses] == [None, None, losses[1].id]


def test_a_country_that_acts_is_no_scene(told):
    event = one(told("Russia fired missiles. Smoke rose over Odesa."), "shelling")
    assert event.place is None or event.place.name != "Russia"


@pytest.mark.parametrize(
    ("text", "word", "role", "filled"),
    [
        ("Rebels who held the town shelled the base.", "held", "subject", ["Rebels"]),
        ("The base, shelled by rebels, burned.", "shelled", "object", ["base"]),
        ("Rebels and soldiers fought.", "fought", "subject", ["Rebels", "soldiers"]),
        ("The army pulled out of the town.", "pulled", "particle", ["out"]),
        ("They live in Russian-occupied Kherson.", "occupied", "tied", ["Russian"]),
        ("Areas under their control grew.", "control", "topic", ["Areas"]),
        ("Areas under their control grew.", "control", "marker", ["under"]),
    ],
)
def test_frame_roles(nlp, text, word, role, filled):
    token = next(t for t in nlp(text) if t.text == word)
    assert [t.text for t in Frame(token).role(role)] == filled


@given(
    st.lists(
        st.sampled_from(["attack", "on", "the", "of", "-", "(", "Kyiv", "strike", "fell", "to", "“", "”", "\n", "no"])
    )
)
def test_no_text_raises(read, words):
    text = " ".join(words)
    reading = read(text, "ukraine-2022")
    for event in reading.events:
        assert Span(0, len(text)).covers(event.trigger)
        assert event.sentence.covers(event.trigger)


def test_at_gives_the_offset_of_the_report(page):
    parsed = page(LEAD + "Rockets hit Lyman.")
    token = parsed.sentences[-1].tokens[1]
    assert at(token).of(parsed.text) == "hit"


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Shells fell on the village on Monday.", []),
        ("Russian missiles hit Kyiv on Monday.", ["Government of Russia"]),
        ("Rockets fired by Hezbollah hit Haifa.", ["Hezbollah"]),
    ],
)
def test_weapons_do_nothing_by_themselves(read, text, actors):
    assert [[a.name for a in e.actors] for e in read(text, published="2022-03-03").events] == [actors]
