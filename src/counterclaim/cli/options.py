"""Options that commands share."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

import click

from counterclaim.views.asked import Asked

F = TypeVar("F", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A day written YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date, or a usage error that says how to write one."""
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(value, "%Y-%m-%d").date()
        except ValueError:
            self.fail(f"{value!r} is not a day: write it as 2022-03-03", param, ctx)


DAY = Day()
db = click.option(
    "--db", envvar="COUNTERCLAIM_DB", default="counterclaim.db", show_default=True, metavar="FILE", help="The record."
)
conflict = click.option(
    "--conflict", metavar="NAME", help="A conflict profile (see `counterclaim conflicts`) or a .toml file of your own."
)
reader = click.option(
    "--reader", type=click.Choice(["encoder", "rules"]),
    help="encoder: rules and the learned encoder (default where it is installed); rules: these alone.",
)  # fmt: skip


def common(command: F) -> F:
    """-v and --no-color, on every command."""
    options = (
        click.option(
            "-v", "--verbose", count=True, expose_value=False, callback=_verbose, help="Say more; -vv shows tracebacks."
        ),
        click.option(
            "--no-color", is_flag=True, expose_value=False, callback=_no_color, help="No colour (as NO_COLOR)."
        ),
    )
    return functools.reduce(lambda c, option: option(c), options, command)


def _verbose(ctx: click.Context, _: click.Parameter, value: int) -> None:
    ctx.find_root().meta["verbose"] = value


def tracebacks() -> bool:
    """Whether the user asked for tracebacks."""
    ctx = click.get_current_context(silent=True)
    return ctx is not None and ctx.find_root().meta.get("verbose", 0) > 1


def _no_color(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        ctx.find_root().color = False


def _keep_workbook(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    if value:
        ctx.find_root().meta["workbook"] = value


_XLSX = click.option(
    "--xlsx", metavar="FILE", expose_value=False, callback=_keep_workbook, help="The rows as a workbook, in this file."
)  # fmt: skip


def workbook() -> str | None:
    """The file that a workbook was asked for in, if any."""
    ctx = click.get_current_context(silent=True)
    return ctx.find_root().meta.get("workbook") if ctx else None


def shape(*, csv: bool = True) -> Callable[[F], F]:
    """--json, --csv and --xlsx; parameter `shape` is "json", "csv" or None. The workbook waits in `workbook`."""

    def add(command: F) -> F:
        if csv:
            command = _XLSX(command)
            command = click.option("--csv", "shape", flag_value="csv", help="Comma-separated rows.")(command)
        return click.option("--json", "shape", flag_value="json", help="A JSON list.")(command)

    return add


#: Filters of some lists only. Put them above `filters`, which gathers them with the others.
_ONLY = {
    "party": click.option("--party", metavar="PARTY", help="The party of who says so."),
    "stance": click.option("--stance", metavar="STANCE", help="Statements of this stance: denies, asserts, …"),
    "kind": click.option("--kind", metavar="KIND", help="Events of this kind."),
    "measure": click.option("--measure", metavar="MEASURE", help="Figures of this measure."),
}  # fmt: skip


def only(*names: str) -> Callable[[F], F]:
    """The filters of `_ONLY` that have these names."""
    return lambda command: functools.reduce(lambda c, name: _ONLY[name](c), reversed(names), command)


def filters(command: F) -> F:
    """The filters of every list, gathered in one parameter `asked`."""

    @functools.wraps(command)
    def gathered(*args: Any, **words: Any) -> Any:
        names = ("by", "about", "place", "first", "last", "day", "limit", "conflict", "outlet", *_ONLY)
        return command(*args, asked=Asked(**{n: words.pop(n) for n in names if n in words}), **words)

    options = (
        click.option("--by", metavar="NAME", help="Who says so: a person, body, party, or an outlet's own account."),
        click.option("--outlet", metavar="OUTLET", help="Who tells it: an outlet, by its whole name."),
        click.option("--about", metavar="WORDS", help="Words that must all be there."),
        click.option("--place", metavar="PLACE", help="A place, province or country."),
        click.option("--from", "first", type=DAY, help="From this day on."),
        click.option("--to", "last", type=DAY, help="Up to this day."),
        click.option("--day", type=click.IntRange(min=1), metavar="N", help="Day N of the conflict."),
        click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most N rows."),
        conflict,
    )
    return functools.reduce(lambda c, option: option(c), reversed(options), gathered)  # type: ignore[return-value]
