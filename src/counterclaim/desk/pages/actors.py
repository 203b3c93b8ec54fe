"""A page for each actor."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from counterclaim.desk import asking, render
from counterclaim.desk.shell import Desk, routes
from counterclaim.views.actor import SHOWN, actor


def addresses(desk: Desk) -> list[Route]:
    """An actor by name: a person, a body, a party."""
    return routes(desk, "/actor/{name:path}", page, "json", "html")


def page(desk: Desk, request: Request, form: str) -> Response:
    """All that the record holds of an actor."""
    params = request.query_params
    wanted = asking.wanted(params, desk.record)
    view = actor(desk.record, request.path_params["name"], wanted)
    if form == "json":
        return render.as_json(view)
    more = asking.address(request.url.path, params, limit=(wanted.limit or SHOWN) * 2)
    return desk.page(request, "actor.html", view=view, more=more)
