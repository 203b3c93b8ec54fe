"""Company: names that can lie close together, or in one unit, speak for each other.

"Paris", "Henry County" and "Puryear" may each lie in twenty places; all three in one corner of Tennessee only. No name
has to be resolved first. The rarer a name, the more it says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from counterclaim.reading.places.gazetteer import Entry

#: So many bearers of a name are looked at, the likeliest first.
_BEARERS = 25
#: Kinds too wide to say where a page is.
_WIDE = frozenset({"country", "continent", "sea", "bloc", "river", "lake", "strait", "region"})


class Company:
    """The places that the names of one page may mean, by the square degree and by the unit they lie in."""

    def __init__(self, names: dict[str, tuple[Entry, ...]]) -> None:
        self._near: dict[tuple[int, int], dict[str, float]] = defaultdict(dict)
        self._unit: dict[int, dict[str, float]] = defaultdict(dict)
        for name, entries in names.items():
            bearers = [e for e in entries if e.kind not in _WIDE][:_BEARERS]
            says = 1 / (1 + 0.25 * (len(bearers) - 1)) if bearers else 0.0
            for e in bearers:
                weight = says * (1.0 if e.own else 0.4)
                if e.kind != "admin1":
                    cell = self._near[_cell(e)]
                    cell[name] = max(weight, cell.get(name, 0.0))
                if (unit := _unit(e)) is not None:
                    there = self._unit[unit]
                    there[name] = max(weight, there.get(name, 0.0))

    def near(self, e: Entry, name: str) -> float:
        """How much the other names say for the surroundings of `e`, which is called `name`; 1 is one sure neighbour."""
        if e.kind in _WIDE or e.kind == "admin1":
            return 0.0
        row, column = _cell(e)
        others: dict[str, float] = {}
        for i in (row - 1, row, row + 1):
            for j in (column - 1, column, column + 1):
                for other, weight in self._near.get((i, j), {}).items():
                    others[other] = max(weight, others.get(other, 0.0))
        others.pop(name, None)
        return sum(others.values())

    def unit(self, e: Entry, name: str) -> float:
        """The same for the first-order unit that `e` lies in, or is."""
        unit = _unit(e)
        return sum(w for other, w in self._unit.get(unit, {}).items() if other != name) if unit is not None else 0.0


def _cell(e: Entry) -> tuple[int, int]:
    return int(e.lat // 1), int(e.lon // 1)


def _unit(e: Entry) -> int | None:
    return e.number if e.kind == "admin1" else e.unit


def company(names: Iterable[tuple[str, tuple[Entry, ...]]]) -> Company:
    """The company of a page's names; a name told twice counts once."""
    return Company(dict(names))
