"""Which tellings tell the same event. Careful: a wrong join costs more than a missed one.

Every two tellings that meet under one name are compared (`record.pairs`), and those that agree on average are one
group (`record.linkage`). What people judged comes first: a pair they called one is one, a pair they called two never
stands in one group.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from counterclaim.record import pairs
from counterclaim.record.linkage import Pair, groups
from counterclaim.record.pairs import Verdict, days, place_key, vague, where_key
from counterclaim.record.rules import rules
from counterclaim.record.tellings import Telling
from counterclaim.types import Event

__all__ = ["Group", "compared", "days", "join", "place_key", "vague", "where_key"]

Group = tuple[Telling[Event], ...]


def join(tellings: Iterable[Telling[Event]], judged: Mapping[Pair, bool] | None = None) -> list[Group]:
    """Group `tellings` so that each group tells one event, in order of first telling.

    `judged` are the verdicts of people on pairs of `Telling.ref`, sorted: one event (True) or two (False).
    """
    told = list(tellings)
    by_ref = {t.ref: t for t in told}
    first = {t.ref: _first(t, by_ref) for t in told}
    leads = [t for t in told if first[t.ref] == t.ref]
    verdicts = dict(compared(leads))
    said = {_pair(first.get(a, a), first.get(b, b)): one for (a, b), one in (judged or {}).items()}
    found = groups(
        (t.ref for t in leads),
        {pair: verdict.score for pair, verdict in verdicts.items()},
        rules()["event"]["group"],
        one=[pair for pair, one in said.items() if one],
        apart=[*(p for p, one in said.items() if not one), *(p for p, v in verdicts.items() if v.clash)],
    )
    number = {ref: n for n, group in enumerate(found) for ref in group}
    full: list[list[Telling[Event]]] = [[] for _ in found]
    for telling in told:
        full[number[first[telling.ref]]].append(telling)
    return [tuple(g) for g in full]


def _first(telling: Telling[Event], by_ref: Mapping[str, Telling[Event]]) -> str:
    """The first telling of the same in the same report, as the reading has it."""
    ref = f"{telling.report.short}/{telling.item.same_as}"
    return ref if telling.item.same_as and ref in by_ref else telling.ref


def compared(tellings: Iterable[Telling[Event]]) -> Iterator[tuple[Pair, Verdict]]:
    """Every two tellings that meet under a name within some days, each pair once, with the verdict on it."""
    faces = {t.ref: pairs.face(t) for t in tellings}
    shelves: dict[tuple[str, int], list[str]] = defaultdict(list)
    for ref, face in faces.items():
        keys = [(name, week) for name in pairs.names(face) for week in pairs.weeks(face)]
        for other in dict.fromkeys(o for key in keys for o in shelves[key]):
            yield _pair(ref, other), pairs.compare(face, faces[other])
        for key in keys:
            shelves[key].append(ref)


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)
