"""The encoder's vote: its proposals meet the drafts of the rules, before quotations that nobody claimed find a speaker.

both found it      the statement stays, with the rule's `why`; its borders by what each is better at
only the rules     it stays, unless the encoder is all but sure that its cue is none
only the encoder   it is added where the encoder is sure enough; its `why` names the encoder and the cue
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counterclaim.language import Page, at
from counterclaim.reading.statements import verbs
from counterclaim.reading.statements.cues import Lexicon, lexicon
from counterclaim.reading.statements.drafts import Draft, Paragraph
from counterclaim.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Span as Words
    from spacy.tokens import Token

    from counterclaim.reading.encoder import Proposal, Proposals
    from counterclaim.types import Stance


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each side counts; chances are the encoder's, 0 to 1. Set on data that neither side was made from."""

    add: float = 0.95
    """Least chance of a cue for a statement that no rule found."""
    drop: float = 0.2
    """Below this chance of a cue, a statement that only the rules found goes."""
    inside: float = 0.005
    """The same within what somebody else says: its data mostly leave nested statements out, so it doubts them."""
    source: bool = False
    """Whether the encoder's source is taken where the two have different ones."""
    marks: bool = True
    """Whether contents that the rules have from quotation marks stay."""
    content: float = 0.5
    """Contents of the two that share less than this (as a part of both together) are the encoder's."""


WEIGHTS = Weights()
#: For PolNeAR's definition, which the encoder knows better than the rules do.
POLNEAR = Weights(add=0.7, drop=0.3, inside=0.3, source=True, marks=False, content=1.0)
_MARKS = "\"“”„«»‘’'"
_EDGE = " \n\t,;:-–—"


def weigh(page: Page, parts: list[Paragraph], proposals: Proposals, weights: Weights = WEIGHTS) -> None:
    """Change the drafts of `parts` by what the encoder proposes."""
    elsewhere = [d.cue_span for p in parts for d in p.drafts if d.cue_span and not _holds(p, d.cue_span)]
    starts = [p.cue.start for p in proposals.found]
    for part in parts:
        first, last = bisect_left(starts, part.base), bisect_left(starts, part.base + len(part.text))
        seen = [p for p in proposals.found[first:last] if _holds(part, p.cue)]
        for draft in list(part.drafts):
            if _doubted(draft, part, seen, proposals, weights):
                part.drafts.remove(draft)
        for proposal in seen:
            known = next((d for d in part.drafts if _same(d, proposal)), None)
            if known is not None:
                _agree(known, proposal, part, weights)
            elif any(cue.overlaps(proposal.cue) for cue in elsewhere):
                continue  # what follows a colon is told in paragraphs of its own
            elif proposal.chance >= weights.add and (new := _draft(page, part, proposal)) is not None:
                part.drafts.append(new)


def _holds(part: Paragraph, span: Span) -> bool:
    return part.base <= span.start and span.end <= part.base + len(part.text)


def _doubted(draft: Draft, part: Paragraph, seen: list[Proposal], proposals: Proposals, weights: Weights) -> bool:
    """Whether only the rules found it and the encoder is all but sure that its cue is none."""
    cue = draft.cue_span
    if cue is None or any(_same(draft, p) for p in seen):
        return False
    nested = any(c.covers(cue) for d in part.drafts if d is not draft for c in d.content)
    if nested and draft.cue is not None and draft.cue.pos_ not in {"VERB", "AUX"}:
        return False  # "in his own words": the encoder has hardly seen other cues than verbs within what is said
    return proposals.chance(cue) < (weights.inside if nested else weights.drop)


def _same(draft: Draft, proposal: Proposal) -> bool:
    """Whether a draft and a proposal are one statement: one cue, or without one the same words."""
    if draft.cue_span is not None:
        return draft.cue_span.overlaps(proposal.cue)
    return _shared(draft.content, proposal.content) > 0.5


def _shared(one: list[Span] | tuple[Span, ...], other: list[Span] | tuple[Span, ...]) -> float:
    """Characters in both as a part of the characters in either."""
    both = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)
    either = sum(s.end - s.start for s in (*one, *other)) - both
    return both / either if either else 0.0


def _agree(draft: Draft, proposal: Proposal, part: Paragraph, weights: Weights) -> None:
    """One statement found by both: whose borders."""
    if _shared(draft.content, proposal.content) < weights.content and not (weights.marks and _marked(draft, part)):
        content = _tidied(proposal.content, part)
        if content:
            draft.content = content
    if proposal.source is None or draft.source_span is not None:
        return
    if draft.hidden and any(c.covers(proposal.source) for c in draft.content):
        return  # "the general is said to be in hiding": who it is about says nothing
    if draft.source is None or (weights.source and not at(draft.source).overlaps(proposal.source)):
        source = _tokens(part, proposal.source)
        draft.source, draft.hidden = source or draft.source, source is None and draft.source is None


def _marked(draft: Draft, part: Paragraph) -> bool:
    """Whether the rule has its content from marks or commas, which the encoder reads less well."""
    if draft.why.endswith(": middle"):
        return True
    return draft.quoted and all(any(q.span.covers(c) for q in part.quotes_near(c.start)) for c in draft.content)


def _draft(page: Page, part: Paragraph, proposal: Proposal) -> Draft | None:
    """A draft made from a proposal alone."""
    cue = _tokens(part, proposal.cue)
    sentence = page.sentence_at(proposal.cue.start)
    content = _tidied(proposal.content, part)
    if cue is None or sentence is None or not content:
        return None
    head, lex = cue.root, lexicon()
    entry = lex.verbs.get(head.lemma_.lower())
    if entry is not None and verbs.unsaid(head, entry):
        return None
    stance, word = _stance(head, lex)
    return Draft(
        sentence=sentence,
        cue=head,
        cue_span=at(cue),
        source=_tokens(part, proposal.source) if proposal.source is not None else None,
        content=content,
        stance=stance,
        why=f"encoder {proposal.chance:.2f}: {word}",
        hidden=proposal.source is None,
    )


def _stance(head: Token, lex: Lexicon) -> tuple[Stance, str]:
    word = head.lemma_.lower()
    for table in (lex.nouns, lex.verbs) if head.pos_ == "NOUN" else (lex.verbs, lex.nouns):
        if word in table:
            return table[word].stance, word
    return "asserts", word


def _tokens(part: Paragraph, span: Span) -> Words | None:
    """The tokens of a span, or None where it lies in another paragraph."""
    if not _holds(part, span):
        return None
    found: Words | None = part.doc.char_span(span.start - part.base, span.end - part.base, alignment_mode="expand")
    return found


def _tidied(content: tuple[Span, ...], part: Paragraph) -> list[Span]:
    """Contents without the marks and spaces at their edges, but with the quotation marks that belong to them."""
    text, found = part.page_text, []
    for span in content:
        start, end = span.start, span.end
        while start < end and text[start] in _EDGE:
            start += 1
        while end > start and text[end - 1] in _EDGE:
            end -= 1
        if start and text[start - 1] in _MARKS and text[start - 1] not in "”»’":
            start -= 1
        if start < end:
            found.append(Span(start, end))
    return found
