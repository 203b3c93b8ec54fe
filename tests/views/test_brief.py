"""The brief of a day, from readings built by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from counterclaim.errors import NothingFound, UsageError
from counterclaim.store import Record, open_record
from counterclaim.types import Place, Reading, When
from counterclaim.views.brief import Brief, brief
from tests.build import Build, day, on

R, U = "Russia", "Ukraine"
LONG_AGO = When(start=date(2014, 1, 1), end=date(2014, 12, 31), precision=5)
LOSSES = {"counted": "Russian soldiers", "party": R, "cumulative": True}


def first() -> Build:
    text = (
        "The plan works, the president said.\n\nWe deny that the port has fallen, a spokesman said.\n\n"
        "Troops took Alpha. Talks were held in Beta. Water has run out in Alpha. Shells hit Gamma at some time.\n\n"
        "Moscow put its dead at 498; Kyiv spoke of thousands. At least 13 died in Alpha. A million fled.\n\n"
        "Troops want to take Delta next. In 2014 troops took Epsilon."
    )
    return (
        Build(text, id="one", outlet="Daily Test")
        .says("The plan works", "Vladimir Putin", R, role="president")
        .says("We deny that the port has fallen", "Spokesman", U, stance="denies")
        .event("capture", "Troops took Alpha.", "Alpha", actors=[R], when=on(3))
        .event("talks", "Talks were held in Beta.", "Beta", actors=[R, U], when=on(3))
        .event("outage_shortage", "Water has run out in Alpha.", "Alpha", when=on(3))
        .event("shelling", "Shells hit Gamma at some time.", "Gamma")
        .event("capture", "Troops want to take Delta next.", "Delta", status="planned")
        .event("capture", "In 2014 troops took Epsilon.", "Epsilon", when=LONG_AGO)
        .figure("498", 498, 498, by="Moscow", by_party=R, **LOSSES)
        .figure("thousands", 1000, None, by="Kyiv", by_party=U, bound="plural", **LOSSES)
        .figure("At least 13", 13, None, counted="civilians", place="Alpha", as_of=on(3))
        .figure("A million", 1e6, 1e6, "displaced", counted="people", cumulative=True)
        .holds("Troops took Alpha.", "Alpha", "captured", R, when=on(3))
    )  # fmt: skip


@pytest.fixture
def record() -> Iterator[Record]:
    with open_record(":memory:") as opened:
        opened.add(first().reading(day=8))
        yield opened


def made(record: Record, *more: Reading, **fields: object) -> Brief:
    for reading in more:
        record.add(reading)
    return brief(record, **fields)  # type: ignore[arg-type]


def test_the_last_day_is_taken_and_numbered(record: Record) -> None:
    found = made(record)
    assert (found.conflict, found.day, found.date, found.reports) == ("ukraine-2022", 8, day(3), 1)
    assert found.outlets == ("Daily Test",)
    assert found.sides == (U, R)


def test_day_date_and_conflict(record: Record) -> None:
    assert made(record, day=8).date == made(record, on=day(3)).date == day(3)
    with pytest.raises(NothingFound, match="nothing of 1 March 2022"):
        made(record, day=6)
    with pytest.raises(NothingFound):
        made(record, conflict="gaza-2023", on=day(3))
    with pytest.raises(UsageError, match="no day 3"):
        made(record, conflict="generic", day=3)


def test_an_empty_record_says_so() -> None:
    with open_record(":memory:") as record, pytest.raises(NothingFound):
        brief(record)


def test_every_section_holds_what_it_should(record: Record) -> None:
    found = made(record)
    assert [(v.party, [c.id for c in v.claims]) for v in found.voices] == [(U, ["one/s2"]), (R, ["one/s1"])]
    assert [(s.place, [e.id for e in s.events]) for s in found.happened] == [("Alpha", ["one/e1"])]
    assert [e.id for e in found.talks] == ["one/e2"]
    assert [e.id for e in found.people] == ["one/e3"]
    assert [e.id for s in found.undated for e in s.events] == ["one/e4"]
    assert [e.id for e in found.planned] == ["one/e5"]
    assert [(t.total, [(r.by, r.low, r.high) for r in t.rows]) for t in found.toll] == [
        (True, [("Moscow", 498, 498), ("Kyiv", 1000, None)]),
        (False, [(None, 13, None)]),
    ]
    assert [r.number for t in found.people_toll for r in t.rows] == ["A million"]
    assert [(c.place, c.standing, c.holder, c.age) for c in found.control] == [("Alpha", "held", R, 0)]


def test_history_is_no_news(record: Record) -> None:
    found = made(record)
    assert "one/e6" not in str(found)


def test_a_copy_is_counted_as_a_copy_and_its_rows_are_folded(record: Record) -> None:
    copy = first()
    words = copy.report.text + " An editor added a few words here."
    twin = Build(words, id="two", outlet="Other Test")
    for name in ("statements", "events", "figures", "holdings"):
        setattr(twin, name, getattr(copy, name))
    found = made(record, twin.reading(day=8))
    assert (found.reports, found.copies) == (2, 1)
    assert [c.also for v in found.voices for c in v.claims] == [("two/s2",), ("two/s1",)]
    assert found.happened[0].events[0].also == ("two/e1",)
    assert [r.also for t in found.toll[:1] for r in t.rows] == [("two/f1",), ("two/f2",)]


def test_of_a_statement_and_its_carrier_one_is_shown_with_the_chain() -> None:
    build = Build("The aide said the leader said that the worst is to come.")
    build.says("the leader said that the worst is to come", "Aide", "France")
    build.says("the worst is to come", "Leader", "France", via="s1", cue=build.at("said that"))
    with open_record(":memory:") as record:
        (voice,) = made(record, build.reading()).voices
    assert [(c.id, c.chain) for c in voice.claims] == [("r1/s2", ("Aide",))]


def test_a_carrier_that_adds_much_is_shown_instead() -> None:
    build = Build("The aide said that the leader, who had slept badly and eaten little all week, said no.")
    build.says("the leader, who had slept badly and eaten little all week, said no", "Aide", "France")
    build.says("no", "Leader", "France", via="s1")
    with open_record(":memory:") as record:
        (voice,) = made(record, build.reading()).voices
    assert [c.id for c in voice.claims] == ["r1/s1"]


def test_limits_leave_leaders_and_denials_in_and_say_how_many_are_left_out() -> None:
    text = "\n".join(f"Resident {n} said that street number {n} is closed today." for n in range(30))
    build = Build(text + "\nThe port has not fallen, the president said.")
    for n in range(30):
        build.says(f"street number {n} is closed today", f"Resident {n}", U)
    build.says("The port has not fallen", "Ann Leader", U, role="president", stance="denies")
    with open_record(":memory:") as record:
        (voice,) = made(record, build.reading(), limit=4).voices
    assert voice.claims[0].speaker == "Ann Leader"
    assert (len(voice.claims), voice.more) == (4, 27)


def test_an_event_dated_by_a_later_report_is_told_by_the_one_of_the_day() -> None:
    then = Build("Troops seized Alpha by force.", id="then").event("capture", "Troops seized Alpha by force.", "Alpha")
    later = Build("Alpha was seized long ago.", id="later", published=25)
    later.event("capture", "Alpha was seized long ago.", "Alpha", when=on(3))
    with open_record(":memory:") as record:
        found = made(record, then.reading(), later.reading(), on=day(3))
    ((event,),) = (s.events for s in found.happened)
    assert (event.id, event.first, event.also) == ("then/e1", day(3), ("later/e1",))


def test_parties_without_room_are_named_with_how_much_they_say() -> None:
    text = "\n".join(f"Country {n} said that it will send help number {n}." for n in range(9))
    build = Build(text)
    for n in range(9):
        build.says(f"it will send help number {n}", f"Country {n}", f"Country {n}")
    with open_record(":memory:") as record:
        found = made(record, build.reading(), limit=3)
    assert len(found.voices) == 5
    assert found.quieter == {f"Country {n}": 1 for n in range(5, 9)}


def test_a_statement_of_some_time_that_year_is_not_of_the_day() -> None:
    build = Build("The minister said last year that all is well here.").says(
        "all is well here", "M", U, said_on=LONG_AGO
    )
    build.says("The minister said last year", "N", U)
    with open_record(":memory:") as record:
        found = made(record, build.reading())
    assert [c.speaker for v in found.voices for c in v.claims] == ["N"]


def test_the_invasion_itself_is_news_only_while_it_begins() -> None:
    build = Build("Troops invaded on the first day.", published=1)
    build.event("invasion", "Troops invaded on the first day.", "Alpha", actors=[R])
    with open_record(":memory:") as record:
        assert made(record, build.reading()).undated == ()


def test_a_denial_stands_beside_what_is_told() -> None:
    build = Build("Troops took Alpha. Kyiv denied that Alpha was taken.").says("Alpha was taken", "Kyiv", U)
    build.event("capture", "Troops took Alpha.", "Alpha", actors=[R])
    build.event("capture", "Kyiv denied that Alpha was taken.", "Alpha", actors=[R], status="denied", statement="s1")
    with open_record(":memory:") as record:
        ((event,),) = (s.events for s in made(record, build.reading()).undated)
    assert (event.id, event.status, event.denied_by, event.also) == ("r1/e1", "reported", ("Kyiv",), ("r1/e2",))


def test_reports_on_other_conflicts_are_counted(record: Record) -> None:
    other = (
        Build("Elsewhere a man said that it rains.", id="other").says("it rains", "Man").reading(conflict="gaza-2023")
    )
    found = made(record, other)
    assert (found.conflict, found.reports, found.elsewhere) == ("gaza-2023", 1, {"ukraine-2022": 1})
    assert made(record, conflict="ukraine-2022").elsewhere == {"gaza-2023": 1}


def test_the_sides_are_those_of_the_profile_whoever_speaks_and_fights_more() -> None:
    build = Build("Lebanon said A is so. Lebanon said B is so. Hamas said C is so. Lebanon hit D.")
    build.says("A is so", "Lebanon", "Lebanon").says("B is so", "Lebanon", "Lebanon").says("C is so", "Hamas", "Hamas")
    build.event("shelling", "Lebanon hit D.", "D", actors=["Lebanon"])
    with open_record(":memory:") as record:
        record.add(build.reading(conflict="gaza-2023"))
        found = brief(record)
    assert found.sides == ("Israel", "Hamas")
    assert [v.party for v in found.voices] == ["Hamas", "Lebanon"]


def test_two_events_that_a_person_keeps_apart_are_two_until_that_is_undone() -> None:
    one = Build("Shells fell on Alpha in the morning, nine died.", id="one")
    two = Build("Shells fell on Alpha in the morning and nine died.", id="two", outlet="Other Test")
    town = Place(name="Alpha", geonames_id=1)
    with open_record(":memory:") as record:
        for build in (one, two):
            record.add(build.event("shelling", build.report.text, town, actors=[R], when=on(3)).reading())

        def told() -> list[tuple[str, ...]]:
            return sorted((row.id, *row.also) for scene in brief(record).happened for row in scene.events)

        assert [len(refs) for refs in told()] == [2]
        record.judge_pair("one/e1", "two/e1", "no", "ann")
        assert [len(refs) for refs in told()] == [1, 1]
        record.judge_pair("one/e1", "two/e1", "undo", "ann")
        assert [len(refs) for refs in told()] == [2]
