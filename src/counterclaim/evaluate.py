"""Scores of the reader against annotated reports, and the floors under them.

A gold folder holds `reports.jsonl` (reports in the shape of the contract) and `gold/ID.json` (their annotation, in the
terms of docs/contract.md). Scores are micro-averaged over reports; items match one to one, the best pair first; gold
items marked `optional` count on neither side. docs/measures.md says the same at more length.

    statements           words of the contents overlap by half or more (intersection over union)
    statements+speaker   and the speaker's name shares its telling word with the gold name
    events               sentences overlap by half of the shorter, same kind; the joint figure wants nothing more
    figures              the numbers' spans overlap by half of the shorter
    control              place, state and holder, as a set in each report
    places               canonical names, as a set in each report
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec

from counterclaim import countries
from counterclaim.errors import BelowFloor, ConfigError, InputError
from counterclaim.reading import Reader, read
from counterclaim.sources import report_from
from counterclaim.views.contract import as_contract

Item = Mapping[str, Any]
Pairs = list[tuple[int, int]]

_WORD = re.compile(r"\w+")
_GRACE = timedelta(days=1)
#: A hundred miles: the distance that geocoders are scored by.
_NEAR_KM = 161
#: Words that tell nobody from anybody else in a name.
_EMPTY = frozenset(
    """the a an of for in on to and s government ministry minister office official officials president prime leader
    authorities authority spokesman spokesperson forces army armed military troops city town region regional senior
    anonymous head commander general state national news media agency group oblast province defence defense foreign
    affairs former interior city village el al""".split()
)


@dataclass
class Tally:
    """Counts behind a score: right, read (by the program) and gold (in the annotation)."""

    right: int = 0
    read: int = 0
    gold: int = 0

    @property
    def f1(self) -> float:
        """Twice the right ones over all read and all gold; 0 where there is nothing at all."""
        return 2 * self.right / (self.read + self.gold) if self.read + self.gold else 0.0

    @property
    def share(self) -> float:
        """The right ones over gold: for properties of matched items, where nothing can be read too much."""
        return self.right / self.gold if self.gold else 0.0

    def add(self, right: int, read: int, gold: int) -> None:
        """Count some more."""
        self.right += right
        self.read += read
        self.gold += gold


@dataclass
class Scores:
    """The scores of some reports, by measure. Names with a dot are properties of matched items ("events.place")."""

    reports: int = 0
    tallies: dict[str, Tally] = field(default_factory=dict)

    def tally(self, name: str) -> Tally:
        """The tally of a measure, made on first use."""
        return self.tallies.setdefault(name, Tally())

    def value(self, name: str) -> float:
        """The figure of a measure: F1, or the share right for a property of matched items."""
        tally = self.tallies[name]
        return tally.share if "." in name else tally.f1

    def check(self, floors: Mapping[str, float]) -> None:
        """Compare with floors.

        Raises:
            BelowFloor: naming each measure that came out lower, or that was not measured.
        """
        low = [
            f"{name} {self.value(name):.3f} < {floor:.3f}" if name in self.tallies else f"{name} not measured"
            for name, floor in floors.items()
            if name not in self.tallies or self.value(name) < floor
        ]
        if low:
            raise BelowFloor(
                "below the floor: " + "; ".join(low), hint="Mend the reader, or lower the floor and say why in the log"
            )


def gold_of(folder: Path, only: frozenset[str] | None = None) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """The annotated reports of a gold folder, each with its annotation, in the order of `reports.jsonl`.

    Raises:
        ConfigError: if the folder is not laid out as a gold folder.
        InputError: if a line or an annotation is not JSON.
    """
    reports = folder / "reports.jsonl"
    if not reports.is_file() or not (folder / "gold").is_dir():
        raise ConfigError(
            "no gold folder", where=str(folder), hint="It needs reports.jsonl and a folder gold/ (see docs/measures.md)"
        )
    with reports.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                report = json.loads(line)
                path = folder / "gold" / f"{report['id']}.json"
                if (only and report["id"] not in only) or not path.is_file():
                    continue
                yield report, json.loads(path.read_text(encoding="utf-8"))
            except (ValueError, KeyError, TypeError) as error:
                raise InputError(f"not a gold report ({error})", where=f"{reports}, line {number}") from error


def run(
    folder: Path,
    only: frozenset[str] | None = None,
    step: Callable[[str], None] = lambda _: None,
    reader: Reader | None = None,
) -> dict[str, Scores]:
    """Read and score a gold folder: the scores of each report by id, and of all together under "all".

    `only` keeps to some ids. `step` is called with the id of each report when it has been read.

    Raises:
        ConfigError: if the folder is not laid out as a gold folder.
        InputError: if a line or an annotation cannot be read.
    """
    every: dict[str, Scores] = {}
    total = Scores()
    for data, gold in gold_of(folder, only):
        reading = as_contract(read(report_from(data, f"{folder.name}/{data['id']}"), reader=reader))
        score(gold, reading, every.setdefault(data["id"], Scores()))
        score(gold, reading, total)
        step(data["id"])
    return {**every, "all": total}


def floors_of(path: Path) -> dict[str, dict[str, float]]:
    """The floors in a JSON file: by report id or "all", then by measure.

    Raises:
        ConfigError: if it is missing or not of that shape.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, dict[str, float]])
    except (OSError, msgspec.DecodeError) as error:
        raise ConfigError(f"no floors ({error})", where=str(path)) from error


def score(gold: Item, reading: Item, into: Scores) -> None:
    """Score one reading (in the contract's shape) against the annotation of its report."""
    into.reports += 1
    _statements(gold, reading, into)
    _events(gold, reading, into)
    _figures(gold, reading, into)
    _control(gold, reading, into)
    _places(gold, reading, into)


def _match(gold: list[Any], read: list[Any], worth: Callable[[Any, Any], float]) -> Pairs:
    """Pairs (gold, read), one to one, the worthiest first. Zero is no match."""
    worths = ((worth(g, r), -i, -j) for i, g in enumerate(gold) for j, r in enumerate(read))
    pairs: Pairs = []
    seen: tuple[set[int], set[int]] = (set(), set())
    for _, i, j in sorted((w for w in worths if w[0] > 0), reverse=True):
        if -i not in seen[0] and -j not in seen[1]:
            seen[0].add(-i)
            seen[1].add(-j)
            pairs.append((-i, -j))
    return pairs


def _count(tally: Tally, gold: list[Any], read: list[Any], pairs: Pairs, right: Callable[[int, int], bool]) -> None:
    """Count matches, leaving out what is optional in the gold on both sides."""
    optional = [bool(g.get("optional")) for g in gold]
    free = sum(optional[i] for i, _ in pairs)
    tally.add(sum(not optional[i] and right(i, j) for i, j in pairs), len(read) - free, optional.count(False))


def _always(_i: int, _j: int) -> bool:
    return True


def _inside(gold: Item, start: int | None) -> bool:
    """Whether an offset lies in the part of the page that was annotated."""
    return start is None or not gold.get("scope") or any(a <= start < b for a, b in gold["scope"])


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Shared characters over the shorter of two spans."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0])) / max(1, min(a[1] - a[0], b[1] - b[0]))


def _place_name(item: Item) -> str:
    place = item.get("place")
    return (place.get("name") if isinstance(place, Mapping) else place) or ""


def fold(words: str) -> list[str]:
    """The words of a name, folded: no accents, no case, demonyms and country variants as the country."""
    flat = unicodedata.normalize("NFKD", re.sub(r"\([^)]*\)", " ", words))
    flat = "".join(c for c in flat if not unicodedata.combining(c))
    whole = countries.find(flat)
    if whole is not None:
        return whole.name.lower().split()
    folded: list[str] = []
    for word in re.findall(r"[^\W_]+", flat.replace("’s", "").replace("'s", "")):
        country = countries.demonym(word)
        folded.append(country.name.lower() if country else word.lower())
    return folded


def same_name(one: str, other: str) -> bool:
    """Whether two names share a telling word: the last name of people, any but an empty word of bodies."""
    a, b = fold(one), fold(other)
    if a == b:
        return True
    telling = [{w for w in x if w not in _EMPTY} for x in (a, b)]
    return bool(telling[0] & telling[1]) if all(telling) else bool(set(a) & set(b))


def _same_speaker(gold: Item, speaker: Item | None) -> bool:
    name = (speaker or {}).get("name") or ""
    if gold["anonymous"] and (not name or (speaker or {}).get("anonymous")):
        return True
    return same_name(gold["speaker"].removeprefix("anonymous:"), name)


def _statements(gold: Item, reading: Item, into: Scores) -> None:
    wanted = [{**s, "words": _words([(s["content_start"], s["content_text"])])} for s in gold["statements"]]
    read = [
        {**s, "words": _words([(c["start"], c["text"]) for c in s["content"]])}
        for s in reading["statements"]
        if _inside(gold, s["content"][0]["start"])
    ]
    wanted = _joined(wanted, read)

    def worth(g: Item, r: Item) -> float:
        union = len(g["words"] & r["words"]) / max(1, len(g["words"] | r["words"]))
        return union + 0.3 * _same_speaker(g, r.get("speaker")) if union >= 0.5 else 0.0

    pairs = _match(wanted, read, worth)
    named = {(i, j) for i, j in pairs if _same_speaker(wanted[i], read[j].get("speaker"))}
    _count(into.tally("statements"), wanted, read, pairs, _always)
    _count(into.tally("statements+speaker"), wanted, read, pairs, lambda i, j: (i, j) in named)
    for i, j in pairs:
        g, r = wanted[i], read[j]
        for prop in ("stance", "directness"):
            into.tally(f"statements.{prop}").add(r[prop] == g[prop], 1, 1)
        into.tally("statements.anonymous").add(bool((r["speaker"] or {}).get("anonymous")) == g["anonymous"], 1, 1)
    found = {i for i, _ in named}
    for i, g in enumerate(wanted):
        if g.get("via") and not g.get("optional"):
            into.tally("statements.nested").add(i in found, 1, 1)


def _words(parts: list[tuple[int, str]]) -> set[int]:
    return {start + m.start() for start, text in parts for m in _WORD.finditer(text)}


def _joined(wanted: list[dict[str, Any]], read: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Gold parts of one utterance count as one where the reading joins them."""
    for name in sorted({g["utterance"] for g in wanted if g.get("utterance")}):
        parts = [g for g in wanted if g.get("utterance") == name]
        if any(sum(len(g["words"] & r["words"]) >= 0.5 * len(g["words"]) for g in parts) > 1 for r in read):
            whole = {**parts[0], "words": set().union(*(g["words"] for g in parts))}
            wanted = [g for g in wanted if g.get("utterance") != name] + [whole]
    return wanted


def _events(gold: Item, reading: Item, into: Scores) -> None:
    wanted = gold["events"]
    read = [e for e in reading["events"] if _inside(gold, e["sentence"]["start"])]

    def worth(g: Item, r: Item) -> float:
        start = g["sentence_start"]
        shared = _overlap((start, start + len(g["sentence"])), (r["sentence"]["start"], r["sentence"]["end"]))
        return shared + 0.3 * same_place(g["place"], _place_name(r)) if shared >= 0.5 and g["kind"] == r["kind"] else 0

    pairs = _match(wanted, read, worth)
    _count(into.tally("events"), wanted, read, pairs, _always)
    for i, j in pairs:
        g, r = wanted[i], read[j]
        if g["place"]:
            into.tally("events.place").add(same_place(g["place"], _place_name(r)), 1, 1)
        if g.get("date"):
            into.tally("events.date").add(_same_days(g["date"], r.get("date")), 1, 1)
        else:
            into.tally("events.left undated").add(r.get("date") is None, 1, 1)
        into.tally("events.status").add(g["status"] == r["status"], 1, 1)


def _same_days(gold: str, read: Item | None) -> bool:
    """A day: the reading starts within a day of it. A longer stretch: the reading lies in it, a day's grace around."""
    if not read:
        return False
    first, last = gold.split("/")[0], gold.split("/")[-1]
    begins = date.fromisoformat((first + "-01-01")[:10])
    ends = _last_day(last)
    start, end = date.fromisoformat(read["start"]), date.fromisoformat(read["end"])
    return begins - _GRACE <= start <= ends + _GRACE and (end <= ends + _GRACE or end - start <= ends - begins)


def _last_day(told: str) -> date:
    """The last day of YYYY, YYYY-MM or YYYY-MM-DD."""
    year, month, day = ([int(part) for part in told.split("-")] + [0, 0])[:3]
    return date(year, month, day) if day else date(year, month or 12, monthrange(year, month or 12)[1])


def same_place(gold: str | None, name: str) -> bool:
    """Any of the gold alternatives: one name's words contain the other's."""
    words = set(_canonical(name))
    return bool(words) and any(
        words <= set(alternative) or set(alternative) <= words
        for part in (gold or "").split(";")
        if (alternative := _canonical(part))
    )


def _canonical(place: str) -> list[str]:
    same = {"region": "oblast", "province": "oblast", "governorate": "oblast"}
    return [same.get(w, w) for w in fold(place) if w not in {"the", "city", "of", "town", "village", "el", "al"}]


def _figures(gold: Item, reading: Item, into: Scores) -> None:
    wanted = gold["figures"]
    read = [f for f in reading["figures"] if _inside(gold, f["start"])]

    def worth(g: Item, r: Item) -> float:
        shared = _overlap((g["start"], g["end"]), (r["start"], r["end"]))
        return shared if shared >= 0.5 else 0.0

    pairs = _match(wanted, read, worth)
    _count(into.tally("figures"), wanted, read, pairs, _always)
    for i, j in pairs:
        g, r = wanted[i], read[j]
        ends = (g["low"], g["high"]) == (r["low"], r["high"])
        into.tally("figures.low and high").add(ends, 1, 1)
        into.tally("figures.bound").add(g["kind"] == r["bound"], 1, 1)
        into.tally("figures.measure").add(r["measure"] in [g["what"], *g.get("what_alt", [])], 1, 1)
        into.tally("figures.claimed_by").add(_same_claimant(g["claimed_by"], r["claimed_by"]), 1, 1)


def _same_claimant(gold: str | None, name: str | None) -> bool:
    if not gold or gold == "reporter" or gold.startswith("anonymous: unattributed"):
        return not name
    if not name:
        return False
    both = gold.startswith("anonymous") and name.startswith("anonymous")
    return both or same_name(gold.removeprefix("anonymous:"), name.removeprefix("anonymous:"))


def _control(gold: Item, reading: Item, into: Scores) -> None:
    wanted = _once(gold["control"], lambda g: (*_canonical(g["place"]), g["status"], g["holder"]))
    shown = [c for c in reading["control"] if _inside(gold, c["sentence"]["start"])]
    read = _once(shown, lambda r: (*_canonical(_place_name(r)), r["state"], r["holder"]))

    def worth(g: Item, r: Item) -> float:
        if g["status"] != r["state"] or not same_place(g["place"], _place_name(r)):
            return 0.0
        if g["status"] == "contested":
            return 1.0
        sides = [("holder", "holder")] + ([("by", "by")] if g["status"] in {"besieged", "withdrawn"} else [])
        return float(any(g[a] and r[b] and same_name(g[a], r[b]) for a, b in sides))

    _count(into.tally("control"), wanted, read, _match(wanted, read, worth), _always)


def _places(gold: Item, reading: Item, into: Scores) -> None:
    wanted = _once(gold["places"], lambda g: tuple(_canonical(g["name"])))
    shown = [p for p in reading["places"] if _inside(gold, p["start"])]
    read = _once(shown, lambda r: tuple(_canonical(r["name"])))
    pairs = _match(wanted, read, lambda g, r: float(_canonical(g["name"]) == _canonical(r["name"])))
    _count(into.tally("places"), wanted, read, pairs, _always)
    for i, j in pairs:
        g, r = wanted[i], read[j]
        if g.get("lat") is not None:
            near = r["lat"] is not None and _km(g["lat"], g["lon"], r["lat"], r["lon"]) <= _NEAR_KM
            into.tally("places.within 161 km").add(near, 1, 1)


def _km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The great-circle distance of two points in kilometres."""
    a, b, c, d = (math.radians(x) for x in (lat, lon, other_lat, other_lon))
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(half)))


def _once(items: list[Any], key: Callable[[Any], Any]) -> list[Any]:
    """Items with the same key count once; one that is not optional stands for the others."""
    kept: dict[Any, Any] = {}
    for item in items:
        k = key(item)
        if k not in kept or kept[k].get("optional"):
            kept[k] = item
    return list(kept.values())
