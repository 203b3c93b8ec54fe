"""Rows on a terminal, in a pipe, as JSON, as CSV. Whatever comes from a report is shown without control characters."""

from __future__ import annotations

import csv
import os
import sys
import time
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

import click
import msgspec

from counterclaim.errors import NothingFound
from counterclaim.views.words import age as age
from counterclaim.views.words import day as day
from counterclaim.views.words import does as does
from counterclaim.views.words import kind as kind
from counterclaim.views.words import speaker as speaker
from counterclaim.views.words import standing as standing
from counterclaim.views.words import when as when
from counterclaim.views.words import whose as whose

if TYPE_CHECKING:
    from rich.console import Console

    from counterclaim.conflict import Conflict
    from counterclaim.evaluate import Scores
    from counterclaim.types import Reading, Struct
    from counterclaim.views.show import Overview, Shown


_CONTROL = (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F)
_SAFE: dict[int, None] = dict.fromkeys(c for c in _CONTROL if c not in (0x02, 0x03, 0x0A))


def safe(text: str) -> str:
    """`text` without control characters and without marks that turn the direction of writing."""
    return text.replace("\t", " ").translate(_SAFE)


def console() -> Console:
    """Standard output: colour only on a terminal and only if wanted; 80 columns in a pipe unless COLUMNS says more."""
    from rich.console import Console

    ctx = click.get_current_context(silent=True)
    plain = (ctx is not None and ctx.find_root().color is False) or not sys.stdout.isatty()
    width = None if sys.stdout.isatty() else int(os.environ.get("COLUMNS") or 80)
    return Console(
        no_color=plain or None, color_system=None if plain else "auto", width=width, highlight=False, markup=False,
        emoji=False, legacy_windows=False,
    )  # fmt: skip


def as_json(value: object) -> None:
    """One JSON document, indented."""
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def rows(found: Iterable[Struct], shape: str | None) -> None:
    """A list of rows in the shape asked for.

    Raises:
        NothingFound: if there is none.
    """
    stream = iter(found)
    first = next(stream, None)
    if first is None:
        if shape == "json":
            click.echo("[]")
        raise NothingFound("nothing matched")
    every = chain((first,), stream)
    if path := workbook():
        _xlsx(every, path)
    elif shape == "json":
        _json_list(every)
    elif shape == "csv":
        _csv(every)
    else:
        from counterclaim.cli import table

        table.show(type(first).__name__, every)


def workbook() -> str | None:
    """The file that a workbook was asked for in (--xlsx), if any."""
    from counterclaim.cli import options

    return options.workbook()


def _xlsx(found: Iterator[Struct], path: str) -> None:
    from counterclaim.exports.sheets import rows_as_xlsx

    written = rows_as_xlsx(found, path, " ".join(sys.argv[1:]))
    click.echo(f"{path}: {written:,} row{'s' * (written != 1)}", err=True)


def _json_list(found: Iterator[Struct]) -> None:
    """A JSON list that streams: one row a line."""
    lead = "["
    for row in found:
        click.echo(lead + "\n" + msgspec.json.encode(row).decode(), nl=False)
        lead = ","
    click.echo("\n]")


def _csv(found: Iterator[Struct]) -> None:
    writer: Any = None
    for row in found:
        cells = {k: _cell(v) for k, v in msgspec.to_builtins(row).items()}
        if writer is None:
            writer = csv.DictWriter(sys.stdout, fieldnames=list(cells), lineterminator="\n")
            writer.writeheader()
        writer.writerow(cells)


def _cell(value: Any) -> Any:
    """A value as a spreadsheet takes it. Text that a spreadsheet would run as a formula gets an apostrophe."""
    if isinstance(value, list | tuple):
        value = "; ".join(str(v) for v in value)
    if isinstance(value, str):
        value = safe(value).replace("\x02", "").replace("\x03", "")
        return f"'{value}" if value[:1] in ("=", "+", "-", "@") else value
    return value


def lines(text: str) -> None:
    """Lines without the spaces that a layout leaves at their ends."""
    for line in text.splitlines():
        click.echo(line.rstrip())


# Reading


def readings(found: Iterator[Reading], shape: str, text: bool) -> None:
    """Readings in the shape of the contract, or laid out to be read."""
    from counterclaim.views.contract import as_contract

    def plain(reading: Reading) -> bytes:
        made = as_contract(reading)
        if text:
            made["report"]["text"] = reading.report.text
        return msgspec.json.encode(made)

    if shape == "summary":
        from counterclaim.cli import said

        for reading in found:
            said.show(reading, console())
    elif shape == "jsonl":
        for reading in found:
            click.echo(plain(reading).decode())
            sys.stdout.flush()
    else:
        _one_or_list(map(plain, found))


def _one_or_list(found: Iterator[bytes]) -> None:
    """One reading by itself, several as a list; never holds more than one back."""
    first = next(found, None)
    if first is None:
        return
    second = next(found, None)
    if second is None:
        click.echo(msgspec.json.format(first, indent=2).decode())
        return
    click.echo("[\n" + first.decode(), nl=False)
    for one in chain((second,), found):
        click.echo(",\n" + one.decode(), nl=False)
    click.echo("\n]")


class Counter:
    """Progress and counts on standard error: a line that moves on a terminal, one line at the end elsewhere."""

    def __init__(self, where: str, quiet: bool) -> None:
        self.where, self.quiet = where, quiet
        self.added = self.there = self.refused = self.steps = 0
        self._live = sys.stderr.isatty() and not quiet
        self._shown = 0.0

    def __enter__(self) -> Counter:
        return self

    def __exit__(self, *_: object) -> None:
        if self._live:
            click.echo("\r\x1b[K", nl=False, err=True)
        if self.where and not self.quiet:
            click.echo(f"{self.where}: {self}", err=True)

    def __str__(self) -> str:
        return f"{self.added} added, {self.there} already there, {self.refused} refused"

    def step(self, name: str) -> None:
        """Another one scored."""
        self.steps += 1
        self._line(f"{self.steps} read, {name}")

    def show(self) -> None:
        """Another one added or passed over."""
        self._line(str(self))

    def _line(self, words: str) -> None:
        if self._live and time.monotonic() - self._shown > 0.1:
            self._shown = time.monotonic()
            click.echo(f"\r\x1b[K{words}", nl=False, err=True)


# Single things


def shown(found: Shown | Overview, shape: str | None) -> None:
    """A row in its context, or a report."""
    if shape:
        as_json(found)
        return
    from counterclaim.cli import context

    context.show(found)


def conflicts(found: list[Conflict], shape: str | None) -> None:
    """The profiles."""
    if shape:
        as_json([{"name": c.name, "title": c.title, "day_one": c.day_one, "countries": c.countries} for c in found])
        return
    width = max(len(c.name) for c in found)
    for c in found:
        click.echo(f"{c.name:{width}}  {c.title}" + (f", day one {day(c.day_one)}" if c.day_one else ""))


def scores(every: dict[str, Scores], shape: str | None) -> None:
    """The scores of each report and of all."""
    figures = {name: {m: round(s.value(m), 3) for m in sorted(s.tallies)} for name, s in every.items()}
    if shape:
        as_json(figures)
        return
    for measure, value in figures["all"].items():
        click.echo(f"{measure:28} {value:.3f}")


def width_of(text: str) -> int:
    """Columns that `text` takes on a terminal."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
