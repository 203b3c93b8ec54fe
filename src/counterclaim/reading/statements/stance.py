"""The stance of a statement: what its cue says, and where that is plain saying, what the words said do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from counterclaim.language import Page
    from counterclaim.reading.actors import Cast
    from counterclaim.reading.statements.drafts import Draft
    from counterclaim.types import Actor, Stance


def of(draft: Draft, speaker: Actor, page: Page, cast: Cast) -> Stance:
    """The stance of a draft."""
    return draft.stance
