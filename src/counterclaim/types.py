"""Every shared type, frozen. The first file to read.

Offsets are Python characters into `Report.text`, end exclusive. Anything shown to a person has a `Span`; a row
without one cannot be built. The words are those of the field: UCDP GED for precisions, ACLED and PLOVER for kinds of
event (mapped in `lexicon/kinds`), and our own (statement, figure, holding) where no schema has one.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

PassageKind = Literal[
    "headline", "standfirst", "byline", "dateline", "caption", "credit", "graphic", "crosshead", "paragraph",
    "list_item", "timestamp", "promo", "source_line", "junk",
]  # fmt: skip
Basis = Literal["metadata", "given", "day_count", "none"]
Directness = Literal["direct", "indirect", "mixed"]
Stance = Literal["asserts", "denies", "confirms", "warns", "vows", "demands", "accuses", "other"]
ActorKind = Literal["person", "state", "organisation", "armed_group", "outlet", "group", "unnamed"]
Status = Literal["reported", "claimed", "denied", "planned"]
Bound = Literal["exact", "approx", "at_least", "at_most", "range", "plural"]
Measure = Literal[
    "killed", "wounded", "killed_or_wounded", "missing", "captured", "displaced", "evacuated", "trapped", "detained",
    "deployed", "equipment_lost", "equipment_pledged", "strikes", "intercepted", "money", "population", "duration",
    "distance", "area", "percent", "other",
]  # fmt: skip
State = Literal["controlled", "captured", "recaptured", "besieged", "contested", "withdrawn", "claimed"]

#: Kinds of passage that hold the outlet's own prose. Others (captions, credits, promos) are kept but tell less.
PROSE: frozenset[str] = frozenset({"headline", "standfirst", "crosshead", "paragraph", "list_item"})


class Struct(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=False):
    """Base of every type here: immutable, keyword arguments only, compared by value."""


class Span(msgspec.Struct, frozen=True, order=True):
    """A stretch of `Report.text`: characters `start` to `end`, end exclusive.

    Raises:
        ValueError: if the span is empty, reversed or begins before the text.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"no such span: {self.start} to {self.end}")

    def of(self, text: str) -> str:
        """The words of this span in `text`."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


class Passage(Struct, frozen=True, kw_only=True):
    """A part of a report with a kind. `span` leaves out list marks, heading marks and surrounding space."""

    kind: PassageKind
    span: Span


class Report(Struct, frozen=True, kw_only=True):
    """One published piece. `text` never changes after this: every offset counts in it.

    `id` is a hash of text and origin unless the input gave one. `published_basis` says where the date came from:
    the page's metadata, the caller, the day count of the conflict ("DAY 8"), or nowhere. `origin` is the file,
    line or address it was read from, for messages. `language` is an ISO 639-1 code or "und".
    """

    id: str
    text: str
    passages: tuple[Passage, ...] = ()
    url: str | None = None
    outlet: str | None = None
    byline: str | None = None
    headline: str | None = None
    published: date | None = None
    published_basis: Basis = "none"
    language: str = "en"
    origin: str | None = None


class Actor(Struct, frozen=True, kw_only=True):
    """Somebody who speaks, acts or is acted on. `name` is canonical English; the span keeps what was written.

    `party` is the side or body of the conflict's profile, or none. `kind` "unnamed" is a person whose name the
    report withholds ("a senior aide to Macron"); a body known only by its name or office is not unnamed.
    """

    name: str
    kind: ActorKind = "organisation"
    role: str | None = None
    party: str | None = None

    @property
    def anonymous(self) -> bool:
        """Whether the report withholds who this is."""
        return self.kind == "unnamed"


class Place(Struct, frozen=True, kw_only=True):
    """A place as resolved. `precision` is UCDP GED's where_prec, 1 (exact) to 7 (international waters or air)."""

    name: str
    kind: str = "town"
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonames_id: int | None = None
    precision: int = 1


class PlaceMention(Struct, frozen=True, kw_only=True):
    """Where a report names a place. `place` is what it resolves to; `metonym` when it stands for a government."""

    span: Span
    place: Place
    metonym: bool = False


class When(Struct, frozen=True, kw_only=True):
    """A stretch of days, both ends inclusive. `precision` is UCDP GED's date_prec, 1 (one day) to 5 (over a month)."""

    start: date
    end: date
    precision: int = 1
    span: Span | None = None


class Statement(Struct, frozen=True, kw_only=True):
    """An act of communication or a document: who says what. Belief and desire are not statements unless said.

    `source` is the mention as written (none where the words hide it), `speaker` what it resolves to. `content` holds
    one span, or several where the cue splits a quote. `via` is the id of the statement that carries this one, or the
    name of another outlet that was told. `why` names the rule and cue that found it, or the encoder and its chance.
    """

    id: str
    content: tuple[Span, ...]
    source: Span | None = None
    speaker: Actor | None = None
    cue: Span | None = None
    directness: Directness = "indirect"
    stance: Stance = "asserts"
    addressee: str | None = None
    occasion: str | None = None
    said_on: When | None = None
    via: str | None = None
    why: str = ""

    def __post_init__(self) -> None:
        if not self.content:
            raise ValueError(f"statement {self.id} has no content")


class Event(Struct, frozen=True, kw_only=True):
    """One telling of something that happened, by kind. One row a sentence and kind; `same_as` ties later tellings.

    `status`: reported by the outlet itself, claimed by the speaker of `statement`, denied, or planned (wishes,
    forecasts, offers, threats). `place` and `when` are the event's own, not just any in the sentence.
    """

    id: str
    kind: str
    trigger: Span
    sentence: Span
    actors: tuple[Actor, ...] = ()
    targets: tuple[Actor, ...] = ()
    place: Place | None = None
    when: When | None = None
    status: Status = "reported"
    statement: str | None = None
    same_as: str | None = None
    why: str = ""


class Figure(Struct, frozen=True, kw_only=True):
    """A number as told: `span` covers it with its qualifier ("at least 13"), without the counted noun.

    `low` and `high` are None where the end is open. `claimed_by` None means the reporter counts. `cumulative` is
    True for a running total, False for one event's own count, None where that has no meaning. `part_of` is the id of
    the larger figure this one is included in.
    """

    id: str
    span: Span
    sentence: Span
    measure: Measure
    bound: Bound
    low: float | None = None
    high: float | None = None
    counted: str | None = None
    party: str | None = None
    unit: str | None = None
    cumulative: bool | None = None
    as_of: When | None = None
    place: Place | None = None
    claimed_by: Actor | None = None
    event: str | None = None
    statement: str | None = None
    part_of: str | None = None
    why: str = ""


class Holding(Struct, frozen=True, kw_only=True):
    """Somebody holds a place in some state on some day, says somebody.

    `holder` is who holds the place afterwards; `by` is the besieger, or the side that left. `claimed_by` None means
    the reporter says so.
    """

    id: str
    place: Place
    state: State
    sentence: Span
    trigger: Span
    holder: str | None = None
    by: str | None = None
    when: When | None = None
    claimed_by: Actor | None = None
    statement: str | None = None
    same_as: str | None = None
    why: str = ""


class Reading(Struct, frozen=True, kw_only=True):
    """All that one version of the reader found in one report. Pure: same report and version, same reading."""

    report: Report
    conflict: str
    version: str
    pipeline: str
    day: int | None = None
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    figures: tuple[Figure, ...] = ()
    holdings: tuple[Holding, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    unread: str | None = None
    """Why nothing was read (for example another language), or None."""
