"""The pages: each asks one view and shows it, as HTML, as JSON (the view as it is) or as CSV (its rows).

A module is an area of the desk; its `addresses` names the pages it answers. A new area is a new module and a line here.
"""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount

from counterclaim.desk.access import Door
from counterclaim.desk.files import Files
from counterclaim.desk.guard import Guard
from counterclaim.desk.pages import (
    actors,
    adding,
    beside,
    day,
    entry,
    events,
    lists,
    maps,
    review,
    review_group,
    review_many,
    single,
    together,
)
from counterclaim.desk.shell import Desk, refuse, troubled
from counterclaim.errors import CounterclaimError
from counterclaim.store import Record

_AREAS = (entry, day, maps, lists, beside, together, single, actors, events, adding, review, review_group, review_many)


def build(record: Record, port: int, door: Door) -> Starlette:
    """The desk as an application, guarded."""
    desk = Desk(record, port, door)
    static = Mount("/static", Files(packages=[("counterclaim.desk", "static")]))
    routes = [*(route for area in _AREAS for route in area.addresses(desk)), static]
    hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
    guard = Middleware(Guard, door=door, hosts=hosts, cookie=desk.cookie, refuse=refuse)
    troubles = {CounterclaimError: troubled, HTTPException: troubled}
    packed = Middleware(GZipMiddleware, compresslevel=6)
    return Starlette(routes=routes, middleware=[guard, packed], exception_handlers=troubles)
