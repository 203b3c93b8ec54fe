"""Questions to a record: brief, claims, events, toll, control, search, show; and conflicts, evaluate."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

import click

from counterclaim.cli import options
from counterclaim.errors import NothingFound, UsageError
from counterclaim.views.asked import Asked

if TYPE_CHECKING:
    from counterclaim.reading import Reader
    from counterclaim.store import Record


@contextmanager
def opened(db: str) -> Iterator[Record]:
    """The record at `db`, which must be there."""
    from counterclaim.store import open_record

    with open_record(db, create=False) as record:
        yield record


@click.command()
@click.argument("inputs", nargs=-1, metavar="[INPUT]...")
@options.db
@click.option("--day", type=click.IntRange(min=1), metavar="N", help="Day N of the conflict.")
@click.option(
    "--date",
    "on",
    type=options.DAY,
    help="The day as a date, also for reports that tell none. Without either: the last day there is.",
)
@click.option("--since", type=options.DAY, help="Only what changed after this day.")
@options.conflict
@click.option("--limit", type=click.IntRange(min=1), default=6, show_default=True, help="Claims shown of each side.")
@options.shape(csv=False)
@options.common
@click.pass_context
def brief(
    ctx: click.Context, inputs: tuple[str, ...], db: str, day: int | None, on: date | None, since: date | None,
    conflict: str | None, limit: int, shape: str | None,
) -> int:  # fmt: skip
    """The situation report of a day: who says what, what happened, the toll, who holds what.

    With --since, what changed from that day to the day of the brief. With INPUT the reports are read for this once;
    without, the brief is made from the record.
    """
    from counterclaim.cli import briefing, screen, taking
    from counterclaim.store import open_record
    from counterclaim.views.brief import brief as make

    if day is not None and on is not None:
        raise UsageError("--day and --date name the same thing", hint="Give one of them")
    if inputs and ctx.get_parameter_source("db") is click.core.ParameterSource.COMMANDLINE:
        raise UsageError("give reports or a record, not both", hint="counterclaim add INPUT... --db FILE, then brief")
    refused = taking.Refused()
    with open_record(":memory:") if inputs else opened(db) as record:
        if inputs:
            for reading in taking.readings(taking.sourced(inputs, None, refused, on), conflict, refused):
                record.add(reading)
        if since:
            _changes(record, since, conflict, day, on, limit, shape)
            return refused.exit_code
        made = make(record, conflict, day, on, limit)
        if shape:
            screen.as_json(made)
        else:
            briefing.show(made, "" if inputs else db, limit)
    return refused.exit_code


def _changes(
    record: Record, since: date, conflict: str | None, day: int | None, on: date | None, limit: int, shape: str | None
) -> None:
    from counterclaim.cli import changes, screen
    from counterclaim.views.since import changes as make

    made = make(record, since, conflict, day, on, limit)
    if shape:
        screen.as_json(made)
    else:
        changes.show(made)


@click.command()
@options.db
@options.only("party", "stance")
@options.filters
@options.shape()
@options.common
def claims(db: str, asked: Asked, shape: str | None) -> None:
    """Who says what: speaker, stance and words of each statement."""
    from counterclaim.cli import screen
    from counterclaim.views import lists

    with opened(db) as record:
        screen.rows(lists.claims(record, asked.filter(record)), shape)


@click.command()
@options.db
@options.only("kind")
@options.filters
@options.shape()
@options.common
def events(db: str, asked: Asked, shape: str | None) -> None:
    """What happened: kind, actors, targets, place and day of each event."""
    from counterclaim.cli import screen
    from counterclaim.views import lists

    with opened(db) as record:
        screen.rows(lists.events(record, asked.filter(record)), shape)


@click.command()
@options.db
@options.only("measure")
@options.filters
@click.option("--all", "every", is_flag=True, help="Every measure: money, distances and durations too.")
@options.shape()
@options.common
def toll(db: str, asked: Asked, every: bool, shape: str | None) -> None:
    """What each side counts, side by side: never added up, open ends left open."""
    from counterclaim.cli import screen
    from counterclaim.views import lists

    with opened(db) as record:
        screen.rows(lists.toll(record, asked.filter(record), None if every else lists.TOLL), shape)


@click.command()
@options.db
@options.filters
@click.option("--known-on", type=options.DAY, help="Only from what had been told by this day.")
@options.shape()
@options.common
def control(db: str, asked: Asked, known_on: date | None, shape: str | None) -> None:
    """Who holds each place on a day (--day or --to; without either, the last day there is), and who says so.

    With --place and no day: the place's history, one row for each change.
    """
    from counterclaim.cli import screen
    from counterclaim.views import lists

    with opened(db) as record:
        wanted = asked.filter(record)
        day = wanted.last or record.last_day(wanted.conflict)
        if day is None:
            raise NothingFound("no dated report in the record", where=db, hint="Name a day: --to YYYY-MM-DD")
        view = lists.control_history if wanted.place and wanted.last is None else lists.control
        screen.rows(view(record, wanted, day, known_on), shape)


@click.command()
@click.argument("words", nargs=-1, required=True)
@options.db
@options.filters
@options.shape()
@options.common
def search(words: tuple[str, ...], db: str, asked: Asked, shape: str | None) -> None:
    """Passages that hold all WORDS, best first. "Quoted phrases" and endings* are understood."""
    from counterclaim.cli import screen
    from counterclaim.views import lists

    with opened(db) as record:
        screen.rows(lists.search(record, " ".join(words), asked.filter(record)), shape)


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@options.db
@options.shape(csv=False)
@options.common
def show(ids: tuple[str, ...], db: str, shape: str | None) -> None:
    """The sentence behind an ID, in its paragraph, with who carries it, where it stands and why it was read so.

    An ID is what every list and brief prints: 1a2b3c4d/s1 for a row, 1a2b3c4d for a whole report.
    """
    from counterclaim.cli import screen
    from counterclaim.views.show import show as look

    with opened(db) as record:
        for number, ident in enumerate(ids):
            if number and not shape:
                click.echo()
            screen.shown(look(record, ident), shape)


@click.command()
@options.shape(csv=False)
@options.common
def conflicts(shape: str | None) -> None:
    """The conflict profiles that come with the program."""
    from counterclaim.cli import screen
    from counterclaim.conflict import load, names

    screen.conflicts([load(name) for name in names()], shape)


@click.command()
@click.argument("gold", type=click.Path(exists=True, file_okay=False))
@click.option("--floors", type=click.Path(exists=True, dir_okay=False), help="Fail below the figures of this file.")
@click.option("--only", metavar="ID,ID", help="Only these reports.")
@options.reader
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
@options.shape(csv=False)
@options.common
def evaluate(
    gold: str, floors: str | None, only: str | None, reader: Reader | None, quiet: bool, shape: str | None
) -> None:
    """Score the reader against the annotated reports in the folder GOLD."""
    from pathlib import Path

    from counterclaim import evaluate as scoring
    from counterclaim.cli import screen

    wanted = scoring.floors_of(Path(floors)) if floors else {}
    with screen.Counter("", quiet) as counter:
        every = scoring.run(Path(gold), frozenset(only.split(",")) if only else None, counter.step, reader)
    screen.scores(every, shape)
    for name, least in wanted.items():
        if name in every:
            every[name].check(least)


COMMANDS = (brief, claims, events, toll, control, search, show, conflicts, evaluate)
