"""What a list shows on a page: for each type of row (and `standing`, beside a map) its columns.

A cell has its words and where it leads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

from counterclaim.views import wording, words
from counterclaim.views.rows import UNATTRIBUTED


class Part(NamedTuple):
    """A piece of a cell: its text, and where it leads."""

    text: str
    href: str | None = None


class Cell(NamedTuple):
    """A cell: its text, where it leads (None: nowhere), and its class; or `parts`, which lead to several places."""

    text: str
    href: str | None = None
    kind: str = ""
    parts: tuple[Part, ...] = ()


class Column(NamedTuple):
    """A column: its heading, and what it shows of a row."""

    heading: str
    cell: Callable[[Any], Cell]


def at(ref: str) -> str:
    """The address of a row's words: its report, at the row."""
    report, _, row = ref.rpartition("/")
    return f"/report/{quote(report, safe='')}#{quote(row)}" if report else f"/report/{quote(row, safe='')}"


def place(name: str | None) -> str | None:
    """The address of a place."""
    return f"/place/{quote(name, safe='')}" if name else None


def actor(name: str | None) -> str | None:
    """The address of an actor; nobody's where the words hide the name."""
    return f"/actor/{quote(name, safe='')}" if name and name != UNATTRIBUTED else None


def event(ref: str) -> str:
    """The address of an event that this row tells of."""
    return f"/event/{quote(ref, safe='')}"


def _speaker(row: Any) -> Cell:
    """Who says so, and who carries the words, each leading to their page."""
    own = Part((row.speaker or f"({row.outlet})") + (" (not named)" if row.anonymous else ""), actor(row.speaker))
    carriers = tuple(Part(name, actor(name)) for name in reversed(row.chain))
    return Cell(words.speaker(row), None, "who", (own, *_listed(carriers, ", as told by ")))


def _does(row: Any) -> Cell:
    """Who did it to whom."""
    acts, suffers = (tuple(Part(name, actor(name)) for name in some) for some in (row.actors, row.targets))
    return Cell(words.does(row), parts=(*_listed(acts), *_listed(suffers, " → ")))


def _listed(parts: Sequence[Part], first: str = "") -> Iterator[Part]:
    for n, part in enumerate(parts):
        yield Part(", " if n else first)
        yield part


def _place(row: Any) -> Cell:
    return Cell(row.place or "", place(row.place))


def _words(row: Any) -> Cell:
    return Cell(wording.excerpt(row.words), at(row.id), "words")


def _ref(row: Any) -> Cell:
    return Cell(f"{wording.label(row.outlet)} {wording.tellers(row)}".rstrip(), at(row.id), "source")


def _counted(row: Any) -> Cell:
    part = f" (part of {row.part_of.rpartition('/')[2]})" if row.part_of else ""
    total = ", running total" if row.total else ""
    return Cell(f"{row.measure.replace('_', ' ')}: {words.whose(row)}{total}{part}")


def _event(row: Any) -> Cell:
    return Cell(
        words.kind(row.kind) + ("" if row.status == "reported" else f" ({row.status})"), event(row.id), row.status
    )


def _spell(row: Any) -> str:
    if row.until is None:
        return f"since {words.day(row.day)}"
    return words.day(row.day) if row.until == row.day else f"{words.day(row.day)} – {words.day(row.until)}"


def _days(row: Any) -> str:
    return " – ".join(dict.fromkeys(words.day(day) for day in (row.first, row.last) if day))


def _reports(row: Any) -> Cell:
    """Each report of a story; which are copies."""
    each = (Part(f"{r} (copy)" if r in row.copies else r, f"/report/{quote(r, safe='')}") for r in row.reports)
    return Cell(", ".join(row.reports), parts=tuple(_listed(tuple(each))))


def _copy(row: Any) -> Cell:
    return Cell(f"{wording.label(row.outlet)}{': passage' * (row.what == 'passage')}", at(row.id))


def _first_printer(row: Any) -> Cell:
    told = ", ".join(filter(None, (row.of_outlet, words.day(row.of_published))))
    return Cell(told, at(row.of), "source")


_WHEN = Column("when", lambda r: Cell(words.when(r), kind="when"))
_WORDS, _SOURCE, _PLACE = Column("words", _words), Column("told by", _ref), Column("place", _place)
_HOLDS = Column("who holds it", lambda r: Cell("; ".join((words.standing(r), *r.claims)), kind=r.standing))
_SAYS = Column("who says so", lambda r: Cell(", ".join(map(wording.running, r.says))))

COLUMNS: Mapping[str, Sequence[Column]] = {
    "ClaimRow": (
        _WHEN, Column("who says", _speaker),
        Column("stance", lambda r: Cell(r.stance, kind=r.stance)), _WORDS, _SOURCE,
    ),
    "EventRow": (
        _WHEN, Column("what", _event), _PLACE, Column("who to whom", _does), _WORDS, _SOURCE,
    ),
    "telling": (
        Column("told", lambda r: Cell(words.day(r.published), kind="when")),
        Column("when", lambda r: Cell(words.when(r), kind="when")),
        Column("what", lambda r: Cell(words.kind(r.kind) + ("" if r.status == "reported" else f" ({r.status})"))),
        _PLACE, Column("who says so", lambda r: Cell(r.by or "the outlet", actor(r.by))), _WORDS, _SOURCE,
    ),
    "TollRow": (
        _WHEN, Column("counted", _counted), Column("number", lambda r: Cell(r.number, at(r.id), "number")),
        Column("who says so", lambda r: Cell(r.by or f"({wording.label(r.outlet)})", actor(r.by))),
        _PLACE, _WORDS, _SOURCE,
    ),
    "ControlRow": (
        _PLACE, _HOLDS, _SAYS, Column("last word", lambda r: Cell(words.age(r.age), kind="when")), _WORDS, _SOURCE,
    ),
    "SpellRow": (
        Column("from, to", lambda r: Cell(_spell(r), kind="when")),
        _HOLDS, _SAYS, _WORDS, _SOURCE,
    ),
    "standing": (
        _PLACE, Column("who holds it", lambda r: Cell("; ".join((words.standing(r), *r.claims)), at(r.id))), _SAYS,
        Column("last word", lambda r: Cell(words.age(r.age), kind="when")),
    ),
    "StoryRow": (
        Column("days", lambda r: Cell(_days(r), kind="when")),
        Column("story", lambda r: Cell(r.headline or r.story, f"/report/{quote(r.story, safe='')}", "words")),
        Column("told by", lambda r: Cell(wording.outlets(r.outlets, r.independent), kind="source")),
        Column("reports", _reports),
    ),
    "CopyRow": (
        Column("published", lambda r: Cell(words.day(r.published), kind="when")),
        Column("copy", _copy), Column("printed first by", _first_printer),
        Column("in common", lambda r: Cell(f"{r.like:.0%}", kind="number")), _WORDS,
    ),
    "Masthead": (
        Column("published", lambda r: Cell(words.day(r.published), kind="when")),
        Column("headline", lambda r: Cell(r.headline or r.short, at(r.short), "words")),
        Column("outlet", lambda r: Cell(r.name)),
    ),
}  # fmt: skip
