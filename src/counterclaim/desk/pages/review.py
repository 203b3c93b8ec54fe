"""Review: one reading at a time in its context, judged with a key or a button; the last ten can be changed.

Every page works as plain forms: a judgement is a POST that leads to the next row. The script asks for the parts of a
page alone (header `X-Part`), so that the next row is there before it is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from counterclaim.desk import asking, render
from counterclaim.desk.shell import Desk, refuse, routes
from counterclaim.errors import UsageError
from counterclaim.record.judgements import Judgement, Verdict, standing
from counterclaim.store import Filter
from counterclaim.store.reviewing import Which
from counterclaim.types import Struct
from counterclaim.views import review as views

#: Bytes of a form without a file.
_FORM = 1_000_000
_WHICH: Mapping[str, Which] = {"open": "open", "mine": "mine", "all": "all"}
_STANDING = ("doubtful", "joined")
_NAMES = (*views.FAMILIES, "joins")
#: What an edit sends: the field's name after this.
_FIELD = "f-"

Post = Callable[[Desk, Request, FormData], Response]


class Asked(Struct, frozen=True, kw_only=True):
    """What an address of review asks for, and who asks. `standing`: of joins, what the program made of them."""

    name: str
    wanted: Filter
    which: Which
    standing: str
    by: str


def addresses(desk: Desk) -> list[Route]:
    """The page, and what is said on it."""
    return [
        *routes(desk, "/review", review, "html", "json"),
        posted(desk, "/review/say", say),
        posted(desk, "/review/correct", correct),
        posted(desk, "/review/undo", undo),
    ]


def posted(desk: Desk, path: str, page: Post, most: int = _FORM) -> Route:
    """A route for a form of at most `most` bytes, by somebody who may judge."""

    async def serve(request: Request) -> Response:
        if not request.scope["visitor"].may("judge"):
            return refuse(request, 403, "Nothing can be judged here", "This desk was started with --read-only.")
        size = request.headers.get("content-length", "")
        if not size.isascii() or not size.isdigit() or int(size) > most:
            return refuse(request, 413, "That is more than the desk takes at once", f"At most {most:,} bytes.")
        try:
            form = await request.form(max_files=1, max_fields=100)
        except (MultiPartException, HTTPException):
            return refuse(request, 400, "The form came in broken", "Send it again.")
        async with form_closed(form):
            return await run_in_threadpool(page, desk, request, form)

    return Route(path, serve, methods=["POST"])


class form_closed:  # noqa: N801  used as a word in a `with`
    """Closes the files of a form behind it."""

    def __init__(self, form: FormData) -> None:
        self._form = form

    async def __aenter__(self) -> None:
        """Nothing to open."""

    async def __aexit__(self, *_: object) -> None:
        """Close them."""
        await self._form.close()


def text(form: FormData, name: str) -> str:
    """A field of a form, without space around it; nothing where it is not there or a file."""
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def asked(desk: Desk, request: Request) -> Asked:
    """What the address asks for.

    Raises:
        UsageError: for a list that is not reviewed, or a filter that makes no sense.
    """
    params = request.query_params
    at = asking.value(params, "at")
    name = asking.value(params, "family") or (family(at.split()) if at else "events")
    which, verdict = asking.value(params, "which") or "open", asking.value(params, "standing") or _STANDING[0]
    for said, words in ((name, _NAMES), (which, tuple(_WHICH)), (verdict, _STANDING)):
        if said not in words:
            raise UsageError(f"{said!r} is not reviewed", hint=f"It can be {', '.join(words)}")
    return Asked(
        name=name, wanted=asking.wanted(params, desk.record), which=_WHICH[which], standing=verdict,
        by=request.scope["visitor"].name,
    )  # fmt: skip


def queue(desk: Desk, one: Asked) -> views.Queue:
    """What waits for whoever asks."""
    if one.name == "joins":
        return views.pair_queue(desk.record, one.wanted, one.by, one.standing, one.which)
    return views.queue(desk.record, one.name, one.wanted, one.by, one.which)


def task(desk: Desk, ref: str, by: str) -> views.Task | views.PairTask:
    """The row, or the two events, that `ref` names."""
    first, _, second = ref.partition(" ")
    return views.pair_task(desk.record, first, second, by) if second else views.task(desk.record, first, by)


def onward(request: Request, path: str = "/review", **changed: object) -> Response:
    """On to a page of review with the filters of this one."""
    return RedirectResponse(asking.address(path, request.query_params, **changed), 303)


def review(desk: Desk, request: Request, form: str) -> Response:
    """One row in its context: the one that the address names (`at`), else the most doubtful."""
    one = asked(desk, request)
    found = queue(desk, one)
    at = asking.value(request.query_params, "at") or (found.items[0].id if found.items else None)
    shown = task(desk, at, one.by) if at else None
    if form == "json":
        return render.as_json({"queue": found, "task": shown})
    return page(desk, request, one, found, shown)


def page(
    desk: Desk, request: Request, one: Asked, found: views.Queue, shown: views.Task | views.PairTask | None,
    *, typed: Mapping[str, str] | None = None, trouble: UsageError | None = None,
) -> Response:  # fmt: skip
    """The page of one row; after a correction that could not be kept with what was typed, and why."""
    values: dict[str, Any] = {
        "task": shown, "then": found.after(shown.id) if shown else None, "typed": typed or {}, "trouble": trouble,
        "names": _NAMES,
    }  # fmt: skip
    template = "_review_task.html" if request.headers.get("x-part") == "task" else "review.html"
    return desk.page(request, template, status=400 if trouble else 200, **beside(desk, request, one, found), **values)


def beside(desk: Desk, request: Request, one: Asked, found: views.Queue) -> dict[str, Any]:
    """What a page says beside the row: how far one is and the last ten, with the addresses that lead there."""
    return {
        "asked": one, "queue": found, "past": desk.record.past(one.by, views.rules()["queue"]["past"]),
        "may": request.scope["visitor"].may("judge"), "review_to": to, "review_at": to_row,
        "query": {k: v for k, v in request.query_params.items() if k != "at"},
    }  # fmt: skip


def to(path: str, query: Mapping[str, str], **changed: object) -> str:
    """The address of a page of review with the filters of `query`, some changed."""
    return asking.address(f"/review/{path}".rstrip("/"), query, **changed)


def to_row(query: Mapping[str, str], refs: Sequence[str]) -> str:
    """The address of a row, or of two events, in review."""
    return to("", query, family=family(refs), at=" ".join(refs))


def family(refs: Sequence[str]) -> str:
    """The list that a row, or a pair of events, stands in."""
    first, _, second = " ".join(refs).partition(" ")
    if second:
        return "joins"
    return next((name for name, of in views.FAMILIES.items() if of[0] == first.rpartition("/")[2][:1]), "events")


def say(desk: Desk, request: Request, form: FormData) -> Response:
    """Keep a verdict, and go on."""
    ref, verdict, by = text(form, "ref"), views.VERDICTS.get(text(form, "verdict")), request.scope["visitor"].name
    if verdict is None:
        raise UsageError("a verdict is yes, no or unsure")
    note = text(form, "note") or None
    said = standing(_history(desk, ref))
    if said is None or (said.by, said.verdict, said.note) != (by, verdict, note):  # sent twice is said once
        one, _, other = ref.partition(" ")
        if other:
            desk.record.judge_pair(one, other, verdict, by)
        else:
            desk.record.judge(one, verdict, by, note=note)
    if request.headers.get("x-part"):
        asks = asked(desk, request)
        return desk.page(request, "_review_past.html", **beside(desk, request, asks, queue(desk, asks)))
    return onward(request, at=text(form, "then"))


def correct(desk: Desk, request: Request, form: FormData) -> Response:
    """Keep a correction, and go on; one that makes no sense is shown again with what was typed."""
    ref, by = text(form, "ref"), request.scope["visitor"].name
    written = {name.removeprefix(_FIELD): text(form, name) for name in form if name.startswith(_FIELD)}
    read, _, history = desk.record.row(ref)
    try:
        changes = views.changes(read.item, written)
        said = standing(history)
        if not changes and not (said and said.verdict == "correct"):
            raise UsageError("no field differs from what was read", hint="If it is right as it is, say so")
        verdict: Verdict = "correct" if changes else "yes"
        desk.record.judge(ref, verdict, by, changes, note=text(form, "note") or None)
    except UsageError as error:
        one = asked(desk, request)
        return page(desk, request, one, queue(desk, one), task(desk, ref, by), typed=written, trouble=error)
    return onward(request, at=text(form, "then"))


def undo(desk: Desk, request: Request, form: FormData) -> Response:
    """Take back the last word on a row or pair, or all of a batch, where it is still one's own; back to that row."""
    by, batch, ref = request.scope["visitor"].name, text(form, "batch"), text(form, "ref")
    if batch:
        taken, since = desk.record.take_back(batch, by)
        if not taken:
            raise UsageError("nothing of that stands any more" + (", others judged since" if since else ""))
        return onward(request, at=None)
    said = standing(_history(desk, ref))
    if said is None or said.by != by:
        why = f"{said.by} judged it since: {said.verdict}" if said else "it was taken back before"
        raise UsageError(f"there is nothing of yours to take back: {why}")
    one, _, other = ref.partition(" ")
    if other:
        desk.record.judge_pair(one, other, "undo", by)
    else:
        desk.record.judge(one, "undo", by)
    return onward(request, at=ref, family=family(ref.split()))


def _history(desk: Desk, ref: str) -> list[Judgement]:
    one, _, other = ref.partition(" ")
    return desk.record.pair(one, other)[1] if other else desk.record.row(one)[2]
