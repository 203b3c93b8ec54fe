"""Where a state of control holds: the places of a trigger, also those that the gazetteer does not know.

A proper name that the page calls a town ("Adan Yabaal, a town in"), or that its language pipeline takes for a place, is
a place without coordinates. "It", "the city" and "there" go back to the place told last, leaving aside one that only
says how far away another is ("70km north of Bangui").
"""

from __future__ import annotations

import functools
import itertools
from typing import TYPE_CHECKING

from counterclaim.language import at
from counterclaim.reading.control import names
from counterclaim.reading.control.names import name
from counterclaim.reading.control.words import lexicon
from counterclaim.reading.events import where
from counterclaim.reading.events.frames import mark
from counterclaim.reading.events.triggers import words
from counterclaim.types import Place

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from spacy.tokens import Token

    from counterclaim.conflict import Conflict
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
_NO_PLACES = frozenset({"DATE", "TIME", "NORP", "EVENT", "ORG"})
_WHERE = frozenset({"in", "inside", "around", "near", "outside"})
_TOWNS = frozenset({"town", "city", "capital", "village", "unknown"})
_REGIONS = frozenset({"region", "admin1", "vague"})
#: Characters over which "it" goes back to a place.
_NEAR = 200


class Sites:
    """The places of one page that may be held, taken or fought over."""

    def __init__(self, page: Page, atlas: Atlas, conflict: Conflict) -> None:
        self._page, self._atlas = page, atlas
        self._within: dict[int, tuple[PlaceMention, ...]] = {}
        main = atlas.main
        self._country = main.country or (main.name if main.kind == "country" else None) if main else None
        self._names: dict[str, Place] = {}
        for mention in atlas.mentions:
            if not mention.metonym:
                self._names.setdefault(mention.span.of(page.text).casefold(), mention.place)
        mark(page, atlas)
        self._heads = [(token, name(token)) for token in names.heads(page)]
        lands = dict.fromkeys(filter(None, (self._country, *(m.place.country for m in atlas.mentions))))
        self._names |= names.learn(page, conflict, set(self._names), lands)
        for token, own in self._heads:
            if own.casefold() in self._names and (token.ent_type_ != "NORP" or not conflict.party(own)):
                for key in ("places", "named"):
                    token.doc.user_data.setdefault(key, set()).add(token.i)

    @functools.cached_property
    def _trail(self) -> list[tuple[int, Place, bool]]:
        """The towns and sites that a later "it" may mean, with the start of the last word of their names, and whether
        they only say where something else is."""
        told = ((token, self._at(token)) for token, _ in self._heads)
        return [(at(t).start, p, _aside(t)) for t, p in told if p and p.kind not in where.AREAS | _WATERS]

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
                named = self._named(token) or self._new(role, token) or ([] if back else self._region(token))
                if back and all(place.kind in where.AREAS for place in named):
                    named = back  # "the city in the east of the country"
                for place in named:
                    found.setdefault(place.name, place)
            if any(place.kind not in where.AREAS for place in found.values()):
                return list(found.values())
            wide = wide or list(found.values())  # "around Popasna, in Luhansk"
        if wide or earlier:
            return wide or earlier
        built = words("facility") | lexicon("sites")
        if any(t.lemma_.lower() in built for r in roles.split() for t in frame.role(r)):
            if at_it := [p for r in ("at", "in") for t in frame.role(r) for p in self._named(t)]:
                return at_it  # "overran the garrison at X"
            if anywhere and (here := self._atlas.of(frame.token)) and here.kind not in where.AREAS:
                return [here]  # "raised a flag over the city hall"
            if not anywhere:
                return []  # "still held the airport": not the town
        if empty and (found_there := self._there(frame.token)):
            return found_there
        guess = self._atlas.of(frame.token) if filled or (anywhere and empty) else None
        if guess and guess.kind in where.AREAS and _points_to(frame.token):
            last = [p for told, p, aside in self._trail if told < at(frame.token).start and not aside]
            guess = last[-1] if last else guess  # "the assault"
        return [guess] if guess and guess.kind not in {"country", *_WATERS} else []

    def itself(self, roles: str, frame: Frame, place: Place) -> bool:
        """Whether one of `roles` is filled by the name of `place`, and not by something that lies there."""
        return any(self._at(token) == place for role in roles.split() for token in _filling(role, frame))

    def _named(self, token: Token) -> list[Place]:
        """The place that a noun phrase names: itself, or for a common noun "the city, X", "city of X", "X region"."""
        if place := self._at(token):
            return [place]
        if token.tag_ in {"WDT", "WP"}:  # "Shire, from which they withdrew"
            verb = next((a for a in token.ancestors if a.dep_ == "relcl"), None)
            return self._named(verb.head) if verb is not None and verb.head.tag_ not in {"WDT", "WP"} else []
        if token.pos_ == "PROPN":  # "Hama City"
            place = self._before(token) if token.lemma_.lower() in _definite() else None
            return [place] if place else []
        if token.dep_ in {"appos", "conj"} and self._at(token.head):  # "X and Y, two towns that"
            first = token.head.head if token.head.dep_ == "conj" else token.head
            return [p for t in (first, *first.conjuncts) if t.i < token.i and (p := self._at(t))]
        if token.dep_ == "attr":  # "Karabakh is a region which"
            found = [p for c in token.head.lefts if c.dep_ == "nsubj" and (p := self._at(c))]
            if found:
                return found
        for heads in (
            [c for c in token.children if c.dep_ == "appos"],
            list(_inside(token)),
            [c for c in token.lefts if c.dep_ in {"compound", "nmod", "poss"} and c.i in _marked(c)],
        ):
            found = [
                p for h in heads for t in (h, *h.conjuncts) if (p := self._at(t) or self._before(t) or self._of(t))
            ]
            if found := [p for p in found if p.kind not in _WATERS]:
                return found
        owner = next((c for c in token.lefts if c.dep_ == "poss" and c.pos_ == "NOUN"), None)
        if owner is not None and (back := self._back(owner)):
            return back  # "the city's southern districts"
        return self._among(token)

    def _region(self, token: Token) -> list[Place]:
        """The region told of last before "the region"."""
        if token.lemma_.lower() not in lexicon("regions") or not _points_back(token):
            return []
        start = at(token).start
        told = (m.place for m in reversed(self._atlas.mentions) if m.span.start < start and not m.metonym)
        return list(itertools.islice((p for p in told if p.kind in _REGIONS), 1))

    def _there(self, token: Token) -> list[Place]:
        """The place of a clause that begins with "where"."""
        for _ in range(6):
            if token.dep_ == "relcl" and any(c.lower_ == "where" for c in token.subtree if c.i <= token.i):
                node, found = token.head, self._named(token.head)
                while node.dep_ in {"pobj", "prep", "appos"} and all(p.kind in where.AREAS for p in found):
                    node = node.head  # "X, a town in the north, where"
                    found = self._named(node) or found
                return found
            if token.dep_ == "ROOT":
                break
            token = token.head
        return []

    def _among(self, token: Token) -> list[Place]:
        """The places that some are said to be among: "18 villages, including X and Y"."""
        if not token.tag_.endswith("S"):
            return []
        doc, end = token.doc, token.sent.end
        for word in doc[token.i + 1 : end]:
            if word.lower_ in lexicon("including"):
                named = [t for t in doc[word.i + 1 : end] if t.pos_ == "PROPN"]
                run = next((t for t in named if self._at(t)), None)
                if run is None:
                    return []
                return [p for t in (run, *(c for c in run.conjuncts if c.i > run.i)) if (p := self._at(t))]
            if word.pos_ in {"VERB", "AUX"} and word.dep_ in {"ROOT", "conj", "advcl"}:
                break
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
        if found or (token.pos_ != "PROPN" and token.i not in token.doc.user_data.get("named", ())):
            return next((m.place for m in found if not m.metonym), None)
        return self._names.get(name(token).casefold())

    def _new(self, role: str, token: Token) -> list[Place]:
        """A name that can only be a place's here: "battles in X"."""
        if role not in _WHERE or token.pos_ != "PROPN" or token.ent_type_ in _NO_PLACES or token.is_upper:
            return []
        return [Place(name=name(token), kind="unknown", country=self._country, precision=6)]

    def _back(self, token: Token) -> list[Place]:
        """The place told last before a pronoun or "the city" that fits it."""
        lemma, definite = token.lemma_.lower(), any(c.lower_ in _DEFINITE for c in token.lefts)
        named = any(c.lower_ == "of" and any(o.pos_ == "PROPN" for o in c.rights) for c in token.rights)
        town = lemma in lexicon("back") and definite and not named
        bare = not any(c.lower_ == "of" for c in token.rights) and not any(c.dep_ == "compound" for c in token.lefts)
        part = bare and definite and lemma in lexicon("parts") | lexicon("sites")
        if not town and token.lower_ not in _PRONOUNS:
            if found := where.back(self._atlas, token):
                return found
            if not part:
                return []
            town = True
        left = token.left_edge.i - 2
        beside = left >= token.sent.start and token.doc[left + 1].text == "," and token.doc[left].pos_ == "PROPN"
        if beside and (place := self._at(token.doc[left])):  # "the road to X, the capital"
            return [place]
        start = at(token).start
        sentence = self._page.sentence_at(start)
        first = sentence.passage.span.start if sentence else start
        wide = lemma not in words("town")
        earlier = [t for t in reversed(self._trail) if t[0] < start and (town or start - t[0] < _NEAR)]
        here = [t for t in earlier if t[0] >= first]
        near = (p for _, p, _ in (*(t for t in here if not t[2]), *here, *(t for t in earlier if not t[2])))
        fits = (p for p in near if not town or wide or p.kind in _TOWNS or lemma in p.name.lower().split())
        return list(itertools.islice(fits, 1))


def _filling(role: str, frame: Frame) -> Sequence[Token]:
    """The tokens of a role, a share by what it is a share of; "in and around the town" has one object for both."""
    if role == "scene":
        return _scene(frame.token)
    found = list(_whole(frame.role(role)))
    if role == "topic" and not any(t.pos_ in {"NOUN", "PROPN", "PRON", "DET", "NUM"} for t in found):
        return _said_of(frame.token)
    if not found:
        preps = [p for p in frame.role("prep") if p.lower_ == role]
        found = [o for p in preps for c in p.conjuncts for o in c.rights if o.dep_ == "pobj"]
    return found


def _scene(token: Token) -> list[Token]:
    """Where a clause has its scene: "in X, residents reported fighting"."""
    for verb in itertools.islice((a for a in token.ancestors if a.pos_ in {"VERB", "AUX"}), 2):
        preps = (c for c in verb.children if c.dep_ == "prep" and c.lower_ in _WHERE | {"at"})
        if found := [o for p in preps for o in p.rights if o.dep_ == "pobj" and o.ent_type_ != "DATE"]:
            return [t for o in found for t in (o, *o.conjuncts)]
    return []


def _said_of(token: Token) -> list[Token]:
    """The subject of a clause that says something in passing: "X remained calm and in government hands"."""
    verb = next((a for a in itertools.islice(token.ancestors, 4) if a.pos_ in {"VERB", "AUX"}), None)
    if verb is None:
        return []
    return [t for c in verb.lefts if c.dep_ in {"nsubj", "nsubjpass"} for t in (c, *c.conjuncts)]


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
    if verb.tag_ == "VBN" and verb.head.lemma_.lower() in lexicon("keeps"):  # "have the town surrounded"
        subjects = [c for c in verb.lefts if c.dep_ in {"nsubj", "nsubjpass"}]
        held = subjects or [c for c in verb.head.rights if c.dep_ == "dobj" and c.i < verb.i]
        return [t for c in held for t in (c, *c.conjuncts)]
    passive = verb.dep_ == "xcomp" and any(c.dep_ == "auxpass" for c in verb.lefts)
    if verb.tag_ == "VBN" and (verb.dep_ in {"acomp", "attr"} or passive):  # "is at present occupied by"
        return [t for c in verb.head.lefts if c.dep_ in {"nsubj", "nsubjpass"} for t in (c, *c.conjuncts)]
    top = verb
    while top.dep_ == "xcomp" and top.head.i != top.i:
        top = top.head
    relative = any(c.tag_ in {"WDT", "WP"} for c in (*verb.lefts, *top.lefts))
    subject = any(c.dep_ == "nsubj" and c.tag_ not in {"WDT", "WP"} for c in top.lefts)
    if not (relative and subject) or any(c.dep_ == "dobj" and c.tag_ not in {"WDT", "WP"} for c in verb.rights):
        return []
    return [top.head] if top.dep_ in {"relcl", "acl"} and top.head.pos_ in {"NOUN", "PROPN"} else []


def _inside(token: Token, depth: int = 2) -> Iterator[Token]:
    """What a noun is in, near or of, also at one remove: "the headquarters of a division in X"."""
    for prep in token.rights:
        if prep.lower_ in _INSIDE:
            for thing in prep.rights:
                if thing.dep_ == "pobj":
                    yield thing
                    if depth and thing.pos_ == "NOUN":
                        yield from _inside(thing, depth - 1)


def _points_to(verb: Token) -> bool:
    """Whether a verb's object was told before: "repelled the assault"."""
    told = (c for c in verb.rights if c.dep_ == "dobj" and c.lemma_.lower() in lexicon("fights"))
    return any(d.lower_ == "the" for c in told for d in c.lefts)


def _points_back(token: Token) -> bool:
    """Whether a common noun is one told before ("the city"), not some ("several towns", "occupied territories")."""
    if token.lemma_.lower() not in _definite():
        return False
    lefts = {c.lower_ for c in token.lefts}
    return not token.tag_.endswith("S") and bool(lefts & _DEFINITE)


def _aside(token: Token) -> bool:
    """Whether a name only says where something else is, or whose: "70km north of X", "near X", "the X forces"."""
    head = token.head
    if token.dep_ in {"compound", "amod", "nmod", "poss"} and head.lemma_.lower() not in lexicon("settled"):
        return True
    if token.dep_ != "pobj" or head.lower_ not in _BESIDE:
        return False
    return head.lower_ != "of" or head.head.pos_ in {"ADV", "NUM"} or head.head.lemma_.lower() in lexicon("direction")


def _marked(token: Token) -> Container[int]:
    """The words of a passage that name places."""
    found: Container[int] = token.doc.user_data.get("places", ())
    return found


@functools.cache
def _definite() -> frozenset[str]:
    """Common nouns that go back to a place named before: "the city", "the plant"."""
    return (words("place") | words("facility")) - {"country", "border", "half"}
