"""Exports: the record in files that other programs know, each leading back to the words.

`export` is the whole of it. `FORMS` are the formats, with the tables that each can take:

    ged, acled   coded events in the columns of UCDP GED and ACLED, with evidence and rules beside (`coded`)
    jsonld       statements and figures as schema.org nodes with W3C text selectors (`jsonld`)
    geojson      events, figures, control or places as points (`geojson`)
    parquet      any table, typed (`parquet`)
    csv, xlsx    any table, as on screen (`sheets`)

A file appears whole or not at all. Rows stream; what a format needs sorted waits on disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from counterclaim.errors import ConfigError, UsageError
from counterclaim.exports.files import Files
from counterclaim.exports.tables import TABLES, Line, Wish
from counterclaim.store import Record
from counterclaim.types import Struct

#: The tables that each format can take, the one taken without being asked first. Empty: it takes no choice.
FORMS: dict[str, tuple[str, ...]] = {
    "ged": (),
    "acled": (),
    "geojson": ("events", "figures", "control", "places"),
    "parquet": ("events", *(name for name in TABLES if name != "events")),
    "jsonld": (),
    "csv": ("events", *(name for name in TABLES if name != "events")),
    "xlsx": tuple(TABLES),
}
#: Formats written by a library of an extra.
_EXTRAS = {"parquet": "parquet", "xlsx": "xlsx"}


__all__ = ["FORMS", "TABLES", "Done", "Wish", "export"]


class Done(Struct, frozen=True, kw_only=True):
    """What was written: the rows of the main file, and every file, the main one first."""

    rows: int
    files: tuple[Path, ...]


def export(
    record: Record,
    form: str,
    path: str | Path,
    wish: Wish,
    tables: tuple[str, ...] = (),
    *,
    force: bool = False,
    step: Callable[[], None] = lambda: None,
) -> Done:
    """Write what `wish` asks for of `record` to `path`.

    Args:
        record: the record.
        form: one of `FORMS`.
        path: the file; side files stand beside it under its name.
        wish: which rows.
        tables: which tables, of those that the format can take; none takes what is usual: xlsx all, others one.
        force: whether to write over files that are there.
        step: called for each report, or each row.

    Raises:
        UsageError: for a table that the format cannot take, or a file that is there already.
        ConfigError: if the library for the format is not installed.
    """
    names = _names(form, tables)
    if wish.reviewed and not tables and form == "xlsx":
        names = tuple(name for name in names if TABLES[name].judged)
    with Files(force) as files:
        try:
            rows = _write(record, form, Path(path), wish, names, files, step)
        except ModuleNotFoundError as error:
            raise ConfigError(
                f"{form} needs {error.name}", hint=f"Install it: pip install 'counterclaim[{_EXTRAS.get(form, 'all')}]'"
            ) from error
    return Done(rows=rows, files=tuple(files.paths))


def _names(form: str, tables: tuple[str, ...]) -> tuple[str, ...]:
    allowed = FORMS[form]
    if wrong := [name for name in tables if name not in allowed]:
        can = f"it takes {', '.join(allowed)}" if allowed else "it takes no table"
        raise UsageError(f"{form} cannot hold {wrong[0]}", hint=can.capitalize())
    if form == "xlsx" or not allowed:
        return tables or allowed
    if len(tables) > 1:
        raise UsageError(f"{form} holds one table", hint="Give --of once, or export as xlsx")
    return tables or allowed[:1]


def _write(
    record: Record, form: str, path: Path, wish: Wish, names: tuple[str, ...], files: Files, step: Callable[[], None]
) -> int:
    from counterclaim.exports import coded, geojson, jsonld, parquet, sheets
    from counterclaim.exports.tables import lines

    about = about_of(record, wish)
    words = "\n".join(f"{key}: {value}" for key, value in about.items())

    def stepped(name: str) -> Iterator[Line]:
        for line in lines(record, name, wish):
            step()
            yield line

    if form in coded.FORMS:
        listed = "\n".join(f"- {key}: {value}" for key, value in about.items())
        return coded.write(form, record, wish.filter, files, path, listed, wish.kinds, wish.reviewed, step)
    if form == "jsonld":
        return jsonld.write(record, wish.filter, wish.reviewed, files, path, words, step)
    if form == "xlsx":
        return sheets.as_xlsx(names, stepped, files, path, words.split("\n"))
    name = names[0]
    if form == "csv":
        return sheets.as_csv(name, stepped(name), files, path)
    one = {"geojson": geojson.write, "parquet": parquet.write}[form]
    return one(name, stepped(name), files, path, about)


def about_of(record: Record, wish: Wish) -> dict[str, str]:
    """What a file says of itself: by which program, from which reports, which rows, and what they are not."""
    from counterclaim import __version__

    asked = {
        name: ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
        for name in ("by", "about", "place", "first", "last", "conflict", "limit")
        if (value := getattr(wish.filter, name))
    }
    kinds = {"kinds": ", ".join(sorted(wish.kinds))} if wish.kinds else {}
    return {
        "made by": f"counterclaim {__version__}",
        "reports in the record": f"{sum(record.conflicts().values()):,}",
        "rows": REVIEWED_ONLY if wish.reviewed else ALL,
        "filters": "; ".join(f"{k} {v}" for k, v in {**asked, **kinds}.items()) or "none",
        "mind": "read from news reports by a program; each row is what somebody says, none is said to be true",
    }


REVIEWED_ONLY = "reviewed rows only: a person has judged each to stand"
ALL = "all rows, reviewed or not; the verdict of a person, if there is one, stands with the row"
