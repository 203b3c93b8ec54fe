"""What people say of rows and joins: one by one, as sheets out and back in, and how far two of them agree."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from counterclaim.cli import options
from counterclaim.cli.listing import opened
from counterclaim.errors import InputError, UsageError
from counterclaim.views.asked import Asked

if TYPE_CHECKING:
    from counterclaim.record.judgements import Verdict
    from counterclaim.store import Record

#: The lists that are reviewed, named here so that `--help` loads nothing; a test compares them with the views.
LISTS = ("statements", "events", "figures", "control")
_PAIR = 2


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID] [ID]")
@click.argument("verdict", type=click.Choice(("yes", "no", "unsure", "correct", "undo")), required=False)
@click.option("--set", "changes", multiple=True, metavar="FIELD=VALUE", help="With correct: what it should say.")
@click.option("--note", metavar="TEXT", help="A note to keep with it.")
@click.option("--from", "sheet", metavar="FILE", help="Take all that was changed in a sheet (see `sheet`).")
@click.option("--dry-run", is_flag=True, help="With --from: say what would be kept, and keep nothing.")
@click.option("--take-back", "batch", metavar="BATCH", help="Undo all that was said in one go.")
@click.option("--by", envvar="COUNTERCLAIM_BY", metavar="NAME", help="Who judges; your login name if not given.")
@options.db
@options.common
def judge(
    ids: tuple[str, ...], verdict: Verdict | None, changes: tuple[str, ...], note: str | None, sheet: str | None,
    dry_run: bool, batch: str | None, by: str | None, db: str,
) -> int:  # fmt: skip
    """Say whether a row is right, or whether two events are one. Kept with who and when; undo takes it back.

    One ID: yes (the words say so), no (they don't: views leave it out), unsure, correct with --set. Two IDs of events:
    yes (they are one event), no, unsure. undo takes back the last judgement that counts; nothing is ever deleted.
    """
    who = by or login()
    ways = [bool(ids or verdict), sheet is not None, batch is not None]
    if sum(ways) != 1 or (dry_run and sheet is None):
        raise UsageError("judge a row, two events, or a sheet", hint="counterclaim judge 1a2b3c4d/e1 yes")
    if sheet is not None:
        return _brought(db, sheet, who, dry_run)
    with opened(db) as record:
        if batch is not None:
            taken, since = record.take_back(batch, who)
            click.echo(f"{taken} taken back{f', {since} judged since' if since else ''}, by {who}", err=True)
        else:
            _judged(record, ids, verdict, changes, note, who)
    return 0


def _judged(
    record: Record, ids: tuple[str, ...], verdict: Verdict | None, changes: tuple[str, ...], note: str | None, who: str
) -> None:
    if verdict is None or not 1 <= len(ids) <= _PAIR:
        raise UsageError("judge one row, or two events", hint="counterclaim judge 1a2b3c4d/e1 5e6f7a8b/e4 yes")
    if len(ids) == _PAIR:
        if changes or note:
            raise UsageError("--set and --note go with one row, not a pair")
        said = record.judge_pair(ids[0], ids[1], verdict, who)
    else:
        said = record.judge(ids[0], verdict, who, _parsed(changes, verdict), note=note)
    click.echo(f"{' and '.join(ids)}: {verdict}, by {said.by}, {said.at}", err=True)


def _brought(db: str, sheet: str, who: str, dry: bool) -> int:
    """Take a sheet; 1 where some of its lines were refused."""
    import secrets

    from counterclaim.exports.review import bring_back
    from counterclaim.exports.review_sheets import BYTES

    try:
        with Path(sheet).open("rb") as file:
            data = file.read(BYTES + 1)
    except OSError as error:
        raise InputError("the sheet cannot be read", where=sheet, hint=error.strerror or "") from error
    with opened(db) as record:
        brought = bring_back(record, data, who, secrets.token_hex(8), dry=dry)
    for line in brought.refused:
        where = f"{line.sheet}, line {line.line}" if line.sheet else f"line {line.line}"
        click.echo(f"{sheet}: {where}{f' ({line.ref})' if line.ref else ''}: {line.why}", err=True)
    kept = "would be kept" if dry else "kept"
    click.echo(f"{brought.kept} {kept}, {brought.unchanged} unchanged, {len(brought.refused)} refused", err=True)
    if brought.kept and not dry:
        click.echo(f"Take them back: counterclaim judge --take-back {brought.batch}", err=True)
    return 1 if brought.refused else 0


def _parsed(changes: tuple[str, ...], verdict: str) -> dict[str, str]:
    if bool(changes) != (verdict == "correct"):
        raise UsageError("correct and --set go together", hint="counterclaim judge ID correct --set kind=shelling")
    odd = [change for change in changes if "=" not in change]
    if odd:
        raise UsageError(f"{odd[0]!r} sets nothing", hint="Write it as kind=shelling")
    return {field.strip(): value for field, _, value in (change.partition("=") for change in changes)}


def login() -> str:
    """Who sits here.

    Raises:
        UsageError: if the system does not know.
    """
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise UsageError("nobody knows who you are here", hint="Give a name: --by NAME") from error


@click.command()
@click.option("-o", "--output", "path", required=True, metavar="PATH", help="The file: .csv or .xlsx.")
@click.option("--of", "name", type=click.Choice(LISTS), default="events", show_default=True, help="Which rows.")
@options.db
@options.filters
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@options.common
def sheet(path: str, name: str, db: str, asked: Asked, force: bool) -> None:
    """Write rows to a sheet that people edit: correct fields, fill in verdicts. `judge --from` takes it back."""
    from counterclaim.exports import review as sheets
    from counterclaim.exports.files import Files

    file = Path(path)
    if file.suffix.casefold() not in (".csv", ".xlsx"):
        raise UsageError(f"a sheet is .csv or .xlsx, not {file.suffix or 'a name without an ending'}")
    with opened(db) as record, Files(force) as files:
        lines = list(sheets.lines(record, name, asked.filter(record)))
        if file.suffix.casefold() == ".csv":
            files.text(file).write(sheets.as_csv(name, lines))
        else:
            files.binary(file).write(sheets.as_xlsx(name, lines))
    click.echo(f"{len(lines):,} {'row' if len(lines) == 1 else 'rows'}: {file}", err=True)


@click.command()
@options.db
@options.shape()
@options.common
def agreement(db: str, shape: str | None) -> None:
    """How far every two people agree on what both judged: share, Cohen's kappa, where they differ."""
    from counterclaim.cli import screen
    from counterclaim.views import agreement as views

    with opened(db) as record:
        found: list[Any] = views.agreements(record)
    screen.rows(views.flat(found) if shape == "csv" or screen.workbook() else found, shape)


COMMANDS = (judge, sheet, agreement)
