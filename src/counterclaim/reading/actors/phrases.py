"""What one noun phrase says about who is meant: a name, an office, a body, how many, whose, near or known."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from counterclaim.conflict import key

if TYPE_CHECKING:
    from spacy.tokens import Token

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
    definite: frozenset[str]
    open: frozenset[str]
    particles: frozenset[str]
    amounts: frozenset[str]
    women: frozenset[str]
    men: frozenset[str]
    groups: frozenset[str]
    agencies: frozenset[str]
    forces: frozenset[str]
    rebels: frozenset[str]
    collective: frozenset[str]
    posts: frozenset[str]
    voices: frozenset[str]
    local: frozenset[str]
    wholes: frozenset[str]
    utterances: frozenset[str]
    speaking: frozenset[str]
    civic: frozenset[str]
    nearby: frozenset[str]
    issuing: frozenset[str]
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
    everybody knows, `plural` more than one, `open` whether it leaves open who ("some", "two", "a senior"). `rest` is
    what is left without the name: titles, apposition, whose. `proper` are the proper nouns in lower case, `complement`
    whether it goes on with "of" or "for", `solid` whether it can name anybody at all ("the fact" cannot),
    `bare` whether it is nothing but a name, `title` whether all of it is one body's name, `places` the places in it.
    """

    words: str
    head: str
    name: str | None = None
    role: str | None = None
    definite: bool = False
    indefinite: bool = False
    plural: bool = False
    open: bool = False
    complement: bool = False
    place: bool = False
    bare: bool = False
    title: bool = False
    solid: bool = True
    rest: str = ""
    proper: frozenset[str] = frozenset()
    places: tuple[str, ...] = ()


def read(tokens: Sequence[Token], kind_of: Callable[[str], str | None]) -> Phrase:
    """Look at the tokens of a noun phrase. `kind_of` says what kind of actor a known name is."""
    words = "".join(t.text_with_ws for t in tokens).strip()
    known = roles()
    run = _person_run(tokens, kind_of)
    name = "".join(t.text_with_ws for t in run).strip() if run else None
    rest = [t for t in tokens if t not in run] if run else tokens
    head = _head(rest if run else tokens)
    lower = {t.lower_ for t in tokens[:4]}
    first = tokens[0].lower_ if tokens else ""
    return Phrase(
        words=words,
        head=singular(head.text) if head else "",
        name=name,
        role=_role(rest, head, known),
        definite=first in roles().definite or bool(tokens and tokens[0].dep_ == "poss"),
        indefinite=first in ("a", "an", "one", "another"),
        plural=bool(head and (head.tag_ in ("NNS", "NNPS") or _is_plural(head.lower_))),
        open=bool(lower & roles().open),
        complement=any(t.lower_ in ("of", "for") and t.nbor().lower_ != "state" for t in tokens[1:-1]),
        solid=bool(run) or _solid(head, known),
        bare=not run and 0 < len(tokens) < 4 and all(_name_like(t) for t in tokens),
        title=not run and len(tokens) > 2 and tokens[-1].ent_type_ == "ORG" and _capitalised(tokens),
        place=head is not None and head.ent_type_ in ("GPE", "LOC", "FAC"),
        rest="".join(t.text_with_ws for t in rest).strip(),
        proper=frozenset(t.lower_ for t in tokens if t.pos_ == "PROPN" or t.ent_type_ in ("GPE", "ORG", "NORP")),
        places=tuple(_places(rest)),
    )


def _is_plural(noun: str) -> bool:
    """Whether a noun of the lexicon stands in the plural, whatever the tagger says."""
    return (
        noun.endswith(("s", "men", "women"))
        and singular(noun) in roles().people | roles().offices
        and (singular(noun) != noun)
    )


def _capitalised(tokens: Sequence[Token]) -> bool:
    """Whether the words are one name: "the Hostages and Missing Families Forum"."""
    words = [t for t in tokens if t.pos_ in ("NOUN", "PROPN", "ADJ", "VERB")]
    return len(words) > 2 and all(t.text[:1].isupper() for t in words) and tokens[-1] in words


def _places(tokens: Sequence[Token]) -> Iterator[str]:
    """The names in a phrase that may be places: runs of proper nouns, the tagger's places first."""
    runs: list[list[Token]] = []
    for t in tokens:
        if t.pos_ == "PROPN" and t.ent_type_ not in ("PERSON", "NORP") and singular(t.text) not in roles().offices:
            if runs and runs[-1][-1].i == t.i - 1:
                runs[-1].append(t)
            else:
                runs.append([t])
    for run in sorted(runs, key=lambda r: r[0].ent_type_ not in ("GPE", "LOC")):
        yield "".join(t.text_with_ws for t in run).strip()


def _solid(head: Token | None, known: Roles) -> bool:
    """Whether a phrase without a person's name can name somebody: a proper name, an office, a body, people."""
    if head is None or head.ent_type_ in _NO_NAME:
        return False
    noun = singular(head.text)
    if noun in known.offices or noun in known.people or noun in known.titles or noun in known.bodies:
        return True
    return head.pos_ == "PROPN" or head.ent_type_ in ("ORG", "GPE", "NORP", "PERSON")


def _head(tokens: Sequence[Token]) -> Token | None:
    """The head noun: the last noun before the first preposition, comma or clause; people, not the number of them."""
    head = None
    for t in tokens:
        if head is not None and head.lower_ in roles().amounts and t.lower_ == "of":
            head = None
            continue
        if head is not None and t.pos_ == "VERB" and t.i > tokens[0].i and t.nbor(-1).text == "-":
            continue
        if head is not None and (
            t.pos_ in ("ADP", "VERB", "SCONJ", "AUX", "CCONJ", "PRON") or (t.is_punct and t.text != "-")
        ):
            break
        if (t.pos_ in ("NOUN", "PROPN") and t.tag_ != "POS") or (
            head is None and t.pos_ in ("ADJ", "NUM", "PRON", "DET") and t.i == tokens[-1].i
        ):
            head = t
    return head


def _role(tokens: Sequence[Token], head: Token | None, known: Roles) -> str | None:
    """The office or title: "deputy defence minister", "spokesperson", "mayor"."""
    order = list(range(len(tokens) - 1, -1, -1))
    if head is not None and head in tokens:
        order.insert(0, list(tokens).index(head))
    for i in order:
        noun = singular(tokens[i].text)
        pair = f"{tokens[i - 1].lower_} {noun}" if i else ""
        if noun in known.offices or noun in known.titles or pair in known.offices or noun in known.people:
            if noun == "general":
                j = i - 1 - (i > 1 and tokens[i - 1].text == "-")
                pair = f"{tokens[j].lower_} general" if j >= 0 else ""
                if pair in known.offices:
                    return pair
            after = f"{noun} {tokens[i + 1].lower_}" if i + 1 < len(tokens) else ""
            parts = [after if after in known.offices else f"{noun} of state" if after == "secretary of" else noun]
            j = i - 1
            while j >= 0 and (tokens[j].lower_ in known.portfolios or tokens[j].text == "-"):
                parts.insert(0, tokens[j].lower_)
                j -= 1
            while parts and parts[0] in ("-", "ex", "white", "house", "kremlin", "nato", "local"):
                parts.pop(0)
            return " ".join(parts).replace("defense", "defence") or noun
    return None


def _person_run(tokens: Sequence[Token], kind_of: Callable[[str], str | None]) -> list[Token]:
    """The tokens of the person's name that a phrase is about, without titles; empty if it is about no person.

    Of several names before the first comma the last one counts: "Wagner analyst Denis Korotkov".
    """
    found: list[Token] = []
    for run in _runs(tokens):
        words = "".join(t.text_with_ws for t in run).strip()
        kind = kind_of(words)
        whole = len(run)
        while kind is None and len(run) > 2 and kind_of(run[0].text) not in (None, "person"):
            run = run[1:]  # "ambassador to the UN Ana Duval"
        if kind not in (None, "person") or _modifies(run, tokens) or (len(run) == whole and not _about(run, tokens)):
            continue
        if kind is None and not _is_person(run, tokens, roles()):
            continue
        if found and any(
            t.is_punct or t.pos_ == "CCONJ" for t in tokens[found[-1].i - tokens[0].i : run[0].i - tokens[0].i]
        ):
            break
        found = run
    return found


def _runs(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Runs of name tokens without the titles before them."""
    known = roles()
    i, n = 0, len(tokens)
    while i < n:
        if not _name_like(tokens[i]):
            i += 1
            continue
        j = i + 1
        while j < n:
            k = j
            while k < n and (tokens[k].lower_ in roles().particles) and not _name_like(tokens[k]):
                k += 1
            if k >= n or not _name_like(tokens[k]) or k - j > 3:
                break
            j = k + 1
        run = _without_titles(list(tokens[i:j]), known)
        if run:
            yield run
        i = j


def _name_like(token: Token) -> bool:
    return (
        (token.pos_ == "PROPN" or token.ent_type_ == "PERSON")
        and token.text[:1].isalpha()
        and not token.text[0].islower()
        and token.ent_type_ not in _NO_NAME
    )


def _modifies(run: list[Token], tokens: Sequence[Token]) -> bool:
    """Whether a name only says which: "a Kherson resident", "the Biden administration"."""
    last = run[-1].i - tokens[0].i
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    if after is None or after.pos_ not in ("NOUN", "ADJ"):
        return False
    head = run[-1].head
    return head.i > run[-1].i and head.i <= tokens[-1].i and head.pos_ == "NOUN"


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


def _is_person(run: list[Token], tokens: Sequence[Token], known: Roles) -> bool:
    lower = [t.lower_ for t in run]
    if any(w in known.body_words for w in lower):
        return False
    if any(t.ent_type_ == "PERSON" for t in run):
        return True
    first = run[0].i - tokens[0].i
    before = tokens[first - 1] if first > 0 else None
    if before is not None and run[0].ent_type_ not in ("GPE", "NORP"):
        noun = singular(before.text).rstrip(".")
        if noun in known.offices or noun in known.titles:
            return True
    last = run[-1].i - tokens[0].i
    if last + 2 < len(tokens) and tokens[last + 1].text == "," and tokens[last + 2].text.isdecimal():
        return True
    if not 2 <= len(run) <= 4 or run[0].text.isupper():
        return False
    if tokens[last].ent_type_ != "GPE" and any(singular(t.text) in known.offices for t in tokens[last + 1 : last + 6]):
        return tokens[last + 1].text == ","
    if lower[0] in known.female or lower[0] in known.male:
        return True
    return run[0].ent_type_ == "" and len(run) == len(tokens)


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
