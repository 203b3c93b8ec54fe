"""What rows of both coded formats have in common."""

from __future__ import annotations

from counterclaim.exports.incidents import Incident
from counterclaim.record.tellings import Masthead, Telling
from counterclaim.types import Figure, Struct


class Coded(Struct, frozen=True, kw_only=True):
    """A row: its number, its cells by column (those it lacks stay empty), and what each figure was taken for."""

    number: int | str
    cells: dict[str, object]
    taken: dict[tuple[str, str], str]


def heads_of(incident: Incident) -> list[Masthead]:
    """The reports of an incident, by day of publication."""
    heads = {t.report.id: t.report for t in incident.rows}
    return sorted(heads.values(), key=lambda h: (h.published is None, h.published, h.id))


def of_deaths(incident: Incident) -> tuple[Telling[Figure], ...]:
    """The figures that count dead."""
    return tuple(t for t in incident.figures if t.item.measure == "killed")


def sources(heads: list[Masthead]) -> dict[str, object]:
    """UCDP's four columns about reports, in one order; what a report does not tell stays empty between the marks."""
    days = [h.published.isoformat() if h.published else "" for h in heads]
    articles = [", ".join(filter(None, (h.name, day, h.headline, h.url))) for h, day in zip(heads, days, strict=True)]
    return {
        "source_article": [_part(a) for a in articles],
        "source_office": [_part(h.outlet or h.name) for h in heads],
        "source_date": days,
        "source_headline": [_part(h.headline or "") for h in heads],
    }


def _part(text: str) -> str:
    """Text that can stand between semicolons."""
    return " ".join(text.replace(";", ",").split())
