"""What many reports tell together: stories, and what was printed before."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from counterclaim.desk import asking, render
from counterclaim.desk.shell import Desk, routes
from counterclaim.store import Filter, Record
from counterclaim.types import Struct
from counterclaim.views.stories import copied, stories

#: Days looked back over where the address names none: every text of them is compared with every other.
_BACK = 7
_Made = Callable[[Record, Filter], Iterable[Struct]]


def addresses(desk: Desk) -> list[Route]:
    """Stories and copies."""
    forms = ("html", "json", "csv")
    made: dict[str, _Made] = {"stories": stories, "copies": copied}
    return [
        route for name, rows in made.items() for route in routes(desk, f"/{name}", partial(many, name, rows), *forms)
    ]


def many(name: str, made: _Made, desk: Desk, request: Request, form: str) -> Response:
    """A list that compares the reports of some days with each other."""
    if lately := desk.lately(request, form, _BACK):
        return lately
    params = request.query_params
    wanted = asking.wanted(params, desk.record)
    if form == "json":
        return render.as_json(list(made(desk.record, wanted)))
    if form == "csv":
        return render.as_csv(made(desk.record, wanted), name)
    limit = wanted.limit or asking.SHOWN
    rows = list(made(desk.record, msgspec.structs.replace(wanted, limit=limit + 1)))
    more = asking.address(request.url.path, params, limit=limit * 2) if len(rows) > limit else None
    return desk.page(request, "list.html", name=name, rows=rows[:limit], more=more, facets=asking.Facets())
