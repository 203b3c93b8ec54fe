"""The events of a brief: a sentence once, a heading not beside the text that tells it."""

from __future__ import annotations

from counterclaim.store import open_record
from counterclaim.types import Place, Reading
from counterclaim.views.brief import Brief, brief
from tests.build import Build, on

TAKEN = "Troops took Alpha after long talks and shelled Beta."


def made(*readings: Reading) -> Brief:
    with open_record(":memory:") as record:
        for reading in readings:
            record.add(reading)
        return brief(record)


def test_a_sentence_is_told_once_with_every_kind_and_how_it_stands() -> None:
    build = Build(TAKEN).event("talks", TAKEN, "Alpha", when=on(3)).event("capture", TAKEN, "Alpha", when=on(3))
    build.event("shelling", TAKEN, "Beta", status="planned")
    found = made(build.reading())
    ((event,),) = (s.events for s in found.happened)
    assert (event.id, event.together) == ("r1/e2", ("r1/e1", "r1/e3"))
    assert (event.kinds, event.statuses) == (("capture", "talks", "shelling"), ("reported", "reported", "planned"))
    assert (found.talks, found.planned, found.undated) == ((), (), ())


def test_a_heading_gives_way_to_the_text_of_its_report() -> None:
    build = Build(f"Alpha falls to troops\n\n{TAKEN}")
    build.event("capture", "Alpha falls to troops", "Gamma").event("capture", TAKEN, "Alpha", when=on(3))
    found = made(build.reading())
    ((event,),) = (s.events for s in found.happened)
    assert (event.id, event.also, found.undated) == ("r1/e2", ("r1/e1",), ())


def test_a_heading_alone_stays() -> None:
    build = Build(f"Gamma burns for days\n\n{TAKEN}").event("shelling", "Gamma burns for days", "Gamma", when=on(3))
    assert [s.place for s in made(build.reading()).happened] == ["Gamma"]


def test_the_sentence_of_a_copy_is_the_same_whatever_the_spelling_of_a_name() -> None:
    long = "Adviser Volodymyr {} said hundreds were taken prisoner yesterday evening."
    one = Build(long.format("Zelenskiy"), id="a").event("arrest_detention", long.format("Zelenskiy"))
    two = Build(long.format("Zelenskyy"), id="b").event("arrest_detention", long.format("Zelenskyy"))
    (event,) = made(one.reading(), two.reading()).pressure
    assert (event.id, event.together, event.also) == ("a/e1", (), ("b/e1",))


def test_the_country_of_the_war_is_no_place() -> None:
    town = Place(name="Alpha", country="Ukraine")
    ukraine, belarus = (Place(name=n, country=n, kind="country", precision=6) for n in ("Ukraine", "Belarus"))
    build = Build("Troops took Alpha. They hit one. They hit two.").event("capture", "Troops took Alpha.", town)
    build.event("shelling", "They hit one.", ukraine).event("shelling", "They hit two.", belarus)
    found = made(build.reading())
    assert found.country == "Ukraine"
    assert [s.place for s in found.undated] == ["Alpha", "Belarus", None]
