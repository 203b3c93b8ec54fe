"""What looks like a number and counts nothing: dates, clock times, ages, years, names, ordinals, list marks.

`skip` answers with the lexeme to go on from. It sees words only, no parse.
"""

from __future__ import annotations

from counterclaim.reading.figures.lexemes import DASHES, Lexemes
from counterclaim.reading.figures.words import Words

_ORDINAL = {"st", "nd", "rd", "th", "s"}
_SHARE = 20
"""The largest whole of a share in digits: "1 in 10"."""
_INSIDE_NAMES = frozenset("/:._#@=&%?\\+*'’")
_INTO_NAMES = frozenset(":/_=&\\*×")
_LINKS = {",", "and", "or", "to", "&", "/"} | DASHES
_AT = frozenset({"at", "by", "from", "until", "till", "to", "around", "about", "before", "after", "of", "on"})
_ORDINALS = frozenset({"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"})
_OLD = (("year", "old"), ("years", "old"), ("month", "old"), ("months", "old"), ("year", "olds"), ("years", "of"))


def skip(lex: Lexemes, words: Words, i: int) -> int:
    """Past the date, time, age or name that lexeme `i` belongs to; `i` itself if it may be an amount."""
    if lex.at(i - 1) == "in" and lex.at(i - 2) == "one":
        return i + 1  # "one in seven"
    if lex.at(i + 1) == "in" and lex.digits(i) and lex.digits(i + 2) and lex.value(i) < lex.value(i + 2) <= _SHARE:
        return i + 3  # "1 in 3 children"
    if not lex.digits(i):
        return _word(lex, words, i)
    if (end := _name(lex, words, i)) > i:
        return end
    before, after = lex.at(i - 1), lex.at(i + 1)
    if _month(lex, words, i + 1) or _month(lex, words, i - 1) or (before == "." and _month(lex, words, i - 2)):
        return _date(lex, words, i + 1)
    if after in _LINKS and lex.digits(i + 2) and _month(lex, words, i + 3):
        return i + 4
    if after in words.clock and (lex.glued(i + 1) or after not in {"o", "et"}):
        return i + 2
    if _military(lex, i):
        return i + 2
    if after in {"a", "p"} and lex.phrase(i + 2, 2) == (".", "m"):
        return i + 4
    if (i == 0 or before == ":") and after in {".", ")"} and lex.glued(i + 1) and not lex.digits(i + 2):
        return i + 1 if i == 0 or lex.capital(i + 2) else i
    return i + 1 if _age(lex, i) or _label(lex, words, i) or _year(lex, words, i) or _short_date(lex, i) else i


def _name(lex: Lexemes, words: Words, i: int) -> int:
    """Past a glued run that is a name, a time, an address or an ordinal ("Su-35", "6:00", "41st", "24/7")."""
    before, after = lex.at(i - 1), lex.at(i + 1)
    if lex.glued(i):
        hyphen = before in DASHES and lex.glued(i - 1) and (lex.digits(i - 2) or (before == "-" and lex.word(i - 2)))
        if before in _INSIDE_NAMES or lex.word(i - 1) or lex.digits(i - 1) or hyphen:
            return _run(lex, i)
    if lex.glued(i + 1):
        if after in _INTO_NAMES and lex.glued(i + 2) and (after != "/" or lex.digits(i + 2)):
            return _run(lex, i)
        if after == "." and lex.glued(i + 2) and lex.digits(i + 2):
            return _run(lex, i)
        known = after in words.glued or after in words.units or after in words.scales or after in words.clock
        if after in _ORDINAL or after == "'" or (lex.word(i + 1) and not known):
            return _run(lex, i)
    return i


def _run(lex: Lexemes, i: int) -> int:
    i += 1
    while lex.glued(i) and lex.at(i) not in {",", ")", "(", "]"}:
        i += 1
    return i


def _month(lex: Lexemes, words: Words, i: int) -> bool:
    word = lex.at(i)
    return word in words.months and (lex.capital(i) or word not in {"may", "march", "mar", "sep"})


def _date(lex: Lexemes, words: Words, i: int) -> int:
    """Past the rest of a date: "March 1 and 2", "24-28 February 2022"."""
    for _ in range(8):
        if _month(lex, words, i) or lex.at(i) == ".":
            i += 1
        elif lex.at(i) in _LINKS and lex.digits(i + 1) and "," not in lex.at(i + 1):
            value = lex.value(i + 1)
            if not (value <= 31 or 1900 <= value < 2100):
                break
            if lex.at(i) in {",", "and", "or", "to"} and value <= 31 and not _date_ends(lex, words, i + 2):
                break
            i += 2
        elif 1900 <= lex.value(i) < 2100 and "," not in lex.at(i):
            i += 1
        else:
            break
    return i


def _date_ends(lex: Lexemes, words: Words, i: int) -> bool:
    """Whether no counted noun follows, so that "March 1 and 2" is all date."""
    return not lex.word(i) or _month(lex, words, i) or lex.at(i) in words.small


def _short_date(lex: Lexemes, i: int) -> bool:
    """Whether it is a day and a month in digits: "24.02" beside words of time and without a unit."""
    day, dot, month = lex.at(i).partition(".")
    if not dot or len(day) != 2 or len(month) != 2 or not (1 <= int(day) <= 31 and 1 <= int(month) <= 12):
        return False
    return lex.at(i - 1) in {"from", "to", "on", "of", "by", "since", "until", ""} and (
        lex.at(i + 1) in {"to", "as", "on", "at", ",", "and", "", "until", ".", *DASHES}
    )


def _age(lex: Lexemes, i: int) -> bool:
    """Whether the digits at `i` are somebody's age, or an end of a range of ages."""
    before, after = lex.at(i - 1), lex.at(i + 1)
    if _old(lex, i + 1) or (after in _LINKS and _old(lex, i + 3)):
        return True
    if lex.value(i) > 115 or "." in lex.at(i):
        return False
    if before in {"aged", "age", "ages"} or lex.phrase(i - 2, 2) == ("age", "of"):
        return True
    if before in {"and", "to", "between", "of", "from"} and {"aged", "ages"} & set(lex.phrase(i - 5, 5)):
        return True
    if not (lex.word(i - 2) and lex.capital(i - 2)):
        return False
    return (before == "," and after in {",", ".", "", ";", ")"}) or (before == "(" and after in {")", ","})


def _old(lex: Lexemes, i: int) -> bool:
    """Whether "-year-old", "years old" or "years of age" starts at `i`."""
    return tuple(w for w in lex.phrase(i, 4) if w not in DASHES)[:2] in _OLD


def _military(lex: Lexemes, i: int) -> bool:
    """Whether it is a time of day in four digits: "at 1700 hours"."""
    text = lex.at(i)
    hour, minute = divmod(int(text), 100) if len(text) == 4 and text.isdecimal() else (99, 99)
    told = lex.at(i + 1) in {"hours", "hrs", "hour", "h"} and hour < 24 and minute < 60
    return told and (lex.at(i - 1) in _AT or text[0] == "0")


def _label(lex: Lexemes, words: Words, i: int) -> bool:
    """Whether the digits at `i` number a thing: "Day 8", "Article 5", "No. 3"."""
    before = lex.at(i - 1)
    if before in {".", "#"}:
        return lex.at(i - 2) in {"no", "nr"}
    return before in words.labels and "," not in lex.at(i) and (lex.capital(i - 1) or i == 1)


def _year(lex: Lexemes, words: Words, i: int) -> bool:
    text = lex.at(i)
    if len(text) != 4 or not 1900 <= lex.value(i) < 2100:
        return False
    before = lex.at(i - 1)
    return before in words.year_after or before in {"", "(", ","} or before in DASHES or not lex.word(i + 1)


def _word(lex: Lexemes, words: Words, i: int) -> int:
    """Past a number word that counts nothing: "one another", "one by one", "two-year-old", "the Six-Day War"."""
    word, before, after = lex.at(i), lex.at(i - 1), lex.at(i + 1)
    tied = after in DASHES and lex.glued(i + 1) and lex.glued(i + 2)
    if word in words.ones or word in words.tens:
        if _old(lex, i + 1) or (after in _LINKS and _old(lex, i + 3)):
            return i + 4
        if before in {"aged", "age", "ages"} or ("ages" in lex.phrase(i - 4, 4) and before in {"and", "of", "between"}):
            return i + 1
        if lex.glued(i) and before in DASHES and lex.word(i - 2):
            return i + 1
        if tied and lex.at(i + 2) in _ORDINALS:
            return i + 3  # "the twenty-seventh"
        if tied and i > 0 and lex.capital(i) and lex.capital(i + 2):
            return i + 3
    if word == "one":
        if after in words.after_one or (tied and after in DASHES):
            return i + 2
        if before in words.before_one:
            return i + 1
    return i
