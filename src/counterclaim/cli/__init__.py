"""The command line: parse, call, print; no logic. Data goes to standard output, everything else to standard error.

Exit codes: 0 done, 1 some of the input was refused, 2 wrong usage, 3 nothing matched, 4 a record or setting that cannot
be used, 5 an address the guard would not go to, 6 below a floor, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
import traceback
from typing import Any

import click

from counterclaim import __version__
from counterclaim.cli import asking, comparing, desk, exporting, gazetteer, joining, judging, taking
from counterclaim.errors import CounterclaimError


class _Quiet(click.Group):
    """A group that stops without a word when the reader of its output has gone (head, less)."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            found = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        return found


@click.group(cls=_Quiet, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="counterclaim", message="%(prog)s %(version)s")
def cli() -> None:
    """Who said what, what happened where, what each side counts, who holds which town on which day.

    Reads news reports about an armed conflict and keeps the record straight. It never says what is true: it says
    who says so, and shows the sentence.
    """


for _room in (taking, asking, comparing, joining, judging, exporting, desk, gazetteer):
    for _command in _room.COMMANDS:
        cli.add_command(_command)


def main(args: list[str] | None = None) -> None:
    """Run the command line and exit with the code of what happened."""
    sys.exit(run(args))


def run(args: list[str] | None = None) -> int:
    """Run one command; its exit code. Errors are one line on standard error, with -vv the traceback too."""
    words = sys.argv[1:] if args is None else args
    try:
        code = cli.main(words, prog_name="counterclaim", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except CounterclaimError as error:
        _say(error, words)
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("Interrupted.", err=True)
        return 130


def _say(error: CounterclaimError, words: list[str]) -> None:
    if "-vv" in words or words.count("-v") > 1:
        traceback.print_exception(error)
    click.echo(f"counterclaim: {error}", err=True)
