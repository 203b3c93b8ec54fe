"""Passages all in capitals, as wires and monitors' transcripts print them, in the case of prose for a parser.

Nothing is lost by it: a text keeps its length, and only what is parsed changes, never `Report.text`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from counterclaim import countries

__all__ = ["all_capitals", "prose"]

Rank = Callable[[str], int | None]
"""How rare a word is as it is written (0 is the commonest), or None for a word nobody writes so."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_START = re.compile(r"(?:^|(?<!\b\w)[.!?:][\"'”’)\]]*\s|--\s\[[A-Z ]+\]\s|\n)[\s\"'“‘(\[]*$")
#: A transcriber's notes, which are no part of a sentence.
_NOTE = re.compile(r"\[(?:words? indistinct|as heard|as received|passage omitted|sentence as heard)\]", re.IGNORECASE)
_DAYS = frozenset(
    """january february april june july august september october november december monday tuesday wednesday thursday
    friday saturday sunday""".split()
)
#: Months that are other words as well: names only beside a number.
_ALSO_MONTHS = frozenset("march may jan feb mar apr jun jul aug sep sept oct nov dec".split())
_SMALL = frozenset({"of", "the", "and", "in", "on", "at", "to", "a", "an", "de", "del", "y"})
#: Words that names begin with in the languages that English takes them from.
_ARTICLES = frozenset({"el", "la", "los", "las", "san", "santa", "al", "abu", "umm", "ben", "ibn"})
_LONGEST_CODE = 6
_LEAST_WORDS = 4
_SHARE = 0.8
#: From so much commoner a name is a name, not a word at the start of a sentence.
_COMMONER = 2


def all_capitals(text: str) -> bool:
    """Whether `text` is all in capitals: four fifths of its letters, and more than a code or two."""
    if text[-60:].isupper() or text[:60].isupper():
        upper = sum(map(str.isupper, text))
        return len(text.split()) >= _LEAST_WORDS and upper >= _SHARE * sum(map(str.isalpha, text))
    return False


def prose(text: str, rank: Rank) -> str:
    """`text` in the case that its words mostly have: sentences and names begin with a capital, codes keep theirs."""
    parts, last, name = list[str](), 0, False
    for match in _WORD.finditer(text):
        word, lower = match.group(), match.group().lower()
        if not len(word) == len(lower) == len(word.capitalize()):  # "İ" and "ß" are two characters in the other case
            continue
        before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() : match.end() + 4]
        cased, name = _cased(word, rank, before, after, name and before.endswith(" "))
        parts += [text[last : match.start()], cased.capitalize() if _START.search(before) and cased == lower else cased]
        last = match.end()
    return _NOTE.sub(lambda m: " " * len(m.group()), "".join([*parts, text[last:]]))


def _cased(word: str, rank: Rank, before: str, after: str, name: bool) -> tuple[str, bool]:
    """A word as prose writes it, and whether it is a name; `name`: whether the word before it is one."""
    lower, title = word.lower(), word.capitalize()
    if len(word) == 1 and after[:1] == "." and (after[1:2].isalpha() or before[-1:] == "."):
        return word, True  # "U.S."
    if before[-1:] in "[(" and after[:1] in "])" and before and after and len(word) <= _LONGEST_CODE:
        return word, False
    bare = lower.removesuffix("'s").removesuffix("’s")
    if bare in _DAYS or (bare in _ALSO_MONTHS and (before[-2:-1].isdigit() or after[1:2].isdigit())):
        return title, False
    if bare in _SMALL:
        return lower, name and bare in {"de", "del", "y"}
    if bare in _ARTICLES:
        return title, True
    if countries.demonym(bare) or countries.find(bare):
        return title, True
    small, large = rank(bare), rank(bare.capitalize())
    if small is None and large is None:
        return (word, False) if rank(word) is not None and len(word) <= _LONGEST_CODE else (title, True)
    named = small is None or (large is not None and (large * _COMMONER < small or (large == small and name)))
    return (title, True) if named else (lower, False)
