"""The places of one page, and the place of an event by its trigger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from counterclaim.language import Page, Sentence, at
from counterclaim.types import Place, PlaceMention, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: Prepositions that say where something happens, the strongest first.
_WHERE = (
    "in",
    "at",
    "near",
    "inside",
    "outside",
    "on",
    "around",
    "across",
    "over",
    "into",
    "throughout",
    "within",
    "to",
    "towards",
    "toward",
    "from",
    "through",
    "along",
    "off",
    "of",
    "against",
    "for",
)
_RANK = {word: n for n, word in enumerate(_WHERE)}
_CLAUSE = frozenset({"ROOT", "ccomp", "advcl", "relcl", "conj", "xcomp", "acl", "parataxis", "pcomp"})


@dataclass(frozen=True, slots=True)
class Sighting:
    """A mention with its tokens."""

    mention: PlaceMention
    doc: Doc
    start: int
    end: int
    sentence: Sentence

    @property
    def head(self) -> Token:
        """The token that carries the name in the parse."""
        return self.doc[self.start : self.end].root


@dataclass(frozen=True, eq=False)
class Atlas:
    """The places of one page. `mentions` are in the order of the text."""

    mentions: tuple[PlaceMention, ...] = ()
    _seen: tuple[Sighting, ...] = field(default=(), repr=False)
    _page: Page | None = field(default=None, repr=False)
    _by_sentence: dict[int, list[Sighting]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for one in self._seen:
            self._by_sentence.setdefault(one.sentence.index, []).append(one)

    def within(self, span: Span) -> tuple[PlaceMention, ...]:
        """The mentions inside `span`, in order."""
        return tuple(m for m in self.mentions if span.covers(m.span))

    def of(self, trigger: Token) -> Place | None:
        """The place of the event that `trigger` tells, or None: by the grammar, else the sentence's, else carried on."""
        if self._page is None or not self._seen:
            return None
        sentence = self._page.sentence_at(at(trigger).start)
        if sentence is None:
            return None
        here = self._by_sentence.get(sentence.index, [])
        if here and (best := min(here, key=lambda s: _distance(s, trigger))):
            return best.mention.place
        return self._carried(sentence)

    def _carried(self, sentence: Sentence) -> Place | None:
        """The last place of the same paragraph before this sentence that is no whole country."""
        for index in range(sentence.index - 1, -1, -1):
            before = self._page.sentences[index] if self._page else None
            if before is None or before.paragraph != sentence.paragraph:
                return None
            there = [
                s for s in self._by_sentence.get(index, ()) if s.mention.place.precision < 6 and not s.mention.metonym
            ]
            if there:
                return there[-1].mention.place
        return None


def _distance(s: Sighting, trigger: Token) -> tuple[int, int, int]:
    """How far a mention is from the trigger: by the way through the parse, by the preposition, by the words between."""
    head = s.head
    steps, rank, actor = _path(head, trigger)
    place = s.mention.place
    penalty = 6 * s.mention.metonym + 4 * actor + 3 * (place.precision >= 6)
    return steps + penalty, rank, abs(head.i - trigger.i)


def _path(head: Token, trigger: Token) -> tuple[int, int, bool]:
    """Steps from a name up to the first word that also governs the trigger, the preposition on the way, and whether
    the name is (in) the subject of a verb in the active."""
    above = {trigger.i: 0}
    for n, token in enumerate(_ancestors(trigger), 1):
        above.setdefault(token.i, n)
    rank, steps, actor = len(_WHERE), 0, False
    token = head
    for _ in range(40):
        if token.i in above:
            return steps + 2 * above[token.i], rank, actor
        if token.dep_ == "prep" or token.pos_ == "ADP":
            rank = min(rank, _RANK.get(token.lower_, len(_WHERE)))
        elif token.dep_ == "nsubj":
            actor = True
            steps += 1
        elif token.dep_ not in {"pobj", "conj", "compound", "appos"}:
            steps += 1
        if token.dep_ in _CLAUSE and token.dep_ != "conj":
            steps += 2
        if token.head.i == token.i:
            break
        token = token.head
    return steps + 12, rank, actor


def _ancestors(token: Token) -> Iterator[Token]:
    for _ in range(60):
        if token.head.i == token.i:
            return
        token = token.head
        yield token
