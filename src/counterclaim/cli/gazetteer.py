"""`gazetteer`: the places the reader knows, and more of them from a GeoNames dump."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from counterclaim.cli import options

if TYPE_CHECKING:
    from counterclaim.reading.places.dump import Bad

#: So many bad lines of a file are named; the rest is counted.
_NAMED = 20


@click.group(name="gazetteer")
@options.common
def gazetteer_command() -> None:
    """The places the reader knows by name, and more of them from a GeoNames dump."""


@gazetteer_command.command(name="import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option(
    "--to", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), envvar="COUNTERCLAIM_GAZETTEER",
    help="The gazetteer file to write; your own data folder if not given.",
)  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="No progress and no counts.")
@options.common
def import_command(files: tuple[Path, ...], to: Path | None, quiet: bool) -> int:
    """Take in the places of a country from a GeoNames dump, so that its villages resolve too.

    FILE is XX.zip, XX.txt, allCountries.zip or allCountries.txt of https://download.geonames.org/export/dump/. What was
    imported of the same countries before is replaced. Every reading from then on uses it beside the places that ship.
    """
    from counterclaim.errors import InputError
    from counterclaim.reading.places import dump, gazetteer, imported

    to, code = to or imported.default(), 0
    for file in files:
        refused = _Refused(file)
        try:
            with _bar(file.name, dump.size(file), quiet) as step:
                taken = dump.bring_in(file, to, refused.add, step)
        except InputError as error:
            click.echo(f"counterclaim: {error}", err=True)
            code = 1
            continue
        refused.tell()
        code = max(code, int(refused.count > 0))
        if not quiet:
            lands = f"{len(taken)} countries" if len(taken) > 5 else ", ".join(sorted(taken)) or "no country"
            click.echo(f"{file.name}: {taken.total():,} places of {lands} taken into {to}", err=True)
    if imported.path() != to and to.exists() and not quiet:
        click.echo(f"note: readings use it where {imported.VARIABLE}={to} is set", err=True)
    gazetteer.forget()
    return code


@gazetteer_command.command(name="list")
@options.shape(csv=False)
@options.common
def list_command(shape: str | None) -> None:
    """What is in use: the places that ship, and what was imported of which country, from which file."""
    from counterclaim.cli import screen
    from counterclaim.reading.places import gazetteer, imported

    found = imported.sources()
    if shape:
        screen.as_json([{"country": None, "places": gazetteer.shipped()[0], "file": None, "sha256": None}]
                       + [s._asdict() for s in found])  # fmt: skip
        return
    click.echo(f"{gazetteer.shipped()[0]:>10,}  ship with the program")
    for source in found:
        click.echo(f"{source.places:>10,}  {source.country}  {screen.safe(source.file)}")
    if not found:
        click.echo(f"Nothing imported in {imported.path() or 'use'}.", err=True)


@gazetteer_command.command(name="find")
@click.argument("name", nargs=-1, required=True, metavar="NAME...")
@options.shape(csv=False)
@options.common
def find_command(name: tuple[str, ...], shape: str | None) -> None:
    """The places called NAME, the likeliest first. On a page, its other places and its conflict decide among them."""
    from counterclaim.cli import screen
    from counterclaim.errors import NothingFound
    from counterclaim.reading.places import gazetteer

    found = gazetteer.known(" ".join(name))
    if not found:
        raise NothingFound(f"no place is called {' '.join(name)!r}", hint="`gazetteer import` takes in villages")
    if shape:
        screen.as_json([p._asdict() for p in found])
        return
    for p in found:
        where = ", ".join(dict.fromkeys(filter(None, (p.name, p.admin1, p.country))))
        number = f"GeoNames {p.geonames_id}" if p.geonames_id else ""
        click.echo(f"{where} · {p.kind} · {p.lat:.3f}, {p.lon:.3f} · {number}".rstrip(" ·"))


class _Refused:
    """The lines of a file that were left out: the first named as they come, all counted."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.count = 0

    def add(self, bad: Bad) -> None:
        """Name one and count it."""
        self.count += 1
        if self.count <= _NAMED:
            click.echo(f"{self.file}:{bad.number}: left out: {bad.why}", err=True)

    def tell(self) -> None:
        """How many were not named."""
        if self.count > _NAMED:
            click.echo(f"{self.file}: {self.count - _NAMED} more lines left out", err=True)


@contextmanager
def _bar(name: str, size: int, quiet: bool) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, silence elsewhere. The function it gives is told the bytes read."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    shown = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*shown, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(name, total=size or None)
        waiting = 0

        def step(n: int) -> None:
            nonlocal waiting
            waiting += n
            if waiting > 200_000:  # not for each of twelve million lines
                bar.advance(task, waiting)
                waiting = 0

        yield step


COMMANDS = (gazetteer_command,)
