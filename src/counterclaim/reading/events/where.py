"""Where an event happened: the atlas's answer, checked against who acts, and filled in where the words leave it out.

A country that acts, or a capital that stands for its government, is no scene. Where a sentence names no scene, the
place told last in the paragraph goes on, then the place that most of the page is about, then its country.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from counterclaim.language import at

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from spacy.tokens import Token

    from counterclaim.language import Page, Sentence
    from counterclaim.reading.actors import Cast
    from counterclaim.reading.events.frames import Frame
    from counterclaim.reading.places import Atlas
    from counterclaim.types import Place, PlaceMention

#: Roles that name a scene, the surest first.
_SCENE = ("in", "at", "near", "outside", "inside", "around", "object", "on", "against", "of", "into", "towards",
    "toward", "to", "over", "across", "from", "between", "through")  # fmt: skip
#: A place that this share of a page's mentions name is what the page is about.
_MOST = 0.4


class Scenes:
    """The scenes of one page's events, in the order of the text."""

    def __init__(self, page: Page, atlas: Atlas, cast: Cast) -> None:
        self._atlas, self._cast = atlas, cast
        named = [m.place for m in atlas.mentions if not m.metonym]
        self._known = {p.name: p for p in reversed(named)}
        spots = Counter(p.name for p in named if p.kind != "country")
        lands = Counter(p.country or p.name for p in named)
        self._land = lands.most_common(1)[0][0] if lands else ""
        self._main: Place | None = None
        if spots and spots.most_common(1)[0][1] > max(1, _MOST * sum(spots.values())):
            self._main = self._known[spots.most_common(1)[0][0]]
        self._last: tuple[int, Place] | None = None

    def of(self, frame: Frame, sentence: Sentence, parties: AbstractSet[str]) -> Place | None:
        """The scene of what `frame` tells, done by `parties`."""
        here = [m for m in self._atlas.within(sentence.span) if self._scene(m, parties)]
        place = self._by_role(frame, here)
        if place is None:
            guess = self._atlas.of(frame.token)
            if guess is not None and (any(m.place.name == guess.name for m in here) or not self._named(guess, sentence)):
                place = guess if self._may(guess, parties) else None
        if place is None and here:
            start = at(frame.token).start
            place = min(here, key=lambda m: abs(m.span.start - start)).place
        if place is not None:
            if place.kind != "country":
                self._last = (sentence.paragraph, place)
            return place
        if self._last is not None and self._last[0] == sentence.paragraph:
            return self._last[1]
        return self._main or self._known.get(self._land)

    def _by_role(self, frame: Frame, here: list[PlaceMention]) -> Place | None:
        """The first role that names a scene; a town before its country."""
        found: list[Place] = []
        for role in _SCENE:
            for token in frame.role(role):
                found += [m.place for m in here if _names(m, token)]
            if found and found[-1].kind != "country":
                return found[-1]
        return found[0] if found else None

    def _named(self, place: Place, sentence: Sentence) -> bool:
        return any(m.place.name == place.name for m in self._atlas.within(sentence.span))

    def _scene(self, mention: PlaceMention, parties: AbstractSet[str]) -> bool:
        return not mention.metonym and self._may(mention.place, parties)

    def _may(self, place: Place, parties: AbstractSet[str]) -> bool:
        """Whether a place may be a scene: a country that acts is none."""
        return place.kind != "country" or not parties or self._cast.party(place.name) not in parties


def _names(mention: PlaceMention, token: Token) -> bool:
    """Whether a mention is the name in a noun phrase: the head itself, or what its "of", "in" or apposition names."""
    if mention.span.covers(at(token)):
        return True
    for child in token.children:
        if child.dep_ in {"appos", "compound", "nmod"} and mention.span.covers(at(child)):
            return True
        if child.dep_ == "prep" and child.lower_ in {"of", "in", "near", "at", "on"}:
            return any(o.dep_ == "pobj" and mention.span.covers(at(o)) for o in child.rights)
    return False
