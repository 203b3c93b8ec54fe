"""Grouping by average likeness: the one way that stories and joins are made from likenesses of pairs.

Of all pairs of groups the likest are joined first, as long as their members are alike on average. Two large groups
stay apart where they are much less alike than each is within: two games of one team are two stories. The result does
not depend on the order in which pairs are given.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping

Pair = tuple[str, str]


def groups(
    items: Iterable[str],
    like: Mapping[Pair, float],
    least: float,
    *,
    one: Iterable[Pair] = (),
    apart: Iterable[Pair] = (),
    within: float = 0.0,
    large: int = 0,
    known: float = 1.0,
) -> list[list[str]]:
    """`items` in groups, each in the order of `items`; the groups in the order of their first members.

    Args:
        items: what to group; each once.
        like: the likeness of two of them, the pair sorted; a pair that is not there has none.
        least: from this average likeness on, two groups are one.
        one: pairs that are one whatever their likeness.
        apart: pairs that are never in one group, but where `one` says otherwise.
        within: two groups of `large` members or more stay apart where their likeness to each other is less than this
            share of what the looser one has within.
        large: how many members make a group large.
        known: the average of two groups is taken over the pairs that have a likeness, but at least over this share of
            all; by default a pair that has none counts as 0.
    """
    order = {item: n for n, item in enumerate(items)}
    clusters = _Clusters(order, within, large, known)
    for a, b in sorted(one):
        if a in order and b in order:
            clusters.merge(a, b)
    for a, b in apart:
        if a in order and b in order:
            clusters.part(a, b)
    for (a, b), value in sorted(like.items()):
        if a in order and b in order:
            clusters.link(a, b, value)
    clusters.run(least)
    return sorted((sorted(g, key=order.__getitem__) for g in clusters.members.values()), key=lambda g: order[g[0]])


class _Clusters:
    """The groups as they grow. A group goes by the name of one of its members."""

    def __init__(self, items: Iterable[str], within: float, large: int, known: float) -> None:
        self.members = {item: [item] for item in items}
        self._home = {item: item for item in self.members}
        self._sums: dict[str, dict[str, float]] = defaultdict(dict)
        self._counts: dict[str, dict[str, int]] = defaultdict(dict)
        self._inside: dict[str, float] = defaultdict(float)
        self._apart: dict[str, set[str]] = defaultdict(set)
        self._within, self._large, self._known = within, large, known

    def part(self, a: str, b: str) -> None:
        """Keep the groups of two members apart."""
        a, b = self._home[a], self._home[b]
        if a != b:
            self._apart[a].add(b)
            self._apart[b].add(a)

    def link(self, a: str, b: str, value: float) -> None:
        """Add the likeness of two members to that of their groups."""
        a, b = self._home[a], self._home[b]
        if a == b:
            self._inside[a] += value
        else:
            self._sums[a][b] = self._sums[b][a] = self._sums[a].get(b, 0.0) + value
            self._counts[a][b] = self._counts[b][a] = self._counts[a].get(b, 0) + 1

    def merge(self, a: str, b: str) -> str:
        """Make the groups of two members one; its name."""
        a, b = self._home[a], self._home[b]
        if a == b:
            return a
        if (len(self.members[b]), a) > (len(self.members[a]), b):
            a, b = b, a
        gone, counts = self._sums.pop(b, {}), self._counts.pop(b, {})
        self._inside[a] += self._inside.pop(b, 0.0) + gone.pop(a, 0.0)
        self._sums[a].pop(b, None)
        self._counts[a].pop(b, None)
        for other, value in gone.items():
            del self._sums[other][b], self._counts[other][b]
            self._sums[a][other] = self._sums[other][a] = self._sums[a].get(other, 0.0) + value
            self._counts[a][other] = self._counts[other][a] = self._counts[a].get(other, 0) + counts[other]
        for other in self._apart.pop(b, set()):
            self._apart[other].discard(b)
            self._apart[other].add(a)
            self._apart[a].add(other)
        for member in self.members[b]:
            self._home[member] = a
        self.members[a] += self.members.pop(b)
        return a

    def run(self, least: float) -> None:
        """Merge the likest groups first, down to `least`."""
        heap = [(-self._average(a, b), a, b) for a in self._sums for b in self._sums[a] if a < b]
        heap = [entry for entry in heap if -entry[0] >= least]
        heapq.heapify(heap)
        while heap:
            value, a, b = heapq.heappop(heap)
            if b not in self._sums.get(a, {}) or -value != self._average(a, b) or not self._may(a, b, -value):
                continue
            home = self.merge(a, b)
            for other in self._sums[home]:
                if (average := self._average(home, other)) >= least:
                    heapq.heappush(heap, (-average, min(home, other), max(home, other)))

    def _average(self, a: str, b: str) -> float:
        # In one order always: the sum must not depend on which of the two is asked first.
        every = len(self.members[a]) * len(self.members[b])
        return self._sums[a][b] / max(self._counts[a][b], self._known * every)

    def _may(self, a: str, b: str, value: float) -> bool:
        if b in self._apart.get(a, ()):
            return False
        if min(len(self.members[a]), len(self.members[b])) < max(2, self._large) or not self._within:
            return True
        return value >= self._within * min(self._tight(a), self._tight(b))

    def _tight(self, group: str) -> float:
        n = len(self.members[group])
        return self._inside.get(group, 0.0) / (n * (n - 1) / 2)
