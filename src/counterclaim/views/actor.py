"""Somebody with everything the record holds of them: what they say, what is said of them, what they do, count, hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any, TypeVar

import msgspec

from counterclaim.conflict import Conflict
from counterclaim.errors import NothingFound
from counterclaim.record.tellings import Telling
from counterclaim.store import Filter, Record
from counterclaim.store.spreading import Spread, What
from counterclaim.types import Statement, Struct
from counterclaim.views import lists, rows
from counterclaim.views.asked import profile_of

#: Rows of each part, where nobody says how many.
SHOWN = 25
#: Figures that are compared for each row that is shown.
_FIGURES = 4
#: The newest statements beside an actor's name that are looked through for what is said of them.
_LOOKED = 3000
#: Shortest alias that is looked for in texts.
_SHORTEST = 3
T = TypeVar("T")


class ActorView(Struct, frozen=True, kw_only=True):
    """An actor, the newest rows first. `roles` are offices as told, with how often; `names` what the profile knows.

    `said`: what they say, or their party's people where they are a party. `about`: what others say that names
    them, of the newest 3,000 statements beside their name.
    `events`: what they do, or what is done to them. `figures`: what they count. `holds`: places that they hold,
    besiege or have left, as it stands on the last day. `counts` has the number of rows of `said` and `events`, with
    stances and kinds; `most` says up to how many rows were counted. `more` names the parts that have more rows.
    """

    name: str
    party: str | None
    roles: dict[str, int]
    names: tuple[str, ...]
    said: tuple[rows.ClaimRow, ...]
    about: tuple[rows.ClaimRow, ...]
    events: tuple[rows.EventRow, ...]
    figures: tuple[rows.TollRow, ...]
    holds: tuple[rows.ControlRow, ...]
    counts: dict[str, int]
    stances: dict[str, int]
    kinds: dict[str, int]
    most: int | None
    more: tuple[str, ...]


def actor(record: Record, name: str, wanted: Filter | None = None) -> ActorView:
    """All that `wanted` lets through of the actor of that name; its `limit` is that of each part.

    Raises:
        NothingFound: if the record holds nothing of them.
    """
    asked = msgspec.structs.replace(wanted or Filter(), latest=True, speaker=None, actor=None)
    limit = asked.limit or SHOWN
    asked = msgspec.structs.replace(asked, limit=limit + 1)
    by, does = (msgspec.structs.replace(asked, repeats=False, **{key: name}) for key in ("speaker", "actor"))
    profile = profile_of(record, asked.conflict)
    said = list(record.statements(by))
    parts: dict[str, list[Any]] = {
        "said": [rows.claim_row(t) for t in said],
        "about": [rows.claim_row(t) for t in islice(_about(record, name, asked, profile), limit + 1)],
        "events": [*lists.events(record, does)],
        "figures": lists.toll_lately(record, by, limit * _FIGURES)[: limit + 1],
        "holds": [*islice(_holds(record, name, does), limit + 1)],
    }
    known = _names(name, profile) and parts["about"]
    if not (known or any(some for key, some in parts.items() if key != "about")):
        raise NothingFound(f"nothing is told of {name!r}", hint="A search may find them under another name")
    counted = [
        _spread(record, "statement", by, "stance", parts["said"]),
        _spread(record, "event", does, "kind", parts["events"]),
    ]
    counts = dict(zip(("said", "events"), (found.rows for found in counted), strict=True))
    return ActorView(
        name=name, party=_party(name, said, profile),
        roles=dict(Counter(t.speaker.role for t in said if t.speaker and t.speaker.name == name and t.speaker.role)),
        names=_names(name, profile), **{key: tuple(some[:limit]) for key, some in parts.items()}, counts=counts,
        stances=dict(counted[0].counts["stance"].most_common()), kinds=dict(counted[1].counts["kind"].most_common()),
        most=None if all(found.whole for found in counted) else max(counts.values()),
        more=tuple(key for key, some in parts.items() if len(some) > limit),
    )  # fmt: skip


def _spread(record: Record, what: What, asked: Filter, field: str, some: list[Any]) -> Spread:
    """How the rows spread; those that are there are counted, of more the record is asked."""
    if len(some) == asked.limit:
        return record.spread(what, asked)
    return Spread({field: Counter(getattr(row, field) for row in some)}, len(some), whole=True)


def _about(record: Record, name: str, asked: Filter, profile: Conflict | None) -> Iterator[Telling[Statement]]:
    """What others say in words that name them."""
    names = [n for n in (name, *_names(name, profile)) if len(n) >= _SHORTEST]
    word = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b", re.IGNORECASE)
    for telling in record.statements(msgspec.structs.replace(asked, limit=_LOOKED, mentions=tuple(names))):
        own = telling.speaker is not None and name in (telling.speaker.name, telling.speaker.party)
        if not own and any(word.search(telling.of(span)) for span in telling.item.content):
            yield telling


def _holds(record: Record, name: str, does: Filter) -> Iterator[rows.ControlRow]:
    """The places that they hold, besiege or have left, on the last day asked for."""
    day = does.last or record.last_day(does.conflict)
    if day is None or next(record.holdings(msgspec.structs.replace(does, limit=1)), None) is None:
        return
    everywhere = msgspec.structs.replace(does, actor=None, limit=None, latest=False)
    for row in lists.control(record, everywhere, day):
        if name in (row.holder, row.by):
            yield row


def _party(name: str, said: list[Telling[Statement]], profile: Conflict | None) -> str | None:
    own = Counter(t.speaker.party for t in said if t.speaker and t.speaker.name == name and t.speaker.party)
    if own:
        return own.most_common(1)[0][0]
    known = profile.actor(name) if profile else None
    return known.party if known else None


def _names(name: str, profile: Conflict | None) -> tuple[str, ...]:
    return tuple(n for n in (profile.aliases(name) if profile else ()) if n != name.casefold())
