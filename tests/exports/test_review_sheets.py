"""Rows out as a sheet and back: nothing said where nothing changed, each change kept, each refusal by its line."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counterclaim.errors import InputError
from counterclaim.exports import review
from counterclaim.exports.review import Brought, bring_back
from counterclaim.store import Filter, open_record
from counterclaim.store.record import Record
from tests.build import Build, on

TEXT = "Alpha was shelled, 12 died.\n\nBeta is held by Ukraine, the army said."


def build(ident: str = "r1") -> Build:
    made = Build(TEXT, id=ident, headline="=cmd()", outlet="@Daily")
    made.says("Beta is held by Ukraine", "+The army", "Ukraine")
    made.event("shelling", "Alpha was shelled, 12 died.", "Alpha", when=on(2, 4), actors=["Smith, Jr.", "Russia"])
    made.event("siege", "Beta is held by Ukraine", "Beta")
    made.figure("12", 12, None, by="-Mayor", party="Ukraine", counted="=people")
    return made.holds("Beta is held by Ukraine", "Beta", "controlled", "Ukraine", claimed_by="The army", when=on(2))


@pytest.fixture
def record() -> Iterator[Record]:
    with open_record(":memory:") as made:
        made.add(build().reading())
        yield made


def written(record: Record, name: str, form: str) -> bytes:
    lines = review.lines(record, name, Filter())
    return review.as_xlsx(name, lines) if form == "xlsx" else review.as_csv(name, lines).encode()


def edited(data: bytes, change: Callable[[list[dict[str, str]]], object]) -> bytes:
    """A CSV sheet as somebody left it."""
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    change(rows)
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def back(record: Record, data: bytes, by: str = "ann", **more: bool) -> Brought:
    return bring_back(record, data, by, "batch", **more)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("name", ["statements", "events", "figures", "control"])
def test_a_sheet_that_nobody_touched_says_nothing(record: Record, name: str, form: str) -> None:
    record.judge("r1/e2", "no", "bob", note="=not so")
    record.judge("r1/e1", "correct", "bob", {"actors": "A, Inc.; Russia"})
    found = back(record, written(record, name, form))
    assert (found.kept, found.refused) == (0, ())
    assert found.unchanged == {"statements": 1, "events": 2, "figures": 1, "control": 1}[name]
    assert {said.by for history in record.judgements().values() for said in history} == {"bob"}


ODD = ["=1+1", "'=1", "''@x", " +1", "\t-2", "'", "_x0041_", "＝1", "\ufffe", "a\nb"]
words = st.text(max_size=30) | st.sampled_from(ODD)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(words, min_size=7, max_size=7))
def test_whatever_the_words_a_round_trip_says_nothing(some: list[str]) -> None:
    made = build()
    text, head, who, whom, place, counted, note = some
    made.report = type(made.report)(**{**_fields(made.report), "headline": head, "outlet": text or None})
    made.says("Alpha was shelled", who or "x", whom, addressee=whom)
    made.event("siege", "12 died", place or "x", actors=[who or "x", whom or "y"])
    made.figure("12", 1.5, 1e20, counted=counted)
    with open_record(":memory:") as record:
        record.add(made.reading())
        record.judge("r1/f2", "yes", "bob", note=note)
        before = record.judgements()
        for name in ("statements", "events", "figures", "control"):
            for form in ("csv", "xlsx"):
                found = back(record, written(record, name, form))
                assert (found.kept, found.refused) == (0, ()), (name, form)
        assert record.judgements() == before


def _fields(item: object) -> dict[str, object]:
    return {name: getattr(item, name) for name in item.__struct_fields__}  # type: ignore[attr-defined]


@given(words)
def test_what_is_guarded_comes_back(text: str) -> None:
    assert review.unguarded(review.guarded(text)) == text
    assert not review.guarded(text).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))


def test_no_cell_of_a_sheet_would_run(record: Record) -> None:
    for name in ("statements", "events", "figures"):
        for row in csv.reader(io.StringIO(written(record, name, "csv").decode("utf-8-sig"))):
            assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@"))]
        book = openpyxl.load_workbook(io.BytesIO(written(record, name, "xlsx")))
        assert {cell.data_type for row in book[name].iter_rows() for cell in row} <= {"s", "n"}


def test_changes_and_verdicts_become_judgements(record: Record) -> None:
    def change(rows: list[dict[str, str]]) -> None:
        rows[0] |= {"kind": "air_strike", "place": "Gamma", "note": "see the photo"}
        rows[1] |= {"verdict": "No"}

    found = back(record, edited(written(record, "events", "csv"), change))
    assert (found.kept, found.unchanged, found.refused) == (2, 0, ())
    (first,), (second,) = record.judgements("r1/e1").values(), record.judgements("r1/e2").values()
    said = first[0]
    assert (said.verdict, said.by, said.batch, said.note) == ("correct", "ann", "batch", "see the photo")
    assert said.changes == {"kind": "air_strike", "place": "Gamma"}
    assert [(s.verdict, s.by) for s in second] == [("no", "ann")]
    assert record.take_back("batch", "ann") == (2, 0)
    assert [t.item.kind for t in record.events()] == ["shelling", "siege"]


def test_a_workbook_that_was_edited_comes_back(record: Record) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(record, "figures", "xlsx")))
    page = book["figures"]
    at = {cell.value: cell.column for cell in page[1]}
    page.cell(2, at["low"], 14)  # a number, where we wrote text
    page.cell(2, at["counted"], "=1+1")  # a formula, which stays what it says
    out = io.BytesIO()
    book.save(out)
    assert back(record, out.getvalue()).kept == 1
    (said,) = record.judgements("r1/f1")["r1", "f1"]
    assert said.changes == {"low": "14", "counted": "=1+1"}


def test_refused_lines_are_named_and_the_rest_is_kept(record: Record) -> None:
    record.add(build("r2").reading())
    record.add(build("r3").reading())

    def change(rows: list[dict[str, str]]) -> None:
        rows[0] |= {"kind": "dancing"}
        rows[1] |= {"verdict": "maybe"}
        rows[2] |= {"ref": "zz/e1", "verdict": "yes"}
        rows[3] |= {"verdict": "yes", "stamp": "gone"}
        rows[4] |= {"verdict": "yes"}
        rows.append({**rows[4], "verdict": "no"})
        rows.append({**rows[5], "note": "but"})
        rows[5] |= {"place": "Delta", "verdict": "no"}

    found = back(record, edited(written(record, "events", "csv"), change))
    assert (found.kept, found.unchanged) == (1, 0)
    why = {refused.line: refused.why for refused in found.refused}
    assert sorted(why) == [2, 3, 4, 5, 7, 8, 9]
    for line, said in {
        2: "kind cannot be 'dancing'", 3: "no verdict", 4: "no report 'zz'", 5: "stamp is gone",
        7: "cannot be 'no' too", 8: "line 6 is about the same row", 9: "note needs a verdict",
    }.items():  # fmt: skip
        assert said in why[line]


def test_a_row_that_changed_since_is_refused(record: Record) -> None:
    sheet = written(record, "events", "csv")
    record.judge("r1/e1", "yes", "bob")
    again = build()
    again.events[1] = type(again.events[1])(**{**_fields(again.events[1]), "kind": "clash"})
    record.add(again.reading("0.2.0"))

    def change(rows: list[dict[str, str]]) -> None:
        for row in rows:
            row["verdict"] = "no"

    found = back(record, edited(sheet, change))
    assert found.kept == 0
    assert "bob judged it since" in found.refused[0].why
    assert "read anew since" in found.refused[1].why
    untouched = back(record, sheet)
    assert (untouched.unchanged, untouched.refused) == (2, ())


def test_what_another_corrected_is_built_upon_and_only_ones_own_word_is_taken_back(record: Record) -> None:
    record.judge("r1/e1", "correct", "bob", {"kind": "air_strike"})
    record.judge("r1/e2", "unsure", "ann")
    back(record, edited(written(record, "events", "csv"), lambda rows: rows[0].update(place="Gamma")))
    assert record.judgements("r1/e1")["r1", "e1"][-1].changes == {"kind": "air_strike", "place": "Gamma"}
    restored = edited(written(record, "events", "csv"), lambda rows: rows[0].update(kind="shelling", place="Alpha"))
    assert back(record, restored).kept == 1
    assert record.judgements("r1/e1")["r1", "e1"][-1].verdict == "yes"
    emptied = edited(written(record, "events", "csv"), lambda rows: rows[1].update(verdict=""))
    assert "ann's" in back(record, emptied, "bob").refused[0].why
    assert back(record, emptied, "ann").kept == 1
    assert record.judgements("r1/e2")["r1", "e2"][-1].verdict == "undo"


def test_a_dry_run_keeps_nothing(record: Record) -> None:
    sheet = edited(written(record, "events", "csv"), lambda rows: rows[0].update(verdict="yes"))
    assert back(record, sheet, dry=True).kept == 1
    assert record.judgements() == {}


def test_sheets_as_other_programs_save_them(record: Record) -> None:
    text = edited(written(record, "events", "csv"), lambda rows: rows[0].update(verdict="yes")).decode()
    rows = list(csv.reader(io.StringIO(text)))
    for delimiter, coding in ((";", "utf-8-sig"), ("\t", "utf-16")):
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter).writerows([*rows, [""] * 3])
        assert back(record, out.getvalue().encode(coding), dry=True).kept == 1
    less = [[cell for cell, name in zip(row, rows[0], strict=True) if name != "words"] for row in rows[::-1]]
    out = io.StringIO()
    csv.writer(out).writerows([less[-1], *less[:-1]])
    assert back(record, out.getvalue().encode(), dry=True).kept == 1


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 250_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"a,b\n1,2\n", "no columns ref and stamp"),
        (b"\xff\xfa\x00", "UTF-8"),
        (b"ref,stamp\n\0", "neither CSV nor XLSX"),
        (b"PK\x03\x04 no zip", "cannot be read"),
        (b"x" * 20_000_001, "larger than 20 MB"),
        (b"ref,stamp\n" + b"a/e1,x\n" * 20_001, "more than 20,000 lines"),
        (b'ref,stamp\n"' + b"x" * 200_000, "line 2 of the sheet cannot be read"),
    ],
)
def test_what_is_no_sheet_is_refused_whole(record: Record, data: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words):
        back(record, data)


def test_a_workbook_that_unpacks_too_large_is_refused(record: Record) -> None:
    with pytest.raises(InputError, match="unpacks to more"):
        back(record, bomb())


def test_a_cell_far_out_costs_nothing(record: Record) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(record, "events", "xlsx")))
    book["events"]["XFD900000"] = "far"
    out = io.BytesIO()
    book.save(out)
    found = back(record, out.getvalue())
    assert (found.kept, found.unchanged) == (0, 2)
