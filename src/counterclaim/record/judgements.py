"""What people judged: yes, no, unsure or a correction of a row; one event or two of a pair. The newest counts.

Nothing is overwritten: a judgement is a row with who and when, and taking one back is a row too. A record without
its judgements is what the program made of it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypeVar, get_args, get_type_hints

import msgspec

from counterclaim.errors import UsageError
from counterclaim.types import Actor, Event, Figure, Holding, Place, Statement, Struct, When

Verdict = Literal["yes", "no", "unsure", "correct", "undo"]
VERDICTS: tuple[str, ...] = get_args(Verdict)
Row = TypeVar("Row", Statement, Event, Figure, Holding)

#: Fields that a person may correct. A row's words, its spans and its statement are what the report says.
_FIELDS: Mapping[type[Struct], frozenset[str]] = {
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
#: A number as people write it.
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")


class Judgement(Struct, frozen=True, kw_only=True):
    """One person's word on a row, or on whether two events are one. `at` is UTC, to the second.

    `start` is where the row's words begin: a later reading may give its id to other words. `changes` are the fields
    that a correction sets, as typed, `place` what the place among them was found to be. `note` is what the person wrote
    to it. Judgements made in one go share a `batch`.
    """

    verdict: Verdict
    by: str
    at: str
    start: int | None = None
    changes: dict[str, str] = msgspec.field(default_factory=dict)
    place: Place | None = None
    note: str | None = None
    batch: str | None = None


def standing(history: Iterable[Judgement]) -> Judgement | None:
    """The judgement that counts of `history`, oldest first: each "undo" takes back the one that counted before it."""
    left = not_taken_back(history)
    return left[-1] if left else None


def not_taken_back(history: Iterable[Judgement]) -> list[Judgement]:
    """The judgements of `history` that nobody took back, oldest first."""
    left: list[Judgement] = []
    for one in history:
        if one.verdict != "undo":
            left.append(one)
        elif left:
            left.pop()
    return left


def by_person(history: Iterable[Judgement]) -> dict[str, Judgement]:
    """What each person last said of a row, and did not take back."""
    return {one.by: one for one in not_taken_back(history)}


def corrected(item: Row, changes: Mapping[str, str], places: Mapping[str, Any] | None = None) -> Row:
    """`item` with the fields of `changes`; "" or "none" empties one. `places` are known ones by folded name.

    Days are written YYYY-MM-DD or YYYY-MM-DD/YYYY-MM-DD, several names with commas (or semicolons) between them. A
    name or place that the row has already stays who or what it was.

    Raises:
        UsageError: for a field that has no such value, or that cannot be corrected.
    """
    made = msgspec.to_builtins(item)
    for field, written in changes.items():
        if field not in _FIELDS[type(item)]:
            these = ", ".join(sorted(_FIELDS[type(item)]))
            raise UsageError(f"{field!r} of {item.id} cannot be corrected", hint=f"These can: {these}")
        made[field] = _value(field, written.strip(), places or {}, made.get(field))
    try:
        return msgspec.convert(made, type(item), strict=False)
    except (msgspec.ValidationError, ValueError) as error:
        raise UsageError(f"{item.id} cannot be so corrected: {error}") from error


def checked(item: Row, changes: Mapping[str, str], places: Mapping[str, Any] | None = None) -> Row:
    """As `corrected`, and every name of a kind must be one that the program knows: for what is typed now.

    Raises:
        UsageError: for a field that has no such value, or that cannot be corrected.
    """
    for field, written in changes.items():
        able: tuple[str, ...] = choices(type(item), field)
        if able and written.strip() not in ("", "none", *able):
            raise UsageError(f"{field} cannot be {written.strip()!r}", hint=f"It can be {', '.join(able)}")
    made = corrected(item, changes, places)
    low, high = getattr(made, "low", None), getattr(made, "high", None)
    if not all(math.isfinite(n) for n in (low, high) if n is not None):
        raise UsageError("low and high are plain numbers", hint="Leave one empty where that end is open")
    if low is not None and high is not None and low > high:
        raise UsageError(f"low ({low:g}) is above high ({high:g})")
    if any(when.start > when.end for field in _DAYS if (when := getattr(made, field, None))):
        raise UsageError("the last day is before the first", hint="Write days as 2022-03-01/2022-03-03")
    return made


def fields(family: type[Struct]) -> tuple[str, ...]:
    """The fields of a type of row that may be corrected, in the order of the type."""
    return tuple(name for name in family.__struct_fields__ if name in _FIELDS[family])


def choices(family: type[Struct], field: str) -> tuple[str, ...]:
    """The words that a field takes, where only some will do; () where it takes any."""
    if family is Event and field == "kind":
        from counterclaim.reading.events import triggers  # its tables are read when they are asked for

        return tuple(sorted(triggers.kinds()))
    if field == "cumulative":
        return ("yes", "no")
    named = get_type_hints(family).get(field)
    return tuple(get_args(named)) if getattr(named, "__origin__", None) is Literal else ()


def typed(item: Row) -> dict[str, str]:
    """The fields of `item` that may be corrected, as one would type them: what `corrected` reads back."""
    return {field: _typed(getattr(item, field)) for field in fields(type(item))}


def _typed(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Actor | Place):
        return value.name
    if isinstance(value, When):
        return value.start.isoformat() + (f"/{value.end.isoformat()}" if value.end != value.start else "")
    if isinstance(value, tuple):
        names = [actor.name for actor in value]
        return "".join(f"{name};" for name in names) if any("," in name for name in names) else ", ".join(names)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def _value(field: str, written: str, places: Mapping[str, Any], before: Any) -> Any:
    if written.casefold() in ("", "none"):
        return [] if field in _LISTED else None
    if field in _LISTED:
        known = {actor["name"].casefold(): actor for actor in before or ()}
        names = (name.strip() for name in written.split(";" if ";" in written else ","))
        return [known.get(name.casefold(), {"name": name}) for name in names if name]
    if field in _NAMED:
        if before and before["name"].casefold() == written.casefold():
            return before
        return msgspec.to_builtins(places.get(written.casefold(), {"name": written}))
    if field in _DAYS:
        first, _, last = written.partition("/")
        return {"start": first, "end": last or first, "precision": 1 if not last or first == last else 2}
    if field == "cumulative" and written.casefold() in ("yes", "no"):
        return written.casefold() == "yes"
    return written.replace(",", "") if _THOUSANDS.fullmatch(written) else written
