"""Where an event happened: the atlas's answer, checked against who acts, and filled in where the words leave it out.

A country that acts, or a capital that stands for its government, is no scene. Where a sentence names no scene, "the
strike" was where most blows of that side are told, the place told last in the paragraph goes on, then the one that the
crosshead names, then the place that most of the page is about, then its country.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from counterclaim.language import at
from counterclaim.reading.events.triggers import kinds, words

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from spacy.tokens import Token

    from counterclaim.language import Sentence
    from counterclaim.reading.actors import Cast
    from counterclaim.reading.events.frames import Frame
    from counterclaim.reading.places import Atlas
    from counterclaim.types import Place, PlaceMention

#: Roles that name a scene, the surest first.
SCENE = ("in", "at", "near", "outside", "inside", "around", "object", "on", "against", "of", "into", "towards",
    "toward", "to", "over", "across", "from", "between", "through")  # fmt: skip
#: Kinds that take a whole country for their scene.
_WIDE = frozenset({"invasion"})
#: Verbs of speech: where somebody speaks is not where it happened.
_TELLS = frozenset({"tell", "brief", "speak", "address"})
_FOUGHT_FOR = frozenset({"battle", "fight", "fighting", "struggle", "assault", "push", "offensive", "campaign"})
#: What a blow leaves behind: its place is the blow's.
_LEFT = frozenset({"casualties_reported", "property_destruction"})
#: How a country stands that words are aimed at, or that speaks them: "accused Russia", "Ukraine was accused".
_AIMED = frozenset({"dobj", "nsubj", "nsubjpass", "dative"})
#: Kinds that a town lies in.
AREAS = frozenset({"country", "continent", "vague", "region", "admin1"})
TOWNS = frozenset({"town", "city", "capital", "village"})
SITES = frozenset({"facility", "site", "camp", "base", "airport", "plant"})


class Scene(NamedTuple):
    """A scene and the rule that found it.

    "role": a role of the trigger names it; "back": a definite noun goes back to it; "near": it stands nearest in the
    sentence; "blow", "last", "heading", "usual", "main": the sentence names none (see the top of this file).
    """

    place: Place | None
    step: str


#: Rules that read a scene from the words of the sentence itself.
SURE = frozenset({"role", "back", "near"})


class Scenes:
    """The scenes of one page's events, in the order of the text."""

    def __init__(self, atlas: Atlas, cast: Cast) -> None:
        self._atlas, self._cast = atlas, cast
        named = [m.place for m in atlas.mentions if not m.metonym]
        self._known = {p.name: p for p in reversed(named)}
        lands = Counter(p.country or p.name for p in named)
        lands.update(p.country for p in named if p.kind != "country" and p.country)
        self._land = lands.most_common(1)[0][0] if lands else ""
        self._last: tuple[int, Place] | None = None
        self._told: dict[str, Counter[str]] = {}
        self._blows: dict[str, Counter[str]] = {}

    def of(self, kind: str, frame: Frame, sentence: Sentence, parties: AbstractSet[str]) -> Scene:
        """The scene of the event of `kind` that `frame` tells, done by `parties`."""
        told = [m for m in self._atlas.within(sentence.span) if not m.metonym]
        if kinds()[kind].verbal:
            told = [m for m in told if m.place.kind != "country" or carries(m, sentence).dep_ not in _AIMED]
        may = [m for m in told if self._may(m.place, parties)]
        place = self._by_role(frame, may)
        step = "role" if place is not None and any(m.place.name == place.name for m in may) else "back"
        if place is not None and place.kind != "country":
            self._told.setdefault(kind, Counter())[place.name] += 1
            if kinds()[kind].blow or kind in _LEFT:
                for party in ("", *parties):
                    self._blows.setdefault(party, Counter())[place.name] += 1
        elif place is None and kind in _WIDE:
            return Scene(self._known.get(self._land) or self._atlas.main, "main")
        if place is None:
            step, here = "near", [m for m in may if self._stands(m, sentence)]
            guess = self._atlas.of(frame.token)
            if guess is not None and any(m.place.name == guess.name for m in here):
                place = guess
            elif here:
                start = at(frame.token).start
                place = min(here, key=lambda m: abs(m.span.start - start)).place
        if place is not None:
            if place.kind != "country":
                self._last = (sentence.paragraph, place)
            return Scene(place, step)
        return self._untold(kind, frame, sentence, parties)

    def _untold(self, kind: str, frame: Frame, sentence: Sentence, parties: AbstractSet[str]) -> Scene:
        """The scene where the sentence names none."""
        if (kind in _LEFT or (kinds()[kind].blow and given(frame.token))) and (before := self._blow(parties)):
            return Scene(before, "blow")
        if self._last is not None and self._last[0] == sentence.paragraph:
            return Scene(self._last[1], "last")
        if heading := self._atlas.heading(sentence):
            return Scene(heading, "heading")
        usual = self._told.get(kind)
        if usual and usual.most_common(1)[0][1] * 2 > usual.total() > 1:
            return Scene(self._known.get(usual.most_common(1)[0][0]), "usual")
        return Scene(self._atlas.main, "main")

    @property
    def land(self) -> str:
        """The country that the page mostly tells of, "" if none."""
        return self._land

    def _blow(self, parties: AbstractSet[str]) -> Place | None:
        """Where most blows told so far were, of `parties` if they are known: a town of what the page is about."""
        told = sum((self._blows[p] for p in parties if p in self._blows), Counter[str]()) or self._blows.get("")
        place, main = self._known.get(told.most_common(1)[0][0]) if told else None, self._atlas.main
        if not told or told.most_common(1)[0][1] * 3 < told.total() * 2:
            return None
        if place is None or main is None or main.kind not in AREAS or place.kind in AREAS:
            return None
        return place if place.country == (main.name if main.kind == "country" else main.country) else None

    def _by_role(self, frame: Frame, here: list[PlaceMention]) -> Place | None:
        """The first role that names a scene, or goes back to one ("the plant"); a town before its country."""
        found: list[Place] = []
        for role in SCENE:
            for token in frame.role(role):
                named = [m.place for m in here if names(m, token)]
                itself = [m.place for m in here if m.span.covers(at(token)) and m.place.kind not in AREAS]
                named = itself or named  # "El Fasher, the last town in Darfur"
                if not named or all(place.kind in AREAS for place in named):
                    named = back(self._atlas, token) or named  # "the city in the east of the country"
                found += named
            if found and found[-1].kind != "country":
                return found[-1]
        return found[0] if found else None

    def _stands(self, mention: PlaceMention, sentence: Sentence) -> bool:
        """Whether a name stands as a scene: after a preposition or as what is acted on, not as somebody who acts."""
        head = carries(mention, sentence)
        if head.dep_ in {"pobj", "dobj", "nsubjpass", "npadvmod", "ROOT"}:
            return head.dep_ != "pobj" or not (_party(head.head) or _told_at(head.head))
        return head.dep_ != "poss" and mention.place.kind != "country" and not self._cast.party(mention.place.name)

    def _may(self, place: Place, parties: AbstractSet[str]) -> bool:
        """Whether a place may be a scene: a country that acts is none."""
        return place.kind != "country" or not parties or self._cast.party(place.name) not in parties


def carries(mention: PlaceMention, sentence: Sentence) -> Token:
    """The token that carries a name in the parse, or what it stands beside: "Avdiivka and Bakhmut"."""
    head = last = next((t for t in reversed(sentence.tokens) if mention.span.covers(at(t))), sentence.root)
    while head.dep_ in {"appos", "conj"} or (head.i < last.i and head.head.i <= last.i):
        if head.dep_ == "ROOT":
            break
        head = head.head
    return head


def given(token: Token) -> bool:
    """Whether a noun speaks of something told before: "the strike", "those attacks"."""
    return token.pos_ == "NOUN" and any(c.lower_ in {"the", "this", "that", "these", "those"} for c in token.lefts)


def back(atlas: Atlas, token: Token) -> list[Place]:
    """The last place named before that a definite noun fits: "the city", "the plant"."""
    lemma = token.lemma_.lower()
    sort = next((s for s in ("town", "site") if lemma in words(s)), None)
    if sort is None or not any(c.lower_ in {"the", "this", "that"} for c in token.lefts):
        return []
    start = at(token).start
    for mention in reversed(atlas.mentions):
        if mention.span.start < start and not mention.metonym:
            name, kind = mention.place.name.lower(), mention.place.kind
            if lemma in name.split() or (kind in SITES if sort == "site" else kind in TOWNS):
                return [mention.place]
    return []


def _party(preposition: Token) -> bool:
    """Whether what follows a preposition is somebody, not somewhere; "the battle for" a town is fought there."""
    if preposition.lower_ == "for":
        return preposition.head.lemma_.lower() not in _FOUGHT_FOR
    return preposition.lower_ in {"by", "to", "with", "between"}


def _told_at(preposition: Token) -> bool:
    """Whether a place is where somebody spoke: "told reporters in Geneva", "told the council in New York"."""
    above = preposition.head
    for _ in range(4):
        if above.pos_ in {"VERB", "AUX"}:
            return above.lemma_.lower() in _TELLS and above.i < preposition.i
        above = above.head
    return False


def names(mention: PlaceMention, token: Token) -> bool:
    """Whether a mention is the name in a noun phrase: the head itself, or what its "of", "in" or apposition names."""
    if mention.span.covers(at(token)):
        return True
    for child in token.children:
        if child.dep_ in {"appos", "compound", "nmod"} and mention.span.covers(at(child)):
            return True
        if child.dep_ == "prep" and child.lower_ in {"of", "in", "near", "at", "on"}:
            return any(o.dep_ == "pobj" and mention.span.covers(at(o)) for o in child.rights)
    return False
