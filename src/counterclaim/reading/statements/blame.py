"""Whether a clause that is said charges another side with a deed: "Russian shells hit a school", "they are behind it".

A deed of war told of the other side ("its troops have entered the town") is no charge by itself; a harm to civilians,
an intent or a guilt is. The words are those of `lexicon/cues/stance.toml`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from counterclaim.reading.statements.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span as Words
    from spacy.tokens import Token

    from counterclaim.reading.actors import Cast
    from counterclaim.reading.statements.drafts import Draft
    from counterclaim.types import Actor

#: Clauses under the first that still tell what the same doer does: "is trying to starve the town".
_DOWN = frozenset({"xcomp", "conj", "advcl", "pcomp", "prep", "acl"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_LATE = frozenset({"schedule", "line", "front", "bar", "plan"})
_MANY = frozenset({"dozen", "score", "hundred", "thousand", "number"})
_MINE = frozenset({"we", "i", "our", "my", "us"})
_UNSAID = frozenset({"not", "n't", "n’t", "never", "no"})
_MIGHT = frozenset({"will", "would", "shall", "'ll", "’ll", "could", "may", "might", "can"})


def charges(head: Token, said: Words, draft: Draft, speaker: Actor, cast: Cast) -> bool:
    """Whether the clause of `head` charges somebody who is not the speaker's own side."""
    helpers = {c.lower_ for c in head.children if c.dep_ in {"aux", "neg"}}
    if head.pos_ not in {"VERB", "AUX"} or helpers & (_UNSAID | _MIGHT):
        return False
    verbs = list(_verbs(head, said))
    doer = _doer(head, draft, speaker, cast)
    return (
        _guilt(head, doer)
        or _proof(head, said, speaker, cast)
        or _intent(verbs, doer)
        or _harm(verbs, said, doer or _weapon(head, speaker, cast))
    )


def _verbs(head: Token, said: Words) -> Iterator[Token]:
    """The verb of a clause and those that go on with its doer."""
    yield head
    for c in head.children:
        if c.dep_ in _DOWN and said.start <= c.i < said.end and not any(x.dep_ == "nsubj" for x in c.children):
            yield from _verbs(c, said)


def _doer(head: Token, draft: Draft, speaker: Actor, cast: Cast) -> bool:
    """Whether another side does it."""
    agents = [a for c in head.children if c.dep_ == "agent" for a in c.children if a.dep_ == "pobj"]
    subjects = [c for c in head.children if c.dep_ == "nsubj"]
    if not subjects and head.dep_ == "conj":
        subjects = [c for c in head.head.children if c.dep_ == "nsubj"]
    they = draft.quoted and any(s.lower_ == "they" for s in subjects) and speaker.party is not None
    return they or any(_other(t, speaker, cast) for t in (*agents, *subjects))


def _other(token: Token, speaker: Actor, cast: Cast) -> bool:
    """Whether a noun, or what stands before it, names a side that is not the speaker's."""
    lefts = [t for t in token.lefts if t.dep_ in {"compound", "amod", "poss"}]
    if any(t.lower_ in _MINE for t in lefts):
        return False
    own = cast.party(token.text)
    if own is not None and own == speaker.party:
        return False
    if any(t.lemma_.lower() in words_of("foes") for t in (token, *lefts)):
        return True
    names = [token.doc[token.left_edge.i : token.i + 1].text, token.text, *(t.text for t in lefts)]
    party = next((p for n in names if (p := cast.party(n)) is not None), None)
    if party is None:
        return token.lemma_.lower() in words_of("armed") and speaker.party not in cast.conflict.sides
    if party == speaker.party:
        return False
    sides = cast.conflict.sides
    return party in sides or speaker.party in sides or not sides


def _weapon(head: Token, speaker: Actor, cast: Cast) -> bool:
    """ "Russian rockets hit it"; for who speaks for a side also "the strikes hit it"."""
    subject = next((c for c in head.children if c.dep_ == "nsubj"), None)
    if subject is None or subject.lemma_.lower() not in words_of("blows") or head.lemma_ == "kill":
        return False
    return _other(subject, speaker, cast)


def _guilt(head: Token, doer: bool) -> bool:
    """ "Is responsible for it", "was behind the blast", "crossed a red line", "started the war"."""
    if not doer:
        return False
    under = [c for c in head.children if c.dep_ in {"acomp", "prep", "dobj", "attr"}]
    if head.lemma_ in {"be", "bear", "stand", "carry"}:
        behind = any(c.lower_ == "behind" and any(n.lemma_ not in _LATE for n in c.children) for c in under)
        return behind or any(c.lemma_.lower() in {"responsible", "responsibility", "guilty", "blame"} for c in under)
    if head.lemma_ == "cross":
        return any(c.lemma_ == "line" for c in under)
    return head.lemma_ in {"start", "begin", "unleash"} and any(c.lemma_ in {"war", "aggression"} for c in under)


def _proof(head: Token, said: Words, speaker: Actor, cast: Cast) -> bool:
    """ "The strikes show that Moscow cannot be trusted"."""
    if head.lemma_ not in {"show", "prove", "demonstrate"} or head.tag_ in {"VBN", "VBG"}:
        return False
    return any(_other(t, speaker, cast) for t in said if t.i > head.i and t.head.i != head.i and t.pos_ in _NOUNS)


def _intent(verbs: list[Token], doer: bool) -> bool:
    """ "Is trying to starve the town", "wants to destroy the bridges"."""
    tried = [n for n, v in enumerate(verbs) if v.lemma_ in words_of("intents")]
    return doer and bool(tried) and any(v.lemma_ in words_of("harms") for v in verbs[tried[0] + 1 :])


def _harm(verbs: list[Token], said: Words, doer: bool) -> bool:
    """Whether somebody or something that is no target of war comes to harm. A count of the dead is a count."""
    if not doer or not any(t.lemma_.lower() in words_of("spared") for t in said):
        return False
    return any(_misused(v) or (v.lemma_.lower() in words_of("harms") and not _counted(v)) for v in verbs)


def _misused(verb: Token) -> bool:
    """ "Held civilians hostage", "used schools as bases"."""
    if verb.lemma_ not in words_of("misuses"):
        return False
    under = (t for c in verb.children if c.dep_ in {"dobj", "ccomp", "xcomp"} for t in c.subtree)
    return any(t.lemma_.lower() in words_of("spared") for t in under)


def _counted(verb: Token) -> bool:
    """ "Killed at least 31 people", "fired a hundred drones"."""
    if verb.lemma_ == "fire":
        return any(c.dep_ == "dobj" for c in verb.children)
    if verb.lemma_ not in {"kill", "wound", "injure"}:
        return False
    return any(
        t.like_num or t.lemma_ in _MANY for c in verb.children if c.dep_ in {"dobj", "nsubjpass"} for t in c.subtree
    )
