"""Names that can only be places' on a page, whatever the gazetteer and the pipeline's labels make of them.

Small towns of other wars are in no gazetteer that fits on a laptop, and the pipeline takes them for people, bodies or
tongues. The company that a name keeps tells more: "X, a town in", "on the outskirts of X", "X fell to the rebels", "the
army retook X". A name that somebody bears, or that acts, is no place's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from counterclaim import countries
from counterclaim.reading.control.words import lexicon
from counterclaim.reading.places import gazetteer
from counterclaim.types import Place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from counterclaim.conflict import Conflict
    from counterclaim.language import Page

_PLACES = frozenset({"GPE", "LOC", "FAC"})
_NEVER = frozenset(
    {"DATE", "TIME", "EVENT", "CARDINAL", "ORDINAL", "QUANTITY", "MONEY", "PERCENT", "LAW", "WORK_OF_ART"}
)
_STANDS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "ROOT"})
_AFTER_LABEL = frozenset({":", "-", "–", "—"})
_UPPER = re.compile(r"[A-Z][a-z]")
_HYPHENS = frozenset({"-", "\N{HYPHEN}", "\N{NON-BREAKING HYPHEN}"})


def name(token: Token) -> str:
    """A proper name up to its head: "Adan Yabaal", "al-Abdiyah"."""
    start = _start(token)
    return token.text if start == token.i else str(token.doc[start : token.i + 1].text)


def _start(token: Token) -> int:
    doc, left = token.doc, token.i
    while left and not doc[left].is_sent_start:
        before = doc[left - 1]
        article = doc[left - 2] if left > 1 else None
        if before.text in _HYPHENS and not before.whitespace_ and article is not None:
            part = article.pos_ == "PROPN" and article.is_title  # "Kala-Balge"
            if article.whitespace_ or not (part or article.lower_ in lexicon("articles")):
                break
            left -= 2
        elif before.pos_ == "PROPN" and (before.dep_ == "compound" or before.lower_ in lexicon("articles")):
            left -= 1
        else:
            break
    return left


def heads(page: Page) -> list[Token]:
    """The last words of the page's proper names, in the order of the text."""
    return [t for s in page.sentences for t in s.tokens if _proper(t) and (t.dep_ != "compound" or _before(t))]


def _proper(token: Token) -> bool:
    """Whether a word is a proper name, also one that only the pipeline's label, right or wrong, takes for a name."""
    if token.pos_ == "PROPN":
        return True
    return token.is_title and token.ent_type_ not in _NEVER | {"", "NORP"} and token.dep_ in _STANDS


def learn(page: Page, conflict: Conflict, known: set[str], lands: Iterable[str]) -> dict[str, Place]:
    """The places that the page names and its atlas does not know, by their names in small letters.

    `known` are the names that the atlas knows, in small letters; `lands` the countries that the page tells of.
    """
    told: dict[str, list[Token]] = {}
    for token in heads(page):
        told.setdefault(name(token), []).append(token)
    surnames = {n.split()[-1] for n, ts in told.items() if " " in n and any(t.ent_type_ == "PERSON" for t in ts)}
    lands, found = list(lands), dict[str, Place]()
    taken = {n for n, tokens in told.items() if any(_borne(t, n, conflict) for t in tokens)}
    for _ in range(2):  # a list of places teaches the second time: "in X, Y and Z"
        for own, tokens in told.items():
            low = own.casefold()
            first, _, last = low.rpartition(" ")
            if (first in known and last in lexicon("settled")) or low in {"old", "new", "upper", "lower"}:
                continue  # "Hama City", "the Old City"
            if low in known or low in found or own in taken or own in surnames or not _UPPER.search(own):
                continue
            if any(_called(t) or _reached(t, own) or _beside(t, found, known) for t in tokens):
                found[low] = _place(own, lands)
    return found


def _place(own: str, lands: list[str]) -> Place:
    """A place by name: the gazetteer's, if it lies in one of `lands`."""
    codes = {c.iso2: c.name for land in lands if (c := countries.find(land))}
    like = (e for e in gazetteer.lookup(own) if e.country in codes)
    entry = max(like, key=lambda e: (e.kind != "admin2", e.population), default=None)
    if entry is None or not entry.country:
        return Place(name=own, kind="unknown", country=lands[0] if lands else None, precision=6)
    return Place(
        name=own,
        kind=entry.kind,
        country=codes[entry.country],
        lat=entry.lat,
        lon=entry.lon,
        geonames_id=entry.geonames_id,
        precision=1,
    )


def _borne(token: Token, own: str, conflict: Conflict) -> bool:
    """Whether a name is somebody's: known, borne with a title, said to be a body, or of one who acts."""
    if countries.find(own) or countries.demonym(own) or conflict.actor(own) or token.ent_type_ in _NEVER:
        return True
    if token.tag_ == "NNPS" or token.is_upper or token.lemma_.lower() in lexicon("bodies"):
        return True
    first = token.doc[_start(token)]
    before = token.doc[first.i - 1] if first.i > token.sent.start else None
    if first.lemma_.lower() in lexicon("titles") or (before is not None and before.lemma_.lower() in lexicon("titles")):
        return before is None or before.dep_ in {"compound", "amod", "appos"} or first is not token
    if token.dep_ == "compound" and token.head.lemma_.lower() in lexicon("fighters") | lexicon("forces"):
        return True
    beside = [c for c in token.rights if c.dep_ == "appos"] + ([token.head] if token.dep_ == "appos" else [])
    if any(c.lemma_.lower() in lexicon("fighters") | lexicon("titles") | lexicon("bodies") for c in beside):
        return True
    if token.dep_ == "pobj" and token.head.dep_ == "agent":
        return True
    return token.dep_ == "nsubj" and token.head.lemma_.lower() in lexicon("acts")


def _before(token: Token) -> bool:
    """Whether a name stands before what it is: "Gossi camp", "Jabal Murad and Rahabah districts"."""
    after = token.head
    return after.lemma_.lower() in lexicon("settled") and after.i == token.i + 1


def _called(token: Token) -> bool:
    """Whether a name is called a place: by the pipeline's label, "X, a town in", "the city of X", "X camp"."""
    if token.lemma_.lower() in lexicon("settled") and token.dep_ != "compound":  # "Hama City"
        return False
    if token.ent_type_ in _PLACES or (token.dep_ == "compound" and _before(token)):
        return True
    if any(c.dep_ == "appos" and c.lemma_.lower() in lexicon("settled") for c in token.rights):
        return True
    head = token.head
    if (
        token.dep_ == "pobj"
        and head.lower_ == "of"
        and head.head.lemma_.lower() in lexicon("settled") | lexicon("edges")
    ):
        return True
    if token.dep_ == "appos" and head.lemma_.lower() in lexicon("settled"):
        return True
    if (
        token.dep_ == "pobj"
        and head.lower_ == "at"
        and head.head.lemma_.lower() in lexicon("settled") | lexicon("sites")
    ):
        return True  # "the border post at X"
    doc, i = token.doc, token.i + 1
    if _start(token) == doc[token.sent.start :].start and i < len(doc) and doc[i].text in _AFTER_LABEL:
        return any(t.lemma_.lower() in lexicon("back") and t.i > i for t in token.doc)  # "X: the army holds the town"
    return i + 1 < len(doc) and doc[i].text == "," and _situated(doc[i + 1])


def _situated(word: Token) -> bool:
    """Whether words begin that say where something lies: "close to the border", "70km north of"."""
    if word.lower_ in lexicon("direction") | {"near", "close"}:
        return any(c.dep_ in {"prep", "pobj"} for c in word.rights)
    if word.lower_ in {"in", "on"} and word.dep_ == "prep":
        return any(o.lemma_.lower() in lexicon("settled") | lexicon("edges") for o in word.rights)
    return word.pos_ == "NUM" and word.head.lemma_.lower() in lexicon("direction")


def _reached(token: Token, own: str) -> bool:
    """Whether a name stands where only a place can: "moved into X", "X fell to", "X is under siege", "retook X"."""
    whole = " " in own and token.ent_type_ == "PERSON" and own.split()[0].lower() not in lexicon("articles")
    first = token
    while first.dep_ == "conj":
        first = first.head
    head, role = first.head, first.dep_
    if any(c.dep_ in {"acl", "relcl"} and c.tag_ == "VBN" and _held(c) for c in first.rights):
        return True
    if role == "pobj":
        return head.lower_ in lexicon("goals") and token.ent_type_ != "ORG" and not whole
    if role not in {"dobj", "nsubj", "nsubjpass", "npadvmod"} or head.pos_ not in {"VERB", "AUX"}:
        return False
    verb = head.lemma_.lower()
    if head.tag_ == "VBN" and head.head.lemma_.lower() in lexicon("keeps") and verb in lexicon("retaken"):
        return True  # "have X encircled"
    if role in {"dobj", "nsubjpass"}:
        told = verb in lexicon("retaken") or (verb in lexicon("seized") and not whole)
        return told and not any(c.dep_ in {"oprd", "acomp", "xcomp", "ccomp"} for c in head.rights)
    for prep in (c for c in head.rights if c.dep_ == "prep"):
        goals = {o.lemma_.lower() for o in prep.rights if o.dep_ == "pobj"}
        if prep.lower_ in {"in", "under", "into", "out"} and goals & lexicon("standing"):
            return True
        if verb == "fall" and prep.lower_ == "to":
            return True
    return verb in {"fall", "surrender"} and not whole


def _held(verb: Token) -> bool:
    """Whether a participle tells who did what only places undergo: "held by the rebels"."""
    return verb.lemma_.lower() in lexicon("retaken") | lexicon("seized") and any(c.dep_ == "agent" for c in verb.rights)


def _beside(token: Token, found: dict[str, Place], known: set[str]) -> bool:
    """Whether a name is one of a list of places."""
    others = [t for t in token.conjuncts if t.pos_ == "PROPN" and t.ent_type_ != "NORP"]
    return token.ent_type_ != "NORP" and any(name(t).casefold() in found or name(t).casefold() in known for t in others)
