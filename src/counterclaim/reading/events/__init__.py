"""What happened: events by kind, read from a lexicon of triggers over the parse.

The kinds and their words are data (`lexicon/kinds`). One row a sentence and kind, as told. The rules say what, who,
when and whether; where it was is weighed by a small learned part (`ranker.py`), with the rules' answer as one voice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from counterclaim.language import Page, Sentence, at
from counterclaim.reading import statements
from counterclaim.reading.events import means, ranker, roles, same, status, where
from counterclaim.reading.events.frames import Frame, candidates, mark, matches
from counterclaim.reading.events.signs import Row, Signs
from counterclaim.reading.events.triggers import Kind, Trigger, event_triggers, kinds, words
from counterclaim.types import Event, Statement, Status

if TYPE_CHECKING:
    from spacy.tokens import Token

    from counterclaim.reading.actors import Cast
    from counterclaim.reading.places import Atlas
    from counterclaim.reading.times import Calendar


#: Kinds that a try has not brought about.
_TAKING = frozenset({"capture", "recapture", "siege", "evacuation"})
#: So many who speak together are told by the event's own grammar.
_SEVERAL = 2
#: Statuses of what is told as having happened.
_TOLD = frozenset({"reported", "claimed"})
#: Kinds that everybody knows of: whoever is quoted, the reporter takes them as given.
_KNOWN = frozenset({"invasion", "annexation", "agreement", "sanction"})


@dataclass(frozen=True)
class _Hit:
    """A trigger found at a token."""

    trigger: Trigger
    frame: Frame

    @property
    def token(self) -> Token:
        return self.frame.token


def find(
    page: Page,
    cast: Cast,
    calendar: Calendar,
    atlas: Atlas,
    said: tuple[Statement, ...],
    learned: bool = True,
) -> tuple[Event, ...]:
    """The events that `page` tells, in the order of the text. Without `learned` the rules stand alone.

    Raises:
        ConfigError: if the weights of the learned part are missing or broken.
    """
    found, rows, land = proposed(page, cast, calendar, atlas, said)
    if learned and rows:
        signs, weights = Signs(rows, atlas, cast, land, said), ranker.places()
        for n, event in enumerate(found):
            if rows[n].scene.step == "role":  # the trigger's own grammar is right more often than the weights
                continue
            place, why = weights.settle(signs, n, event.place)
            if why:
                found[n] = msgspec.structs.replace(event, place=place, why=f"{event.why}; place by weight: {why}")
    return same.tied(tuple(found))


def proposed(
    page: Page, cast: Cast, calendar: Calendar, atlas: Atlas, said: tuple[Statement, ...]
) -> tuple[list[Event], list[Row], str]:
    """The events by the rules alone, what the ranker asks about each, and the country the page mostly tells of."""
    mark(page, atlas)
    arsenal = means.Arsenal([s.tokens for s in page.sentences], cast.party)
    scenes = where.Scenes(atlas, cast)
    voices = {s.cue.start: s.speaker for s in said if s.cue and s.speaker and s.speaker.kind == "person"}
    found: list[Event] = []
    rows: list[Row] = []
    for sentence in page.sentences:
        for hit in _hits(sentence, cast, arsenal):
            kind, carrier = hit.trigger.kind, statements.carrier(said, at(hit.token))
            actors, targets = roles.of(hit.trigger, hit.frame, cast)
            if kinds()[kind].verbal and len(actors) < _SEVERAL and (speaker := voices.get(at(hit.token).start)):
                actors = (speaker,)  # who speaks is known better from what is said
            does, suffers = (frozenset(a.party for a in who if a.party) for who in (actors, targets))
            scene = scenes.of(kind, hit.frame, sentence, does)
            when, told = calendar.of(hit.token, kind), _status(kind, hit.token, carrier)
            if calendar.ahead(when) and told in _TOLD and not kinds()[kind].verbal:
                told = "planned"  # "talks on Friday": nobody has held them yet
            event = Event(
                id=f"e{len(found) + 1}",
                kind=kind,
                trigger=at(hit.token),
                sentence=sentence.span,
                actors=actors,
                targets=targets,
                place=scene.place,
                when=when,
                status=told,
                statement=carrier.id if carrier else None,
                why=f"{hit.trigger.pos[:-1]} {hit.trigger.name!r}",
            )
            found.append(event)
            rows.append(Row(kind, hit.frame, sentence, scene, event.statement, does, suffers))
    return found, rows, scenes.land


def _status(kind: str, token: Token, carrier: Statement | None) -> Status:
    """Denied and planned are read from the words; else claimed where a statement carries it, and not as given."""
    told, mood = status.read(token)
    if mood == "try" and kind in _TAKING:
        return "planned"
    if told == "reported" and carrier is not None:
        given = carrier.directness != "direct" and (kind in _KNOWN or status.background(token))
        return "reported" if given or kinds()[kind].verbal else "claimed"
    if told == "reported" and status.charged(token):
        return "claimed"
    return "reported" if kinds()[kind].verbal and told == "planned" and carrier is None else told


def _tells(kind: Kind, frame: Frame) -> bool:
    """Whether a trigger tells an event, and does not only wish for one, or recall one told before."""
    if kind.moods is not None:
        mood = status.read(frame.token)[1]
        if mood and mood != "try" and mood not in kind.moods:
            return False
    return not (kind.blow and means.again(frame.token) and _recalled(frame))


def _recalled(frame: Frame) -> bool:
    """Whether a definite noun stands where nothing new is told of it: "condemned the attack", "after the strike"."""
    token = frame.token
    if token.dep_ == "dobj":
        return token.head.lemma_.lower() not in words("light")
    return token.dep_ == "pobj" and token.head.lower_ != "in" and not frame.role("subject") and not frame.role("object")


def _hits(sentence: Sentence, cast: Cast, arsenal: means.Arsenal) -> list[_Hit]:
    """The best trigger of each kind that the sentence tells, in the order of the text."""
    best: dict[str, _Hit] = {}
    for frame, found, lemmas in candidates(sentence, event_triggers()):
        struck, chosen = None, None
        for trigger in found:
            if chosen is not None and trigger.weight <= chosen.weight:
                continue
            if not matches(trigger, frame, lemmas):
                continue
            if trigger.means:
                struck = struck or arsenal.of(frame, sentence.tokens, roles.sides(frame, cast))
                if struck not in trigger.means:
                    continue
            chosen = trigger
        if chosen is not None and _tells(kinds()[chosen.kind], frame):
            held = best.get(chosen.kind)
            if held is None or chosen.weight > held.trigger.weight:
                best[chosen.kind] = _Hit(chosen, frame)
    kept = [h for h in best.values() if not h.trigger.unless & best.keys()]
    return sorted(kept, key=lambda h: h.token.i)
