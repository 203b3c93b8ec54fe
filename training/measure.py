"""Score the folds: each held-out war is read with the nets that never saw it. python -m training.measure GOLD OUT

Prints the scores of all held-out reports together, for each seed, for the reader with the encoder; the rules alone
are `counterclaim evaluate GOLD/reports --reader rules`. The rules were written with these reports in view, so what
the folds show of unseen wars is the encoder's part.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import click

from counterclaim import evaluate
from counterclaim.reading.encoder.net import SETTING
from training.gold import WARS, reports


@click.command()
@click.argument("gold", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("out", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--seed", "seeds", type=int, multiple=True, default=(1,), show_default=True)
@click.option("--without-polnear", is_flag=True)
def main(gold: Path, out: Path, seeds: tuple[int, ...], without_polnear: bool) -> None:
    """Print the scores as JSON, one line a seed."""
    mark = "alone-" if without_polnear else ""
    wars: dict[int, set[str]] = {}
    for example in reports(gold / "reports"):
        wars.setdefault(example.war, set()).add(example.id)
    for seed in seeds:
        total = evaluate.Scores()
        for war in range(len(WARS) + 1):
            for record, annotation, reading in readings(gold, out / f"{mark}fold-{seed}-{war}" / "nets", wars[war]):
                evaluate.score(annotation, reading, total)
                click.echo(f"seed {seed}, war {war}: {record['id']}", err=True)
        click.echo(json.dumps({"seed": seed} | {name: round(total.value(name), 3) for name in total.tallies}))


def readings(gold: Path, nets: Path, only: set[str]) -> Iterator[tuple[dict, dict, dict]]:
    """The annotated reports of one fold, each with its annotation and its reading in the contract's form."""
    from counterclaim.reading import read
    from counterclaim.sources import report_from
    from counterclaim.views.contract import as_contract

    before = os.environ.get(SETTING)
    os.environ[SETTING] = str(nets)
    try:
        for record, annotation in evaluate.gold_of(gold / "reports", frozenset(only)):
            yield record, annotation, as_contract(read(report_from(record), reader="encoder"))
    finally:
        os.environ.pop(SETTING)
        if before is not None:
            os.environ[SETTING] = before


if __name__ == "__main__":
    main()
