"""Report → Reading. The main flow; each stage has a module of its own.

Two readers: "encoder", the rules with the learned encoder's vote on statements, and "rules", which stand alone.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Literal

import msgspec

from counterclaim import conflict as conflicts
from counterclaim.language import PARSED, Page, parsed, pipeline
from counterclaim.reading import actors, control, encoder, events, figures, places, statements, times
from counterclaim.reading.places import imported
from counterclaim.types import Reading, Report

if TYPE_CHECKING:
    from spacy.language import Language

    from counterclaim.conflict import Conflict
    from counterclaim.reading.encoder import Proposals

Reader = Literal["encoder", "rules"]
#: The reader's version. A new one adds readings to a record; it never changes old ones.
VERSION = "0.3.0"
#: Languages that are read. A report in another one is kept, marked unread; "und" is too short to tell.
READ_LANGUAGES = frozenset({"en", "und"})


def chosen(reader: Reader | None) -> Reader:
    """The reader asked for; None is the encoder where it is installed, else the rules."""
    return reader or ("encoder" if encoder.installed() else "rules")


def version(reader: Reader | None = None) -> str:
    """What readings by `reader` are marked with: what makes readings differ is in it.

    That is the reader, and the places that the user has imported ("0.3.0+UA.1a2b3c4d").
    """
    more = "".join(f"+{source.country}.{source.sha256[:8]}" for source in imported.sources())
    return VERSION + ("" if chosen(reader) == "encoder" else "-rules") + more


def read(
    report: Report, conflict: str | None = None, nlp: Language | None = None, reader: Reader | None = None
) -> Reading:
    """Everything this version finds in `report`. Pure: no clock, no net, no store.

    Raises:
        ConfigError: if the pipeline, or the encoder where it is asked for, cannot be loaded.
    """
    nlp = nlp or pipeline()
    reader = chosen(reader)
    profile = conflicts.choose(report, conflict)
    report = times.dated(report, profile)
    empty = Reading(
        report=report,
        conflict=profile.name,
        day=_day(report, profile),
        version=version(reader),
        pipeline=str(nlp.meta["counterclaim_name"]) + (f", {encoder.net().version}" if reader == "encoder" else ""),
    )
    if report.language not in READ_LANGUAGES:
        return msgspec.structs.replace(empty, unread=f"its language is {report.language}; only English is read")
    if reader == "rules":
        with parsed(report, nlp) as page:
            return _read(page, profile, empty, None)
    with ThreadPoolExecutor(1) as beside:  # the encoder needs no parse: it works while the parser does
        read_ = [p.span for p in report.passages if p.kind in PARSED]
        proposals = beside.submit(encoder.propose, report.text, read_)
        with parsed(report, nlp) as page:
            return _read(page, profile, empty, proposals.result())


def _read(page: Page, profile: Conflict, empty: Reading, proposals: Proposals | None) -> Reading:
    cast = actors.find(page, profile)
    calendar = times.find(page, profile)
    atlas = places.find(page, profile)
    said = statements.find(page, cast, calendar, proposals)
    happened = events.find(page, cast, calendar, atlas, said, learned=proposals is not None)
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
