"""Who does it and to whom: the actors and targets of an event, through the cast of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counterclaim.reading.events.frames import TIMES, Frame, arms
from counterclaim.reading.events.triggers import Trigger, words
from counterclaim.types import Actor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Span, Token

    from counterclaim.reading.actors import Cast

_CORE = frozenset({"det", "amod", "compound", "poss", "nummod", "case", "nmod", "punct", "quantmod"})


#: Entities that weapons belong to.
_OWNERS = frozenset({"NORP", "GPE", "ORG", "PERSON"})


def phrase(token: Token) -> Span:
    """The noun phrase round a head, without what follows the head."""
    left = token
    for child in token.lefts:
        if child.dep_ in _CORE and child.left_edge.i < left.i:
            left = child.left_edge
    return token.doc[left.i : token.i + 1]


def of(trigger: Trigger, frame: Frame, cast: Cast) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Actors and targets of one event. A trigger may name other roles for them ("actor", "target")."""
    actors = [t for role in trigger.extra.get("actor", "subject").split() for t in frame.role(role)]
    targets = [t for role in trigger.extra.get("target", "object").split() for t in frame.role(role)]
    if trigger.kind == "accusation":  # "condemned Russia's invasion"
        targets = list(_who(targets))
    return _named(_who(actors), cast), _named((t for t in targets if t not in actors), cast)


def _who(actors: Iterable[Token]) -> Iterator[Token]:
    """Those who act: of a weapon that strikes, or of a blow, whoever's it is ("Russian missiles"), or nobody."""
    for token in actors:
        if (lemma := token.lemma_.lower()) in arms() or lemma in words("nobody"):
            yield from (c for c in token.lefts if c.ent_type_ in _OWNERS)
        else:
            yield token


def sides(frame: Frame, cast: Cast) -> frozenset[str]:
    """The parties that do what a trigger tells."""
    return frozenset(p for t in frame.role("subject") if (p := cast.party(phrase(t).text)))


def _by_name(token: Token) -> Token:
    """The name that stands beside an office: "its coordinator in Sudan, Ann Lee"; else the noun itself."""
    if token.pos_ != "NOUN":
        return token
    return next((c for c in token.rights if c.dep_ == "appos" and c.pos_ == "PROPN" and c.ent_type_ == "PERSON"), token)


def _named(tokens: Iterable[Token], cast: Cast) -> tuple[Actor, ...]:
    found: dict[str, Actor] = {}
    for token in tokens:
        if token.pos_ in {"NOUN", "PROPN", "PRON", "ADJ"} and token.tag_ not in {"WDT", "WP", "EX"}:
            if token.ent_type_ in TIMES or token.lemma_.lower() in words("nobody"):
                continue
            if token.pos_ == "ADJ" and token.dep_ in _CORE and not token.ent_type_ and not cast.party(token.text):
                continue  # "a retaliatory attack"
            actor = cast.actor(phrase(_by_name(token)))
            if actor is not None:
                found.setdefault(actor.name, actor)
    return tuple(found.values())
