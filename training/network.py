"""The network: a small BERT encoder, letter case and layout added, a label and a role head."""

from __future__ import annotations

from pathlib import Path

from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from pipeline.tagger_windows import CASES, GAPS

HIDDEN, HEADS, LAYERS, INNER, VOCABULARY, POSITIONS = 384, 12, 6, 1536, 30522, 512
DROPOUT = 0.1


class Layer(nn.Module):
    """One encoder layer: attention, then a feed-forward part, each added and normalised."""

    def __init__(self) -> None:
        """Build the layer with random weights."""
        super().__init__()
        self.query, self.key, self.value, self.joined = (nn.Linear(HIDDEN, HIDDEN) for _ in range(4))
        self.inner, self.outer = nn.Linear(HIDDEN, INNER), nn.Linear(INNER, HIDDEN)
        self.attended, self.finished = nn.LayerNorm(HIDDEN, 1e-12), nn.LayerNorm(HIDDEN, 1e-12)
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, states: Tensor, mask: Tensor | None) -> Tensor:
        """Pass a batch through the layer. The mask, if any, is true where there are pieces."""
        batch, length, _ = states.shape
        query, key, value = (
            part(states).view(batch, length, HEADS, HIDDEN // HEADS).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        # no dropout here: with it a CPU takes three times as long
        mixed = functional.scaled_dot_product_attention(query, key, value, mask)
        mixed = mixed.transpose(1, 2).reshape(batch, length, HIDDEN)
        states = self.attended(states + self.drop(self.joined(mixed)))
        return self.finished(states + self.drop(self.outer(functional.gelu(self.inner(states)))))


class Network(nn.Module):
    """Word pieces in, label and role scores out."""

    def __init__(self, labels: int, roles: int) -> None:
        """Build the network with random weights."""
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, HIDDEN)
        self.positions = nn.Embedding(POSITIONS, HIDDEN)
        self.normal = nn.LayerNorm(HIDDEN, 1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.cases, self.gaps = nn.Embedding(CASES, HIDDEN), nn.Embedding(GAPS, HIDDEN)
        for layout in (self.cases, self.gaps):
            nn.init.normal_(layout.weight, std=0.02)
        self.drop = nn.Dropout(DROPOUT)
        self.label = nn.Linear(HIDDEN, labels)
        self.role = nn.Sequential(
            nn.Linear(HIDDEN, HIDDEN), nn.Tanh(), nn.Dropout(DROPOUT), nn.Linear(HIDDEN, roles)
        )

    def forward(
        self, ids: Tensor, cases: Tensor, gaps: Tensor, mask: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """Score each piece. The mask is true for pieces and false for padding."""
        places = self.positions.weight[: ids.shape[1]]
        states = self.drop(self.normal(self.words(ids) + places + self.cases(cases) + self.gaps(gaps)))
        seen = None if mask is None else mask[:, None, None, :]
        for layer in self.layers:
            states = layer(states, seen)
        states = self.drop(states)
        return self.label(states), self.role(states)

    def encoder(self) -> list[nn.Parameter]:
        """List the weights that come from the pretrained encoder."""
        fresh = set(map(id, self.fresh()))
        return [weight for weight in self.parameters() if id(weight) not in fresh]

    def fresh(self) -> list[nn.Parameter]:
        """List the weights that start random."""
        parts = (self.cases, self.gaps, self.label, self.role)
        return [weight for part in parts for weight in part.parameters()]


_NAMES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "joined": "attention.output.dense",
    "attended": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "finished": "output.LayerNorm",
}


def load_encoder(network: Network, folder: Path) -> None:
    """Fill the encoder with the pretrained weights of `folder/model.safetensors`."""
    saved = load_file(folder / "model.safetensors")
    wanted = {
        "words.weight": saved["embeddings.word_embeddings.weight"],
        "positions.weight": saved["embeddings.position_embeddings.weight"],
        "normal.weight": saved["embeddings.LayerNorm.weight"],
        "normal.bias": saved["embeddings.LayerNorm.bias"],
    }
    wanted["positions.weight"] += saved["embeddings.token_type_embeddings.weight"][0]
    for number in range(LAYERS):
        for ours, theirs in _NAMES.items():
            for kind in ("weight", "bias"):
                wanted[f"layers.{number}.{ours}.{kind}"] = saved[f"encoder.layer.{number}.{theirs}.{kind}"]
    missing, unknown = network.load_state_dict(wanted, strict=False)
    fresh = ("cases.", "gaps.", "label.", "role.")
    if unknown or [name for name in missing if not name.startswith(fresh)]:
        raise ValueError(f"{folder}: not the encoder this network is made for: {missing} {unknown}")
