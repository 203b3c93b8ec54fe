"""The gazetteer: from a name to the places that bear it.

Three layers, the first that knows a name as its own wins: `lexicon/gazetteer/overlay.toml` (informal regions, seas,
facilities in the news, the spelling to print), `counterclaim.countries`, and `lexicon/gazetteer/places.sqlite`
(GeoNames and Natural Earth; built by tools/gazetteer). Beside the last one stands what the user has imported
(`imported`). Read-only, opened on the first question.
"""

from __future__ import annotations

import functools
import re
import sqlite3
import tomllib
from difflib import SequenceMatcher
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

from counterclaim import countries
from counterclaim.countries import fold
from counterclaim.errors import ConfigError
from counterclaim.reading.places import imported

_FOLDER = resources.files("counterclaim.lexicon").joinpath("gazetteer")
_GAP = re.compile(r"[ '’-]+")
#: Kinds that bear the names of `[spellings]`.
_NAMED = frozenset({"city", "town", "village", "admin1"})
#: No more candidates than this are looked at for one name.
_MOST = 40
#: Added to the GeoNames id of an imported place: its number.
_IMPORTED = 1_000_000_000
#: Added to the numbers of towns and villages of the overlay that are as likely as any other of their size.
_PLAIN = 500_000_000


class Entry(NamedTuple):
    """One place. `country` is an ISO 3166 code or "", `unit` the number of its first-order unit.

    `own` is False where the name asked for is only an alternate spelling of it. `number` is below zero for places
    that are sure whenever they are named: countries, and what the overlay lists without a number of people.
    """

    number: int
    name: str
    kind: str
    country: str
    unit: int | None
    lat: float
    lon: float
    population: int
    geonames_id: int | None
    own: bool = True


def lookup(name: str) -> tuple[Entry, ...]:
    """The places called `name` in any spelling known, the likeliest first. Empty if there is none."""
    return find(fold(name))


@functools.lru_cache(maxsize=20_000)
def find(key: str) -> tuple[Entry, ...]:
    """As `lookup`, for a name that is folded already."""
    overlay, spelling, _ = _overlay()
    ours = overlay.get(key, ())
    first = [e for e in ours if e.number < 0]
    country = countries.named(key)
    if country:
        first.append(_country(country))
    known: set[int | None] = {e.geonames_id for e in first if e.geonames_id}
    rest = [e for e in _stored(key) if e.geonames_id not in known]
    known |= {e.geonames_id for e in rest}
    rest += [e for e in _imported(key) if e.geonames_id not in known]
    if spelt := spelling.get(key):
        meant = _respelt(spelt)
        rest = meant + [e for e in rest if e.number not in {m.number for m in meant}]
    rest = [_printed(e) for e in rest] + [e for e in ours if e.number > 0]
    return (*first, *sorted(rest, key=lambda e: not e.own))


def unit(number: int | None) -> Entry | None:
    """The first-order unit of that number."""
    return _printed(_row(number)) if number is not None else None


def printed(entry: Entry, written: str) -> str:
    """The name to print. Where the file has only a transliteration, a like spelling in the text is better English:
    Misrata for Misratah, Axum for Aksum. Not in the countries whose names the file writes as newsrooms do."""
    latin = written.isascii() and written[:1].isupper() and not written.isupper()
    if entry.own or entry.number < 0 or not latin or entry.country in _data()["printed"]["as_filed"]:
        return entry.name
    if any(code == entry.country and name == entry.name for code, name, _ in _overlay()[1].get(fold(entry.name), ())):
        return entry.name
    like = SequenceMatcher(None, fold(written).replace(" ", ""), fold(entry.name).replace(" ", "")).ratio()
    return written if like >= 0.6 else entry.name


def short(form: str) -> tuple[Entry, ...]:
    """The units that `form` abbreviates as a dateline does: "Ky.", "NSW". Empty if there is none."""
    return _short().get(form, ())


@functools.cache
def _short() -> dict[str, tuple[Entry, ...]]:
    table: dict[str, list[Entry]] = {}
    for code, names in _data()["abbreviations"].items():
        for name, forms in names.items():
            units = [e for e in lookup(name) if e.country == code and e.kind == "admin1"]
            for form in forms:
                table.setdefault(form, []).extend(units[:1])
    return {form: tuple(units) for form, units in table.items()}


def used() -> tuple[str, ...]:
    """What the answers rest on, to be kept with a reading: the file that ships, and what was imported of which country.

    The same report, version and this give the same reading.
    """
    places, last = shipped()
    return (
        f"shipped {places} places, up to GeoNames {last}",
        *(f"{s.country} {s.places} places, {s.file} {s.sha256[:12]}" for s in imported.sources()),
    )


@functools.cache
def shipped() -> tuple[int, int]:
    """How many places ship, and the highest GeoNames id among them: it grows with time."""
    places, last = _database().execute("select count(*), max(geonames_id) from place").fetchone()
    return places, last


class Known(NamedTuple):
    """A place for people to read: names in full. `lat` and `lon` are WGS 84 degrees."""

    name: str
    kind: str
    admin1: str | None
    country: str | None
    lat: float
    lon: float
    population: int
    geonames_id: int | None


def known(name: str) -> list[Known]:
    """The places called `name`, as `lookup`, for people to read."""
    found = []
    for e in lookup(name):
        land, over = countries.by_code(e.country), unit(e.unit)
        found.append(
            Known(e.name, e.kind, over.name if over else None, land.name if land else None, e.lat, e.lon,
                  e.population, e.geonames_id)
        )  # fmt: skip
    return found


def forget() -> None:
    """Forget what was looked up: after an import, or where another file is to be used."""
    imported.forget()
    find.cache_clear()


def as_unit(entry: Entry) -> bool:
    """Whether newsrooms mean the unit, not its seat, by the bare name (overlay, `[units]`)."""
    return entry.name in _overlay()[2].get(entry.country, ())


@functools.cache
def phrases() -> frozenset[str]:
    """The folded names that the overlay adds: found in a text without any tagger, in any case of their later words."""
    return frozenset(key for key, entries in _overlay()[0].items() if any(e.number < 0 for e in entries))


@functools.cache
def phrase_lengths() -> dict[str, int]:
    """First word of a name of the overlay → the most words that a name with that beginning has."""
    longest: dict[str, int] = {}
    for table in _data()["places"].values():
        for name, place in table.items():
            for spelling in (name, *place["also"]):
                some = _GAP.split(spelling.removeprefix("the "))
                first = fold(some[0])
                longest[first] = max(longest.get(first, 1), len(some))
    return longest


@functools.cache
def _data() -> dict[str, Any]:
    return tomllib.loads(_FOLDER.joinpath("overlay.toml").read_text(encoding="utf8"))


@functools.cache
def _database() -> sqlite3.Connection:
    path = Path(str(_FOLDER.joinpath("places.sqlite")))
    try:
        db = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        _kinds(db)
    except sqlite3.Error as error:
        raise ConfigError(f"the gazetteer {path} cannot be read ({error})") from error
    return db


@functools.cache
def _kinds(db: sqlite3.Connection) -> tuple[str, ...]:
    return tuple(name for (name,) in db.execute("select name from kind order by id"))


def _stored(key: str) -> list[Entry]:
    row = _database().execute("select places from name where key = ?", (key,)).fetchone()
    if row is None:
        return []
    ids = [row[0]] if isinstance(row[0], int) else [int(n) for n in row[0].split()[:_MOST]]
    return [_row(abs(n))._replace(own=n > 0) for n in ids]


def _imported(key: str) -> list[Entry]:
    """What the user has imported by that name."""
    return [
        Entry(
            _IMPORTED + row.geonames_id, row.name, row.kind, row.country, _units().get(row.unit or 0), row.lat, row.lon,
            row.population, row.geonames_id, bool(row.own),
        )
        for row in imported.lookup(key)
    ]  # fmt: skip


@functools.cache
def _units() -> dict[int, int]:
    """GeoNames id of a first-order unit → its number here."""
    kind = _kinds(_database()).index("admin1")
    return dict(_database().execute("select geonames_id, id from place where kind = ? and geonames_id", (kind,)))


@functools.lru_cache(maxsize=20_000)
def _row(number: int) -> Entry:
    db = _database()
    name, kind, country, unit_, lat, lon, population, geonames = db.execute(
        "select name, kind, country, admin1, lat, lon, population, geonames_id from place where id = ?", (number,)
    ).fetchone()
    return Entry(number, name, _kinds(db)[kind], country, unit_, lat / 1e4, lon / 1e4, population, geonames)


def _country(c: countries.Country) -> Entry:
    return Entry(
        -c.geonames_id, c.name, "country", c.iso2, None, c.lat or 0.0, c.lon or 0.0, c.population, c.geonames_id
    )


#: Folded spelling → (country, name to print, all spellings), and (country, printed in the file) → name to print.
_Spellings = dict[str, list[tuple[str, str, tuple[str, ...]]]]


@functools.cache
def _overlay() -> tuple[dict[str, list[Entry]], _Spellings, dict[str, list[str]]]:
    data = _data()
    places: dict[str, list[Entry]] = {}
    number = 0
    for country, table in data["places"].items():
        code = "" if country == "-" else country
        for name, p in table.items():
            number -= 1
            lat, lon = p["at"]
            people = p.get("people", 0)
            some = _PLAIN - number if people else number
            entry = Entry(some, name, p["kind"], code, None, lat, lon, people, p.get("id"))
            for word in dict.fromkeys((fold(name), *map(fold, p["also"]))):
                places.setdefault(word, []).append(entry)
    spellings: _Spellings = {}
    for code, table in data["spellings"].items():
        for name, others in table.items():
            words = tuple(dict.fromkeys((fold(name), *map(fold, others))))
            for word in words:
                spellings.setdefault(word, []).append((code, name, words))
    return places, spellings, data["units"]


def _respelt(spelt: list[tuple[str, str, tuple[str, ...]]] | tuple[()]) -> list[Entry]:
    """The most populous place of the country under any of the spellings."""
    found = []
    for code, name, words in spelt:
        there = [e for w in words for e in _stored(w) if e.country == code]
        towns = [e for e in there if e.kind in {"city", "town", "village"}] or there
        if towns:
            best = max(towns, key=lambda e: e.population * (1.0 if e.own else 0.2))
            found.append(best._replace(own=True, name=name if best.kind in _NAMED else best.name))
    return found


def _printed(entry: Entry) -> Entry:
    """The entry under the name that newsrooms print."""
    for code, name, _ in _overlay()[1].get(fold(entry.name), ()):
        if code == entry.country and entry.kind in _NAMED:
            return entry._replace(name=name)
    return entry
