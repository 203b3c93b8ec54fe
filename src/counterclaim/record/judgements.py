"""What people judged: yes, no, unsure or a correction of a row; one event or two of a pair. The newest counts.

Nothing is overwritten: a judgement is a row with who and when, and taking one back is a row too. A record without
its judgements is what the program made of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypeVar, get_args

import msgspec

from counterclaim.errors import UsageError
from counterclaim.types import Event, Figure, Holding, Statement, Struct

Verdict = Literal["yes", "no", "unsure", "correct", "undo"]
VERDICTS: tuple[str, ...] = get_args(Verdict)
Row = TypeVar("Row", Statement, Event, Figure, Holding)

#: Fields that a person may correct. A row's words, its spans and its statement are what the report says.
_FIELDS: Mapping[type, frozenset[str]] = {
    Statement: frozenset({"stance", "directness", "speaker", "addressee", "occasion", "said_on"}),
    Event: frozenset({"kind", "status", "place", "when", "actors", "targets"}),
    Figure: frozenset(
        {"low", "high", "bound", "measure", "counted", "party", "place", "as_of", "claimed_by", "cumulative", "unit"}
    ),
    Holding: frozenset({"state", "holder", "by", "place", "when", "claimed_by"}),
}
#: Fields that hold a name, several names, or days.
_NAMED, _LISTED, _DAYS = (
    frozenset({"place", "speaker", "claimed_by"}),
    frozenset({"actors", "targets"}),
    frozenset({"when", "said_on", "as_of"}),
)


class Judgement(Struct, frozen=True, kw_only=True):
    """One person's word on a row, or on whether two events are one. `at` is UTC, to the second.

    `start` is where the row's words begin: a later reading may give its id to other words. `changes` are the fields
    that a correction sets, as typed.
    """

    verdict: Verdict
    by: str
    at: str
    start: int | None = None
    changes: dict[str, str] = msgspec.field(default_factory=dict)


def standing(history: Iterable[Judgement]) -> Judgement | None:
    """The judgement that counts of `history`, oldest first: each "undo" takes back the one that counted before it."""
    left: list[Judgement] = []
    for one in history:
        if one.verdict != "undo":
            left.append(one)
        elif left:
            left.pop()
    return left[-1] if left else None


def corrected(item: Row, changes: Mapping[str, str], places: Mapping[str, Any] | None = None) -> Row:
    """`item` with the fields of `changes`; "" or "none" empties one. `places` are known ones by folded name.

    Days are written YYYY-MM-DD or YYYY-MM-DD/YYYY-MM-DD, several names with commas between them.

    Raises:
        UsageError: for a field that has no such value, or that cannot be corrected.
    """
    made = msgspec.to_builtins(item)
    for field, typed in changes.items():
        if field not in _FIELDS[type(item)]:
            able = ", ".join(sorted(_FIELDS[type(item)]))
            raise UsageError(f"{field!r} of {item.id} cannot be corrected", hint=f"These can: {able}")
        made[field] = _value(field, typed.strip(), places or {})
    try:
        return msgspec.convert(made, type(item), strict=False)
    except (msgspec.ValidationError, ValueError) as error:
        raise UsageError(f"{item.id} cannot be so corrected: {error}") from error


def _value(field: str, typed: str, places: Mapping[str, Any]) -> Any:
    if typed.casefold() in ("", "none"):
        return [] if field in _LISTED else None
    if field == "place" and typed.casefold() in places:
        return msgspec.to_builtins(places[typed.casefold()])
    if field in _NAMED:
        return {"name": typed}
    if field in _LISTED:
        return [{"name": name.strip()} for name in typed.split(",") if name.strip()]
    if field in _DAYS:
        first, _, last = typed.partition("/")
        return {"start": first, "end": last or first, "precision": 1 if not last or first == last else 2}
    return typed
