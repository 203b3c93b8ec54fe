"""Words in paragraphs of their own: a line that ends in a colon after a cue, and what stands under it.

Under it are the items of a list, a quotation, or, where the cue is one of writing, the text of a post.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from counterclaim.language import at
from counterclaim.reading.statements import grammar
from counterclaim.reading.statements.cues import lexicon
from counterclaim.reading.statements.drafts import Draft, Paragraph
from counterclaim.reading.statements.speakers import speaks
from counterclaim.types import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

#: So many tokens before the colon the cue is looked for.
_NEAR = 12
#: After the cue, before the colon: "reported the following:", "said in its briefing:".
_LEADS = frozenset({"say", "add", "report", "announce", "state", "claim", "write", "note", "list", "tell", "post"})


#: These may be followed by words without marks.
_WRITES = frozenset({"write", "post"})


def items(parts: list[Paragraph]) -> Iterator[tuple[Paragraph, Draft]]:
    """A draft for each list item, quotation or post under a passage such as "The governor said:"."""
    lead: tuple[Token, Token] | None = None
    for part in parts:
        if lead is not None and _block(part, lead[0]):
            yield part, _item(part, *lead, quoted=True)
            lead = None
            continue
        if part.sentences[0].passage.kind == "list_item":
            if lead is not None and not part.drafts and not part.text.rstrip().endswith(":"):
                yield part, _item(part, *lead)
            continue
        lead = _lead(part)


def _block(part: Paragraph, cue: Token) -> bool:
    """Whether a paragraph under a lead is said as a whole."""
    if part.drafts or part.sentences[0].passage.kind != "paragraph":
        return False
    opens = next((q for q in part.quotes if not q.inner), None)
    if opens is None or opens.span.start - part.base > 2:
        return opens is None and cue.lemma_.lower() in _WRITES
    return opens.span.end >= part.base + len(part.text.rstrip()) - 2


def _lead(part: Paragraph) -> tuple[Token, Token] | None:
    """The cue and its subject in the last sentence of a passage that ends in a colon."""
    if not part.text.rstrip().endswith(":"):
        return None
    lex = lexicon()
    for token in reversed(part.sentences[-1].tokens[-_NEAR:]):
        if token.lemma_.lower() in _LEADS and token.tag_ in {"VBD", "VBZ", "VBP", "VBN"}:
            subject = None if grammar.passive(token) else grammar.subject(token, lex.saying)
            if subject is not None and speaks(subject, lex) and part.quote_at(at(token).start) is None:
                return token, subject
    return None


def _item(part: Paragraph, cue: Token, subject: Token, *, quoted: bool = False) -> Draft:
    content = Span(part.sentences[0].span.start, part.sentences[-1].span.end)
    opens = next((q for q in part.quotes if not q.inner), None) if quoted else None
    content = opens.span if opens is not None else content
    return Draft(
        sentence=part.sentences[0], cue=cue, cue_span=at(cue), source=grammar.phrase(subject), content=[content],
        stance="asserts", why=f"{cue.lemma_}: {'block' if quoted else 'list'}", quoted=quoted,
    )  # fmt: skip
