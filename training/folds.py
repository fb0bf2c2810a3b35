"""Train one model for each group of folders, without the group, and record what it says of the group.

usage: python -m training.folds --encoder FOLDER --out FOLDER
Writes into OUT a folder for each model, like `rules/tagger`, and `out-of-fold.jsonl`.
"""

from __future__ import annotations

import argparse
import shutil
from dataclasses import dataclass
from pathlib import Path

import torch

from training.export import export
from training.record import record
from training.train import Recipe, run

GOLD = Path("tests/gold")
GROUPS = ((2, 5, 8), (3, 6, 7), (1, 4, 9, 10))
"""Folders that are left out together: each group leaves some of every genre to learn from."""
POINT = Path("rules/tagger/operating_point.json")


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of training, on everything read before and one more folder.

    Attributes:
        folder: Documents that were written when the stage before was done.
        rate: Learning rate of the encoder.
    """

    folder: str
    epochs: int
    seed: int
    rate: float


STAGES = (Stage("extra", 8, 1, 2e-4), Stage("later", 4, 2, 1.5e-4), Stage("latest", 3, 4, 2.5e-4))


def left_out(group: tuple[int, ...]) -> list[Path]:
    """List the folders of a group."""
    return [GOLD / f"train-{number}" for number in group]


def cross_validate(group: tuple[int, ...], encoder: Path, out: Path) -> None:
    """Train without a group of folders, and record what the model says of it."""
    others = [number for other in GROUPS if other != group for number in other]
    model = out / "without-{}".format("-".join(map(str, group)))
    read = left_out(tuple(sorted(others)))
    for stage in STAGES:
        read.append(GOLD / stage.folder)
        start = [] if stage is STAGES[0] else [model]
        run(read, Recipe(encoder, stage.epochs, stage.seed, stage.rate, start), model)
    shutil.copy(POINT, model)
    export(model, encoder, model)
    record(model, left_out(group), out / "out-of-fold.jsonl")


def main() -> None:
    """Cross-validate group by group."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    torch.set_num_threads(1)
    asked.out.mkdir(parents=True, exist_ok=True)
    (asked.out / "out-of-fold.jsonl").unlink(missing_ok=True)
    for group in GROUPS:
        cross_validate(group, asked.encoder, asked.out)


if __name__ == "__main__":
    main()
