"""Learn where events happened, over what the rules propose: python -m training.events GOLD [--nets OUT] [--write FILE]

A conditional logistic regression: of the candidate places of one event, those that the annotation names should weigh
most; the rules' answer is a sign among others. Prints the share of right places by the rules alone and with the
weights, on wars left out in turn and on reports left out in turn, then trains on all and writes the weights.

--nets names a folder that `python -m training` made: the statements of each war are then read with nets that have not
seen it. --keep holds the examples for the next run; reading the reports takes nearly all of the time.
"""

from __future__ import annotations

import json
import os
import pickle
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from counterclaim import conflict, evaluate, language, sources
from counterclaim.reading import actors, encoder, events, places, statements, times
from counterclaim.reading.encoder.net import SETTING
from counterclaim.reading.events.ranker import Ranker
from counterclaim.reading.events.signs import Signs
from counterclaim.types import Event
from training.gold import WARS, reports

#: How hard weights are pulled to zero, at how many events a sign must stand to have one, and how much better (in
#: logits) a place must be than the rules' answer. Chosen on reports left out, not on wars left out.
PULL, SEEN, LEAST = 2.0, 3, 1.0
#: Parts of the cross-validation over reports.
PARTS = 8
#: Weights nearer to zero than this are left out of the file.
_NOTHING = 0.005


@dataclass
class Example:
    """An event that the annotation places: the signs of its candidates and which are right; what the rules chose
    (None where that is no candidate), by which rule, and whether they were right."""

    report: str
    war: int
    signs: list[list[str]]
    right: list[bool]
    rule: int | None
    step: str
    ruled: bool


def examples(gold: Path, nets: Path | None) -> Iterator[Example]:
    """The events of the annotated reports that the rules found, as far as the annotation places them."""
    nlp = language.pipeline()
    wars = {e.id: e.war for e in reports(gold / "reports")}
    for record, annotation in evaluate.gold_of(gold / "reports"):
        if nets is not None:
            os.environ[SETTING] = str(nets / f"fold-1-{wars[record['id']]}" / "nets")
        report = sources.report_from(record)
        profile = conflict.choose(report, None)
        report = times.dated(report, profile)
        page = language.page_of(report, nlp)
        cast, calendar, atlas = actors.find(page, profile), times.find(page, profile), places.find(page, profile)
        read = [p.span for p in report.passages if p.kind in language.PARSED]
        said = statements.find(page, cast, calendar, encoder.propose(report.text, read))
        found, rows, land = events.proposed(page, cast, calendar, atlas, said)
        signs = Signs(rows, atlas, cast, land, said)
        for n, place in matched(annotation["events"], found):
            told, scene = signs.of(n), rows[n].scene
            names, rule = [p.name for p, _ in told], scene.place.name if scene.place else ""
            yield Example(
                report=record["id"],
                war=wars[record["id"]],
                signs=[s for _, s in told],
                right=[evaluate.same_place(place, name) for name in names],
                rule=names.index(rule) if rule in names else None,
                step=scene.step,
                ruled=evaluate.same_place(place, rule),
            )


def matched(annotated: list[dict[str, Any]], found: list[Event]) -> Iterator[tuple[int, str]]:
    """The numbers of events found that are annotated with a place, each with that place. One event a row."""
    free = list(annotated)
    for n, event in enumerate(found):
        alike = [g for g in free if g["kind"] == event.kind and _shared(g, event) >= 0.5]
        if alike:
            free.remove(best := max(alike, key=lambda g: _shared(g, event)))
            if best["place"]:
                yield n, best["place"]


def _shared(annotated: Mapping[str, Any], event: Event) -> float:
    """Shared characters of the two sentences over the shorter."""
    start, end = annotated["sentence_start"], annotated["sentence_start"] + len(annotated["sentence"])
    both = min(end, event.sentence.end) - max(start, event.sentence.start)
    return max(0, both) / min(end - start, event.sentence.end - event.sentence.start)


def train(given: list[Example]) -> Ranker:
    """The weights that make the right places of `given` likeliest, with a pull to zero."""
    given = [x for x in given if any(x.right) and not all(x.right)]
    seen = Counter(s for x in given for s in {s for signs in x.signs for s in signs})
    numbers = {s: n for n, s in enumerate(sorted(s for s, count in seen.items() if count >= SEEN))}
    columns = [[numbers[s] for s in signs if s in numbers] for x in given for signs in x.signs]
    ends = np.cumsum([0, *map(len, columns)])
    table = csr_matrix((np.ones(ends[-1]), np.concatenate(columns), ends), shape=(len(columns), len(numbers)))
    of = np.repeat(np.arange(len(given)), [len(x.signs) for x in given])
    right = np.concatenate([np.array(x.right, dtype=float) for x in given])

    def loss(weights: Any) -> tuple[float, Any]:
        scores = table @ weights
        most = np.full(len(given), -np.inf)
        np.maximum.at(most, of, scores)
        powers = np.exp(scores - most[of])
        every, good = np.bincount(of, powers), np.bincount(of, powers * right)
        slope = powers / every[of] - powers * right / good[of]
        return float(np.log(every / good).sum() + PULL * weights @ weights), table.T @ slope + 2 * PULL * weights

    found = minimize(loss, np.zeros(len(numbers)), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    weights = {s: round(float(found[n]), 3) for s, n in numbers.items() if abs(found[n]) >= _NOTHING}
    return Ranker(weights, LEAST)


def right(ranker: Ranker, example: Example) -> bool:
    """Whether the place that the ranker settles on is right."""
    chosen = ranker.choose(example.signs, example.rule)
    settled = chosen is None or example.rule is None or example.step == "role"
    return example.ruled if settled else example.right[chosen or 0]


def held_out(given: list[Example], part: Callable[[Example], int]) -> dict[int, list[tuple[bool, bool]]]:
    """By part: whether each of its examples is right by the rules, and with weights trained on the other parts."""
    found: dict[int, list[tuple[bool, bool]]] = {}
    for number in sorted({part(x) for x in given}):
        ranker = train([x for x in given if part(x) != number])
        found[number] = [(x.ruled, right(ranker, x)) for x in given if part(x) == number]
    return found


def _line(name: str, pairs: list[tuple[bool, bool]]) -> str:
    rules, both = (sum(p[n] for p in pairs) / len(pairs) for n in (0, 1))
    gained, lost = sum(b and not a for a, b in pairs), sum(a and not b for a, b in pairs)
    return f"{name:24} {len(pairs):6} {rules:7.3f} {both:7.3f}   +{gained} -{lost}"


@click.command()
@click.argument("gold", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--nets", type=click.Path(exists=True, file_okay=False, path_type=Path), help="For the held-out wars.")
@click.option("--keep", type=click.Path(dir_okay=False, path_type=Path), help="Holds the examples for the next run.")
@click.option("--write", type=click.Path(dir_okay=False, path_type=Path), help="Writes the weights there.")
def main(gold: Path, nets: Path | None, keep: Path | None, write: Path | None) -> None:
    """Cross-validate, print, and train on all."""
    if keep and keep.exists():
        given: list[Example] = pickle.loads(keep.read_bytes())  # noqa: S301  (our own file)
    else:
        given = list(examples(gold, nets))
        if keep:
            keep.write_bytes(pickle.dumps(given))
    names = sorted({x.report for x in given})
    random.Random(0).shuffle(names)
    parts = {name: n % PARTS for n, name in enumerate(names)}
    click.echo(f"{'left out':24} events   rules    both")
    for title, part in (("war", lambda x: x.war), ("reports", lambda x: parts[x.report])):
        found = held_out(given, part)
        if title == "war":
            for number, pairs in found.items():
                click.echo(_line([*WARS, "the rest"][number], pairs))
        click.echo(_line(f"each {title} in turn", [p for pairs in found.values() for p in pairs]))
    if write:
        ranker = train(given)
        text = json.dumps({"version": "places-1", "least": ranker.least, "weights": ranker.weights}, indent=0)
        write.write_text(text + "\n", encoding="utf-8")
        click.echo(_line("all, trained on all", [(x.ruled, right(ranker, x)) for x in given]))


if __name__ == "__main__":
    main()
