"""What a figure measures: killed, displaced, money...; by the words that govern the counted noun.

The words are data (`lexicon/measures.toml`). The nearest words win: the verb right before the number, the participle
behind it, the counted noun itself, then the verbs and nouns that govern it; last what the noun alone suggests.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any, get_args

from counterclaim.reading.figures.counted import STAND_INS, Counted, carried, governors
from counterclaim.types import Measure

if TYPE_CHECKING:
    from spacy.tokens import Token

_BY_DIMENSION: dict[str, Measure] = {
    "money": "money", "percent": "percent", "duration": "duration", "distance": "distance", "area": "area",
}  # fmt: skip

#: Measures that people share who are told of with "with": "holed up with 200 civilians".
_TOGETHER = {"trapped", "evacuated", "displaced", "captured", "missing"}
_PARTICLES = {"prt", "advmod", "acomp", "oprd"}
_UNDERGOES = {"object", "with", "along"}
_WORD = re.compile(r"[^\W\d_]+")

Told = tuple[Measure, str, "Token | None"]
"""A measure, the word that told it and the token of that word."""


@dataclass(frozen=True)
class Lexicon:
    """`lexicon/measures.toml`: each kind of word, by lemma or form, with the measures it can tell, in order."""

    object: dict[str, tuple[Measure, ...]]
    subject: dict[str, tuple[Measure, ...]]
    state: dict[str, tuple[Measure, ...]]
    counted: dict[str, tuple[Measure, ...]]
    about: dict[str, tuple[Measure, ...]]
    default: dict[str, tuple[Measure, ...]]
    limits: dict[Measure, frozenset[str]]
    classes: dict[str, frozenset[str]]
    skip: frozenset[str]
    home: frozenset[str]
    abstract: frozenset[str]
    joined: frozenset[str]
    events: dict[str, frozenset[str]]


@functools.cache
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    path = resources.files("counterclaim.lexicon") / "measures.toml"
    raw: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    known: dict[str, Measure] = {name: name for name in get_args(Measure)}
    names = [known[name] for name in raw if name in known]

    def table(kind: str) -> dict[str, tuple[Measure, ...]]:
        found: dict[str, tuple[Measure, ...]] = {}
        for name in names:
            for word in raw[name].get(kind, ()):
                found[word] = (*found.get(word, ()), name)
        return found

    return Lexicon(
        object=table("object"), subject=table("subject"), state=table("state"), counted=table("counted"),
        about=table("about"), default=table("default"),
        limits={name: frozenset(raw[name]["of"]) for name in names if "of" in raw[name]},
        classes={name: frozenset(words) for name, words in raw["classes"].items()},
        skip=frozenset(raw["grammar"]["skip"]), home=frozenset(raw["grammar"]["home"]),
        abstract=frozenset(raw["grammar"]["abstract"]), joined=frozenset(raw["grammar"]["joined"]),
        events={name: frozenset(kinds) for name, kinds in raw["events"].items()},
    )  # fmt: skip


def classes_of(noun: Token | None) -> frozenset[str]:
    """The classes of a counted noun; people where it is left unsaid."""
    if noun is None or noun.lower_ in STAND_INS:
        return frozenset({"human"})
    found = {name for name, lemmas in lexicon().classes.items() if not lemmas.isdisjoint(_forms(noun))}
    if not found:
        # "16 Himars", "12 Palestinians", "three bandits"
        found = {"equipment", "human"} if noun.tag_ == "NNP" else {"human"} if noun.tag_ == "NNPS" else {"unknown"}
    return frozenset(found)


def _forms(token: Token) -> tuple[str, ...]:
    """The ways that a token may stand in the lexicon; marks glued to it are taken off."""
    match = _WORD.match(token.lower_)
    bare = match.group() if match else token.lower_
    return (
        (bare, token.lemma_.lower()) if bare == token.lower_ else (bare, bare.removesuffix("s"), token.lemma_.lower())
    )


def measure(counted: Counted, prior: frozenset[str] = frozenset()) -> Told:
    """The measure of a number, with the word that told it.

    `prior` are the classes of the noun counted last in the sentence, for a number that names none.
    """
    number = counted.number
    if number.dimension in _BY_DIMENSION:
        return _BY_DIMENSION[number.dimension], number.unit or number.dimension, None
    kinds = prior | classes_of(None) if counted.unsaid else classes_of(counted.noun)
    for rule in (_noun, _people, _alone) if counted.of_part else (_before, _behind, _noun, _people, _governed, _alone):
        if (told := rule(counted, kinds)) is not None:
            return told
    return "other", "", None


def _fits(names: tuple[Measure, ...], kinds: frozenset[str]) -> Measure | None:
    """The first measure that takes a noun of these classes."""
    limits = lexicon().limits
    return next((name for name in names if name not in limits or limits[name] & kinds), None)


def _look(table: dict[str, tuple[Measure, ...]], token: Token, kinds: frozenset[str]) -> Told | None:
    """What `table` tells of `token`: with its particle ("shoot down") or object ("lose life"), by form, by lemma."""
    lemma = token.lemma_.lower()
    forms = [f"{lemma} {child.lower_}" for child in token.children if child.dep_ in _PARTICLES]
    forms += [f"{lemma} {child.lemma_.lower()}" for child in token.children if child.dep_ == "dobj"]
    for form in (*forms, *_forms(token)):
        if form in table and (name := _fits(table[form], kinds)) is not None:
            return name, form, token
    return None


def _before(counted: Counted, kinds: frozenset[str]) -> Told | None:
    """The verb right before the number: "injuring 35", "wounded dozens"."""
    tokens = counted.tokens
    if tokens.start == 0 or tokens[0].is_sent_start:
        return None
    verb = tokens.doc[tokens.start - 1]
    if verb.pos_ not in {"VERB", "ADJ"} or verb.dep_ in {"auxpass", "aux"}:
        return None
    told = _look(lexicon().object, verb, kinds)
    return _both(told, verb) if told else None


def _behind(counted: Counted, kinds: frozenset[str]) -> Told | None:
    """A participle or adjective behind the number, over noun and auxiliaries: "12 people are feared lost"."""
    words, doc, noun = lexicon(), counted.tokens.doc, counted.noun
    if counted.part and counted.number.shape in {"one", "none"}:
        return None  # "one of the wounded men said": the participle is not the one's
    end = counted.tokens.end
    limit = min(end + 12, len(doc))
    if counted.part and noun is not None:
        end = noun.i + 1
    passive, over = False, 0
    for i in range(end, limit):
        token = doc[i]
        if token.is_sent_start and i > end:
            return None
        if i < over:
            continue
        if (over := _aside(token, limit)) > i and (noun is None or i > noun.i):
            continue
        form = token.lower_
        inside = noun is not None and i <= noun.i
        if token.tag_ in {"VBN", "JJ", "VBD", "NNS", "NN", "VBG"} or form in words.state:
            own = doc[i - 1].lower_ != "the" and any(child.dep_ == "dobj" for child in token.children)
            if not own and (noun is None or noun.i != i) and form in words.state:
                told = _look(words.state, token, kinds)
                if told:
                    return _both(told, token)
            if not own and passive and not inside and token.tag_ in {"VBN", "VBD"}:
                told = _look(words.object, token, kinds)
                if told:
                    return _both(told, token)
            if not own and token.tag_ == "VBN" and noun is not None and i == noun.i + 1 and form not in words.skip:
                told = _look(words.object, token, kinds)  # "11 priests assassinated by soldiers"
                if told:
                    return _both(told, token)
        if inside or form in words.skip or token.pos_ == "ADV":
            passive = passive or (form in {"were", "was", "been", "be", "are", "being", "is"} and not inside)
            continue
        return None
    return None


def _aside(token: Token, limit: int) -> int:
    """Past what is put in between: "civilians, including children, were ...", "were on Sunday ..."; else the token."""
    doc, i = token.doc, token.i
    if i + 1 >= limit:
        return i
    if token.text == "," and doc[i + 1].lower_ in {"including", "among", "most", "mostly", "mainly"}:
        return next((k + 1 for k in range(i + 2, limit) if doc[k].text == ","), i)
    if token.dep_ == "prep" and doc[i + 1].ent_type_ in {"DATE", "TIME", "GPE", "LOC"}:
        k = i + 1
        while k < limit and doc[k].ent_type_:
            k += 1
        return k
    return i


def _both(told: Told, verb: Token) -> Told:
    """One figure of both: "killed and wounded dozens", "12 were killed or injured"."""
    if told[0] not in {"killed", "wounded"}:
        return told
    object_ = lexicon().object
    pairs = [(verb, child) for child in verb.conjuncts]
    for _, other in pairs:
        names = set(object_.get(other.lemma_.lower(), ())) | set(lexicon().state.get(other.lower_, ()))
        if not names & {"killed", "wounded"} or told[0] in names:
            continue
        gap = verb.doc[min(verb.i, other.i) + 1 : max(verb.i, other.i)]
        if len(gap) == 1 and gap[0].lower_ in {"and", "or", "/"}:
            return "killed_or_wounded", f"{verb.lower_}, {other.lower_}", verb
    return told


def _noun(counted: Counted, _kinds: frozenset[str]) -> Told | None:
    """The counted noun is the measure by itself: "12 deaths", "five strikes"."""
    noun = counted.noun
    if noun is None or (counted.number.shape == "none" and noun.tag_ == "NN" and noun.lower_ not in lexicon().counted):
        return None
    for form in _forms(noun):
        if form in lexicon().counted:
            return lexicon().counted[form][0], form, noun
    if "human" in classes_of(noun) and (hurt := _wounds(noun)) is not None:
        return "wounded", hurt.lower_, hurt
    if counted.part and noun.lower_ in lexicon().state:
        return lexicon().state[noun.lower_][0], noun.lower_, noun
    return None


def _wounds(noun: Token) -> Token | None:
    """The wounds that people are treated or brought in with: "115 people with gunshot wounds"."""
    near = [noun] + ([noun.head] if noun.dep_ in {"dobj", "nsubjpass"} and noun.head.pos_ == "VERB" else [])
    found = (o for t in near for p in t.rights if p.lower_ in {"with", "for"} for o in p.rights if o.dep_ == "pobj")
    return next((o for o in found if o.lemma_ in {"wound", "injury", "burn"}), None)


def _people(counted: Counted, kinds: frozenset[str]) -> Told | None:
    """A place's people: "a city of 290,000", "home to 20,000", "a population of 1 million", "people live there"."""
    number, words = counted.number, lexicon()
    size = number.low if number.low is not None else number.high
    if size is None or size < 200 or "human" not in kinds:
        return None
    noun = counted.noun
    if noun is not None and any(child.dep_ == "poss" and child.ent_type_ == "GPE" for child in noun.children):
        return "population", noun.lower_, noun
    for token in (counted.anchor, counted.tokens.root):
        head = token.head
        if token.dep_ in {"pobj", "npadvmod"} and head.dep_ == "prep" and head.lower_ in {"of", "with", "to", "at"}:
            above = head.head
            if above.lemma_ in words.home or above.ent_type_ == "GPE":
                return "population", above.lower_, above
    for token, role in governors(counted.anchor):
        if token.lemma_ in {"live", "reside", "inhabit"} and role in {"subject", "object"}:
            return "population", token.lower_, token
        if token.lemma_ == "population":
            return "population", token.lower_, token
    return None


def _governed(counted: Counted, kinds: frozenset[str]) -> Told | None:
    """The nearest governing verb or noun that tells a measure."""
    words = lexicon()
    for token, role in governors(counted.anchor):
        if token.pos_ in {"VERB", "AUX"} or (token.pos_ == "ADJ" and role in {"object", "subject"}):
            for verb, part in _chain(token, role):
                if part == "object" and verb.lemma_ == "lose" and "human" in kinds and counted.noun is not None:
                    return "killed", verb.lower_, verb
                told = _look(words.state, verb, kinds) if verb is not token or part in _UNDERGOES | {"attr"} else None
                told = told or (_look(words.object, verb, kinds) if part in _UNDERGOES else None)
                told = told or (_look(words.subject, verb, kinds) if part in {"subject", "with", "along"} else None)
                if told and (part != "with" or told[0] in _TOGETHER):
                    return _both(told, verb)
            if told := _predicate(token, role, counted, kinds):
                return told
            for other in _shared(token) if role == "subject" else ():
                if told := _look(words.object, other, kinds):
                    return _both(told, other)
        elif role in {"of", "mod", "attr"}:
            told = _look(words.counted, token, kinds) or _look(words.state, token, kinds)
            if told and told[0] != "strikes":
                return told
            if told and role == "of" and kinds & {"missile", "target"}:
                return told
    listed = _listed(counted.anchor)
    return _look(words.object, listed, kinds) if listed is not None else None


def _listed(noun: Token) -> Token | None:
    """The verb whose list a noun belongs to, where the parser hung it higher: "killing a mayor, as well as 2 men"."""
    while noun.dep_ == "conj" and noun.head.pos_ in {"NOUN", "PROPN"}:
        noun = noun.head
    if noun.dep_ != "conj" or noun.head.pos_ != "VERB":
        return None
    left = noun.doc[noun.head.i + 1 : noun.i]
    return next((t for t in reversed(left) if t.pos_ == "VERB" and any(c.dep_ == "dobj" for c in t.rights)), None)


def _chain(verb: Token, role: str) -> Iterator[tuple[Token, str]]:
    """`verb` and the verbs below it that share its subject: "managed to escape", "are thought to be hiding"."""
    yield verb, role
    if role == "of":
        return
    for child in verb.children:
        if (
            child.i > verb.i
            and child.dep_ in {"xcomp", "oprd", "acomp", "ccomp"}
            and child.pos_ in {"VERB", "ADJ", "AUX"}
        ):
            own = any(c.dep_ in {"nsubj", "nsubjpass"} for c in child.children)
            if own and role != "object":
                continue
            passive = any(c.dep_ == "auxpass" for c in child.children)
            below = "object" if passive or child.pos_ == "ADJ" or child.tag_ == "VBN" else "subject"
            yield child, below
            for more in child.children:
                if more.dep_ in {"xcomp", "acomp", "oprd"} and more.pos_ in {"VERB", "ADJ"}:
                    yield more, "object" if more.tag_ in {"VBN", "JJ"} else "subject"


def _shared(verb: Token) -> Iterator[Token]:
    """Passives that share the subject of `verb`: "the nine were on a visit and were wounded"."""
    for other in verb.conjuncts:
        passive = any(c.dep_ == "auxpass" for c in other.children)
        if other.i > verb.i and passive and not any(c.dep_ in {"nsubj", "nsubjpass"} for c in other.children):
            yield other


def _predicate(verb: Token, role: str, counted: Counted, kinds: frozenset[str]) -> Told | None:
    """What "be" tells of the number, or of what it is told of: "the dead were 12", "three are among the wounded"."""
    words = lexicon()
    for child in verb.children:
        if child.i == counted.anchor.i:
            continue
        if child.dep_ == "prep" and child.lower_ == "among" and role == "subject":
            for thing in (more for below in child.children for more in (below, *below.children)):
                if thing.lower_ in words.state:
                    return words.state[thing.lower_][0], thing.lower_, thing
        if child.dep_ in {"nsubj", "nsubjpass"} and role in {"attr", "object", "of"}:
            child = carried(child)
            told = _look(words.about, child, kinds) or _look(words.counted, child, kinds)
            if told and told[0] != "strikes":
                return told
        if verb.lemma_ == "be" and child.dep_ == "attr" and role == "subject":
            told = _look(words.counted, child, kinds)
            if told:
                return told
    return None


def _alone(counted: Counted, kinds: frozenset[str]) -> Told | None:
    """What the counted noun alone suggests ("30 projectiles", "1,500 peacekeepers"), or the topic before the number."""
    words, noun = lexicon(), counted.noun
    if noun is not None and noun.lower_ not in STAND_INS:
        for form in (noun.lower_, noun.lemma_.lower()):
            if form in words.default:
                return words.default[form][0], form, noun
        if noun.i >= counted.tokens.start or "human" not in kinds:
            return None
    tokens = counted.tokens
    for i in range(tokens.start - 1, max(0, tokens.start - 16) - 1, -1):
        token = tokens.doc[i]
        if tokens.doc[i + 1].is_sent_start:
            break
        if token.pos_ in {"NOUN", "ADJ", "VERB"}:
            for table in (words.about, words.state):
                if token.lower_ in table:
                    return table[token.lower_][0], token.lower_, token
        elif token.pos_ == "NUM" and token.ent_type_ == "CARDINAL" and tokens.root.dep_ != "pobj":
            break
    return None
