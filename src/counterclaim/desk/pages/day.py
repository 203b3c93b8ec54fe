"""A day: its brief, its map, and what changed."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from counterclaim.conflict import Conflict
from counterclaim.desk import asking, render
from counterclaim.desk.shell import Desk, routes
from counterclaim.errors import NothingFound
from counterclaim.exports import map as maps
from counterclaim.store import Filter
from counterclaim.views import days
from counterclaim.views import map as map_view
from counterclaim.views.brief import brief
from counterclaim.views.since import changes

#: Days to either side that the strip of days shows.
_AROUND = 7


def addresses(desk: Desk) -> list[Route]:
    """The pages of a day."""
    return [
        *routes(desk, "/day", day, "html", "json"),
        *routes(desk, "/changes", changed, "json"),
        *routes(desk, "/map", picture, "svg", "geojson", "json"),
    ]


def day(desk: Desk, request: Request, form: str) -> Response:
    """The brief of a day; with HTML what changed since the day before, the map, and the days around."""
    params = request.query_params
    name, number, on = asked(desk, params)
    limit = asking.number(params, "limit") or 6
    if form == "json":
        return render.as_json(brief(desk.record, name, number, on, limit))
    which = days.day_of(desk.record, name, number, on)
    around = _around(desk, which.conflict, which.date, which.profile)
    try:
        made = brief(desk.record, which.conflict, None, which.date, limit)
    except NothingFound as error:
        return desk.page(request, "day.html", which=which, brief=None, around=around, error=error)
    try:
        turned = changes(desk.record, which.date - timedelta(days=1), which.conflict, None, which.date, limit)
    except NothingFound:
        turned = None
    return desk.page(request, "day.html", which=which, brief=made, around=around, changes=turned, error=None)


def changed(desk: Desk, request: Request, form: str) -> Response:  # noqa: ARG001  only as JSON
    """What changed since a day (`since`; without, the day before)."""
    params = request.query_params
    name, number, on = asked(desk, params)
    which = days.day_of(desk.record, name, number, on)
    since = asking.day(params, "since") or which.date - timedelta(days=1)
    return render.as_json(changes(desk.record, since, which.conflict, None, which.date))


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


def _around(desk: Desk, name: str, day: date, profile: Conflict | None) -> list[tuple[date, int | None, int]]:
    """The days around one: date, number, and how many reports were published on each."""
    reach = timedelta(days=_AROUND)
    heads = desk.record.reports(Filter(first=day - reach, last=day + reach, conflict=name))
    told = Counter(head.published for head, _ in heads)
    every = (day + timedelta(days=n) for n in range(-_AROUND, _AROUND + 1))
    return [(d, days.number_of(profile, d), told[d]) for d in every]


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
