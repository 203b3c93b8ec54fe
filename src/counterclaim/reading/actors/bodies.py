"""Bodies by kind and owner: "Russia's defence ministry" and "the Russian Ministry of Defence" are one."""

from __future__ import annotations

import re

from counterclaim import countries
from counterclaim.conflict import government, key
from counterclaim.reading.actors.phrases import Phrase, roles
from counterclaim.types import Actor, ActorKind

_ABBREVIATION = re.compile(r"\s?\([^()]{0,20}\)?$")
_GENERAL_STAFF = "general staff"
_MILITARY = frozenset(["military", "army", "armed forces"])
_MINISTRIES = {
    "defence": "Defence", "defense": "Defence", "foreign": "Foreign Affairs", "interior": "the Interior",
    "health": "Health", "energy": "Energy", "finance": "Finance", "justice": "Justice",
    "infrastructure": "Infrastructure", "education": "Education", "economy": "Economy", "agriculture": "Agriculture",
    "culture": "Culture", "information": "Information", "transport": "Transport",
}  # fmt: skip
_OUTLETS = frozenset(
    [
        "newspaper",
        "broadcaster",
        "tv",
        "television",
        "radio",
        "magazine",
        "daily",
        "tabloid",
        "outlet",
    ]
)
_ARMED = frozenset(
    ["rebels", "rebel", "militia", "militants", "insurgents", "separatists", "fighters", "gang", "gangs", "jihadists"]
)
_LOOSE = frozenset(["media", "outlets", "press", "social media"])


def body(phrase: Phrase, party: str | None) -> Actor | None:
    """The body that a phrase without a person's name names, or None if it can be nobody."""
    words = key(phrase.words)
    head = phrase.head
    own = frozenset(words.split())
    name = clean(phrase.words)
    if not name:
        return None
    kind: ActorKind = "organisation"
    if party and head in ("government", "leadership", "regime", "side"):
        return government(party)
    if party and head == "ministry":
        for word, field in _MINISTRIES.items():
            if word in own:
                return Actor(name=_of(party, f"Ministry of {field}"), kind="state", party=party)
        kind = "state"
    elif party and (head in _MILITARY or "armed forces" in words) and _GENERAL_STAFF not in words:
        return Actor(name=_of(party, "armed forces"), kind="state", party=party)
    elif head in _ARMED:
        kind = "armed_group"
    elif (own & _OUTLETS or "news agency" in words) and phrase.words[:1].isupper():
        kind = "outlet"
    elif party and head in ("army", "navy", "police", "forces", "troops", "parliament", "presidency", "administration"):
        kind = "state"
    elif (
        not party
        and not any(w[:1].isupper() for w in phrase.words.split()[1:])
        and not phrase.words[:1].isupper()
        and head not in roles().bodies
    ):
        return Actor(name=name, kind="unnamed")
    return Actor(name=name, kind=kind, party=party)


def clean(words: str) -> str:
    """A phrase as a name is written: no article, no genitive."""
    words = (_ABBREVIATION.sub("", words) or words).strip(" ,;:().'\"“”‘’-–—@")
    first, _, rest = words.partition(" ")
    words = rest if rest and first.lower() in ("the", "a", "an") else words
    return words[:-2] if words.endswith(("'s", "’s")) else words


def _of(party: str, office: str) -> str:
    """ "Turkish Ministry of Defence", or "Ministry of Defence of X" where X has no adjective."""
    country = countries.find(party)
    return f"{country.demonyms[0]} {office}" if country and country.demonyms else f"{office} of {party}"


def office(words: str) -> str:
    """ "spokesperson for the White House" is the White House spokesperson."""
    for role in ("spokesperson", "spokesman", "spokeswoman"):
        for link in (" for the ", " for ", " of the ", " of "):
            if words.startswith(role + link):
                return f"{words[len(role + link) :]} spokesperson"
    return words
