"""Train one model for each group of folders, without the group, and record what it says of the group.

usage: python -m training.folds --encoder FOLDER --large FOLDER --out FOLDER
Each is taught by others that leave the same group out. Writes into OUT a folder for each model, the
last ones like `rules/tagger`, and `out-of-fold.jsonl`.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Sequence
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
    """A part of training, on everything read before and some more folders.

    Attributes:
        folders: Documents that the stage adds.
        rate: Learning rate of the encoder.
    """

    folders: tuple[str, ...]
    epochs: int
    seed: int
    rate: float

    def recipe(
        self,
        encoder: Path,
        start: Sequence[Path] = (),
        teachers: Sequence[Path] = (),
        *,
        large: Path | None = None,
    ) -> Recipe:
        """Make the recipe of this part of training."""
        return Recipe(encoder, self.epochs, self.seed, self.rate, start, teachers, large=large)

    def with_its_own(self, read: Sequence[Path]) -> list[Path]:
        """Add the stage's documents to folders that were read before."""
        return [*read, *(GOLD / folder for folder in self.folders)]


FIRST = (
    Stage(("extra",), 8, 1, 2e-4),
    Stage(("later",), 4, 2, 1.5e-4),
    Stage(("latest",), 3, 4, 2.5e-4),
)
"""How the first of two teachers is trained; each stage adds what was written after the one before."""
SECOND = (Stage(("extra",), 8, 7, 2e-4), Stage(("later", "latest", "last"), 3, 5, 2.5e-4))
"""How the second is, so that the two err in different places."""
TAUGHT = Stage(("last",), 2, 6, 2e-4)
"""How the first goes on from there, taught by both."""
LARGE = Stage((), 3, 11, 7e-5)
"""How a large network is trained on what those three have read."""
AGAIN = Stage(("more",), 3, 8, 2e-4)
"""How the taught one goes on, taught by the large one and by itself as it was."""


def left_out(group: tuple[int, ...]) -> list[Path]:
    """List the folders of a group."""
    return [GOLD / f"train-{number}" for number in group]


def train_in_stages(group: tuple[int, ...], stages: Sequence[Stage], encoder: Path, out: Path) -> list[Path]:
    """Train without a group of folders, stage by stage, and list the folders that were read."""
    others = [number for other in GROUPS if other != group for number in other]
    read = left_out(tuple(sorted(others)))
    for stage in stages:
        read = stage.with_its_own(read)
        run(read, stage.recipe(encoder, [] if stage is stages[0] else [out]), out)
    return read


def cross_validate(group: tuple[int, ...], encoder: Path, large_encoder: Path, out: Path) -> None:
    """Train without a group of folders, and record what the model says of it."""
    first = out / "without-{}".format("-".join(map(str, group)))
    second, taught, large, again = (
        first.with_name(f"{first.name}-{name}") for name in ("second", "taught", "large", "again")
    )
    read = train_in_stages(group, FIRST, encoder, first)
    train_in_stages(group, SECOND, encoder, second)
    read = TAUGHT.with_its_own(read)
    run(read, TAUGHT.recipe(encoder, [first], [first, second]), taught)
    run(read, LARGE.recipe(encoder, large=large_encoder), large)
    run(AGAIN.with_its_own(read), AGAIN.recipe(encoder, [taught], [large, taught]), again)
    shutil.copy(POINT, again)
    export(again, encoder, again)
    record(again, left_out(group), out / "out-of-fold.jsonl")


def main() -> None:
    """Cross-validate group by group."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--large", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    torch.set_num_threads(1)
    asked.out.mkdir(parents=True, exist_ok=True)
    (asked.out / "out-of-fold.jsonl").unlink(missing_ok=True)
    for group in GROUPS:
        cross_validate(group, asked.encoder, asked.large, asked.out)


if __name__ == "__main__":
    main()
