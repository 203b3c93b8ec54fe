"""How well places are read in public sets: found, and resolved to the right spot of the earth.

    python tools/measure_places.py SET.jsonl... [--given] [--out FOLDER] [--parses FILE] [--errors N]

A set has one text a line: {"id", "text", "toponyms": [{"start", "end", "text", "lat", "lon", "geonameid"}]}, offsets in
characters, end exclusive, `lat` and `lon` null where nobody knows the place. Two tasks: end to end, where we must find
the names too (F1 of names found and resolved), and with --given, where the names are given (share resolved). A place is
right if it has the same GeoNames id or lies within 161 km (100 miles, the limit that published figures use).

--out writes the predictions, one text a line, for other scorers. --parses keeps the parses for the next run.
"""

from __future__ import annotations

import argparse
import json
import pickle
import re
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from counterclaim import conflict, language
from counterclaim.reading import places
from counterclaim.reading.places.resolve import kilometres
from counterclaim.types import Passage, Place, Report, Span

WITHIN_KM = 161.0
_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n(?!\s*\n)[^\n]*\S[^\n]*)*")


class Parser:
    """The pipeline, or the parses that an earlier run kept."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.kept: dict[str, bytes] = pickle.loads(path.read_bytes()) if path and path.exists() else {}
        self.grown = False
        self.nlp = None if self.kept else language.pipeline()
        import spacy

        self.vocab = self.nlp.vocab if self.nlp else spacy.blank("en").vocab

    def pipe(self, texts: Iterable[Any], batch_size: int = 32) -> Iterator[Any]:
        """As the pipeline's, one text at a time."""
        import spacy.tokens

        del batch_size
        for text in texts:
            if not isinstance(text, str) or text not in self.kept:
                self.nlp = self.nlp or language.pipeline()
                self.kept[str(text)] = self.nlp(text).to_bytes(exclude=["tensor", "user_data"])
                self.grown = True
            yield spacy.tokens.Doc(self.vocab).from_bytes(self.kept[str(text)])

    def make_doc(self, text: str) -> Any:
        """As the pipeline's."""
        self.nlp = self.nlp or language.pipeline()
        return self.nlp.make_doc(text)

    def save(self) -> None:
        """Keep the parses."""
        if self.path and self.grown:
            self.path.write_bytes(pickle.dumps(self.kept))
            self.grown = False


def report(doc: dict[str, Any]) -> Report:
    """The text as a report: every paragraph is prose, for these sets mark the names of all."""
    spans = (Span(m.start(), m.end()) for m in _PARAGRAPH.finditer(doc["text"]))
    return Report(id=str(doc["id"]), text=doc["text"], passages=tuple(Passage(kind="paragraph", span=s) for s in spans))


def right(gold: dict[str, Any], place: Place | dict[str, Any] | None) -> bool:
    """The same GeoNames id, or near enough."""
    found = as_json(place) if isinstance(place, Place) else place
    if found is None or found["lat"] is None:
        return False
    if found["geonameid"] and found["geonameid"] == gold.get("geonameid"):
        return True
    return kilometres((found["lat"], found["lon"]), (gold["lat"], gold["lon"])) <= WITHIN_KM


def as_json(place: Place) -> dict[str, Any]:
    """What the predictions say of a place."""
    return {
        "lat": place.lat, "lon": place.lon, "geonameid": place.geonames_id, "name": place.name, "kind": place.kind,
        "admin1": place.admin1, "country": place.country,
    }  # fmt: skip


def end_to_end(page: language.Page, profile: conflict.Conflict) -> list[dict[str, Any]]:
    """The places that we find."""
    found = places.find(page, profile).mentions
    return [{"start": m.span.start, "end": m.span.end, **as_json(m.place)} for m in found if m.place.lat is not None]


def with_given(page: language.Page, profile: conflict.Conflict, gold: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the given names mean to us."""
    found = places.given(page, [Span(t["start"], t["end"]) for t in gold], profile)
    nothing = {"lat": None, "lon": None, "geonameid": None}
    return [
        {"start": t["start"], "end": t["end"], **(as_json(p) if p else nothing)}
        for t, p in zip(gold, found, strict=True)
    ]


def pairs(gold: list[dict[str, Any]], found: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """Marked and found names that overlap, one to one: the same span first, then the largest overlap."""
    some = []
    for i, g in enumerate(gold):
        for j, f in enumerate(found):
            shared = min(g["end"], f["end"]) - max(g["start"], f["start"])
            if shared > 0:
                some.append(((g["start"], g["end"]) != (f["start"], f["end"]), -shared, i, j))
    taken: tuple[set[int], set[int]] = set(), set()
    out = []
    for _, _, i, j in sorted(some):
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i), taken[1].add(j)
            out.append((i, j))
    return out


def measure(path: Path, parser: Parser, given: bool, out: Path | None, errors: list[str]) -> dict[str, float]:
    """Read one set; its figures."""
    good = marked = found = 0
    seconds = 0.0
    lines = []
    for line in path.read_text(encoding="utf8").splitlines():
        doc = json.loads(line)
        text, gold = doc["text"], doc["toponyms"]
        one = report(doc)
        profile = conflict.choose(one)
        page = language.page_of(one, parser)  # type: ignore[arg-type]
        start = time.process_time()
        told = with_given(page, profile, gold) if given else end_to_end(page, profile)
        seconds += time.process_time() - start
        lines.append(json.dumps({"id": doc["id"], "toponyms": told}))
        matched = dict(pairs(gold, told))
        marked += sum(t["lat"] is not None for t in gold)
        found += len(told) - sum(gold[i]["lat"] is None for i in matched)
        for i, g in enumerate(gold):
            if g["lat"] is None:
                continue
            answer = told[matched[i]] if i in matched else None
            if right(g, answer):
                good += 1
            else:
                errors.append(_error(doc["id"], text, g, answer))
        if not given:
            errors.extend(
                _error(doc["id"], text, None, t) for j, t in enumerate(told) if j not in set(matched.values())
            )
    if out:
        out.mkdir(parents=True, exist_ok=True)
        (out / f"{path.stem}{'.given' if given else ''}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf8")
    recall, precision = good / max(marked, 1), good / max(found, 1)
    if given:
        return {"resolved": recall, "of": marked, "seconds": seconds}
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return {"precision": precision, "recall": recall, "F1": f1, "of": marked, "seconds": seconds}


def _error(number: str, text: str, gold: dict[str, Any] | None, told: dict[str, Any] | None) -> str:
    some = gold or told or {}
    words = text[some["start"] : some["end"]]
    around = " ".join(text[max(0, some["start"] - 60) : some["end"] + 50].split())
    answer = "nothing" if told is None or told["lat"] is None else _point(told)
    meant = f"{gold.get('geonameid')} {gold['lat']:.2f},{gold['lon']:.2f}" if gold else "no place"
    return f"{number}: {words!r} is {meant}, read as {answer}: …{around}…"


def _point(told: dict[str, Any]) -> str:
    where = ", ".join(str(told[k]) for k in ("name", "admin1", "country") if told[k])
    return f"{where} ({told['kind']} {told['geonameid']} {told['lat']:.2f},{told['lon']:.2f})"


def main() -> int:
    """Measure the sets named and print a line for each."""
    args = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    args.add_argument("sets", nargs="+", type=Path)
    args.add_argument("--given", action="store_true", help="the names are given: only resolve them")
    args.add_argument("--out", type=Path, help="folder for the predictions")
    args.add_argument("--parses", type=Path, help="file that keeps the parses")
    args.add_argument("--errors", type=int, default=0, metavar="N", help="print so many errors of each set")
    options = args.parse_args()
    parser = Parser(options.parses)
    for path in options.sets:
        errors: list[str] = []
        figures = measure(path, parser, options.given, options.out, errors)
        parser.save()
        told = "  ".join(
            f"{name} {value:.3f}" if value < 1 else f"{name} {value:.0f}" for name, value in figures.items()
        )
        print(f"{path.stem:20} {told}", flush=True)
        step = max(1, len(errors) // max(options.errors, 1))
        for error in errors[::step][: options.errors]:
            print("   ", error)
    return 0


if __name__ == "__main__":
    sys.exit(main())
