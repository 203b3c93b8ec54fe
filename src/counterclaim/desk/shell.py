"""What all pages share: the record, who may come in, and how a page is made and answered in each of its forms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from counterclaim.desk import asking, render
from counterclaim.desk.access import Door
from counterclaim.errors import CounterclaimError, InputError, NothingFound, StoreError, UsageError
from counterclaim.store import Record

#: Days that figures, sides and answers look back over where the address names none: they compare all with all.
_BACK = 30
_STATUS = ((NothingFound, 404), (UsageError, 400), (InputError, 400), (StoreError, 503))


class Desk:
    """One record and its door.

    Args:
        record: what is shown.
        port: where the desk listens: it names the cookie, as browsers do not keep ports apart.
        door: who may come in.
    """

    def __init__(self, record: Record, port: int, door: Door) -> None:
        self.record, self.door, self.cookie = record, door, f"counterclaim-desk-{port}"

    def page(self, request: Request, template: str, **values: Any) -> Response:
        """A page from its template, which is told what the address asks and where its twins are."""
        params = dict(request.query_params)
        address = partial(asking.address, request.url.path, params)
        twin = {form: asking.address(f"{request.scope['path']}.{form}", params) for form in ("json", "csv")}
        shared: dict[str, Any] = {"params": params, "path": request.url.path, "address": address, "twin": twin}
        shared["chips"] = asking.chips(request.url.path, params)
        return render.html(template, visitor=request.scope["visitor"], **shared, **values)

    def lately(self, request: Request, form: str, back: int = _BACK) -> Response | None:
        """For an address that names no day, the same with the last days of the record; an empty `from` asks for all.

        `back`: how many days before the last.
        """
        params = request.query_params
        if form != "html" or {"from", "to", "day"} & params.keys():
            return None
        last = self.record.last_day(asking.conflict(params, self.record))
        if last is None:
            return None
        days = {"from_": last - timedelta(days=back), "to": last}
        return RedirectResponse(asking.address(request.url.path, params, **days), 303)


#: A page: it answers a request in one of its forms ("html", "json", "csv", "svg", "geojson").
Page = Callable[[Desk, Request, str], Response]


def routes(desk: Desk, path: str, page: Page, *forms: str) -> list[Route]:
    """One route for each form of a page: HTML under its plain address, others under its ending."""

    def serving(form: str) -> Callable[[Request], Response]:
        def serve(request: Request) -> Response:
            return page(desk, request, form)

        return serve

    return [Route(path if form == "html" else f"{path}.{form}", serving(form)) for form in forms]


def refuse(request: Request, status: int, message: str, hint: str = "") -> Response:
    """A page, or JSON where JSON was asked for, that says what is wrong and what helps."""
    if request.url.path.endswith((".json", ".geojson")):
        return render.as_json({"error": message, "hint": hint or None}, status)
    visitor = request.scope.get("visitor")
    return render.html("error.html", status, message=message, hint=hint, visitor=visitor, params={}, path="")


def troubled(request: Request, error: Exception) -> Response:
    """What went wrong, in words, without the path of any file."""
    if isinstance(error, HTTPException):
        return refuse(request, error.status_code, "There is no such page" if error.status_code == 404 else error.detail)
    assert isinstance(error, CounterclaimError)
    status = next((code for kind, code in _STATUS if isinstance(error, kind)), 500)
    return refuse(request, status, error.message[:1].upper() + error.message[1:], error.hint or "")
