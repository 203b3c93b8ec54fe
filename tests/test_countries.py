"""Countries: names, codes and demonyms as newsrooms write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim import countries


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Ukraine", "Ukraine"),
        ("the United States", "United States"),
        ("US", "United States"),
        ("U.S.", "United States"),
        ("UK", "United Kingdom"),
        ("Britain", "United Kingdom"),
        ("DR Congo", "Democratic Republic of the Congo"),
        ("Türkiye", "Turkey"),
        ("Burma", "Myanmar"),
        ("the Netherlands", "Netherlands"),
        ("Côte d’Ivoire", "Ivory Coast"),
        ("UAE", "United Arab Emirates"),
        ("Russian Federation", "Russia"),
    ],
)
def test_names_and_variants(words, name):
    found = countries.find(words)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("words", ["us", "it", "IT", "no", "in", "Kyiv", "Ukrainian", "", "the"])
def test_what_is_no_country(words):
    assert countries.find(words) is None


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Ukrainian", "UA"),
        ("Russians", "RU"),
        ("British", "GB"),
        ("Britons", "GB"),
        ("Frenchmen", "FR"),
        ("French", "FR"),
        ("Poles", "PL"),
        ("Swiss", "CH"),
        ("Israelis", "IL"),
        ("Palestinian", "PS"),
        ("Congolese", "CD"),
        ("Chinese", "CN"),
        ("Indian", "IN"),
        ("American", "US"),
        ("Sudanese", "SD"),
        ("South Sudanese", "SS"),
        ("Azeri", "AZ"),
        ("Welsh", "GB"),
    ],
)
def test_demonyms(word, code):
    found = countries.demonym(word)
    assert found is not None
    assert found.iso2 == code


@pytest.mark.parametrize("word", ["Ukraine", "Moscow", "s", "", "Thailand"])
def test_what_is_no_demonym(word):
    assert countries.demonym(word) is None


def test_every_neighbour_is_a_country_and_every_name_is_found():
    for country in countries.everyone():
        assert countries.find(country.name) is country
        assert all(countries.by_code(n) for n in country.neighbours if n not in {"CS", "AN"})


def test_capitals():
    assert countries.capital("Kyiv").name == "Ukraine"
    assert countries.capital("Kramatorsk") is None


@given(st.text())
def test_any_words_are_safe(words):
    countries.find(words)
    countries.demonym(words)
    assert countries.fold(countries.fold(words)) is not None
