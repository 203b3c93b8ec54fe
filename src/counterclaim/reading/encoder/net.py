"""The encoder's two nets, read with onnxruntime: words to cues, and a cue to its source and content.

The nets and their vocabulary ship with the package (`lexicon/encoder`, with a model card); `training/` makes them.
"""

from __future__ import annotations

import functools
import importlib.util
import json
import os
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counterclaim.errors import ConfigError
from counterclaim.reading.encoder.pieces import Pieces
from counterclaim.reading.encoder.words import MARKS, Text, Window

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

#: Rows of the distance table: signed distance to the cue in words, exact to 7, then by powers of the root of two.
DISTANCES = 32
#: Names another folder of weights, for those who train their own.
SETTING = "COUNTERCLAIM_ENCODER"


@dataclass(frozen=True)
class Net:
    """The weights in memory. `version` names them; `limit` and `context` are the pieces of a window and around it."""

    tagger: Any
    linker: Any
    pieces: Pieces
    version: str
    limit: int
    context: int
    least: dict[str, float]
    """Least chances: `cue` to be proposed at all, `source` and `content` for a word to belong."""

    def words(self, text: Text, window: Window, domain: int) -> tuple[Floats, Floats]:
        """For each word of a window: its vector, and the chances of its labels.

        The labels: no cue; begins, goes on with a cue of communication; begins, goes on with another. `domain` is the
        definition asked for.
        """
        import numpy as np

        ids, kinds, first = encoded(text, window, self.pieces, domain)
        vectors, cues = self.tagger.run(None, {
            "ids": np.array([ids], dtype=np.int64),
            "kinds": np.array([kinds], dtype=np.int64),
            "first": np.array(first, dtype=np.int64),
        })  # fmt: skip
        return vectors, softmax(cues)

    def links(self, vectors: Floats, cues: list[list[int]]) -> Floats:
        """For each cue and word: the chances that the word is neither, of the source, or of the content."""
        import numpy as np

        pooled = np.stack([vectors[cue].mean(axis=0) for cue in cues])
        distances = np.stack([distance(np.arange(len(vectors)) - cue[0]) for cue in cues])
        (found,) = self.linker.run(None, {"vectors": vectors, "cues": pooled, "distances": distances})
        return softmax(found)


def encoded(text: Text, window: Window, pieces: Pieces, domain: int) -> tuple[list[int], list[int], list[int]]:
    """Piece numbers, their kinds (marks and domain), and where each word of the window begins among them."""
    ids, kinds, first = [pieces.start], [0], []
    for n in range(window.first, window.last):
        if n > window.first and text.paragraphs[n] != text.paragraphs[n - 1]:
            ids.append(pieces.break_)
            kinds.append(MARKS * domain)
        first.append(len(ids))
        numbers = pieces.of(text.word(n))
        ids += numbers
        kinds += [text.marks[n] + MARKS * domain] * len(numbers)
    return [*ids, pieces.break_], [*kinds, 0], first


def distance(words: NDArray[np.int64]) -> NDArray[np.int64]:
    """Signed distances in words as rows of the distance table, 0 to `DISTANCES` - 1."""
    import numpy as np

    far = np.abs(words)
    row = np.where(far < 8, far, (8 + 2 * np.log2(np.maximum(far, 8) / 8)).astype(np.int64)).clip(max=15)
    return np.where(words < 0, 15 - row, 16 + row)


def softmax(scores: Floats) -> Floats:
    """Scores to chances, along the last axis."""
    import numpy as np

    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    chances: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return chances


def installed() -> bool:
    """Whether the weights can be read here: they are part of the package, onnxruntime is a package of its own."""
    return importlib.util.find_spec("onnxruntime") is not None and _folder().joinpath("model.json").is_file()


def _folder() -> Any:
    named = os.environ.get(SETTING)
    return Path(named) if named else files("counterclaim.lexicon").joinpath("encoder")


def net() -> Net:
    """The weights of this package, or of the folder that COUNTERCLAIM_ENCODER names; loaded once.

    Raises:
        ConfigError: if onnxruntime or the weights are missing or broken.
    """
    return _loaded(_folder())


@functools.cache
def _loaded(folder: Any) -> Net:
    try:
        import onnxruntime

        about = json.loads(folder.joinpath("model.json").read_text(encoding="utf-8"))
        options = onnxruntime.SessionOptions()
        # one thread: reports are read beside each other in processes
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        tagger, linker = (
            onnxruntime.InferenceSession(
                folder.joinpath(name).read_bytes(), options, providers=["CPUExecutionProvider"]
            )
            for name in ("tagger.onnx", "linker.onnx")
        )
        vocabulary = folder.joinpath("vocabulary.txt").read_text(encoding="utf-8").splitlines()
    except (ImportError, OSError, ValueError, RuntimeError) as error:
        raise ConfigError(
            f"the encoder cannot be loaded ({error})", hint="Install onnxruntime, or read with --reader rules"
        ) from error
    return Net(
        tagger, linker, Pieces(vocabulary), about["version"], about["limit"], about["context"],
        about["least"],
    )  # fmt: skip
