"""What the map of a day shows: each place as it stood, the parties in order, the lines from before the war."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

from counterclaim.conflict import Line
from counterclaim.errors import NothingFound, UsageError
from counterclaim.record import control, spells
from counterclaim.record.same_event import place_key
from counterclaim.store import Filter, Record
from counterclaim.types import Struct
from counterclaim.views import days, rows, standing


class MapView(Struct, frozen=True, kw_only=True):
    """The map of a day. `parties` in the order of the legend; `countries` are those the war is fought in.

    `outlets` tell what is shown, those that tell most first; `known_on` None: later reports about the day count too.
    """

    conflict: str
    title: str
    known_on: date | None
    date: date
    day: int | None
    parties: tuple[str, ...]
    countries: tuple[str, ...]
    places: tuple[rows.ControlRow, ...]
    lines: tuple[Line, ...]
    outlets: tuple[str, ...]
    reports: int


def map_of(
    record: Record, conflict: str | None = None, day: int | None = None, on: date | None = None,
    known_on: date | None = None,
) -> MapView:  # fmt: skip
    """The map of one day of one conflict; the arguments as in `days.day_of`.

    Raises:
        NothingFound: if nobody had spoken of who holds any place by that day.
        UsageError: for a day number where the conflict's first day is not known.
    """
    which = days.day_of(record, conflict, day, on)
    held = standing.standings(record, which.date, which.conflict, known_on)
    shown = standing.told(record, (h for h in held if h.place.kind != "country"))
    if not shown:
        hint = days.days_there(record)
        raise NothingFound(f"nobody says who held what by {which.date.isoformat()}", where=record.path, hint=hint)
    telling = Counter(t.report.name for h in shown for t in (*h.words, *h.claims))
    profile = which.profile
    lines = tuple(line for line in (profile.lines if profile else ()) if line.since <= which.date)
    return MapView(
        conflict=which.conflict,
        title=which.title,
        date=which.date,
        day=which.number,
        known_on=known_on,
        parties=_parties(shown, profile.sides if profile else (), lines),
        countries=profile.countries if profile else (),
        places=tuple(rows.control_row(h) for h in shown),
        lines=lines,
        outlets=tuple(name for name, _ in telling.most_common()),
        reports=len({t.report.id for h in shown for t in (*h.words, *h.claims)}),
    )


class Spell(Struct, frozen=True, kw_only=True):
    """How a place stands from `day` to the day before the next spell; `id` is the row that it rests on."""

    day: date
    standing: control.Standing
    holder: str | None
    by: str | None
    id: str


class PlaceLine(Struct, frozen=True, kw_only=True):
    """A place over many days.

    `spells` in order of time; what stood on the first day asked for already begins there. `spoken` are stretches of
    days (both inclusive) on which somebody spoke of it: on any day the last word is as old as the last of them that has
    begun, 0 days inside it. The rest is the place's own, as in `rows.ControlRow`.
    """

    place: str
    country: str | None
    kind: str
    precision: int
    lat: float | None
    lon: float | None
    geonames_id: int | None
    spells: tuple[Spell, ...]
    spoken: tuple[tuple[date, date], ...]


class Timeline(Struct, frozen=True, kw_only=True):
    """The maps of the days `first` to `last` at once; `day` is the number of the first. The rest as in `MapView`."""

    conflict: str
    title: str
    first: date
    last: date
    day: int | None
    parties: tuple[str, ...]
    countries: tuple[str, ...]
    places: tuple[PlaceLine, ...]
    lines: tuple[Line, ...]


def timeline(
    record: Record, conflict: str | None = None, first: date | None = None, last: date | None = None
) -> Timeline:
    """The maps of many days of one conflict in one pass: on each of them every place stands as `map_of` has it.

    Args:
        record: where to look.
        conflict: a profile's name or file; None takes the conflict with most reports.
        first: the first day; None: the first that anybody speaks of.
        last: the last day; None: the last on which a report was published.

    Raises:
        NothingFound: if nobody had spoken of who holds any place by the last day.
        UsageError: if `first` is after `last`.
    """
    which = days.day_of(record, conflict, None, last)
    if first and first > which.date:
        raise UsageError(f"{first} is after {which.date}", hint="Name an earlier day first")
    words = record.words(Filter(conflict=which.conflict, first=first, last=which.date))
    if first:
        before = record.words(Filter(conflict=which.conflict, last=first, back=control.back()))
        there = {word.of for word in words}
        words = [*(word for word in before if word.of not in there), *words]
    told: dict[str, list[control.Word]] = defaultdict(list)
    for word in words:
        told[place_key(word.place)].append(word)
    begin = first or min((word.first for word in words), default=which.date)
    lines = tuple(line for line in (which.profile.lines if which.profile else ()) if line.since <= which.date)
    stood = [
        (words[-1].place, spells.spells(words, begin, which.date), spells.spoken(words, begin, which.date))
        for words in told.values()
        if words[-1].place.kind != "country"
    ]
    if not stood:
        hint = days.days_there(record)
        raise NothingFound(f"nobody says who held what by {which.date.isoformat()}", where=record.path, hint=hint)
    short = record.shorts({spell.of[0] for _, several, _ in stood for spell in several})
    seen: Counter[str] = Counter()
    for _, several, _ in stood:
        seen.update({party for s in several for name in (s.holder, s.by) if name for party in name.split(" and ")})
    return Timeline(
        conflict=which.conflict,
        title=which.title,
        first=begin,
        last=which.date,
        day=days.number_of(which.profile, begin),
        parties=_ordered(seen, which.profile.sides if which.profile else (), lines),
        countries=which.profile.countries if which.profile else (),
        places=tuple(
            PlaceLine(
                place=place.name, country=place.country, kind=place.kind, precision=place.precision, lat=place.lat,
                lon=place.lon, geonames_id=place.geonames_id, spoken=tuple(runs),
                spells=tuple(
                    Spell(day=s.day, standing=s.standing, holder=s.holder, by=s.by, id=f"{short[s.of[0]]}/{s.of[1]}")
                    for s in several
                ),
            )
            for place, several, runs in sorted(stood, key=lambda line: line[0].name)
        ),
        lines=lines,
    )  # fmt: skip


def _parties(shown: list[control.Hold], sides: tuple[str, ...], lines: tuple[Line, ...]) -> tuple[str, ...]:
    """Who holds, besieges or claims something: the sides of the war first, then by how often; who held before, last."""
    seen: Counter[str] = Counter()
    for hold in shown:
        seen.update(party for name in (hold.holder, hold.by) if name for party in name.split(" and "))
        seen.update(t.item.holder for t in hold.claims if t.item.holder)
    return _ordered(seen, sides, lines)


def _ordered(seen: Counter[str], sides: tuple[str, ...], lines: tuple[Line, ...]) -> tuple[str, ...]:
    """The parties in the order of the legend."""
    rest = sorted((p for p in seen if p not in sides), key=lambda p: (-seen[p], p))
    before = dict.fromkeys(line.holder for line in lines)
    return tuple(dict.fromkeys((*(p for p in (*sides, *rest) if p in seen), *before)))
