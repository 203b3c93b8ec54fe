"""What a verb takes for content besides a quotation: a clause, an infinitive, a noun phrase and what goes with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counterclaim.reading.statements import grammar
from counterclaim.reading.statements.cues import Cue, Frame, Lexicon, lexicon
from counterclaim.reading.statements.speakers import speaks

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from counterclaim.language import Sentence
    from counterclaim.reading.statements.grammar import Range

#: Prepositions that tell when, where and how something was said.
_CIRCUMSTANCE = frozenset(
    {"on", "during", "after", "before", "since", "by", "via", "through", "amid", "as", "without", "with"}
)


def clause(verb: Token, subject: Token, sentence: Sentence, lex: Lexicon) -> list[Range]:
    """The finite clause that a verb of saying takes: after it, before it, around it, or cut in two by it."""
    doc = verb.doc
    trim = grammar.trim
    clauses = [c for c in verb.children if c.dep_ == "ccomp"]
    right = [c for c in clauses if c.i > verb.i and not grammar.reach(c)[0] <= subject.i <= c.i]
    if right:
        start, end = grammar.reach(right[0])
        if _bare_what(doc, start, verb):
            return _what_was(verb)
        start = max(start, verb.i + 1 + (doc[verb.i + 1].lower_ == "clear"))
        if doc[start].tag_ == "WDT" and doc[start].dep_ in {"nsubj", "nsubjpass"}:
            return []  # "nothing in what he told us that should worry us"
        start += doc[start].lower_ == "that" and doc[start].dep_ == "dobj" and right[0].lemma_.lower() in lex.saying
        return [trim(doc, start, grammar.told(right[0], start, end, lex.saying), loose=True)]
    first = min(verb.i, subject.left_edge.i if subject.i < verb.i else verb.i)
    if clauses:
        start, end = grammar.reach(clauses[0])
        after = max(verb.i, subject.right_edge.i if subject.i > verb.i else verb.i) + 1
        before = trim(doc, start, min(end, first), loose=True)
        if before[1] - before[0] == 1 and doc[before[0]].lower_ in {"what", "which", "that"}:
            return _what_was(verb) or [trim(doc, verb.i + 1, end, loose=True)]
        rest = trim(doc, after, end, loose=True) if end - after > 2 and clauses[0].i < verb.i else (0, 0)
        return [r for r in (before, rest) if r[1] > r[0]]
    if what := _what_was(verb):
        return what
    if (far := grammar.that_clause(verb)) is not None:
        start, end = grammar.reach(far)
        start = max(start, verb.i + 1)
        start += doc[start].lower_ == "that"
        return [trim(doc, start, grammar.told(far, start, end, lex.saying), loose=True)]
    if verb.dep_ == "parataxis" or (verb.dep_ == "advcl" and any(c.lower_ == "as" for c in verb.lefts)):
        if verb.head.i == verb.i or any(c.dep_ in {"dobj", "xcomp", "acomp"} for c in verb.rights):
            return []
        mine, (start, end) = grammar.reach(verb), grammar.reach(verb.head)
        parts = trim(doc, start, min(mine[0], end), loose=True), trim(doc, max(mine[1], start), end, loose=True)
        return [p for p in parts if p[1] > p[0]]
    # The parse may have missed the clause before ", X said": it is there when nothing but time and place follow.
    rights = [c for c in verb.rights if c.i != subject.i]
    entry = lex.verbs.get(verb.lemma_.lower())
    told = entry is not None and entry.takes("@") is not None
    taken = {"xcomp", "oprd", "conj", "prt", "acomp"} | (set() if told else {"dobj"})
    if verb.dep_ == "relcl" or any(c.dep_ in taken for c in rights):
        return []
    lead = doc[sentence.tokens.start : first]
    headline = sentence.passage.kind in {"headline", "crosshead"}
    if len(lead) > 3 and lead[-1].text == "," and (headline or grammar.finite(lead)):
        return [trim(doc, lead.start, lead.end, loose=True)]
    return []


def _bare_what(doc: Doc, start: int, verb: Token) -> bool:
    return doc[start].lower_ in {"what", "which"} and start < verb.i


def _what_was(verb: Token) -> list[Range]:
    """ "what the army said was a warning": the content is what follows "was"."""
    doc, sent = verb.doc, verb.sent
    lead = next((t for t in doc[max(sent.start, verb.i - 12) : verb.i] if t.lower_ in {"what", "which"}), None)
    if lead is None or verb.i + 2 >= sent.end or doc[verb.i + 1].lemma_ != "be":
        return []
    be = doc[verb.i + 1]
    end = max(grammar.reach(be)[1], max((grammar.reach(c)[1] for c in be.rights), default=0))
    return [grammar.trim(doc, verb.i + 2, end)] if end > verb.i + 2 else []


def _gerund(verb: Token) -> bool:
    """ "Shelling the town", "having shelled the town"."""
    return verb.tag_ == "VBG" or any(c.dep_ == "aux" and c.lower_ == "having" for c in verb.lefts)


def complement(verb: Token, frame: Frame, particle: str, *, light: bool = False) -> Range | None:
    """The content that a frame without clause or quotation finds on a verb, or on the object of a light one."""
    rights = list(verb.rights)
    thing = next((c for c in rights if c.dep_ in {"dobj", "attr"}), None)
    if light and thing is not None:
        rights = [*thing.rights, *rights]
    if particle:  # "pleaded guilty to"
        rights += [c for a in rights if a.dep_ == "acomp" for c in a.rights]
    if thing is None and particle:  # "pointed to the delay"
        prep = next((c for c in rights if c.dep_ == "prep" and c.lower_ == particle), None)
        thing = grammar.child(prep, "pobj") if prep is not None else None
    if frame.shape == "to":
        deps = {"xcomp", "ccomp", "acl", "advcl"} if light else {"xcomp", "ccomp"}
        tail = next((c for c in rights if c.dep_ in deps and _infinitive(c)), None)
        return grammar.reach(tail) if tail is not None else None
    if frame.shape == "ing":
        tail = next((c for c in rights if c.dep_ in {"xcomp", "pcomp", "ccomp", "advcl"} and _gerund(c)), None)
        return grammar.reach(tail) if tail is not None and tail.left_edge.i <= verb.i + 1 + bool(particle) else None
    if frame.shape == "P":
        prep = next((c for c in rights if c.dep_ in {"prep", "dative", "agent"} and c.lower_ == frame.head), None)
        noun = grammar.child(prep, "pobj", "pcomp") if prep is not None else None
        if noun is None and not frame.tail:  # "pleaded for allies to help": for X to is a clause of its own
            clause = next(
                (c for c in rights if any(m.dep_ == "mark" and m.lower_ == frame.head for m in c.lefts)), None
            )
            return grammar.reach(clause) if clause is not None else None
        if noun is None:
            return None
        if frame.head == "on" and noun.ent_type_ in {"DATE", "TIME"}:
            return None  # "issued a statement on Monday", "what it calls an operation on Monday"
        start, end = grammar.reach(noun)
        if frame.tail:
            tail = _tail(rights, frame.tail, after=noun.i) or _tail(list(noun.rights), frame.tail, after=noun.i)
            return (start, max(end, grammar.reach(tail)[1])) if tail is not None else None
        return (start, end)
    if frame.shape != "N":
        return None
    if frame.tail == "to":
        tail = next((c for c in rights if c.dep_ in {"xcomp", "ccomp", "advcl"} and _infinitive(c)), None)
        if tail is None and thing is not None and frame.stance is None:  # "likened the camp to a prison"
            near = [*thing.rights, *rights]
            tail = next((c for c in near if c.dep_ in {"prep", "dative"} and c.lower_ == "to" and c.i > thing.i), None)
        if tail is None or (thing is None and grammar.child(tail, "nsubj") is None):
            return None
        start = min(grammar.reach(tail)[0], grammar.reach(thing)[0] if thing is not None else tail.i)
        return (start, grammar.reach(tail)[1])
    if frame.tail == "N":
        tail = next((c for c in rights if c.dep_ in {"oprd", "ccomp", "xcomp", "dobj"} and c != thing), None)
        if tail is None:
            return None
        start = min(grammar.reach(tail)[0], grammar.reach(thing)[0] if thing is not None else tail.i)
        return (max(start, verb.i + 1), grammar.reach(tail)[1])
    if thing is None:
        asked = any(c.lower_ == "what" for c in verb.lefts)  # "what they described as a trap"
        tail = _tail(rights, frame.tail, after=verb.i) if asked and frame.tail else None
        return (tail.i + 1, grammar.reach(tail)[1]) if tail is not None else None
    start, end = grammar.reach(thing)
    if frame.tail:
        tail = _tail(rights, frame.tail, after=thing.i) or _tail(list(thing.rights), frame.tail, after=thing.i)
        return (start, max(end, grammar.reach(tail)[1])) if tail is not None else None
    if thing.pos_ == "PRON" and end - start == 1:
        return None
    return (start, end)


def further(verb: Token, end: int) -> int:
    """The end of what is said with the phrases right after it that the parse hung on the verb: no time, no occasion."""
    for c in verb.rights:
        if c.left_edge.i != end or c.dep_ not in {"prep", "acl", "advcl", "xcomp"}:
            continue
        if c.lower_ in _CIRCUMSTANCE and not (c.lower_ == "by" and grammar.child(c, "pcomp")):
            continue
        if c.dep_ == "advcl" and not _infinitive(c):
            continue
        noun = grammar.child(c, "pobj")
        if noun is not None and (noun.ent_type_ in {"DATE", "TIME"} or noun.lemma_.lower() in lexicon().occasions):
            break
        end = grammar.reach(c)[1]
    return end


def _tail(tokens: list[Token], word: str, after: int) -> Token | None:
    if word == "to":
        return next(
            (c for c in tokens if c.i > after and c.dep_ in {"xcomp", "advcl", "acl", "relcl"} and _infinitive(c)), None
        )
    return next((c for c in tokens if c.i > after and c.lower_ == word), None)


def _infinitive(verb: Token) -> bool:
    return any(c.lower_ == "to" and c.i < verb.i for c in verb.lefts)


def stated(verb: Token, cue: Cue, patient: Token | None) -> list[Range]:
    """The clause of "it is alleged that ...", "it was announced by the court that ..."."""
    if patient is None or patient.lower_ != "it" or cue.takes("S") is None:
        return []
    clause = next((c for c in verb.rights if c.dep_ in {"ccomp", "advcl"} and _that(c)), None)
    if clause is None:
        return []
    start, end = grammar.reach(clause)
    return [(start, grammar.told(clause, start, end, lexicon().saying))]


def _that(clause: Token) -> bool:
    return any(c.lower_ == "that" and c.i < clause.i for c in clause.lefts)


def undergone(verb: Token, cue: Cue, agent: Token | None, patient: Token | None) -> list[Range]:
    """The content of a verb in the passive: what it is said of, and what is said."""
    lex = lexicon()
    tails = [c for c in verb.rights if c.dep_ in {"xcomp", "prep", "oprd"}]
    named = next((c for c in tails if any(f.tail == c.lower_ for f in cue.frames)), None)
    if cue.word in {"accuse", "blame"} and named is not None and patient is not None:
        start, end = grammar.reach(named)
        return [(start + 1, end)]
    if agent is None:
        tail = next((c for c in tails if c.dep_ == "xcomp"), None)
        if cue.word not in lex.passive or tail is None or patient is None:
            return []
        return [grammar.reach(tail)] if patient.tag_ == "WP" else [grammar.reach(patient), grammar.reach(tail)]
    if patient is None or patient.i > verb.i or patient.pos_ == "PRON" or not speaks(agent, lex):
        return []
    whole = (patient.left_edge.i, min(verb.i, grammar.reach(patient)[1]))
    if named is not None:
        return [whole, grammar.reach(named)]
    plain = any(f.shape == "N" and not f.tail for f in cue.frames)
    return [whole] if plain and whole[1] - whole[0] > 1 else []
