"""Statements from verbs: said, told, accused of, vowed to, called on. One draft a cue, by the frames its entry takes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from counterclaim.language import Sentence, at
from counterclaim.reading.actors.phrases import roles, singular
from counterclaim.reading.statements import grammar
from counterclaim.reading.statements.cues import Cue, Frame, Lexicon, lexicon
from counterclaim.reading.statements.drafts import Draft, Paragraph
from counterclaim.reading.statements.quotes import Quote
from counterclaim.types import Span, Stance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from counterclaim.reading.statements.grammar import Range

_UNREAL = frozenset("will would may might could should can must 'll 'd shall".split())
#: Verbs above an infinitive that leave it unsaid.
_UNSAID = frozenset(
    "expect decline refuse fail want plan hope try attempt intend wish prepare need decide seek ask urge likely due set "
    "able unable ready have wait stop avoid deny".split()
)
#: Denials that a "not" does not take away.
_STILL_SAID = frozenset({"deny", "rule out", "reject", "refuse"})
_SPEAKERS = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC"})
#: Endings of nouns for those who do something.
_AGENTS = (
    "er",
    "or",
    "ist",
    "ian",
    "ant",
    "man",
    "woman",
    "ee",
    "people",
    "folk",
    "force",
    "team",
    "group",
    "side",
    "family",
)
_DUMB = frozenset({"this", "that", "which", "what", "these", "those", "everything", "nothing", "something", "there"})
#: Prepositions that tell when, where and how something was said.
_CIRCUMSTANCE = frozenset({"on", "during", "after", "before", "since", "by", "via", "through", "amid", "as", "without", "with"})
_SELF = frozenset({"i", "we", "you", "let", "us", "me"})
_GAP = re.compile(r"[^\w.;:]*")
_NEXT_SENTENCE = re.compile(r"[^.!?;]*[.]\s*[\"“„«‘'‟]\s*")
_AFTER_GAP = re.compile(r"[^.!?;]*?(?:[,:]|\bthat|\bas)?\s*[\"“„«‘'‟”]+\s*$", re.IGNORECASE)


def find(paragraph: Paragraph) -> Iterator[Draft]:
    """A draft for each verb of the paragraph that gives words to somebody."""
    lex = lexicon()
    for sentence in paragraph.sentences:
        last: Draft | None = None
        for token in sentence.tokens:
            lemma = token.lemma_.lower()
            if (lemma not in lex.verbs and lemma not in lex.phrases) or token.tag_[:2] != "VB":
                continue
            cue = _entry(token, lemma, lex)
            if cue is None or _unsaid(token, cue):
                continue
            draft = _draft(token, cue, _speaker(token, last, paragraph, lex), sentence, paragraph, lex)
            if draft is None:
                continue
            if last is None or not any(c.covers(at(token)) for c in last.content):
                last = draft
            yield draft


def _speaker(verb: Token, last: Draft | None, paragraph: Paragraph, lex: Lexicon) -> Token | None:
    """Who speaks: the verb's subject; for ", adding that ..." whoever spoke before in the sentence."""
    if grammar.passive(verb):
        return grammar.agent(verb)
    if verb.tag_ == "VBG" and last is not None and last.source is not None and verb.dep_ != "pcomp":
        comma = verb.i > 0 and verb.doc[verb.left_edge.i - 1].text in {",", "–", "—"}
        if comma and not any(c.covers(at(verb)) for c in last.content) and grammar.child(verb, "nsubj") is None:
            return last.source.root
    found = grammar.subject(verb, lex.saying)
    if (
        (turned := grammar.inverted(verb)) is not None
        and speaks(turned, lex)
        and (found is None or verb.dep_ == "conj")
    ):
        return turned
    if found is not None and found.sent == verb.sent and _apart(found, verb, paragraph):
        found = None  # the parse took a word of the quotation for the speaker
    return found or grammar.nearby(verb)


def _apart(subject: Token, verb: Token, paragraph: Paragraph) -> bool:
    """Whether a subject stands inside a quotation that its verb is not in."""
    inside = paragraph.quote_at(at(subject).start)
    return inside is not None and inside.speech(paragraph.page_text) and not inside.span.covers(at(verb))


def _entry(token: Token, lemma: str, lex: Lexicon) -> Cue | None:
    """The entry for a verb, with its particle if one of the lexicon's follows."""
    for particle, cue in lex.phrases.get(lemma, {}).items():
        first, *rest = particle.split()
        near = [t.lower_ for t in token.doc[token.i + 1 : token.i + 4]]
        if near[: 1 + len(rest)] == [first, *rest] or near[1 : 2 + len(rest)] == [first, *rest]:
            return cue
        if any(c.dep_ == "prt" and c.lower_ == first for c in token.children):
            return cue
    return None if any(c.dep_ == "prt" for c in token.children) else lex.verbs.get(lemma)


def _unsaid(verb: Token, cue: Cue) -> bool:
    """Whether the saying itself is denied, future, wished or ordered."""
    if verb.i and verb.doc[verb.i - 1].text == "-":  # so-called
        return True
    if verb.tag_ == "VBN" and not any(c.dep_ in {"aux", "auxpass", "agent"} or c.lower_ == "by" for c in verb.children):
        return (
            verb.dep_ in {"acl", "advcl", "amod"} or verb.nbor(1).lower_ == "to" if verb.i + 1 < len(verb.doc) else True
        )
    for c in verb.children:
        if (c.dep_ == "neg" and cue.word not in _STILL_SAID) or (c.dep_ == "aux" and c.lower_ in _UNREAL):
            return True
    if verb.tag_ == "VB" and verb.dep_ in {"xcomp", "advcl", "acl", "relcl"}:
        head = verb.head
        return head.lemma_.lower() in _UNSAID or any(c.dep_ == "neg" for c in head.children)
    return verb.tag_ == "VB" and verb.dep_ == "ROOT" and grammar.subject(verb) is None


def _draft(
    verb: Token, cue: Cue, subject: Token | None, sentence: Sentence, paragraph: Paragraph, lex: Lexicon
) -> Draft | None:
    """The statement that this verb makes, if its frames find content."""
    inside = paragraph.quote_at(at(verb).start)
    if inside is not None and subject is not None and subject.lower_ in _SELF:
        return None
    document = subject is not None and subject.lemma_.lower() in lex.documents
    if grammar.passive(verb):
        return _passive(verb, cue, subject, sentence, paragraph)
    if subject is None:
        return None
    content, shape, stance = _content(verb, cue, subject, document, sentence, paragraph, inside, lex)
    if not content or any(c.covers(at(subject)) for c in content) or (shape != "Q" and not speaks(subject, lex)):
        return None
    return Draft(
        sentence=sentence,
        cue=verb,
        cue_span=paragraph.span(grammar.verb_group(verb)),
        source=grammar.phrase(subject),
        content=[_widen(c, verb, paragraph, inside) for c in content],
        stance=stance,
        why=f"{cue.word}: {shape}",
        quoted=shape == "Q",
        addressee=_addressee(verb, {f.shape for f in cue.frames}),
    )


def _content(
    verb: Token, cue: Cue, subject: Token, document: bool, sentence: Sentence, paragraph: Paragraph,
    inside: Quote | None, lex: Lexicon,
) -> tuple[list[Span], str, Stance]:  # fmt: skip
    """What the verb gives to its subject, and the frame that found it."""
    frames = [f for f in cue.frames if document or not f.document]
    shapes = {f.shape for f in frames}
    if "Q" in shapes and (content := _quoted(verb, subject, sentence, paragraph, inside)):
        return content, "Q", cue.stance
    if "S" in shapes and (ranges := _clause(verb, subject, sentence, lex)):
        return [s for r in ranges if (s := paragraph.span(r)) is not None], "S", cue.stance
    for frame in frames:
        found = _complement(verb, frame)
        if found is not None:
            found = (found[0], grammar.aside(verb.doc, *found))
        if found is not None and (span := paragraph.span(grammar.trim(verb.doc, *found, loose=True))) is not None:
            return [span], f"{frame.head or frame.shape} {frame.tail}".strip(), frame.stance or cue.stance
    return [], "", cue.stance


def speaks(subject: Token, lex: Lexicon) -> bool:
    """Whether a subject can say anything: somebody, a body, a document; not "the advance" or "the decision"."""
    if subject.ent_type_ in _SPEAKERS or subject.pos_ in {"PROPN", "NUM", "ADJ"}:
        return True
    if subject.pos_ == "PRON":
        return subject.lower_ not in _DUMB
    lemma, known = singular(subject.text), roles()
    if lemma in known.people or lemma in known.offices or lemma in known.titles or lemma in known.bodies:
        return True
    if lemma in known.carriers or lemma in known.things or lemma in lex.documents or subject.lemma_ in lex.documents:
        return True
    return lemma.endswith(_AGENTS) or any(t.ent_type_ in _SPEAKERS for t in subject.lefts)


def _passive(verb: Token, cue: Cue, agent: Token | None, sentence: Sentence, paragraph: Paragraph) -> Draft | None:
    """ "was confirmed by X", "described by X as Y", "has been accused of Y", "numbered by X at Y"."""
    lemma, lex = cue.word, lexicon()
    patient = grammar.child(verb, "nsubjpass", "nsubj")
    if patient is None and verb.dep_ in {"acl", "relcl"}:
        patient = verb.head
    elif patient is not None and patient.lower_ in {"who", "which", "that"} and verb.dep_ == "relcl":
        patient = verb.head
    hidden = agent is None
    tail = next(
        (c for c in verb.rights if c.dep_ in {"xcomp", "prep", "oprd", "ccomp"} and c.lower_ not in {"by", "on", "in"}),
        None,
    )
    ranges: list[Range] = []
    if lemma == "accuse":
        if tail is None or tail.lower_ != "of":
            return None
        start, end = grammar.reach(tail)
        ranges.append((start + 1, end))
    elif hidden:
        if lemma not in lex.passive or tail is None or patient is None or tail.dep_ != "xcomp":
            return None
        ranges += [grammar.reach(patient), grammar.reach(tail)]
    elif patient is not None and (cue.takes("N") or cue.takes("S")) and patient.i < verb.i:
        if any(f.tail in {"as", "at"} for f in cue.frames) and tail is not None:
            ranges += [(patient.left_edge.i, patient.i + 1), grammar.reach(tail)]
        else:
            ranges.append((grammar.reach(patient)[0], min(verb.i, grammar.reach(patient)[1])))
    if not ranges:
        return None
    spans = [s for r in ranges if (s := paragraph.span(grammar.trim(verb.doc, *r, loose=True))) is not None]
    if not spans:
        return None
    return Draft(
        sentence=sentence,
        cue=verb,
        cue_span=paragraph.span(grammar.verb_group(verb)),
        source=grammar.phrase(agent) if agent is not None else None,
        content=spans,
        stance=cue.stance,
        why=f"{lemma}: passive",
        hidden=hidden,
    )


def _addressee(verb: Token, shapes: set[str]) -> str | None:
    """To whom it is said, where the verb's object is that."""
    if "@" in shapes:
        whom = grammar.child(verb, "dobj", "dative")
        if whom is not None and whom.i > verb.i:
            return grammar.phrase(whom).text
    to = next((c for c in verb.children if c.dep_ in {"dative", "prep"} and c.lower_ == "to"), None)
    whom = grammar.child(to, "pobj") if to is not None else None
    return grammar.phrase(whom).text if whom is not None else None


def _clause(verb: Token, subject: Token, sentence: Sentence, lex: Lexicon) -> list[Range]:
    """The finite clause that a verb of saying takes: after it, before it, around it, or cut in two by it."""
    doc = verb.doc
    trim = grammar.trim
    clauses = [c for c in verb.children if c.dep_ == "ccomp"]
    right = [c for c in clauses if c.i > verb.i and not grammar.reach(c)[0] <= subject.i <= c.i]
    if right:
        start, end = grammar.reach(right[0])
        if _bare_what(doc, start, verb):
            return _what_was(verb)
        start = max(start, verb.i + 1)
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
    if (clause := grammar.that_clause(verb)) is not None:
        start, end = grammar.reach(clause)
        start = max(start, verb.i + 1)
        return [trim(doc, start, grammar.told(clause, start, end, lex.saying), loose=True)]
    if verb.dep_ == "parataxis" or (verb.dep_ == "advcl" and any(c.lower_ == "as" for c in verb.lefts)):
        if verb.head.i == verb.i or any(c.dep_ in {"dobj", "xcomp", "acomp"} for c in verb.rights):
            return []
        mine, (start, end) = grammar.reach(verb), grammar.reach(verb.head)
        parts = trim(doc, start, min(mine[0], end), loose=True), trim(doc, max(mine[1], start), end, loose=True)
        return [p for p in parts if p[1] > p[0]]
    # The parse may have missed the clause before ", X said": it is there when nothing but time and place follow.
    rights = [c for c in verb.rights if c.i != subject.i]
    if any(c.dep_ in {"dobj", "xcomp", "oprd", "conj", "prt", "acomp"} for c in rights) or verb.dep_ == "relcl":
        return []
    before = doc[sentence.tokens.start : first]
    headline = sentence.passage.kind in {"headline", "crosshead"}
    if len(before) > 3 and before[-1].text == "," and (headline or grammar.finite(before)):
        return [trim(doc, before.start, before.end, loose=True)]
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


def _complement(verb: Token, frame: Frame) -> Range | None:
    """The content that a frame without clause or quotation finds on a verb."""
    rights = [c for c in verb.rights]
    thing = next((c for c in rights if c.dep_ in {"dobj", "attr"}), None)
    if frame.shape == "to":
        tail = next((c for c in rights if c.dep_ in {"xcomp", "ccomp"} and _infinitive(c)), None)
        return grammar.reach(tail) if tail is not None else None
    if frame.shape == "ing":
        tail = next((c for c in rights if c.dep_ in {"xcomp", "pcomp", "ccomp", "advcl"} and c.tag_ == "VBG"), None)
        return grammar.reach(tail) if tail is not None and tail.left_edge.i == verb.i + 1 else None
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
        start, end = grammar.reach(noun)
        if frame.tail:
            tail = _tail(rights, frame.tail, after=noun.i) or _tail(list(noun.rights), frame.tail, after=noun.i)
            return (start, max(end, grammar.reach(tail)[1])) if tail is not None else None
        return (start, end)
    if frame.shape != "N":
        return None
    if frame.tail == "to":
        tail = next((c for c in rights if c.dep_ in {"xcomp", "ccomp", "advcl"} and _infinitive(c)), None)
        if tail is None or (thing is None and grammar.child(tail, "nsubj") is None):
            return None
        start = min(grammar.reach(tail)[0], grammar.reach(thing)[0] if thing is not None else tail.i)
        return (start, grammar.reach(tail)[1])
    if frame.tail == "N":
        tail = next((c for c in rights if c.dep_ in {"oprd", "ccomp", "xcomp"}), None)
        if tail is None:
            return None
        start = min(grammar.reach(tail)[0], grammar.reach(thing)[0] if thing is not None else tail.i)
        return (max(start, verb.i + 1), grammar.reach(tail)[1])
    if thing is None:
        return None
    start, end = grammar.reach(thing)
    if frame.tail:
        tail = _tail(rights, frame.tail, after=thing.i) or _tail(list(thing.rights), frame.tail, after=thing.i)
        return (start, max(end, grammar.reach(tail)[1])) if tail is not None else None
    if thing.pos_ == "PRON" and end - start == 1:
        return None
    return (start, _further(rights, end))


def _further(rights: list[Token], end: int) -> int:
    """The end of a thing said with the phrases right after it that the parse hung on the verb: not time and occasion."""
    for c in rights:
        if c.dep_ in {"prep", "acl"} and c.left_edge.i == end and c.lower_ not in _CIRCUMSTANCE:
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


def _quoted(
    verb: Token, subject: Token | None, sentence: Sentence, paragraph: Paragraph, inside: Quote | None
) -> list[Span]:
    """The quotation that a verb introduces, closes or interrupts, widened by what is said outside the marks."""
    text, base = paragraph.text, paragraph.base
    start, end = at(verb).start, at(verb).end
    if (
        subject is not None
        and subject.sent == verb.sent
        and (subject.head == verb or subject.i == verb.i - 1 or subject.i > verb.i)
    ):
        who = at(grammar.phrase(subject))
        start, end = min(start, who.start), max(end, who.end)
    group = grammar.verb_group(verb)
    start = min(start, at(verb.doc[group[0]]).start)
    found: list[Span] = []
    for quote in paragraph.quotes:
        span = quote.span
        if (inside is None) == quote.inner or (inside is not None and not inside.span.covers(span)):
            continue
        if span.end <= start and start - span.end < 12 and _GAP.fullmatch(text, span.end - base, start - base):
            if _new_sentence(quote, verb, start, paragraph):
                continue
            if quote.speech(paragraph.page_text) or span.start <= sentence.span.start + 1:
                left = span.start
                if sentence.span.start < span.start - 2:
                    left = _left(sentence, span.start, paragraph)
                found.append(Span(left, span.end))
        elif span.start >= end and quote.speech(paragraph.page_text):
            gap = text[end - base : span.start - base]
            if len(gap) < 160 and _introduces(gap, verb, quote, paragraph, bool(found)):
                found.append(_with_clause(span, verb, subject, paragraph, lexicon()))
                break
    return found


def _with_clause(span: Span, verb: Token, subject: Token, paragraph: Paragraph, lex: Lexicon) -> Span:
    """A quotation that opens or closes a longer clause after the cue, with that clause."""
    clause = next((c for c in verb.rights if c.dep_ == "ccomp"), None)
    if clause is None:
        return span
    start, end = grammar.reach(clause)
    start = max(start, verb.i + 1)
    whole = paragraph.span(grammar.trim(verb.doc, start, grammar.told(clause, start, end, lex.saying), loose=True))
    closed = span.of(paragraph.page_text).rstrip()[-1:] in {".", "!", "?"}
    if whole is None or not whole.overlaps(span) or (closed and whole.start >= span.start - 2):
        return span
    return Span(min(whole.start, span.start), max(whole.end, span.end))


def _new_sentence(quote: Quote, verb: Token, start: int, paragraph: Paragraph) -> bool:
    """Whether a quotation before the cue ended with a full stop: what follows is a sentence of its own."""
    inside = quote.span.of(paragraph.page_text).rstrip()
    return inside.endswith(".") and not inside.endswith("...") and paragraph.page_text[start].isupper()


def _left(sentence: Sentence, quote_start: int, paragraph: Paragraph) -> int:
    """Where content begins that runs into a quotation: the sentence's start, past a conjunction."""
    doc, first = sentence.tokens.doc, sentence.tokens.start
    last = first
    while last < sentence.tokens.end and at(doc[last]).start < quote_start:
        last += 1
    start, end = grammar.trim(doc, first, last, loose=True)
    return at(doc[start]).start if start < end else quote_start


def _introduces(gap: str, verb: Token, quote: Quote, paragraph: Paragraph, split: bool) -> bool:
    """Whether the words between a cue and a quotation lead into it: "told reporters on Monday: “", "said that “"."""
    if not _AFTER_GAP.fullmatch(gap):
        last = quote.span.of(paragraph.page_text).rstrip()[-1:]
        return split and last != "," and _NEXT_SENTENCE.fullmatch(gap) is not None
    words = gap.rstrip("\"“„«‘'‟” ").strip()
    if words in {"", ",", ":", "that", ", that"}:
        return bool(not words.isalpha() or quote.speech(paragraph.page_text)) or words == "that"
    if not quote.speech(paragraph.page_text) or words[-1] not in ",:" and not words.endswith("that"):
        return False
    end = at(verb).end
    between = [t for t in verb.sent if end <= at(t).start < quote.span.start]
    return not any(t.pos_ == "VERB" and t.dep_ not in {"amod"} for t in between)


def _widen(span: Span, verb: Token, paragraph: Paragraph, inside: Quote | None) -> Span:
    """Let content that runs into a quotation go on to that quotation's end, over full stops."""
    start, end, cue = span.start, span.end, at(verb).start
    for quote in paragraph.quotes:
        q = quote.span
        if quote.inner != (inside is not None) or q.start <= cue < q.end:
            continue
        if start < q.start <= end < q.end and not cue > q.start:
            end = q.end
        elif q.start < start < q.end <= end:
            start = q.start
    return Span(start, end)
