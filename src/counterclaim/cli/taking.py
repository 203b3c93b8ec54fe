"""`read` and `add`: reports in, readings out or into a record."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import click
from msgspec import structs

from counterclaim.cli import options
from counterclaim.errors import CounterclaimError, InputError, RefusedError

if TYPE_CHECKING:
    from counterclaim.fetch import Page
    from counterclaim.reading import Reader
    from counterclaim.store import Record
    from counterclaim.types import Reading, Report

inputs = click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
given_date = click.option("--date", "published", type=options.DAY, help="Publication date of reports that give none.")


class Refused:
    """Input that could not be read: named on standard error as it comes, counted for the exit code."""

    def __init__(self) -> None:
        self.count = 0
        self.guarded = 0

    def add(self, error: CounterclaimError) -> None:
        """Name one and count it."""
        self.count += 1
        self.guarded += isinstance(error, RefusedError)
        click.echo(f"refused: {error}", err=True)

    @property
    def exit_code(self) -> int:
        """0 if nothing was refused, 5 if the guard refused all of it, else 1."""
        return (
            RefusedError.exit_code
            if self.count and self.guarded == self.count
            else InputError.exit_code * bool(self.count)
        )


def sourced(
    inputs: tuple[str, ...], published: date | None, refused: Refused, undated: date | None = None
) -> Iterator[Report]:
    """The reports of `inputs`, in order; what cannot be read goes to `refused`.

    `published` is for reports whose own JSON gives no date, `undated` only for those that tell none at all.
    """
    from counterclaim import sources

    warn = lambda message: click.echo(f"note: {message}", err=True)  # noqa: E731
    for found in sources.reports(inputs, published=published, fetch=_fetch, today=date.today(), warn=warn):
        if isinstance(found, InputError):
            refused.add(found)
        elif undated and found.published is None:
            yield structs.replace(found, published=undated, published_basis="given")
        else:
            yield found


def _fetch(url: str) -> Page:
    from counterclaim.fetch import fetch  # loaded only when there is an address

    return fetch(url)


def readings(
    reports: Iterator[Report], conflict: str | None, refused: Refused, reader: Reader | None = None
) -> Iterator[Reading]:
    """The readings of `reports`. A report that the reader fails on is refused, the rest goes on."""
    from counterclaim.reading import read

    for report in reports:
        try:
            reading = read(report, conflict, reader=reader)
        except InputError as error:
            refused.add(error)
        except CounterclaimError:
            raise
        except Exception as error:  # a fault of ours must not cost the rest of a night's run
            if options.tracebacks():
                traceback.print_exception(error)
            refused.add(InputError(f"the reader failed on it ({error!r})", where=report.origin or report.id))
        else:
            if reading.unread:
                click.echo(f"note: {report.origin or report.id}: kept, not read: {reading.unread}", err=True)
            yield reading


@click.command(name="read")
@inputs
@click.option("--json", "shape", flag_value="json", help="One JSON reading, or a list of several.")
@click.option(
    "--jsonl", "shape", flag_value="jsonl", help="One reading a line, as soon as it is read (default in a pipe)."
)
@click.option("--text", is_flag=True, help="Print each report's text too.")
@given_date
@options.conflict
@options.reader
@options.common
def read_command(
    inputs: tuple[str, ...], shape: str | None, text: bool, published: date | None, conflict: str | None,
    reader: Reader | None,
) -> int:  # fmt: skip
    """Read reports and print what they say; nothing is kept.

    INPUT is a .txt, .md, .html, .json or .jsonl file, a folder of them, an address, or - for standard input.
    """
    from counterclaim.cli import screen

    refused = Refused()
    found = readings(sourced(inputs, published, refused), conflict, refused, reader)
    screen.readings(found, shape or ("summary" if sys.stdout.isatty() else "jsonl"), text)
    return refused.exit_code


@click.command(name="add")
@inputs
@options.db
@given_date
@click.option("--again", is_flag=True, help="Read even what this version has read before.")
@options.conflict
@options.reader
@click.option("-q", "--quiet", is_flag=True, help="No progress and no counts.")
@options.common
def add_command(
    inputs: tuple[str, ...], db: str, published: date | None, again: bool, conflict: str | None,
    reader: Reader | None, quiet: bool,
) -> int:  # fmt: skip
    """Read reports into a record. What is there already stays as it is; each report is kept as soon as it is read.

    INPUT is a .txt, .md, .html, .json or .jsonl file, a folder of them, an address, or - for standard input.
    """
    from counterclaim.cli.screen import Counter
    from counterclaim.conflict import load
    from counterclaim.store import open_record

    refused = Refused()
    profile = load(conflict).name if conflict else None
    with open_record(db) as record, Counter(db, quiet) as counter:

        def unknown() -> Iterator[Report]:
            for report in sourced(inputs, published, refused):
                try:
                    there = not again and has(record, report, profile, reader)
                except InputError as error:
                    refused.add(error)
                    continue
                if there:
                    counter.there += 1
                    counter.show()
                else:
                    yield report

        for reading in readings(unknown(), conflict, refused, reader):
            try:
                if record.add(reading):
                    counter.added += 1
                else:
                    counter.there += 1
            except InputError as error:
                refused.add(
                    InputError(error.message, where=reading.report.origin or reading.report.id, hint=error.hint)
                )
            counter.refused = refused.count
            counter.show()
        counter.refused = refused.count
    return refused.exit_code


def has(record: Record, report: Report, conflict: str | None, reader: Reader | None = None) -> bool:
    """Whether `record` has a reading of `report` by this version of the reader."""
    from counterclaim.reading import version

    return record.has(report, version(reader), conflict)


COMMANDS = (read_command, add_command)
