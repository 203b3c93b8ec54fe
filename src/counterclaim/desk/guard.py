"""What stands before every page: the right host, a known visitor, no write from elsewhere, strict headers on all.

The host is checked against DNS rebinding (a strange name that resolves to this machine); writes by Sec-Fetch-Site and,
for browsers without it, Origin, so that forms need no tokens; what a page may load by a Content-Security-Policy that
names nothing but this desk.
"""

from __future__ import annotations

from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from counterclaim.desk.access import Door

#: Nothing but our own files; no inline style or script, no frame around us, no form to elsewhere.
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; worker-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
_READS = frozenset({"GET", "HEAD"})
#: What opens without a session: the link itself, and the style of the page that refuses.
_OPEN = frozenset({"/open", "/static/desk.css", "/static/icon.svg"})
Refuse = Callable[[Request, int, str, str], Response]


class Guard:
    """ASGI middleware around the desk.

    Args:
        app: the desk itself.
        door: who may come in.
        hosts: the Host headers that are ours, each with its port.
        cookie: the name of the session's cookie.
        refuse: makes the page that says no, from request, status, what is wrong and what helps.
    """

    def __init__(self, app: ASGIApp, door: Door, hosts: frozenset[str], cookie: str, refuse: Refuse) -> None:
        self.app, self.door, self.hosts, self.cookie, self.refuse = app, door, hosts, cookie, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse to."""
        if scope["type"] == "websocket":  # the desk has none: closed before it opens
            await send({"type": "websocket.close"})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in {"Content-Security-Policy": POLICY, **_HEADERS}.items():
                    headers.setdefault(name, value)
            await send(message)

        request = Request(scope, receive)
        await (self._refused(request) or self.app)(scope, receive, guarded)

    def _refused(self, request: Request) -> Response | None:
        """The answer that says no, or None."""
        if request.headers.get("host", "") not in self.hosts:
            hint = "Open the link that the desk printed, as it is."
            return self.refuse(request, 421, "This desk does not go by that name", hint)
        visitor = self.door.who(request.cookies.get(self.cookie))
        request.scope["visitor"] = visitor
        if request.method not in _READS and not self._from_here(request):
            return self.refuse(request, 403, "That came from another page", "Do it on a page of the desk itself.")
        if visitor is None and request.url.path not in _OPEN:
            hint = (
                "Open the link that the desk printed when it started. It works once: for another, start the desk again."
            )
            return self.refuse(request, 401, "Nobody is let in without the link", hint)
        return None

    def _from_here(self, request: Request) -> bool:
        """Whether a write was made on one of our own pages; a program that is no browser sends neither header."""
        site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
        if site is not None:
            return site in ("same-origin", "none")
        return origin is None or origin.partition("://")[2] in self.hosts
