"""Who counts, where no statement says it: "numbered by the UN at a million", "by Ukrainian estimates", "Russian claims
of hundreds of dead", "the ministry's account of a half-hour call".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from counterclaim.reading.figures.counted import Counted
from counterclaim.types import Actor, Statement

if TYPE_CHECKING:
    from spacy.tokens import Token

    from counterclaim.reading.actors import Cast

_COUNT = {"number", "put", "estimate", "count", "calculate", "reckon", "tally", "record", "document", "verify"}
_COUNTS = {"estimate", "count", "tally", "figure", "reckoning", "calculation", "claim", "account", "record"}
#: Verbs whose subject says, or holds, what their clause tells.
_SAYS = {"say", "estimate", "believe", "state", "cite", "report", "tell", "claim", "confirm", "add", "think", "reckon"}
#: Statements whose relative clauses tell what has happened in passing: "will pay for the attack that killed 12",
#: "claimed responsibility for the strike in which three were killed".
_ABOUT = {"vows", "warns", "demands", "confirms", "admits"}
#: A line with a handle alone; characters of a post; where words meet in a handle.
_HANDLE = re.compile(r"^@(\w{3,30})[ \t]*$", re.MULTILINE)
_POST = 1000
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WITHIN = 8
"""Steps up the parse, and tokens behind the number, over which such words still speak of it."""


def claimant(counted: Counted, anchor: Token, cast: Cast) -> Actor | None:
    """The one who counts, or None where the report itself does. `anchor` is the word that told the measure."""
    named = _counter(counted) or _sayer(anchor) or _sayer(counted.tokens.root) or _right_before(counted)
    if named is None:
        return None
    phrase = named.doc[named.left_edge.i : named.i + 1]
    unnamed = Actor(name=phrase.text, kind="unnamed") if named.tag_ == "NNS" else None  # "aid groups"
    return cast.actor(phrase) or unnamed


def poster(text: str, start: int) -> Actor | None:
    """The account that posted a list of numbers: the last line above that is a handle and nothing else ("@StaffUA")."""
    handles = _HANDLE.findall(text[max(0, start - _POST) : start])
    return Actor(name=_CAMEL.sub(" ", handles[-1]), kind="organisation") if handles else None


def aside(counted: Counted, anchor: Token, statement: Statement) -> bool:
    """Whether a number inside a statement is the reporter's: a "30-member" alliance told of indirectly, or the toll of
    what somebody only vows to avenge ("will pay for the attack that killed 12")."""
    if statement.directness == "direct":
        return False
    if counted.number.joined or (counted.number.dimension == "duration" and "-" in counted.tokens.text):
        return True
    return statement.stance in _ABOUT and anchor.dep_ == "relcl"


def _sayer(token: Token) -> Token | None:
    """Who says the clause that `token` stands in: "where officials said 200 were trapped", "aid groups estimate"."""
    for _ in range(_WITHIN):
        for link in token.children:
            if link.lower_ == "according":
                return next((_source(o) for p in link.children if p.lower_ == "to" for o in p.children), None)
            if link.dep_ in {"parataxis", "ccomp"} and link.lemma_ in _SAYS and link.i > token.i:
                return _subject(link)
        head = token.head
        if head.i == token.i or (
            token.dep_ == "advcl" and any(c.lower_ in {"as", "after", "when"} for c in token.lefts)
        ):
            return None  # "..., he said, as four more arrived"
        if token.dep_ == "ccomp" and head.lemma_ in _SAYS and not any(c.dep_ == "neg" for c in head.children):
            return _subject(head)
        token = head
    return None


def _right_before(counted: Counted) -> Token | None:
    """Who says it where the verb stands right before the number: "where officials said 200 civilians"."""
    first = counted.tokens[0]
    verb = first.nbor(-1) if first.i and not first.is_sent_start else None
    return _subject(verb) if verb is not None and verb.lemma_ in _SAYS else None


def _source(noun: Token) -> Token:
    """Whose data or report it is, where that is told: "according to data of the ministry"."""
    if noun.lemma_ not in _COUNTS | {"data", "datum", "report", "information"}:
        return noun
    near = [noun, *(c for c in noun.rights if c.dep_ == "acl")]  # "data gathered by the agency"
    behind = (
        o for t in near for p in t.rights if p.lower_ in {"of", "from", "by"} for o in p.rights if o.dep_ == "pobj"
    )
    return _owner(noun) or next(behind, noun)


def _subject(verb: Token) -> Token | None:
    found = next((c for c in verb.lefts if c.dep_ == "nsubj" and c.tag_ not in {"WDT", "WP", "EX"}), None)
    return _source(found) if found is not None else None


def _counter(counted: Counted) -> Token | None:
    """The head of the name of the one who counts."""
    token, put = counted.tokens.root, False
    for _ in range(_WITHIN):
        head = token.head
        if head.i == token.i:
            break
        put |= token.lower_ == "at"
        if head.lemma_ in _COUNT and token.dep_ in {"prep", "dobj", "nsubjpass", "ccomp"}:
            for child in head.children:
                if child.dep_ == "agent":
                    return next(iter(child.children), None)
            if put and (subject := _subject(head)) is not None:
                return subject  # "officials put the toll at 160", "put the number of soldiers killed at 160"
        if (
            token.dep_ == "prep"
            and token.lower_ == "of"
            and head.lemma_ in _COUNTS
            and (owner := _owner(head)) is not None
        ):
            return owner
        token = head
    doc, end = counted.tokens.doc, counted.tokens.end
    for link in doc[end : end + _WITHIN]:
        if link.is_sent_start:
            break
        if link.lower_ in {"by", "on"} and link.dep_ in {"prep", "agent"}:
            for noun in link.children:
                if noun.dep_ == "pobj" and noun.lemma_ in _COUNTS and (owner := _owner(noun)) is not None:
                    return owner
    return None


def _owner(noun: Token) -> Token | None:
    """Whose an estimate or an account is."""
    for child in noun.lefts:
        if child.dep_ in {"poss", "compound", "nmod"} or child.ent_type_ in {"NORP", "GPE", "ORG"}:
            return child
    return None
