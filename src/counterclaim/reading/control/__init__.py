"""Who holds what: places and their state of control, as told.

The words are data (`lexicon/control.toml`). A wish or a plan is no holding; a try at a place makes it contested, and a
failed one leaves it with the side whose land it is.
"""

from __future__ import annotations

import functools
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from counterclaim import countries
from counterclaim.language import Page, Sentence, at
from counterclaim.reading import statements
from counterclaim.reading.actors.bodies import clean
from counterclaim.reading.control.sites import Sites, gap, lexicon, table
from counterclaim.reading.events import roles, status
from counterclaim.reading.events.frames import Frame, candidates, matches
from counterclaim.reading.events.triggers import Trigger, control_triggers
from counterclaim.types import Holding, Place, State, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Span, Token

    from counterclaim.reading.actors import Cast
    from counterclaim.reading.places import Atlas
    from counterclaim.reading.times import Calendar

_TRY = frozenset({"try", "attempt", "fight", "battle", "struggle", "close", "edge", "effort", "bid"})
_GIVEN_UP = frozenset({"give", "abandon", "end", "drop", "halt", "stop"})
_LIFTED = frozenset({"lifting", "lift", "end", "ending", "breaking"})
_FAIL = frozenset({"fail", "failure", "unable"})
#: Who rises against a state is no part of it: "the Syrian opposition".
_RISEN = frozenset({"opposition", "rebel", "rebels", "insurgent", "insurgents", "jihadist", "jihadists", "guerrilla"})
_LED = frozenset({"led", "commanded", "headed"})
#: Kinds of place too wide to be fought over, or surrounded, as one.
_WIDE = {
    "contested": frozenset({"country", "region", "vague"}),
    "besieged": frozenset({"country"}),
    "controlled": frozenset({"country"}),
    "withdrawn": frozenset({"country"}),
}
#: Words of a phrase that goes back to a group: "the insurgents".
_SHORT = 2
#: States that a try at a place would bring about.
_TAKING = frozenset({"captured", "recaptured", "besieged"})


def find(page: Page, cast: Cast, calendar: Calendar, atlas: Atlas, said: tuple[Statement, ...]) -> tuple[Holding, ...]:
    """The holdings that `page` tells, in the order of the text."""
    reader = _Reader(cast, Sites(page, atlas), page.sentences)
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
    cast: Cast
    sites: Sites
    sentences: Sequence[Sentence] = ()
    groups: list[str] = field(default_factory=list)
    """Groups that fight, as they were named, the last one last."""

    def read(self, sentence: Sentence) -> Iterator[_Told]:
        """Each holding that one sentence tells, once for a place and state."""
        seen: set[tuple[str, str]] = set()
        for frame, found, lemmas in candidates(sentence, control_triggers()):
            if not frame.role("object"):
                frame.role("object").extend(gap(frame.token))  # the list is the frame's own
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
        for place in self.sites.of(trigger.extra.get("place", ""), frame, bool(trigger.extra.get("anywhere"))):
            if place.kind in _WIDE.get(state, ()):
                continue
            holder, besieger = self._holder(state, place, named, by)
            if state != trigger.kind and state == "controlled":
                holder = self._owner(place)
            if besieger is None and (holder is None or state == "withdrawn"):
                continue
            yield _Told(frame.token, place, state, holder, besieger, why)

    def _holder(self, state: State, place: Place, named: str | None, by: str | None) -> tuple[str | None, str | None]:
        """Holder and besieger (or leaver), with what the words leave out filled in."""
        owner = self._owner(place)
        occupier = table("occupiers").get(self.cast.conflict.name)
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
            named = frame.role(role) or (_thought(frame.token) if role == "subject" else [])
            for token in [c for t in named for c in t.rights if c.dep_ == "appos"] + named:
                if party := self._named(token):
                    return party
            if role == "subject" and not named and (party := self._code(frame.token)):
                return party
        return None

    def _named(self, token: Token) -> str | None:
        """The party that a noun phrase names, else the group that it goes back to, else what it calls the fighters."""
        phrase = roles.phrase(token)
        if own := _proper(phrase):
            self.groups.append(own)
            return own
        actor = self.cast.actor(phrase)
        party = self.cast.party(phrase.text) or (actor.party if actor else None)
        name = (actor.name if actor else "").lower().split()
        words = {t.lemma_.lower() for t in phrase if t.dep_ != "det"} | {w.removesuffix("s") for w in name}
        if len(words) > 1 and words & _RISEN and (party is None or self.cast.conflict.is_state(party)):
            return self._led(token) or clean(phrase.text if actor is None else actor.name)
        lemma = token.lemma_.lower()
        if party and party.lower().split()[-1].removesuffix("s") in lexicon("fighters"):
            party = None  # "insurgents" names nobody
        if party := party or self._led(token):
            if actor is not None and actor.kind == "armed_group" and not self.cast.conflict.is_state(party):
                self.groups.append(party)
            return party
        if lemma in lexicon("fighters") and token.pos_ != "PROPN":
            whose = (o for p in token.rights if p.lower_ == "of" for o in p.rights if o.dep_ == "pobj")
            if party := next((p for o in whose if (p := self._named(o))), None):
                return party
            if len(phrase) <= _SHORT and (group := self.groups[-1] if self.groups else self._usual):
                return group
        if lemma in lexicon("regulars") and self.cast.conflict.name not in table("occupiers") and self.sites.land:
            return self.cast.party(f"{self.sites.land}'s army") or self.sites.land
        if actor is not None and actor.kind in {"armed_group", "state"} and token.pos_ != "PRON":
            return actor.name
        return clean(phrase.text) if lemma in lexicon("fighters") - {"group"} and token.pos_ == "NOUN" else None

    @functools.cached_property
    def _usual(self) -> str | None:
        """The group that fights on this page and no state's, named most."""
        bodies = (e for s in self.sentences for e in s.tokens.ents if e.label_ in {"ORG", "NORP"})
        actors = (a for e in bodies if (a := self.cast.actor(e)) and a.kind == "armed_group")
        parties = Counter(a.party for a in actors if a.party and not self.cast.conflict.is_state(a.party))
        return parties.most_common(1)[0][0] if parties else None

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


def _proper(phrase: Span) -> str | None:
    """A group that fights under a proper name of no country: "the White Army"."""
    names = [t for t in phrase if t.dep_ != "det"]
    if len(names) < _SHORT or names[-1].lower_ not in lexicon("bodies") or any(t.pos_ != "PROPN" for t in names):
        return None
    if any(countries.find(t.text) or countries.demonym(t.text) for t in names):
        return None
    return clean(" ".join(t.text for t in names))


def _thought(verb: Token) -> list[Token]:
    """Who does what is thought of them: "the rebels are believed to control the town"."""
    passive = verb.dep_ == "xcomp" and [c for c in verb.head.lefts if c.dep_ == "nsubjpass"]
    return passive or []


def _state(trigger: Trigger, token: Token) -> State | None:
    """The state told here: a try makes it contested, a failure leaves it, a plan or a denial is none."""
    state: State = trigger.extra["state"]
    governor = token.head.lemma_.lower()
    if state in _TAKING:
        over = {governor, token.head.head.lemma_.lower()}
        if token.head.head.lemma_.lower() in _GIVEN_UP and over & _TRY:
            return "controlled"
        if over & _TRY and token.dep_ in {"xcomp", "advcl", "acl", "pcomp"}:
            return "contested"
        if over & _FAIL and token.dep_ in {"xcomp", "acl", "pcomp"}:
            return "controlled"
    if state == "besieged" and token.dep_ == "pobj" and token.head.head.lemma_.lower() in _LIFTED:
        return None
    if token.dep_ == "nsubj" and token.pos_ == "NOUN" and any(c.tag_ == "MD" for c in token.head.lefts):
        return None  # "the fall of the city would be"
    return None if status.read(token)[1] else state
