"""Questions that set claims side by side: sides, answers; and the map of a day."""

from __future__ import annotations

from datetime import date

import click

from counterclaim.cli import options
from counterclaim.cli.asking import opened
from counterclaim.errors import NothingFound, UsageError
from counterclaim.views.asked import Asked


@click.command()
@options.db
@options.only("measure")
@options.filters
@click.option("--every", is_flag=True, help="Matters with a single number too.")
@click.option("--all", "all_measures", is_flag=True, help="Every measure: money, distances and durations too.")
@options.shape()
@options.common
def sides(db: str, asked: Asked, every: bool, all_measures: bool, shape: str | None) -> None:
    """The sides' figures on one axis: each claimant's range, how it moved, how far the sides lie apart."""
    from counterclaim.cli import screen
    from counterclaim.cli import sides as drawing
    from counterclaim.views import lists
    from counterclaim.views.flat import flat_sides
    from counterclaim.views.sides import sides as make

    with opened(db) as record:
        found = make(record, asked.filter(record), None if all_measures else lists.TOLL, every)
    if shape == "json":
        screen.as_json(found)
    if not found:
        raise NothingFound("no matter with several numbers", where=db, hint="--every shows single ones too")
    if shape == "csv":
        screen.rows(flat_sides(found), shape)
    elif shape is None:
        drawing.show(found)


@click.command()
@options.db
@options.filters
@options.shape()
@options.common
def answers(db: str, asked: Asked, shape: str | None) -> None:
    """Statements that answer each other: what one party says and another denies, or says otherwise."""
    from counterclaim.cli import answers as drawing
    from counterclaim.cli import screen
    from counterclaim.views.answers import answers as make
    from counterclaim.views.flat import flat_answers

    with opened(db) as record:
        found = make(record, asked.filter(record))
    if shape == "json":
        screen.as_json(found)
    if not found:
        raise NothingFound("nobody answers anybody here", where=db)
    if shape == "csv":
        screen.rows(flat_answers(found), shape)
    elif shape is None:
        drawing.show(found)


@click.command("map")
@options.db
@click.option("--day", type=click.IntRange(min=1), metavar="N", help="Day N of the conflict.")
@click.option("--date", "on", type=options.DAY, help="The day as a date. Without either: the last day there is.")
@click.option("--known-on", type=options.DAY, help="Only from what had been told by this day.")
@click.option(
    "-o", "--output", required=True, metavar="FILE", help="Where to: a file that ends in .html, .svg or .geojson."
)
@options.conflict
@options.common
def draw(
    db: str, day: int | None, on: date | None, known_on: date | None, output: str, conflict: str | None
) -> None:  # fmt: skip
    """The map of a day: towns by holder, shaded only near evidence, in one file that needs no net."""
    from pathlib import Path

    from counterclaim.exports import map as maps
    from counterclaim.views.map import map_of

    if day is not None and on is not None:
        raise UsageError("--day and --date name the same thing", hint="Give one of them")
    form = maps.format_of(output)
    with opened(db) as record:
        view = map_of(record, conflict, day, on, known_on)
    try:
        Path(output).write_text(maps.draw(view, form), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{output} cannot be written: {error.strerror}") from error
    click.echo(f"{output}: {len(view.places)} places from {view.reports} reports", err=True)


COMMANDS = (sides, answers, draw)
