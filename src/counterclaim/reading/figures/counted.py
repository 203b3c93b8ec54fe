"""What a number counts: the noun that it stands at, the words for it, and what governs it in the parse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counterclaim.reading.figures.numbers import Number

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

_INTO_NOUN = {"nummod", "quantmod", "compound", "amod", "nmod", "det", "predet", "poss", "npadvmod", "advmod"}
_NOUNS = {"NOUN", "PROPN"}
_BEFORE_NOUN = {"NOUN", "PROPN", "ADJ", "ADV", "PART"}
_STOP = {"of", "the", "its", "their", "other", "more", ",", "such", "his", "her", "our"}
#: Nouns that only carry another: "a number of", "groups of".
_CARRIERS = {"number", "total", "group", "kind", "type", "sort", "batch", "series"}
#: Prepositions behind a length, sum or share that lead to what it is of.
_LINKS = {
    "duration": {"of", "into"},
    "percent": {"of"},
    "money": {"in", "of", "for", "to", "worth"},
    "distance": {"of", "from", "to", "behind", "beyond", "off", "in", "into"},
}
_CHECKED = {"confirmed", "reported", "verified", "documented", "recorded", "registered", "suspected"}
_ITEMS = {"unit", "units", "piece", "pieces", "item", "items", "persons", "pcs"}
_MARKS = ("-", "–", "—", ":", "‒")
#: Words that stand for people or things told before: "15 others", "six of whom".
STAND_INS = {"other", "others", "more", "them", "whom", "which", "these", "those", "that", "some", "who", "it"}


@dataclass(frozen=True)
class Counted:
    """The number's place in the parse.

    `noun` is None where the counted noun is left unsaid ("15 injured"). `part` is True where the number is some of
    what the noun names ("one of the tanks"): then the words that govern the noun do not govern the number.
    """

    number: Number
    tokens: Tokens
    noun: Token | None
    words: str | None
    part: bool = False
    label: bool = False
    """Whether the noun stands before the number as in a list: "Tanks - 191"."""

    @property
    def anchor(self) -> Token:
        """The token whose governors govern the number."""
        if self.noun is None or self.part or not (self.noun.i >= self.tokens.end):
            return self.tokens.root
        return self.noun

    @property
    def of_part(self) -> bool:
        """Whether another number counts a part of this one: "44 of the 66 drones"."""
        link = self.anchor.head
        return self.anchor.dep_ == "pobj" and link.lower_ == "of" and _counts_part(link.head)

    @property
    def unsaid(self) -> bool:
        """Whether the counted noun has to be taken from before."""
        return self.noun is None or self.noun.lower_ in STAND_INS


def locate(number: Number, sentence: Tokens) -> Counted | None:
    """Find `number` (whose offsets count in the text of `sentence`) in the parse."""
    base = sentence.start_char
    tokens = sentence.doc.char_span(base + number.start, base + number.end, alignment_mode="expand")
    if tokens is None or not len(tokens):
        return None
    noun, part = _of(tokens)
    if noun is None:
        noun = _head(number, tokens)
    bare = noun is None or noun.lower_ in _ITEMS
    if bare and (label := _label(tokens, sentence)) is not None:
        return Counted(number, tokens, label, _phrase(label, sentence.start), label=True)
    return Counted(number, tokens, noun, _words(number, tokens, noun), part)


def _of(tokens: Tokens) -> tuple[Token | None, bool]:
    """The noun behind "of": "dozens of people"; and whether it is a known whole: "one of the tanks"."""
    if tokens.end >= len(tokens.doc) or tokens.doc[tokens.end].lower_ != "of":
        return None, False
    for thing in tokens.doc[tokens.end].children:
        if thing.dep_ in {"pobj", "pcomp"} and thing.i > tokens.end:
            first = tokens.doc[tokens.end + 1]
            whole = first.pos_ in {"DET", "PRON"} and first.lower_ not in {"a", "an"}
            return carried(thing), whole or first.tag_ == "PRP$"
    first, second = (tokens.doc[min(tokens.end + n, len(tokens.doc) - 1)] for n in (1, 2))
    if first.lower_ == "the" and second.tag_ in {"JJ", "VBN"}:
        return second, True  # "four of the injured"
    return _next_noun(tokens, 6), False


def _head(number: Number, tokens: Tokens) -> Token | None:
    """The noun that the number modifies."""
    inside = range(tokens.start, tokens.end)
    token = tokens.root
    while token.i in inside or token.pos_ not in _NOUNS:
        head = token.head
        if token.dep_ not in _INTO_NOUN or head.i == token.i or head.i < tokens.start:
            break
        token = head
    if token.i not in inside and token.tag_ in {"NN", "NNS", "NNP", "NNPS"}:
        return carried(token)
    if number.dimension != "count":
        return None
    doc, end = tokens.doc, tokens.end
    if end < len(doc) and doc[end].lower_ in _CHECKED:
        return _next_noun(tokens, 5)  # "100 confirmed civilian deaths", where the parser sees a verb
    return _next_noun(tokens, 1 if tokens.root.dep_ in {"nsubj", "nsubjpass", "dobj"} else 5)


def carried(noun: Token) -> Token:
    """The noun inside "groups of soldiers"."""
    if noun.lemma_ in _CARRIERS:
        for child in noun.children:
            if child.lower_ == "of":
                return next((thing for thing in child.children if thing.dep_ == "pobj"), noun)
    return noun


def _next_noun(tokens: Tokens, reach: int) -> Token | None:
    """The noun close behind the number, where the parser did not tie the two."""
    found = None
    for token in tokens.doc[tokens.end : tokens.end + reach]:
        if token.tag_ in {"NNS", "NNPS"}:
            return token
        if token.tag_ in {"NN", "NNP"}:
            found = token
        elif found is not None or not (token.pos_ in {"ADJ", "NUM"} or token.tag_ in {"VBN", "HYPH", "JJ", "CD"}):
            break
    return found


def _label(tokens: Tokens, sentence: Tokens) -> Token | None:
    """The noun before a dash or colon in a list: "Tanks - 191"."""
    doc, i = tokens.doc, tokens.start - 1
    if i < sentence.start:
        return None
    if tokens.end < sentence.end and doc[tokens.end].is_alpha and doc[tokens.end].lower_ not in _ITEMS:
        return None
    if not doc[i].text.endswith(_MARKS):
        return None
    while i > sentence.start and not doc[i].text[0].isalpha():
        i -= 1
    noun = doc[i]
    return noun if noun.pos_ in _NOUNS or noun.is_title or noun.is_upper or tokens.end == sentence.end else None


def _phrase(noun: Token, start: int) -> str:
    """`noun` with the words right before it that belong to its name, not before token `start`."""
    i = noun.i
    while i > start and (noun.doc[i - 1].pos_ in _BEFORE_NOUN or noun.doc[i - 1].text == "-"):
        if noun.doc[i - 1].text_with_ws.endswith("\n"):
            break
        i -= 1
    text: str = noun.doc[i : noun.i + 1].text
    return text.strip(" -–,")


def _words(number: Number, tokens: Tokens, noun: Token | None) -> str | None:
    """The counted noun with what stands before it, without the number."""
    if noun is None:
        return number.joined
    doc, start = noun.doc, noun.i
    for i in range(noun.i - 1, (tokens.end if noun.i >= tokens.end else noun.sent.start) - 1, -1):
        token = doc[i]
        if token.lower_ in _STOP and token.dep_ != "compound":
            break
        tied = token.dep_ in {"amod", "compound", "poss", "case", "nmod"} or token.tag_ in {"HYPH", "VBN"}
        if not (tied or token.pos_ in _BEFORE_NOUN) or i in range(tokens.start, tokens.end):
            break
        start = i
    text: str = doc[start : noun.i + 1].text.strip(" -–,”“\"'")
    return f"{text} {number.joined}" if number.joined else text or None  # "27-nation bloc": its nations


def topic(counted: Counted) -> str | None:
    """What a length, a sum or a share is of: "70% of the city", "$1bn in aid", "bombed the town for two days".

    The noun that it stands at, or the words behind it, tell best; else its verb's subject and object.
    """
    tokens, noun = counted.tokens, counted.noun
    if noun is not None and noun.i >= tokens.end and noun.pos_ in _NOUNS and noun.lower_ not in STAND_INS:
        return counted.words if counted.number.joined else wide(noun, tokens.end)
    if (behind := _behind(counted)) is not None:
        return wide(behind)
    parts: list[str] = []
    token = tokens.root
    for _ in range(8):
        if token.pos_ in {"VERB", "AUX"}:
            for child in token.children:
                told = child.dep_ in {"nsubj", "nsubjpass", "dobj"} and child.pos_ in _NOUNS
                if told and not tokens.start <= child.i < tokens.end:
                    parts.append(_short(child))
            if token.dep_ in {"acl", "relcl"}:
                parts.append(_short(token.head))
            if parts:
                break
        if token.head.i == token.i:
            break
        token = token.head
        if token.pos_ in _NOUNS and not tokens.start <= token.i < tokens.end:
            parts.append(_short(token))
            if token.dep_ not in {"attr", "dobj", "nsubj", "pobj"}:
                break
    return " ".join(dict.fromkeys(parts)) or None


def _behind(counted: Counted) -> Token | None:
    """The noun of the preposition right behind a length or a sum."""
    links = _LINKS.get(counted.number.dimension, _LINKS["distance"])
    for prep in counted.tokens.doc[counted.tokens.end : counted.tokens.end + 2]:
        if prep.dep_ == "prep" and prep.lower_ in links:
            return next((thing for thing in prep.children if thing.dep_ == "pobj" and thing.i > prep.i), None)
    return None


def _short(noun: Token, start: int = 0) -> str:
    """`noun` with its modifiers from token `start` on, without articles and numbers."""
    ties = {"amod", "compound", "poss", "nmod"}
    words = [t.text for t in noun.lefts if t.i >= start and t.is_alpha and t.dep_ in ties and t.pos_ != "NUM"]
    return " ".join([*words, noun.text])


def wide(noun: Token, start: int = 0) -> str:
    """`noun` (its modifiers from token `start` on) with one "of" phrase: "city of Mariupol"."""
    for child in noun.children:
        if child.lower_ == "of" and child.i > noun.i:
            for thing in child.children:
                if thing.dep_ == "pobj":
                    return f"{_short(noun, start)} of {_short(thing)}"
    return _short(noun, start)


def governors(start: Token) -> Iterator[tuple[Token, str]]:
    """What governs `start`, nearest first, each with the role that `start` plays for it.

    Roles: object (also passive subject), subject, with, along (with), attr (told of the subject of "be"), of (behind
    a noun's preposition), mod. The walk ends at the first full verb.
    """
    token, role = start, ""
    for child in start.children:
        if child.dep_ in {"acl", "relcl"} and child.i > start.i:
            yield child, _relative(child)
    for _ in range(8):
        head, dep = token.head, token.dep_
        if head.i == token.i:
            return
        if dep in {"dobj", "obj", "oprd", "nsubjpass"}:
            role = "object"
        elif dep in {"nsubj", "csubj"}:
            role = "object" if head.tag_ in {"VBN", "JJ"} and not _active(head) else "subject"
        elif dep in {"attr", "acomp"}:
            role = "attr"
        elif dep == "pobj":
            if head.lower_ == "of" and _counts_part(head.head):
                return  # "44 of the 66 drones": what governs the part does not govern the whole
            if head.dep_ == "agent":
                role = "agent"
            elif head.lower_ == "alongside" or (head.lower_ == "with" and head.head.lower_ in {"along", "together"}):
                role = "along"
            elif head.lower_ == "with":
                role = "with"
            else:
                role = "of"
            token = head
            continue
        elif dep == "npadvmod" and head.pos_ == "VERB":
            role = role or "object"
        if head.pos_ in {"VERB", "AUX"}:
            yield head, role or "object"
            if head.pos_ == "AUX" and head.lemma_ == "be" and role == "subject" and _elliptic(head):
                role = "object"
            if dep == "conj" or head.pos_ == "VERB":
                return
        elif head.pos_ in _NOUNS or head.pos_ in {"NUM", "ADJ", "PRON"}:
            yield head, role or "mod"
            if role == "of" or dep not in {"prep"}:
                for child in head.children:
                    if child.dep_ in {"acl", "relcl"} and child.i > head.i and dep in {"nummod", "prep", "conj"}:
                        yield child, _relative(child)
            role = ""
        token = head


def _counts_part(token: Token) -> bool:
    return token.pos_ == "NUM" or token.lower_ in {"percent", "%", "cent", "half", "third"}


def _elliptic(verb: Token) -> bool:
    """Whether "were" stands for a passive verb told before: "12 soldiers were hurt, as were three pedestrians"."""
    like = verb.dep_ in {"advcl", "conj", "ccomp"} and any(c.lower_ in {"as", "so"} for c in verb.lefts)
    return like and any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.head.children)


def _active(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lemma_ == "have" for child in verb.children)


def _relative(verb: Token) -> str:
    """The role of a noun in the clause that hangs on it: "people killed", "people who fled"."""
    for child in verb.children:
        if child.dep_ in {"nsubjpass", "auxpass"}:
            return "object"
    for child in verb.children:
        if child.dep_ == "nsubj":
            return "subject" if child.lower_ in {"who", "that", "which"} else "object"
    return "object" if verb.tag_ == "VBN" else "subject"
