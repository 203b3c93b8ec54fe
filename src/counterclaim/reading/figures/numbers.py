"""A grammar of numbers in running English: text → `Number`s, with bound, unit and span. It knows no parse.

    expression := qualifier* currency? amount (connector currency? amount)? unit? conversion? qualifier?
    amount     := digits scale* | number words | vague plural | fraction | none

It reads "at least 13", "1.2m", "$2bn (£1.6bn)", "half a million", "between 40 and 50", "tens of thousands", "60 or
even 300", "no one". What is no amount is passed over: dates, clock times, ages, ordinals, years, names ("Su-35",
"41st Army", "Day 8"), list marks, addresses. Bounds follow MUC-4's slot 21: "at least 6" is [6, -], "up to 6" is
[-, 6], "about 10" is about 10; a vague plural has the unit that it names as its low and no high.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from counterclaim.reading.figures.amounts import Amount, amount
from counterclaim.reading.figures.lexemes import DASHES, Lexemes
from counterclaim.reading.figures.noise import skip
from counterclaim.reading.figures.words import Words, load
from counterclaim.types import Bound

_HALF_MORE = ("and", "a", "half")


@dataclass(frozen=True, slots=True)
class Number:
    """One number expression. `start` to `end` in the text, with qualifiers and unit; `core` is where the amount starts.

    `low` and `high` are None where open. `dimension` is count, percent, money, duration, distance, area or other (a
    weight, a speed). `shape`: digits, words, one, plural ("dozens"), few ("several"), many, fraction, none. `joined` is
    the word that a hyphen ties to the number ("27-nation"), part of the span. `qualifier` is the nearest one before it.
    """

    start: int
    end: int
    core: int
    low: float | None
    high: float | None
    bound: Bound
    dimension: str = "count"
    unit: str | None = None
    shape: str = "digits"
    joined: str | None = None
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class _Unit:
    dimension: str
    name: str | None
    joined: str | None = None


def numbers(text: str) -> list[Number]:
    """Every number expression of `text`, in order, without overlap. Never raises."""
    lex, words = Lexemes(text), load()
    found: list[Number] = []
    i = free = 0
    while i < len(lex):
        if not (lex.words[i] in words.starts or lex.digits(i)):
            i += 1
        elif (past := skip(lex, words, i)) > i:
            i = free = past
        else:
            number, after = _expression(lex, words, i, free)
            if number is not None:
                found.append(number)
                free = after
            i = max(after, i + 1)
    return found


def _expression(lex: Lexemes, words: Words, first: int, free: int) -> tuple[Number | None, int]:
    """The expression whose amount or currency sign stands at `first`, and the lexeme after it."""
    money = words.currencies.get(lex.at(first))
    a = amount(lex, words, first + 1 if money else first)
    if a is None or (money and a.shape == "one"):
        return None, first + 1
    qualifiers, start = _qualifiers(lex, words, first, free)
    low: float | None = a.value
    high: float | None = None if a.open else a.value
    bound: Bound = "plural" if a.open else "exact"
    unit, end = _unit(lex, words, a.end, a, money)
    if (span := _range(lex, words, a, end, start)) is not None:
        low, high, a = span
        bound = "range"
        near, (unit, end) = unit, _unit(lex, words, a.end, a, money)
        unit = near or unit
        if lex.at(start - 1) == "between" and start > free:
            start -= 1
    fallback = _Unit("money", money) if money else _Unit("percent" if a.shape == "fraction" else "count", None)
    unit = unit or fallback
    if unit.dimension in {"duration", "distance"} and lex.phrase(end, 3) == _HALF_MORE:
        low, high, end = (low or 0) + 0.5, None if high is None else high + 0.5, end + 3
    end = _conversion(lex, words, end, unit.dimension)
    behind, end = _suffix(lex, words, end)
    for kind in [kind for _, kind in qualifiers] + behind:
        if bound == "exact" or (bound == "approx" and kind in {"at_least", "at_most"}):
            bound = kind
    low, high = None if bound == "at_most" else low, None if bound == "at_least" else high
    nearest = qualifiers[0][0] if qualifiers else ""
    if not _stands(lex, words, a, start, end, unit, nearest):
        return None, max(end, first + 1)
    number = Number(
        lex.starts[start], lex.ends[end - 1], lex.starts[first], low, high, bound,
        unit.dimension, unit.name, a.shape, unit.joined, nearest,
    )  # fmt: skip
    return number, end


def _stands(lex: Lexemes, words: Words, a: Amount, start: int, end: int, unit: _Unit, qualifier: str) -> bool:
    """Whether the expression counts: "past 24 hours" and "two days ago" are dates, "95-1" is a vote."""
    if unit.dimension == "duration":
        if lex.at(start - 1) in words.span_before or (lex.at(end) in words.span_after and not qualifier):
            return False
        if (a.shape == "one" and not qualifier) or lex.at(end) == "ago":
            return False
    elif qualifier == "within" and unit.dimension != "distance":
        return False
    tied = lex.at(end) in DASHES and lex.glued(end) and lex.glued(end + 1) and lex.digits(end + 1)
    return not (tied or lex.at(end) in {"vs", "versus"})


def _qualifiers(lex: Lexemes, words: Words, first: int, free: int) -> tuple[list[tuple[str, Bound]], int]:
    """The qualifiers that end before lexeme `first`, nearest first, and the lexeme that they start at."""
    found: list[tuple[str, Bound]] = []
    for _ in range(3):
        for phrase, kind in words.before.get(lex.at(first - 1), ()):
            start = first - len(phrase)
            if start >= free and lex.phrase(start, len(phrase)) == phrase:
                found.append((" ".join(phrase), kind))
                first = start
                break
        else:
            break
    return found, first


def _unit(lex: Lexemes, words: Words, i: int, a: Amount, money: str | None) -> tuple[_Unit | None, int]:
    """The unit (or the word tied by a hyphen) at lexeme `i`, and the lexeme after it."""
    tied = lex.at(i) in DASHES and lex.glued(i) and lex.glued(i + 1) and lex.word(i + 1)
    k = i + 1 if tied or (a.open and lex.at(i) == "of") else i
    word = lex.at(k)
    for phrase, dimension, name in words.units.get(word, ()):
        if lex.phrase(k, len(phrase)) != phrase or (money and dimension != "money"):
            continue
        if len(word) == 1 and lex.word(k) and lex.glued(k + 1) and (lex.digits(k + 1) or lex.word(k + 1)):
            continue  # "2,000 M72s"
        if word in {"second", "minute"} and not (tied or a.value == 1):
            continue
        return _Unit(dimension, name), k + len(phrase)
    return (_Unit("money" if money else "count", money, word), k + 1) if tied else (None, i)


def _range(lex: Lexemes, words: Words, a: Amount, end: int, start: int) -> tuple[float, float, Amount] | None:
    """Low, high and second amount of a range that starts with `a`, whose unit ends at lexeme `end`."""
    link, k = lex.at(end), end + 1
    between = lex.at(start - 1) == "between"
    if a.open or a.shape in {"none", "fraction"}:
        return None
    if link == "or" and lex.at(k) == "even":
        k += 1
    elif link == "and":
        if not between:
            return None
    elif link == "to":
        if lex.at(start - 1) == "from":
            return None  # "rose from 10 to 20": two figures
    elif link != "or" and not (link in DASHES and (lex.glued(end) or lex.glued(k))):
        return None
    if lex.at(k) in words.currencies:
        k += 1
    if not (lex.digits(k) or lex.at(k) in words.ones or lex.at(k) in words.tens or lex.at(k) == "a"):
        return None
    if lex.digits(k) and lex.glued(k + 1) and lex.at(k + 1) in {"th", "st", "nd", "rd", "s", "/", ":"}:
        return None
    b = amount(lex, words, k)
    if b is None or b.open or b.shape in {"fraction", "none"}:
        return None
    low, high = a.value, b.value
    if b.scaled and not a.scaled and end == a.end:
        raw = lex.value(k) or words.ones.get(lex.at(k), 0) or words.tens.get(lex.at(k), 0)
        if raw and low < raw:
            low *= high / raw  # "98-117 thousand"
    near, far = _unit(lex, words, a.end, a, None)[0], _unit(lex, words, b.end, b, None)[0]
    if near and far and (near.name, far.name) == ("m", "km"):
        high *= 1000
    return (low, high, replace(b, shape="digits")) if low < high else None


def _conversion(lex: Lexemes, words: Words, end: int, dimension: str) -> int:
    """Past "(£1.6bn)" or "(45 ft)" behind a figure of the same dimension: one figure in two units."""
    if lex.at(end) != "(" or dimension not in {"money", "distance", "area", "other"}:
        return end
    k = end + 1
    for _ in range(3):
        if lex.word(k) and lex.at(k) not in words.currencies and lex.at(k) not in words.ones:
            k += 1
    money = words.currencies.get(lex.at(k))
    b = amount(lex, words, k + 1 if money else k)
    if b is None:
        return end
    unit, k = _unit(lex, words, b.end, b, money)
    same = (unit.dimension if unit else "money" if money else "") == dimension
    return k + 1 if same and lex.at(k) == ")" else end


def _suffix(lex: Lexemes, words: Words, end: int) -> tuple[list[Bound], int]:
    """The qualifier behind the number: "or more", "or so", "+"."""
    for phrase, kind in words.after.get(lex.at(end), ()):
        if lex.phrase(end, len(phrase)) == phrase and (phrase != ("+",) or lex.glued(end)):
            return [kind], end + len(phrase)
    return [], end
