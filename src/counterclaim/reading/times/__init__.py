"""When: every date of a page resolved against its publication, with its precision."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from counterclaim.conflict import Conflict
from counterclaim.language import Page, Sentence, at
from counterclaim.reading.times import clause
from counterclaim.reading.times.phrases import scan
from counterclaim.reading.times.words import Frame, lexicon, when
from counterclaim.types import Report, Span, When

if TYPE_CHECKING:
    from spacy.tokens import Token

_DAY_COUNT = re.compile(
    r"\bDAY (\d{1,4})\b"
    r"|\b[Dd]ay (\d{1,4}) of (?:the |Russia\S* |Israel\S* ){0,3}(?:\w+ )?(?:war|invasion|conflict|offensive)\b"
)
#: These set the frame of a story more often than they date another clause's event.
#: A date phrase among the first tokens of a sentence is said of all of it.
_FRONT = 4
_HISTORY = timedelta(days=30)
_SECOND_DAY = date.min + timedelta(days=1)
_FRAMES = frozenset(["since", "year", "monthyear"])
#: So many sentences after a day is told, news goes on with it.
_SOON = 2
_ONGOING = frozenset(["perfect", "present", "progressive"])
_HEAD = 1500  #: characters of a report's head in which a date line may stand
_DATE_LINE = re.compile(
    r"(?im)^\W*(?:published|posted|updated|last updated|date)?(?: on| at)? ?:? ?\W{0,3}"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"
    r"(\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{4}|\d{1,2} [A-Z][a-z]{2,8},? \d{4}|[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4})"
    r"(?:[ T,]*\d{1,2}[:.]\d\d.{0,24})?\W*$"
)


class Told(NamedTuple):
    """A date phrase in a sentence: its days, the head token of the phrase and the rule that read it."""

    when: When
    token: Token
    rule: str


@dataclass(frozen=True)
class Calendar:
    """The dates of one page. `mentions` are in the order of the text, each with its span and precision."""

    page: Page
    mentions: tuple[When, ...] = ()
    _by_sentence: dict[int, list[Told]] = field(default_factory=dict, repr=False)
    _days: tuple[tuple[int, When], ...] = field(default=(), repr=False)

    def of(self, trigger: Token, kind: str | None = None) -> When | None:
        """The date of the event that `trigger` tells, or None where the page does not tell.

        A date phrase of the trigger's own clause comes first, then one of a clause above it. Where its sentence has
        none and `kind`, the kind of event, is given, news told in the past goes on with the last day told before, or
        with the day of publication and the one before it. Such a date is a guess: its precision is 2, never 1.
        """
        sentence = self.page.sentence_of(trigger)
        tense = clause.tense(trigger)
        # "the largest attack since the war began" happened once; "thousands have died since" goes on
        told = [t for t in self._by_sentence.get(sentence.index, ()) if t.rule != "since" or tense in _ONGOING]
        if told:
            near = min(told, key=lambda t: clause.cost(trigger, t.token))
            far = clause.cost(trigger, near.token)
            if near.token.i - sentence.tokens.start < _FRONT and near.token.i < trigger.i:
                far = min(far, clause.FAR - 0.1 if tense not in clause.IRREALIS else far)  # "In May, he said ..."
            if far < clause.FAR or (far < clause.TOO_FAR and tense not in clause.IRREALIS and near.rule not in _FRAMES):
                return near.when
            if tense in clause.IRREALIS:
                return None
        return self._narrative(trigger, kind, sentence, tense) if kind else None

    def within(self, span: Span) -> Iterator[When]:
        """The dates named inside `span`."""
        for found in self.mentions:
            if found.span and span.covers(found.span):
                yield found

    def _narrative(self, trigger: Token, kind: str, sentence: Sentence, tense: str) -> When | None:
        """The date of an event that is told without one, if its tense and kind make it news of these days."""
        published = self.page.report.published
        last = bisect_right(self._days, sentence.index, key=lambda d: d[0]) - 1
        ago = sentence.index - self._days[last][0] if last >= 0 else None
        if published is None or _newness(trigger, kind, sentence, tense, ago) < lexicon()["untold"]["least"]:
            return None
        if tense in ("past", "pluperfect", "participle") and last >= 0:
            return msgspec.structs.replace(self._days[last][1], precision=2)
        return When(start=max(published, _SECOND_DAY) - timedelta(days=1), end=published, precision=2)


def _newness(trigger: Token, kind: str, sentence: Sentence, tense: str, ago: int | None) -> float:
    """How much an event told without a date looks like news: by tense, kind, noun phrase and where it is told.

    `ago` counts the sentences since the last day told, None where none was.
    """
    weights: dict[str, Any] = lexicon()["untold"]
    noun = trigger.pos_ in ("NOUN", "PROPN")
    score: float = weights["kind"].get(kind, 0.0) + weights["noun" if noun else "verb"].get(tense, 0.0)
    score += next(w for upto, w in weights["upto"].items() if sentence.index < int(upto))
    score += weights["never"] if ago is None else weights["near"] if ago <= _SOON else 0.0
    score += weights["headline"] if sentence.passage.kind in ("headline", "standfirst") else 0.0
    above = clause.above(trigger)
    score += sum(weights[dep] for dep in ("relcl", "advcl") if dep in above)
    if not noun:
        return score
    determiners = {t.lower_ for t in trigger.children if t.dep_ == "det"}
    score += weights["definite"] if "the" in determiners else weights["bare"] if not determiners else 0.0
    score += weights["plural"] if trigger.tag_ in ("NNS", "NNPS") else 0.0
    return score + (weights["modified"] if any(t.dep_ == "amod" for t in trigger.children) else 0.0)


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
    lines = {
        found.days[0]
        for match in _DATE_LINE.finditer(report.text[:_HEAD])
        for found in scan(match[1], Frame(None))
        if found.days[0] == found.days[1] and found.days[0].year > 1990
    }
    if len(lines) == 1:  # several dates head a digest of several days
        return msgspec.structs.replace(report, published=lines.pop(), published_basis="metadata")
    return report


def find(page: Page, conflict: Conflict) -> Calendar:
    """Resolve the dates of `page`."""
    mentions: list[When] = []
    by_sentence: dict[int, list[Told]] = {}
    exact: list[tuple[int, When]] = []
    told: date | None = None
    for sentence in page.sentences:
        text = sentence.span.of(page.text).replace("\n", " ").replace("\u00a0", " ")
        frame = Frame(page.report.published, conflict.day_one, told)
        for found in scan(text, frame):
            span = Span(sentence.span.start + found.start, sentence.span.start + found.end)
            days, rule = found.days, found.rule
            before = text[: found.start].rstrip().rsplit(" ", 1)[-1].lower()
            if before == "since" and page.report.published and days[0] <= page.report.published:
                days, rule = (days[0], page.report.published), "since"
            dated_ = msgspec.structs.replace(when(*days), span=span)
            mentions.append(dated_)
            token = _token_at(sentence, span)
            if token is not None:
                by_sentence.setdefault(sentence.index, []).append(
                    Told(dated_, token, "since" if rule == "dayone" else rule)
                )
            if dated_.precision == 1 and _is_news(dated_.start, page.report.published):
                told = dated_.start
                exact.append((sentence.index, dated_))
    return Calendar(page, tuple(mentions), by_sentence, tuple(exact))


def _is_news(day: date, published: date | None) -> bool:
    """Whether a day can be the one that the story goes on with: not ahead, not history."""
    return published is None or timedelta() <= published - day <= _HISTORY


def _token_at(sentence: Sentence, span: Span) -> Token | None:
    """The head token of the phrase at `span`."""
    doc = sentence.tokens.doc
    base = at(doc[:1]).start
    inside = doc.char_span(span.start - base, span.end - base, alignment_mode="expand")
    return inside.root if inside is not None and len(inside) else None


__all__ = ["Calendar", "Told", "dated", "find"]
