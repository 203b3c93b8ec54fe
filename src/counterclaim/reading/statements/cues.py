"""The lexicon of cues: which words give a statement, what each takes for content, and its stance."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, cast

from counterclaim.errors import ConfigError
from counterclaim.types import Stance


@dataclass(frozen=True, slots=True)
class Frame:
    """What a verb takes for content. `shape` is S (clause), Q (quotation), to, ing, N (noun phrase), @ (addressee).

    For a phrase with a preposition `shape` is P and `head` the preposition; `tail` is what belongs to the content
    after the noun phrase ("accused Moscow of ...": shape N, tail "of"). `document` asks for a paper, a picture or a
    body that counts as subject.
    """

    shape: str
    head: str = ""
    tail: str = ""
    document: bool = False
    stance: Stance | None = None
    """Where this frame has another stance than the verb: calls X Y asserts, calls for X demands."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One entry of the lexicon. `word` is what the reading's `why` names."""

    word: str
    stance: Stance
    frames: tuple[Frame, ...] = ()
    of: bool = False
    said: bool = False
    eg: str = ""
    noun: str = ""
    """The object that makes a light verb one of saying: "issue statement" has "statement"."""

    def takes(self, shape: str) -> Frame | None:
        """The first frame of that shape, if there is one."""
        return next((f for f in self.frames if f.shape == shape), None)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All cues by their lemma. A verb may have particles: `phrases` maps lemma, then particle, to the entry.

    `light` maps the lemma of a light verb, then that of its object, to the entry.
    """

    verbs: dict[str, Cue]
    phrases: dict[str, dict[str, Cue]]
    light: dict[str, dict[str, Cue]]
    nouns: dict[str, Cue]
    sources: dict[str, Cue]
    hidden: dict[str, Cue]
    passive: dict[str, Cue]
    saying: frozenset[str]
    """The verbs that take more than a quotation."""
    documents: frozenset[str]
    occasions: frozenset[str]


def _frame(text: str) -> Frame:
    """One frame as written in the lexicon: "S", "N of", "on N to"."""
    text, _, own = text.partition("=")
    starred, words = text.endswith("*"), text.rstrip("*").split()
    stance = cast(Stance, own) if own else None
    if len(words) == 1:
        return Frame(words[0], document=starred, stance=stance)
    if words[0] == "N":
        return Frame("N", tail=words[1], document=starred, stance=stance)
    return Frame("P", head=words[0], tail=words[2] if len(words) > 2 else "", document=starred, stance=stance)


def _cue(word: str, entry: dict[str, Any], noun: str = "") -> Cue:
    frames = tuple(_frame(f.strip()) for f in entry.get("takes", "").split(",") if f.strip())
    stance = cast(Stance, entry["stance"])
    return Cue(word, stance, frames, entry.get("of", False), entry.get("said", False), entry["eg"], noun)


def _table(name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(files("counterclaim.lexicon").joinpath("cues", name).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"the cue lexicon cannot be read ({error})", where=name) from error


@functools.cache
def lexicon() -> Lexicon:
    """Load the cues, once.

    Raises:
        ConfigError: if the data files are missing or broken.
    """
    verbs: dict[str, Cue] = {}
    phrases: dict[str, dict[str, Cue]] = {}
    for word, entry in _table("verbs.toml").items():
        lemma, _, particle = word.partition(" ")
        if particle:
            phrases.setdefault(lemma, {})[particle] = _cue(word, entry)
        else:
            for form in (lemma, *entry.get("also", "").split()):
                verbs[form] = _cue(word, entry)
    light: dict[str, dict[str, Cue]] = {}
    for word, entry in _table("light.toml").items():
        lemma, _, noun = word.partition(" ")
        light.setdefault(lemma, {})[noun] = _cue(word, entry, noun)
    others = _table("others.toml")
    part = {name: {w: _cue(w, e) for w, e in others[name].items()} for name in ("sources", "hidden", "passive")}
    return Lexicon(
        verbs=verbs,
        phrases=phrases,
        light=light,
        nouns={w: _cue(w, e) for w, e in _table("nouns.toml").items()},
        saying=frozenset(w for w, c in verbs.items() if any(f.shape not in {"Q", "@"} for f in c.frames)),
        documents=frozenset(others["documents"]["words"].split()),
        occasions=frozenset(others["occasions"]["words"].split()),
        **part,
    )
