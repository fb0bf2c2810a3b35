"""Export a trained network as the folder of files that `pipeline.tagger` loads.

usage: python -m training.export --weights FOLDER --encoder FOLDER --out FOLDER
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from pipeline.tagger import GROUPS
from tests.quality.gold import DIRECT, INDIRECT, LOOK_ALIKES, ROLES
from training.network import Network
from training.samples import LABELS

LARGEST = 30_000_000
"""Bytes of a model file: it lies in the repository."""


def to_onnx(network: Network, path: Path) -> None:
    """Write a network as ONNX, any number of windows of any one length."""
    columns = tuple(torch.ones(2, 16, dtype=torch.long) for _ in range(3))
    axes = {name: {0: "windows", 1: "pieces"} for name in ("ids", "cases", "gaps", "labels", "roles")}
    torch.onnx.export(
        network.eval(),
        columns,
        str(path),
        input_names=["ids", "cases", "gaps"],
        output_names=["labels", "roles"],
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )


def quantize(full: Path, small: Path) -> None:
    """Shrink a model to 8 bits a weight, with a scale for each column of a layer and each row of word pieces.

    Without the first step or `per_channel` five points of recall are lost.
    """
    prepared = full.with_suffix(".prepared.onnx")
    quant_pre_process(str(full), str(prepared), skip_symbolic_shape=True)
    quantize_dynamic(
        str(prepared),
        str(small),
        per_channel=True,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul"],
    )
    model = onnx.load(small)
    _round_rows(model.graph, "words.weight")
    onnx.checker.check_model(model)
    onnx.save(model, small)
    if small.stat().st_size > LARGEST:
        raise ValueError(f"{small}: {small.stat().st_size} bytes, more than {LARGEST}")


def _round_rows(graph: onnx.GraphProto, table: str) -> None:
    """Round a table to 8 bits where a model looks rows up in it, each row by a scale of its own.

    One scale for all rows, which is what `quantize_dynamic` does, puts in four times the noise: the widest
    of 30,522 rows sets it.
    """
    held = {item.name: item for item in graph.initializer}
    values = numpy_helper.to_array(held[table])
    scales = np.abs(values).max(1, keepdims=True) / 127
    rounded = np.round(values / np.maximum(scales, np.finfo(np.float32).tiny)).astype(np.int8)
    graph.initializer.remove(held[table])
    parts = {"quantized": rounded, "scale": scales}
    graph.initializer.extend(numpy_helper.from_array(part, f"{table}_{name}") for name, part in parts.items())
    [(place, lookup)] = [(n, node) for n, node in enumerate(graph.node) if table in node.input]
    pieces, found = lookup.input[1], lookup.output[0]
    graph.node.remove(lookup)
    steps = (
        helper.make_node("Gather", [f"{table}_quantized", pieces], [f"{found}_rounded"]),
        helper.make_node("Cast", [f"{found}_rounded"], [f"{found}_cast"], to=onnx.TensorProto.FLOAT),
        helper.make_node("Gather", [f"{table}_scale", pieces], [f"{found}_scale"]),
        helper.make_node("Mul", [f"{found}_cast", f"{found}_scale"], [found]),
    )
    for step in reversed(steps):
        graph.node.insert(place, step)


def export(weights: Path, encoder: Path, out: Path, *, full_size: bool = False) -> None:
    """Write the files of a model. An operating point that lies in the folder is kept."""
    network = Network(len(LABELS), len(ROLES))
    network.load_state_dict(torch.load(weights / "weights.pt"))
    out.mkdir(parents=True, exist_ok=True)
    model = out / "model.onnx"
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        to_onnx(network, full)
        if full_size:
            shutil.copy(full, model)
        else:
            quantize(full, model)
    shutil.copy(encoder / "tokenizer.json", out)
    labels = {
        "version": hashlib.sha256(model.read_bytes()).hexdigest()[:12],
        "trained": json.loads((weights / "recipe.json").read_text(encoding="utf-8")),
        "groups": dict(zip(GROUPS, (DIRECT, INDIRECT, LOOK_ALIKES), strict=True)),
        "roles": ROLES,
    }
    (out / "labels.json").write_text(json.dumps(labels, indent=1) + "\n", encoding="utf-8")
    point = out / "operating_point.json"
    if not point.exists():
        even = dict.fromkeys(GROUPS, 0.0)
        plain = {"bias": even, "company": even, "begin": {}, "weak": 0.15}
        point.write_text(json.dumps(plain, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Export as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--full", action="store_true", help="keep 32 bits a weight")
    asked = parser.parse_args()
    export(asked.weights, asked.encoder, asked.out, full_size=asked.full)


if __name__ == "__main__":
    main()
