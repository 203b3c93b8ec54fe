"""The map: a page of its own, the picture of a day, and what the map that moves fetches."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from counterclaim.desk import asking, moving, render
from counterclaim.desk.shell import Desk, routes
from counterclaim.exports import map as maps
from counterclaim.store import Filter
from counterclaim.views import days, lists, rows
from counterclaim.views import map as map_view
from counterclaim.views.days import Day
from counterclaim.views.since import turned

#: Towns that changed hands, at most, beside the map.
_TURNS = 40


def addresses(desk: Desk) -> list[Route]:
    """The map in its forms, and its data."""
    kept = moving.Kept(desk.record)

    def data(desk: Desk, request: Request, form: str) -> Response:  # noqa: ARG001  only as JSON
        made = {"/map/spells.json": moving.spells, "/map/land.json": moving.land}[request.url.path]
        named = asking.conflict(request.query_params, desk.record)
        return Response(kept.get(named, made), media_type="application/json")

    return [
        *routes(desk, "/map", page, "html"),
        *routes(desk, "/map", picture, "svg", "geojson", "json"),
        *routes(desk, "/map/spells", data, "json"),
        *routes(desk, "/map/land", data, "json"),
    ]


def page(desk: Desk, request: Request, form: str) -> Response:  # noqa: ARG001  only as HTML
    """The map of a day with its slider, what changed beside it, and a town's history."""
    which = days.day_of(desk.record, *asked(desk, request.query_params))
    turns = turned(desk.record, which.conflict, which.date - timedelta(days=1), which.date)[:_TURNS]
    return desk.page(request, "map.html", turns=turns, moved=(), **around(desk, request, which))


def around(desk: Desk, request: Request, which: Day) -> dict[str, Any]:
    """What a page with a map shows beside it: the town of the address, and the days before and after."""
    return {
        "which": which,
        "town": asking.value(request.query_params, "place"),
        "history": _history(desk, which, asking.value(request.query_params, "place")),
        "earlier": which.date - timedelta(days=1),
        "later": which.date + timedelta(days=1),
    }


def picture(desk: Desk, request: Request, form: str) -> Response:
    """The map of a day: a picture, GeoJSON, or the view."""
    params = request.query_params
    view = map_view.map_of(desk.record, *asked(desk, params), asking.day(params, "known_on"))
    if form == "json":
        return render.as_json(view)
    if form == "geojson":
        return Response(maps.draw(view, form), media_type="application/geo+json")
    return _drawn(view, narrow=params.get("width") == "narrow")


def asked(desk: Desk, params: Mapping[str, str]) -> tuple[str | None, int | None, date | None]:
    """Conflict, day number and date that an address names; a date goes before a number."""
    on = asking.day(params, "date")
    return asking.conflict(params, desk.record), None if on else asking.number(params, "day"), on


def _history(desk: Desk, which: Day, town: str | None) -> tuple[rows.SpellRow, ...]:
    """How a town stood, spell by spell, to the last day of the record; the last spell first."""
    last = desk.record.last_day(which.conflict)
    if not town or last is None:
        return ()
    wanted = Filter(place=town, conflict=which.conflict)
    return tuple(lists.control_history(desk.record, wanted, max(last, which.date)))


def _drawn(view: map_view.MapView, *, narrow: bool) -> Response:
    """The map as a picture; its policy allows nothing but its own style."""
    from counterclaim.exports.map import scene, svg

    style = svg.styles()
    if narrow:
        head, end, rest = svg.drawing(view, scene.look().canvas.narrow).partition(">")
        drawn = f"{head}{end}<style>{style}</style>{rest}"
    else:
        drawn = maps.draw(view, "svg")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'none'"
    return Response(drawn, media_type="image/svg+xml", headers={"Content-Security-Policy": policy})
