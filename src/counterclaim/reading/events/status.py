"""Whether a told event happened: reported, denied, or planned. (Claimed is for the statement that carries it.)

Read upwards from the trigger: a negation or a denying verb on the way makes it denied; a modal, a condition, a purpose
or a verb or noun of intent ("plans to", "threat of") makes it planned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from counterclaim.reading.events.frames import answers
from counterclaim.reading.events.triggers import words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from counterclaim.types import Status


_ORDER = frozenset({"first", "last", "latest", "only"})
_NOBODY = frozenset({"nobody", "none", "nothing"})
_WOULD = frozenset({"would", "should"})
_SENSES = frozenset({"hear", "see", "feel", "smell"})


def of(token: Token) -> Status:
    """The status of the event that `token` tells, leaving aside who says so."""
    return read(token)[0]


def read(token: Token) -> tuple[Status, str]:
    """The status and its mood: "not", "denial", "forecast", "will", "modal", "if", "intent", "purpose", "try" or ""."""
    if _forecast_noun(token):
        return "planned", "forecast"
    node, first, tried = token, True, False
    for _ in range(12):
        verbal = node.pos_ in {"VERB", "AUX"}
        modal = _modal(node) if verbal else ""
        if modal and node is not token:
            return "planned", modal  # "talks should not be held in public" foresees talks
        if _negated(node, token):
            return "denied", "not"
        if modal:
            return "planned", modal
        head, dep = node.head, node.dep_
        if dep == "ROOT":
            break
        if verbal and dep == "advcl" and any(c.dep_ == "mark" and c.lower_ in {"if", "unless"} for c in node.lefts):
            return "planned", "if"
        lemma = head.lemma_.lower()
        if not verbal and lemma in words("given") and dep == "dobj":
            break
        infinitive = verbal and any(c.tag_ == "TO" for c in node.lefts)
        if lemma in words("denial") and (dep in {"xcomp", "ccomp", "dobj", "pcomp"} or not verbal):
            return "denied", "denial"
        if infinitive and dep == "acl" and any(c.lower_ in words("failed") for c in head.lefts):
            return "denied", "not"  # "a failed bid to take the city"
        if infinitive and dep in {"xcomp", "acl"} and lemma in words("try"):
            node, first, tried = head, False, True  # "preparing to try to take the city" is prepared
            continue
        if lemma == "rule" and dep in {"xcomp", "dobj"} and any(c.lower_ == "out" for c in head.rights):
            return "planned", "intent"  # "has ruled out sending troops"
        if lemma in words("intent") and _complement(dep, infinitive, head):
            return "planned", "intent"
        if infinitive and dep in {"acl", "relcl", "xcomp"} and _first(head):
            node, first = head, False
            continue
        if infinitive and dep in {"advcl", "acl", "relcl"} and lemma not in words("fact"):
            return "planned", "purpose"
        if infinitive and dep == "xcomp" and lemma == "be":
            return "planned", "purpose"
        if infinitive and dep == "xcomp" and lemma == "fail":
            return "denied", "not"
        if infinitive and dep == "xcomp" and lemma in words("fact"):
            node, first = head, False
            continue
        if dep in {"pobj", "pcomp"} and head.dep_ == "prep":
            above = head.head
            over = above.lemma_.lower()
            if dep == "pcomp" and head.lower_ in {"from", "without"}:
                kept = head.lower_ == "from" and over in words("intent")  # "to prevent them from taking the town"
                return ("planned", "intent") if kept else ("denied", "not")
            if dep == "pcomp" and over in words("focus") and head.lower_ in {"on", "about", "of", "at", "towards"}:
                return "planned", "intent"
            if verbal and over in words("succeed"):
                node, first = above, False  # "will succeed in taking the city"
                continue
            if over in words("intent_noun") | words("intent") and head.lower_ in {"of", "for", "from", "on", "to"}:
                return "planned", "intent"
            if over in words("short_of") and head.lower_ in {"to", "on", "in"}:
                return "planned", "intent"
            if not verbal and head.lower_ in {"to", "into", "for"} and above.pos_ == "VERB" and over in words("leads"):
                node, first = above, False  # "could lead to a ceasefire", "will travel to Rome for talks"
                continue
            if verbal or above.pos_ in {"VERB", "AUX"} or head.lower_ not in {"of", "for", "to"}:
                break
            node, first = above, first and over in words("part")
            continue
        if not verbal and head.pos_ in {"VERB", "AUX"} and not _carries(dep, head, first):
            break
        if verbal and dep in {"ccomp", "relcl", "advcl", "parataxis", "acl"}:
            break
        node, first = head, False
    return "reported", "try" if tried else ""


def _forecast_noun(token: Token) -> bool:
    return any(c.lower_ in words("forecast") and c.dep_ in {"amod", "compound"} for c in token.lefts)


def _negated(node: Token, trigger: Token) -> bool:
    """Whether a word is denied, by another than the trigger: "no water" tells that there is none."""
    own = [c for c in node.children if c.i != trigger.i]
    if any(c.dep_ == "neg" or (c.dep_ == "preconj" and c.lower_ == "neither") or _none(c) for c in own):
        return True
    return any(c.lower_ in _NOBODY or any(map(_none, c.lefts)) for c in own if c.dep_ in {"nsubj", "nsubjpass"})


def _none(word: Token) -> bool:
    return word.dep_ == "det" and word.lower_ == "no"


def _first(noun: Token) -> bool:
    """Whether somebody is told to be the first, or last, who did it: "the first to cross the river"."""
    return noun.lower_ in _ORDER or any(c.lower_ in _ORDER and c.dep_ == "amod" for c in noun.lefts)


def _modal(verb: Token) -> str:
    if verb.lemma_.lower() in _SENSES and any(c.lower_ == "could" for c in verb.lefts):
        return ""  # "gunfire could be heard"
    found = {c.lower_ for c in verb.lefts if c.dep_ == "aux"} & words("modal")
    return "" if not found else "will" if found & words("will") else "modal"


def _complement(dep: str, infinitive: bool, head: Token) -> bool:
    if dep == "xcomp" or (dep in {"ccomp", "acl", "pcomp"} and infinitive):
        return True
    lemma = head.lemma_.lower()
    return dep == "dobj" and head.pos_ in {"VERB", "AUX"} and (lemma not in words("light") or lemma in words("design"))


def _carries(dep: str, head: Token, first: bool) -> bool:
    """Whether a verb's mood is that of a noun it governs."""
    if dep == "nsubj" and first:  # "an offensive would seek to take the town" is none yet
        helpers = {c.lower_ for c in head.lefts if c.dep_ == "aux"}
        return head.lemma_.lower() in words("happen") or (bool(helpers & _WOULD) and "have" not in helpers)
    return first and dep in {"dobj", "nsubjpass"}


def background(token: Token) -> bool:
    """Whether a sentence takes what `token` tells as given: "the besieged city", "after the attack"."""
    node = token
    for _ in range(12):
        if node.dep_ in {"ROOT", "ccomp"}:
            return False
        if node.dep_ == "amod" or (node.dep_ == "pobj" and node.head.lower_ in words("background")):
            return True
        node = node.head
    return False


def charged(token: Token) -> bool:
    """Whether what `token` tells is only what somebody is accused of, claims as theirs or is heard of, with no cue of
    speech: "accused of shelling", "admitted striking", "alleged massacres", "reported to have been killed".
    """
    if any(c.lower_ in words("hearsay") and c.dep_ == "amod" for c in token.lefts):
        return True
    node = token
    for _ in range(12):
        head, dep = node.head, node.dep_
        if dep == "ROOT":
            return False
        if dep == "pcomp" and head.dep_ == "prep" and head.head.lemma_.lower() in words("charge"):
            return head.lower_ in {"of", "for"}
        if (node is token or answers(token)) and dep == "dobj" and head.lemma_.lower() == "claim":
            return True
        if dep == "xcomp" and node.tag_ == "VBG" and head.lemma_.lower() in words("admission"):
            return True
        if dep in {"xcomp", "acl", "relcl"} and head.tag_ == "VBN" and head.lemma_.lower() in words("heard"):
            return any(c.tag_ == "TO" for c in node.lefts)
        node = head
    return False
