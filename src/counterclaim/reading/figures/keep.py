"""Which numbers are figures at all, once their place in the parse and their measure are known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from counterclaim.language import Sentence
from counterclaim.reading.figures.counted import Counted, locate, topic
from counterclaim.reading.figures.measures import classes_of, lexicon, measure
from counterclaim.reading.figures.numbers import Number, numbers
from counterclaim.types import Measure

if TYPE_CHECKING:
    from spacy.tokens import Token

#: Measures of people.
PEOPLE: frozenset[Measure] = frozenset(
    {"killed", "wounded", "killed_or_wounded", "missing", "captured", "detained", "displaced", "evacuated", "trapped"}
)
_HARM: frozenset[Measure] = frozenset({"killed", "wounded", "killed_or_wounded"})
_SMALL = 12
#: Figures back over which one is part of another, or takes its noun.
_BACK = 6
_DEFINITE = {"the", "these", "those", "both", "'s", "’s", "its", "their", "his", "her", "our"}
_ARGUMENTS = {"nsubj", "nsubjpass", "dobj"}
_THEM = {"them", "whom", "these"}
_INCLUDING = {"including", "among", "comprising"}


@dataclass(frozen=True)
class Found:
    """A figure in the making. `whole` is the index (among the page's) of the figure that it is part of."""

    sentence: Sentence
    counted: Counted
    measure: Measure
    word: str
    anchor: int
    """The token of the word that told the measure, else of the number: its index in the passage."""
    words: str | None
    whole: int | None = None

    @property
    def number(self) -> Number:
        """The number expression."""
        return self.counted.number


def gather(sentence: Sentence, before: list[Found], losses: bool = False) -> list[Found]:
    """The figures of one sentence.

    `before` are those already found on the page, in order; `losses` tells that the page lists a side's losses.
    """
    text = sentence.tokens.text
    found: list[Found] = []
    prior: frozenset[str] = frozenset()
    if before and before[-1].sentence.index == sentence.index - 1:
        prior = _said(before[-1].counted)
    for number in numbers(text):
        counted = locate(number, sentence.tokens)
        if counted is None:
            continue
        counted = _over(counted)
        told, word, token = measure(counted, prior)
        prior = _said(counted) or prior
        if counted.label and told == "other" and losses:
            told, word = ("killed", "losses") if "human" in prior else ("equipment_lost", "losses")
        anchor = token if token is not None else counted.anchor
        item = Found(sentence, counted, told, word, anchor.i, None)
        item = _joined(item, len(before), found)
        if _counts(item):
            found.append(replace(item, words=_words(item, (before[-_BACK:] + found)[-_BACK:])))
    return found


def _said(counted: Counted) -> frozenset[str]:
    """The classes that a number hands on to the next one that names no noun; nothing if it names none itself."""
    known = classes_of(counted.noun) - {"unknown"}
    return frozenset() if counted.unsaid or counted.number.dimension != "count" else frozenset(known)


def _over(counted: Counted) -> Counted:
    """The number of "killed over five days": "over" is a preposition there, no bound."""
    number, tokens = counted.number, counted.tokens
    if number.qualifier not in {"over", "around", "about"} or number.dimension != "duration":
        return counted
    first = tokens[0]
    if first.lower_ != number.qualifier or first.dep_ != "prep" or len(tokens) < 2:
        return counted
    value = number.low if number.low is not None else number.high
    bare = replace(number, start=number.core, low=value, high=value, bound="exact", qualifier="")
    return replace(counted, number=bare, tokens=tokens[1:])


def _joined(item: Found, base: int, found: list[Found]) -> Found:
    """`item` with what it takes from the figure before it: "12 people, including three children", "six of whom"."""
    counted = item.counted
    if counted.number.dimension != "count":
        return item
    tokens = counted.tokens
    last = tokens.doc[tokens.start - 1].lower_ if tokens.start > item.sentence.tokens.start else ""
    if last in _THEM and tokens.start - 2 >= item.sentence.tokens.start:  # "among them five women"
        last = tokens.doc[tokens.start - 2].lower_
    part = last in _INCLUDING or (
        counted.noun is not None and counted.noun.lower_ in {"whom", "them", "which", "these"}
    )
    for k in range(len(found) - 1, max(len(found) - _BACK, 0) - 1, -1):
        whole = found[k]
        noun, other = counted.noun, whole.counted.noun
        if noun is not None and noun.dep_ == "conj" and noun.head == other and item.measure in {"other", "strikes"}:
            return replace(item, whole=whole.whole, measure=whole.measure)
        if whole.number.dimension != "count":
            continue
        if part:
            inherits = whole.measure != "other" and (item.measure == "other" or last in _INCLUDING)
            return replace(item, whole=base + k, measure=whole.measure if inherits else item.measure)
        if counted.unsaid and item.measure == "other" and tokens.root.dep_ in {"conj", "appos", "dep", "nsubjpass"}:
            return replace(item, measure=whole.measure)
        break
    return item


def _counts(item: Found) -> bool:
    """Whether a number is a figure."""
    counted, number, told = item.counted, item.number, item.measure
    noun, tokens, words = counted.noun, counted.tokens, lexicon()
    vague = told == "other" or (noun is not None and item.word in words.default)
    last = tokens.doc[tokens.start - 1] if tokens.start > item.sentence.tokens.start else None
    if number.shape == "many":
        return noun is not None and told in _HARM
    if number.shape in {"one", "few"} and (vague or number.dimension == "duration"):
        return False
    if number.shape in {"one", "none"} and noun is not None and tokens.doc[tokens.end].lower_ == "of":
        best = any(t.tag_ in {"JJS", "RBS"} for t in tokens.doc[tokens.end : noun.i + 1])
        if best or told == "strikes" or tokens.doc[item.anchor].dep_ in {"acl", "relcl"}:
            return False
    if _neither(counted):
        return False
    if number.shape == "none":
        return told in PEOPLE or told == "strikes"
    if number.joined in words.joined and vague:
        return False
    if not vague or number.dimension != "count":
        return True
    size = number.low if number.low is not None else number.high
    exact = number.bound == "exact" and not number.qualifier
    if exact and number.shape == "digits" and _is_year(tokens.text):
        return False
    if counted.unsaid and _put_at(tokens.root):
        return True
    if counted.unsaid and item.whole is None and (exact or noun is not None):
        return noun is None and last is not None and last.lower_ not in _DEFINITE and tokens.root.dep_ in _ARGUMENTS
    if exact and last is not None and last.tag_ == "NNP" and number.shape == "digits" and (size or 0) < 1000:
        return False
    if size is not None and size <= _SMALL:
        if last is not None and last.lower_ in _DEFINITE and number.bound == "exact":
            return False
        if noun is not None and noun.lemma_.lower() in words.abstract and not counted.label:
            return False
    return True


def _neither(counted: Counted) -> bool:
    """Whether nobody of a number is meant: the two of "neither of the two soldiers was hurt"."""
    before = counted.tokens.doc[max(0, counted.tokens.start - 3) : counted.tokens.start]
    return any(t.lower_ == "neither" for t in before) and any(t.lower_ == "of" for t in before)


def _put_at(number: Token) -> bool:
    """Whether somebody gives a number for what was told before: "put the number at 2,000"."""
    verb = number.head.head
    if number.dep_ != "pobj" or number.head.lower_ != "at" or verb.lemma_ not in {"put", "place", "set", "estimate"}:
        return False
    return any(c.dep_ == "dobj" and c.lemma_ in {"number", "figure", "toll", "total", "count"} for c in verb.children)


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdecimal() and 1900 <= int(text) < 2100


def _words(item: Found, before: list[Found]) -> str | None:
    """The words for what is counted; taken from the figure before where they are left unsaid."""
    counted, told = item.counted, item.measure
    if told == "population":
        return _inhabited(counted) or counted.words
    if counted.number.dimension != "count":
        return topic(counted) or counted.words
    noun = counted.noun
    if counted.unsaid or (noun is not None and noun.i == counted.tokens.end and noun.lower_ in lexicon().state):
        for other in reversed(before[-_BACK:]):
            near = (
                other.sentence.paragraph == item.sentence.paragraph and item.sentence.index - other.sentence.index <= 1
            )
            if not near or other.number.dimension != "count" or other.words is None:
                continue
            if (other.measure in PEOPLE) == (told in PEOPLE) or told == other.measure:
                return other.words
        return "people" if told in PEOPLE else None
    if (
        noun is not None
        and told in PEOPLE
        and not lexicon().counted.keys().isdisjoint({noun.lower_, noun.lemma_.lower()})
    ):
        return counted.words if "human" in classes_of(noun) and told == "displaced" else _casualties(noun)
    return counted.words


def _casualties(noun: Token) -> str:
    """Whose the "deaths", "bodies" or "casualties" are."""
    for child in noun.children:
        if child.ent_type_ == "NORP" and child.i < noun.i:
            return str(child.text)
        if child.lower_ in {"of", "among"}:
            for thing in child.children:
                if thing.dep_ == "pobj" and "human" in classes_of(thing):
                    return thing.text
        if child.lower_ in {"civilian", "military"} and child.i < noun.i:
            return "civilians" if child.lower_ == "civilian" else "soldiers"
    return "people"


def _inhabited(counted: Counted) -> str | None:
    """The place whose people are counted."""
    if counted.noun is not None:
        for child in counted.noun.children:
            if child.dep_ == "poss" and child.ent_type_ == "GPE":
                return str(child.text)
    for token in (counted.anchor, counted.tokens.root):
        head = token.head
        if head.dep_ != "prep":
            continue
        place = head.head
        owner = next((c for c in place.children if c.dep_ == "poss"), None)
        if owner is not None:
            return str(owner.text)
        for _ in range(4):
            if place.pos_ == "PROPN" or place.ent_type_ in {"GPE", "LOC", "FAC"}:
                return str(place.text)
            subject = next((c for c in place.children if c.dep_ in {"nsubj", "appos"} and c.pos_ == "PROPN"), None)
            if subject is not None:
                return str(subject.text)
            if place.dep_ == "ROOT":
                break
            place = place.head
    return None
