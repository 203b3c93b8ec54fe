"""Stretches printed again: a paragraph that stands nearly word for word in another report, or in an earlier update.

Passages meet under seeds: of the runs of `seed` words those that are least within a window (winnowing, Schleimer,
Wilkerson and Aiken 2003), so that any stretch longer than a window gives one, wherever it is cut. Of two that meet, the
words that stand in both are found by runs of `run` words; between them a few may be others, but no number: "12 dead" is
not "11 dead" printed again. What somebody says between quotation marks is printed by all who heard it, so that a
stretch counts only where it goes beyond them, or where another one of the same two reports does. The numbers stand in
`lexicon/joins.toml`.
"""

from __future__ import annotations

import functools
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from counterclaim.record.rules import rules
from counterclaim.types import Passage, Span

#: Kinds of passage that tell nothing: no outlet copies another by printing the same button.
_NOTHING = frozenset({"byline", "credit", "timestamp", "promo", "source_line", "junk"})
_WORD = re.compile(r"\w+")
_LINE = re.compile(r"[^\n]+")
#: A quotation. A mark that is never closed runs to the end; an apostrophe inside a word closes nothing.
_QUOTED = re.compile(r"[“\"„«][^”\"“»]*[”\"“»]?|(?<!\w)‘[^’]*(?:’(?=\w)[^’]*)*’?")
_SCALE = 2654435761
_ALL = 0xFFFFFFFF


class Seed(NamedTuple):
    """A mark that two passages may meet under, and the passage that holds it, by its characters."""

    mark: int
    start: int
    end: int


class Stretch(NamedTuple):
    """Words of one text, `start` to `end`, that stand in another, `there` to `until`, nearly word for word.

    `words` is how many stand in both. `spoken`: all but a few stand between quotation marks.
    """

    start: int
    end: int
    there: int
    until: int
    words: int
    spoken: bool = False

    @property
    def turned(self) -> Stretch:
        """The same, seen from the other text."""
        return self._replace(start=self.there, end=self.until, there=self.start, until=self.end)


def seeds(text: str, passages: Iterable[Passage]) -> list[Seed]:
    """The seeds of a report's passages, each mark once a passage. Passages of fewer than `least` words have none.

    A report of such passages alone, as a short post, has the seeds of all its words together: it can be a copy too.
    """
    least = rules()["passage"]["least"]
    spans = [passage.span for passage in passages if passage.kind not in _NOTHING]
    long = [(span, told) for span in spans if len(told := words(span.of(text))) >= least]
    if spans and not long:
        long = [(Span(spans[0].start, spans[-1].end), [word for span in spans for word in words(span.of(text))])]
    return list(dict.fromkeys(Seed(mark, span.start, span.end) for span, told in long for mark in _marks(told)))


def _marks(told: list[str]) -> Iterator[int]:
    """Of the runs of `seed` words in each window of them, the least."""
    rule = rules()["passage"]
    size, window = rule["seed"], rule["window"]
    marks = [
        zlib.crc32(" ".join(told[i : i + size]).encode("utf-8", "replace")) * _SCALE & _ALL
        for i in range(max(1, len(told) - size + 1))
    ]
    for i in range(max(1, len(marks) - window + 1)):
        yield min(marks[i : i + window])


def words(text: str) -> list[str]:
    """The words of a text as they are compared."""
    return _WORD.findall(text.casefold())


def stretches(text: str, span: Span, other: str, there: Span) -> list[Stretch]:
    """What of the passage `span` of `text` stands in the passage `there` of `other`, in order.

    Pieces of few words count where they are together most of one of the two.
    """
    rule = rules()["passage"]
    run: int = rule["run"]
    ours, theirs = _words(text, span), _words(other, there)
    places = {run_: i for i, run_ in reversed(list(_runs(theirs, run)))}
    met = {i: places[words] for i, words in _runs(ours, run) if words in places}
    quotes = [(span.start + m.start(), span.start + m.end()) for m in _QUOTED.finditer(span.of(text))]
    found = []
    for first, last in _joined(ours, sorted(met), run):
        runs = [i for i in met if first <= i <= last]
        inside = sorted({i + k for i in runs for k in range(run)})
        if len(inside) < rule["piece"]:
            continue
        at = [met[i] for i in runs]
        beyond = sum(not any(a <= ours[i].start < b for a, b in quotes) for i in inside)
        found.append(
            Stretch(
                start=ours[first].start, end=ours[last + run - 1].end, there=theirs[min(at)].start,
                until=theirs[max(at) + run - 1].end, words=len(inside), spoken=beyond < rule["beyond"],
            )
        )  # fmt: skip
    whole = sum(stretch.words for stretch in found) >= max(rule["least"], rule["share"] * min(len(ours), len(theirs)))
    return found if whole else [stretch for stretch in found if stretch.words >= rule["least"]]


def counted(text: str, other: str, found: Iterable[Stretch]) -> list[Stretch]:
    """Of the stretches of two reports those that count: what is only quoted needs another one beside it.

    Beside one, lines too short for a passage count as well where the other report has the very same.
    """
    every = list(found)
    if all(stretch.spoken for stretch in every):
        return []
    lines = dict(_lines(other))
    for words, span in _lines(text):
        if (there := lines.get(words)) and not any(s.start < span.end and span.start < s.end for s in every):
            every.append(Stretch(span.start, span.end, there.start, there.end, len(words)))
    return sorted(every)


def _lines(text: str) -> Iterator[tuple[tuple[str, ...], Span]]:
    """The short lines of a text by their words, the first of each last."""
    rule = rules()["passage"]
    for match in reversed(list(_LINE.finditer(text))):
        line = tuple(words(match.group()))
        if rule["line"] <= len(line) < rule["least"]:
            yield line, Span(match.start(), match.end())


def holder(found: Sequence[Stretch], spans: Iterable[Span], number: Span | None = None) -> int | None:
    """Of the stretches of a report the one that words of it stand in most, if all together hold enough of them.

    `number`: a number that must stand in one of them too, for these words are told for its sake.
    """
    if number is not None and not any(s.start <= number.start and number.end <= s.end for s in found):
        return None
    every = list(spans)
    shares = [sum(max(0, min(p.end, s.end) - max(p.start, s.start)) for p in every) for s in found]
    if not sum(shares) or sum(shares) < rules()["passage"]["share"] * sum(p.end - p.start for p in every):
        return None
    return shares.index(max(shares))


def rank(published: date | str | None, outlet: str | None, number: int) -> tuple[str, bool, int]:
    """Who printed it first: the earlier day, of one day an agency, then whichever the record has had for longer."""
    agency = (outlet or "").casefold() in rules()["passage"]["agencies"]
    return str(published or "9"), not agency, number


class _Word(NamedTuple):
    word: str
    start: int
    end: int


def _words(text: str, span: Span) -> list[_Word]:
    return [_Word(m.group().casefold(), m.start(), m.end()) for m in _WORD.finditer(text, span.start, span.end)]


def _runs(words: list[_Word], length: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    plain = [w.word for w in words]
    return ((i, tuple(plain[i : i + length])) for i in range(len(plain) - length + 1))


def _joined(words: list[_Word], met: list[int], run: int) -> Iterator[tuple[int, int]]:
    """The first and last run of each stretch: runs that overlap, or lie a few words apart of which none is a number."""
    rule = rules()["passage"]
    first = last = None
    for i in met:
        between = words[last + run : i] if last is not None else []
        if last is not None and (len(between) > rule["gap"] or any(_is_number(w.word) for w in between)):
            yield first or 0, last
            first = None
        first = i if first is None else first
        last = i
    if last is not None:
        yield first or 0, last


def _is_number(word: str) -> bool:
    return any(c.isdigit() for c in word) or word in _numbers()


@functools.cache
def _numbers() -> frozenset[str]:
    return frozenset(rules()["passage"]["numbers"].split())
