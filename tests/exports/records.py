"""Records for tests of the exports: made by hand, or by chance."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from counterclaim.exports import Done, Wish, export
from counterclaim.store import Filter, Record, open_record
from counterclaim.types import Place, Reading, Span
from tests.build import Build, day, on

KHARKIV = Place(
    name="Kharkiv", kind="city", country="Ukraine", admin1="Kharkiv Oblast", lat=49.98, lon=36.25, geonames_id=706483
)
IZYUM = Place(name="Izyum", country="Ukraine", admin1="Kharkiv Oblast", lat=49.2, lon=37.28, geonames_id=707292)
UKRAINE = Place(name="Ukraine", kind="country", country="Ukraine", lat=49.0, lon=32.0, geonames_id=690791, precision=6)


@contextmanager
def record_of(*readings: Reading) -> Iterator[Record]:
    """A record in memory."""
    with open_record(":memory:") as record:
        for reading in readings:
            record.add(reading)
        yield record


def judge(record: Record, report: str, row: str, verdict: str) -> None:
    """What a person decided."""
    record.judge(f"{report}/{row}", verdict, by="reader")  # type: ignore[arg-type]


def written(record: Record, form: str, folder: Path, *tables: str, **wish: Any) -> Done:
    """An export of the whole record, over what was there before."""
    wish.setdefault("filter", Filter())
    wish.setdefault("day", day(3))
    return export(record, form, folder / f"out.{form}", Wish(**wish), tables, force=True)


def strike(id: str = "r1", published: int = 3, **fields: Any) -> Build:
    """A report of one strike, its dead counted in the same sentence and the next."""
    text = "Rockets hit Kharkiv on Wednesday, killing 21 people.\n\nThe governor spoke of at least 25 dead."
    made = Build(text, id=id, published=published, **fields)
    first, second = text.split("\n\n")
    made.event("shelling", first, KHARKIV, actors=["Russia"], when=on(2), status="reported")
    made.event("casualties_reported", second, KHARKIV, when=on(2), status="claimed")
    made.figure("21", 21, 21, counted="people", event="e1", sentence=made.at(first), place="Kharkiv", as_of=on(2))
    return made.figure(
        "at least 25", 25, None, counted="people", event="e2", sentence=made.at(second), by="Governor",
        by_party="Ukraine", place="Kharkiv", as_of=on(2),
    )  # fmt: skip


#: Text as reports have it: any words, any marks, formulas too.
words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs",), exclude_characters="\0\r"), min_size=1, max_size=40
)
risky = st.sampled_from(["=1+1", "+cmd", "-2", "@SUM(A1)", "\t=x", "“so”", "a;b", 'say "x"', "two\nlines", "＝x"])
sentence = st.one_of(words, risky, st.builds(lambda a, b: a + b, risky, words)).filter(lambda s: bool(s.strip()))


_GROUPS = st.sampled_from(["people", "soldiers", "children"])
_SPEAKERS = st.sampled_from([None, "Mayor", "Russia"])


@st.composite
def readings(draw: Callable[..., Any], number: int = 0) -> Reading:
    """A reading of sentences by chance, each told as an event with a figure, a statement and a holding."""
    lines = draw(st.lists(sentence, min_size=1, max_size=4, unique=True))
    text, spans, at = "", [], 0
    for line in lines:
        text += line + "\n\n"
        spans.append((at, at + len(line)))
        at = len(text)
    made = Build(
        text, id=f"r{number}", published=draw(st.sampled_from([None, 2, 3, 4])), outlet=draw(st.none() | words)
    )
    for start, end in spans:
        made.at = lambda _, start=start, end=end: Span(start, end)  # type: ignore[method-assign, misc]
        place = draw(st.sampled_from([None, KHARKIV, IZYUM, UKRAINE]))
        made.event(
            draw(st.sampled_from(["shelling", "clash", "attack_on_civilians", "casualties_reported", "talks"])),
            "", place, actors=draw(st.sampled_from([[], ["Russia"], ["Ukraine"]])),
            when=draw(st.sampled_from([None, on(2), on(2, 3), on(1, 31, precision=4)])),
            status=draw(st.sampled_from(["reported", "claimed", "denied", "planned"])),
        )  # fmt: skip
        low = draw(st.none() | st.integers(0, 99))
        made.figure(
            "", low, draw(st.none() | st.integers(low or 0, 200)), counted=draw(_GROUPS),
            event=draw(st.sampled_from([None, f"e{len(made.events)}"])), by=draw(_SPEAKERS),
        )  # fmt: skip
        stance, directness = (
            draw(st.sampled_from(["asserts", "denies", "vows"])),
            draw(st.sampled_from(["direct", "indirect"])),
        )
        made.says("", draw(st.sampled_from([None, "Mayor"])), stance=stance, directness=directness)
        made.holds("", "Kharkiv", "captured", "Russia", when=on(2))
        made.names("", place or KHARKIV)
    return made.reading()


@st.composite
def records(draw: Callable[..., Any]) -> list[Reading]:
    """Up to three readings."""
    return [draw(readings(n)) for n in range(draw(st.integers(0, 3)))]
