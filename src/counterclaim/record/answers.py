"""Statements that answer each other: what one party says and another denies, or says otherwise, beside each other.

Nothing is called true. A denial finds what it denies by shared words, places and who is accused; one that only points
back ("denied the claim") finds it before itself in the same report. Two who blame each other for one event, and two who
give one place to different holders, contradict each other. The rules are data (`lexicon/answers.toml`).
"""

from __future__ import annotations

import functools
import math
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from importlib import resources
from typing import Any, Literal

import msgspec

from counterclaim import countries
from counterclaim.record.same_event import days, place_key, where_key
from counterclaim.record.tellings import Telling
from counterclaim.types import Event, Holding, Statement, Struct

How = Literal["denied", "contradicted"]
#: Letters of a word that are compared, and the least a word needs to be.
_STEM, _SHORT = 6, 4
#: Assertions shown beside one denial.
_MOST = 3
_WORD = re.compile(rf"[^\W\d_]{{{_SHORT},}}")


class _Hollow(msgspec.Struct, forbid_unknown_fields=True):
    stems: frozenset[str]


class _Reach(msgspec.Struct, forbid_unknown_fields=True):
    characters: int
    days_before: int
    days_after: int


class _Score(msgspec.Struct, forbid_unknown_fields=True):
    least: float
    least_words: int
    words: float
    place: float
    accuses: float
    names_the_denier: float
    before_it: float


class Rules(msgspec.Struct, forbid_unknown_fields=True):
    """The rules as data: `lexicon/answers.toml` says what each means."""

    hollow: _Hollow
    reach: _Reach
    score: _Score


@functools.cache
def rules() -> Rules:
    """The rules that the program comes with."""
    data = resources.files("counterclaim.lexicon").joinpath("answers.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(data), Rules)


class Answer(Struct, frozen=True, kw_only=True):
    """What some say, and what another answers. `topic` is what both are about, in a few words; `why` says how found."""

    how: How
    topic: str
    said: tuple[Telling[Any], ...]
    answer: Telling[Any]
    score: float
    why: str


class _Said:
    """A statement with its weighty words."""

    def __init__(self, telling: Telling[Statement]) -> None:
        self.telling = telling
        self.text = " ".join(telling.of(span) for span in telling.item.content)
        self.written = {word[:_STEM]: word for word in reversed(_WORD.findall(self.text.casefold()))}
        self.stems = set(self.written)
        self.denies = telling.item.stance == "denies" or bool(self.stems & {"denied", "denies", "deny"})
        names = {stem for stem, word in self.written.items() if _is_country(word)}
        self.heavy = self.stems - rules().hollow.stems - names


@functools.lru_cache(20_000)
def _is_country(word: str) -> bool:
    """Whether a word names a country or its people: in a war, those are in every other sentence."""
    return bool(countries.named(countries.fold(word)) or countries.demonym(word))


def denials(statements: Iterable[Telling[Statement]]) -> list[Answer]:
    """Each denial beside what it denies, in the order told; those that find nothing are left out."""
    said = [_Said(t) for t in statements]
    pool = _Pool([one for one in said if not one.denies])
    found = []
    for one in said:
        if one.telling.item.stance == "denies" and (answer := pool.answer(one)):
            found.append(answer)
    return found


class _Pool:
    """Assertions, found by their words and by their report."""

    def __init__(self, said: Sequence[_Said]) -> None:
        self.said = said
        self.by_word: dict[str, list[int]] = defaultdict(list)
        self.by_report: dict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(said):
            self.by_report[one.telling.report.id].append(number)
            for stem in one.heavy:
                self.by_word[stem].append(number)

    def weight(self, stem: str) -> float:
        """Rare words weigh more."""
        return math.log((len(self.said) + 2) / (len(self.by_word[stem]) + 1)) if stem in self.by_word else 1.0

    def answer(self, denial: _Said) -> Answer | None:
        """What a denial denies, the likeliest first."""
        near = self._near(denial)
        if not near:
            return None
        best = sorted(near, key=lambda n: (-near[n][0], n))
        shown: list[int] = []
        for number in best:
            if all(not _same_words(self.said[number], self.said[other]) for other in shown):
                shown.append(number)
        first = self.said[shown[0]]
        score, why = near[shown[0]]
        return Answer(
            how="denied", topic=_topic(denial, first), said=tuple(self.said[n].telling for n in shown[:_MOST]),
            answer=denial.telling, score=round(score, 2), why=why,
        )  # fmt: skip

    def _near(self, denial: _Said) -> dict[int, tuple[float, str]]:
        score, found = rules().score, {}
        total = sum(self.weight(stem) for stem in denial.heavy) or 1.0
        shared: dict[int, float] = defaultdict(float)
        many: Counter[int] = Counter()
        for stem in denial.heavy:
            for number in self.by_word.get(stem, ()):
                shared[number] += self.weight(stem)
                many[number] += 1
        for number, weight in shared.items():
            other = self.said[number]
            if many[number] < score.least_words or not _may_answer(other.telling, denial.telling):
                continue
            share = weight / total
            if share >= score.least:
                points = score.words * share + _signs(other, denial)
                points += score.before_it * (0 <= _back(other, denial) <= rules().reach.characters)
                found[number] = points, f"{many[number]} words shared"
        if len(denial.heavy) < score.least_words and not found:
            found = self._before(denial)
        return found

    def _before(self, denial: _Said) -> dict[int, tuple[float, str]]:
        """The assertion that a denial points back to: the last one before it by somebody else, an accusation first."""
        score, reach, here = rules().score, rules().reach.characters, denial.telling
        near = []
        for number in self.by_report[here.report.id]:
            other = self.said[number].telling
            meant = not denial.heavy or denial.heavy & self.said[number].heavy
            if meant and 0 <= _back(self.said[number], denial) <= reach and _may_answer(other, here):
                near.append((_signs(self.said[number], denial), other.offset, number))
        if not near:
            return {}
        signs, _, number = max(near)
        return {number: (score.before_it + signs, "the denial points back to it")} if signs else {}


def _back(said: _Said, denial: _Said) -> int:
    """How many characters before a denial another statement of its report begins; -1 in another report."""
    one, other = said.telling, denial.telling
    return other.offset - one.offset if one.report.id == other.report.id else -1


def _may_answer(said: Telling[Statement], denial: Telling[Statement]) -> bool:
    """Whether another party says it, at about that time, and neither carries the other."""
    if said.speaker is None or denial.speaker is None or said.speaker.name == denial.speaker.name:
        return False
    if said.speaker.party is not None and said.speaker.party == denial.speaker.party:
        return False
    if said.report.id == denial.report.id:
        return said.item.via != denial.item.id and denial.item.via != said.item.id
    first, then, reach = said.report.published, denial.report.published, rules().reach
    if first is None or then is None:
        return False
    return timedelta(days=-reach.days_after) <= then - first <= timedelta(days=reach.days_before)


def _signs(said: _Said, denial: _Said) -> float:
    """What speaks for a pair beside shared words."""
    score, speaker = rules().score, denial.telling.speaker
    points = score.accuses * (said.telling.item.stance == "accuses")
    points += score.place * bool(set(said.telling.places[:1]) & set(denial.telling.places))
    names = [name for name in (speaker.party, speaker.name.split(" ")[-1]) if name] if speaker else []
    if any(name.casefold()[: _STEM - 1] in {stem[: _STEM - 1] for stem in said.stems} for name in names):
        points += score.names_the_denier
    return points


def _same_words(a: _Said, b: _Said) -> bool:
    """Whether two assertions are one: of one speaker, or in nearly the same words."""
    if a.telling.speaker and b.telling.speaker and a.telling.speaker.name == b.telling.speaker.name:
        return True
    least = min(len(a.stems), len(b.stems)) or 1
    return len(a.stems & b.stems) >= 0.7 * least


def _topic(denial: _Said, said: _Said) -> str:
    """The place both name, and the words they share; of a denial that only points back, the other's words."""
    place = next((p for p in denial.telling.places if p in said.telling.places), "")
    both = denial.heavy & said.heavy or said.heavy
    words = sorted((said.text.casefold().find(said.written[s]), said.written[s]) for s in both)
    rest = [word for _, word in words if word not in place][:4]
    return ", ".join(filter(None, (place.title(), " ".join(rest))))


def blames(events: Iterable[Telling[Event]]) -> list[Answer]:
    """Two parties who tell of one event and each name the other as who did it."""
    shelves: dict[tuple[str, str], list[Telling[Event]]] = defaultdict(list)
    for telling in events:
        event = telling.item
        if event.status == "claimed" and (where := where_key(event.place)) and _accused(telling):
            shelves[event.kind, where].append(telling)
    return [answer for told in shelves.values() for answer in _pairs(told, _blame)]


def _blame(a: Telling[Event], b: Telling[Event]) -> str | None:
    one, other = days(a), days(b)
    if one is None or other is None or one[0] > other[1] or other[0] > one[1] or not _each_other(a, b):
        return None
    place = a.item.place.name if a.item.place else ""
    return f"{place}, {a.item.kind.replace('_', ' ')}, who did it"


def _each_other(a: Telling[Event], b: Telling[Event]) -> bool:
    return _party(a) in _accused(b) and _party(b) in _accused(a)


def _accused(telling: Telling[Event]) -> frozenset[str]:
    """The parties said to have done it; empty where the speaker's own is among them."""
    party = _party(telling)
    accused = frozenset(a.party for a in telling.item.actors if a.party)
    return frozenset() if party is None or party in accused else accused


def holdings(told: Iterable[Telling[Holding]]) -> list[Answer]:
    """Two parties who give one place to different holders within a few days."""
    shelves: dict[str, list[Telling[Holding]]] = defaultdict(list)
    for telling in told:
        if telling.item.holder and _party(telling) and telling.item.place.kind != "country":
            shelves[place_key(telling.item.place)].append(telling)
    return [answer for words in shelves.values() for answer in _pairs(words, _held)]


def _held(a: Telling[Holding], b: Telling[Holding]) -> str | None:
    first, then = (t.days[1] if t.days else t.report.published for t in (a, b))
    if a.item.holder == b.item.holder or first is None or then is None:
        return None
    if not timedelta(0) <= then - first <= timedelta(days=rules().reach.days_before):
        return None
    return f"{a.item.place.name}, who holds it"


def _pairs(told: Sequence[Telling[Any]], meet: Any) -> Iterator[Answer]:
    """Each two of other parties that `meet` gives a topic to; one of each pair of parties, the latest."""
    found: dict[tuple[str, str, str], Answer] = {}
    for n, answer in enumerate(told):
        for said in told[max(0, n - 30) : n]:
            one, other = _party(said), _party(answer)
            if one is None or other is None or one == other or not (topic := meet(said, answer)):
                continue
            key = (topic, *sorted((one, other)))
            found[key] = Answer(
                how="contradicted", topic=topic, said=(said,), answer=answer, score=1.0, why="both claim, not the same"
            )
    yield from found.values()


def _party(telling: Telling[Any]) -> str | None:
    return telling.speaker.party if telling.speaker else None
