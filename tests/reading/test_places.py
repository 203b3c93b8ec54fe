"""Places: what is one, which one, under what name, and where an event happened."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim import conflict, language
from counterclaim.reading import places

UKRAINE, GAZA, ANY = "ukraine-2022", "gaza-2023", "generic"


@pytest.fixture(scope="session")
def atlas(page):
    def run(text, name=UKRAINE):
        return places.find(page(text), conflict.load(name))

    return run


def names(found):
    return [m.place.name for m in found.mentions]


def the(found, name):
    return next(m.place for m in found.mentions if m.place.name == name)


def where(found, parsed, word):
    token = next(t for s in parsed.sentences for t in s.tokens if t.text == word)
    place = found.of(token)
    return place.name if place else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells fell on Kiev and on Kharkov.", ["Kyiv", "Kharkiv"]),
        ("Fighting went on in the Donetsk region.", ["Donetsk Oblast"]),
        ("Troops crossed the Kherson and Zaporizhzhia regions.", ["Kherson Oblast", "Zaporizhzhia Oblast"]),
        ("They hold the provinces of Kherson and Mykolaiv.", ["Kherson Oblast", "Mykolaiv Oblast"]),
        ("A missile hit the city of Kherson.", ["Kherson"]),
        ("Power was cut in eastern Ukraine.", ["eastern Ukraine"]),
        ("Shelling resumed in the northern Kharkiv region.", ["Kharkiv Oblast"]),
        ("Troops seized the Zaporizhzhia nuclear power plant.", ["Zaporizhzhia Nuclear Power Plant"]),
        ("Ships left ports on the Black Sea.", ["Black Sea"]),
        ("The U.S. sent aid.", ["United States"]),
    ],
)
def test_canonical_names(atlas, text, expected):
    assert names(atlas(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ukrainian soldiers met the Russians.",
        "The West promised more help on Monday, March 7.",
        "The Azov battalion fought on.",
        "More people left in June.",
        "One day later the Iron Dome was switched on.",
        "pro-Moscow separatists fired first.",
    ],
)
def test_what_is_no_place(atlas, text):
    assert names(atlas(text)) == []


def test_the_conflict_comes_before_population(atlas):
    pokrovsk = the(atlas("Shelling continued in Pokrovsk."), "Pokrovsk")
    assert (pokrovsk.country, pokrovsk.admin1) == ("Ukraine", "Donetsk Oblast")
    assert the(atlas("Strikes hit Rafah overnight.", GAZA), "Rafah").country == "Palestine"


def test_a_big_city_abroad_stays_where_it_is(atlas):
    berlin = the(atlas("Russia and Ukraine fight on. Protesters gathered in Berlin and in Paris."), "Berlin")
    assert berlin.country == "Germany"


def test_a_container_decides(atlas):
    found = atlas("Police in Paris, Texas, made an arrest.", ANY)
    assert the(found, "Paris").country == "United States"
    assert the(atlas("He was born in Paris, France.", ANY), "Paris").country == "France"


def test_precision(atlas):
    found = atlas("Shells fell near Kharkiv. Troops entered the Sumy region. Aid reached Ukraine by the Black Sea.")
    by_name = {m.place.name: m.place.precision for m in found.mentions}
    assert by_name == {"Kharkiv": 2, "Sumy Oblast": 4, "Ukraine": 6, "Black Sea": 7}


def test_seats_that_stand_for_governments(atlas):
    found = atlas("Kyiv says talks will go on. Shells fell in Kyiv.")
    assert [m.metonym for m in found.mentions] == [True, False]


def test_the_tagger_may_be_wrong(atlas):
    assert "Hostomel" in names(atlas("Bodies were found in Bucha, Irpin and Hostomel."))


def test_spans_are_what_was_written(atlas):
    text = "Bombs fell on Kiev’s suburbs and in Kharkov."
    found = atlas(text)
    assert [m.span.of(text) for m in found.mentions] == ["Kiev", "Kharkov"]


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Troops shelled Kharkiv after they had left Sumy.", "shelled", "Kharkiv"),
        ("The Kherson strikes killed two people in the night.", "strikes", "Kherson"),
        ("Nine people were killed in Kharkiv, officials in Kyiv said.", "killed", "Kharkiv"),
        ("They took Borodianka, near Kyiv.", "took", "Borodianka"),
        ("A blast shook Mariupol. Nine people were wounded.", "wounded", "Mariupol"),
        ("Russia invaded Ukraine.", "invaded", "Ukraine"),
    ],
)
def test_the_place_of_an_event(page, text, word, expected):
    parsed = page(text)
    assert where(places.find(parsed, conflict.load(UKRAINE)), parsed, word) == expected


def test_within(atlas):
    found = atlas("Shells fell on Kharkiv. Then on Sumy.")
    first = found.mentions[0].span
    assert [m.place.name for m in found.within(first)] == ["Kharkiv"]


def test_no_place_no_answer(page):
    parsed = page("They fired again.")
    assert where(places.find(parsed, conflict.load(ANY)), parsed, "fired") is None


def test_distance():
    from counterclaim.reading.places.resolve import kilometres

    assert kilometres((50.45, 30.52), (49.99, 36.23)) == pytest.approx(409, rel=0.02)
    assert kilometres((0.0, 0.0), (0.0, 180.0)) == pytest.approx(20015, rel=0.01)


@settings(max_examples=25)
@given(st.text(alphabet=st.sampled_from("Kyiv Gaza, .'’-in of the North Al U.S.éЖ\n0"), max_size=120))
def test_odd_text_never_raises(nlp, text):
    from tests.conftest import make_report

    report = make_report(text)
    found = places.find(language.page_of(report, nlp), conflict.load(UKRAINE))
    for mention in found.mentions:
        assert mention.span.of(report.text).strip()


def test_a_crosshead_that_names_a_town_sets_the_scene(read) -> None:
    text = (
        "Posts from the towns\n\nMariupol has no water. Mariupol has no light, and Mariupol waits for help.\n\n"
        "## Enerhodar\n\nAbout 100 vehicles have entered the town and troops clashed with guards at the gate.\n"
    )
    events = [e for e in read(text, conflict="ukraine-2022", published="2022-03-03").events if e.kind == "clash"]
    assert [e.place.name for e in events if e.place] == ["Enerhodar"]


def test_a_town_before_the_region_that_describes_it(read) -> None:
    text = "In El Fasher, the last big city in Darfur that the army holds, a drone strike on a hospital killed 70."
    (event,) = [e for e in read(text, published="2025-01-26").events if e.kind == "air_strike"]
    assert event.place is not None
    assert event.place.name == "El Fasher"
