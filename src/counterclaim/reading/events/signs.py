"""What speaks for a place as the scene of an event: short signs, which the ranker weighs.

A sign is a word or two joined by "|": "here" (named in the sentence), "prep=in", "blow|back=2" (a blow, the place named
two sentences before). Families of kinds stand in `lexicon/kinds/_families.toml`. Training and reading use this same
file. Each event has at most some two dozen candidates, so that a long page costs in line with its length.
"""

from __future__ import annotations

import functools
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from counterclaim.reading import statements
from counterclaim.reading.events import where

if TYPE_CHECKING:
    from spacy.tokens import Token

    from counterclaim.language import Sentence
    from counterclaim.reading.actors import Cast
    from counterclaim.reading.events.frames import Frame
    from counterclaim.reading.events.where import Scene
    from counterclaim.reading.places import Atlas
    from counterclaim.reading.places.atlas import Sighting
    from counterclaim.types import Place, Statement

#: Candidates besides those of the sentence: so many named last before it, and so many that the page names most.
_BEFORE, _MOST = 8, 8
#: Roles of a trigger that may name a candidate.
_ROLES = (*where.SCENE, "subject", "for", "by", "with")
_HEADS = frozenset({"headline", "standfirst"})


@functools.cache
def families() -> Mapping[str, str]:
    """The family of each kind of event."""
    text = (resources.files("counterclaim.lexicon") / "kinds" / "_families.toml").read_text("utf-8")
    return {kind: family for family, kinds in tomllib.loads(text).items() for kind in kinds.split()}


@dataclass(frozen=True, slots=True)
class Row:
    """An event whose scene is being looked for: `scene` is the rules' answer, `voice` the statement it stands in."""

    kind: str
    frame: Frame
    sentence: Sentence
    scene: Scene
    voice: str | None
    actors: frozenset[str]
    targets: frozenset[str]


@dataclass(slots=True)
class _Spot:
    """A place of the page: its sightings, how often it is named as a place, and whether the page's head names it."""

    place: Place
    sort: str
    seen: list[Sighting]
    named: int
    head: bool


class Signs:
    """The candidates of one page's events and what speaks for each. `rows` are in the order of the text."""

    def __init__(
        self, rows: Sequence[Row], atlas: Atlas, cast: Cast, land: str, said: tuple[Statement, ...] = ()
    ) -> None:
        self._rows, self._atlas, self._cast, self._land, self._said = rows, atlas, cast, land, said
        self._spots: dict[str, _Spot] = {}
        for s in atlas.sightings:
            place = s.mention.place
            spot = self._spots.setdefault(place.name, _Spot(place, _sort(place), [], 0, False))
            spot.seen.append(s)
            spot.named += not s.mention.metonym
            spot.head |= s.sentence.passage.kind in _HEADS
        self._total = sum(len(spot.seen) for spot in self._spots.values())
        self._most = sorted(self._spots, key=lambda name: -self._spots[name].named)[:_MOST]
        self._indices = [s.sentence.index for s in atlas.sightings]
        self._beside: dict[int, list[Row]] = {}
        self._last: list[tuple[Row | None, Row | None]] = []
        self._always: dict[tuple[str, str], tuple[str, ...]] = {}
        self._alike()

    def _alike(self) -> None:
        """For each row the last one before it of its kind, and of its family, whose own sentence told the scene."""
        last: dict[str, Row] = {}
        for row in self._rows:
            family = f"family {families()[row.kind]}"
            self._last.append((last.get(row.kind), last.get(family)))
            self._beside.setdefault(row.sentence.index, []).append(row)
            if row.scene.place is not None and row.scene.step in where.SURE:
                last[row.kind] = last[family] = row

    def of(self, n: int) -> list[tuple[Place, list[str]]]:
        """The candidates of row `n`, each with its signs; the rules' answer is among them where they gave one."""
        row = self._rows[n]
        shared = _Shared(row)
        return [(spot.place, self._signs(n, row, spot, shared)) for spot in self._candidates(row)]

    def _candidates(self, row: Row) -> list[_Spot]:
        index, seen = row.sentence.index, self._atlas.sightings
        names: dict[str, None] = {}
        n = bisect_left(self._indices, index)
        for s in seen[n : bisect_left(self._indices, index + 1)]:
            names[s.mention.place.name] = None
        here = len(names)
        while n and len(names) < here + _BEFORE:
            n -= 1
            names[seen[n].mention.place.name] = None
        names.update(dict.fromkeys(self._most))
        for name in (row.scene.place.name if row.scene.place else "", self._land):
            if name in self._spots:
                names[name] = None
        return [self._spots[name] for name in names]

    def _signs(self, n: int, row: Row, spot: _Spot, shared: _Shared) -> list[str]:
        key = spot.place.name, shared.family
        if (always := self._always.get(key)) is None:
            always = self._always[key] = tuple(self._itself(spot, shared.family))
        found, index = [*always], row.sentence.index
        first = bisect_left(spot.seen, index, key=_index)
        here = spot.seen[first : bisect_left(spot.seen, index + 1, key=_index)]
        found.append(f"{shared.head}|{'here' if here else 'away'}")
        found += self._here(row, here, shared) if here else self._away(spot.seen[:first], row, spot.sort)
        found += self._rule(row.scene, spot, shared.family)
        found += self._told(n, row, spot.place.name, shared)
        if spot.sort == "land" and (row.actors or row.targets) and (party := self._cast.party(spot.place.name)):
            part = "actor" if party in row.actors else "target" if party in row.targets else "third"
            found += (part, f"{shared.family}|{part}")
        return found

    def _itself(self, spot: _Spot, family: str) -> Iterator[str]:
        """What it is, and what it is to the page."""
        name, sort = spot.place.name, spot.sort
        yield f"is={sort}"
        yield f"{family}|is={sort}"
        if not spot.named:
            yield "government"
        yield f"share={_step(spot.named / self._total, 0.02, 0.05, 0.1, 0.2, 0.35)}"
        if spot.head:
            yield "head"
            yield f"{sort}|head"
        if self._atlas.main is not None and name == self._atlas.main.name:
            yield "main"
            yield f"{sort}|main"
        if name == self._land:
            yield "land"
            yield f"{family}|land"

    def _here(self, row: Row, here: list[Sighting], shared: _Shared) -> Iterator[str]:
        """Named in the sentence: how far off, behind which preposition, in which role, in whose words."""
        token = row.frame.token
        ways = [(s.way(token), abs(s.head.i - token.i), s) for s in here]
        (steps, preposition, actor), _, best = min(ways, key=lambda w: (w[0][0], w[1]))
        family = shared.family
        yield f"steps={_step(steps, 0, 1, 2, 3, 5, 8, 12)}"
        yield f"prep={preposition}"
        yield f"{family}|prep={preposition}"
        if actor:
            yield "acts"
        if best.mention.metonym:
            yield "metonym"
        if not best.scene:
            yield "no scene"
        if best.holds is not None:
            yield "holds"
        voice = statements.carrier(self._said, best.mention.span)
        yield "same voice" if (voice.id if voice else None) == row.voice else "other voice"
        role = next((r for r, tokens in shared.roles if any(where.names(best.mention, t) for t in tokens)), "none")
        yield f"role={role}"
        yield f"{family}|role={role}"

    def _away(self, before: list[Sighting], row: Row, sort: str) -> Iterator[str]:
        """Not named in the sentence: how long ago."""
        last = next((s for s in reversed(before) if not s.mention.metonym), None)
        if last is None:
            yield "not yet"
            return
        back = _step(row.sentence.index - last.sentence.index, 1, 2, 4, 8, 20)
        yield f"back={back}"
        yield f"{sort}|back={back}"
        if last.sentence.paragraph == row.sentence.paragraph:
            yield "paragraph"
            yield f"{sort}|paragraph"

    def _rule(self, scene: Scene, spot: _Spot, family: str) -> Iterator[str]:
        """What the rules say: this place, one that lies in it, or one that it lies in."""
        place, step = scene
        if place is None:
            return
        if place.name == spot.place.name:
            yield "rule"
            yield f"rule={step}"
            yield f"rule={step}|is={spot.sort}"
            yield f"rule={step}|{family}"
        elif spot.sort == "land" and place.country == spot.place.name:
            yield "round rule"
            yield f"round rule={step}"
            yield f"round rule|{family}"
        elif spot.sort == "area" and place.admin1 and place.admin1 in spot.place.name:
            yield f"area of rule={step}"
        elif place.kind == "country" and spot.place.country == place.name:
            yield "in rule"
            yield f"in rule={step}"

    def _told(self, n: int, row: Row, name: str, shared: _Shared) -> Iterator[str]:
        """What other events of the page say: the last one alike, and those of its sentence."""
        family = shared.family
        for what, last in zip(("kind", "family"), self._last[n], strict=True):
            if last is not None and last.scene.place is not None and last.scene.place.name == name:
                yield f"last {what}={_step(row.sentence.index - last.sentence.index, 0, 1, 3, 8)}"
                yield f"last {what}|{shared.noun}"
                if what == "family":
                    yield f"{family}|last"
                elif last.frame.token.lemma_.lower() == row.frame.token.lemma_.lower():
                    yield "last word"
        beside = [r.scene for r in self._beside[row.sentence.index] if r is not row and r.scene.place is not None]
        if beside:
            same = [s for s in beside if s.place is not None and s.place.name == name]
            yield "beside" if same else "not beside"
            if any(s.step in {"role", "near"} for s in same):
                yield f"beside|{family}"


class _Shared:
    """What is the same for all candidates of a row."""

    def __init__(self, row: Row) -> None:
        token, kind = row.frame.token, row.sentence.passage.kind
        self._row = row
        self.family = families()[row.kind]
        self.head = kind if kind in _HEADS else "body"
        noun = "noun" if token.pos_ in {"NOUN", "PROPN"} else "verb"
        self.noun = f"the {noun}" if where.given(token) else noun

    @functools.cached_property
    def roles(self) -> list[tuple[str, list[Token]]]:
        """The roles of the trigger that are filled."""
        return [(role, tokens) for role in _ROLES if (tokens := self._row.frame.role(role))]


def _sort(place: Place) -> str:
    if place.kind == "country":
        return "land"
    if place.kind in where.AREAS:
        return "area"
    return "town" if place.kind in where.TOWNS else "site" if place.kind in where.SITES else "odd"


def _index(sighting: Sighting) -> int:
    return sighting.sentence.index


def _step(number: float, *edges: float) -> str:
    """The first edge that a number does not go beyond, or "more"."""
    for edge in edges:
        if number <= edge:
            return str(edge)
    return "more"


__all__ = ["Row", "Signs", "families"]
