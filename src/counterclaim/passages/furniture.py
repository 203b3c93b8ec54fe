"""What kind a whole line is by its own words: times, bylines, credits, promos and the rest of a page's furniture."""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

from counterclaim.types import PassageKind

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:Mon|Tue(?:s)?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?"
_ZONE = r"(?:GMT|UTC|BST|EST|EDT|ET|CET|CEST|EET|EEST|MSK|PST|PDT|IST|IDT|AST|Z|local time|Kyiv time|Moscow time)"
_CLOCK = (
    r"(?:\d{1,2}[:.h]\d{2}(?::\d{2})?(?:\.\d+)?\s?(?:[ap]\.?m\.?)?|\d{1,2}\s?[ap]\.?m\.?)"
    rf"(?:\s?(?:{_ZONE}|[+-]\d\d:?\d\d)\b)?"
)
_NTH = r"\d{1,2}(?:st|nd|rd|th)?"
_OF_YEAR = r"(?:,?\s\d{4})?"
_DATE = (
    rf"(?:(?:{_WEEKDAY},?\s)?(?:{_NTH}\s{_MONTH}{_OF_YEAR}|{_MONTH}\s{_NTH}{_OF_YEAR})"
    r"|\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})"
)
_AGO = r"\d+\s?(?:m|mins?|minutes?|h|hrs?|hours?|d|days?|s|secs?|seconds?)\sago"
_STAMP = rf"(?:{_DATE}(?:(?:,|\sat|\s[-–—|·]|T)?\s?{_CLOCK})?|{_CLOCK}(?:(?:,|\son|\s[-–—|·])?\s{_DATE})?|{_AGO})"
_TIMESTAMP = re.compile(
    r"(?:(?:(?:First |Last )?(?:published|posted|updated|modified)(?:\s(?:at|on))?\s?:?|From)\s?[`*_]?)?"
    rf"\[?(?:{_STAMP})(?:\s(?:{_STAMP}))?\]?[`*_]?",
    re.IGNORECASE,
)
#: A stamp glued to the front of an entry of a live blog: the hour is needed, a date alone may begin a sentence.
GLUED = re.compile(
    rf"(?:From\s)?\[?(?:{_DATE}(?:,|\sat)?\s{_CLOCK}|\d{{1,2}}[:.]\d{{2}}(?:\s?{_ZONE}\b)?"
    rf"|\d{{1,2}}(?:[:.]\d{{2}})?\s?[ap]m(?:\s{_ZONE}\b)?"
    rf"|(?:{_AGO}\s?){{1,2}})\]?(?:\s?[-–—:|])?\s+(?=[A-Z“\"‘'\d\U0001F000-\U0001FFFF])"
)
_YEAR = re.compile(r"\d{4}|/\d\d$")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+\.(?:com|org|net|gov|int)(?:/\S*)?|[\w.+-]+@[\w-]+\.[\w.]+")
_HASHTAGS = re.compile(r"(?:#\w+[\s,]*)+")
_TAG = re.compile(r"(?:</?[A-Za-z][^<>]*>\s*)+")
_HANDLE = re.compile(r"(?:[^\n@]{0,50}\s\(?)?@[A-Za-z0-9_]{0,30}\)?")
_NAME = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w.'’-]*"
_BYLINE = re.compile(
    rf"(?:(?:Story |Analysis |Report |Words |Text )?[Bb]y|BY|From)[:\s]\s?"
    rf"{_NAME}(?:\s(?:{_NAME}|al|bin|de|van|von|der|el))*"
    rf"(?:(?:,|\sand|\s&|\sin|\sat|\sfor|,\sand|\s[-–—|])\s(?:the\s)?"
    rf"(?:{_NAME}|[a-z]+\s(?:editor|correspondent|reporter))(?:\s{_NAME})*)*"
    r"(?:,\s[\w ]*(?:editor|correspondent|reporter|bureau))?"
)
_SIGNED = re.compile(rf"[-–—]\s?{_NAME}(?:\s{_NAME}){{1,3}}(?:(?:,|\sand|\s&)\s{_NAME}(?:\s{_NAME}){{1,3}})*")


#: What may follow a phrase at the start of a line: anything but a letter, a digit or a hyphen.
_BOUND = ("", *" :,.!…|–—\u00a0\"'”’")


@dataclass(frozen=True)
class Words:
    """The words of one kind, ready to look up."""

    exact: frozenset[str]
    starts: dict[str, tuple[tuple[str, bool], ...]] = field(default_factory=dict)
    ends: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()
    has: tuple[str, ...] = ()

    def holds(self, line: str, bare: str, ended: bool) -> bool:
        """Whether the lower-case `line`, `bare` of its end marks, is of this kind; `ended` if it is a sentence."""
        if bare in self.exact:
            return True
        first = _first(line)
        for phrase, loose in self.starts.get(first, ()):
            if (
                line.startswith(phrase)
                and not (loose and ended)
                and (phrase[-1] == ":" or line[len(phrase) : len(phrase) + 1] in _BOUND)
            ):
                return True
        if self.closes and bare.endswith(self.closes):
            return True
        return not ended and len(line) < 300 and (bare.endswith(self.ends) or any(w in line for w in self.has))


def _first(line: str) -> str:
    return line.split(" ", 1)[0].rstrip(":,")


@functools.cache
def table() -> dict[str, Any]:
    """`lexicon/passages.toml`, read once."""
    return tomllib.loads(resources.files("counterclaim.lexicon").joinpath("passages.toml").read_text("utf-8"))


@functools.cache
def words(kind: str) -> Words:
    """The words of `kind`."""
    entry = table()[kind]
    starts: dict[str, list[tuple[str, bool]]] = {}
    for key in ("starts", "loose"):
        for phrase in entry.get(key, ()):
            starts.setdefault(_first(phrase), []).append((phrase, key == "loose"))
    return Words(
        frozenset(entry.get("exact", ())), {k: tuple(v) for k, v in starts.items()},
        tuple(entry.get("ends", ())), tuple(entry.get("closes", ())), tuple(entry.get("has", ())),
    )  # fmt: skip


@functools.cache
def agencies() -> str:
    """A pattern of the names of picture agencies, longest first."""
    names = sorted(table()["credit"]["agencies"], key=len, reverse=True)
    return rf"(?:{'|'.join(map(re.escape, names))})"


@functools.cache
def _credit() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    entry = table()["credit"]
    labels = "|".join(sorted(map(re.escape, entry["labels"]), key=len, reverse=True))
    givers = "|".join(map(re.escape, sorted(entry["bodies"], key=len, reverse=True)))
    label = re.compile(
        rf"(?:©|\(c\)|(?:{labels}):)\s?\S.{{0,118}}|(?:Photo|Photograph|Image|Picture)\sby\s{_NAME}.{{0,80}}",
        re.IGNORECASE,
    )
    name = r"[^\s/,;:“”\"\[\]()]+(?:\s[^\s/,;:“”\"\[\]()]+){0,4}"
    slashed = re.compile(
        rf"[\[(]?(?:(?:File|FILE|Photo)[:.]?\s)?(?:(?:{name}/){{1,4}}(?:via\s)?{agencies()}|(?:{agencies()}|{givers})/{name}"
        rf"|(?:{name}/){{0,3}}{name}\svia\s{agencies()})(?:/{name}){{0,3}}[\])]?\.?"
    )
    alone = re.compile(rf"[\[(](?:File:?\s)?{agencies()}[\])]\.?|{agencies()}")
    return label, slashed, alone


def is_credit(text: str) -> bool:
    """Whether the whole of `text` says who took a picture."""
    if len(text) > 140:
        return False
    label, slashed, alone = _credit()
    return bool(
        label.fullmatch(text) or alone.fullmatch(text) or (("/" in text or " via " in text) and slashed.fullmatch(text))
    )


def is_stamp(text: str) -> bool:
    """Whether the whole of `text` is a time or a date."""
    return len(text) < 80 and any(c.isdigit() for c in text) and _TIMESTAMP.fullmatch(text) is not None


def is_dated(text: str) -> bool:
    """Whether a timestamp names a year."""
    return _YEAR.search(text) is not None


def kind_of(text: str, ended: bool) -> PassageKind | None:
    """The kind of a line by its own words, or None where it is news as far as they tell."""
    if len(text) > 400:
        return "junk" if _ADDRESS.fullmatch(text) else None
    if is_stamp(text):
        return "timestamp"
    if text[0] in "#<hw" or "@" in text or "." in text:
        if _ADDRESS.fullmatch(text) or _HASHTAGS.fullmatch(text) or _TAG.fullmatch(text):
            return "junk"
        if "@" in text and _HANDLE.fullmatch(text):
            return "byline"
    if len(text) < 160 and not ended and (_BYLINE.fullmatch(text) or _SIGNED.fullmatch(text)):
        return "byline"
    if is_credit(text):
        return "credit"
    lower = text.lower()
    bare = lower.rstrip(" .:!…*»")
    kinds: tuple[PassageKind, ...] = ("source_line", "junk", "promo", "graphic", "caption")
    for kind in kinds:
        if words(kind).holds(lower, bare, ended):
            return kind
    return None


def is_tail(text: str) -> bool:
    """Whether headlines of other stories follow this head."""
    return len(text) < 40 and text.lower().rstrip(" .:!…*»") in words("tail").exact
