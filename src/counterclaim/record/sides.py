"""Sides: what each claimant counts, side by side. Never added, never averaged, open ends left open.

One fact is a measure, a group, a period and a claimant (rule R1). The same number of one originator through five
outlets is one claim with five reports (R15). A newer running total of the same claimant takes the place of the older
one in the view; the older stays in the record (R9).
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
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
#: From here on a number is its own mark: two reports that give it from one originator give one claim. Small ones meet
#: by chance.
_TELLING_NUMBER = 10
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


def counts(tellings: Iterable[Telling[Figure]], families: Mapping[str, str] | None = None) -> list[Count]:
    """Fold `tellings` into counts, those of one thing next to each other, in order of first telling.

    `families` takes each report's id to the first of its near copies (`copies.families`); what copies tell counts once.
    """
    told = list(tellings)
    fold = _Fold(told, families or {})
    things: dict[_Thing, dict[str | None, dict[_Number, list[Telling[Figure]]]]] = {}
    for telling in told:
        thing = fold.thing(telling)
        numbers = things.setdefault(thing, {}).setdefault(fold.claimant(telling, thing), {})
        numbers.setdefault(_number(telling), []).append(telling)
    found: list[Count] = []
    for claims in things.values():
        for claimant, counted in claims.items():
            ways = list(counted.values())
            older: list[Telling[Figure]] = []
            if claimant is not None and ways[0][0].item.cumulative:
                ways.sort(key=lambda same: max(_day(t) or date.min for t in same))
                older, ways = [t for same in ways[:-1] for t in same], ways[-1:]
            found += [_count(same, tuple(older)) for same in ways]
    return found


class _Fold:
    """Which thing a figure counts, and who says so: the same number from one originator is one claim (R15)."""

    def __init__(self, told: Iterable[Telling[Figure]], families: Mapping[str, str]) -> None:
        self.families = families
        self._met: dict[tuple[object, ...], _Thing] = {}
        self._times: Counter[tuple[object, ...]] = Counter()
        self._names: dict[tuple[object, ...], str] = {}
        self._said: dict[tuple[object, ...], set[str]] = defaultdict(set)
        for telling in told:
            if (who := _claimant(telling)) and _is_telling(telling.item):
                self._said[_in_report(telling)].add(who)

    def thing(self, telling: Telling[Figure]) -> _Thing:
        """What is counted. One event's own count needs its place and day.

        Without a place no other report's joins it, but for copies and for a number that is its own mark.
        """
        figure = telling.item
        what = (figure.measure, figure.party, group(figure))
        if figure.cumulative:
            return (*what, "", None)
        if figure.place is not None and figure.place.precision < _COUNTRY:
            return (*what, place_key(figure.place), _day(telling))
        family = self.families.get(telling.report.id, telling.report.id)
        again = (telling.report.id, *what, _number(telling))
        self._times[again] += 1
        keys: list[tuple[object, ...]] = [(family, *what, _number(telling), self._times[again])]
        if (who := self._originator(telling)) and _is_telling(figure):
            keys.append((who, *what, figure.low, figure.high, _day(telling)))
        own: _Thing = (*what, f"{telling.report.id} {figure.event or figure.id}", _day(telling))
        found = next((self._met[key] for key in keys if key in self._met), own)
        for key in keys:
            self._met.setdefault(key, found)
        return found

    def claimant(self, telling: Telling[Figure], thing: _Thing) -> str | None:
        """Who says so. Of two of one party who give the same number, the one met first."""
        who, party = self._who(telling), telling.speaker.party if telling.speaker else None
        if who is None or party is None or not _is_telling(telling.item):
            return who
        return self._names.setdefault((thing, party, telling.item.low, telling.item.high), who)

    def _originator(self, telling: Telling[Figure]) -> str | None:
        party = telling.speaker.party if telling.speaker else None
        return party.casefold() if party else self._who(telling)

    def _who(self, telling: Telling[Figure]) -> str | None:
        """The claimant; a number that the outlet gives too, as in a headline, is that of its one claimant there."""
        if (who := _claimant(telling)) or not _is_telling(telling.item):
            return who
        said = self._said.get(_in_report(telling), set())
        return next(iter(said)) if len(said) == 1 else None


def _number(telling: Telling[Figure]) -> _Number:
    return telling.item.low, telling.item.high, telling.item.bound


def _in_report(telling: Telling[Figure]) -> tuple[object, ...]:
    figure = telling.item
    return telling.report.id, figure.measure, group(figure), _number(telling)


def _is_telling(figure: Figure) -> bool:
    return figure.bound != "plural" and max(figure.low or 0, figure.high or 0) >= _TELLING_NUMBER


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
    lead = next((t for t in same if t.speaker), same[0])
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
        tellings=(lead, *(t for t in same if t is not lead)),
        older=older,
    )


def _claimant(telling: Telling[Figure]) -> str | None:
    speaker = telling.speaker
    return speaker.name.casefold() if speaker else None


def _day(telling: Telling[Figure]) -> date | None:
    days = telling.days
    return days[1] if days else telling.report.published
