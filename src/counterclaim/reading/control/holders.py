"""Whose a place is: the side that a noun phrase names, in the words of the page.

A profile may not know the groups of a war, and most wars have no profile. So a group counts by its name ("the
Liberation Tigers"), a common noun for the group told of last ("the militants", "it"), soldiers without a name for
the state whose towns are told of, and at the last the words themselves ("Islamist fighters").
"""

from __future__ import annotations

import functools
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from counterclaim import countries
from counterclaim.reading.actors.bodies import clean
from counterclaim.reading.control.words import lexicon, table
from counterclaim.reading.events import roles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from spacy.tokens import Span, Token

    from counterclaim.language import Sentence
    from counterclaim.reading.actors import Cast
    from counterclaim.reading.events.frames import Frame
    from counterclaim.types import Actor, Place

#: Who rises against a state is no part of it: "the Syrian opposition".
_RISEN = frozenset({"opposition", "rebel", "rebels", "insurgent", "insurgents", "jihadist", "jihadists", "guerrilla"})
_LED = frozenset({"led", "commanded", "headed"})
_FRIENDS = ("-backed", "-aligned", "-allied", "-linked", "-supported", "-sponsored", "-trained", "-funded", "-led")
#: Words of a phrase that goes back to a group: "the insurgents".
_SHORT = 2
_PEOPLES = frozenset({"Kurds", "Kurdish", "Serbs", "Croats", "Albanians", "Tamils", "Tuaregs", "Arabs", "Russians"})
_ENTITIES = frozenset({"ORG", "NORP", "GPE", "PERSON", "PRODUCT", ""})
_BACK = frozenset({"the", "these", "those", "both", "their", "armed"})
_WE = frozenset({"we", "us", "our"})
_THEY = frozenset({"it", "they", "its", "their", "them"})


@dataclass
class Holders:
    """The sides of one page, as they are named; `land` is the country that it tells of."""

    cast: Cast
    land: str | None
    sentences: Sequence[Sentence] = ()
    speaker: Callable[[Token], str | None] = lambda _: None
    """Whose words a token is part of, as a side."""
    scene: str | None = None
    """The country of the place asked about."""
    groups: list[str] = field(default_factory=list)
    """Groups that fight, as they were named, the last one last."""

    def of(self, names: str, frame: Frame) -> str | None:
        """The first of the roles `names` that names a side."""
        for role in names.split():
            if role == "last":
                return self.last()
            if role == "doer":
                if party := next((p for t in _keeper(frame.token) if (p := self.named(t))), None):
                    return party
                continue
            if role == "subject" and _suffered(frame.token):
                continue
            named = frame.role(role) or (_doing(frame.token) if role == "subject" else [])
            for token in [c for t in named for c in t.rights if c.dep_ == "appos"] + named:
                if party := self.named(token):
                    return party
            if role == "subject" and not named and (party := self._code(frame.token)):
                return party
        return None

    def owner(self, place: Place) -> str | None:
        """The side whose land a place is: that of the country's army, which in a civil war is a side of its own."""
        return self._state(place.country) if place.country else None

    @property
    def occupier(self) -> str | None:
        """Who occupies in this conflict, if one side holds the other's land."""
        return table("occupiers").get(self.cast.conflict.name)

    def named(self, token: Token) -> str | None:
        """The side that a noun phrase names."""
        phrase = roles.phrase(token)
        lemma = token.lemma_.lower()
        lemma = lemma.removesuffix("s") if token.tag_ == "NNPS" else lemma  # names keep their plural
        if own := _proper(phrase):
            return self._group(self._whole(token) or own)
        if lemma in lexicon("banners"):  # whose flag it is
            return next((p for c in token.lefts if c.dep_ != "det" and (p := self.named(c))), None)
        if token.lower_ in _THEY and (teller := _teller(token)) is not None and (own := self.named(teller)):
            return own
        if token.lower_ in _WE:
            return self.speaker(token)
        if lemma in lexicon("fighters") | lexicon("forces") and (party := self._whose(token)):
            return party
        if lemma in lexicon("fighters") | lexicon("bodies") and (group := self._told_as(token, lemma)):
            return group
        if self._plain(phrase) and lemma in lexicon("regulars") and (state := self._regulars()):
            return state
        actor = self.cast.actor(phrase)
        if people := _people(phrase.text) or (actor and _people(actor.name)):
            return self._group(people)
        party = self._party(phrase.text) or (actor.party if actor else None)
        if lexicon("breakaway") & set(phrase.text.lower().split()) and self.cast.conflict.is_state(party):
            return None
        if party and self.cast.conflict.is_state(party):
            party = self._state(party) or party
        if risen := self._risen(token, phrase, actor, party):
            return risen
        if party and party.lower().removesuffix("s") in lexicon("fighters"):
            party = None  # "insurgents" names nobody
        if party := party or self._led(token):
            armed = actor is not None and actor.kind == "armed_group" and not self.cast.conflict.is_state(party)
            return self._group(party) if armed else party
        return self._unnamed(token, lemma, phrase, actor)

    def _unnamed(self, token: Token, lemma: str, phrase: Span, actor: Actor | None) -> str | None:
        """The side of a phrase that no profile knows."""
        men = lemma in lexicon("fighters") | lexicon("forces")
        if lemma in lexicon("invaders"):
            return self.occupier or self.last()
        if lemma in lexicon("fighters") and token.pos_ != "PROPN":
            if called := next((p for t in _called(token) if (p := self.named(t))), None):
                return called
            bare = all(t.i == token.i or t.lower_ in _BACK for t in phrase)
            if bare and (group := self.last()):
                return group
        elif token.lower_ in _THEY and self.groups:
            return self.groups[-1]
        if men or lemma in lexicon("regulars"):
            states = {t.lemma_.lower() for t in (*phrase, token)} & lexicon("regulars")
            if states and (state := self._regulars()):
                return state
            names = (c for c in token.lefts if c.pos_ == "PROPN")
            if party := next((p for c in names if (p := self.named(c))), None):
                return party  # "TDF units"
        if men and any(c.lemma_.lower() in lexicon("fighters") for c in token.lefts) and (group := self.last()):
            return group  # "rebel fighters"
        if actor is not None and actor.kind in {"armed_group", "state"} and token.pos_ != "PRON":
            return self._full(actor.name)
        if (token.pos_ == "PROPN" or token.text in self._codes) and self._bears(token, actor):
            return self._group(clean(phrase.text))
        if lemma not in lexicon("fighters") - {"group"} or token.pos_ not in {"NOUN", "ADJ"}:
            return None
        return f"{lemma}s" if token.lower_ == phrase.text.lower() == lemma else clean(phrase.text)  # "rebel-held"

    def _whose(self, token: Token) -> str | None:
        """Whose men they are: "Haftar's men", "Croat fighters of the HVO"."""
        names = (
            c for c in token.lefts
            if c.dep_ in {"compound", "nmod"} and c.pos_ == "PROPN" and c.lower_ not in lexicon("branches")
        )  # fmt: skip
        if named := next((p for c in names if not countries.find(c.text) and (p := self.named(c))), None):
            return named  # "Angola's UNITA rebels"
        own = self._party(roles.phrase(token).text)
        if own and not self.cast.conflict.is_state(own):
            return None  # "Tuareg rebels of the ..."
        for whose in (*(c for c in token.lefts if c.dep_ == "poss"), *(o for o in _of(token) if o.pos_ != "NUM")):
            chief = self.cast.actor(roles.phrase(whose)) if whose.ent_type_ == "PERSON" else None
            party = self.named(whose) or (chief.name if chief else None)
            risen = token.lemma_.lower() in lexicon("fighters") and self.cast.conflict.is_state(party)
            if party and not risen:
                return party
        return None

    def _told_as(self, token: Token, lemma: str) -> str | None:
        """The group that "the alliance" or "the front" goes back to by the last word of its name."""
        if not any(c.lower_ in _BACK for c in token.lefts) or token.pos_ == "PROPN":
            return None
        start = token.idx + token.doc.user_data["start"]
        for name in (*(n for s, n in reversed(self._bodies) if s < start), *self._codes.values()):
            if name.lower().split()[-1] == lemma:
                return self.cast.party(name) or self._full(name)
        return None

    @functools.cached_property
    def _bodies(self) -> list[tuple[int, str]]:
        """The bodies named on the page and where, in the order of the text."""
        ents = (e for s in self.sentences for e in s.tokens.ents if e.label_ in {"ORG", "NORP"})
        return [(e.start_char + e.doc.user_data["start"], _bare(e.text)) for e in ents]

    def _whole(self, token: Token) -> str | None:
        """A body's name with what follows its head: "National Movement for the Liberation of Azawad"."""
        entity = next((e for e in token.doc.ents if e.start <= token.i < e.end and e.label_ == "ORG"), None)
        return clean(entity.text) if entity is not None and entity.end > token.i + 1 else None

    def _plain(self, phrase: Span) -> bool:
        """Whether a phrase names nobody: "government forces"."""
        return not any(t.pos_ == "PROPN" or t.ent_type_ in {"NORP", "GPE", "ORG"} for t in phrase)

    def _regulars(self) -> str | None:
        """The state's own, where it is not one of two states that fight."""
        land = self.scene or self.land
        if land is None or self.cast.conflict.name in table("occupiers"):
            return None
        return self._state(land) or land

    def _party(self, words: str) -> str | None:
        """The party of a phrase; none whom a hyphen makes a friend ("the Iran-aligned group")."""
        tied = any(words.endswith(w) or f"{w} " in words for w in _FRIENDS)
        return self.cast.conflict.party(words, strict=True) if tied else self.cast.party(words)

    def _state(self, country: str) -> str | None:
        return self.cast.party(f"{country}'s army") or self.cast.party(country)

    def _group(self, name: str) -> str:
        self.groups.append(name if self.cast.conflict.party(name) else self._full(name))
        return self.groups[-1]

    def _full(self, name: str) -> str:
        """A group's name in full where the page gives it once: "Libyan National Army (LNA)"."""
        return self._codes.get(name, name)

    @functools.cached_property
    def _codes(self) -> dict[str, str]:
        return {code: full for s in self.sentences for full, code in _abbreviated(s.tokens)}

    def announcer(self, verb: Token, other: str | None) -> str | None:
        """The group that announces what it did itself: "the front said the town had been taken"."""
        for above in (a for a in verb.ancestors if a.lemma_.lower() in lexicon("tells")):
            for subject in (c for c in above.lefts if c.dep_ == "nsubj" and c.ent_type_ != "PERSON"):
                party = self.named(subject)
                return party if party in self.groups and party != other else None
        return None

    def last(self, other: str | None = None) -> str | None:
        """The group named last, else the one that the page names most; not `other`."""
        group = next((g for g in reversed(self.groups) if g != other), None) or self._usual
        return group if group != other else None

    def _bears(self, token: Token, actor: Actor | None) -> bool:
        """Whether a name that acts on a place may be a body's: no place's and nobody's with a title."""
        if token.i in token.doc.user_data.get("places", ()) or token.ent_type_ not in _ENTITIES:
            return False
        if any(c.lower_ == "operation" for c in token.lefts):
            return False
        return actor is None or actor.kind not in {"person", "outlet", "unnamed"}

    def _risen(self, token: Token, phrase: Span, actor: Actor | None, party: str | None) -> str | None:
        """Who rises against the state that their name begins with: "Syrian opposition"."""
        name = (actor.name if actor else "").lower().split()
        words = {t.lemma_.lower() for t in phrase if t.dep_ != "det"} | {w.removesuffix("s") for w in name}
        if len(words) > 1 and words & _RISEN and (party is None or self.cast.conflict.is_state(party)):
            return self._led(token) or clean(phrase.text if actor is None else actor.name)
        return None

    @functools.cached_property
    def _usual(self) -> str | None:
        """The group that fights on this page and no state's, named most."""
        bodies = (e for s in self.sentences for e in s.tokens.ents if e.label_ in {"ORG", "NORP"})
        actors = (a for e in bodies if (a := self.cast.actor(e)) and a.kind == "armed_group")
        parties = Counter(a.party for a in actors if a.party and not self.cast.conflict.is_state(a.party))
        if parties:
            return parties.most_common(1)[0][0]
        return next((n for n in self._codes.values() if lexicon("bodies") & set(n.lower().split())), None)

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
                return self.cast.party(word.text) or self._group(word.text)
            if word.pos_ not in {"ADV", "AUX"}:
                return None
        return None


def _bare(words: str) -> str:
    """A body's name without its men: "Rebels of the Free Land Front", "the front's"."""
    first, of, rest = clean(words).removesuffix("'s").removesuffix("’s").partition(" of the ")
    men = lexicon("fighters") | lexicon("forces")
    return rest if of and first.lower().split()[-1].removesuffix("s") in men else first + of + rest


def _proper(phrase: Iterable[Token]) -> str | None:
    """A group that fights under a proper name of no country: "the White Army"."""
    names = list(phrase)
    last = max((k for k, t in enumerate(names) if t.pos_ != "PROPN"), default=-1)
    names = names[last + 1 :]  # "the UAE-trained Giants Brigades"
    if len(names) < _SHORT or names[-1].lower_ not in lexicon("bodies") or any(t.pos_ != "PROPN" for t in names):
        return None
    if any(countries.find(t.text) or countries.demonym(t.text) for t in names):
        return None
    if all(t.lower_ in lexicon("branches") for t in names[:-1]):
        return None  # "the Armed Forces"
    return clean(" ".join(t.text for t in names))


def _of(token: Token) -> list[Token]:
    """Whose men they are: "fighters of the alliance"."""
    return [o for p in token.rights if p.lower_ == "of" for o in p.rights if o.dep_ == "pobj"]


def _called(token: Token) -> Iterator[Token]:
    """The name that a group is said to bear: "a militia known as the White Army"."""
    for verb in token.rights:
        if verb.dep_ in {"acl", "relcl"} and verb.lemma_.lower() in lexicon("named"):
            yield from (t for t in verb.subtree if t.pos_ == "PROPN" and t.dep_ in {"pobj", "oprd", "attr", "dobj"})


def _people(words: str) -> str | None:
    """A people inside another's land: "Bosnian Serbs", "ethnic Armenian forces"."""
    names = [w for w in words.split() if w.lower() not in {"the", "forces", "fighters", "troops", "gunners"}]
    two = len(names) == _SHORT and all(countries.demonym(w) or w == "ethnic" or w in _PEOPLES for w in names)
    return " ".join(names) if two and len({countries.demonym(w) for w in names}) == _SHORT else None


def _teller(pronoun: Token) -> Token | None:
    """Whom "it" goes back to in its sentence: "the movement stated that it had retaken the town"."""
    verb = pronoun.head
    if pronoun.dep_ not in {"nsubj", "poss"}:
        return None
    for above in (a for a in verb.ancestors if a.pos_ in {"VERB", "AUX"}):
        for subject in (c for c in above.lefts if c.dep_ in {"nsubj", "nsubjpass"}):
            men = subject.lemma_.lower() in lexicon("fighters") | lexicon("forces") | lexicon("bodies")
            if (men or (subject.pos_ == "PROPN" and subject.ent_type_ != "PERSON")) and subject.i < pronoun.i:
                return subject
    first = pronoun.sent.start
    before = pronoun.doc[first - 1].sent.root if first else None  # of the sentence before
    told = [c for c in before.lefts if c.dep_ == "nsubj"] if before is not None else []
    return next((c for c in told if c.pos_ == "PROPN" and c.ent_type_ == "ORG"), None)


def _abbreviated(tokens: Iterable[Token]) -> Iterator[tuple[str, str]]:
    """Names with the letters that stand for them: "Libyan National Army (LNA)"."""
    words = list(tokens)
    for i in range(2, len(words) - 1):
        code = words[i].text
        if words[i - 1].text != "(" or words[i + 1].text != ")" or not code.isupper() or len(code) < _SHORT:
            continue
        k = i - 2
        while k > 0 and (
            words[k - 1].text[:1].isupper() or words[k - 1].lower_ in {"of", "for", "and", "the", "in", "-", "'s"}
        ):
            k -= 1
        name = [w.text for w in words[k : i - 1]]
        while name and not (name[0][:1].isupper() and name[0][0] == code[0]):
            name.pop(0)
        if len(name) >= _SHORT:
            yield clean("".join(w.text_with_ws for w in words[i - 1 - len(name) : i - 1])), code


def _suffered(verb: Token) -> bool:
    """Whether a participle tells what was done, not who did it: "X, taken in May, lies in ruins"."""
    bare = verb.tag_ == "VBN" and not any(c.dep_ in {"aux", "auxpass", "agent"} for c in verb.children)
    return bare and verb.dep_ in {"advcl", "acl"}


def _doing(verb: Token) -> list[Token]:
    """Who does what a verb without a subject says: "the rebels are believed to control the town", "its troops are dug
    in at X and hold Y"."""
    for _ in range(4):
        if verb.dep_ not in {"xcomp", "conj", "advcl"} or verb.head.pos_ not in {"VERB", "AUX"}:
            return []
        verb = verb.head
        if found := [c for c in verb.lefts if c.dep_ in {"nsubjpass", "nsubj"} and c.tag_ not in {"WDT", "WP"}]:
            return found
    return []


def _keeper(token: Token) -> list[Token]:
    """Who has or calls a thing so: "the army has the town surrounded", "keep it cut off", "a spokesman for the army
    called it a withdrawal"."""
    node = token
    for _ in range(4):
        node = node.head
        if node.pos_ == "VERB" or node.tag_.startswith("VB"):
            break
    if node.lemma_.lower() not in lexicon("keeps"):
        return []
    return [c for c in node.lefts if c.dep_ == "nsubj" and c.tag_ not in {"WDT", "WP"}] or _doing(node)
