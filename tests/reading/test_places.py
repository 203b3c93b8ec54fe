"""Places: what is one, which one, under what name, and where an event happened."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim import conflict, language
from counterclaim.reading import places
from counterclaim.types import Span

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


@pytest.mark.parametrize(
    ("text", "name", "kind", "precision"),
    [
        ("Missiles fell north of Kharkiv.", "Kharkiv", "city", 2),
        ("Villages on the outskirts of Kharkiv burned.", "Kharkiv", "city", 2),
        ("Fighting spread through the region around Kherson.", "Kherson", "town", 2),
        ("Fighting spread in areas of the Kherson region.", "Kherson Oblast", "admin1", 4),
        ("Rockets hit eastern Ukraine.", "eastern Ukraine", "vague", 6),
        ("Rockets hit northern Gaza.", "northern Gaza", "vague", 4),
        ("Shells fell in the Donbas.", "Donbas", "region", 4),
        ("A convoy stopped 25km from Kharkiv.", "Kharkiv", "city", 2),
        ("Boats crossed the Dnieper River.", "Dnieper River", "river", 5),
        ("Drones flew in over the Black Sea.", "Black Sea", "sea", 7),
        ("Shells hit the Zaporizhzhia nuclear plant.", "Zaporizhzhia Nuclear Power Plant", "facility", 1),
    ],
)
def test_vague_places_stay_vague(atlas, text, name, kind, precision):
    (mention,) = atlas(text).mentions
    assert (mention.place.name, mention.place.kind, mention.place.precision) == (name, kind, precision)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Kherson regional administration said the lights were out.", ["Kherson Oblast"]),
        ("Kharkiv mayor Ivan Petrenko spoke on the radio.", ["Kharkiv"]),
        ("General Sumy Danylenko spoke on the radio.", []),
        ("Mr Vinnytsky gave no number.", []),
        ("Ukrainian and Russian troops clashed.", []),
        ("The Azov regiment held on.", []),
        ("Moscow-backed fighters held on.", []),
    ],
)
def test_a_name_before_a_title_or_a_body(atlas, text, expected):
    found = atlas(text)
    assert [m.place.name for m in found.mentions] == expected


def test_a_body_of_a_town_is_no_scene(page):
    """An office's name tells whose it is, not where something happened."""
    parsed = page("In Sumy, shells hit a school, the Kyiv government said.")
    assert where(places.find(parsed, conflict.load(UKRAINE)), parsed, "hit") == "Sumy"


@pytest.mark.parametrize(
    ("text", "metonym"),
    [
        ("Moscow denies that it fired.", True),
        ("Talks between Moscow and Kyiv went on.", True),
        ("A drone was shot down over Moscow.", False),
        ("Moscow woke to sirens.", False),
    ],
)
def test_metonyms(atlas, text, metonym):
    assert {m.metonym for m in atlas(text).mentions} == {metonym}


@pytest.mark.parametrize(
    ("text", "name", "admin1"),
    [
        ("Police in Glasgow, Ky., made an arrest.", "Glasgow", "Kentucky"),
        ("A fire broke out in London, Ont., at noon.", "London", "Ontario"),
        ("She lives in Rochester, N.Y., with her family.", "Rochester", "New York"),
        ("She lives in Rochester, MN, with her family.", "Rochester", "Minnesota"),
        ("A march was held in Newcastle, NSW, at noon.", "Newcastle", "New South Wales"),
    ],
)
def test_short_forms_of_states(atlas, text, name, admin1):
    found = atlas(text, ANY)
    assert the(found, name).admin1 == admin1
    assert admin1 in names(found)


def test_after_a_comma_the_state_not_its_city(atlas):
    found = atlas("The plant in Buffalo, New York, was shut.", ANY)
    assert the(found, "New York").kind == "admin1"
    assert the(atlas("Crowds gathered in New York.", ANY), "New York").kind == "city"


def test_in_a_list_of_states_a_state(atlas):
    found = atlas("Cases were told from Ohio, New York, Pennsylvania and Vermont.", ANY)
    assert {m.place.kind for m in found.mentions} == {"admin1"}


def test_names_keep_each_other_company(page):
    """No name of these is the largest of its bearers; together they can only lie in one place."""
    text = "The road from Paris to Bonham and Sherman was closed, and Honey Grove had no power."
    found = given_places(page, text, "Paris", "Bonham", "Sherman", "Honey Grove")
    assert [p.admin1 for p in found] == ["Texas"] * 4


def test_company():
    from counterclaim.reading.places.company import company
    from counterclaim.reading.places.gazetteer import Entry

    def town(number, lat, lon, unit=1):
        return Entry(number, "X", "town", "US", unit, lat, lon, 1000, None)

    rare, far = town(1, 33.6, -95.5), town(2, 48.8, 2.3, 2)
    about = company([("rare", (rare,)), ("common", tuple(town(n, n % 60, n) for n in range(10, 30))), ("self", (far,))])
    assert about.near(town(9, 33.2, -95.1), "other") == pytest.approx(1.0)
    assert about.near(far, "self") == 0  # its own name says nothing for it
    assert about.unit(town(9, 0, 0), "other") > about.unit(town(9, 0, 0, 2), "self")
    assert 0 < about.near(town(9, 10, 10), "other") < 0.5  # one of twenty bearers


def given_places(page, text, *marks, name=ANY):
    spans = [Span(text.index(m), text.index(m) + len(m)) for m in marks]
    return places.given(page(text), spans, conflict.load(name))


def test_given_names(page):
    text = "The Canadian prime minister flew from Paris, Ont., to Kyiv, European leaders said in North Nairobi."
    canada, paris, kyiv, europe, nairobi = given_places(
        page, text, "Canadian", "Paris", "Kyiv", "European", "North Nairobi"
    )
    assert canada.name == "Canada"
    assert paris.country == "Canada"
    assert kyiv.country == "Ukraine"
    assert europe.name == "Europe"
    assert nairobi.country == "Kenya"


def test_a_given_name_that_nobody_knows_is_near_what_is_known(page):
    text = "A shell hit the Vydumka Mill in Kharkiv and the Nadumka Bakery."
    mill, bakery = given_places(page, text, "Vydumka Mill", "Nadumka Bakery", name=UKRAINE)
    assert (bakery.lat, bakery.lon) == (mill.lat, mill.lon)  # both by Kharkiv, which the page names
    mill, kharkiv, _ = given_places(page, text, "Vydumka Mill", "Kharkiv", "Nadumka Bakery", name=UKRAINE)
    assert (mill.lat, mill.lon) == (kharkiv.lat, kharkiv.lon)
    assert mill.precision == 2


def test_given_spans_outside_the_text_give_nothing(page):
    assert places.given(page("Kyiv."), [Span(900, 910)], conflict.load(ANY)) == (None,)
