"""The mapper's network: a small encoder, and what it learns about a sentence and an entry."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn

from pipeline.map_encoder import Window
from training.encoders import load_small
from training.network import DROPOUT, POSITIONS, SMALL, VOCABULARY, Layer

KEPT = 3
"""Lower layers that keep their pretrained weights: what they say is reckoned once."""


class MapperNetwork(nn.Module):
    """Word pieces in; a state for each piece out. `label` holds what is learnt about sentences."""

    def __init__(self, parts: int) -> None:
        """Build the network with random weights."""
        super().__init__()
        hidden = SMALL.hidden
        self.words = nn.Embedding(VOCABULARY, hidden)
        self.positions = nn.Embedding(POSITIONS, hidden)
        self.normal = nn.LayerNorm(hidden, SMALL.tiny)
        self.layers = nn.ModuleList(Layer(SMALL) for _ in range(SMALL.layers))
        self.drop = nn.Dropout(DROPOUT)
        self.label = nn.ModuleDict(
            {"parts": nn.Linear(hidden, parts), "weigh": nn.Linear(hidden, 1), "gate": nn.Linear(hidden, 1)}
        )
        for layer in self.label.values():
            nn.init.zeros_(layer.weight)
        nn.init.constant_(self.label["parts"].bias, -2.0)

    def forward(self, ids: Tensor) -> Tensor:
        """Read windows of one length without padding, as the encoder does in service."""
        return self.upper(self.lower(ids), None)

    def lower(self, ids: Tensor) -> Tensor:
        """Read windows up to the layers that are not trained."""
        states = self.normal(self.words(ids) + self.positions.weight[: ids.shape[1]])
        for layer in self.layers[:KEPT]:
            states = layer(states, None)
        return states

    def upper(self, states: Tensor, mask: Tensor | None) -> Tensor:
        """Read on from there. The mask is true where there are pieces."""
        for layer in self.layers[KEPT:]:
            states = layer(states, mask)
        return states

    def judge(self, sentences: Tensor) -> tuple[Tensor, Tensor]:
        """Score each sentence for each part, and the entry for being CPD at all."""
        sentences = self.drop(sentences)
        weights = self.label["weigh"](sentences).softmax(0)
        return self.label["parts"](sentences), self.label["gate"]((weights * sentences).sum(0))[0]

    def trained(self) -> list[nn.Parameter]:
        """List the encoder's weights that are trained."""
        return list(self.layers[KEPT:].parameters())


def build(parts: int, encoder: Path) -> MapperNetwork:
    """Build a network over the pretrained encoder of a folder."""
    network = MapperNetwork(parts)
    load_small(network, encoder)
    return network


def sentence_vectors(states: Tensor, windows: list[Window]) -> Tensor:
    """Take the mean of each sentence's pieces, window after window."""
    rows = [states[at, a:b].mean(0) for at, window in enumerate(windows) for _, a, b in window.rows]
    return torch.stack(rows)
