"""Recognition: the stretches of a page that name a place, with what their surroundings say about them.

A name is known by the gazetteer or by the tagger, and its surroundings decide: the tagger calls Mariupol a person as
often as not, and a surname may be a village.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from counterclaim import countries
from counterclaim.countries import fold
from counterclaim.language import Page
from counterclaim.reading.places import gazetteer
from counterclaim.reading.places.beside import among, containers, lists, surroundings
from counterclaim.reading.places.gazetteer import Entry
from counterclaim.reading.places.names import names
from counterclaim.reading.places.spot import JOINS, POSSESSIVE, Spot, demonym
from counterclaim.reading.places.words import words

if TYPE_CHECKING:
    from counterclaim.conflict import Conflict

_PLACE = frozenset({"GPE", "LOC", "FAC"})
#: Labels of the tagger under which no place hides.
_NEVER = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY", "LANGUAGE"})
_NUMBERS = frozenset({"CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY", "DATE", "TIME", "LANGUAGE"})
#: Labels under which a name that is a place elsewhere on the page may well be somebody here.
_OTHERS = frozenset({"PERSON", "NORP"})
#: Parts of speech that a name never is, whatever its capital.
_NO_NAME = frozenset({"PRON", "DET", "AUX", "SCONJ", "CCONJ", "PART", "ADP", "INTJ", "ADV", "NUM", "VERB", "PUNCT"})


def spots(page: Page, conflict: Conflict) -> list[Spot]:
    """Every name of a place on the page, in order."""
    surnames = _surnames(page)
    homes = {c.iso2 for c in map(countries.find, conflict.countries) if c}
    found: list[Spot] = []
    doubtful: list[Spot] = []
    for sentence in page.sentences:
        for spot in names(sentence):
            if _impossible(spot, conflict):
                continue
            surroundings(spot)
            (found if _sure(spot, surnames, homes) else doubtful).append(spot)
    lands = (
        homes
        | {s.entries[0].country for s in found if s.entries and s.entries[0].kind == "country"}
        | set(demonyms(page))
    )
    _second_look(found, doubtful, surnames, lands)
    found.sort(key=lambda s: (s.sentence.index, s.start))
    lists(found)
    containers(found)
    among(found)
    return found


def demonyms(page: Page) -> Counter[str]:
    """How often the page speaks of each country's people, by ISO code."""
    found: Counter[str] = Counter()
    for sentence in page.sentences:
        before = ""
        for token in sentence.tokens:
            text = token.text
            if text[:1].isupper():  # "South Sudanese" is not Sudanese
                country = (before and demonym(f"{before} {text}")) or demonym(text)
                if country:
                    found[country.iso2] += 1
            before = text if text[:1].isupper() else ""
    return found


def _surnames(page: Page) -> set[str]:
    """The folded last words of people's full names on the page: a village of that name is not meant."""
    names: set[str] = set()
    docs = {id(s.tokens.doc): s.tokens.doc for s in page.sentences}
    for doc in docs.values():  # not sentence by sentence: each would look through all entities of its paragraph
        for ent in doc.ents:
            if ent.label_ == "PERSON" and len(ent) > 1:
                last = ent[-2] if ent[-1].text in POSSESSIVE else ent[-1]
                if last.text[:1].isupper() and not any(e.own for e in gazetteer.lookup(ent.text)):
                    names.add(fold(last.text))
    return names


def _impossible(spot: Spot, conflict: Conflict) -> bool:
    """A people, a person, a body, a day: not a place by itself."""
    doc, first = spot.doc, spot.doc[spot.start]
    known = bool(spot.entries) and spot.entries[0].number < 0
    single = spot.end - spot.start == 1
    if spot.label in _NUMBERS and single and first.text.isalpha() and any(e.own for e in spot.entries):
        spot.label = ""  # the tagger takes strange names for numbers
    if spot.label.upper() in _NEVER or (single and not known and first.pos_ in _NO_NAME):
        return True
    if not known and demonym(spot.name):
        return True
    following = spot.after()
    hyphen = following is not None and following.text == "-" and following.i + 1 < len(doc)
    if hyphen and following is not None and doc[following.i + 1].lower_ in words().sided:  # "Kremlin-controlled"
        return True
    before, prefix = spot.before(), spot.before(2)
    if before is not None and prefix is not None and before.text == "-" and prefix.lower_ in {"pro", "anti"}:
        return True
    if single and following is not None and following.i == spot.end and following.text[:1].isupper():
        named = conflict.actor(f"{first.text} {following.text}")
        return named is not None or (not known and _is_body(spot, conflict))
    return not known and _is_body(spot, conflict)


def _is_body(spot: Spot, conflict: Conflict) -> bool:
    """Whether the conflict's profile knows the name as somebody's ("Azov", "Kremlin")."""
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
        if label == "fac" and not _well_known(own, homes):
            return False
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
    return label != "NORP" and people > (20_000 if label in {"PERSON", "ORG"} else 1000)


def _well_known(entries: Sequence[Entry], homes: set[str]) -> bool:
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


def _second_look(found: list[Spot], doubtful: list[Spot], surnames: set[str], lands: set[str]) -> None:
    """Accept doubtful names that stand in a list with sure ones, are surely a place elsewhere on the page, or follow a
    word that a place follows and lie in one of the countries (`lands`) that the page speaks of."""
    sure = {fold(s.name) for s in found if s.label in _PLACE or s.unit}
    seen = {fold(s.name) for s in found if any(e.own and e.country in lands for e in s.entries)}
    edges = {(id(s.doc), s.end): s for s in found} | {(id(s.doc), -s.start - 1): s for s in found}
    for spot in doubtful:
        key = fold(spot.name)
        if key in surnames or spot.label.islower() or _continued(spot):
            continue
        before = spot.before()
        placed = spot.why or (before is not None and before.text in POSSESSIVE)
        there = any(e.own and e.country in lands and e.population > 1000 for e in spot.entries)
        again = key in sure or (key in seen and spot.label not in _OTHERS)
        if (spot.entries and again) or (placed and there) or _listed(spot, edges):
            found.append(spot)
            edges[(id(spot.doc), spot.end)] = edges[(id(spot.doc), -spot.start - 1)] = spot


def _listed(spot: Spot, edges: dict[tuple[int, int], Spot]) -> bool:
    """Whether only commas and "and" part this name from a sure one."""
    doc = spot.doc
    i, j = spot.start - 1, spot.end
    while i > 0 and spot.start - i < 4 and doc[i].lower_ in JOINS:
        i -= 1
    while j < len(doc) - 1 and j - spot.end < 3 and doc[j].lower_ in JOINS:
        j += 1
    left = edges.get((id(doc), i + 1)) if i + 1 < spot.start else None
    right = edges.get((id(doc), -j - 1)) if j > spot.end else None
    return any(
        s is not None and s.place is None and s.entries and s.entries[0].kind != "country" for s in (left, right)
    )
