"""Who is this, and what may they do: the one door of the desk.

Here a person comes in by a link that works once, and stays by a cookie. A shared desk would answer the same two
questions from accounts; nothing else in the room asks who somebody is.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Literal

from counterclaim.types import Struct

Right = Literal["read", "judge", "add"]


class Visitor(Struct, frozen=True, kw_only=True):
    """Somebody who came in. `name` signs their judgements, `rights` are what they may do."""

    name: str
    rights: frozenset[Right]

    def may(self, right: Right) -> bool:
        """Whether they may do that."""
        return right in self.rights


class Door:
    """Lets in whoever holds the link, once; knows them by their cookie afterwards, until the desk is closed.

    Args:
        name: who sits at this desk.
        read_only: whether they may only read.
    """

    def __init__(self, name: str = "desk", *, read_only: bool = False) -> None:
        rights: frozenset[Right] = frozenset({"read"}) if read_only else frozenset({"read", "judge", "add"})
        self._visitor = Visitor(name=name, rights=rights)
        self._token: str | None = secrets.token_urlsafe(32)
        self._sessions: set[str] = set()

    @property
    def token(self) -> str:
        """The secret of the link, empty once it was used."""
        return self._token or ""

    def enter(self, token: str) -> str | None:
        """A new session's secret for the right token, which is dead from then on; None for any other."""
        expected = self._token
        if expected is None or not hmac.compare_digest(expected.encode(), token.encode("utf-8", "replace")):
            return None
        self._token = None
        session = secrets.token_urlsafe(32)
        self._sessions.add(_digest(session))
        return session

    def who(self, session: str | None) -> Visitor | None:
        """Who holds this session, or None. Only hashes are kept: how long a look-up takes tells nothing of a secret."""
        return self._visitor if session and _digest(session) in self._sessions else None

    def leave(self, session: str | None) -> None:
        """End a session."""
        if session:
            self._sessions.discard(_digest(session))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
