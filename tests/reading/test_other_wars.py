"""What wars without a profile of their own need: whose army it is, rebels by name, topics that speak not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from counterclaim.types import Reading

Read = Callable[..., Reading]


def held(reading: Reading) -> set[tuple[str, str, str | None]]:
    return {(h.place.name, h.state, h.holder) for h in reading.holdings}


def speakers(reading: Reading) -> list[tuple[str, str | None]]:
    return [(s.speaker.name, s.speaker.party) for s in reading.statements if s.speaker]


def test_an_office_is_that_of_the_country_whose_towns_are_told_of(read: Read) -> None:
    text = "Clashes went on in Cúcuta, Colombia. Some left Ocaña for Venezuela. The defence minister said aid was near."
    assert [party for _, party in speakers(read(text))] == ["Colombia"]


def test_the_rebels_are_the_group_named_before_and_the_army_never_is(read: Read) -> None:
    text = "M23 entered Goma in the Democratic Republic of the Congo. The rebels said the airport was shut."
    assert speakers(read(text)) == [("M23", "M23")]
    text = "The National Liberation Army closed a road in Colombia. The army said troops were on the way."
    assert [party for _, party in speakers(read(text))] == ["Colombia"]


@pytest.mark.parametrize(
    ("text", "holding"),
    [
        ("Forces led by Hayat Tahrir al-Sham captured Hama City.", ("Hama", "captured", "Hayat Tahrir al-Sham")),
        ("The Syrian opposition took most of Aleppo.", ("Aleppo", "captured", "Syrian opposition")),
        ("Fighters of M23 took Goma. On Monday M23 captured the city in eastern Congo.", ("Goma", "captured", "M23")),
    ],
)  # fmt: skip
def test_who_holds_a_town(read: Read, text: str, holding: tuple[str, str, str]) -> None:
    assert holding in held(read(text))


def test_firms_and_drivers_hold_nothing(read: Read) -> None:
    assert not read("American companies withdrew from Moscow. Foreign drivers are taking the capital.").holdings


@pytest.mark.parametrize(
    "title", ["Gaza: Two schools hit", "Explainer: Who are the rebels?", "Colombia: fighting in the hills"]
)
def test_a_topic_before_a_colon_says_nothing(read: Read, title: str) -> None:
    assert not read(f"{title}\n\nThis is the first paragraph of a long report on the war, as usual.\n").statements


def test_what_nobody_has_said_is_no_statement(read: Read) -> None:
    assert not read("No group has said that it was behind the attack.").statements


def test_where_somebody_spoke_is_no_scene(read: Read) -> None:
    text = "Fighting goes on in Goma. The premier told the council in Geneva that 200 people had been killed."
    scenes = {e.place.name for e in read(text).events if e.place}
    assert "Geneva" not in scenes


def test_a_time_of_day_in_four_digits_counts_nothing(read: Read) -> None:
    assert not read("The guns fell silent at 1700 hours.").figures
