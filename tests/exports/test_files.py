"""Files that appear whole or not at all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.errors import UsageError
from counterclaim.exports.files import Files, guarded
from counterclaim.exports.streams import ByDay
from counterclaim.types import Span


def test_nothing_is_there_before_all_is_written(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    with Files(force=False) as files:
        files.text(path).write("a")
        assert not path.exists()
    assert path.read_text() == "a"
    assert list(tmp_path.iterdir()) == [path]


def test_an_error_leaves_nothing_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("before")
    with pytest.raises(RuntimeError):
        _half(path)
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def _half(path: Path) -> None:
    with Files(force=True) as files:
        files.text(path).write("half")
        files.text(path.with_name("other.csv"))
        raise RuntimeError


def _late(path: Path) -> None:
    with Files(force=False) as files:
        files.text(path).write("ours")
        path.write_text("theirs")


def test_a_file_is_only_written_over_by_force(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("before")
    with pytest.raises(UsageError, match="there already"), Files(force=False) as files:
        files.text(path)
    with Files(force=True) as files:
        files.text(path).write("after")
    assert path.read_text() == "after"


def test_a_file_that_came_meanwhile_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    with pytest.raises(UsageError, match="there already"):
        _late(path)
    assert path.read_text() == "theirs"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such folder"), Files(force=False) as files:
        files.text(tmp_path / "no" / "out.csv")
    with pytest.raises(UsageError, match="this is a folder"), Files(force=False) as files:
        files.text(tmp_path)


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\n=1", " =1", "＝1", "\x00=1"])
def test_what_could_run_is_guarded(text: str) -> None:
    assert str(guarded(text)).startswith("'")


@pytest.mark.parametrize(
    ("value", "cell"), [(-1.5, -1.5), (None, ""), (True, "yes"), (("=a", "b"), "'=a; b"), ("a=b", "a=b"), ("", "")]
)
def test_other_values_stay_what_they_are(value: object, cell: object) -> None:
    assert guarded(value) == cell


@given(st.lists(st.tuples(st.dates(date(2022, 1, 1), date(2022, 1, 5)), st.integers(0, 9)), max_size=30))
def test_a_pile_gives_back_every_day_in_order(things: list[tuple[date, int]]) -> None:
    with ByDay[Span](Span) as pile:
        for day, n in things:
            pile.add(day, Span(n, n + 1))
        found = [(day, [s.start for s in spans]) for day, spans in pile.days()]
    days = sorted({day for day, _ in things})
    assert found == [(day, [n for d, n in things if d == day]) for day in days]
