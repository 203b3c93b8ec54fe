"""A page as HTML, JSON or CSV. Everything that comes from a report is text: the templates escape it all."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import Response

from counterclaim.desk import columns
from counterclaim.exports.files import clean, guarded
from counterclaim.views import wording, words


def _plain(value: Any) -> Any:
    """Text without control characters; nothing for None. Escaping comes after this."""
    if value is None:
        return ""
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def marked(snippet: str) -> Iterator[tuple[bool, str]]:
    """A snippet in pieces: whether they were looked for, and their words."""
    for n, part in enumerate(snippet.replace("\x03", "\x02").split("\x02")):
        if part:
            yield n % 2 == 1, part


def link(url: str | None) -> str | None:
    """An address of a report that may be followed: http and https only."""
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") else None
    except ValueError:
        return None


def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("counterclaim.desk"), autoescape=True, undefined=StrictUndefined, finalize=_plain,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.globals.update(at=columns.at, place=columns.place, actor=columns.actor, event=columns.event)
    made.globals.update(columns=columns.COLUMNS, words=words, wording=wording)
    made.filters.update(marked=marked, link=link, typed=lambda row: type(row).__name__)
    return made


_templates = _environment()


def text(template: str, **values: Any) -> str:
    """A template filled in."""
    return _templates.get_template(template).render(**values)


def html(template: str, status: int = 200, **values: Any) -> Response:
    """A page."""
    return Response(text(template, **values), status, media_type="text/html; charset=utf-8")


def as_json(value: object, status: int = 200) -> Response:
    """A view as it is."""
    return Response(msgspec.json.format(msgspec.json.encode(value), indent=2), status, media_type="application/json")


def as_csv(rows: Iterable[Any], name: str) -> Response:
    """Rows as a table; no cell that a spreadsheet would run."""
    out = io.StringIO()
    writer: Any = None
    for row in rows:
        cells = {k: guarded(v) for k, v in msgspec.to_builtins(row).items()}
        if writer is None:
            writer = csv.DictWriter(out, list(cells), lineterminator="\n")
            writer.writeheader()
        writer.writerow(cells)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)
