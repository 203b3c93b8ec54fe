"""Files, folders, addresses and streams → reports, lazily and in order. What cannot be read is an error among them.

    reports(["a.txt", "folder", "https://…", "-"])   yields Report or InputError, one at a time
    report_from({"text": "…", "published": "2022-03-03"})   one JSON report of the contract

**Identity.** `Report.id` is the one given, else the first 16 hexadecimal digits of the SHA-256 of the text and of the
address (or the outlet, where there is no address): the same file from another folder is the same report, the same
wire copy in two outlets is two.

**The date of publication**, first found first taken: the report's own JSON field (basis "given"), the caller's
`published` ("given"), the page's or file's own metadata ("metadata"): front matter, `Date:` lines on top, meta tags,
a "Published …" line under the headline. A date after `today` is kept, with a warning.

**The outlet**: the one given, else what the page or file says of itself, else the source line or dateline of the text
where it leaves no doubt (`outlet.py`). The last has no part in the id.

**Text** given in JSON is kept as it is, so that offsets count in it; lone surrogates alone become U+FFFD, one for
one. Text of files has its line ends made "\\n" first. Text of HTML is made here, blocks parted by an empty line.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from counterclaim import passages
from counterclaim.errors import InputError
from counterclaim.sources import dates, jsonl
from counterclaim.sources.language import language_of
from counterclaim.sources.outlet import outlet_of
from counterclaim.sources.text import MAX_BYTES, Warn, check, clean, decode, head, too_large
from counterclaim.types import Passage, Report

if TYPE_CHECKING:
    from counterclaim.fetch import Page
    from counterclaim.sources import html

Found = Report | InputError
Fetch = Callable[[str], "Page"]

_KINDS = {
    ".txt": "text", ".text": "text", ".md": "text", ".markdown": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl",
}  # fmt: skip
_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_HTML = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml|<!doctype\s+html|<!--|<(?:html|head|body|article|main|div|p|h1|meta|section)\b)",
    re.IGNORECASE,
)
_STRINGS = ("url", "outlet", "headline", "title", "published", "date", "language", "text", "html", "byline")


class Settings(msgspec.Struct, frozen=True):
    """What the caller of `reports` asked for: a date for reports without one, today's date, ears for warnings."""

    published: date | None = None
    today: date | None = None
    warn: Warn | None = None

    def tell(self, message: str) -> None:
        """Pass a warning on, if anybody listens."""
        if self.warn:
            self.warn(message)


def reports(
    inputs: Iterable[str | os.PathLike[str]], *, published: date | None = None, fetch: Fetch | None = None,
    today: date | None = None, warn: Warn | None = None, stdin: BinaryIO | None = None,
) -> Iterator[Found]:  # fmt: skip
    """Every report in `inputs`, lazily, in their order; an InputError stands where one could not be read.

    Args:
        inputs: files, folders (searched in the order of names; hidden ones are passed over), http(s) addresses, "-".
        published: the date for reports whose own JSON gives none.
        fetch: what brings an address (`counterclaim.fetch.fetch`); None refuses addresses.
        today: reports dated after it are kept with a warning; None asks no clock and warns of nothing.
        warn: called with each warning, a line that names its file.
        stdin: the stream for "-", standard input if None. JSON Lines, JSON, HTML and text are told apart.
    """
    settings = Settings(published, today, warn)
    for item in inputs:
        name = os.fspath(item)
        if name == "-":
            yield from _stream(stdin or sys.stdin.buffer, "standard input", None, settings)
        elif m := _ADDRESS.match(name):
            yield from _address(name, m.group(1).lower(), fetch, settings)
        else:
            yield from _path(Path(name), settings)


def opened(
    stream: BinaryIO, name: str, *, published: date | None = None, today: date | None = None, warn: Warn | None = None
) -> Iterator[Found]:
    """The reports of an open file that goes by `name`, as `reports` finds them in a file of that name."""
    yield from _stream(stream, name, _KINDS.get(Path(name).suffix.lower()), Settings(published, today, warn))


def _path(path: Path, settings: Settings) -> Iterator[Found]:
    try:
        if path.is_dir():
            files = _files(path)
            first = next(files, None)
            if first is None:
                yield InputError("no report in this folder", where=str(path), hint=f"Looked for {', '.join(_KINDS)}")
                return
            for file in itertools.chain([first], files):
                yield from [_failed(path, file)] if isinstance(file, OSError) else _file(file, settings)
        else:
            yield from _file(path, settings)
    except OSError as error:
        yield _failed(path, error)


def _files(folder: Path) -> Iterator[Path | OSError]:
    """The files of known kinds under `folder`, by name, without following links to folders; errors of folders."""
    errors: list[OSError] = []
    for here, folders, names in os.walk(folder, onerror=errors.append):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.lower() in _KINDS:
                yield Path(here) / name
        yield from errors
        errors.clear()
    yield from errors


def _file(path: Path, settings: Settings) -> Iterator[Found]:
    try:
        with path.open("rb") as stream:
            yield from _stream(stream, str(path), _KINDS.get(path.suffix.lower()), settings)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        yield _failed(path, error)


def _failed(path: Path, error: Exception) -> InputError:
    reason = getattr(error, "strerror", None) or str(error)
    return InputError(f"cannot be read: {reason.lower()}", where=str(getattr(error, "filename", None) or path))


def _stream(stream: BinaryIO, where: str, kind: str | None, settings: Settings) -> Iterator[Found]:
    if kind == "jsonl":
        yield from _objects(jsonl.lines(stream, where), settings)
        return
    start = stream.readline(MAX_BYTES + 1)
    if kind in (None, "json") and start.lstrip(b"\xef\xbb\xbf \t").startswith(b"{") and start.rstrip().endswith(b"}"):
        yield from _objects(jsonl.lines(stream, where, [start]), settings)
        return
    data = start + stream.read(MAX_BYTES + 1 - len(start))
    yield from _data(data, where, kind or _kind(data), settings)


def _kind(data: bytes) -> str:
    """What unnamed bytes hold: JSON, HTML or text."""
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"{", b"[{", b"[\n", b"[\r", b"[ ")):
        return "json"
    return "html" if _HTML.match(start) else "text"


def _data(data: bytes, where: str, kind: str, settings: Settings, page: Page | None = None) -> Iterator[Found]:
    if len(data) > MAX_BYTES:
        yield too_large(where)
        return
    if kind == "json":
        yield from _objects(jsonl.document(data, where), settings)
        return
    try:
        yield (_from_html if kind == "html" else _from_text)(data, where, settings, page)
    except InputError as error:
        yield error


def _address(url: str, scheme: str, fetch: Fetch | None, settings: Settings) -> Iterator[Found]:
    if scheme not in ("http", "https"):
        yield InputError(f"{scheme} addresses are not read", where=url, hint="Give an http or https address")
        return
    if fetch is None:
        yield InputError(
            "addresses are not read here",
            where=url,
            hint="Save the page and give the file",
        )
        return
    try:
        page = fetch(url)
    except InputError as error:
        yield error
        return
    kind = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text"}.get(
        page.content_type, _kind(page.body)
    )
    yield from _data(page.body, url, "json" if "json" in page.content_type else kind, settings, page)


def _objects(found: Iterable[jsonl.Found], settings: Settings) -> Iterator[Found]:
    for item in found:
        try:
            yield item if isinstance(item, InputError) else report_from(item[0], item[1], settings=settings)
        except InputError as error:
            yield error


def report_from(data: Mapping[str, Any], origin: str | None = None, *, settings: Settings | None = None) -> Report:
    """One JSON report of the contract: any of id, url, outlet, headline or title, published or date, language, text or
    html, byline. Unknown keys are passed over.

    Raises:
        InputError: if it is no object, has neither text nor html, or a field is not what it should be (it says which).
    """
    settings = settings or Settings()
    if not isinstance(data, Mapping):
        raise InputError(
            "a report is a JSON object", where=origin, hint='Like {"text": "…", "published": "2022-03-03"}'
        )
    values = {key: _string(data, key, origin) for key in _STRINGS}
    ident = data.get("id")
    if ident is not None and (isinstance(ident, bool) or not isinstance(ident, str | int)):
        raise InputError(f"id: {ident!r} is neither text nor a whole number", where=origin)
    own = _published(values, origin)
    report = Report(
        id="" if ident is None else clean(str(ident)),
        text="",
        url=values["url"],
        outlet=values["outlet"],
        byline=values["byline"],
        headline=values["headline"] or values["title"],
        published=own,
        published_basis="given" if own else "none",
        language=_code(values["language"]),
        origin=origin,
    )
    text = data.get("text")
    if isinstance(text, str):
        return _finished(report, check(text, origin), None, settings)
    if values["html"] is None:
        raise InputError("no text and no html in this report", where=origin)
    from counterclaim.sources import html

    return _from_page(html.page(values["html"], origin), report, settings)


def _string(data: Mapping[str, Any], key: str, origin: str | None) -> str | None:
    value = data.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise InputError(f"{key}: {_short(value)} is not text", where=origin)
    return value if key in ("text", "html") else clean(value).strip() or None


def _code(language: str | None) -> str:
    """An ISO 639 code without its country: "en-GB", "EN" and "eng" are "en"; what is no code is empty."""
    code = (language or "").strip().lower().replace("_", "-").split("-")[0]
    return {"eng": "en"}.get(code, code) if len(code) in (2, 3) and code.isalpha() else ""


def _short(value: object) -> str:
    return repr(value)[:60]


def _published(values: Mapping[str, str | None], origin: str | None) -> date | None:
    for key in ("published", "date"):
        value = values[key]
        if value and (found := dates.given(value)) is None:
            raise InputError(f"{key}: {_short(value)} is not a date", where=origin, hint="Write it as YYYY-MM-DD")
        if value:
            return found
    return None


def _from_text(data: bytes, where: str, settings: Settings, page: Page | None) -> Report:
    text = check(decode(data, where, settings.warn, page.charset if page else None), where)
    report = Report(id="", text="", url=page.final_url if page else head(text).get("url"), language="", origin=where)
    return _finished(report, text, None, settings)


def _from_html(data: bytes, where: str, settings: Settings, page: Page | None) -> Report:
    from counterclaim.sources import html

    report = Report(id="", text="", url=page.final_url if page else None, language="", origin=where)
    source = html.decoded(data, where, settings.warn, page.charset if page else None)
    return _from_page(html.page(source, where), report, settings)


def _from_page(found: html.Found, report: Report, settings: Settings) -> Report:
    """Put what the page says of itself where the caller said nothing."""
    said = found.about
    report = msgspec.structs.replace(
        report, url=report.url or said.url, outlet=report.outlet or said.outlet, byline=report.byline or said.byline,
        headline=report.headline or said.headline, language=report.language or said.language,
    )  # fmt: skip
    if report.published is None and said.published:
        report = msgspec.structs.replace(report, published=said.published, published_basis="metadata")
    return _finished(report, check(found.text, report.origin), found.passages, settings)


def _finished(report: Report, text: str, parts: tuple[Passage, ...] | None, settings: Settings) -> Report:
    """The report with its text, passages, language, date and id."""
    top = head(text) if parts is None else {}
    headline, outlet = report.headline or top.get("headline"), report.outlet or top.get("outlet")
    parts = passages.split(text, headline) if parts is None else parts
    published, basis = report.published, report.published_basis
    if basis != "given" and settings.published:
        published, basis = settings.published, "given"
    if published is None and (found := dates.day(top.get("published", "")) or _stamped(text, parts)):
        published, basis = found, "metadata"
    if published and settings.today and published > settings.today:
        settings.tell(f"{report.origin or 'a report'}: dated {published}, which is after today")
    ident = report.id or hashlib.sha256(f"{report.url or outlet or ''}\0{text}".encode()).hexdigest()[:16]
    language = report.language or _code(top.get("language")) or language_of(text, parts)
    return msgspec.structs.replace(
        report, id=ident, text=text, passages=parts, published=published, published_basis=basis, language=language,
        outlet=outlet or outlet_of(text, parts), headline=headline or _first(text, parts, "headline"),
        byline=report.byline or top.get("byline") or _byline(text, parts),
    )  # fmt: skip


def _first(text: str, parts: tuple[Passage, ...], kind: str) -> str | None:
    found = next((p.span.of(text) for p in parts[:8] if p.kind == kind), None)
    return " ".join(found.split()) if found else None


def _byline(text: str, parts: tuple[Passage, ...]) -> str | None:
    found = _first(text, parts, "byline")
    return re.sub(r"^(?:by|from)[:\s]+", "", found, flags=re.IGNORECASE) if found and "@" not in found else None


def _stamped(text: str, parts: tuple[Passage, ...]) -> date | None:
    """The day of a dated line under the headline, where the page has no other dated line that differs."""
    stamps = [(i, dates.day(p.span.of(text))) for i, p in enumerate(parts) if p.kind == "timestamp"]
    days = {day for _, day in stamps if day}
    return days.pop() if len(days) == 1 and any(i < 6 and day for i, day in stamps) else None
