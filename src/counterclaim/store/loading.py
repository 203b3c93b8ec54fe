"""Rows of the tables turned back into types."""

from __future__ import annotations

import struct
from datetime import date
from typing import Any

import msgspec
import sqlalchemy as sa

from counterclaim.record.control import Word, holder_of
from counterclaim.record.tellings import Family, Masthead, Row, Telling
from counterclaim.store import schema as t
from counterclaim.types import Actor, Event, Figure, Holding, Place, PlaceMention, Reading, Statement

_TYPES: dict[Family, type[Row]] = {"statement": Statement, "event": Event, "figure": Figure, "holding": Holding}


def head(row: Any) -> Masthead:
    """The masthead of any row of `queries.rows`, `heads` or `search`."""
    return Masthead(
        id=row.report_id,
        short=row.short,
        conflict=row.conflict,
        outlet=row.outlet,
        byline=row.byline,
        headline=row.headline,
        url=row.url,
        published=day(row.published),
        published_basis=row.published_basis,
        day=row.day,
        version=row.version,
    )


def telling(row: Any, family: Family) -> Telling[Any]:
    """A telling from a row of `queries.rows`."""
    return Tellings(family).telling(row)


class Tellings:
    """Tellings from the rows of one question; what many rows share (report, speaker, places) is made once."""

    def __init__(self, family: Family) -> None:
        self._item = msgspec.json.Decoder(_TYPES[family])
        self._heads: dict[str, Masthead] = {}
        self._speakers: dict[str | None, Actor | None] = {None: None, "": None}
        self._chains: dict[str, tuple[str, ...]] = {"[]": ()}
        self._places: dict[str, tuple[str, ...]] = {"|": ()}

    def telling(self, row: Any) -> Telling[Any]:
        """The telling of a row of `queries.rows`."""
        report, who, chain, names = row.report_id, row.speaker, row.chain, row.places
        if (masthead := self._heads.get(report)) is None:
            masthead = self._heads[report] = head(row)
        if who not in self._speakers:
            self._speakers[who] = _ACTOR.decode(who)
        if chain not in self._chains:
            self._chains[chain] = _CHAIN.decode(chain)
        if names not in self._places:
            self._places[names] = tuple(names.strip("|").split("|"))
        return Telling(
            report=masthead,
            item=self._item.decode(row.body),
            text=row.text,
            offset=row.start,
            speaker=self._speakers[who],
            chain=self._chains[chain],
            places=self._places[names],
        )


_ACTOR, _CHAIN = msgspec.json.Decoder(Actor), msgspec.json.Decoder(tuple[str, ...])


class _Holding(msgspec.Struct):
    """What the rules of control look at of a holding's body; a place is read once, however often it is named."""

    place: msgspec.Raw
    state: str
    holder: str | None = None
    by: str | None = None


class Words:
    """Words from rows of `queries.words`, known by report and row id."""

    def __init__(self) -> None:
        self._body = msgspec.json.Decoder(_Holding)
        self._places: dict[bytes, Place] = {}
        self._speakers: dict[str | None, tuple[str | None, str | None]] = {None: (None, None)}
        self._days: dict[str, date] = {}

    def word(self, row: Any) -> Word | None:
        """None where nobody knows of which day it is."""
        first, last = row.first or row.told, row.last or row.told
        if first is None or last is None:
            return None
        body = self._body.decode(row.body)
        if (place := self._places.get(raw := bytes(body.place))) is None:
            place = self._places[raw] = msgspec.json.decode(raw, type=Place)
        if (speaker := self._speakers.get(row.speaker)) is None:
            actor = msgspec.json.decode(row.speaker, type=Actor)
            speaker = self._speakers[row.speaker] = actor.name, actor.party
        return Word(
            place=place, state=body.state, holder=holder_of(body.holder), by=body.by, who=speaker[0], party=speaker[1],
            first=self._day(first), last=self._day(last), told=self._day(row.told) if row.told else None,
            of=(row.report, row.id),
        )  # fmt: skip

    def _day(self, text: str) -> date:
        if (found := self._days.get(text)) is None:
            found = self._days[text] = date.fromisoformat(text)
        return found


def whole(connection: sa.Connection, row: Any) -> Reading:
    """A reading as it was added, from its own row and those of its tables."""
    bare = msgspec.json.decode(row.body, type=Reading)

    def items(table: sa.Table, make: type[Any]) -> tuple[Any, ...]:
        query = sa.select(table.c.body).where(table.c.reading == row.key).order_by(table.c.key)
        return tuple(msgspec.json.decode(r.body, type=make) for r in connection.execute(query))

    return msgspec.structs.replace(
        bare,
        report=msgspec.structs.replace(bare.report, text=row.text),
        statements=items(t.statement, Statement),
        events=items(t.event, Event),
        figures=items(t.figure, Figure),
        holdings=items(t.holding, Holding),
        places=items(t.mention, PlaceMention),
    )


def json(value: object) -> str:
    """`value` as JSON text, without what is none or empty: every such field of `types.py` is so by default."""
    return msgspec.json.encode(_lean(msgspec.to_builtins(value))).decode()


def _lean(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _lean(v) for k, v in value.items() if v is not None and v != []}
    return [_lean(v) for v in value] if isinstance(value, list) else value


def iso(day: date | None) -> str | None:
    """A day as the tables keep it: YYYY-MM-DD, which sorts by itself."""
    return day.isoformat() if day else None


def day(text: str | None) -> date | None:
    """A day from the tables."""
    return date.fromisoformat(text) if text else None


def numbers(sketch: bytes) -> tuple[int, ...]:
    """A sketch from the tables."""
    return struct.unpack(f"<{len(sketch) // 4}I", sketch)
