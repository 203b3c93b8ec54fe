"""Passages printed again in a record: found as reports come in, in whatever order, and counted once."""

from __future__ import annotations

from itertools import permutations

import pytest
import sqlalchemy as sa

from counterclaim.store import Record, open_record
from counterclaim.store import schema as t
from counterclaim.types import Span
from counterclaim.views import lists
from counterclaim.views.sides import sides
from counterclaim.views.stories import copied, stories
from tests.build import Build, on

WIRE = "The harbour office wrote that at least 40 people were killed when rockets struck the eastern bank before dawn."
OWN = {
    "own": "Nurses at the clinic on the hill counted at least 40 people killed, and showed us the list of the names.",
    "mix": "Our reporter spent the night on the quay with families who had come to look for sons and brothers.",
}
TEXTS = {"wire": WIRE, "mix": f"{OWN['mix']}\n\n{WIRE}", "cut": f"From the agencies\n\n{WIRE}", "own": OWN["own"]}
DAYS = {"wire": 3, "mix": 3, "cut": 4, "own": 4}
OUTLETS = {"wire": "Reuters", "mix": "Daily Test", "cut": "Evening Test", "own": "Morning Test"}


def report(name: str) -> Build:
    """One report that counts the dead of one strike."""
    made = Build(TEXTS[name], id=name, published=DAYS[name], outlet=OUTLETS[name])
    start = TEXTS[name].index("at least 40")
    end = TEXTS[name].index(".", start) + 1
    sentence = Span(TEXTS[name].rfind("\n", 0, start) + 1, end)
    words = TEXTS[name][sentence.start : sentence.end]
    made.figure("at least 40", 40, None, place="Alpha", as_of=on(3), sentence=sentence, counted="people")
    made.says(words, "Harbour office" if "harbour" in words else "Nurses")
    return made.event("shelling", words, "Alpha", when=on(3))


def record_of(names: tuple[str, ...]) -> Record:
    record = open_record(":memory:")
    for name in names:
        record.add(report(name).reading())
    return record


@pytest.mark.parametrize("order", list(permutations(("wire", "mix", "cut", "own")))[::5])
def test_a_row_in_a_copied_passage_knows_who_printed_it_first(order: tuple[str, ...]) -> None:
    with record_of(order) as record:
        for rows in (record.figures(), record.events(), record.statements()):
            found = {row.report.id: row.origin for row in rows}
            assert found["wire"] is None
            assert found["own"] is None
            assert [found[name].report for name in ("mix", "cut")] == ["wire", "wire"]  # type: ignore[union-attr]
            assert found["mix"].ref == "wire/p0"  # type: ignore[union-attr]


def test_four_outlets_two_independent() -> None:
    with record_of(("wire", "mix", "cut", "own")) as record:
        (toll,) = lists.toll(record, lists.Filter())
        assert (len(toll.told_by), toll.sources, toll.independent) == (4, ("Reuters", "Morning Test"), 2)
        (matter,) = sides(record, lists.Filter(), every=True)
        assert [side.independent for side in matter.sides] == [2]
        copies = {row.id: row.copy_of for row in lists.events(record, lists.Filter())}
        assert copies == {"wire/e1": None, "mix/e1": "wire/p0", "cut/e1": "wire/p0", "own/e1": None}


REST = (
    "Insurers in three capitals met to ask what a closed port would cost the growers of the plain this autumn. "
    "Grain had gone by rail since the spring, slowly and at twice the price, and the silos along the line are full."
)


def test_copies_lists_reports_then_passages_of_others() -> None:
    with open_record(":memory:") as record:
        for id, text in (("wire", f"{WIRE}\n\n{REST}"), ("cut", f"{WIRE}\n\n{REST}"), ("mix", TEXTS["mix"])):
            record.add(Build(text, id=id, published=DAYS[id], outlet=OUTLETS[id]).reading())
        cut, mix = copied(record)
        assert (cut.what, cut.id, cut.of) == ("report", "cut", "wire")
        assert (mix.what, mix.id, mix.of) == ("passage", "mix/p1", "wire/p0")
        assert mix.words == WIRE.rstrip(".")
        assert mix.like == 1
        assert (mix.outlet, mix.of_outlet) == ("Daily Test", "Reuters")
        assert [row.id for row in copied(record, lists.Filter(about="nobody says this"))] == []


@pytest.mark.parametrize("outlets", [("Daily Test", "Evening Test"), ("Daily Test", "Reuters")])
def test_a_near_copy_and_its_passages_have_one_origin(outlets: tuple[str, str]) -> None:
    """Of one day: an agency, else whoever was added first, whatever the ids are."""
    text = f"{WIRE}\n\n{OWN['own']}\n\n{OWN['mix']}"
    with open_record(":memory:") as record:
        for id, outlet in zip(("zz", "aa"), outlets, strict=True):
            record.add(Build(text, id=id, published=3, outlet=outlet).reading())
        (copy,) = copied(record)
        first = outlets[1] if outlets[1] == "Reuters" else outlets[0]
        assert (copy.what, copy.of_outlet) == ("report", first)
        printed = {c.origin.outlet for some in record.reprints({"zz", "aa"}).values() for c in some}
        assert printed == {first}


def test_an_outlet_that_prints_mostly_what_others_printed_is_no_independent_teller() -> None:
    with record_of(("wire", "mix", "own")) as record:
        record.add(Build(f"Elsewhere\n\n{WIRE}\n\n{OWN['own']}", id="all", published=5, outlet="Copy Test").reading())
        for row in stories(record):
            if "all" in row.reports:
                assert row.independent < len(row.outlets)


def test_a_report_that_tells_it_in_its_headline_too_has_it_from_the_wire() -> None:
    with record_of(("wire",)) as record:
        text = f"At least 40 killed on the eastern bank of Alpha as rockets strike again this week\n\n{WIRE}"
        made = Build(text, id="late", published=4, outlet="Daily Test")
        made.figure("At least 40", 40, None, place="Alpha", as_of=on(3), sentence=Span(0, text.index("\n")))
        made.figure("at least 40", 40, None, place="Alpha", as_of=on(3), sentence=made.at(WIRE))
        record.add(made.reading())
        (toll,) = lists.toll(record, lists.Filter())
        assert (toll.told_by, toll.independent) == (("Reuters", "Daily Test"), 1)


def test_a_later_number_in_the_same_words_is_its_own() -> None:
    with record_of(("wire",)) as record:
        text = WIRE.replace("40", "44")
        made = Build(text, id="late", published=4, outlet="Reuters")
        made.figure("at least 44", 44, None, place="Alpha", as_of=on(3), sentence=made.at(text))
        record.add(made.event("shelling", text, "Alpha", when=on(3)).reading())
        assert [row.origin for row in record.figures() if row.report.id == "late"] == [None]
        assert [row.origin is not None for row in record.events() if row.report.id == "late"] == [True]


def test_a_seed_is_kept_for_few_and_a_passage_has_one_origin() -> None:
    with open_record(":memory:") as record:
        for n in range(14):
            record.add(Build(f"No. {n}\n\n{WIRE}", id=f"r{n}", published=3 + n).reading())
        with record._engine.connect() as connection:
            held = connection.execute(sa.select(sa.func.count(t.seed.c.report)).group_by(t.seed.c.mark)).scalars().all()
            origins = connection.execute(sa.select(t.reprint.c.report, t.reprint.c.other)).all()
        assert max(held) <= 8
        assert sorted(number for number, _ in origins) == list(range(2, 15))
        found = record.reprints([f"r{n}" for n in range(14)])
        assert {origin.report for every in found.values() for _, origin, _ in every} == {"r0"}


def test_an_older_record_gets_its_reprints() -> None:
    with record_of(("mix", "cut", "wire", "own")) as record:
        before = record.reprints(["mix", "cut"])
        with record._engine.begin() as connection:
            connection.exec_driver_sql("DROP TABLE seed")
            connection.exec_driver_sql("DROP TABLE reprint")
            t.bring_up(connection, 3)
        assert record.reprints(["mix", "cut"]) == before
