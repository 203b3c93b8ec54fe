"""The number grammar: what is a number, what it is worth, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.reading.figures.numbers import Number, numbers

OPEN = None


def one(text: str) -> Number:
    found = numbers(text)
    assert len(found) == 1, [text[n.start : n.end] for n in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "span", "low", "high", "bound"),
    [
        ("at least 13 people", "at least 13", 13, OPEN, "at_least"),
        ("more than one million refugees", "more than one million", 1_000_000, OPEN, "at_least"),
        ("in excess of 1,200 men", "in excess of 1,200", 1200, OPEN, "at_least"),
        ("over 400 homes", "over 400", 400, OPEN, "at_least"),
        ("1,000+ shells", "1,000+", 1000, OPEN, "at_least"),
        ("30 or more boats", "30 or more", 30, OPEN, "at_least"),
        ("up to 200 soldiers", "up to 200", OPEN, 200, "at_most"),
        ("as many as 80 men", "as many as 80", OPEN, 80, "at_most"),
        ("nearly 5,000 homes", "nearly 5,000", OPEN, 5000, "at_most"),
        ("almost half a million people", "almost half a million", OPEN, 500_000, "at_most"),
        ("fewer than a dozen trucks", "fewer than a dozen", OPEN, 12, "at_most"),
        ("about 40 tanks", "about 40", 40, 40, "approx"),
        ("some 290,000 people", "some 290,000", 290_000, 290_000, "approx"),
        ("an estimated 550 patients", "an estimated 550", 550, 550, "approx"),
        ("close to 130,000 people", "close to 130,000", 130_000, 130_000, "approx"),
        ("a dozen or so shells", "a dozen or so", 12, 12, "approx"),
        ("about as many as 30 men", "about as many as 30", OPEN, 30, "at_most"),
        ("a further 12 bodies", "a further 12", 12, 12, "exact"),
        ("another 2,700 rockets", "another 2,700", 2700, 2700, "exact"),
        ("at least another 15 people", "at least another 15", 15, OPEN, "at_least"),
        ("between 40 and 50 shells", "between 40 and 50", 40, 50, "range"),
        ("40-50 shells", "40-50", 40, 50, "range"),
        ("40–50 shells", "40–50", 40, 50, "range"),
        ("60 or even 300 guns", "60 or even 300", 60, 300, "range"),
        ("10 to 15 guns", "10 to 15", 10, 15, "range"),
        ("two or three shells", "two or three", 2, 3, "range"),
        ("98-117 thousand men", "98-117 thousand", 98_000, 117_000, "range"),
        ("dozens of people", "dozens", 12, OPEN, "plural"),
        ("scores of people", "scores", 20, OPEN, "plural"),
        ("tens of thousands of people", "tens of thousands", 10_000, OPEN, "plural"),
        ("hundreds of thousands fled", "hundreds of thousands", 100_000, OPEN, "plural"),
        ("several hundred men", "several hundred", 200, OPEN, "plural"),
        ("a few dozen men", "a few dozen", 24, OPEN, "plural"),
        ("several men", "several", 2, OPEN, "plural"),
        ("no casualties", "no", 0, 0, "exact"),
        ("no civilians", "no", 0, 0, "exact"),
        ("nobody was hurt", "nobody", 0, 0, "exact"),
        ("1.2m people", "1.2m", 1_200_000, 1_200_000, "exact"),
        ("300k people", "300k", 300_000, 300_000, "exact"),
        ("400 mln people", "400 mln", 400_000_000, 400_000_000, "exact"),
        ("two and a half million people", "two and a half million", 2_500_000, 2_500_000, "exact"),
        ("a quarter of a million people", "a quarter of a million", 250_000, 250_000, "exact"),
        ("one hundred and five thousand men", "one hundred and five thousand", 105_000, 105_000, "exact"),
        ("twenty-two men", "twenty-two", 22, 22, "exact"),
        ("a couple of shells", "a couple", 2, 2, "exact"),
    ],
)  # fmt: skip
def test_amounts_and_bounds(text: str, span: str, low: float | None, high: float | None, bound: str) -> None:
    number = one(text)
    assert (text[number.start : number.end], number.low, number.high, number.bound) == (span, low, high, bound)


@pytest.mark.parametrize(
    ("text", "span", "low", "dimension", "unit"),
    [
        ("$2bn (£1.6bn) in aid", "$2bn (£1.6bn)", 2e9, "money", "USD"),
        ("€500 million", "€500 million", 5e8, "money", "EUR"),
        ("5 million rubles", "5 million rubles", 5e6, "money", "RUB"),
        ("a 1m rouble fine", "1m rouble", 1e6, "money", "RUB"),
        ("40 miles (60km) away", "40 miles (60km)", 40, "distance", "mi"),
        ("a 14-metre (45ft) trench", "14-metre (45ft)", 14, "distance", "m"),
        ("50km south", "50km", 50, "distance", "km"),
        ("between 500 metres and one kilometre", "between 500 metres and one kilometre", 500, "distance", "m"),
        ("a 90-minute call", "90-minute", 90, "duration", "minutes"),
        ("week and a half", "week and a half", 1.5, "duration", "weeks"),
        ("more than a week", "more than a week", 1, "duration", "weeks"),
        ("70% of it", "70%", 70, "percent", "%"),
        ("30 per cent", "30 per cent", 30, "percent", "%"),
        ("two-thirds of the town", "two-thirds", 66.7, "percent", None),
        ("half of the town", "half", 50, "percent", None),
        ("1,700 square miles", "1,700 square miles", 1700, "area", "sq mi"),
        ("20m tonnes of grain", "20m tonnes", 20_000_000, "other", "tonnes"),
        ("a 27-nation bloc", "27-nation", 27, "count", None),
        ("billions of dollars", "billions of dollars", 1e9, "money", "USD"),
    ],
)
def test_units(text: str, span: str, low: float, dimension: str, unit: str | None) -> None:
    number = one(text)
    assert (text[number.start : number.end], number.low, number.dimension, number.unit) == (span, low, dimension, unit)


@pytest.mark.parametrize(
    "text",
    [
        "on 3 March 2022", "on March 1 and 2, the", "February 27-28", "2022-03-03", "24.02 to 28.02", "in 2014 the war",
        "the 1990s", "at 8.30am", "at 2:30 p.m.", "by 7am BST", "at 1430 GMT",
        "Ivan, 39, said", "a 59-year-old man", "a two-year-old girl", "aged 27", "at the age of 52",
        "a 130-year-old wreck", "boys between the ages of nine and 14", "boys from 10 to 20 years old",
        "the 41st Army", "a Su-35 jet", "S-400s", "a T-72", "Mig-29s", "the Six-Day War", "Day 8", "Article 5", "No. 3",
        "1. Kyiv axis", "the agenda: 1. Ceasefire",
        "https://example.org/2022/03/44?s=20", "24/7", "1-year-old", "one in seven children",
        "one by one", "one another", "no one-sided deal", "in the past 24 hours", "two days ago", "the next two weeks",
        "a vote of 95-1", "one of hundreds of",
    ],
)  # fmt: skip
def test_what_counts_nothing(text: str) -> None:
    found = [n for n in numbers(text) if n.shape != "one"]
    assert [text[n.start : n.end] for n in found] == []


ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
]
ONES += ["fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spelt(n: int) -> str:
    """`n` in British words."""
    if n < 20:
        return ONES[n]
    if n < 100:
        return TENS[n // 10 - 2] + (f"-{ONES[n % 10]}" if n % 10 else "")
    if n < 1000:
        return f"{ONES[n // 100]} hundred" + (f" and {spelt(n % 100)}" if n % 100 else "")
    size, name = (1_000_000, "million") if n >= 1_000_000 else (1000, "thousand")
    rest = n % size
    return f"{spelt(n // size)} {name}" + (f" {'and ' if rest < 100 else ''}{spelt(rest)}" if rest else "")


@given(st.integers(2, 999_999_999), st.sampled_from(["{:,} tanks", "{} tanks", "words", "some {:,} tanks"]))
def test_a_number_in_any_form_is_read_back(n: int, form: str) -> None:
    text = f"{spelt(n)} tanks" if form == "words" else form.format(n)
    if form == "{} tanks" and 1900 <= n < 2100:
        return  # stands for a year
    number = one(text)
    assert number.low == n


@given(
    st.integers(1, 5000), st.integers(1, 5000), st.sampled_from(["between {} and {} men", "{} to {} men", "{}-{} men"])
)
def test_ranges_are_read_back(a: int, b: int, form: str) -> None:
    low, high = sorted((a * 7 + 2100, b * 7 + 2103))
    if low == high:
        return
    number = one(form.format(low, high))
    assert (number.low, number.high, number.bound) == (low, high, "range")


#: Pieces that the grammar cares about, to make odd neighbours meet.
PIECES = st.sampled_from(
    [
        "at least", "more than", "up to", "about", "between", "and", "to", "or", "of", "a", "an", "half", "one", "no",
        "none", "dozens", "tens", "thousands", "million", "hundred", "1", "24", "2022", "3,000", "1.5", "$", "£",
        "(", ")", "%", "-", "–", "km", "m", "bn", "miles", "days", "March", "aged", ",", ".", ":", "/", "'", "th",
        "people", "\n", "\u00a0",
        "\U0001f600", "٣", "½", "week", "and a half", "several", "a few", "thirds", "-year-old",
    ]
)  # fmt: skip


@given(st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=30), st.sampled_from(["", " "]))
def test_never_raises_and_stays_inside_the_text(pieces: list[str], gap: str) -> None:
    text = gap.join(pieces)
    last = 0
    for number in numbers(text):
        assert last <= number.start <= number.core < number.end <= len(text)
        assert number.low is None or number.high is None or number.low <= number.high
        assert text[number.start : number.end].strip() == text[number.start : number.end]
        last = number.end
