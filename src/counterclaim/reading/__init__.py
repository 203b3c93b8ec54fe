"""Report → Reading. The main flow; each stage has a module of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counterclaim import conflict as conflicts
from counterclaim.language import Page, parsed, pipeline
from counterclaim.reading import actors, control, events, figures, places, statements, times
from counterclaim.types import Reading, Report

if TYPE_CHECKING:
    from spacy.language import Language

    from counterclaim.conflict import Conflict

#: The reader's version. A new one adds readings to a record; it never changes old ones.
VERSION = "0.1.0"


def read(report: Report, conflict: str | None = None, nlp: Language | None = None) -> Reading:
    """Everything this version finds in `report`. Pure: no clock, no net, no store."""
    nlp = nlp or pipeline()
    profile = conflicts.choose(report, conflict)
    report = times.dated(report, profile)
    with parsed(report, nlp) as page:
        return _read(page, profile, str(nlp.meta["counterclaim_name"]))


def _read(page: Page, profile: Conflict, pipeline_name: str) -> Reading:
    cast = actors.find(page, profile)
    calendar = times.find(page, profile)
    atlas = places.find(page, profile)
    said = statements.find(page, cast, calendar)
    happened = events.find(page, cast, calendar, atlas, said)
    counted = figures.find(page, cast, calendar, atlas, said, happened)
    held = control.find(page, cast, calendar, atlas, said)
    return Reading(
        report=page.report, conflict=profile.name, version=VERSION, pipeline=pipeline_name,
        statements=said, events=happened, figures=counted, holdings=held, places=atlas.mentions,
    )  # fmt: skip
