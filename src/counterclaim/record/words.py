"""The words of a report that say what it is about, weighed against how common they are in news and in the record.

A word is its stem without regard to case; one written with a capital counts more, as names tell stories apart better
than other words do. Weights are tf-idf; the prior of `lexicon/common_words.toml` stands for reports read before, so
that three reports can be compared as well as three thousand.
"""

from __future__ import annotations

import functools
import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib import resources

#: How much more a word with a capital counts.
CAPITAL = 1.5
#: So many reports stand behind the prior.
PRIOR = 200
#: Words held by more than this share of reports tell nothing.
_EVERYWHERE = 0.3
#: The share of reports that holds a word of which nothing is known.
_RARE = 0.002
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_ENDINGS = ("ing", "ed", "es", "s")
_LEAST = 3
"""Letters that a stem keeps."""


def tokens(text: str) -> Iterator[str]:
    """The stems of the words of `text`, in order."""
    return (stem(m.group()) for m in _WORD.finditer(text) if len(m.group()) > 1)


@functools.lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """`word` in lower case without its ending: "shelled" and "shelling" are one."""
    low = word.casefold().replace("’", "'").removesuffix("'s")
    if low.isalpha():
        for ending in _ENDINGS:
            if low.endswith(ending) and len(low) > len(ending) + _LEAST:
                return low[: -len(ending)]
    return low


def profile(text: str) -> dict[str, float]:
    """The telling words of `text`, each with how much it is used."""
    common = prior()
    used: Counter[str] = Counter()
    for match in _WORD.finditer(text):
        word = match.group()
        if len(word) > 1 and common.get(mark := stem(word), 0) <= _EVERYWHERE:
            used[mark] += CAPITAL if word[0].isupper() else 1  # type: ignore[assignment]
    return {mark: 1 + math.log(n) for mark, n in used.items()}


def rarity(held: Mapping[str, int], reports: int) -> dict[str, float]:
    """How rare each word is (its idf), from the number of reports that hold it."""
    common, whole = prior(), reports + PRIOR + 1
    return {word: max(0.0, math.log(whole / (n + 0.5 + PRIOR * common.get(word, _RARE)))) for word, n in held.items()}


@functools.cache
def prior() -> Mapping[str, float]:
    """The share of news reports that holds each common word."""
    data = resources.files("counterclaim.lexicon").joinpath("common_words.toml").read_text(encoding="utf-8")
    bands = tomllib.loads(data)["in_a_thousand"]
    return {word: int(band) / 1000 for band, words in bands.items() for word in words.split()}
