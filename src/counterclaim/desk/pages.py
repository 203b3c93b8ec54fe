"""The pages: each asks one view and shows it, as HTML, as JSON (the view as it is) or as CSV (its rows)."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from counterclaim.conflict import Conflict
from counterclaim.desk import asking, axis, render, report
from counterclaim.desk.access import Door
from counterclaim.desk.guard import Guard
from counterclaim.errors import CounterclaimError, InputError, NothingFound, StoreError, UsageError
from counterclaim.exports import map as maps
from counterclaim.store import Filter, Record
from counterclaim.types import Struct
from counterclaim.views import days, flat, lists, rows
from counterclaim.views import map as map_view
from counterclaim.views.answers import answers
from counterclaim.views.brief import brief
from counterclaim.views.contract import as_contract
from counterclaim.views.sides import sides
from counterclaim.views.since import changes

#: Days to either side that the strip of days shows.
_AROUND = 7
#: Days that figures, sides and answers look back over where the address names none: they compare all with all.
_BACK = 30
#: Passages that a search looks through for its facets, at most.
_FOUND = 1000
_STATUS = ((NothingFound, 404), (UsageError, 400), (InputError, 400), (StoreError, 503))
_Params = Mapping[str, str]


class PlaceView(Struct, frozen=True, kw_only=True):
    """A place: how it stood, spell by spell, what happened there, what is counted there."""

    place: str
    history: tuple[rows.SpellRow, ...]
    events: tuple[rows.EventRow, ...]
    figures: tuple[rows.TollRow, ...]


class Desk:
    """The pages of one record.

    Args:
        record: what is shown.
        port: where the desk listens: it names the cookie, as browsers do not keep ports apart.
        door: who may come in.
    """

    def __init__(self, record: Record, port: int, door: Door) -> None:
        self.record, self.door, self.cookie = record, door, f"counterclaim-desk-{port}"

    # Coming in

    def enter(self, request: Request) -> Response:
        """The link: trades its token for a session, once."""
        if request.method == "HEAD":  # a look at the link does not use it up
            return Response(status_code=204)
        session = self.door.enter(request.query_params.get("token", ""))
        if session is None:
            hint = "A link works once. For a new one, start the desk again."
            return refuse(request, 401, "This link is not good any more", hint)
        answer = RedirectResponse("/", 303)
        answer.set_cookie(self.cookie, session, httponly=True, samesite="strict", path="/")
        return answer

    def leave(self, request: Request) -> Response:
        """End the session."""
        self.door.leave(request.cookies.get(self.cookie))
        answer = RedirectResponse("/", 303)
        answer.delete_cookie(self.cookie, path="/", httponly=True, samesite="strict")
        return answer

    # Pages of a day

    def day(self, request: Request, form: str) -> Response:
        """The brief of a day; with HTML what changed since the day before, the map, and the days around."""
        params = request.query_params
        name, number, on = self._day(params)
        limit = asking.number(params, "limit") or 6
        if form == "json":
            return render.as_json(brief(self.record, name, number, on, limit))
        which = days.day_of(self.record, name, number, on)
        around = self._around(which.conflict, which.date, which.profile)
        try:
            made = brief(self.record, which.conflict, None, which.date, limit)
        except NothingFound as error:
            return self._page(request, "day.html", which=which, brief=None, around=around, error=error)
        try:
            turned = changes(self.record, which.date - timedelta(days=1), which.conflict, None, which.date, limit)
        except NothingFound:
            turned = None
        return self._page(request, "day.html", which=which, brief=made, around=around, changes=turned, error=None)

    def changes(self, request: Request, form: str) -> Response:  # noqa: ARG002  only as JSON
        """What changed since a day (`since`; without, the day before)."""
        params = request.query_params
        name, number, on = self._day(params)
        which = days.day_of(self.record, name, number, on)
        since = asking.day(params, "since") or which.date - timedelta(days=1)
        return render.as_json(changes(self.record, since, which.conflict, None, which.date))

    def map(self, request: Request, form: str) -> Response:
        """The map of a day: a picture, GeoJSON, or the view."""
        params = request.query_params
        view = map_view.map_of(self.record, *self._day(params), asking.day(params, "known_on"))
        if form == "json":
            return render.as_json(view)
        if form == "geojson":
            return Response(maps.draw(view, form), media_type="application/geo+json")
        return _picture(view, narrow=params.get("width") == "narrow")

    def _day(self, params: _Params) -> tuple[str | None, int | None, date | None]:
        """Conflict, day number and date that an address names; a date goes before a number."""
        on = asking.day(params, "date")
        return asking.conflict(params, self.record), None if on else asking.number(params, "day"), on

    def _around(self, name: str, day: date, profile: Conflict | None) -> list[tuple[date, int | None, int]]:
        """The days around one: date, number, and how many reports were published on each."""
        reach = timedelta(days=_AROUND)
        heads = self.record.reports(Filter(first=day - reach, last=day + reach, conflict=name))
        told = Counter(head.published for head, _ in heads)
        every = (day + timedelta(days=n) for n in range(-_AROUND, _AROUND + 1))
        return [(d, days.number_of(profile, d), told[d]) for d in every]

    # Lists

    def rows(self, request: Request, form: str, name: str) -> Response:
        """A list of the record's rows: statements, events, figures, control, reports."""
        if name == "figures" and (lately := self._lately(request, form)):
            return lately
        wanted = asking.wanted(request.query_params, self.record)
        if form == "json":
            return render.as_json(list(self._rows(name, wanted)))
        if form == "csv":
            return render.as_csv(self._rows(name, wanted), name)
        limit = wanted.limit or asking.SHOWN
        some = list(self._rows(name, msgspec.structs.replace(wanted, limit=limit + 1)))
        more = asking.address(request.url.path, request.query_params, limit=limit * 2) if len(some) > limit else None
        return self._list(request, "list.html", name, some[:limit], more)

    def _rows(self, name: str, wanted: Filter) -> Iterable[Any]:
        if name == "control":
            day = wanted.last or self.record.last_day(wanted.conflict)
            if day is None:
                raise NothingFound("no dated report in the record", hint="Name a day: to=2022-03-03")
            return lists.control(self.record, wanted, day)
        if name == "reports":
            heads = (head for head, _ in self.record.reports(wanted))
            return [head for _, head in zip(range(wanted.limit or 10**9), heads, strict=False)]
        made: dict[str, Callable[[Record, Filter], Iterable[Any]]]
        made = {"statements": lists.claims, "events": lists.events, "figures": lists.toll}
        return made[name](self.record, wanted)

    def search(self, request: Request, form: str) -> Response:
        """Passages that hold words (`q`), best first, with facets."""
        params = request.query_params
        words, wanted = asking.value(params, "q") or "", asking.wanted(params, self.record)
        if form != "html":
            found = lists.search(self.record, words, wanted)
            return render.as_json(list(found)) if form == "json" else render.as_csv(found, "search")
        asked = msgspec.structs.replace(wanted, limit=_FOUND)
        some = list(lists.search(self.record, words, asked)) if words else []
        return self._list(request, "search.html", "search", some, None, shown=wanted.limit or asking.SHOWN)

    def _list(
        self, request: Request, template: str, name: str, some: list[Any], more: str | None, **values: Any
    ) -> Response:
        facets = asking.facets(some, request.url.path, request.query_params)
        return self._page(request, template, name=name, rows=some, more=more, facets=facets, **values)

    def _lately(self, request: Request, form: str) -> Response | None:
        """For an address that names no day, the same with the last days of the record; an empty `from` asks for all."""
        params = request.query_params
        if form != "html" or {"from", "to", "day"} & params.keys():
            return None
        last = self.record.last_day(asking.conflict(params, self.record))
        if last is None:
            return None
        days = {"from_": last - timedelta(days=_BACK), "to": last}
        return RedirectResponse(asking.address(request.url.path, params, **days), 303)

    # Pages that set beside each other

    def sides(self, request: Request, form: str) -> Response:
        """The sides' figures beside each other."""
        if lately := self._lately(request, form):
            return lately
        params = request.query_params
        every = asking.value(params, "every") is not None
        found = sides(self.record, asking.wanted(params, self.record), lists.TOLL, every)
        if form == "json":
            return render.as_json(found)
        if form == "csv":
            return render.as_csv(flat.flat_sides(found), "sides")
        return self._page(request, "sides.html", name="sides", matters=[(m, axis.bars(m)) for m in found])

    def answers(self, request: Request, form: str) -> Response:
        """What is said, and what is answered."""
        if lately := self._lately(request, form):
            return lately
        found = answers(self.record, asking.wanted(request.query_params, self.record))
        if form == "json":
            return render.as_json(found)
        if form == "csv":
            return render.as_csv(flat.flat_answers(found), "answers")
        return self._page(request, "answers.html", name="answers", answers=found)

    def place(self, request: Request, form: str) -> Response:
        """All that the record holds of a place."""
        name = request.path_params["name"]
        params = {**request.query_params, "place": name}
        wanted = asking.wanted(params, self.record)
        last = wanted.last or self.record.last_day(wanted.conflict)
        view = PlaceView(
            place=name,
            history=tuple(lists.control_history(self.record, wanted, last)) if last else (),
            events=tuple(lists.events(self.record, wanted)),
            figures=tuple(lists.toll(self.record, wanted)),
        )
        if not (view.history or view.events or view.figures):
            raise NothingFound(f"nothing is told of {name!r}", hint="A search may find it under another name")
        return render.as_json(view) if form == "json" else self._page(request, "place.html", view=view)

    def report(self, request: Request, form: str) -> Response:
        """A report: its text with marks, its rows beside it; as JSON its newest reading, as `read` prints it."""
        handle = request.path_params["handle"]
        if form == "json":
            newest = self.record.readings(self.record.report_id(handle))[0]
            made = as_contract(newest)
            made["report"]["text"] = newest.report.text
            return render.as_json(made)
        return self._page(request, "report.html", page=report.page(self.record, handle))

    def _page(self, request: Request, template: str, **values: Any) -> Response:
        params = dict(request.query_params)
        address = partial(asking.address, request.url.path, params)
        twin = {form: asking.address(f"{request.scope['path']}.{form}", params) for form in ("json", "csv")}
        shared: dict[str, Any] = {"params": params, "path": request.url.path, "address": address, "twin": twin}
        return render.html(template, visitor=request.scope["visitor"], **shared, **values)


def refuse(request: Request, status: int, message: str, hint: str = "") -> Response:
    """A page, or JSON where JSON was asked for, that says what is wrong and what helps."""
    if request.url.path.endswith((".json", ".geojson")):
        return render.as_json({"error": message, "hint": hint or None}, status)
    visitor = request.scope.get("visitor")
    return render.html("error.html", status, message=message, hint=hint, visitor=visitor, params={}, path="")


def _troubled(request: Request, error: Exception) -> Response:
    """What went wrong, in words, without the path of any file."""
    if isinstance(error, HTTPException):
        return refuse(request, error.status_code, "There is no such page" if error.status_code == 404 else error.detail)
    assert isinstance(error, CounterclaimError)
    status = next((code for kind, code in _STATUS if isinstance(error, kind)), 500)
    return refuse(request, status, error.message[:1].upper() + error.message[1:], error.hint or "")


def _picture(view: map_view.MapView, *, narrow: bool) -> Response:
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


def build(record: Record, port: int, door: Door) -> Starlette:
    """The desk as an application, guarded."""
    desk = Desk(record, port, door)
    routes = [
        Route("/", lambda _: RedirectResponse("/day", 303)),
        Route("/open", desk.enter),
        Route("/leave", desk.leave, methods=["POST"]),
        *_routes("/day", desk.day, "html", "json"),
        *_routes("/changes", desk.changes, "json"),
        *_routes("/map", desk.map, "svg", "geojson", "json"),
        *_routes("/search", desk.search, "html", "json", "csv"),
        *_routes("/sides", desk.sides, "html", "json", "csv"),
        *_routes("/answers", desk.answers, "html", "json", "csv"),
        *_routes("/place/{name:path}", desk.place, "json", "html"),
        *_routes("/report/{handle:path}", desk.report, "json", "html"),
        Mount("/static", StaticFiles(packages=[("counterclaim.desk", "static")])),
    ]
    for name in ("statements", "events", "figures", "control", "reports"):
        routes += _routes(f"/{name}", partial(_named, desk.rows, name), "html", "json", "csv")
    hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
    guard = Middleware(Guard, door=door, hosts=hosts, cookie=desk.cookie, refuse=refuse)
    troubles = {CounterclaimError: _troubled, HTTPException: _troubled}
    return Starlette(routes=routes, middleware=[guard], exception_handlers=troubles)


def _named(page: Callable[[Request, str, str], Response], name: str, request: Request, form: str) -> Response:
    return page(request, form, name)


def _routes(path: str, page: Callable[[Request, str], Response], *forms: str) -> list[Route]:
    """One route for each form of a page: HTML under its plain address, others under its ending."""

    def serving(form: str) -> Callable[[Request], Response]:
        def serve(request: Request) -> Response:
            return page(request, form)

        return serve

    return [Route(path if form == "html" else f"{path}.{form}", serving(form)) for form in forms]
