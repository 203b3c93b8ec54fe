"""The stance of a statement: what its cue says, and where that is plain saying, what the words said do.

"Said it would not surrender" vows, "said aid must come in" demands, "said the occupiers had murdered them" accuses:
each by the verb, its subject and a few words of `lexicon/cues/stance.toml`, read in the clauses that are said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from counterclaim.language import at
from counterclaim.reading.actors.phrases import roles
from counterclaim.reading.statements import blame
from counterclaim.reading.statements.cues import lexicon
from counterclaim.reading.statements.words import words_of

if TYPE_CHECKING:
    from spacy.tokens import Span as Words
    from spacy.tokens import Token

    from counterclaim.reading.actors import Cast
    from counterclaim.reading.statements.drafts import Draft
    from counterclaim.types import Actor, Span, Stance

_FUTURE = frozenset({"will", "would", "shall", "'ll", "’ll", "wo", "'d"})
_MIGHT = _FUTURE | {"could", "may", "might"}
_NOT, _DID = frozenset({"not", "n't", "n’t", "never"}), frozenset({"did", "had", "has", "have", "was", "were"})
_BODIES = frozenset({"state", "organisation", "armed_group", "group"})
_MUST = frozenset({"must", "should", "ought"})
_PREDICATES = frozenset({"VERB", "AUX", "NOUN", "ADJ", "NUM"})
_WE = frozenset({"we", "i", "us"})
_THEY = frozenset({"he", "she", "it", "they"})
_OURS, _THEIRS = frozenset({"our", "my"}), frozenset({"its", "his", "her", "their"})
_SUBJECT = frozenset({"nsubj", "nsubjpass", "expl"})
_HELPERS = frozenset({"aux", "auxpass", "neg"})


def of(draft: Draft, speaker: Actor, cast: Cast) -> Stance:
    """The stance of a draft. Only a cue of plain saying lets the content decide."""
    if draft.stance != "asserts":
        return draft.stance
    said = [words for span in draft.content if (words := _said(span, draft)) is not None and len(words)]
    for words in said:
        for head in _heads(words):
            if (found := _clause(head, words, draft, speaker, cast)) is not None:
                return found
    wording = _wording([t for words in said for t in words])
    if wording == "asserts" and any(blame.charges(h, w, draft, speaker, cast) for w in said for h in _heads(w)):
        return "accuses"
    return wording


def _said(span: Span, draft: Draft) -> Words | None:
    """A stretch of content in the parse of the draft's paragraph; none of it where it lies in another piece."""
    doc = draft.sentence.tokens.doc
    here = at(doc[:])
    start, end = max(here.start, span.start), min(here.end, span.end)
    return doc.char_span(start - here.start, end - here.start, alignment_mode="expand") if start < end else None


def _clause(head: Token, said: Words, draft: Draft, speaker: Actor, cast: Cast) -> Stance | None:
    """What one clause does by its verb and subject: demand, vow, or what its own verb of speech says."""
    subject = _subject(head)
    helpers = {c.lower_ for c in head.children if c.dep_ in _HELPERS}
    own = _own(subject, draft, speaker, cast)
    needed = head.lemma_ == "need" and (own or _infinitive(head))
    if (needed or "must" in helpers) and _on_purpose(head, said):
        return None  # "to go on, the army would need fresh troops"
    if (helpers & _MUST and "have" not in helpers) or needed or _imperative(head, subject, draft):
        return "demands"
    if _called_for(head, draft):
        return "demands"
    if _aimed(head, subject, own):
        return "vows"
    if not own:
        return "vows" if _pledged(head, draft) else _of_rivals(head, subject, helpers, draft, speaker, cast)
    if (stance := _performed(head, subject, helpers)) is not None:
        return stance
    if helpers & _NOT and head.lemma_ in words_of("untold"):
        return "other"  # "he could not confirm it"
    if not draft.quoted and _knows_nothing(head, helpers):
        return "denies"
    if helpers & _NOT and helpers & _DID and not draft.quoted and (speaker.kind in _BODIES or _speaks_for(speaker)):
        return "denies"  # "the army said it had not fired"
    if head.lemma_ in words_of("admitted") and not helpers & (_NOT | _MIGHT):
        return "confirms"
    if (stance := _feeling(head)) is not None:
        return stance
    if head.lemma_ in words_of("routine") or _conditional(subject, said) or "had" in helpers:
        return None
    if any(c.dep_ == "advmod" and c.lower_ in words_of("guessed") for c in head.children):
        return None
    ready = head.lemma_ in words_of("ready") or any(
        head.lemma_ in {"be", "stand"} and c.dep_ == "acomp" and c.lower_ in words_of("ready") and _infinitive(c)
        for c in head.children
    )
    sending = head.tag_ == "VBG" and head.lemma_ in words_of("giving")
    return "vows" if helpers & _FUTURE or _going(head) or ready or sending else None


def _on_purpose(head: Token, said: Words) -> bool:
    """Whether what must be is only the way to an end told before: "to reach the town, they must cross the river"."""
    first = said[0]
    return first.lower_ == "to" and any(c.i > first.i and c.dep_ == "advcl" and c.i < head.i for c in head.children)


def _called_for(head: Token, draft: Draft) -> bool:
    """ "It is time to act", "it is imperative that they leave", "please send help"."""
    if draft.quoted and any(c.lower_ == "please" for c in head.children):
        return True
    if head.lemma_ != "be":
        return False
    what = [c for c in head.children if c.dep_ in {"acomp", "attr"}]
    if any(c.lemma_ in words_of("necessary") for c in what):
        return any(
            c.dep_ in {"xcomp", "ccomp", "advcl", "acl", "csubj"}
            for c in (*head.children, *(x for w in what for x in w.children))
        )
    timely = [c for c in what if c.lower_ == "time" and c.left_edge.i == c.i]
    return any(
        c.lower_ == "for" or c.dep_ in {"acl", "relcl", "advcl", "xcomp"}
        for w in timely
        for c in (*w.children, *head.children)
    )


def _aimed(head: Token, subject: Token | None, own: bool) -> bool:
    """ "Its goal is to take the town", "the army is to take control", "they will pay the price"."""
    if head.lemma_ == "pay" and any(c.dep_ == "dobj" and c.lemma_ == "price" for c in head.children):
        return not own
    if head.lemma_ != "be" or not _infinitive(head) or subject is None:
        return False
    bare = not any(c.dep_ in {"acomp", "attr", "expl"} for c in head.children)
    return (own and bare) or subject.lemma_.lower() in words_of("aims")


def _knows_nothing(head: Token, helpers: set[str]) -> bool:
    """ "It had no record of it", "they were unaware of any halt", "he did not agree"."""
    if head.lemma_ in {"agree", "recognise", "recognize"}:
        return bool(helpers & _NOT)
    if head.lemma_ == "be":
        return any(c.dep_ == "acomp" and c.lower_ == "unaware" for c in head.children)
    things = [c for c in head.children if c.dep_ == "dobj"] if head.lemma_ == "have" else []
    return any(t.lemma_ in words_of("unknown") and any(c.lower_ in {"no", "any"} for c in t.lefts) for t in things)


def _speaks_for(speaker: Actor) -> bool:
    """Whether somebody's office is to speak for others."""
    return (speaker.role or "").endswith("spokesperson")


def _infinitive(head: Token) -> bool:
    return any(c.dep_ == "xcomp" for c in head.children)


def _feeling(head: Token) -> Stance | None:
    """ "He was shocked", "we stand with them": neither claim nor promise."""
    if head.lemma_ == "stand" and any(c.dep_ == "prep" and c.lower_ in {"with", "by", "beside"} for c in head.children):
        return "other"
    felt = words_of("felt")
    here = head.lower_ in felt and any(c.dep_ == "auxpass" for c in head.children)
    of_it = head.lemma_ in {"be", "feel"} and any(c.dep_ == "acomp" and c.lower_ in felt for c in head.children)
    return "other" if here or of_it else None


def _performed(head: Token, subject: Token | None, helpers: set[str]) -> Stance | None:
    """ "We demand", "it firmly denies", "the movement condemns": saying what one does by saying it."""
    cue = lexicon().verbs.get(head.lemma_)
    if cue is None or helpers or (head.tag_ == "VBD" and subject is not None and subject.lower_ in _WE):
        return None
    if head.lemma_ == "call" and any(c.dep_ == "prep" for c in head.children):
        return "demands"
    return cue.stance if cue.stance in {"denies", "demands", "accuses", "warns"} else None


def _of_rivals(
    head: Token, subject: Token | None, helpers: set[str], draft: Draft, speaker: Actor, cast: Cast
) -> Stance | None:
    """What one side says of the other: claims that they did it accuse, forecasts of what they will do warn."""
    agents = [a for c in head.children if c.dep_ == "agent" for a in c.children if a.dep_ == "pobj"]
    sides = cast.conflict.sides
    if speaker.party not in sides:
        return None
    doers = [t for t in (subject, *agents) if t is not None and cast.party(_phrase(t)) in sides]
    if not any(cast.party(_phrase(t)) != speaker.party for t in doers):
        return None
    if helpers & _MIGHT:
        return "warns"
    return "accuses" if draft.cue is not None and draft.cue.lemma_ in words_of("charging") else None


def _pledged(head: Token, draft: Draft) -> bool:
    """ "Announced a package of aid", "announced its plans"."""
    if draft.cue is None or draft.cue.lemma_ not in words_of("pledging") or head.pos_ == "VERB":
        return False
    return any(t.lemma_.lower() in words_of("pledged") for t in [head, *head.lefts, *_complements(head)])


def _complements(noun: Token) -> list[Token]:
    return [o for p in noun.children if p.dep_ == "prep" and p.lower_ in {"of", "in"} for o in p.children]


def _conditional(subject: Token | None, said: Words) -> bool:
    """ "If the rebels won, they would ...": a pronoun behind an if-clause is whoever that clause is about."""
    if subject is None or subject.lower_ not in _THEY:
        return False
    return any(t.lower_ == "if" and t.dep_ == "mark" and t.i < subject.i for t in said)


def _wording(said: list[Token]) -> Stance:
    """The stance by the words used, whatever the clause."""
    if any(t.lower_ == "if" and t.dep_ == "mark" for t in said) and any(t.lower_ in _FUTURE for t in said):
        return "warns"
    if _worse(said):
        return "warns"
    if any(t.lemma_.lower() in words_of("untrue") or (t.lower_ == "lies" and t.pos_ == "NOUN") for t in said):
        return "denies"
    if any(t.lemma_.lower() in words_of("charged") for t in said):
        return "accuses"
    if any({t.lemma_.lower(), t.lower_} & words_of("warned") for t in said):
        return "warns"
    return "other" if any(t.lower_ == "solidarity" and t.head not in said for t in said) else "asserts"


def _worse(said: list[Token]) -> bool:
    """ "The longer it lasts, the harder it will be", "it could lead to a famine", "the worst is to come"."""
    for t in said:
        compared = t.lower_ in {"longer", "more"} and t.i > 0 and t.nbor(-1).lower_ == "the"
        if compared and any(o.lower_ in _MIGHT for o in said):
            return True
        if t.lower_ == "worst" and any(o.lower_ in {"come", "ahead"} for o in said):
            return True
        if t.lemma_ in words_of("ensuing") and any(c.lower_ in _MIGHT for c in t.children if c.dep_ == "aux"):
            return True
    return False


def _heads(said: Words) -> list[Token]:
    """The heads of the clauses that are said: roots within the words, and what is joined to them."""
    inside = range(said.start, said.end)
    roots = [t for t in said if (t.head.i == t.i or t.head.i not in inside) and t.pos_ in _PREDICATES]
    return roots + [c for r in roots for c in r.conjuncts if c.i in inside]


def _own(subject: Token | None, draft: Draft, speaker: Actor, cast: Cast) -> bool:
    """Whether the clause is about the speaker, or the side that a speaker by name speaks for."""
    if subject is None:
        return False
    if subject.lower_ in _WE:
        return True
    if subject.lower_ in _THEY:
        return not draft.quoted
    poss = next((c.lower_ for c in subject.children if c.dep_ == "poss"), None)
    if poss in _OURS or (poss in _THEIRS and not draft.quoted and subject.lower_ in roles().forces):
        return True  # "his army had lost men"
    if speaker.anonymous:
        return False
    if subject.pos_ == "PROPN" and subject.text in speaker.name.split():
        return True  # "the Swiss government said Switzerland would follow"
    party = cast.party(_phrase(subject))
    return party is not None and party == speaker.party


def _subject(head: Token) -> Token | None:
    """The subject of a verb, or of the verb that it is joined to."""
    while True:
        found = next((c for c in head.children if c.dep_ in _SUBJECT), None)
        if found is not None or head.dep_ != "conj":
            return found
        head = head.head


def _phrase(subject: Token) -> str:
    return subject.doc[subject.left_edge.i : subject.i + 1].text


def _imperative(head: Token, subject: Token | None, draft: Draft) -> bool:
    bare = head.tag_ == "VB" and head.dep_ in {"ROOT", "ccomp"} and subject is None
    asked = head.lemma_ not in words_of("asides")
    return bare and asked and draft.quoted and not any(c.dep_ == "aux" for c in head.children)


def _going(head: Token) -> bool:
    """ "We are going to rebuild it", but not "it is going to plan"."""
    return head.lemma_ == "go" and any(c.dep_ == "xcomp" and c.lemma_ != "plan" for c in head.children)
