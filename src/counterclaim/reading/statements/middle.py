"""The cue in the middle of a plain clause: "The trucks, said the mayor, were stopped", "Kyiv, it claims, has ..."."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counterclaim.reading.statements import grammar

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from counterclaim.reading.statements.grammar import Range

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
#: Tokens that the subject before the cue, and the speaker beside it, have at most.
_SHORT, _WHO = 12, 14


def interrupted(verb: Token) -> tuple[Range, list[Range]] | None:
    """Who speaks, and the two pieces of what is said, where a cue stands between the subject and its verb.

    The parse is mostly lost there (it takes the subject for the speaker), so that commas and tags decide.
    """
    doc, sent = verb.doc, verb.sent
    if verb.tag_ not in {"VBD", "VBZ"} or verb.i <= sent.start + 1 or verb.i + 2 >= sent.end:
        return None
    if doc[verb.i - 1].text == ",":
        lead, first = (sent.start, verb.i - 1), verb.i + 1
        close = next((i for i in range(first + 1, min(first + _WHO, sent.end - 1)) if _goes_on(doc, i)), None)
        who = (first, close) if close is not None else None
    else:
        close = verb.i + 1
        comma = next((i for i in range(verb.i - 1, max(sent.start, verb.i - _WHO), -1) if doc[i].text == ","), None)
        who = (comma + 1, verb.i) if comma is not None and _goes_on(doc, close) else None
        lead = (sent.start, comma or sent.start)
    if who is None or close is None or not _nominal(doc, lead, _SHORT) or not _nominal(doc, who, _WHO):
        return None
    rest = grammar.trim(doc, close + 1, sent.end)
    return grammar.trim(doc, *who), [grammar.trim(doc, *lead, loose=True), rest]


def _goes_on(doc: Doc, i: int) -> bool:
    """Whether a comma stands at `i` and a finite verb right after it."""
    if doc[i].text != "," or i + 1 >= len(doc):
        return False
    after = i + 2 if doc[i + 1].tag_ == "RB" and i + 2 < len(doc) else i + 1
    return doc[after].tag_ in _FINITE


def _nominal(doc: Doc, tokens: Range, longest: int) -> bool:
    """Whether there is a noun phrase and nothing that is a clause, a quotation or a time."""
    words = doc[tokens[0] : tokens[1]]
    if not 0 < len(words) <= longest or words[0].pos_ in {"ADP", "SCONJ", "ADV", "CCONJ"}:
        return False
    if any(t.tag_ in _FINITE or t.is_quote for t in words) or words[0].ent_type_ in {"DATE", "TIME"}:
        return False
    return any(t.pos_ in {"NOUN", "PROPN", "PRON"} for t in words)
