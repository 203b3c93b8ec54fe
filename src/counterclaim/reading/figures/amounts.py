"""Bare amounts: digits with scales, numbers in words, vague plurals, fractions of a whole, none."""

from __future__ import annotations

from dataclasses import dataclass

from counterclaim.reading.figures.lexemes import DASHES, Lexemes
from counterclaim.reading.figures.words import Words

_HALF_MORE = ("and", "a", "half")
_PARTS = {"thirds", "quarters", "fifths", "tenths"}
_WHOLE = {"of", "the", "its", "their"}
_AFTER_SCORES = {
    "of", "more", "were", "dead", "wounded", "injured", "killed", "have", "are", "and", "in", "across", "on", "during",
    "others", "missing", ".", ",", ";",
}  # fmt: skip
_NOT_MANY = {"how", "so", "as", "too", "not", "that", "the", "these", "those", "his", "their"}
_VAGUE = {"several", "half", "time", "parts", "others", "who", "were", "are", "have"}
_LONGEST = 24
"""Lexemes of the longest number in words that is read."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A value and the lexeme after it.

    `shape`: digits, words, one, plural ("dozens"), few ("several"), many, fraction, none.
    """

    value: float
    end: int
    shape: str = "digits"
    scaled: bool = False

    @property
    def open(self) -> bool:
        """Whether it has no upper end."""
        return self.shape in {"plural", "few", "many"}


def amount(lex: Lexemes, words: Words, i: int) -> Amount | None:
    """The amount that starts at lexeme `i`, or None."""
    word = lex.at(i)
    if lex.digits(i):
        return _scaled(lex, words, lex.value(i), i + 1, "digits")
    if word in {"a", "an"}:
        return _article(lex, words, i)
    if word in words.plurals:
        return _plural(lex, words, i)
    if word == "several":
        return _few(lex, words, i)
    if word in words.many and _many(lex, words, i):
        return Amount(words.many[word], i + 1, "many")
    if word == "half":
        if (half := _half(lex, words, i)) is not None:
            return half
        return Amount(50, i + 1, "fraction") if lex.at(i + 1) in _WHOLE else None
    if word in words.ones or word in words.tens:
        return _written(lex, words, i)
    if word in words.singular and lex.phrase(i + 1, 3) == _HALF_MORE and lex.at(i - 1) != "a":
        return Amount(1, i, "words")
    return _none(lex, words, i)


def _many(lex: Lexemes, words: Words, i: int) -> bool:
    """Whether "many" or "some" counts by itself: not in "how many", "some 70", "some of them"."""
    after = lex.at(i + 1)
    counts = lex.digits(i + 1) or after in words.ones or after in words.tens or after in words.plurals
    return not counts and lex.at(i - 1) not in _NOT_MANY and after not in {"of", "more", "a", "an", "times"} | _VAGUE


def metres(lex: Lexemes, words: Words, i: int) -> bool:
    """Whether an "m" or "t" written against digits stands for metres or tonnes, not millions."""
    after = lex.at(i + 1)
    if after == "(":
        return lex.digits(i + 2) and lex.at(i + 3) in {"ft", "feet", "yards", "foot"}
    return after in words.metres_before


def _scaled(lex: Lexemes, words: Words, value: float, i: int, shape: str) -> Amount:
    """`value` times the scales that follow at `i`: "1.2m", "3 hundred thousand", "two and a half million"."""
    if lex.glued(i) and lex.at(i) in words.glued and not (lex.at(i) in {"m", "t"} and metres(lex, words, i)):
        return Amount(value * words.glued[lex.at(i)], i + 1, shape, scaled=True)
    scaled = False
    if lex.phrase(i, 3) == _HALF_MORE:
        value, i = value + 0.5, i + 3
    for _ in range(3):
        k = i + 1 if lex.at(i) in DASHES and lex.glued(i) and lex.glued(i + 1) else i
        if lex.at(k) not in words.scales:
            break
        value, i, scaled = value * words.scales[lex.at(k)], k + 1, True
    return Amount(value, i, shape, scaled)


def _article(lex: Lexemes, words: Words, i: int) -> Amount | None:
    """What "a" starts: "a million", "a dozen", "a few", "a couple of", "a third of", "more than a week"."""
    k = i + 2 if lex.at(i + 1) in DASHES else i + 1
    word = lex.at(k)
    if word in words.scales and word not in {"score", "k", "bn", "tn"}:
        return _scaled(lex, words, 1, k, "words")
    if word in words.singular and _bounded(lex, words, i):
        return Amount(1, k, "words")
    if word in words.few:
        return None if lex.at(i - 1) == "quite" else _few(lex, words, k)
    if word in words.pairs:
        return Amount(words.pairs[word], k + 1, "words") if lex.at(k + 1) == "of" else None
    if word == "quarter" and lex.at(k + 1) == "of" and lex.at(k + 2) == "a" and lex.at(k + 3) in words.scales:
        return Amount(0.25 * words.scales[lex.at(k + 3)], k + 4, "words", scaled=True)
    if word in words.fractions and lex.at(k + 1) in _WHOLE:
        return Amount(words.fractions[word], k + 1, "fraction")
    return _half(lex, words, k) if word == "half" else None


def _bounded(lex: Lexemes, words: Words, i: int) -> bool:
    """Whether a bound ends before `i`: "a week" is a figure in "more than a week" only."""
    return any(
        kind != "exact" and lex.phrase(i - len(phrase), len(phrase)) == phrase
        for phrase, kind in words.before.get(lex.at(i - 1), ())
    )


def _half(lex: Lexemes, words: Words, i: int) -> Amount | None:
    """Half of a scale: "half a million", "half-a-million", "half a dozen"."""
    rest = [k for k in range(i + 1, i + 5) if lex.at(k) not in DASHES][:2]
    if len(rest) == 2 and lex.at(rest[0]) == "a" and lex.at(rest[1]) in words.scales:
        return Amount(0.5 * words.scales[lex.at(rest[1])], rest[1] + 1, "words", scaled=True)
    return None


def _few(lex: Lexemes, words: Words, i: int) -> Amount:
    """A small unknown number: "several", "a few"; with a scale "several hundred", "a few dozen"."""
    low, k = float(words.few[lex.at(i)]), i + 1
    for _ in range(3):
        scale = words.scales.get(lex.at(k)) or words.plurals.get(lex.at(k))
        if not scale:
            break
        low, k = low * scale, k + 1
    return Amount(low, k, "few" if k == i + 1 else "plural")


def _plural(lex: Lexemes, words: Words, i: int) -> Amount | None:
    """A vague plural: "dozens", "tens of thousands", "hundreds of thousands"."""
    value, more = words.plurals[lex.at(i)], words.plurals.get(lex.at(i + 2), 0)
    if lex.at(i + 1) == "of" and more >= 1000:
        return Amount(value * more, i + 3, "plural")
    if lex.at(i) == "tens" or lex.phrase(i - 2, 2) == ("one", "of") or (lex.at(i) == "scores" and not _tally(lex, i)):
        return None
    return Amount(value, i + 1, "plural")


def _tally(lex: Lexemes, i: int) -> bool:
    """Whether "scores" counts, and is neither a verb nor the points of a game."""
    return lex.at(i + 1) in _AFTER_SCORES and lex.at(i - 1) not in {"the", "final", "test", "exam", "he", "she"}


def _written(lex: Lexemes, words: Words, i: int) -> Amount | None:
    """A number in words: "twenty-two", "one hundred and five thousand", "nineteen"."""
    start, total, group, last = i, 0.0, 0.0, float("inf")
    while i - start < _LONGEST:
        k = i
        joined = k > start and lex.at(k) in DASHES and lex.glued(k) and lex.glued(k + 1)
        if joined or (k > start and lex.at(k) == "and" and 100 <= last < float("inf")):
            k += 1
        word = lex.at(k)
        if word in words.ones and last >= 20 and (last >= 100 or 0 < words.ones[word] < 10):
            group, last = group + words.ones[word], words.ones[word] or 1
        elif word in words.tens and last >= 100:
            group, last = group + words.tens[word], words.tens[word]
        elif word == "hundred" and 0 < group < 100 and last < 100:
            group, last = group * 100, 100
        elif (
            word in words.scales
            and words.scales[word] >= 1000
            and 0 < group < 1000
            and not 0 < total < words.scales[word]
        ):
            total, group, last = total + group * words.scales[word], 0.0, words.scales[word]
        else:
            break
        i = k + 1
    if i == start:
        return None
    value = total + group
    part = i + 1 if lex.at(i) in DASHES else i
    if lex.at(part) in _PARTS:
        return Amount(_percent(value, words.fractions[lex.at(part)]), part + 1, "fraction")
    if lex.at(i) in {"dozen", "score"}:
        return Amount(value * words.scales[lex.at(i)], i + 1, "words", scaled=True)
    if lex.phrase(i, 3) == _HALF_MORE:
        return _scaled(lex, words, value, i, "words")
    return Amount(value, i, "one" if (value, i) == (1, start + 1) else "words", scaled=bool(total))


def _percent(parts: float, share: float) -> float:
    """So many parts of a whole, in percent: two thirds are 66.7."""
    return round(parts * 100 / round(100 / share), 1)


def _none(lex: Lexemes, words: Words, i: int) -> Amount | None:
    """Zero: "no one", "none", "not a single"; "no" only before casualties."""
    for phrase in words.none.get(lex.at(i), ()):
        end = i + len(phrase)
        if lex.phrase(i, len(phrase)) == phrase and not (lex.at(end) in DASHES and lex.glued(end)):
            return Amount(0, end, "none")
    if lex.at(i) == "no":
        for k in range(i + 1, i + 5):
            if lex.at(k) in words.none_nouns:
                return Amount(0, i + 1, "none")
            if lex.at(k) not in words.none_skip:
                break
    return None
