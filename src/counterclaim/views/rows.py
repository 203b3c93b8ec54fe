"""Row types, one set for terminal, desk and exports. Every row has the `id` that `show` takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

import msgspec

from counterclaim.record.control import Hold
from counterclaim.record.sides import Count, group
from counterclaim.record.tellings import Masthead, Telling, sources
from counterclaim.types import Actor, Event, Figure, Holding, Statement, Struct
from counterclaim.views.contract import plain

R = TypeVar("R", bound="Cited")
#: The name of a speaker whom the words hide ("reportedly").
UNATTRIBUTED = "unattributed"


class Cited(Struct, frozen=True, kw_only=True):
    """What every row says about where it comes from.

    `outlet` is whoever tells it: outlet, else author, else the report's handle. `also` are the ids of other rows that
    tell the same. `told_by` are the outlets of them all, `sources` those of which it is in words of their own: what
    stands in a passage that was printed before is its first printer's. `independent` is how many these are, `copy_of`
    the passage that the row's own is a copy of.
    """

    id: str
    outlet: str
    url: str | None
    published: date | None
    words: str
    also: tuple[str, ...] = ()
    told_by: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    independent: int = 1
    copy_of: str | None = None


class ClaimRow(Cited, frozen=True, kw_only=True):
    """Who says what. `words` are the content as written; `chain` the speakers that carry it, outermost first."""

    speaker: str | None
    role: str | None
    party: str | None
    anonymous: bool
    stance: str
    directness: str
    said_on: date | None
    addressee: str | None
    chain: tuple[str, ...]
    conflict: str


class EventRow(Cited, frozen=True, kw_only=True):
    """What happened. `first` and `last` None: the report does not tell when. `by` None: the outlet tells it.

    `precision` of the place is UCDP's where_prec, 1 (exact) to 7.
    """

    kind: str
    status: str
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    place: str | None
    country: str | None
    precision: int | None
    first: date | None
    last: date | None
    by: str | None
    conflict: str
    kinds: tuple[str, ...] = ()
    """Every kind told of the same sentence or event, `kind` first."""
    statuses: tuple[str, ...] = ()
    """How each of `kinds` stands: reported, claimed, denied or planned."""
    together: tuple[str, ...] = ()
    """Ids of other rows read in the same sentence, where a view shows them as one."""
    denied_by: tuple[str, ...] = ()
    """Who denies that it happened, where others tell it."""


class Counted(Cited, frozen=True, kw_only=True):
    """What every row of a number says. `low` or `high` None: that end is open. `by` None: the outlet counts.

    `total` marks a running total. `part_of` is the id of the larger figure that this one is included in ("eight, two of
    them children"). `number` is as written.
    """

    measure: str
    group: str
    party: str | None
    total: bool
    place: str | None
    day: date | None
    by: str | None
    by_party: str | None
    low: int | float | None
    high: int | float | None
    bound: str
    unit: str | None
    number: str
    conflict: str
    part_of: str | None = None


class TollRow(Counted, frozen=True, kw_only=True):
    """What one claimant counts; `older` are ids of earlier totals of the same claimant."""

    older: tuple[str, ...] = ()
    parts: tuple[TollRow, ...] = ()
    """Its own parts, where a view puts them there (the brief does, `toll` lists them after it)."""


class ControlRow(Cited, frozen=True, kw_only=True):
    """Who holds a place on `day`. `standing`: held, besieged, contested, claimed or unknown.

    `by` besieges, contests or has left it. `age`: days since the last word. `says`: who says so. `claims`: what others
    say that nobody confirms, in words ("claimed by Russia", "claimed for Ukraine by an observer"). `own`: whoever only
    claims the place is its holder, not a third party. `kind` and `precision` (UCDP where_prec) are the place's.
    """

    place: str
    country: str | None
    day: date
    standing: str
    holder: str | None
    by: str | None
    since: date | None
    last: date | None
    age: int | None
    says: tuple[str, ...]
    claims: tuple[str, ...]
    lat: float | None
    lon: float | None
    own: bool = True
    kind: str = "town"
    precision: int = 1
    geonames_id: int | None = None


class SpellRow(ControlRow, frozen=True, kw_only=True):
    """How a place stood from `day` to `until` (None: to the end of what was asked), in a history."""

    until: date | None = None


class PassageRow(Cited, frozen=True, kw_only=True):
    """A passage that holds the words looked for. `words` mark them between \\x02 and \\x03."""

    kind: str
    headline: str | None


def claim_row(telling: Telling[Statement], also: tuple[str, ...] = ()) -> ClaimRow:
    """The row of a statement."""
    item, who = telling.item, telling.speaker
    return ClaimRow(
        **cited(telling.report, telling.ref, " … ".join(telling.of(c) for c in item.content), also),
        **printed((telling,)),
        speaker=who.name if who else None,
        role=who.role if who else None,
        party=who.party if who else None,
        anonymous=bool(who and who.anonymous),
        stance=item.stance,
        directness=item.directness,
        said_on=item.said_on.start if item.said_on else None,
        addressee=item.addressee,
        chain=telling.chain,
        conflict=telling.report.conflict,
    )


def event_row(telling: Telling[Event], group: tuple[Telling[Event], ...] = ()) -> EventRow:
    """The row of an event, led by `telling`; `group` are all who tell it, of whom any may know the day."""
    item = telling.item
    dated = (t for t in (telling, *group) if t.item.when is not None)
    when = next((t.item.when for t in dated), None)
    denials = () if item.status == "denied" else tuple(t for t in group if t.item.status == "denied")
    return EventRow(
        **cited(
            telling.report, telling.ref, telling.of(item.sentence), tuple(t.ref for t in group if t is not telling)
        ),
        **printed((telling, *(t for t in group if t is not telling))),
        kind=item.kind,
        status=item.status,
        actors=_names(item.actors),
        targets=_names(item.targets),
        place=item.place.name if item.place else None,
        country=item.place.country if item.place else None,
        precision=item.place.precision if item.place else None,
        first=when.start if when else None,
        last=when.end if when else None,
        by=telling.speaker.name if telling.speaker else None,
        conflict=telling.report.conflict,
        kinds=(item.kind,),
        statuses=(item.status,),
        denied_by=tuple(dict.fromkeys(t.speaker.name if t.speaker else t.report.name for t in denials)),
    )


def toll_row(count: Count, families: Mapping[str, str] | None = None) -> TollRow:
    """The row of a count. `families` takes each report's id to the first of its near copies."""
    also = tuple(t.ref for t in count.tellings[1:])
    older = tuple(t.ref for t in count.older)
    return TollRow(**counted(count.lead, count.day, also), **printed(count.tellings, families), older=older)


def counted(lead: Telling[Figure], day: date | None, also: tuple[str, ...] = ()) -> dict[str, Any]:
    """The fields of a number as `lead` tells it, but for who else does. `day` is the one that it stands for."""
    item = lead.item
    return {
        **cited(lead.report, lead.ref, lead.of(item.sentence), also),
        "measure": item.measure,
        "group": group(item),
        "party": item.party,
        "total": bool(item.cumulative),
        "place": item.place.name if item.place else None,
        "day": day,
        "by": lead.speaker.name if lead.speaker else None,
        "by_party": lead.speaker.party if lead.speaker else None,
        "low": plain(item.low),
        "high": plain(item.high),
        "bound": item.bound,
        "unit": item.unit,
        "number": lead.of(item.span),
        "conflict": lead.report.conflict,
        "part_of": f"{lead.report.short}/{item.part_of}" if item.part_of else None,
    }


def nested(found: Iterable[TollRow]) -> dict[str, list[TollRow]]:
    """The parts of each row that has some, by its id. A part of a part, or of what is not there, stands for itself."""
    every = list(found)
    holder = {ref: row.id for row in every for ref in (row.id, *row.also, *row.older)}
    whole = {row.id: holder.get(row.part_of or "") for row in every}
    parts: dict[str, list[TollRow]] = {}
    for row in every:
        if (top := whole[row.id]) and top != row.id and whole[top] in (None, top):
            parts.setdefault(top, []).append(row)
    return parts


def control_row(hold: Hold) -> ControlRow:
    """The row of a place on a day."""
    return ControlRow(**_standing(hold))


def spell_row(hold: Hold) -> SpellRow:
    """The row of a spell in a place's history."""
    return SpellRow(**_standing(hold), until=hold.until)


def _standing(hold: Hold) -> dict[str, Any]:
    lead: Telling[Holding] = hold.words[0]
    refs = tuple(t.ref for t in (*hold.words[1:], *hold.claims))
    return dict(
        **cited(lead.report, lead.ref, lead.of(lead.item.sentence), refs),
        **printed(hold.words),
        place=hold.place.name,
        country=hold.place.country,
        day=hold.day,
        standing=hold.standing,
        holder=hold.holder,
        by=hold.by,
        since=hold.since,
        last=hold.last,
        age=hold.age,
        says=tuple(dict.fromkeys(t.speaker.name if t.speaker else t.report.name for t in hold.words)),
        claims=tuple(dict.fromkeys(_claim(t) for t in hold.claims if t.item.holder)),
        lat=hold.place.lat,
        lon=hold.place.lon,
        own=all(t.speaker is None or hold.holder in (t.speaker.party, t.speaker.name) for t in hold.words),
        kind=hold.place.kind,
        precision=hold.place.precision,
        geonames_id=hold.place.geonames_id,
    )


def _claim(telling: Telling[Holding]) -> str:
    """What one speaker says of a place, in words: for the own side, or for another."""
    holder, who = telling.item.holder, telling.speaker
    if who is None or holder in (who.party, who.name):
        return f"claimed by {holder}"
    return f"claimed for {holder} by {'an unnamed source' if who.name == UNATTRIBUTED else who.name}"


def cited(report: Masthead, ref: str, words: str, also: tuple[str, ...]) -> dict[str, Any]:
    """The fields that every cited row has."""
    return {
        "id": ref,
        "outlet": report.name,
        "url": report.url,
        "published": report.published,
        "words": words,
        "also": also,
    }


def printed(tellings: Sequence[Telling[Any]], families: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The fields of a row that say who tells it, in whose words; the first of `tellings` leads."""
    own = tuple(dict.fromkeys(sources(tellings, families).values()))
    return {
        "told_by": tuple(dict.fromkeys(t.report.name for t in tellings)),
        "sources": own,
        "independent": len(own),
        "copy_of": tellings[0].origin.ref if tellings[0].origin else None,
    }


def together(lead: R, other: Cited) -> R:
    """`lead` with `other`, which tells the same, beside it."""
    told = {name: _both(getattr(lead, name), getattr(other, name)) for name in ("told_by", "sources")}
    also = tuple(dict.fromkeys((*lead.also, other.id, *other.also)))
    return msgspec.structs.replace(lead, also=also, independent=len(told["sources"]), **told)


def _both(some: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*some, *more)))


def _names(actors: tuple[Actor, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(a.name for a in actors))
