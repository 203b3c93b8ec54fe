"""What an address asks for: the filters of the command line under the same names, and the day of a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from counterclaim import conflict as conflicts
from counterclaim.errors import UsageError
from counterclaim.store import Filter, Record
from counterclaim.types import Struct
from counterclaim.views.asked import Asked

#: Rows on a page of HTML, where the address does not say how many.
SHOWN = 200
#: Values of a facet that are shown.
_FACETS = 8


class Choice(Struct, frozen=True, kw_only=True):
    """One value of a facet: how many rows have it, and the address that shows only these."""

    value: str
    count: int
    href: str


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
    return Asked(
        by=value(params, "by"), about=value(params, "about"), place=value(params, "place"),
        first=day(params, "from"), last=day(params, "to"), day=number(params, "day"), limit=number(params, "limit"),
        conflict=conflict(params, record),
    ).filter(record)  # fmt: skip


def address(path: str, params: Mapping[str, str], **changed: object) -> str:
    """`path` with the questions of `params`, some changed; None takes one out."""
    asked: dict[str, Any] = {**params, **{k.rstrip("_"): v for k, v in changed.items()}}
    query = urlencode({k: v for k, v in asked.items() if v not in (None, "")})
    return f"{path}?{query}" if query else path


#: The facets of each type of row: heading, the filter that takes the value, the field that holds it.
_OF = {
    "ClaimRow": (("party", "by", "party"), ("outlet", "", "outlet"), ("stance", "", "stance")),
    "EventRow": (("place", "place", "place"), ("kind", "", "kind"), ("outlet", "", "outlet")),
    "TollRow": (("who says so", "by", "by"), ("place", "place", "place"), ("measure", "", "measure")),
    "PassageRow": (("outlet", "by", "outlet"), ("published", "day", "published"), ("kind", "", "kind")),
}


def facets(found: Iterable[Any], path: str, params: Mapping[str, str]) -> list[tuple[str, list[Choice]]]:
    """How the rows spread over outlets, places, kinds: the commonest values with counts, as links where they filter."""
    every = list(found)
    shown = []
    for heading, asks, field in _OF.get(type(every[0]).__name__, ()) if every else ():
        seen = Counter(str(v) for row in every if (v := getattr(row, field)))
        choices = [
            Choice(value=name, count=count, href=_narrowed(path, params, asks, name))
            for name, count in seen.most_common(_FACETS)
        ]
        if len(seen) > 1:
            shown.append((heading, choices))
    return shown


def _narrowed(path: str, params: Mapping[str, str], asks: str, name: str) -> str:
    if not asks:
        return ""
    if asks == "day":
        return address(path, params, from_=name, to=name)
    return address(path, params, **{asks: name})
