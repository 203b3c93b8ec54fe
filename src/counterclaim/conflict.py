"""The profile of a conflict: day one, parties, bodies and people with their aliases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from counterclaim.types import Actor, Report


@dataclass(frozen=True)
class Conflict:
    """One conflict as data."""

    name: str
    title: str
    day_one: date | None = None
    countries: tuple[str, ...] = ()

    def date_of_day(self, day: int) -> date | None:
        """The date of day `day`, day one being 1."""
        return self.day_one + timedelta(days=day - 1) if self.day_one else None

    def party(self, words: str) -> str | None:
        """The party a phrase belongs to ("Russian troops" → "Russia"), or None."""
        return None

    def actor(self, words: str) -> Actor | None:
        """Who a name or alias stands for ("the Kremlin", "Putin"), or None."""
        return None


def choose(report: Report, name: str | None = None) -> Conflict:
    """The profile named, else the one the report's own words point to, else the generic one."""
    return Conflict(name or "generic", "Any conflict")
