"""Make the encoder from a folder of gold: python -m training GOLD OUT

    base      MiniLM on PolNeAR's train split                          OUT/base-SEED
    folds     each war held out in turn: the base on the other wars     OUT/fold-SEED-WAR
    final     the base on all reports, exported to the package          OUT/final-SEED

Each step is done once and skipped where its weights lie in OUT already; a step that was killed goes on from its last
checkpoint. `python -m training.measure GOLD OUT` then scores the folds.
"""

from __future__ import annotations

from pathlib import Path

import click
import torch

from training.export import export
from training.gold import WARS, Example, polnear, reports
from training.loop import Plan, train
from training.model import Net

#: The base on PolNeAR, then a short run on our own definition with as many windows of PolNeAR's again by half.
BASE = Plan(epochs=3, rate=2e-4)
OWN = Plan(epochs=4, rate=8e-5, replay=0.5)
#: Without PolNeAR the reports are all there is, and are read more often.
ALONE = Plan(epochs=10, rate=2e-4)


@click.command()
@click.argument("gold", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@click.option("--seed", "seeds", type=int, multiple=True, default=(1,), show_default=True)
@click.option("--without-polnear", is_flag=True, help="Train on the reports alone, to see what PolNeAR is worth.")
@click.option(
    "--layers", type=int, default=6, show_default=True, help="Of MiniLM's six, from below: fewer read faster."
)
@click.option(
    "--share", type=float, default=1.0, show_default=True,
    help="Of the exported weights, how much is the last step's; the rest is the base's, which knows PolNeAR better.",
)  # fmt: skip
@click.option("--threads", type=int, default=2, show_default=True)
@click.option("--steps", default="base,folds,final", show_default=True, help="Which steps to do.")
def main(
    gold: Path, out: Path, seeds: tuple[int, ...], without_polnear: bool, layers: int, share: float, threads: int,
    steps: str,
) -> None:  # fmt: skip
    """Train on GOLD (its folders `attribution` and `reports`); weights and logs go to OUT."""
    torch.set_num_threads(threads)
    own = list(reports(gold / "reports"))
    others = [] if without_polnear else list(polnear(gold / "attribution" / "polnear_train.jsonl"))
    for seed in seeds:
        base = None if without_polnear else out / f"base-{seed}"
        mark = "alone-" if without_polnear else ""
        if base is not None and "base" in steps:
            run(others, [], plan(BASE, seed), base, layers)
        again = plan(ALONE if without_polnear else OWN, seed)
        if "folds" in steps:
            for war in range(len(WARS) + 1):
                folder = out / f"{mark}fold-{seed}-{war}"
                run([e for e in own if e.war != war], others, again, folder, layers, base)
                export(mixed(base, folder, layers, share), folder / "nets", f"fold {war}")
        if "final" in steps:
            folder = out / f"{mark}final-{seed}"
            run(own, others, again, folder, layers, base)
            export(mixed(base, folder, layers, share), folder / "nets", f"statements-1.{seed}")


def plan(settings: Plan, seed: int) -> Plan:
    """The same settings with another seed."""
    return Plan(**{**settings.__dict__, "seed": seed})


def run(
    examples: list[Example], again: list[Example], settings: Plan, folder: Path, layers: int, base: Path | None = None
) -> None:
    """One training run, unless it is done."""
    if (folder / "weights.pt").exists():
        return
    click.echo(f"{folder.name}: {len(examples)} texts, {settings}", err=True)
    torch.manual_seed(settings.seed)
    net = loaded(base, layers) if base is not None else Net(layers)
    train(net, examples, again, settings, folder)


def loaded(folder: Path, layers: int) -> Net:
    """The net that a run left."""
    net = Net(layers)
    net.load_state_dict(torch.load(folder / "weights.pt", weights_only=True))
    return net


def mixed(base: Path | None, folder: Path, layers: int, share: float) -> Net:
    """The net that a run left, with a `share` of its own in each weight and the rest from the base it began from.

    Such averages keep what a last step forgets (Wortsman et al., Robust fine-tuning of zero-shot models, CVPR 2022).
    """
    net = loaded(folder, layers)
    if base is not None and share < 1:
        start = loaded(base, layers).state_dict()
        net.load_state_dict({name: torch.lerp(start[name], own, share) for name, own in net.state_dict().items()})
    return net


if __name__ == "__main__":
    main()
