"""The network: an encoder like BERT, letter case and layout added, a label and a role head."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from pipeline.tagger_windows import CASES, GAPS

VOCABULARY, POSITIONS = 30522, 512
DROPOUT = 0.1
NEAREST, FARTHEST = 8, 128
"""Distances below the first have a bucket each; from the second on all share one."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How large an encoder is.

    Attributes:
        hidden: Width of a state.
        heads: Heads of attention in a layer.
        inner: Width of the feed-forward part.
        tiny: What a normalisation adds, so as never to divide by nothing.
        buckets: Groups of distances between pieces that a head heeds each in its own way, if any.
    """

    hidden: int
    heads: int
    layers: int
    inner: int
    tiny: float
    buckets: int = 0


SMALL = Shape(384, 12, 6, 1536, 1e-12)
"""MiniLM: what ships."""
LARGE = Shape(768, 12, 10, 3072, 1e-5, 32)
"""The lower ten of MPNet's twelve layers: it only teaches.

Song et al. 2020, "MPNet: masked and permuted pre-training for language understanding".
"""


class Layer(nn.Module):
    """One encoder layer: attention, then a feed-forward part, each added and normalised."""

    def __init__(self, shape: Shape) -> None:
        """Build the layer with random weights."""
        super().__init__()
        hidden = shape.hidden
        self.heads = shape.heads
        self.query, self.key, self.value, self.joined = (nn.Linear(hidden, hidden) for _ in range(4))
        self.inner, self.outer = nn.Linear(hidden, shape.inner), nn.Linear(shape.inner, hidden)
        self.attended, self.finished = (nn.LayerNorm(hidden, shape.tiny) for _ in range(2))
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, states: Tensor, heed: Tensor | None) -> Tensor:
        """Pass a batch through the layer.

        `heed`, if any, is true where there are pieces, or else how much more or less a piece heeds another.
        """
        batch, length, hidden = states.shape
        query, key, value = (
            part(states).view(batch, length, self.heads, hidden // self.heads).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        # no dropout here: with it a CPU takes three times as long
        mixed = functional.scaled_dot_product_attention(query, key, value, heed)
        mixed = mixed.transpose(1, 2).reshape(batch, length, hidden)
        states = self.attended(states + self.drop(self.joined(mixed)))
        return self.finished(states + self.drop(self.outer(functional.gelu(self.inner(states)))))


class Network(nn.Module):
    """Word pieces in, label and role scores out."""

    def __init__(self, labels: int, roles: int, shape: Shape = SMALL) -> None:
        """Build the network with random weights."""
        super().__init__()
        hidden = shape.hidden
        self.words = nn.Embedding(VOCABULARY, hidden)
        self.positions = nn.Embedding(POSITIONS, hidden)
        self.normal = nn.LayerNorm(hidden, shape.tiny)
        self.distances = nn.Embedding(shape.buckets, shape.heads) if shape.buckets else None
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.cases, self.gaps = nn.Embedding(CASES, hidden), nn.Embedding(GAPS, hidden)
        for layout in (self.cases, self.gaps):
            nn.init.normal_(layout.weight, std=0.02)
        self.drop = nn.Dropout(DROPOUT)
        self.label = nn.Linear(hidden, labels)
        self.role = nn.Sequential(
            nn.Linear(hidden, hidden), nn.Tanh(), nn.Dropout(DROPOUT), nn.Linear(hidden, roles)
        )
        if self.distances is not None:
            # a fifth of the large network, met too seldom to gain by it
            for kept in (self.words, self.distances):
                kept.weight.requires_grad = False

    def forward(
        self, ids: Tensor, cases: Tensor, gaps: Tensor, mask: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """Score each piece. The mask is true for pieces and false for padding."""
        places = self.positions.weight[: ids.shape[1]]
        states = self.drop(self.normal(self.words(ids) + places + self.cases(cases) + self.gaps(gaps)))
        heed = None if mask is None else mask[:, None, None, :]
        if self.distances is not None:
            heed = self._nearness(self.distances, ids.shape[1], heed)
        for layer in self.layers:
            states = layer(states, heed)
        states = self.drop(states)
        return self.label(states), self.role(states)

    @staticmethod
    def _nearness(distances: nn.Embedding, length: int, seen: Tensor | None) -> Tensor:
        """Say how much more or less a piece heeds another by where it stands, and not at all if unseen."""
        heed = distances(_buckets(length, distances.num_embeddings)).permute(2, 0, 1)[None]
        if seen is not None:
            heed = heed.masked_fill(~seen, -1e4)
        if torch.is_autocast_enabled("cpu"):
            heed = heed.to(torch.get_autocast_dtype("cpu"))
        return heed

    def encoder(self) -> list[nn.Parameter]:
        """List the weights that come from the pretrained encoder and are trained."""
        fresh = set(map(id, self.fresh()))
        return [weight for weight in self.parameters() if weight.requires_grad and id(weight) not in fresh]

    def fresh(self) -> list[nn.Parameter]:
        """List the weights that start random."""
        parts = (self.cases, self.gaps, self.label, self.role)
        return [weight for part in parts for weight in part.parameters()]


def _buckets(length: int, buckets: int) -> Tensor:
    """Give the bucket of each distance, row by row: backwards in the lower half of them, forwards above."""
    places = torch.arange(length)
    ahead = places[None, :] - places[:, None]
    far, half = ahead.abs(), buckets // 2
    above = (far.clamp(min=1) / NEAREST).log() / math.log(FARTHEST / NEAREST) * (half - NEAREST)
    coarse = (NEAREST + above.long()).clamp(max=half - 1)
    return torch.where(far < NEAREST, far, coarse) + (ahead > 0) * half
