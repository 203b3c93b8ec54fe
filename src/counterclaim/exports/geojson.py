"""Events, control and places as GeoJSON (RFC 7946): longitude before latitude, WGS 84.

What is only known by its country has no point: its geometry is null, and no map draws a pin in the middle of a land.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from counterclaim.exports import tables
from counterclaim.exports.files import Files
from counterclaim.exports.tables import Line
from counterclaim.types import Place

#: Tables whose rows are about a place.
NAMES = ("events", "figures", "control", "places")
#: UCDP where_prec from which on a place is too wide for a point: a country, or the sea and the air.
_WIDE = 6


def write(name: str, found: Iterable[Line], files: Files, path: Path, about: dict[str, str]) -> int:
    """One table as a FeatureCollection, a Feature a line; the number of rows. `about` is a foreign member of it."""
    out = files.text(path)
    columns = [column for column in tables.columns(name) if column not in ("lat", "lon")]
    out.write('{"type": "FeatureCollection",\n"counterclaim": ' + _json(about) + ',\n"features": [')
    written = 0
    for line in found:
        feature = {
            "type": "Feature",
            "id": f"{line.cells['id']}#{line.cells['start']}" if name == "places" else line.cells["id"],
            "geometry": geometry(line.place),
            "properties": {column: line.cells[column] for column in columns},
        }
        out.write((",\n" if written else "\n") + _json(feature))
        written += 1
    out.write("\n]}\n")
    return written


def geometry(place: Place | None) -> dict[str, object] | None:
    """The point of a place, or None where there is none to draw."""
    if place is None or place.precision >= _WIDE or place.lat is None or place.lon is None:
        return None
    return {"type": "Point", "coordinates": [place.lon, place.lat]}


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
