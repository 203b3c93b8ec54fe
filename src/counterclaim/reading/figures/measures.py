"""What a figure measures: killed, displaced, money...; by the words that govern the counted noun.

The words are data (`lexicon/measures.toml`). Nearest words win: the participle behind the number, the clause on the
noun, the noun itself, then the verbs that govern it.
"""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any, get_args

from counterclaim.reading.figures.counted import Counted, governors
from counterclaim.types import Measure

if TYPE_CHECKING:
    from spacy.tokens import Token

_BY_DIMENSION: dict[str, Measure] = {
    "money": "money", "percent": "percent", "duration": "duration", "distance": "distance", "area": "area",
}  # fmt: skip


@dataclass(frozen=True)
class Lexicon:
    """`lexicon/measures.toml`, each kind of word by lemma with the measures it can tell, in order."""

    object: dict[str, tuple[Measure, ...]]
    subject: dict[str, tuple[Measure, ...]]
    state: dict[str, tuple[Measure, ...]]
    counted: dict[str, tuple[Measure, ...]]
    about: dict[str, Measure]
    limits: dict[Measure, frozenset[str]]
    classes: dict[str, frozenset[str]]
    total: tuple[str, ...]


@functools.cache
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    path = resources.files("counterclaim.lexicon") / "measures.toml"
    raw: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    names: list[Measure] = [m for m in raw if m in get_args(Measure)]

    def table(kind: str) -> dict[str, tuple[Measure, ...]]:
        found: dict[str, tuple[Measure, ...]] = {}
        for name in names:
            for word in raw[name].get(kind, ()):
                found[word] = (*found.get(word, ()), name)
        return found

    return Lexicon(
        object=table("object"), subject=table("subject"), state=table("state"), counted=table("counted"),
        about={word: name for name in names for word in raw[name].get("about", ())},
        limits={name: frozenset(raw[name]["of"]) for name in names if "of" in raw[name]},
        classes={name: frozenset(words) for name, words in raw["classes"].items()},
        total=tuple(raw["cumulative"]["total"]),
    )  # fmt: skip


def classes_of(noun: Token | None) -> frozenset[str]:
    """The classes of a counted noun; one left unsaid is taken for people."""
    if noun is None:
        return frozenset({"human"})
    words = {noun.lemma_.lower(), noun.lower_}
    found = {name for name, lemmas in lexicon().classes.items() if not lemmas.isdisjoint(words)}
    if not found and noun.pos_ == "PROPN" and noun.tag_ == "NNPS":
        found.add("human")
    return frozenset(found)


def measure(counted: Counted) -> tuple[Measure, str, Token | None]:
    """The measure of a number, the word that told it, and the token of that word."""
    number, words = counted.number, lexicon()
    if number.dimension in _BY_DIMENSION:
        return _BY_DIMENSION[number.dimension], number.unit or number.dimension, None
    kinds = classes_of(counted.noun)
    for found in (_state(counted, words, kinds), _noun(counted, words), _people(counted, kinds)):
        if found:
            return found
    if found := _governed(counted, words, kinds):
        return found
    return _about(counted, words) or ("other", "", None)


def _fits(names: tuple[Measure, ...], words: Lexicon, kinds: frozenset[str]) -> Measure | None:
    for name in names:
        limit = words.limits.get(name)
        if limit is None or limit & kinds:
            return name
    return None


def _state(counted: Counted, words: Lexicon, kinds: frozenset[str]) -> tuple[Measure, str, Token | None] | None:
    """A participle or adjective at the number: "12 dead", "12 wounded people", "12 were injured"."""
    doc, end = counted.tokens.doc, counted.tokens.end
    noun = counted.noun
    reach = end + 1
    if noun is not None and noun.i >= end:
        reach = noun.i + 2
    for i in range(end, min(reach, len(doc))):
        token = doc[i]
        if token.is_sent_start and i > end:
            break
        if token.pos_ == "ADP" and token.lower_ != "of":
            break
        for form in (token.lower_, token.lemma_):
            if form in words.state and (name := _fits(words.state[form], words, kinds | {"human"} if noun is token else kinds)):
                return name, token.lower_, token
    return None


def _noun(counted: Counted, words: Lexicon) -> tuple[Measure, str, Token | None] | None:
    noun = counted.noun
    if noun is None:
        return None
    names = words.counted.get(noun.lemma_.lower()) or words.counted.get(noun.lower_)
    if not names or (names[0] == "strikes" and noun.lemma_ in words.classes["missile"]) or names[0] == "population":
        return None
    return names[0], noun.lower_, noun


def _people(counted: Counted, kinds: frozenset[str]) -> tuple[Measure, str, Token | None] | None:
    """A town's people: "a city of 290,000", "home to 20,000", "a population of 1 million"."""
    number = counted.number
    low = number.low if number.low is not None else number.high
    if low is None or low < 200 or not (counted.noun is None or "human" in kinds or counted.noun.pos_ == "PROPN"):
        return None
    root = counted.anchor
    for token in {root, counted.tokens.root}:
        head = token.head
        if head.dep_ == "prep" and head.lower_ in {"of", "with", "to"} and token.dep_ == "pobj":
            above = head.head
            if above.lemma_ in lexicon().classes["place_noun"] or above.lemma_ in {"population", "home"}:
                return "population", above.lower_, above
            if head.lower_ == "of" and above.ent_type_ == "GPE":
                return "population", above.lower_, above
    for token in governors(root):
        if token[0].lemma_ in {"live", "reside", "inhabit"} and token[1] in {"subject", "clause"}:
            return "population", token[0].lower_, token[0]
        if token[0].lemma_ in {"population"}:
            return "population", token[0].lower_, token[0]
    return None


def _governed(counted: Counted, words: Lexicon, kinds: frozenset[str]) -> tuple[Measure, str, Token | None] | None:
    """The nearest governing verb or noun that tells a measure."""
    for token, role in governors(counted.anchor):
        lemma = token.lemma_.lower()
        if token.pos_ in {"VERB", "AUX"} or token.tag_ in {"VBN", "VBG"}:
            if lemma == "lose" and "human" in kinds and role == "object":
                return "killed", token.lower_, token
            names = words.object.get(lemma) if role in {"object", "clause", "mod"} else None
            if role in {"subject", "clause"} and not names:
                names = words.subject.get(lemma)
            if names and (name := _fits(names, words, kinds)):
                return name, token.lower_, token
            if role in {"object", "subject"} and token.tag_ in {"VBN", "JJ"} and token.lower_ in words.state:
                name = _fits(words.state[token.lower_], words, kinds)
                if name:
                    return name, token.lower_, token
        else:
            if role in {"of", "mod", "prep", "attr"} and (names := words.counted.get(lemma)):
                return names[0], token.lower_, token
            for form in (token.lower_, lemma):
                if role in {"subject", "object", "mod"} and form in words.state:
                    name = _fits(words.state[form], words, kinds)
                    if name:
                        return name, token.lower_, token
        if token.lemma_ == "be" and role in {"attr", "subject", "acomp"}:
            for child in token.children:
                if child.i == counted.anchor.i:
                    continue
                if child.dep_ in {"nsubj", "attr", "acomp"}:
                    for form in (child.lower_, child.lemma_.lower()):
                        if form in words.state:
                            return words.state[form][0], child.lower_, child
                        if form in words.counted and child.dep_ == "nsubj":
                            return words.counted[form][0], child.lower_, child
                    if child.lemma_ == "toll":
                        return "killed", child.lower_, child
    return None


def _about(counted: Counted, words: Lexicon) -> tuple[Measure, str, Token | None] | None:
    """"The death toll has risen to 12", "deaths: 12": the topic told before a number that counts no noun."""
    if counted.noun is not None and "human" not in classes_of(counted.noun):
        return None
    tokens = counted.tokens
    for i in range(tokens.start - 1, max(tokens.sent.start, tokens.start - 12) - 1, -1):
        word = tokens.doc[i].lower_
        if word in words.about:
            return words.about[word], word, tokens.doc[i]
    return None
