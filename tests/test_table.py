"""Lists in columns, whatever the width."""

from __future__ import annotations

import pytest
from rich.text import Text

from counterclaim.cli.table import _COLUMNS, _fitted


def fitted(kind: str, width: int, **cells: str) -> dict[str, int]:
    row = {c.field: Text(cells.get(c.field, "some words of a list " * 3)) for c in _COLUMNS[kind]}
    row["id"] = Text("1a2b3c4d/s10")
    return {c.field: n for c, n in _fitted(_COLUMNS[kind], [row], width)}


@pytest.mark.parametrize("kind", list(_COLUMNS))
@pytest.mark.parametrize("width", [60, 80, 100, 120, 200])
def test_columns_fit_and_none_is_cut_to_nonsense(kind: str, width: int) -> None:
    dates = {"when": "28 Feb 2022", "since": "28 Feb 2022", "published": "28 Feb 2022", "stance": "asserts"}
    fixed = {"spell": "28 Feb 2022 –\n3 Mar 2022", "like": "100%", "standing": "doubtful\n12.5 points"}
    fixed |= {"rows": "120", "share": "100%", "kappa": "(under 20 rows)"}
    found = fitted(kind, width, age="4 days before", **dates, **fixed)
    least = {c.field: c.least for c in _COLUMNS[kind] if c.share}
    assert found["id"] == 12
    assert all(found[name] >= least[name] for name in found if name in least)
    if width >= 80:
        assert sum(found.values()) + 2 * (len(found) - 1) <= width
        assert len(found) >= len(_COLUMNS[kind]) - 2


def test_short_cells_take_no_more_than_they_need_and_empty_columns_go() -> None:
    found = fitted("TollRow", 120, place="", number="8", where="", claimant="Ann")
    assert "where" not in found
    assert (found["number"], found["claimant"]) == (len("number"), len("says who"))
