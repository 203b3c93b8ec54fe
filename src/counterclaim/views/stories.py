"""Stories as rows: reports whose main event is one, their copies, and how many outlets speak for themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import islice

import msgspec

from counterclaim.record import words
from counterclaim.record.stories import Leaf
from counterclaim.record.stories import stories as grouped
from counterclaim.record.tellings import Masthead
from counterclaim.store import Filter, Record
from counterclaim.types import Struct


class StoryRow(Struct, frozen=True, kw_only=True):
    """A story. `story` is the id of its earliest report, `reports` the ids of all, `copies` those that copy another.

    `outlets` are who tells it; of these so many as `independent` did not copy one of the others.
    """

    story: str
    headline: str | None
    first: date | None
    last: date | None
    reports: tuple[str, ...]
    copies: tuple[str, ...]
    outlets: tuple[str, ...]
    independent: int


class CopyRow(Struct, frozen=True, kw_only=True):
    """A report that is a near copy of another: `of` is the earliest of its family, `like` the share of the shorter
    text that stands in the longer one, at least, as far as it was measured against one of the family."""

    id: str
    outlet: str
    published: date | None
    of: str
    of_outlet: str
    like: float


def stories(record: Record, wanted: Filter | None = None) -> Iterator[StoryRow]:
    """The stories of the reports that `wanted` lets through, the earliest first.

    Days, conflict and outlet choose among reports; words and place among stories, where one report is enough. The text
    of every report chosen is read, and all of them are compared: of a large record, ask for some days.
    """
    wanted = wanted or Filter()
    heads: dict[str, Masthead] = {}
    leaves: dict[str, Leaf] = {}
    fit: set[str] = set()
    about = wanted.about.casefold().split() if wanted.about else []
    placed = _placed(record, wanted) if wanted.place else None
    for head, text in record.texts(wanted):
        if wanted.by and not any(name.casefold() in head.name.casefold() for name in wanted.by):
            continue
        heads[head.id] = head
        leaves[head.id] = Leaf(head.id, head.published, words.profile(f"{head.headline or ''}\n{text}"))
        low = text.casefold() if about else ""
        if all(word in low for word in about) and (placed is None or head.id in placed):
            fit.add(head.id)
    found = _rows(heads, leaves, record.families(heads))
    yield from islice((row for row in found if fit & set(row.reports)), wanted.limit)


def _rows(heads: dict[str, Masthead], leaves: dict[str, Leaf], family: dict[str, str]) -> Iterator[StoryRow]:
    first = _leads(heads, family)
    behind: dict[str, list[str]] = defaultdict(list)
    for report, lead in first.items():
        if report != lead:
            behind[lead].append(report)
    for leads in grouped(leaf for report, leaf in leaves.items() if first[report] == report):
        every = sorted((r for lead in leads for r in (lead, *behind[lead])), key=lambda r: _order(heads[r]))
        told = [heads[r] for r in every]
        days = [head.published for head in told if head.published]
        yield StoryRow(
            story=every[0],
            headline=next((head.headline for head in told if head.headline), None),
            first=min(days, default=None),
            last=max(days, default=None),
            reports=tuple(every),
            copies=tuple(r for r in every if first[r] != r),
            outlets=tuple(dict.fromkeys(head.name for head in told)),
            independent=len({heads[lead].name for lead in leads}),
        )


def _leads(heads: dict[str, Masthead], family: dict[str, str]) -> dict[str, str]:
    """Each report to the earliest of its family that is here."""
    here: dict[str, list[str]] = defaultdict(list)
    for report in heads:
        here[family.get(report, report)].append(report)
    leads = {name: min(reports, key=lambda r: _order(heads[r])) for name, reports in here.items()}
    return {report: leads[name] for name, reports in here.items() for report in reports}


def _order(head: Masthead) -> tuple[date, str]:
    return head.published or date.max, head.id


def _placed(record: Record, wanted: Filter) -> set[str]:
    """The reports that name the place wanted, or one in that province or country."""
    name = (wanted.place or "").casefold()
    return {
        head.id
        for head, mention, _ in record.mentions(msgspec.structs.replace(wanted, limit=None))
        if name in {(n or "").casefold() for n in (mention.place.name, mention.place.admin1, mention.place.country)}
    }


def copied(record: Record, wanted: Filter | None = None) -> Iterator[CopyRow]:
    """The reports that are near copies, each with the first of its family, earliest first."""
    heads = {head.id: head for head, _ in record.reports(wanted)}
    family = record.families(heads)
    like: dict[str, float] = defaultdict(float)
    for one, other, value in record.copies(heads):
        like[one], like[other] = max(like[one], value), max(like[other], value)
    for report, lead in _leads(heads, family).items():
        if report != lead:
            head, of = heads[report], heads[lead]
            yield CopyRow(
                id=report, outlet=head.name, published=head.published, of=lead, of_outlet=of.name,
                like=round(like[report], 2),
            )  # fmt: skip
