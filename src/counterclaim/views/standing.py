"""Who holds each place on a day, in two steps: the rules look at what was told, rows only at what is shown of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from counterclaim.record import control
from counterclaim.record.control import Hold
from counterclaim.store import Filter, Record


def standings(
    record: Record, day: date, conflict: str | None = None, known_on: date | None = None, place: str | None = None
) -> list[Hold]:
    """Every place that anybody had spoken of, as it stood on `day`, by name; the words not yet there: see `told`."""
    wanted = Filter(conflict=conflict, place=place, last=day, back=control.back(), known_on=known_on)
    return control.standings(record.words(wanted), day, known_on)


def told(record: Record, holds: Iterable[Hold]) -> list[Hold]:
    """The same holds with the tellings that they rest on."""
    every = list(holds)
    found = record.at("holding", {point for hold in every for point in (*hold.words, *hold.claims)})  # type: ignore[misc]

    def there(points: Sequence[object]) -> tuple[object, ...]:
        return tuple(control.plain(found[point]) for point in points)  # type: ignore[index]

    return [msgspec.structs.replace(hold, words=there(hold.words), claims=there(hold.claims)) for hold in every]
