"""Light verbs, owned nouns, other outlets as carriers, and the stance that the words said take."""

import msgspec
import pytest

from counterclaim import conflict
from counterclaim.language import page_of
from counterclaim.reading import actors, statements
from tests.conftest import make_report


class Nowhen:
    """A calendar that knows no day."""

    def of(self, token):
        return None


@pytest.fixture(scope="module")
def said(nlp):
    def run(text, outlet="The Daily Echo", profile="ukraine-2022"):
        report = msgspec.structs.replace(make_report(text), outlet=outlet)
        page = page_of(report, nlp)
        return statements.find(page, actors.find(page, conflict.load(profile)), Nowhen())

    return run


def test_a_light_verb_with_no_noun_of_its_own_says_nothing(said):
    assert not said("The army gave no details of the raid.")
    assert not said("The army gave the prisoners bread.")
    (one,) = said("The army gave details of the raid.")
    assert one.why == "give detail: of"


def test_an_owned_noun_needs_its_owner(said):
    (one,) = said("The council heard the mayor’s plea for more ambulances.")
    assert (one.stance, one.speaker.name) == ("demands", "mayor")
    assert not said("The council heard a plea for more ambulances.")


@pytest.mark.parametrize(
    ("text", "via"),
    [
        ("The governor told the Associated Press that the bridge was gone.", "Associated Press"),
        ("The governor told the AFP news agency that the bridge was gone.", "AFP"),
        ("“The bridge is gone,” the governor said in an interview with the daily Bild.", "Bild"),
        ("The governor told the Daily Echo that the bridge was gone.", None),
        ("The governor told reporters that the bridge was gone.", None),
        ("The governor told Ukrainian television that the bridge was gone.", None),
    ],
)
def test_another_outlet_carries_what_it_was_told(said, text, via):
    assert said(text)[0].via == via


def test_what_goes_on_is_carried_too_and_no_outlet_is_known_to_be_another_where_the_page_has_none(said):
    text = "“It is gone,” Serhiy Haidai told the Associated Press. “We can see it from the hill behind the school.”"
    assert {s.via for s in said(text)} == {"Associated Press"}
    assert {s.via for s in said(text, outlet=None)} == {None}


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Zelenskyy said he was shocked by the attack.", "other"),
        ("The Kremlin spokesman Dmitry Peskov said Russia had not used gas.", "denies"),
        ("Switzerland’s government said Switzerland will adopt the sanctions.", "vows"),
        ("“Both sides need to stop the violence now,” the envoy said.", "demands"),
        ("“Just imagine the cold in those cellars,” the nurse said.", "asserts"),
        ("The Ukrainian army said its forces had suffered losses near the river.", "confirms"),
        ("The army said the column should have left by now.", "asserts"),
        ("“We are ready for burns and fractures of all kinds,” the doctor said.", "asserts"),
        ("“We are ready to treat burns and fractures of all kinds,” the doctor said.", "vows"),
    ],
)
def test_stance_of_plain_saying(said, text, stance):
    assert said(text)[0].stance == stance


def test_an_open_quotation_runs_into_a_paragraph_that_only_closes_it(said):
    text = 'The coach said, "It was a hard night.\n\nThe river rose and nobody came to help us until the morning."'
    assert any("nobody came to help" in c.of(text) for s in said(text) for c in s.content)
