"""Files that appear whole or not at all, and cells that a spreadsheet will not run."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any, cast

from counterclaim.errors import UsageError

#: A cell that begins with one of these may be run as a formula (OWASP, "CSV injection"); wide forms too.
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
#: Control characters that XML and CSV readers stumble over; the tab and the end of line stay.
_CONTROL = dict.fromkeys(c for c in (*range(0x20), *range(0x7F, 0xA0)) if c not in (0x09, 0x0A, 0x0D))


def clean(text: str) -> str:
    """`text` without control characters and halves of characters."""
    return text.translate(_CONTROL).encode("utf-8", "ignore").decode()


def guarded(value: object) -> object:
    """A value as a cell: a list joined by "; ", text that could run as a formula behind an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        value = "; ".join(str(v) for v in value)
    if not isinstance(value, str):
        return value
    value = clean(value)
    return f"'{value}" if value.lstrip(" ")[:1] in _RUNS and value else value


class Files:
    """The files of one export: written beside their places under other names, moved there together at the end.

    Use it in a `with` block; on an error nothing is left behind. The first file asked for is moved last, so that
    nobody finds it without its side files.

    Raises:
        UsageError: if a file is there already and `force` is not set, or its folder is not there.
    """

    def __init__(self, force: bool) -> None:
        self._force = force
        self._made: list[tuple[Path, Path]] = []
        self._open = ExitStack()

    def __enter__(self) -> Files:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            self._open.close()
            if kind is None:
                for temporary, path in reversed(self._made):
                    self._check(path)
                    temporary.replace(path)
        finally:
            for temporary, _path in self._made:
                temporary.unlink(missing_ok=True)

    def temporary(self, path: Path) -> Path:
        """The name to write under until all is done."""
        self._check(path)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        os.close(handle)
        Path(name).chmod(0o666 & ~_umask())
        self._made.append((Path(name), path))
        return Path(name)

    def text(self, path: Path) -> IO[str]:
        """A file to write text to; lines end as written."""
        return self._open.enter_context(self.temporary(path).open("w", encoding="utf-8", newline=""))

    def binary(self, path: Path) -> IO[bytes]:
        """A file to write bytes to."""
        return self._open.enter_context(cast(IO[bytes], self.temporary(path).open("wb")))

    def table(self, path: Path, columns: Iterable[str]) -> Table:
        """A CSV file with a header."""
        return Table(self.text(path), list(columns))

    @property
    def paths(self) -> list[Path]:
        """Where the files will stand, the main one first."""
        return [path for _, path in self._made]

    def _check(self, path: Path) -> None:
        if not path.parent.is_dir():
            raise UsageError("there is no such folder", where=str(path.parent))
        if path.is_dir():
            raise UsageError("this is a folder", where=str(path), hint="Name a file with -o")
        if path.exists() and not self._force:
            raise UsageError("this file is there already", where=str(path), hint="Overwrite it with --force")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


class Table:
    """A CSV file under way: every cell guarded, a column that a row lacks left empty."""

    def __init__(self, out: IO[str], columns: list[str]) -> None:
        self._writer: Any = csv.DictWriter(out, columns, restval="", extrasaction="raise", lineterminator="\n")
        self._writer.writeheader()

    def write(self, row: Mapping[str, object]) -> None:
        """One row.

        Raises:
            ValueError: if it has a column that the header has not.
        """
        self._writer.writerow({name: guarded(value) for name, value in row.items()})
