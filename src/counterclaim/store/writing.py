"""Writing a reading into the tables, part by part. Each function works inside the caller's transaction."""

from __future__ import annotations

import re
from itertools import chain, count
from typing import Any, cast

import msgspec
import sqlalchemy as sa

from counterclaim.errors import InputError
from counterclaim.record import copies
from counterclaim.record.tellings import Row, Telling, tellings
from counterclaim.store import folding, joining
from counterclaim.store import schema as t
from counterclaim.store.engine import fold
from counterclaim.store.loading import iso, json
from counterclaim.types import Event, Figure, Reading, Report, Statement

#: Shortest handle of a report whose id is a hash.
SHORTEST = 8
_HASH = re.compile(r"[0-9a-f]{12,}")
#: Passages that full-text search leaves out.
_UNSEARCHED = frozenset({"junk", "promo"})


def keep_report(connection: sa.Connection, report: Report) -> str:
    """Insert the report where it is new; its short handle."""
    if (handle := known(connection, report)) is not None:
        return handle
    marks = copies.sketch(report.text)
    short = _short(connection, report.id)
    number = connection.execute(sa.select(sa.func.coalesce(sa.func.max(t.report.c.number), 0) + 1)).scalar_one()
    connection.execute(
        t.report.insert().values(
            id=report.id,
            short=short,
            number=number,
            text=report.text,
            sketch=folding.packed(marks),
            added=joining.now(),
        )
    )
    folding.keep(connection, number, report, marks)
    return short


def known(connection: sa.Connection, report: Report) -> str | None:
    """The short handle of a report that the record has, None where it is new."""
    found = connection.execute(sa.select(t.report).where(t.report.c.id == report.id)).first()
    if found is None:
        return None
    if found.text != report.text:
        raise InputError(
            f"the record holds another text under the id {report.id!r}",
            where=report.origin,
            hint="Give it an id of its own, or leave the id out",
        )
    return cast(str, found.short)


def _short(connection: sa.Connection, report: str) -> str:
    """The shortest handle that no report of the record has yet: kept for good, so a note of it never goes stale."""
    cut = range(SHORTEST, len(report)) if _HASH.fullmatch(report) else ()
    for handle in chain((report[:n] for n in cut), (report,), (f"{report}~{n}" for n in count(2))):
        taken = sa.select(t.report.c.id).where(sa.or_(t.report.c.short == handle, t.report.c.id == handle))
        if connection.execute(taken.limit(1)).first() is None:
            break
    return handle


def has(connection: sa.Connection, reading: Reading) -> bool:
    """Whether the very same reading was kept before: same report, reader, pipeline and conflict."""
    c = t.reading.c
    query = sa.select(c.key).where(
        c.report == reading.report.id,
        c.version == reading.version,
        c.pipeline == reading.pipeline,
        c.conflict == reading.conflict,
    )
    return connection.execute(query).first() is not None


def keep_reading(connection: sa.Connection, reading: Reading) -> int:
    """Insert the reading without its rows; its key."""
    report = reading.report
    bare = msgspec.structs.replace(
        reading,
        report=msgspec.structs.replace(report, text=""),
        statements=(),
        events=(),
        figures=(),
        holdings=(),
        places=(),
    )
    done = connection.execute(
        t.reading.insert().values(
            report=report.id,
            version=reading.version,
            pipeline=reading.pipeline,
            conflict=reading.conflict,
            day=reading.day,
            outlet=report.outlet,
            byline=report.byline,
            headline=report.headline,
            url=report.url,
            published=iso(report.published),
            published_basis=report.published_basis,
            unread=reading.unread,
            body=json(bare),
        )
    )
    return done.lastrowid


def keep_rows(connection: sa.Connection, key: int, reading: Reading, short: str) -> None:
    """Insert everything that was found, and the passages for full-text search."""
    values: dict[str, list[dict[str, Any]]] = {name: [] for name in t.FAMILIES}
    for family, telling in tellings(reading, short):
        values[family].append(_row(key, telling))
    for name, rows in values.items():
        _insert(connection, t.FAMILIES[name], rows)
    _insert(
        connection,
        t.mention,
        [
            {
                "reading": key,
                "name": m.place.name,
                "country": m.place.country,
                "lat": m.place.lat,
                "lon": m.place.lon,
                "body": json(m),
            }
            for m in reading.places
        ],
    )
    text = reading.report.text
    _insert(
        connection,
        t.passage,
        [
            {"reading": key, "n": n, "kind": p.kind, "start": p.span.start, "text": p.span.of(text)}
            for n, p in enumerate(reading.report.passages)
            if p.kind not in _UNSEARCHED
        ],
    )
    connection.execute(
        sa.text("INSERT INTO passage_words(rowid, text) SELECT key, text FROM passage WHERE reading = :key"),
        {"key": key},
    )


def _insert(connection: sa.Connection, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(table.insert(), rows)


def _row(key: int, telling: Telling[Row]) -> dict[str, Any]:
    item, speaker, days = telling.item, telling.speaker, telling.days
    own: dict[str, Any]
    names: list[str | None] = []
    if isinstance(item, Statement):
        own = {"stance": item.stance, "directness": item.directness}
        names = [item.addressee, item.occasion]
    elif isinstance(item, Event):
        own = {"kind": item.kind, "status": item.status, "same_as": item.same_as}
        names = [item.kind.replace("_", " "), *(a.name for a in (*item.actors, *item.targets))]
    elif isinstance(item, Figure):
        own = {k: getattr(item, k) for k in ("measure", "low", "high", "counted", "cumulative")}
        names = [item.measure.replace("_", " "), item.counted, item.party]
    else:
        own = {k: getattr(item, k) for k in ("state", "holder", "same_as")}
        names = [item.state, item.holder, item.by]
    who = [speaker.name, speaker.role, speaker.party] if speaker else []
    return {
        "reading": key,
        "id": item.id,
        "start": telling.offset,
        "text": telling.text,
        "first": iso(days[0]) if days else None,
        "last": iso(days[1]) if days else None,
        "told": iso(telling.report.published),
        "speaker": json(speaker) if speaker else None,
        "party": fold(speaker.party) if speaker and speaker.party else None,
        "says": fold(" | ".join(w for w in who if w)) if speaker else None,
        "chain": json(telling.chain),
        "places": "|" + "".join(fold(p) + "|" for p in telling.places),
        "names": fold("\n".join(filter(None, [*names, *who, *telling.places]))),
        "body": json(item),
        **own,
    }


def point(connection: sa.Connection, key: int, reading: Reading) -> None:
    """Let views see this reading, and join its events, unless what they see was made by a later version."""
    report = reading.report.id
    seen = (
        sa.select(t.reading.c.version)
        .join(t.newest, t.newest.c.reading == t.reading.c.key)
        .where(t.newest.c.report == report)
    )
    before = connection.execute(seen).scalar()
    if before is None:
        connection.execute(t.newest.insert().values(report=report, reading=key))
    elif _order(reading.version) >= _order(before):
        connection.execute(t.newest.update().where(t.newest.c.report == report).values(reading=key))
    else:
        return
    joining.keep_joins(connection, key)
    if before is not None:
        joining.carry_over(connection, report, key)


def _order(version: str) -> tuple[tuple[int, str], ...]:
    """Versions in their natural order: 0.10 after 0.9."""
    return tuple((int(n or 0), word) for n, word in re.findall(r"(\d+)|([a-z]+)", version.lower()))
