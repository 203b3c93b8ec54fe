"""The situation report of one day: who says what, what happened, the toll, the map, talks, people, what is undated.

A day takes the events and figures dated to it, the statements made on it (by default those published on it), and the
map as it stood then. What a report of the day tells without a date stands in a section of its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec

from counterclaim.conflict import Conflict
from counterclaim.errors import NothingFound
from counterclaim.record import answers, control, same_event, sides
from counterclaim.record.tellings import Masthead, Telling
from counterclaim.store import Filter, Record
from counterclaim.types import Event, Statement, Struct
from counterclaim.views import choose, days, rows, standing
from counterclaim.views.answers import AnswerRow, answer_rows
from counterclaim.views.told import Told

#: Kinds of event by which a party shows that it is a side of the war.
WARLIKE = frozenset(
    {"clash", "shelling", "air_strike", "capture", "recapture", "siege", "advance", "withdrawal", "invasion"}
)
HURT = ("killed", "killed_or_wounded", "wounded", "missing", "captured", "detained")
ARMS = ("equipment_lost", "strikes", "intercepted")
MOVED = ("displaced", "evacuated", "trapped")
#: Measures by which places are put in order, and how much less any other weighs.
_DEAD, _LESS = frozenset({"killed", "killed_or_wounded", "displaced"}), 1e-6
#: Days after which the last word about a place is too old for a brief.
STALE = 30
#: Events shown of one place.
_A_PLACE = 4
#: Days for which the invasion itself is news.
_NEWS = 3


class Voices(Struct, frozen=True, kw_only=True):
    """What one party says; `more` claims were left out. `party` None: everybody who is of no party."""

    party: str | None
    claims: tuple[rows.ClaimRow, ...]
    more: int = 0


class Scene(Struct, frozen=True, kw_only=True):
    """What happened in one place; None: no place told but the country of the war."""

    place: str | None
    events: tuple[rows.EventRow, ...]


class Toll(Struct, frozen=True, kw_only=True):
    """One thing counted, by who claims it. `total`: running totals, apart from single events."""

    measure: str
    group: str
    party: str | None
    total: bool
    place: str | None
    rows: tuple[rows.TollRow, ...]


class Brief(Struct, frozen=True, kw_only=True):
    """The situation report of one day.

    `country` is the one most of it happened in: named alone, it tells no place. `elsewhere` are the numbers of reports
    of other conflicts that day. `quieter` are parties that say something and for whom there was no room, with how much
    they say. `more` counts what else was left out, by section.
    """

    conflict: str
    title: str
    date: date
    day: int | None
    reports: int
    outlets: tuple[str, ...]
    copies: int
    sides: tuple[str, ...]
    country: str | None
    voices: tuple[Voices, ...]
    quieter: dict[str, int]
    elsewhere: dict[str, int]
    happened: tuple[Scene, ...]
    pressure: tuple[rows.EventRow, ...]
    planned: tuple[rows.EventRow, ...]
    toll: tuple[Toll, ...]
    control: tuple[rows.ControlRow, ...]
    talks: tuple[rows.EventRow, ...]
    people: tuple[rows.EventRow, ...]
    people_toll: tuple[Toll, ...]
    undated: tuple[Scene, ...]
    denied: tuple[AnswerRow, ...]
    more: dict[str, int]


def brief(
    record: Record, conflict: str | None = None, day: int | None = None, on: date | None = None, limit: int = 6
) -> Brief:
    """The brief of one day of one conflict.

    Args:
        record: where to look.
        conflict: a profile's name or file; None takes the conflict with most reports (of the day, where one is given).
        day: the day by number; `on`: the day as a date. Without either, the last day that a report was published.
        limit: claims shown of each side, the yardstick of all limits.

    Raises:
        NothingFound: if the record holds nothing of that day.
        UsageError: for a day number where the conflict's first day is not known.
    """
    found = days.day_of(record, conflict, day, on)
    return _brief(record, found, limit)


def _brief(record: Record, which: days.Day, limit: int) -> Brief:
    day, conflict, profile, number = which.date, which.conflict, which.profile, which.number
    today = Filter(first=day, last=day, conflict=conflict)
    heads = [head for head, _ in record.reports(today)]
    said = [t for t in record.statements(today) if not (t.item.said_on and same_event.vague(t.item.said_on))]
    happened = [t for t in record.events(today) if same_event.days(t) is not None]
    figures = list(record.figures(today))
    family = record.families({head.id for head in (*heads, *(t.report for t in figures))})
    counted = sides.counts(figures, family)
    held = standing.standings(record, day, conflict)
    if not (heads or said or happened or counted):
        raise NothingFound(
            f"nothing of {day.day} {day:%B %Y} in {conflict}", where=record.path, hint=days.days_there(record)
        )
    two = _sides(said, happened, held, profile)
    news = (t for t in happened if t.item.kind != "invasion" or _begins(number))
    judged = record.judged_pairs()
    told = Told(same_event.join(news, judged), judged)
    country = told.country(profile.countries if profile else ())
    voices, quieter = _voices(choose.claims(said), two, limit)
    more: dict[str, int] = {}
    shown = {
        "talks": _cut(told.of("talks"), limit + 2, more, "talks"),
        "people": _cut(told.of("people"), limit + 2, more, "people"),
        "pressure": _cut(told.of("pressure"), limit, more, "pressure"),
        "planned": _cut(told.of("planned"), limit, more, "planned"),
    }
    answered = answer_rows(answers.denials(said))
    denied = tuple(answered[:limit])
    more["denied"] = len(answered) - limit
    towns = (h for h in held if h.place.kind != "country")
    fresh = sorted((h for h in towns if h.age is not None and h.age <= STALE), key=lambda h: (h.age or 0, h.place.name))
    more["control"] = len(fresh) - limit * 3
    return Brief(
        conflict=conflict,
        title=which.title,
        date=day,
        day=number,
        reports=len(heads),
        outlets=_outlets(heads),
        copies=sum(family.get(head.id, head.id) != head.id for head in heads),
        sides=two,
        country=country,
        voices=voices,
        quieter=quieter,
        happened=scenes(told.fighting(dated=True), country, limit * 4, more, "happened"),
        toll=_tolls(counted, country, (*HURT, *ARMS), limit * 3, more, "toll"),
        control=tuple(rows.control_row(h) for h in standing.told(record, fresh[: limit * 3])),
        people_toll=_tolls(counted, country, MOVED, limit, more, "people_toll"),
        undated=scenes(told.fighting(dated=False), country, limit * 2, more, "undated"),
        denied=denied,
        elsewhere=_elsewhere(record, day, conflict),
        more={k: v for k, v in more.items() if v > 0},
        **shown,
    )


_TWO = 2


def _begins(number: int | None) -> bool:
    """Whether the war has only begun: later, "since the invasion" is no event of the day."""
    return number is not None and number <= _NEWS


def _sides(
    said: Iterable[Telling[Statement]],
    happened: Iterable[Telling[Event]],
    held: Iterable[control.Hold],
    profile: Conflict | None,
) -> tuple[str, ...]:
    """The two parties that fight: those of the profile, else by how often they fight and hold, else who speaks most.

    Of a war with more than two sides, those of its sides that have most to say and do that day.
    """
    does: Counter[str] = Counter()
    for telling in happened:
        if telling.item.kind in WARLIKE:
            does.update({a.party for a in (*telling.item.actors, *telling.item.targets) if a.party})
    for hold in held:
        does.update({p for p in (hold.holder, hold.by) if p and " and " not in p})
    speaks = Counter(t.speaker.party for t in said if t.speaker and t.speaker.party)
    ranked = sorted(does, key=lambda p: (-does[p] - speaks[p], p))
    of_the_war = profile.sides if profile else ()
    if len(of_the_war) > _TWO:
        order = {side: n for n, side in enumerate(of_the_war)}
        most = sorted(of_the_war, key=lambda p: (-does[p] - speaks[p], order[p]))[:_TWO]
        of_the_war = tuple(sorted(most, key=order.__getitem__))
    countries = (c for c in (profile.countries if profile else ()) if speaks[c])
    return tuple(dict.fromkeys((*of_the_war, *ranked, *countries, *(p for p, _ in speaks.most_common()))))[:_TWO]


def _voices(claims: list[rows.ClaimRow], two: tuple[str, ...], limit: int) -> tuple[tuple[Voices, ...], dict[str, int]]:
    """The sides first, then the others by how much they say, then those of no party; and for whom there is no room."""
    by_party: dict[str | None, list[rows.ClaimRow]] = defaultdict(list)
    for claim in claims:
        by_party[claim.party].append(claim)
    place = {side: n for n, side in enumerate(two)}
    order = sorted(by_party, key=lambda p: (place.get(p or "", _TWO), -len(by_party[p]) if p else 0, p or ""))
    if None in by_party:  # those of no party have a place of their own, the last one shown
        order.remove(None)
        order.insert(limit + 1, None)
    found: list[Voices] = []
    quieter: dict[str, int] = {}
    for party in order:
        mine = by_party[party]
        some = choose.best(mine, limit if party in two else max(1, limit // 2))
        if some and len(found) < limit + 2:
            found.append(Voices(party=party, claims=tuple(some), more=len(mine) - len(some)))
        else:
            quieter[party or ""] = len(mine)
    return tuple(found), quieter


def scenes(
    found: list[rows.EventRow], country: str | None, limit: int, more: dict[str, int], name: str
) -> tuple[Scene, ...]:
    """By place, the gravest first; last what has no place narrower than the country of the war."""
    by_place: dict[str | None, list[rows.EventRow]] = defaultdict(list)
    left = limit
    for row in _cut(found, len(found), more, name):
        place = row.place if row.place != country else None
        if left and len(by_place[place]) < _A_PLACE:
            by_place[place].append(row)
            left -= 1
    more[name] = len(found) - limit + left
    order = sorted(by_place, key=lambda place: place is None)
    return tuple(Scene(place=p, events=tuple(by_place[p])) for p in order if by_place[p])


def _tolls(
    counted: Iterable[sides.Count],
    country: str | None,
    measures: tuple[str, ...],
    limit: int,
    more: dict[str, int],
    name: str,
) -> tuple[Toll, ...]:
    """Running totals first, then single events, the gravest place first and what has no place last."""
    things: dict[tuple[Any, ...], list[rows.TollRow]] = defaultdict(list)
    found = [rows.toll_row(count) for count in counted if count.measure in measures]
    parts = rows.nested(found)
    inside = {part.id for several in parts.values() for part in several}
    worst: dict[str | None, float] = defaultdict(float)
    for row in found:
        if not row.total and row.place != country:
            dead = row.measure in _DEAD
            worst[row.place] = max(worst[row.place], (row.low or row.high or 0) * (1 if dead else _LESS))
    for row in found:
        if row.id not in inside:
            where = (0.0, "") if row.total else (-worst[row.place], row.place or "")
            what = (measures.index(row.measure), row.party or "", row.group)
            whole = msgspec.structs.replace(row, parts=tuple(parts.get(row.id, ())))
            things[not row.total, where, *what, None if row.total else row.day].append(whole)
    order = sorted(things, key=lambda k: k[:-1])
    more[name] = sum(len(things[k]) for k in order[limit:])
    return tuple(_toll(things[k]) for k in order[:limit])


def _toll(same: list[rows.TollRow]) -> Toll:
    first = same[0]
    return Toll(
        measure=first.measure,
        group=first.group,
        party=first.party,
        total=first.total,
        place=None if first.total else first.place,
        rows=tuple(same),
    )


def _cut(found: list[rows.EventRow], limit: int, more: dict[str, int], name: str) -> tuple[rows.EventRow, ...]:
    more[name] = len(found) - limit
    return tuple(sorted(found, key=choose.gravity, reverse=True)[:limit])


def _outlets(heads: Iterable[Masthead]) -> tuple[str, ...]:
    return tuple(name for name, _ in Counter(h.outlet or h.byline for h in heads).most_common() if name)


def _elsewhere(record: Record, day: date, conflict: str) -> dict[str, int]:
    heads = record.reports(Filter(first=day, last=day))
    return dict(Counter(h.conflict for h, _ in heads if h.conflict != conflict).most_common())
