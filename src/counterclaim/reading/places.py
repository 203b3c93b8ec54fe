"""Where: every place a page names, resolved."""
from __future__ import annotations
from dataclasses import dataclass
import spacy.tokens
from counterclaim.conflict import Conflict
from counterclaim.language import Page
from counterclaim.types import Place, PlaceMention, Span

@dataclass(frozen=True)
class Atlas:
    """The places of one page."""
    mentions: tuple[PlaceMention, ...] = ()
    def of(self, trigger: spacy.tokens.Token) -> Place | None:
        """The place of the event that `trigger` tells, or None."""
        return None
    def within(self, span: Span) -> tuple[PlaceMention, ...]:
        """The mentions inside `span`, in order."""
        return tuple(m for m in self.mentions if span.covers(m.span))

def find(page: Page, conflict: Conflict) -> Atlas:
    """Recognise and resolve the places of `page`."""
    return Atlas()
