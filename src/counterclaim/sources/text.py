"""Bytes of a text file → text; and what the head of a text says about the report."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Mapping

from counterclaim import passages
from counterclaim.errors import InputError

Warn = Callable[[str], None]

#: The largest file or page that is read whole, in bytes.
MAX_BYTES = 20_000_000
#: The longest text of one report, in characters: some four hundred pages of a book.
MAX_CHARS = 1_000_000

_MAGIC = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a zip archive or an office document",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "compressed with gzip",
    b"BZh": "compressed with bzip2",
    b"\xfd7zXZ": "compressed with xz",
    b"SQLite f": "an SQLite database",
    b"\x7fELF": "a program",
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
#: Encodings that pages name. Python knows others, some of them slow, that no page is in.
_CHARSET = re.compile(
    r"(?:utf-?_?(?:8|16)|iso[-_]?8859|latin|windows-\d|cp125|koi8|shift_?jis|euc[-_]|gb|big5|us-ascii|ascii|mac)",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_NEWLINE = re.compile(r"\r\n?")
_TOP = {
    "title": "headline",
    "author": "byline",
    "date": "published",
    "source": "outlet",
    "site": "outlet",
    "source_url": "url",
}


def decode(data: bytes, where: str, warn: Warn | None = None, charset: str | None = None) -> str:
    """Text of a file: by its byte order mark, by `charset`, as UTF-8, else as Windows-1252 with a warning.

    Line ends become "\\n" here, before the text is anybody's: offsets count in what comes out.

    Raises:
        InputError: if it is empty, too large or no text.
    """
    if len(data) > MAX_BYTES:
        raise too_large(where)
    for magic, name in _MAGIC.items():
        if data.startswith(magic):
            raise InputError(f"this is {name}, not text", where=where, hint="Save it as text or HTML first")
    text = _decoded(data, where, warn, charset)
    if len(_CONTROL.findall(text[:20_000])) > len(text[:20_000]) // 100:
        raise InputError("this is a binary file, not text", where=where)
    text = _NEWLINE.sub("\n", text.removeprefix("\ufeff"))
    if not text.strip():
        raise InputError("the file is empty", where=where)
    return text


def _decoded(data: bytes, where: str, warn: Warn | None, charset: str | None) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, "replace")
    for name in (charset if charset and _CHARSET.match(charset) else "utf-8", "utf-8"):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    if b"\0" in data[:4096]:
        raise InputError("this is a binary file, not text", where=where, hint="UTF-16 needs its byte order mark")
    if warn:
        warn(f"{where}: not UTF-8, read as Windows-1252: accented letters may be wrong")
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def too_large(where: str) -> InputError:
    """The error for more than `MAX_BYTES`."""
    return InputError(
        f"larger than {MAX_BYTES // 1_000_000} MB",
        where=where,
        hint="Split it, or give it as JSON Lines, one report a line",
    )


def check(text: str, where: str | None) -> str:
    """`text` if it is fit to be a report's. Lone surrogates become U+FFFD one for one: offsets hold, output encodes.

    Raises:
        InputError: if it is empty or longer than `MAX_CHARS`.
    """
    if not text.strip():
        raise InputError("the report has no text", where=where)
    if len(text) > MAX_CHARS:
        raise InputError(
            f"a text of {len(text):,} characters is longer than {MAX_CHARS:,}",
            where=where,
            hint="Split it into its reports",
        )
    return clean(text)


def clean(words: str) -> str:
    """`words` with each lone surrogate, which no encoding can write, as U+FFFD."""
    try:
        words.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", words)
    return words


def head(text: str) -> Mapping[str, str]:
    """What front matter or `Key: value` lines on top of `text` say: headline, published, outlet, url, byline."""
    return {_TOP.get(key, key): value for key, value in passages.fields(text)}
