"""What the map that moves fetches: who held what on every day, packed; how much is told of each day.

Days are numbers counted from the first one, 0; names stand once and are numbered. `static/map/spells.js` unpacks it.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec

from counterclaim import countries
from counterclaim.errors import NothingFound
from counterclaim.exports.map import ground, scene
from counterclaim.exports.map.outlines import outlines
from counterclaim.store import Record
from counterclaim.store.counting import Told
from counterclaim.types import Struct
from counterclaim.views import days
from counterclaim.views import map as map_view
from counterclaim.views.map import PlaceLine

#: Standings by number.
STANDINGS = ("held", "besieged", "contested", "claimed", "unknown")
#: Days before the first report that the map still shows: reports tell of yesterday too.
_BEFORE = timedelta(days=1)


class Moving(Struct, frozen=True):
    """All the maps of a conflict, and how much is told of each day."""

    days: map_view.Timeline
    told: dict[date, Told]
    day_one: date | None


def moving(record: Record, conflict: str | None) -> Moving:
    """The maps from the day before the first report to the last; without a place where nobody says who held any.

    Raises:
        NothingFound: if the record holds no dated report of that conflict.
    """
    which = days.day_of(record, conflict)
    told = record.told(which.conflict)
    published = [day for day, many in told.items() if many.reports]
    first = min(published) - _BEFORE if published else which.date
    try:
        found = map_view.timeline(record, which.conflict, first)
    except NothingFound:
        profile = which.profile
        found = map_view.Timeline(
            conflict=which.conflict,
            title=which.title,
            first=first,
            last=which.date,
            day=days.number_of(profile, first),
            parties=profile.sides if profile else (),
            countries=profile.countries if profile else (),
            places=(),
            lines=profile.lines if profile else (),
        )
    return Moving(days=found, told=told, day_one=which.profile.day_one if which.profile else None)


def spells(made: Moving) -> dict[str, Any]:
    """Who held what, day by day.

    A town is: name, number of its country, longitude, latitude, whether it is a region (1), kilometres that its word is
    drawn for, province, its spells (first day, standing, holder, who besieges, contests or left it; and so on), and the
    stretches of days on which it was spoken of (first, last; and so on). `told`: day, reports, events, figures.
    """
    found, look = made.days, scene.look()
    names: dict[str, int] = {"": 0}
    lands: dict[str, int] = {"": 0}
    towns = [_town(row, found.first, names, lands) for row in scene.close_by(found.places, found.countries)]
    told = ((day, many) for day, many in made.told.items() if found.first <= day <= found.last)
    return {
        "conflict": found.conflict,
        "title": found.title,
        "first": found.first,
        "last": found.last,
        "day_one": made.day_one,
        "parties": found.parties,
        "light": look.colours.light,
        "dark": look.colours.dark,
        "fade": {"days": look.fade.days, "strength": look.fade.strength},
        "lines": found.lines,
        "names": list(names),
        "countries": list(lands),
        "towns": towns,
        "told": [[(day - found.first).days, *many] for day, many in told],
    }


def land(made: Moving) -> dict[str, Any]:
    """The land around all places that anybody speaks of (`exports/map/ground`)."""
    return ground.ground(scene.close_by(made.days.places, made.days.countries), made.days.countries)


def _town(row: PlaceLine, first: date, names: dict[str, int], lands: dict[str, int]) -> list[Any]:
    lon, lat = row.lon or 0.0, row.lat or 0.0
    region = scene.vague(row)
    whole = _province(row.place, row.geonames_id, lon, lat) if region else None
    country = found.iso2 if row.country and (found := countries.find(row.country)) else ""
    spells = [
        number
        for s in row.spells
        for number in (
            (s.day - first).days, STANDINGS.index(s.standing), names.setdefault(s.holder or "", len(names)),
            names.setdefault(s.by or "", len(names)),
        )
    ]  # fmt: skip
    spoken = [(day - first).days for run in row.spoken for day in run]
    reach = scene.look().reach.vague_km if region else scene.reach(row)
    number = lands.setdefault(country, len(lands))
    return [row.place, number, round(lon, 4), round(lat, 4), int(region), reach, whole, spells, spoken]


@functools.lru_cache(maxsize=4096)
def _province(name: str, geonames_id: int | None, lon: float, lat: float) -> str | None:
    """The code of the province that a region is."""
    known = outlines()
    found = scene.whole_of(name, geonames_id, known.at(lon, lat), known)
    return found.code if found else None


class Kept:
    """What was made of a record, kept until its file changes.

    Args:
        record: the record.
    """

    def __init__(self, record: Record) -> None:
        self.record, self._lock, self._stamp = record, threading.Lock(), ""
        self._made: dict[str | None, tuple[Moving, dict[str, bytes]]] = {}

    def get(self, conflict: str | None, make: Callable[[Moving], object]) -> bytes:
        """What `make` makes of a conflict, as JSON."""
        with self._lock:  # two that ask at once do not make it twice
            if not (stamp := self._written()) or stamp != self._stamp:
                self._made.clear()
                self._stamp = stamp
            if conflict not in self._made:
                self._made[conflict] = moving(self.record, conflict), {}
            made, packed = self._made[conflict]
            if make.__name__ not in packed:
                packed[make.__name__] = msgspec.json.encode(make(made))
            return packed[make.__name__]

    def _written(self) -> str:
        """Changes whenever anybody writes to the record; nothing where that cannot be told."""
        path = Path(self.record.path)
        files = (file.stat() for file in (path, path.with_name(path.name + "-wal")) if file.exists())
        return " ".join(f"{file.st_mtime_ns} {file.st_size}" for file in files)
