"""Adding reports: files, a text, addresses; and how far each job is."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from datetime import date
from typing import Any

import python_multipart  # noqa: F401  without it starlette takes no forms: say so at the start
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from counterclaim import conflict as conflicts
from counterclaim.desk import adding, asking, render
from counterclaim.desk.adding import Adder, Input, Job
from counterclaim.desk.shell import Desk, refuse, routes
from counterclaim.errors import NothingFound, UsageError

#: At most so many files at once, and so many bytes in all; the reader itself refuses a file above 20 MB.
FILES, BYTES = 500, 200_000_000
#: A text that is pasted, or any other field, in bytes.
_FIELD = 20_000_000
_FIELDS = ("text", "headline", "outlet", "published", "url")


class _TooMuch(Exception):
    """More was sent than is taken."""


def addresses(desk: Desk) -> list[Route]:
    """The page that takes reports in, and one for each job."""
    adder = Adder(desk.record)

    async def take(request: Request) -> Response:
        if not _may(request):
            return _not_here(request)
        try:
            job = adder.add(*await _sent(request))
        except _TooMuch:
            hint = f"At most {FILES} files and {BYTES // 1_000_000} MB at once; for more: counterclaim add FOLDER"
            return refuse(request, 413, "That is more than the desk takes at once", hint)
        return RedirectResponse(f"/add/{job.id}", 303)

    def stop(request: Request) -> Response:
        if not _may(request):
            return _not_here(request)
        job = _job(adder, request)
        job.stopped = True
        return RedirectResponse(f"/add/{job.id}", 303)

    def page(desk: Desk, request: Request, form: str) -> Response:
        """The forms, and the jobs of late."""
        jobs = [job.progress() for job in adder.jobs()]
        if form == "json":
            return render.as_json(jobs)
        names = [(name, conflicts.load(name).title) for name in conflicts.names()]
        return desk.page(request, "add.html", jobs=jobs, conflicts=names, may=_may(request))

    def progress(desk: Desk, request: Request, form: str) -> Response:
        """A job: input by input, report by report."""
        found = _job(adder, request).progress()
        return render.as_json(found) if form == "json" else desk.page(request, "adding.html", job=found)

    return [
        *_posted("/add", take, page, desk),
        *routes(desk, "/add/{job}", progress, "json", "html"),
        Route("/add/{job}/stop", stop, methods=["POST"]),
    ]


def _posted(path: str, take: Callable[[Request], Any], page: Any, desk: Desk) -> list[Route]:
    """A page that is read and written to."""
    return [Route(path, take, methods=["POST"]), *routes(desk, path, page, "html", "json")]


def _may(request: Request) -> bool:
    return bool(request.scope["visitor"].may("add"))


def _not_here(request: Request) -> Response:
    return refuse(request, 403, "Nothing can be added here", "This desk was started with --read-only.")


def _job(adder: Adder, request: Request) -> Job:
    job = adder.job(request.path_params["job"])
    if job is None:
        raise NothingFound("this desk knows no such job", hint="It forgets them when it is closed")
    return job


async def _sent(request: Request) -> tuple[list[Input], str | None, date | None]:
    """What was sent, as inputs; the conflict that was chosen, and the day for reports that tell none.

    Raises:
        UsageError: where nothing was sent, or a field makes no sense.
        _TooMuch: where it is more than the desk takes.
    """
    form = await _form(request)
    try:
        fields = {k: v.strip() if k != "text" else v for k, v in form.items() if isinstance(v, str)}
        published = asking.day(fields, "published")
        conflict = asking.value(fields, "conflict")
        if conflict and conflict not in conflicts.names():
            raise UsageError(f"there is no conflict {conflict!r}", hint=f"There are: {', '.join(conflicts.names())}")
        inputs = [
            adding.of_file(file.file, (file.filename or "file").replace("\\", "/").rpartition("/")[2])
            for file in form.getlist("files")
            if isinstance(file, UploadFile) and (file.filename or file.size)
        ]
        inputs += [adding.of_address(line.strip()) for line in _lines(fields.get("addresses", ""))]
        if fields.get("text", "").strip():
            text = fields["text"].replace("\r\n", "\n")
            inputs.append(adding.of_text({**{k: fields.get(k, "") for k in _FIELDS}, "text": text}))
        if not inputs:
            raise UsageError("nothing was sent", hint="Choose files, paste a text, or give an address")
        if len(inputs) > FILES:
            raise _TooMuch
    except BaseException:
        await form.close()
        raise
    return inputs, conflict, published


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


async def _form(request: Request) -> FormData:
    """The form, its files on disk as they come in."""
    size = 0

    async def bounded() -> AsyncGenerator[bytes, None]:
        nonlocal size
        async for chunk in request.stream():
            size += len(chunk)
            if size <= BYTES:  # the rest is taken and dropped: a browser shows no answer before it has sent all
                yield chunk
        if size > BYTES:
            raise _TooMuch

    try:
        if not request.headers.get("content-type", "").startswith("multipart/form-data"):
            return await FormParser(request.headers, bounded()).parse()
        limits: Any = {"max_files": FILES, "max_fields": 100, "max_part_size": _FIELD}
        return await MultiPartParser(request.headers, bounded(), **limits).parse()
    except MultiPartException as error:
        if "Too many" in error.message or "exceeded" in error.message:
            raise _TooMuch from error
        raise UsageError("the form came in broken", hint="Send it again") from error
