"""A list of a record as a command: what every list is asked by, and in which shapes it comes."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from counterclaim.cli import options
from counterclaim.errors import NothingFound
from counterclaim.views.asked import Asked

if TYPE_CHECKING:
    from counterclaim.store import Record
    from counterclaim.types import Struct

Option = Callable[[Callable[..., Any]], Callable[..., Any]]
EVERY_MEASURE = click.option("--all", "every", is_flag=True, help="Every measure: money, distances and durations too.")


class Drawn(NamedTuple):
    """Rows that a terminal shows as more than a table (`draw`), and that a table holds laid flat (`flat`).

    `nothing` and `hint` say so where there is none.
    """

    found: Iterable[Struct]
    flat: Callable[[Any], Iterator[Struct]]
    draw: Callable[[Any], None]
    nothing: str = "nothing matched"
    hint: str = ""


@contextmanager
def opened(db: str) -> Iterator[Record]:
    """The record at `db`, which must be there."""
    from counterclaim.store import open_record

    with open_record(db, create=False) as record:
        yield record


def listing(*extra: Option, name: str | None = None, only: Iterable[str] = ()) -> Callable[..., click.Command]:
    """Make a command of a view that takes a record, a filter and its own options, and gives rows or `Drawn`.

    The command has --db, the filters, --json, --csv, --xlsx and what all commands have.

    Args:
        extra: the command's own options and arguments.
        name: what it is called, if not as the function.
        only: filters that not every list takes (`options.only`).
    """

    def make(view: Callable[..., Iterable[Struct] | Drawn]) -> click.Command:
        @functools.wraps(view)
        def run(db: str, asked: Asked, shape: str | None, **own: Any) -> None:
            with opened(db) as record:
                show(view(record, asked.filter(record), **own), shape, db)

        parts: tuple[Option, ...] = (
            options.db,
            options.only(*only),
            options.filters,
            *extra,
            options.shape(),
            options.common,
        )
        command: Callable[..., Any] = run
        for part in reversed(parts):
            command = part(command)
        return click.command(name)(command)

    return make


def show(found: Iterable[Struct] | Drawn, shape: str | None, db: str) -> None:
    """Print rows in the shape asked for.

    Raises:
        NothingFound: if there is none.
    """
    from counterclaim.cli import screen

    if not isinstance(found, Drawn):
        screen.rows(found, shape)
        return
    every = list(found.found)
    if shape == "json":
        screen.as_json(every)
    if not every:
        raise NothingFound(found.nothing, where=db, hint=found.hint or None)
    if shape == "csv" or screen.workbook():
        screen.rows(found.flat(every), shape)
    elif shape is None:
        found.draw(every)
