"""Whether two tellings tell of one event: points for what agrees, against what does not, each with its reason.

The points stand in `lexicon/joins.toml`. A pair that agrees on place, day and kind is one event (UCDP and VIINA join on
these; rules R19 to R21); sides, numbers and words speak for or against it. A report is never the key. The verdict on a
pair depends on these two alone, so the order in which reports come in does not matter.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations
from typing import NamedTuple

from counterclaim.record import words
from counterclaim.record.rules import rules
from counterclaim.record.tellings import Telling
from counterclaim.types import Actor, Event, Place, Struct, When

#: UCDP where_prec from which on a place is too wide to tell one event from another; from which on it is a country.
_WIDE, _COUNTRY = 4, 6
#: UCDP date_prec from which on the days are too wide; and the longest stretch of days that tells when.
_VAGUE, _LONG = 4, timedelta(days=7)
#: Days to a stretch.
_STRETCH = 4
#: The rarest words of a telling: two of them in common, and two tellings meet.
_RARE_WORDS = 4
#: Letters by which a sentence is taken to name a place.
_LETTERS = 5
_DIGITS = re.compile(r"\d[\d,.]*")
_EARTH = 6371.0


class Verdict(Struct, frozen=True, kw_only=True):
    """How likely two tellings are of one event: points, and what gave them, weightiest first.

    `clash`: they cannot be of one event, whatever others say of the two.
    """

    score: float
    why: tuple[str, ...]
    clash: bool = False

    @property
    def word(self) -> str:
        """ "joined", "doubtful" or "apart"."""
        rule = rules()["event"]
        if self.clash:
            return "apart"
        return "joined" if self.score >= rule["joined"] else "doubtful" if self.score >= rule["doubtful"] else "apart"


class Face(NamedTuple):
    """What of a telling decides whether another one tells the same."""

    report: str
    conflict: str
    kind: str
    planned: bool
    place: Place | None
    named: bool
    """Whether its own words name the place; else it was taken from what stands around."""
    days: tuple[date, date] | None
    dated: bool
    sure: bool
    actors: frozenset[str]
    targets: frozenset[str]
    sides: frozenset[str]
    hit: frozenset[str]
    """Parties acted on."""
    numbers: frozenset[str]
    words: Mapping[str, float]
    known: frozenset[str]
    """Words that place and sides have been counted for."""
    meets: str
    """The name that its kind meets others under."""
    where: str
    """The `where_key` of its place."""
    weight: float
    """The weights of its words, summed."""


def face(telling: Telling[Event]) -> Face:
    """The face of a telling."""
    event = telling.item
    sentence = telling.of(event.sentence)
    when = event.when
    weighted = _weighted(sentence)
    return Face(
        report=telling.report.id,
        conflict=telling.report.conflict,
        kind=event.kind,
        planned=event.status == "planned",
        place=event.place,
        named=event.place is not None and _names(event.place, sentence),
        days=days(telling),
        dated=when is not None,
        sure=when is not None and when.start == when.end and when.precision == 1,
        actors=_who(event.actors),
        targets=_who(event.targets),
        sides=frozenset(a.party for a in event.actors if a.party),
        hit=frozenset(a.party for a in event.targets if a.party),
        numbers=frozenset(_numbers(sentence)),
        words=weighted,
        known=frozenset(words.tokens(" ".join(_told_names(event)))),
        meets=rules()["event"]["kinds"].get(event.kind, event.kind),
        where=where_key(event.place),
        weight=sum(weighted.values()),
    )


def _names(place: Place, sentence: str) -> bool:
    """Whether a sentence names a place, by the first letters of its longest word: "Kharkiv", "Kharkivska"."""
    return max(place.name.split(), key=len, default="")[:_LETTERS].casefold() in sentence.casefold()


def _told_names(event: Event) -> Iterator[str]:
    for actor in (*event.actors, *event.targets):
        yield from filter(None, (actor.name, actor.party))
    if event.place:
        yield from filter(None, (event.place.name, event.place.admin1, event.place.country))


def names(one: Face) -> list[str]:
    """Where tellings meet that are to be compared: under kind and place, or who or what, or two rare words."""
    if one.days is None:
        return []
    lead = ("planned " if one.planned else "") + one.meets
    rare = sorted(sorted(one.words, key=lambda w: (-one.words[w], w))[:_RARE_WORDS])
    marks = [f"{lead} of {a} and {b}" for a, b in combinations(rare, 2)]
    who = sorted(one.actors | one.targets)
    if one.kind in _between():
        of_war = [f"{lead} in {one.conflict}"] if one.conflict and one.kind in _of_war() else []
        return [*(f"{lead} of {name}" for name in who), *of_war, *marks]
    if one.where:
        return [f"{lead} at {one.where}", *(f"{lead} of {thing}" for thing in sorted(one.targets - one.hit)), *marks]
    return [*(f"{lead} of {name}" for name in who), *marks]


def weeks(one: Face, slack: int | None = None) -> range:
    """The stretches of days that a telling is compared within: those its own days and the slack touch."""
    if one.days is None:
        return range(0)
    slack = rules()["event"]["slack"] if slack is None else slack
    return range((one.days[0].toordinal() - slack) // _STRETCH, (one.days[1].toordinal() + slack) // _STRETCH + 1)


def compare(a: Face, b: Face) -> Verdict:
    """The verdict on two tellings; the same whichever is named first."""
    rule, between = rules()["event"], gap(a, b)
    if a.planned != b.planned or a.meets != b.meets or between is None:
        return Verdict(score=0.0, why=("another kind, or no day",))
    if between > rule["slack"] or (between and a.sure and b.sure):
        return Verdict(score=0.0, why=("another day",), clash=True)
    points = rule["points"]
    found = [
        *_of_place(a, b, points),
        *_of_days(a, b, between, points),
        *_of_kind(a, b, points),
        *_of_sides(a, b, points),
        *_of_words(a, b, points),
        *([(points["one_report"], "in one report")] if a.report == b.report else []),
    ]
    found.sort(key=lambda f: (-abs(f[0]), f[1]))
    return Verdict(
        score=round(sum(p for p, _ in found), 2),
        why=tuple(f"{words} {p:+.1f}" for p, words in found if p),
        clash=reversed_(a, b) or _other_dead(a, b) or any(p == points["other_place"] for p, _ in found),
    )


def one_way(one: Face) -> bool:
    """Whether it is of a kind that one side does to another."""
    return one.meets in rules()["event"]["other"]["one_way"]


def wide(one: Face) -> bool:
    """Whether its own words name no more than a country."""
    return one.named and one.place is not None and one.place.precision >= _COUNTRY


def guessed(one: Face) -> bool:
    """Whether its town was taken from what stands around it."""
    return bool(one.where) and not one.named


def near(loose: Face, town: Face) -> bool:
    """Whether a row without a town may be of that of `town`: in days that nearly meet, of a place that may hold it."""
    between, place, other = gap(loose, town), loose.place, town.place
    if between is None or between > rules()["event"]["slack"]:
        return False
    if place is None or other is None:
        return True
    province = place.admin1 or place.name if place.precision < _COUNTRY else None
    if province and other.admin1:
        return province == other.admin1
    return place.country == other.country


def disagree(a: Face, b: Face) -> bool:
    """Whether two rows that are said to be one name other sides, or cannot be of one event."""
    others = bool(a.sides and b.sides and not a.sides & b.sides) and not _same_town(a, b)
    return others or compare(a, b).clash


def _other_dead(a: Face, b: Face) -> bool:
    """Whether each tells of the losses of another side."""
    losses = rules()["event"]["other"]["losses"]
    return a.kind in losses and b.kind in losses and bool(a.hit and b.hit) and not a.hit & b.hit


def reversed_(a: Face, b: Face) -> bool:
    """Whether a party does in one what it suffers in the other, of kinds that one side does to another.

    Two that name one town and day are not asked: who acted is read wrong more often than where.
    """
    if not one_way(a) or a.sides & b.sides or a.hit & b.hit or _same_town(a, b):
        return False
    return bool(a.sides & b.hit or b.sides & a.hit)


Found = list[tuple[float, str]]


def _of_place(a: Face, b: Face, points: Mapping[str, float]) -> Found:
    one, other = a.place, b.place
    if a.kind in _between() and b.kind in _between():
        found: Found = []
        if one and a.named and b.named and place_key(one) == place_key(other):
            found.append((points["wider_place"], f"both in {one.name}"))
        if a.conflict == b.conflict != "" and a.kind in _of_war() and b.kind in _of_war():
            found.append((points["same_war"], f"both about {a.conflict}"))
        return found
    if a.kind in _nowhere() and b.kind in _nowhere():
        if one and other and one.country and one.country == other.country:
            return [(points["same_country"], f"both in {one.country}")]
        return []
    loose = [] if a.where or b.where else [(points["no_place"], "neither tells the town")]
    if one is None or other is None:
        return loose
    if a.where and b.where:
        if a.where == b.where:
            told = points["same_place"] - (2 - a.named - b.named) * points["place_untold"]
            return [(told, f"both in {one.name}")]
        if (far := _kilometres(one, other)) is not None and far <= rules()["event"]["other"]["near"]:
            return [(points["same_place"], f"{far:.0f} km apart")]
        return [
            (
                points["other_place" if a.named and b.named else "other_untold"],
                f"{one.name}, not {other.name}" if one.name < other.name else f"{other.name}, not {one.name}",
            )
        ]
    if one.country and other.country and one.country != other.country:
        return [(points["other_place"], " and ".join(sorted((one.country, other.country))))]
    if place_key(one) == place_key(other) and one.precision < _COUNTRY:
        return [*loose, (points["wider_place"], f"both in {one.name}")]
    if one.admin1 and one.admin1 == other.admin1:
        return [*loose, (points["wider_place"], f"both in {one.admin1}")]
    if one.country and one.country == other.country:
        return [*loose, (points["same_country"], f"both in {one.country}")]
    return loose


def _of_days(a: Face, b: Face, between: int, points: Mapping[str, float]) -> Found:
    assert a.days
    assert b.days
    if between:
        return [(points["days_near"], f"{between} day apart")]
    if a.sure and b.sure:
        return [(points["same_day"], f"both on {a.days[0]}")]
    if a.dated and b.dated:
        return [(points["days_meet"], "about the same day")]
    return [(points["days_untold"], "told about the same day")]


def _of_kind(a: Face, b: Face, points: Mapping[str, float]) -> Found:
    if a.kind == b.kind:
        return [(points["kind"], f"both {a.kind.replace('_', ' ')}")]
    if {a.kind, b.kind} == {"capture", "withdrawal"}:
        return [(points["changes_hands"], "one takes what the other leaves")]
    return [(points["kind"] / 2, " and ".join(sorted((a.kind, b.kind))).replace("_", " "))]


def _of_sides(a: Face, b: Face, points: Mapping[str, float]) -> Found:
    if a.sides and b.sides and not a.sides & b.sides and (a.kind == b.kind or one_way(a)):
        return [(points["other_sides"], f"{', '.join(sorted(a.sides | b.sides))}: other sides")]
    if _other_dead(a, b):
        return [(points["other_dead"], f"{', '.join(sorted(a.hit | b.hit))}: other dead")]
    if reversed_(a, b):
        return [(points["reversed"], f"{', '.join(sorted((a.sides & b.hit) | (b.sides & a.hit)))} does it, and is hit")]
    if a.kind in _between() and b.kind in _between():  # who meets whom is one set, and one alone meets many
        same = (a.actors | a.targets) & (b.actors | b.targets)
        return (
            [(points["both_meet"] if len(same) > 1 else points["one_meets"], f"{', '.join(sorted(same))} in both")]
            if same
            else []
        )
    found: Found = []
    for role, ours, theirs in (("actors", a.actors, b.actors), ("targets", a.targets, b.targets)):
        if same := ours & theirs:
            things = role == "targets" and same - a.hit
            worth = "things" if things else "does" if role == "actors" and a.kind in _nowhere() else role
            found.append((points[worth], f"{', '.join(sorted(same))} in both"))
    return found


def _of_words(a: Face, b: Face, points: Mapping[str, float]) -> Found:
    found: Found = []
    if same := a.numbers & b.numbers:
        found.append((points["number"], f"{', '.join(sorted(same))} in both"))
    both = {w: min(a.words[w], b.words[w]) for w in a.words.keys() & b.words.keys()}
    shared = both.keys() - (a.known & b.known)
    least = min(a.weight, b.weight)
    if shared:
        like = sum(both[w] for w in shared) / least
        most = sorted(shared, key=lambda w: (-a.words[w], w))[:3]
        found.append((points["words"] * like, f"words in common ({', '.join(most)})"))
    every = sum(both.values()) / least
    if every < rules()["event"]["other"]["few_words"] and (
        a.kind in _nowhere() or not ((a.sure and b.sure) or _same_town(a, b))
    ):
        found.append((points["other_words"], "told in other words"))
    return found


def _same_town(a: Face, b: Face) -> bool:
    """Whether both name one town and days of their own."""
    return a.named and b.named and a.dated and b.dated and "" != a.where == b.where


def gap(a: Face, b: Face) -> int | None:
    """Days between two tellings; 0 where their days overlap, None where one has none."""
    if a.days is None or b.days is None:
        return None
    return max(0, (max(a.days[0], b.days[0]) - min(a.days[1], b.days[1])).days)


def place_key(place: Place | None) -> str:
    """What two places are compared by: the gazetteer's number, else the name."""
    if place is None:
        return ""
    return str(place.geonames_id) if place.geonames_id else place.name.casefold()


def where_key(place: Place | None) -> str:
    """As `place_key`, but empty where the place is too wide to tell one event from another."""
    return "" if place is None or place.precision >= _WIDE or place.kind == "country" else place_key(place)


def vague(when: When) -> bool:
    """Whether a stretch of days is too long to be about any one of them."""
    return when.precision >= _VAGUE or when.end - when.start > _LONG


def days(telling: Telling[Event]) -> tuple[date, date] | None:
    """The days an event may have happened on; without its own, the day it was told or the one before.

    None where nobody can tell the week.
    """
    when, told = telling.item.when, telling.report.published
    if when is not None:
        return None if vague(when) else (when.start, when.end)
    return (told - timedelta(days=1), told) if told and told > date.min else None


def _who(actors: tuple[Actor, ...]) -> frozenset[str]:
    return frozenset(a.party or a.name for a in actors if a.party or not a.anonymous)


def _numbers(sentence: str) -> list[str]:
    rule = rules()["event"]["other"]
    plain = (m.group().replace(",", "").rstrip(".") for m in _DIGITS.finditer(sentence))
    return [n for n in plain if n.isdigit() and int(n[:9]) >= rule["number_from"] and n not in rule["common_numbers"]]


@functools.cache
def _between() -> frozenset[str]:
    """Kinds that happen between people rather than at a place."""
    return frozenset(rules()["event"]["other"]["between"])


@functools.cache
def _nowhere() -> frozenset[str]:
    """Kinds that are known by who does it rather than by where."""
    return frozenset(rules()["event"]["other"]["nowhere"])


@functools.cache
def _of_war() -> frozenset[str]:
    """Kinds of the above that the two sides of a war do with each other."""
    return frozenset(rules()["event"]["other"]["of_war"])


def _weighted(sentence: str) -> dict[str, float]:
    """How rare the telling words of a sentence are; one without any stands for itself."""
    raw = words.rarity(dict.fromkeys(words.profile(sentence), 1), 1)
    return {word: w for word, w in raw.items() if w} or {sentence.casefold(): 1.0}


def _kilometres(a: Place, b: Place) -> float | None:
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    return _apart(a.lat, a.lon, b.lat, b.lon)


@functools.lru_cache(20_000)  # the same few towns are compared again and again
def _apart(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    """Kilometres between two points, in degrees."""
    lat, other = math.radians(lat), math.radians(to_lat)
    half = math.sin((other - lat) / 2) ** 2
    half += math.cos(lat) * math.cos(other) * math.sin(math.radians(to_lon - lon) / 2) ** 2
    return 2 * _EARTH * math.asin(min(1.0, math.sqrt(half)))
