"""Earlier mentions, to which pronouns and definite nouns go back."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from counterclaim.language import Page, Sentence
from counterclaim.reading.actors.phrases import Phrase, roles
from counterclaim.types import Actor

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

SUBJECT = frozenset(["nsubj", "nsubjpass", "csubj"])
#: The gender that a pronoun asks for: m, f, n (a body) or p (several).
PRONOUNS = {
    "he": "m", "him": "m", "his": "m", "himself": "m",
    "she": "f", "her": "f", "hers": "f", "herself": "f",
    "it": "n", "its": "n", "itself": "n",
    "they": "p", "them": "p", "their": "p", "themselves": "p",
}  # fmt: skip
_MARK = re.compile('[“”"]')
_LINKS = frozenset(["of", "for", "to"])


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention of somebody. `gender` is m, f, m? or f? (guessed), n, p or empty (a person, not known which)."""

    start: int
    sentence: int
    actor: Actor
    head: str
    roles: frozenset[str]
    words: frozenset[str]
    gender: str
    subject: bool
    quoted: bool
    spoke: bool = False
    """Whether it is the subject of a verb of saying in the reporter's own words."""
    phrase: Phrase | None = None


def fits(mention: Mention, want: str) -> float:
    """How well a pronoun goes with a mention: 1 surely, 0 not at all."""
    gender = mention.gender
    if want in ("m", "f"):
        if gender == want:
            return 1.0
        return {want + "?": 0.9, "": 0.8}.get(gender, 0.2 if gender in ("m?", "f?") else 0.0)
    if want == "n":
        return {"n": 1.0}.get(gender, 0.7 if mention.actor.kind == "armed_group" else 0.0)
    return {"p": 1.0, "n": 0.4}.get(gender, 0.0)


def stands_for(mention: Mention, head: str, of_state: bool) -> bool:
    """Whether a definite noun of a general kind ("the group", "the country") can go back to a mention.

    `of_state` says that the mention's party is a country: its army is no "group".
    """
    kind = mention.actor.kind
    if head in roles().groups and kind == "armed_group":
        return True
    if head in roles().groups or head in roles().agencies:
        return kind == "outlet" or (kind == "organisation" and mention.gender == "n" and not of_state)
    if head in roles().forces:
        return of_state and mention.gender in ("n", "p") and bool(mention.words & roles().forces)
    return head in ("country", "nation") and kind == "state"


def gender(actor: Actor, phrase: Phrase, tokens: Sequence[Token]) -> str:
    """The gender of a mention, as far as the words and the first name tell it."""
    named = phrase.name or (actor.kind == "person" and actor.name.split()[-1][:4].lower() in phrase.words.lower())
    if (phrase.plural or phrase.head in ("family", "people", "couple")) and not named:
        return "p"
    if actor.kind == "unnamed":
        if phrase.head not in roles().people and phrase.head not in roles().offices:
            return "n"
    elif actor.kind != "person":
        return "p" if actor.kind == "group" or phrase.plural else "n"
    written = {t.lower_ for t in tokens}
    if len(tokens) == 1 and tokens[0].lower_ in PRONOUNS:
        return PRONOUNS[tokens[0].lower_]
    if written & roles().women:
        return "f"
    if written & roles().men:
        return "m"
    if actor.kind == "unnamed" or (phrase.name is None and actor.name[:1].islower()):
        return ""
    first = actor.name.split()[0]
    if first.lower() in roles().female:
        return "f"
    if first.lower() in roles().male:
        return "m"
    return "f?" if first.endswith("a") else "m?"


def phrases(page: Page) -> Iterator[tuple[Sentence, list[Token]]]:
    """The noun phrases of a page, each with its apposition and its complement with "of", "for" or "to"."""
    doc = None
    chunks: Iterator[Tokens] = iter(())
    pending: Tokens | None = None
    for sentence in page.sentences:
        span = sentence.tokens
        if span.doc is not doc:
            doc = span.doc
            chunks = doc.noun_chunks
            pending = next(chunks, None)
        groups: list[list[Token]] = []
        while pending is not None and pending.start < span.end:
            if pending.start >= span.start:
                _join(groups, pending)
            pending = next(chunks, None)
        for group in groups:
            yield sentence, group


def _join(groups: list[list[Token]], chunk: Tokens) -> None:
    """Add a chunk as a phrase of its own, or to the phrase before it that it explains or completes."""
    tokens = list(chunk)
    while tokens and tokens[0].is_space:
        tokens.pop(0)
    while tokens and tokens[-1].is_space:
        tokens.pop()
    if not tokens:
        return
    root, doc = chunk.root, chunk.doc
    if groups:
        last = groups[-1]
        gap = tokens[0].i - last[-1].i - 1
        apposed = root.dep_ == "appos" and gap <= 2 and any(root.head.i == t.i for t in last)
        between = doc[last[-1].i + 1].lower_ if gap == 1 else ""
        part = root.dep_ == "pobj" and between in _LINKS and any(root.head.head.i == t.i for t in last)
        if apposed or part:
            groups[-1] = list(doc[last[0].i : tokens[-1].i + 1])
            return
    groups.append(tokens)


def quotes(page: Page) -> list[tuple[int, int]]:
    """The stretches between quotation marks, in the order of the text."""
    passages = dict.fromkeys(sentence.passage.span for sentence in page.sentences)
    return [stretch for span in passages for stretch in _quoted(page.text, span.start, span.end)]


def speaks(tokens: Sequence[Token]) -> bool:
    """Whether a phrase is the subject of a verb of saying that no other speech holds, or is what it accords to."""
    for t in tokens:
        if t.dep_ == "nsubj" or (t.dep_ == "appos" and t.head.dep_ == "nsubj"):
            verb = (t if t.dep_ == "nsubj" else t.head).head
            return verb.lemma_ in roles().speaking and verb.dep_ not in ("relcl", "acl")
        if t.dep_ == "pobj" and t.head.lower_ == "to" and t.head.head.lower_ == "according":
            return True
    return False


def opening(stretches: list[tuple[int, int]], offset: int) -> int:
    """Where the stretch begins that holds the character at `offset`; the character itself where none does."""
    i = bisect_right(stretches, offset, key=itemgetter(0)) - 1
    return stretches[i][0] if i >= 0 and offset < stretches[i][1] else offset


def within(stretches: list[tuple[int, int]], offset: int) -> bool:
    """Whether a character stands in one of the stretches."""
    i = bisect_right(stretches, offset, key=itemgetter(0)) - 1
    return i >= 0 and offset < stretches[i][1]


def _quoted(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    opened = -1
    for match in _MARK.finditer(text, start, end):
        mark, i = match.group(), match.start()
        if mark == "“" or (mark == '"' and opened < 0):
            opened = i
        elif mark in '”"' and opened >= 0:
            yield opened, i
            opened = -1
    if opened >= 0:
        yield opened, end


def is_subject(tokens: Sequence[Token], sentence: Tokens) -> bool:
    """Whether a phrase is a subject, explains one ("the premier, Ana Duval, said"), or opens a sentence as one."""
    if any(t.dep_ in SUBJECT or (t.dep_ == "appos" and t.head.dep_ in SUBJECT) for t in tokens):
        return True
    after = tokens[-1].i + 1
    if tokens[0].i != sentence.start or after + 1 >= sentence.end:
        return False
    doc = sentence.doc
    return doc[after].text == "," and doc[after + 1].lower_ in ("which", "who", "whose")


def differ(one: str | None, other: str | None) -> bool:
    """Whether two offices are of different fields: an energy secretary is no press secretary."""
    if not one or not other or " " not in one or " " not in other:
        return False
    a, b = set(one.split()), set(other.split())
    return not (a <= b or b <= a)


def body_speaks(mention: Mention) -> bool:
    """Whether a body is the subject in the reporter's own words."""
    return mention.subject and not mention.quoted and mention.actor.kind in ("state", "organisation")
