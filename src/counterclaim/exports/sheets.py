"""Tables as CSV and as a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from counterclaim.errors import UsageError
from counterclaim.exports import tables
from counterclaim.exports.files import Files, clean
from counterclaim.exports.tables import Line

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
    import xlsxwriter

    options = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }  # fmt: skip
    written = 0
    with xlsxwriter.Workbook(files.binary(path), options) as book:
        bold = book.add_format({"bold": True})
        first = book.add_worksheet("about")
        first.set_column(0, 0, 100)
        for number, note in enumerate(about):
            first.write_string(number, 0, note)
        for name in names:
            sheet = book.add_worksheet(name)
            columns = tables.columns(name)
            for number, column in enumerate(columns):
                sheet.set_column(number, number, _WIDE if column in ("words", "quote", "headline") else _NARROW)
                sheet.write_string(0, number, column, bold)
            sheet.freeze_panes(1, 1)
            at = 0
            for at, line in enumerate(found(name), 1):
                if at >= _ROWS:
                    raise UsageError(
                        f"a sheet holds {_ROWS:,} rows at most", hint="Narrow the filters, or use csv or parquet"
                    )
                for number, column in enumerate(columns):
                    if (value := _cell(line.cells[column])) is not None:
                        sheet.write(at, number, value)
            written += at
    return written


def _cell(value: Any) -> Any:
    """A value as a cell of a workbook."""
    if isinstance(value, tuple | list):
        value = "; ".join(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return clean(value)[:_CHARACTERS] or None if isinstance(value, str) else value
