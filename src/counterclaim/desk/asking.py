"""What an address asks for: the filters of the command line under the same names, and the day of a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

import msgspec

from counterclaim import conflict as conflicts
from counterclaim.errors import UsageError
from counterclaim.store import Filter, Record
from counterclaim.store.spreading import What
from counterclaim.types import Struct
from counterclaim.views.asked import Asked

#: Rows on a page of HTML, where the address does not say how many.
SHOWN = 200
#: Values of a facet that are shown at once, and that can be shown.
_FACETS, _MOST = 8, 40


class Choice(Struct, frozen=True, kw_only=True):
    """One value of a facet: how many rows have it, and the address that shows only these."""

    value: str
    count: int
    href: str


class Facets(Struct, frozen=True, kw_only=True):
    """The facets of a list: heading, the commonest values, more of them. `rows`: counted in the first so many only."""

    groups: tuple[tuple[str, list[Choice], list[Choice]], ...] = ()
    rows: int | None = None


def value(params: Mapping[str, str], name: str) -> str | None:
    """What the address says of `name`; nothing where a form was left empty."""
    return params.get(name, "").strip() or None


def number(params: Mapping[str, str], name: str) -> int | None:
    """A whole number from 1 on.

    Raises:
        UsageError: for anything else.
    """
    said = value(params, name)
    if said is None:
        return None
    if not (said.isascii() and said.isdigit() and len(said) <= 9 and int(said)):
        raise UsageError(f"{name}={said} is no number", hint=f"Write it as {name}=8")
    return int(said)


def day(params: Mapping[str, str], name: str) -> date | None:
    """A day.

    Raises:
        UsageError: if it is not written as one.
    """
    said = value(params, name)
    try:
        return date.fromisoformat(said) if said else None
    except ValueError as error:
        raise UsageError(f"{name}={said} is not a day", hint=f"Write it as {name}=2022-03-03") from error


def conflict(params: Mapping[str, str], record: Record) -> str | None:
    """The conflict asked for: one of the record or of the program, never a file of this machine.

    Raises:
        UsageError: for any other.
    """
    said = value(params, "conflict")
    if said and said not in record.conflicts() and said not in conflicts.names():
        raise UsageError(f"there is no conflict {said!r} here", hint=f"There are: {', '.join(record.conflicts())}")
    return said


def wanted(params: Mapping[str, str], record: Record) -> Filter:
    """The filter that an address asks for.

    Raises:
        UsageError: for a day, number or conflict that makes no sense.
    """
    asked = Asked(
        by=value(params, "by"), about=value(params, "about"), place=value(params, "place"),
        first=day(params, "from"), last=day(params, "to"), day=number(params, "day"), limit=number(params, "limit"),
        conflict=conflict(params, record), outlet=value(params, "outlet"), party=value(params, "party"),
        stance=value(params, "stance"), kind=value(params, "kind"), measure=value(params, "measure"),
    ).filter(record)  # fmt: skip
    reviewed = value(params, "reviewed") is not None
    speaker, actor = value(params, "speaker"), value(params, "actor")
    return msgspec.structs.replace(asked, speaker=speaker, actor=actor, reviewed=reviewed)


def address(path: str, params: Mapping[str, str], **changed: object) -> str:
    """`path` with the questions of `params`, some changed; None takes one out."""
    asked: dict[str, Any] = {**params, **{k.rstrip("_"): v for k, v in changed.items()}}
    query = urlencode({k: v for k, v in asked.items() if v not in (None, "")})
    return f"{path}?{query}" if query else path


#: The facets of each list: heading, the filter that takes the value, the field of `Record.spread` or of a row.
_FACETS_OF: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "statements": (("party", "party", "party"), ("stance", "stance", "stance"), ("outlet", "outlet", "outlet")),
    "events": (("kind", "kind", "kind"), ("place", "place", "place"), ("outlet", "outlet", "outlet")),
    "search": (("outlet", "outlet", "outlet"), ("published", "day", "published"), ("passage", "kind", "kind")),
    "reports": (("outlet", "outlet", "outlet"), ("published", "day", "published")),
    "figures": (("measure", "measure", "measure"), ("who says so", "by", "by"), ("place", "place", "place")),
}
_WHAT: Mapping[str, What] = {
    "statements": "statement", "events": "event", "search": "passage", "reports": "report",
}  # fmt: skip
#: Filters that are shown as chips, to be taken out one by one; days have fields of their own.
CHIPS = ("by", "speaker", "actor", "party", "outlet", "stance", "kind", "measure", "about", "place", "conflict")


def facets(name: str, record: Record, wanted: Filter, path: str, params: Mapping[str, str]) -> Facets:
    """How the rows of a list spread over outlets, places, kinds: the commonest values with counts, as links.

    A filter that is chosen has no facet: it is a chip.
    """
    what, words = _WHAT[name], value(params, "q") or ""
    if what == "passage" and not words:
        return Facets()
    found = record.spread(what, msgspec.structs.replace(wanted, repeats=False), words)
    return _shown(name, found.counts, path, params, None if found.whole else found.rows)


def facets_of(name: str, found: Iterable[Any], path: str, params: Mapping[str, str]) -> Facets:
    """The same of rows that are there already."""
    every = list(found)
    counts = {field: Counter(str(v) for row in every if (v := getattr(row, field))) for _, _, field in _FACETS_OF[name]}
    return _shown(name, counts, path, params, None)


def _shown(
    name: str, counts: Mapping[str, Counter[str]], path: str, params: Mapping[str, str], rows: int | None
) -> Facets:
    groups = []
    for heading, asks, field in _FACETS_OF[name]:
        if len(counts[field]) < 2 or value(params, asks):
            continue
        order = sorted(counts[field].items(), key=lambda item: (-item[1], item[0]))
        choices = [Choice(value=v, count=n, href=_narrowed(path, params, asks, v)) for v, n in order[:_MOST]]
        groups.append((heading, choices[:_FACETS], choices[_FACETS:]))
    return Facets(groups=tuple(groups), rows=rows)


def _narrowed(path: str, params: Mapping[str, str], asks: str, name: str) -> str:
    days = {"from_": name, "to": name, "day": None} if asks == "day" else {asks: name}
    return address(path, params, limit=None, **days)


def chips(path: str, params: Mapping[str, str]) -> list[tuple[str, Choice]]:
    """The filters that are chosen: the name of each, and the address without it."""
    return [
        (name, Choice(value=said, count=0, href=address(path, params, **{name: None})))
        for name in CHIPS
        if (said := value(params, name))
    ]
