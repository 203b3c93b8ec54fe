"""Lists that somebody says: a line that ends in a colon after a cue, and the items under it."""

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


def items(parts: list[Paragraph]) -> Iterator[tuple[Paragraph, Draft]]:
    """A draft for each list item under a passage such as "The governor said:"."""
    lead: tuple[Token, Token] | None = None
    for part in parts:
        if part.sentences[0].passage.kind == "list_item":
            if lead is not None and not part.drafts and not part.text.rstrip().endswith(":"):
                yield part, _item(part, *lead)
            continue
        lead = _lead(part)


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


def _item(part: Paragraph, cue: Token, subject: Token) -> Draft:
    content = Span(part.sentences[0].span.start, part.sentences[-1].span.end)
    return Draft(
        sentence=part.sentences[0], cue=cue, cue_span=at(cue), source=grammar.phrase(subject), content=[content],
        stance="asserts", why=f"{cue.lemma_}: list", quoted=False,
    )  # fmt: skip
