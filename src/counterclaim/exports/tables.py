"""What a screen shows, as lines of a table: the row, and one span of one report that it leads back to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Literal, NamedTuple

import msgspec

from counterclaim.errors import UsageError
from counterclaim.exports.evidence import exact
from counterclaim.exports.incidents import REVIEWED
from counterclaim.record import control as standings
from counterclaim.record.tellings import Masthead, Telling
from counterclaim.store import Filter, Record
from counterclaim.types import Figure, Place, PlaceMention, Span, Struct
from counterclaim.views import rows
from counterclaim.views import sides as views_sides
from counterclaim.views.flat import FlatSide, flat_sides
from counterclaim.views.lists import TOLL


class FigureRow(rows.Counted, frozen=True, kw_only=True):
    """A figure as told: who is `counted` in the report's words, and the event that it belongs to."""

    counted: str | None
    event: str | None


class PlaceRow(rows.Cited, frozen=True, kw_only=True):
    """Where a report names a place. `words` as written; `precision` is UCDP's where_prec; `metonym`: a government."""

    name: str
    kind: str
    country: str | None
    admin1: str | None
    geonames_id: int | None
    precision: int
    metonym: bool
    conflict: str


class Wish(NamedTuple):
    """What to put in a table. `day` is the day on which places are held, `kinds` are kinds of event or measures."""

    filter: Filter
    reviewed: bool = False
    kinds: frozenset[str] = frozenset()
    day: date | None = None


class Found(NamedTuple):
    """A row, the report and span it leads back to, what a person decided about it, and its place."""

    row: Struct
    report: Masthead
    span: Span | None = None
    quote: str = ""
    verdict: str = ""
    place: Place | None = None


class Line(NamedTuple):
    """A row as cells by column, and the place it is about."""

    cells: dict[str, Any]
    place: Place | None


Kind = Literal["text", "texts", "integer", "number", "yes or no", "day"]
#: What every line ends with. `quote` are the characters `start` to `end` (not included) of the report's text, exactly;
#: `verdict` is what a person decided about the row, if anybody did.
CITED: dict[str, Kind] = {
    "lat": "number", "lon": "number", "report": "text", "start": "integer", "end": "integer", "quote": "text",
    "verdict": "text",
}  # fmt: skip


def statements(record: Record, wish: Wish) -> Iterator[Found]:
    """Who says what: the span runs from the first word of the content to the last."""
    for t in record.statements(wish.filter):
        yield _found(rows.claim_row(t), t, Span(t.item.content[0].start, max(c.end for c in t.item.content)), None)


def events(record: Record, wish: Wish) -> Iterator[Found]:
    """What happened, each event once a report."""
    for t in record.events(msgspec.structs.replace(wish.filter, repeats=False)):
        if not wish.kinds or t.item.kind in wish.kinds:
            yield _found(rows.event_row(t), t, t.item.sentence, t.item.place)


def figures(record: Record, wish: Wish) -> Iterator[Found]:
    """What is counted, every figure as told."""
    for t in record.figures(wish.filter):
        if not wish.kinds or t.item.measure in wish.kinds:
            yield _found(_figure_row(t), t, t.item.sentence, t.item.place)


def control(record: Record, wish: Wish) -> Iterator[Found]:
    """Who holds each place on the day of the wish; of reviewed rows only, what can be known from these."""
    told = record.holdings(msgspec.structs.replace(wish.filter, first=None, last=None))
    if wish.reviewed:
        told = (t for t in told if t.verdict in REVIEWED)
    for hold in standings.holds(told, wish.day) if wish.day else ():
        lead = hold.words[0]
        yield _found(rows.control_row(hold), lead, lead.item.sentence, hold.place)


def sides(record: Record, wish: Wish) -> Iterator[Found]:
    """What several claimants count, one claimant a row, those furthest apart first."""
    for row in flat_sides(views_sides.sides(record, wish.filter, wish.kinds or TOLL)):
        short, _, item = row.id.rpartition("/")
        lead = next(record.figures(Filter(report=record.report_id(short), row=item)))
        yield _found(row, lead, lead.item.sentence, lead.item.place)


def places(record: Record, wish: Wish) -> Iterator[Found]:
    """Where reports name places, a row a mention."""
    asked = (wish.filter.place or "").casefold()
    for head, mention, words in record.mentions(wish.filter):
        place = mention.place
        if not asked or asked in {(n or "").casefold() for n in (place.name, place.admin1, place.country)}:
            yield Found(_place_row(head, mention, words), head, mention.span, words, place=place)


def reports(record: Record, wish: Wish) -> Iterator[Found]:
    """The reports themselves."""
    for head, _ in record.reports(wish.filter):
        yield Found(head, head)


class Table(NamedTuple):
    """A table: the type of its rows, and where they come from. `judged`: whether people can review its rows."""

    row: type[Struct]
    found: Callable[[Record, Wish], Iterator[Found]]
    judged: bool = True


TABLES: dict[str, Table] = {
    "statements": Table(rows.ClaimRow, statements),
    "events": Table(rows.EventRow, events),
    "figures": Table(FigureRow, figures),
    "sides": Table(FlatSide, sides),
    "control": Table(rows.ControlRow, control),
    "places": Table(PlaceRow, places, judged=False),
    "reports": Table(Masthead, reports, judged=False),
}


def lines(record: Record, name: str, wish: Wish) -> Iterator[Line]:
    """The lines of a table, streaming as far as its rows do.

    Raises:
        UsageError: if only reviewed rows are wanted of a table that nobody reviews.
    """
    table = TABLES[name]
    if wish.reviewed and not table.judged:
        raise UsageError(f"{name} are not reviewed", hint="Leave --reviewed out, or export another table")
    own = [column for column in columns(name) if column not in CITED or column in table.row.__struct_fields__]
    count = 0
    for found in table.found(record, wish):
        if wish.reviewed and found.verdict not in REVIEWED:
            continue
        if wish.filter.limit is not None and count >= wish.filter.limit:
            break
        count += 1
        cells = {column: getattr(found.row, column) for column in own}
        cells |= {
            "lat": found.place.lat if found.place else None, "lon": found.place.lon if found.place else None,
            "report": found.report.id, "start": found.span.start if found.span else None,
            "end": found.span.end if found.span else None, "quote": found.quote, "verdict": found.verdict,
        }  # fmt: skip
        yield Line(cells, found.place)


def columns(name: str) -> dict[str, Kind]:
    """The columns of a table and what is in them: the row's own fields, but for rows inside it, then `CITED`."""
    info = msgspec.inspect.type_info(TABLES[name].row)
    assert isinstance(info, msgspec.inspect.StructType)
    own = {field.name: kind for field in info.fields if (kind := _kind(field.type)) is not None}
    return {**{n: k for n, k in own.items() if n not in CITED}, **CITED}


_KINDS: dict[type[msgspec.inspect.Type], Kind] = {
    msgspec.inspect.StrType: "text",
    msgspec.inspect.LiteralType: "text",
    msgspec.inspect.BoolType: "yes or no",
    msgspec.inspect.DateType: "day",
    msgspec.inspect.IntType: "integer",
    msgspec.inspect.FloatType: "number",
}


def _kind(info: msgspec.inspect.Type) -> Kind | None:
    if isinstance(info, msgspec.inspect.UnionType):
        kinds = {_kind(t) for t in info.types if not isinstance(t, msgspec.inspect.NoneType)}
        return "number" if kinds == {"integer", "number"} else kinds.pop()
    if isinstance(info, msgspec.inspect.VarTupleType):
        return "texts" if isinstance(info.item_type, msgspec.inspect.StrType) else None
    return _KINDS.get(type(info))


def _found(row: Struct, telling: Telling[Any], span: Span, place: Place | None) -> Found:
    return Found(row, telling.report, span, exact(telling, span), telling.verdict, place)


def _figure_row(t: Telling[Figure]) -> FigureRow:
    item = t.item
    return FigureRow(
        **rows.counted(t, item.as_of.start if item.as_of else None), **rows.printed([t]), counted=item.counted,
        event=f"{t.report.short}/{item.event}" if item.event else None,
    )  # fmt: skip


def _place_row(head: Masthead, mention: PlaceMention, words: str) -> PlaceRow:
    place = mention.place
    return PlaceRow(
        id=head.short, outlet=head.name, url=head.url, published=head.published, words=words, name=place.name,
        kind=place.kind, country=place.country, admin1=place.admin1, geonames_id=place.geonames_id,
        precision=place.precision, metonym=mention.metonym, conflict=head.conflict,
    )  # fmt: skip
