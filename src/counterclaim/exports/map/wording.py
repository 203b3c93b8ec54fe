"""The words of a map: its heading, what a mark means, what a row says. Plain text; whoever writes it escapes it."""

from __future__ import annotations

from datetime import date

from counterclaim.conflict import Line
from counterclaim.exports.map import scene
from counterclaim.views.map import MapView
from counterclaim.views.rows import ControlRow

#: What each mark means, by standing, in the order of the legend.
STANDING = {
    "held": "held: told by the outlet itself, by the side that lost it, or by two parties",
    "besieged": "held inside, besieged by the ring",
    "contested": "contested: both sides are there, or each is said to hold it",
    "claimed": "claimed only: nobody else confirms it",
    "unknown": "unknown: nobody says who holds it now",
}
VAGUE = "a region told as a whole: its outline only"
SHADE = "drawn only near a town that is told of; fades as the word grows old"
LAND = (
    "Outlines: Natural Earth, simplified; a province is counted to the country of its ISO 3166-2 code. "
    "Drawing a border takes no side."
)
CLAIM = "A claim alone is never drawn as control. The map says who says so, not what is true."


def day(value: date | None) -> str:
    """3 March 2022."""
    return f"{value.day} {value:%B %Y}" if value else ""


def heading(view: MapView) -> str:
    """What the map is of."""
    return f"{view.title}: who holds what"


def count(view: MapView) -> str:
    """DAY 8, or nothing where no first day is known."""
    return f"DAY {view.day}" if view.day else ""


def dated(view: MapView) -> str:
    """The day, and what could be known."""
    known = f", as known on {day(view.known_on)}" if view.known_on else ""
    return f"{view.date:%A} {day(view.date)}{known}"


def sources(view: MapView, most: int = 8) -> str:
    """Who tells what is shown."""
    more = f" and {len(view.outlets) - most} more" if len(view.outlets) > most else ""
    names = ", ".join(name.split(" (")[0] for name in view.outlets[:most]) + more
    return f"{view.reports} report{'s' * (view.reports != 1)}: {names}"


def standing(row: ControlRow) -> str:
    """Who holds a place, in words that make no claim a fact."""
    by, holder = row.by or "", row.holder or ""
    if row.standing == "held":
        return f"held by {holder}"
    if row.standing == "besieged":
        return (f"held by {holder}, " if holder else "") + (f"besieged by {by}" if by else "besieged")
    if row.standing == "contested":
        return f"contested: {by}" if " and " in by else "contested" + (f", held by {holder}" if holder else "")
    if row.standing == "claimed":
        who = holder or by
        return f"claimed by {who} only" if row.own else f"said to be held by {who}"
    return f"unknown, left by {by}" if by else "unknown"


def age(days: int | None) -> str:
    """How old the last word is."""
    return "" if days is None else "that day" if days == 0 else "1 day old" if days == 1 else old(days)


def old(days: int) -> str:
    """Days, from two years on years."""
    return f"{days} days old" if days < 730 else f"{days // 365} years old"


def says(row: ControlRow) -> str:
    """Who says so."""
    return ", ".join(row.says)


def line(found: Line) -> str:
    """A line from before the war, with its years."""
    until = f" to {found.until.year}" if found.until else ""
    since = f"{found.since.year}{until}" if until else f"since {found.since.year}"
    return f"{found.title} ({since}{'; drawn roughly' if found.rough else ''})"


def hint(row: ControlRow) -> str:
    """What a mark says when pointed at."""
    last = f" Last word: {day(row.last)}." if row.last else ""
    return f"{row.place}: {standing(row)}. {says(row)}: “{row.words}”{last}"


def colour(name: str | None, view: MapView) -> int:
    """The number of a party's colour; 0 for nobody's."""
    colours = len(scene.look().colours.light)
    if not name or name not in view.parties:
        return 0
    return 1 + min(view.parties.index(name), colours - 1)


def pair(row: ControlRow, view: MapView) -> tuple[int, int]:
    """The colours of the two who contest a place."""
    by = (row.by or "").split(" and ")
    if len(by) > 1:
        return colour(by[0], view), colour(by[1], view)
    first = colour(row.holder, view)
    return first, colour(by[0], view) if by[0] != row.holder else 0
