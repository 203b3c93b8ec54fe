"""Weights to the two nets that are read: ONNX, eight-bit, with their vocabulary and a description.

Quantised to seven bits of weight a channel (`reduce_range`): processors without VNNI would saturate on eight and read
the same report differently.
"""

from __future__ import annotations

import json
import tempfile
import warnings
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.model import Linker, Net, Tagger, weights

#: Windows at reading: their pieces, and those of the sentences around what is asked about. Trained on 192, they read
#: best on 256 without more around (docs/measures.md).
LIMIT, CONTEXT = 256, 0
#: Least chance that a word is a cue for it to be proposed.
LEAST = {"cue": 0.4}


class _Reader(nn.Module):
    """The tagger over one window."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(self, ids: Tensor, kinds: Tensor, first: Tensor) -> tuple[Tensor, Tensor]:
        vectors = self.tagger.vectors(ids, kinds, torch.ones_like(ids), first.unsqueeze(0))[0]
        return vectors, self.tagger.cues(vectors)


class _Links(nn.Module):
    """The linker over one window."""

    def __init__(self, linker: Linker) -> None:
        super().__init__()
        self.linker = linker

    def forward(self, vectors: Tensor, cues: Tensor, distances: Tensor) -> Tensor:
        scores: Tensor = self.linker(vectors, cues, distances)
        return scores


def export(net: Net, folder: Path, version: str) -> None:
    """Write tagger.onnx, linker.onnx, vocabulary.txt and model.json to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    net.eval()
    words, cues, width = 7, 2, net.tagger.width
    ids, kinds = torch.randint(1000, 2000, (1, 12)), torch.zeros(1, 12, dtype=torch.long)
    first = torch.tensor([1, 2, 4, 5, 7, 8, 9])
    _write(
        _Reader(net.tagger), (ids, kinds, first), folder / "tagger.onnx",
        {"ids": {1: "pieces"}, "kinds": {1: "pieces"}, "first": {0: "words"}}, ["vectors", "cues"],
    )  # fmt: skip
    _write(
        _Links(net.linker),
        (torch.randn(words, width), torch.randn(cues, width), torch.randint(0, 32, (cues, words))),
        folder / "linker.onnx",
        {"vectors": {0: "words"}, "cues": {0: "cues"}, "distances": {0: "cues", 1: "words"}}, ["links"],
    )  # fmt: skip
    (folder / "vocabulary.txt").write_bytes((weights() / "vocab.txt").read_bytes())
    about = {"version": version, "limit": LIMIT, "context": CONTEXT, "least": LEAST}
    (folder / "model.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def _write(
    net: nn.Module, inputs: tuple[Tensor, ...], path: Path, axes: dict[str, dict[int, str]], outputs: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the exporter warns of its own age
            torch.onnx.export(
                net, inputs, str(whole), input_names=list(axes), output_names=outputs,
                dynamic_axes=axes | {name: {0: "words"} for name in outputs if name != "links"},
                opset_version=17, dynamo=False,
            )  # fmt: skip
        quantize_dynamic(
            str(whole), str(path), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True,
            op_types_to_quantize=["MatMul", "Gather"],
        )  # fmt: skip
