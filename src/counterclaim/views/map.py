"""What the map of a day shows: each place as it stood, the parties in order, the lines from before the war."""

from __future__ import annotations

from collections import Counter
from datetime import date

from counterclaim.conflict import Line
from counterclaim.errors import NothingFound
from counterclaim.record import control
from counterclaim.store import Filter, Record
from counterclaim.types import Struct
from counterclaim.views import days, rows


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
    words = Filter(conflict=which.conflict, last=which.date, back=control.back(), known_on=known_on)
    held = control.holds(record.holdings(words), which.date, known_on)
    shown = [h for h in held if h.place.kind != "country"]
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


def _parties(shown: list[control.Hold], sides: tuple[str, ...], lines: tuple[Line, ...]) -> tuple[str, ...]:
    """Who holds, besieges or claims something: the sides of the war first, then by how often; who held before, last."""
    seen: Counter[str] = Counter()
    for hold in shown:
        seen.update(party for name in (hold.holder, hold.by) if name for party in name.split(" and "))
        seen.update(t.item.holder for t in hold.claims if t.item.holder)
    rest = sorted((p for p in seen if p not in sides), key=lambda p: (-seen[p], p))
    before = dict.fromkeys(line.holder for line in lines)
    return tuple(dict.fromkeys((*(p for p in (*sides, *rest) if p in seen), *before)))
