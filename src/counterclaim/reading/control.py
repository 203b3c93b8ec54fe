"""Who holds what: places and their state of control, as told.

The words are data (`lexicon/control.toml`). A wish or a plan is no holding; a try at a place makes it contested, and a
failed one leaves it with the side whose land it is.
"""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass, field
from importlib import resources
from typing import TYPE_CHECKING

from counterclaim.language import Page, Sentence, at
from counterclaim.reading import statements
from counterclaim.reading.actors.bodies import clean
from counterclaim.reading.events import roles, status, where
from counterclaim.reading.events.frames import Frame, candidates, mark, matches
from counterclaim.reading.events.triggers import Trigger, control_triggers, words
from counterclaim.types import Holding, Place, PlaceMention, State, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spacy.tokens import Token

    from counterclaim.reading.actors import Cast
    from counterclaim.reading.places import Atlas
    from counterclaim.reading.times import Calendar

_TRY = frozenset({"try", "attempt", "fight", "battle", "struggle", "close", "edge"})
_FAIL = frozenset({"fail", "failure", "unable"})
#: Who rises against a state is no part of it: "the Syrian opposition".
_RISEN = frozenset({"opposition", "rebel", "rebels", "insurgent", "insurgents", "jihadist", "jihadists", "guerrilla"})
_LED = frozenset({"led", "commanded", "headed"})
_INSIDE = frozenset({"of", "in", "at", "near", "around"})
#: Kinds of place too wide to be fought over, or surrounded, as one.
_WIDE = {
    "contested": frozenset({"country", "region", "vague"}),
    "besieged": frozenset({"country"}),
    "controlled": frozenset({"country"}),
    "withdrawn": frozenset({"country"}),
}
_WATERS = frozenset({"sea", "river", "lake", "strait", "continent", "bloc"})
#: States that a try at a place would bring about.
_TAKING = frozenset({"captured", "recaptured", "besieged"})


@functools.cache
def _occupiers() -> Mapping[str, str]:
    text = (resources.files("counterclaim.lexicon") / "control.toml").read_text("utf-8")
    table: dict[str, str] = tomllib.loads(text)["occupiers"]
    return table


def find(page: Page, cast: Cast, calendar: Calendar, atlas: Atlas, said: tuple[Statement, ...]) -> tuple[Holding, ...]:
    """The holdings that `page` tells, in the order of the text."""
    mark(page, atlas)
    reader = _Reader(cast, atlas)
    found: list[Holding] = []
    first: dict[tuple[str, str, str | None], str] = {}
    for sentence in page.sentences:
        for told in reader.read(sentence):
            carrier = statements.carrier(said, at(told.token))
            key = (told.place.name, told.state, told.holder)
            holding = Holding(
                id=f"h{len(found) + 1}",
                place=told.place,
                state=told.state,
                sentence=sentence.span,
                trigger=at(told.token),
                holder=told.holder,
                by=told.by,
                when=calendar.of(told.token),
                claimed_by=carrier.speaker if carrier else None,
                statement=carrier.id if carrier else None,
                same_as=first.get(key),
                why=told.why,
            )
            first.setdefault(key, holding.id)
            found.append(holding)
    return tuple(found)


@dataclass(frozen=True)
class _Told:
    token: Token
    place: Place
    state: State
    holder: str | None
    by: str | None
    why: str


@dataclass(frozen=True)
class _Reader:
    cast: Cast
    atlas: Atlas
    _by_start: dict[int, tuple[PlaceMention, ...]] = field(default_factory=dict)

    def read(self, sentence: Sentence) -> Iterator[_Told]:
        """Each holding that one sentence tells, once for a place and state."""
        seen: set[tuple[str, str]] = set()
        for frame, found, lemmas in candidates(sentence, control_triggers()):
            fitting = [t for t in found if matches(t, frame, lemmas)]
            if fitting:
                trigger = max(fitting, key=lambda t: t.weight)
                for told in self._told(trigger, frame):
                    if (told.place.name, told.state) not in seen:
                        seen.add((told.place.name, told.state))
                        yield told

    def _told(self, trigger: Trigger, frame: Frame) -> Iterator[_Told]:
        state = _state(trigger, frame.token)
        if state is None:
            return
        why = f"{trigger.pos[:-1]} {trigger.name!r}"
        named = self._party(trigger.extra.get("holder", ""), frame)
        by = self._party(trigger.extra.get("by", ""), frame)
        if trigger.extra.get("named") and named is None:
            return
        if state != trigger.kind:
            named = by = None
        for place in self._places(trigger, frame):
            if place.kind in _WIDE.get(state, ()):
                continue
            holder, besieger = self._holder(state, place, named, by)
            if state != trigger.kind and state == "controlled":
                holder = self._owner(place)
            if (besieger if state in {"besieged", "withdrawn"} else holder) is None:
                continue
            yield _Told(frame.token, place, state, holder, besieger, why)

    def _holder(self, state: State, place: Place, named: str | None, by: str | None) -> tuple[str | None, str | None]:
        """Holder and besieger (or leaver), with what the words leave out filled in."""
        owner = self._owner(place)
        occupier = _occupiers().get(self.cast.conflict.name)
        if state == "contested":
            return "contested", None
        if state == "besieged":
            return owner if owner != by else None, by or (occupier if occupier != owner else None)
        if state == "withdrawn":
            return (owner if by != owner else occupier), by
        if named is None:
            named = owner if state == "recaptured" else occupier
        return named, None

    def _owner(self, place: Place) -> str | None:
        """The side whose land a place is: that of the country's army, which in a civil war is a side of its own."""
        if not place.country:
            return None
        return self.cast.party(f"{place.country}'s army") or self.cast.party(place.country)

    def _party(self, names: str, frame: Frame) -> str | None:
        """The first role that names a party."""
        for role in names.split():
            named = frame.role(role)
            for token in [c for t in named for c in t.rights if c.dep_ == "appos"] + named:
                phrase = roles.phrase(token)
                actor = self.cast.actor(phrase)
                party = self.cast.party(phrase.text) or (actor.party if actor else None)
                words = {t.lemma_.lower() for t in phrase} | set((actor.name if actor else "").lower().split())
                if len(words) > 1 and words & _RISEN and (party is None or self.cast.conflict.is_state(party)):
                    return self._led(token) or clean(phrase.text if actor is None else actor.name)
                if party := party or self._led(token):
                    return party
                if actor is not None and actor.kind in {"armed_group", "state"}:
                    return actor.name
            if role == "subject" and not named and (party := self._code(frame.token)):
                return party
        return None

    def _led(self, token: Token) -> str | None:
        """Who leads a force: "forces led by HTS"."""
        by = (c for t in token.rights if t.lower_ in _LED for c in t.rights if c.lower_ == "by")
        parties = (self.cast.party(roles.phrase(o).text) for c in by for o in c.rights if o.dep_ == "pobj")
        return next((party for party in parties if party), None)

    def _code(self, verb: Token) -> str | None:
        """A party in capitals before a verb, which the parser takes for a word: "IS still controls the town"."""
        for i in range(verb.i - 1, max(verb.i - 3, verb.sent.start) - 1, -1):
            word = verb.doc[i]
            if word.text.isupper() and len(word.text) > 1:
                return self.cast.party(word.text)
            if word.pos_ not in {"ADV", "AUX"}:
                return None
        return None

    def _places(self, trigger: Trigger, frame: Frame) -> list[Place]:
        """The places of the first role that names any; for "the city", what the atlas says of the trigger."""
        filled, earlier = False, list[Place]()
        for role in trigger.extra.get("place", "").split():
            found: dict[str, Place] = {}
            for token in frame.role(role):
                filled = filled or token.lemma_.lower() in _definite()
                back = where.back(self.atlas, token)
                earlier = earlier or back
                named = self._named(token)
                if back and all(place.kind in where.AREAS for place in named):
                    named = back  # "the city in the east of the country"
                for place in named:
                    found.setdefault(place.name, place)
            if found:
                return list(found.values())
        if earlier:
            return earlier
        guess = self.atlas.of(frame.token) if filled or trigger.extra.get("anywhere") else None
        return [guess] if guess and guess.kind not in {"country", *_WATERS} else []

    def _named(self, token: Token) -> list[Place]:
        """The place that a noun phrase names: itself, or for a common noun "the city, X", "city of X", "X region"."""
        if place := self._at(token):
            return [place]
        if token.pos_ == "PROPN":  # "Hama City"
            place = self._before(token) if token.lemma_.lower() in _definite() else None
            return [place] if place else []
        if token.dep_ == "appos" and (place := self._at(token.head)):
            return [place]
        for heads in (
            [c for c in token.children if c.dep_ == "appos"],
            [o for p in token.rights if p.lower_ in _INSIDE for o in p.rights if o.dep_ == "pobj"],
            [c for c in token.lefts if c.dep_ in {"compound", "nmod"} and c.ent_type_ != "NORP"],
        ):
            found = [p for h in heads for t in (h, *h.conjuncts) if (p := self._at(t) or self._before(t))]
            if found := [p for p in found if p.kind not in _WATERS]:
                return found
        return []

    def _before(self, token: Token) -> Place | None:
        """The name that the parser hung before a common noun: "Lyman east of Izyum"."""
        return next((p for c in token.lefts if c.dep_ == "compound" and (p := self._at(c))), None)

    def _at(self, token: Token) -> Place | None:
        """The place whose name a token is part of."""
        span = at(token)
        mentions = self._by_start.get(id(token.doc)) or self._index(token)
        return next((m.place for m in mentions if m.span.covers(span) and not m.metonym), None)

    def _index(self, token: Token) -> tuple[PlaceMention, ...]:
        mentions = self.atlas.within(at(token.doc[:]))
        self._by_start[id(token.doc)] = mentions
        return mentions


@functools.cache
def _definite() -> frozenset[str]:
    """Common nouns that go back to a place named before: "the city", "the plant"."""
    return words("place") | words("facility")


def _state(trigger: Trigger, token: Token) -> State | None:
    """The state told here: a try makes it contested, a failure leaves it, a plan or a denial is none."""
    state: State = trigger.extra["state"]
    governor = token.head.lemma_.lower()
    if state in _TAKING:
        over = {governor, token.head.head.lemma_.lower()}
        if over & _TRY and token.dep_ in {"xcomp", "advcl", "acl", "pcomp"}:
            return "contested"
        if over & _FAIL and token.dep_ in {"xcomp", "acl", "pcomp"}:
            return "controlled"
    return None if status.read(token)[1] else state
