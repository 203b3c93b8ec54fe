"""Which conflict and which day a view of a day is about."""

from __future__ import annotations

from collections import Counter
from datetime import date

from counterclaim.conflict import Conflict, load
from counterclaim.errors import ConfigError, NothingFound, UsageError
from counterclaim.store import Filter, Record
from counterclaim.types import Struct


class Day(Struct, frozen=True, kw_only=True):
    """A day of a conflict. `profile` None: readings name one that is not here."""

    conflict: str
    title: str
    date: date
    number: int | None
    profile: Conflict | None


def day_of(record: Record, conflict: str | None = None, day: int | None = None, on: date | None = None) -> Day:
    """The day asked for.

    Args:
        record: where to look.
        conflict: a profile's name or file; None takes the conflict with most reports (of the day, where one is given).
        day: the day by number; `on`: the day as a date. Without either, the last day that a report was published.

    Raises:
        NothingFound: if the record holds no dated report of that conflict.
        UsageError: for a day number where the conflict's first day is not known.
    """
    profile = _profile(conflict or _main(record, on))
    name = profile.name if profile else _main(record, on)
    when = on or (date_of(profile, name, day) if day else record.last_day(name))
    if name is None or when is None:
        raise NothingFound("no dated report here", where=record.path, hint=days_there(record))
    title = profile.title if profile else name
    return Day(conflict=name, title=title, date=when, number=number_of(profile, when), profile=profile)


def _main(record: Record, on: date | None) -> str | None:
    """The conflict that most reports (of that day) are about."""
    if on:
        heads = Counter(h.conflict for h, _ in record.reports(Filter(first=on, last=on)))
        if heads:
            return heads.most_common(1)[0][0]
    return next(iter(record.conflicts()), None)


def _profile(name: str | None) -> Conflict | None:
    """The profile of that name or file; None where readings name one that is not here."""
    try:
        return load(name) if name else None
    except ConfigError:
        return None


def date_of(profile: Conflict | None, name: str | None, day: int) -> date:
    """The date of a day by its number.

    Raises:
        UsageError: where the conflict's first day is not known.
    """
    found = profile.date_of_day(day) if profile else None
    if found is None:
        raise UsageError(f"{name or 'this record'} has no day {day}: its first day is not known", hint="Give --date")
    return found


def number_of(profile: Conflict | None, day: date) -> int | None:
    """The number of a day of the conflict; None before its first, or where that is not known."""
    number = (day - profile.day_one).days + 1 if profile and profile.day_one else 0
    return number if number > 0 else None


def days_there(record: Record) -> str:
    """A hint at what days the record has."""
    last = record.last_day()
    return f"The last day there is {last.isoformat()}" if last else "No report tells its date: give it with --date"
