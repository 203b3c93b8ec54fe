"""Ways through a record that hold little of it: rows report by report, and a pile on disk to sort things by day."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from counterclaim.record.tellings import Masthead, Telling

T = TypeVar("T", bound=msgspec.Struct)
#: Things kept in memory before they are written out.
_HELD = 2000
_SIZE = 4


class Beside:
    """Rows in the order of their reports, taken report by report."""

    def __init__(self, rows: Iterable[Telling[Any]]) -> None:
        self._groups = groupby(rows, key=lambda t: t.report.id)
        self._next: tuple[str, list[Telling[Any]]] | None = None

    def of(self, report: Masthead) -> list[Telling[Any]]:
        """The rows of `report`, which comes after those asked for before."""
        if self._next is None and (found := next(self._groups, None)) is not None:
            self._next = found[0], list(found[1])
        if self._next is None or self._next[0] != report.id:
            return []
        rows, self._next = self._next[1], None
        return rows


class ByDay(Generic[T]):
    """Things by day. Use it in a `with` block; its folder is gone afterwards."""

    def __init__(self, kind: Any) -> None:
        self._encoder, self._decoder = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(kind)
        self._folder = tempfile.TemporaryDirectory(prefix="counterclaim-")
        self._held: dict[date, list[bytes]] = defaultdict(list)
        self._days: set[date] = set()
        self._count = 0

    def __enter__(self) -> ByDay[T]:
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()

    def add(self, day: date, thing: T) -> None:
        """Keep `thing` under `day`."""
        self._held[day].append(self._encoder.encode(thing))
        self._count += 1
        if self._count % _HELD == 0:
            self._write()

    def days(self) -> Iterator[tuple[date, list[T]]]:
        """Every day with its things, in the order in which they came."""
        self._write()
        for day in sorted(self._days):
            yield day, list(self._read(day))

    def _write(self) -> None:
        for day, things in self._held.items():
            with self._path(day).open("ab") as out:
                for thing in things:
                    out.write(len(thing).to_bytes(_SIZE, "big") + thing)
            self._days.add(day)
        self._held.clear()

    def _read(self, day: date) -> Iterator[T]:
        with self._path(day).open("rb") as kept:
            while size := kept.read(_SIZE):
                yield self._decoder.decode(kept.read(int.from_bytes(size, "big")))

    def _path(self, day: date) -> Path:
        return Path(self._folder.name) / day.isoformat()
