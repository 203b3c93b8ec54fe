"""To whom and on what occasion something was said: "told reporters", "in a post on X", "told a news conference"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counterclaim.language import at
from counterclaim.reading.statements import grammar
from counterclaim.reading.statements.cues import lexicon

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from spacy.tokens import Span as Words
    from spacy.tokens import Token

    from counterclaim.types import Span

#: What one gives to an outlet.
_TALKS = frozenset(
    {"interview", "statement", "comment", "remark", "call", "message", "email", "conversation", "article"}
)
#: Before a comma they open a circumstance: "Speaking at a news conference, ...".
_SPEAKING = frozenset({"speaking", "writing", "addressing", "posting", "talking"})
_ON = frozenset({"in", "at", "on", "during", "via", "through", "over", "by", "to"})


def of(verb: Token, content: Container[Span] = ()) -> tuple[str | None, str | None]:
    """Addressee and occasion of a verb of saying, as written, each None where it is not told."""
    addressee = occasion = None
    for noun, to in _nouns(verb):
        phrase = _until_clause(grammar.phrase(noun))
        if at(phrase) in content:
            continue  # "promised more jets"
        words = [noun] if to else phrase[:12]
        if any(t.lower_ in lexicon().occasions or t.lemma_.lower() in lexicon().occasions for t in words):
            occasion = occasion or phrase.text
        elif to:
            addressee = addressee or phrase.text
    return addressee, occasion


def _until_clause(phrase: Words) -> Words:
    """A phrase without the clause that the parse hung on its last noun: "a call on Thursday that he would go on"."""
    that = next((t for t in phrase if t.lower_ == "that" and t.i > phrase.root.i and t.tag_ != "DT"), None)
    return phrase.doc[phrase.start : that.i] if that is not None else phrase


def told(verb: Token) -> Words | None:
    """Whom the words were given to: "told Reuters", "said in an interview with Bild"."""
    for noun, to in _nouns(verb):
        if to:
            return grammar.phrase(noun)
        if noun.lemma_.lower() in _TALKS:
            other = next((o for p in noun.rights if p.lower_ in {"with", "to", "for"} for o in p.children), None)
            return grammar.phrase(other) if other is not None else None
    return None


def _nouns(verb: Token) -> Iterator[tuple[Token, bool]]:
    """The nouns around a verb that may be either, and whether it is said to them."""
    told = lexicon().verbs.get(verb.lemma_.lower())
    addressed = told is not None and told.takes("@") is not None
    speaking = (c for c in verb.children if c.dep_ == "advcl" and c.lower_ in _SPEAKING)
    for c in (*verb.children, *(p for s in speaking for p in s.children if p.lower_ in _ON - {"to"})):
        if c.dep_ in {"dobj", "dative"} and addressed and c.i > verb.i and c.pos_ != "ADP":
            yield c, True
        elif c.dep_ in {"prep", "dative"} and c.lower_ in _ON:
            noun = grammar.child(c, "pobj")
            if noun is not None and noun.ent_type_ not in {"DATE", "TIME"}:
                yield noun, c.lower_ == "to"
