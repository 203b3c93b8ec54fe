"""Figures in sentences: what a number counts and measures, whose it is, and what is no figure at all."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from importlib import resources
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counterclaim.language import Page
from counterclaim.reading import figures
from counterclaim.types import Actor, Event, Figure, Place, Span, Statement, When

Pages = Callable[..., Page]


class Nobody:
    """A cast that knows one side by its adjective."""

    def party(self, words: str) -> str | None:
        return "Russia" if "Russian" in words else None

    def actor(self, token: Any) -> Actor:
        return Actor(name=token.text)


class Nowhere:
    mentions: tuple[Any, ...] = ()

    def of(self, trigger: Any) -> Place | None:
        return None

    def within(self, span: Span) -> tuple[Any, ...]:
        return ()


class Never:
    mentions: tuple[When, ...] = ()


@pytest.fixture(scope="session")
def figure(page: Pages) -> Callable[..., tuple[Figure, ...]]:
    """The figures of a text, without any help from the other families."""

    def run(text: str, said: tuple[Statement, ...] = (), happened: tuple[Event, ...] = ()) -> tuple[Figure, ...]:
        return figures.find(page(text), Nobody(), Never(), Nowhere(), said, happened)  # type: ignore[arg-type]

    return run


Figures = Callable[..., tuple[Figure, ...]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The strike killed at least 13 civilians.", [("killed", 13, "civilians")]),
        ("At least 13 men were killed and 15 injured.", [("killed", 13, "men"), ("wounded", 15, "men")]),
        ("The blast left 12 people dead and 30 hurt.", [("killed", 12, "people"), ("wounded", 30, "people")]),
        ("Rockets hit a market, killing nine soldiers.", [("killed", 9, "soldiers")]),
        ("12 soldiers were hurt, as were three nurses.", [("wounded", 12, "soldiers"), ("wounded", 3, "nurses")]),
        ("The raid killed some farmers.", [("killed", 2, "farmers")]),
        ("The raid killed some 70 farmers.", [("killed", 70, "farmers")]),
        ("Neither of the two guards was hurt.", [("wounded", 0, "people")]),
        ("The toll was revised down from 500 to 471.", [("killed", 500, "people"), ("killed", 471, "people")]),
        ("600,000 homes in Kharkiv have no power.", [("other", 600_000, "homes")]),
        ("A convoy brought 156 civilians out through the corridor.", [("evacuated", 156, "civilians")]),
        ("The army said it had lost 498 troops.", [("killed", 498, "troops")]),
        ("The death toll rose to 45.", [("killed", 45, "people")]),
        ("Officials recorded the deaths of 290 villagers.", [("killed", 290, "villagers")]),
        ("There were 100 confirmed civilian deaths.", [("killed", 100, "civilians")]),
        ("The clash caused dozens of casualties.", [("killed_or_wounded", 12, "people")]),
        ("The attack killed and wounded dozens of villagers.", [("killed_or_wounded", 12, "villagers")]),
        ("Two volunteers have gone missing near the front.", [("missing", 2, "volunteers")]),
        ("Rebels kidnapped 20 farmers.", [("captured", 20, "farmers")]),
        ("Police arrested 170 protesters.", [("detained", 170, "protesters")]),
        ("More than 9 million people were displaced.", [("displaced", 9_000_000, "people")]),
        ("About 40,000 people have fled the city.", [("displaced", 40_000, "people")]),
        ("Buses evacuated 156 people on Tuesday.", [("evacuated", 156, "people")]),
        ("Some 1,000 civilians remain trapped in the plant.", [("trapped", 1000, "civilians")]),
        ("The country deployed 1,500 troops to the border.", [("deployed", 1500, "troops")]),
        ("Gunners destroyed 80 armoured vehicles.", [("equipment_lost", 80, "armoured vehicles")]),
        ("Footage showed two tanks being blown up.", [("equipment_lost", 2, "tanks")]),
        ("Berlin will deliver another 2,700 missiles to Kyiv.", [("equipment_pledged", 2700, "missiles")]),
        ("Air defences shot down 37 drones overnight.", [("intercepted", 37, "drones")]),
        ("The fleet fired 20 missiles at the port.", [("strikes", 20, "missiles")]),
        ("There have been 30 air strikes since dawn.", [("strikes", 30, "air strikes")]),
        ("Kherson is a city of 290,000 people.", [("population", 290_000, "Kherson")]),
        ("Paris pledged $2bn (£1.6bn) in aid.", [("money", 2e9, "aid")]),
        ("They hold about 70% of the town.", [("percent", 70, "town")]),
        ("It fell after a three-day siege.", [("duration", 3, "siege")]),
        ("The village lies 40 miles (64km) from the border.", [("distance", 40, "border")]),
        ("The 27-nation bloc agreed.", [("other", 27, "bloc nation")]),
        ("Shelling damaged 13 houses.", [("other", 13, "houses")]),
    ],
)  # fmt: skip
def test_measure_and_counted(figure: Figures, text: str, expected: list[tuple[str, float, str]]) -> None:
    found = [(f.measure, f.low if f.low is not None else f.high, f.counted) for f in figure(text)]
    assert found == expected


LEXICON = tomllib.loads((resources.files("counterclaim.lexicon") / "measures.toml").read_text(encoding="utf-8"))
EXAMPLES = [(name, text) for name, entry in LEXICON.items() for text in entry.get("examples", ())]


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_examples_of_the_lexicon(figure: Figures, name: str, example: str) -> None:
    text = example.replace("[", "").replace("]", "")
    found = [(f.span.of(text), f.measure) for f in figure(text)]
    assert found == [(number, name) for number in re.findall(r"\[(.+?)\]", example)]


@pytest.mark.parametrize(
    "text",
    [
        "The 41st Army crossed the river on 3 March 2022 at 8.30am.",
        "Ivan Petrenko, 39, is one of the best pilots.",
        "The two sides met in the 1990s.",
        "One official said talks went on.",
        "It was one of the largest attacks of the war.",
        "Several ministers spoke in the past 24 hours.",
        "Troops used Su-35 jets and S-400 batteries.",
    ],
)
def test_no_figure(figure: Figures, text: str) -> None:
    assert [f.span.of(text) for f in figure(text)] == []


def test_part_of_a_larger_figure(figure: Figures) -> None:
    whole, part = figure("The raid killed 38 people, including 12 children.")
    assert (part.measure, part.low, part.part_of, whole.part_of) == ("killed", 12, whole.id, None)


def test_some_of_those_told_before(figure: Figures) -> None:
    whole, part = figure("Shells wounded 29 people, six of whom were badly hurt.")
    assert (part.measure, part.part_of, part.counted) == ("wounded", whole.id, "people")


def test_running_total_is_not_the_days_toll(figure: Figures) -> None:
    total, day = figure("The war has killed 4,100 people. A rocket killed nine people on Monday.")
    assert (total.cumulative, day.cumulative) == (True, False)
    since, sunday = figure(
        "Since the invasion 300 civilians have been killed. Since Sunday 20 civilians have been killed."
    )
    assert (since.cumulative, sunday.cumulative) == (True, False)


def test_party_of_the_counted(figure: Figures) -> None:
    (found,) = figure("Dozens of Russian soldiers were killed.")
    assert (found.party, found.counted) == ("Russia", "Russian soldiers")


def test_list_of_losses(figure: Figures) -> None:
    tanks, men = figure("Total losses of the enemy:\n\nTanks - 191\n\nPersonnel - about 5300")
    assert (tanks.measure, tanks.low, tanks.counted, tanks.cumulative) == ("equipment_lost", 191, "Tanks", True)
    assert (men.measure, men.low) == ("killed", 5300)


def test_the_innermost_statement_claims(figure: Figures) -> None:
    text = "The mayor said the army claimed it had killed 12 gunmen."
    mayor, army = Actor(name="mayor", kind="unnamed"), Actor(name="army")
    outer = Statement(id="s1", content=(Span(15, 56),), speaker=mayor)
    inner = Statement(id="s2", content=(Span(32, 56),), speaker=army, via="s1")
    (found,) = figure(text, said=(outer, inner))
    assert (found.claimed_by, found.statement) == (army, "s2")
    (alone,) = figure(text)
    assert (alone.claimed_by, alone.statement) == (Actor(name="the army"), None)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The refugees, numbered by Oxfam at more than one million, need food.", "Oxfam"),
        ("Shelling has killed at least 700 people by Ukrainian estimates.", "Ukrainian"),
        ("They were silent on a Kremlin account of the 90-minute call.", "Kremlin"),
        ("Smoke rose over the plant, where officials said 200 civilians were trapped.", "officials"),
        ("The shelling killed nine people, according to data of the ministry.", "the ministry"),
        ("@StaffUA\n\nTotal losses of the enemy:\n\nTanks - 191\n", "Staff UA"),
    ],
)
def test_who_counts_without_a_statement(figure: Figures, text: str, name: str) -> None:
    (found,) = figure(text)
    assert found.claimed_by == Actor(name=name)


def test_a_part_and_a_further_number_have_the_claimant_of_the_figure_before(figure: Figures) -> None:
    text = "Shells killed nine people, according to Oxfam. Another 73 were injured."
    assert [f.claimed_by for f in figure(text)] == [Actor(name="Oxfam")] * 2


def test_what_a_statement_only_mentions_is_the_reporters(figure: Figures) -> None:
    text = "Russia vowed revenge for the attack that killed 12 men."
    vow = Statement(id="s1", content=(Span(13, 54),), speaker=Actor(name="Russia"), stance="vows")
    assert figure(text, said=(vow,))[0].claimed_by is None
    told = Statement(id="s1", content=(Span(13, 54),), speaker=Actor(name="Russia"))
    assert figure(text, said=(told,))[0].claimed_by == Actor(name="Russia")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The toll was revised down from 15 to nine.", [("killed", 15, 15), ("killed", 9, 9)]),
        ("The number of dead more than doubled to 30.", [("killed", 30, 30)]),
        ("At least 40 were killed, up from 12 on Monday.", [("killed", 40, None), ("killed", 12, 12)]),
        ("A further 12 people died.", [("killed", 12, 12)]),
        ("No one was killed and none were hurt.", [("killed", 0, 0), ("wounded", 0, 0)]),
        ("Many civilians have been wounded.", [("wounded", 2, None)]),
        ("How many civilians were wounded is unclear.", []),
        ("Medics treated 115 people with gunshot wounds.", [("wounded", 115, 115)]),
        ("The rebellion has cost more than 3,000 lives.", [("killed", 3000, None)]),
        ("The nine soldiers were on a visit and were wounded.", [("wounded", 9, 9)]),
        ("Police accuse him of murdering a mayor, as well as two men.", [("killed", 2, 2)]),
        ("The names of those behind the six priests' slaying are known.", [("killed", 6, 6)]),
    ],
)
def test_corrections_additions_and_none(
    figure: Figures, text: str, expected: list[tuple[str, float, float | None]]
) -> None:
    assert [(f.measure, f.low, f.high) for f in figure(text)] == expected


def test_a_text_in_capitals_is_read_like_prose(figure: Figures) -> None:
    text = "SAN MIGUEL, 4 FEB 90 -- [TEXT] AT LEAST 12 SOLDIERS WERE KILLED AND SEVEN INJURED IN AN ATTACK TODAY."
    assert [(f.span.of(text), f.measure, f.low) for f in figure(text)] == [
        ("AT LEAST 12", "killed", 12),
        ("SEVEN", "wounded", 7),
    ]


def test_event_of_the_same_sentence_and_kind(figure: Figures) -> None:
    text = "Shells hit the town and killed nine people."
    sentence, place = Span(0, len(text)), Place(name="Izium")
    talks = Event(id="e1", kind="talks", trigger=Span(7, 10), sentence=sentence)
    shelling = Event(id="e2", kind="shelling", trigger=Span(7, 10), sentence=sentence, place=place)
    (found,) = figure(text, happened=(talks, shelling))
    assert (found.event, found.place) == ("e2", place)


def test_every_figure_says_why(figure: Figures) -> None:
    (found,) = figure("The strike killed at least 13 civilians.")
    assert found.why == "digits at_least; killed by 'kill'"


WORDS = st.sampled_from(
    [
        "At least", "more than", "13", "1,200", "dozens", "several", "one", "no one", "$2bn", "40 miles", "70%",
        "people", "soldiers", "of", "the", "were", "killed", "and", "wounded", "including", "Kherson",
        ".", ",", "-", "“", "”", "who", "with", "tanks", "destroyed", "fled", "in", "whom", ":", "said",
    ]
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(WORDS, st.text(max_size=3)), min_size=1, max_size=25).map(" ".join))
def test_odd_text_never_raises(page: Pages, text: str) -> None:
    report_page = page(text)
    for found in figures.find(report_page, Nobody(), Never(), Nowhere(), (), ()):  # type: ignore[arg-type]
        assert found.sentence.covers(found.span)
        assert found.span.end <= len(text)


def test_who_lost_them_is_whose_they_were(read) -> None:
    text = "Moscow said on Wednesday that it has lost 498 troops in Ukraine."
    (figure,) = read(text, conflict="ukraine-2022", published="2022-03-03").figures
    assert (figure.party, figure.cumulative) == ("Russia", True)
    assert figure.claimed_by is not None
    assert figure.claimed_by.party == "Russia"


def test_some_are_part_of_more(figure: Figures) -> None:
    whole, part = figure("Twenty-two people, among them five women, were injured.")
    assert part.part_of == whole.id


@pytest.mark.parametrize("text", ["Some of the houses burned.", "1 in 3 children is hungry.", "Some houses burned."])
def test_some_and_shares_count_nobody(figure: Figures, text: str) -> None:
    assert figure(text) == ()
