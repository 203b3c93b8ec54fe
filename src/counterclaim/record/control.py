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
from typing import Any, Literal

import msgspec

from counterclaim.record.same_event import place_key
from counterclaim.record.tellings import Telling
from counterclaim.types import Holding, Place, Struct

Standing = Literal["held", "besieged", "contested", "claimed", "unknown"]
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
    return standings((word for telling in tellings if (word := word_of(telling))), day, known_on)


def standings(words: Iterable[Word], day: date, known_on: date | None = None) -> list[Hold]:
    """As `holds`, of words: `Hold.words` and `Hold.claims` are what `Word.of` knows them by."""
    found = [_hold(said, day) for said in _by_place(words, day, known_on).values()]
    return sorted(found, key=lambda h: h.place.name)


def history(tellings: Iterable[Telling[Holding]], last: date, known_on: date | None = None) -> list[Hold]:
    """How each place stood from its first word to `last`: one hold for each change, by name and day.

    `known_on` as in `holds`. The `day` of a hold is its first.
    """
    return turns((word for telling in tellings if (word := word_of(telling))), last, known_on)


def turns(words: Iterable[Word], last: date, known_on: date | None = None) -> list[Hold]:
    """As `history`, of words: `Hold.words` and `Hold.claims` are what `Word.of` knows them by."""
    places = _by_place(words, last, known_on).values()
    found = [hold for said in places for hold in _turns(said, last)]
    return sorted(found, key=lambda h: (h.place.name, place_key(h.place), h.day))


def _turns(words: Iterable[Word], last: date) -> list[Hold]:
    """The changes of one place. Days on which the same is said, after the same, share one ruling."""
    by_day: dict[date, list[Word]] = defaultdict(list)
    for word in words:
        by_day[word.on(last)].append(word)
    told: list[Word] = []
    says: list[int] = []
    numbers: dict[object, int] = {}
    known: dict[object, tuple[Standing, str | None, str | None]] = {}
    changes: list[Hold] = []

    def turn(now: Hold) -> None:
        if changes:
            changes[-1] = msgspec.structs.replace(changes[-1], until=now.day - timedelta(days=1))
        changes.append(now)

    days = sorted(by_day)
    for day, following in zip(days, [*days[1:], last + timedelta(days=1)], strict=True):
        today = by_day[day]
        told = [*told, *today][-rules().look.back :]
        for w in today:
            says.append(numbers.setdefault((w.state, w.holder, w.by, w.who, w.party), len(numbers)))
        says = says[-rules().look.back :]
        order = sorted(zip(told, says, strict=True), key=lambda s: (s[0].told or date.min, s[0].changes))
        key = frozenset(says), tuple(n for w, n in order if w.on(day) == day)
        if (stood := known.get(key)) is None:
            found = ruling(newest_first(told, day), day)
            hold = _hold(told, day)
            stood = hold.standing, hold.holder, hold.by
            if found.last == day and not found.inherited:  # made by the words of this day alone
                known[key] = stood
        if not changes or _stands(changes[-1]) != stood:
            turn(_hold(told, day))
        lasts = rules().lasts.get(stood[0])
        over = day + timedelta(days=lasts + 1) if lasts is not None else following
        if over < following and _stands(now := _hold(told, over)) != stood:
            turn(now)
    return changes


def _stands(hold: Hold) -> tuple[Standing, str | None, str | None]:
    return hold.standing, hold.holder, hold.by


def _by_place(words: Iterable[Word], day: date, known_on: date | None) -> dict[str, list[Word]]:
    """The words about each place up to `day`, told by `known_on`."""
    by_place: dict[str, list[Word]] = defaultdict(list)
    for word in words:
        if word.first <= day and not (known_on and (word.told is None or word.told > known_on)):
            by_place[place_key(word.place)].append(word)
    return by_place


class Word(msgspec.Struct, frozen=True, kw_only=True):
    """What the rules look at of a holding. `of` is what the caller knows it by.

    `first` and `last` are its own days, else the day it was told. `who` None: the outlet says so; `party` is theirs.
    """

    place: Place
    state: str
    holder: str | None
    by: str | None
    who: str | None
    party: str | None
    first: date
    last: date
    told: date | None
    of: Any

    def on(self, day: date) -> date:
        """The day it is known for: the last of its own days, up to `day`."""
        return max(self.first, min(self.last, day))

    @property
    def changes(self) -> bool:
        """Whether it tells that the holder changed."""
        return self.state in rules().order.changes


def word_of(telling: Telling[Holding]) -> Word | None:
    """The word of a telling; None where neither its days nor the day it was told are known."""
    item, who, told = telling.item, telling.speaker, telling.report.published
    days = telling.days or ((told, told) if told else None)
    if days is None:
        return None
    return Word(
        place=item.place, state=item.state, holder=holder_of(item.holder), by=item.by, who=who.name if who else None,
        party=who.party if who else None, first=days[0], last=days[1], told=told, of=plain(telling),
    )  # fmt: skip


def plain(telling: Telling[Holding]) -> Telling[Holding]:
    """The telling with its holder as `holder_of` has it."""
    holder = holder_of(telling.item.holder)
    if holder == telling.item.holder:
        return telling
    return msgspec.structs.replace(telling, item=msgspec.structs.replace(telling.item, holder=holder))


def holder_of(name: str | None) -> str | None:
    """A contested or unknown place has no holder: readings may write that state as its holder's name."""
    return None if name in _NOBODY else name


class Ruling(msgspec.Struct, frozen=True):
    """What words about one place add up to, before age tells on it.

    `base` are the words that count, `resting` those of its last day `last` that it rests on. `firm`: more than claims.
    `inherited`: the holder is known from words before that day.
    """

    standing: Standing
    holder: str | None
    by: str | None
    last: date
    firm: bool
    inherited: bool
    base: Sequence[Word]
    resting: Sequence[Word]
    claims: Sequence[Word]


def newest_first(words: Iterable[Word], day: date) -> list[Word]:
    """The words that are looked at on `day`, the last one first."""
    order = sorted(words, key=lambda w: (w.on(day), w.told or date.min, w.changes), reverse=True)
    return order[: rules().look.back]


def ruling(words: Sequence[Word], day: date) -> Ruling:
    """What `words` (as `newest_first` has them) add up to on `day`."""
    trusted = _Trusted(words)
    firm = [w for w in words if trusted(w)]
    base = firm or words
    last = base[0].on(day)
    fresh = [w for w in base if w.on(day) == last]
    standing, holder, by = _judge(fresh) if firm else _claimed(fresh)
    inherited = bool(firm) and standing in ("besieged", "contested") and holder is None
    if inherited:
        holder = next((w.holder for w in firm if w.changes or w.state == "controlled"), None)
    return Ruling(
        standing, holder, by, last, bool(firm), inherited, base,
        [w for w in fresh if _fits(w, standing, holder)] or fresh,
        [w for w in words if not trusted(w)] if firm else [],
    )  # fmt: skip


def lapse(standing: Standing, last: date) -> date | None:
    """The day from which on a standing is too old to go on, after its last word on `last`; None where it never is."""
    lasts = rules().lasts.get(standing)
    return None if lasts is None else last + timedelta(days=lasts + 1)


def _hold(told: Sequence[Word], day: date) -> Hold:
    words = newest_first(told, day)
    found = ruling(words, day)
    standing, holder, by = found.standing, found.holder, found.by
    since = _since(found.base, standing, holder, day)
    over = lapse(standing, found.last)
    if over is not None and day >= over:
        standing, holder, by, since = "unknown", None, None, None
    return Hold(
        place=found.base[0].place,
        day=day,
        standing=standing,
        holder=holder,
        by=by,
        since=since,
        last=words[0].on(day),
        words=tuple(w.of for w in (found.resting if found.firm else words)),
        claims=tuple(w.of for w in found.claims if w.holder != holder),
    )


def _judge(fresh: Sequence[Word]) -> tuple[Standing, str | None, str | None]:
    """The standing that trusted words of one day add up to."""
    order = rules().order
    changed = {w.holder for w in fresh if w.changes and w.holder}
    if len(changed) > 1:
        return "contested", None, " and ".join(sorted(changed))
    told = {w.state: w for w in reversed(fresh) if not w.changes or w.holder}
    first = next((told[state] for state in order.states if state in told), None)
    if first is None:
        return "unknown", None, None
    if first.state == "besieged":
        return "besieged", first.holder, first.by
    if first.state == "contested":
        return "contested", first.holder, first.by
    if first.state == "withdrawn":
        return ("held", first.holder, None) if first.holder else ("unknown", None, first.by)
    holders = changed or {w.holder for w in fresh if w.holder}
    if len(holders) > 1:
        return "contested", None, " and ".join(sorted(holders))
    return ("held", holders.pop(), None) if holders else ("unknown", None, None)


def _claimed(fresh: Sequence[Word]) -> tuple[Standing, str | None, str | None]:
    """The standing where only unconfirmed claims are known: the last claim, or contested where two sides claim."""
    holders = {w.holder for w in fresh if w.holder}
    if len(holders) > 1:
        return "contested", None, " and ".join(sorted(holders))
    return "claimed", fresh[0].holder, fresh[0].by


class _Trusted:
    """Whether a word makes control among the words about one place, by the rules of `trust`."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._trust = rules().trust
        self._rivals = {party for w in words for party in (w.holder, w.by)}
        self._say: dict[str | None, set[str]] = defaultdict(set)
        for word in words:
            if word.who is not None:
                self._say[word.holder].add(word.party or word.who)

    def __call__(self, word: Word) -> bool:
        trust, party = self._trust, word.party
        if word.state in trust.never:
            return False
        if word.state in trust.always or (word.who is None and trust.outlet):
            return True
        if word.state == "withdrawn":  # the side that leaves loses by it
            return trust.loser and party is not None and party == word.by != word.holder
        if party is not None and party == word.holder and trust.holder:
            return True
        if party is not None and party != word.holder and trust.loser and party in self._rivals:
            return True
        return len(self._say[word.holder]) >= trust.parties


def _fits(word: Word, standing: Standing, holder: str | None) -> bool:
    if standing in ("besieged", "contested"):
        return word.state in ("besieged", "contested")
    return word.holder == holder


def _since(words: Sequence[Word], standing: Standing, holder: str | None, day: date) -> date | None:
    """The earliest day of the unbroken run of words, from the last one back, that say the same."""
    since = None
    for word in words:
        if not _fits(word, standing, holder):
            if since is not None and word.on(day) != since:
                break
            continue
        since = word.on(day)
    else:
        if len(words) >= rules().look.back:
            return None  # it may have begun before the words that were looked at
    return since
