"""Words to pieces: WordPiece, greedy and longest first, one word at a time (Wu et al. 2016; as BERT does it).

A dozen lines over the vocabulary that ships with the weights. The library made for it brings a client for a model hub,
which a program that works offline has no use for.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable

#: Words of more letters, and pieces beyond these, tell the encoder nothing.
LONGEST_WORD, MOST = 100, 8
UNKNOWN, START, BREAK = "[UNK]", "[CLS]", "[SEP]"


class Pieces:
    """The vocabulary: a word to the numbers of its pieces."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._numbers = {piece: n for n, piece in enumerate(vocabulary)}
        self.start, self.break_, self._unknown = (self._numbers[p] for p in (START, BREAK, UNKNOWN))
        self.of = functools.lru_cache(maxsize=50_000)(self._of)

    def _of(self, word: str) -> tuple[int, ...]:
        """The numbers of the pieces of a word, at most `MOST`; never empty."""
        letters = unicodedata.normalize("NFD", word.lower())
        letters = "".join(c for c in letters if unicodedata.category(c) != "Mn")
        if not letters or len(letters) > LONGEST_WORD:
            return (self._unknown,)
        found: list[int] = []
        start = 0
        while start < len(letters) and len(found) < MOST:
            end = len(letters)
            while (number := self._numbers.get(("##" if start else "") + letters[start:end])) is None:
                end -= 1
                if end == start:
                    return (self._unknown,)
            found.append(number)
            start = end
        return tuple(found)
