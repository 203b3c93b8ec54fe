"""A day: its brief, with the map and what changed."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from counterclaim.conflict import Conflict
from counterclaim.desk import asking, render
from counterclaim.desk.pages import maps
from counterclaim.desk.shell import Desk, routes
from counterclaim.errors import NothingFound
from counterclaim.store import Filter
from counterclaim.views import days
from counterclaim.views.brief import brief
from counterclaim.views.since import changes

#: Days to either side that the strip of days shows.
_AROUND = 7


def addresses(desk: Desk) -> list[Route]:
    """The pages of a day."""
    return [
        *routes(desk, "/day", day, "html", "json"),
        *routes(desk, "/changes", changed, "json"),
    ]


def day(desk: Desk, request: Request, form: str) -> Response:
    """The brief of a day; with HTML what changed since the day before, the map, and the days around."""
    params = request.query_params
    name, number, on = maps.asked(desk, params)
    limit = asking.number(params, "limit") or 6
    if form == "json":
        return render.as_json(brief(desk.record, name, number, on, limit))
    which = days.day_of(desk.record, name, number, on)
    shown = {**maps.around(desk, request, which), "strip": _strip(desk, which.conflict, which.date, which.profile)}
    try:
        news = changes(desk.record, which.date - timedelta(days=1), which.conflict, None, which.date, limit)
        shown |= {"turns": news.control, "moved": news.moved}
    except NothingFound:
        shown |= {"turns": (), "moved": ()}
    try:
        made = brief(desk.record, which.conflict, None, which.date, limit)
    except NothingFound as error:
        return desk.page(request, "day.html", brief=None, error=error, **shown)
    return desk.page(request, "day.html", brief=made, error=None, **shown)


def changed(desk: Desk, request: Request, form: str) -> Response:  # noqa: ARG001  only as JSON
    """What changed since a day (`since`; without, the day before)."""
    params = request.query_params
    name, number, on = maps.asked(desk, params)
    which = days.day_of(desk.record, name, number, on)
    since = asking.day(params, "since") or which.date - timedelta(days=1)
    return render.as_json(changes(desk.record, since, which.conflict, None, which.date))


def _strip(desk: Desk, name: str, day: date, profile: Conflict | None) -> list[tuple[date, int | None, int]]:
    """The days around one: date, number, and how many reports were published on each."""
    reach = timedelta(days=_AROUND)
    heads = desk.record.reports(Filter(first=day - reach, last=day + reach, conflict=name))
    told = Counter(head.published for head, _ in heads)
    every = (day + timedelta(days=n) for n in range(-_AROUND, _AROUND + 1))
    return [(d, days.number_of(profile, d), told[d]) for d in every]
