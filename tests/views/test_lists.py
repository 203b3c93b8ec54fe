"""Lists, `show` and the contract."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from counterclaim.errors import NothingFound
from counterclaim.store import Filter, Record, open_record
from counterclaim.types import Place
from counterclaim.views import lists
from counterclaim.views.contract import as_contract
from counterclaim.views.show import Overview, Shown, show
from tests.build import Build, day, on

TEXT = "A headline\n\nThe aide said the leader had said that 13 died in Alpha. Alpha was taken.\n\nThe end."


def build() -> Build:
    return (
        Build(TEXT, id="0123456789abcdef", url="https://example.org/a")
        .says("the leader had said that 13 died in Alpha", "Aide", "France", kind="unnamed")
        .says("13 died in Alpha", "Leader", "France", via="s1")
        .event("capture", "Alpha was taken.", "Alpha", actors=["Russia"], targets=["Ukraine"], when=on(2))
        .event("capture", "Alpha was taken.", "Alpha", same_as="e1")
        .figure("13", 13, 13, statement="s2", counted="people", place="Alpha")
        .figure("13", 13, 13, "distance", counted="km")
        .holds("Alpha was taken.", "Alpha", "captured", "Russia", when=on(2))
    )


@pytest.fixture
def record() -> Iterator[Record]:
    with open_record(":memory:") as opened:
        opened.add(build().reading())
        yield opened


def test_claims(record: Record) -> None:
    first, second = lists.claims(record, Filter())
    assert (first.id, first.speaker, first.anonymous) == ("01234567/s1", "Aide", True)
    assert (second.chain, second.words) == (("Aide",), "13 died in Alpha")


def test_events_are_told_once_a_report(record: Record) -> None:
    (only,) = lists.events(record, Filter())
    assert (only.id, only.actors, only.targets, only.first) == ("01234567/e1", ("Russia",), ("Ukraine",), day(2))


def test_toll_leaves_distances_out_unless_asked(record: Record) -> None:
    assert [r.measure for r in lists.toll(record, Filter())] == ["killed"]
    assert [r.measure for r in lists.toll(record, Filter(), None)] == ["killed", "distance"]
    assert [r.by for r in lists.toll(record, Filter(limit=1), None)] == ["Leader"]


def test_control_is_of_the_day(record: Record) -> None:
    assert [r.standing for r in lists.control(record, Filter(), day(2))] == ["held"]
    assert list(lists.control(record, Filter(), day(1))) == []
    assert list(lists.control(record, Filter(), day(9), known_on=day(2))) == []


def test_every_id_of_every_list_can_be_shown(record: Record) -> None:
    rows = [*lists.claims(record, Filter()), *lists.events(record, Filter()), *lists.toll(record, Filter(), None)]
    rows += [*lists.control(record, Filter(), day(9)), *lists.search(record, "taken", Filter())]
    assert len(rows) == 7
    for row in rows:
        found = show(record, row.id)
        assert isinstance(found, Shown)
        assert found.id == row.id


def test_show_marks_the_words_in_their_paragraph(record: Record) -> None:
    found = show(record, "01234567/s2")
    assert isinstance(found, Shown)
    assert [m.of(found.context) for m in found.marks] == ["13 died in Alpha"]
    assert found.context == TEXT.split("\n\n")[1]
    assert (found.chain, found.why, found.readings) == (("Aide", "Leader"), "test", ("0.1.0 with test",))
    assert found.url == "https://example.org/a"


def test_show_a_report_and_a_passage(record: Record) -> None:
    whole = show(record, "01234567")
    assert isinstance(whole, Overview)
    assert whole.counts["statements"] == 2
    assert whole.passages[-1] == ("paragraph", "The end.")
    passage = show(record, "01234567/p2")
    assert isinstance(passage, Shown)
    assert passage.context == "The end."


@pytest.mark.parametrize("handle", ["zz", "01234567/s9", "01234567/p9", "01234567/x", "", "/", "/s1"])
def test_show_what_is_not_there(record: Record, handle: str) -> None:
    with pytest.raises(NothingFound):
        show(record, handle)


def test_a_report_id_with_slashes_is_shown() -> None:
    with open_record(":memory:") as record:
        record.add(Build("Alpha said it.", id="a/b/s1").says("it", "Alpha").reading())
        assert isinstance(show(record, "a/b/s1"), Overview)
        assert isinstance(show(record, "a/b/s1/s1"), Shown)


def test_the_contract_keeps_its_names_and_offsets() -> None:
    found = as_contract(build().reading())
    assert list(found) == ["report", "reader", "statements", "events", "figures", "control", "places"]
    figure = found["figures"][0]
    assert TEXT[figure["start"] : figure["end"]] == figure["text"] == "13"
    assert (figure["low"], figure["claimed_by"]) == (13, None)
    assert found["statements"][0]["speaker"]["anonymous"] is True
    content = found["statements"][1]["content"][0]
    assert TEXT[content["start"] : content["end"]] == content["text"]
    assert found["control"][0]["place"]["name"] == "Alpha"


CLAIMS = ("claimed by Russia", "claimed for Gamma by Observer")


def test_unconfirmed_claims_stand_beside_who_holds_a_place() -> None:
    text = "The outlet: Ukraine holds Alpha. Moscow: Russia has it. An observer: Gamma has it too."
    made = Build(text).holds("Ukraine holds Alpha.", "Alpha", "controlled", "Ukraine")
    made.holds("Russia has it.", "Alpha", "captured", "Russia", claimed_by="Moscow", party="Russia")
    made.holds("Gamma has it too.", "Alpha", "captured", "Gamma", claimed_by="Observer")
    with open_record(":memory:") as record:
        record.add(made.reading())
        (row,) = lists.control(record, Filter(), day(3))
    assert (row.standing, row.holder, row.claims) == ("held", "Ukraine", CLAIMS)


def test_a_part_stands_after_its_whole_and_numbers_are_plain() -> None:
    made = Build("8 died in Alpha, 5 hurt, two of them children").figure("8", 8.0, 8.0, place="Alpha")
    made.figure("5", 5.0, 5.0, "wounded", place="Alpha")
    made.figure("two", 2.0, 2.0, place="Alpha", counted="children", part_of="f1")
    with open_record(":memory:") as record:
        record.add(made.reading())
        found = list(lists.toll(record, Filter()))
    assert [(r.id, r.part_of) for r in found] == [("r1/f1", None), ("r1/f3", "r1/f1"), ("r1/f2", None)]
    assert repr(found[0].low) == "8"


def test_parts_of_each_other_and_of_nothing_are_not_lost() -> None:
    made = Build("8 died, 5 hurt, two").figure("8", 8, 8, part_of="f2").figure("5", 5, 5, part_of="f1")
    made.figure("two", 2, 2, part_of="f9")
    with open_record(":memory:") as record:
        record.add(made.reading())
        assert sorted(r.id for r in lists.toll(record, Filter())) == ["r1/f1", "r1/f2", "r1/f3"]


def test_search_takes_the_filters_of_every_list() -> None:
    made = Build("Calm in Alpha today.\n\nCalm in Beta, and rain in Beta.", outlet="Daily Test")
    made.names("Alpha", Place(name="Alpha", country="Testland", admin1="Test Oblast"))
    made.names("Beta", Place(name="Beta"))
    with open_record(":memory:") as record:
        record.add(made.reading())

        def found(**wanted: Any) -> list[str]:
            return sorted(r.id for r in lists.search(record, "calm", Filter(**wanted)))

        assert found() == ["r1/p0", "r1/p1"]
        for place in ("alpha", "TESTLAND", "test oblast"):
            assert found(place=place) == ["r1/p0"]
        assert found(about="Rain beta") == ["r1/p1"]
        assert found(place="Gamma") == found(by=("Other",)) == found(first=day(4)) == []


def test_control_since_a_day_leaves_out_what_nobody_spoke_of() -> None:
    made = Build("Alpha was taken. Beta was taken.").holds(
        "Alpha was taken.", "Alpha", "captured", "Russia", when=on(1)
    )
    made.holds("Beta was taken.", "Beta", "captured", "Russia", when=on(3))
    with open_record(":memory:") as record:
        record.add(made.reading())
        assert [r.place for r in lists.control(record, Filter(first=day(2)), day(5))] == ["Beta"]
        assert len(list(lists.control(record, Filter(first=day(5), last=day(5)), day(5)))) == 2
