"""A Reading in the shape that `counterclaim read` prints. Other programs score it: names stay, keys may be added."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from counterclaim.reading.events import responsibility
from counterclaim.types import Actor, Event, Figure, Holding, Place, PlaceMention, Reading, Span, Statement, When


def as_contract(reading: Reading) -> dict[str, Any]:
    """`reading` as plain data, in the order of the contract (docs/contract.md)."""
    report, text = reading.report, reading.report.text
    said = {s.id: s for s in reading.statements}
    return {
        "report": {
            "id": report.id,
            "url": report.url,
            "outlet": report.outlet,
            "byline": report.byline,
            "headline": report.headline,
            "published": _day(report.published),
            "published_basis": report.published_basis,
            "language": report.language,
            "conflict": reading.conflict,
            "day": reading.day,
            "unread": reading.unread,
            "passages": [{"kind": p.kind, "start": p.span.start, "end": p.span.end} for p in report.passages],
        },
        "reader": {"version": reading.version, "pipeline": reading.pipeline},
        "statements": [_statement(s, text) for s in reading.statements],
        "events": [_event(e, text, said) for e in reading.events],
        "figures": [_figure(f, text) for f in reading.figures],
        "control": [_holding(h, text) for h in reading.holdings],
        "places": [_mention(m, text) for m in reading.places],
    }


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _span(span: Span | None, text: str) -> dict[str, Any] | None:
    return {"text": span.of(text), "start": span.start, "end": span.end} if span else None


def _when(when: When | None) -> dict[str, Any] | None:
    return {"start": _day(when.start), "end": _day(when.end), "precision": when.precision} if when else None


def _place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {
        "name": place.name,
        "kind": place.kind,
        "country": place.country,
        "admin1": place.admin1,
        "lat": place.lat,
        "lon": place.lon,
        "geonames_id": place.geonames_id,
        "precision": place.precision,
    }


def _speaker(actor: Actor | None) -> dict[str, Any] | None:
    if actor is None:
        return None
    return {
        "name": actor.name,
        "kind": actor.kind,
        "role": actor.role,
        "party": actor.party,
        "anonymous": actor.anonymous,
    }


def _name(actor: Actor | None) -> str | None:
    """A claimant as one word; a withheld one says so, as the speaker's `anonymous` does."""
    if actor is None:
        return None
    return f"anonymous: {actor.name}" if actor.anonymous else actor.name


def _statement(s: Statement, text: str) -> dict[str, Any]:
    return {
        "id": s.id,
        "source": _span(s.source, text),
        "cue": _span(s.cue, text),
        "content": [_span(c, text) for c in s.content],
        "speaker": _speaker(s.speaker),
        "directness": s.directness,
        "stance": s.stance,
        "addressee": s.addressee,
        "occasion": s.occasion,
        "said_on": _when(s.said_on),
        "via": s.via,
        "why": s.why,
    }


def _event(e: Event, text: str, said: Mapping[str, Statement]) -> dict[str, Any]:
    return {
        "id": e.id,
        "kind": e.kind,
        "actors": [a.name for a in e.actors],
        "targets": [a.name for a in e.targets],
        "place": _place(e.place),
        "date": _when(e.when),
        "status": e.status,
        "same_as": e.same_as,
        "trigger": _span(e.trigger, text),
        "sentence": _span(e.sentence, text),
        "statement": e.statement,
        "responsible": [
            {"name": r.who.name, "party": r.who.party, "grade": r.grade, "by": _name(r.by)}
            for r in responsibility.of(e, said)
        ],
        "why": e.why,
    }


def _figure(f: Figure, text: str) -> dict[str, Any]:
    return {
        "id": f.id,
        "text": f.span.of(text),
        "start": f.span.start,
        "end": f.span.end,
        "low": plain(f.low),
        "high": plain(f.high),
        "bound": f.bound,
        "measure": f.measure,
        "unit": f.unit,
        "counted": f.counted,
        "party": f.party,
        "claimed_by": _name(f.claimed_by),
        "cumulative": f.cumulative,
        "as_of": _when(f.as_of),
        "place": f.place.name if f.place else None,
        "event": f.event,
        "statement": f.statement,
        "part_of": f.part_of,
        "sentence": _span(f.sentence, text),
        "why": f.why,
    }


def plain(value: float | None) -> int | float | None:
    """A number as JSON shows it: 21, not 21.0."""
    return int(value) if value is not None and value == int(value) else value


def _holding(h: Holding, text: str) -> dict[str, Any]:
    return {
        "id": h.id,
        "place": _place(h.place),
        "holder": h.holder,
        "state": h.state,
        "by": h.by,
        "date": _when(h.when),
        "claimed_by": _name(h.claimed_by),
        "statement": h.statement,
        "same_as": h.same_as,
        "trigger": _span(h.trigger, text),
        "sentence": _span(h.sentence, text),
        "why": h.why,
    }


def _mention(m: PlaceMention, text: str) -> dict[str, Any]:
    return {**(_place(m.place) or {}), "metonym": m.metonym, **(_span(m.span, text) or {})}
