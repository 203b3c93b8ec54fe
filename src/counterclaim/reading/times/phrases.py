"""The grammar of date phrases: finds them in a sentence. Their days are worked out in `rules`."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from counterclaim.reading.times.rules import RULES
from counterclaim.reading.times.words import Days, Frame, lexicon, when
from counterclaim.types import When

#: Before a date these put it ahead, unless the act of saying stands between.
_AHEAD = re.compile(
    r"(?i)\b(?:will|won[’']t|[’']ll|shall|set to|due (?:to|on|in|for)|scheduled (?:to|for)"
    r"|(?:is|are|be|was|were) expected|expects?|plans? to|planned for|upcoming|starting|coming)\b"
    r"(?![^.;]*\b(?:said|says|told|added|announced|warned|reported)\b)[^.;“”]{0,70}$"
)
#: After a weekday its date: "Wednesday, March 2" is one phrase.
_DATE_FOLLOWS = re.compile(r",? (?:the )?(?:\d{1,2}(?:st|nd|rd|th)?(?: of)? )?[A-Z][a-z]{2,8}\.? ?\d")


#: Between a time of day and its day: "overnight on Tuesday", "tonight, May 3".
_LINK = re.compile(r",? (?:on |of |to )?")
_DAYS = frozenset(["weekday", "dmy", "mdy", "iso"])


@dataclass(frozen=True, slots=True)
class Found:
    """A date phrase: characters `start` to `end` of the sentence's text, its days, and the rule that read it."""

    start: int
    end: int
    days: Days
    rule: str

    def when(self) -> When:
        """The days with their precision, without a span."""
        return when(*self.days)


def scan(text: str, frame: Frame) -> Iterator[Found]:
    """The date phrases of one sentence, from left to right. "Overnight on Tuesday" is one, on Tuesday."""
    last: Found | None = None
    for found in _scan(text, frame):
        if last is not None:
            if last.rule == "near" and found.rule in _DAYS and _LINK.fullmatch(text, last.end, found.start):
                found = Found(last.start, found.end, found.days, found.rule)
            else:
                yield last
        last = found
    if last is not None:
        yield last


def _scan(text: str, frame: Frame) -> Iterator[Found]:
    for match in _grammar().finditer(text):
        kind = match.lastgroup or ""
        if kind == "weekday" and _DATE_FOLLOWS.match(text, match.end()):
            continue
        ahead = frame.future or bool(_AHEAD.search(text, max(0, match.start() - 120), match.start()))
        try:
            days = RULES[kind](match, Frame(frame.published, frame.day_one, frame.told, ahead))
        except (ValueError, OverflowError, KeyError):
            continue  # no such day
        if days is not None:
            yield Found(match.start(), match.end(), days, kind)


@functools.cache
def _grammar() -> re.Pattern[str]:
    """All kinds of phrase in one expression, each a named group; see `lexicon/times.toml`."""
    words = lexicon()
    fill = {
        "weekday": "|".join(words["weekdays"]),
        "month": "|".join(m.capitalize() for m in sorted(words["months"], key=len, reverse=True)),
        "number": "|".join(w for w in words["numbers"] if w not in ("a", "an")),
        "ordinal": "|".join(words["ordinals"]),
        "near": "|".join(sorted(map(re.escape, words["near"]), key=len, reverse=True)),
        "war": "|".join(words["war"]["words"]),
    }
    grammar = words["grammar"]
    for name, part in grammar["parts"].items():
        fill[name] = _filled(part, fill)
    kinds = []
    for name, choices in grammar["kinds"].items():
        flag = "i" if name in grammar["blind"]["kinds"] else ""
        kinds.append(f"(?P<{name}>(?{flag}:{_filled('|'.join(choices), fill)}))")
    # a phrase begins at a word's first letter: everything else is passed over without trying the alternatives
    return re.compile(rf"\b(?=[A-Za-z\d])(?:{'|'.join(kinds)})")


def _filled(part: str, fill: dict[str, str]) -> str:
    return re.sub(r"(?<!\?P)<(\w+)>", lambda m: fill[m[1]], part)
