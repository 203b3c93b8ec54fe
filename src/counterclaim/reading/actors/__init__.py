"""Who is named on a page: people, bodies, parties, and the pronouns and titles that stand for them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from counterclaim import countries
from counterclaim.conflict import Conflict, government
from counterclaim.language import Page, at
from counterclaim.reading.actors import mentions as earlier
from counterclaim.reading.actors.bodies import body, clean, office
from counterclaim.reading.actors.mentions import PRONOUNS, Mention
from counterclaim.reading.actors.people import People
from counterclaim.reading.actors.phrases import Phrase, read, roles, singular
from counterclaim.reading.actors.sides import Sides
from counterclaim.types import Actor, ActorKind

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

#: How many sentences back a pronoun looks, and a definite noun; how many ahead an office without a name.
_NEAR, _FAR, _AHEAD = 8, 60, 12
_NAMED = 1.0  #: what a name adds to a pronoun's candidate, in sentences of distance
_SPOKE = 4.0  #: what having spoken in this sentence or the one before adds where the pronoun speaks
_OPENING = 6  #: sentences of headline, standfirst and lead, which leave names for later
_OWNERS = frozenset(["his", "her", "its", "their"])


@dataclass(frozen=True)
class Cast:
    """The actors of one page. `mentions` are in the order of the text."""

    page: Page
    conflict: Conflict
    people: People
    sides: Sides
    mentions: list[Mention] = field(default_factory=list, repr=False)
    _starts: list[int] = field(default_factory=list, repr=False)
    _quoted: list[tuple[int, int]] = field(default_factory=list, repr=False)

    def actor(self, tokens: Tokens | Token) -> Actor | None:
        """Who a noun phrase or pronoun stands for, in canonical English; None if nobody can be named.

        Pronouns and definite nouns ("the aide", "the ministry") go back to the nearest earlier mention that fits.
        """
        words: list[Token] = list(tokens) if hasattr(tokens, "start_char") else [tokens]  # type: ignore[arg-type]
        while words and (words[-1].is_punct or words[-1].is_space or words[-1].tag_ == "POS"):
            words.pop()
        while words and (words[0].is_punct or words[0].is_space):
            words.pop(0)
        return self._resolve(words) if words else None

    def party(self, words: str) -> str | None:
        """The party that a phrase belongs to, or None."""
        if found := self.conflict.party(words):
            return found
        person = self.people.find(words) if words[:1].isupper() and len(words) < 60 else None
        return person.party if person else None

    def _resolve(self, tokens: Sequence[Token]) -> Actor | None:
        start = at(tokens[0]).start
        if len(tokens) == 1 and tokens[0].lower_ in PRONOUNS:
            return self._pronoun(tokens[0].lower_, start, earlier.speaks(tokens))
        phrase = self._read(tokens)
        return (
            self._named(phrase)
            or self._owned(phrase, tokens, start)
            or self._back(phrase, start)
            or self._ahead(phrase, start)
            or self._unnamed(phrase, tokens)
        )

    def _read(self, tokens: Sequence[Token]) -> Phrase:
        return read(tokens, self._kind)

    def _kind(self, words: str) -> str | None:
        known = self.conflict.actor(words)
        return known.kind if known else None

    def _named(self, phrase: Phrase) -> Actor | None:
        if found := self.conflict.actor(phrase.words):
            person = self.people.find(phrase.words) if found.kind == "person" else None
            return msgspec.structs.replace(found, role=person.role or found.role) if person else found
        if phrase.name:
            return self.people.actor(phrase.name, phrase.role, self._side(phrase))
        if phrase.bare and (person := self.people.find(phrase.words)):
            return self.people.actor(person.name)
        return None

    def _side(self, phrase: Phrase) -> str | None:
        """The party of a phrase by its words, else by a place in it, else by the story where the office is local."""
        words = phrase.rest if phrase.name else phrase.words
        if not words:
            return None
        party = self.conflict.party(words, strict=True) or self.sides.of_place(phrase) or self.conflict.party(words)
        if party is None and phrase.role and phrase.head in roles().offices and not phrase.complement:
            party = self.sides.main()
        return party

    def _pronoun(self, word: str, start: int, speaks: bool = False) -> Actor | None:
        """The nearest earlier mention that fits, subjects before others and the reporter's words before quoted ones.

        A pronoun that `speaks` goes on with who spoke before.
        """
        here = self.page.sentence_at(start)
        # a quotation that "he said" closes counts as one sentence, however long
        first = self.page.sentence_at(earlier.opening(self._quoted, here.span.start)) if here else None
        index = first.index if first else 0
        best, most = None, 0.0
        for mention in self._before(start, index - _NEAR):
            fit = earlier.fits(mention, PRONOUNS[word])
            if fit:
                score = 10 * fit + 3.0 * mention.subject - 4.0 * mention.quoted - 1.0 * (index - mention.sentence)
                score += _NAMED * mention.actor.name[:1].isupper()
                score += _SPOKE * (speaks and mention.spoke and index - mention.sentence < 2)
                if score > most:
                    best, most = mention, score
        if best is None or best.phrase is None or best.actor.name[:1].isupper():
            return best.actor if best else None
        return self._ahead(best.phrase, best.start) or best.actor

    def _owned(self, phrase: Phrase, tokens: Sequence[Token], start: int) -> Actor | None:
        """ "His office", "its defence ministry": whose comes first."""
        known = roles()
        if len(tokens) < 2 or phrase.head not in known.bodies | known.offices | known.people:
            return None
        first = tokens[0].lower_
        if first == "its" and phrase.head in known.civic:
            return None
        if first in _OWNERS and phrase.head not in known.people:
            owner, cut = self._pronoun(first, start), 1
        else:
            cut = next((i for i, t in enumerate(tokens) if t.tag_ == "POS" and i > 1), 0) + 1
            if (
                cut < 2
                or tokens[0].lower_ != "the"
                or tokens[cut - 2].lower_ not in roles().wholes
                or cut == len(tokens)
            ):
                return None
            owner = self._back(self._read(tokens[: cut - 1]), start)
        if owner is None:
            return None
        rest = "".join(t.text_with_ws for t in tokens[cut:]).strip()
        if phrase.head == "office":
            return Actor(name=f"Office of {owner.name}", kind="organisation", party=owner.party)
        if owner.party is None:
            return None
        if phrase.head in roles().offices:
            return self._holder(phrase, owner.party) or Actor(
                name=f"{owner.party} {rest}", kind="person", role=phrase.role, party=owner.party
            )
        if phrase.head in known.people:
            return None if not phrase.plural else Actor(name=f"{owner.party} {rest}", kind="group", party=owner.party)
        return body(_reworded(phrase, f"{owner.party} {rest}"), owner.party)

    def _back(self, phrase: Phrase, start: int) -> Actor | None:
        """What a definite noun ("the aide", "the Ukrainian president", "the ministry") goes back to."""
        known = roles()
        office = phrase.head in known.offices
        if phrase.plural and phrase.definite and phrase.head in known.rebels and len(phrase.words.split()) == 2:
            armed = (m.actor for m in self._before(start, -1) if m.actor.kind == "armed_group" and m.actor.party)
            return next(armed, None)
        if not phrase.head or phrase.indefinite or phrase.plural or not (phrase.definite or office):
            return None
        if phrase.head in known.things and phrase.head not in known.bodies:
            return None
        party = self.conflict.party(phrase.words, strict=True)
        names = phrase.proper if party or not self.conflict.party(phrase.words) else frozenset()  # "Iran-backed"
        want = known.back.get(phrase.head, frozenset())
        here = self.page.sentence_at(start)
        index = here.index if here else 0
        names -= set(phrase.words.lower().split()[-1:])
        second, short = None, len(phrase.words.split()) == 2
        for mention in self._before(start, index - _FAR):
            if (party and mention.actor.party != party) or (
                mention.gender == "p" and mention.actor.kind != "armed_group"
            ):
                continue
            if (
                short
                and phrase.head == "spokesperson"
                and mention.sentence >= index - 1
                and earlier.body_speaks(mention)
            ):
                name, body_party = mention.actor.name, mention.actor.party
                return Actor(name=f"{name} spokesperson", kind="person", role="spokesperson", party=body_party)
            if names and not names & mention.words and not party:
                continue
            if phrase.complement and names and not names & mention.words:
                continue
            if earlier.differ(phrase.role, mention.actor.role):
                continue
            if mention.head == phrase.head or phrase.head in mention.roles:
                if phrase.head in known.bodies and mention.actor.kind == "person":
                    continue  # "the junta" is not the junta's chief
                own = mention.actor.party in self.conflict.sides
                if phrase.head in known.forces and mention.actor.kind == "armed_group" and not own:
                    continue  # "the army" is the country's, whatever the rebels call theirs
                return mention.actor
            if second is None and (
                want & mention.roles
                or earlier.stands_for(mention, phrase.head, self.conflict.is_state(mention.actor.party))
            ):
                second = mention.actor
        return second or (self._holder(phrase, party) if party and office and not phrase.complement else None)

    def _holder(self, phrase: Phrase, party: str) -> Actor | None:
        """Who holds an office of a party: the page says so, or the profile."""
        back = roles().back.get(phrase.head, frozenset())
        for role in (phrase.role, phrase.head, *sorted(back)):
            if role and (holder := self.conflict.office(role, party, self.page.report.published)):
                return holder
        return None

    def _ahead(self, phrase: Phrase, start: int) -> Actor | None:
        """Whose name comes only later: a headline's "regional governor" is named in the story."""
        if phrase.plural or phrase.name or not phrase.role or phrase.head not in roles().offices:
            return None
        here = self.page.sentence_at(start)
        if here is None or (phrase.indefinite and not phrase.complement):
            return None
        party = self.conflict.party(phrase.words)
        reach = 2 if phrase.indefinite else _AHEAD if here.index > _OPENING else 5 * _AHEAD
        for i in range(bisect_left(self._starts, start + 1), len(self.mentions)):
            mention = self.mentions[i]
            if mention.sentence > here.index + reach:
                return None
            actor = mention.actor
            if actor.kind != "person" or actor.name[:1].islower() or phrase.head not in mention.roles:
                continue
            if actor.name.lower() == phrase.words.lower():
                continue  # the same office, still without a name
            if party and actor.party and actor.party != party:
                continue
            if party and actor.party is None:
                self.people.side(actor.name, party)
                return msgspec.structs.replace(actor, party=party)
            return actor
        return None

    def _unnamed(self, phrase: Phrase, tokens: Sequence[Token]) -> Actor | None:
        known = roles()
        head = phrase.head
        party = self._side(phrase) or self.party(phrase.words) or self._around(phrase, at(tokens[0]).start)
        if phrase.title:
            return body(phrase, party)
        if head in known.carriers or head in known.things:
            return self._document(phrase, tokens, party)
        if head in known.offices or (head in roles().posts and phrase.definite and phrase.complement and phrase.proper):
            kind: ActorKind = "group" if phrase.plural else "person"
            return Actor(name=office(self._spell_out(phrase, tokens)), kind=kind, role=phrase.role, party=party)
        if head in known.people or head in known.titles:
            if phrase.plural and not phrase.open and head in roles().collective and self.conflict.party(phrase.words):
                return Actor(name=clean(phrase.words), kind="group", party=party)
            return Actor(name=self._spell_out(phrase, tokens), kind="unnamed", role=phrase.role, party=party)
        name = clean(phrase.words)
        if party and (countries.find(name) or countries.demonym(name)):
            return government(party)
        if phrase.open and phrase.plural and head not in known.bodies:
            return Actor(name=name, kind="unnamed", party=party)
        return body(phrase, party)

    def _document(self, phrase: Phrase, tokens: Sequence[Token], party: str | None) -> Actor:
        """Who speaks in a statement, a video or reports: whose it is, who spoke last, else nobody by name."""
        known = roles()
        network = any(t.lower_ in ("telegram", "social", "twitter", "facebook") for t in tokens)
        if not network and (inner := self._whose(tokens)):
            return inner
        if phrase.definite and not phrase.complement and phrase.head in roles().utterances:
            for mention in self._before(at(tokens[0]).start, -1):
                actor = mention.actor
                if mention.subject and not mention.quoted and actor.kind != "group" and actor.name != actor.party:
                    return actor
        if (verb := tokens[0].doc[tokens[0].i : tokens[-1].i + 1].root.head).lemma_ in known.issuing and any(
            t.dep_ in ("dobj", "nsubjpass") and t.head.i == verb.i for t in tokens
        ):
            issuer = next((t for t in verb.children if t.dep_ == "nsubj"), None)
            if issuer is not None and (whose := self._resolve(list(issuer.subtree))):
                return whose  # "the movement released a statement calling ..."
        name = clean(phrase.words)
        if self.conflict.party(phrase.words) and not phrase.open and not network and phrase.head in roles().voices:
            return Actor(name=name, kind="organisation", party=party)
        return Actor(name=name, kind="unnamed", party=party)

    def _around(self, phrase: Phrase, start: int) -> str | None:
        """Whose an office or a body is that the report names without saying whose: that of the sentences around it."""
        known = roles()
        if phrase.head not in known.offices | known.local and not (
            phrase.head in known.people | known.carriers and known.local & set(phrase.words.lower().split()[:-1])
        ):
            return None
        if not self.conflict.sides and (main := self.sides.main()):
            return main
        here = self.page.sentence_at(start)
        civic = phrase.head in known.civic or known.nearby & set(phrase.words.lower().split())
        if civic and here and (owner := self._of_scene(here.index)):
            return owner
        for mention in self._before(start, (here.index if here else 0) - 2):
            if self.conflict.is_state(mention.actor.party) and mention.actor.kind != "outlet":
                return mention.actor.party
        return self.sides.main()

    def _of_scene(self, index: int) -> str | None:
        """The country of the towns told of in a sentence, or in one of the two before it."""
        for sentence in reversed(self.page.sentences[max(0, index - 2) : index + 1]):
            for entity in sentence.tokens.ents:
                if entity.label_ in ("GPE", "LOC") and (country := self.sides.lies_in(entity.text)):
                    return country
        return None

    def _whose(self, tokens: Sequence[Token]) -> Actor | None:
        """Whose statement, video or account it is: "a statement from the ministry", "a Kremlin account"."""
        for i, t in enumerate(tokens):
            owner: Sequence[Token] = ()
            if t.lower_ in ("from", "by", "of") and i + 1 < len(tokens):
                owner = tokens[i + 1 :]
            elif t.tag_ == "POS" and i:
                owner = tokens[:i]
            if owner and len(owner) < len(tokens):
                inner = self._resolve(owner)
                if inner and not inner.anonymous and (inner.party or inner.name[:1].isupper()):
                    return inner
                break
        for length in (4, 3, 2, 1):
            for i in range(len(tokens) - length):
                words = "".join(t.text_with_ws for t in tokens[i : i + length]).strip()
                if words[:1].isupper() and (found := self.conflict.actor(words)):
                    return found
        return None

    def _spell_out(self, phrase: Phrase, tokens: Sequence[Token]) -> str:
        """The phrase with the last name in it made full: "senior aide to Emmanuel Macron"."""
        out = clean(phrase.words)
        last = next((t for t in reversed(tokens) if t.pos_ == "PROPN"), None)
        who = (self.people.find(last.text) or self.conflict.actor(last.text)) if last is not None else None
        if last is None or who is None or who.name in out or (isinstance(who, Actor) and who.kind != "person"):
            return out
        return out.replace(last.text, who.name)

    def _before(self, start: int, sentence: int) -> Iterator[Mention]:
        """Earlier mentions, the nearest first, back to sentence number `sentence`."""
        for i in range(bisect_left(self._starts, start) - 1, -1, -1):
            mention = self.mentions[i]
            if mention.sentence < sentence:
                return
            yield mention


def _reworded(phrase: Phrase, words: str) -> Phrase:
    """The phrase with other words for the same head."""
    return Phrase(words=words, head=phrase.head, plural=phrase.plural)


def find(page: Page, conflict: Conflict) -> Cast:
    """Gather the actors of `page`."""
    cast = Cast(page, conflict, People(conflict), Sides(page, conflict))
    told = []
    for sentence, tokens in earlier.phrases(page):
        phrase = cast._read(tokens)
        if phrase.name:
            side = cast._side(phrase)
            if side is None and phrase.role and phrase.role.split()[-1] in roles().civic:
                side = cast._of_scene(sentence.index)
            cast.people.learn(phrase, side)
        told.append((sentence, tokens, phrase))
    quoted = cast._quoted
    quoted.extend(earlier.quotes(page))
    for sentence, tokens, phrase in told:
        start = at(tokens[0]).start
        subject = earlier.is_subject(tokens, sentence.tokens)
        if phrase.name and phrase.role and tokens[0].lower_ in _OWNERS:
            owner = cast._pronoun(tokens[0].lower_, start)
            cast.people.side(phrase.name, owner.party if owner else None)
        if len(tokens) == 1 and tokens[0].lower_ in PRONOUNS:
            actor = cast._pronoun(tokens[0].lower_, start, earlier.speaks(tokens)) if subject else None
        elif not phrase.solid:
            continue
        else:
            actor = cast._named(phrase) or cast._owned(phrase, tokens, start)
            actor = actor or cast._back(phrase, start) or cast._unnamed(phrase, tokens)
        if actor is None or not actor.name or (phrase.place and (actor.party is None or not cast._kind(phrase.words))):
            continue
        offices = {actor.role or "", phrase.role or "", phrase.head}
        offices |= {singular(word) for role in (actor.role, phrase.role) if role for word in role.split()}
        cast.mentions.append(
            Mention(
                start=start,
                sentence=sentence.index,
                actor=actor,
                head=phrase.head,
                roles=frozenset(offices - {""}),
                words=phrase.proper | frozenset(actor.name.lower().split()),
                gender=earlier.gender(actor, phrase, tokens),
                subject=subject,
                quoted=(inside := earlier.within(quoted, start)),
                spoke=subject and not inside and earlier.speaks(tokens),
                phrase=phrase,
            )
        )
        cast._starts.append(start)
    return cast


__all__ = ["Cast", "Mention", "find"]
