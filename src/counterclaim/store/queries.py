"""Questions to a record: the filters that every list takes, as SQL."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import msgspec
import sqlalchemy as sa

from counterclaim.store import schema as t
from counterclaim.store.engine import fold
from counterclaim.types import Struct

_TERM = re.compile(r'"([^"]*)"|(\S+)')

#: Verdicts by which a row stands.
STANDS = ("yes", "correct")


class Filter(Struct, frozen=True, kw_only=True):
    """Which rows to take. Words match without regard to case; None leaves a question open.

    `by`: part of a speaker's name, or a party, or an outlet's own account where nobody is quoted. `about`: words that
    all stand in the row's text or names. `place`: a place, its province or country. `first` and `last`: days, both
    inclusive, matched against the row's own days, or the day of publication where it has none. `exact_days` leaves
    out rows without days of their own.

    Whole names, without regard to case: `outlet` (of a report without one, its author), `party` of the speaker,
    `stance` of statements, `kind` of events, and of passages in a search. `speaker` and `actor` are names as they are:
    who says so, and who acts, is acted on or holds a place; a party's name takes all of that party.
    """

    by: tuple[str, ...] = ()
    outlet: str | None = None
    party: str | None = None
    stance: str | None = None
    kind: str | None = None
    speaker: str | None = None
    actor: str | None = None
    mentions: tuple[str, ...] = ()
    """Any of these words in the row's own text, whatever stands around them."""
    about: str | None = None
    place: str | None = None
    first: date | None = None
    last: date | None = None
    conflict: str | None = None
    report: str | None = None
    row: str | None = None
    limit: int | None = None
    latest: bool = False
    """Whether the newest report comes first, not the oldest."""
    exact_days: bool = False
    repeats: bool = True
    """Whether to take rows that only tell again what an earlier row of the same report told."""
    measures: frozenset[str] = frozenset()
    """Figures of these measures only; empty takes all."""
    totals: bool | None = None
    """Figures: True takes running totals only, False all others."""
    back: int | None = None
    """Holdings: of each place only so many, the last ones up to `last`, told by `known_on`."""
    known_on: date | None = None
    wrong: bool = False
    """Whether to take rows that a person judged wrong."""
    reviewed: bool = False
    """Whether to take only rows that a person judged to stand, as read or corrected."""
    beside: Filter | None = None
    """Rows only of reports with an event that this one lets through."""


def stands(verdict: str | None, wanted: Filter) -> bool:
    """Whether a row that people left with this verdict is let through."""
    return verdict in STANDS if wanted.reviewed else wanted.wrong or verdict != "no"


def rows(family: str, wanted: Filter) -> sa.Select[tuple[object, ...]]:
    """The rows of one family in the newest readings that `wanted` lets through, oldest report first."""
    row = t.FAMILIES[family]
    query = plain(family).where(*_where(family, wanted))
    if wanted.latest:
        query = query.order_by(row.c.told.desc(), row.c.reading.desc(), row.c.start, row.c.key)
    else:
        query = query.order_by(row.c.told, row.c.reading, row.c.start, row.c.key)
    return query.limit(wanted.limit) if wanted.limit is not None else query


def _where(family: str, wanted: Filter) -> list[sa.ColumnElement[bool]]:
    """The conditions of `rows`."""
    row = t.FAMILIES[family]
    where = list(_days(row, wanted))
    if wanted.conflict:  # joined to nothing, so that the rows are found by their days, not all of a conflict's first
        where.append((t.reading.c.conflict + "") == wanted.conflict)
    if wanted.report:
        where.append(t.report.c.id == wanted.report)
    if wanted.row:
        where.append(row.c.id == wanted.row)
    if wanted.reviewed:  # which of them stand is seen once they are read
        said = sa.select(t.newest.c.reading, t.judgement.c.row).where(t.judgement.c.verdict.in_(STANDS))
        said = said.join(t.judgement, t.judgement.c.report == t.newest.c.report).correlate(None)
        where.append(sa.tuple_(row.c.reading, row.c.id).in_(said))
    if wanted.by:
        where.append(sa.or_(*(_by(row, fold(name)) for name in wanted.by)))
    where += _exactly(row, wanted)
    if wanted.about:
        where += [_about(row, fold(word)) for word in wanted.about.split()]
    if wanted.place:
        where.append(row.c.places.contains(f"|{fold(wanted.place)}|", autoescape=True))
    if wanted.measures and "measure" in row.c:
        where.append(row.c.measure.in_(sorted(wanted.measures)))
    if wanted.totals is not None and "cumulative" in row.c:
        where.append(sa.func.coalesce(row.c.cumulative, 0) == int(wanted.totals))
    if not wanted.repeats and "same_as" in row.c:
        where.append(row.c.same_as.is_(None))
    if wanted.back is not None and family == "holding":
        where.append(t.holding.c.key.in_(_last_words(wanted, wanted.back)))
    if wanted.beside is not None:
        told = plain("event").where(*_where("event", wanted.beside)).with_only_columns(t.event.c.reading)
        where.append(row.c.reading.in_(told.correlate(None)))
    return where


def _exactly(row: sa.Table, wanted: Filter) -> list[sa.ColumnElement[bool]]:
    """The conditions on whole names."""
    where = _outlet(wanted)
    if wanted.party:
        where.append(row.c.party == fold(wanted.party))
    if wanted.stance and "stance" in row.c:
        where.append(row.c.stance == fold(wanted.stance))
    if wanted.kind and "kind" in row.c:
        where.append(row.c.kind == fold(wanted.kind))
    if wanted.speaker:
        name, folded = wanted.speaker, fold(wanted.speaker)
        own = sa.func.json_extract(row.c.speaker, "$.name") == name
        where.append(sa.or_(row.c.party == folded, sa.and_(row.c.says.contains(folded, autoescape=True), own)))
    if wanted.mentions:
        where.append(sa.or_(*(row.c.text.contains(name, autoescape=True) for name in wanted.mentions)))
    if wanted.actor:
        written = msgspec.json.encode(wanted.actor).decode()
        where += [sa.func.instr(row.c.body, written) > 0, _takes_part(row, wanted.actor)]
    return where


def _outlet(wanted: Filter) -> list[sa.ColumnElement[bool]]:
    told_by = sa.func.coalesce(t.reading.c.outlet, t.reading.c.byline)
    return [told_by.collate("NOCASE") == wanted.outlet] if wanted.outlet else []


def _takes_part(row: sa.Table, name: str) -> sa.ColumnElement[bool]:
    """Whether somebody of that name or party stands among a row's actors and targets, or holds its place or left it."""
    if "holder" in row.c:
        return sa.or_(row.c.holder == name, sa.func.json_extract(row.c.body, "$.by") == name)
    among = []
    for field in ("actors", "targets"):
        each = sa.func.json_each(row.c.body, f"$.{field}").table_valued("value", name=field)
        ways = (sa.func.json_extract(each.c.value, f"$.{key}") == name for key in ("name", "party"))
        among.append(sa.exists(sa.select(sa.literal(1)).select_from(each).where(sa.or_(*ways))))
    return sa.or_(*among)


def _last_words(wanted: Filter, back: int) -> sa.Select[tuple[int]]:
    """The last `back` holdings of each place: place by place, each from its end, by an index in this very order."""
    some = t.holding.alias("some")
    least = sa.func.min(some.c.places)
    places = sa.select(least.label("name")).cte("every_place", recursive=True)
    following = sa.select(least).where(some.c.places > places.c.name).scalar_subquery()
    places = places.union_all(sa.select(following).where(places.c.name.is_not(None)))
    row = t.holding.alias("word")
    first, last = sa.func.coalesce(row.c.first, row.c.told), sa.func.coalesce(row.c.last, row.c.told)
    ours = (
        sa.select(row.c.key)
        .join(t.newest, t.newest.c.reading == row.c.reading)
        .where(row.c.places == places.c.name)
        .order_by(last.desc(), row.c.told.desc())
        .limit(back)
    )
    if wanted.last:
        ours = ours.where(first <= wanted.last.isoformat())
    if wanted.known_on:
        ours = ours.where(row.c.told <= wanted.known_on.isoformat())
    if wanted.conflict:
        reading = t.reading.alias("told_in")
        ours = ours.join(reading, reading.c.key == row.c.reading)
        ours = ours.where((reading.c.conflict + "") == wanted.conflict)
    found = t.holding.alias("found")
    query = sa.select(found.c.key).join_from(places, found, found.c.key.in_(ours.correlate(places)))
    if wanted.place:
        query = query.where(places.c.name.contains(f"|{fold(wanted.place)}|", autoescape=True))
    return query


def words(wanted: Filter) -> sa.Select[tuple[object, ...]]:
    """What the rules of control look at of the holdings that `wanted` lets through, in no order."""
    row = t.holding
    columns = (row.c.key, row.c.id, row.c.reading, row.c.start, row.c.first, row.c.last, row.c.told)
    query: sa.Select[tuple[object, ...]] = (
        sa.select(*columns, row.c.speaker, row.c.body, t.newest.c.report)
        .join(t.newest, t.newest.c.reading == row.c.reading)
        .join(t.reading, t.reading.c.key == row.c.reading)
        .where(*_where("holding", wanted))
    )
    return query.join(t.report, t.report.c.id == t.reading.c.report) if wanted.report else query


def at(family: str, points: str) -> sa.Select[tuple[object, ...]]:
    """The rows of one family at `points`: pairs of report id and row id, as JSON."""
    point = sa.func.json_each(points).table_valued("value")
    report, row = (sa.func.json_extract(point.c.value, f"$[{n}]") for n in (0, 1))
    return plain(family).join(point, sa.and_(t.report.c.id == report, t.FAMILIES[family].c.id == row))


def plain(family: str) -> sa.Select[tuple[object, ...]]:
    """The rows of one family in the newest readings, each with the head of its report."""
    row = t.FAMILIES[family]
    return (
        sa.select(row, *_HEAD)
        .join(t.newest, t.newest.c.reading == row.c.reading)
        .join(t.reading, t.reading.c.key == row.c.reading)
        .join(t.report, t.report.c.id == t.reading.c.report)
    )


_HEAD = (
    t.report.c.id.label("report_id"),
    t.report.c.short,
    t.reading.c.conflict,
    t.reading.c.outlet,
    t.reading.c.byline,
    t.reading.c.headline,
    t.reading.c.url,
    t.reading.c.published,
    t.reading.c.published_basis,
    t.reading.c.day,
    t.reading.c.version,
)


def _published(wanted: Filter) -> list[sa.ColumnElement[bool]]:
    """The conditions on a reading's conflict and day of publication."""
    where = _outlet(wanted)
    if wanted.conflict:
        where.append(t.reading.c.conflict == wanted.conflict)
    if wanted.first:
        where.append(t.reading.c.published >= wanted.first.isoformat())
    if wanted.last:
        where.append(t.reading.c.published <= wanted.last.isoformat())
    return where


def heads(wanted: Filter) -> sa.Select[tuple[object, ...]]:
    """The reports of the newest readings, by day of publication."""
    where = _published(wanted)
    if wanted.report:
        where.append(t.report.c.id == wanted.report)
    return (
        sa.select(*_HEAD, t.reading.c.key, t.reading.c.unread, t.report.c.sketch)
        .join(t.newest, t.newest.c.reading == t.reading.c.key)
        .join(t.report, t.report.c.id == t.reading.c.report)
        .where(*where)
        .order_by(t.reading.c.published, t.reading.c.key)
    )


def _days(row: sa.Table, wanted: Filter) -> list[sa.ColumnElement[bool]]:
    first: sa.ColumnElement[Any] = row.c.first
    last: sa.ColumnElement[Any] = row.c.last
    where: list[sa.ColumnElement[bool]] = []
    if not wanted.exact_days:
        first, last = sa.func.coalesce(first, row.c.told), sa.func.coalesce(last, row.c.told)
    if wanted.first:
        where.append(last >= wanted.first.isoformat())
    if wanted.last:
        where.append(first <= wanted.last.isoformat())
    return where


def _about(row: sa.Table, word: str) -> sa.ColumnElement[bool]:
    """A word in the row's own words, or in its names. `folded` is the function of ours that `engine` lends SQLite."""
    text = sa.func.instr(sa.func.folded(row.c.text), word) > 0
    return sa.or_(row.c.names.contains(word, autoescape=True), text)


def _by(row: sa.Table, name: str) -> sa.ColumnElement[bool]:
    """Said by a speaker or party of that name, or told by an outlet of that name without a speaker."""
    return sa.or_(
        row.c.party == name,
        row.c.says.contains(name, autoescape=True),
        sa.and_(row.c.says.is_(None), sa.func.lower(t.reading.c.outlet).contains(name, autoescape=True)),
    )


def search(words: str, wanted: Filter) -> sa.Select[tuple[object, ...]]:
    """Passages that hold `words`, best first, with a snippet that marks them between \\x02 and \\x03."""
    index = sa.table("passage_words", sa.column("rowid"))
    where = [sa.literal_column("passage_words").op("MATCH")(match(words)), *_published(wanted)]
    if wanted.kind:
        where.append(t.passage.c.kind == fold(wanted.kind))
    for name in wanted.by:
        where.append(sa.func.lower(t.reading.c.outlet).contains(fold(name), autoescape=True))
    if wanted.about:
        where += [sa.func.instr(sa.func.folded(t.passage.c.text), fold(word)) > 0 for word in wanted.about.split()]
    if wanted.place:
        where.append(_names_place(fold(wanted.place)))
    snippet: sa.Label[str] = sa.literal_column("snippet(passage_words, 0, char(2), char(3), '…', 32)").label("snippet")
    query = (
        sa.select(*_HEAD, t.passage.c.n, t.passage.c.kind, t.passage.c.start, t.passage.c.text, snippet)
        .select_from(index)
        .join(t.passage, t.passage.c.key == index.c.rowid)
        .join(t.newest, t.newest.c.reading == t.passage.c.reading)
        .join(t.reading, t.reading.c.key == t.passage.c.reading)
        .join(t.report, t.report.c.id == t.reading.c.report)
        .where(*where)
        .order_by(sa.text("rank"))
    )
    return query.limit(wanted.limit) if wanted.limit is not None else query


def _names_place(place: str) -> sa.ColumnElement[bool]:
    """Whether a passage names a place of that name, or one in that province or country."""
    mention, start = t.mention, sa.func.json_extract(t.mention.c.body, "$.span.start")
    province = sa.func.json_extract(mention.c.body, "$.place.admin1")
    names = (
        sa.func.folded(sa.func.coalesce(name, "")) == place for name in (mention.c.name, mention.c.country, province)
    )
    end = t.passage.c.start + sa.func.length(t.passage.c.text)
    inside = (mention.c.reading == t.passage.c.reading, start >= t.passage.c.start, start < end, sa.or_(*names))
    return sa.exists(sa.select(mention.c.key).where(*inside))


def match(words: str) -> str:
    """Plain words as an FTS5 question: all of them, "quoted phrases" as phrases, a trailing * as any ending."""
    terms = []
    for phrase, word in _TERM.findall(words):
        term = (phrase or word).replace("\0", " ").encode("utf-8", "ignore").decode()
        star = "*" if not phrase and term.endswith("*") else ""
        if any(c.isalnum() for c in term):
            terms.append('"{}"{}'.format(term.rstrip("*").replace('"', " "), star))
    return " ".join(terms)
