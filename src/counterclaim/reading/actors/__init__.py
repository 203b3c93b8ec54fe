"""Who is named on a page: people, bodies, parties, and the pronouns and titles that stand for them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import msgspec

from counterclaim import countries
from counterclaim.conflict import Conflict, government
from counterclaim.language import Page, Sentence, at
from counterclaim.reading.actors.bodies import body
from counterclaim.reading.actors.people import People
from counterclaim.reading.actors.phrases import Phrase, read, roles, singular
from counterclaim.types import Actor, ActorKind

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

_HUMAN = frozenset(["person", "unnamed"])
_PRONOUNS: dict[str, tuple[str, ...]] = {
    "he": ("m",), "him": ("m",), "his": ("m",), "himself": ("m",),
    "she": ("f",), "her": ("f",), "hers": ("f",), "herself": ("f",),
    "it": ("n",), "its": ("n",), "itself": ("n",),
    "they": ("p",), "them": ("p",), "their": ("p",), "themselves": ("p",),
}  # fmt: skip
_SUBJECT = frozenset(["nsubj", "nsubjpass", "csubj"])
#: How far back, in sentences, a pronoun and a definite noun may look.
_NEAR, _FAR = 8, 60


@dataclass(frozen=True, slots=True)
class Mention:
    """One earlier mention of somebody, as later words may go back to it."""

    start: int
    sentence: int
    actor: Actor
    head: str
    words: frozenset[str]
    gender: str
    subject: bool
    quoted: bool
    plural: bool


@dataclass(frozen=True)
class Cast:
    """The actors of one page. `mentions` are in the order of the text."""

    page: Page
    conflict: Conflict
    people: People
    mentions: list[Mention] = field(default_factory=list, repr=False)
    _starts: list[int] = field(default_factory=list, repr=False)

    def actor(self, tokens: Tokens | Token) -> Actor | None:
        """Who a noun phrase or pronoun stands for, in canonical English; None if nobody can be named.

        Pronouns and definite nouns ("the aide", "the ministry") go back to the nearest earlier mention that fits.
        """
        words = list(tokens) if hasattr(tokens, "start_char") else [tokens]
        words = [t for t in words if not t.is_space]
        while words and (words[-1].is_punct or words[-1].tag_ == "POS"):
            words.pop()
        while words and words[0].is_punct:
            words.pop(0)
        return self._resolve(words) if words else None

    def party(self, words: str) -> str | None:
        """The party that a phrase belongs to, or None."""
        if found := self.conflict.party(words):
            return found
        person = self.people.find(words) if words[:1].isupper() and len(words) < 60 else None
        return person.party if person else None

    # ---- resolution

    def _resolve(self, tokens: Sequence[Token]) -> Actor | None:
        start = at(tokens[0]).start
        if len(tokens) == 1 and tokens[0].lower_ in _PRONOUNS:
            return self._pronoun(tokens[0], start)
        phrase = read(tokens)
        return self._named(phrase) or self._back(phrase, start) or self._unnamed(phrase, tokens)

    def _named(self, phrase: Phrase) -> Actor | None:
        words = phrase.words
        if found := self.conflict.actor(words):
            person = self.people.find(words) if found.kind == "person" else None
            return msgspec.structs.replace(found, role=person.role or found.role) if person else found
        if phrase.name:
            return self.people.actor(
                phrase.name, phrase.role, self.conflict.party(phrase.rest) if phrase.rest else None
            )
        return None

    def _pronoun(self, token: Token, start: int) -> Actor | None:
        want = _PRONOUNS[token.lower_][0]
        here = self.page.sentence_at(start)
        index = here.index if here else 0
        best, most = None, 0.0
        for mention in self._before(start, index - _NEAR):
            fits = _fits(mention, want)
            if not fits:
                continue
            score = fits + 2.0 * mention.subject - 1.5 * mention.quoted - 1.0 * (index - mention.sentence)
            score += 10
            if score > most:
                best, most = mention, score
        return best.actor if best else None

    def _back(self, phrase: Phrase, start: int) -> Actor | None:
        """What a definite noun ("the aide", "the Ukrainian president", "the ministry") goes back to."""
        if not phrase.definite or not phrase.head or len(phrase.words.split()) > 6:
            return None
        known = roles()
        head = phrase.head
        party = self.conflict.party(phrase.words)
        want = known.back.get(head, frozenset()) | {head}
        here = self.page.sentence_at(start)
        index = here.index if here else 0
        for mention in self._before(start, index - _FAR):
            if party and mention.actor.party != party:
                continue
            if mention.head == head or mention.words & want or _kind_fits(mention, head):
                return mention.actor
        if party and head in known.offices | {"leader"}:
            for role in (phrase.role, *known.back.get(head, ())):
                if role and (holder := self.conflict.office(role, party, self.page.report.published)):
                    return holder
        return None

    def _unnamed(self, phrase: Phrase, tokens: Sequence[Token]) -> Actor | None:
        known = roles()
        party = self.party(phrase.words)
        head = phrase.head
        if head in known.carriers or head in known.things:
            if inner := self._whose(tokens):
                return inner
            if phrase.definite:
                start = at(tokens[0]).start
                for mention in self._before(start, -1):
                    if mention.subject and not mention.quoted and mention.actor.kind not in ("group",):
                        return mention.actor
            return Actor(name=_clean(phrase.words), kind="unnamed", party=party)
        if head in known.people or (head in known.titles and head not in known.offices):
            if phrase.plural and not phrase.open and party and head != "resident":
                return Actor(name=_clean(phrase.words), kind="group", party=party)
            return Actor(name=self._spell_out(phrase, tokens), kind="unnamed", role=phrase.role, party=party)
        if head in known.offices:
            return Actor(name=self._spell_out(phrase, tokens), kind="person", role=phrase.role, party=party)
        country = countries.find(_clean(phrase.words)) or countries.demonym(_clean(phrase.words))
        if country and party:
            return government(party)
        return body(phrase, party)

    def _whose(self, tokens: Sequence[Token]) -> Actor | None:
        """Whose statement, video or account it is: "a statement from the ministry", "a Kremlin account"."""
        for i, t in enumerate(tokens):
            if t.lower_ in ("from", "by", "of") and i + 1 < len(tokens):
                inner = self._resolve(tokens[i + 1 :])
                return inner if inner and not inner.anonymous else None
        for i, t in enumerate(tokens):
            if t.tag_ == "POS" and i:
                inner = self._resolve(tokens[:i])
                return inner if inner and not inner.anonymous else None
        for length in (4, 3, 2, 1):
            for i in range(len(tokens) - length):
                words = "".join(t.text_with_ws for t in tokens[i : i + length]).strip()
                if words[:1].isupper() and (found := self.conflict.actor(words)):
                    return found
        return None

    def _spell_out(self, phrase: Phrase, tokens: Sequence[Token]) -> str:
        """The phrase with the last names in it made full: "senior aide to Emmanuel Macron"."""
        out = _clean(phrase.words)
        for t in reversed(tokens):
            if t.pos_ == "PROPN" and t.ent_type_ in ("PERSON", "ORG", "") and (who := self.people.find(t.text)):
                if who.name not in out:
                    out = out.replace(t.text, who.name)
                break
        return out

    def _before(self, start: int, sentence: int) -> Iterator[Mention]:
        """Earlier mentions, the nearest first, back to sentence number `sentence`."""
        for i in range(bisect_left(self._starts, start) - 1, -1, -1):
            mention = self.mentions[i]
            if mention.sentence < sentence:
                return
            yield mention

    def _add(self, mention: Mention) -> None:
        self.mentions.append(mention)
        self._starts.append(mention.start)


def find(page: Page, conflict: Conflict) -> Cast:
    """Gather the actors of `page`."""
    people = People(conflict)
    groups = [(s, g) for s in page.sentences for g in _phrases(s)]
    read_groups = []
    for sentence, tokens in groups:
        phrase = read(tokens)
        if phrase.name:
            people.learn(phrase)
        read_groups.append((sentence, tokens, phrase))
    cast = Cast(page, conflict, people)
    quoted = _quotes(page)
    for sentence, tokens, phrase in read_groups:
        start = at(tokens[0]).start
        if len(tokens) == 1 and tokens[0].pos_ == "PRON":
            actor = (
                cast._pronoun(tokens[0], start)
                if tokens[0].lower_ in _PRONOUNS and tokens[0].dep_ in _SUBJECT
                else None
            )
        else:
            actor = cast._named(phrase) or cast._back(phrase, start) or cast._unnamed(phrase, tokens)
        if actor is None:
            continue
        names = (
            frozenset(singular(w) for w in (actor.role or "").split())
            | {actor.role or ""}
            | {phrase.role or "", phrase.head}
        )
        cast._add(
            Mention(
                start=start, sentence=sentence.index, actor=actor, head=phrase.head, words=names - {""},
                gender=_gender(actor, phrase, tokens), subject=any(t.dep_ in _SUBJECT for t in tokens),
                quoted=any(a <= start < b for a, b in quoted.get(sentence.paragraph, ())), plural=phrase.plural,
            )
        )  # fmt: skip
    return cast


def _phrases(sentence: Sentence) -> Iterator[list[Token]]:
    """The noun phrases of a sentence, each with its apposition."""
    merged: list[list[Token]] = []
    for chunk in sentence.tokens.noun_chunks:
        tokens = [t for t in chunk if not t.is_space]
        if not tokens:
            continue
        if merged and chunk.root.dep_ == "appos" and chunk.root.head in merged[-1]:
            doc = chunk.doc
            merged[-1] = list(doc[merged[-1][0].i : chunk.end])
        else:
            merged.append(tokens)
    yield from merged


def _quotes(page: Page) -> dict[int, list[tuple[int, int]]]:
    """The quoted stretches of each paragraph."""
    found: dict[int, list[tuple[int, int]]] = {}
    for sentence in page.sentences:
        if sentence.paragraph in found:
            continue
        span, spans, opened = sentence.passage.span, [], -1
        for i in range(span.start, span.end):
            c = page.text[i]
            if c in "“" or (c == '"' and opened < 0):
                opened = i
            elif c in '”"' and opened >= 0:
                spans.append((opened, i))
                opened = -1
        if opened >= 0:
            spans.append((opened, span.end))
        found[sentence.paragraph] = spans
    return found


def _gender(actor: Actor, phrase: Phrase, tokens: Sequence[Token]) -> str:
    """m, f, n (no person) or "" (a person, not known which)."""
    if actor.kind not in _HUMAN:
        return "p" if actor.kind == "group" else "n"
    known = roles()
    written = {t.lower_ for t in tokens}
    if actor.kind == "person":
        first = actor.name.lower().split()[0]
        if first in known.female:
            return "f"
        if first in known.male:
            return "m"
    if written & {"spokeswoman", "chairwoman", "woman", "mrs", "ms", "mother", "wife", "daughter", "queen", "sister"}:
        return "f"
    if written & {"spokesman", "chairman", "man", "mr", "sir", "father", "husband", "son", "king", "brother"}:
        return "m"
    if phrase.plural:
        return "p"
    if actor.kind == "person":
        return "f?" if actor.name.split()[0].endswith("a") else "m?"
    return ""


def _fits(mention: Mention, want: str) -> float:
    """How well a pronoun's gender goes with a mention: 0 not at all."""
    gender = mention.gender
    if want in ("m", "f"):
        if mention.actor.kind not in _HUMAN or gender == "p":
            return 0
        if gender == want:
            return 1.0
        return 0.5 if gender == "" else 0.8 if gender == want + "?" else 0 if len(gender) == 1 else 0.1
    if want == "n":
        return 1.0 if gender == "n" else 0
    return 1.0 if gender == "p" else 0.5 if gender == "n" else 0


def _kind_fits(mention: Mention, head: str) -> bool:
    kind: ActorKind = mention.actor.kind
    if head in ("group", "organisation", "organization", "movement", "militia"):
        return kind in ("armed_group", "organisation") and mention.gender == "n"
    if head in ("agency", "outlet", "broadcaster", "newspaper", "channel", "network"):
        return kind in ("outlet", "organisation")
    if head in ("country", "nation"):
        return kind == "state"
    return head in ("official", "diplomat", "aide", "source") and kind == "unnamed" and head in mention.words


def _clean(words: str) -> str:
    """Without article or genitive, as a name is written."""
    words = words.strip(" ,;:.'\"“”‘’-–—")
    first, _, rest = words.partition(" ")
    words = rest if rest and first.lower() in ("the", "a", "an") else words
    return words[:-2] if words.endswith(("'s", "’s")) else words


__all__ = ["Cast", "Mention", "find", "replace"]
