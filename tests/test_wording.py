"""Words of the brief."""

from __future__ import annotations

import pytest

from counterclaim.views import wording


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Senior aide", "senior aide"),
        ("Officials", "officials"),
        ("unattributed", "an unnamed source"),
        ("Ukrainian officials", "Ukrainian officials"),
        ("State Emergency Service", "State Emergency Service"),
        ("Government of Russia", "the government of Russia"),
        ("Ann Mayor", "Ann Mayor"),
        ("", ""),
    ],
)
def test_names_in_running_text(name: str, shown: str) -> None:
    assert wording.running(name) == shown


def test_ids_of_one_report_are_shown_together() -> None:
    others = [f"a/b/f{n}" for n in (2, 3, 5)]
    assert wording.ids("a/b/f1", others) == "a/b/f1-f3, f5"
    assert wording.ids("a/f1", ["a/f2"]) == "a/f1, f2"
    assert wording.ids("a/f1", ["a/e2", "c/f2"]) == "a/f1, e2, c/f2"
    assert wording.ids("f1", []) == "f1"


def test_a_name_is_cut_between_words() -> None:
    assert wording.label("The Institute for the Study of War (repost)") == "The Institute for the Study…"
    assert wording.shortened("x" * 40, 10) == "x" * 10 + "…"
