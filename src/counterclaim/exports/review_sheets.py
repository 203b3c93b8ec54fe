"""CSV and XLSX of review as plain grids of text: read within limits, whatever the file says; written as text alone."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from counterclaim.errors import ConfigError, InputError

#: Bytes of a file, of what a workbook unpacks to, parts of a workbook, and columns of a sheet.
BYTES, _UNPACKED, _PARTS, _COLUMNS = 20_000_000, 200_000_000, 2_000, 60
_WIDE, _NARROW = 40, 14
Grid = Iterator[tuple[int, list[str]]]


def grids(data: bytes, most: int) -> Iterator[tuple[str | None, Grid]]:
    """The sheets of a file, each with its lines by number, the header first; `most` lines of each.

    Raises:
        InputError: if it cannot be read, or is too large.
    """
    if len(data) > BYTES:
        raise InputError(f"the sheet is larger than {BYTES // 1_000_000} MB", hint="Make it of fewer rows")
    if data.startswith(b"PK"):
        yield from _workbook(data, most)
    else:
        yield None, _csv(data, most)


def _csv(data: bytes, most: int) -> Grid:
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("the sheet is no UTF-8 text", hint="Save it as “CSV UTF-8”, or as XLSX") from error
    if "\0" in text:
        raise InputError("the sheet is neither CSV nor XLSX")
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    before = 0
    try:
        for count, cells in enumerate(reader):
            if count > most:
                raise _too_long(most)
            yield before + 1, cells[:_COLUMNS]
            before = reader.line_num
    except csv.Error as error:
        raise InputError(f"line {before + 1} of the sheet cannot be read: {error}") from error


def _workbook(data: bytes, most: int) -> Iterator[tuple[str, Grid]]:
    try:
        import openpyxl
    except ModuleNotFoundError as error:
        raise ConfigError("XLSX needs openpyxl", hint="Install it: pip install 'counterclaim[xlsx]'") from error
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
        if len(parts) > _PARTS or sum(part.file_size for part in parts) > _UNPACKED:
            raise InputError("the workbook unpacks to more than a sheet of rows can be")
        # Formulas stay text: what a cell says, never what it computes. Links to elsewhere are not followed.
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        named = [sheet for sheet in book.worksheets if _first(sheet)]
        if not named:
            raise InputError("no sheet of the workbook has a column ref", hint="Bring back a workbook made for review")
        for sheet in named:
            yield sheet.title, _sheet(sheet, most)
    except InputError:
        raise
    except Exception as error:  # a workbook can be broken in as many ways as it has parts
        raise InputError(f"the workbook cannot be read: {error}") from error


def _first(sheet: Any) -> bool:
    """Whether the first line of a sheet names a column ref."""
    first = next(sheet.iter_rows(max_row=1, max_col=_COLUMNS, values_only=True), ())
    return any(isinstance(cell, str) and cell.strip().casefold() == "ref" for cell in first)


def _sheet(sheet: Any, most: int) -> Grid:
    for number, cells in enumerate(sheet.iter_rows(max_row=most + 2, max_col=_COLUMNS, values_only=True), 1):
        if number > most + 1 and any(cell is not None for cell in cells):
            raise _too_long(most)
        yield number, [_text(cell) for cell in cells]


def _too_long(most: int) -> InputError:
    return InputError(f"the sheet has more than {most:,} lines", hint="Bring it back in parts")


def _text(cell: Any) -> str:
    """A value of a workbook as text: days and whole numbers as one writes them."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell)


def workbook(
    name: str, columns: Sequence[str], rows: Iterable[Mapping[str, str]], able: Mapping[str, Sequence[str]]
) -> bytes:
    """A workbook of one sheet of text; `able` are the words that some columns take.

    Raises:
        ConfigError: where XlsxWriter is not installed.
    """
    try:
        import xlsxwriter
    except ModuleNotFoundError as error:
        raise ConfigError("XLSX needs xlsxwriter", hint="Install it: pip install 'counterclaim[xlsx]'") from error
    out = io.BytesIO()
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    }  # fmt: skip
    with xlsxwriter.Workbook(out, options) as book:
        sheet, lists = book.add_worksheet(name), book.add_worksheet("words")
        bold, soft = book.add_format({"bold": True}), book.add_format({"font_color": "#6a6a6a"})
        edit = columns.index("note")
        for number, column in enumerate(columns):
            wide = _WIDE if column in ("words", "headline", "note") else _NARROW
            sheet.set_column(number, number, wide, None if number <= edit else soft)
            sheet.write_string(0, number, column, bold if number <= edit else soft)
        sheet.freeze_panes(1, 1)
        last = 0
        for last, row in enumerate(rows, 1):
            for number, column in enumerate(columns):
                if value := row.get(column, ""):
                    sheet.write_string(last, number, value)
        sheet.ignore_errors({"number_stored_as_text": f"A1:AZ{last + 1}"})
        for place, (column, words) in enumerate(able.items()):
            for number, word in enumerate((column, *words)):
                lists.write_string(number, place, word)
            letter = chr(ord("A") + place)
            rule = {
                "validate": "list",
                "source": f"=words!${letter}$2:${letter}${len(words) + 1}",
                "ignore_blank": True,
            }
            sheet.data_validation(1, columns.index(column), max(last, 1), columns.index(column), rule)
    return out.getvalue()
