"""Who can be a speaker: somebody, a body, a document; not "the advance" or "the decision"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counterclaim.reading.actors.phrases import roles, singular

if TYPE_CHECKING:
    from spacy.tokens import Token

    from counterclaim.reading.statements.cues import Lexicon

_SPEAKERS = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC"})
#: Endings of nouns for those who do something, and the last words of names for groups.
_AGENTS = (
    "er", "or", "ist", "ian", "ant", "man", "woman", "ee", "people", "folk", "force", "team", "group", "side", "family",
)  # fmt: skip
#: Parts of those asked: "a third of voters", "20 percent said".
_PARTS = frozenset({"percent", "majority", "minority", "half", "third", "quarter", "handful", "dozen", "rival", "army"})
_DUMB = frozenset({"this", "that", "which", "what", "these", "those", "everything", "nothing", "something", "there"})


def speaks(subject: Token, lex: Lexicon) -> bool:
    """Whether a subject can say anything: somebody, a body, a document; not "the advance" or "the decision"."""
    if subject.ent_type_ in _SPEAKERS or subject.pos_ in {"PROPN", "NUM", "ADJ"}:
        return True
    if subject.pos_ == "PRON":
        return subject.lower_ not in _DUMB
    known = roles()
    for word in (singular(subject.text), subject.lemma_.lower()):
        if word in known.people or word in known.offices or word in known.titles or word in known.bodies:
            return True
        if word in known.carriers or word in known.things or word in lex.documents:
            return True
        if word.endswith(_AGENTS) or word in _PARTS:
            return True
    return any(t.ent_type_ in _SPEAKERS for t in subject.lefts)
