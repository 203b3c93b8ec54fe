"""A text in lexemes, as the number grammar sees it: digits, words and signs, with what is written together."""

from __future__ import annotations

import re

#: Digits (with thousands and a decimal part), a word, or a sign; linear in the text.
LEXEME = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?|[^\W\d_]+|[^\w\s]|_")
DASHES = frozenset("-–—‑−‒")


class Lexemes:
    """The lexemes of one text. Every look-up outside the text answers with nothing instead of raising."""

    __slots__ = ("ends", "glue", "raw", "starts", "words")

    def __init__(self, text: str) -> None:
        self.raw: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.glue: list[bool] = []
        last = -1
        for match in LEXEME.finditer(text):
            start = match.start()
            self.raw.append(match.group())
            self.starts.append(start)
            self.glue.append(start == last)
            last = match.end()
            self.ends.append(last)
        self.words = [raw.lower() for raw in self.raw]

    def __len__(self) -> int:
        return len(self.words)

    def at(self, i: int) -> str:
        """The lexeme `i` in lower case, or nothing."""
        return self.words[i] if 0 <= i < len(self.words) else ""

    def glued(self, i: int) -> bool:
        """Whether lexeme `i` is written against the one before it."""
        return 0 <= i < len(self.glue) and self.glue[i]

    def digits(self, i: int) -> bool:
        """Whether lexeme `i` is a number in digits."""
        return self.at(i)[:1].isdecimal()

    def word(self, i: int) -> bool:
        """Whether lexeme `i` is a word."""
        return self.at(i)[:1].isalpha()

    def capital(self, i: int) -> bool:
        """Whether lexeme `i` is written with a capital."""
        return 0 <= i < len(self.raw) and self.raw[i][0].isupper()

    def phrase(self, i: int, length: int) -> tuple[str, ...]:
        """The `length` lexemes from `i` on."""
        return tuple(self.words[max(i, 0) : max(i + length, 0)])

    def value(self, i: int) -> float:
        """The value of the digits at `i`, or 0."""
        try:
            return float(self.at(i).replace(",", ""))
        except ValueError:
            return 0.0
