"""Pages of one thing: a place, a report."""

from __future__ import annotations

from typing import Any

import msgspec
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

#: Rows of each part of a place's page, where the address does not say how many.
_SHOWN = 50
#: Figures that are compared for each row of them that is shown.
_FIGURES = 4


class PlaceView(Struct, frozen=True, kw_only=True):
    """A place: how it stood, spell by spell, what happened there, what is counted there, what is said that names it.

    Spells are in order of time, of the rest the newest reports come first. `more` names the parts with more rows.
    """

    place: str
    history: tuple[rows.SpellRow, ...]
    events: tuple[rows.EventRow, ...]
    figures: tuple[rows.TollRow, ...]
    said: tuple[rows.ClaimRow, ...]
    more: tuple[str, ...]


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
    limit = wanted.limit or _SHOWN
    whole = msgspec.structs.replace(wanted, limit=None)
    some = msgspec.structs.replace(wanted, limit=limit + 1, latest=True)
    parts: dict[str, list[Any]] = {
        "history": list(lists.control_history(desk.record, whole, last)) if last else [],
        "events": list(lists.events(desk.record, some)),
        "figures": lists.toll_lately(desk.record, whole, limit * _FIGURES),
        "said": list(lists.claims(desk.record, some)),
    }
    if not any(parts.values()):
        raise NothingFound(f"nothing is told of {name!r}", hint="A search may find it under another name")
    more = tuple(key for key, found in parts.items() if len(found) > limit)
    shown = {key: tuple(found[-limit:] if key == "history" else found[:limit]) for key, found in parts.items()}
    view = PlaceView(place=name, **shown, more=more)
    if form == "json":
        return render.as_json(view)
    address = asking.address(request.url.path, request.query_params, limit=limit * 2)
    return desk.page(request, "place.html", view=view, more=address)


def report(desk: Desk, request: Request, form: str) -> Response:
    """A report: its text with marks, its rows beside it; as JSON its newest reading, as `read` prints it."""
    handle = request.path_params["handle"]
    if form == "json":
        newest = desk.record.readings(desk.record.report_id(handle))[0]
        made = as_contract(newest)
        made["report"]["text"] = newest.report.text
        return render.as_json(made)
    return desk.page(request, "report.html", page=laid_out(desk.record, handle))
