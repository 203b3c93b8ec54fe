"""Sides: what each claimant counts, side by side. Never added, never averaged, open ends left open.

One fact is a measure, a group, a period and a claimant (rule R1). The same number of one originator through five
outlets is one claim with five reports (R15). A newer running total of the same claimant takes the place of the older
one in the view; the older stays in the record (R9).
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable
from datetime import date
from importlib import resources

from counterclaim.record.same_event import place_key
from counterclaim.record.tellings import Telling
from counterclaim.types import Figure, Struct

#: UCDP where_prec from which on a place is a country or wider: no place of one event.
_COUNTRY = 6
#: Measure, party, group, where and when; and low, high, bound.
_Thing = tuple[str, str | None, str, str, date | None]
_Number = tuple[float | None, float | None, str]
_WORD = re.compile(r"[\w-]+")


class Count(Struct, frozen=True, kw_only=True):
    """One claimant's word on one thing counted.

    `group` is who is counted in a few plain words, `total` whether it is a running total. `claimant` None means the
    outlets themselves. `tellings` tell this very number, `older` told an earlier total of the same claimant.
    """

    measure: str
    group: str
    party: str | None
    total: bool
    place: str | None
    day: date | None
    claimant: str | None
    low: float | None
    high: float | None
    tellings: tuple[Telling[Figure], ...]
    older: tuple[Telling[Figure], ...] = ()

    @property
    def lead(self) -> Telling[Figure]:
        """The telling to show."""
        return self.tellings[0]


def counts(tellings: Iterable[Telling[Figure]]) -> list[Count]:
    """Fold `tellings` into counts, those of one thing next to each other, in order of first telling."""
    things: dict[_Thing, dict[str | None, dict[_Number, list[Telling[Figure]]]]] = {}
    for telling in tellings:
        figure = telling.item
        claims = things.setdefault(_thing(telling), {})
        numbers = claims.setdefault(_claimant(telling), {})
        numbers.setdefault((figure.low, figure.high, figure.bound), []).append(telling)
    found: list[Count] = []
    for claims in things.values():
        for claimant, numbers in claims.items():
            told = list(numbers.values())
            older: list[Telling[Figure]] = []
            if claimant is not None and told[0][0].item.cumulative:
                told.sort(key=lambda same: max(_day(t) or date.min for t in same))
                older, told = [t for same in told[:-1] for t in same], told[-1:]
            found += [_count(same, tuple(older)) for same in told]
    return found


def _thing(telling: Telling[Figure]) -> _Thing:
    """What is counted. One event's own count needs its place and day; without a place no other report's joins it."""
    figure = telling.item
    if figure.cumulative:
        return (figure.measure, figure.party, group(figure), "", None)
    narrow = figure.place is not None and figure.place.precision < _COUNTRY
    where = place_key(figure.place) if narrow else f"{telling.report.id} {figure.event or figure.id}"
    return (figure.measure, figure.party, group(figure), where, _day(telling))


def group(figure: Figure) -> str:
    """Who is counted: a group of `lexicon/groups.toml`, the thing counted itself where it is no person, or "people"."""
    words = (figure.counted or "").casefold()
    tokens = _WORD.findall(words)
    for name, group_words in _groups():
        if any(w in group_words or w.removesuffix("s") in group_words for w in tokens):
            return name
        if any(" " in w and w in words for w in group_words):
            return name
    if figure.measure in ("equipment_lost", "equipment_pledged", "strikes", "intercepted", "money", "other"):
        return " ".join(words.split()) or "not said"
    return "people"


@functools.cache
def _groups() -> tuple[tuple[str, frozenset[str]], ...]:
    data = tomllib.loads(resources.files("counterclaim.lexicon").joinpath("groups.toml").read_text(encoding="utf-8"))
    return tuple((name, frozenset(entry["words"])) for name, entry in data.items())


def _count(same: list[Telling[Figure]], older: tuple[Telling[Figure], ...]) -> Count:
    lead = same[0]
    figure = lead.item
    return Count(
        measure=figure.measure,
        group=group(figure),
        party=figure.party,
        total=bool(figure.cumulative),
        place=figure.place.name if figure.place else None,
        day=_day(lead),
        claimant=lead.speaker.name if lead.speaker else None,
        low=figure.low,
        high=figure.high,
        tellings=tuple(same),
        older=older,
    )


def _claimant(telling: Telling[Figure]) -> str | None:
    speaker = telling.speaker
    return speaker.name.casefold() if speaker else None


def _day(telling: Telling[Figure]) -> date | None:
    days = telling.days
    return days[1] if days else telling.report.published
