"""Drafts to statements: free quotations find their speaker, copies go, the chain is tied, speakers are resolved."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from counterclaim.language import at
from counterclaim.reading.statements import stance
from counterclaim.reading.statements.drafts import Draft, Paragraph
from counterclaim.types import Actor, Directness, Span, Statement

if TYPE_CHECKING:
    from spacy.tokens import Span as Words

    from counterclaim.language import Page
    from counterclaim.reading.actors import Cast
    from counterclaim.reading.statements.quotes import Quote
    from counterclaim.reading.times import Calendar

#: How far into what is said, in characters, a second cue still is what all of it does.
_NEAR = 60
#: How deep a chain of statements may go.
DEPTH = 3
#: Who speaks where the words hide it.
UNNAMED = Actor(name="unattributed", kind="unnamed")
#: Words that make a name an outlet's and tell no outlet from another.
_OUTLET = frozenset(
    """the news agency newspaper daily weekly magazine channel broadcaster network radio tv television media state
    website podcast""".split()
)
_WORD = re.compile(r"\w+")
#: A closing mark: what opens it, and itself.
_CLOSING = {"”": ("“", "”"), "»": ("«", "»"), "’": ("‘", "’")}


def assemble(page: Page, parts: list[Paragraph], cast: Cast, calendar: Calendar) -> tuple[Statement, ...]:
    """Turn the drafts of all paragraphs into statements with ids, speakers and carriers."""
    _free_quotes(parts)
    drafts = [d for p in parts for d in _without_copies(p.drafts)]
    drafts.sort(key=lambda d: (d.start, -d.end, d.cue_span.start if d.cue_span else 0))
    carriers = _chain(drafts)
    speakers = {id(d): _speaker(d, cast) for d in drafts}
    _own_words_again(drafts, carriers, speakers)
    numbers = {id(d): f"s{n}" for n, d in enumerate(drafts, 1)}
    outer = {p.number: [q.span for q in p.quotes if not q.inner] for p in parts}
    inner = {p.number: [q.span for q in p.quotes if q.inner] for p in parts}
    found = []
    outlets: dict[tuple[int, str], str] = {}
    for draft in drafts:
        over = carriers.get(id(draft))
        speaker = speakers[id(draft)]
        if (outlet := _given_to(draft, cast)) is not None:
            outlets[draft.sentence.paragraph, speaker.name] = outlet
        here = {draft.sentence.paragraph, *_paragraphs(page, draft.content)}
        outside = [q for n in here for q in outer.get(n, ())]
        quoted = over is not None and _share(page.text, draft.content, outside) == 1
        marks = [q for n in here for q in inner.get(n, ())] if quoted else outside
        share = 1.0 if draft.own_words else _share(page.text, draft.content, marks)
        found.append(
            Statement(
                id=numbers[id(draft)],
                content=tuple(sorted(_closed(page.text, span) for span in draft.content)),
                source=at(draft.source) if draft.source is not None else draft.source_span,
                speaker=speaker,
                cue=draft.cue_span,
                directness=_directness(share),
                stance=stance.of(draft, speaker, cast),
                addressee=draft.addressee,
                occasion=draft.occasion,
                said_on=calendar.of(draft.cue) if draft.cue is not None else None,
                via=numbers[id(over)] if over is not None else outlets.get((draft.sentence.paragraph, speaker.name)),
                why=draft.why,
            )
        )
    return tuple(found)


def _paragraphs(page: Page, content: list[Span]) -> set[int]:
    """The numbers of the paragraphs in which contents begin."""
    return {s.paragraph for c in content if (s := page.sentence_at(c.start)) is not None}


def _closed(text: str, span: Span) -> Span:
    """`span` with the mark that closes a quotation opened inside it."""
    close = _CLOSING.get(text[span.end : span.end + 1])
    words = span.of(text)
    return Span(span.start, span.end + 1) if close and words.rfind(close[0]) > words.rfind(close[1]) else span


def _speaker(draft: Draft, cast: Cast) -> Actor:
    if draft.speaker is not None or draft.source is None:
        return draft.speaker or UNNAMED
    return cast.actor(draft.source) or _as_written(draft.source)


def _given_to(draft: Draft, cast: Cast) -> str | None:
    """The other outlet that words were given to: through it the page has them. The page's own is nobody's carrier."""
    page, told = cast.page, draft.told
    if told is None or not page.report.outlet:
        return None
    proper = [t.text for t in told if t.pos_ == "PROPN" and t.dep_ != "poss"]
    actor = cast.actor(told) if proper else None
    if actor is None or not (
        actor.kind == "outlet" or (_OUTLET - {"the", "state", "agency"}).intersection(t.lower_ for t in told)
    ):
        return None
    name = actor.name if actor.kind == "outlet" else " ".join(proper)
    words = set(_WORD.findall(name.casefold())) - _OUTLET
    return name if words and words.isdisjoint(_WORD.findall(page.report.outlet.casefold())) else None


def _own_words_again(drafts: list[Draft], carriers: dict[int, Draft], speakers: dict[int, Actor]) -> None:
    """Who says that he says speaks once: "said it condemned the raid" is one statement, in the second cue's stance."""
    for draft in list(drafts):
        over = carriers.get(id(draft))
        if over is None or draft.like is not None or speakers[id(draft)].name != speakers[id(over)].name:
            continue
        if speakers[id(over)] is UNNAMED or not (over.quoted or draft.start - over.start < _NEAR):
            continue
        drafts.remove(draft)
        if over.stance == "asserts" and draft.start - over.start < _NEAR:
            over.stance = draft.stance
        for other in drafts:
            if carriers.get(id(other)) is draft:
                carriers[id(other)] = over


def _as_written(source: Words) -> Actor:
    """The actor for a source that the cast cannot name."""
    return Actor(name=source.text, kind="unnamed")


def _share(text: str, content: list[Span], marks: list[Span]) -> float:
    """The share of content words that stand inside quotation marks."""
    words = inside = 0
    for span in content:
        near = [m for m in marks if m.overlaps(span)]
        for match in _WORD.finditer(text, span.start, span.end):
            words += 1
            inside += any(m.start <= match.start() < m.end for m in near)
    return inside / words if words else 0.0


def _directness(share: float) -> Directness:
    return "direct" if share >= 0.97 else "mixed" if share > 0 else "indirect"


def _free_quotes(parts: list[Paragraph]) -> None:
    """Quotations that no cue claimed go to the speaker of their paragraph, or of the one they go on from."""
    last: Draft | None = None
    waiting: tuple[Paragraph, Quote] | None = None
    for part in parts:
        if waiting is not None and (closing := _closes(part)) is not None:
            waiting[0].drafts.append(_gone_on(waiting[0], waiting[1].span, closing))
        waiting = None
        if part.sentences[0].passage.kind not in {"paragraph", "list_item", "standfirst"}:
            continue
        claimed = [c for d in part.drafts for c in d.content]
        speaking = [
            (d.cue_span.start, d)
            for d in part.drafts
            if d.source and d.cue_span and part.quote_at(d.cue_span.start) is None
        ]
        for quote in part.quotes:
            if quote.inner or any(c.overlaps(quote.span) for c in claimed) or not quote.speech(part.page_text):
                continue
            if not _alone(quote.span, part):
                continue
            before = [found for found in speaking if found[0] < quote.span.start]
            after = [d for start, d in speaking if start > quote.span.end]
            opens = quote.span.start - part.base <= 2
            owner: Draft | None = None
            if quote.goes_on and opens and last is not None:
                owner = last
            elif before:
                owner = max(before, key=lambda found: found[0])[1]
            elif any(d.quoted for d in after):
                owner = next(d for d in after if d.quoted)
            elif opens and not speaking:
                owner = last
            if owner is None:
                waiting = (part, quote) if quote.open and opens else None
                continue
            part.drafts.append(_gone_on(part, quote.span, owner))
        here = [d for _, d in speaking if d.quoted] or [d for _, d in speaking]
        last = here[-1] if here else (last if any(d.why == "quotation goes on" for d in part.drafts) else None)


def _closes(part: Paragraph) -> Draft | None:
    """Who says the quotation that a paragraph takes up from the one before and closes."""
    first = next((q for q in part.quotes if q.goes_on), None)
    if first is None:
        return None
    return next((d for d in part.drafts if d.quoted and any(c.overlaps(first.span) for c in d.content)), None)


def _gone_on(part: Paragraph, span: Span, owner: Draft) -> Draft:
    """More words of a quotation whose speaker is known."""
    return Draft(
        sentence=part.sentences[0], cue=None, cue_span=None, source=owner.source, content=[span],
        stance="asserts", why="quotation goes on", quoted=True, told=owner.told,
    )  # fmt: skip


def _alone(span: Span, part: Paragraph) -> bool:
    """Whether a quotation is a sentence by itself: nothing but marks between it and full stops."""
    before = part.text[: span.start - part.base].rstrip(" \"“„«‘'‟\n")
    return not before or before[-1] in '.!?…:,”"»’'


def _without_copies(drafts: list[Draft]) -> list[Draft]:
    """Of two drafts with one source and nearly one content, the one found first."""
    kept: list[Draft] = []
    for draft in drafts:
        if not any(_copy(draft, other) for other in kept):
            kept.append(draft)
    return kept


def _copy(one: Draft, other: Draft) -> bool:
    if one.source is None or other.source is None or one.source.start != other.source.start:
        return False
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared > 0.8 * max(one.end - one.start, other.end - other.start)


def _chain(drafts: list[Draft]) -> dict[int, Draft]:
    """The carrier of each draft: the innermost other draft whose content holds its cue."""
    carriers: dict[int, Draft] = {}
    for n, draft in enumerate(drafts):
        if draft.like is not None:
            carriers[id(draft)] = draft.like
            continue
        mark = draft.cue_span or draft.content[0]
        best: Draft | None = None
        for other in drafts[max(0, n - 40) : n + 40]:
            if other is draft or not any(c.covers(mark) for c in other.content):
                continue
            if other.cue_span is not None and any(c.covers(other.cue_span) for c in draft.content):
                continue
            if best is None or other.end - other.start < best.end - best.start:
                best = other
        if best is not None:
            carriers[id(draft)] = best
    for draft in drafts:
        depth, over = 0, carriers.get(id(draft))
        while over is not None and depth <= DEPTH:
            depth, over = depth + 1, carriers.get(id(over))
        if depth > DEPTH:
            carriers.pop(id(draft), None)
    return carriers
