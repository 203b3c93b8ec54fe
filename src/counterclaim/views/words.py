"""Words for rows, the same on every screen: days, speakers, kinds, who holds what."""

from __future__ import annotations

from datetime import date
from typing import Any


def day(value: date | None) -> str:
    """3 Mar 2022, or nothing."""
    return f"{value.day} {value:%b %Y}" if value else ""


def when(row: Any) -> str:
    """The row's own day; in brackets the day of the report where it tells none."""
    first: date | None = getattr(row, "first", None) or getattr(row, "said_on", None) or getattr(row, "day", None)
    last: date | None = getattr(row, "last", None) or first
    if first is None or last is None:
        return f"({day(row.published)})" if row.published else ""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    return f"{first.day} {first:%b}–{day(last)}" if first.year == last.year else f"{first.year}–{last.year}"


def speaker(row: Any) -> str:
    """Who says so: the name, "not named" where it is withheld, and who carries the words."""
    name = row.speaker or f"({row.outlet})"
    name += " (not named)" if row.anonymous else ""
    return f"{name}, as told by {', '.join(reversed(row.chain))}" if row.chain else name


def does(row: Any) -> str:
    """Who did it to whom."""
    return ", ".join(row.actors) + (f" → {', '.join(row.targets)}" if row.targets else "")


def kind(name: str) -> str:
    """A kind of event in plain words."""
    return _KINDS.get(name, name.replace("_", " "))


_KINDS = {
    "outage_shortage": "outage or shortage", "arrest_detention": "arrest", "election_office": "election or office",
    "casualties_reported": "casualties",
}  # fmt: skip


def whose(row: Any) -> str:
    """Who is counted: "military, Russia"."""
    return f"{row.group}, {row.party}" if row.party and row.party.casefold() not in row.group.casefold() else row.group


def standing(row: Any) -> str:
    """Who holds a place, in words that never make a claim a fact."""
    by, holder = row.by or "", row.holder or ""
    return {
        "held": f"held by {holder}",
        "said": f"said to be held by {holder}" if holder else "unknown",
        "besieged": (f"held by {holder}, " if holder else "") + "besieged" + (f" by {by}" if by else ""),
        "contested": f"contested: {by}" if " and " in by else "contested" + (f" (held by {holder})" if holder else ""),
        "claimed": f"claimed by {holder or by} only" if holder or by else "claimed",
        "unknown": f"unknown, left by {by}" if by else "unknown",
    }[row.standing if row.own or row.standing != "claimed" else "said"]


def judged(said: Any) -> str:
    """What a person said of a row, who and when."""
    word = {"yes": "right", "no": "wrong", "correct": "corrected"}.get(said.verdict, said.verdict)
    return f"{word}, says {said.by}, {day(date.fromisoformat(said.at[:10]))}"


def age(days: int | None) -> str:
    """Days since the last word."""
    return "" if days is None else "that day" if days == 0 else "a day before" if days == 1 else f"{days} days before"
