"""Statements that the layout makes: a post under its handle, "Name: words" in a headline or a list."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from counterclaim.reading.actors.phrases import roles
from counterclaim.reading.statements import grammar
from counterclaim.reading.statements.cues import Lexicon, lexicon
from counterclaim.reading.statements.drafts import Draft, Paragraph
from counterclaim.reading.statements.speakers import speaks
from counterclaim.types import Actor, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span as Span_

    from counterclaim.language import Page
    from counterclaim.reading.actors import Cast

_HANDLE = re.compile(r"(?:^|\s)@(\w{2,30})\s*$")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|_+|\d+")
_TITLES = frozenset({"headline", "crosshead", "standfirst", "list_item"})
#: What a piece is, or a pair that it is about: no speaker.
_GENRES = frozenset(
    """explainer explained analysis opinion comment commentary editorial watch video live update updates breaking
    exclusive factbox timeline profile review podcast gallery pictures photos maps map vs v versus""".split()
)
_OWN_WORDS = frozenset({"we", "our", "us", "i", "my", "“", "”", '"', "‘", "’"})
#: After the speaker's name: what the words are about, or what the speaker does meanwhile.
_ABOUT = frozenset({"on", "as", "about", "after", "amid", "ahead", "in"})
_VERBS = frozenset({"VBD", "VBZ", "VBP", "MD"})
_DASHES = frozenset({"–", "—", "-"})


def posts(page: Page, parts: list[Paragraph], cast: Cast) -> Iterator[tuple[Paragraph, Draft]]:
    """A post: a line that is a handle, and the paragraph under it in the account's own words."""
    by_start = {p.base: p for p in parts}
    passages = page.report.passages
    for above, below in itertools.pairwise(passages):
        match = _HANDLE.search(above.span.of(page.text)) if above.kind in {"byline", "paragraph"} else None
        part = by_start.get(below.span.start)
        if match is None or part is None or below.kind != "paragraph":
            continue
        yield (
            part,
            Draft(
                sentence=part.sentences[0], cue=None, cue_span=None, source=None, content=[below.span],
                stance="asserts", why="post", quoted=True, own_words=True,
                source_span=Span(above.span.start + match.start(1) - 1, above.span.start + match.end(1)),
                speaker=_account(match.group(1), cast),
            ),
        )  # fmt: skip


def _account(handle: str, cast: Cast) -> Actor:
    """Who an account speaks for, as far as its name tells."""
    words = [w for w in _CAMEL.split(handle) if w]
    for end in range(len(words), 0, -1):
        for start in range(end):
            if len(name := " ".join(words[start:end])) > 2 and (known := cast.conflict.actor(name)) is not None:
                return known
    return Actor(name=" ".join(words) or handle, kind="outlet")


def titles(paragraph: Paragraph) -> Iterator[Draft]:
    """ "Name: words", "‘Words’: Name on it" and "words - Name", where the line is a title and the name can speak."""
    if paragraph.sentences[0].passage.kind not in _TITLES:
        return
    doc, lex = paragraph.doc, lexicon()
    if (first := _quoted_first(paragraph)) is not None:
        yield from _title(paragraph, *first, lex)
        return
    colon = next((t for t in doc[:12] if t.text == ":"), None)
    if colon is not None and 0 < colon.i < len(doc) - 2:
        start, end = grammar.trim(doc, 0, colon.i)
        inside = paragraph.quote_at(paragraph.base + colon.idx)
        if inside is None and start < end and end - start <= 8 and not grammar.finite(doc[start:end]):
            yield from _title(paragraph, (start, end), (colon.i + 1, len(doc)), lex)
            return
    dash = next((t for t in reversed(doc[-8:]) if t.text in _DASHES and t.whitespace_), None)
    if dash is not None and dash.i > 3 and dash.nbor(-1).whitespace_ and grammar.finite(doc[: dash.i]):
        yield from _title(paragraph, grammar.trim(doc, dash.i + 1, len(doc)), (0, dash.i), lex)


def _quoted_first(paragraph: Paragraph) -> tuple[grammar.Range, grammar.Range] | None:
    """Who and what, in "‘We are alone’: mayor of Lviv on the raids": a quotation, a colon, and a speaker after it."""
    doc, quote = paragraph.doc, next((q for q in paragraph.quotes if not q.inner), None)
    if quote is None or quote.span.start - paragraph.base > 1 or not quote.speech(paragraph.page_text):
        return None
    end = quote.span.end - paragraph.base
    colon = next((t for t in doc if t.text == ":" and end <= t.idx <= end + 2), None)
    if colon is None or colon.i + 1 >= len(doc):
        return None
    last = next((t.i for t in doc[colon.i + 1 :] if t.lower_ in _ABOUT or t.tag_ in _VERBS), len(doc))
    return grammar.trim(doc, colon.i + 1, last), (0, colon.i)


def _topic(source: Span_, words: Span_) -> bool:
    """Whether what stands before the colon says what the piece is, or is about: "Explainer:", "Gaza: Two killed".

    A country or town speaks only where the words are somebody's own: "Russia: We will not stop".
    """
    if any(t.lower_ in _GENRES for t in source):
        return True
    return source.root.ent_type_ == "GPE" and not any(t.lower_ in _OWN_WORDS for t in words)


def _title(paragraph: Paragraph, who: grammar.Range, words: grammar.Range, lex: Lexicon) -> Iterator[Draft]:
    doc = paragraph.doc
    source = doc[who[0] : who[1]]
    content = paragraph.span(grammar.trim(doc, *words))
    if not len(source) or content is None or words[1] - words[0] < 4:
        return
    named = source.root.ent_type_ in {"PERSON", "ORG", "GPE", "NORP"}
    if _topic(source, doc[words[0] : words[1]]):
        return
    named = named or any(source.root.lower_ in words for words in (roles().offices, roles().titles))
    if named and speaks(source.root, lex) and not any(t.like_num for t in source):
        yield Draft(paragraph.sentences[0], None, None, source, [content], "asserts", "title", quoted=True)
