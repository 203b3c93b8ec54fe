"""Over a whole record: no row of any view without its words and its way back, no number that nobody told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.errors import NothingFound, UsageError
from counterclaim.store import Filter, Record, open_record
from counterclaim.types import Measure, Stance, State
from counterclaim.views import lists
from counterclaim.views.answers import answers
from counterclaim.views.brief import brief
from counterclaim.views.map import map_of
from counterclaim.views.show import show
from counterclaim.views.sides import sides
from counterclaim.views.since import changes
from tests.build import Build, day, on

WORDS = [f"Thing {n} was so." for n in range(12)]
PARTIES = st.sampled_from([None, "Russia", "Ukraine", "Observer"])
PLACES = st.sampled_from([None, "Alpha", "Beta"])


@st.composite
def records(draw: st.DrawFn) -> list[Build]:
    """A few reports that tell of the same few places, by the same few parties."""
    found = []
    for n in range(draw(st.integers(1, 4))):
        build = Build(
            " ".join(WORDS), id=f"r{n}", published=draw(st.integers(1, 5)), outlet=draw(st.sampled_from("AB"))
        )
        for words in WORDS[: draw(st.integers(1, 12))]:
            who = draw(PARTIES)
            match draw(st.integers(0, 3)):
                case 0:
                    build.says(words, who or "Host", who, stance=draw(st.sampled_from(get_args(Stance))))
                case 1:
                    build.event(
                        draw(st.sampled_from(["shelling", "capture", "talks"])),
                        words,
                        draw(PLACES),
                        when=on(draw(st.integers(1, 5))),
                    )
                case 2:
                    low = draw(st.integers(0, 50))
                    measure = draw(st.sampled_from(get_args(Measure)[:6]))
                    build.figure(
                        words.split()[1], low, low + draw(st.integers(0, 9)), measure, by=who,
                        cumulative=draw(st.booleans()), place=draw(PLACES),
                    )  # fmt: skip
                case _:
                    build.holds(
                        words,
                        draw(PLACES) or "Gamma",
                        draw(st.sampled_from(get_args(State))),
                        draw(PARTIES),
                        draw(PARTIES),
                        claimed_by=who,
                    )
        found.append(build)
    return found


def views(record: Record) -> Iterator[Any]:
    """Every view of the record's last day."""
    every = Filter()
    yield [*lists.claims(record, every), *lists.events(record, every), *lists.toll(record, every, None)]
    yield list(lists.control(record, every, day(5)))
    yield list(lists.control_history(record, every, day(5)))
    yield sides(record, every, None, every=True)
    yield answers(record, every)
    for make in (brief, map_of, lambda r: changes(r, day(1))):
        try:
            yield make(record)
        except (NothingFound, UsageError):  # nothing of that kind, or the last day is the first
            continue


def cited(value: Any) -> Iterator[dict[str, Any]]:
    """Every row that stands anywhere in a view, with its words."""
    if isinstance(value, dict):
        if "id" in value and "outlet" in value:
            yield value
        for inner in value.values():
            yield from cited(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from cited(inner)


@given(records())
def test_no_cell_without_its_words_and_no_number_nobody_told(builds: list[Build]) -> None:
    with open_record(":memory:") as record:
        for build in builds:
            record.add(build.reading())
        told = {t.ref: (t.item.low, t.item.high) for t in record.figures()}
        seen: set[str] = set()
        for view in views(record):
            for row in cited(msgspec.to_builtins(view)):
                assert row["words"].strip()
                assert row["id"].count("/") == 1
                if "low" in row:
                    assert (row["low"], row["high"]) == told[row["id"]]
                seen |= {row["id"], *row["also"]}
        for ref in sorted(seen)[:5]:
            show(record, ref)
