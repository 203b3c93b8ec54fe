"""The grammar round a trigger: which words fill its roles, and whether a trigger's company is there.

Roles of any trigger: `modifier` (what stands before a noun and belongs to it), `verb` (that a noun depends on),
`particle`, `clause` (its complement), `prep` (the prepositions it takes), and each preposition by its own name ("to").
Roles of a verb: `subject` (who does it) and `object` (to whom): active, passive, participle or relative clause.
Roles of a noun: `subject` ("by", possessive, nationality, or the subject of a light verb) and `object` ("of", "on",
"against", or what a compound names). `topic` is what it is said of ("X is under their control"), `marker` the
preposition before it, `appositive` its other name. Roles of an adjective: `head`, the noun it stands before, and
`tied`, what a hyphen ties to it.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from counterclaim.reading.events.triggers import Filler, Index, Trigger, of, words

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from counterclaim.language import Page, Sentence
    from counterclaim.reading.places import Atlas

_BEFORE = frozenset({"compound", "amod", "nmod", "poss", "nummod", "npadvmod"})
_GOAL = ("of", "on", "against", "at", "in")


#: Entities that are no one and nothing.
TIMES = frozenset({"DATE", "TIME"})


@functools.cache
def arms() -> frozenset[str]:
    """The words for what blows are struck with."""
    return words("weapon") | words("flying") | words("shells")


class Frame:
    """One token as a possible trigger. Roles are worked out when asked for, once."""

    __slots__ = ("_prepositions", "_roles", "token")

    def __init__(self, token: Token) -> None:
        self.token = token
        self._roles: dict[str, list[Token]] = {}
        self._prepositions: list[tuple[str, Token]] | None = None

    def role(self, name: str) -> list[Token]:
        """The tokens that fill a role, in the order of the text; coordinated ones too."""
        found = self._roles.get(name)
        if found is None:
            found = self._roles[name] = self._find(name)
        return found

    def _find(self, name: str) -> list[Token]:
        token = self.token
        if name == "subject":
            return _with_conjuncts(_doers(token) if _is_verb(token) else self._noun_doers())
        if name == "object":
            return _with_conjuncts(_goals(token) if _is_verb(token) else self._noun_goals())
        if name == "modifier":
            return [c for c in token.lefts if c.dep_ in _BEFORE]
        if name == "verb":
            verb = _governor(token)
            return [verb] if verb is not None else []
        if name == "particle":
            return [c for c in token.rights if c.dep_ in {"prt", "advmod"} or c.lower_ in _AWAY]
        if name == "clause":
            return [c for c in token.children if c.dep_ in {"xcomp", "ccomp"}]
        if name == "prep":
            return [p for _, p in self._preps()] + ([token.head] if token.dep_ == "pobj" else [])
        if name == "head":
            return [token.head] if token.dep_ in {"amod", "compound"} else _next_noun(token)
        if name == "tied":
            return _tied(token)
        if name == "marker":
            return [token.head] if token.dep_ == "pobj" else []
        if name == "topic":
            return _with_conjuncts(_topic(token))
        if name == "appositive":
            return [token.head] if token.dep_ == "appos" else [c for c in token.rights if c.dep_ == "appos"]
        return _with_conjuncts(
            [
                o
                for word, p in self._preps()
                if word == name
                for o in p.rights
                if o.dep_ in _COMPLEMENT and not _day(o, name)
            ]
        )

    def _preps(self) -> list[tuple[str, Token]]:
        """Its prepositions with their words; many roles ask for them."""
        if self._prepositions is None:
            self._prepositions = [(p.lower_, p) for p in _preps(self.token)]
        return self._prepositions

    def _noun_doers(self) -> list[Token]:
        token = self.token
        found = [c for c in token.lefts if c.dep_ in _BEFORE and (c.ent_type_ in _PARTY or c.dep_ == "poss")]
        found += self.role("by")
        verb = _governor(token)
        if not found and verb is not None and answers(token):
            return _doers(verb)
        if not found and verb is not None and verb.lemma_ in words("light") and token.dep_ in {"dobj", "nsubjpass"}:
            found = _doers(verb)
        return found

    def _noun_goals(self) -> list[Token]:
        found = [o for p in _GOAL for o in self.role(p)]
        verb = _governor(self.token)
        if not found and verb is not None and verb.lemma_ in {"come", "suffer", "face"}:
            found = _doers(verb)
        return found or [c for c in self.token.lefts if c.dep_ == "compound" and c.lemma_.lower() not in arms()]


def _day(token: Token, preposition: str) -> bool:
    """ "On Monday" is no role."""
    return preposition == "on" and token.ent_type_ in TIMES


def answers(token: Token) -> bool:
    """Whether it is told who answers for what a noun tells: "claimed responsibility for the attack"."""
    above = token.head.head if token.dep_ == "pobj" and token.head.lower_ in {"for", "in"} else token
    return above.lemma_.lower() in {"responsibility", "involvement"} and above.dep_ == "dobj"


_AWAY = frozenset({"out", "off", "back", "away", "down", "up", "in"})
_PARTY = frozenset({"NORP", "GPE", "ORG", "PERSON"})
_COMPLEMENT = frozenset({"pobj", "pcomp"})


def _topic(token: Token) -> list[Token]:
    """What a noun is said of: "areas under their control", "the city is a stronghold", "they are in control"."""
    node = token.head if token.dep_ == "pobj" else token
    if node.dep_ == "prep" and not _is_verb(node.head):
        return [node.head]
    verb = node.head if _is_verb(node.head) else None
    if verb is None:
        return [token.head] if token.dep_ == "appos" else []
    return _goals(verb) or _doers(verb)


def _next_noun(token: Token) -> list[Token]:
    """The noun that a word with a hyphen stands before, where the parser hung it elsewhere: "Russian-held Kherson"."""
    if not _tied(token):
        return []
    for after in token.doc[token.i + 1 : min(token.i + 5, token.sent.end)]:
        if after.pos_ in {"NOUN", "PROPN"}:
            return [after.head if after.dep_ == "compound" else after]
    return []


def _tied(token: Token) -> list[Token]:
    """What a hyphen ties to the front of a word: the "Russian" of "Russian-occupied"."""
    doc, i = token.doc, token.i
    if i < 2 or doc[i - 1].text not in {"-", "–"} or doc[i - 1].whitespace_ or doc[i - 2].whitespace_:
        return []
    return [doc[i - 2]]


def _is_verb(token: Token) -> bool:
    return token.pos_ == "VERB" or token.tag_.startswith("VB")


def _governor(token: Token) -> Token | None:
    """The verb a noun depends on, through prepositions, nouns and coordination."""
    for _ in range(8):
        if token.dep_ == "ROOT":
            return None
        token = token.head
        if _is_verb(token):
            return token
    return None


def _preps(token: Token) -> list[Token]:
    """The prepositions of a trigger: its own, those a parser hung on its object, and those of its light verb."""
    found = [c for c in token.children if c.dep_ in {"prep", "agent", "dative"}]
    if _is_verb(token):
        for child in token.children:
            if child.dep_ in {"dobj", "prep", "prt", "advmod", "attr"}:
                found += [c for c in child.rights if c.dep_ in {"prep", "agent"}]
    elif _is_verb(token.head) and (
        token.dep_ in {"dobj", "nsubjpass"} or (token.dep_ == "nsubj" and token.head.lemma_ in words("happen"))
    ):
        found += [c for c in token.head.rights if c.dep_ in {"prep", "agent"}]
    return found


def _doers(verb: Token) -> list[Token]:
    """Who does what a verb says: subject, agent, the noun a participle hangs on, or a governing verb's subject."""
    for _ in range(6):
        agents = [o for c in verb.children if c.dep_ == "agent" for o in c.rights if o.dep_ == "pobj"]
        if agents:
            return agents
        passive = any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children)
        subjects = [c for c in verb.lefts if c.dep_ == "nsubj"]
        if passive or _suffers(verb) or (verb.dep_ == "acl" and verb.tag_ == "VBN"):
            return []
        if subjects and verb.dep_ == "relcl" and subjects[0].tag_ in {"WDT", "WP"}:
            return [verb.head]
        if subjects:
            return subjects
        if verb.dep_ in {"acl", "relcl"} and not _is_verb(verb.head):
            return [verb.head]
        if verb.dep_ == "pcomp" and (over := verb.head.head).lemma_.lower() in words("charge"):
            return [c for c in over.children if c.dep_ in {"dobj", "nsubjpass"}]  # "accused them of shelling the town"
        if verb.dep_ in {"conj", "xcomp", "advcl", "ccomp", "dep", "pcomp", "prep"} and verb.head != verb:
            verb = verb.head if _is_verb(verb.head) or verb.head.head == verb.head else verb.head.head
            continue
        return []
    return []


def _suffers(verb: Token) -> list[Token]:
    """Who suffers it where a headline leaves the passive out: "Five peacekeepers killed"."""
    if verb.tag_ not in {"VBD", "VBN"} or verb.lemma_.lower() not in words("suffered"):
        return []
    if verb.dep_ in {"acl", "relcl", "amod"} or any(c.dep_ in _ACTIVE for c in verb.children):
        return []
    return [c for c in verb.lefts if c.dep_ == "nsubj"]


#: What a verb in the active has, or one whose passive is written out.
_ACTIVE = frozenset({"dobj", "aux", "auxpass", "prt", "ccomp", "xcomp"})


def _goals(verb: Token) -> list[Token]:
    """What a verb is done to: object, passive subject, or the noun that a participle or relative clause hangs on."""
    found = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"} and c.tag_ not in {"WDT", "WP"}]
    if found:
        return found
    if suffering := _suffers(verb):
        return suffering
    if verb.tag_ == "VBN" and verb.dep_ in {"acl", "relcl", "advcl"} and verb.i >= 2:
        before = verb.doc[verb.i - 2]
        if verb.nbor(-1).is_punct and before.pos_ == "PROPN":  # "Crimea - annexed in 2014": the parser looks too far
            return [before]
    if verb.dep_ in {"acl", "relcl"} and (verb.tag_ == "VBN" or verb.dep_ == "relcl"):
        taken = any(c.dep_ == "nsubj" and c.tag_ in {"WDT", "WP"} for c in verb.lefts)
        return [] if taken or _is_verb(verb.head) else [verb.head]
    if verb.dep_ == "amod":
        return [verb.head]
    if verb.dep_ == "conj" and _is_verb(verb.head) and verb.tag_ == "VBN":
        return [c for c in verb.head.children if c.dep_ == "nsubjpass"]
    return []


def _with_conjuncts(tokens: Iterable[Token]) -> list[Token]:
    found: list[Token] = []
    for token in tokens:
        found.append(token)
        found += [c for c in token.conjuncts if c.i > token.i]
    return found


def mark(page: Page, atlas: Atlas) -> None:
    """Note on the parsed page which words name places: the atlas knows more of them than the pipeline's labels."""
    for sentence in page.sentences:
        mentions = atlas.within(sentence.span)
        if mentions:
            doc = sentence.tokens.doc
            offset, spans = doc.user_data["start"], [(m.span.start, m.span.end) for m in mentions]
            places = doc.user_data.setdefault("places", set())
            for start, end in spans:
                if (named := doc.char_span(start - offset, end - offset, alignment_mode="contract")) is not None:
                    places.update(range(named.start, named.end))


def fits(filler: Filler, token: Token) -> bool:
    """Whether a token may fill a role."""
    words, entities = filler.words, filler.entities
    if filler.anything or token.lemma_.lower() in words or token.lower_ in words:
        return True
    if not entities:
        return False
    if token.i in token.doc.user_data.get("named", ()):  # a place by the company it keeps: see reading/control/names
        return "GPE" in entities
    if token.pos_ == "PROPN" and token.ent_type_ != "NORP" and token.i in token.doc.user_data.get("places", ()):
        return "GPE" in entities
    return token.ent_type_ in entities


def heads_fit(filler: Filler, tokens: Iterable[Token]) -> bool:
    """Whether any of the tokens, or what they are made of ("dozens of troops"), may fill a role."""
    for token in tokens:
        if fits(filler, token):
            return True
        if token.lemma_.lower() in words("quantity") or token.pos_ in {"NUM", "DET", "PRON"}:
            for child in token.rights:
                if child.dep_ == "prep" and child.lower_ == "of" and any(fits(filler, o) for o in child.rights):
                    return True
    return False


def words_of(tokens: Span) -> list[tuple[str, str]]:
    """The lemma and the form of each word, in small letters; worked out once a Doc, for several readers ask."""
    data = tokens.doc.user_data
    known: list[tuple[str, str]] | None = data.get("words")
    if known is None:
        known = data["words"] = [(t.lemma_.lower(), t.lower_) for t in tokens.doc]
    return known[tokens.start : tokens.end]


def candidates(sentence: Sentence, index: Index) -> Iterator[tuple[Frame, tuple[Trigger, ...], frozenset[str]]]:
    """Each word of `sentence` that may be a trigger of `index`: its frame, those triggers, the sentence's lemmas."""
    read = words_of(sentence.tokens)
    lemmas: frozenset[str] | None = None
    for n, (lemma, word) in enumerate(read):
        if lemma not in index and word not in index and word[:-1] not in index:
            continue  # most words: no token is made for them
        token = sentence.tokens[n]
        if found := of(token, lemma, index):
            if lemmas is None:
                lemmas = frozenset(other for other, _ in read)
            yield Frame(token), found, lemmas


def matches(trigger: Trigger, frame: Frame, lemmas: frozenset[str]) -> bool:
    """Whether `frame` is in the company that `trigger` asks for. `lemmas` are those of its sentence."""
    token = frame.token
    if not _right_pos(trigger, token) or (trigger.near and not trigger.near & lemmas) or trigger.far & lemmas:
        return False
    if trigger.rest and not _runs_on(trigger.rest, token):
        return False
    for role, filler in trigger.required:
        filled = frame.role(role)
        if not filled or not heads_fit(filler, filled):
            return False
    return not any(heads_fit(filler, frame.role(role)) for role, filler in trigger.barred)


def _right_pos(trigger: Trigger, token: Token) -> bool:
    pos = token.pos_
    if trigger.pos == "verbs":
        if token.dep_ == "amod" and all(
            role != "tied" for role, _ in trigger.required
        ):  # "the surrounding area": a quality, not an act told
            return False
        return pos == "VERB" or (pos == "AUX" and not token.dep_.startswith("aux")) or token.tag_.startswith("VB")
    if trigger.pos == "nouns":
        return pos in {"NOUN", "PROPN"} or (
            token.lower_ == trigger.name and token.lower_.endswith("ing") and pos in {"VERB", "ADJ", "X"}
        )
    if trigger.pos == "adjectives":
        return token.dep_ in {"amod", "acomp", "attr", "oprd"} or pos == "ADJ"
    return True


def _runs_on(rest: tuple[str, ...], token: Token) -> bool:
    """Whether the words after `token` are those of a phrase; one word may stand between two of them."""
    doc, i = token.doc, token.i + 1
    for word in rest:
        for j in (i, i + 1):
            if j < len(doc) and (doc[j].lemma_.lower() == word or doc[j].lower_ == word):
                i = j + 1
                break
        else:
            return False
    return True
