"""What the stages of reading statements hand on: a draft, still with the parse in hand."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from counterclaim.language import Page, Sentence, at
from counterclaim.reading.statements.grammar import Range
from counterclaim.reading.statements.quotes import Quote, pair
from counterclaim.types import Actor, Span, Stance

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Words


#: Sentences of more tokens are tables or broken pages, and nobody's words.
LONGEST = 250
#: How many quotations before and after a place are looked at: outer ones do not overlap, inner ones are few.
_AROUND = 12


@dataclass(slots=True)
class Draft:
    """A statement before it is resolved: the words of the source, the cue's token and the spans of content."""

    sentence: Sentence
    cue: Token | None
    cue_span: Span | None
    source: Words | None
    content: list[Span]
    stance: Stance
    why: str
    hidden: bool = False
    quoted: bool = False
    addressee: str | None = None
    occasion: str | None = None
    told: Words | None = None
    """Whom the words were given to, where that may be an outlet."""
    like: Draft | None = None
    """The draft that says the same words: "X reported S, citing Y" gives Y the content of X, carried by X."""

    own_words: bool = False
    """All of the content is the speaker's wording, without marks (a post)."""
    source_span: Span | None = None
    speaker: Actor | None = None
    """Set where the source is no phrase of the parse."""

    @property
    def start(self) -> int:
        """Where the content begins."""
        return min(c.start for c in self.content)

    @property
    def end(self) -> int:
        """Where the content ends."""
        return max(c.end for c in self.content)


@dataclass(slots=True)
class Paragraph:
    """One passage with its parse and its quotations, in offsets of the report."""

    number: int
    doc: Doc
    base: int
    text: str
    sentences: list[Sentence]
    quotes: tuple[Quote, ...] = ()
    drafts: list[Draft] = field(default_factory=list)
    page_text: str = ""

    def span(self, tokens: Range) -> Span | None:
        """The report's span of a range of tokens, or None where it is empty."""
        start, end = tokens
        return at(self.doc[start:end]) if start < end else None

    def quote_at(self, offset: int) -> Quote | None:
        """The outer quotation that holds the character at `offset`."""
        return next((q for q in self.quotes_near(offset) if not q.inner and q.span.start <= offset < q.span.end), None)

    def quotes_near(self, start: int, end: int | None = None) -> tuple[Quote, ...]:
        """The quotations that begin between two offsets, with a few before and after."""
        first = bisect_left(self.quotes, start, key=_opens)
        last = first if end is None else bisect_left(self.quotes, end, key=_opens)
        return self.quotes[max(0, first - _AROUND) : last + _AROUND]


def _opens(quote: Quote) -> int:
    return quote.span.start


def paragraphs(page: Page) -> list[Paragraph]:
    """The page's passages that were parsed, each with its sentences and quotations."""
    found: list[Paragraph] = []
    for sentence in page.sentences:
        if not found or found[-1].number != sentence.paragraph:
            doc = sentence.tokens.doc
            base: int = doc.user_data["start"]
            text = page.text[base : base + len(doc.text)]
            found.append(Paragraph(sentence.paragraph, doc, base, text, [], page_text=page.text))
        if len(sentence.tokens) <= LONGEST:
            found[-1].sentences.append(sentence)
    found = [p for p in found if p.sentences]
    left_open = False
    for p in found:
        p.quotes = tuple(
            Quote(
                span=Span(q.span.start + p.base, q.span.end + p.base),
                inner=q.inner,
                open=q.open,
                goes_on=left_open and q.span.start <= 2,
            )
            for q in pair(p.text, going_on=left_open)
        )
        left_open = any(q.open and not q.inner for q in p.quotes)
    return found
