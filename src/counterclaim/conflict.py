"""The profile of a conflict: day one, parties, bodies and people with their aliases.

Profiles are data (`lexicon/conflicts/*.toml`, or a file of the user's own) with these keys, all optional but `title`:

    title = "War in Ukraine"            day_one = 2022-02-24            extends = "generic"
    countries = ["Ukraine", "Russia"]   marks = ["Kyiv", "Donbas"]      words that point to this conflict
    sides = ["Ukraine", "Russia"]       the parties that fight it
    [parties]            "RSF" = { kind = "armed_group", aliases = ["Rapid Support Forces"] }
    [bodies.Ukraine]     "Ukrainian Air Force" = ["Ukraine's air force"]      or { kind = "state", aliases = [...] }
    [people.Ukraine]     "Volodymyr Zelenskyy" = { role = "president", aliases = ["Zelensky"], since = 2019-05-20 }
    [outlets]            "Reuters" = []
    [[lines]]            lines from before the war, for its map: see `Line`

Every country is a party without being listed: through its name, its people ("Russian") and its capital ("Moscow").
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib import resources
from pathlib import Path

import msgspec

from counterclaim import countries
from counterclaim.errors import ConfigError
from counterclaim.types import Actor, ActorKind, Report

GENERIC = "generic"
#: A profile is chosen when its marks are at least this many words of a report, and this share of them.
_MIN_MARKS, _MIN_SHARE = 4, 0.012
_LONGEST = 7
_WORD = re.compile(r"\w+(?:['’.-]\w+)*")
#: A party after one of these owns what stands before it; nothing later overrules it.
_INSIDE = frozenset(["of", "for", "from", "by", "and", "or"])
_ENVOYS = frozenset(["ambassador", "envoy", "ambassadors", "representative", "mission", "delegation", "correspondent"])
_EDGES = ",;:()[]\"'“”‘’!?"
_POSSESSIVE = re.compile(r"['’]s?(?=$|[\s,;:)\]])")
_ABBREVIATION = re.compile(r"\s?\([^()]{0,20}\)?$")
_CODE = re.compile(r"[A-Z][A-Z0-9]{1,4}")
#: After a party's name these say that the phrase is about somebody else ("Iran-backed Houthis").
_NOT_ITSELF = frozenset(["based", "led", "backed", "aligned", "allied", "linked", "born", "speaking", "occupied",
    "held", "controlled", "supplied", "funded", "made"])  # fmt: skip
#: Before a party's name these say where, or against whom; the name is then only a second choice.
_ELSEWHERE = frozenset(
    ["in", "near", "at", "inside", "to", "against", "with", "on", "over", "towards", "pro", "anti", "into", "across"]
)


class _Body(msgspec.Struct, forbid_unknown_fields=True):
    kind: ActorKind = "organisation"
    aliases: list[str] = []
    country: str | None = None


class _Person(msgspec.Struct, forbid_unknown_fields=True):
    role: str | None = None
    aliases: list[str] = []
    since: date | None = None
    until: date | None = None


class Line(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A line that was there before the war: drawn on its map as a layer of its own, with its years.

    `holder` is who held what lies behind it from `since` to `until` (none: it goes on). Where it ran: `units` are
    provinces by ISO 3166-2 code, `area` and `path` points (longitude, latitude). `rough`: drawn only about right.
    """

    title: str
    holder: str
    since: date
    until: date | None = None
    units: tuple[str, ...] = ()
    area: tuple[tuple[float, float], ...] = ()
    path: tuple[tuple[float, float], ...] = ()
    rough: bool = False


class _Profile(msgspec.Struct, forbid_unknown_fields=True):
    title: str
    day_one: date | None = None
    extends: str | None = None
    countries: list[str] = []
    sides: list[str] = []
    marks: list[str] = []
    parties: dict[str, _Body] = {}
    bodies: dict[str, dict[str, _Body | list[str]]] = {}
    people: dict[str, dict[str, _Person | str]] = {}
    outlets: dict[str, list[str]] = {}
    lines: list[Line] = []


@dataclass(frozen=True, slots=True)
class Office:
    """A person in an office: `since` and `until` are the first and last day, where they are known."""

    actor: Actor
    since: date | None = None
    until: date | None = None

    def on(self, day: date | None) -> bool:
        """Whether the office was held on `day`. Any day will do where none is given."""
        return day is None or not ((self.since and day < self.since) or (self.until and day > self.until))


@dataclass(frozen=True, eq=False)
class Conflict:
    """One conflict as data. Built by `load`; compared by identity.

    `countries` are those it is fought in, `sides` the parties that fight it, in the order to show them.
    """

    name: str
    title: str
    day_one: date | None = None
    countries: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    _names: dict[str, Actor] = field(default_factory=dict, repr=False)
    _codes: dict[str, Actor] = field(default_factory=dict, repr=False)
    _parties: dict[str, str] = field(default_factory=dict, repr=False)
    _last: dict[str, Actor | None] = field(default_factory=dict, repr=False)
    _offices: tuple[Office, ...] = ()
    _states: frozenset[str] = frozenset()
    _cache: dict[str, tuple[str | None, str | None]] = field(default_factory=dict, repr=False)

    def date_of_day(self, day: int) -> date | None:
        """The date of day `day`, day one being 1. None without a day one, or where there is no such date."""
        try:
            return self.day_one + timedelta(days=day - 1) if self.day_one and day > 0 else None
        except OverflowError:
            return None

    def actor(self, words: str) -> Actor | None:
        """Who a name or alias stands for, or None: "the Kremlin", "Putin", "IDF", "Kyiv" (its government)."""
        words = _ABBREVIATION.sub("", words)
        bare = _bare(words)
        if found := self._codes.get(bare) or (None if _is_short(bare) else self._names.get(key(words))):
            return found
        return self._last.get(key(words)) if bare[:1].isupper() else None

    def aliases(self, name: str) -> tuple[str, ...]:
        """The names by which this profile knows the actor of this name, folded; none for whom it does not know."""
        known = (*self._names.items(), *((n, actor) for n, actor in self._last.items() if actor))
        return tuple(dict.fromkeys(alias for alias, actor in known if actor.name == name))

    def party(self, words: str, strict: bool = False) -> str | None:
        """The party a phrase belongs to: "Russian troops" → Russia, "aide to Macron" → France. None if it names none.

        `strict` leaves out what only stands beside: no Iran for "the Iran-backed group", no Berlin for "in Berlin".
        """
        if words not in self._cache:
            if len(self._cache) > 20_000:
                self._cache.clear()
            self._cache[words] = self._find_party(words)
        first, second = self._cache[words]
        return first or (None if strict else second)

    def is_state(self, party: str | None) -> bool:
        """Whether a party is a country."""
        return party in self._states

    def people(self) -> Iterator[Actor]:
        """The people of the profile."""
        return (office.actor for office in self._offices)

    def office(self, role: str, party: str, day: date | None = None) -> Actor | None:
        """Who is the `role` of `party` ("president", "Ukraine") on `day`. None if unknown or if several are."""
        held = [o.actor for o in self._offices if o.actor.party == party and o.actor.role == role and o.on(day)]
        return held[0] if len(held) == 1 else None

    def _find_party(self, words: str) -> tuple[str | None, str | None]:
        written = [w.replace(".", "").strip(_EDGES) for w in _POSSESSIVE.sub("", words).replace("-", " ").split()]
        tokens = [countries.fold(w) for w in written]
        first = second = None
        i = 0
        while i < len(tokens):
            hit, length = self._hit(tokens, written, i)
            if not length:
                i += 1
                continue
            before = tokens[i - 1 - (tokens[i - 1] == "the" and i > 1)] if i else ""
            after = tokens[i + length] if i + length < len(tokens) else ""
            named = self._last.get(
                tokens[i + length - 1]
            )  # "aide to Macron" is French, "ambassador to Russia" is not Russian
            if after not in _NOT_ITSELF and (before not in _ELSEWHERE or (before == "to" and named)):
                if first is None and (hit not in self._states or before in _INSIDE):
                    return hit, second
                if first is None:
                    first = hit
                elif hit and hit not in self._states and before not in _INSIDE and after not in _ENVOYS:
                    return hit, second  # "Yemen's Houthi rebels" are Houthis
            elif before not in ("anti", "to", "against"):
                second = second or hit
            i += length
        return first, second

    def _hit(self, tokens: list[str], written: list[str], i: int) -> tuple[str | None, int]:
        for length in range(min(_LONGEST, len(tokens) - i), 0, -1):
            if length == 1 and (actor := self._codes.get(written[i])):
                return actor.party, 1
            name = " ".join(tokens[i : i + length])
            if length == 1 and _is_short(written[i]):
                continue
            lower = length == 1 and not written[i][:1].isupper()
            if name in self._parties and (not lower or (name in self._names and name not in _COMMON_NOUNS)):
                return self._parties[name], length
            if length == 1 and (person := self._last.get(name)) and written[i][:1].isupper():
                return person.party, 1
        return None, 0


def key(words: str) -> str:
    """What look-ups compare: no case, accents, possessives, hyphens or leading article."""
    return countries.fold(_POSSESSIVE.sub("", words))


def government(country: str) -> Actor:
    """Who speaks when a report says "Moscow said" or "Ukraine said"."""
    the = "the " if country.startswith("United ") or country.endswith(("s", "Republic")) else ""
    return Actor(name=f"Government of {the}{country}", kind="state", party=country)


def _bare(words: str) -> str:
    words = _POSSESSIVE.sub("", words.strip())
    return (words[4:] if words[:4].lower() == "the " else words).replace(".", "")


def _is_short(word: str) -> bool:
    """Whether a word is too short to be told from a common one unless it is in capitals ("us", "who", "is")."""
    return len(word) <= 3 and not word.isupper() and word.lower() in _COMMON


#: Names that are common nouns in lower case: "member states".
_COMMON_NOUNS = frozenset(["states", "turkey", "chad", "jersey", "china", "guinea", "emirates", "kingdom"])
_COMMON = frozenset(
    [
        "us",
        "who",
        "is",
        "it",
        "au",
        "pa",
        "un",
        "uk",
        "un",
        "ap",
        "ft",
        "rt",
        "fars",
        "dw",
        "cia",
        "eu",
        "am",
        "pm",
        "ria",
        "bild",
        "dpr",
        "abc",
        "sana",
    ]
)


def names() -> tuple[str, ...]:
    """The profiles that come with the program."""
    folder = resources.files("counterclaim.lexicon").joinpath("conflicts")
    return tuple(sorted(f.name[:-5] for f in folder.iterdir() if f.name.endswith(".toml")))


def choose(report: Report, name: str | None = None) -> Conflict:
    """The profile named, else the one the report's own words point to, else the generic one.

    Raises:
        ConfigError: if `name` is no profile and no file.
    """
    if name:
        return load(name)
    words = Counter(_WORD.findall(report.text))
    total = words.total() or 1
    best, most = GENERIC, 0
    for candidate in names():
        profile = load(candidate)
        if report.published and profile.day_one and report.published < profile.day_one:
            continue
        forms = {form for m in profile.marks for form in (m, m.upper())}  # headings may stand in capitals
        count = sum(
            words[m] + words[m + "'s"] + words[m + "’s"] if " " not in m else report.text.count(m) for m in forms
        )
        if count > most and count >= _MIN_MARKS and count / total >= _MIN_SHARE:
            best, most = candidate, count
    return load(best)


@functools.cache
def load(name: str) -> Conflict:
    """A profile by name, or from the path of a TOML file.

    Raises:
        ConfigError: naming the file, and the key in it, if it cannot be used.
    """
    profiles, where = [_parse(name)], name
    while base := profiles[-1].extends:
        if len(profiles) > 8:
            raise ConfigError("profiles extend each other in a circle", where=where)
        profiles.append(_parse(base))
    first = profiles[0]
    index = _Index()
    index.add_countries()
    for profile in reversed(profiles):
        index.add(profile)
    short = name if name in names() else Path(name).stem
    return Conflict(
        short, first.title, first.day_one, tuple(first.countries), tuple(first.marks), tuple(first.sides),
        tuple(first.lines), index.names, index.codes, index.parties, index.last, tuple(index.offices),
        frozenset(index.states),
    )  # fmt: skip


def _parse(name: str) -> _Profile:
    if name in names():
        where = f"{name}.toml"
        data = resources.files("counterclaim.lexicon").joinpath("conflicts", where).read_bytes()
    else:
        where = name
        try:
            data = Path(name).read_bytes()
        except (OSError, ValueError) as error:
            known = ", ".join(names())
            raise ConfigError(
                f"no such conflict profile {name!r}", hint=f"Known: {known}; or give a .toml file"
            ) from error
    try:
        return msgspec.convert(tomllib.loads(data.decode("utf-8")), _Profile)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"not a TOML file: {error}", where=where) from error
    except msgspec.ValidationError as error:
        raise ConfigError(f"not a conflict profile: {error}", where=where) from error


class _Index:
    """Gathers aliases; what is added later wins."""

    def __init__(self) -> None:
        self.names: dict[str, Actor] = {}
        self.codes: dict[str, Actor] = {}
        self.parties: dict[str, str] = {}
        self.last: dict[str, Actor | None] = {}
        self.offices: list[Office] = []
        self.states: set[str] = set()

    def add_countries(self) -> None:
        for country in countries.everyone():
            self._country(country, country.name, first=True)

    def _country(self, country: countries.Country, name: str, first: bool = False) -> None:
        self.states.add(name)
        state = Actor(name=name, kind="state", party=name)
        for alias in (country.name, *country.aliases):
            if not (first and key(alias) in self.names):
                self._alias(alias, state)
        people = [d + s for d in country.demonyms for s in ("", "s")]
        for word in people:
            if not (first and key(word) in self.parties):
                self.parties[key(word)] = name
        if country.capital and not (first and key(country.capital) in self.names):
            self._alias(country.capital, government(name))

    def add(self, profile: _Profile) -> None:
        for name, body in profile.parties.items():
            country = countries.by_code(body.country) if body.country else None
            if country:
                self._country(country, name)
            self._all(Actor(name=name, kind=body.kind, party=name), body.aliases)
        for outlet, aliases in profile.outlets.items():
            self._all(Actor(name=outlet, kind="outlet"), aliases)
        for party, bodies in profile.bodies.items():
            for name, given in bodies.items():
                body = given if isinstance(given, _Body) else _Body(aliases=given)
                self._all(Actor(name=name, kind=body.kind, party=party), body.aliases)
        for party, people in profile.people.items():
            for name, told in people.items():
                self._person(name, party, told if isinstance(told, _Person) else _Person(role=told))

    def _person(self, name: str, party: str, person: _Person) -> None:
        actor = Actor(name=name, kind="person", role=person.role, party=party)
        self._all(actor, person.aliases)
        self.offices = [o for o in self.offices if o.actor.name != name]
        self.offices.append(Office(actor, person.since, person.until))
        for alias in (name, *person.aliases):
            if alias.split()[-1].islower() or alias.split()[-1] == "General":
                continue  # "UN chief" has no last name
            last = key(alias).split()[-1]
            same = self.last.get(last)
            self.last[last] = actor if last not in self.last or (same and same.name == name) else None

    def _all(self, actor: Actor, aliases: list[str]) -> None:
        for alias in (actor.name, *aliases):
            self._alias(alias, actor)

    def _alias(self, alias: str, actor: Actor) -> None:
        bare = alias.replace(".", "")
        if _CODE.fullmatch(bare):
            self.codes[bare] = actor
        if len(bare) > 3 or not _CODE.fullmatch(bare):
            self.names[key(alias)] = actor
            if actor.party:
                self.parties[key(alias)] = actor.party
            else:
                self.parties.pop(key(alias), None)
