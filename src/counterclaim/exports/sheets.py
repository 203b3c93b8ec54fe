"""Tables as CSV and as a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec

from counterclaim.errors import ConfigError, UsageError
from counterclaim.exports import tables
from counterclaim.exports.files import Files, clean
from counterclaim.exports.tables import Line
from counterclaim.types import Struct

#: What Excel can hold: rows of a sheet, with its header, and characters of a cell.
_ROWS, _CHARACTERS = 1_048_576, 32_767
_WIDE, _NARROW = 40, 14


def as_csv(name: str, found: Iterable[Line], files: Files, path: Path) -> int:
    """One table as CSV: UTF-8, cells that could run as a formula behind an apostrophe; the number of rows."""
    columns = tables.columns(name)
    table = files.table(path, columns)
    written = 0
    for line in found:
        table.write({column: line.cells[column] for column in columns})
        written += 1
    return written


def as_xlsx(
    names: Sequence[str], found: Callable[[str], Iterable[Line]], files: Files, path: Path, about: Sequence[str]
) -> int:
    """Tables as a workbook, a sheet each, and a first sheet that says what is in it; the number of rows.

    Text stays text, whatever it begins with: no cell of ours is a formula or a link.

    Raises:
        UsageError: if a table has more rows than a sheet can hold.
    """
    with _book(files, path, about) as book:
        return sum(
            _sheet(book, name, list(tables.columns(name)), (line.cells for line in found(name))) for name in names
        )


def rows_as_xlsx(found: Iterable[Struct], path: str | Path, asked: str) -> int:
    """Rows of one kind as a workbook, as a screen shows them; `asked` is how they were asked for. The number of rows.

    Raises:
        ConfigError: if the library for it is not installed.
        UsageError: if the file is there already, or cannot hold so many rows.
    """
    from counterclaim import __version__

    rows = iter(found)
    about = (f"made by: counterclaim {__version__}", f"asked for: {asked}", "each row is what somebody says")
    try:
        with Files(force=False) as files, _book(files, Path(path), about) as book:
            first = next(rows, None)
            columns = list(first.__struct_fields__) if first is not None else []
            cells = (msgspec.to_builtins(row, builtin_types=(date,)) for row in chain([first] * bool(columns), rows))
            return _sheet(book, "rows", columns, cells)
    except ModuleNotFoundError as error:
        raise ConfigError(f"--xlsx needs {error.name}", hint="Install it: pip install 'counterclaim[xlsx]'") from error


@contextmanager
def _book(files: Files, path: Path, about: Sequence[str]) -> Iterator[Any]:
    """A workbook under way, with a first sheet that says what is in it."""
    import xlsxwriter

    options = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }  # fmt: skip
    with xlsxwriter.Workbook(files.binary(path), options) as book:
        first = book.add_worksheet("about")
        first.set_column(0, 0, 100)
        for number, note in enumerate(about):
            first.write_string(number, 0, note)
        yield book


def _sheet(book: Any, name: str, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> int:
    """One more sheet, a row each under a heading; the number of rows."""
    sheet, bold = book.add_worksheet(name), book.add_format({"bold": True})
    for number, column in enumerate(columns):
        sheet.set_column(number, number, _WIDE if column in ("words", "quote", "headline") else _NARROW)
        sheet.write_string(0, number, column, bold)
    sheet.freeze_panes(1, 1)
    at = 0
    for at, cells in enumerate(rows, 1):
        if at >= _ROWS:
            raise UsageError(f"a sheet holds {_ROWS:,} rows at most", hint="Narrow the filters, or use csv or parquet")
        for number, column in enumerate(columns):
            if (value := _cell(cells[column])) is not None:
                sheet.write(at, number, value)
    return at


def _cell(value: Any) -> Any:
    """A value as a cell of a workbook."""
    if isinstance(value, tuple | list):
        value = "; ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return clean(value)[:_CHARACTERS] or None if isinstance(value, str) else value
