"""Six batches of short reports of our own on wars of many places: who holds what stays above floors.

Each batch was annotated, and scored, before the reader had seen it (`data/README.md` tells what it found then), and
only then mended on, so these floors guard against steps back. They say nothing about reports that nobody has seen.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from counterclaim.types import Holding, Reading

DATA = Path(__file__).parent / "data"
#: Least F1 of each batch: what it scored when it was last mended, less a row or two.
FLOORS = {1: 0.67, 2: 0.72, 3: 0.65, 4: 0.66, 5: 0.65, 6: 0.65}
_COMMON = {"the", "of", "and", "army", "forces", "government", "al", "el"}


@pytest.fixture(scope="module", params=FLOORS)
def batch(request: pytest.FixtureRequest, read: Callable[..., Reading]) -> tuple[int, Counter[str]]:
    """A batch's number and the tally of its reports."""
    tally = Counter[str]()
    for report in tomllib.loads((DATA / f"control_{request.param}.toml").read_text("utf-8"))["report"]:
        tally += score(report, read(report["text"].strip(), published=report["published"]))
    return request.param, tally


def score(report: dict[str, Any], reading: Reading) -> Counter[str]:
    """Rows right, read and asked, and how many of the right ones have the day and the teller of the annotation."""
    told = {(h.place.name, h.state, h.holder): h for h in reading.holdings}
    tally = Counter(read=len(told))
    for line in report["control"]:
        optional = line.startswith("?")
        place, states, holder, by, date, teller = (cell.strip() for cell in line.lstrip("? ").split("|"))
        tally["asked"] += not optional
        fitting = (k for k in told if k[1] in states.split("; ") and alike(place, k[0]) and whose(told[k], holder, by))
        if (key := next(fitting, None)) is None:
            continue
        found = told.pop(key)
        tally["right"] += not optional
        tally["read"] -= optional
        if not optional and date != "-":
            tally["dated"] += 1
            tally["day"] += found.when is not None and found.when.start.isoformat().startswith(date)
        if not optional:
            name = found.claimed_by.name if found.claimed_by else None
            tally["teller"] += name is None if teller == "-" else bool(name)
    return tally


def whose(held: Holding, holder: str, by: str) -> bool:
    return held.state == "contested" or alike(holder, held.holder) or alike(by, held.by)


def alike(names: str, name: str | None) -> bool:
    """Whether one of the alternatives shares a telling word with a name."""
    return any(words(one) & words(name) for one in names.split(";"))


def words(name: str | None) -> set[str]:
    return {w.removesuffix("s") for w in re.findall(r"\w+", (name or "").casefold())} - _COMMON


def test_who_holds_what(batch: tuple[int, Counter[str]]) -> None:
    number, tally = batch
    assert 2 * tally["right"] / (tally["read"] + tally["asked"]) >= FLOORS[number], tally


def test_on_which_day_and_who_says_so(batch: tuple[int, Counter[str]]) -> None:
    _, tally = batch
    assert tally["day"] / tally["dated"] >= 0.4, tally
    assert tally["teller"] / tally["right"] >= 0.6, tally
