"""Sides: what each claimant counts, side by side. Never added, never averaged, open ends left open.

One fact is a measure, a group, a period and a claimant (rule R1). The same number of one originator through five
outlets is one claim with five reports (R15). A newer number of the same claimant takes the place of the older one in
the view; the older stays beside it, and a fall is marked as a correction (R9). Sides are apart where their ranges do
not meet; how far is a measure to sort by, never a judgement.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from importlib import resources

import msgspec

from counterclaim.record.same_event import place_key, where_key
from counterclaim.record.tellings import Telling, source
from counterclaim.types import Figure, Struct

#: UCDP where_prec from which on a place is a country or wider: no place of one event.
_COUNTRY = 6
#: Measure, party, group, where and when; and low, high, bound.
_Thing = tuple[str, str | None, str, str, date | None]
_Number = tuple[float | None, float | None, str]
#: A claimant's name; an outlet that counts by itself in a tuple of its own.
_Claimant = str | tuple[str]
#: Running totals are set against each other when their days lie no further apart.
PERIOD = timedelta(days=30)
#: Measures of people on the move: whoever counts "people" or "civilians" here counts the same.
_MOVING = frozenset({"displaced", "evacuated", "trapped"})
#: From here on a number is its own mark: two reports that give it from one originator give one claim. Small ones meet
#: by chance.
_TELLING_NUMBER = 10
_WORD = re.compile(r"[\w-]+")


class Count(Struct, frozen=True, kw_only=True):
    """One claimant's word on one thing counted.

    `group` is who is counted in a few plain words, `total` whether it is a running total. `claimant` None means the
    outlets themselves. `tellings` tell this very number, `older` told an earlier one of the same claimant, in order of
    time. `fell`: the number lies below the one before it, which makes it a correction.
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
    fell: bool = False

    @property
    def lead(self) -> Telling[Figure]:
        """The telling to show."""
        return self.tellings[0]


class Apart(Struct, frozen=True, kw_only=True):
    """The two counts of a matter that lie furthest apart, `lower` wholly below `higher`.

    `gap` lies between the lower one's high end and the higher one's low end, `times` is their ratio (one added to both,
    so that none dead against five is a number too).
    """

    lower: Count
    higher: Count
    gap: float
    times: float


class Matter(Struct, frozen=True, kw_only=True):
    """One thing counted, with every claimant's count of it. `apart` is None where all ranges meet."""

    counts: tuple[Count, ...]
    apart: Apart | None = None


def counts(tellings: Iterable[Telling[Figure]], families: Mapping[str, str] | None = None) -> list[Count]:
    """The counts of `matters` in a row, those of one thing next to each other."""
    return [count for matter in matters(tellings, families) for count in matter.counts]


def matters(tellings: Iterable[Telling[Figure]], families: Mapping[str, str] | None = None) -> list[Matter]:
    """Fold `tellings` into matters, in order of first telling.

    `families` takes each report's id to the first of its near copies (`copies.families`); what copies tell, and what
    stands in a copied passage (`Telling.origin`), counts once.
    """
    told = list(tellings)
    fold = _Fold(told, families or {})
    things: dict[_Thing, dict[_Claimant, dict[_Number, list[Telling[Figure]]]]] = {}
    for telling in told:
        thing = fold.thing(telling)
        who = fold.claimant(telling, thing) or (telling.report.name,)
        things.setdefault(thing, {}).setdefault(who, {}).setdefault(_number(telling), []).append(telling)
    return [_matter(claims) for claims in things.values()]


def _matter(claims: Mapping[_Claimant, Mapping[_Number, list[Telling[Figure]]]]) -> Matter:
    """Each claimant's number in view; outlets that count the same by themselves are one."""
    found: list[Count] = []
    own: dict[_Number, int] = {}
    for claimant, counted in claims.items():
        for count in _in_view(list(counted.values())):
            at = own.get(number := _number(count.lead))
            if isinstance(claimant, tuple) and at is not None:
                more = (*found[at].tellings, *count.tellings)
                older = (*found[at].older, *count.older)
                found[at] = msgspec.structs.replace(found[at], tellings=more, older=older)
                continue
            if isinstance(claimant, tuple):
                own[number] = len(found)
            found.append(count)
    return Matter(counts=tuple(found), apart=apart(found))


def _in_view(ways: list[list[Telling[Figure]]]) -> list[Count]:
    """One claimant's numbers of one thing: the newest, with the older ones beside it.

    A number is as old as its first telling: reports that look back tell old ones again. Within a day nobody tells the
    order; as tolls rise, the highest leads. What one report counts of the same kind on that day are several things.
    """
    ways.sort(key=lambda way: (_first(way), way[0].item.bound != "plural", way[0].item.low or way[0].item.high or 0))
    newest = ways[-1]
    inside = {t.report.id for t in newest}
    beside = [way for way in ways if _first(way) == _first(newest) and any(t.report.id in inside for t in way)]
    older = [way for way in ways if way not in beside]
    fell = bool(older) and _first(older[-1]) < _first(newest) and falls(older[-1][0].item, newest[0].item)
    history = tuple(t for way in older for t in way)
    return [_count(way, history if way is newest else (), fell and way is newest) for way in beside]


def falls(before: Figure, after: Figure) -> bool:
    """Whether a number lies wholly below the one before it; a rounder one (90,000 for 90,147) does not."""
    if before.low is None or after.high is None or after.high >= before.low:
        return False
    zeros = 0
    while after.high and after.high % 10 ** (zeros + 1) == 0:
        zeros += 1
    return round(before.low, -zeros) != after.high


def apart(counts: Iterable[Count]) -> Apart | None:
    """The two counts furthest apart of those whose ranges do not meet; one party's own numbers are no dispute."""
    known = list(counts)
    highest = sorted((c for c in known if c.low is not None), key=lambda c: -(c.low or 0))
    found: Apart | None = None
    for lower in sorted((c for c in known if c.high is not None), key=lambda c: c.high or 0):
        for higher in highest:
            high, low = lower.high or 0, higher.low or 0
            times = (low + 1) / (high + 1)
            if high >= low or (found and times <= found.times):
                break
            if _comparable(lower, higher):
                found = Apart(lower=lower, higher=higher, gap=low - high, times=times)
                break
    return found


def _comparable(a: Count, b: Count) -> bool:
    """Whether two counts are of two sides and of one period: not one party's, not totals of months apart."""
    if a.total and a.day and b.day and abs(a.day - b.day) > PERIOD:
        return False
    one, other = a.lead, b.lead
    if one.speaker is None and other.speaker is None:
        return one.report.name != other.report.name
    if one.speaker is None or other.speaker is None:
        return True
    return a.claimant != b.claimant and (one.speaker.party is None or one.speaker.party != other.speaker.party)


def _first(way: list[Telling[Figure]]) -> date:
    """The day on which a number was first told: the day a total stands for, the day that a single event's was told."""
    days = (day_of(t) if t.item.cumulative else t.report.published for t in way)
    return min((day for day in days if day), default=date.min)


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
            return (*what, where_key(figure.place), None)
        if figure.place is not None and figure.place.precision < _COUNTRY:
            return (*what, place_key(figure.place), day_of(telling))
        family = source(telling, self.families)
        again = (telling.report.id, *what, _number(telling))
        self._times[again] += 1
        keys: list[tuple[object, ...]] = [(family, *what, _number(telling), self._times[again])]
        if (who := self._originator(telling)) and _is_telling(figure):
            keys.append((who, *what, figure.low, figure.high, day_of(telling)))
        own: _Thing = (*what, f"{telling.report.id} {figure.event or figure.id}", day_of(telling))
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
    return _group(figure.counted or "", figure.measure)


@functools.lru_cache(20_000)  # asked several times of every figure
def _group(counted: str, measure: str) -> str:
    words = counted.casefold()
    tokens = _WORD.findall(words)
    for name, group_words in _groups():
        alone = any(w in group_words or w.removesuffix("s") in group_words for w in tokens)
        if alone or any(" " in w and w in words for w in group_words):
            return "people" if name == "civilians" and measure in _MOVING else name
    if measure in ("equipment_lost", "equipment_pledged", "strikes", "intercepted", "money", "other"):
        return " ".join(words.split()) or "not said"
    return "people"


@functools.cache
def _groups() -> tuple[tuple[str, frozenset[str]], ...]:
    data = tomllib.loads(resources.files("counterclaim.lexicon").joinpath("groups.toml").read_text(encoding="utf-8"))
    return tuple((name, frozenset(entry["words"])) for name, entry in data.items())


def _count(same: list[Telling[Figure]], older: tuple[Telling[Figure], ...], fell: bool) -> Count:
    lead = next((t for t in same if t.speaker), same[0])
    figure = lead.item
    return Count(
        measure=figure.measure,
        group=group(figure),
        party=figure.party,
        total=bool(figure.cumulative),
        place=figure.place.name if figure.place else None,
        day=day_of(lead),
        claimant=lead.speaker.name if lead.speaker else None,
        low=figure.low,
        high=figure.high,
        tellings=(lead, *(t for t in same if t is not lead)),
        older=older,
        fell=fell,
    )


def _claimant(telling: Telling[Figure]) -> str | None:
    speaker = telling.speaker
    return speaker.name.casefold() if speaker else None


def day_of(telling: Telling[Figure]) -> date | None:
    """The day a number stands for: its own, the last of a stretch, else the day it was told."""
    days = telling.days
    return days[1] if days else telling.report.published
