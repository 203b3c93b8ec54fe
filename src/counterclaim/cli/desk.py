"""The desk: the record on a screen."""

from __future__ import annotations

import click

from counterclaim.cli import options
from counterclaim.cli.judging import login


@click.command()
@options.db
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, metavar="N",
    help="Where to listen; 0 takes any free port.",
)  # fmt: skip
@click.option("--read-only", is_flag=True, help="Nothing can be written.")
@click.option("--by", envvar="COUNTERCLAIM_BY", metavar="NAME", help="Who judges; your login name if not given.")
@options.common
def desk(db: str, port: int, read_only: bool, by: str | None) -> None:
    """Serve the record to a browser on this machine. Prints a link that works once; stop it with Ctrl-C."""
    from counterclaim.desk import serve

    def ready(link: str) -> None:
        click.echo(link)
        click.echo("Open this link: it works once, and only on this machine. Ctrl-C closes the desk.", err=True)

    serve(db, port, name=by or ("reader" if read_only else login()), read_only=read_only, ready=ready)


COMMANDS = (desk,)
