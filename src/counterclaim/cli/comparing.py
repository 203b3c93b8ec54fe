"""Questions that set claims side by side: sides, answers; and the map of a day."""

from __future__ import annotations

import click

from counterclaim.cli import options
from counterclaim.cli.asking import opened
from counterclaim.cli.options import Asked
from counterclaim.errors import NothingFound


@click.command()
@options.db
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
    from counterclaim.views.sides import sides as make

    with opened(db) as record:
        found = make(record, asked.filter(record), None if all_measures else lists.TOLL, every)
    if shape == "json":
        screen.as_json(found)
    if not found:
        raise NothingFound("no matter with several numbers", where=db, hint="--every shows single ones too")
    if shape == "csv":
        screen.rows(drawing.flat(found), shape)
    elif shape is None:
        drawing.show(found)


COMMANDS = (sides,)
