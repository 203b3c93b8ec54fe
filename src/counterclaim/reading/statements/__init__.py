"""Who says what: statements, by rules over the parse. Each says which rule and word found it.

    paragraphs → drafts (verbs, other words, layout) → quotations nobody claimed yet → chain → statements

A cue is a word of the lexicon (`lexicon/cues`). Nested statements come of themselves: a cue inside the content of
another gives a draft of its own, and the chain ties it to its carrier.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from counterclaim.reading.statements import headlines, layout, lists, others, verbs, vote
from counterclaim.reading.statements.assemble import assemble
from counterclaim.reading.statements.drafts import paragraphs
from counterclaim.types import Span, Statement

if TYPE_CHECKING:
    from counterclaim.language import Page
    from counterclaim.reading.actors import Cast
    from counterclaim.reading.encoder import Proposals
    from counterclaim.reading.times import Calendar


#: No content is longer than this many characters: it lies in one piece of a passage.
FAR = 10_000


def find(
    page: Page,
    cast: Cast,
    calendar: Calendar,
    proposals: Proposals | None = None,
    weights: vote.Weights = vote.WEIGHTS,
) -> tuple[Statement, ...]:
    """The statements of a page, in the order of their content, carriers before what they carry.

    `proposals` are the encoder's, `weights` how much they count; without them the rules stand alone.
    """
    parts = paragraphs(page)
    for part in parts:
        part.drafts = [*verbs.find(part), *layout.titles(part)]
        part.drafts += others.find(part)
    for part, post in layout.posts(page, parts, cast):
        part.drafts.append(post)
    for part, item in lists.items(parts):
        part.drafts.append(item)
    if proposals is not None:
        vote.weigh(page, parts, proposals, weights)
    for part in parts:
        headlines.cut(part)
    return assemble(page, parts, cast, calendar)


def carrier(statements: tuple[Statement, ...], span: Span) -> Statement | None:
    """The innermost statement whose content covers `span`, or None where the reporter speaks."""
    best: Statement | None = None
    least = 0
    for n in range(bisect_right(statements, span.start, key=_start) - 1, -1, -1):
        statement = statements[n]
        if span.start - _start(statement) > FAR:
            break
        for content in statement.content:
            if content.covers(span) and (best is None or content.end - content.start < least):
                best, least = statement, content.end - content.start
    return best


def _start(statement: Statement) -> int:
    return statement.content[0].start
