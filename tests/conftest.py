"""Fixtures that every test may use. Texts in tests are our own."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

from counterclaim import language, passages
from counterclaim.types import Reading, Report

if TYPE_CHECKING:
    from spacy.language import Language

hypothesis.settings.register_profile("ci", max_examples=60, deadline=None, derandomize=True)
hypothesis.settings.register_profile("dev", max_examples=25, deadline=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "dev")


def make_report(text: str, **fields: Any) -> Report:
    """A report of `text`; `published` may be given as YYYY-MM-DD."""
    if isinstance(day := fields.get("published"), str):
        fields["published"] = date.fromisoformat(day)
        fields.setdefault("published_basis", "given")
    return Report(id=fields.pop("id", "t"), text=text, passages=passages.split(text), **fields)


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The pinned language pipeline, loaded once for all tests."""
    return language.pipeline()


@pytest.fixture(scope="session")
def page(nlp: Language) -> Callable[..., language.Page]:
    """`page(text, published="2022-03-03")`: a parsed page of a text."""
    return lambda text, **fields: language.page_of(make_report(text, **fields), nlp)


@pytest.fixture(scope="session")
def read(nlp: Language) -> Callable[..., Reading]:
    """`read(text, published="2022-03-03", conflict="ukraine-2022")`: the whole reading of a text."""
    from counterclaim import reading

    def run(text: str, conflict: str | None = None, **fields: Any) -> Reading:
        return reading.read(make_report(text, **fields), conflict, nlp)

    return run
