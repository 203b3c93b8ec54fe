"""Copies and joins as reports come in; what people judge, and that taking it back leaves the record as it was."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
import sqlalchemy as sa

from counterclaim.errors import InputError, NothingFound, UsageError
from counterclaim.record import same_event
from counterclaim.store import Filter, open_record, schema
from counterclaim.store.record import Record
from counterclaim.types import Place, Reading
from tests.build import Build, on, simple

TOWN = Place(name="Alpha", geonames_id=1)
LONG = " ".join(f"Word{n} and more words." for n in range(30))


def strike(
    ident: str, words: str = "Shells fell on Alpha, nine died.", version: str = "0.1.0", **fields: object
) -> Reading:
    build = Build(f"{words}\n\nThe mayor spoke.", id=ident, **fields)
    return build.event("shelling", words, TOWN, actors=["Russia"], when=on(2)).reading(version)


def filled(path: Path | str = ":memory:") -> Record:
    record = open_record(path)
    record.add(strike("a"))
    record.add(strike("b", "Nine were killed when Alpha was shelled.", published=4))
    record.add(strike("c", "Alpha came under fire; 9 dead."))
    return record


def state(record: Record) -> object:
    """All that views start from."""
    judged = record.judged_pairs()
    groups = [[t.ref for t in g] for g in same_event.join(record.events(), judged)]
    return list(record.events()), groups, judged, record.verdicts(), [p.standing for p in record.joins()]


def test_events_of_different_reports_are_joined_as_they_come() -> None:
    with filled() as record:
        found = list(record.joins())
        assert {(j.one, j.other) for j in found} == {("a/e1", "b/e1"), ("a/e1", "c/e1"), ("b/e1", "c/e1")}
        assert {j.standing for j in found} == {"joined"}
        assert all(j.score and "both in Alpha +3.0" in j.why and j.at and not j.judged for j in found)


def test_a_join_undone_gives_back_the_same_record() -> None:
    with filled() as record:
        before = state(record)
        record.judge_pair("a/e1", "b/e1", "no", "ann")
        assert record.judged_pairs() == {("a/e1", "b/e1"): False}
        assert state(record) != before
        assert next(j for j in record.joins() if j.judged).standing == "apart"
        record.judge_pair("b/e1", "a/e1", "undo", "bob")
        assert state(record) == before
        history = next(j for j in record.joins() if j.judged).judged
        assert [(said.verdict, said.by) for said in history] == [("no", "ann"), ("undo", "bob")]


def test_a_row_judged_and_undone_gives_back_the_same_record() -> None:
    with filled() as record:
        before = state(record)
        record.judge("a/e1", "correct", "ann", {"kind": "air_strike"})
        first = next(record.events())
        assert (first.item.kind, first.judged and first.judged.by) == ("air_strike", "ann")
        record.judge("a/e1", "no", "ann")
        assert [t.ref for t in record.events()] == ["c/e1", "b/e1"]
        record.judge("a/e1", "undo", "ann")
        record.judge("a/e1", "undo", "ann")
        assert state(record) == before
        assert [said.verdict for said in record.judgements("a/e1")["a", "e1"]] == ["correct", "no", "undo", "undo"]


def test_nothing_to_undo_no_such_row_no_sense() -> None:
    with filled() as record:
        for refused in (
            lambda: record.judge("a/e1", "undo", "ann"),
            lambda: record.judge_pair("a/e1", "b/e1", "undo", "ann"),
            lambda: record.judge("a/e1", "correct", "ann"),
            lambda: record.judge("a/e1", "correct", "ann", {"kind": ""}),
            lambda: record.judge_pair("a/e1", "a/e1", "yes", "ann"),
        ):
            with pytest.raises(UsageError):
                refused()
        with pytest.raises(NothingFound):
            record.judge("a/e9", "yes", "ann")
        with pytest.raises(InputError, match="names no row"):
            record.judge("a", "yes", "ann")
        assert record.judgements() == {}


def test_the_order_of_adding_does_not_change_the_joins() -> None:
    readings = [
        strike("a"),
        strike("b", "Nine were killed when Alpha was shelled."),
        strike("c", "Alpha came under fire."),
    ]
    found = []
    for order in itertools.permutations(readings):
        with open_record(":memory:") as record:
            for reading in order:
                record.add(reading)
            found.append({(frozenset((j.one, j.other)), j.score, j.why) for j in record.joins()})
    assert all(joins == found[0] for joins in found)
    assert len(found[0]) == 3


def test_what_people_said_of_a_join_outlives_a_new_reading() -> None:
    with filled() as record:
        record.judge_pair("a/e1", "b/e1", "no", "ann")
        again = strike("a", version="0.2.0")
        assert record.add(again)
        assert record.judged_pairs() == {("a/e1", "b/e1"): False}
        assert next(j for j in record.joins() if j.judged).standing == "apart"
        assert len(list(record.joins())) == 3


def test_copies_are_found_and_counted_as_one_family() -> None:
    with open_record(":memory:") as record:
        record.add(simple("late", f"{LONG} Alpha said that the bridge stands.", published=4))
        record.add(simple("early", f"News desk. {LONG} Alpha said that the bridge stands.", published=3))
        record.add(simple("other"))
        assert record.families() == {"late": "early", "early": "early"}
        ((one, other, like),) = record.copies()
        assert {one, other} == {"late", "early"}
        assert like > 0.9


def test_a_record_of_the_first_version_gets_its_copies_and_joins(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with filled(path) as record:
        before = state(record)
        with record._engine.begin() as connection:
            for name in ("seed", "reprint", "copy", "meeting", "join_of_events"):
                connection.exec_driver_sql(f"DROP TABLE {name}")
            connection.exec_driver_sql("CREATE TABLE join_of_events (key INTEGER)")
            connection.exec_driver_sql("DROP INDEX report_number")
            connection.exec_driver_sql("ALTER TABLE report DROP COLUMN number")
            connection.execute(sa.update(schema.version).values(number=1))
    with open_record(path) as record:
        assert state(record) == before


def test_families_among_some_reports_are_as_if_there_were_no_others() -> None:
    with open_record(":memory:") as record:
        for ident, published in (("a", 3), ("b", 4), ("c", 5)):
            record.add(simple(ident, f"{LONG}\n\nAlpha said that the bridge stands.", published=published))
        record.add(simple("d", "Alpha said that the bridge stands."))
        assert record.families() == record.families({"a", "b", "c", "d"}) == {"a": "a", "b": "a", "c": "a"}
        assert record.families({"b", "c", "d"}) == {"b": "b", "c": "b"}
        assert record.families({"b", "d"}) == record.families(()) == {}
        assert {frozenset(pair[:2]) for pair in record.copies({"a", "c", "d"})} == {frozenset("ac")}


def test_rows_judged_wrong_are_given_to_those_who_ask_for_them() -> None:
    with filled() as record:
        record.judge("a/e1", "no", "ann")
        assert [t.ref for t in record.events()] == ["c/e1", "b/e1"]
        found = {t.ref: t.judged and t.judged.verdict for t in record.events(Filter(wrong=True))}
        assert found == {"a/e1": "no", "b/e1": None, "c/e1": None}


def test_rows_beside_an_event_are_those_of_its_report() -> None:
    words = "Shells fell on Alpha, nine died. Talks were held. Seven fell ill."
    build = Build(words, id="a").event("shelling", "Shells fell on Alpha, nine died.", TOWN)
    build.event("talks", "Talks were held.").figure("nine", 9, 9).figure("Seven", 7, 7)
    with open_record(":memory:") as record:
        record.add(build.reading())
        record.add(Build("Nine left.", id="b").figure("Nine", 9, 9).reading())
        beside = Filter(beside=Filter(place="Alpha"))
        assert [t.ref for t in record.events(beside)] == ["a/e1", "a/e2"]
        assert [t.ref for t in record.figures(beside)] == ["a/f1", "a/f2"]
        assert list(record.figures(Filter(beside=Filter(place="Beta")))) == []
