"""When: every date of a page resolved against its publication, with its precision."""
from __future__ import annotations
from dataclasses import dataclass
import spacy.tokens
from counterclaim.conflict import Conflict
from counterclaim.language import Page
from counterclaim.types import Report, When

@dataclass(frozen=True)
class Calendar:
    """The dates of one page."""
    mentions: tuple[When, ...] = ()
    def of(self, trigger: spacy.tokens.Token) -> When | None:
        """The date of the event that `trigger` tells, or None where the page does not tell."""
        return None

def dated(report: Report, conflict: Conflict) -> Report:
    """`report` with a publication date, from its day count where it has none of its own."""
    return report

def find(page: Page, conflict: Conflict) -> Calendar:
    """Resolve the dates of `page`."""
    return Calendar()
