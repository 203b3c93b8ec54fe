"""Who goes on speaking, on whose side, and what saying does: classes of error that real pages showed."""

from __future__ import annotations

from datetime import date

import pytest

from counterclaim import conflict
from counterclaim.reading.times import scan
from counterclaim.reading.times.words import Frame
from counterclaim.types import Report


def said(read, text, profile="ukraine-2022", **fields):
    """The last statement of a text."""
    return read(text, conflict=profile, published="2022-08-10", **fields).statements[-1]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Ukraine’s general staff said Russia was moving guns to the river. “They want the bridge. "
            "They will not get it,” it wrote.",
            "General Staff of Ukraine",
        ),
        (
            "On Monday, the Red Cross called on both armies to spare the clinic. "
            "The clinic was treating forty children, it said.",
            "ICRC",
        ),
        (
            "The regional governor said two towns were lost. It was a hard day, he said.\n\n"
            "Later Petro Danylenko, the regional governor, thanked the medics.",
            "Petro Danylenko",
        ),
        ("Oleh Savchuk, the mayor, opened a shelter in Odesa. Its mayor said the town was calm.", "Oleh Savchuk"),
        (
            "Wards had been filled and staff were tired in the mill, Denys Koval, chief of the city police, told CNN.",
            "Denys Koval",
        ),
        ("Hamas released a statement calling the raid a massacre.", "Hamas"),
    ],
)
def test_who_speaks(read, text, name):
    assert said(read, text).speaker.name == name


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("Russia claimed the village. Regional officials said two people died in Kharkiv.", "Ukraine"),
        ("The mayor, Oleh Savchuk, said the pumps of Mykolaiv had failed.", "Ukraine"),
        ("The union is old. The 39 member states said the truce was over.", None),
    ],
)
def test_whose_side(read, text, party):
    assert said(read, text).speaker.party == party


@pytest.mark.parametrize("words", ["director general of the agency", "director-general of the agency"])
def test_a_director_general_is_no_general(read, words):
    assert said(read, f"Rafael Lunde, {words}, said the plant was safe.").speaker.role == "director general"


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The ministry announced a new package of military aid.", "vows"),
        ("The ministry announced new rules for the port.", "asserts"),
        ("The group said it firmly denied the charge.", "denies"),
        ("The army said it had not fired on the clinic.", "denies"),
        ("“We demand an end to the blockade,” the ministry said.", "demands"),
        ("Ukraine said Russia could strike the dam.", "warns"),
        ("Russia claimed Ukraine had struck the prison.", "accuses"),
        ("The minister said he would hold a meeting on Monday.", "asserts"),
        ("Moscow says the campaign is going to plan.", "asserts"),
    ],
)
def test_stance_by_what_is_said(read, text, stance):
    assert said(read, text).stance == stance


def test_denials_stop_at_the_semicolon(read):
    text = "Moscow denies aiming at homes; Kyiv says hundreds of people have been killed."
    found = read(text, conflict="ukraine-2022").statements
    assert [(s.content[0].of(text), s.stance) for s in found] == [
        ("aiming at homes", "denies"),
        ("hundreds of people have been killed", "asserts"),
    ]


def test_items_under_a_colon_are_said(read):
    text = "The governor said:\n\n- Two people were killed.\n\n- A clinic was hit.\n\nThe town was quiet."
    found = read(text, conflict="ukraine-2022").statements
    assert [s.content[0].of(text) for s in found] == ["Two people were killed.", "A clinic was hit."]
    assert {s.speaker.role for s in found} == {"governor"}


def test_items_without_a_speaker_are_the_reporter_s(read):
    text = "What we know:\n\n- Two people were killed.\n\n- A clinic was hit."
    assert read(text).statements == ()


def test_headings_in_capitals_choose_the_profile():
    text = "KHERSON FALLS\n\nKYIV HOLDS OUT\n\nMARIUPOL UNDER FIRE\n\nKHARKIV HIT AGAIN\n\nThe day in short."
    assert conflict.choose(Report(id="t", text=text, published=date(2022, 3, 3))).name == "ukraine-2022"


def test_overnight_on_a_day_is_one_date():
    (found,) = scan("The raid came overnight on Tuesday.", Frame(date(2022, 8, 10)))
    assert found.days == (date(2022, 8, 9), date(2022, 8, 9))


def test_news_up_front_is_of_these_days_and_background_is_not(read):
    text = "Rockets hit the station on Tuesday. The shelling killed two guards.\n\n" + "The square was empty. " * 25
    text += "Several families, who had fled long clashes, wept."
    events = read(text, published="2022-08-10").events
    assert [e.when.precision if e.when else None for e in events[:2]] == [1, 2]
    assert events[-1].when is None


def test_a_lone_bracket_before_an_office_is_nobody_s_trouble(read):
    read("( mayor said it. (mayor) spoke. () he said so.")


def test_an_office_in_a_standfirst_waits_for_its_name(read):
    text = (
        "City has new masters\n\nMayor says he made the soldiers no promises; minister insists all is on plan\n\n"
        "Mayor Ihor Kolykhaiev said that armed men had come to the town hall on Thursday.\n"
    )
    first = read(text, conflict="ukraine-2022", published="2022-03-03").statements[0]
    assert first.speaker.name == "Ihor Kolykhaiev"
