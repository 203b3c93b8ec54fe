"""Conflict profiles: choice, loading, aliases, parties."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim import conflict
from counterclaim.errors import ConfigError
from counterclaim.types import Report

UKRAINE = conflict.load("ukraine-2022")


def report(text: str, **fields: object) -> Report:
    return Report(id="t", text=text, **fields)  # type: ignore[arg-type]


def test_the_profiles_that_come_with_the_program() -> None:
    assert conflict.names() == ("gaza-2023", "generic", "sudan-2023", "ukraine-2022")
    assert [conflict.load(n).day_one for n in conflict.names()] == [
        date(2023, 10, 7),
        None,
        date(2023, 4, 15),
        date(2022, 2, 24),
    ]


@pytest.mark.parametrize(
    ("words", "party"),
    [
        ("Russian troops", "Russia"),
        ("Hamas fighters", "Hamas"),
        ("Israeli military", "Israel"),
        ("Ukrainian soldiers", "Ukraine"),
        ("US State Department", "United States"),
        ("U.S. officials", "United States"),
        ("an aide to Macron", "France"),
        ("Iran-backed Houthis", "Houthis"),
        ("Yemen’s Houthi rebels", "Houthis"),
        ("Israel's ambassador to the UN", "Israel"),
        ("NATO members", "NATO"),
        ("Nato officials", "NATO"),
        ("British forces", "United Kingdom"),
        ("Malian army", "Mali"),
        ("a source in Berlin", "Germany"),
        ("the UN refugee agency", "United Nations"),
        ("Russian-backed separatists", "Russian-backed separatists"),
    ],
)
def test_party_of_a_phrase(words: str, party: str) -> None:
    assert UKRAINE.party(words) == party


@pytest.mark.parametrize(
    "words", ["", "us", "who said it is", "the ambassador to Russia", "CNN analyst", "a farmer", "'s"]
)
def test_no_party(words: str) -> None:
    assert UKRAINE.party(words) is None


@pytest.mark.parametrize("name", [n for n in conflict.names() if n != "generic"])
def test_sides_and_countries_are_known(name: str) -> None:
    profile = conflict.load(name)
    assert len(profile.sides) == 2
    assert all(profile.party(side) == side for side in profile.sides)
    assert all(profile.party(country) for country in profile.countries)


def test_strict_leaves_out_what_only_stands_beside() -> None:
    assert UKRAINE.party("the Iran-backed group") == "Iran"
    assert UKRAINE.party("the Iran-backed group", strict=True) is None


@pytest.mark.parametrize(
    ("words", "name", "kind", "party"),
    [
        ("Moscow", "Government of Russia", "state", "Russia"),
        ("Kyiv", "Government of Ukraine", "state", "Ukraine"),
        ("Kiev", "Government of Ukraine", "state", "Ukraine"),
        ("Washington", "Government of the United States", "state", "United States"),
        ("the Kremlin", "Kremlin", "state", "Russia"),
        ("Downing Street", "UK Government", "state", "United Kingdom"),
        ("Putin", "Vladimir Putin", "person", "Russia"),
        ("Zelenskiy", "Volodymyr Zelenskyy", "person", "Ukraine"),
        ("the IDF", "Israel Defense Forces", "organisation", "Israel"),
        ("Reuters", "Reuters", "outlet", None),
        ("Rapid Support Forces", "RSF", "armed_group", "RSF"),
        ("the International Atomic Energy Agency (IAEA)", "IAEA", "organisation", "IAEA"),
    ],
)
def test_actor_by_alias(words: str, name: str, kind: str, party: str | None) -> None:
    actor = UKRAINE.actor(words)
    assert actor is not None
    assert (actor.name, actor.kind, actor.party) == (name, kind, party)


@pytest.mark.parametrize("words", ["us", "who", "ap", "putin", "nobody we know"])
def test_common_words_are_no_actors(words: str) -> None:
    assert UKRAINE.actor(words) is None


def test_office_by_day() -> None:
    holder = UKRAINE.office("president", "United States", date(2022, 3, 3))
    assert holder
    assert holder.name == "Joe Biden"
    later = UKRAINE.office("president", "United States", date(2025, 3, 3))
    assert later
    assert later.name == "Donald Trump"
    assert UKRAINE.office("president", "Atlantis") is None


def test_day_count() -> None:
    assert UKRAINE.date_of_day(8) == date(2022, 3, 3)
    assert UKRAINE.date_of_day(0) is None
    assert UKRAINE.date_of_day(10**9) is None
    assert conflict.load("generic").date_of_day(8) is None


def test_chosen_by_the_words_of_the_report() -> None:
    ukraine = "Shelling went on in Kharkiv. Kyiv said Ukrainian troops held Mariupol; the Kremlin denied it. "
    assert conflict.choose(report(ukraine)).name == "ukraine-2022"
    sudan = "The RSF shelled Khartoum, and Sudanese troops left Omdurman for Port Sudan in Sudan. "
    assert conflict.choose(report(sudan)).name == "sudan-2023"
    assert conflict.choose(report("A ferry sank off the coast. " * 20)).name == "generic"
    assert conflict.choose(report(ukraine), "sudan-2023").name == "sudan-2023"


def test_a_report_from_before_day_one_is_of_no_such_war() -> None:
    text = "Kyiv and Donetsk: Ukrainian troops and separatists traded fire in Donbas near Mariupol. "
    assert conflict.choose(report(text, published=date(2015, 1, 20))).name == "generic"


def test_own_profile(tmp_path: Path) -> None:
    file = tmp_path / "border-war.toml"
    file.write_text(
        'title = "Border war"\nday_one = 2030-05-01\nextends = "generic"\n'
        '[parties]\n"Northern Front" = { kind = "armed_group", aliases = ["NF"] }\n'
        '[people."Northern Front"]\n"Ana Duval" = "commander"\n'
    )
    own = conflict.load(str(file))
    assert (own.name, own.title, own.date_of_day(2)) == ("border-war", "Border war", date(2030, 5, 2))
    assert own.party("NF fighters") == "Northern Front"
    assert own.party("Russian troops") == "Russia"
    person = own.actor("Duval")
    assert person
    assert (person.name, person.role) == ("Ana Duval", "commander")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = 3\n", "$.title"),
        ('title = "x"\nday_one = "soon"\n', "$.day_one"),
        ('title = "x"\ncolour = "red"\n', "colour"),
        ('title = "x\n', "not a TOML file"),
        ('title = "x"\n[parties]\n"A" = { aliases = 3 }\n', "$.parties"),
    ],
)
def test_a_broken_profile_names_file_and_key(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "broken.toml"
    file.write_text(text)
    with pytest.raises(ConfigError, match=r"broken\.toml") as error:
        conflict.load(str(file))
    assert said in str(error.value)


def test_unknown_and_circular_profiles(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="Known: gaza-2023"):
        conflict.load("no-such-war")
    file = tmp_path / "circle.toml"
    file.write_text(f'title = "x"\nextends = "{file}"\n')
    with pytest.raises(ConfigError, match="circle"):
        conflict.load(str(file))


@given(st.text(max_size=80))
def test_any_words_are_safe(words: str) -> None:
    party, actor = UKRAINE.party(words), UKRAINE.actor(words)
    assert party is None or party
    assert actor is None or actor.name


@given(
    st.lists(
        st.sampled_from(["Russian", "Ukrainian", "the", "of", "-backed", "’s", "Hamas", "UN", "troops", "to"]),
        max_size=9,
    )
)
def test_any_order_of_known_words_is_safe(words: list[str]) -> None:
    text = " ".join(words)
    strict, loose = UKRAINE.party(text, strict=True), UKRAINE.party(text)
    assert strict is None or strict == loose
