"""The stance of a statement: what its cue says, and where that is plain saying, what the words said do.

"Said it would not surrender" vows, "said aid must come in" demands, "said the occupiers had shelled a school" accuses:
each by the verb, its subject and a few words of `lexicon/cues/stance.toml`, read in the clause that is said.
"""

from __future__ import annotations

import functools
import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING

from counterclaim.language import at

if TYPE_CHECKING:
    from spacy.tokens import Span as Words
    from spacy.tokens import Token

    from counterclaim.reading.actors import Cast
    from counterclaim.reading.statements.drafts import Draft
    from counterclaim.types import Actor, Stance

_FUTURE = frozenset({"will", "would", "shall", "'ll", "’ll", "wo", "'d"})
_MUST = frozenset({"must", "should", "ought"})
_PREDICATES = frozenset({"VERB", "AUX", "NOUN", "ADJ"})
_WE = frozenset({"we", "i", "us"})
_THEY = frozenset({"he", "she", "it", "they"})


@functools.cache
def _words() -> dict[str, frozenset[str]]:
    data = tomllib.loads(files("counterclaim.lexicon").joinpath("cues", "stance.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words.split()) for name, words in data.items()}


def of(draft: Draft, speaker: Actor, cast: Cast) -> Stance:
    """The stance of a draft. Only a cue of plain saying lets the content decide."""
    if draft.stance != "asserts":
        return draft.stance
    said = _said(draft)
    return _read(said, draft, speaker, cast) if said is not None and len(said) else "asserts"


def _said(draft: Draft) -> Words | None:
    """The content in the parse of its first paragraph."""
    doc = draft.sentence.tokens.doc
    here, first, last = at(doc[:]), draft.content[0], draft.content[-1]
    start = max(here.start, first.start)  # content may go on in, or begin in, another piece of the passage
    end = last.end if last.end <= here.end else min(first.end, here.end)
    return doc.char_span(start - here.start, end - here.start, alignment_mode="expand") if start < end else None


def _read(said: Words, draft: Draft, speaker: Actor, cast: Cast) -> Stance:
    words = _words()
    for root in _heads(said):
        subject = next((c for c in root.children if c.dep_ in {"nsubj", "nsubjpass", "expl"}), None)
        aux = {c.lower_ for c in root.children if c.dep_ in {"aux", "auxpass"}}
        own = _own(subject, draft, speaker, cast)
        if aux & _MUST or (root.lemma_ == "need" and own) or _imperative(root, subject, draft):
            return "demands"
        if (
            own
            and root.lemma_ != "take"
            and (aux & _FUTURE or _going(root) or root.lemma_ in words["ready"] or _ready(root, words["ready"]))
        ):
            return "vows"
    if any(t.lower_ == "if" and t.dep_ == "mark" for t in said) and any(t.lower_ in _FUTURE for t in said):
        return "warns"
    if any(t.lemma_.lower() in words["untrue"] for t in said):
        return "denies"
    if any(t.lemma_.lower() in words["charged"] for t in said):
        return "accuses"
    return "asserts"


def _heads(said: Words) -> list[Token]:
    """The heads of the clauses that are said: roots within the words, and what is joined to them."""
    inside = range(said.start, said.end)
    roots = [t for t in said if (t.head.i == t.i or t.head.i not in inside) and t.pos_ in _PREDICATES]
    return roots + [c for r in roots for c in r.conjuncts if c.i in inside]


def _ready(root: Token, words: frozenset[str]) -> bool:
    """ "is ready to", "are determined to"."""
    return root.lemma_ == "be" and any(c.dep_ == "acomp" and c.lower_ in words for c in root.children)


def _own(subject: Token | None, draft: Draft, speaker: Actor, cast: Cast) -> bool:
    """Whether the clause is about the speaker's own side."""
    if subject is None:
        return False
    if subject.lower_ in _WE:
        return True
    if subject.lower_ in _THEY:
        return not draft.quoted
    party = cast.party(_phrase(subject))
    return party is not None and party == speaker.party


def _phrase(subject: Token) -> str:
    return subject.doc[subject.left_edge.i : subject.i + 1].text


def _imperative(root: Token, subject: Token | None, draft: Draft) -> bool:
    bare = root.tag_ == "VB" and root.dep_ in {"ROOT", "ccomp"} and subject is None
    return bare and draft.quoted and not any(c.dep_ == "aux" for c in root.children)


def _going(root: Token) -> bool:
    return root.lemma_ == "go" and any(c.dep_ == "xcomp" for c in root.children)
