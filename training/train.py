"""Train the token classifier.

usage: python -m training.train --encoder FOLDER --train FOLDER... --out FOLDER [--epochs N] [--seed S]
           [--rate R] [--start RUN...]
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
from torch.nn import functional

from pipeline.tagger_windows import edges, load_tokenizer
from tests.quality.gold import ROLES, read_folder
from training.augment import Names, augment, read_names
from training.drafts import Draft, draft
from training.network import Network, load_encoder
from training.samples import IGNORED, LABELS, Batch, Sample, collate, samples

NAMES = Path("rules/names_by_origin.json")
BATCH_PIECES = 3_400
ROLE_WEIGHT = 0.4
FRESH_RATE = 10.0
"""How much faster the weights that start random learn than the encoder."""
WARM_UP = 40
AVERAGED = 0.99
"""Share that the running average of the weights keeps at each step."""
RARE = {"EVENT": 1.2, "FAMILY": 1.3, "OCCUPATION": 1.2, "NINO": 1.5, "HEALTH": 1.1, "DEMOGRAPHIC": 1.1}
"""How much more a piece of a rare type counts than another."""


def label_weights() -> Tensor:
    """Give each label its weight in the loss."""
    return torch.tensor([RARE.get(label[2:], 1.0) for label in LABELS])


def losses(network: Network, batch: Batch, weights: Tensor) -> Tensor:
    """Score a batch against its marks: labels by piece, roles by mention."""
    with torch.autocast("cpu", torch.bfloat16):
        labels, roles = network(batch.ids, batch.cases, batch.gaps, batch.mask)
    wanted = batch.labels.flatten()
    loss = functional.cross_entropy(labels.float().flatten(0, 1), wanted, weights, ignore_index=IGNORED)
    if not len(batch.roles):
        return loss
    inside = batch.mentions.flatten() >= 0
    mentions = batch.mentions.flatten()[inside]
    sums = torch.zeros(len(batch.roles), len(ROLES))
    sums = sums.index_add(0, mentions, roles.float().flatten(0, 1)[inside])
    counts = torch.bincount(mentions, minlength=len(batch.roles))
    return loss + ROLE_WEIGHT * functional.cross_entropy(sums / counts[:, None], batch.roles)


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


def epoch_batches(
    drafts: Sequence[Draft], names: Names, chance: random.Random, tokenizer: Tokenizer, *, plain: bool
) -> list[Batch]:
    """Build one epoch: every document once, changed at random unless `plain`."""
    changed = drafts if plain else [augment(fragments, names, chance) for fragments in drafts]
    cut = [window for fragments in changed for window in samples(fragments, tokenizer)]
    return batches(cut, chance, tokenizer)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train.

    Attributes:
        encoder: Folder of the pretrained encoder with its tokenizer.
        start: Folders of earlier runs; training starts from the mean of their weights.
        rate: Learning rate of the encoder.
    """

    encoder: Path
    start: Sequence[Path]
    epochs: int
    seed: int
    rate: float


def begin(recipe: Recipe) -> Network:
    """Make the network that training starts from."""
    network = Network(len(LABELS), len(ROLES))
    if not recipe.start:
        load_encoder(network, recipe.encoder)
        return network
    runs = [torch.load(folder / "weights.pt") for folder in recipe.start]
    network.load_state_dict({name: torch.stack([run[name] for run in runs]).mean(0) for name in runs[0]})
    return network


def train(drafts: Sequence[Draft], recipe: Recipe) -> Network:
    """Train a network on documents and return the running average of its weights."""
    epochs, rate = recipe.epochs, recipe.rate
    chance = random.Random(recipe.seed)
    torch.manual_seed(recipe.seed)
    tokenizer = load_tokenizer(str(recipe.encoder / "tokenizer.json"))
    names = read_names(NAMES)
    network = begin(recipe)
    average = copy.deepcopy(network)
    rates = (rate, rate * FRESH_RATE)
    groups = [{"params": network.encoder()}, {"params": network.fresh()}]
    optimizer = torch.optim.AdamW(groups, lr=rate, weight_decay=0.01, fused=True)
    total = epochs * len(epoch_batches(drafts, names, chance, tokenizer, plain=True))
    weights = label_weights()
    step = 0
    for epoch in range(epochs):
        began, spent = time.monotonic(), 0.0
        network.train()
        todo = epoch_batches(drafts, names, chance, tokenizer, plain=epoch == epochs - 1)
        for batch in todo:
            factor = min(1.0, (step + 1) / WARM_UP) * max(0.02, 1 - step / total)
            for group, base in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = base * factor
            loss = losses(network, batch, weights)
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
            mean.lerp_(weight, 1 - kept)


def main() -> None:
    """Train as the command line says and save the weights with what they were trained on."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--train", type=Path, nargs="+", required=True)
    parser.add_argument("--start", type=Path, nargs="*", default=[])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--threads", type=int, default=2)
    asked = parser.parse_args()
    torch.set_num_threads(asked.threads)
    documents = [document for folder in asked.train for document in read_folder(folder)]
    drafts = [draft(document) for document in documents]
    network = train(drafts, Recipe(asked.encoder, asked.start, asked.epochs, asked.seed, asked.rate))
    asked.out.mkdir(parents=True, exist_ok=True)
    torch.save(network.state_dict(), asked.out / "weights.pt")
    recipe = {
        "documents": len(documents),
        "corpus": hashlib.sha256("".join(document.text for document in documents).encode()).hexdigest()[:16],
        "folders": [folder.name for folder in asked.train],
        "epochs": asked.epochs,
        "seed": asked.seed,
        "rate": asked.rate,
        "start": [json.loads((folder / "recipe.json").read_text(encoding="utf-8")) for folder in asked.start],
    }
    (asked.out / "recipe.json").write_text(json.dumps(recipe, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
