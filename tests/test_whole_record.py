"""Over the whole record, in every view, file and map: no cell without its words, no figure added across claimants.

Claimants count in numbers of which no two add up to a third, nor to anything else that is printed: where a sum stands,
somebody has added. The last tests break the program on purpose: a net that catches nothing proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counterclaim.errors import NothingFound, UsageError
from counterclaim.exports import FORMS
from counterclaim.exports import map as maps
from counterclaim.store import Record, open_record
from counterclaim.views import rows
from counterclaim.views.brief import brief
from counterclaim.views.flat import flat_answers, flat_sides
from counterclaim.views.flatbrief import flat_brief, flat_changes
from counterclaim.views.groups import groups
from counterclaim.views.map import map_of
from counterclaim.views.since import changes
from counterclaim.views.stories import copied, stories
from tests.build import Build, day, on
from tests.exports.records import KHARKIV, written
from tests.views.test_words import cited, views

NUMBERS = (1301, 2617, 5237, 10477, 20959)
SUMS = {sum(some) for n in (2, 3, 4, 5) for some in combinations(NUMBERS, n)}
WHO = ("Mayor", "Governor", "Moscow", "Red Cross", None)
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
SOME = settings(
    max_examples=5, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


def _number(pick: tuple[int, str | None]) -> int:
    return pick[0]


@st.composite
def records(draw: Callable[..., Any]) -> list[Build]:
    """Up to four reports of one strike, some of them in one another's words, each counting dead in a few sentences."""
    found: list[Build] = []
    for n in range(draw(st.integers(1, 4))):
        picks = draw(
            st.lists(
                st.tuples(st.sampled_from(NUMBERS), st.sampled_from(WHO)), min_size=1, max_size=4, unique_by=_number
            )
        )
        lines = [
            f"{who or 'Nobody'} wrote on that day that {number} people in all had been killed in the city by rockets."
            for number, who in picks
        ]
        made = Build("\n\n".join(lines), id=f"r{n}", published=draw(st.integers(2, 5)), outlet=f"Paper {n % 3}")
        for line, (number, who) in zip(lines, picks, strict=True):
            total = draw(st.booleans())
            made.event("shelling", line, KHARKIV, when=on(2), actors=["Russia"])
            made.figure(
                f"{number} people in all", number, number, counted="people", sentence=made.at(line), cumulative=total,
                event=f"e{len(made.events)}", place="Kharkiv", as_of=on(2),
                **({"by": who, "by_party": who} if who else {}),
            )  # fmt: skip
            made.says(line, who or "Nobody", who)
        made.holds(lines[0], "Kharkiv", "captured", "Russia", when=on(2), claimed_by="Moscow")
        found.append(made.names("city", KHARKIV))
    return found


def record_of(builds: list[Build]) -> Record:
    record = open_record(":memory:")
    for build in builds:
        record.add(build.reading())
    return record


def every_view(record: Record) -> Iterator[Any]:
    """Every view, and every view laid flat."""
    found = list(views(record))
    yield from found
    yield [list(groups(record)), list(stories(record)), list(copied(record))]
    yield [list(flat_sides(found[3])), list(flat_answers(found[4]))]
    for make in (lambda: flat_brief(brief(record)), lambda: flat_changes(changes(record, day(1)))):
        try:
            yield list(make())
        except (NothingFound, UsageError):  # the last day is the first
            continue


def every_text(record: Record, folder: Path) -> Iterator[str]:
    """Every view as JSON, every export, every map, as text. Of readings and spans only numbers of the record stand."""
    for view in every_view(record):
        yield msgspec.json.encode(view).decode()
    for form in set(FORMS) - {"xlsx", "parquet"}:
        for name in FORMS[form] or ("",):
            for path in written(record, form, folder, *filter(None, (name,))).files:
                yield path.read_text("utf-8")
    for form in ("svg", "geojson"):
        yield maps.draw(map_of(record), form)


def printed(record: Record, folder: Path) -> set[int]:
    """Every number that stands anywhere."""
    return {
        int(n.replace(",", ""))
        for text in every_text(record, folder)
        for n in (*_NUMBER.findall(text), *re.findall(r"\d+", text))
    }


def added(record: Record, folder: Path) -> set[int]:
    """The sums of several claimants' numbers that stand anywhere."""
    return SUMS & printed(record, folder)


def unsaid(record: Record) -> list[Any]:
    """Cells without words, with words or a number that the report does not have there."""
    texts = {head.short: " ".join(text.split()) for head, text in record.texts()}
    told = {t.ref: (t.item.low, t.item.high) for t in record.figures()}
    wrong = []
    for view in every_view(record):
        for row in cited(msgspec.to_builtins(view)):
            text = texts.get(row["id"].partition("/")[0], "")
            unsaid = not row["words"].strip() or any(part not in text for part in row["words"].split(" … "))
            if unsaid or ("low" in row and (row["low"], row["high"]) != told[row["id"]]):
                wrong.append(row)
    return wrong


@SOME
@given(records())
def test_no_cell_without_its_words_and_no_figure_added(tmp_path: Path, builds: list[Build]) -> None:
    with record_of(builds) as record:
        assert not unsaid(record)
        assert not added(record, tmp_path)


def two() -> list[Build]:
    """Two claimants of one thing in one report, and a third in another."""
    found = []
    for n, who in enumerate((("Mayor", "Moscow"), ("Red Cross",))):
        lines = [f"{name} wrote that {NUMBERS[2 * n + i]} people had been killed there." for i, name in enumerate(who)]
        made = Build("\n\n".join(lines), id=f"r{n}", published=3, outlet=f"Paper {n}")
        for i, (name, line) in enumerate(zip(who, lines, strict=True)):
            number = NUMBERS[2 * n + i]
            made.event("shelling", line, KHARKIV, when=on(2), actors=["Russia"])
            made.figure(
                str(number), number, number, counted="people", by=name, by_party=name, sentence=made.at(line),
                event=f"e{i + 1}", place="Kharkiv", as_of=on(2),
            )  # fmt: skip
        found.append(made.holds(lines[0], "Kharkiv", "captured", "Russia", when=on(2)))
    return found


def test_the_record_that_is_broken_below_is_whole(tmp_path: Path) -> None:
    with record_of(two()) as record:
        assert not unsaid(record)
        assert not added(record, tmp_path)
        assert printed(record, tmp_path) >= set(NUMBERS[:3])


def test_a_number_that_is_added_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = rows.counted

    def summed(lead: Any, *args: Any) -> dict[str, Any]:
        found = real(lead, *args)
        return {**found, "low": sum(NUMBERS[:2]), "high": sum(NUMBERS[:2])}

    monkeypatch.setattr(rows, "counted", summed)
    with record_of(two()) as record:
        assert unsaid(record)
        assert sum(NUMBERS[:2]) in added(record, tmp_path)


def test_a_sum_in_a_coded_file_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from counterclaim.exports import deaths

    monkeypatch.setattr(deaths.Toll, "numbers", property(lambda toll: (1, sum(NUMBERS[:3]), sum(NUMBERS[:3]))))
    with record_of(two()) as record:
        assert sum(NUMBERS[:3]) in added(record, tmp_path)


def test_a_row_without_its_words_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    real = rows.cited
    monkeypatch.setattr(rows, "cited", lambda report, ref, words, also: real(report, ref, "", also))
    with record_of(two()) as record:
        assert unsaid(record)
