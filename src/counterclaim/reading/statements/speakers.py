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
_DUMB = frozenset({"this", "that", "which", "what", "these", "those", "everything", "nothing", "something", "there"})


def speaks(subject: Token, lex: Lexicon) -> bool:
    """Whether a subject can say anything: somebody, a body, a document; not "the advance" or "the decision"."""
    if subject.ent_type_ in _SPEAKERS or subject.pos_ in {"PROPN", "NUM", "ADJ"}:
        return True
    if subject.pos_ == "PRON":
        return subject.lower_ not in _DUMB
    lemma, known = singular(subject.text), roles()
    if lemma in known.people or lemma in known.offices or lemma in known.titles or lemma in known.bodies:
        return True
    if lemma in known.carriers or lemma in known.things or lemma in lex.documents or subject.lemma_ in lex.documents:
        return True
    return lemma.endswith(_AGENTS) or any(t.ent_type_ in _SPEAKERS for t in subject.lefts)
