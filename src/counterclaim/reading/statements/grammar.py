"""What the parse offers around a cue: its subject, the phrase of a source, the reach of a clause.

Ranges are token numbers of one `Doc` (one passage), end exclusive. The dependency labels are spaCy's English ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from spacy.tokens import Doc, Span, Token

Range = tuple[int, int]
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_TELLING = frozenset({"tell", "inform", "assure", "warn", "remind", "notify"})
_ORDER = frozenset({"first", "last", "latest", "one"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X"})
_EDGE = frozenset({"PUNCT", "SPACE"})
_LOOSE = frozenset({"CCONJ", "PUNCT", "SPACE", "SCONJ"})


def child(token: Token, *deps: str) -> Token | None:
    """The first child with one of these labels."""
    return next((c for c in token.children if c.dep_ in deps), None)


def passive(verb: Token) -> bool:
    """Whether the verb is in the passive, or is a bare past participle with an agent."""
    if any(c.dep_ in {"auxpass", "nsubjpass", "agent"} for c in verb.children):
        return True
    return verb.tag_ == "VBN" and verb.dep_ in {"acl", "amod"} and not any(c.dep_ == "aux" for c in verb.children)


def agent(verb: Token) -> Token | None:
    """Who does it, in the passive: the noun after "by"."""
    for c in verb.children:
        if c.dep_ in {"agent", "prep"} and c.lower_ == "by":
            return child(c, "pobj")
    return None


#: After these comes whom it is said to, never who says it.
_TOLD = frozenset({"tell", "inform", "notify", "assure", "remind", "brief"})


def subject(verb: Token, cues: Container[str] = ()) -> Token | None:
    """Who does what the verb says, climbing from verbs that share a subject and from participles.

    `cues` are the verbs of saying: "said A was near and warned of B" has one speaker for both.
    """
    said = verb
    for _ in range(6):
        own = next((c for c in verb.children if c.dep_ in _SUBJECTS), None)
        if own is not None and verb is not said and own.text[0].isdigit():
            own = None  # "counted 9 dead and 30 hurt, and said": who counts says, not the hurt
        if own is not None:
            if own.lower_ in _RELATIVE and verb.dep_ in {"relcl", "acl", "ccomp"} and verb.head.pos_ in _NOMINAL:
                return verb.head
            return own
        dep, head = verb.dep_, verb.head
        if dep in {"relcl", "acl", "xcomp"} and verb.tag_ == "VB" and head.lower_ in _ORDER and head.dep_ == "attr":
            verb = head.head  # "the premier was the first to announce"
            continue
        if dep in {"relcl", "acl"} and head.pos_ in _NOMINAL:
            # ", adding that ..." is often hung on the nearest noun: a comma says that it goes with the verb above
            if verb.tag_ == "VBG" and _after_comma(verb):
                above = next((a for a in head.ancestors if a.pos_ in {"VERB", "AUX"}), None)
                if above is not None:
                    verb = above
                    continue
            return head
        if dep == "xcomp" and (whom := child(head, "dobj")) is not None:
            return whom
        if dep in {"pcomp", "prep"}:
            above = next((a for a in verb.ancestors if a.pos_ in {"VERB", "AUX"}), None)
            if above is None:
                return None
            verb = above
        elif (
            dep == "conj" and head.dep_ == "ccomp" and head.head.lemma_.lower() in cues and head.head.tag_ == verb.tag_
        ):
            verb = head.head
        elif dep in {"conj", "xcomp", "advcl", "dep", "ccomp"} and head.i != verb.i:
            if dep == "ccomp" and verb.tag_ not in {"VBG", "VB"}:
                return None
            verb = head
        else:
            return None
    return None


def nearby(verb: Token) -> Token | None:
    """The noun phrase right before a verb, for a subject that the parse hung elsewhere."""
    i, first = verb.i - 1, verb.sent.start
    while i >= first and (verb.doc[i].dep_ in {"aux", "auxpass", "advmod"} or verb.doc[i].text == ","):
        i -= 1
    if i < first or verb.doc[i].pos_ not in {"NOUN", "PROPN", "PRON"}:
        return None
    token = best = verb.doc[i]
    while token.dep_ in {"appos", "compound", "flat", "pobj", "prep"} and token.head.i != token.i:
        if token.dep_ == "appos" and token.ent_type_ == "PERSON" and token.head.ent_type_ != "PERSON":
            break  # "the plant, Ana Duval, head of the union, told": nobody is explained but the name
        token = token.head
        if token.dep_ not in {"pobj", "prep"} and token.pos_ in _NOMINAL and token.i < verb.i and token.i >= first:
            best = token
    if token.pos_ in {"VERB", "AUX"}:  # a phrase of the verb's own, as "In the valley, the mayor, said": stay close
        token = best = verb.doc[i]
        while token.dep_ in {"appos", "compound", "flat"} and token.head.i < token.i and token.head.dep_ != "pobj":
            token = best = token.head
    return best


def closing(verb: Token) -> Token | None:
    """The speaker in "S, the doctor told a paper", where the parse joins the verb to S without a conjunction."""
    head, doc = verb.head, verb.doc
    if verb.dep_ != "conj" or verb.tag_ not in {"VBD", "VBZ"} or head.i > verb.i:
        return None
    if any(c.dep_ == "cc" and head.i < c.i < verb.i for c in head.children):
        return None
    comma = next((i for i in range(verb.i - 2, head.i, -1) if doc[i].text == "," or doc[i].pos_ == "VERB"), head.i)
    if doc[comma].text != ",":
        return None
    return next((t for t in doc[comma + 1 : verb.i] if t.pos_ in _NOMINAL and not comma < t.head.i < verb.i), None)


def inverted(verb: Token) -> Token | None:
    """The speaker in ", warned the doctor", where the parse takes the speaker for an object."""
    if (
        verb.tag_ not in {"VBD", "VBZ"}
        or verb.lemma_ in _TOLD
        or verb.i <= verb.sent.start
        or verb.doc[verb.i - 1].text not in {",", "”", '"', "’"}
    ):
        return None
    if any(c.dep_ in _SUBJECTS for c in verb.children):
        return None
    thing = next((c for c in verb.rights if c.dep_ in {"dobj", "attr", "npadvmod"}), None)
    return thing if thing is not None and thing.left_edge.i == verb.i + 1 else None


def that_clause(verb: Token) -> Token | None:
    """The head of the first clause with "that" after a verb, wherever the parse hung it."""
    for token in verb.doc[verb.i + 1 : min(verb.i + 16, verb.sent.end)]:
        if token.lower_ == "that" and (token.tag_ == "IN" or token.dep_ == "mark") and token.head.i > token.i:
            return token.head
        if token.lower_ == "that" and (clause := _taken_for_relative(token, verb)) is not None:
            return clause
        if token.pos_ in {"VERB", "AUX"}:
            return None
    return None


def _taken_for_relative(that: Token, verb: Token) -> Token | None:
    """The clause of "told a paper that S" or "said for the first time that S", which the parse hangs on the noun."""
    clause = that.head
    while clause.dep_ in {"xcomp", "conj", "advcl"} and clause.head.i > that.i:
        clause = clause.head
    noun = clause.head
    whole = any(c.dep_ in _SUBJECTS and c.i != that.i for c in clause.children)
    if clause.dep_ != "relcl" or clause.i < that.i or that.dep_ in _SUBJECTS or not whole or noun.i > that.i:
        return None
    told = noun.dep_ in {"dobj", "dative"} and noun.head.i == verb.i and verb.lemma_.lower() in _TELLING
    return clause if told or noun.lemma_ == "time" else None


def _after_comma(verb: Token) -> bool:
    i = verb.left_edge.i
    return i > 0 and verb.doc[i - 1].text in {",", "–", "—", "-"}


def phrase(token: Token) -> Span:
    """The noun phrase of `token` with titles and apposition, without relative clauses and outer punctuation."""
    doc, start, end = token.doc, token.left_edge.i, token.right_edge.i + 1
    sent = token.sent
    start, end = max(start, sent.start), min(end, sent.end)
    for c in token.children:
        far = c.left_edge.i
        if far <= token.i:
            continue
        cuts = c.dep_ in {"relcl", "advcl", "parataxis", "ccomp"} or (c.dep_ == "acl" and doc[far - 1].text == ",")
        if cuts or (c.dep_ == "conj" and any(x.dep_ in _SUBJECTS for x in c.children)):
            end = min(end, far)
    for inner in doc[token.i : end]:
        if inner.dep_ == "relcl" and inner.left_edge.i > token.i:
            end = min(end, inner.left_edge.i)
            break
    for i in range(start, token.i):
        if doc[i].text in {"“", "”", '"'} or (doc[i].dep_ == "relcl"):
            start = i + 1
    start, end = trim(doc, start, max(end, token.i + 1))
    if end - start > 1 and doc[end - 1].tag_ == "POS":
        end -= 1
    return doc[start:end] if start < end else doc[token.i : token.i + 1]


def trim(doc: Doc, start: int, end: int, *, loose: bool = False) -> Range:
    """Take punctuation off both ends; with `loose`, conjunctions ("that", "and") off the front as well."""
    front = _LOOSE if loose else _EDGE
    while start < end and (doc[start].pos_ in front or (loose and doc[start].lower_ == "that" and _mark(doc[start]))):
        if loose and doc[start].lower_ not in {"that", "and", "but", "or"} and doc[start].pos_ == "SCONJ":
            break
        start += 1
    while end > start and (doc[end - 1].pos_ in _EDGE or (loose and doc[end - 1].pos_ == "CCONJ")):
        end -= 1
    return (start, end)


def _mark(token: Token) -> bool:
    return token.dep_ == "mark" or token.pos_ == "SCONJ" or (token.dep_ == "nsubj" and token.tag_ == "IN")


def reach(token: Token) -> Range:
    """The range of a whole subtree, kept within its sentence."""
    sent = token.sent
    return (max(token.left_edge.i, sent.start), min(token.right_edge.i + 1, sent.end))


def verb_group(verb: Token) -> Range:
    """A verb with its auxiliaries, adverbs, particle and a following "that", as one cue."""
    doc, start, end = verb.doc, verb.i, verb.i + 1
    while start > 0 and doc[start - 1].head == verb and doc[start - 1].dep_ in {"aux", "auxpass", "neg", "advmod"}:
        start -= 1
    for c in verb.rights:
        if c.dep_ == "prt" and c.i == end:
            end += 1
    return (start, end)


def finite(tokens: Iterable[Token]) -> bool:
    """Whether there is a finite verb among them."""
    return any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in tokens)


_BREAKS = frozenset({",", "–", "—", ";"})
_ASIDE = frozenset({"as", "while", "although", "though"})


def told(clause: Token, start: int, end: int, cues: Container[str]) -> int:
    """Where the words told end: before what the reporter hangs on to a clause after a comma.

    A participle, "while ...", "according to ...", a main clause after "but" or with a cue of its own that closes the
    sentence is rarely part of what was said. Relative clauses mostly are (counted on annotated reports).
    """
    doc = clause.doc
    for i in range(max(clause.i, start) + 1, end):
        token = doc[i]
        if token.lower_ == "according" and i + 1 < end and doc[i + 1].lower_ == "to":
            return i
        if token.lower_ == "without" and i + 1 < end and doc[i + 1].tag_ == "VBG" and doc[i + 1].lemma_ in cues:
            return i
        before = doc[i - 1] if doc[i - 1].text not in '”"’' else doc[i - 2]
        if token.dep_ == "cc" and _new_main(token, cues, comma=_broken(before)):
            return i
        if token.lower_ == "as" and token.dep_ == "mark" and _meanwhile(clause, token.head, end):
            return i
        if not _broken(before) or token.dep_ == "cc":
            continue
        top = token
        while top.head.i != top.i and top.head.left_edge.i >= i and top.head.i >= i:
            top = top.head
        if top.right_edge.i < end - 2:
            continue
        if top.dep_ in {"advcl", "acl"} and (
            (top.tag_ == "VBG" and token.i == top.i) or (top.dep_ == "advcl" and token.lower_ in _ASIDE)
        ):
            return i
    return end


def _meanwhile(clause: Token, verb: Token, end: int) -> bool:
    """Whether "as the troops left" is the reporter's: in the simple past, beside words that are shifted otherwise."""
    subject = next((c for c in verb.children if c.dep_ in _SUBJECTS), None)
    if verb.tag_ != "VBD" or subject is None or verb.right_edge.i < end - 2:
        return False
    aux = {c.lower_ for c in clause.children if c.dep_ in {"aux", "auxpass"}}
    return (
        clause.tag_ in {"VBZ", "VBP"}
        or bool(aux & {"would", "will", "is", "are", "has", "have"})
        or ("had" in aux and subject.pos_ != "PRON")
    )


def _broken(token: Token) -> bool:
    """Whether a comma, a semicolon or a dash between spaces stands here."""
    return token.text in _BREAKS or (token.text == "-" and token.i > 0 and bool(token.doc[token.i - 1].whitespace_))


def _new_main(cc: Token, cues: Container[str], *, comma: bool) -> bool:
    """Whether "and" or "but" opens a clause that the speaker did not say."""
    verb = next((c for c in cc.head.children if c.dep_ == "conj" and c.i > cc.i), None)
    if verb is None or any(c.lower_ == "that" and c.dep_ == "mark" for c in verb.children):
        return False
    own = any(c.dep_ in _SUBJECTS for c in verb.children)
    cue = verb.lemma_.lower() in cues and verb.tag_ in {"VBD", "VBZ", "VBN"}
    if own:  # reported speech is shifted back: a present after a past is the reporter's
        shifted = _tense(cc.head) == "past" and _tense(verb) == "present"
        return cue or (comma and cc.lower_ == "but" and shifted)
    return cue and (cc.head.tag_ == "VB" or cc.head.head.tag_ == verb.tag_)


def _tense(verb: Token) -> str:
    finite = next((c for c in verb.children if c.dep_ in {"aux", "auxpass"}), verb)
    return "past" if finite.tag_ == "VBD" or finite.lower_ in {"would", "could", "might"} else "present"


def aside(doc: Doc, start: int, end: int) -> int:
    """Where a noun phrase ends before a relative clause or a participle after a comma: the reporter's own words."""
    for i in range(start + 1, end):
        if doc[i - 1].text not in _BREAKS or doc[i].tag_ not in {"WDT", "WP", "WRB", "VBG"}:
            continue
        top = doc[i]
        while top.head.i != top.i and top.head.left_edge.i >= i and top.head.i >= i:
            top = top.head
        if top.right_edge.i >= end - 2 and top.dep_ in {"relcl", "advcl", "acl"}:
            return i
    return end
