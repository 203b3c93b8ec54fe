"""What changed since a day: who holds what now and held it then, numbers that moved, what happened, what was denied.

Two states are compared, that at the end of the day `since` and that at the end of the day asked for; both as the whole
record has them.
"""

from __future__ import annotations

from datetime import date, timedelta

from counterclaim.errors import NothingFound, UsageError
from counterclaim.record import control, same_event
from counterclaim.store import Filter, Record
from counterclaim.types import Struct
from counterclaim.views import days, rows, standing
from counterclaim.views.answers import AnswerRow, answers
from counterclaim.views.brief import Scene, scenes
from counterclaim.views.sides import MatterRow, SideRow, sides
from counterclaim.views.told import Told


class Turn(Struct, frozen=True, kw_only=True):
    """A place that stands otherwise than before. `before` None: nobody had spoken of it."""

    before: rows.ControlRow | None
    now: rows.ControlRow


class Move(Struct, frozen=True, kw_only=True):
    """A number that moved (its earlier ones are its `history`), and what it counts."""

    matter: MatterRow
    side: SideRow


class Changes(Struct, frozen=True, kw_only=True):
    """What changed after the day `since`, up to the day `date`. `more` counts what was left out, by section."""

    conflict: str
    title: str
    since: date
    day: int | None
    reports: int
    outlets: tuple[str, ...]
    country: str | None
    control: tuple[Turn, ...]
    moved: tuple[Move, ...]
    apart: tuple[MatterRow, ...]
    happened: tuple[Scene, ...]
    denied: tuple[AnswerRow, ...]
    more: dict[str, int]
    date: date


def changes(
    record: Record, since: date, conflict: str | None = None, day: int | None = None, on: date | None = None,
    limit: int = 6,
) -> Changes:  # fmt: skip
    """The changes from the end of the day `since` to the end of the day asked for (as in `days.day_of`).

    Raises:
        NothingFound: if nothing was told in those days.
        UsageError: if `since` is not before the day, or for a day number where the first day is not known.
    """
    which = days.day_of(record, conflict, day, on)
    if since >= which.date:
        raise UsageError(f"--since {since} is not before {which.date}", hint="Give an earlier day, or a later --date")
    window = Filter(first=since + timedelta(days=1), last=which.date, conflict=which.conflict)
    heads = [head for head, _ in record.reports(window)]
    judged = record.judged_pairs()
    told = Told(same_event.join((t for t in record.events(window) if _new(t.days, since)), judged), judged)
    if not heads:
        message = f"nothing told from {window.first} to {which.date} in {which.conflict}"
        raise NothingFound(message, where=record.path, hint=days.days_there(record))
    more: dict[str, int] = {}
    country = told.country(which.profile.countries if which.profile else ())
    matters = sides(record, Filter(first=which.date - timedelta(days=30), last=which.date, conflict=which.conflict))
    fresh = [m for m in matters if any(side.day and side.day > since for side in m.sides)]
    moved = [Move(matter=m, side=s) for m in fresh for s in m.sides if s.history and s.day and s.day > since]
    turns = turned(record, which.conflict, since, which.date)
    denied = answers(record, window, denials=True)
    more |= {"control": len(turns) - 4 * limit, "moved": len(moved) - 2 * limit, "denied": len(denied) - limit}
    return Changes(
        conflict=which.conflict,
        title=which.title,
        since=since,
        date=which.date,
        day=which.number,
        reports=len(heads),
        outlets=tuple(dict.fromkeys(head.name for head in heads)),
        country=country,
        control=tuple(turns[: 4 * limit]),
        moved=tuple(sorted(moved, key=lambda m: not m.side.fell)[: 2 * limit]),
        apart=tuple([m for m in fresh if m.times][:limit]),
        happened=scenes(told.fighting(dated=True), country, 3 * limit, more, "happened"),
        denied=tuple(denied[:limit]),
        more={name: left for name, left in more.items() if left > 0},
    )


def _new(told: tuple[date, date] | None, since: date) -> bool:
    """Whether an event may have happened after that day."""
    return told is None or told[1] > since


def turned(record: Record, conflict: str, since: date, day: date) -> list[Turn]:
    """Places that stand otherwise on `day` than at the end of `since`, those taken first.

    A fight that only grew old is no news.
    """
    before = {same_event.place_key(h.place): h for h in standing.standings(record, since, conflict, since)}
    other: list[tuple[control.Hold | None, control.Hold]] = []
    for hold in standing.standings(record, day, conflict):
        was = before.get(same_event.place_key(hold.place))
        same = was is not None and _standing(was) == _standing(hold)
        if same or hold.place.kind == "country" or (hold.age or 0) >= (day - since).days:
            continue
        other.append((was, hold))
    shown = iter(standing.told(record, (hold for pair in other for hold in pair if hold)))
    turns = [
        Turn(before=rows.control_row(next(shown)) if was else None, now=rows.control_row(next(shown)))
        for was, _ in other
    ]
    order = ("held", "besieged", "contested", "claimed", "unknown")
    return sorted(turns, key=lambda t: (t.before is None, order.index(t.now.standing), t.now.place))


def _standing(hold: control.Hold) -> tuple[str, str | None, str | None]:
    return hold.standing, hold.holder, hold.by
