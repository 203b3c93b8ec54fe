"""Recognition: the stretches of a page that name a place, with what their surroundings say about them.

A name is known by the gazetteer or by the tagger, and its surroundings decide: the tagger calls Mariupol a person as
often as not, and a surname may be a village.
"""

from __future__ import annotations

import functools
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import resources
from typing import TYPE_CHECKING

from counterclaim import countries
from counterclaim.countries import Country, fold
from counterclaim.language import Page, Sentence
from counterclaim.reading.places import gazetteer
from counterclaim.reading.places.gazetteer import Entry

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from counterclaim.conflict import Conflict

_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_LONGEST = 6
#: Small words inside a name ("Gulf of Aden", "Deir al-Balah", "Rostov-on-Don").
_INSIDE = frozenset(
    {
        "of",
        "al",
        "el",
        "de",
        "la",
        "da",
        "do",
        "di",
        "du",
        "del",
        "den",
        "der",
        "an",
        "am",
        "on",
        "and",
        "i",
        "ez",
        "az",
        "as",
        "ash",
        "bin",
        "-",
        "’s",
        "'s",
        "the",
        "os",
    }
)


@dataclass(slots=True)
class Spot:
    """A name of a place on the page: tokens `start` to `end` of `doc`, and what its surroundings say.

    `unit` is "admin1", "admin2" or "town" where a word says so ("region", "district", "town of"), `direction` the
    part of it that is meant ("northern"), `near` that it is only near, `within` the place or country it is said to
    lie in, `entries` the places it may be.
    """

    doc: Doc
    sentence: Sentence
    start: int
    end: int
    name: str
    entries: tuple[Entry, ...]
    label: str = ""
    unit: str = ""
    direction: str = ""
    near: bool = False
    metonym: bool = False
    within: list[Spot] = field(default_factory=list)
    country: str = ""
    why: str = ""
    place: Entry | None = None

    @property
    def head(self) -> Token:
        """The token that carries the name in the parse."""
        return self.doc[self.start : self.end].root


@dataclass(frozen=True, slots=True)
class Words:
    """`lexicon/gazetteer/words.toml` as sets."""

    units: dict[str, str]
    directions: frozenset[str]
    at: frozenset[str]
    near: frozenset[str]
    move: frozenset[str]
    titles: frozenset[str]
    verbs: frozenset[str]
    nouns: frozenset[str]


@functools.cache
def words() -> Words:
    """The words around names, loaded once."""
    folder = resources.files("counterclaim.lexicon").joinpath("gazetteer")
    data = tomllib.loads(folder.joinpath("words.toml").read_text(encoding="utf8"))
    units = {w: kind for kind in ("town", "admin2", "admin1", "water") for w in data["units"][kind]}
    units |= {_plural(w): kind for w, kind in units.items()}
    p, m = data["prepositions"], data["metonyms"]
    return Words(
        units, frozenset(data["directions"]["words"]), frozenset(p["at"]), frozenset(p["near"]), frozenset(p["move"]),
        frozenset(data["titles"]["words"]), frozenset(m["verbs"]), frozenset(m["nouns"]),
    )  # fmt: skip


def _plural(word: str) -> str:
    return word[:-1] + "ies" if word.endswith("y") and word[-2] not in "aeiou" else word + "s"


def spots(page: Page, conflict: Conflict) -> list[Spot]:
    """Every name of a place on the page, in order."""
    surnames = _surnames(page)
    homes = {c.iso2 for c in map(countries.find, conflict.countries) if c}
    found: list[Spot] = []
    doubtful: list[Spot] = []
    for sentence in page.sentences:
        for spot in _matches(sentence):
            if not _acceptable(spot, conflict):
                continue
            _surroundings(spot)
            (found if _sure(spot, surnames, homes) else doubtful).append(spot)
    sure = {fold(s.name) for s in found if s.label in _PLACE_LABELS or s.unit}
    found += [s for s in doubtful if fold(s.name) in sure and fold(s.name) not in surnames]
    found.sort(key=lambda s: (s.sentence.index, s.start))
    _neighbours(found)
    return found


def demonyms(page: Page) -> Counter[str]:
    """How often the page speaks of each country's people, by ISO code."""
    found: Counter[str] = Counter()
    for sentence in page.sentences:
        for token in sentence.tokens:
            if token.text[:1].isupper() and (country := _demonym(token.text)):
                found[country.iso2] += 1
    return found


@functools.lru_cache(maxsize=4096)
def _demonym(word: str) -> Country | None:
    return countries.demonym(word)


def _surnames(page: Page) -> set[str]:
    """The folded last words of people's full names on the page: a village of that name is not meant."""
    names: set[str] = set()
    for sentence in page.sentences:
        for ent in sentence.tokens.ents:
            if ent.label_ == "PERSON" and len(ent) > 1 and not any(e.own for e in gazetteer.lookup(ent.text)):
                last = ent[-1] if ent[-1].text not in {"'s", "’s", "’", "'"} else ent[-2]
                names.add(fold(last.text))
    return names


def _matches(sentence: Sentence) -> Iterator[Spot]:
    """The longest names in a sentence that the gazetteer knows, and what the tagger calls a place besides."""
    tokens = sentence.tokens
    doc, i, stop = tokens.doc, tokens.start, tokens.end
    while i < stop:
        token = doc[i]
        if not _may_begin(token):
            i += 1
            continue
        spot = _longest(sentence, i, stop) or _tagged(sentence, i)
        if spot is None:
            i += 1
            continue
        yield spot
        i = spot.end


def _may_begin(token: Token) -> bool:
    text = token.text
    if text[:1].isupper() and (len(text) > 1 or token.whitespace_ == ""):
        return True
    return text.lower() in {"al", "el", "east", "eastern"} and token.i + 1 < len(token.doc) and token.nbor().text == "-"


def _longest(sentence: Sentence, i: int, stop: int) -> Spot | None:
    doc = sentence.tokens.doc
    last = min(i + _LONGEST, stop)
    phrases = gazetteer.phrases()
    for end in range(last, i, -1):
        tail = doc[end - 1]
        text = doc.text[doc[i].idx : tail.idx + len(tail.text)]
        capital = tail.text[:1].isupper()
        if end - i > 1 and not capital and fold(text) not in phrases:
            continue
        if (
            any(not (t.text[:1].isupper() or t.lower_ in _INSIDE) for t in doc[i + 1 : end - 1])
            and fold(text) not in phrases
        ):
            continue
        if entries := _entries(text):
            return Spot(doc, sentence, i, end, text, entries, _label(doc, i, end))
    return None


def _entries(text: str) -> tuple[Entry, ...]:
    """What the gazetteer knows by this name; a code like "US" only in capitals, other codes and short words never."""
    if len(text) <= 5 and (country := countries.find(text)):
        return gazetteer.lookup(country.name)[:1]
    if len(text) < 3 or (text.isupper() and len(text) < 5 and fold(text) not in gazetteer.singles()):
        return ()
    return gazetteer.lookup(text)


def _label(doc: Doc, start: int, end: int) -> str:
    """The tagger's label where it covers just these tokens (but for "the" and "'s"); in lower case where it covers more."""
    token = doc[start]
    if not token.ent_type_:
        return ""
    a, b = start, end
    while a > 0 and doc[a].ent_iob_ == "I" and doc[a - 1].ent_type_ == token.ent_type_:
        a -= 1
    while b < len(doc) and doc[b].ent_iob_ == "I":
        b += 1
    before = [t for t in doc[a:start] if t.lower_ not in {"the", "occupied"} and t.lower_ not in words().directions]
    after = [t for t in doc[end:b] if t.lower_ not in {"'s", "’s", "’", "'", "s"} and t.lower_ not in words().units]
    return token.ent_type_ if not before and not after else token.ent_type_.lower()


def _tagged(sentence: Sentence, i: int) -> Spot | None:
    """A place that only the tagger knows."""
    doc = sentence.tokens.doc
    token = doc[i]
    if token.ent_type_ not in {"GPE", "LOC"} or token.ent_iob_ != "B":
        return None
    end = i + 1
    while end < sentence.tokens.end and doc[end].ent_iob_ == "I":
        end += 1
    while end > i + 1 and doc[end - 1].text in {"'s", "’s", "’", "'", ",", "."}:
        end -= 1
    text = doc[i:end].text
    if not text[:1].isupper() or _demonym(text) or any(t.is_digit for t in doc[i:end]):
        return None
    return Spot(doc, sentence, i, end, text, (), token.ent_type_)


def _acceptable(spot: Spot, conflict: Conflict) -> bool:
    """Not a people, a person or a body by itself."""
    doc = spot.doc
    if _demonym(spot.name) and not any(e.number < 0 for e in spot.entries):
        return False
    if spot.end - spot.start == 1 and doc[spot.start].pos_ in {
        "PRON",
        "DET",
        "AUX",
        "SCONJ",
        "CCONJ",
        "PART",
        "ADP",
        "INTJ",
    }:
        return False
    actor = conflict.actor(spot.name)
    return actor is None or actor.kind == "state" or any(e.own for e in spot.entries)


def _sure(spot: Spot, surnames: set[str], homes: set[str]) -> bool:
    """Whether the surroundings make this a place."""
    doc, label = spot.doc, spot.label
    following = doc[spot.end] if spot.end < spot.sentence.tokens.end else None
    known = any(e.number < 0 for e in spot.entries)
    if not spot.entries:
        return label in {"GPE", "LOC"}
    if label.islower() and label != "":  # part of a longer name
        if label in {"person", "org", "work_of_art", "event", "law", "product"}:
            return bool(spot.unit) and label != "person"
        return True
    if following is not None and following.text[:1].isupper() and following.pos_ == "PROPN" and not label:
        return False
    if known and not label:
        return True
    if label in _PLACE_LABELS:
        return True
    if spot.unit or spot.direction:
        return True
    home = any(e.own and e.country in homes and e.population > 1000 for e in spot.entries)
    if fold(spot.name) in surnames:
        return False
    if spot.why.startswith("in ") or spot.why.startswith("near "):
        return label not in {"DATE", "TIME", "LANGUAGE"}
    if known:
        return label != "PERSON"
    if spot.why:
        return home or any(e.own and e.population > 50_000 for e in spot.entries)
    return home and label not in {"PERSON", "ORG", "NORP", "DATE"}


def _surroundings(spot: Spot) -> None:
    """Fill in what the words before and after say."""
    w = words()
    doc, tokens = spot.doc, spot.sentence.tokens
    i = spot.end
    if i < tokens.end and doc[i].text in {"'s", "’s", "’", "'"}:
        i += 1
    if i < tokens.end and (kind := w.units.get(doc[i].lower_)) and kind != "water":
        if kind != "town" or not doc[i].text[:1].isupper():
            spot.unit, spot.why = ("" if kind == "town" else kind), f"{doc[i].lower_} after it"
            if kind != "town" and doc[i].text[:1].isupper() or kind != "town":
                spot.end = max(spot.end, i + 1) if i == spot.end else spot.end
    j = spot.start - 1
    if j >= tokens.start and doc[j].lower_ in w.directions:
        spot.direction = doc[j].lower_
        j -= 1
        if j > tokens.start and doc[j].text == "-" and doc[j - 1].lower_ in w.directions:
            spot.direction = f"{doc[j - 1].lower_}-{spot.direction}"
            j -= 2
    elif j > tokens.start and doc[j].lower_ == "of" and (kind := w.units.get(doc[j - 1].lower_)):
        spot.unit, spot.why = kind if kind != "water" else "", f"{doc[j - 1].lower_} of"
        _people_before(spot, j - 1)
        return
    elif j > tokens.start and doc[j].lower_ == "of" and doc[j - 1].lower_ in w.directions:
        spot.near, spot.why = True, f"near ({doc[j - 1].lower_} of)"
        return
    while j >= tokens.start and (
        doc[j].lower_ == "the"
        or doc[j].pos_ in {"ADJ"}
        or doc[j].lower_ in {"besieged", "occupied"}
        or _demonym(doc[j].text)
    ):
        j -= 1
    if j >= tokens.start:
        before = doc[j].lower_
        if before in w.at:
            spot.why = spot.why or f"in ({before})"
        elif before in w.near:
            spot.near, spot.why = True, spot.why or f"near ({before})"
        elif before in w.move:
            spot.why = spot.why or f"by ({before})"
    _people_before(spot, j + 1)


def _people_before(spot: Spot, j: int) -> None:
    """ "the Ukrainian city of", "Russia's Belgorod": the country it lies in."""
    doc, first = spot.doc, spot.sentence.tokens.start
    for k in range(spot.start - 1, max(first, j - 4) - 1, -1):
        if doc[k].pos_ in {"VERB", "ADP"} and doc[k].lower_ != "of":
            return
        if country := _demonym(doc[k].text) if doc[k].text[:1].isupper() else None:
            spot.country = country.iso2
            return


def _neighbours(found: list[Spot]) -> None:
    """Tie names to the names beside them: "X, Y", "X in Y", "the X and Y regions"."""
    w = words()
    for a, b in zip(found, found[1:], strict=False):
        if a.sentence is not b.sentence:
            continue
        between = [
            t.lower_
            for t in a.doc[a.end : b.start]
            if t.lower_ not in {"the"} and t.lower_ not in w.directions and not _demonym(t.text)
        ]
        if (
            between in ([","], ["in"], [",", "in"], ["of"], ["'s"], ["’s"], ["region", "town", "of"])
            or between[:1] == [","]
            and between[1:2] == ["in"]
            and len(between) <= 4
        ):
            (b if between in (["'s"], ["’s"]) or between[-1:] == ["of"] else a).within.append(
                a if between in (["'s"], ["’s"]) or between[-1:] == ["of"] else b
            )
        if len(between) == 1 and between[0] == "in" or between[:1] == ["in"] and len(between) <= 3:
            a.within.append(b)
        if between and between[-1] == "of" and len(between) <= 4 and a.unit:
            b.within.append(a)
    for a, b in zip(reversed(found[:-1]), reversed(found[1:]), strict=False):
        if a.sentence is b.sentence and b.unit in {"admin1", "admin2"} and not a.unit:
            between = [t.lower_ for t in a.doc[a.end : b.start]]
            tail = a.doc[b.end - 1].lower_
            if tail in w.units and tail.endswith("s") and all(x in {",", "and", "or", "the", "&"} for x in between):
                a.unit, a.why = b.unit, f"{tail} after the list"
