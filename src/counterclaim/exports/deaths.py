"""How many died, by rule: UCDP's best, low and high, and ACLED's one number, each of them one claimant's own account.

Nothing is ever added across claimants. An account is the last word of one claimant on one incident; it may name
several groups of dead, and only these are added. The rules and where they are from stand in `lexicon/exports/*.md`,
which are written beside every file.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from counterclaim.record import sides
from counterclaim.record.tellings import Telling, source
from counterclaim.types import Figure, Struct

#: The dead of side A, of side B, civilians, soldiers of a side not told, and people of whom no more is told.
Group = Literal["a", "b", "civilians", "soldiers", "people"]
_CIVILIANS = frozenset({"civilians", "children", "journalists", "aid workers"})


class Amount(NamedTuple):
    """A number of dead. `open`: somebody set no upper end ("at least 13", "dozens")."""

    low: int
    high: int
    open: bool = False


class Account(Struct, frozen=True, kw_only=True):
    """What one claimant last said of one incident.

    `originator` is the claimant's party, else the claimant: who the number comes from. `figures` are the figures it
    rests on, `older` what the same claimant had said on earlier days. `whole`: it counts everybody, not one group.
    """

    claimant: str
    originator: str
    party: str | None
    groups: dict[Group, Amount]
    figures: tuple[Telling[Figure], ...]
    older: tuple[Telling[Figure], ...] = ()
    reviewed: bool = False
    whole: bool = False

    @property
    def low(self) -> int:
        """The lower end, its own groups together."""
        return sum(a.low for a in self.groups.values())

    @property
    def high(self) -> int:
        """The upper end as far as it was told."""
        return sum(a.high for a in self.groups.values())

    @property
    def open(self) -> bool:
        """Whether there may be more."""
        return any(a.open for a in self.groups.values())


class Toll(Struct, frozen=True, kw_only=True):
    """UCDP's three numbers, each with the account it was taken from. `best` None: only a side on its enemy's dead."""

    best: Account | None
    low: Account | None
    high: Account

    @property
    def numbers(self) -> tuple[int, int, int]:
        """low, best, high, in this order of size."""
        best = self.best.low if self.best else 0
        return min(best, self.low.low if self.low else 0), best, max(best, self.high.high)

    def of(self, *groups: Group) -> int:
        """The dead of some groups in the account taken for best."""
        return sum(self.best.groups[g].low for g in groups if g in self.best.groups) if self.best else 0


def accounts(
    figures: Iterable[Telling[Figure]],
    pair: tuple[str | None, str | None],
    family: Mapping[str, str],
    reviewed: Callable[[Telling[Figure]], bool] = lambda _: False,
) -> list[Account]:
    """The accounts of an incident between the parties `pair`, in order of first telling.

    `family` takes a report's id to the first of its near copies: what copies and copied passages tell without a
    claimant is one account.
    Running totals of the war are no account of an incident (R14), and are left out.
    """
    by_claimant: dict[str, list[Telling[Figure]]] = defaultdict(list)
    for telling in figures:
        if telling.item.measure == "killed" and not telling.item.cumulative and _amount(telling.item).high > 0:
            by_claimant[_claimant(telling, family)].append(telling)
    return [_account(told, pair, reviewed) for told in by_claimant.values()]


def toll(found: Sequence[Account], pair: tuple[str | None, str | None]) -> Toll | None:
    """UCDP's numbers by the rules R2 to R4, R7 and R12. None where nobody counts a dead."""
    if not found:
        return None
    reliable = [account for a in found if (account := _without_enemies(a, pair))]
    reviewed = [a for a in reliable if a.reviewed]
    return Toll(
        best=_pick(reviewed or reliable, agreed=True),
        low=_pick(reliable),
        high=max(found, key=lambda a: a.high),
    )


def most_conservative(found: Sequence[Account]) -> Account | None:
    """ACLED's one number (R5): the lowest account there is."""
    return _pick(found)


def _pick(found: Sequence[Account], agreed: bool = False) -> Account | None:
    """The lowest account; with `agreed` that on which most originators agree, and of several the lowest.

    Accounts of different groups are no rivals: none of them can be more than all the dead, so the larger stands.
    """
    by_scope: dict[frozenset[Group], list[Account]] = defaultdict(list)
    for account in [a for a in found if a.whole] or found:
        by_scope[frozenset() if account.whole else frozenset(account.groups)].append(account)
    lowest = []
    for rivals in by_scope.values():
        said = Counter(number for number, _ in {(a.low, a.originator) for a in rivals})
        lowest.append(min(rivals, key=lambda a: (-said[a.low] if agreed else 0, a.low)))
    return max(lowest, key=lambda a: a.low, default=None)


def _without_enemies(account: Account, pair: tuple[str | None, str | None]) -> Account | None:
    """The account without what a side says of its enemy's dead (R12): that only counts for high."""
    enemy: Group | None = None
    if account.party and account.party in pair:
        enemy = "b" if account.party == pair[0] else "a"
    kept = {group: amount for group, amount in account.groups.items() if group != enemy}
    if not kept:
        return None
    return Account(
        claimant=account.claimant, originator=account.originator, party=account.party, groups=kept,
        figures=account.figures, older=account.older, reviewed=account.reviewed, whole=account.whole,
    )  # fmt: skip


def _account(
    told: list[Telling[Figure]], pair: tuple[str | None, str | None], reviewed: Callable[[Telling[Figure]], bool]
) -> Account:
    """One claimant's last word: of one report the largest number of each group, of reports of one day their range."""
    newest = max(_told(t) for t in told)
    last = [t for t in told if _told(t) == newest]
    by_report: dict[tuple[str, Group], Telling[Figure]] = {}
    for telling in last:
        key = (telling.report.id, group_of(telling.item, pair))
        if key not in by_report or _amount(telling.item).high > _amount(by_report[key].item).high:
            by_report[key] = telling
    ranges: dict[Group, Amount] = {}
    for (_, group), telling in by_report.items():
        new, old = _amount(telling.item), ranges.get(group)
        ranges[group] = Amount(min(old.low, new.low), max(old.high, new.high), old.open or new.open) if old else new
    groups = _parted(ranges)
    lead = last[0]
    return Account(
        claimant=name_of(lead),
        originator=(lead.speaker.party or lead.speaker.name).casefold() if lead.speaker else name_of(lead).casefold(),
        party=lead.speaker.party if lead.speaker else None,
        groups=groups,
        figures=tuple(by_report.values()),
        older=tuple(t for t in told if _told(t) != newest),
        reviewed=any(reviewed(t) for t in by_report.values()),
        whole="people" in groups,
    )


def _parted(ranges: dict[Group, Amount]) -> dict[Group, Amount]:
    """Groups that do not overlap: "eight people, two of them children" is two civilians and six others."""
    people = ranges.get("people")
    named: dict[Group, Amount] = {group: amount for group, amount in ranges.items() if group != "people"}
    if people is None or not named:
        return ranges
    low, high = sum(a.low for a in named.values()), sum(a.high for a in named.values())
    if high > people.high:  # no part of these people: the claimant's fewer people are some other count
        return named
    rest = Amount(max(0, people.low - low), people.high - high, people.open)
    return {**named, "people": rest}


def group_of(figure: Figure, pair: tuple[str | None, str | None]) -> Group:
    """Which of UCDP's groups a figure counts."""
    group = sides.group(figure)
    if group in _CIVILIANS:
        return "civilians"
    if group != "military":
        return "people"
    if figure.party and figure.party in pair:
        return "a" if figure.party == pair[0] else "b"
    return "soldiers"


def name_of(telling: Telling[Figure]) -> str:
    """Who says so: the claimant, else the outlet."""
    return telling.speaker.name if telling.speaker else telling.report.name


def _claimant(telling: Telling[Figure], family: Mapping[str, str]) -> str:
    if telling.speaker:
        return telling.speaker.name.casefold()
    return "\0" + source(telling, family)


def _told(telling: Telling[Figure]) -> date:
    return telling.report.published or date.min


def _amount(figure: Figure) -> Amount:
    """A figure as whole numbers: "at least 13" is 13 and open, "up to 6" none to six (R7)."""
    low = int(figure.low) if figure.low is not None else 0
    return Amount(low, max(low, int(figure.high)) if figure.high is not None else low, figure.high is None)
