"""What people review: rows in the order of how doubtful they are, each in its context, with the fields they may change.

A reviewer sees a row as it was read; what others said of it shows once they have judged it themselves, so that
`agreement` between two is worth something.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from importlib import resources
from typing import Any

from counterclaim.record.judgements import Judgement, Verdict, by_person, choices, fields, typed
from counterclaim.record.tellings import Family, Telling, one_line
from counterclaim.store import Filter, Record
from counterclaim.store.reviewing import Which
from counterclaim.types import Event, Figure, Holding, Place, Span, Statement, Struct
from counterclaim.views.joins import Told, told
from counterclaim.views.show import Shown, show

#: The lists of rows that are reviewed, and the family of each.
FAMILIES: Mapping[str, Family] = {
    "statements": "statement", "events": "event", "figures": "figure", "control": "holding",
}  # fmt: skip
#: What is said of a row without changing it.
VERDICTS: Mapping[str, Verdict] = {"yes": "yes", "no": "no", "unsure": "unsure"}
#: UCDP's where_prec from which a place is a province or more.
_PROVINCE = 4
_CHANCE = re.compile(r"encoder (\d\.\d+)")


@functools.cache
def rules() -> Mapping[str, Any]:
    """The tables of `lexicon/review.toml`."""
    return tomllib.loads(resources.files("counterclaim.lexicon").joinpath("review.toml").read_text(encoding="utf-8"))


class Item(Struct, frozen=True, kw_only=True):
    """A row of the queue, and what makes it doubtful."""

    id: str
    doubts: tuple[str, ...]
    points: float


class Queue(Struct, frozen=True, kw_only=True):
    """What waits for a reviewer, the most doubtful first. `total`: rows of the filter, `done`: those they judged.

    `more`: whether `total` is only as far as was counted.
    """

    items: tuple[Item, ...]
    total: int
    done: int
    more: bool = False

    def after(self, ref: str) -> str | None:
        """The row that follows `ref`, the first one where it is not in the queue; None where none is left."""
        ids = [item.id for item in self.items]
        place = ids.index(ref) + 1 if ref in ids else 0
        rest = [*ids[place:], *ids[:place]]
        return next((one for one in rest if one != ref), None)


class Field(Struct, frozen=True, kw_only=True):
    """A field that may be corrected: as read, as it stands now, and the words it takes where only some will do."""

    name: str
    read: str
    now: str
    choices: tuple[str, ...]


class Brief(Struct, frozen=True, kw_only=True):
    """A row of a list that is judged in one go: what was read, in a few words, and the words of the report."""

    id: str
    what: str
    words: str
    outlet: str
    published: date | None


class Task(Struct, frozen=True, kw_only=True):
    """One row to review. `pieces`: its passage in pieces, each with whether these are the row's own words.

    `places` are the places that the report names. `mine` is what the reviewer last said and did not take back;
    `history` what everybody said, oldest first, and corrections of others: only once the reviewer said something.
    `others`: how many other people judged it.
    """

    id: str
    shown: Shown
    pieces: tuple[tuple[bool, str], ...]
    fields: tuple[Field, ...]
    doubts: tuple[str, ...]
    places: tuple[str, ...]
    history: tuple[Judgement, ...]
    others: int
    mine: Judgement | None


class PairTask(Struct, frozen=True, kw_only=True):
    """Two events to review: whether they are one. `standing`: joined, doubtful or apart, by the program."""

    id: str
    one: Told
    other: Told
    standing: str
    score: float | None
    why: tuple[str, ...]
    history: tuple[Judgement, ...]
    others: int
    mine: Judgement | None


def queue(record: Record, name: str, wanted: Filter, by: str, which: Which = "open") -> Queue:
    """The queue of the list `name` for the reviewer `by`."""
    own, family = rules()["queue"], FAMILIES[name]
    waiting, total, done = record.queue(family, wanted, by, which, own["most"], own["counted"])
    told_of = ((doubts(telling), telling) for telling in waiting)
    items = [
        Item(id=telling.ref, doubts=tuple(word for word, _ in why), points=sum(points for _, points in why))
        for why, telling in told_of
    ]
    items.sort(key=lambda item: -item.points)
    return Queue(items=tuple(items), total=total, done=done, more=total >= own["counted"])


def pair_queue(record: Record, wanted: Filter, by: str, verdict: str = "doubtful", which: Which = "open") -> Queue:
    """The queue of pairs of events that the program gave `verdict`."""
    most = rules()["queue"]["pairs"]
    items = tuple(
        Item(id=pair.id, doubts=tuple(pair.why.split("; ")), points=pair.score or 0)
        for pair in record.waiting_pairs(wanted, by, verdict, which, most)
    )
    done = len(record.waiting_pairs(wanted, by, verdict, "mine", most)) if which == "open" else 0
    return Queue(items=items, total=len(items) + done, done=done, more=len(items) == most)


def shown_by(record: Record, name: str, wanted: Filter, by: str, which: Which = "open") -> list[Brief]:
    """The rows that a filter shows, as many as may be judged in one go and one more."""
    most = rules()["queue"]["bulk"] + 1
    return [
        Brief(
            id=telling.ref, what=_what(telling), words=one_line(telling.text), outlet=telling.report.name,
            published=telling.report.published,
        )
        for telling in record.waiting(FAMILIES[name], wanted, by, which, most)
    ]  # fmt: skip


def _what(telling: Telling[Any]) -> str:
    """A row in a few words."""
    item, cells = telling.item, typed(telling.item)
    told_of: tuple[str, ...]
    if isinstance(item, Statement):
        told_of = (cells["speaker"] or "somebody", cells["stance"])
    elif isinstance(item, Event):
        told_of = (cells["kind"], cells["place"], cells["when"], "" if item.status == "reported" else cells["status"])
    elif isinstance(item, Figure):
        told_of = (telling.of(item.span), cells["measure"], cells["counted"], cells["claimed_by"])
    else:
        told_of = (cells["place"], cells["state"], cells["holder"] or cells["by"], cells["claimed_by"])
    return ", ".join(word.replace("_", " ") for word in told_of if word)


def task(record: Record, ref: str, by: str) -> Task:
    """The row `ref` for the reviewer `by`.

    Raises:
        NothingFound: if there is no such row.
    """
    read, now, history = record.row(ref)
    shown = show(record, ref)
    assert isinstance(shown, Shown)
    family = type(read.item)
    said = by_person(history)
    mine = said.get(by)
    before, after = typed(read.item), typed(now.item if mine else read.item)
    names = dict.fromkeys(place.name for place in record.places_of(read.report.id))
    return Task(
        id=shown.id,
        shown=shown,
        pieces=tuple(pieces(shown.context, shown.marks)),
        fields=tuple(
            Field(name=name, read=before[name], now=after[name], choices=choices(family, name))
            for name in fields(family)
        ),
        doubts=tuple(word for word, _ in doubts(read)),
        places=tuple(names),
        history=tuple(history) if mine else (),
        others=len(said.keys() - {by}),
        mine=mine,
    )


def pair_task(record: Record, one: str, other: str, by: str) -> PairTask:
    """Two events, by ref, for the reviewer `by`.

    Raises:
        NothingFound: if one of them is not there.
    """
    pair, history = record.pair(one, other)
    said = by_person(history)
    return PairTask(
        id=pair.id, one=told(pair.one), other=told(pair.other), standing=pair.verdict, score=pair.score,
        why=tuple(filter(None, pair.why.split("; "))), history=tuple(history) if by in said else (),
        others=len(said.keys() - {by}), mine=said.get(by),
    )  # fmt: skip


def changes(item: Any, written: Mapping[str, str]) -> dict[str, str]:
    """The fields of `written` that say something else than `item` does."""
    before = {name: one_line(value) for name, value in typed(item).items()}
    said = {name: one_line(value) for name, value in written.items() if name in before}
    return {name: value for name, value in said.items() if value != before[name]}


def pieces(text: str, marks: Sequence[Span]) -> Iterator[tuple[bool, str]]:
    """`text` in pieces, each with whether it is marked."""
    at = 0
    for mark in sorted(marks):
        start, end = max(at, mark.start), max(at, mark.end)
        if start > at:
            yield False, text[at:start]
        if end > start:
            yield True, text[start:end]
        at = end
    if at < len(text):
        yield False, text[at:]


def doubts(telling: Telling[Any]) -> list[tuple[str, float]]:
    """What makes a row doubtful, in words, each with its points."""
    points: Mapping[str, float] = rules()["doubt"]
    found = [(words, points[name]) for name, words in _doubts(telling)]
    if (chance := _CHANCE.match(telling.item.why)) and (lacks := 1 - float(chance[1])) > 0:
        found.append((f"the encoder gives it {float(chance[1]):.0%}", points["chance"] * lacks))
    return sorted(found, key=lambda one: -one[1])


def _doubts(telling: Telling[Any]) -> Iterator[tuple[str, str]]:
    item = telling.item
    if isinstance(item, Statement):
        if item.speaker is None:
            yield "no_speaker", "no speaker"
        elif item.speaker.anonymous:
            yield "unnamed", "the speaker is not named"
        if item.via:
            yield "carried", "told within another statement"
        if item.stance == "other":
            yield "other_stance", "no stance"
        return
    yield from _place(item.place, isinstance(item, Figure))
    if telling.days is None:
        yield "no_day", "no day"
    if isinstance(item, Event):
        if not (item.actors or item.targets):
            yield "nobody", "nobody acts"
        if item.status in ("denied", "planned"):
            yield "not_so", f"told as {item.status}"
    elif isinstance(item, Figure):
        if item.measure == "other":
            yield "other_measure", "no measure"
        if item.low is None or item.high is None:
            yield "open", "one end is open"
    elif isinstance(item, Holding):
        if item.state in ("contested", "besieged", "claimed"):
            yield "unsettled", f"told as {item.state}"
        if not (item.holder or item.by):
            yield "no_holder", "no side"


def _place(place: Place | None, may_lack: bool) -> Iterator[tuple[str, str]]:
    if place is None:
        if not may_lack:
            yield "no_place", "no place"
    elif place.lat is None:
        yield "no_point", f"{place.name} is on no map"
    elif place.precision >= _PROVINCE and not may_lack:
        yield "wide", f"only {place.name} as a whole"
