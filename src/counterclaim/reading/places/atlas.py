"""The places of one page, and the place of an event by its trigger.

An event's own place is looked for in its sentence by the way through the parse. Where the sentence names none, "the
city" or "the plant" goes back to the last one named, then the place told last goes on, then the one that the crosshead
names, then the place that most of the page is about, then its country.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from counterclaim import countries
from counterclaim.language import Page, Sentence, at
from counterclaim.reading.places.words import words
from counterclaim.types import Place, PlaceMention, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: Prepositions that say where something happens, the strongest first.
_WHERE = (
    "in", "at", "near", "inside", "outside", "on", "around", "across", "over", "into", "throughout", "within", "to",
    "towards", "toward", "from", "through", "along", "off", "of", "against", "for",
)  # fmt: skip
_RANK = {word: n for n, word in enumerate(_WHERE)}
_CLAUSE = frozenset({"ccomp", "advcl", "relcl", "xcomp", "acl", "parataxis", "pcomp"})
#: Before a country or a seat these speak of a government, not of a scene.
_PARTY = frozenset({"by", "to", "with", "between", "for", "from", "against"})
_ACTS = frozenset({"nsubj", "agent", "poss", "compound", "nmod"})
#: A place that this share of the page's mentions names is what the page is about.
_MOST = 0.35
_DEPTH = 60
#: Dependencies that a name passes at no cost on the way up.
_NEXT = frozenset({"pobj", "conj", "compound", "appos", "dobj", "nsubjpass"})
#: A crosshead of at most so many words that names one place sets the scene of what stands under it.
_HEADING = 4


@dataclass(frozen=True, slots=True)
class Sighting:
    """A mention with its tokens."""

    mention: PlaceMention
    doc: Doc
    start: int
    end: int
    sentence: Sentence
    holds: int | None = None
    """Number among the page's sightings of the place that is said to lie in, or near, this one."""

    @property
    def head(self) -> Token:
        """The token that carries the name in the parse."""
        return self.doc[self.start : self.end].root

    def way(self, trigger: Token) -> tuple[int, str, bool]:
        """The way from the name to `trigger` through the parse: its steps, the strongest preposition on it ("" for
        none), and whether the name is (in) the subject of a verb in the active."""
        steps, rank, actor = _path(self.head, trigger)
        return steps, _WHERE[rank] if rank < len(_WHERE) else "", actor

    @property
    def scene(self) -> bool:
        """Whether something may happen there: not a government that acts or is spoken to."""
        if self.mention.metonym:
            return False
        if self.mention.place.kind != "country":
            return True
        head = self.head
        while head.dep_ in {"conj", "appos"} and head.head.i != head.i:
            head = head.head
        if head.dep_ == "poss" and head.head.lemma_.lower() in words().lands:  # "Yemen's coast"
            return True
        return head.dep_ not in _ACTS and not (head.dep_ == "pobj" and head.head.lower_ in _PARTY)


@dataclass(frozen=True, eq=False)
class Atlas:
    """The places of one page. `mentions` are in the order of the text."""

    mentions: tuple[PlaceMention, ...] = ()
    _seen: tuple[Sighting, ...] = field(default=(), repr=False)
    _page: Page | None = field(default=None, repr=False)

    @property
    def sightings(self) -> tuple[Sighting, ...]:
        """The mentions with their tokens, in the order of the text."""
        return self._seen

    def within(self, span: Span) -> tuple[PlaceMention, ...]:
        """The mentions inside `span`, in order."""
        first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return tuple(m for m in self.mentions[first:last] if m.span.end <= span.end)

    def of(self, trigger: Token) -> Place | None:
        """The place of the event that `trigger` tells: by the grammar of its sentence, else carried on, else None."""
        if self._page is None or not self._seen:
            return None
        sentence = self._page.sentence_at(at(trigger).start)
        if sentence is None:
            return None
        here = [s for s in self._by_sentence.get(sentence.index, ()) if s.scene]
        if here:
            best = min(here, key=lambda s: _distance(s, trigger))
            for _ in here:  # "Ruska, near Kharkiv": the smaller place is meant
                best = best if best.holds is None else self._seen[best.holds]
            return best.mention.place
        return self._pointed(sentence) or self._carried(sentence) or self.heading(sentence) or self.main

    def heading(self, sentence: Sentence) -> Place | None:
        """The place that the last crosshead above `sentence` names, where it names little else: "Chernihiv"."""
        n = bisect_left(self._heads, sentence.index) - 1
        if self._page is None or n < 0:
            return None
        head = self._page.sentences[self._heads[n]]
        there = [s for s in self._by_sentence.get(head.index, ()) if s.scene and s.mention.place.kind != "country"]
        return there[0].mention.place if len(there) == 1 and len(head.tokens) <= _HEADING else None

    @cached_property
    def main(self) -> Place | None:
        """The place that most of the page is about, else the country that most of its places lie in."""
        scenes = [s.mention.place for s in self._seen if s.scene]
        spots = Counter(p.name for p in scenes if p.kind != "country")
        if spots and spots.most_common(1)[0][1] > max(1, _MOST * spots.total()):
            return next(p for p in scenes if p.name == spots.most_common(1)[0][0])
        lands = Counter(p.country for p in scenes if p.country)
        if not lands:
            return scenes[0] if scenes else None
        land = lands.most_common(1)[0][0]
        whole = next((m.place for m in self.mentions if m.place.name == land), None)
        inside = [p for p in scenes if p.country == land]
        return whole or (inside[0] if inside else None)

    @cached_property
    def _heads(self) -> list[int]:
        return [s.index for s in self._page.sentences if s.passage.kind == "crosshead"] if self._page else []

    @cached_property
    def _starts(self) -> list[int]:
        return [m.span.start for m in self.mentions]

    @cached_property
    def _by_sentence(self) -> dict[int, list[Sighting]]:
        table: dict[int, list[Sighting]] = {}
        for one in self._seen:
            table.setdefault(one.sentence.index, []).append(one)
        return table

    def _pointed(self, sentence: Sentence) -> Place | None:
        """The last place named before that a definite noun of the sentence points back to: "the city", "the plant"."""
        pointers = words().pointers
        for token in sentence.tokens:
            if token.lower_ == "capital" and (seat := self._seat(token)):
                return seat
            kinds = pointers.get(token.lemma_.lower())
            if not kinds or not any(c.lower_ in {"the", "this", "that"} for c in token.lefts):
                continue
            for one in reversed(self._seen):
                place = one.mention.place
                if one.sentence.index < sentence.index and (
                    place.kind in kinds or token.lower_ in place.name.lower().split()
                ):
                    return place
        return None

    def _seat(self, token: Token) -> Place | None:
        """ "The Ukrainian capital": the capital of that country, where the page names it."""
        for child in token.lefts:
            country = countries.demonym(child.text)
            if country is not None and country.capital:
                return next((m.place for m in self.mentions if m.place.name == country.capital), None)
        return None

    def _carried(self, sentence: Sentence) -> Place | None:
        """The place told last before this sentence in its paragraph."""
        page = self._page
        for index in range(sentence.index - 1, -1, -1):
            if page is None or page.sentences[index].paragraph != sentence.paragraph:
                return None
            there = [s for s in self._by_sentence.get(index, ()) if s.scene and s.mention.place.kind != "country"]
            if there:
                return there[-1].mention.place
        return None


def _distance(s: Sighting, trigger: Token) -> tuple[int, int, int]:
    """How far a mention is from the trigger: by the way through the parse, by the preposition, by the words between."""
    steps, rank, actor = _path(s.head, trigger)
    wide = s.mention.place.kind in {"country", "continent", "vague"}
    return steps + 4 * actor + 3 * (wide and steps > 0), rank, abs(s.head.i - trigger.i)


def _path(head: Token, trigger: Token) -> tuple[int, int, bool]:
    """Steps from a name up to the first word that also governs the trigger, the preposition on the way, and whether
    the name is (in) the subject of a verb in the active."""
    above = {trigger.i: 0}
    for n, token in enumerate(_ancestors(trigger), 1):
        above.setdefault(token.i, n)
    rank, steps, actor = len(_WHERE), 0, False
    token = head
    for _ in range(_DEPTH):
        if token.i in above:
            return steps + 2 * above[token.i], rank, actor
        if token.dep_ == "prep" or token.pos_ == "ADP":
            rank = min(rank, _RANK.get(token.lower_, len(_WHERE)))
        elif token.dep_ == "nsubj":
            actor = True
            steps += 1
        elif token.dep_ not in _NEXT or (token.dep_ == "appos" and token is not head):  # "Goma, a town in Kivu"
            steps += 1
        steps += 2 * (token.dep_ in _CLAUSE)
        if token.head.i == token.i:
            break
        token = token.head
    return steps + 12, rank, actor


def _ancestors(token: Token) -> Iterator[Token]:
    for _ in range(_DEPTH):
        if token.head.i == token.i:
            return
        token = token.head
        yield token
