"""Statements from verbs: said, told, accused of, vowed to, called on. One draft a cue."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from counterclaim.language import Sentence, at
from counterclaim.reading.statements import adjacent, circumstance, frames, grammar, middle
from counterclaim.reading.statements.cues import Cue, Lexicon, lexicon
from counterclaim.reading.statements.drafts import Draft, Paragraph
from counterclaim.reading.statements.speakers import speaks
from counterclaim.types import Span, Stance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from counterclaim.reading.statements.quotes import Quote

_UNREAL = frozenset(["will", "would", "may", "might", "could", "should", "can", "must", "'ll", "'d", "shall"])
#: Verbs above an infinitive that leave it unsaid.
_UNSAID = frozenset(
    {
        "expect", "decline", "refuse", "fail", "want", "plan", "hope", "try", "attempt", "intend", "wish", "prepare",
        "need", "decide", "seek", "ask", "urge", "likely", "due", "set", "able", "unable", "ready", "wait", "stop",
        "avoid", "deny", "manage", "have",
    }
)  # fmt: skip
#: Denials that a "not" does not take away.
_STILL_SAID = frozenset({"deny", "rule out", "reject", "refuse"})
#: "No way of verifying", "without saying".
_UNSAYING = frozenset({"of", "without", "for", "to", "from", "into"})
_NOBODY = frozenset({"nobody", "none", "no-one", "neither", "whoever", "whatever", "anyone", "anybody"})
_SELF = frozenset({"i", "we", "you", "let", "us", "me"})
#: "Asked not to be named": how a source is withheld, nothing that is said.
_WITHHELD = re.compile(
    r"(?:that \w+ \w+ )?(?:(?:not to|to not|not) be (?:named|identified|quoted)|to remain anonymous|anonymity)"
)


def find(paragraph: Paragraph) -> Iterator[Draft]:
    """A draft for each verb of the paragraph that gives words to somebody."""
    lex = lexicon()
    for sentence in paragraph.sentences:
        last: Draft | None = None
        for token in sentence.tokens:
            lemma = token.lemma_.lower()
            known = lemma in lex.verbs or lemma in lex.phrases or lemma in lex.passive or lemma in lex.light
            if not known or not token.tag_.startswith("VB") or token.lower_ in lex.sources:
                continue
            cue = _entry(token, lemma, lex)
            if cue is None or unsaid(token, cue):
                continue
            draft = _interrupting(token, cue, sentence, paragraph, lex) or _draft(
                token, cue, _speaker(token, last, paragraph, lex), sentence, paragraph, lex
            )
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
    if (last_words := grammar.closing(verb)) is not None and speaks(last_words, lex):
        return last_words
    if found is not None and found.sent == verb.sent and _apart(found, verb, paragraph):
        found = None  # the parse took a word of the quotation for the speaker
    return found or grammar.nearby(verb)


def _apart(subject: Token, verb: Token, paragraph: Paragraph) -> bool:
    """Whether a subject stands inside a quotation that its verb is not in."""
    inside = paragraph.quote_at(at(subject).start)
    return inside is not None and inside.speech(paragraph.page_text) and not inside.span.covers(at(verb))


def _entry(token: Token, lemma: str, lex: Lexicon) -> Cue | None:
    """The entry for a verb, with its object or its particle if one of the lexicon's follows."""
    if (made := _light(token, lex)) is not None:
        return lex.light[lemma][made.lemma_.lower()]
    for particle, cue in lex.phrases.get(lemma, {}).items():
        first, *rest = particle.split()
        near = [t.lower_ for t in token.doc[token.i + 1 : token.i + 4]]
        if near[: 1 + len(rest)] == [first, *rest] or near[1 : 2 + len(rest)] == [first, *rest]:
            return cue
        if any(c.dep_ == "prt" and c.lower_ == first for c in token.children):
            return cue
    if any(c.dep_ == "prt" for c in token.children):
        return None  # "called off", "set up" are no cues
    return lex.verbs.get(lemma) or lex.passive.get(lemma)


def _light(verb: Token, lex: Lexicon) -> Token | None:
    """The object that makes a light verb one of saying: "issued a statement", but not "gave no details"."""
    nouns = lex.light.get(verb.lemma_.lower())
    thing = grammar.child(verb, "dobj") if nouns else None
    if nouns is None or thing is None or thing.lemma_.lower() not in nouns or thing.i < verb.i:
        return None
    return None if any(c.lower_ in {"no", "any"} for c in thing.lefts) else thing


def unsaid(verb: Token, cue: Cue) -> bool:
    """Whether the saying itself is denied, future, wished or ordered."""
    if verb.i and verb.doc[verb.i - 1].text == "-":  # so-called
        return True
    if verb.tag_ == "VBN" and not any(c.dep_ in {"aux", "auxpass", "agent"} or c.lower_ == "by" for c in verb.children):
        return (
            verb.dep_ in {"acl", "advcl", "amod"} or verb.nbor(1).lower_ == "to" if verb.i + 1 < len(verb.doc) else True
        )
    if any(c.dep_ in {"nsubj", "nsubjpass"} and _nobody(c) for c in verb.children):
        return True  # "no group has said"
    for c in verb.children:
        if (c.dep_ == "neg" and cue.word not in _STILL_SAID) or (c.dep_ == "aux" and c.lower_ in _UNREAL):
            return True
    if verb.tag_ == "VBG" and verb.dep_ == "pcomp" and verb.head.lower_ in _UNSAYING:
        return True
    if _WITHHELD.match(verb.doc[verb.i + 1 : verb.i + 8].text):
        return True
    after = verb.doc[verb.i + 1 : verb.i + 3].text.lower()
    if after == "as much":  # "even the minister has said as much"
        return True
    if after == "to be" and not grammar.passive(verb):  # "a town said to be empty", whatever the tagger made of it
        return verb.lemma_ in lexicon().passive
    if verb.tag_ != "VB":
        return False
    while verb.dep_ == "conj" and verb.head.tag_ == "VB":
        verb = verb.head
    if verb.dep_ in {"xcomp", "advcl", "relcl"}:
        return verb.head.lemma_.lower() in _UNSAID or any(c.dep_ == "neg" for c in verb.head.children)
    return verb.dep_ == "acl" or (verb.dep_ == "ROOT" and grammar.subject(verb) is None)


def _nobody(subject: Token) -> bool:
    """ "No group", "nobody", "none of them"."""
    return subject.lower_ in _NOBODY or any(c.dep_ == "det" and c.lower_ in {"no", "neither"} for c in subject.lefts)


def _draft(
    verb: Token, cue: Cue, subject: Token | None, sentence: Sentence, paragraph: Paragraph, lex: Lexicon
) -> Draft | None:
    """The statement that this verb makes, if its frames find content."""
    inside = paragraph.quote_at(at(verb).start)
    # within a quotation its speaker goes on: "we said" there is no new statement
    if inside is not None and subject is not None and (subject.lower_ in _SELF or not inside.span.covers(at(subject))):
        return None
    document = subject is not None and subject.lemma_.lower() in lex.documents
    if grammar.passive(verb):
        return _passive(verb, cue, subject, sentence, paragraph)
    if subject is None:
        return None
    content, shape, stance = _content(verb, cue, subject, document, sentence, paragraph, inside, lex)
    if not content or any(c.covers(at(subject)) for c in content) or (shape != "Q" and not speaks(subject, lex)):
        return None
    addressee, occasion = circumstance.of(verb, content)
    start, end = grammar.verb_group(verb)
    made = _light(verb, lex) if cue.noun else None
    return Draft(
        sentence=sentence,
        cue=verb,
        cue_span=paragraph.span((start, max(end, made.i + 1) if made is not None else end)),
        source=grammar.phrase(subject),
        content=[adjacent.widen(c, verb, paragraph, inside) for c in content],
        stance=stance,
        why=f"{cue.word}: {shape}",
        quoted=shape == "Q",
        addressee=addressee,
        occasion=occasion,
        told=circumstance.told(verb),
    )


def _interrupting(verb: Token, cue: Cue, sentence: Sentence, paragraph: Paragraph, lex: Lexicon) -> Draft | None:
    """ "The trucks, said the mayor, were stopped": the clause around the cue."""
    if cue.takes("S") is None or paragraph.quote_at(at(verb).start) is not None:
        return None
    found = middle.interrupted(verb)
    if found is None:
        return None
    source = verb.doc[found[0][0] : found[0][1]]
    if not any(speaks(t, lex) for t in source):
        return None
    return Draft(
        sentence=sentence,
        cue=verb,
        cue_span=at(verb),
        source=source,
        content=[s for r in found[1] if (s := paragraph.span(r)) is not None],
        stance=cue.stance,
        why=f"{cue.word}: middle",
    )


def _content(
    verb: Token, cue: Cue, subject: Token, document: bool, sentence: Sentence, paragraph: Paragraph,
    inside: Quote | None, lex: Lexicon,
) -> tuple[list[Span], str, Stance]:  # fmt: skip
    """What the verb gives to its subject, and the frame that found it."""
    fitting = [f for f in cue.frames if document or not f.document]
    shapes = {f.shape for f in fitting}
    if "Q" in shapes and (content := adjacent.claimed(verb, subject, sentence, paragraph, inside)):
        return content, "Q", cue.stance
    if "S" in shapes and (ranges := frames.clause(verb, subject, sentence, lex)):
        return [s for r in ranges if (s := paragraph.span(r)) is not None], "S", cue.stance
    thing = grammar.child(verb, "dobj")
    noun = thing is not None and thing.lemma_.lower() in lex.nouns and grammar.that_clause(thing) is not None
    if noun and cue.stance in {"asserts", "other"}:
        return [], "", cue.stance  # "voiced fears that S": the noun tells it
    for frame in fitting:
        found = frames.complement(verb, frame, cue.word.partition(" ")[2], light=bool(cue.noun))
        if found is not None:
            start, end = found[0], frames.further(verb, found[1])
            end = min(grammar.aside(verb.doc, start, end), grammar.told(verb.doc[start], start, end, lex.saying))
            found = (start, end)
        if found is not None and (span := paragraph.span(grammar.trim(verb.doc, *found, loose=True))) is not None:
            return [span], f"{frame.head or frame.shape} {frame.tail}".strip(), frame.stance or cue.stance
    if any(f.tail == "N" for f in fitting) and (named := adjacent.named(verb, paragraph, inside)) is not None:
        return [named], "N Q", cue.stance
    return [], "", cue.stance


def _passive(verb: Token, cue: Cue, agent: Token | None, sentence: Sentence, paragraph: Paragraph) -> Draft | None:
    """ "was confirmed by X", "described by X as Y", "has been accused of Y", "is said to be Y"."""
    patient = grammar.child(verb, "nsubjpass", "nsubj")
    if verb.dep_ in {"acl", "relcl"} and (patient is None or patient.lower_ in {"who", "which", "that"}):
        patient = verb.head
    ranges = frames.undergone(verb, cue, agent, patient) or frames.stated(verb, cue, patient)
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
        why=f"{cue.word}: passive",
        hidden=agent is None,
    )
