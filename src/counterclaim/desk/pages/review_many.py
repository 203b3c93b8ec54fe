"""Review of many rows: all that a filter shows in one go, sheets out and back in, and how far two people agree."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from counterclaim.desk import render
from counterclaim.desk.pages import review
from counterclaim.desk.shell import Desk, routes
from counterclaim.errors import InputError, UsageError
from counterclaim.exports import review as sheets
from counterclaim.exports import review_sheets
from counterclaim.views import agreement as agreed
from counterclaim.views import review as views

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def addresses(desk: Desk) -> list[Route]:
    """Bulk, sheets, agreement."""
    return [
        *routes(desk, "/review/bulk", bulk, "html"),
        review.posted(desk, "/review/bulk", judge_all),
        *routes(desk, "/review/sheet", sheet, "html", "csv", "xlsx"),
        review.posted(desk, "/review/sheet", bring_back, review_sheets.BYTES + 100_000),
        *routes(desk, "/review/agreement", agreement, "html", "json", "csv"),
    ]


def _rows(request: Request) -> dict[str, str]:
    return {k: v for k, v in request.query_params.items() if k != "at"}


def _list(desk: Desk, request: Request) -> review.Asked:
    one = review.asked(desk, request)
    if one.name == "joins":
        raise UsageError("joins are judged one by one", hint="Choose another list")
    return one


def bulk(desk: Desk, request: Request, form: str) -> Response:  # noqa: ARG001  only as HTML
    """What would be judged in one go: every row of it, before anything is said."""
    one = _list(desk, request)
    found = views.shown_by(desk.record, one.name, one.wanted, one.by, one.which)
    most = views.rules()["queue"]["bulk"]
    return desk.page(
        request, "review_bulk.html", asked=one, rows=found[:most], more=len(found) > most, most=most,
        mark=_mark(found), may=request.scope["visitor"].may("judge"), query=_rows(request), review_to=review.to,
    )  # fmt: skip


def judge_all(desk: Desk, request: Request, form: FormData) -> Response:
    """Say one thing of every row that was shown: each gets a judgement of its own, one undo takes all back."""
    one = _list(desk, request)
    verdict = views.VERDICTS.get(review.text(form, "verdict"))
    found = views.shown_by(desk.record, one.name, one.wanted, one.by, one.which)
    if verdict is None:
        raise UsageError("a verdict is yes, no or unsure")
    if len(found) > views.rules()["queue"]["bulk"]:
        raise UsageError("these are more rows than may be judged in one go", hint="Narrow the filters")
    if not found or _mark(found) != review.text(form, "mark"):
        raise UsageError("these are not the rows that were shown any more", hint="Go back, and look at them again")
    desk.record.judge_all(((row.id, verdict, {}, None) for row in found), one.by, _batch())
    return review.onward(request, at=None)


def _mark(rows: Sequence[views.Brief]) -> str:
    """A hash of the rows that are shown: what is judged must be what was seen."""
    return hashlib.sha256(" ".join(row.id for row in rows).encode()).hexdigest()[:16]


def _batch() -> str:
    return secrets.token_hex(8)


def sheet(desk: Desk, request: Request, form: str) -> Response:
    """The rows of the filter as CSV or XLSX; as a page, how to get them and the place to put them back."""
    one = _list(desk, request)
    if form == "html":
        return _sheet_page(desk, request, one)
    found = sheets.lines(desk.record, one.name, one.wanted)
    headers = {"Content-Disposition": f'attachment; filename="review-{one.name}.{form}"'}
    if form == "xlsx":
        return Response(sheets.as_xlsx(one.name, found), media_type=_XLSX, headers=headers)
    return Response(sheets.as_csv(one.name, found), media_type="text/csv; charset=utf-8", headers=headers)


def bring_back(desk: Desk, request: Request, form: FormData) -> Response:
    """Take an edited sheet, and say what became of it line by line."""
    one = _list(desk, request)
    file = form.get("sheet")
    if not isinstance(file, UploadFile) or not file.filename:
        raise InputError("no sheet was sent", hint="Choose the file that you edited")
    data = file.file.read(review_sheets.BYTES + 1)
    brought = sheets.bring_back(desk.record, data, one.by, _batch())
    return _sheet_page(desk, request, one, brought=brought, file=file.filename)


def _sheet_page(desk: Desk, request: Request, one: review.Asked, **values: object) -> Response:
    shown = {"brought": None, "file": "", **values}
    count = desk.record.count(views.FAMILIES[one.name], one.wanted, sheets.MOST + 1)
    return desk.page(
        request, "review_sheet.html", asked=one, count=count, most=sheets.MOST, query=_rows(request),
        may=request.scope["visitor"].may("judge"), review_to=review.to, names=tuple(views.FAMILIES), **shown,
    )  # fmt: skip


def agreement(desk: Desk, request: Request, form: str) -> Response:
    """How far every two people agree on what both judged."""
    found = agreed.agreements(desk.record)
    if form == "json":
        return render.as_json(found)
    if form == "csv":
        return render.as_csv(agreed.flat(found), "agreement")
    return desk.page(request, "review_agreement.html", found=found, review_at=review.to_row, plain=_plain(found))


def _plain(found: Sequence[agreed.Agreement]) -> Mapping[str, str]:
    """What a kappa that is not there is told by."""
    few = "too few rows for a kappa"
    return {f"{a.one} {a.other}": few if a.rows < a.least else "chance alone would agree" for a in found}
