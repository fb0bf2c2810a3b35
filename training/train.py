"""Train the token classifier.

usage: python -m training.train --encoder FOLDER --train FOLDER... --out FOLDER [--epochs N] [--seed S]
           [--rate R] [--threads N] [--large FOLDER] [--start RUN...] [--teachers RUN...]
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import json
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from pipeline.tagger_windows import edges, load_tokenizer
from tests.quality.gold import ROLES, read_folder
from training.augment import augment, read_names, with_authors
from training.drafts import Draft, draft
from training.encoders import load_large, load_small
from training.losses import Losses
from training.network import LARGE, SMALL, Network
from training.passages import borrow, insert, invent, read_templates
from training.restore import restore
from training.samples import LABELS, Batch, Sample, collate, samples

NAMES = Path("rules/names_by_origin.json")
TEMPLATES = Path(__file__).parent / "passages.json"
EPOCHS = 8
RATE = 2e-4
BATCH_PIECES = 3_400
FRESH_RATE = 10.0
"""How much faster the weights that start random learn than the encoder."""
WARM_UP = 40
AVERAGED = 0.99
"""Share that the running average of the weights keeps at each step."""
BORROWED = 0.25
"""Share of documents that get a paragraph of another one."""
INVENTED = {"citations": 0.2, "words": 0.2, "notes": 0.15}
"""Share of documents that get a passage of each kind of invented sentences."""


def batches(windows: list[Sample], chance: random.Random, tokenizer: Tokenizer) -> list[Batch]:
    """Group windows of like length into batches of about the same number of pieces."""
    windows = sorted(windows, key=lambda sample: len(sample) + chance.random() * 40)
    groups: list[list[Sample]] = [[]]
    for sample in windows:
        if groups[-1] and (len(groups[-1]) + 1) * (len(sample) + 2) > BATCH_PIECES:
            groups.append([])
        groups[-1].append(sample)
    chance.shuffle(groups)
    return [collate(group, edges(tokenizer)) for group in groups]


class Epochs:
    """Draws epochs from documents: the same seed, the same epochs."""

    def __init__(self, drafts: Sequence[Draft], tokenizer: Tokenizer, seed: int) -> None:
        """Read what documents are changed with."""
        self._drafts = drafts
        self._tokenizer = tokenizer
        self._chance = random.Random(seed)
        self._templates = read_templates(TEMPLATES)
        self._names = read_names(NAMES)
        self._swapped_in = with_authors(self._names, drafts)

    def draw(self, *, plain: bool) -> list[Batch]:
        """Build one epoch: every document once, changed at random unless `plain`."""
        changed = self._drafts if plain else [self._changed(fragments) for fragments in self._drafts]
        cut = [window for fragments in changed for window in samples(fragments, self._tokenizer)]
        return batches(cut, self._chance, self._tokenizer)

    def _changed(self, fragments: Draft) -> Draft:
        """Change a document, and now and then add to it."""
        chance = self._chance
        if chance.random() < BORROWED:
            fragments = borrow(fragments, chance.choice(self._drafts), chance)
        for kind, share in INVENTED.items():
            if chance.random() < share:
                fragments = insert(fragments, invent(self._templates[kind], self._names, chance), chance)
        return augment(fragments, self._swapped_in, chance)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train.

    Attributes:
        encoder: Folder of the pretrained encoder with its tokenizer.
        large: Folder of the large pretrained encoder, if that is to be trained; the tokenizer stays.
        start: Folders of earlier runs, or of exported models; training starts from the mean of their
            weights, if any.
        rate: Learning rate of the encoder.
        teachers: The like; what they say of a passage is learnt beside its marks.
    """

    encoder: Path
    epochs: int
    seed: int
    rate: float
    start: Sequence[Path] = ()
    teachers: Sequence[Path] = ()
    large: Path | None = None


def begin(recipe: Recipe) -> Network:
    """Make the network that training starts from."""
    if recipe.start:
        return _network([_weights(folder) for folder in recipe.start])
    network = Network(len(LABELS), len(ROLES), LARGE if recipe.large else SMALL)
    if recipe.large:
        load_large(network, recipe.large)
    else:
        load_small(network, recipe.encoder)
    return network


def teacher(folder: Path) -> Network:
    """Load the network of an earlier run, to be asked and not trained."""
    return _network([_weights(folder)]).eval()


def _weights(folder: Path) -> dict[str, Tensor]:
    """Load the weights of an earlier run, or those of the model that was exported."""
    saved = folder / "weights.pt"
    return torch.load(saved) if saved.exists() else restore(folder / "model.onnx")


def _network(runs: Sequence[dict[str, Tensor]]) -> Network:
    """Make the network whose weights are the mean of those of earlier runs."""
    shape = LARGE if "distances.weight" in runs[0] else SMALL
    network = Network(len(LABELS), len(ROLES), shape)
    network.load_state_dict({name: torch.stack([run[name] for run in runs]).mean(0) for name in runs[0]})
    return network


def train(drafts: Sequence[Draft], recipe: Recipe) -> Network:
    """Train a network on documents and return the running average of its weights."""
    epochs, rate = recipe.epochs, recipe.rate
    torch.manual_seed(recipe.seed)
    source = Epochs(drafts, load_tokenizer(str(recipe.encoder / "tokenizer.json")), recipe.seed)
    network = begin(recipe)
    average = copy.deepcopy(network)
    rates = (rate, rate * FRESH_RATE)
    groups = [{"params": network.encoder()}, {"params": network.fresh()}]
    optimizer = torch.optim.AdamW(groups, lr=rate, weight_decay=0.01, fused=True)
    total = epochs * len(source.draw(plain=False))
    losses = Losses([teacher(folder) for folder in recipe.teachers])
    step = 0
    for epoch in range(epochs):
        began, spent = time.monotonic(), 0.0
        network.train()
        todo = source.draw(plain=epoch == epochs - 1)
        for batch in todo:
            factor = min(1.0, (step + 1) / WARM_UP) * max(0.02, 1 - step / total)
            for group, base in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = base * factor
            loss = losses.of(network, batch)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            step += 1
            _move(average, network, min(AVERAGED, step / (step + 10)))
            spent += loss.item()
        took = time.monotonic() - began
        print(f"epoch {epoch + 1}: loss {spent / len(todo):.4f}, {took:.0f} s", flush=True)
    return average.eval()


def _move(average: Network, network: Network, kept: float) -> None:
    """Move the running average towards the network's weights."""
    with torch.no_grad():
        for mean, weight in zip(average.parameters(), network.parameters(), strict=True):
            if weight.requires_grad:
                mean.lerp_(weight, 1 - kept)


def run(folders: Sequence[Path], recipe: Recipe, out: Path) -> None:
    """Train on the documents of folders and save the weights with what they were trained on."""
    documents = [document for folder in folders for document in read_folder(folder)]
    network = train([draft(document) for document in documents], recipe)
    out.mkdir(parents=True, exist_ok=True)
    torch.save(network.state_dict(), out / "weights.pt")
    told = {
        "documents": len(documents),
        "corpus": hashlib.sha256("".join(document.text for document in documents).encode()).hexdigest()[:16],
        "folders": [folder.name for folder in folders],
        "epochs": recipe.epochs,
        "seed": recipe.seed,
        "rate": recipe.rate,
        "start": [_told(folder) for folder in recipe.start],
        "teachers": [_told(folder) for folder in recipe.teachers],
    }
    (out / "recipe.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def _told(folder: Path) -> object:
    """Read what an earlier run was trained on; of an exported model, which one it is."""
    recipe = folder / "recipe.json"
    if recipe.exists():
        return json.loads(recipe.read_text(encoding="utf-8"))
    return json.loads((folder / "labels.json").read_text(encoding="utf-8"))["version"]


def main() -> None:
    """Train as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--train", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--large", type=Path)
    parser.add_argument("--start", type=Path, nargs="*", default=[])
    parser.add_argument("--teachers", type=Path, nargs="*", default=[])
    parser.add_argument("--threads", type=int, default=1)
    asked = parser.parse_args()
    torch.set_num_threads(asked.threads)
    recipe = Recipe(
        asked.encoder, asked.epochs, asked.seed, asked.rate, asked.start, asked.teachers, large=asked.large
    )
    run(asked.train, recipe, asked.out)


if __name__ == "__main__":
    main()
