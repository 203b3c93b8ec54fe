"""Stories: reports whose main event is one.

Two reports are as alike as their telling words (`record.words`), and less so the further apart they were published;
reports alike enough on average are one story (`record.linkage`). The numbers stand in `lexicon/joins.toml`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from counterclaim.record import words
from counterclaim.record.linkage import Pair, groups
from counterclaim.record.rules import rules


class Leaf(NamedTuple):
    """A report as stories see it. `words` is `words.profile` of its headline and text."""

    id: str
    published: date | None
    words: Mapping[str, float]


def stories(leaves: Iterable[Leaf]) -> list[list[str]]:
    """The ids of `leaves` by story, each the earliest report first, the earliest story first.

    The same leaves give the same stories, in whatever order they come.
    """
    ordered = sorted(leaves, key=lambda leaf: (leaf.published or date.max, leaf.id))
    rule = rules()["story"]
    return groups(
        (leaf.id for leaf in ordered),
        likenesses(ordered),
        rule["least"],
        within=rule["within"],
        large=rule["large"],
    )


def likenesses(leaves: list[Leaf]) -> dict[Pair, float]:
    """How alike every two reports are, 0 to 1; pairs hardly alike are left out."""
    import numpy as np

    rule = rules()["story"]
    places, weights, starts = _matrix(leaves)
    days = np.array([leaf.published.toordinal() if leaf.published else 0 for leaf in leaves])
    acc = np.zeros(len(leaves), dtype=np.float64)
    found: dict[Pair, float] = {}
    for n, leaf in enumerate(leaves):
        acc[: n + 1] = 0.0
        for term, weight in weights[n].items():
            holders, theirs = places[term]
            upto = starts[term]
            acc[holders[:upto]] += weight * theirs[:upto]
            starts[term] += 1
        near = acc[:n]
        gap = np.abs(days[:n] - days[n])
        far = rule["far"] + (1 - rule["far"]) * np.exp(-gap / rule["fades"])
        known = (days[:n] > 0) & (days[n] > 0)
        near = near * np.where(known, far, rule["undated"])
        for m in np.flatnonzero(near >= rule["drop"]):
            other = leaves[int(m)].id
            found[(leaf.id, other) if leaf.id < other else (other, leaf.id)] = float(near[m])
    return found


def _matrix(leaves: list[Leaf]) -> tuple[dict[str, Any], list[dict[str, float]], dict[str, int]]:
    """Who holds each word and with what weight; each report's weights; how far each word's holders have been read."""
    import numpy as np

    held = Counter(word for leaf in leaves for word in leaf.words)
    rare = words.rarity(held, len(leaves))
    weights: list[dict[str, float]] = []
    for leaf in leaves:
        raw = {word: used * rare[word] for word, used in leaf.words.items()}
        norm = math.sqrt(sum(w * w for w in raw.values())) or 1.0
        weights.append({word: w / norm for word, w in raw.items() if held[word] > 1 and w})
    lists: dict[str, tuple[list[int], list[float]]] = {}
    for n, own in enumerate(weights):
        for word, weight in own.items():
            holders, theirs = lists.setdefault(word, ([], []))
            holders.append(n)
            theirs.append(weight)
    places = {word: (np.array(h), np.array(w)) for word, (h, w) in lists.items()}
    return places, weights, dict.fromkeys(places, 0)
