"""What ACLED calls an event more narrowly than its kind does: "Suicide bomb", "Mob violence", "Grenade".

The types and their words are data (`lexicon/kinds/_finer.toml`), which says how they are weighed. `of` makes one event
narrower by its sentence; `sort` gives a whole text the one type that it is mostly about, for sets that ask for one.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from importlib import resources

from counterclaim.reading.events.triggers import kinds

#: Points of a strong word, and how many points an event's sentence must have to make its kind narrower; the most
#: that weak words alone may give.
_STRONG, _WEAK = 3, 2


@dataclass(frozen=True)
class Words:
    """Words and runs of words to look for in a text, and kinds of event to look for beside it."""

    pattern: re.Pattern[str] | None
    kinds: frozenset[str]

    def found(self, text: str, told: Collection[str]) -> frozenset[str]:
        """The different words of `text` that are here, and the kinds of `told`."""
        words = frozenset(self.pattern.findall(text)) if self.pattern else frozenset()
        return words | (self.kinds & frozenset(told))


@dataclass(frozen=True)
class Type:
    """A type of event in ACLED's words (event and sub-event type), or one beside it (no event type)."""

    name: str
    acled: str | None
    of: frozenset[str]
    strong: Words
    words: Words
    need: Words
    never: Words
    cap: int
    example: str

    def points(self, text: str, told: Collection[str] = ()) -> int:
        """How much `text`, in small letters, and the kinds `told` speak for this type."""
        if (self.need.pattern and not self.need.found(text, told)) or self.never.found(text, told):
            return 0
        strong, words = self.strong.found(text, told), self.words.found(text, told)
        alone = not strong and not self.words.kinds.intersection(told)
        return min(_STRONG * len(strong) + len(words), _WEAK if alone else self.cap)


def listed(words: str) -> Words:
    """Words as the lexicon lists them: parted by slashes, a star for any ending, "@kind" for a kind of event."""
    entries = [" ".join(e.split()) for e in words.split("/") if e.strip()]
    spelt = [re.escape(e).replace(r"\*", r"\w*") for e in entries if not e.startswith("@")]
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(sorted(spelt, key=len, reverse=True)) + r")(?!\w)") if spelt else None
    return Words(pattern, frozenset(e[1:] for e in entries if e.startswith("@")))


@functools.cache
def types(scheme: str = "finer") -> tuple[Type, ...]:
    """Every type of a lexicon, "finer" (ACLED) or "plover", in its order."""
    path = resources.files("counterclaim.lexicon") / "kinds" / f"_{scheme}.toml"
    return tuple(
        Type(
            name=t["name"],
            acled=t.get("acled"),
            of=frozenset(t.get("of", "").split()),
            strong=listed(t.get("strong", "")),
            words=listed(t.get("words", "")),
            need=listed(t.get("need", "")),
            never=listed(t.get("never", "")),
            cap=t.get("cap", 99),
            example=t["eg"],
        )
        for t in tomllib.loads(path.read_text("utf-8"))["type"]
    )


def of(kind: str, sentence: str) -> tuple[str, str]:
    """ACLED's event and sub-event type of an event of `kind` that `sentence` tells."""
    text = sentence.lower()
    ranked = [(t.points(text, [kind]), t) for t in types() if t.acled and kind in t.of]
    best = max(ranked, key=lambda pair: pair[0], default=None)
    if best is None or best[0] < _STRONG:
        return kinds()[kind].acled
    return str(best[1].acled), best[1].name


def sort(text: str, told: Collection[str] = (), scheme: str = "finer") -> str | None:
    """The type that a text is mostly about, by its words and the kinds of event it tells; None where nothing speaks."""
    lower = text.lower()
    best = max(types(scheme), key=lambda t: t.points(lower, told))
    return best.name if best.points(lower, told) else None
