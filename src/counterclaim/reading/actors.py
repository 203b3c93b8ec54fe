"""Who is named on a page: people, bodies, parties, and the pronouns and titles that stand for them."""
from __future__ import annotations
from dataclasses import dataclass
import spacy.tokens
from counterclaim.conflict import Conflict
from counterclaim.language import Page
from counterclaim.types import Actor

@dataclass(frozen=True)
class Cast:
    """The actors of one page."""
    page: Page
    conflict: Conflict
    def actor(self, tokens: spacy.tokens.Span | spacy.tokens.Token) -> Actor | None:
        """Who a noun phrase or pronoun stands for."""
        words = tokens.text
        return self.conflict.actor(words) or Actor(name=words, party=self.conflict.party(words))
    def party(self, words: str) -> str | None:
        """The party that a phrase belongs to, or None."""
        return self.conflict.party(words)

def find(page: Page, conflict: Conflict) -> Cast:
    """Gather the actors of `page`."""
    return Cast(page, conflict)
