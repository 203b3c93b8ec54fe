"""The quotation that a verb introduces, closes or interrupts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from counterclaim.language import Sentence, at
from counterclaim.reading.statements import grammar
from counterclaim.reading.statements.cues import Lexicon, lexicon
from counterclaim.reading.statements.quotes import Quote
from counterclaim.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from counterclaim.reading.statements.drafts import Paragraph

_GAP = re.compile(r"[^\w.;:]*")
_NEXT_SENTENCE = re.compile(r"[^.!?;]*[.]\s*[\"“„«‘'‟]\s*")
_AFTER_GAP = re.compile(r"[^.!?;]*?(?:[,:]|\bthat|\bas)?\s*[\"“„«‘'‟”]+\s*$", re.IGNORECASE)


def claimed(verb: Token, subject: Token, sentence: Sentence, paragraph: Paragraph, inside: Quote | None) -> list[Span]:
    """The quotation that a verb introduces, closes or interrupts, widened by what is said outside the marks."""
    text, base = paragraph.text, paragraph.base
    start, end = at(verb).start, at(verb).end
    if (
        subject is not None
        and subject.sent == verb.sent
        and (subject.head == verb or subject.i == verb.i - 1 or subject.i > verb.i)
    ):
        who = at(grammar.phrase(subject))
        start, end = min(start, who.start), max(end, who.end)
    group = grammar.verb_group(verb)
    start = min(start, at(verb.doc[group[0]]).start)
    found: list[Span] = []
    for quote in paragraph.quotes_near(start):
        span = quote.span
        if (inside is None) == quote.inner or (inside is not None and not inside.span.covers(span)):
            continue
        if span.end <= start and start - span.end < 12 and _GAP.fullmatch(text, span.end - base, start - base):
            if _new_sentence(quote, start, paragraph):
                continue
            if quote.speech(paragraph.page_text) or span.start <= sentence.span.start + 1:
                left = span.start
                if sentence.span.start < span.start - 2:
                    left = _left(sentence, span.start)
                found.append(Span(left, span.end))
        elif span.start >= end and quote.speech(paragraph.page_text):
            gap = text[end - base : span.start - base]
            if len(gap) < 160 and _introduces(gap, verb, quote, paragraph, bool(found)):
                found.append(_with_clause(span, verb, paragraph, lexicon()))
                break
    return found


def _with_clause(span: Span, verb: Token, paragraph: Paragraph, lex: Lexicon) -> Span:
    """A quotation that opens or closes a longer clause after the cue, with that clause."""
    clause = next((c for c in verb.rights if c.dep_ == "ccomp"), None)
    if clause is None:
        return span
    start, end = grammar.reach(clause)
    start = max(start, verb.i + 1)
    whole = paragraph.span(grammar.trim(verb.doc, start, grammar.told(clause, start, end, lex.saying), loose=True))
    if span.start <= at(clause).start < span.end and whole is not None and whole.start >= span.start - 2:
        return span
    closed = span.of(paragraph.page_text).rstrip()[-1:] in {".", "!", "?"}
    if whole is None or not whole.overlaps(span) or (closed and whole.start >= span.start - 2):
        return span
    return Span(min(whole.start, span.start), max(whole.end, span.end))


def _new_sentence(quote: Quote, start: int, paragraph: Paragraph) -> bool:
    """Whether a quotation before the cue ended with a full stop: what follows is a sentence of its own."""
    inside = quote.span.of(paragraph.page_text).rstrip()
    return inside.endswith(".") and not inside.endswith("...") and paragraph.page_text[start].isupper()


def _left(sentence: Sentence, quote_start: int) -> int:
    """Where content begins that runs into a quotation: the sentence's start, past a conjunction."""
    doc, first = sentence.tokens.doc, sentence.tokens.start
    last = first
    while last < sentence.tokens.end and at(doc[last]).start < quote_start:
        last += 1
    start, end = grammar.trim(doc, first, last, loose=True)
    return at(doc[start]).start if start < end else quote_start


def _introduces(gap: str, verb: Token, quote: Quote, paragraph: Paragraph, split: bool) -> bool:
    """Whether the words between a cue and a quotation lead into it: "told reporters on Monday: “", "said that “"."""
    if not _AFTER_GAP.fullmatch(gap):
        end = quote.span.end
        last = quote.span.of(paragraph.page_text).rstrip()[-1:], paragraph.page_text[end + 1 : end + 2]
        return split and "," not in last and _NEXT_SENTENCE.fullmatch(gap) is not None  # "B”, he added" is his own
    words = gap.rstrip("\"“„«‘'‟” ").strip()
    if words in {"", ",", ":", "that", ", that"}:
        return bool(not words.isalpha() or quote.speech(paragraph.page_text)) or words == "that"
    if not quote.speech(paragraph.page_text) or (words[-1] not in ",:" and not words.endswith("that")):
        return False
    end = at(verb).end
    between = [t for t in verb.sent if end <= at(t).start < quote.span.start]
    return not any(t.pos_ == "VERB" and t.dep_ not in {"amod"} for t in between)


def widen(span: Span, verb: Token, paragraph: Paragraph, inside: Quote | None) -> Span:
    """Let content that runs into a quotation go on to that quotation's end, over full stops."""
    start, end, cue = span.start, span.end, at(verb).start
    for quote in paragraph.quotes_near(start, end):
        q = quote.span
        if quote.inner != (inside is not None) or q.start <= cue < q.end or (quote.open and q.start > start + 2):
            continue
        if start < q.start <= end < q.end and not cue > q.start:
            end = q.end
        elif q.start < start < q.end <= end:
            start = q.start
    return Span(start, end)


def named(verb: Token, paragraph: Paragraph, inside: Quote | None) -> Span | None:
    """ "called the entry of nine trucks a “drop in the sea”": from the thing to the end of the quotation."""
    thing = grammar.child(verb, "dobj")
    if thing is None or thing.i < verb.i or inside is not None:
        return None
    start, end = at(verb.doc[thing.left_edge.i]).start, at(thing).end
    quote = next((q.span for q in paragraph.quotes_near(end) if not q.inner and q.span.start > end), None)
    if quote is None or quote.end > at(verb.sent).end:
        return None
    between = [t for t in verb.doc[thing.i + 1 : verb.sent.end] if at(t).start < quote.start]
    return None if any(t.pos_ in {"VERB", "AUX"} for t in between) else Span(start, quote.end)
