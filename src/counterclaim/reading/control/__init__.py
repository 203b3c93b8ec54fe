"""Who holds what: places and their state of control, as told.

The words are data (`lexicon/control.toml`). A wish or a plan is no holding; a try at a place makes it contested, and a
failed one leaves it with the side whose land it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from counterclaim.language import Page, Sentence, at
from counterclaim.reading import statements
from counterclaim.reading.control.holders import Holders
from counterclaim.reading.control.sites import Sites, gap
from counterclaim.reading.events import status
from counterclaim.reading.events.frames import Frame, candidates, matches
from counterclaim.reading.events.triggers import Trigger, control_triggers
from counterclaim.types import Holding, Place, State, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from counterclaim.reading.actors import Cast
    from counterclaim.reading.places import Atlas
    from counterclaim.reading.times import Calendar

_TRY = frozenset({"try", "attempt", "fight", "battle", "struggle", "close", "edge", "effort", "bid"})
_GIVEN_UP = frozenset({"give", "abandon", "end", "drop", "halt", "stop"})
_WISHED = frozenset({"propose", "demand", "suggest", "recommend", "request", "urge", "ask"})
_LIFTED = frozenset({"lifting", "lift", "end", "ending", "breaking"})
_LIFT = frozenset({"lift", "break", "end", "relieve"})
_FAIL = frozenset({"fail", "failure", "unable"})
#: Kinds of place too wide to be fought over, or surrounded, as one.
_WIDE = {
    "contested": frozenset({"country", "region", "vague"}),
    "besieged": frozenset({"country"}),
    "controlled": frozenset({"country"}),
    "withdrawn": frozenset({"country"}),
}
#: States that a try at a place would bring about.
#: Names that a trigger may be part of: "Movement for the Liberation of Azawad".
_NAMED = frozenset({"ORG", "PERSON", "WORK_OF_ART", "EVENT"})
_TAKING = frozenset({"captured", "recaptured", "besieged"})


def find(page: Page, cast: Cast, calendar: Calendar, atlas: Atlas, said: tuple[Statement, ...]) -> tuple[Holding, ...]:
    """The holdings that `page` tells, in the order of the text."""
    sites = Sites(page, atlas, cast.conflict)

    def speaker(token: Token) -> str | None:
        carrier = statements.carrier(said, at(token))
        return carrier.speaker.party if carrier and carrier.speaker else None

    reader = _Reader(sites, Holders(cast, sites.land, page.sentences, speaker))
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


@dataclass
class _Reader:
    sites: Sites
    holders: Holders
    held: dict[str, str] = field(default_factory=dict)
    """Who holds which place, as told last."""

    def read(self, sentence: Sentence) -> Iterator[_Told]:
        """Each holding that one sentence tells, once for a place and state."""
        if sentence.tokens.text.rstrip().endswith("?"):
            return  # a question tells nothing
        seen: set[tuple[str, str, str | None]] = set()
        for frame, found, lemmas in candidates(sentence, control_triggers()):
            if not frame.role("object"):
                frame.role("object").extend(gap(frame.token))  # the list is the frame's own
            fitting = [t for t in found if matches(t, frame, lemmas)]
            if fitting and not (frame.token.pos_ == "PROPN" and frame.token.ent_type_ in _NAMED):
                trigger = max(fitting, key=lambda t: t.weight)
                for told in self._told(trigger, frame):
                    if (key := (told.place.name, told.state, told.holder)) not in seen:
                        seen.add(key)
                        yield told

    def _told(self, trigger: Trigger, frame: Frame) -> Iterator[_Told]:
        state = _state(trigger, frame.token)
        if state is None:
            return
        why = f"{trigger.pos[:-1]} {trigger.name!r}"
        found = self.sites.of(trigger.extra.get("place", ""), frame, bool(trigger.extra.get("anywhere")))
        self.holders.scene = next((p.country for p in found if p.country), self.holders.land)
        named = self.holders.of(trigger.extra.get("holder", ""), frame)
        by = self.holders.of(trigger.extra.get("by", ""), frame)
        if trigger.extra.get("named") and named is None:
            return
        if state != trigger.kind:
            named = by = None
        for place in found:
            if place.kind in _WIDE.get(state, ()):
                continue
            if place.kind == "country" and not self.sites.itself(trigger.extra.get("place", ""), frame, place):
                continue  # "captured a headquarters in Myanmar"
            if state == "captured" and named is None and trigger.kind == state:
                named = self._taker(trigger, frame, self.holders.owner(place))
            holder, besieger = self._holder(state, place, named, by)
            if state != trigger.kind and state == "controlled":
                holder = self.holders.owner(place)
            if trigger.extra.get("turn"):  # who drives the land's own army out, or flies a flag, retakes nothing
                state = "recaptured" if holder in {None, self.holders.owner(place)} else "captured"
            if besieger is None and (holder is None or state == "withdrawn"):
                continue
            if state == "controlled" and holder is not None:
                self.held[place.name] = holder
            yield _Told(frame.token, place, state, holder, besieger, why)

    def _taker(self, trigger: Trigger, frame: Frame, owner: str | None) -> str | None:
        """Who has taken a place where nobody is said to: who fights those that lost it."""
        loser = self.holders.of(trigger.extra.get("loser", ""), frame)
        if loser is not None:
            return owner if loser != owner else self.holders.occupier or self.holders.last(owner)
        if any(frame.role(role) for role in trigger.extra.get("holder", "").split()):
            return None
        return self.holders.announcer(frame.token, owner) or self.holders.occupier or self.holders.last(owner)

    def _holder(self, state: State, place: Place, named: str | None, by: str | None) -> tuple[str | None, str | None]:
        """Holder and besieger (or leaver), with what the words leave out filled in."""
        owner = self.holders.owner(place)
        occupier = self.holders.occupier
        if state == "contested":
            return "contested", None
        if state == "besieged":
            if by is None and occupier is None and (inside := self.held.get(place.name)) not in {None, owner}:
                return inside, owner  # "which they hold, and which is under siege"
            return named or (owner if owner != by else None), by or (occupier if occupier != owner else None)
        if state == "withdrawn":
            return (owner if by != owner else occupier), by
        if named is None:
            named = owner if state == "recaptured" else occupier
        return named, None


def _state(trigger: Trigger, token: Token) -> State | None:
    """The state told here: a try makes it contested, a failure leaves it, a plan or a denial is none."""
    state: State = trigger.extra["state"]
    governor = token.head.lemma_.lower()
    if token.dep_ == "pobj" and (c := token.head).i and c.nbor(-1).lower_ in {"not", "never"}:
        return None  # "the last city not in their hands"
    if state in _TAKING:
        over = {governor, token.head.head.lemma_.lower()}
        if token.head.head.lemma_.lower() in _GIVEN_UP and over & _TRY:
            return "controlled"
        if over & _TRY and token.dep_ in {"xcomp", "advcl", "acl", "pcomp"}:
            return "contested"
        if over & _FAIL and token.dep_ in {"xcomp", "acl", "pcomp"}:
            return "controlled"
    if token.tag_ == "VB" and token.dep_ in {"acl", "relcl"} and any(status.of(v) == "planned" for v in _above(token)):
        return None  # "it would be the first city to fall"
    bare = token.tag_ in {"VB", "VBP"} and not any(c.dep_ in {"aux", "auxpass"} for c in token.lefts)
    if bare and token.dep_ == "ccomp" and (token.tag_ == "VB" or governor in _WISHED):
        return None  # "proposed that they pull out"
    if state == "besieged" and token.dep_ == "pobj" and token.head.head.lemma_.lower() in _LIFTED:
        return None
    if state == "besieged" and token.dep_ in {"dobj", "nsubjpass"} and governor in _LIFT:
        done = token.head.tag_ in {"VBD", "VBG", "VBN"} and not any(c.lower_ in {"is", "are"} for c in token.head.lefts)
        return "controlled" if done and not status.read(token.head)[1] else "besieged"  # "broke the siege of the city"
    if token.dep_ == "nsubj" and token.pos_ == "NOUN" and any(c.tag_ == "MD" for c in token.head.lefts):
        return None  # "the fall of the city would be"
    return None if status.read(token)[1] else state


def _above(token: Token) -> list[Token]:
    """The verb over the noun that an infinitive hangs on."""
    return [a for a in token.ancestors if a.pos_ in {"VERB", "AUX"}][:1]
