"""The places that a user has imported, beside those that ship: one SQLite file in the user's own folder.

`COUNTERCLAIM_GAZETTEER` names another file; empty, it means that none is used. The file is made by `dump`.
"""

from __future__ import annotations

import functools
import os
import sqlite3
import sys
from pathlib import Path
from typing import NamedTuple

from counterclaim.errors import ConfigError

VARIABLE = "COUNTERCLAIM_GAZETTEER"
#: Written into the file: another number is another form of it.
FORM = 1
#: No more bearers of one name are looked at.
_MOST = 100

_ASK = (
    "select id, place.name, kind, country, unit, lat, lon, population, own from name join place on id = place"
    " where key = ? order by own desc, population desc, id limit ?"
)


class Row(NamedTuple):
    """A place as imported. `unit` is the GeoNames id of its first-order unit, `own` as in `gazetteer.Entry`."""

    geonames_id: int
    name: str
    kind: str
    country: str
    unit: int | None
    lat: float
    lon: float
    population: int
    own: bool


class Source(NamedTuple):
    """What was imported of one country: from which file, its SHA-256, and how many places."""

    country: str
    file: str
    sha256: str
    places: int


def path() -> Path | None:
    """The user's file, there or not yet; None where the user wants none."""
    told = os.environ.get(VARIABLE)
    if told is not None:
        return Path(told).expanduser() if told.strip() else None
    return default()


def default() -> Path:
    """Where the file lies unless the user says otherwise: the platform's folder for a user's own data."""
    if sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local")
    elif sys.platform == "darwin":
        folder = Path.home() / "Library/Application Support"
    else:
        folder = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share")
    return folder / "counterclaim" / "places.sqlite"


def lookup(key: str) -> list[Row]:
    """The imported places with the folded name `key`: by their own name first, then the most populous."""
    db = _opened()
    if db is None:
        return []
    try:
        return [Row(*row) for row in db.execute(_ASK, (key, _MOST))]
    except sqlite3.Error as error:
        raise _broken(error) from error


def sources() -> tuple[Source, ...]:
    """What was imported, by country. Empty if nothing was.

    Raises:
        ConfigError: if the user's file cannot be read.
    """
    db = _opened()
    if db is None:
        return ()
    return tuple(
        Source(*row) for row in db.execute("select country, file, sha256, places from source order by country")
    )


def forget() -> None:
    """Let go of the file: the next question opens it, or another one, afresh."""
    _opened.cache_clear()


@functools.cache
def _opened() -> sqlite3.Connection | None:
    file = path()
    try:
        if file is None or not file.is_file():
            return None
        db = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
        (form,) = db.execute("pragma user_version").fetchone()
        db.execute("select 1 from source").fetchone()
    except (OSError, sqlite3.Error) as error:
        raise _broken(error) from error
    if form != FORM:
        raise ConfigError(f"{file} is an imported gazetteer of another version", hint="Import it again")
    return db


def _broken(error: Exception) -> ConfigError:
    return ConfigError(
        f"the imported gazetteer {path()} cannot be read ({error})",
        hint=f"Remove it and import again, or set {VARIABLE}= to do without",
    )
