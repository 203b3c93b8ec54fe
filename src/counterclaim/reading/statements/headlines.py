"""Headlines hang on what happens meanwhile: "Kyiv warns of a raid as troops mass on border". That nobody has said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counterclaim.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from counterclaim.reading.statements.drafts import Paragraph

_TITLES = frozenset({"headline", "crosshead"})
_FINITE = frozenset({"VBZ", "VBP", "VBD"})
#: Words of a clause, at the least: "as" with fewer compares or names.
_CLAUSE = 3


def cut(part: Paragraph) -> None:
    """End the contents of a headline where "as" opens a clause of the reporter's."""
    if part.sentences[0].passage.kind not in _TITLES:
        return
    for token in part.doc:
        start = part.base + token.idx
        if token.lower_ != "as" or part.quote_at(start) is not None or not _meanwhile(token):
            continue
        for draft in part.drafts:
            if draft.cue_span is not None and draft.cue_span.start > start:
                continue  # "Shells fall as rebels gather, mayor says"
            kept = [Span(c.start, min(c.end, start - 1)) for c in draft.content if c.start < start - 1]
            draft.content = kept or draft.content


def _meanwhile(as_: Token) -> bool:
    """Whether a clause with subject and finite verb follows, up to the end of the headline."""
    after = as_.doc[as_.i + 1 :]
    if len(after) < _CLAUSE or after[0].lower_ in {"if", "well", "long", "soon", "far", "many", "much"}:
        return False
    if as_.i and as_.nbor(-1).lower_ in {"so", "same", "such", "well", "long", "soon", "far"}:
        return False
    verb = next((t for t in after if t.tag_ in _FINITE), None)
    return (
        verb is not None
        and verb.i > after[0].i
        and all(t.tag_ not in {"VBG", "TO"} for t in after[: verb.i - after.start])
    )
