"""One training run: batches of windows, losses, checkpoints. Killed at any point, it goes on from its last one."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from counterclaim.reading.encoder.net import distance, encoded
from counterclaim.reading.encoder.pieces import Pieces
from counterclaim.reading.encoder.words import Window
from training.gold import Example
from training.model import Net, weights

#: Cross-entropy takes this label for "do not count".
SKIP = -100
SAVE_EVERY = 50


@dataclass(frozen=True)
class Plan:
    """The settings of a run. `replay`: for each window of ours, how many of PolNeAR are read again."""

    epochs: int = 3
    rate: float = 2e-4
    seed: int = 1
    limit: int = 192
    batch: int = 16
    replay: float = 0.0


@dataclass
class Item:
    """One window as numbers."""

    ids: list[int]
    kinds: list[int]
    first: list[int]
    cues: list[int]
    links: list[tuple[list[int], list[int]]]
    """For each cue: its words, and the label of every word of the window."""


def pieces() -> Pieces:
    """The vocabulary of the encoder."""
    return Pieces((weights() / "vocab.txt").read_text(encoding="utf-8").splitlines())


def train(net: Net, examples: Sequence[Example], again: Sequence[Example], plan: Plan, out: Path) -> None:
    """Train `net` on `examples`, and on a share of `again`, drawn anew each epoch. The end lies in `out`/weights.pt."""
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(plan.seed)
    vocabulary = pieces()
    total = plan.epochs * len(_batches(examples, again, plan, 0, vocabulary)) + 1
    optimiser = _optimiser(net, plan.rate)
    warm = max(1, int(0.06 * total))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min(1.0, (s + 1) / warm) * max(0.0, 1 - s / total)
    )
    step = done = 0
    checkpoint = out / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        net.load_state_dict(state["net"])
        optimiser.load_state_dict(state["optimiser"])
        schedule.load_state_dict(state["schedule"])
        torch.set_rng_state(state["random"])
        done = state["step"]
    net.train()
    began, seen = time.monotonic(), [0.0, 0.0]
    with (out / "log.jsonl").open("a", encoding="utf-8") as log:
        for epoch in range(plan.epochs):
            for items in _batches(examples, again, plan, epoch, vocabulary):
                step += 1
                if step <= done:
                    continue
                cue, link = losses(net, items)
                optimiser.zero_grad()
                (3 * cue + 2 * link).backward()
                nn.utils.clip_grad_norm_(net.parameters(), 1.0)
                optimiser.step()
                schedule.step()
                seen = [seen[0] + cue.item(), seen[1] + link.item()]
                if step % SAVE_EVERY == 0:
                    each = (time.monotonic() - began) / (step - done)
                    row = {"step": step, "of": total, "cue": seen[0] / SAVE_EVERY, "link": seen[1] / SAVE_EVERY}
                    print(json.dumps(row | {"seconds": round(each, 2)}), file=log, flush=True)
                    seen = [0.0, 0.0]
                    _save(checkpoint, {
                        "net": net.state_dict(), "optimiser": optimiser.state_dict(),
                        "schedule": schedule.state_dict(), "random": torch.get_rng_state(), "step": step,
                    })  # fmt: skip
    _save(out / "weights.pt", net.state_dict())
    (out / "plan.json").write_text(json.dumps(asdict(plan)) + "\n", encoding="utf-8")
    checkpoint.unlink(missing_ok=True)


def _save(path: Path, state: object) -> None:
    new = path.with_suffix(".new")
    torch.save(state, new)
    new.replace(path)


def _optimiser(net: Net, rate: float) -> torch.optim.Optimizer:
    """The encoder slowly, what is new (heads and kinds of words) five times as fast; no decay on vectors."""
    old, flat, new = [], [], []
    for name, parameter in net.named_parameters():
        if not name.startswith("tagger.encoder") or "token_type" in name:
            new.append(parameter)
        else:
            (old if parameter.dim() > 1 else flat).append(parameter)
    return torch.optim.AdamW(
        [
            {"params": old, "lr": rate, "weight_decay": 0.01},
            {"params": flat, "lr": rate, "weight_decay": 0.0},
            {"params": new, "lr": 5 * rate, "weight_decay": 0.0},
        ],
        betas=(0.9, 0.98),
    )


def losses(net: Net, items: Sequence[Item]) -> tuple[Tensor, Tensor]:
    """Cross-entropy of the cue labels and of the link labels, each a mean over words."""
    vectors = net.tagger.vectors(
        _padded([i.ids for i in items]), _padded([i.kinds for i in items]),
        _padded([[1] * len(i.ids) for i in items]), _padded([i.first for i in items]),
    )  # fmt: skip
    wanted = _padded([i.cues for i in items], SKIP)
    cue = cross_entropy(net.tagger.cues(vectors).flatten(0, 1), wanted.flatten(), ignore_index=SKIP)
    sums, words = [], 0
    for item, window in zip(items, vectors, strict=True):
        if item.links:
            scores = linked(net, window[: len(item.first)], [c for c, _ in item.links])
            labels = torch.tensor([label for _, label in item.links])
            sums.append(cross_entropy(scores.flatten(0, 1), labels.flatten(), reduction="sum"))
            words += labels.numel()
    return cue, torch.stack(sums).sum() / words if sums else cue * 0


def linked(net: Net, vectors: Tensor, cues: list[list[int]]) -> Tensor:
    """The link scores of some cues of one window."""
    pooled = torch.stack([vectors[cue].mean(0) for cue in cues])
    places = torch.arange(len(vectors)).numpy()
    distances = torch.stack([torch.from_numpy(distance(places - cue[0])) for cue in cues])
    scores: Tensor = net.linker(vectors, pooled, distances)
    return scores


def _padded(rows: Sequence[Sequence[int]], fill: int = 0) -> Tensor:
    longest = max(map(len, rows))
    return torch.tensor([[*row, *[fill] * (longest - len(row))] for row in rows], dtype=torch.long)


def _batches(
    examples: Sequence[Example], again: Sequence[Example], plan: Plan, epoch: int, vocabulary: Pieces
) -> list[list[Item]]:
    """The windows of an epoch in batches of like length. Window edges, order and what is read again change by epoch."""
    chance = random.Random(f"{plan.seed} {epoch}")
    items = [i for e in examples for i in _items(e, plan.limit, chance, vocabulary)]
    more = [i for e in _some(again, chance, plan.replay) for i in _items(e, plan.limit, chance, vocabulary)]
    items += more[: int(plan.replay * len(items))]
    chance.shuffle(items)
    batches = []
    for start in range(0, len(items), 16 * plan.batch):
        block = sorted(items[start : start + 16 * plan.batch], key=lambda i: len(i.ids))
        batches += [block[n : n + plan.batch] for n in range(0, len(block), plan.batch)]
    chance.shuffle(batches)
    return batches


def _some(examples: Sequence[Example], chance: random.Random, share: float) -> list[Example]:
    return chance.sample(list(examples), min(len(examples), 200)) if share else []


def _items(example: Example, limit: int, chance: random.Random, vocabulary: Pieces) -> list[Item]:
    """Whole sentences packed greedily; the first window is of any length, so that edges fall elsewhere each epoch."""
    text = example.text
    sizes = [len(vocabulary.of(text.word(n))) for n in range(len(text.spans))]
    found, room = [], chance.randint(limit // 4, limit - 2)
    first, last, cost = 0, 0, 2
    for start, end in text.sentences:
        size = sum(sizes[start:end]) + 1
        if last > first and cost + size > room:
            found.append((first, last))
            first, cost, room = start, 2, limit
        last, cost = end, cost + size
    if last > first:
        found.append((first, last))
    return [item for a, b in found if (item := _item(example, a, b, vocabulary, sizes, limit)) is not None]


def _item(example: Example, first: int, last: int, vocabulary: Pieces, sizes: list[int], limit: int) -> Item | None:
    while sum(sizes[first:last]) > 2 * limit:  # a table or a broken page: its beginning is enough
        last = first + (last - first) // 2
    window = Window(first, last, first, last)
    ids, kinds, places = encoded(example.text, window, vocabulary, example.domain)
    cues, links = [0] * (last - first), []
    for link in sorted(example.links, key=lambda k: (k.narrow, k.sure)):
        cue = [n - first for n in link.cue if first <= n < last]
        if not cue:
            continue
        for n in cue:
            goes_on = n - 1 in cue
            cues[n] = (1 if link.narrow else 3) + goes_on if link.sure else SKIP
        label = [0] * (last - first)
        for value, words in ((2, link.content), (1, link.source)):
            for n in words:
                if first <= n < last:
                    label[n - first] = value
        links.append((cue, label))
    return Item(ids, kinds, places, cues, links) if places else None
