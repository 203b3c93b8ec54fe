"""Which language a report is in, as an ISO 639-1 code: by script and letters, and by function words.

Only English is read, so the one thing that matters is English or not. Our own test is enough for that, where packages
cost 5 to 100 MB: see docs/language.md for the figures.
"""

from __future__ import annotations

import functools
import re
import tomllib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from importlib import resources
from typing import Any

from counterclaim.types import Passage

#: Enough to tell, in characters.
_ENOUGH = 3000
_WORD = re.compile(r"[^\W\d_]+")
_PROSE = frozenset({"headline", "standfirst", "paragraph", "list_item", "caption", "crosshead"})


def language_of(text: str, parts: Iterable[Passage] = ()) -> str:
    """The language of `text`, judged by its news and not by its furniture; "und" if nothing tells."""
    sample, length = [], 0
    for part in parts:
        if part.kind in _PROSE:
            sample.append(part.span.of(text)[:_ENOUGH])
            length += len(sample[-1])
            if length > _ENOUGH:
                break
    return detect(" ".join(sample) if length > 20 else text[:_ENOUGH])


def detect(words: str) -> str:
    """The language of some words, "und" if nothing tells."""
    words = words[: 2 * _ENOUGH]
    scripts = Counter(filter(None, map(_script, filter(str.isalpha, words))))
    if not scripts:
        return "und"
    script, count = scripts.most_common(1)[0]
    if script == "Latin" or count < scripts["Latin"] * 2:
        return _by_words(words) if scripts["Latin"] else "und"
    if script == "Han" and scripts["Kana"]:
        script = "Kana"
    letters = set(words.lower())
    return next((code for signs, code in _table()["letters"][script] if not signs or letters & set(signs)), "und")


def _by_words(words: str) -> str:
    """Latin script: the language with most function words. Little evidence and no foreign letter means English."""
    known = _words()
    scores: dict[str, float] = {"en": 0.0}
    hits: Counter[str] = Counter()
    tokens = _WORD.findall(words.lower())
    for word in tokens:
        found = known.get(word, ())
        for code in found:
            scores[code] = scores.get(code, 0.0) + 1 / len(found)
            hits[code] += 1
    best = max(scores, key=scores.__getitem__)
    english, score = scores["en"], scores[best]
    letters = sum(map(str.isalpha, words))
    foreign = sum(1 for c in words if c > "\x7f" and c.isalpha()) > 0.02 * letters
    if english >= 0.9 * score and english > 0:
        return "und" if foreign and hits["en"] < 0.1 * len(tokens) else "en"
    if score < 1 and not foreign and (english or hits[best] < 2):
        return "en"
    for sign, code in _table()["signs"].items():
        if count := sum(words.count(c) for c in sign):
            scores[code] = scores.get(code, 0.0) + 0.5 * count
    best = max(scores, key=lambda code: (code != "en", scores[code]))
    return best if scores[best] > 0 else "und"


@functools.cache
def _table() -> dict[str, Any]:
    return tomllib.loads(resources.files("counterclaim.lexicon").joinpath("languages.toml").read_text("utf-8"))


@functools.cache
def _words() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for code, words in _table()["words"].items():
        for word in set(words.split()):
            found[word] = (*found.get(word, ()), code)
    return found


@functools.cache
def _blocks() -> tuple[list[int], list[tuple[int, str]]]:
    blocks = sorted((first, last, name) for name, spans in _table()["scripts"].items() for first, last in spans)
    return [first for first, _, _ in blocks], [(last, name) for _, last, name in blocks]


@functools.lru_cache(4096)
def _script(letter: str) -> str:
    code = ord(letter)
    if code < 0x250 or 0x1E00 <= code < 0x1F00:
        return "Latin"
    firsts, blocks = _blocks()
    i = bisect_right(firsts, code) - 1
    return blocks[i][1] if i >= 0 and code <= blocks[i][0] else ""
