"""Read the weights of an exported model back, so that training goes on from what ships."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import NodeProto, numpy_helper
from torch import Tensor

Held = dict[str, NDArray[np.generic]]

_QUANTIZED = "_quantized"


def restore(model: Path) -> dict[str, Tensor]:
    """Give the weights of `training.network.Network` that a file of `training.export` holds.

    Each is off by at most half a step of the 8 bits that it was rounded to.
    """
    graph = onnx.load(model).graph
    held: Held = {item.name: numpy_helper.to_array(item) for item in graph.initializer}
    weights = {name: values for name, values in held.items() if name.endswith((".weight", ".bias"))}
    weights |= dict(_tables(held))
    weights |= {
        _name(node): _unrounded(held, node.input[1].removesuffix(_QUANTIZED)).T
        for node in graph.node
        if node.op_type == "MatMulInteger"
    }
    return {name: torch.tensor(values) for name, values in weights.items()}


def _tables(held: Held) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """Give what is looked up row by row, by its name."""
    for name in held:
        if name.endswith(".weight" + _QUANTIZED):
            yield name.removesuffix(_QUANTIZED), _unrounded(held, name.removesuffix(_QUANTIZED))


def _unrounded(held: Held, name: str) -> NDArray[np.float32]:
    """Give the values that 8 bits stand for."""
    rounded = held[name + _QUANTIZED].astype(np.float32)
    zero = held.get(f"{name}_zero_point", np.zeros(1)).astype(np.float32)
    return (rounded - zero) * held[f"{name}_scale"].astype(np.float32)


def _name(node: NodeProto) -> str:
    """Give the weight that a product is with: "/role/role.0/MatMul_quant" is with "role.0.weight"."""
    *outer, part = node.name.strip("/").split("/")[:-1]
    is_whole = outer and part.startswith(outer[-1] + ".")
    return ".".join([part, "weight"] if is_whole else [*outer, part, "weight"])
