"""What to show of many rows that say much the same: one claim once, one event once, the weightiest first."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from counterclaim.record.same_event import Group
from counterclaim.record.tellings import Telling
from counterclaim.types import Event, Statement
from counterclaim.views import rows

_WORD = re.compile(r"\w+")
#: Two claims of one speaker are the same from this share of the shorter one's words on.
SAME_WORDS = 0.7
#: A claim of one or two words says nothing by itself.
_LEAST_SPACES = 2
#: A carrier whose words are, but for this share, those of what it carries (and who says it) gives way to it.
ADDS = 0.4
#: Offices whose words weigh most, and next to most.
_FIRST = re.compile(r"\b(president|prime minister|chancellor|king|supreme leader|secretary[- ]general|premier)\b", re.I)
_NEXT = re.compile(r"\b(minister|secretary of state|spokes\w+|mayor|governor|chief|commander|ambassador)\b", re.I)
_UNDER = re.compile(r"\b(former|ex|deputy|vice|aide|adviser|advisor)\b", re.I)


def claims(tellings: Iterable[Telling[Statement]]) -> list[rows.ClaimRow]:
    """The claims of `tellings`, each once. A carrier and what it carries become one, the chain kept."""
    by_report: dict[str, list[Telling[Statement]]] = defaultdict(list)
    for telling in tellings:
        by_report[telling.report.id].append(telling)
    kept: list[tuple[rows.ClaimRow, set[str]]] = []
    index: dict[str, list[int]] = defaultdict(list)
    for told in by_report.values():
        for telling in _unnested(told):
            row = rows.claim_row(telling)
            words = set(_WORD.findall(row.words.casefold()))
            who = (row.speaker or row.party or "").casefold()
            twin = next((i for i in index[who] if _alike(words, kept[i][1])), None)
            if twin is None:
                index[who].append(len(kept))
                kept.append((row, words))
            else:
                kept[twin] = _fold(kept[twin], (row, words))
    return [row for row, _ in kept]


def _unnested(told: list[Telling[Statement]]) -> list[Telling[Statement]]:
    """Of a statement and its carrier one: the inner one where the carrier adds little, else the carrier."""
    size = {t.item.id: sum(c.end - c.start for c in t.item.content) for t in told}
    naming = {t.item.id: sum(s.end - s.start for s in (t.item.source, t.item.cue) if s) for t in told}
    inner: dict[str, list[str]] = defaultdict(list)
    for telling in told:
        if telling.item.via in size:
            inner[str(telling.item.via)].append(telling.item.id)
    dropped: set[str] = set()
    for carrier, carried in inner.items():
        if sum(size[c] + naming[c] for c in carried) >= (1 - ADDS) * size[carrier]:
            dropped.add(carrier)
        else:
            dropped.update(carried)
    return [t for t in told if t.item.id not in dropped]


def _alike(a: set[str], b: set[str]) -> bool:
    least = min(len(a), len(b))
    return least > 0 and len(a & b) >= max(SAME_WORDS * least, min(3, least))


def _fold(a: tuple[rows.ClaimRow, set[str]], b: tuple[rows.ClaimRow, set[str]]) -> tuple[rows.ClaimRow, set[str]]:
    """Two tellings of one claim: the fuller one leads, the other's id is kept beside."""
    first, second = (b, a) if len(b[1]) > len(a[1]) * 1.2 else (a, b)
    return rows.together(first[0], second[0]), first[1]


def best(found: list[rows.ClaimRow], limit: int) -> list[rows.ClaimRow]:
    """The `limit` weightiest claims, at most half of them by one speaker, those of one speaker together."""
    most = max(2, (limit + 1) // 2)
    taken: list[rows.ClaimRow] = []
    by_speaker: Counter[str | None] = Counter()
    said = (row for row in found if row.words.count(" ") >= _LEAST_SPACES)
    for row in sorted(said, key=weight, reverse=True):
        if len(taken) < limit and by_speaker[row.speaker] < most:
            by_speaker[row.speaker] += 1
            taken.append(row)
    order = list(dict.fromkeys(r.speaker for r in taken))
    place = {row.id: n for n, row in enumerate(found)}
    return sorted(taken, key=lambda r: (order.index(r.speaker), place[r.id]))


def weight(row: rows.ClaimRow) -> float:
    """How much a reader of a brief wants this claim: office, denial, direct words, told by many; not too short."""
    length = len(_WORD.findall(row.words))
    role = f"{row.role or ''} {row.speaker or ''}"
    office = 4.0 * bool(_FIRST.search(role)) or 2.0 * bool(_NEXT.search(role))
    score = office * (0.5 if _UNDER.search(role) else 1)
    score += {"denies": 2.5, "accuses": 1, "vows": 1, "warns": 1, "demands": 1}.get(row.stance, 0)
    score += {"direct": 2, "mixed": 1}.get(row.directness, 0)
    score += min(2, 0.7 * len(row.also)) + 0.5 * any(c.isdigit() for c in row.words)
    score -= 2 * (row.speaker is None) + 1.5 * row.anonymous
    score -= 3 * (length < 4) + 1 * (length > 60)
    return score


#: How a sentence ends that is no heading.
ENDS = frozenset(".!?…”\"’':;")


def event(group: Group) -> rows.EventRow:
    """The row of an event that several tell: a dated, plain telling leads; a denial keeps its say."""
    return rows.event_row(max(group, key=_good), group)


def _good(telling: Telling[Event]) -> tuple[bool, bool, int, int, int]:
    """Told as a fact, by the outlet itself, soon after, in a sentence with day, place and actor, of fair length."""
    event, told = telling.item, telling.report.published
    length = event.sentence.end - event.sentence.start
    late = abs((told - event.when.start).days) if told and event.when else 0
    words = telling.of(event.sentence)
    dated = bool(event.when and event.when.span and event.sentence.covers(event.when.span))
    placed = bool(event.place and event.place.name in words)
    facts = (words[-1:] in ENDS) + dated + placed + bool(event.actors)
    told_as = (event.status != "denied", event.status == "reported")
    return (*told_as, -late // _LATE, facts, -abs(length - 140))


#: What a reader wants first: who took what, then where people die.
_GRAVE = {
    "capture": 5, "recapture": 5, "withdrawal": 5, "transfer": 4, "annexation": 4, "invasion": 4, "siege": 4,
    "attack_on_civilians": 4, "clash": 3, "shelling": 3, "air_strike": 3, "explosion": 3, "advance": 3,
}  # fmt: skip
#: UCDP where_prec from which on a place is a country or wider.
_WIDE = 6
#: Days after which a telling of the day is history rather than news.
_LATE = 4


def gravity(row: rows.EventRow) -> float:
    """How much a reader of a brief wants this event: its kind, how many tell it, told then and there."""
    score = max(_GRAVE.get(kind, 2) for kind in row.kinds) + min(3, 0.7 * len(row.also))
    score -= 2.5 * (row.precision is None or row.precision >= _WIDE)
    score -= 1 * (row.status == "claimed") + 0.5 * (row.first is None)
    score -= 4 * bool(row.first and row.published and (row.published - row.first).days > _LATE)
    return score
