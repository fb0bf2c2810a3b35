"""Train one model for each group of folders, without the group, and record what it says of the group.

usage: python -m training.folds --encoder FOLDER --out FOLDER
Writes into OUT a folder for each model, like `rules/tagger`, and `out-of-fold.jsonl`.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import torch

from training.export import export
from training.record import record
from training.train import EPOCHS, RATE, Recipe, run

GOLD = Path("tests/gold")
GROUPS = ((2, 5, 8), (3, 6, 7), (1, 4, 9, 10))
"""Folders that are left out together: each group leaves some of every genre to learn from."""
POINT = Path("rules/tagger/operating_point.json")
EPOCHS_MORE, RATE_MORE, SEED_MORE = 4, 1.5e-4, 2
"""The second half of training, with the documents of `later`, which were written when the first was done."""


def left_out(group: tuple[int, ...]) -> list[Path]:
    """List the folders of a group."""
    return [GOLD / f"train-{number}" for number in group]


def cross_validate(group: tuple[int, ...], encoder: Path, out: Path) -> None:
    """Train without a group of folders, and record what the model says of it."""
    others = [number for other in GROUPS if other != group for number in other]
    model = out / "without-{}".format("-".join(map(str, group)))
    read = [*left_out(tuple(sorted(others))), GOLD / "extra"]
    begun = model / "begun"
    run(read, Recipe(encoder, EPOCHS, 1, RATE), begun)
    run([*read, GOLD / "later"], Recipe(encoder, EPOCHS_MORE, SEED_MORE, RATE_MORE, [begun]), model)
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
