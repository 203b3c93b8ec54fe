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
from counterclaim.reading.times.phrases import DAYS, scan
from counterclaim.reading.times.words import Frame, lexicon, when
from counterclaim.types import Report, Span, When

if TYPE_CHECKING:
    from spacy.tokens import Token

_DAY_COUNT = re.compile(
    r"\b(?:DAY (?=\d{1,4}\b)|on day (?=\d{2,4}\b(?! of)))(\d+)"
    r"|\b[Dd]ay (\d{1,4}) of (?:the |Russia\S* |Israel\S* ){0,3}(?:\w+ )?(?:war|invasion|conflict|offensive)\b"
)
#: These set the frame of a story more often than they date another clause's event.
#: A date phrase among the first tokens of a sentence is said of all of it.
_FRONT = 4
_HISTORY = timedelta(days=30)
_SECOND_DAY = date.min + timedelta(days=1)
#: Before a phrase these say how long something goes on, not when it happened.
_UNTIL = re.compile(r"\b(?:until|till|to)(?: the)? $")
_FRAMES = frozenset(["since", "weekof", "year", "decade", "monthyear"])
#: Phrases that count from a day told before; a day found so is no news to go on with.
_ASIDE = frozenset(["shift", "feast", "ordinal"])
#: So many sentences after a day is told, news goes on with it; after more than `_LOST` it does not.
_SOON, _LOST = 2, 8
_ONGOING = frozenset(["perfect", "present", "progressive", "gerund"])
#: "On Thursday, five days later" is Thursday.
_INDIRECT = 0.5
_HEAD = 1500  #: characters of a report's head in which a date line may stand
_DATE = r"(\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{4}|\d{1,2} [A-Z][a-z]{2,8},? \d{4}|[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4})"
_CLOCK = r"\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?"
_DATE_LINE = re.compile(
    rf"(?im)^\W*(?:published|posted|updated|last updated|date)?(?: on| at)? ?:? ?\W{{0,3}}(?:{_CLOCK},? )?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"
    rf"{_DATE}(?:[ T,]*\d{{1,2}}[:.]\d\d.{{0,24}})?\W*$"
)
#: "KYIV, March 3, 2022 (Newswire) -": what stands before the first words of a wire story.
_WIRE_LINE = re.compile(rf"^[A-Z][\w'’ .,/-]{{1,60}}, {_DATE} ?(?:\([^()]{{1,40}}\) ?)?[-–—]", re.MULTILINE)


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
    _day_one: date | None = None
    _latest: date | None = None

    def ahead(self, when: When | None) -> bool:
        """Whether a date lies wholly after the day of publication, and after every entry of a live blog."""
        return when is not None and self._latest is not None and when.start > self._latest

    def of(self, trigger: Token, kind: str | None = None) -> When | None:
        """The date of the event that `trigger` tells, or None where the page does not tell.

        A date phrase of the trigger's own clause comes first, then one of a clause above it. Where its sentence has
        none and `kind`, the kind of event, is given, news told in the past goes on with the last day told before, or
        with the day of publication and the one before it. Such a date is a guess: its precision is 2, never 1.
        """
        sentence = self.page.sentence_of(trigger)
        tense = clause.tense(trigger)
        if kind == lexicon()["began"]["kind"] and (began := self._began(trigger, sentence, tense)) is not None:
            return began[0]
        told = [t for t in self._by_sentence.get(sentence.index, ()) if _may_date(t, trigger, tense)]
        if told:
            near = min(told, key=lambda t: clause.cost(trigger, t.token) + _INDIRECT * (t.rule == "shift"))
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

    def _began(self, trigger: Token, sentence: Sentence, tense: str) -> tuple[When | None] | None:
        """How the war began, recalled: its day one, or no date for a noun; None where its own clause has a date."""
        published = self.page.report.published
        if self._day_one is None or (published and published < self._day_one):
            return None
        began = When(start=self._day_one, end=self._day_one, precision=2)
        verb = trigger.pos_ == "VERB" and trigger.lemma_.lower() in lexicon()["began"]["verbs"]
        for told in self._by_sentence.get(sentence.index, ()):
            if told.when.span is not None and told.when.span.covers(at(trigger)):  # "since the invasion"
                return (began if told.rule == "since" else None,)
            if told.rule != "since" and clause.cost(trigger, told.token) < clause.FAR:
                itself = told.rule == "dayof" or (verb and told.when.start <= self._day_one <= told.when.end)
                return (began,) if itself else None
        return (began if verb and tense not in clause.IRREALIS else None,)

    def _narrative(self, trigger: Token, kind: str, sentence: Sentence, tense: str) -> When | None:
        """The date of an event that is told without one, if its tense and kind make it news of these days."""
        published = self.page.report.published
        last = bisect_right(self._days, sentence.index, key=lambda d: d[0]) - 1
        ago = sentence.index - self._days[last][0] if last >= 0 else None
        if published is None:
            return None
        if _newness(trigger, kind, sentence, tense, ago, len(self.page.sentences)) < lexicon()["untold"]["least"]:
            return None
        if tense in ("past", "pluperfect", "participle") and ago is not None and ago <= _LOST:
            return msgspec.structs.replace(self._days[last][1], precision=2)
        return When(start=max(published, _SECOND_DAY) - timedelta(days=1), end=published, precision=2)


def _may_date(told: Told, trigger: Token, tense: str) -> bool:
    """Whether a phrase may date an event. A siege of three days is the siege's time, not that of the town's fall; how
    far into a war something came ("three months into the war") is the time that is told from.
    """
    if told.rule == "since":  # "the largest attack since May" happened once; "thousands have died since May" goes on
        return tense in _ONGOING
    if told.rule in ("lasted", "into"):
        return told.rule == "lasted" and told.when.span is not None and told.when.span.covers(at(trigger))
    return told.rule != "until" or tense in clause.IRREALIS


def _newness(trigger: Token, kind: str, sentence: Sentence, tense: str, ago: int | None, size: int) -> float:
    """How much an event told without a date looks like news: by tense, kind, noun phrase and where it is told.

    `ago` counts the sentences since the last day told, None where none was; `size` is the page's number of sentences.
    """
    weights: dict[str, Any] = lexicon()["untold"]
    noun = trigger.pos_ in ("NOUN", "PROPN")
    score: float = weights["kind"].get(kind, 0.0) + weights["noun" if noun else "verb"].get(tense, 0.0)
    score += next(w for upto, w in weights["upto"].items() if sentence.index < int(upto))
    score += weights["never"] if ago is None else weights["near"] if ago <= _SOON else 0.0
    score += weights["headline"] if sentence.passage.kind in ("headline", "standfirst") else 0.0
    score += weights["long"] if size > weights["many"] else 0.0
    beside = clause.beside(trigger)
    score += sum(cue["weight"] for cue in weights["beside"] if not beside.isdisjoint(cue["words"]))
    above = clause.above(trigger)
    score += sum(weights[dep] for dep in ("relcl", "advcl") if dep in above)
    if not noun:
        return score
    determiners = {t.lower_ for t in trigger.children if t.dep_ in ("det", "poss")}
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
        for match in (*_DATE_LINE.finditer(report.text[:_HEAD]), *_WIRE_LINE.finditer(report.text[:_HEAD]))
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
    entries, stamped = _entries(page.report), page.report.published
    latest = max([stamped, *(day for _, day in entries)]) if stamped else None
    for sentence in page.sentences:
        text = sentence.span.of(page.text).replace("\n", " ").replace("\u00a0", " ")
        while entries and entries[0][0] <= sentence.span.start:
            stamped, told = entries.pop(0)[1], None
        frame = Frame(stamped, conflict.day_one, told)
        for found in scan(text, frame):
            span = Span(sentence.span.start + found.start, sentence.span.start + found.end)
            days, rule = found.days, found.rule
            before = text[: found.start].rstrip().rsplit(" ", 1)[-1].lower()
            if before == "since" and page.report.published and days[0] <= page.report.published:
                days, rule = (days[0], page.report.published), "since"
            elif _UNTIL.search(text, max(0, found.start - 14), found.start):
                rule = "until"
            dated_ = msgspec.structs.replace(when(*days), span=span)
            mentions.append(dated_)
            token = _token_at(sentence, span)
            if token is not None:
                by_sentence.setdefault(sentence.index, []).append(
                    Told(dated_, token, "since" if rule == "dayone" else rule)
                )
            if dated_.precision == 1 and rule not in _ASIDE and _is_news(dated_.start, page.report.published):
                told = dated_.start
                exact.append((sentence.index, dated_))
    return Calendar(page, tuple(mentions), by_sentence, tuple(exact), conflict.day_one, latest)


def _entries(report: Report) -> list[tuple[int, date]]:
    """Where an entry of a live blog or of a list of news begins, by its stamp, with the day stamped on it.

    A single stamp is the page's own. One in another zone counts as it is printed.
    """
    stamps: list[tuple[int, date]] = []
    for passage in report.passages:
        if passage.kind == "timestamp":
            for found in scan(passage.span.of(report.text), Frame(report.published)):
                if found.rule in DAYS and found.days[0] == found.days[1]:
                    stamps.append((passage.span.end, found.days[0]))
    return stamps if len(stamps) > 1 else []


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
