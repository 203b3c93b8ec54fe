"""Passages all in capitals, in the case of prose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.passages.capitals import all_capitals, prose

#: How rare words are, as a pipeline would tell: lower means commoner.
RANKS = {"the": 1, "police": 50, "Police": 900, "said": 9, "today": 60, "Lima": 400, "FMLN": 9000, "farm": 700}


def read(text: str) -> str:
    return prose(text, RANKS.get)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("THE POLICE SAID TODAY. THE FARM", "The police said today. The farm"),
        ("POLICE OF LIMA, PERU", "Police of Lima, Peru"),
        ("THE FRONT [FMLN] SAID", "The Front [FMLN] said"),
        ("THE U.S. POLICE", "The U.S. police"),
        ("ON 5 MAY 1990", "On 5 May 1990"),
        ("THE SALVADORAN POLICE", "The Salvadoran police"),
    ],
)
def test_case_of_prose(text: str, expected: str) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text", ["NATO", "UN: NO", "The FARC and the ELN said", "Reuters reports from LIMA", "", "1990"]
)
def test_codes_and_prose_are_left_alone(text: str) -> None:
    assert not all_capitals(text)


def test_capitals_are_told() -> None:
    assert all_capitals("REBELS SEIZE THE TOWN OF GOMA")


@given(st.text(max_size=80))
def test_a_text_keeps_its_length(text: str) -> None:
    assert len(read(text)) == len(text)
    assert all_capitals(text) in {True, False}
