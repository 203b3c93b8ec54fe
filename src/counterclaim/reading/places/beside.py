"""What the words beside a name say: its unit, its direction, that it is near, and the names that hold it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from counterclaim.reading.places.spot import JOINS, POSSESSIVE, Spot, demonym
from counterclaim.reading.places.words import words

if TYPE_CHECKING:
    from spacy.tokens import Token


def surroundings(spot: Spot) -> None:
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
            kind == "town"
            and following.lower_ in {"city", "town", "village"}
            and following.i == spot.end
            and _next_word(following) != "of"
        ):
            spot.unit, spot.why = "town", f"{following.lower_} after it"
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
    elif j > first and doc[j].lower_ == "from" and doc[j - 1].lower_ in w.surroundings:
        spot.near, spot.why = True, f"near ({doc[j - 1].lower_} from)"
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


def lists(found: list[Spot]) -> None:
    """ "the X and Y regions", "the provinces of X and Y": the unit holds for the whole list."""
    units = words().units
    for b, a in pairwise(reversed(found)):
        tail = b.doc[b.end - 1].lower_
        if b.unit in {"admin1", "admin2"} and not a.unit and tail in units and tail.endswith("s") and _joined(a, b):
            a.unit, a.why = b.unit, f"{tail} after the list"
    for a, b in pairwise(found):
        if a.unit and not b.unit and a.why.endswith("s of") and _joined(a, b):
            b.unit, b.why = a.unit, a.why


def among(found: list[Spot]) -> None:
    """Mark the names that stand in a list where the names before and after can only be first-order units."""
    joined = [False, *(_joined(a, b) for a, b in pairwise(found)), False]
    for n, spot in enumerate(found):
        beside = [found[n + step] for step, there in ((-1, joined[n]), (1, joined[n + 1])) if there]
        spot.among = bool(beside) and all(s.entries and s.entries[0].kind == "admin1" for s in beside)


def _joined(a: Spot, b: Spot) -> bool:
    near = a.sentence is b.sentence and b.start - a.end <= 3
    return near and all(t.lower_ in JOINS for t in a.doc[a.end : b.start])


def containers(found: list[Spot]) -> None:
    """Tie names to the names beside them: "X, Y", "X in Y", "X, 50km south of Y", "Y's X", "the Y region town of X"."""
    w = words()
    for a, b in pairwise(found):
        if a.sentence is not b.sentence or b.start - a.end > 8:
            continue
        tokens = [
            t for t in a.doc[a.end : b.start] if t.lower_ not in w.small and t.text != "-" and not demonym(t.text)
        ]
        between = [t.lower_ for t in tokens if t.lower_ not in w.directions]
        if not between or all(t in JOINS and t != "," for t in between):
            continue
        if between[0] in POSSESSIVE or (
            between[-1] == "of" and w.units.get(between[-2] if len(between) > 1 else "") == "town"
        ):
            b.within.append(a)
        elif between[0] in {",", "in", "near", "outside"} and all(t.like_num or t.lower_ in w.distance for t in tokens):
            a.within.append(b)
            if between == [","]:
                b.holds.append(a)
