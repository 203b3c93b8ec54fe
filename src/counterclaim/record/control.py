"""Who holds each place on a day, from what was said about it. A claim alone is never control.

The last word counts. Whose word is trusted, which word of a day decides and how long a standing lasts are rules in
`lexicon/standing.toml`. Besieged and contested are states of their own; silence is unknown.
"""

from __future__ import annotations

import functools
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from importlib import resources
from typing import Literal

import msgspec

from counterclaim.record.same_event import place_key
from counterclaim.record.tellings import Telling
from counterclaim.types import Holding, Place, Struct

Standing = Literal["held", "besieged", "contested", "claimed", "unknown"]
_Words = list[Telling[Holding]]
_NOBODY = frozenset({"contested", "unknown", "nobody", ""})


class _Trust(msgspec.Struct, forbid_unknown_fields=True):
    outlet: bool
    loser: bool
    holder: bool
    parties: int
    always: frozenset[str]
    never: frozenset[str]


class _Order(msgspec.Struct, forbid_unknown_fields=True):
    states: tuple[str, ...]
    changes: frozenset[str]


class _Look(msgspec.Struct, forbid_unknown_fields=True):
    back: int


class Rules(msgspec.Struct, forbid_unknown_fields=True):
    """The rules as data: `lexicon/standing.toml` says what each means."""

    trust: _Trust
    order: _Order
    lasts: dict[str, int]
    look: _Look


@functools.cache
def rules() -> Rules:
    """The rules that the program comes with."""
    data = resources.files("counterclaim.lexicon").joinpath("standing.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(data), Rules)


class Hold(Struct, frozen=True, kw_only=True):
    """A place on a day. `age` counts days since the last word.

    `since` is the first day of the holder's standing, None where it lies before the words looked at. `holder` is who
    holds it, `by` who besieges, contests or has left it. `claims` are words of a side that nobody else confirms;
    `words` those that the standing rests on, the last one first. `until` is the last day of the standing, in a history;
    None there: it still stood at its end.
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
    until: date | None = None

    @property
    def age(self) -> int | None:
        """Days since the last word."""
        return (self.day - self.last).days if self.last else None


def back() -> int:
    """How many words of one place, back from the day, are looked at."""
    return rules().look.back


def holds(tellings: Iterable[Telling[Holding]], day: date, known_on: date | None = None) -> list[Hold]:
    """Every place that anybody had spoken of, as it stood on `day`, by name.

    `known_on` leaves out what was told after that day: what one could know then. Without it, later reports about
    `day` count too.
    """
    found = [_hold(words, day) for words in _by_place(tellings, day, known_on).values()]
    return sorted(found, key=lambda h: h.place.name)


def history(tellings: Iterable[Telling[Holding]], last: date, known_on: date | None = None) -> list[Hold]:
    """How each place stood from its first word to `last`: one hold for each change, by name and day.

    `known_on` as in `holds`. The `day` of a hold is its first.
    """
    found: list[Hold] = []
    for words in _by_place(tellings, last, known_on).values():
        by_day: dict[date, _Words] = defaultdict(list)
        for telling in words:
            if (day := _day(telling, last)) is not None:
                by_day[day].append(telling)
        told: _Words = []
        changes: list[Hold] = []
        days = sorted(by_day)
        for day, following in zip(days, [*days[1:], last + timedelta(days=1)], strict=True):
            told += by_day[day]
            for when in (day, *_lapses(told[-rules().look.back :], day, following)):
                now = _hold(told[-rules().look.back :], when)
                if changes and _same_standing(changes[-1], now):
                    continue
                if changes:
                    changes[-1] = msgspec.structs.replace(changes[-1], until=when - timedelta(days=1))
                changes.append(now)
        found += changes
    return sorted(found, key=lambda h: (h.place.name, place_key(h.place), h.day))


def _lapses(words: _Words, day: date, before: date) -> list[date]:
    """The day, before the next word, on which the standing of `day` is too old to go on."""
    lasts = rules().lasts.get(_hold(words, day).standing)
    over = day + timedelta(days=lasts + 1) if lasts is not None else before
    return [over] if over < before else []


def _same_standing(a: Hold, b: Hold) -> bool:
    return (a.standing, a.holder, a.by) == (b.standing, b.holder, b.by)


def _by_place(tellings: Iterable[Telling[Holding]], day: date, known_on: date | None) -> dict[str, _Words]:
    """The words about each place up to `day`, told by `known_on`."""
    by_place: dict[str, _Words] = defaultdict(list)
    for telling in tellings:
        told, on = telling.report.published, _day(telling, day)
        if on is None or on > day or (known_on and (told is None or told > known_on)):
            continue
        by_place[place_key(telling.item.place)].append(_plain(telling))
    return by_place


def _plain(telling: Telling[Holding]) -> Telling[Holding]:
    """A contested or unknown place has no holder: readings may write that state as its holder's name."""
    if telling.item.holder not in _NOBODY:
        return telling
    return msgspec.structs.replace(telling, item=msgspec.structs.replace(telling.item, holder=None))


def _hold(told: Sequence[Telling[Holding]], day: date) -> Hold:
    words = sorted(
        told, key=lambda t: (_day(t, day), t.report.published or date.min, _is_change(t)), reverse=True
    )[: rules().look.back]  # fmt: skip
    trusted = _Trusted(words)
    firm = [t for t in words if trusted(t)]
    claims = tuple(t for t in words if not trusted(t))
    base = firm or words
    last = _day(base[0], day)
    fresh = [t for t in base if _day(t, day) == last]
    standing, holder, by = _judge(fresh) if firm else _claimed(words, day)
    if firm and standing in ("besieged", "contested") and holder is None:
        holder = next((t.item.holder for t in firm if t.item.state in (*rules().order.changes, "controlled")), None)
    resting = tuple(t for t in fresh if _fits(t.item, standing, holder)) or tuple(fresh)
    since = _since(base, standing, holder, day)
    lasts = rules().lasts.get(standing)
    if lasts is not None and last is not None and (day - last).days > lasts:
        standing, holder, by, since = "unknown", None, None, None
    return Hold(
        place=base[0].item.place,
        day=day,
        standing=standing,
        holder=holder,
        by=by,
        since=since,
        last=_day(words[0], day),
        words=resting if firm else tuple(words),
        claims=tuple(t for t in claims if t.item.holder != holder) if firm else (),
    )


def _judge(fresh: _Words) -> tuple[Standing, str | None, str | None]:
    """The standing that trusted words of one day add up to."""
    order = rules().order
    items = [t.item for t in fresh]
    changed = {i.holder for i in items if i.state in order.changes and i.holder}
    if len(changed) > 1:
        return "contested", None, " and ".join(sorted(changed))
    told = {i.state: i for i in reversed(items) if i.state not in order.changes or i.holder}
    first = next((told[state] for state in order.states if state in told), None)
    if first is None:
        return "unknown", None, None
    if first.state == "besieged":
        return "besieged", first.holder, first.by
    if first.state == "contested":
        return "contested", first.holder, first.by
    if first.state == "withdrawn":
        return ("held", first.holder, None) if first.holder else ("unknown", None, first.by)
    holders = changed or {i.holder for i in items if i.holder}
    if len(holders) > 1:
        return "contested", None, " and ".join(sorted(holders))
    return ("held", holders.pop(), None) if holders else ("unknown", None, None)


def _claimed(words: _Words, day: date) -> tuple[Standing, str | None, str | None]:
    """The standing where only unconfirmed claims are known: the last claim, or contested where two sides claim."""
    last = _day(words[0], day)
    holders = {t.item.holder for t in words if _day(t, day) == last and t.item.holder}
    if len(holders) > 1:
        return "contested", None, " and ".join(sorted(holders))
    return "claimed", words[0].item.holder, words[0].item.by


class _Trusted:
    """Whether a word makes control among the words about one place, by the rules of `trust`."""

    def __init__(self, words: Sequence[Telling[Holding]]) -> None:
        self._trust = rules().trust
        self._rivals = {party for t in words for party in (t.item.holder, t.item.by)}
        self._say: dict[str | None, set[str]] = defaultdict(set)
        for telling in words:
            if telling.speaker:
                self._say[telling.item.holder].add(_party(telling) or telling.speaker.name)

    def __call__(self, telling: Telling[Holding]) -> bool:
        trust, item, party = self._trust, telling.item, _party(telling)
        if item.state in trust.never:
            return False
        if item.state in trust.always or (telling.speaker is None and trust.outlet):
            return True
        if item.state == "withdrawn":  # the side that leaves loses by it
            return trust.loser and party is not None and party == item.by != item.holder
        if party is not None and party == item.holder and trust.holder:
            return True
        if party is not None and party != item.holder and trust.loser and party in self._rivals:
            return True
        return len(self._say[item.holder]) >= trust.parties


def _party(telling: Telling[Holding]) -> str | None:
    return telling.speaker.party if telling.speaker else None


def _is_change(telling: Telling[Holding]) -> bool:
    return telling.item.state in rules().order.changes


def _fits(item: Holding, standing: Standing, holder: str | None) -> bool:
    if standing in ("besieged", "contested"):
        return item.state in ("besieged", "contested")
    return item.holder == holder


def _since(words: _Words, standing: Standing, holder: str | None, day: date) -> date | None:
    """The earliest day of the unbroken run of words, from the last one back, that say the same."""
    since = None
    for telling in words:
        if not _fits(telling.item, standing, holder):
            if since is not None and _day(telling, day) != since:
                break
            continue
        since = _day(telling, day)
    else:
        if len(words) >= rules().look.back:
            return None  # it may have begun before the words that were looked at
    return since


def _day(telling: Telling[Holding], day: date) -> date | None:
    """The day a holding is known for: the last of its own days, up to `day`; without any, the day it was told."""
    days = telling.days
    return max(days[0], min(days[1], day)) if days else telling.report.published
