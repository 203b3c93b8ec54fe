"""What a number counts: the noun it stands at, the words of that noun phrase, and what governs it in the parse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counterclaim.reading.figures.numbers import Number

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

_INTO_NOUN = {"nummod", "quantmod", "compound", "amod", "nmod", "det", "predet", "poss", "npadvmod", "advmod", "appos"}
_NOUNS = {"NOUN", "PROPN"}
_INSIDE = {"NOUN", "PROPN", "ADJ", "NUM", "ADV", "DET", "PART"}
#: Nouns that only carry another: "a number of", "groups of".
_CARRIERS = {"number", "total", "group", "kind", "type", "sort", "batch", "wave", "series"}


@dataclass(frozen=True)
class Counted:
    """The number's place in the parse. `noun` is None where the counted noun is left unsaid ("15 injured")."""

    number: Number
    tokens: Tokens
    noun: Token | None
    words: str | None

    @property
    def anchor(self) -> Token:
        """The token that governing words govern: the noun, else the number itself."""
        return self.noun if self.noun is not None else self.tokens.root


def locate(number: Number, sentence: Tokens) -> Counted | None:
    """Find `number` (whose offsets count in the text of `sentence`) in the parse."""
    base = sentence.start_char
    tokens = sentence.doc.char_span(base + number.start, base + number.end, alignment_mode="expand")
    if tokens is None:
        return None
    noun = _noun(number, tokens)
    return Counted(number, tokens, noun, _words(number, tokens, noun))


def _noun(number: Number, tokens: Tokens) -> Token | None:
    """The noun that is counted (or, for a length or a sum, the noun that it measures)."""
    root = tokens.root
    inside = range(tokens.start, tokens.end)
    for token in (root, tokens[-1]):
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ == "of" and child.i >= tokens.end:
                for thing in child.children:
                    if thing.dep_ == "pobj":
                        return _carried(thing)
    token = root
    while token.i in inside or token.pos_ not in _NOUNS:
        if token.dep_ not in _INTO_NOUN or token.head.i == token.i:
            break
        if token.dep_ == "appos" or (token.head.i < tokens.start and token.head.i not in inside):
            break
        token = token.head
    if token.i not in inside and (token.pos_ in _NOUNS or token.tag_ in {"NNS", "NN"}):
        return _carried(token)
    return _next_noun(tokens) if root.dep_ not in {"nsubj", "nsubjpass"} or number.dimension != "count" else _next_noun(tokens, 1)


def _carried(noun: Token) -> Token:
    """The noun inside "groups of soldiers"."""
    if noun.lemma_ in _CARRIERS:
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ == "of":
                for thing in child.children:
                    if thing.dep_ == "pobj":
                        return thing
    return noun


def _next_noun(tokens: Tokens, reach: int = 5) -> Token | None:
    """The first noun close behind the number, where the parser did not tie the two."""
    doc = tokens.doc
    found = None
    for i in range(tokens.end, min(tokens.end + reach, len(doc))):
        token = doc[i]
        if token.tag_ in {"NNS", "NN", "NNP", "NNPS"}:
            found = token
            if token.tag_ in {"NNS", "NNPS"}:
                return token
        elif found is not None or not (token.pos_ in {"ADJ", "NUM"} or token.tag_ in {"VBN", "HYPH", "JJ"}):
            break
    return found


def _words(number: Number, tokens: Tokens, noun: Token | None) -> str | None:
    """The counted noun with what stands before it, without the number."""
    if noun is None:
        return number.joined
    doc = tokens.doc
    start = noun.i
    if noun.i >= tokens.end:
        for i in range(noun.i - 1, tokens.end - 1, -1):
            if doc[i].pos_ not in _INSIDE and doc[i].dep_ not in {"amod", "compound", "punct", "poss", "case"}:
                break
            if doc[i].lower_ in {"of", "the", "its", "their", "other", "more", ",", "-", "–"} and doc[i].dep_ != "compound":
                if doc[i].lower_ in {"-", "–"}:
                    start = i
                    continue
                break
            start = i
    else:
        start = min([t.i for t in noun.lefts if t.dep_ in {"amod", "compound", "poss", "nmod"}] + [noun.i])
    text: str = doc[start : noun.i + 1].text.strip(" -–,")
    if number.joined:
        text = f"{number.joined} {text}" if number.joined not in text.lower() else text
    return text or None


def governors(start: Token) -> Iterator[tuple[Token, str]]:
    """What governs `start`, nearest first, each with the role that `start` plays for it.

    Roles: object (also passive subject), subject, agent, of, prep, attr (told of the subject of "be"), mod.
    """
    token, role = start, ""
    for _ in range(8):
        for child in token.children:
            if child.dep_ in {"acl", "relcl"} and child.i > token.i and not role:
                yield child, _relative(child)
        head, dep = token.head, token.dep_
        if head.i == token.i:
            return
        if dep in {"conj", "appos", "nummod", "quantmod", "compound", "amod", "dep", "nmod", "pcomp"}:
            if dep == "conj" and head.pos_ in {"VERB", "AUX"} and role:
                pass
            token = head
            if token.pos_ in {"VERB", "AUX"}:
                yield token, role or "object"
            elif token.pos_ in _NOUNS:
                yield token, "mod"
            continue
        if dep in {"dobj", "obj", "nsubjpass", "oprd"}:
            role = "object"
        elif dep in {"nsubj", "csubj"}:
            role = "object" if _passive(head) else "subject"
        elif dep == "attr":
            role = "attr"
        elif dep == "pobj":
            if head.dep_ == "agent":
                role = "agent"
            elif head.lower_ in {"including", "of", "among", "with", "leaving"}:
                role = str(head.lower_)
            else:
                role = "prep"
            yield head, role
            token = head
            continue
        elif dep in {"prep", "agent", "prt"}:
            yield head, role
            token = head
            if head.pos_ in {"VERB", "AUX"}:
                return
            role = ""
            continue
        elif dep in {"acl", "relcl", "advcl", "xcomp", "ccomp"}:
            role = "clause"
        yield head, role
        token = head
        if role == "clause":
            return


def _passive(verb: Token) -> bool:
    """Whether a bare participle stands for a passive: "15 wounded", "three missing"."""
    return verb.tag_ in {"VBN", "JJ"} and not any(c.dep_ in {"aux"} and c.lemma_ == "have" for c in verb.children)


def _relative(verb: Token) -> str:
    """The role of a noun in the clause that hangs on it: "people killed", "people who fled"."""
    for child in verb.children:
        if child.dep_ == "nsubjpass":
            return "object"
        if child.dep_ == "nsubj":
            return "subject" if child.lower_ in {"who", "that", "which"} else "object"
    return "object" if verb.tag_ == "VBN" else "subject"
