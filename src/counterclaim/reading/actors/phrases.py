"""What one noun phrase says about who is meant: a name, an office, a body, how many, whose, near or known."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from counterclaim.conflict import key

if TYPE_CHECKING:
    from spacy.tokens import Token

_DEFINITE = frozenset(["the", "this", "that", "his", "her", "its", "their", "these", "those", "same", "latter"])
_OPEN = frozenset(["some", "several", "many", "few", "most", "two", "three", "four", "five", "both", "another", "one", "unnamed", "anonymous", "senior", "unidentified", "top", "high", "other", "various", "numerous", "dozens", "number", "certain"])  # fmt: skip
_PARTICLES = frozenset(["von", "van", "der", "den", "de", "del", "della", "di", "da", "dos", "bin", "ben", "ibn", "al", "el", "la", "le", "abu", "um", "umm", "ter", "ul", "ud", "as", "ad", "-"])  # fmt: skip
_NO_NAME = frozenset(["DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "QUANTITY", "ORDINAL"])


@dataclass(frozen=True)
class Roles:
    """The nouns of `lexicon/roles.toml`, ready for look-ups."""

    offices: frozenset[str]
    titles: frozenset[str]
    people: frozenset[str]
    things: frozenset[str]
    carriers: frozenset[str]
    bodies: frozenset[str]
    body_words: frozenset[str]
    portfolios: frozenset[str]
    back: dict[str, frozenset[str]]
    female: frozenset[str]
    male: frozenset[str]


@functools.cache
def roles() -> Roles:
    """The lexicon of roles, read once."""
    data = tomllib.loads(resources.files("counterclaim.lexicon").joinpath("roles.toml").read_text("utf-8"))
    sets = {name: frozenset(words) for name, words in data.items() if isinstance(words, list)}
    back = {name: frozenset(words) for name, words in data["back"].items()}
    return Roles(**sets, back=back, female=frozenset(data["gender"]["female"]), male=frozenset(data["gender"]["male"]))


@functools.lru_cache(maxsize=4096)
def singular(noun: str) -> str:
    """The form under which the lexicon keeps a noun: "spokeswoman" → spokesperson, "officials" → official."""
    word = noun.lower().replace("’", "'").strip("'")
    if word.endswith("'s"):
        word = word[:-2]
    for a, b in (("spokesmen", "spokesperson"), ("spokeswomen", "spokesperson"), ("women", "woman"), ("men", "man")):
        if word.endswith(a):
            word = word[: -len(a)] + b
    if word in ("spokesman", "spokeswoman", "spokespeople", "spokespersons"):
        return "spokesperson"
    known = roles()
    every = known.offices | known.titles | known.people | known.things | known.carriers
    if word not in every:
        for ending, other in (("ies", "y"), ("ves", "fe"), ("es", ""), ("s", "")):
            if word.endswith(ending) and word[: -len(ending)] + other in every:
                return word[: -len(ending)] + other
    return {"advisor": "adviser", "children": "child", "prosecutors": "prosecutor"}.get(word, word)


@dataclass(frozen=True)
class Phrase:
    """One noun phrase. `name` is a person's or body's name in it, `head` its head noun in the singular.

    `words` is the text, `role` the office or title beside a name, `definite` whether it points back or at the one
    everybody knows, `plural` more than one, `open` whether it leaves open who ("some", "two", "a senior").
    """

    words: str
    head: str
    name: str | None = None
    role: str | None = None
    definite: bool = False
    indefinite: bool = False
    plural: bool = False
    open: bool = False
    rest: str = ""
    """What is left of the words without the name: titles, apposition, whose."""


def read(tokens: Sequence[Token]) -> Phrase:
    """Look at the tokens of a noun phrase."""
    tokens = [t for t in tokens if not t.is_space]
    words = "".join(t.text_with_ws for t in tokens).strip()
    known = roles()
    run = _person_run(tokens)
    name = "".join(t.text_with_ws for t in run).strip() if run else None
    rest = [t for t in tokens if t not in run] if run else tokens
    head = _head(rest if run else tokens)
    lower = {t.lower_ for t in tokens[:4]}
    first = tokens[0].lower_ if tokens else ""
    return Phrase(
        words=words,
        head=singular(head.text) if head else "",
        name=name,
        role=_role(rest, known),
        definite=first in _DEFINITE or bool(tokens and tokens[0].dep_ == "poss"),
        indefinite=first in ("a", "an", "one", "another"),
        plural=bool(head and head.tag_ in ("NNS", "NNPS")),
        open=bool(lower & _OPEN),
        rest="".join(t.text_with_ws for t in rest).strip(),
    )


def _head(tokens: Sequence[Token]) -> Token | None:
    """The head noun: the last noun before the first preposition, comma or clause."""
    head = None
    for t in tokens:
        if head is not None and (
            t.pos_ in ("ADP", "VERB", "SCONJ", "AUX", "CCONJ", "PRON") or (t.is_punct and t.text != "-")
        ):
            break
        if (t.pos_ in ("NOUN", "PROPN") and t.tag_ != "POS") or (
            head is None and t.pos_ in ("ADJ", "NUM", "PRON", "DET") and t.i == tokens[-1].i
        ):
            head = t
    return head


def _role(tokens: Sequence[Token], known: Roles) -> str | None:
    """The office or title: "deputy defence minister", "spokesperson", "mayor"."""
    for i in range(len(tokens) - 1, -1, -1):
        noun = singular(tokens[i].text)
        pair = f"{tokens[i - 1].lower_} {noun}" if i else ""
        if noun in known.offices or noun in known.titles or pair in known.offices or noun in known.people:
            parts = [noun]
            j = i - 1
            while j >= 0 and (tokens[j].lower_ in known.portfolios or tokens[j].text == "-"):
                parts.insert(0, tokens[j].lower_)
                j -= 1
            while parts and parts[0] in ("-", "ex", "white", "house", "kremlin", "nato", "local"):
                parts.pop(0)
            return " ".join(parts).replace("defense", "defence") or noun
    return None


def _person_run(tokens: Sequence[Token]) -> list[Token]:
    """The tokens of the person's name that a phrase is about, without titles; empty if it is about no person."""
    for run, clean in _runs(tokens):
        if clean:
            return run
    return []


def _runs(tokens: Sequence[Token]) -> list[tuple[list[Token], bool]]:
    """Runs of name tokens, each with whether the phrase can be about it (and not about an aide to it)."""
    known = roles()
    found: list[tuple[list[Token], bool]] = []
    i, n = 0, len(tokens)
    while i < n:
        if not _name_like(tokens[i]):
            i += 1
            continue
        j = i + 1
        while j < n and (
            _name_like(tokens[j])
            or (
                tokens[j].lower_ in _PARTICLES
                and j + 1 < n
                and (_name_like(tokens[j + 1]) or tokens[j + 1].text == "-")
            )
        ):
            j += 1
        run = list(tokens[i:j])
        run = _without_titles(run, known)
        if run and _is_person(run, tokens, i, known):
            found.append((run, _about(run, tokens)))
        i = j
    return found


def _name_like(token: Token) -> bool:
    return (
        (token.pos_ == "PROPN" or token.ent_type_ == "PERSON")
        and token.text[:1].isalpha()
        and not token.text[0].islower()
        and token.ent_type_ not in _NO_NAME
    )


def _without_titles(run: list[Token], known: Roles) -> list[Token]:
    """Cut nationality, office and portfolio from the front of a run, and an outlet's genitive ("Russia Putin")."""
    last = -1
    for k, t in enumerate(run):
        noun = singular(t.text)
        if noun in known.offices or noun in known.titles or noun.rstrip(".") in known.titles or noun == "general":
            last = k
    run = run[last + 1 :]
    while len(run) > 1 and (
        run[0].lower_ in known.portfolios
        or (
            run[0].ent_type_ in ("NORP", "GPE")
            and run[0].ent_type_ != run[1].ent_type_
            and run[1].ent_type_ == "PERSON"
        )
    ):
        run = run[1:]
    while run and run[-1].text == "-":
        run = run[:-1]
    return run


def _is_person(run: list[Token], tokens: Sequence[Token], start: int, known: Roles) -> bool:
    lower = [t.lower_ for t in run]
    if any(w in known.body_words for w in lower):
        return False
    if any(t.ent_type_ == "PERSON" for t in run):
        return len(run) > 1 or run[0].ent_type_ == "PERSON"
    first = run[0].i - tokens[0].i
    before = tokens[first - 1] if 0 < first <= len(tokens) - 1 else None
    titled = before is not None and (
        singular(before.text) in known.offices or singular(before.text).rstrip(".") in known.titles
    )
    if titled:
        return True
    return (
        len(run) in (2, 3)
        and run[0].ent_type_ not in ("ORG", "GPE", "NORP", "FAC", "LOC")
        and (lower[0] in known.female or lower[0] in known.male)
    )


def _about(run: list[Token], tokens: Sequence[Token]) -> bool:
    """Whether the phrase is about this name: not a genitive, not behind a preposition that hangs on another noun."""
    last = run[-1].i - tokens[0].i
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    if after is not None and after.tag_ == "POS":
        return False
    k = run[0].i - tokens[0].i - 1
    while k >= 0:
        t = tokens[k]
        if t.is_punct and t.text != "-":
            return True
        if t.pos_ == "ADP":
            role_before = any(
                singular(x.text) in roles().portfolios or x.pos_ == "NOUN"
                for x in tokens[k + 1 : run[0].i - tokens[0].i]
            )
            return role_before and run[0].dep_ not in ("pobj",) and run[-1].dep_ != "pobj"
        k -= 1
    return True


def same_name(name: str) -> str:
    """The key under which a page knows a name: no titles, case or accents."""
    return key(name)
