"""How the rows that a filter lets through spread over outlets, parties, kinds: what facets show.

Rows are looked through up to a bound, so that a question to a large record costs no more than one to a fair-sized one.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Collection
from typing import Any, Literal, NamedTuple

import msgspec
import sqlalchemy as sa

from counterclaim.store import queries
from counterclaim.store import schema as t
from counterclaim.store.queries import Filter

What = Literal["statement", "event", "passage", "report"]
#: Rows that are looked through.
MOST = 5_000


class Spread(NamedTuple):
    """How often each value of each field stands among `rows` rows. `whole`: these are all that there are."""

    counts: dict[str, Counter[str]]
    rows: int
    whole: bool


def spread(
    connection: sa.Connection, what: What, wanted: Filter, wrong: Collection[tuple[str, str]], words: str = ""
) -> Spread:
    """How the rows of one kind spread; `words` are those of a search, `wrong` rows that do not count, by report and id.

    A place counts for itself, its province and its country, as the filter takes it.
    """
    fields = {name: column.label(f"field_{name}") for name, column in _FIELDS[what].items()}
    query = _query(what, msgspec.structs.replace(wanted, limit=None), words)
    found = query.with_only_columns(*_NAMES[what], *fields.values()).order_by(None).limit(MOST + 1)
    counts: dict[str, Counter[str]] = {name: Counter() for name in fields}
    rows = 0
    for row in connection.execute(found):
        if what in t.FAMILIES and wrong and (row[0], row[1]) in wrong:
            continue
        rows += 1
        for name, value in zip(fields, row[-len(fields) :], strict=True):
            if value:
                counts[name].update({v for v in value.split("\n") if v} if name == "place" else (value,))
    return Spread(counts, min(rows, MOST), rows <= MOST)


def _query(what: What, wanted: Filter, words: str) -> sa.Select[Any]:
    if what == "report":
        return queries.heads(wanted)
    return queries.search(words, wanted) if what == "passage" else queries.rows(what, wanted)


_told_by = sa.func.coalesce(t.reading.c.outlet, t.reading.c.byline)


def _inside(body: Any, *paths: str) -> sa.ColumnElement[str]:
    """The values at `paths` of a row's body, a line each."""
    parts: list[Any] = [sa.func.coalesce(sa.func.json_extract(body, path), "") for path in paths]
    return functools.reduce(lambda one, other: one + "\n" + other, parts)


_FIELDS: dict[What, dict[str, sa.ColumnElement[str]]] = {
    "statement": {
        "party": sa.func.json_extract(t.statement.c.speaker, "$.party"), "stance": t.statement.c.stance + "",
        "outlet": _told_by,
    },
    "event": {
        "kind": t.event.c.kind + "", "outlet": _told_by,
        "place": _inside(t.event.c.body, "$.place.name", "$.place.admin1", "$.place.country"),
    },
    "passage": {"outlet": _told_by, "published": t.reading.c.published + "", "kind": t.passage.c.kind + ""},
    "report": {"outlet": _told_by, "published": t.reading.c.published + ""},
}  # fmt: skip
_NAMES: dict[What, tuple[sa.ColumnElement[str], ...]] = {
    "statement": (t.newest.c.report.label("of"), t.statement.c.id),
    "event": (t.newest.c.report.label("of"), t.event.c.id),
    "passage": (),
    "report": (),
}
