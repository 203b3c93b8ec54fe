"""Text as the encoder sees it: words with their marks, sentences, and windows of whole sentences.

Training and reading use this same file, so that both see the same words. Every number of a word here is its place in
`Text.spans`; the spans are offsets into the report's text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from counterclaim.types import Span

_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
_LINE = re.compile(r"[^\n]+")
_MARK = re.compile(r'["“”„«»]')
_OPENING, _CLOSING = frozenset("“„«"), frozenset("”»")
_END = frozenset(".!?…")
_CLOSERS = frozenset("”\"’')»")
#: A full stop behind one of these ends no sentence.
_SHORT = frozenset(
    "mr mrs ms dr gen col lt sgt st prof rep sen gov u.s u.k u.n no vs jan feb mar apr jun jul aug sept oct nov dec "
    "adm capt maj rev hon jr sr e.g i.e a.m p.m".split()
)
#: How many marks a word can have: four shapes, inside or outside quotation marks.
MARKS = 8


@dataclass(frozen=True, slots=True)
class Text:
    """The words of some paragraphs.

    `marks` holds for each word its shape (0 lower case, 1 Title, 2 other capitals, 3 no letters) plus 4 inside
    double quotation marks: the encoder's vocabulary has no case. `paragraphs` numbers the paragraph of each word,
    `sentences` are ranges of words.
    """

    text: str
    spans: list[Span]
    marks: list[int]
    paragraphs: list[int]
    sentences: list[tuple[int, int]]

    def word(self, n: int) -> str:
        """The letters of a word."""
        return self.spans[n].of(self.text)

    def inside(self, span: Span) -> list[int]:
        """The words that overlap `span`."""
        first = max(0, bisect_right(self.spans, span.start, key=_start) - 1)
        last = bisect_left(self.spans, span.end, key=_start)
        return [n for n in range(first, last) if self.spans[n].end > span.start]

    def span(self, first: int, last: int) -> Span:
        """From the beginning of one word to the end of another."""
        return Span(self.spans[first].start, self.spans[last].end)


def _start(span: Span) -> int:
    return span.start


def text_of(text: str, paragraphs: Iterable[Span] | None = None) -> Text:
    """The words of some stretches of `text`, or of all of it. A line break always ends a paragraph."""
    spans: list[Span] = []
    marks: list[int] = []
    numbers: list[int] = []
    sentences: list[tuple[int, int]] = []
    number = 0
    for stretch in paragraphs or [Span(0, len(text))] if text else []:
        for line in _LINE.finditer(text, stretch.start, stretch.end):
            found = [Span(*m.span()) for m in _WORD.finditer(text, line.start(), line.end())]
            if not found:
                continue
            sentences += [(len(spans) + a, len(spans) + b) for a, b in _sentences(text, found)]
            marks += _marks(text, found, Span(*line.span()))
            numbers += [number] * len(found)
            spans += found
            number += 1
    return Text(text, spans, marks, numbers, sentences)


def _shape(word: str) -> int:
    if not word[0].isalpha():
        return 3
    if word.islower():
        return 0
    return 1 if word[0].isupper() and (len(word) == 1 or word[1:].islower()) else 2


def _marks(text: str, words: Sequence[Span], line: Span) -> list[int]:
    quoted = _quoted(text, line)
    found, n = [], 0
    for word in words:
        while n < len(quoted) and quoted[n].end < word.start:
            n += 1
        inside = n < len(quoted) and quoted[n].start <= word.start <= quoted[n].end
        found.append(4 * inside + _shape(word.of(text)))
    return found


def _quoted(text: str, line: Span) -> list[Span]:
    """What stands inside double marks; one that is never closed runs to the end of the paragraph."""
    found, opened = [], None
    for mark in _MARK.finditer(text, line.start, line.end):
        if opened is None:
            if mark.group() not in _CLOSING:
                opened = mark.start()
        elif mark.group() not in _OPENING:
            found.append(Span(opened, mark.start()))
            opened = None
    if opened is not None:
        found.append(Span(opened, line.end))
    return found


def _sentences(text: str, words: Sequence[Span]) -> list[tuple[int, int]]:
    found, start = [], 0
    for n in range(len(words)):
        if n + 1 == len(words) or _ends(text, words, n):
            found.append((start, n + 1))
            start = n + 1
    return found


def _ends(text: str, words: Sequence[Span], n: int) -> bool:
    """Whether a sentence ends with word `n`, which is not the last of its paragraph."""
    word, after = words[n].of(text), words[n + 1]
    gap = after.start > words[n].end
    before = words[n - 1].of(text) if n else ""
    if word in _END:
        if word == "." and (not gap or len(before) == 1 or before.lower() in _SHORT):
            return False
        return gap or after.of(text) not in _CLOSERS
    return word in _CLOSERS and before in _END and gap and text[after.start].isupper()


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of words that is read at once, and the part of it that is asked about; both as ranges of words."""

    first: int
    last: int
    asked_first: int
    asked_last: int


def windows(text: Text, sizes: Sequence[int], limit: int, context: int) -> list[Window]:
    """Cut `text` into windows of whole sentences with at most `limit` pieces.

    The windows ask about stretches of nearly one length, and see up to `context` pieces of whole sentences more on
    either side. `sizes` are the pieces of each word. A sentence that is too long is cut off at the limit.
    """
    costs = [sum(sizes[a:b]) + 1 for a, b in text.sentences]
    room = limit - 2 * context
    share = sum(costs) / max(1, -(-sum(costs) // room))
    found, n = [], 0
    while n < len(costs):
        m, asked = n + 1, costs[n]
        while m < len(costs) and asked + costs[m] <= room and asked + costs[m] / 2 <= share:
            asked, m = asked + costs[m], m + 1
        low, high, before, after = n, m, 0, 0
        while low and before + costs[low - 1] <= context:
            low, before = low - 1, before + costs[low - 1]
        while high < len(costs) and after + costs[high] <= context:
            high, after = high + 1, after + costs[high]
        first, last = text.sentences[low][0], text.sentences[high - 1][1]
        if before + asked + after > limit:
            last = _cut(sizes, first, last, limit)
        found.append(Window(first, last, text.sentences[n][0], min(last, text.sentences[m - 1][1])))
        n = m
    return found


def _cut(sizes: Sequence[int], first: int, last: int, limit: int) -> int:
    total = 0
    for n in range(first, last):
        total += sizes[n]
        if total > limit:
            return max(n, first + 1)
    return last
