"""Places of a user's own: a dump goes in, villages resolve; broken lines are told, nothing is half done."""

import json
import sqlite3
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim import conflict
from counterclaim.cli import run
from counterclaim.errors import ConfigError, InputError, StoreError
from counterclaim.reading import places
from counterclaim.reading.places import dump, gazetteer, imported

DUMP = Path(__file__).parent / "data" / "invented-UA.txt"


@pytest.fixture
def mine(tmp_path, monkeypatch):
    """A gazetteer file of the user's own, empty so far; forgotten again in the end."""
    file = tmp_path / "mine" / "places.sqlite"
    monkeypatch.setenv(imported.VARIABLE, str(file))
    gazetteer.forget()
    yield file
    monkeypatch.undo()
    gazetteer.forget()


def bring(file, to):
    bad: list[dump.Bad] = []
    taken = dump.bring_in(file, to, bad.append, lambda n: None)
    gazetteer.forget()
    return taken, bad


def test_villages_resolve_in_a_page(mine, page):
    text = "Shells fell on the village of Vydumane and on Zadumivka, in the Kherson region. Kherson had no light."
    before = places.find(page(text), conflict.load("ukraine-2022"))
    assert not [m for m in before.mentions if m.place.geonames_id == 990000002]
    bring(DUMP, mine)
    found = {m.place.name: m.place for m in places.find(page(text), conflict.load("ukraine-2022")).mentions}
    assert found["Vydumane"].geonames_id == 990000002
    assert found["Vydumane"].admin1 == "Kherson Oblast"
    assert found["Zadumivka"].lat == pytest.approx(46.83)
    assert found["Kherson"].geonames_id == 706448  # as shipped, not twice


def test_what_is_taken(mine):
    taken, _ = bring(DUMP, mine)
    assert taken == {"UA": 7}
    kinds = {name: gazetteer.lookup(name)[0].kind for name in ("Vydumane", "Vyhadka Airfield", "Hadane Reservoir")}
    assert kinds == {"Vydumane": "village", "Vyhadka Airfield": "airport", "Hadane Reservoir": "lake"}
    assert gazetteer.lookup("Pershotravneve Pole") == ()  # a field
    assert gazetteer.lookup("Задумівка")[0].name == "Zadumivka"
    assert gazetteer.lookup("Novomriyske")[0].name == "Novomriiske"
    assert not gazetteer.lookup("Vydumanoye")[0].own


def test_bad_lines_are_told_with_their_numbers(mine):
    _, bad = bring(DUMP, mine)
    assert [b.number for b in bad] == [4, 7, 12]
    assert "columns" in bad[0].why
    assert "none-such" in bad[1].why
    assert "146.71" in bad[2].why


def test_twice_is_once_and_a_country_is_replaced(mine, tmp_path):
    bring(DUMP, mine)
    with sqlite3.connect(mine) as db:
        once = [list(db.execute(f"select * from {t} order by 1, 2")) for t in ("place", "name", "source")]
    bring(DUMP, mine)
    with sqlite3.connect(mine) as db:
        assert once == [list(db.execute(f"select * from {t} order by 1, 2")) for t in ("place", "name", "source")]
    other = tmp_path / "XX.txt"
    line = DUMP.read_text("utf8").splitlines()[1]
    other.write_text(line.replace("\tUA\t", "\tSD\t").replace("Vydumane", "Umm Wahm").replace("990000002", "990000100"))
    assert bring(other, mine)[0] == {"SD": 1}
    assert [s.country for s in imported.sources()] == ["SD", "UA"]
    shorter = tmp_path / "UA.txt"
    shorter.write_text(line + "\n", "utf8")
    bring(shorter, mine)
    assert gazetteer.lookup("Zadumivka") == ()
    assert gazetteer.lookup("Vydumane") != ()
    assert gazetteer.lookup("Umm Wahm") != ()


def test_a_zip_with_a_readme(mine, tmp_path):
    file = tmp_path / "UA.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", "words " * 10_000)
        archive.write(DUMP, "UA.txt")
    assert bring(file, mine)[0] == {"UA": 7}


@pytest.mark.parametrize("content", [b"", b"no dump\n" * 500, b"\x00\xff" * 999, b"PK\x03\x04 broken"])
def test_what_is_no_dump_is_refused_and_changes_nothing(mine, tmp_path, content):
    bring(DUMP, mine)
    other = tmp_path / "other.txt"
    other.write_bytes(content)
    told: list[dump.Bad] = []
    with pytest.raises(InputError, match=r"no GeoNames dump|cannot be read"):
        dump.bring_in(other, mine, told.append, lambda n: None)
    assert told == []
    assert imported.sources()[0].places == 7
    new = tmp_path / "new.sqlite"
    with pytest.raises(InputError):
        dump.bring_in(other, new, told.append, lambda n: None)
    assert not new.exists()


def test_a_file_of_something_else_is_left_alone(mine, tmp_path):
    other = tmp_path / "record.db"
    with sqlite3.connect(other) as db:
        db.execute("create table reading (x)")
    with pytest.raises(StoreError):
        dump.bring_in(DUMP, other, lambda b: None, lambda n: None)


def test_a_broken_file_says_what_to_do(mine):
    mine.parent.mkdir()
    mine.write_bytes(b"no database" * 100)
    gazetteer.forget()
    with pytest.raises(ConfigError, match="import again"):
        gazetteer.lookup("Vydumane")


def test_none_wanted(mine, monkeypatch):
    bring(DUMP, mine)
    assert gazetteer.lookup("Vydumane")
    assert len(gazetteer.used()) == 2
    monkeypatch.setenv(imported.VARIABLE, "")
    gazetteer.forget()
    assert gazetteer.lookup("Vydumane") == ()
    assert len(gazetteer.used()) == 1


def test_where_it_lies_by_default(monkeypatch, tmp_path):
    monkeypatch.delenv(imported.VARIABLE, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert imported.path() == tmp_path / "counterclaim" / "places.sqlite"


def test_the_command(mine, capsys):
    assert run(["gazetteer", "import", str(DUMP)]) == 1  # three lines were refused
    told = capsys.readouterr().err
    assert f"{DUMP}:4: left out" in told
    assert "7 places of UA" in told
    assert run(["gazetteer", "list", "--json"]) == 0
    assert [row["country"] for row in json.loads(capsys.readouterr().out)] == [None, "UA"]
    assert run(["gazetteer", "find", "Vydumane", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["admin1"] == "Kherson Oblast"
    assert run(["gazetteer", "find", "Nowhere", "at", "all"]) == 3
    assert run(["gazetteer", "import", "no-such-file.txt", str(DUMP), "-q"]) == 1  # the rest goes on


def test_many_bad_lines_are_counted(mine, tmp_path, capsys):
    file = tmp_path / "UA.txt"
    file.write_text(DUMP.read_text("utf8") + "broken\n" * 90, "utf8")
    run(["gazetteer", "import", str(file)])
    assert "73 more lines left out" in capsys.readouterr().err


@settings(max_examples=100)
@given(st.lists(st.text(max_size=12), min_size=15, max_size=20).map("\t".join))
def test_any_line_is_a_place_or_a_reason(line):
    try:
        place = dump.parse(line)
    except ValueError:
        return
    assert place.name
    assert abs(place.lat) <= 90
