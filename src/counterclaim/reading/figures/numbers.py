"""A grammar of numbers in running English: text → `Number`s, with bound, unit and span. It knows no parse.

    expression := qualifier* currency? amount (connector currency? amount)? unit? conversion? qualifier?
    amount     := digits scale* | number words | vague plural | fraction | none

It reads "at least 13", "1.2m", "$2bn (£1.6bn)", "half a million", "between 40 and 50", "tens of thousands", "60 or
even 300", "no one". What is no amount is passed over: dates, clock times, ages, ordinals, years, names ("Su-35",
"41st Army", "Day 8"), list numbers, addresses. Bounds follow MUC-4's slot 21: "at least 6" is [6, -], "up to 6" is
[-, 6], "about 10" is about 10; a vague plural has the unit it names as its low and no high.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from counterclaim.reading.figures.words import Words, load
from counterclaim.types import Bound

#: A number in digits, a word, or a sign; linear in the text.
LEXEME = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?|[^\W\d_]+|[^\w\s]|_")
_DASHES = "-–—‑"
_LONGEST = 12
"""Words of a written-out number, and steps of any loop over qualifiers."""


@dataclass(frozen=True, slots=True)
class Number:
    """One number expression. `start` to `end` in the text with its qualifiers; `core` is where the bare amount starts.

    `low` and `high` are None where open. `dimension` is count, percent, money, duration, distance, area or other (a
    weight, a speed). `shape`: digits, words, plural ("dozens"), few ("several"), one, none, fraction. `joined` is the
    word that a hyphen ties to the number ("27-nation"), part of the span.
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
class _Lexeme:
    text: str
    start: int
    end: int
    glued: bool
    """Written against the lexeme before it."""
    kind: str
    """d digits, w word, p sign."""
    capital: bool


@dataclass(frozen=True, slots=True)
class _Amount:
    value: float
    end: int
    """The lexeme after it."""
    shape: str = "digits"
    scaled: bool = False
    dimension: str = "count"

    @property
    def open(self) -> bool:
        return self.shape in {"plural", "few"}


def numbers(text: str) -> list[Number]:
    """Every number expression of `text`, in order, without overlap. Never raises."""
    return _Scanner(text, load()).run()


class _Scanner:
    """One pass over the lexemes of one text."""

    def __init__(self, text: str, words: Words) -> None:
        self.w = words
        self.lex: list[_Lexeme] = []
        last = -1
        for m in LEXEME.finditer(text):
            raw = m.group()
            kind = "d" if raw[0].isdecimal() else "w" if raw[0].isalpha() else "p"
            self.lex.append(_Lexeme(raw.lower(), m.start(), m.end(), m.start() == last, kind, raw[0].isupper()))
            last = m.end()

    def run(self) -> list[Number]:
        found: list[Number] = []
        i = free = 0
        while i < len(self.lex):
            here = self.lex[i]
            if here.kind != "d" and here.text not in self.w.starts:
                i += 1
                continue
            if (skip := self._passed_over(i)) > i:
                i = free = skip
                continue
            number, after = self._expression(i, free)
            if number is not None:
                found.append(number)
                free = after
            i = max(after, i + 1)
        return found

    # -- what is no amount ------------------------------------------------------------------------------------

    def _at(self, i: int) -> str:
        return self.lex[i].text if 0 <= i < len(self.lex) else ""

    def _is(self, i: int, kind: str) -> bool:
        return 0 <= i < len(self.lex) and self.lex[i].kind == kind

    def _glued(self, i: int) -> bool:
        return 0 <= i < len(self.lex) and self.lex[i].glued

    def _passed_over(self, i: int) -> int:
        """The lexeme to go on from if the digits or word at `i` belong to a date, a time, a name...; else `i`."""
        here = self.lex[i]
        if here.kind != "d":
            return self._no_word(i)
        last = self._chain(i)
        if last > i:
            return last
        after, before = self._at(i + 1), self._at(i - 1)
        month_after, month_before = self._month(i + 1), self._month(i - 1) or (before == "." and self._month(i - 2))
        if month_after or month_before:
            return self._days(i + 1)
        if after in {",", "and", "or", "to", "&", *_DASHES} and self._is(i + 2, "d") and self._month(i + 3):
            return i + 4
        value = _value(here.text)
        if after in self.w.clock and (self._glued(i + 1) or after != "o"):
            return i + 2
        if after in {"a", "p"} and self._at(i + 2) == "." and self._at(i + 3) == "m":
            return i + 4
        if self._list_number(i) or self._age(i, value):
            return i + 1
        if before in self.w.labels and "," not in here.text and not self._glued(i + 1) and i == 1:
            return i + 1
        if before in self.w.labels and self.lex[i - 1].capital and "," not in here.text:
            return i + 1
        if before in {".", "#"} and self._at(i - 2) in {"no", "nr"}:
            return i + 1
        if self._year(i, value):
            return i + 1
        return i

    def _chain(self, i: int) -> int:
        """Past a run of digits, letters and signs that is a name, a time, an address or an ordinal; else `i`."""
        here, before = self.lex[i], self._at(i - 1)
        if here.glued:
            bad = before in {"/", ":", ".", "_", "#", "@", "=", "&", "%", "?", "\\", "+", "*", "'", "’"}
            hyphen = before in _DASHES and self._glued(i - 1) and (self._is(i - 2, "w") and before == "-")
            if bad or self._is(i - 1, "w") or hyphen or (self._is(i - 1, "d")):
                return self._glued_run(i)
        if self._glued(i + 1):
            after = self._at(i + 1)
            if after in {":", "/", "_", "=", "&", "\\", "*", "×"} and self._glued(i + 2):
                return self._glued_run(i)
            if after == "." and self._glued(i + 2) and self._is(i + 2, "d"):
                return self._glued_run(i)
            if after in {"st", "nd", "rd", "th", "s"} or after == "'":
                return self._glued_run(i)
            if self._is(i + 1, "w") and not self._unit_word(i + 1) and after not in self.w.clock:
                return self._glued_run(i)
        return i

    def _glued_run(self, i: int) -> int:
        i += 1
        while self._glued(i) and self._at(i) not in {",", ")", "(", "]"}:
            i += 1
        return i

    def _unit_word(self, i: int) -> bool:
        word = self._at(i)
        return word in self.w.glued or word in self.w.units or word in self.w.scales

    def _month(self, i: int) -> bool:
        word = self._at(i)
        return word in self.w.months and (self.lex[i].capital or word not in {"may", "march", "mar", "sep"})

    def _days(self, i: int) -> int:
        """Past the rest of a date: "March 1 and 2", "24-28 February 2022"."""
        for _ in range(_LONGEST):
            if self._month(i) or self._at(i) == ".":
                i += 1
            elif self._at(i) in {",", "and", "or", "to", "/", *_DASHES} and self._is(i + 1, "d"):
                value = _value(self._at(i + 1))
                if not (value <= 31 or 1900 <= value < 2100) or self._at(i + 1).count(","):
                    break
                if self._at(i) in {",", "and", "or", "to"} and not self._date_ends(i + 2):
                    break
                i += 2
            elif self._is(i, "d") and 1900 <= _value(self._at(i)) < 2100:
                i += 1
            else:
                break
        return i

    def _date_ends(self, i: int) -> bool:
        """Whether no counted noun follows, so that "March 1 and 2" goes on as a date."""
        return not self._is(i, "w") or self._month(i) or self._at(i) in {"and", "or", "to", "in", "at", "the", "when", "as"}

    def _list_number(self, i: int) -> bool:
        after = self._at(i + 1)
        starts = i == 0 or self._at(i - 1) in {":", ";", ".", "("} and self._at(i - 1) != "."
        if i == 0 and after in {".", ")"}:
            return True
        return after == ")" and starts and self._at(i - 1) == "(" and False

    def _age(self, i: int, value: float) -> bool:
        """Whether the number at `i` is somebody's age or part of a range of ages."""
        if value > 115 or value != int(value):
            return False
        before, after = self._at(i - 1), self._at(i + 1)
        if before in {"aged", "age", "ages"}:
            return True
        if before in {"and", "to", "between", "of", "from", *_DASHES} and any(
            self._at(k) in {"aged", "ages"} for k in range(max(0, i - 5), i)
        ):
            return True
        if self._old(i + 1) or (after in {"to", "and", "or", *_DASHES} and self._is(i + 2, "d") and self._old(i + 3)):
            return True
        named = self._is(i - 2, "w") and self.lex[i - 2].capital
        return named and (
            (before == "," and after in {",", ".", "", ";", ")"}) or (before == "(" and after in {")", ","})
        )

    def _old(self, i: int) -> bool:
        """Whether "-year-old", "years old" or "years of age" starts at `i`."""
        words = [self._at(k) for k in range(i, i + 5) if self._at(k) not in _DASHES]
        return words[0:2] in (["year", "old"], ["years", "old"], ["month", "old"], ["months", "old"], ["year", "olds"]) or (
            words[0:3] == ["years", "of", "age"]
        )

    def _year(self, i: int, value: float) -> bool:
        text = self.lex[i].text
        if len(text) != 4 or not 1900 <= value < 2100:
            return False
        before = self._at(i - 1)
        return before in self.w.year_after or before in {"", "(", ","} or not self._is(i + 1, "w") or before in _DASHES

    def _no_word(self, i: int) -> int:
        """Past a number word that counts nothing: "one another", "one by one", "two-year-old", "the Six-Day War"."""
        word, after = self._at(i), self._at(i + 1)
        if word in self.w.ones or word in self.w.tens:
            if self._old(i + 1) or (after in {"to", "or", *_DASHES} and self._old(i + 3)):
                return i + 4
            if self._at(i - 1) in {"aged", "age", "ages"}:
                return i + 1
            if self._at(i - 1) in {"and", "between", "of"} and any(self._at(k) == "ages" for k in range(max(0, i - 3), i)):
                return i + 1
            if self._glued(i) and self._at(i - 1) in _DASHES and self._is(i - 2, "w"):
                return i + 1
        if word == "one":
            if after in {"another", "by", "off", "sided", "day", "s", "time", "thing"} or (after in _DASHES and self._glued(i + 1)):
                return i + 3 if after == "by" else i + 2
            if self._at(i - 1) in {"this", "that", "which", "the", "each", "every", "any", "by", "'", "’", "another"}:
                return i + 1
        joined = after in _DASHES and self._glued(i + 1) and self._glued(i + 2)
        if joined and self.lex[i].capital and self._is(i + 2, "w") and self.lex[i + 2].capital and i > 0:
            return i + 3
        return i

    # -- amounts ----------------------------------------------------------------------------------------------

    def _amount(self, i: int) -> _Amount | None:
        """The amount that starts at lexeme `i`."""
        if i >= len(self.lex):
            return None
        here = self.lex[i]
        if here.kind == "d":
            return self._scaled(_value(here.text), i + 1, "digits")
        word = here.text
        if word in {"a", "an"}:
            return self._article(i)
        if word in self.w.plurals:
            return self._plural(i)
        if word in self.w.few:
            if word != "several" and self._at(i - 1) != "a":
                return None
            return self._few(i)
        if word == "half" and (half := self._half(i)):
            return half
        if word in self.w.fractions and word == "half":
            return _Amount(50, i + 1, "fraction", dimension="percent") if self._of_whole(i + 1) else None
        if word in self.w.ones or word in self.w.tens:
            return self._written(i)
        if word in self.w.none or word == "no":
            return self._none(i)
        return None

    def _scaled(self, value: float, i: int, shape: str) -> _Amount:
        """`value` times the scales that follow at `i` ("1.2m", "3 hundred thousand", "two and a half million")."""
        scaled = False
        if self._glued(i) and self._at(i) in self.w.glued and not self._metres(i):
            return _Amount(value * self.w.glued[self._at(i)], i + 1, shape, scaled=True)
        if [self._at(k) for k in range(i, i + 3)] == ["and", "a", "half"]:
            value, i = value + 0.5, i + 3
        for _ in range(3):
            k = i + 1 if self._at(i) == "-" and self._glued(i) else i
            if self._at(k) not in self.w.scales or (self._at(k) == "score" and k != i):
                break
            value, i, scaled = value * self.w.scales[self._at(k)], k + 1, True
        if [self._at(k) for k in range(i, i + 3)] == ["and", "a", "half"]:
            value, i = value + 0.5, i + 3
        return _Amount(value, i, shape, scaled)

    def _metres(self, i: int) -> bool:
        """Whether a glued "m" or "t" stands for metres or tonnes, not millions."""
        if self._at(i) not in {"m", "t"}:
            return False
        after = self._at(i + 1)
        return after in {"away", "from", "long", "wide", "deep", "tall", "high", "north", "south", "east", "west", "off"} or (
            after == "(" and self._is(i + 2, "d") and self._at(i + 3) in {"ft", "feet", "yards", "foot"}
        )

    def _article(self, i: int) -> _Amount | None:
        """What "a" starts: "a million", "a dozen", "a few", "a couple of", "a quarter of", "a half"."""
        k = i + 2 if self._at(i + 1) in _DASHES else i + 1
        word = self._at(k)
        if word in {"hundred", "thousand", "million", "billion", "dozen", "trillion"}:
            return self._scaled(1, k, "words")
        if self.w.units.get(word, (((), "", ""),))[0][1] == "duration" and self._bounded(i):
            return _Amount(1, k, "words")
        if word in {"few", "handful"} and not (word == "few" and self._at(i - 1) in {"quite"}):
            return self._few(k)
        if word in self.w.pairs and self._at(k + 1) == "of":
            return _Amount(self.w.pairs[word], k + 1, "words")
        if word == "half" and (half := self._half(k)):
            return half
        if word in {"third", "quarter", "fifth", "half"} and self._of_whole(k + 1):
            if word == "quarter" and self._at(k + 2) in {"a", "an"} and self._at(k + 3) in self.w.scales:
                return _Amount(0.25 * self.w.scales[self._at(k + 3)], k + 4, "words")
            return _Amount(self.w.fractions[word], k + 1, "fraction", dimension="percent")
        return None

    def _bounded(self, i: int) -> bool:
        """Whether a bound qualifier ends before `i`: "a week" is a figure only in "more than a week"."""
        for phrase, kind in self.w.before.get(self._at(i - 1), ()):
            start = i - len(phrase)
            if kind != "exact" and start >= 0 and tuple(self._at(k) for k in range(start, i)) == phrase:
                return True
        return False

    def _half(self, i: int) -> _Amount | None:
        """"half a million", "half-a-million", "half a dozen"."""
        words = [k for k in range(i + 1, i + 6) if self._at(k) not in _DASHES][:2]
        if len(words) == 2 and self._at(words[0]) in {"a", "an"} and self._at(words[1]) in self.w.scales:
            return _Amount(0.5 * self.w.scales[self._at(words[1])], words[1] + 1, "words", scaled=True)
        return None

    def _of_whole(self, i: int) -> bool:
        return self._at(i) in {"of", "the", "its", "their"}

    def _few(self, i: int) -> _Amount:
        """"several", "a few", "several hundred", "a few dozen"; `i` at the word."""
        low: float = self.w.few[self._at(i)]
        k = i + 1
        for _ in range(3):
            scale = self.w.scales.get(self._at(k)) or (self.w.plurals.get(self._at(k)) if k > i else None)
            if not scale:
                break
            low, k = low * scale, k + 1
        return _Amount(low, k, "few" if k == i + 1 else "plural")

    def _plural(self, i: int) -> _Amount | None:
        """"dozens", "tens of thousands", "hundreds of thousands", "scores"."""
        word = self._at(i)
        value = self.w.plurals[word]
        if self._at(i + 1) == "of" and (more := self.w.plurals.get(self._at(i + 2))) and more >= 1000:
            return _Amount(value * more, i + 3, "plural")
        if word == "tens" or (word == "scores" and self._at(i - 1) in {"the", "he", "she", "who"}):
            return None
        return _Amount(value, i + 1, "plural")

    def _written(self, i: int) -> _Amount | None:
        """A number in words: "twenty-two", "one hundred and five thousand", "nineteen"."""
        total = group = 0.0
        last, start = float("inf"), i
        while i < len(self.lex) and i - start < 2 * _LONGEST:
            k = i
            if k > start and self._at(k) == "-" and self._glued(k) and self._glued(k + 1):
                k += 1
            elif k > start and self._at(k) == "and" and last >= 100 and last != float("inf"):
                k += 1
            word = self._at(k)
            if word in self.w.ones and last >= 20:
                value = self.w.ones[word]
                if last < 100 and not 0 < value < 10:
                    break
                group, last = group + value, value or 1
            elif word in self.w.tens and last >= 100:
                group, last = group + self.w.tens[word], self.w.tens[word]
            elif word == "hundred" and 0 < group < 100 and last < 100:
                group, last = group * 100, 100
            elif word in self.w.scales and word not in {"hundred", "score"} and i > start and group:
                scale = self.w.scales[word]
                total, group, last = total + group * scale, 0, scale
            else:
                break
            i = k + 1
        if i == start:
            return None
        value = total + group
        if self._at(i) in _DASHES and self._at(i + 1) in {"thirds", "quarters", "fifths", "tenths"}:
            return _Amount(_percent(value * self.w.fractions[self._at(i + 1)]), i + 2, "fraction", dimension="percent")
        if self._at(i) in {"thirds", "quarters", "fifths", "tenths"}:
            return _Amount(_percent(value * self.w.fractions[self._at(i)]), i + 1, "fraction", dimension="percent")
        if self._at(i) in self.w.scales and self._at(i) == "score":
            return _Amount(value * 20, i + 1, "words", scaled=True)
        if [self._at(k) for k in range(i, i + 3)] == ["and", "a", "half"]:
            return self._scaled(value, i, "words")
        return _Amount(value, i, "one" if value == 1 and i == start + 1 else "words", scaled=bool(total))

    def _none(self, i: int) -> _Amount | None:
        for phrase in self.w.none.get(self._at(i), ()):
            if tuple(self._at(k) for k in range(i, i + len(phrase))) == phrase:
                return _Amount(0, i + len(phrase), "none")
        if self._at(i) == "no":
            for k in range(i + 1, i + 5):
                if self._at(k) in self.w.none_nouns:
                    return _Amount(0, i + 1, "none")
                if self._at(k) not in self.w.none_skip:
                    break
        return None

    # -- expressions ------------------------------------------------------------------------------------------

    def _expression(self, i: int, free: int) -> tuple[Number | None, int]:
        """The number expression whose amount (or currency sign) starts at `i`, and the lexeme after it."""
        first, money = i, self.w.currencies.get(self._at(i))
        if money:
            i += 1
        a = self._amount(i)
        if a is None or (money and a.shape == "one"):
            return None, first + 1
        qualifiers, start = self._qualifiers(first, free, a)
        low: float | None = a.value
        high: float | None = None if a.open else a.value
        bound: Bound = "plural" if a.open else "exact"
        unit, end = self._unit(a.end, a, money)
        b = self._range(a, end, start)
        if b is not None:
            low, high, bound = b[0], b[1], "range"
            near, a = unit, replace(a, end=b[2], scaled=b[3], shape="digits")
            unit, end = self._unit(a.end, a, money)
            unit = near or unit
            if self._at(start - 1) == "between" and start > free:
                start -= 1
        dimension, name, joined = unit or (("money", money, None) if money else (a.dimension, None, None))
        if name is not None and dimension in {"duration", "distance"} and self._half_more(end):
            low, high, end = low + 0.5, high if high is None else high + 0.5, end + 3
        end = self._conversion(end, dimension)
        after, end = self._suffix(end)
        words = " ".join(w for w, _ in qualifiers)
        for kind in [k for _, k in qualifiers] + after:
            if kind in {"at_least", "at_most"} and bound in {"exact", "approx"}:
                bound = kind
            elif kind == "approx" and bound == "exact":
                bound = "approx"
            elif kind == "at_least" and bound == "plural":
                bound = "at_least" if a.shape == "plural" and False else "plural"
        if bound == "at_least":
            high = None
        elif bound == "at_most":
            low = None
        if not self._stands(a, start, end, first, dimension, name, words, bound):
            return None, max(end, first + 1)
        lex = self.lex
        core = lex[first].start
        return (
            Number(lex[start].start, lex[end - 1].end, core, low, high, bound, dimension, name, a.shape, joined, words),
            end,
        )

    def _stands(
        self, a: _Amount, start: int, end: int, first: int, dimension: str, unit: str | None, words: str, bound: Bound
    ) -> bool:
        """Whether the expression counts at all: "past 24 hours" and "two days ago" are dates, "under 18s" ages."""
        before, after = self._at(start - 1), self._at(end)
        if dimension == "duration":
            if before in self.w.span_before or after in self.w.span_after:
                return False
            if self._at(start - 1) in _DASHES and self._glued(start):
                return False
            if after in {"from", "into", "in"} and self._at(end + 1) in {"now"}:
                return False
        if words == "within" and dimension not in {"duration", "distance"}:
            return False
        if a.shape == "one" and dimension == "duration" and not words:
            return False
        if self._at(end - 1) in _DASHES:
            return False
        return not (before in {"vs", "versus"} or after in {"vs", "versus"})

    def _half_more(self, end: int) -> bool:
        return [self._at(k) for k in range(end, end + 3)] == ["and", "a", "half"]

    def _qualifiers(self, first: int, free: int, a: _Amount) -> tuple[list[tuple[str, str]], int]:
        """The qualifiers that end before lexeme `first`, nearest first, and the lexeme they start at."""
        found: list[tuple[str, str]] = []
        for _ in range(3):
            for phrase, kind in self.w.before.get(self._at(first - 1), ()):
                start = first - len(phrase)
                if start >= free and tuple(self._at(k) for k in range(start, first)) == phrase:
                    break
            else:
                break
            found.append((" ".join(phrase), kind))
            first = start
        return found, first

    def _unit(self, i: int, a: _Amount, money: str | None) -> tuple[tuple[str, str | None, str | None] | None, int]:
        """The unit at lexeme `i` as (dimension, unit, hyphened word), and the lexeme after it."""
        k, hyphen = i, False
        if self._at(i) in _DASHES and self._glued(i) and self._glued(i + 1) and self._is(i + 1, "w"):
            k, hyphen = i + 1, True
        elif a.open and self._at(i) == "of":
            k = i + 1
        word = self._at(k)
        for phrase, dimension, unit in self.w.units.get(word, ()):
            if tuple(self._at(n) for n in range(k, k + len(phrase))) != phrase:
                continue
            if word in {"m", "t"} and not (hyphen or self._metres(k) or not self._glued(k)):
                continue
            if money and dimension != "money":
                continue
            if word in {"second", "minute"} and not (hyphen or a.value == 1):
                continue
            return (dimension, unit, None), k + len(phrase)
        if hyphen:
            return (a.dimension, None, word), k + 1
        return None, i

    def _range(self, a: _Amount, end: int, start: int) -> tuple[float, float, int, bool] | None:
        """The second half of a range that starts with `a`: (low, high, lexeme after, scaled)."""
        link, k = self._at(end), end + 1
        between = self._at(start - 1) == "between"
        if link == "and":
            if not between:
                return None
        elif link in {"to", "or"}:
            if link == "or" and self._at(k) == "even":
                k += 1
            if link == "to" and self._at(start - 1) == "from" and a.end == end:
                return None
        elif not (link in _DASHES and (self._glued(end) or self._glued(k))):
            return None
        if a.open or a.shape in {"none", "fraction"}:
            return None
        if self._at(k) in self.w.currencies:
            k += 1
        if not (self._is(k, "d") or self._at(k) in self.w.ones or self._at(k) in self.w.tens or self._at(k) == "a"):
            return None
        if self._is(k, "d") and self._glued(k + 1) and self._at(k + 1) in {"th", "st", "nd", "rd", "s", "/", ":"}:
            return None
        b = self._amount(k)
        if b is None or b.open or b.dimension != "count":
            return None
        low, high = a.value, b.value
        if b.scaled and not a.scaled and end == a.end:
            raw = _value(self._at(k)) if self._is(k, "d") else self.w.ones.get(self._at(k), self.w.tens.get(self._at(k), 0))
            if raw and low < raw:
                low *= high / raw
        if between and end != a.end and self._unit(b.end, b, None)[0] not in (None, self._unit(a.end, a, None)[0]):
            far, near = self._unit(b.end, b, None)[0], self._unit(a.end, a, None)[0]
            if far and near and (far[1], near[1]) == ("km", "m"):
                return low, high * 1000, b.end, True
        return (low, high, b.end, b.scaled) if low < high else None

    def _conversion(self, end: int, dimension: str) -> int:
        """Past "(£1.6bn)" or "(45 ft)" behind a figure of the same dimension."""
        if self._at(end) != "(" or dimension not in {"money", "distance", "area", "other"}:
            return end
        k = end + 1
        for _ in range(3):
            if self._is(k, "w") and not self.w.currencies.get(self._at(k)):
                k += 1
        money = self.w.currencies.get(self._at(k))
        b = self._amount(k + 1 if money else k)
        if b is None:
            return end
        unit, k = self._unit(b.end, b, money)
        same = (unit[0] if unit else "money" if money else "") == dimension
        return k + 1 if same and self._at(k) == ")" else end

    def _suffix(self, end: int) -> tuple[list[str], int]:
        """The qualifier behind the number: "or more", "or so", "+"."""
        for phrase, kind in self.w.after.get(self._at(end), ()):
            if tuple(self._at(k) for k in range(end, end + len(phrase))) == phrase:
                if phrase == ("+",) and not self._glued(end):
                    break
                return [kind], end + len(phrase)
        return [], end


def _value(text: str) -> float:
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return 0.0


def _percent(value: float) -> float:
    """Two thirds is 66.7 percent, not 66.6."""
    return 66.7 if value == 66.6 else min(value, 100.0)
