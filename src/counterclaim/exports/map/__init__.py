"""The map of a day, as a page, a picture or data: who holds what, drawn only where somebody has said so.

`draw` is the whole of it. A view (`views/map`) says what is to be shown; `outlines` has the land, `globe` and `shapes`
the geometry, `scene` decides what lies where, `labels` where names fit, and `svg`, `page` and `geojson` write it down.
Everything is in the file: no tiles, no scripts, nothing to fetch.
"""

from __future__ import annotations

from pathlib import Path

from counterclaim.errors import UsageError
from counterclaim.views.map import MapView

#: Formats by the ending of the file.
FORMATS = ("html", "svg", "geojson")


def format_of(path: str) -> str:
    """The format that a file's name asks for.

    Raises:
        UsageError: for any other ending.
    """
    ending = Path(path).suffix.lower().removeprefix(".")
    if ending not in FORMATS:
        raise UsageError(f"{path!r} is no map", hint="End its name in .html, .svg or .geojson")
    return ending


def draw(view: MapView, form: str) -> str:
    """The map as a document in one of `FORMATS`."""
    if form == "geojson":
        from counterclaim.exports.map.geojson import document
    elif form == "svg":
        from counterclaim.exports.map.svg import document
    else:
        from counterclaim.exports.map.page import document
    return document(view)
