"""JSON and JSON Lines → the reports' objects, each with the place it came from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from counterclaim.errors import InputError
from counterclaim.sources.text import MAX_BYTES, too_large

Found = tuple[Any, str] | InputError


def parse(data: bytes | str, where: str) -> Any:
    """One JSON value.

    Raises:
        InputError: if it is not JSON, or not in UTF-8.
    """
    try:
        return json.loads(data.decode("utf-8-sig") if isinstance(data, bytes) else data)
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 at byte {error.start}", where=where, hint="JSON is UTF-8") from None
    except json.JSONDecodeError as error:
        at = f"line {error.lineno}, column {error.colno}" if error.lineno > 1 else f"column {error.colno}"
        raise InputError(f"not JSON: {error.msg} at {at}", where=where) from None
    except (RecursionError, ValueError) as error:  # nested too deep, or a number of thousands of digits
        raise InputError(f"not JSON that can be read: {type(error).__name__}", where=where) from None


def lines(stream: BinaryIO, where: str, before: Iterable[bytes] = ()) -> Iterator[Found]:
    """The values of a JSON Lines stream, one line in memory at a time. A bad line is an InputError; the rest goes on.

    `before` holds lines already taken from the stream.
    """
    number = 0
    for number, line in enumerate(_numbered(stream, before), 1):
        place = f"{where}:{number}"
        if line is None:
            yield too_large(place)
        elif line.strip():
            try:
                yield parse(line, place), place
            except InputError as error:
                yield error
    if not number:
        yield InputError("the file is empty", where=where)


def _numbered(stream: BinaryIO, before: Iterable[bytes]) -> Iterator[bytes | None]:
    """Lines; None for one that is too long, read past without keeping it."""
    yield from before
    while line := stream.readline(MAX_BYTES + 1):
        if len(line) <= MAX_BYTES:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(1 << 20)
        yield None


def document(data: bytes, where: str) -> Iterator[Found]:
    """The reports of one JSON document: an object, or a list of them."""
    try:
        value = parse(data, where)
    except InputError as error:
        yield error
        return
    if isinstance(value, list):
        for number, item in enumerate(value, 1):
            yield item, f"{where}[{number}]"
        if not value:
            yield InputError("the list is empty", where=where)
    else:
        yield value, where
