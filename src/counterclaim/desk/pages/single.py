"""Pages of one thing: a place, a report."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from counterclaim.desk import asking, render
from counterclaim.desk.report import page as laid_out
from counterclaim.desk.shell import Desk, routes
from counterclaim.errors import NothingFound
from counterclaim.types import Struct
from counterclaim.views import lists, rows
from counterclaim.views.contract import as_contract


class PlaceView(Struct, frozen=True, kw_only=True):
    """A place: how it stood, spell by spell, what happened there, what is counted there."""

    place: str
    history: tuple[rows.SpellRow, ...]
    events: tuple[rows.EventRow, ...]
    figures: tuple[rows.TollRow, ...]


def addresses(desk: Desk) -> list[Route]:
    """A page for each place and each report."""
    return [
        *routes(desk, "/place/{name:path}", place, "json", "html"),
        *routes(desk, "/report/{handle:path}", report, "json", "html"),
    ]


def place(desk: Desk, request: Request, form: str) -> Response:
    """All that the record holds of a place."""
    name = request.path_params["name"]
    params = {**request.query_params, "place": name}
    wanted = asking.wanted(params, desk.record)
    last = wanted.last or desk.record.last_day(wanted.conflict)
    view = PlaceView(
        place=name,
        history=tuple(lists.control_history(desk.record, wanted, last)) if last else (),
        events=tuple(lists.events(desk.record, wanted)),
        figures=tuple(lists.toll(desk.record, wanted)),
    )
    if not (view.history or view.events or view.figures):
        raise NothingFound(f"nothing is told of {name!r}", hint="A search may find it under another name")
    return render.as_json(view) if form == "json" else desk.page(request, "place.html", view=view)


def report(desk: Desk, request: Request, form: str) -> Response:
    """A report: its text with marks, its rows beside it; as JSON its newest reading, as `read` prints it."""
    handle = request.path_params["handle"]
    if form == "json":
        newest = desk.record.readings(desk.record.report_id(handle))[0]
        made = as_contract(newest)
        made["report"]["text"] = newest.report.text
        return render.as_json(made)
    return desk.page(request, "report.html", page=laid_out(desk.record, handle))
