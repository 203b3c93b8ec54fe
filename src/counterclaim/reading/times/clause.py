"""Where a date phrase belongs in the parse, and in which tense an event is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counterclaim.reading.times.words import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

#: Cost of climbing from a trigger to the clause above it, by dependency; anything else is inside one clause.
_UP = {"ccomp": 3.0, "relcl": 3.5, "parataxis": 3.0, "acl": 2.0, "advcl": 1.5, "conj": 1.0, "xcomp": 0.3}
#: Cost of going down from there to the date: another clause's date is seldom the trigger's.
_DOWN = {"relcl": 9.0, "ccomp": 9.0, "parataxis": 6.0, "acl": 5.0, "advcl": 5.0, "conj": 2.0, "xcomp": 2.0}
_MODALS = frozenset(
    ["will", "would", "could", "may", "might", "should", "must", "can", "shall", "'ll", "’ll", "'d", "’d"]
)
#: Costs from here on lie outside the trigger's own clause, and beyond this not within reach.
FAR, TOO_FAR = 2.5, 14.0
IRREALIS = frozenset(["modal", "infinitive"])


def cost(trigger: Token, date: Token) -> float:
    """How far a date phrase stands from a trigger: under `FAR` in its own clause, `TOO_FAR` in none of its sentence."""
    above: dict[int, float] = {}
    total, node = 0.0, trigger
    while True:
        above[node.i] = total
        if node.head.i == node.i:
            break
        total += _UP.get(node.dep_, 0.4)
        node = node.head
    total, node = 0.0, date
    while node.i not in above:
        if node.head.i == node.i:
            return TOO_FAR
        total += _DOWN.get(node.dep_, 0.3)
        node = node.head
    return total + above[node.i]


def above(token: Token) -> set[str]:
    """How the clause of `token`, and those it stands in, hang on one another."""
    verb = _verb(token)
    return {verb.dep_, *(a.dep_ for a in verb.ancestors)}


def beside(token: Token) -> set[str]:
    """The adverbs, prepositions and conjunctions that stand beside the verb of the clause of `token`."""
    return {t.lower_ for t in _verb(token).children if t.dep_ in ("advmod", "prep", "mark")}


def _verb(token: Token) -> Token:
    """The verb of the clause that `token` stands in."""
    while token.pos_ not in ("VERB", "AUX") and token.head.i != token.i:
        token = token.head
    return token


def tense(token: Token) -> str:
    """The tense in which the clause of `token` tells: past, pluperfect, perfect, progressive, present, participle,
    modal, infinitive, gerund or none.
    """
    verb = _verb(token)
    helpers = {t.lower_ for t in verb.children if t.dep_ in ("aux", "auxpass")}
    tag = verb.tag_
    if tag == "MD" or helpers & _MODALS:
        return "modal"
    if "to" in helpers:
        done = (
            verb.dep_ in ("xcomp", "ccomp") and verb.head.i != verb.i and verb.head.lemma_ in lexicon()["done"]["verbs"]
        )
        return tense(verb.head) if done else "infinitive"
    if "had" in helpers:
        return "pluperfect"
    if helpers & {"has", "have", "'ve", "’ve"}:
        return "perfect"
    if tag == "VBD" or helpers & {"was", "were", "did"}:
        return "past"
    present = helpers & {"is", "are", "am", "'s", "’s", "'re", "’re"}
    if tag == "VBG":
        return "progressive" if present else "gerund"
    if tag in ("VBZ", "VBP") or present:
        return "present"
    return {"VBN": "participle", "VB": "infinitive"}.get(tag, "none")
