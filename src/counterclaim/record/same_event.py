"""Which tellings tell the same event. Careful: a wrong join costs more than a missed one.

First the rows of one report that tell one event are one scene; then every two scenes of different reports that meet
under a name are as alike as their two likest rows, whether these tell it first or again (`record.pairs`), and those
that agree on average are one group (`record.linkage`). So a report that tells an event nine times, once in full, is
joined by that one. What people judged comes first: a pair they called one is one, a pair they called two never stands
in one group.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from counterclaim.record import pairs
from counterclaim.record.linkage import Pair, groups
from counterclaim.record.pairs import Verdict, days, place_key, vague, where_key
from counterclaim.record.rules import rules
from counterclaim.record.tellings import Telling
from counterclaim.types import Event

__all__ = ["Group", "compared", "days", "join", "place_key", "vague", "where_key"]

Group = tuple[Telling[Event], ...]

#: Days within which tellings are compared: more than may join, so that those of other days keep groups apart.
_DAYS = 2


def join(tellings: Iterable[Telling[Event]], judged: Mapping[Pair, bool] | None = None) -> list[Group]:
    """Group `tellings` so that each group tells one event, in order of first telling.

    `judged` are the verdicts of people on pairs of `Telling.ref`, sorted: one event (True) or two (False).
    """
    told = list(tellings)
    faces = {t.ref: pairs.face(t) for t in sorted(told, key=_place_in_text)}
    first = _firsts(told, faces)
    first |= _anchored({ref: face for ref, face in faces.items() if first[ref] == ref})
    first = {ref: first[lead] for ref, lead in first.items()}
    for a, b in (pair for pair, one in (judged or {}).items() if not one):
        if a in first and first[a] == first.get(b):
            first |= {a: a, b: b}
    said = {_pair(first.get(a, a), first.get(b, b)): one for (a, b), one in (judged or {}).items()}
    leads = [t for t in told if first[t.ref] == t.ref]
    inside: dict[Pair, float] = {}
    across: dict[Pair, float] = {}
    clash = {pair for pair, one in said.items() if not one}
    for (a, b), verdict in compared(faces):
        pair = _pair(first[a], first[b])
        if pair[0] == pair[1]:
            continue
        at = inside if faces[a].report == faces[b].report else across
        at[pair] = max(at.get(pair, verdict.score), verdict.score)
        if verdict.clash and pair in ((a, b), (b, a)):
            clash.add(pair)
    here = [pair for pair in clash if pair in inside or not said.get(pair, True)]
    scenes = groups((t.ref for t in leads), inside, rules()["event"]["scene"], apart=here)
    scene = {ref: some[0] for some in scenes for ref in some}
    like: dict[Pair, float] = {}
    for (a, b), score in across.items():
        pair = _pair(scene[a], scene[b])
        like[pair] = max(like.get(pair, score), score)
    found = groups(
        (some[0] for some in scenes),
        like,
        rules()["event"]["group"],
        known=rules()["event"]["known"],
        one={_pair(scene[a], scene[b]) for (a, b), one in said.items() if one and a in scene and b in scene},
        apart={_pair(scene[a], scene[b]) for a, b in clash if a in scene and b in scene},
    )
    home = {name: n for n, group in enumerate(found) for name in group}
    full: list[list[Telling[Event]]] = [[] for _ in found]
    for telling in told:
        full[home[scene[first[telling.ref]]]].append(telling)
    return [tuple(g) for g in full]


def _firsts(told: Iterable[Telling[Event]], faces: Mapping[str, pairs.Face]) -> dict[str, str]:
    """For each telling the first one of the same event in its report, as the reading has it, or itself.

    A row that disagrees with its first starts anew, and later ones that name no place go with the one told last. Where
    the report names several towns, a row whose town was only taken from around it must be like its first in more than
    that. `faces` are in the order of the text.
    """
    by_ref = {t.ref: t for t in told}
    towns: dict[tuple[str, str], set[str]] = defaultdict(set)
    for face in faces.values():
        if face.named and face.where:
            towns[face.report, face.meets].add(face.where)
    found: dict[str, str] = {}
    last: dict[str, str] = {}
    for ref, face in faces.items():
        telling = by_ref[ref]
        lead = f"{telling.report.short}/{telling.item.same_as}" if telling.item.same_as else ref
        first = lead if face.named else last.get(lead, lead)
        follows = first in found and not pairs.disagree(face, faces[first])
        if follows and pairs.guessed(face) and len(towns[face.report, face.meets]) > 1:
            follows = pairs.compare(face, faces[first]).score >= rules()["event"]["scene"]
        last[lead] = found[ref] = found[first] if follows else ref
    return found


def _anchored(faces: Mapping[str, pairs.Face]) -> dict[str, str]:
    """Rows that name no town, each with one that does: in one report, of kinds that meet, in days that nearly meet.

    Only of kinds that one side does to another, and only where all such rows of the report that lie in its country or
    province name one and the same town; a row whose own words name the country tells of the country. A town that was
    only taken from around a row must be the one town that the report names. `faces` are in the order of the text.
    """
    found: dict[str, str] = {}
    several: dict[tuple[str, str, bool], list[tuple[str, pairs.Face]]] = defaultdict(list)
    for ref, face in faces.items():
        if pairs.one_way(face):
            several[face.report, face.meets, face.planned].append((ref, face))
    for rows in several.values():
        towns = [(ref, face) for ref, face in rows if face.where and face.named]
        for ref, face in rows:
            if face.named and (face.where or pairs.wide(face)):
                continue
            loose = face._replace(place=None) if face.where else face
            near = [(pairs.gap(face, town) or 0, n) for n, (_, town) in enumerate(towns) if pairs.near(loose, town)]
            if near and {towns[n][1].where for _, n in near} == {face.where or towns[near[0][1]][1].where}:
                first, town = towns[min(near)[1]]
                if not pairs.disagree(face, town):
                    found[ref] = first
    return found


def _place_in_text(telling: Telling[Event]) -> tuple[str, int, str]:
    return telling.report.id, telling.item.sentence.start, telling.ref


def compared(faces: Mapping[str, pairs.Face]) -> Iterator[tuple[Pair, Verdict]]:
    """Every two tellings that meet under a name within some days, each pair once, with the verdict on it."""
    shelves: dict[tuple[str, int], list[str]] = defaultdict(list)
    for ref, face in faces.items():
        keys = [(name, week) for name in pairs.names(face) for week in pairs.weeks(face, _DAYS)]
        for other in dict.fromkeys(o for key in keys for o in shelves[key]):
            yield _pair(ref, other), pairs.compare(face, faces[other])
        for key in keys:
            shelves[key].append(ref)


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)
