"""What many reports tell together: stories, copies, joins; and what people judge of rows and joins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from counterclaim.cli import options
from counterclaim.cli.asking import opened
from counterclaim.errors import UsageError
from counterclaim.views.asked import Asked

if TYPE_CHECKING:
    from counterclaim.record.judgements import Verdict


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


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID [ID]")
@click.argument("verdict", type=click.Choice(("yes", "no", "unsure", "correct", "undo")))
@click.option("--set", "changes", multiple=True, metavar="FIELD=VALUE", help="With correct: what it should say.")
@click.option("--by", envvar="COUNTERCLAIM_BY", metavar="NAME", help="Who judges; your login name if not given.")
@options.db
@options.common
def judge(ids: tuple[str, ...], verdict: Verdict, changes: tuple[str, ...], by: str | None, db: str) -> None:
    """Say whether a row is right, or whether two events are one. Kept with who and when; undo takes it back.

    One ID: yes (the words say so), no (they don't: views leave it out), unsure, correct with --set. Two IDs of events:
    yes (they are one event), no, unsure. undo takes back the last judgement that counts; nothing is ever deleted.
    """
    pair = _PAIR
    if len(ids) > pair:
        raise UsageError("judge one row, or two events", hint="counterclaim judge 1a2b3c4d/e1 5e6f7a8b/e4 yes")
    who = by or _login()
    with opened(db) as record:
        if len(ids) == pair:
            if changes:
                raise UsageError("--set corrects one row, not a pair")
            said = record.judge_pair(ids[0], ids[1], verdict, who)
        else:
            said = record.judge(ids[0], verdict, who, _parsed(changes, verdict))
    click.echo(f"{' and '.join(ids)}: {verdict}, by {said.by}, {said.at}", err=True)


_PAIR = 2


def _parsed(changes: tuple[str, ...], verdict: str) -> dict[str, str]:
    if bool(changes) != (verdict == "correct"):
        raise UsageError("correct and --set go together", hint="counterclaim judge ID correct --set kind=shelling")
    odd = [change for change in changes if "=" not in change]
    if odd:
        raise UsageError(f"{odd[0]!r} sets nothing", hint="Write it as kind=shelling")
    return {field.strip(): value for field, _, value in (change.partition("=") for change in changes)}


def _login() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise UsageError("nobody knows who you are here", hint="Give a name: --by NAME") from error


COMMANDS = (stories, copied, joins, judge)
