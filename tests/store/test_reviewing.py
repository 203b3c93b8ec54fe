"""What waits for a reviewer, what they said last, batches and groups."""

from __future__ import annotations

import pytest

from counterclaim.errors import UsageError
from counterclaim.store import Filter
from counterclaim.store.record import Record
from counterclaim.types import Place, Reading
from counterclaim.views import review
from counterclaim.views.agreement import agreements, kappa
from tests.build import Build, simple
from tests.store.test_judged import filled, strike

ALL = Filter()


def waiting(record: Record, by: str, **more: object) -> list[str]:
    return [t.ref for t in record.waiting("event", ALL, by, **more)]  # type: ignore[arg-type]


def test_what_one_judged_waits_no_more_until_it_is_taken_back_or_read_anew() -> None:
    with filled() as record:
        assert waiting(record, "ann") == ["b/e1", "c/e1", "a/e1"]
        record.judge("b/e1", "no", "ann")
        record.judge("c/e1", "yes", "bob")
        assert waiting(record, "ann") == ["c/e1", "a/e1"]
        assert waiting(record, "ann", which="mine") == ["b/e1"]
        assert len(waiting(record, "ann", which="all")) == 3
        assert record.queue("event", ALL, "ann", "open", 9, 9)[1:] == (3, 1)
        assert record.queue("event", ALL, "ann", "open", 1, 2)[1:] == (2, 1)
        assert (record.count("event", ALL), record.count("event", ALL, 2)) == (3, 2)
        record.judge("b/e1", "undo", "ann")
        assert waiting(record, "ann") == ["b/e1", "c/e1", "a/e1"]
        record.judge("a/e1", "yes", "ann")
        moved = strike("a", "Later, shells fell on Alpha.", "0.2.0")
        assert moved.report.text != strike("a").report.text
        again = Build("Shells fell on Alpha, nine died.\n\nThe mayor spoke.", id="a")
        again.event("shelling", "The mayor spoke.", "Alpha")
        record.add(again.reading("0.2.0"))
        assert "a/e1" in waiting(record, "ann")


def test_a_row_waits_as_read_and_shows_as_corrected() -> None:
    with filled() as record:
        record.judge("a/e1", "correct", "bob", {"kind": "clash", "place": "alpha"})
        assert record.waiting("event", ALL, "ann")[-1].item.kind == "shelling"
        read, now, said = record.row("a/e1")
        assert (read.item.kind, now.item.kind, [s.by for s in said]) == ("shelling", "clash", ["bob"])
        assert now.item.place == read.item.place
        task = review.task(record, "a/e1", "ann")
        assert (task.history, task.others, {f.now for f in task.fields if f.name == "kind"}) == ((), 1, {"shelling"})
        record.judge("a/e1", "unsure", "ann")
        record.judge("a/e1", "correct", "bob", {"kind": "siege"})
        task = review.task(record, "a/e1", "ann")
        assert len(task.history) == 3
        assert {f.now for f in task.fields if f.name == "kind"} == {"siege"}


def test_a_corrected_speaker_is_who_says_it() -> None:
    with filled() as record:
        record.add(simple("s"))
        record.judge("s/s1", "correct", "ann", {"speaker": "Beta"})
        (told,) = record.statements()
        assert told.speaker
        assert told.speaker.name == "Beta"


def test_the_most_doubtful_come_first() -> None:
    with filled() as record:
        made = Build("Something blew up.\n\nGuns fired at Alpha on the hill.", id="d", published=1)
        made.event("explosion", "Something blew up.")
        record.add(made.reading())
        queue = review.queue(record, "events", ALL, "ann")
        assert queue.items[0].id == "d/e1"
        assert {"no place", "no day", "nobody acts"} <= set(queue.items[0].doubts)
        assert [i.points for i in queue.items] == sorted((i.points for i in queue.items), reverse=True)
        assert (queue.total, queue.done, queue.more) == (4, 0, False)
        ids = [item.id for item in queue.items]
        assert queue.after(ids[0]) == ids[1]
        assert queue.after(ids[-1]) == queue.after("elsewhere") == ids[0]


def test_the_last_ten_the_last_first_a_batch_as_one() -> None:
    with filled() as record:
        for n in range(12):
            record.add(simple(f"s{n}"))
        assert record.judge_all(((f"s{n}/s1", "yes", {}, None) for n in range(12)), "ann", "b1") == [None] * 12
        for ref in ("a/e1", "b/e1"):
            record.judge(ref, "no", "ann")
        record.judge("b/e1", "undo", "ann")
        record.judge("c/e1", "yes", "bob")
        record.judge_pair("a/e1", "b/e1", "no", "ann")
        found = {past.refs: (past.said.verdict, past.count, past.pair) for past in record.past("ann")}
        assert found == {
            ("s11/s1",): ("yes", 12, False), ("a/e1",): ("no", 1, False), ("a/e1", "b/e1"): ("no", 1, True),
        }  # fmt: skip
        record.judge("s3/s1", "no", "bob")
        assert record.take_back("b1", "bob") == (0, 1)
        assert record.take_back("b1", "ann") == (11, 1)
        assert record.take_back("b1", "ann") == (0, 1)
        assert ("s11/s1",) not in {past.refs for past in record.past("ann")} or record.past("ann")[0].count == 1
        assert len(record.past("ann", 1)) == 1


def test_what_is_refused_of_many_is_said_and_the_rest_is_kept() -> None:
    with filled() as record:
        said = [("a/e1", "yes", {}, None), ("zz/e1", "no", {}, None), ("b/e1", "correct", {"kind": "x"}, None)]
        first, second, third = record.judge_all(said, "ann", "b")  # type: ignore[arg-type]
        assert first is None
        assert second == "no report 'zz'"
        assert third
        assert third.startswith("kind cannot be 'x'")
        assert list(record.judgements()) == [("a", "e1")]
        assert record.said_of(["a/e1", "b/e1"]).keys() == {"a/e1"}


def test_pairs_wait_nearest_to_the_line_first() -> None:
    with filled() as record:
        found = record.waiting_pairs(ALL, "ann", "joined")
        assert [pair.score for pair in found] == sorted(pair.score or 0 for pair in found)
        assert len(found) == 3
        assert record.waiting_pairs(ALL, "ann") == []
        one, other = found[0].id.split()
        record.judge_pair(other, one, "no", "ann")
        assert found[0].id not in {pair.id for pair in record.waiting_pairs(ALL, "ann", "joined")}
        assert [pair.id for pair in record.waiting_pairs(ALL, "ann", "joined", "mine")] == [found[0].id]
        assert len(record.waiting_pairs(ALL, "bob", "joined")) == 3
        assert len(record.waiting_pairs(Filter(report="a"), "bob", "joined")) == 2
        pair, said = record.pair(one, other)
        assert (pair.verdict, [s.verdict for s in said]) == ("joined", ["no"])


def test_a_group_is_split_and_merged() -> None:
    with filled() as record:
        assert {t.ref for t in record.group("a/e1")} == {"a/e1", "b/e1", "c/e1"}
        for other in ("b/e1", "c/e1"):
            record.judge_pair("a/e1", other, "no", "ann")
        assert [t.ref for t in record.group("a/e1")] == ["a/e1"]
        assert {t.ref for t in record.group("b/e1")} == {"b/e1", "c/e1"}
        record.judge_pair("c/e1", "a/e1", "yes", "ann")
        assert {t.ref for t in record.group("b/e1")} == {"a/e1", "b/e1", "c/e1"}
        with pytest.raises(UsageError):
            record.judge_pair("a/e1", "a/e1", "yes", "ann")


def statements(count: int) -> list[Reading]:
    return [simple(f"s{n}") for n in range(count)]


def test_agreement_of_two() -> None:
    with filled() as record:
        for reading in statements(12):
            record.add(reading)
        words = ["yes"] * 6 + ["no"] * 6
        for n, word in enumerate(words):
            record.judge(f"s{n}/s1", word, "ann")  # type: ignore[arg-type]
            record.judge(f"s{n}/s1", "no" if n == 0 else word, "bob")  # type: ignore[arg-type]
        record.judge("a/e1", "yes", "ann")
        record.judge("a/e1", "undo", "ann")
        record.judge("a/e1", "yes", "bob")
        (found,) = agreements(record)
        assert (found.one, found.other, found.rows, found.equal) == ("ann", "bob", 12, 11)
        assert found.kappa == pytest.approx((11 / 12 - 0.5) / 0.5)
        assert found.families == {"statement": (12, 11)}
        assert [(d.id, d.one, d.other, d.words) for d in found.differ] == [("s0/s1", "yes", "no", "the bridge stands")]
        record.judge("a/e1", "correct", "ann", {"kind": "clash"})
        record.judge("a/e1", "correct", "bob", {"kind": "siege"})
        record.judge_pair("a/e1", "b/e1", "no", "ann")
        record.judge_pair("a/e1", "b/e1", "yes", "bob")
        (found,) = agreements(record)
        assert (found.rows, found.corrections, found.alike) == (14, 1, 0)
        assert found.differ[-1].id == "a/e1 b/e1"


def test_no_kappa_of_few_rows_or_of_one_word() -> None:
    with filled() as record:
        for reading in statements(12):
            record.add(reading)
        for n in range(9):
            for by in ("ann", "bob"):
                record.judge(f"s{n}/s1", "yes" if n else "no", by)
        assert agreements(record)[0].kappa is None
        assert kappa([("yes", "yes")] * 20) is None
        assert kappa([("yes", "no"), ("no", "yes")]) == -1
        assert kappa([]) is None


def test_a_place_is_looked_for_in_the_record_then_among_those_known() -> None:
    with filled() as record:
        named = Build("Shells fell on Novy Most.", id="n").names("Novy Most", Place(name="Novy Most", lat=1.5, lon=2.5))
        record.add(named.event("shelling", "Shells fell on Novy Most.", "Novy Most").reading())
        points = {"novy most": 1.5, "Irpin": 50.522, "Bucha, Thuringia": 50.882, "Nowhere At All": None}
        for typed, point in points.items():
            record.judge("a/e1", "correct", "ann", {"place": typed})
            place = record.row("a/e1")[1].item.place
            assert (place.lat, place.name) == (point, {"novy most": "Novy Most"}.get(typed, typed.partition(",")[0]))
            assert next(t for t in record.events() if t.ref == "a/e1").item.place == place
        record.judge("a/e1", "correct", "ann", {"place": "Bucha, Thuringia"})
        record.judge("a/e1", "correct", "bob", {"place": "Bucha", "kind": "clash"})
        assert record.row("a/e1")[1].item.place.country == "Germany"
