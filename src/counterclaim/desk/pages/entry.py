"""Coming in and leaving."""

from __future__ import annotations

from functools import partial

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from counterclaim.desk.shell import Desk, refuse


def addresses(desk: Desk) -> list[Route]:
    """The link, and the way out."""
    return [
        Route("/", partial(home, desk)),
        Route("/open", partial(enter, desk)),
        Route("/leave", partial(leave, desk), methods=["POST"]),
    ]


def home(desk: Desk, request: Request) -> Response:
    """The last day; where there is none yet, the page that takes reports in."""
    visitor = request.scope["visitor"]
    begins = visitor.may("add") and desk.record.last_day() is None
    return RedirectResponse("/add" if begins else "/day", 303)


def enter(desk: Desk, request: Request) -> Response:
    """The link: trades its token for a session, once."""
    if request.method == "HEAD":  # a look at the link does not use it up
        return Response(status_code=204)
    session = desk.door.enter(request.query_params.get("token", ""))
    if session is None:
        hint = "A link works once. For a new one, start the desk again."
        return refuse(request, 401, "This link is not good any more", hint)
    answer = RedirectResponse("/", 303)
    answer.set_cookie(desk.cookie, session, httponly=True, samesite="strict", path="/")
    return answer


def leave(desk: Desk, request: Request) -> Response:
    """End the session."""
    desk.door.leave(request.cookies.get(desk.cookie))
    answer = RedirectResponse("/", 303)
    answer.delete_cookie(desk.cookie, path="/", httponly=True, samesite="strict")
    return answer
