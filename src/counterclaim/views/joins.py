"""Joins as rows: pairs of events that are one or may be, with what speaks for it, and what people said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any

import msgspec

from counterclaim.record import same_event
from counterclaim.record.tellings import Telling
from counterclaim.store import Filter, Record
from counterclaim.store.judging import Joined
from counterclaim.types import Event, Struct


class Told(Struct, frozen=True, kw_only=True):
    """One side of a pair: an event as a report tells it."""

    id: str
    report: str
    outlet: str
    published: date | None
    kind: str
    place: str | None
    first: date | None
    last: date | None
    words: str


class JoinRow(Struct, frozen=True, kw_only=True):
    """Two events of different reports. `standing` is what counts: joined, doubtful or apart.

    `score` and `why` are the program's, with what each point was given for; `by` the person whose word counts,
    `at` when it was said (UTC). `history` is everything that people said of the pair, oldest first.
    """

    id: str
    one: Told
    other: Told
    standing: str
    score: float | None
    why: str
    by: str | None
    at: str
    history: tuple[str, ...] = ()


class FlatPair(Struct, frozen=True, kw_only=True):
    """A pair as a row of a table: what stands, and both tellings side by side."""

    id: str
    standing: str
    score: float | None
    why: str
    by: str | None
    at: str
    history: tuple[str, ...]
    one_outlet: str
    one_published: date | None
    one_kind: str
    one_place: str | None
    one_words: str
    other_outlet: str
    other_published: date | None
    other_kind: str
    other_place: str | None
    other_words: str


def flat_pairs(found: Iterable[JoinRow]) -> Iterator[FlatPair]:
    """One row a pair."""
    shared = ("id", "standing", "score", "why", "by", "at", "history")
    both = ("outlet", "published", "kind", "place", "words")
    for pair in found:
        told = {f"{end}_{name}": getattr(getattr(pair, end), name) for end in ("one", "other") for name in both}
        yield FlatPair(**{name: getattr(pair, name) for name in shared}, **told)


def joins(record: Record, wanted: Filter | None = None, standing: str | None = None) -> Iterator[JoinRow]:
    """The pairs with `standing` (None: any), those nearest to the line first where it is "doubtful", else as found.

    A doubtful pair that other tellings have brought into one event already is not asked about.
    `wanted` chooses among events; one of the two is enough.
    """
    wanted = msgspec.structs.replace(wanted or Filter(), repeats=False)
    limit, open_ended = wanted.limit, msgspec.structs.replace(wanted, limit=None)
    known = list(record.joins())
    found = [pair for pair in known if standing in (None, pair.standing)]
    if standing == "doubtful":
        found.sort(key=lambda pair: (-(pair.score or 0), pair.one, pair.other))
    fit = {t.ref: t for t in record.events(open_ended)}
    every = fit if _takes_all(open_ended) else {t.ref: t for t in record.events(Filter(repeats=False))}
    if standing == "doubtful":
        asked = _ends(found)
        near = _ends(p for p in known if p.standing == "joined" and (p.one in asked or p.other in asked))
        met = same_event.join((every[ref] for ref in {**asked, **near} if ref in every), record.judged_pairs())
        home = {t.ref: n for n, group in enumerate(met) for t in group}
        found = [p for p in found if home.get(p.one, p.one) != home.get(p.other, p.other)]
    rows = (
        row(pair, every[pair.one], every[pair.other])
        for pair in found
        if (pair.one in fit or pair.other in fit) and pair.one in every and pair.other in every
    )
    yield from islice(rows, limit)


def _ends(pairs: Iterable[Joined]) -> dict[str, None]:
    """The events of pairs, each once."""
    return dict.fromkeys(ref for pair in pairs for ref in (pair.one, pair.other))


def _takes_all(wanted: Filter) -> bool:
    return wanted == Filter(repeats=False)


def row(pair: Any, one: Telling[Event], other: Telling[Event]) -> JoinRow:
    """The row of a pair."""
    last = pair.judged[-1] if pair.judged else None
    return JoinRow(
        id=f"{pair.one} {pair.other}",
        one=told(one),
        other=told(other),
        standing=pair.standing,
        score=pair.score,
        why=pair.why,
        by=last.by if last else None,
        at=last.at if last else pair.at,
        history=tuple(f"{said.verdict} by {said.by} at {said.at}" for said in pair.judged),
    )


def told(telling: Telling[Event]) -> Told:
    """An event as one side of a pair."""
    event, when = telling.item, telling.item.when
    return Told(
        id=telling.ref,
        report=telling.report.id,
        outlet=telling.report.name,
        published=telling.report.published,
        kind=event.kind,
        place=event.place.name if event.place else None,
        first=when.start if when else None,
        last=when.end if when else None,
        words=telling.of(event.sentence),
    )
