"""A GeoNames dump → the user's own gazetteer file.

The format is GeoNames' own (https://download.geonames.org/export/dump/readme.txt): one place a line, 19 columns parted
by tabs, UTF-8; `XX.txt` of a country, `allCountries.txt`, or the `.zip` around either. What is taken of it says
`lexicon/gazetteer/features.toml`.
"""

from __future__ import annotations

import functools
import hashlib
import re
import sqlite3
import tomllib
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from importlib import resources
from pathlib import Path
from typing import IO, Any, NamedTuple

from counterclaim.countries import fold
from counterclaim.errors import InputError, StoreError
from counterclaim.reading.places import imported

#: A line is read up to so many bytes; the longest of a real dump have about 15,000.
_LONGEST = 200_000
_COLUMNS = 19
#: So many bad lines before the first good one, and it is no dump.
_PATIENCE = 100
_WORD = re.compile(r"[^\W\d_][\w'’‘ʻ`. -]+")
_CODE = re.compile(r"[A-Z]{2,5}")
_SCHEMA = """
create table if not exists place (id integer primary key, name text not null, kind text not null, country text not null,
    unit integer, lat real not null, lon real not null, population integer not null);
create index if not exists place_country on place (country);
create table if not exists name (key text not null, place integer not null, own integer not null,
    primary key (key, place)) without rowid;
create index if not exists name_place on name (place);
create table if not exists source (country text primary key, file text not null, sha256 text not null,
    places integer not null);
"""


class Bad(NamedTuple):
    """A line that was left out, by its number from 1, and why."""

    number: int
    why: str


class Place(NamedTuple):
    """A line of the dump. `admin1` is the code of its first-order unit, as "UA.05"."""

    geonames_id: int
    name: str
    names: tuple[str, ...]
    others: tuple[str, ...]
    lat: float
    lon: float
    feature: str
    country: str
    admin1: str
    population: int


def bring_in(file: Path, to: Path, bad: Callable[[Bad], None], step: Callable[[int], None]) -> Counter[str]:
    """Import the dump `file` into the gazetteer file `to`; how many places of each country were taken.

    What `to` holds of these countries is replaced, so that the same file twice gives the same; other countries stay. It
    is done whole or not at all. `bad` is told each line that is left out, `step` the bytes read since it was last told.

    Raises:
        InputError: if `file` cannot be read or is no dump.
        StoreError: if `to` cannot be written.
    """
    taken: Counter[str] = Counter()
    units: dict[str, int] = {}
    try:
        with _lines(file) as (lines, digest), _store(to) as db:
            for place in _places(lines, file, bad, step):
                if place.feature == "ADM1":
                    units[place.admin1] = place.geonames_id
                kind = kind_of(place)
                if kind is None:
                    continue
                if place.country not in taken:
                    _clear(db, place.country)
                taken[place.country] += 1
                _write(db, place, kind)
            db.executemany("update place set unit = ? where unit = ?", ((n, code) for code, n in units.items()))
            db.execute("update place set unit = null where typeof(unit) = 'text'")
            rows = [(country, file.name, digest(), n) for country, n in taken.items()]
            db.executemany("insert or replace into source values (?, ?, ?, ?)", rows)
    except (OSError, EOFError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise InputError(f"it cannot be read ({error})", where=str(file)) from error
    except sqlite3.Error as error:
        raise StoreError(f"the gazetteer cannot be written ({error})", where=str(to)) from error
    imported.forget()
    return taken


def size(file: Path) -> int:
    """How many bytes of text a dump holds, for a bar; 0 if it cannot be told."""
    try:
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                return _member(archive, file).file_size
        return file.stat().st_size
    except (OSError, InputError, zipfile.BadZipFile):
        return 0


def kind_of(place: Place) -> str | None:
    """The gazetteer's kind of a place, or None if it is not taken."""
    kinds = _features()
    if place.feature in kinds["kinds"]:
        return str(kinds["kinds"][place.feature])
    if not place.feature.startswith("PPL") or place.feature in kinds["left_out"]:
        return None
    if place.population >= 100_000:
        return "city"
    return "town" if place.population >= 2000 or place.feature in kinds["seats"] else "village"


def parse(line: str) -> Place:
    """One line of a dump.

    Raises:
        ValueError: if it is none, with the reason.
    """
    cells = line.rstrip("\r\n").split("\t")
    if len(cells) != _COLUMNS:
        raise ValueError(f"{len(cells)} columns, not {_COLUMNS}")
    number, name, ascii_name, others, lat, lon, _, feature, country, _, admin1, *_, population = cells[:15]
    if not number.isascii() or not number.isdigit() or len(number) > 12:
        raise ValueError(f"{number[:20]!r} is no GeoNames id")
    try:
        point = float(lat), float(lon)
        people = int(population or 0)
    except ValueError:
        raise ValueError(f"no numbers: {lat[:20]!r}, {lon[:20]!r}, {population[:20]!r}") from None
    if not (abs(point[0]) <= 90 and abs(point[1]) <= 180 and 0 <= people < 10**11):
        raise ValueError(f"no such point or population: {lat[:20]}, {lon[:20]}, {population[:20]}")
    if not name.strip():
        raise ValueError("no name")
    shown = name.strip() if country in _features()["as_written"] else _plain(name.strip())
    return Place(
        int(number), shown, (name, ascii_name), tuple(o for o in others.split(",") if _spelling(o)), *point, feature,
        country, f"{country}.{admin1}", people,
    )  # fmt: skip


def _spelling(name: str) -> bool:
    """Whether an alternate name is worth keeping: Latin or Cyrillic letters, and no code."""
    if not _WORD.fullmatch(name) or _CODE.fullmatch(name):
        return False
    return all(c < "\u0530" or "\u1e00" <= c < "\u2030" for c in name)


def _plain(name: str) -> str:
    """A transliterated name as newspapers print it: "Khān Yūnis" → "Khan Yunis"."""
    text = unicodedata.normalize("NFKD", name.translate(str.maketrans("ı", "i", "’‘ʻʼʹʺ`'")))
    return "".join(c for c in text if not unicodedata.combining(c))


def _places(
    lines: Iterator[bytes], file: Path, bad: Callable[[Bad], None], step: Callable[[int], None]
) -> Iterator[Place]:
    good, waiting = False, list[Bad]()  # bad lines are told once a good one has shown that it is a dump
    for number, line in enumerate(lines, 1):
        step(len(line))
        if not line.strip():
            continue
        try:
            place = parse(line.decode("utf8"))
        except ValueError as error:  # a decoding error is one
            why = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
            (bad if good else waiting.append)(Bad(number, why))
            if len(waiting) > _PATIENCE:
                break
            continue
        good = True
        while waiting:
            bad(waiting.pop(0))
        yield place
    if not good:
        reason = f"line {waiting[0].number}: {waiting[0].why}" if waiting else "it is empty"
        raise InputError(
            f"it is no GeoNames dump ({reason})", where=str(file),
            hint="Take XX.zip or XX.txt of a country from https://download.geonames.org/export/dump/",
        )  # fmt: skip


@contextmanager
def _lines(file: Path) -> Iterator[tuple[Iterator[bytes], Callable[[], str]]]:
    """The lines of a dump, in a zip or not, and what tells their SHA-256 in the end."""
    digest = hashlib.sha256()

    def read(stream: IO[bytes]) -> Iterator[bytes]:
        while line := stream.readline(_LONGEST):
            digest.update(line)
            yield line

    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive, archive.open(_member(archive, file)) as stream:
            yield read(stream), digest.hexdigest
    else:
        with file.open("rb") as plain:
            yield read(plain), digest.hexdigest


def _member(archive: zipfile.ZipFile, file: Path) -> zipfile.ZipInfo:
    """The dump in an archive: GeoNames puts a readme.txt beside it."""
    found = [
        i for i in archive.infolist() if i.filename.lower().endswith(".txt") and "readme" not in i.filename.lower()
    ]
    if not found:
        raise InputError("there is no .txt in this archive", where=str(file))
    return max(found, key=lambda i: i.file_size)


@contextmanager
def _store(to: Path) -> Iterator[sqlite3.Connection]:
    """The file to write, in one transaction: a run that fails changes nothing."""
    to.parent.mkdir(parents=True, exist_ok=True)
    new = not to.exists()
    try:
        with _written(to) as db:
            yield db
    except BaseException:
        if new:
            to.unlink(missing_ok=True)
        raise


@contextmanager
def _written(to: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(to)) as db:
        if db.execute("pragma user_version").fetchone()[0] not in (0, imported.FORM):
            raise StoreError("it is of another version", where=str(to), hint="Name another file, or remove it")
        if db.execute("select count(*) from sqlite_master where name in ('kind', 'reading')").fetchone()[0]:
            raise StoreError("it is not an imported gazetteer", where=str(to), hint="Name another file")
        with db:
            for statement in _SCHEMA.split(";"):
                db.execute(statement)
            db.execute(f"pragma user_version = {imported.FORM}")
            yield db


def _clear(db: sqlite3.Connection, country: str) -> None:
    db.execute("delete from name where place in (select id from place where country = ?)", (country,))
    db.execute("delete from place where country = ?", (country,))


def _write(db: sqlite3.Connection, place: Place, kind: str) -> None:
    """One place and its names. Its unit is a code until the dump has told which place that is."""
    db.execute(
        "insert or replace into place values (?, ?, ?, ?, ?, ?, ?, ?)",
        (place.geonames_id, place.name, kind, place.country, place.admin1, place.lat, place.lon, place.population),
    )
    keys = {fold(other): 0 for other in place.others} | {fold(name): 1 for name in (*place.names, place.name)}
    db.executemany(
        "insert or replace into name values (?, ?, ?)",
        ((key, place.geonames_id, own) for key, own in keys.items() if len(key) > 1),
    )


@functools.cache
def _features() -> dict[str, Any]:
    text = resources.files("counterclaim.lexicon").joinpath("gazetteer", "features.toml").read_text("utf8")
    return tomllib.loads(text)
