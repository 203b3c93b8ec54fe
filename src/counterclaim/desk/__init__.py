"""The desk: the record on a screen, served to this machine only.

`access` answers who somebody is, `guard` stands before every page, `shell` is what pages share, `pages` makes them from
the views (a module for each area), `report` lays out a report with its rows, `columns` says what a list shows, `render`
turns a page into HTML, JSON or CSV. Templates escape everything; no page needs a script to be read.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from counterclaim.errors import ConfigError, UsageError

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from counterclaim.desk.access import Door

HOST = "127.0.0.1"
PORT = 8765


def app(path: str | Path, port: int, door: Door) -> ASGIApp:
    """The desk of the record at `path`, as it is served on `port`.

    Raises:
        ConfigError: where the extra `desk` is not installed.
        StoreError: if there is no record there.
    """
    try:
        from counterclaim.desk.pages import build
    except ModuleNotFoundError as error:
        raise ConfigError(
            f"the desk needs {error.name}", hint="Install it: pip install 'counterclaim[desk]'"
        ) from error
    from counterclaim.store import open_record

    return build(open_record(path, create=False), port, door)


def serve(
    path: str | Path, port: int = PORT, *, name: str = "desk", read_only: bool = False, ready: Callable[[str], None]
) -> None:
    """Serve the desk on this machine until it is stopped. `ready` is told the link, which works once.

    Args:
        path: the record.
        port: where to listen; 0 takes any free port.
        name: who sits at this desk, and signs what is judged there.
        read_only: whether nothing may be written.
        ready: called once with the link, when the desk listens.

    Raises:
        ConfigError: where the extra `desk` is not installed.
        StoreError: if there is no record there.
        UsageError: if the port is taken.
    """
    from counterclaim.desk.access import Door

    door = Door(name, read_only=read_only)
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOST, port))
        except OSError as error:
            raise UsageError(f"port {port} is taken", hint="Name another with --port, or 0 for any free one") from error
        port = listening.getsockname()[1]
        served = app(path, port, door)
        import uvicorn

        # No access log: the link would stand in it.
        config = uvicorn.Config(served, log_level="warning", access_log=False, server_header=False, lifespan="off")
        listening.listen(128)
        ready(f"http://{HOST}:{port}/open?token={door.token}")
        uvicorn.Server(config).run(sockets=[listening])
