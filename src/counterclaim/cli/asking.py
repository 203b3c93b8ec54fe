"""Questions to a record: brief, claims, events, toll, control, search, show; and conflicts, evaluate."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

import click

from counterclaim.cli import options
from counterclaim.cli.listing import EVERY_MEASURE, listing, opened
from counterclaim.errors import NothingFound, UsageError

if TYPE_CHECKING:
    from counterclaim.reading import Reader
    from counterclaim.store import Filter, Record
    from counterclaim.types import Struct


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
@options.shape()
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
    from counterclaim.views.flatbrief import flat_brief

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
        if shape == "csv" or screen.workbook():
            screen.rows(flat_brief(made), shape)
        elif shape:
            screen.as_json(made)
        else:
            briefing.show(made, "" if inputs else db, limit)
    return refused.exit_code


def _changes(
    record: Record, since: date, conflict: str | None, day: int | None, on: date | None, limit: int, shape: str | None
) -> None:
    from counterclaim.cli import changes, screen
    from counterclaim.views.flatbrief import flat_changes
    from counterclaim.views.since import changes as make

    made = make(record, since, conflict, day, on, limit)
    if shape == "csv" or screen.workbook():
        screen.rows(flat_changes(made), shape)
    elif shape:
        screen.as_json(made)
    else:
        changes.show(made)


@listing(only=("party", "stance"))
def claims(record: Record, wanted: Filter) -> Iterable[Struct]:
    """Who says what: speaker, stance and words of each statement."""
    from counterclaim.views import lists

    return lists.claims(record, wanted)


@listing(only=("kind",))
def events(record: Record, wanted: Filter) -> Iterable[Struct]:
    """What happened: kind, actors, targets, place and day of each event."""
    from counterclaim.views import lists

    return lists.events(record, wanted)


@listing(EVERY_MEASURE, only=("measure",))
def toll(record: Record, wanted: Filter, every: bool) -> Iterable[Struct]:
    """What each side counts, side by side: never added up, open ends left open."""
    from counterclaim.views import lists

    return lists.toll(record, wanted, None if every else lists.TOLL)


@listing(click.option("--known-on", type=options.DAY, help="Only from what had been told by this day."))
def control(record: Record, wanted: Filter, known_on: date | None) -> Iterable[Struct]:
    """Who holds each place on a day (--day or --to; without either, the last day there is), and who says so.

    With --place and no day: the place's history, one row for each change.
    """
    from counterclaim.views import lists

    day = wanted.last or record.last_day(wanted.conflict)
    if day is None:
        raise NothingFound("no dated report in the record", where=record.path, hint="Name a day: --to YYYY-MM-DD")
    view = lists.control_history if wanted.place and wanted.last is None else lists.control
    return view(record, wanted, day, known_on)


@listing(click.argument("words", nargs=-1, required=True))
def search(record: Record, wanted: Filter, words: tuple[str, ...]) -> Iterable[Struct]:
    """Passages that hold all WORDS, best first. "Quoted phrases" and endings* are understood."""
    from counterclaim.views import lists

    return lists.search(record, " ".join(words), wanted)


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
