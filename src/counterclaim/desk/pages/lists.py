"""Lists of the record's rows, and its search."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from counterclaim.desk import asking, render
from counterclaim.desk.shell import Desk, routes
from counterclaim.errors import NothingFound
from counterclaim.store import Filter, Record
from counterclaim.views import lists


def addresses(desk: Desk) -> list[Route]:
    """A list for each family of rows, and the search."""
    made = routes(desk, "/search", search, "html", "json", "csv")
    for name in ("statements", "events", "figures", "control", "reports"):
        made += routes(desk, f"/{name}", partial(rows, name), "html", "json", "csv")
    return made


def rows(name: str, desk: Desk, request: Request, form: str) -> Response:
    """A list of the record's rows: statements, events, figures, control, reports."""
    if name == "figures" and (lately := desk.lately(request, form)):
        return lately
    wanted = asking.wanted(request.query_params, desk.record)
    if form == "json":
        return render.as_json(list(_rows(desk, name, wanted)))
    if form == "csv":
        return render.as_csv(_rows(desk, name, wanted), name)
    limit = wanted.limit or asking.SHOWN
    if name == "figures":  # folded from all that are asked for, so they are there to be counted
        every = list(_rows(desk, name, msgspec.structs.replace(wanted, limit=None)))
        some, facets = every[: limit + 1], asking.facets_of(name, every, request.url.path, request.query_params)
    else:
        some = list(_rows(desk, name, msgspec.structs.replace(wanted, limit=limit + 1)))
        facets = asking.Facets()
        if name != "control":
            facets = asking.facets(name, desk.record, wanted, request.url.path, request.query_params)
    more = asking.address(request.url.path, request.query_params, limit=limit * 2) if len(some) > limit else None
    said = {} if name == "reports" else desk.record.said_of(row.id for row in some)
    return desk.page(request, "list.html", name=name, rows=some[:limit], more=more, facets=facets, said=said)


def _rows(desk: Desk, name: str, wanted: Filter) -> Iterable[Any]:
    if name == "control":
        day = wanted.last or desk.record.last_day(wanted.conflict)
        if day is None:
            raise NothingFound("no dated report in the record", hint="Name a day: to=2022-03-03")
        return lists.control(desk.record, wanted, day)
    if name == "reports":
        return [head for head, _ in desk.record.reports(wanted, wanted.limit)]
    made: dict[str, Callable[[Record, Filter], Iterable[Any]]]
    made = {"statements": lists.claims, "events": lists.events, "figures": lists.toll}
    return made[name](desk.record, wanted)


def search(desk: Desk, request: Request, form: str) -> Response:
    """Passages that hold words (`q`), best first, with facets."""
    params = request.query_params
    words, wanted = asking.value(params, "q") or "", asking.wanted(params, desk.record)
    if form != "html":
        found = lists.search(desk.record, words, wanted)
        return render.as_json(list(found)) if form == "json" else render.as_csv(found, "search")
    limit = wanted.limit or asking.SHOWN
    some = list(lists.search(desk.record, words, msgspec.structs.replace(wanted, limit=limit + 1))) if words else []
    more = asking.address(request.url.path, params, limit=limit * 2) if len(some) > limit else None
    facets = asking.facets("search", desk.record, wanted, request.url.path, params)
    return desk.page(request, "search.html", name="search", rows=some[:limit], more=more, facets=facets)
