"""The names of a sentence: the longest ones that the gazetteer knows, and what the tagger calls a place besides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from counterclaim import countries
from counterclaim.countries import fold
from counterclaim.language import Sentence
from counterclaim.reading.places import gazetteer
from counterclaim.reading.places.gazetteer import Entry
from counterclaim.reading.places.spot import POSSESSIVE, Spot, demonym
from counterclaim.reading.places.words import words

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LONGEST = 6
#: Small words inside a name ("Gulf of Aden", "Deir al-Balah", "Rostov-on-Don").
_INSIDE = frozenset(
    ("of", "al", "el", "de", "la", "da", "do", "di", "du", "del", "den", "der", "an", "am", "on", "ez", "az", "as",
     "ash", "bin", "os", "le", "-", "the", "au", "aux", "sur", "les", "en", "upon")
)  # fmt: skip
#: Parts of speech that end a name, whatever the tagger joins ("Abasan, Khuzaa").
_BREAKS = frozenset({"PUNCT", "CCONJ"})


def names(sentence: Sentence) -> Iterator[Spot]:
    """The longest names in a sentence that the gazetteer knows, and what the tagger calls a place besides."""
    tokens = sentence.tokens
    doc, i, stop = tokens.doc, tokens.start, tokens.end
    while i < stop:
        token = doc[i]
        text = token.text
        if text[:1].isupper() or (text in {"al", "el"} and i + 1 < stop and doc[i + 1].text == "-"):
            spot = None
            if text != "The":
                spot = _short(sentence, i, stop) or _longest(sentence, i, stop) or _tagged(sentence, i)
            if spot is not None:
                yield spot
                i = spot.end
                continue
        i += 1


def _short(sentence: Sentence, i: int, stop: int) -> Spot | None:
    """A unit in the short form that follows a name and a comma: "Glasgow, Ky."."""
    doc = sentence.tokens.doc
    if i - 2 < sentence.tokens.start or doc[i - 1].text != "," or not doc[i - 2].text[:1].isupper():
        return None
    for end in range(min(i + 3, stop), i, -1):
        if entries := gazetteer.short(doc[i:end].text):
            return Spot(doc, sentence, i, end, entries[0].name, entries, "GPE", unit="admin1")
    return None


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
        text = doc[i:end].text
        if end > run or not tail.text[:1].isupper():
            entries = gazetteer.lookup(text) if fold(text) in gazetteer.phrases() else ()
        else:
            entries = _entries(text)
        if entries:
            return Spot(doc, sentence, i, end, text, entries, _label(doc, i, end))
    return None


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
    after = [t for t in doc[end:b] if t.text not in POSSESSIVE and t.lower_ not in w.units]
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
