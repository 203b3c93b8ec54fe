"""Statements from words that are no verbs: according to, citing, claims that, reportedly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counterclaim.language import Sentence, at
from counterclaim.reading.statements import grammar
from counterclaim.reading.statements.cues import Cue, Lexicon, lexicon
from counterclaim.reading.statements.drafts import Draft, Paragraph
from counterclaim.reading.statements.speakers import speaks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from counterclaim.reading.statements.grammar import Range

_SOURCE_PREPS = frozenset({"from", "by", "of", "in"})
_CITING = frozenset({"citing", "quoting"})
#: What stands before a source phrase in the middle of its clause.
_HOLDS = frozenset({"nsubj", "nsubjpass", "ROOT", "attr", "dobj", "advmod"})


def find(paragraph: Paragraph) -> Iterator[Draft]:
    """A draft for each noun, adverb or preposition that gives words to somebody, or hides who they are from."""
    lex = lexicon()
    starts = {s.split()[0] for s in lex.sources}
    for sentence in paragraph.sentences:
        for token in sentence.tokens:
            lower = token.lower_
            draft = None
            if lower in starts:
                draft = _source(token, lower, sentence, paragraph)
            elif lower == "words":
                draft = _own_words(token, sentence, paragraph)
            elif lower in lex.hidden:
                draft = _hidden(token, lex.hidden[lower], sentence, paragraph)
            elif token.pos_ == "NOUN" and token.lemma_.lower() in lex.nouns:
                draft = _noun(token, lex.nouns[token.lemma_.lower()], sentence, paragraph)
            if draft is not None:
                yield draft


def _source(token: Token, lower: str, sentence: Sentence, paragraph: Paragraph) -> Draft | None:
    """ "according to X", "per X", "in the words of X", "citing X": content is the clause around."""
    doc, lex = token.doc, lexicon()
    words = next(
        (w for w in lex.sources if w.split() == [t.lower_ for t in doc[token.i : token.i + len(w.split())]]), None
    )
    if words is None:
        return None
    last = doc[token.i + len(words.split()) - 1]
    noun = grammar.child(last, "pobj", "dobj") or grammar.child(token, "pobj", "dobj")
    if noun is None:
        noun = next((t for t in doc[last.i + 1 : last.i + 8] if t.dep_ in {"pobj", "dobj", "nsubj"}), None)
    if noun is None or noun.i <= last.i or noun.sent != token.sent:
        return None
    if words in {"per", "as per"} and not (noun.ent_type_ in {"ORG", "PERSON"} or noun.pos_ == "PROPN"):
        return None
    source = grammar.phrase(noun)
    if len(source) == 1 and noun.tag_ == "NN":  # "according to plan"
        return None
    like = _retold(token, sentence, paragraph) if lower in _CITING else None
    if like is None and lower in _CITING and _untold(token, lex):
        return None  # "Citing privacy rules, they have not said why"
    content = list(like.content) if like else []
    content = content or [s for r in _around(token, source.end) if (s := paragraph.span(r)) is not None]
    if not content:
        return None
    cue = lex.sources[words]
    return Draft(sentence, token, at(doc[token.i : last.i + 1]), source, content, cue.stance, words, like=like)


def _untold(token: Token, lex: Lexicon) -> bool:
    """Whether a cited source stands behind what somebody did not say."""
    above = next((a for a in token.ancestors if a.pos_ in {"VERB", "AUX"}), None)
    if above is None or above.lemma_.lower() not in lex.verbs:
        return False
    return any(c.dep_ == "neg" for c in above.children) or above.lemma_ in {"decline", "refuse"}


def _own_words(token: Token, sentence: Sentence, paragraph: Paragraph) -> Draft | None:
    """ "will, in his own words, fight to the end": the clause after the phrase, else the one before."""
    owner = grammar.child(token, "poss")
    prep = token.head
    if owner is None or prep.lower_ != "in" or prep.i > owner.left_edge.i:
        return None
    top = next((a for a in prep.ancestors if a.pos_ in {"VERB", "AUX"}), prep.sent.root)
    start, end = grammar.reach(top)
    rest = grammar.trim(token.doc, token.i + 1, max(end, token.i + 1), loose=True)
    before = grammar.trim(token.doc, min(start, prep.i), prep.i, loose=True)
    span = paragraph.span(rest) or paragraph.span(before)
    cue = at(token.doc[prep.i : token.i + 1])
    return Draft(sentence, token, cue, grammar.phrase(owner), [span], "asserts", "in own words") if span else None


def _retold(token: Token, sentence: Sentence, paragraph: Paragraph) -> Draft | None:
    """The statement that a cited source stands behind: what the verb above tells, else the sentence's first."""
    here = [d for d in paragraph.drafts if d.sentence is sentence and d.source is not None and d.cue is not None]
    above = {a.i for a in token.ancestors}
    return next((d for d in here if d.cue is not None and d.cue.i in above), here[0] if here else None)


def _around(token: Token, after: int) -> list[Range]:
    """The clause that a source phrase stands in, without the phrase: before it, after it or both."""
    doc, sent = token.doc, token.sent
    top = next((a for a in token.ancestors if a.pos_ in {"VERB", "AUX"} and _clausal(a)), sent.root)
    while top.dep_ == "conj" and doc[top.left_edge.i - 1].text != "," and top.head.i != top.i:
        top = top.head
    if top.dep_ in {"ccomp", "parataxis"} and top.head.pos_ in {"VERB", "AUX"} and doc[token.i - 1].text == ",":
        top = top.head  # "X said S, according to Y": Y tells that X said so
    start, end = grammar.reach(top)
    before = grammar.trim(doc, min(start, token.i), token.i, loose=True)
    rest = grammar.trim(doc, after, max(end, after), loose=True)
    said = doc[before[0] : before[1]]
    if before[0] < before[1] and grammar.finite(said):
        return [before]
    if before[0] >= before[1] or said.root.dep_ not in _HOLDS:  # opening the sentence, alone or after "On Monday"
        if rest[1] <= rest[0] or not grammar.finite(doc[rest[0] : rest[1]]):
            rest = grammar.trim(doc, after, sent.end, loose=True)
        return [rest] if rest[0] < rest[1] else [before] if before[0] < before[1] else []
    return [before, rest] if rest[0] < rest[1] else [before]


def _clausal(verb: Token) -> bool:
    """Whether a verb heads a clause of its own, with a subject in it."""
    return any(c.dep_ in {"nsubj", "nsubjpass", "expl", "csubj"} for c in verb.children) and verb.dep_ != "relcl"


def _hidden(token: Token, cue: Cue, sentence: Sentence, paragraph: Paragraph) -> Draft | None:
    """ "reportedly": the clause it stands in, said by nobody named."""
    verb = token.head
    if verb.pos_ not in {"VERB", "AUX"} or verb.dep_ in {"acl", "pcomp", "amod"}:
        return None
    start, end = grammar.reach(verb)
    told = grammar.told(verb, token.i, end, lexicon().saying) if end > token.i + 1 else end
    parts = [grammar.trim(token.doc, token.i + 1, told, loose=True)]
    subject = grammar.child(verb, "nsubj", "nsubjpass")
    if subject is not None and subject.pos_ != "PRON" and start < token.i and verb.dep_ != "relcl":
        parts.insert(0, grammar.trim(token.doc, subject.left_edge.i, token.i, loose=True))
    spans = [s for r in parts if (s := paragraph.span(r)) is not None]
    return Draft(sentence, token, at(token), None, spans, cue.stance, cue.word, hidden=True) if spans else None


def _noun(token: Token, cue: Cue, sentence: Sentence, paragraph: Paragraph) -> Draft | None:
    """ "the claim of X that S", "warnings from X that S"."""
    if cue.of and (of := _of(token)) is not None:
        span = paragraph.span(grammar.trim(token.doc, *grammar.reach(of), loose=True))
        if span is not None:
            return Draft(sentence, token, at(token), None, [span], cue.stance, f"{cue.word} of", hidden=True)
    clause = grammar.that_clause(token)
    if clause is None:
        return _owned(token, cue, sentence, paragraph) if cue.frames else None
    if cue.said and token.head.lemma_.lower() not in lexicon().verbs:
        return None
    start, end = grammar.reach(clause)
    start = max(start, token.i + 1)
    span = paragraph.span(
        grammar.trim(token.doc, start, grammar.told(clause, start, end, lexicon().saying), loose=True)
    )
    if span is None or any(
        d.cue and d.cue.i < token.i and d.end >= span.end and d.start > at(token).start for d in paragraph.drafts
    ):
        return None  # "said in a statement that S": the verb tells it already
    owner = _owner(token)
    if owner is None and token.dep_ == "dobj":
        owner = grammar.subject(token.head)
    source = grammar.phrase(owner) if owner is not None else None
    return Draft(sentence, token, at(token), source, [span], cue.stance, f"{cue.word} that", hidden=source is None)


def _owner(token: Token) -> Token | None:
    """Whose claim it is: "Kyiv's claim", "the claim of Kyiv", "a claim by Kyiv"."""
    owner = grammar.child(token, "poss")
    if owner is None and token.i + 1 < len(token.doc):
        after = token.doc[token.i + 1]
        owner = grammar.child(after, "pobj") if after.lower_ in _SOURCE_PREPS else None
    return owner


def _owned(token: Token, cue: Cue, sentence: Sentence, paragraph: Paragraph) -> Draft | None:
    """ "Kyiv's call for talks", "a plea by the mayor for aid": the phrase after, where somebody owns the noun."""
    heads = {f.head for f in cue.frames}
    prep = next((c for c in token.rights if c.dep_ == "prep" and c.lower_ in heads), None)
    noun = grammar.child(prep, "pobj", "pcomp") if prep is not None else None
    owner = _owner(token)
    if owner is None or noun is None or owner.i == noun.i or not speaks(owner, lexicon()):
        return None
    span = paragraph.span(grammar.trim(token.doc, *grammar.reach(noun), loose=True))
    source = grammar.phrase(owner)
    return Draft(sentence, token, at(token), source, [span], cue.stance, f"{cue.word} of") if span else None


def _of(token: Token) -> Token | None:
    """The noun after "of", where the sentence only tells that there are such reports."""
    there = any(c.dep_ == "expl" for c in token.head.children)
    prep = next((c for c in token.rights if c.dep_ == "prep" and c.lower_ == "of"), None) if there else None
    return grammar.child(prep, "pobj") if prep is not None else None
