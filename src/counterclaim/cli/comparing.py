"""Questions that set claims side by side: sides, answers; and the map of a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from counterclaim.cli import options
from counterclaim.cli.listing import EVERY_MEASURE, Drawn, listing, opened
from counterclaim.errors import UsageError

if TYPE_CHECKING:
    from counterclaim.store import Filter, Record


@listing(
    click.option("--every", "single", is_flag=True, help="Matters with a single number too."),
    EVERY_MEASURE,
    only=("measure",),
)
def sides(record: Record, wanted: Filter, single: bool, every: bool) -> Drawn:
    """The sides' figures on one axis: each claimant's range, how it moved, how far the sides lie apart."""
    from counterclaim.cli import sides as drawing
    from counterclaim.views import lists
    from counterclaim.views.flat import flat_sides
    from counterclaim.views.sides import sides as make

    found = make(record, wanted, None if every else lists.TOLL, single)
    return Drawn(found, flat_sides, drawing.show, "no matter with several numbers", "--every shows single ones too")


@listing()
def answers(record: Record, wanted: Filter) -> Drawn:
    """Statements that answer each other: what one party says and another denies, or says otherwise."""
    from counterclaim.cli import answers as drawing
    from counterclaim.views.answers import answers as make
    from counterclaim.views.flat import flat_answers

    return Drawn(make(record, wanted), flat_answers, drawing.show, "nobody answers anybody here")


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
