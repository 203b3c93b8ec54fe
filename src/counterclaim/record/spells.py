"""How one place stood day after day, over many words: the rules of `control`, asked only where something may change.

On each day the standing is the one that `control.holds` finds for it. Words arrive on their first day and grow old
after their last; between these days only age tells on a standing. Days on which the same words say the same share one
ruling, so that a long war costs little more than reading its words.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from counterclaim.record import control
from counterclaim.record.control import Standing, Word
from counterclaim.types import Struct

_DAY = timedelta(days=1)


class Spell(Struct, frozen=True, kw_only=True):
    """How a place stood from `day` on. `of` is the word that it rests on (`Word.of`), the last of those that day."""

    day: date
    standing: Standing
    holder: str | None
    by: str | None
    of: Any


def spells(words: Sequence[Word], first: date, last: date) -> list[Spell]:
    """The changes of one place from `first` to `last`. What stood on `first` already has that day."""
    found: list[Spell] = []
    for now in _standings(words, first, last):
        if not found or (found[-1].standing, found[-1].holder, found[-1].by) != (now.standing, now.holder, now.by):
            found.append(now)
    return found


def spoken(words: Sequence[Word], first: date, last: date) -> list[tuple[date, date]]:
    """The stretches of days, up to `last`, on which somebody spoke of the place: its last word is as old as their end.

    The last one that ended before `first` is there too, none before that.
    """
    runs: list[tuple[date, date]] = []
    for start, end in sorted((w.first, min(w.last, last)) for w in words if w.first <= last):
        if runs and start <= runs[-1][1] + _DAY:
            runs[-1] = (runs[-1][0], max(runs[-1][1], end))
        else:
            runs.append((start, end))
    before = sum(end < first for _, end in runs)
    return runs[max(0, before - 1) :]


def _standings(words: Sequence[Word], first: date, last: date) -> Iterator[Spell]:
    """The standing on every day from `first` to `last` on which it may be another than before."""
    told = _Told(words)
    known: dict[object, tuple[Standing, str | None, str | None, int]] = {}
    days = sorted({w.first for w in words} | {w.last + _DAY for w in words})
    within = [first, *(day for day in days if first < day <= last), last + _DAY]
    over: date | None = None
    for day, following in zip(within, within[1:], strict=False):
        if told.move(day):
            # Words of a day on which none ends go on to the day before the next change.
            ends = following - _DAY
            if (found := known.get(key := told.alike())) is None:
                window = told.window()
                ruling = control.ruling(window, day)
                lead = window.index((ruling.resting if ruling.firm else window)[0])
                found = ruling.standing, ruling.holder, ruling.by, lead
                if ruling.last < day:
                    ends = ruling.last
                elif not ruling.inherited:  # made by the words of this day alone
                    known[key] = found
            standing, holder, by, lead = found
            over = control.lapse(standing, ends)
            if over is None or day < over:
                yield Spell(day=day, standing=standing, holder=holder, by=by, of=told.newest(lead).of)
        if over is not None and over < following:
            yield Spell(day=max(day, over), standing="unknown", holder=None, by=None, of=told.newest(lead).of)
            over = None


class _Told:
    """The words that are looked at on a day, which moves on.

    Words have ranks, in the order in which words of one day count; what they say has a number.
    """

    def __init__(self, words: Sequence[Word]) -> None:
        # Those that rank alike count in the order given, which the newest first turns round.
        turned = list(reversed(words))
        self._words = sorted(turned, key=lambda w: (w.told or date.min, w.changes))
        said: dict[object, int] = {}
        self._says = [said.setdefault((w.state, w.holder, w.by, w.who, w.party), len(said)) for w in self._words]
        ranks = range(len(words))
        self._starts = sorted(ranks, key=lambda r: self._words[r].first)
        self._ends = sorted(ranks, key=lambda r: self._words[r].last)
        self._began = self._ended = 0
        self._now: list[int] = []

    def move(self, day: date) -> bool:
        """Go on to `day`. Whether anything is told that may make another ruling."""
        began, before = self._began, self._ended
        while self._began < len(self._words) and self._words[rank := self._starts[self._began]].first <= day:
            insort(self._now, rank)
            self._began += 1
        while self._ended < len(self._words) and self._words[rank := self._ends[self._ended]].last < day:
            del self._now[bisect_left(self._now, rank)]
            self._ended += 1
        return bool(self._now) or self._began > began or (before == 0 < self._ended)

    def alike(self) -> object:
        """What the ruling of a day depends on, where its own words decide: what is said in all, and on the day."""
        now, ended = self._looked_at()
        today = tuple([self._says[rank] for rank in now])
        return frozenset(today).union([self._says[rank] for rank in ended]), today

    def window(self) -> list[Word]:
        """The words as `control.newest_first` has them."""
        now, ended = self._looked_at()
        return [self._words[rank] for rank in (*reversed(now), *reversed(ended))]

    def newest(self, n: int) -> Word:
        """The word in that place of the window."""
        now, ended = self._looked_at()
        return self._words[now[-1 - n] if n < len(now) else ended[len(now) - 1 - n]]

    def _looked_at(self) -> tuple[list[int], list[int]]:
        """The ranks of words of this day, and of those whose last day is before it, in the order of time."""
        now = self._now[-control.back() :]
        room = control.back() - len(now)
        return now, self._ends[max(0, self._ended - room) : self._ended]
