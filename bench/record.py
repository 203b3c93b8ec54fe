"""A large record: what adding one report and asking for one day cost, against a small record.

The reports are made up: a war of towns and outlets over some years, each report with a few events, figures, holdings
and statements of its day, one in five a copy of another. They are given to the record as readings, so that nothing is
parsed. Only the first `WEEKS` and the last `SMALL * 2` reports are added one by one, as anybody's are. Those weeks are
then written again and again by SQL, moved on by whole weeks, with all that the record made of them (words, marks,
copies, meetings, joins): this path is the bench's alone. `python -m bench --only record --reports 100000` makes the
large record of the issue in minutes; the default is small enough for every change.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from itertools import islice
from pathlib import Path

from bench.again import again
from bench.common import Row
from counterclaim import open_record, passages
from counterclaim.store import Filter, Record
from counterclaim.types import (
    Actor,
    Event,
    Figure,
    Holding,
    Place,
    PlaceMention,
    Reading,
    Report,
    Span,
    Statement,
    When,
)

SMALL = 100
#: Reports a day: the war grows longer with the record, not denser.
A_DAY = 60
#: Weeks whose reports are added one by one, then written again.
WEEKS = 2
TOWNS = [f"{a}{b}" for a in "Alm Bor Cer Dov Esk Fal Gor Hal Ism Jar".split() for b in "ava iv opol yn esk ovo".split()]
OUTLETS = [f"{name} {kind}" for name in "Daily Morning Evening Northern Coast".split() for kind in ("Post", "Wire")]
KINDS = ["shelling", "air_strike", "clash", "capture", "evacuation", "aid", "protest", "talks"]
FIRST_DAY = date(2022, 2, 24)
_FILLER = [
    f"{a}{b}" for a in "bre sta cor mel tir vun gal pos ren lid".split() for b in "ta no ker ling sa dor mi vex".split()
]


@contextmanager
def large(count: int, path: Path | None = None) -> Iterator[tuple[Record, tuple[float, float, float] | None]]:
    """The record of `count` reports, with what filling it cost. One at `path` is made, or taken as it is: None then."""
    with tempfile.TemporaryDirectory() as folder:
        there = path is not None and path.exists()
        with open_record(path or Path(folder) / "bench.db") as record:
            yield record, None if there else _filled(record, count)


def figures(count: int, path: Path | None = None) -> list[Row]:
    """Compare what one more report costs a record of `SMALL` and one of `count`, and time the questions to that."""
    with large(count, path) as (record, cost):
        rows = list(_questions(record, count))
    if cost is None:
        return rows
    early, built, late = cost
    print(f"({count:,} reports in {built:.0f} CPU-seconds; adding one: {1000 * late:.1f} ms)")
    return [Row(f"adding to a record of {count:,}, times one of {SMALL}", late / early, 1.5, "x"), *rows]


def _filled(record: Record, count: int) -> tuple[float, float, float]:
    """Fill `record` with `count` reports: what adding one cost early, what all the rest cost, what adding one costs."""
    start = time.process_time()
    block = WEEKS * 7 * A_DAY
    tail = 5 * SMALL
    blocks = max(1, (count - tail) // block)
    stream = readings(min(count, block))
    # The first reports meet an empty page cache and fresh tables: they are no yardstick.
    for reading in islice(stream, SMALL):
        record.add(reading)
    early = [_cost(partial(record.add, reading)) for reading in islice(stream, SMALL)]
    for reading in stream:
        record.add(reading)
    again(record, blocks - 1, WEEKS)
    last = readings(max(0, count - blocks * block), seed=6, since=FIRST_DAY + timedelta(weeks=WEEKS * blocks))
    for reading in last:
        record.add(reading)
    built = time.process_time() - start
    since = FIRST_DAY + timedelta(days=count // A_DAY)
    late = [_cost(partial(record.add, reading)) for reading in readings(SMALL, seed=7, since=since)]
    return statistics.median(early), built, statistics.median(late)


def _questions(record: Record, count: int) -> Iterator[Row]:
    from counterclaim.views import lists
    from counterclaim.views.brief import brief
    from counterclaim.views.sides import sides

    day = FIRST_DAY + timedelta(days=count // A_DAY // 2)
    one = Filter(first=day, last=day)
    asked: dict[str, tuple[Callable[[], object], float]] = {
        "brief of one day": (lambda: brief(record, on=day), 1.0),
        "events of one day": (lambda: list(lists.events(record, one)), 1.0),
        "sides of one day": (lambda: sides(record, one), 1.0),
        "toll of one day": (lambda: list(lists.toll(record, one)), 1.0),
        "control on one day": (lambda: list(lists.control(record, one, day)), 1.0),
        "search": (lambda: list(lists.search(record, f"{TOWNS[7]} convoy", Filter(limit=20))), 0.2),
    }
    for name, (ask, most) in asked.items():
        ask()
        yield Row(f"{name}, of {count:,} reports", min(_cost(ask) for _ in range(3)), most, "s")


def _cost(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


def readings(count: int, seed: int = 5, since: date = FIRST_DAY) -> Iterator[Reading]:
    """`count` readings, the same every time for a seed, a day's worth after another."""
    dice = random.Random(seed)
    before: list[str] = []
    for number in range(count):
        yield _reading(f"bench{seed}{number:07}", since + timedelta(days=number // A_DAY), dice, before)


def _reading(ident: str, day: date, dice: random.Random, before: list[str]) -> Reading:
    town, other = dice.sample(TOWNS, 2)
    kind, dead = dice.choice(KINDS), dice.randrange(2, 60)
    told = [
        f"{kind.replace('_', ' ').capitalize()} was reported in {town} on {day:%A}, and {dead} people died there.",
        f"The army said that it held {other} after a fight for its {dice.choice(_FILLER)} bridge.",
        f"An official of the Red side said the convoy to {town} had come through with {dead + 5} lorries.",
    ]
    filler = [" ".join(dice.choices(_FILLER, k=40)).capitalize() + "." for _ in range(4)]
    if before and dice.random() < 0.2:
        filler = dice.choice(before[-A_DAY:]).split("\n\n")  # a wire text under a lead of its own
    before.append("\n\n".join(filler))
    del before[:-A_DAY]
    text = "\n\n".join([*told, *filler])
    return _read(ident, text, told, day, town, other, kind, dead, dice)


def _read(
    ident: str, text: str, told: list[str], day: date, town: str, other: str, kind: str, dead: int, dice: random.Random
) -> Reading:
    one, two, three = (Span(text.index(s), text.index(s) + len(s)) for s in told)
    when = When(start=day, end=day, precision=1)
    red, blue = Actor(name="Red", kind="state", party="Red"), Actor(name="Blue", kind="state", party="Blue")
    at = Span(text.index(str(dead)), text.index(str(dead)) + len(str(dead)))
    place, second = _place(town), _place(other)
    return Reading(
        report=Report(
            id=ident, text=text, passages=passages.split(text), outlet=dice.choice(OUTLETS), published=day,
            published_basis="given", headline=told[0][:60],
        ),
        conflict="generic", version="0.1.0", pipeline="bench",
        statements=(
            Statement(id="s1", content=(two,), speaker=blue, why="bench"),
            Statement(id="s2", content=(three,), speaker=red, why="bench"),
        ),
        events=(
            Event(id="e1", kind=kind, trigger=one, sentence=one, place=place, when=when, actors=(red,)),
            Event(id="e2", kind="clash", trigger=two, sentence=two, place=second, when=when, statement="s1"),
            Event(id="e3", kind="aid", trigger=three, sentence=three, place=place, status="claimed", statement="s2"),
        ),
        figures=(
            Figure(
                id="f1", span=at, sentence=one, measure="killed", bound="exact", low=dead, high=dead, counted="people",
                place=place, as_of=when, event="e1",
            ),
        ),
        holdings=(
            Holding(id="h1", place=second, state="controlled", sentence=two, trigger=two, holder="Blue", when=when,
                    claimed_by=blue, statement="s1"),
        ),
        places=(PlaceMention(span=Span(text.index(town), text.index(town) + len(town)), place=place),),
    )  # fmt: skip


def _place(town: str) -> Place:
    number = TOWNS.index(town)
    lat, lon = 44 + number % 8, 22 + number // 8
    return Place(
        name=town, country="Borderland", admin1=f"Province {number % 8}", lat=lat, lon=lon, geonames_id=number + 1
    )
