"""A page for each event."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from counterclaim.desk import axis, render
from counterclaim.desk.shell import Desk, routes
from counterclaim.views.event import MOST, event


def addresses(desk: Desk) -> list[Route]:
    """An event, by any row that tells of it."""
    return routes(desk, "/event/{ref:path}", page, "json", "html")


def page(desk: Desk, request: Request, form: str) -> Response:
    """An event with all its tellings."""
    view = event(desk.record, request.path_params["ref"])
    if form == "json":
        return render.as_json(view)
    matters = [(matter, axis.bars(matter)) for matter in view.figures]
    return desk.page(request, "event.html", view=view, matters=matters, most=MOST)
