"""Recognition: the stretches of a page that name a place, with what their surroundings say about them.

A name is known by the gazetteer or by the tagger, and its surroundings decide: the tagger calls Mariupol a person as
often as not, and a surname may be a village.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from counterclaim import countries
from counterclaim.countries import Country, fold
from counterclaim.language import Page, Sentence
from counterclaim.reading.places import gazetteer
from counterclaim.reading.places.gazetteer import Entry
from counterclaim.reading.places.words import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from counterclaim.conflict import Conflict

_PLACE = frozenset({"GPE", "LOC", "FAC"})
#: Labels of the tagger under which no place hides.
_NEVER = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY", "LANGUAGE"})
_LONGEST = 6
#: Small words inside a name ("Gulf of Aden", "Deir al-Balah", "Rostov-on-Don").
_INSIDE = frozenset("of al el de la da do di du del den der an am on ez az as ash bin os le - the".split())
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_JOINS = frozenset({",", "and", "or", "the", "&", "/"})
#: Parts of speech that end a name, whatever the tagger joins ("Abasan, Khuzaa").
_BREAKS = frozenset({"PUNCT", "CCONJ"})
#: Parts of speech that a name never is, whatever its capital.
_NO_NAME = frozenset({"PRON", "DET", "AUX", "SCONJ", "CCONJ", "PART", "ADP", "INTJ", "ADV", "NUM", "VERB", "PUNCT"})


@dataclass(slots=True)
class Spot:
    """A name of a place on the page: tokens `start` to `end` of `doc`, and what its surroundings say.

    `label` is the tagger's, in lower case where its entity is longer than the name. `unit` is "admin1", "admin2" or
    "town" where a word says so ("region", "district", "town of"), `direction` the part that is meant ("northern"),
    `near` that it is only near, `within` the places it is said to lie in, `country` likewise as an ISO code,
    `entries` the places it may be and `place` the one chosen. `why` is the word that made it a place.
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
    within: list[Spot] = field(default_factory=list)
    country: str = ""
    why: str = ""
    place: Entry | None = None

    @property
    def head(self) -> Token:
        """The token that carries the name in the parse."""
        return self.doc[self.start : self.end].root

    @property
    def located(self) -> bool:
        """Whether a preposition of place stands before it."""
        return self.why.startswith(("in ", "near "))

    def before(self, n: int = 1) -> Token | None:
        """The `n`th token before the name in its sentence."""
        i = self.start - n
        return self.doc[i] if i >= self.sentence.tokens.start else None

    def after(self) -> Token | None:
        """The token after the name and a possessive, in its sentence."""
        i, stop = self.end, self.sentence.tokens.end
        if i < stop and self.doc[i].text in _POSSESSIVE:
            i += 1
        return self.doc[i] if i < stop else None


def spots(page: Page, conflict: Conflict) -> list[Spot]:
    """Every name of a place on the page, in order."""
    surnames = _surnames(page)
    homes = {c.iso2 for c in map(countries.find, conflict.countries) if c}
    found: list[Spot] = []
    doubtful: list[Spot] = []
    for sentence in page.sentences:
        for spot in _matches(sentence):
            if _impossible(spot, conflict):
                continue
            _surroundings(spot)
            (found if _sure(spot, surnames, homes) else doubtful).append(spot)
    _second_look(found, doubtful, surnames)
    found.sort(key=lambda s: (s.sentence.index, s.start))
    _lists(found)
    _containers(found)
    return found


def demonyms(page: Page) -> Counter[str]:
    """How often the page speaks of each country's people, by ISO code."""
    found: Counter[str] = Counter()
    for sentence in page.sentences:
        for token in sentence.tokens:
            if token.text[:1].isupper() and (country := demonym(token.text)):
                found[country.iso2] += 1
    return found


@functools.lru_cache(maxsize=8192)
def demonym(word: str) -> Country | None:
    """The country whose people or adjective `word` is."""
    return countries.demonym(word)


def _surnames(page: Page) -> set[str]:
    """The folded last words of people's full names on the page: a village of that name is not meant."""
    names: set[str] = set()
    for sentence in page.sentences:
        for ent in sentence.tokens.ents:
            if ent.label_ == "PERSON" and len(ent) > 1:
                last = ent[-2] if ent[-1].text in _POSSESSIVE else ent[-1]
                if last.text[:1].isupper() and not any(e.own for e in gazetteer.lookup(ent.text)):
                    names.add(fold(last.text))
    return names


def _matches(sentence: Sentence) -> Iterator[Spot]:
    """The longest names in a sentence that the gazetteer knows, and what the tagger calls a place besides."""
    tokens = sentence.tokens
    doc, i, stop = tokens.doc, tokens.start, tokens.end
    while i < stop:
        token = doc[i]
        text = token.text
        if text[:1].isupper() or (text in {"al", "el"} and i + 1 < stop and doc[i + 1].text == "-"):
            spot = None if text == "The" else _longest(sentence, i, stop) or _tagged(sentence, i)
            if spot is not None:
                yield spot
                i = spot.end
                continue
        i += 1


def _longest(sentence: Sentence, i: int, stop: int) -> Spot | None:
    """The longest known name that begins at token `i`."""
    doc = sentence.tokens.doc
    longest = gazetteer.phrase_lengths().get(fold(doc[i].text), 1)
    run = i + 1
    while run < min(i + _LONGEST, stop) and (doc[run].text[:1].isupper() or doc[run].lower_ in _INSIDE):
        run += 1
    for end in range(max(run, min(i + 2 * longest, stop)), i, -1):
        tail = doc[end - 1]
        if not (tail.text[-1:].isalnum() or tail.text[-1:] == ".") or (end > run and not tail.is_alpha):
            continue
        text = doc.text[doc[i].idx : tail.idx + len(tail.text)]
        if end > run or not tail.text[:1].isupper():
            entries = gazetteer.lookup(text) if fold(text) in gazetteer.phrases() else ()
        else:
            entries = _entries(text)
        if entries:
            return Spot(doc, sentence, i, end, text, entries, _label(doc, i, end))
    return None


@functools.lru_cache(maxsize=8192)
def _entries(text: str) -> tuple[Entry, ...]:
    """What the gazetteer knows by this name; a code like "US" only in capitals, other codes and short words never."""
    if len(text) <= 6 and (country := countries.find(text)):
        return gazetteer.lookup(country.name)[:1]
    if len(text) < 3 or (text.isupper() and len(text) < 5 and fold(text) not in gazetteer.phrases()):
        return ()
    if fold(text) in words().no_names:
        return ()
    return gazetteer.lookup(text)


def _label(doc: Doc, start: int, end: int) -> str:
    """The tagger's label if its entity is just this name (but for "the" and the like), else in lower case."""
    kind: str = doc[start].ent_type_
    if not kind:
        return ""
    a, b = start, end
    while a > 0 and doc[a].ent_iob_ == "I" and doc[a - 1].pos_ not in _BREAKS:
        a -= 1
    while b < len(doc) and doc[b].ent_iob_ == "I" and doc[b].pos_ not in _BREAKS:
        b += 1
    w = words()
    before = [t for t in doc[a:start] if t.lower_ not in w.small and t.lower_ not in w.directions and t.text != "-"]
    after = [t for t in doc[end:b] if t.text not in _POSSESSIVE and t.lower_ not in w.units]
    return kind if not before and not after else kind.lower()


def _tagged(sentence: Sentence, i: int) -> Spot | None:
    """A place that only the tagger knows."""
    doc = sentence.tokens.doc
    token = doc[i]
    if token.ent_type_ not in {"GPE", "LOC"} or token.ent_iob_ != "B":
        return None
    end = i + 1
    while end < sentence.tokens.end and doc[end].ent_iob_ == "I" and doc[end].text[:1].isupper():
        end += 1
    text = doc[i:end].text
    if (
        len(text) < 4
        or demonym(text)
        or not text.replace(" ", "").replace("-", "").isalpha()
        or fold(text) in words().no_names
    ):
        return None
    return Spot(doc, sentence, i, end, text, (), token.ent_type_)


def _impossible(spot: Spot, conflict: Conflict) -> bool:
    """A people, a person, a body, a day: not a place by itself."""
    doc, first = spot.doc, spot.doc[spot.start]
    known = bool(spot.entries) and spot.entries[0].number < 0
    single = spot.end - spot.start == 1
    if spot.label.upper() in _NEVER or (single and not known and first.pos_ in _NO_NAME):
        return True
    if not known and demonym(spot.name):
        return True
    following = spot.after()
    if following is not None and following.text == "-":  # "Moscow-backed", "Kremlin-controlled"
        joined = (
            following.i + 1 < len(doc) and not doc[following.i + 1].text[:1].isupper() and not following.whitespace_
        )
        return joined and first.whitespace_ == ""
    before = spot.before()
    if (
        before is not None
        and before.text == "-"
        and (prefix := spot.before(2)) is not None
        and prefix.lower_ in {"pro", "anti"}
    ):
        return True
    if single and following is not None and following.i == spot.end and following.text[:1].isupper():
        if conflict.actor(f"{first.text} {following.text}") is not None:
            return True
    if known:
        return False
    actor = conflict.actor(spot.name)
    return actor is not None and (not spot.entries or (actor.kind not in {"state", "group"} and spot.label != "GPE"))


def _sure(spot: Spot, surnames: set[str], homes: set[str]) -> bool:
    """Whether tagger, gazetteer and surroundings together make this a place."""
    label, entries = spot.label, spot.entries
    if not entries:
        return label == "GPE" and (spot.located or spot.unit == "town" or spot.near)
    known = entries[0].number < 0
    if label in _PLACE and not known and _continued(spot) and not spot.located and not _well_known(entries, homes):
        return False
    if label in _PLACE or (known and label in {"", "NORP", "ORG", "PERSON"} and not _continued(spot)):
        return True
    own = [e for e in entries if e.own]
    if label.islower():  # part of a longer name: "Kharkiv Regional Hospital"
        begins = spot.doc[spot.start].ent_iob_ == "B" or spot.direction
        place = label.upper() in _PLACE
        return bool(own) and (place or (label == "org" and spot.unit != "" and spot.unit != "town")) and bool(begins)
    if _continued(spot):
        return False
    if spot.unit or spot.direction:
        return True
    if fold(spot.name) in surnames:
        return False
    people = max((e.population for e in own if e.country in homes), default=0)
    if spot.located:
        return bool(own) or label == ""
    if spot.end - spot.start > 1 and any(e.population > 20_000 for e in own):
        return True
    if spot.why:
        return people > 1000 or any(e.population > 50_000 for e in own)
    return people > (20_000 if label in {"PERSON", "ORG", "NORP"} else 1000)


def _well_known(entries: tuple[Entry, ...], homes: set[str]) -> bool:
    """Whether the name is that of a large town, or of a place of the conflict's countries."""
    return any(e.own and (e.population >= 100_000 or e.country in homes) for e in entries)


def _continued(spot: Spot) -> bool:
    """Whether a capital before or after makes the name part of a longer one that nobody knows: "Iron Dome"."""
    following = spot.doc[spot.end] if spot.end < spot.sentence.tokens.end else None
    if following is not None and following.pos_ == "PROPN" and following.text[:1].isupper() and not spot.unit:
        return True
    before = spot.before()
    return (
        before is not None
        and before.pos_ == "PROPN"
        and before.text[:1].isupper()
        and not demonym(before.text)
        and before.lower_ not in words().directions
    )


def _of_a_country(word: str) -> bool:
    """ "Ukrainian", "US": such a word may stand before the name of a place."""
    return demonym(word) is not None or countries.find(word) is not None


def _surroundings(spot: Spot) -> None:
    """Fill in what the words before and after say: unit, direction, preposition, nationality."""
    w = words()
    following = spot.after()
    if (
        following is not None
        and (kind := w.units.get(following.lower_))
        and not (kind == "town" and following.text[:1].isupper())
    ):
        if kind in {"admin1", "admin2"}:
            spot.unit, spot.why = kind, f"{following.lower_} after it"
            if following.i == spot.end:
                spot.end += 1
        elif (
            kind == "town" and following.lower_ == "city" and following.i == spot.end and _next_word(following) != "of"
        ):
            spot.unit, spot.why = "town", "city after it"
        elif kind == "town" and _next_word(following) == "of" and following.i == spot.end:
            spot.unit, spot.why = "admin1", "the town's unit"
    elif following is not None and following.lower_ in w.unit_titles:
        spot.unit, spot.why = "admin1?", f"{following.lower_} after it"
    j = spot.start - 1
    doc, first = spot.doc, spot.sentence.tokens.start
    if j >= first and doc[j].lower_ in w.directions:
        spot.direction = doc[j].lower_
        j -= 1
        if j > first and doc[j].text == "-" and doc[j - 1].lower_ in w.directions:
            spot.direction = f"{doc[j - 1].lower_}-{spot.direction}"
            j -= 2
    if j > first and doc[j].lower_ == "of":
        word = doc[j - 1].lower_
        if kind := w.units.get(word):
            spot.unit, spot.why = kind if kind != "water" else "", f"{word} of"
            j -= 2
        elif word in w.parts:
            spot.unit, spot.why = spot.unit or "admin1?", f"{word} of"
        elif word in w.directions or word in w.surroundings:
            spot.near, spot.why = True, f"near ({word} of)"
    while j >= first and (
        doc[j].lower_ in w.small
        or doc[j].pos_ == "ADJ"
        or doc[j].text == "-"
        or doc[j].tag_ == "VBN"
        or demonym(doc[j].text)
    ):
        if country := demonym(doc[j].text) if doc[j].text[:1].isupper() else None:
            spot.country = country.iso2
        j -= 2 if doc[j].text == "-" else 1
    if j >= first and not spot.why.startswith("near"):
        before = doc[j].lower_
        if before in w.at:
            spot.why = f"in ({before})"
        elif before in w.near:
            spot.near, spot.why = True, f"near ({before})"
        elif before in w.move:
            spot.why = spot.why or f"by ({before})"


def _next_word(token: Token) -> str:
    return token.nbor().lower_ if token.i + 1 < len(token.doc) else ""


def _second_look(found: list[Spot], doubtful: list[Spot], surnames: set[str]) -> None:
    """Accept doubtful names that stand in a list with sure ones, or are surely a place elsewhere on the page."""
    sure = {fold(s.name) for s in found if s.label in _PLACE or s.unit}
    edges = {(id(s.doc), s.end): s for s in found} | {(id(s.doc), -s.start - 1): s for s in found}
    for spot in doubtful:
        key = fold(spot.name)
        if key in surnames or spot.label.islower() or _continued(spot):
            continue
        if (spot.entries and key in sure) or _listed(spot, edges):
            found.append(spot)
            edges[(id(spot.doc), spot.end)] = edges[(id(spot.doc), -spot.start - 1)] = spot


def _listed(spot: Spot, edges: dict[tuple[int, int], Spot]) -> bool:
    """Whether only commas and "and" part this name from a sure one."""
    doc = spot.doc
    i, j = spot.start - 1, spot.end
    while i > 0 and spot.start - i < 4 and doc[i].lower_ in _JOINS:
        i -= 1
    while j < len(doc) - 1 and j - spot.end < 3 and doc[j].lower_ in _JOINS:
        j += 1
    left = edges.get((id(doc), i + 1)) if i + 1 < spot.start else None
    right = edges.get((id(doc), -j - 1)) if j > spot.end else None
    return any(
        s is not None and s.place is None and s.entries and s.entries[0].kind != "country" for s in (left, right)
    )


def _lists(found: list[Spot]) -> None:
    """ "the X and Y regions", "the provinces of X and Y": the unit holds for the whole list."""
    units = words().units
    for a, b in zip(reversed(found[:-1]), reversed(found[1:]), strict=True):
        if a.sentence is b.sentence and b.unit in {"admin1", "admin2"} and not a.unit and _joined(a, b):
            if b.doc[b.end - 1].lower_ in units and b.doc[b.end - 1].lower_.endswith("s"):
                a.unit, a.why = b.unit, f"{b.doc[b.end - 1].lower_} after the list"
    for a, b in zip(found[:-1], found[1:], strict=True):
        if a.sentence is b.sentence and a.unit and not b.unit and a.why.endswith("s of") and _joined(a, b):
            b.unit, b.why = a.unit, a.why


def _joined(a: Spot, b: Spot) -> bool:
    return b.start - a.end <= 3 and all(t.lower_ in _JOINS for t in a.doc[a.end : b.start])


def _containers(found: list[Spot]) -> None:
    """Tie names to the names beside them: "X, Y", "X in Y", "X, 50km south of Y", "Y's X", "the Y region town of X"."""
    w = words()
    for a, b in zip(found[:-1], found[1:], strict=True):
        if a.sentence is not b.sentence or b.start - a.end > 8:
            continue
        tokens = [t for t in a.doc[a.end : b.start] if t.lower_ not in w.small and t.text != "-" and not demonym(t.text)]
        between = [t.lower_ for t in tokens if t.lower_ not in w.directions]
        if not between or all(t in _JOINS and t != "," for t in between):
            continue
        if between[0] in _POSSESSIVE or (between[-1] == "of" and w.units.get(between[-2] if len(between) > 1 else "") == "town"):
            b.within.append(a)
        elif between[0] in {",", "in", "near", "outside"} and all(
            t.lower_ in w.near or t.lower_ in w.surroundings or t.like_num or t.lower_ in {",", "in", "of", "from", "about"}
            or t.lower_ in w.directions for t in tokens
        ):  # fmt: skip
            a.within.append(b)
