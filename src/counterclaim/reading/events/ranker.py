"""The learned part: weights for the signs of each candidate place, and where they outweigh the rules' answer.

The weights are a conditional logistic regression over the candidates of an event, made by `training/scenes.py`; the
rules' answer is one sign among others. It is set aside only where another place is better by `least`. How good the
weights are on wars that they have not seen: `lexicon/events/CARD.md`.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from counterclaim.errors import ConfigError

if TYPE_CHECKING:
    from counterclaim.reading.events.signs import Signs
    from counterclaim.types import Place

#: So many signs are named in a `why`.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Ranker:
    """Weights by sign, in logits; a place goes before the rules' answer if it is better by more than `least`."""

    weights: Mapping[str, float]
    least: float

    def score(self, signs: Sequence[str]) -> float:
        """How much the signs of one candidate speak for it."""
        known = self.weights
        return sum(known[s] for s in signs if s in known)

    def choose(self, told: Sequence[Sequence[str]], rule: int | None) -> int | None:
        """Which candidate is the scene, by the signs of each; `rule` is the one that the rules chose, if any.

        None where there is none to choose from.
        """
        if not told:
            return None
        scores = [self.score(signs) for signs in told]
        best = max(range(len(told)), key=scores.__getitem__)
        return best if rule is None or scores[best] - scores[rule] > self.least else rule

    def settle(self, signs: Signs, n: int, place: Place | None) -> tuple[Place | None, str]:
        """The scene of row `n` for which the rules say `place`, and why, or "" where the rules' answer stays."""
        told = signs.of(n)
        rule = next((i for i, (p, _) in enumerate(told) if place is not None and p.name == place.name), None)
        if rule is None:  # the rules know better than the page names, or the page names nothing
            return place, ""
        best = self.choose([of for _, of in told], rule)
        if best is None or best == rule:
            return place, ""
        return told[best][0], self._why(told[best][1], told[rule][1])

    def _why(self, signs: Sequence[str], others: Sequence[str]) -> str:
        """The signs that speak most for a place and not for the other."""
        own = sorted(set(signs) - set(others), key=lambda s: (-self.weights.get(s, 0.0), s))
        return ", ".join(own[:_NAMED])


@functools.cache
def places() -> Ranker:
    """The weights that ship with the package.

    Raises:
        ConfigError: if they are missing or broken.
    """
    try:
        text = resources.files("counterclaim.lexicon").joinpath("events", "places.json").read_text("utf-8")
        table = json.loads(text)
        return Ranker(table["weights"], table["least"])
    except (OSError, ValueError, KeyError) as error:
        raise ConfigError(
            f"the weights of places cannot be read ({error})", hint="Install the package again"
        ) from error
