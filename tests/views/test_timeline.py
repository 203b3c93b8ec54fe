"""The maps of many days at once are the maps of each."""

from __future__ import annotations

from datetime import timedelta

import pytest

from counterclaim.errors import NothingFound, UsageError
from counterclaim.store import Record, open_record
from counterclaim.views.map import map_of, timeline
from tests.build import Build, day, on

CONFLICT = "ukraine-2022"


def record() -> Record:
    made = open_record(":memory:")
    told = [
        Build("Alpha is held.", id="a", published=1).holds("Alpha is held.", "Alpha", "controlled", "Ukraine"),
        Build("Alpha is besieged.", id="b", published=4)
        .holds("Alpha is besieged.", "Alpha", "besieged", "Ukraine", "Russia"),
        Build("Beta is fought for.", id="c", published=5).holds("Beta is fought for.", "Beta", "contested"),
        Build("Alpha fell.", id="d", published=9).holds("Alpha fell.", "Alpha", "captured", "Russia", when=on(8)),
        Build("Gamma is ours.", id="e", published=25)
        .holds("Gamma is ours.", "Gamma", "controlled", "Russia", claimed_by="Moscow", party="Russia", when=on(3, 7)),
    ]  # fmt: skip
    for build in told:
        made.add(build.reading())
    return made


@pytest.mark.parametrize("judged", [False, True])
@pytest.mark.parametrize("first", [None, 1, 6, 20])
def test_on_each_day_every_place_stands_as_on_its_map(first: int | None, judged: bool) -> None:
    with record() as made:
        if judged:
            made.judge("b/h1", "no", "Ann")
            made.judge("d/h1", "correct", "Ann", {"holder": "Ukraine"})
        found = timeline(made, CONFLICT, day(first) if first else None)
        assert (found.first, found.last) == (day(first or 1), day(25))
        when = found.first
        while when <= found.last:
            rows = {row.place: row for row in map_of(made, CONFLICT, on=when).places}
            for line in found.places:
                spell = next((s for s in reversed(line.spells) if s.day <= when), None)
                row = rows.get(line.place)
                assert (spell is None) == (row is None)
                if spell and row:
                    assert (spell.standing, spell.holder, spell.by) == (row.standing, row.holder, row.by)
                    last = max(min(end, when) for start, end in line.spoken if start <= when)
                    assert (when - last).days == row.age
                    if spell.day == when:
                        assert spell.id == row.id
            when += timedelta(days=1)


def test_a_timeline_says_where_there_is_nothing() -> None:
    with record() as made, pytest.raises(UsageError):
        timeline(made, CONFLICT, day(28))
    with open_record(":memory:") as empty:
        empty.add(Build("Nothing here.").reading())
        with pytest.raises(NothingFound):
            timeline(empty, CONFLICT)
