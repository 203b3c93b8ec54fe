"""Answers as a view: denials first, either side found by the filters, copies told once."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from counterclaim.cli import run
from counterclaim.store import Filter, Record, open_record
from counterclaim.views.answers import answers
from tests.build import Build, day

R, U = "Russia", "Ukraine"
TEXT = "Kyiv accused Moscow of mining the dam. Moscow denied the claim. We hold it. No, we hold it now."


def build(id: str = "a", **fields: object) -> Build:
    made = Build(TEXT, id=id, **fields)  # type: ignore[arg-type]
    made.says("of mining the dam", "Kyiv", U, stance="accuses").says("the claim", "Moscow", R, stance="denies")
    made.holds("We hold it.", "Alpha", "controlled", U, claimed_by="Kyiv", party=U)
    return made.holds("No, we hold it now.", "Alpha", "captured", R, claimed_by="Moscow", party=R)


def test_denials_first_and_filters_match_either_side() -> None:
    with open_record(":memory:") as record:
        record.add(build().reading())
        both = answers(record, Filter())
        assert [(row.how, row.said[0].speaker, row.answer.speaker) for row in both] == [
            ("denied", "Kyiv", "Moscow"),
            ("contradicted", "Kyiv", "Moscow"),
        ]
        assert all(voice.words for row in both for voice in (*row.said, row.answer))
        assert [row.how for row in answers(record, Filter(place="Alpha"))] == ["contradicted"]
        assert [row.how for row in answers(record, Filter(about="dam"))] == ["denied"]
        assert len(answers(record, Filter(by=("Kyiv",)))) == 2
        assert not answers(record, Filter(by=("Paris",)))
        assert not answers(record, Filter(first=day(4), last=day(4)))
        assert len(answers(record, Filter(first=day(3), last=day(3), limit=1))) == 1


def test_what_a_copy_tells_again_is_told_once() -> None:
    with open_record(":memory:") as record:
        record.add(build().reading())
        record.add(build("b", outlet="Other Test").reading())
        first = answers(record, Filter())[0]
    assert first.answer.also == ("b/s2",)


def fill(path: Path) -> str:
    with open_record(path) as record:
        record.add(build().reading())
    return str(path)


def test_on_a_screen_as_json_and_as_csv(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = fill(tmp_path / "a.db")
    for columns in ("70", "120"):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("COLUMNS", columns)
            assert run(["answers", "--db", db]) == 0
        out = capsys.readouterr().out
        assert "Moscow (denial): the claim" in out
        assert all(len(line) <= int(columns) for line in out.splitlines())
    assert run(["answers", "--db", db, "--json"]) == 0
    assert [row["how"] for row in json.loads(capsys.readouterr().out)] == ["denied", "contradicted"]
    assert run(["answers", "--db", db, "--csv"]) == 0
    assert [r["answered_by"] for r in csv.DictReader(io.StringIO(capsys.readouterr().out))] == ["Moscow", "Moscow"]
    assert run(["answers", "--db", db, "--about", "nothing of the kind"]) == 3


def test_a_record_without_answers(tmp_path: Path) -> None:
    with open_record(tmp_path / "a.db") as record:
        assert isinstance(record, Record)
    assert run(["answers", "--db", str(tmp_path / "a.db")]) == 3
