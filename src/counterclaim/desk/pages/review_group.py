"""Events that joins tie together: split a group, merge two by hand, undo a join."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from counterclaim.desk import asking
from counterclaim.desk.pages import review
from counterclaim.desk.shell import Desk, routes
from counterclaim.errors import UsageError
from counterclaim.views.joins import told


def addresses(desk: Desk) -> list[Route]:
    """The page of a group, and what is done to it."""
    return [
        *routes(desk, "/review/group", group, "html"),
        review.posted(desk, "/review/split", split),
        review.posted(desk, "/review/merge", merge),
    ]


def group(desk: Desk, request: Request, form: str) -> Response:  # noqa: ARG001  only as HTML
    """The events that are one with an event (`ref`), as the program and people have it."""
    ref = asking.value(request.query_params, "ref")
    found = [told(telling) for telling in desk.record.group(ref)] if ref else []
    return desk.page(
        request, "review_group.html", ref=ref, group=found, may=request.scope["visitor"].may("judge"),
        review_at=review.to_row,
    )  # fmt: skip


def split(desk: Desk, request: Request, form: FormData) -> Response:
    """Take the chosen events out of a group: each is another event than each that stays."""
    ref, by = review.text(form, "ref"), request.scope["visitor"].name
    every = [telling.ref for telling in desk.record.group(ref)]
    chosen = {value for value in form.getlist("out") if isinstance(value, str)}
    out, stay = [one for one in every if one in chosen], [one for one in every if one not in chosen]
    if not out or not stay:
        raise UsageError("choose some of the group, not all or none", hint="Those chosen become an event of their own")
    for one in out:
        for other in stay:
            desk.record.judge_pair(one, other, "no", by)
    return _to(stay[0])


def merge(desk: Desk, request: Request, form: FormData) -> Response:
    """Say that two events, by ref, are one."""
    one, other = review.text(form, "one"), review.text(form, "other")
    if not (one and other):
        raise UsageError("name two events", hint="By their ids, as lists print them: 1a2b3c4d/e1")
    desk.record.judge_pair(one, other, "yes", request.scope["visitor"].name)
    return _to(one)


def _to(ref: str) -> Response:
    return RedirectResponse(asking.address("/review/group", {"ref": ref}), 303)
