"""The error tree. Each has the exit code that the command line ends with.

CounterclaimError                1
├── InputError                   1   a file, line or page that cannot be read; the rest goes on
│   └── FetchError               1   an address that did not answer as it should
│       └── RefusedError         5   the guard would not go there
├── UsageError                   2   the caller asked for something that makes no sense
├── NothingFound                 3   nothing matched
├── ConfigError                  4   a profile, lexicon, model or setting that cannot be used
├── StoreError                   4   a record that cannot be opened or written
└── BelowFloor                   6   an evaluation under its floor
"""

from __future__ import annotations


class CounterclaimError(Exception):
    """Something went wrong that the user can understand. `where` names the file, line or address."""

    exit_code = 1

    def __init__(self, message: str, *, where: str | None = None, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        text = f"{self.where}: {self.message}" if self.where else self.message
        return f"{text}. {self.hint}" if self.hint else text


class InputError(CounterclaimError):
    """A file, line or page that cannot be read. The rest of the input goes on."""


class FetchError(InputError):
    """An address that did not answer as it should."""


class RefusedError(FetchError):
    """An address the guard would not go to: a private network, too large, too slow, too many hops."""

    exit_code = 5


class UsageError(CounterclaimError):
    """The caller asked for something that makes no sense."""

    exit_code = 2


class NothingFound(CounterclaimError):
    """Nothing matched the question."""

    exit_code = 3


class ConfigError(CounterclaimError):
    """A profile, lexicon, model or setting that cannot be used."""

    exit_code = 4


class StoreError(CounterclaimError):
    """A record that cannot be opened or written."""

    exit_code = 4


class BelowFloor(CounterclaimError):
    """An evaluation came out under its floor."""

    exit_code = 6
