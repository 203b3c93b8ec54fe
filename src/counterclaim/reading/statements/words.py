"""The words that make plain saying take a stance: `lexicon/cues/stance.toml`."""

from __future__ import annotations

import functools
import tomllib
from importlib.resources import files


@functools.cache
def _words() -> dict[str, frozenset[str]]:
    data = tomllib.loads(files("counterclaim.lexicon").joinpath("cues", "stance.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words.split()) for name, words in data.items()}


def words_of(name: str) -> frozenset[str]:
    """One list of the file, by its name."""
    return _words()[name]
