"""The gazetteer: names of the news' towns and regions, its speed and its size. The list of names is our own."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.reading.places import gazetteer


def first(name: str, country: str) -> gazetteer.Entry | None:
    return next((e for e in gazetteer.lookup(name) if e.country == country), None)


@pytest.mark.parametrize(
    ("name", "country", "printed"),
    [
        ("Kiev", "UA", "Kyiv"),
        ("Kharkov", "UA", "Kharkiv"),
        ("Odessa", "UA", "Odesa"),
        ("Severodonetsk", "UA", "Sievierodonetsk"),
        ("Zaporizhzhya", "UA", "Zaporizhzhia"),
        ("Київ", "UA", "Kyiv"),
        ("Khan Yunis", "PS", "Khan Younis"),
        ("Deir el-Balah", "PS", "Deir al-Balah"),
        ("Gaza", "PS", "Gaza Strip"),
        ("Al Hudaydah", "YE", "Hodeidah"),
        ("al-Fashir", "SD", "El Fasher"),
        ("Sana'a", "YE", "Sanaa"),
        ("Khankendi", "AZ", "Stepanakert"),
        ("Donetsk Oblast", "UA", "Donetsk Oblast"),
        ("Donbass", "UA", "Donbas"),
        ("Rakhine State", "MM", "Rakhine"),
        ("Idlib Governorate", "SY", "Idlib Governorate"),
        ("North Kivu", "CD", "North Kivu"),
        ("Mogadishu", "SO", "Mogadishu"),
        ("Port-au-Prince", "HT", "Port-au-Prince"),
        ("Ouagadougou", "BF", "Ouagadougou"),
        ("Maiduguri", "NG", "Maiduguri"),
        ("Cabo Delgado", "MZ", "Cabo Delgado"),
        ("Black Sea", "", "Black Sea"),
        ("Ukraine", "UA", "Ukraine"),
        ("Sheremetyevo Airport", "RU", "Sheremetyevo International Airport"),
    ],
)
def test_names_of_the_news(name, country, printed):
    entry = first(name, country)
    assert entry is not None
    assert entry.name == printed


def test_a_town_knows_its_unit():
    kherson = next(e for e in gazetteer.lookup("Kherson") if e.kind in {"town", "city"})
    unit = gazetteer.unit(kherson.unit)
    assert unit is not None
    assert unit.name == "Kherson Oblast"
    assert kherson.lat == pytest.approx(46.64, abs=0.05)
    assert kherson.geonames_id == 706448


def test_crimea_is_filed_under_the_iso_code():
    assert {e.country for e in gazetteer.lookup("Simferopol")} == {"UA"}


def test_unknown_names_give_nothing():
    assert gazetteer.lookup("Xyzzyville-on-Sea") == ()
    assert gazetteer.lookup("") == ()


def test_the_file_is_small_and_attributed():
    folder = Path(gazetteer.__file__).parents[2] / "lexicon" / "gazetteer"
    assert (folder / "places.sqlite").stat().st_size < 30_000_000
    notice = (folder / "NOTICE").read_text(encoding="utf8")
    assert "Creative Commons Attribution 4.0" in notice
    assert "Natural Earth" in notice


def test_every_entry_of_the_overlay_is_found_under_its_own_name():
    places, _, _ = gazetteer._overlay()
    for entries in places.values():
        for entry in entries:
            assert any(e.number == entry.number for e in gazetteer.lookup(entry.name)), entry.name
            assert -90 <= entry.lat <= 90
            assert -180 <= entry.lon <= 180


@given(st.text(max_size=40))
def test_any_name_is_safe(name):
    for entry in gazetteer.lookup(name):
        assert entry.name


def test_a_village_of_the_overlay_is_no_sure_name():
    """A place listed with its people is as likely as any other of its size; one without is sure."""
    (village, *_) = [e for e in gazetteer.lookup("Farabougou") if e.country == "ML"]
    assert village.number > 0
    assert "farabougou" not in gazetteer.phrases()
    assert "liptako gourma" in gazetteer.phrases()


def test_short_forms():
    assert [e.name for e in gazetteer.short("Ky.")] == ["Kentucky"]
    assert {e.country for e in gazetteer.short("WA")} == {"US", "AU"}
    assert gazetteer.short("Kentucky") == ()


@pytest.mark.parametrize(
    ("name", "country", "kind"),
    [
        ("Ain al-Asad", "IQ", "airport"), ("al-Hol", "SY", "camp"), ("Tal Rifaat", "SY", "town"),
        ("Liptako-Gourma", "", "region"), ("Kinburn Spit", "UA", "region"), ("Lay Kay Kaw", "MM", "town"),
        ("Siachen", "IN", "region"), ("Cité Soleil", "HT", "district"), ("Afungi", "MZ", "facility"),
        ("Bab al-Hawa", "SY", "crossing"), ("Irrawaddy", "", "river"), ("Zambezi River", "", "river"),
        ("Panjshir Valley", "AF", "region"), ("Jebel Marra", "SD", "region"), ("Galmudug", "SO", "region"),
    ],
)  # fmt: skip
def test_kinds_are_told_apart(name, country, kind):
    assert kind in {e.kind for e in gazetteer.lookup(name) if e.country == country}
