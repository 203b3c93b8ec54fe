"""What a blow was struck with, where "strike", "hit" or "attack" does not tell.

A word of its own ("drone strike", "rockets hit") comes first, then the nearest such word in the sentence, then what
the striking side mostly uses (`kinds/_usual.toml`), then what the page said last of "the strike", then what it says
most. A bare "attack" with no target stays open: it may be a raid on foot.
"""

from __future__ import annotations

import functools
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from importlib import resources
from typing import TYPE_CHECKING

from counterclaim.reading.events.frames import Frame, fits, words_of
from counterclaim.reading.events.triggers import classes, words

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_SPOKEN = ("air", "shells")
#: Entities that name a side before a blow.
_SIDES = frozenset({"NORP", "GPE", "ORG"})
#: Words that both an aircraft and a launcher may send.
_EITHER = frozenset({"missile", "munition", "projectile", "rocket", "bombardment", "barrage"})


@functools.cache
def _usual() -> Mapping[str, str]:
    path = resources.files("counterclaim.lexicon") / "kinds" / "_usual.toml"
    table = tomllib.loads(path.read_text("utf-8"))
    return {party: means for means, parties in table.items() for party in parties}


@functools.cache
def _spoken() -> Mapping[str, str]:
    return {word: means for means in reversed(_SPOKEN) for word in words(means)}


def _named(token: Token, bomb: bool = False) -> str | None:
    """The means that a word names. A bomb counts only where it is a blow's own word ("car bomb attack")."""
    lemma, table = token.lemma_.lower(), _spoken()
    found = table.get(lemma) or table.get(token.lower_)
    return found or ("bomb" if bomb and lemma in words("bomb") else None)


class Arsenal:
    """What one page says blows were struck with. `party` tells the side that a word belongs to."""

    def __init__(self, sentences: list[Span], party: Callable[[str], str | None]) -> None:
        blow = words("blow")
        votes: Counter[str] = Counter()
        table = _spoken()
        for sentence in sentences:
            for n, (lemma, word) in enumerate(words_of(sentence)):
                if means := table.get(lemma) or table.get(word):
                    votes[means] += 1
                elif lemma in blow:
                    sides = (party(c.text) for c in sentence[n].lefts if c.ent_type_ in _SIDES)
                    votes.update(m for s in sides if s and (m := _usual().get(s)))
        self._most = votes.most_common(1)[0][0] if votes else None
        self._last: dict[str, str] = {}

    def of(self, frame: Frame, sentence: Span, sides: frozenset[str]) -> str:
        """The means of one blow, "none" where nothing on the page tells; `sides` are the parties that strike."""
        lemma = frame.token.lemma_.lower()
        found = self._told(frame, sentence, next((m for s in sorted(sides) if (m := _usual().get(s))), None))
        if found is None and again(frame.token):
            found = self._last.get(lemma)
        if found is None:
            blow = lemma in words("blow")  # where no page tells, a strike is one from the air, an attack a raid on foot
            found = (self._most or ("air" if blow else "none")) if blow or _aimed(frame) else "none"
        if frame.token.pos_ != "VERB" and found != "none":
            self._last[lemma] = found
        return found

    def _told(self, frame: Frame, sentence: Span, usual: str | None) -> str | None:
        own = frame.role("modifier")
        spoken = [(t, True) for t in own]
        spoken += [(t, False) for r in ("subject", "with", "by", "from") for t in frame.role(r)]
        spoken += [(c, False) for t, mine in tuple(spoken) if not mine for c in t.lefts]
        spoken.insert(0, (frame.token, False))
        named = [(t, m) for t, mine in spoken if (m := _named(t, mine))]
        if not named:
            near = [(abs(t.i - frame.token.i), t.i, m) for t in sentence if (m := _named(t))]
            named = [(sentence.doc[i], m) for _, i, m in sorted(near)[:1]]
        for token, means in named:
            if means == "shells" and usual == "air" and token.lemma_.lower() in _EITHER:
                return "air"
            return means
        return usual if frame.token.lemma_.lower() in words("blow") or _aimed(frame) else None


def _aimed(frame: Frame) -> bool:
    """Whether a blow has a target of stone or a place, which no raid on foot need have."""
    table = classes()
    return any(fits(table["place"], t) or fits(table["facility"], t) for t in frame.role("object"))


def again(token: Token) -> bool:
    """Whether a noun points back: "the attack", "this strike"."""
    return token.tag_ in {"NN", "NNP"} and any(c.lower_ in {"the", "this", "that"} for c in token.lefts)
