"""Lists in columns: what there is room for, nothing cut to nonsense, an id never broken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from counterclaim.cli import screen
from counterclaim.views import wording

if TYPE_CHECKING:
    from rich.text import Text

    from counterclaim.types import Struct


class Column(NamedTuple):
    """A column of a list: its field and heading, its least width (0: as wide as it must be), its share of what is left.

    `spare` is the order in which columns give way where there is no room for all: 1 first, 0 never.
    """

    field: str
    heading: str
    least: int = 0
    share: int = 0
    spare: int = 0


#: The columns of each list on a terminal.
_COLUMNS: Mapping[str, Sequence[Column]] = {
    "ClaimRow": (
        Column("id", "id"), Column("when", "said", spare=2), Column("who", "who", 16, 2),
        Column("stance", "stance", spare=1), Column("words", "words", 24, 6),
    ),
    "EventRow": (
        Column("id", "id"), Column("when", "when", spare=3), Column("kind", "kind", 10, 1),
        Column("place", "place", 12, 1), Column("does", "who to whom", 16, 2, spare=1),
        Column("words", "sentence", 24, 5),
    ),
    "TollRow": (
        Column("id", "id"), Column("when", "as of", spare=1), Column("measure", "measure", 9, 1),
        Column("whose", "of whom", 14, 2), Column("number", "number", 10, 1), Column("claimant", "says who", 16, 3),
        Column("where", "where", 12, 2, spare=2),
    ),
    "ControlRow": (
        Column("id", "id"), Column("place", "place", 12, 2), Column("state", "who holds it", 20, 4),
        Column("since", "since", spare=1), Column("age", "last word", spare=2), Column("says", "says who", 16, 3),
    ),
    "SpellRow": (
        Column("id", "id"), Column("place", "place", 12, 2), Column("spell", "from, to"),
        Column("state", "who holds it", 18, 4), Column("says", "says who", 16, 3),
    ),
    "PassageRow": (
        Column("id", "id"), Column("published", "published", spare=1), Column("outlet", "outlet", 14, 1),
        Column("words", "passage", 30, 6),
    ),
    "StoryRow": (
        Column("id", "story"), Column("days", "when", spare=2), Column("told", "told by", 20, 3),
        Column("headline", "headline", 24, 5, spare=1), Column("reports", "reports", 12, 3, spare=3),
    ),
    "CopyRow": (
        Column("id", "id"), Column("published", "published", spare=1), Column("outlet", "outlet", 14, 2),
        Column("of", "copy of", 12, 2), Column("of_outlet", "outlet", 14, 2, spare=2), Column("like", "shared"),
        Column("words", "words", 20, 5, spare=3),
    ),
    "GroupRow": (
        Column("id", "id"), Column("when", "when", spare=2), Column("kind", "what, where", 12, 1),
        Column("told", "told by", 14, 2), Column("members", "tellings, and what ties them", 30, 7),
    ),
    "JoinRow": (
        Column("id", "id"), Column("standing", "standing"), Column("pair", "the two", 30, 6),
        Column("why", "why", 20, 4),
    ),
    "Agreement": (
        Column("id", "who"), Column("rows", "both judged"), Column("share", "the same"), Column("kappa", "kappa"),
        Column("differ", "where they differ", 24, 4),
    ),
}  # fmt: skip
#: Rows laid out together: a long list comes page by page, not after the last row is known.
_PAGE = 500
#: Spaces between columns.
_BETWEEN = 2


def show(kind: str, found: Iterator[Struct]) -> None:
    """Rows in columns; a heading on the first page only."""
    from rich.table import Table

    out = screen.console()
    head = True
    columns: list[tuple[Column, int]] = []
    while page := list(islice(found, _PAGE)):
        cells = [{c.field: _text(_field(row, c.field)) for c in _COLUMNS[kind]} for row in page]
        columns = columns or _fitted(_COLUMNS[kind], cells, out.width)
        wide = max(out.width, sum(width + _BETWEEN for _, width in columns))
        table = Table(box=None, pad_edge=False, padding=(0, _BETWEEN, 0, 0), header_style="bold", show_header=head)
        for column, width in columns:
            style = "dim" if column.field == "id" else None
            table.add_column(column.heading, no_wrap=not column.share, width=width, style=style, overflow="fold")
        for row in cells:
            table.add_row(*(row[column.field] for column, _ in columns))
        with out.capture() as captured:
            out.print(table, width=wide, crop=False, soft_wrap=False)
        screen.lines(captured.get())
        head = False


def _fitted(columns: Sequence[Column], cells: Sequence[Mapping[str, Text]], width: int) -> list[tuple[Column, int]]:
    """The columns there is room for, each with its width. An id is never cut, whatever the width."""
    need = {
        c.field: max(len(c.heading), *(max(map(screen.width_of, row[c.field].plain.split("\n"))) for row in cells))
        for c in columns
    }
    kept = [c for c in columns if c.field == "id" or any(row[c.field].plain for row in cells)]
    least = {c.field: min(c.least, need[c.field]) if c.share else need[c.field] for c in kept}

    def room() -> int:
        return width - sum(least[c.field] + _BETWEEN for c in kept) + _BETWEEN

    while room() < 0 and (spare := [c for c in kept if c.spare]):
        kept.remove(min(spare, key=lambda c: c.spare))
    left, widths = max(0, room()), {c.field: least[c.field] for c in kept}
    growing = [c for c in kept if widths[c.field] < need[c.field]]
    while left > 0 and growing:
        for column in growing:
            more = min(column.share, left, need[column.field] - widths[column.field])
            widths[column.field] += more
            left -= more
        growing = [c for c in growing if widths[c.field] < need[c.field]]
    return [(c, widths[c.field]) for c in kept]


def _text(value: str) -> Text:
    """Text with the words between \\x02 and \\x03 marked."""
    from rich.text import Text

    text = Text()
    for i, part in enumerate(screen.safe(value).replace("\x03", "\x02").split("\x02")):
        text.append(part, style="bold magenta" if i % 2 else "")
    return text


def _field(row: Any, field: str) -> str:
    """What a column shows of a row."""
    made: dict[str, Callable[[Any], str]] = {
        "when": screen.when,
        "who": screen.speaker,
        "does": screen.does,
        "whose": lambda r: screen.whose(r) + (f" (part of {r.part_of.rpartition('/')[2]})" if r.part_of else ""),
        "state": lambda r: "; ".join((screen.standing(r), *r.claims)),
        "spell": lambda r: f"{screen.day(r.day)} –\n{screen.day(r.until)}".rstrip(),
        "age": lambda r: screen.age(r.age),
        "since": lambda r: screen.day(r.since),
        "says": lambda r: ", ".join(r.says),
        "claimant": lambda r: (r.by or f"({r.outlet})") + _printed(r),
        "where": lambda r: "running total" if r.total else r.place or "",
        "kind": lambda r: screen.kind(r.kind) + ("" if r.status == "reported" else f" ({r.status})"),
        "published": lambda r: screen.day(r.published),
        "measure": lambda r: str(r.measure).replace("_", " "),
        "words": lambda r: r.words + _printed(r),
        **_together(row),
    }
    return made[field](row) if field in made else getattr(row, field) or ""


def _printed(row: Any) -> str:
    """That a row is told by several outlets, in whose words, or stands in a copied passage."""
    told = getattr(row, "told_by", ())
    many = f" ({len(told)} outlets, {row.independent} independent)" if len(told) > 1 else ""
    return many or (f" (copied from {row.copy_of})" if getattr(row, "copy_of", None) else "")


def _together(row: Any) -> dict[str, Callable[[Any], str]]:
    """What the columns of stories, copies and joins show; other rows have fields of the same names."""
    if type(row).__name__ == "StoryRow":
        return {
            "id": lambda r: r.story,
            "days": lambda r: "–".join(dict.fromkeys(filter(None, (screen.day(r.first), screen.day(r.last))))),
            "told": lambda r: wording.outlets(r.outlets, r.independent),
            "reports": lambda r: ", ".join(r.reports),
        }
    if type(row).__name__ == "JoinRow":
        return {
            "id": lambda r: r.id.replace(" ", "\n"),
            "standing": lambda r: (
                f"{r.standing}\n{f'by {r.by}' if r.by else '' if r.score is None else f'{r.score:g} points'}"
            ),
            "pair": lambda r: "\n".join(f"{t.outlet}, {screen.day(t.published)}: {t.words}" for t in (r.one, r.other)),
            "why": lambda r: r.why or "; ".join(r.history),
        }
    if type(row).__name__ == "Agreement":
        return {
            "id": lambda r: f"{r.one}\n{r.other}",
            "rows": lambda r: str(r.rows),
            "share": lambda r: f"{r.share:.0%}",
            "kappa": lambda r: (
                f"(under {r.least} rows)" if r.rows < r.least else "" if r.kappa is None else f"{r.kappa:.2f}"
            ),
            "differ": lambda r: "\n".join(f"{d.id}: {d.one}, {d.other}" for d in r.differ[:5]),
        }
    if type(row).__name__ == "GroupRow":
        return {
            "kind": lambda r: "\n".join(
                filter(None, (screen.kind(r.kind), r.place, "" if r.score is None else f"{r.score:g} points"))
            ),
            "told": lambda r: wording.outlets(r.told_by, r.independent),
            "members": lambda r: "\n".join(map(_member, r.members)) + "".join(f"\n{said}" for said in r.judged),
        }
    return {"like": lambda r: f"{r.like:.0%}"} if type(row).__name__ == "CopyRow" else {}


def _member(member: Any) -> str:
    """One report's telling in a group: who, when, its words; what ties it to another."""
    words = wording.excerpt(member.words)
    points = "" if member.score is None else f"{member.score:g} points with {member.tie}: "
    copied = f" (copied from {member.copy_of})" if member.copy_of else ""
    return f"{member.id} {member.outlet}, {screen.day(member.published)}: {words}{copied}\n  {points}{member.why}"
