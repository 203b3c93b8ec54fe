"""A SQLite file opened as a record should be: WAL, one writer at a time, every trouble said in plain words."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.pool import NullPool, StaticPool

from counterclaim.errors import InputError, StoreError


def fold(words: str) -> str:
    """How names and words are kept and compared for matching."""
    return words.casefold()


#: The name that opens a record in memory, gone when closed.
MEMORY = ":memory:"

#: KiB of the file that a question may keep at hand.
_CACHE = 32 * 1024

#: What SQLite says, what we say, what helps.
_TROUBLES = (
    ("locked", "another program is writing to the record", "Wait until it has finished, then try again"),
    ("full", "the disk is full", "What was added before is kept: free some space and run the same command again"),
    ("disk i/o", "the disk would not take the record", "What was added before is kept: check the space and the disk"),
    ("readonly", "the record may not be written to", "Check who owns the file and its folder"),
    ("not a database", "this file is no record", "Name another file with --db"),
    ("malformed", "the record is damaged", "Restore it from a copy; `sqlite3 FILE .recover` saves what can be read"),
    ("unable to open", "the record cannot be opened", "Check that its folder is there and that you may write to it"),
)


def engine(path: str | Path, wait: float, *, readonly: bool = False) -> sa.Engine:
    """An engine on the file at `path`. `wait`: seconds to stand in line while another program writes."""
    if str(path) == MEMORY:
        made = sa.create_engine("sqlite://", poolclass=StaticPool)
    else:
        # A file: address, so that reading never makes an empty file, and "?" or "#" in a name stay letters of it.
        address = f"{Path(path).absolute().as_uri()}?mode={'rw' if readonly else 'rwc'}"
        made = sa.create_engine(
            "sqlite://", creator=lambda: sqlite3.connect(address, uri=True, timeout=wait), poolclass=NullPool
        )

    @event.listens_for(made, "connect")
    def _settle(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # we begin and end transactions ourselves
        connection.create_function("folded", 1, fold, deterministic=True)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA cache_size = -{_CACHE}")
        connection.execute("PRAGMA synchronous = FULL")  # a commit survives a power cut, not only a crash

    @event.listens_for(made, "begin")
    def _begin(connection: sa.Connection) -> None:
        # Taking the write lock at once avoids the deadlock of two readers that both want to write. Readings never
        # change, so questions need no transaction; without one, they may be asked one inside the other.
        if connection.get_execution_options().get("writes"):
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return made


def to_wal(made: sa.Engine, wait: float) -> None:
    """Let readers and one writer work at once. SQLite does not queue for this step, so we try for `wait` seconds."""
    until = time.monotonic() + wait
    while True:
        try:
            with closing(made.raw_connection()) as raw:
                raw.cursor().execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.02)


@contextmanager
def plain_words(path: str | Path) -> Iterator[None]:
    """Turn what the database says into a StoreError that names the file and what helps."""
    try:
        yield
    except (sa.exc.DBAPIError, sqlite3.Error) as error:
        cause = error.orig if isinstance(error, sa.exc.DBAPIError) else error
        said = str(cause)
        if isinstance(cause, UnicodeEncodeError):
            raise InputError("the report holds half a character (a lone surrogate)") from error
        for mark, message, hint in _TROUBLES:
            if mark in said.lower():
                raise StoreError(message, where=str(path), hint=hint) from error
        raise StoreError(f"the record would not do it: {said}", where=str(path)) from error
    except UnicodeEncodeError as error:
        raise InputError("the report holds half a character (a lone surrogate)") from error
