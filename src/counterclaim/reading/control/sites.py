"""Where a state of control holds: the places of a trigger, also those that the gazetteer does not know.

A proper name that the page calls a town ("Adan Yabaal, a town in"), or that its language pipeline takes for a place, is
a place without coordinates. "It", "the city" and "there" go back to the place told last, leaving aside one that only
says how far away another is ("70km north of Bangui").
"""

from __future__ import annotations

import functools
import tomllib
from importlib import resources
from typing import TYPE_CHECKING

from counterclaim import countries
from counterclaim.language import at
from counterclaim.reading.events import where
from counterclaim.reading.events.frames import mark
from counterclaim.reading.events.triggers import words
from counterclaim.types import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spacy.tokens import Token

    from counterclaim.language import Page
    from counterclaim.reading.events.frames import Frame
    from counterclaim.reading.places import Atlas
    from counterclaim.types import PlaceMention

_INSIDE = frozenset({"of", "in", "at", "near", "around"})
#: Prepositions behind which a place only says where another one is.
_BESIDE = frozenset({"of", "from", "near", "outside", "between", "to", "towards", "toward"})
_WATERS = frozenset({"sea", "river", "lake", "strait", "continent", "bloc"})
_DEFINITE = frozenset({"the", "this", "that", "its", "their", "whose"})
_PRONOUNS = frozenset({"it", "them", "there"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_NO_PLACES = frozenset({"DATE", "TIME", "NORP", "EVENT", "ORG"})
_WHERE = frozenset({"in", "inside", "around", "near", "outside"})
_TOWNS = frozenset({"town", "city", "capital", "village", "unknown"})
#: Characters over which "it" goes back to a place.
_NEAR = 200


@functools.cache
def table(name: str) -> Mapping[str, str]:
    """One plain table of `lexicon/control.toml`."""
    text = (resources.files("counterclaim.lexicon") / "control.toml").read_text("utf-8")
    found: dict[str, str] = tomllib.loads(text)[name]
    return found


@functools.cache
def lexicon(name: str) -> frozenset[str]:
    """A list of words of `lexicon/control.toml`."""
    return frozenset(table("words")[name].split())


class Sites:
    """The places of one page that may be held, taken or fought over."""

    def __init__(self, page: Page, atlas: Atlas) -> None:
        self._atlas = atlas
        self._within: dict[int, tuple[PlaceMention, ...]] = {}
        main = atlas.main
        self._country = main.country or (main.name if main.kind == "country" else None) if main else None
        self._names: dict[str, Place] = {}
        for mention in atlas.mentions:
            if not mention.metonym:
                self._names.setdefault(mention.span.of(page.text).casefold(), mention.place)
        mark(page, atlas)
        named = (t for s in page.sentences for t in s.tokens if t.pos_ == "PROPN" and t.dep_ != "compound")
        self._heads = [(token, _name(token)) for token in named]
        self._unknown()

    def _unknown(self) -> None:
        """Learn the names of places that the atlas does not know, and note on the page where they stand."""
        for token, name in self._heads:
            if _described(token) and not self._at(token) and not countries.find(name) and not countries.demonym(name):
                place = Place(name=name, kind="unknown", country=self._country, precision=6)
                self._names.setdefault(name.casefold(), place)
        for token, name in self._heads:
            if name.casefold() in self._names and token.ent_type_ != "NORP":
                token.doc.user_data.setdefault("places", set()).add(token.i)

    @functools.cached_property
    def _trail(self) -> list[tuple[int, Place]]:
        """The towns and sites that a later "it" may mean, with the start of the last word of their names."""
        told = ((token, self._at(token)) for token, _ in self._heads)
        return [(at(t).start, p) for t, p in told if p and p.kind not in where.AREAS | _WATERS and not _aside(t)]

    @property
    def land(self) -> str | None:
        """The country that the page tells of."""
        return self._country

    def of(self, roles: str, frame: Frame, anywhere: bool) -> list[Place]:
        """The places of the first of `roles` that names any, a town before its region; else one gone back to.

        `anywhere`: where the trigger has no such role, the place that the sentence tells of.
        """
        filled, empty, earlier, wide = False, True, list[Place](), list[Place]()
        for role in roles.split():
            found: dict[str, Place] = {}
            for token in _filling(role, frame):
                filled, empty = filled or _points_back(token), False
                back = self._back(token)
                earlier = earlier or back
                named = self._named(token) or self._new(role, token)
                if back and all(place.kind in where.AREAS for place in named):
                    named = back  # "the city in the east of the country"
                for place in named:
                    found.setdefault(place.name, place)
            if any(place.kind not in where.AREAS for place in found.values()):
                return list(found.values())
            wide = wide or list(found.values())  # "around Popasna, in Luhansk"
        if wide or earlier:
            return wide or earlier
        guess = self._atlas.of(frame.token) if filled or (anywhere and empty) else None
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
        if token.dep_ == "attr":  # "Karabakh is a region which"
            found = [p for c in token.head.lefts if c.dep_ == "nsubj" and (p := self._at(c))]
            if found:
                return found
        for heads in (
            [c for c in token.children if c.dep_ == "appos"],
            [o for p in token.rights if p.lower_ in _INSIDE for o in p.rights if o.dep_ == "pobj"],
            [c for c in token.lefts if c.dep_ in {"compound", "nmod"} and c.ent_type_ != "NORP"],
        ):
            found = [
                p for h in heads for t in (h, *h.conjuncts) if (p := self._at(t) or self._before(t) or self._of(t))
            ]
            if found := [p for p in found if p.kind not in _WATERS]:
                return found
        return []

    def _of(self, token: Token) -> Place | None:
        """The name of a settlement: "near the city of X"."""
        if token.lemma_.lower() not in lexicon("settled"):
            return None
        of = (o for p in token.rights if p.lower_ == "of" for o in p.rights if o.dep_ == "pobj")
        return next((p for o in of if (p := self._at(o))), None)

    def _before(self, token: Token) -> Place | None:
        """The name that the parser hung before a common noun: "Lyman east of Izyum"."""
        return next((p for c in token.lefts if c.dep_ == "compound" and (p := self._at(c))), None)

    def _at(self, token: Token) -> Place | None:
        """The place whose name a token is part of."""
        span = at(token)
        mentions = self._within.get(id(token.doc))
        if mentions is None:
            mentions = self._within[id(token.doc)] = self._atlas.within(at(token.doc[:]))
        found = [m for m in mentions if m.span.covers(span)]
        if found or token.pos_ != "PROPN":
            return next((m.place for m in found if not m.metonym), None)
        return self._names.get(_name(token).casefold())

    def _new(self, role: str, token: Token) -> list[Place]:
        """A name that can only be a place's here: "battles in X"."""
        if role not in _WHERE or token.pos_ != "PROPN" or token.ent_type_ in _NO_PLACES or token.is_upper:
            return []
        return [Place(name=_name(token), kind="unknown", country=self._country, precision=6)]

    def _back(self, token: Token) -> list[Place]:
        """The place told last before a pronoun or "the city" that fits it."""
        town = token.lemma_.lower() in words("town") and any(c.lower_ in _DEFINITE for c in token.lefts)
        if not town and token.lower_ not in _PRONOUNS:
            return where.back(self._atlas, token)
        left = token.left_edge.i - 2
        named = left >= token.sent.start and token.doc[left + 1].text == "," and token.doc[left].pos_ == "PROPN"
        if named and (place := self._at(token.doc[left])):  # "the road to X, the capital"
            return [place]
        start = at(token).start
        near = (place for told, place in reversed(self._trail) if told < start and (town or start - told < _NEAR))
        lemma = token.lemma_.lower()
        fits = (p for p in near if not town or p.kind in _TOWNS or lemma in p.name.lower().split())
        found = next(fits, None)
        return [found] if found else []


def _filling(role: str, frame: Frame) -> Sequence[Token]:
    """The tokens of a role, a share by what it is a share of; "in and around the town" has one object for both."""
    found = list(_whole(frame.role(role)))
    if not found:
        preps = [p for p in frame.role("prep") if p.lower_ == role]
        found = [o for p in preps for c in p.conjuncts for o in c.rights if o.dep_ == "pobj"]
    return found


def _whole(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        share = lexicon("share") & {token.lemma_.lower(), token.lower_} or token.pos_ in {"NUM", "DET"}
        of = [o for p in token.rights if p.lower_ == "of" for o in p.rights if o.dep_ == "pobj"] if share else []
        if of:
            yield from (t for o in of for t in (o, *o.conjuncts))
        else:
            yield token


def gap(verb: Token) -> list[Token]:
    """What a relative clause takes from the noun it hangs on: "the town, which they have been trying to capture"."""
    top = verb
    while top.dep_ == "xcomp" and top.head.i != top.i:
        top = top.head
    relative = any(c.tag_ in {"WDT", "WP"} for c in (*verb.lefts, *top.lefts))
    subject = any(c.dep_ == "nsubj" and c.tag_ not in {"WDT", "WP"} for c in top.lefts)
    if not (relative and subject) or any(c.dep_ == "dobj" and c.tag_ not in {"WDT", "WP"} for c in verb.rights):
        return []
    return [top.head] if top.dep_ in {"relcl", "acl"} and top.head.pos_ in {"NOUN", "PROPN"} else []


def _points_back(token: Token) -> bool:
    """Whether a common noun is one told before ("the city"), not some ("several towns", "occupied territories")."""
    if token.lemma_.lower() not in _definite():
        return False
    lefts = {c.lower_ for c in token.lefts}
    return not token.tag_.endswith("S") and bool(lefts & _DEFINITE)


def _aside(token: Token) -> bool:
    """Whether a name only says where something else is: "70km north of X", "near X"."""
    head = token.head
    if token.dep_ != "pobj" or head.lower_ not in _BESIDE:
        return False
    return head.lower_ != "of" or head.head.pos_ in {"ADV", "NUM"} or head.head.lemma_.lower() in lexicon("direction")


def _described(token: Token) -> bool:
    """Whether a name is called a place: "X, a town in", "the city of X", or by the pipeline's label."""
    if token.lemma_.lower() in _definite():  # "Hama City"
        return False
    if token.ent_type_ in _PLACES:
        return True
    if any(c.dep_ == "appos" and c.lemma_.lower() in lexicon("settled") for c in token.rights):
        return True
    head = token.head
    of = token.dep_ == "pobj" and head.lower_ == "of" and head.head.lemma_.lower() in lexicon("settled")
    return of or (token.dep_ == "appos" and head.lemma_.lower() in lexicon("settled"))


def _name(token: Token) -> str:
    """A proper name up to its head: "Adan Yabaal"."""
    doc, left = token.doc, token.i
    while left and not doc[left].is_sent_start:
        before = doc[left - 1]
        if before.pos_ != "PROPN" or before.dep_ != "compound":
            break
        left -= 1
    return token.text if left == token.i else str(doc[left : token.i + 1].text)


@functools.cache
def _definite() -> frozenset[str]:
    """Common nouns that go back to a place named before: "the city", "the plant"."""
    return (words("place") | words("facility")) - {"country", "border", "half"}
