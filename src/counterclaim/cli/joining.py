"""What many reports tell together: stories, copies, joins."""

from __future__ import annotations

import click

from counterclaim.cli import options
from counterclaim.cli.asking import opened
from counterclaim.views.asked import Asked


@click.command()
@options.db
@options.filters
@options.shape()
@options.common
def stories(db: str, asked: Asked, shape: str | None) -> None:
    """Reports whose main event is one, with their copies: "5 outlets, 2 independent"."""
    from counterclaim.cli import screen
    from counterclaim.views.stories import stories as rows

    with opened(db) as record:
        screen.rows(rows(record, asked.filter(record)), shape)


@click.command("copies")
@options.db
@options.filters
@options.shape()
@options.common
def copied(db: str, asked: Asked, shape: str | None) -> None:
    """Reports that are near copies of another: wire texts, cut or under a new lead."""
    from counterclaim.cli import screen
    from counterclaim.views.stories import copied as rows

    with opened(db) as record:
        screen.rows(rows(record, asked.filter(record)), shape)


@click.command()
@options.db
@options.filters
@click.option("--doubtful", "standing", flag_value="doubtful", help="The queue: pairs that a person should look at.")
@click.option("--apart", "standing", flag_value="apart", help="Pairs that somebody judged to be two events.")
@click.option("--every", "standing", flag_value="every", help="Joined, doubtful and apart.")
@options.shape()
@options.common
def joins(db: str, asked: Asked, standing: str | None, shape: str | None) -> None:
    """Events of different reports that are one, or may be, and why. An ID pair of this list goes to `judge`."""
    from counterclaim.cli import screen
    from counterclaim.views.joins import joins as rows

    wanted = None if standing == "every" else standing or "joined"
    with opened(db) as record:
        screen.rows(rows(record, asked.filter(record), wanted), shape)


COMMANDS = (stories, copied, joins)
