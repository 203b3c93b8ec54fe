"""How the encoder's proposals and the drafts of the rules become statements."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from counterclaim.conflict import load
from counterclaim.language import Page
from counterclaim.reading import actors, statements, times
from counterclaim.reading.encoder import Proposal, Proposals
from counterclaim.reading.encoder.words import text_of
from counterclaim.types import Span, Statement

TEXT = "The governor said the bridge had been hit. Fishermen wigwagged that boats had come at night."


def proposals(text: str, *found: tuple[str, str | None, str, float], sure_of_rest: float = 0.5) -> Proposals:
    """Proposals by their words; every other word has the chance `sure_of_rest` to be a cue."""

    def span(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words))

    words = text_of(text)
    chances = [sure_of_rest] * len(words.spans)
    made = tuple(Proposal(span(c), span(s) if s else None, (span(x),), chance) for c, s, x, chance in found)
    return Proposals(words, made, tuple(chances))


@pytest.fixture
def said(page: Callable[..., Page]) -> Callable[..., tuple[Statement, ...]]:
    def of(text: str, proposed: Proposals | None) -> tuple[Statement, ...]:
        parsed, profile = page(text), load("generic")
        return statements.find(parsed, actors.find(parsed, profile), times.find(parsed, profile), proposed)

    return of


def words(statement: Statement, text: str = TEXT) -> list[str]:
    return [span.of(text) for span in statement.content]


def test_the_encoder_adds_what_no_rule_found(said: Callable[..., tuple[Statement, ...]]) -> None:
    new = ("wigwagged", "Fishermen", "that boats had come at night", 0.97)
    found = said(TEXT, proposals(TEXT, new))
    assert [words(s) for s in found][-1] == ["that boats had come at night"]
    assert found[-1].source is not None
    assert found[-1].source.of(TEXT) == "Fishermen"
    assert found[-1].why == "encoder 0.97: wigwag"


def test_an_unsure_encoder_adds_nothing(said: Callable[..., tuple[Statement, ...]]) -> None:
    new = ("wigwagged", "Fishermen", "that boats had come at night", 0.3)
    assert said(TEXT, proposals(TEXT, new)) == said(TEXT, None)


def test_what_both_found_is_one_statement_with_the_rules_reason(said: Callable[..., tuple[Statement, ...]]) -> None:
    same = ("said", "The governor", "the bridge had been hit", 0.99)
    assert said(TEXT, proposals(TEXT, same)) == said(TEXT, None)


def test_what_only_the_rules_found_goes_where_the_encoder_is_sure_it_is_none(
    said: Callable[..., tuple[Statement, ...]],
) -> None:
    assert said(TEXT, proposals(TEXT, sure_of_rest=0.0)) == ()
    assert said(TEXT, proposals(TEXT, sure_of_rest=0.5)) == said(TEXT, None)
