"""Who holds each place on a day, from what was said about it. A claim alone is never control.

The last word counts. A word is trusted where the outlet itself says so, where the side that lost the place says so, or
where two parties say so independently. Besieged and contested are states of their own; silence is unknown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Literal

import msgspec

from counterclaim.record.same_event import place_key
from counterclaim.record.tellings import Telling
from counterclaim.types import Holding, Place, Struct

Standing = Literal["held", "besieged", "contested", "claimed", "left", "unknown"]
_NOBODY = frozenset({"contested", "unknown", "nobody", ""})
_CHANGES = frozenset({"captured", "recaptured"})


class Hold(Struct, frozen=True, kw_only=True):
    """A place on a day. `age` counts days since the last word; `since` the first day of the holder's standing.

    `holder` is who holds it, `by` who besieges, contests or has left it. `claims` are words of a side that nobody
    else confirms; `words` those that the standing rests on, the last one first.
    """

    place: Place
    day: date
    standing: Standing
    holder: str | None
    by: str | None
    since: date | None
    last: date | None
    words: tuple[Telling[Holding], ...]
    claims: tuple[Telling[Holding], ...] = ()

    @property
    def age(self) -> int | None:
        """Days since the last word."""
        return (self.day - self.last).days if self.last else None


def holds(tellings: Iterable[Telling[Holding]], day: date, known_on: date | None = None) -> list[Hold]:
    """Every place that anybody had spoken of, as it stood on `day`, by name.

    `known_on` leaves out what was told after that day: what one could know then. Without it, later reports about
    `day` count too.
    """
    by_place: dict[str, list[Telling[Holding]]] = defaultdict(list)
    for telling in tellings:
        told, on = telling.report.published, _day(telling, day)
        if on is None or on > day or (known_on and (told is None or told > known_on)):
            continue
        by_place[place_key(telling.item.place)].append(_plain(telling))
    found = [_hold(words, day) for words in by_place.values()]
    return sorted(found, key=lambda h: h.place.name)


def _plain(telling: Telling[Holding]) -> Telling[Holding]:
    """A contested or unknown place has no holder: readings may write that state as its holder's name."""
    if telling.item.holder not in _NOBODY:
        return telling
    return msgspec.structs.replace(telling, item=msgspec.structs.replace(telling.item, holder=None))


def _hold(words: list[Telling[Holding]], day: date) -> Hold:
    words.sort(key=lambda t: (_day(t, day), t.report.published or date.min, _is_change(t)), reverse=True)
    firm = [t for t in words if _trusted(t, words)]
    claims = tuple(t for t in words if t not in firm)
    base = firm or words
    last = _day(base[0], day)
    fresh = [t for t in base if _day(t, day) == last]
    standing, holder, by = _judge(fresh) if firm else _claimed(words, day)
    if firm and standing in ("besieged", "contested") and holder is None:
        holder = next((t.item.holder for t in firm if t.item.state in (*_CHANGES, "controlled")), None)
    resting = tuple(t for t in fresh if _fits(t.item, standing, holder)) or tuple(fresh)
    return Hold(
        place=base[0].item.place,
        day=day,
        standing=standing,
        holder=holder,
        by=by,
        since=_since(base, standing, holder, day),
        last=_day(words[0], day),
        words=resting if firm else tuple(words),
        claims=tuple(t for t in claims if t.item.holder != holder) if firm else (),
    )


def _judge(fresh: list[Telling[Holding]]) -> tuple[Standing, str | None, str | None]:
    """The standing that trusted words of one day add up to."""
    items = [t.item for t in fresh]
    changed = {i.holder for i in items if i.state in _CHANGES and i.holder}
    if len(changed) > 1:
        return "contested", None, " and ".join(sorted(changed))
    if changed:
        return "held", changed.pop(), None
    if siege := next((i for i in items if i.state == "besieged"), None):
        return "besieged", siege.holder, siege.by
    if left := next((i for i in items if i.state == "withdrawn"), None):
        return ("held", left.holder, None) if left.holder else ("left", None, left.by)
    if contested := next((i for i in items if i.state == "contested"), None):
        return "contested", contested.holder, contested.by
    holders = {i.holder for i in items if i.holder}
    if len(holders) > 1:
        return "contested", None, " and ".join(sorted(holders))
    return ("held", holders.pop(), None) if holders else ("unknown", None, None)


def _claimed(words: list[Telling[Holding]], day: date) -> tuple[Standing, str | None, str | None]:
    """The standing where only unconfirmed claims are known: the last claim, or contested where two sides claim."""
    last = _day(words[0], day)
    holders = {t.item.holder for t in words if _day(t, day) == last and t.item.holder}
    if len(holders) > 1:
        return "contested", None, " and ".join(sorted(holders))
    return "claimed", words[0].item.holder, words[0].item.by


def _trusted(telling: Telling[Holding], words: list[Telling[Holding]]) -> bool:
    item, party = telling.item, _party(telling)
    if item.state == "claimed":
        return False
    if telling.speaker is None or item.state in ("besieged", "contested"):
        return True
    if item.state == "withdrawn":  # the side that leaves, or the outlet
        return party is not None and party == item.by
    rivals = {t.item.holder for t in words} | {t.item.by for t in words}
    if party is not None and party != item.holder and party in rivals:
        return True
    others = {_party(t) or t.speaker.name for t in words if t.speaker and t.item.holder == item.holder}
    return len(others) > 1


def _party(telling: Telling[Holding]) -> str | None:
    return telling.speaker.party if telling.speaker else None


def _is_change(telling: Telling[Holding]) -> bool:
    return telling.item.state in _CHANGES


def _fits(item: Holding, standing: Standing, holder: str | None) -> bool:
    if standing in ("besieged", "contested"):
        return item.state in ("besieged", "contested")
    return item.holder == holder


def _since(words: list[Telling[Holding]], standing: Standing, holder: str | None, day: date) -> date | None:
    """The earliest day of the unbroken run of words, from the last one back, that say the same."""
    since = None
    for telling in words:
        if not _fits(telling.item, standing, holder):
            if since is not None and _day(telling, day) != since:
                break
            continue
        since = _day(telling, day)
    return since


def _day(telling: Telling[Holding], day: date) -> date | None:
    """The day a holding is known for: the last of its own days, up to `day`; without any, the day it was told."""
    days = telling.days
    return max(days[0], min(days[1], day)) if days else telling.report.published
