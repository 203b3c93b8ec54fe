"""GUM's definition of attribution, made from ours: python -m training.attribution SET --definition gum

GUM (Zeldes 2017, doi.org/10.1007/s10579-016-9343-x) has attribution as a relation of discourse: a clause of saying,
thinking or showing over the clauses of its own sentence. So against ours

    out     noun phrases and infinitives as content ("announced a truce", "asked them to leave"), what goes on in later
            sentences, quotations without a cue
    in      belief ("she believed S", "I think S" within what is said), things as sources ("the result shows S"),
            what was not said ("have not said why")
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from counterclaim.language import Page, at
from counterclaim.reading.statements import frames, grammar
from counterclaim.reading.statements.cues import lexicon
from counterclaim.reading.statements.drafts import Paragraph, paragraphs
from counterclaim.types import Span, Statement

#: Verbs over a clause that tell what somebody holds, feels or learns, or what something shows.
BELIEFS = frozenset(
    """think believe suspect know feel hope fear expect guess assume understand realise realize doubt wonder imagine
    worry learn discover remember recognise recognize agree decide prove show convince suppose presume mean hear find
    figure predict dream wish notice""".split()
)
#: Adjectives that do the same after "be": "are concerned that S".
STATES = frozenset(
    """concerned worried afraid sure certain aware confident disappointed glad happy surprised convinced hopeful proud
    sorry unsure clear sad pleased""".split()
)
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who, by which word, what: spans in the report."""

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]


def attributions(page: Page, statements: tuple[Statement, ...]) -> Iterator[Attribution]:
    """Attributions in GUM's sense: statements cut to their sentence, and the beliefs beside them."""
    parts = paragraphs(page)
    cues: set[int] = set()
    for statement in statements:
        content = _with_rest(page, _here(page, statement), statements)
        if content and statement.cue is not None and (statement.directness == "direct" or _clause(parts, content)):
            cues.update(range(statement.cue.start, statement.cue.end))
            yield Attribution(statement.source, statement.cue, content)
    for part in parts:
        for found in _beliefs(part):
            if found.cue is not None and found.cue.end - 1 not in cues:
                yield found


def _here(page: Page, statement: Statement) -> tuple[Span, ...]:
    """The pieces of content that begin in the sentence of the cue."""
    sentence = page.sentence_at(statement.cue.start) if statement.cue is not None else None
    if sentence is None:
        return ()
    return tuple(c for c in statement.content if c.overlaps(sentence.span)) or statement.content[:1]


def _with_rest(page: Page, content: tuple[Span, ...], statements: tuple[Statement, ...]) -> tuple[Span, ...]:
    """Contents with what goes on in the next paragraph, where no mark has closed the quotation."""
    for s in statements if content else ():
        gap = Span(content[-1].end, s.content[0].start) if content[-1].end < s.content[0].start else None
        if s.cue is None and gap is not None and gap.end - gap.start < 4 and not gap.of(page.text).strip():
            content = (*content, *s.content)
    return content


def _clause(parts: list[Paragraph], content: tuple[Span, ...]) -> bool:
    """Whether contents are clauses: one with a finite verb that is no relative clause's."""
    for part in parts:
        for span in content:
            words = part.doc.char_span(span.start - part.base, span.end - part.base, alignment_mode="expand") if (
                part.base <= span.start < part.base + len(part.text)
            ) else None  # fmt: skip
            for token in words or ():
                verb = token.head if token.dep_ in {"aux", "auxpass"} else token
                if token.tag_ in _FINITE and verb.dep_ not in {"relcl", "acl"}:
                    return True
    return False


def _beliefs(part: Paragraph) -> Iterator[Attribution]:
    """Clauses under a verb or an adjective of holding, whether or not it is said to be so."""
    lex = lexicon()
    verbs = BELIEFS | lex.saying
    for sentence in part.sentences:
        for token in sentence.tokens:
            if token.pos_ in {"VERB", "AUX"} and token.lemma_.lower() in verbs and not grammar.passive(token):
                subject = grammar.subject(token, lex.saying)
                ranges = frames.clause(token, subject, sentence, lex) if subject is not None else []
            elif token.lower_ in STATES and token.dep_ in {"acomp", "ROOT"}:
                subject = grammar.child(token.head, "nsubj") or grammar.child(token, "nsubjpass", "nsubj")
                clause = grammar.child(token, "ccomp")
                ranges = [grammar.trim(token.doc, *grammar.reach(clause), loose=True)] if clause is not None else []
            else:
                continue
            content = tuple(s for r in ranges if (s := part.span(r)) is not None)
            if content:
                yield Attribution(at(grammar.phrase(subject)) if subject is not None else None, at(token), content)
