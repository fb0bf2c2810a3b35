"""Fill a network with the weights of a pretrained encoder."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from training.network import POSITIONS, VOCABULARY

FRESH = ("cases.", "gaps.", "label.", "role.")
"""What a network has and its encoder has not."""
_NAMES = {
    "query": ("attention.self.query", "attention.attn.q"),
    "key": ("attention.self.key", "attention.attn.k"),
    "value": ("attention.self.value", "attention.attn.v"),
    "joined": ("attention.output.dense", "attention.attn.o"),
    "attended": ("attention.output.LayerNorm", "attention.LayerNorm"),
    "inner": ("intermediate.dense", "intermediate.dense"),
    "outer": ("output.dense", "output.dense"),
    "finished": ("output.LayerNorm", "output.LayerNorm"),
}
"""What MiniLM and MPNet call the parts of a layer."""
_OWN = {0: 1, 100: 3, 101: 0, 102: 2}
"""The pieces for padding, the unknown, and the start and end of a window: MiniLM's number, MPNet's."""
_BEFORE_PIECES, _BEFORE_POSITIONS = 4, 2
"""How many of MPNet's own stand before MiniLM's word pieces, and before the first position."""


def load_small(network: nn.Module, folder: Path) -> None:
    """Fill the encoder with MiniLM's weights, `folder/model.safetensors`.

    Raises:
        ValueError: The network is not made for this encoder.
    """
    saved = load_file(folder / "model.safetensors")
    places = saved["embeddings.position_embeddings.weight"]
    kind = saved["embeddings.token_type_embeddings.weight"][0]
    wanted = {
        "words.weight": saved["embeddings.word_embeddings.weight"],
        "positions.weight": places + kind,
        **_common(saved, 0, _layers(network)),
    }
    _fill(network, wanted, folder)


def load_large(network: nn.Module, folder: Path) -> None:
    """Fill the encoder with MPNet's weights, `folder/model.safetensors`, its word pieces in MiniLM's order.

    Raises:
        ValueError: The network is not made for this encoder.
    """
    saved = load_file(folder / "model.safetensors")
    pieces = torch.arange(VOCABULARY) + _BEFORE_PIECES
    for number, own in _OWN.items():
        pieces[number] = own
    places = saved["embeddings.position_embeddings.weight"]
    wanted = {
        "words.weight": saved["embeddings.word_embeddings.weight"][pieces],
        "positions.weight": places[_BEFORE_POSITIONS : _BEFORE_POSITIONS + POSITIONS],
        "distances.weight": saved["encoder.relative_attention_bias.weight"],
        **_common(saved, 1, _layers(network)),
    }
    _fill(network, wanted, folder)


def _layers(network: nn.Module) -> int:
    """Count the layers of a network."""
    layers = network.get_submodule("layers")
    return len(list(layers.children()))


def _common(saved: dict[str, Tensor], dialect: int, layers: int) -> dict[str, Tensor]:
    """Rename what both encoders have, the lower layers as many as the network has."""
    wanted = {f"normal.{kind}": saved[f"embeddings.LayerNorm.{kind}"] for kind in ("weight", "bias")}
    for number in range(layers):
        for ours, theirs in _NAMES.items():
            for kind in ("weight", "bias"):
                name = f"encoder.layer.{number}.{theirs[dialect]}.{kind}"
                wanted[f"layers.{number}.{ours}.{kind}"] = saved[name]
    return wanted


def _fill(network: nn.Module, wanted: dict[str, Tensor], folder: Path) -> None:
    """Fill all of a network but what is fresh."""
    missing, unknown = network.load_state_dict(wanted, strict=False)
    if unknown or [name for name in missing if not name.startswith(FRESH)]:
        raise ValueError(f"{folder}: not the encoder this network is made for: {missing} {unknown}")
