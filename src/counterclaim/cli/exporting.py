"""`export`: the record in files that other programs know."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from counterclaim.cli import options
from counterclaim.views.asked import Asked

#: Formats and tables, named here so that `--help` loads nothing; a test compares them with `exports.FORMS`.
FORMS = ("ged", "acled", "geojson", "parquet", "jsonld", "csv", "xlsx")
TABLES = ("statements", "events", "figures", "sides", "control", "places", "reports")


@click.command()
@click.option("--as", "form", type=click.Choice(FORMS), required=True, help="The format.")
@click.option("-o", "--output", "path", required=True, metavar="PATH", help="The file; side files stand beside it.")
@click.option(
    "--of",
    "tables",
    type=click.Choice(TABLES),
    multiple=True,
    help="The table, for csv, parquet and geojson (events if not given); several for xlsx (all if not given).",
)
@options.db
@options.filters
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Events of this kind, or figures of this measure.")
@click.option("--reviewed", is_flag=True, help="Only rows that a person has judged to stand.")
@click.option("--force", is_flag=True, help="Write over files that are there.")
@click.option("-q", "--quiet", is_flag=True, help="No progress and no counts.")
@options.common
def export(
    form: str, path: str, tables: tuple[str, ...], db: str, asked: Asked, kinds: tuple[str, ...], reviewed: bool,
    force: bool, quiet: bool,
) -> None:  # fmt: skip
    """Write the record to a file: coded events (ged, acled), points (geojson), statements and figures with selectors
    (jsonld), or any table (csv, xlsx, parquet). Every row leads back to the words of a report.
    """
    from counterclaim import exports
    from counterclaim.cli.listing import opened

    with opened(db) as record:
        wanted = asked.filter(record)
        wish = exports.Wish(wanted, reviewed, frozenset(kinds), wanted.last or record.last_day(wanted.conflict))
        by_report = form in ("ged", "acled", "jsonld")
        # Of some days, coded forms go through the reports that tell of them: nobody knows before how many.
        known = form == "jsonld" or not (wanted.first or wanted.last)
        total = sum(record.conflicts().values()) if by_report and known else None
        with _progress(total, "reports" if by_report else "rows", quiet) as step:
            done = exports.export(record, form, path, wish, tables, force=force, step=step)
    if not quiet:
        click.echo(f"{done.rows:,} {'row' if done.rows == 1 else 'rows'}", err=True)
        for file in done.files:
            click.echo(str(file), err=True)


@contextmanager
def _progress(total: int | None, what: str, quiet: bool) -> Iterator[Callable[[], None]]:
    """A bar on a terminal, silence elsewhere. The function it gives is called for each report or row."""
    if quiet or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    with Progress(
        BarColumn(), MofNCompleteColumn(), what, TimeRemainingColumn(), console=Console(stderr=True), transient=True
    ) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)


COMMANDS = (export,)
