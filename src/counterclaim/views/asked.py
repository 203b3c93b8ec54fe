"""The filters of every list as they are asked for, on a command line or in an address."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from counterclaim.errors import UsageError

if TYPE_CHECKING:
    from counterclaim.conflict import Conflict
    from counterclaim.store import Filter, Record


class Asked:
    """What the filters say, as typed."""

    def __init__(
        self, by: str | None, about: str | None, place: str | None, first: date | None, last: date | None,
        day: int | None, limit: int | None, conflict: str | None, outlet: str | None = None, party: str | None = None,
        stance: str | None = None, kind: str | None = None, measure: str | None = None,
    ) -> None:  # fmt: skip
        self.by, self.about, self.place, self.first, self.last = by, about, place, first, last
        self.day, self.limit, self.conflict = day, limit, conflict
        self.outlet, self.party, self.stance, self.kind, self.measure = outlet, party, stance, kind, measure

    def filter(self, record: Record) -> Filter:
        """The filter for `record`: names by their canonical form too, a day number as its date.

        Raises:
            UsageError: for a day number where the conflict has no first day.
        """
        from counterclaim.store import Filter

        profile = profile_of(record, self.conflict)
        first, last = self.first, self.last
        if self.day is not None:
            first = last = date_of(profile, self.day)
        return Filter(
            by=_names(self.by, profile), about=self.about, place=self.place, first=first, last=last,
            conflict=profile.name if profile and self.conflict else self.conflict, limit=self.limit,
            outlet=self.outlet, party=self.party, stance=self.stance, kind=_written(self.kind),
            measures=frozenset({_written(self.measure) or ""}) if self.measure else frozenset(),
        )  # fmt: skip


def _written(name: str | None) -> str | None:
    """A kind or measure as the tables have it: "air strike" is "air_strike"."""
    return "_".join(name.casefold().split()) if name else None


def _names(by: str | None, profile: Conflict | None) -> tuple[str, ...]:
    """A name as typed, and as the profile knows it: "the Kremlin" finds rows of Kremlin, "IDF" the Israeli army's."""
    if not by:
        return ()
    actor = profile.actor(by) if profile else None
    return tuple(dict.fromkeys((by, actor.name) if actor else (by,)))


def profile_of(record: Record, conflict: str | None) -> Conflict | None:
    """The profile named, else that of the conflict with most reports in `record`; None if it has no profile here."""
    from counterclaim import conflict as conflicts
    from counterclaim.errors import ConfigError

    if conflict:
        return conflicts.load(conflict)
    main = next(iter(record.conflicts()), None)
    try:
        return conflicts.load(main) if main else None
    except ConfigError:
        return None


def date_of(profile: Conflict | None, day: int) -> date:
    """The date of day `day`.

    Raises:
        UsageError: where the conflict has no first day.
    """
    found = profile.date_of_day(day) if profile else None
    if found is None:
        name = profile.name if profile else "this record"
        raise UsageError(f"{name} has no day {day}: no first day is known", hint="Give --from and --to, or --conflict")
    return found
