"""The grammar of date phrases: finds them in a sentence. Their days are worked out in `rules`."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from counterclaim.reading.times.rules import RULES
from counterclaim.reading.times.words import DAY, Days, Frame, lexicon, number, when
from counterclaim.types import When

#: Before a date these put it ahead, unless the act of saying stands between.
_AHEAD = (
    r"(?i)\b(?:will|won[’']t|[’']ll|shall|would|set to|set for|due (?:to|on|in|for)|scheduled (?:to|for)"
    r"|(?:is|are|be|was|were) expected|expect(?:s|ed)?|plans? to|planned for|upcoming|starting|coming|is to|are to"
    r"|(?:VERBS)(?= (?:on |in |this )?$))"
    r"(?!\w)(?![^.;]*\b(?:said|says|told|added|announced|warned|reported|since|after|when|who|which|had|was|were)\b)[^.;“”]{0,100}$"
)
#: After a weekday its date: "Wednesday, March 2" is one phrase.
_DATE_FOLLOWS = re.compile(r",? (?:the )?(?:\d{1,2}(?:st|nd|rd|th)?(?: of)? )?[A-Z][a-z]{2,8}\.? ?\d")
#: Between a time of day and its day: "overnight on Tuesday", "tonight, May 3".
_LINK = re.compile(r",? (?:on |of |to )?")
_INTO = re.compile(r" (?:in)?to ")
#: Kinds of phrase that name a day, and those that the next phrase may count from.
DAYS = frozenset(["weekday", "dmy", "mdy", "iso"])
_ANCHORS = DAYS | {"monthyear"}
_AND_YEARS = frozenset(["year"])


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
    """The date phrases of one sentence, from left to right. What makes one stretch of days is one phrase."""
    last: Found | None = None
    for found in _scan(text, frame):
        joined = _joined(text, last, found) if last is not None else None
        if last is not None and joined is None:
            yield last
        last = joined or _lasting(text, found)
    if last is not None:
        yield last


def _joined(text: str, last: Found, found: Found) -> Found | None:
    """Two phrases as one: "overnight on Tuesday", "from Friday evening until Sunday", "between 2003 and 2005"."""
    if last.rule == "near" and found.rule in DAYS and found.days[0] == found.days[1]:
        if _INTO.fullmatch(text, last.end, found.start):  # "overnight into Tuesday"
            return replace(found, start=last.start, days=(found.days[0] - DAY, found.days[1]))
        return replace(found, start=last.start) if _LINK.fullmatch(text, last.end, found.start) else None
    if last.rule != found.rule and not {last.rule, found.rule} <= DAYS:
        return None
    if last.rule not in _ANCHORS | _AND_YEARS or not timedelta() < found.days[1] - last.days[0]:
        return None
    through, both, between = _ranges()
    if through.fullmatch(text, last.end, found.start) or (
        both.fullmatch(text, last.end, found.start)
        and (between.search(text, max(0, last.start - 14), last.start) or found.days[0] - last.days[1] == DAY)
    ):
        return Found(last.start, found.end, (last.days[0], found.days[1]), last.rule)
    return None


def _lasting(text: str, found: Found) -> Found:
    """ "In the eleven days to Sunday": the days that end with one."""
    if found.rule in DAYS and (before := _span().search(text, max(0, found.start - 40), found.start)):
        n = number(before[1]) or 1
        first = found.days[0] - timedelta(days=n * (7 if "week" in before[0] else 1))
        return Found(before.start(), found.end, (first, found.days[1]), "past")
    return found


def _scan(text: str, frame: Frame) -> Iterator[Found]:
    told = frame.told
    for match in _grammar().finditer(text):
        kind = match.lastgroup or ""
        if kind == "weekday" and _DATE_FOLLOWS.match(text, match.end()):
            continue
        ahead = frame.future or bool(_ahead().search(text, max(0, match.start() - 120), match.start()))
        try:
            days = RULES[kind](match, Frame(frame.published, frame.day_one, told, ahead))
        except (ValueError, OverflowError, KeyError):
            continue  # no such day
        if days is not None:
            yield Found(match.start(), match.end(), days, kind)
            if kind in _ANCHORS:
                told = days[0]


@functools.cache
def _ahead() -> re.Pattern[str]:
    return re.compile(_AHEAD.replace("VERBS", "|".join(lexicon()["ahead"]["verbs"])))


@functools.cache
def _ranges() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    ranges = lexicon()["grammar"]["ranges"]
    return re.compile(ranges["through"]), re.compile(ranges["and"]), re.compile(ranges["between"], re.IGNORECASE)


@functools.cache
def _span() -> re.Pattern[str]:
    return re.compile(_filled(lexicon()["grammar"]["ranges"]["span"], _parts()), re.IGNORECASE)


@functools.cache
def _parts() -> dict[str, str]:
    """What stands for each name in <> of the grammar."""
    words = lexicon()
    feasts = "|".join(sorted(map(re.escape, words["feasts"]), key=len, reverse=True))
    fill = {
        "weekday": "|".join(words["weekdays"]),
        "month": "|".join(m.capitalize() for m in sorted(words["months"], key=len, reverse=True)),
        "number": "|".join(sorted((w for w in words["numbers"] if w not in ("a", "an")), key=len, reverse=True)),
        "ordinal": "|".join(sorted(words["ordinals"], key=len, reverse=True)),
        "near": "|".join(sorted(map(re.escape, words["near"]), key=len, reverse=True)),
        "war": "|".join(words["war"]["words"]),
        "feast": feasts.replace("'", "['’]"),
        "named": "|".join(map(re.escape, words["named"])),
        "season": "|".join(words["seasons"]),
        "lasting": "|".join(words["lasting"]["words"]),
        "counted": "|".join(words["counted"]["words"]),
    }
    for name, part in words["grammar"]["parts"].items():
        fill[name] = _filled(part, fill)
    return fill


@functools.cache
def _grammar() -> re.Pattern[str]:
    """All kinds of phrase in one expression, each a named group; see `lexicon/times.toml`."""
    grammar = lexicon()["grammar"]
    kinds = []
    for name, choices in grammar["kinds"].items():
        flag = "i" if name in grammar["blind"]["kinds"] else ""
        kinds.append(f"(?P<{name}>(?{flag}:{_filled('|'.join(choices), _parts())}))")
    # a phrase begins at a word's first letter: everything else is passed over without trying the alternatives
    return re.compile(rf"\b(?=[A-Za-z\d])(?:{'|'.join(kinds)})")


def _filled(part: str, fill: dict[str, str]) -> str:
    return re.sub(r"(?<!\?P)<(\w+)>", lambda m: fill[m[1]], part)
