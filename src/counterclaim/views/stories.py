"""Stories as rows: reports whose main event is one, their copies, and how many outlets speak for themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain, groupby, islice
from typing import Literal

import msgspec

from counterclaim.record import reprints as copying
from counterclaim.record import words
from counterclaim.record.stories import Leaf
from counterclaim.record.stories import stories as grouped
from counterclaim.record.tellings import Masthead, one_line
from counterclaim.store import Filter, Record
from counterclaim.types import Struct


class StoryRow(Struct, frozen=True, kw_only=True):
    """A story. `story` is the id of its earliest report, `reports` the ids of all, `copies` those that copy another.

    `outlets` are who tells it; of these so many as `independent` neither copied another nor printed mostly passages
    that somebody else had printed before.
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
    """A report or a passage that was printed before: `of` is who printed it first, as far as the record knows.

    Of a report `of` is the earliest of its family, `like` the share of the shorter text that stands in the longer one,
    at least, as far as it was measured against one of the family, `words` its headline or first line. Of a passage
    `like` is the share of its words that stand in the other, `words` are these.
    """

    what: Literal["report", "passage"]
    id: str
    outlet: str
    published: date | None
    of: str
    of_outlet: str
    of_published: date | None
    like: float
    words: str


def stories(record: Record, wanted: Filter | None = None) -> Iterator[StoryRow]:
    """The stories of the reports that `wanted` lets through, the earliest first.

    Days, conflict and outlet choose among reports; words and place among stories, where one report is enough. The text
    of every report chosen is read, and all of them are compared: of a large record, ask for some days.
    """
    wanted = wanted or Filter()
    heads: dict[str, Masthead] = {}
    leaves: dict[str, Leaf] = {}
    fit: set[str] = set()
    lengths: dict[str, int] = {}
    about = wanted.about.casefold().split() if wanted.about else []
    placed = _placed(record, wanted) if wanted.place else None
    for head, text in record.texts(wanted):
        if wanted.by and not any(name.casefold() in head.name.casefold() for name in wanted.by):
            continue
        heads[head.id] = head
        leaves[head.id] = Leaf(head.id, head.published, words.profile(f"{head.headline or ''}\n{text}"))
        lengths[head.id] = len(text)
        low = text.casefold() if about else ""
        if all(word in low for word in about) and (placed is None or head.id in placed):
            fit.add(head.id)
    found = _rows(heads, leaves, record.families(heads), _tellers(record, heads, lengths))
    yield from islice((row for row in found if fit & set(row.reports)), wanted.limit)


def _tellers(record: Record, heads: Mapping[str, Masthead], lengths: Mapping[str, int]) -> dict[str, str]:
    """Whose words each report is: its outlet's, or where half of it or more was printed before, the first printer's."""
    names = {}
    for report, found in record.reprints(heads).items():
        share = sum(stretch.end - stretch.start for stretch, *_ in found) / max(1, lengths[report])
        most = max(found, key=lambda copied: copied.stretch.words).origin.outlet if found else ""
        names[report] = most if share >= _MOSTLY else heads[report].name
    return names


#: From this share of copied passages on, a report is no independent teller.
_MOSTLY = 0.5


def _rows(
    heads: dict[str, Masthead], leaves: dict[str, Leaf], family: dict[str, str], tellers: Mapping[str, str]
) -> Iterator[StoryRow]:
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
            independent=len({tellers[lead] for lead in leads}),
        )


def _leads(heads: Mapping[str, Masthead], family: dict[str, str]) -> dict[str, str]:
    """Each report to the first of its family; `family` knows of none but these."""
    return {report: family.get(report, report) for report in heads}


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
    """The reports that are near copies, each with the first of its family, then passages of all others, earliest first.

    Days, conflict and outlet choose among reports; of passages, `wanted` may name words that stand in them.
    """
    wanted = wanted or Filter()
    heads = {head.id: head for head, _ in record.reports(msgspec.structs.replace(wanted, limit=None))}
    copies = list(_copies(record, heads))
    rows = chain(copies, _passages(record, {i: head for i, head in heads.items() if i not in {c.id for c in copies}}))
    about = wanted.about.casefold().split() if wanted.about else []
    yield from islice((row for row in rows if all(word in row.words.casefold() for word in about)), wanted.limit)


def _passages(record: Record, heads: Mapping[str, Masthead]) -> Iterator[CopyRow]:
    """The passages of some reports that were printed before."""
    found = record.reprints(heads)
    for report, head in heads.items():
        if not found[report]:
            continue
        text = next(text for _, text in record.texts(Filter(report=report)))
        for (ref, of), some in groupby(found[report], key=lambda copied: (copied.ref, copied.origin.ref)):
            pieces = list(some)
            stretches, origin = [copied.stretch for copied in pieces], pieces[0].origin
            line = text[text.rfind("\n", 0, stretches[0].start) + 1 :].partition("\n")[0]
            shared = sum(stretch.words for stretch in stretches) / max(1, len(copying.words(line)))
            yield CopyRow(
                what="passage", id=ref, outlet=head.name, published=head.published, of=of,
                of_outlet=origin.outlet, of_published=origin.published, like=round(min(1, shared), 2),
                words=" … ".join(one_line(text[stretch.start : stretch.end]) for stretch in stretches),
            )  # fmt: skip


def _first_line(record: Record, report: str) -> str:
    text = next(text for _, text in record.texts(Filter(report=report)))
    return one_line(text.strip().partition("\n")[0])


def _copies(record: Record, heads: Mapping[str, Masthead]) -> Iterator[CopyRow]:
    """Those of some reports that are near copies."""
    family = record.families(heads)
    like: dict[str, float] = defaultdict(float)
    for one, other, value in record.copies(heads):
        like[one], like[other] = max(like[one], value), max(like[other], value)
    for report, lead in _leads(heads, family).items():
        if report != lead:
            head, of = heads[report], heads[lead]
            yield CopyRow(
                what="report", id=report, outlet=head.name, published=head.published, of=lead, of_outlet=of.name,
                of_published=of.published, like=round(like[report], 2),
                words=head.headline or _first_line(record, report),
            )  # fmt: skip
