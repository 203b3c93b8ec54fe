"""When: every date of a page resolved against its publication, with its precision."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

import msgspec

from counterclaim.conflict import Conflict
from counterclaim.language import Page, Sentence, at
from counterclaim.reading.times.phrases import Frame, scan, when
from counterclaim.types import Report, Span, When

if TYPE_CHECKING:
    from spacy.tokens import Token

_DAY_COUNT = re.compile(
    r"\bDAY (\d{1,4})\b|\b[Dd]ay (\d{1,4}) of (?:the |Russia\S* |Israel\S* )*(?:\w+ )?(?:war|invasion|conflict|offensive)\b"
)
_HEAD = 1500  #: characters of a report's head in which a date line may stand
_DATE_LINE = re.compile(
    r"(?im)^\W*(?:published|posted|updated|last updated|date)?(?: on| at)? ?:? ?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"
    r"(\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{4}|\d{1,2} [A-Z][a-z]{2,8},? \d{4}|[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4})"
    r"(?:[ T,]*\d{1,2}[:.]\d\d.{0,24})?\W*$"
)


@dataclass(frozen=True)
class Calendar:
    """The dates of one page. `mentions` are in the order of the text, each with its span and precision."""

    page: Page
    mentions: tuple[When, ...] = ()
    _by_sentence: dict[int, list[tuple[When, Token, str]]] = field(default_factory=dict, repr=False)

    def of(self, trigger: Token) -> When | None:
        """The date of the event that `trigger` tells, or None where the page does not tell.

        A date phrase of the trigger's own clause comes first, then one of a clause above it.
        """
        sentence = self.page.sentence_of(trigger)
        best, least = None, 9.0
        for found, token, _ in self._by_sentence.get(sentence.index, ()):
            cost = _cost(trigger, token)
            if cost < least:
                best, least = found, cost
        return best

    def within(self, span: Span) -> Iterator[When]:
        """The dates named inside `span`."""
        for found in self.mentions:
            if found.span and span.covers(found.span):
                yield found


def dated(report: Report, conflict: Conflict) -> Report:
    """`report` with a publication date: its own, else by the day count of the conflict, else by a date line.

    A day count ("DAY 8", "day 161 of the invasion") makes `published_basis` "day_count", a date line "metadata".
    """
    if report.published:
        return report
    head = " ".join(filter(None, [report.headline, report.text[: 2 * _HEAD]]))
    if match := _DAY_COUNT.search(head) or _DAY_COUNT.search(report.text):
        day = conflict.date_of_day(int(match[1] or match[2]))
        if day:
            return msgspec.structs.replace(report, published=day, published_basis="day_count")
    for match in _DATE_LINE.finditer(report.text[:_HEAD]):
        for found in scan(match[1], Frame(None)):
            if found.days[0] == found.days[1] and found.days[0].year > 1990:
                return msgspec.structs.replace(report, published=found.days[0], published_basis="metadata")
    return report


def find(page: Page, conflict: Conflict) -> Calendar:
    """Resolve the dates of `page`."""
    mentions: list[When] = []
    by_sentence: dict[int, list[tuple[When, Token, str]]] = {}
    told: date | None = None
    paragraph = -1
    for sentence in page.sentences:
        if sentence.paragraph != paragraph:
            paragraph, told = sentence.paragraph, told
        text = sentence.span.of(page.text).replace("\n", " ").replace("\u00a0", " ")
        frame = Frame(page.report.published, conflict.day_one, told, _is_future(sentence))
        for found in scan(text, frame):
            span = Span(sentence.span.start + found.start, sentence.span.start + found.end)
            days = found.days
            before = text[: found.start].rstrip().rsplit(" ", 1)[-1].lower()
            if before == "since" and page.report.published and days[0] <= page.report.published:
                days = days[0], page.report.published
            dated_ = msgspec.structs.replace(when(*days), span=span)
            mentions.append(dated_)
            token = _token_at(sentence, span)
            if token is not None:
                by_sentence.setdefault(sentence.index, []).append((dated_, token, found.rule))
            if dated_.precision == 1:
                told = dated_.start
    return Calendar(page, tuple(mentions), by_sentence)


def _is_future(sentence: Sentence) -> bool:
    return any(
        t.lower_ in ("will", "'ll", "’ll", "shall") and t.dep_ == "aux" and t.head == sentence.root
        for t in sentence.tokens
    )


def _token_at(sentence: Sentence, span: Span) -> Token | None:
    """The head token of the phrase at `span`."""
    tokens = sentence.tokens
    starts = [at(t).start for t in tokens]
    first = max(0, bisect_right(starts, span.start) - 1)
    last = max(first, bisect_right(starts, span.end - 1) - 1)
    inside = tokens[first : last + 1]
    return inside.root if len(inside) else None


_CLAUSE = frozenset(["ccomp", "advcl", "relcl", "acl", "conj", "parataxis", "csubj", "pcomp", "xcomp"])


def _cost(trigger: Token, date_token: Token) -> float:
    """How far a date phrase stands from a trigger in the parse: 0 its own, 9 or more another clause's."""
    up: dict[int, float] = {}
    cost, node = 0.0, trigger
    while True:
        up[node.i] = cost
        if node.head.i == node.i:
            break
        cost += {"ccomp": 3.0, "advcl": 1.5, "relcl": 3.5, "acl": 2.0, "conj": 1.0, "xcomp": 0.3, "parataxis": 3.0}.get(
            node.dep_, 0.4
        )
        node = node.head
    cost, node = 0.0, date_token
    while node.i not in up:
        if node.head.i == node.i:
            return 9.0
        cost += {"relcl": 9.0, "ccomp": 9.0, "advcl": 5.0, "acl": 5.0, "conj": 2.0, "parataxis": 6.0, "xcomp": 2.0}.get(
            node.dep_, 0.3
        )
        node = node.head
    return cost + up[node.i]


__all__ = ["Calendar", "dated", "find", "timedelta"]
