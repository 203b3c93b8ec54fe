"""The events of a brief as lines: each sentence once, with every kind read in it, in the section it belongs to."""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain, product

import msgspec

from counterclaim.record import same_event
from counterclaim.record.linkage import Pair
from counterclaim.views import choose, rows

#: Kinds of event by section; fighting goes by place, `PRESSURE` is politics around the war.
TALKS = frozenset({"talks", "meeting", "call", "agreement", "ceasefire", "prisoner_exchange"})
PEOPLE = frozenset({"displacement", "evacuation", "aid", "outage_shortage"})
PRESSURE = frozenset(
    {"sanction", "investigation", "protest", "arrest_detention", "election_office", "threat", "refusal"}
)
#: Told better elsewhere: by the toll, and by who says what.
ELSEWHERE = frozenset({"casualties_reported", "accusation", "appeal", "other"})
#: A heading of one or two words tells of nothing.
_LEAST_WORDS = 2
#: What two tellings of one event share: words of so many letters, compared by as many.
_LETTERS = 4
#: From so many such words on, sentences that share all of them are one, whatever the spelling of a name.
_SURE = 6
#: The share of a heading's words that another heading of the same must hold.
_MOST = 0.8
_CLOSING = "”\"’')] "
_WORD = re.compile(rf"\w{{{_LETTERS},}}")


class Told:
    """The day's events as rows, one a sentence: told once, with the ids of all that was read in it."""

    def __init__(self, groups: Sequence[same_event.Group], judged: Mapping[Pair, bool] | None = None) -> None:
        """`judged` is what people said of pairs (`same_event.join`): of those kept apart, not even the words join."""
        apart = frozenset(pair for pair, one in (judged or {}).items() if not one)
        found = [row for row in map(choose.event, groups) if row.words.count(" ") >= _LEAST_WORDS]
        self._by_section: dict[str, list[rows.EventRow]] = defaultdict(list)
        for row in _by_sentence(_without_headings(found), apart):
            self._by_section[_section(row)].append(row)

    def of(self, section: str) -> list[rows.EventRow]:
        """The rows of a section: fighting, talks, people, pressure or planned."""
        return self._by_section[section]

    def fighting(self, dated: bool) -> list[rows.EventRow]:
        """What happened, with or without a day of its own."""
        return [row for row in self.of("fighting") if bool(row.first) == dated]

    def country(self, otherwise: Sequence[str]) -> str | None:
        """The country that most places told lie in, so that its name alone says nothing of where."""
        shown = (row for some in self._by_section.values() for row in some)
        inside = Counter(row.country for row in shown if row.country and row.country != row.place)
        return inside.most_common(1)[0][0] if inside else next(iter(otherwise), None)


def _without_headings(found: Sequence[rows.EventRow]) -> list[rows.EventRow]:
    """Rows without those that only stand in a heading or caption and are told again elsewhere in the same report.

    The text tells it again with a word in common, another heading with nearly all of them.
    """
    others: dict[tuple[str, str, bool], list[int]] = defaultdict(list)
    for n, row in enumerate(found):
        others[_alike(row)].append(n)
    stems = [_stems(row.words) for row in found]
    kept = dict(enumerate(found))
    for n, row in enumerate(found):
        if not _is_heading(row):
            continue
        near = [
            (len(stems[n] & stems[m]), -m)
            for m in others[_alike(row)]
            if m in kept and m != n and _tells(stems[n], stems[m], _is_heading(found[m]))
        ]
        if near:
            body = -max(near)[1]
            kept[body] = rows.together(kept[body], row)
            del kept[n]
    return list(kept.values())


def _tells(heading: set[str], other: set[str], is_heading: bool) -> bool:
    shared = len(heading & other)
    return shared >= _MOST * len(heading) and len(other) >= len(heading) if is_heading else shared > 0


def _is_heading(row: rows.EventRow) -> bool:
    return row.words.rstrip(_CLOSING)[-1:] not in choose.ENDS


def _alike(row: rows.EventRow) -> tuple[str, str, bool]:
    return _report(row), row.kind, row.status == "planned"


def _stems(words: str) -> set[str]:
    return {word[:_LETTERS] for word in _WORD.findall(words.casefold())}


def _by_sentence(found: Iterable[rows.EventRow], apart: Collection[Pair]) -> list[rows.EventRow]:
    """One row a sentence. It leads with what happened, and names every other kind with how that stands."""
    by_words: dict[object, list[list[rows.EventRow]]] = defaultdict(list)
    for row in found:
        stems = _stems(row.words)
        alike = by_words[frozenset(stems) if len(stems) >= _SURE else row.words]
        home = next((same for same in alike if not any(_parted(row, other, apart) for other in same)), None)
        if home is None:
            alike.append([row])
        else:
            home.append(row)
    merged = []
    for same in chain.from_iterable(by_words.values()):
        shown = [row for row in same if row.kind not in ELSEWHERE]
        if not shown:
            continue
        lead = max(shown, key=_leads)
        rest = [row for row in shown if row is not lead]
        dated = next((row for row in (lead, *rest) if row.first), lead)
        names = dict.fromkeys((row.kind, row.status) for row in (lead, *rest))
        merged.append(
            msgspec.structs.replace(
                functools.reduce(rows.together, rest, lead),
                kinds=tuple(kind for kind, _ in names), statuses=tuple(status for _, status in names),
                together=tuple(row.id for row in same if row is not lead and _report(row) == _report(lead)),
                also=tuple(dict.fromkeys(ref for row in same for ref in _elsewhere(row, lead))),
                actors=lead.actors or next((row.actors for row in rest if row.actors), ()),
                first=dated.first, last=dated.last,
            )
        )  # fmt: skip
    return merged


def _parted(one: rows.EventRow, other: rows.EventRow, apart: Collection[Pair]) -> bool:
    """Whether a person keeps an event of one row apart from one of the other."""
    if not apart:
        return False
    refs = product((one.id, *one.also), (other.id, *other.also))
    return any((min(pair), max(pair)) in apart for pair in refs)


def _report(row: rows.EventRow) -> str:
    return row.id.rpartition("/")[0]


def _elsewhere(row: rows.EventRow, lead: rows.EventRow) -> tuple[str, ...]:
    """The ids that tell the same beside the rows of `lead`'s own sentence."""
    return row.also if _report(row) == _report(lead) else (row.id, *row.also)


_ORDER = {"planned": 0, "pressure": 1, "people": 2, "talks": 3, "fighting": 4}
#: Kinds of fighting that give way to talks and people in one sentence.
_LIGHT = frozenset({"deployment", "property_destruction", "explosion", "weapons_intercepted"})


def _leads(row: rows.EventRow) -> tuple[bool, float, bool]:
    """What a sentence is shown for: what happened before what did not, fighting before talks before the rest."""
    order = _ORDER[_section(row)]
    return row.status != "denied", order - 2.5 * (row.kind in _LIGHT), bool(row.first)


def _section(row: rows.EventRow) -> str:
    if row.status == "planned":
        return "planned"
    named = {"talks": TALKS, "people": PEOPLE, "pressure": PRESSURE}
    return next((name for name, kinds in named.items() if row.kind in kinds), "fighting")
