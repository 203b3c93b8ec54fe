"""The people of a page: each by their full name, whatever part of it is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import SequenceMatcher

from counterclaim.conflict import Conflict, key
from counterclaim.reading.actors.phrases import Phrase
from counterclaim.types import Actor

#: How alike two spellings of one last name are, at least.
_ALIKE = 0.85


@dataclass(slots=True)
class Person:
    """One person as the page and the profile know them."""

    name: str
    words: tuple[str, ...]
    role: str | None = None
    party: str | None = None


@dataclass
class People:
    """Finds a person by any part of the name. Filled while the page is read, then only asked."""

    conflict: Conflict
    _last: dict[str, list[Person]] = field(default_factory=dict)

    def learn(self, phrase: Phrase, party: str | None) -> None:
        """Take in a name with the office and the party that stand beside it."""
        assert phrase.name
        person = self.find(phrase.name)
        words = tuple(key(phrase.name).split())
        if not words:
            return
        known = self.conflict.actor(phrase.name)
        if person is None or (len(words) > len(person.words) and known is None):
            if known and known.kind == "person":
                name, words = known.name, tuple(key(known.name).split())
            else:
                name = _titled(phrase.name)
            if person is None:
                person = Person(name, words)
            else:
                person.name, person.words = name, words
            for word in sorted({words[0], words[-1], key(phrase.name).split()[-1]}):
                people = self._last.setdefault(word, [])
                if person not in people:
                    people.append(person)
        if known and known.kind == "person":
            person.role, person.party = person.role or known.role, known.party
        person.role = person.role or phrase.role
        person.party = person.party or party

    def side(self, name: str, party: str | None) -> None:
        """Take in the party of a person where it is not known yet."""
        person = self.find(name)
        if person and party and not person.party:
            person.party = party

    def find(self, name: str) -> Person | None:
        """The person of this page that a name, or its last part, stands for."""
        words = tuple(key(name).split())
        if not words:
            return None
        best = first = None
        for person in self._last.get(words[-1], ()):
            n = min(len(words), len(person.words))
            if person.words[-n:] == words[-n:] or (
                n > 1 and person.words[0] == words[0] and person.words[-1] == words[-1]
            ):
                best = person
            elif len(words) == 1 and person.words[0] == words[0]:
                first = person
        return best or first or self._alike(words)

    def _alike(self, words: tuple[str, ...]) -> Person | None:
        """Another spelling of a last name on the same page: Boychenko, Boichenko."""
        last = words[-1]
        if len(last) < 6:
            return None
        match = SequenceMatcher(None, "", last)
        for other, people in self._last.items():
            if other[0] != last[0] or abs(len(other) - len(last)) > 2 or len(other) < 6:
                continue
            match.set_seq1(other)
            if match.quick_ratio() >= _ALIKE and match.ratio() >= _ALIKE:  # the first is never less than the second
                for person in people:
                    if len(words) == 1 or len(person.words) == 1 or person.words[0][0] == words[0][0]:
                        return person
        return None

    def actor(self, name: str, role: str | None = None, party: str | None = None) -> Actor:
        """The person as an actor; what the phrase itself says of office and side comes first."""
        person = self.find(name)
        if person is None:
            known = self.conflict.actor(name)
            if known and known.kind == "person":
                return known
            return Actor(name=_titled(name), kind="person", role=role, party=party)
        return Actor(name=person.name, kind="person", role=role or person.role, party=person.party or party)


def _titled(name: str) -> str:
    """A name as it is written in running text, also where it stood in capitals."""
    name = name.replace("’s", "").replace("'s", "").strip(" ,;:-–—")
    return " ".join(w.capitalize() if w.isupper() and len(w) > 3 else w for w in name.split())
