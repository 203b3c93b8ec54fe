"""What people say about rows and joins, as rows of their own: kept, taken back, never overwritten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, cast

import msgspec
import sqlalchemy as sa

from counterclaim.errors import NothingFound, UsageError
from counterclaim.record.judgements import Judgement, Verdict, corrected, standing
from counterclaim.record.tellings import Telling
from counterclaim.store import joining, queries
from counterclaim.store import schema as t
from counterclaim.store.engine import fold
from counterclaim.types import Place, PlaceMention, Struct

Pair = tuple[str, str]
#: Of a pair, "yes" says that the two are one event.
_JOINED = {"yes": "joined", "no": "apart", "unsure": "doubtful", "undo": "undone"}
_SAID: dict[str, Verdict] = {"joined": "yes", "apart": "no", "doubtful": "unsure", "undone": "undo"}


class Joined(Struct, frozen=True, kw_only=True):
    """Two events, by ref, and what is said of them: by the program (`score`, `why`), and by people, oldest first."""

    one: str
    other: str
    verdict: str
    score: float | None
    why: str
    at: str
    judged: tuple[Judgement, ...] = ()

    @property
    def standing(self) -> str:
        """ "joined", "apart" or "doubtful": a person's word that was not taken back, else the program's."""
        said = standing(self.judged)
        return _JOINED[said.verdict] if said else self.verdict


def keep(connection: sa.Connection, report: str, row: str, judgement: Judgement) -> None:
    """Insert a judgement of one row."""
    own = {name: getattr(judgement, name) for name in ("start", "changes", "place", "note", "batch")}
    body = msgspec.json.encode({name: value for name, value in own.items() if value is not None}).decode()
    connection.execute(
        t.judgement.insert().values(
            report=report, row=row, verdict=judgement.verdict, body=body, by=judgement.by, at=judgement.at
        )
    )


def history(
    connection: sa.Connection, report: str | None = None, row: str | None = None, *, touched_by: str | None = None
) -> dict[Pair, list[Judgement]]:
    """Every judgement of rows, by report and row, oldest first; of one report or row only where named.

    `touched_by`: only of rows that this person said something of.
    """
    query = sa.select(t.judgement).order_by(t.judgement.c.key)
    if touched_by is not None:
        mine = t.judgement.alias("mine")
        own = sa.select(mine.c.report, mine.c.row).where(mine.c.by == touched_by)
        query = query.where(sa.tuple_(t.judgement.c.report, t.judgement.c.row).in_(own))
    if report is not None:
        query = query.where(t.judgement.c.report == report)
    if row is not None:
        query = query.where(t.judgement.c.row == row)
    found: dict[Pair, list[Judgement]] = defaultdict(list)
    for said in connection.execute(query):
        body: dict[str, Any] = msgspec.json.decode(said.body) if said.body else {}
        found[said.report, said.row].append(
            Judgement(
                verdict=said.verdict, by=said.by or "", at=said.at, start=body.get("start"),
                changes=body.get("changes") or {}, note=body.get("note"), batch=body.get("batch"),
                place=msgspec.convert(body["place"], Place) if body.get("place") else None,
            )
        )  # fmt: skip
    return found


def event(connection: sa.Connection, report: str, row: str) -> int:
    """The key of the event that leads for `row` in the newest reading: itself, or the one that it repeats.

    Raises:
        NothingFound: if there is no such event.
    """
    found = connection.execute(queries.plain("event").where(t.report.c.id == report, t.event.c.id == row)).first()
    if found is None:
        raise NothingFound(f"no event {row} in {report}")
    if found.same_as and found.same_as != row:
        return event(connection, report, found.same_as)
    return cast(int, found.key)


def keep_pair(connection: sa.Connection, one: int, other: int, judgement: Judgement) -> None:
    """Insert what a person says of two events, by key.

    Raises:
        UsageError: if they are the same.
    """
    if one == other:
        raise UsageError("these are one event already: the reading has one as a repetition of the other")
    connection.execute(
        t.join.insert().values(
            one=min(one, other), other=max(one, other), verdict=_JOINED[judgement.verdict], score=None,
            why="judged", by=judgement.by, at=judgement.at,
        )
    )  # fmt: skip


def pairs(connection: sa.Connection, *, people_only: bool = False, of: int | None = None) -> Iterator[Joined]:
    """Every pair of events that something is said of, in the order of the first word on it."""
    refs: dict[int, str] = {}
    found: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for row in joining.rows(connection, people_only=people_only, of=of):
        refs[row.one], refs[row.other] = f"{row.one_short}/{row.one_id}", f"{row.other_short}/{row.other_id}"
        found[row.one, row.other].append(row)
    for (one, other), rows in found.items():
        own = [row for row in rows if row.by is None]
        last = own[-1] if own else None
        yield Joined(
            one=refs[one], other=refs[other], verdict=last.verdict if last else "apart",
            score=last.score if last else None, why=last.why if last else "", at=last.at if last else rows[0].at,
            judged=tuple(said(row) for row in rows if row.by is not None),
        )  # fmt: skip


def said(row: Any) -> Judgement:
    """What a person said in a row about a pair."""
    return Judgement(verdict=_SAID[row.verdict], by=row.by, at=row.at)


def place(connection: sa.Connection, name: str, country: str | None) -> Place | None:
    """What is meant by a place that a person typed: one that reports name so, else one of the gazetteer.

    Of several the likeliest, those of `country` first; a province or country may stand behind a comma.
    """
    for written in (name, name.title()):
        if (named := _named(connection, t.mention.c.name == written)) is not None:
            return named
    # At last without regard to case, which goes through all that reports name.
    return _filed(name, country) or _named(connection, sa.func.folded(t.mention.c.name) == fold(name))


def _named(connection: sa.Connection, where: sa.ColumnElement[bool]) -> Place | None:
    body = connection.execute(sa.select(t.mention.c.body).where(where).limit(1)).scalar()
    return msgspec.json.decode(body, type=PlaceMention).place if body is not None else None


def _filed(name: str, country: str | None) -> Place | None:
    from counterclaim.reading.places import gazetteer  # a place of the record needs no reader

    bare, _, inside = (part.strip() for part in name.partition(","))
    every = gazetteer.known(bare)
    if inside:
        every = [k for k in every if fold(inside) in (fold(k.admin1 or ""), fold(k.country or ""))]
    every.sort(key=lambda k: (k.country != country, fold(k.name) != fold(bare)))
    for k in every[:1]:
        return Place(
            name=k.name, kind=k.kind, country=k.country, admin1=k.admin1, lat=k.lat, lon=k.lon,
            geonames_id=k.geonames_id, precision=_PRECISION.get(k.kind, 1),
        )  # fmt: skip
    return None


#: UCDP's where_prec by kind of place, where it is no town.
_PRECISION = {"admin2": 3, "admin1": 4, "region": 4, "country": 6, "sea": 7}


def found(said: Judgement) -> dict[str, Place]:
    """The place that a correction names, by its folded name as typed: what `corrected` takes."""
    return {said.changes["place"].strip().casefold(): said.place} if said.place else {}


def left(telling: Telling[Any], said: Judgement) -> Telling[Any]:
    """`telling` as `said` leaves it: marked, and with its correction, unless it makes no sense any more."""
    item, speaker = telling.item, telling.speaker
    if said.verdict == "correct":
        try:
            item = corrected(item, said.changes, found(said))
        except UsageError:  # a word that an earlier version of the program knew
            item = telling.item
        name = "speaker" if "speaker" in said.changes else "claimed_by"
        if name in said.changes and hasattr(item, name):
            speaker = getattr(item, name)
    return msgspec.structs.replace(telling, item=item, speaker=speaker, judged=said)
