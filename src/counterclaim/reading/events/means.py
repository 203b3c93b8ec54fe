"""What a blow was struck with, where "strike", "hit" or "attack" does not tell.

A word of its own ("drone strike", "rockets hit") comes first, then the nearest such word in the sentence, then what the
page said last of the same side, then what it says most. A strike with nothing on the page to tell is one from the air.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from counterclaim.reading.events.frames import Frame
from counterclaim.reading.events.triggers import classes

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

#: The word classes that name means. A bomb counts only in the trigger's own words.
_SPOKEN = ("air", "shells")
_OWN = ("modifier", "subject", "object", "with", "by", "from", "using")


def _named(token: Token, also: tuple[str, ...] = ()) -> str | None:
    table = classes()
    for means in (*_SPOKEN, *also):
        if token.lemma_.lower() in table[means].words or token.lower_ in table[means].words:
            return means
    return None


class Arsenal:
    """What one page says blows were struck with."""

    def __init__(self, sentences: list[Span]) -> None:
        counts = Counter(m for s in sentences for t in s if (m := _named(t)))
        self._most = counts.most_common(1)[0][0] if counts else None
        self._by_side: dict[str, str] = {}

    def told(self, frame: Frame, sentence: Span) -> str | None:
        """What the sentence itself says, or None."""
        own = frame.role("modifier") + [t for r in ("subject", "with", "by", "from") for t in frame.role(r)]
        for token in (frame.token, *own):
            for word in (token, *(c for c in token.lefts if token is not frame.token)):
                if means := _named(word, ("bomb",) if word in frame.role("modifier") else ()):
                    return means
        near = [(abs(t.i - frame.token.i), m) for t in sentence if (m := _named(t))]
        return min(near)[1] if near else None

    def of(self, frame: Frame, sentence: Span, sides: frozenset[str]) -> str:
        """The means of one blow, "none" where nothing on the page tells; `sides` are the parties that strike."""
        told = self.told(frame, sentence)
        if told:
            for side in sides:
                self._by_side[side] = told
            return told
        token = frame.token
        if token.lemma_.lower() not in classes()["blow"].words and not _again(token):
            return "none"
        return next((self._by_side[s] for s in sorted(sides) if s in self._by_side), self._most or "air")


def _again(token: Token) -> bool:
    """Whether a noun points back: "the attack", "Thursday's attack"."""
    return token.tag_ in {"NN", "NNP"} and any(c.lower_ in {"the", "this", "that"} for c in token.lefts)
