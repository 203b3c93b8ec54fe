"""Report → Reading. The main flow; each stage has a module of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from counterclaim import conflict as conflicts
from counterclaim.language import Page, parsed, pipeline
from counterclaim.reading import actors, control, events, figures, places, statements, times
from counterclaim.types import Reading, Report

if TYPE_CHECKING:
    from spacy.language import Language

    from counterclaim.conflict import Conflict

#: The reader's version. A new one adds readings to a record; it never changes old ones.
VERSION = "0.1.0"
#: Languages that are read. A report in another one is kept, marked unread; "und" is too short to tell.
READ_LANGUAGES = frozenset({"en", "und"})


def read(report: Report, conflict: str | None = None, nlp: Language | None = None) -> Reading:
    """Everything this version finds in `report`. Pure: no clock, no net, no store."""
    nlp = nlp or pipeline()
    profile = conflicts.choose(report, conflict)
    report = times.dated(report, profile)
    empty = Reading(
        report=report,
        conflict=profile.name,
        day=_day(report, profile),
        version=VERSION,
        pipeline=str(nlp.meta["counterclaim_name"]),
    )
    if report.language not in READ_LANGUAGES:
        return msgspec.structs.replace(empty, unread=f"its language is {report.language}; only English is read")
    with parsed(report, nlp) as page:
        return _read(page, profile, empty)


def _read(page: Page, profile: Conflict, empty: Reading) -> Reading:
    cast = actors.find(page, profile)
    calendar = times.find(page, profile)
    atlas = places.find(page, profile)
    said = statements.find(page, cast, calendar)
    happened = events.find(page, cast, calendar, atlas, said)
    counted = figures.find(page, cast, calendar, atlas, said, happened)
    held = control.find(page, cast, calendar, atlas, said)
    return msgspec.structs.replace(
        empty, statements=said, events=happened, figures=counted, holdings=held, places=atlas.mentions
    )


def _day(report: Report, profile: Conflict) -> int | None:
    """Which day of the conflict the report came out on, day one being 1; None before it or where unknown."""
    if report.published is None or profile.day_one is None or report.published < profile.day_one:
        return None
    return (report.published - profile.day_one).days + 1
