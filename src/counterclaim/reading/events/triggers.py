"""Triggers as data: the words that tell an event, and the company they must keep.

A trigger file (`lexicon/kinds/KIND.toml`, `lexicon/control.toml`) holds `[[trigger]]` tables:

- `verbs`, `nouns`, `adjectives`: lemmas. A verb with its particle is one word with a low line ("pull_out").
- `phrases`: runs of lemmas ("catch fire"); the first word is the trigger.
- `with`, `without`: what must, or must not, fill a role of the trigger (see `frames`): lemmas, or "@class" from
  `kinds/_classes.toml`. All roles of `with` must be filled; an empty filler asks only that the role is there.
- `near`, `far`: lemmas that the sentence must, or must not, hold.
- `means`: what the blow was struck with, "air", "shells", "bomb" or "none" (see `means`).
- `unless`: kinds that, told by the same sentence, make this trigger say nothing new.

All else in a table is kept in `extra` for the reader that asked.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import TYPE_CHECKING, Any

from counterclaim.errors import ConfigError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from spacy.tokens import Token

_TOP = ("verbs", "nouns", "adjectives", "phrases", "with", "without", "near", "far", "means", "unless")


@dataclass(frozen=True)
class Filler:
    """What may fill a role: lemmas, and labels of named entities. Nothing at all means anything."""

    words: frozenset[str] = frozenset()
    entities: frozenset[str] = frozenset()

    @property
    def anything(self) -> bool:
        """Whether the role has only to be there."""
        return not self.words and not self.entities


@dataclass(frozen=True)
class Trigger:
    """One word, or run of words, that tells a kind of event (or a state of control) in the right company."""

    kind: str
    name: str
    pos: str
    rest: tuple[str, ...] = ()
    required: tuple[tuple[str, Filler], ...] = ()
    barred: tuple[tuple[str, Filler], ...] = ()
    near: frozenset[str] = frozenset()
    far: frozenset[str] = frozenset()
    means: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def weight(self) -> int:
        """How much a match proves: the more was asked, the more."""
        return 2 * len(self.required) + 2 * len(self.rest) + bool(self.means - {"none"}) + bool(self.near)


Index = Mapping[str, tuple[Trigger, ...]]


@dataclass(frozen=True)
class Kind:
    """A kind of event and what it is called elsewhere (ACLED event and sub-event, PLOVER event and mode, UCDP type).

    `verbal`: an act of words, told by the reporter. `blow`: a later "the attack" only recalls it. `moods`: what else
    than plain fact (see `status.read`) still tells one; None is anything. `yes` and `no` are sentences for the tests.
    """

    name: str
    about: str
    acled: tuple[str, str]
    plover: tuple[str, str]
    ucdp: str
    verbal: bool = False
    blow: bool = False
    moods: frozenset[str] | None = None
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


def _folder() -> Traversable:
    return resources.files("counterclaim.lexicon") / "kinds"


@functools.cache
def classes() -> Mapping[str, Filler]:
    """The word classes that triggers name with "@"."""
    tables = tomllib.loads((_folder() / "_classes.toml").read_text("utf-8"))
    return {n: Filler(frozenset(t["words"].split()), frozenset(t["entities"])) for n, t in tables.items()}


@functools.cache
def words(name: str) -> frozenset[str]:
    """The lemmas of one word class."""
    return classes()[name].words


@functools.cache
def kinds() -> Mapping[str, Kind]:
    """Every kind of event, by name."""
    return {name: _kind(name, table) for name, table in _tables().items()}


def _kind(name: str, table: dict[str, Any]) -> Kind:
    examples = table.get("examples", {})
    return Kind(
        name=name,
        about=table["about"],
        acled=(table["acled"][0], table["acled"][1]),
        plover=(table["plover"][0], table["plover"][1]),
        ucdp=table["ucdp"],
        verbal=table.get("verbal", False),
        blow=table.get("blow", False),
        moods=frozenset(table["moods"].split()) if "moods" in table else None,
        yes=tuple(examples.get("yes", ())),
        no=tuple(examples.get("no", ())),
    )


@functools.cache
def _tables() -> Mapping[str, dict[str, Any]]:
    files = sorted((f for f in _folder().iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return {f.name[:-5]: tomllib.loads(f.read_text("utf-8")) for f in files if not f.name.startswith("_")}


@functools.cache
def event_triggers() -> Index:
    """The triggers of all kinds of event, by lemma of their first word."""
    return index((name, table) for name, tables in _tables().items() for table in tables.get("trigger", ()))


@functools.cache
def control_triggers() -> Index:
    """The triggers of the states of control, by lemma of their first word."""
    text = (resources.files("counterclaim.lexicon") / "control.toml").read_text("utf-8")
    return index((table["state"], table) for table in tomllib.loads(text)["trigger"])


def index(tables: Iterable[tuple[str, dict[str, Any]]]) -> Index:
    """Triggers by lemma, from (kind, table) pairs.

    Raises:
        ConfigError: if a table names a class that does not exist.
    """
    found: dict[str, list[Trigger]] = {}
    for kind, table in tables:
        words = [(w, pos) for pos in _TOP[:3] for w in table.get(pos, "").split()]
        words += [(p.replace(" ", "_"), "phrases") for p in table.get("phrases", ())]
        for word, pos in words:
            first, *rest = word.split("_")
            required = [(r, _filler(kind, f)) for r, f in table.get("with", {}).items()]
            if pos == "verbs" and rest:
                required.append(("particle", Filler(frozenset(rest))))
            barred = tuple((r, Filler(_filler(kind, f).words)) for r, f in table.get("without", {}).items())
            near, far, means, unless = (frozenset(table.get(key, "").split()) for key in _TOP[6:])
            trigger = Trigger(
                kind=kind,
                name=word.replace("_", " "),
                pos=pos,
                rest=tuple(rest) if pos == "phrases" else (),
                required=tuple(required),
                barred=barred,
                near=near,
                far=far,
                means=means,
                unless=unless,
                extra={k: v for k, v in table.items() if k not in _TOP},
            )
            found.setdefault(first, []).append(trigger)
    return {word: tuple(triggers) for word, triggers in found.items()}


def of(token: Token, lemma: str, triggers: Index) -> tuple[Trigger, ...]:
    """The triggers that a word may be: by its lemma, `lemma` in small letters, by the word itself, and by a plural that
    the pipeline took for a name ("Evacuees")."""
    word = token.lower_
    found = triggers.get(lemma, ())
    if word != lemma:
        found += triggers.get(word, ())
    elif token.pos_ == "PROPN" and word.endswith("s"):
        found += triggers.get(word[:-1], ())
    return found


def _filler(kind: str, words: str) -> Filler:
    lemmas: set[str] = set()
    entities: set[str] = set()
    for word in words.split():
        if not word.startswith("@"):
            lemmas.add(word)
        elif (named := classes().get(word[1:])) is not None:
            lemmas |= named.words
            entities |= named.entities
        else:
            raise ConfigError(f"no word class {word}", where=kind, hint="See kinds/_classes.toml")
    return Filler(frozenset(lemmas), frozenset(entities))
