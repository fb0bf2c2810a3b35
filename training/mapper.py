"""Train the mapper's encoder on labelled passages, and measure it by leaving an author out.

usage: python -m training.mapper --encoder FOLDER --out FOLDER [--leave-out AUTHOR]...
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from pipeline.map_encoder import Window, open_tokenizer, to_pieces, windows
from tests.quality.passages import Passage, read_passages
from training.mapper_network import MapperNetwork, build, sentence_vectors

EPOCHS, BATCH, BUCKET = 7, 4, 64
RATE, HEAD_RATE, DECAY = 1.5e-4, 2e-3, 0.01
SHOWN, PLACED = 3.0, 2.5
"""Weights of a sentence that shows a part, and of finding it among the text's sentences."""


@dataclass(slots=True)
class Example:
    """A passage ready for training.

    Attributes:
        low: What the layers that are not trained say of each window.
        wanted: For each sentence and part whether it shows it; `counts` is its weight.
        parts: For each part whether the passage shows it; `judged` is 0 where that is open.
        places: Part and number of the sentence that shows it.
    """

    passage: Passage
    windows: list[Window]
    low: list[Tensor]
    wanted: Tensor
    counts: Tensor
    parts: Tensor
    judged: Tensor
    places: list[tuple[int, int]]


def prepare(passage: Passage, parts: Sequence[str], network: MapperNetwork, tokenizer: object) -> Example:
    """Reckon once what training needs of a passage again and again."""
    cut = list(windows(to_pieces(passage.sentences, tokenizer)))
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        low = [network.lower(torch.tensor([window.ids]))[0].to(torch.bfloat16) for window in cut]
    shape = (len(passage.sentences), len(parts))
    wanted, counts, shown, judged = (
        torch.zeros(shape),
        torch.zeros(shape),
        torch.zeros(shape[1]),
        torch.ones(shape[1]),
    )
    places = []
    for column, part in enumerate(parts):
        if part in passage.parts:
            shown[column] = 1
            for row in passage.evidence.get(part, ()):
                wanted[row, column], counts[row, column] = 1, SHOWN
                places.append((column, row))
        elif part in passage.borderline:
            judged[column] = 0
        else:
            counts[:, column] = 1
    return Example(passage, cut, low, wanted, counts, shown, judged, places)


def read(network: MapperNetwork, examples: Sequence[Example]) -> list[tuple[Tensor, Tensor]]:
    """Score the sentences and the gate of some passages at once."""
    low = [states for example in examples for states in example.low]
    length = max(map(len, low))
    states = torch.stack([functional.pad(s.float(), (0, 0, 0, length - len(s))) for s in low])
    mask = torch.arange(length)[None] < torch.tensor([[len(s)] for s in low])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        states = network.upper(states, mask[:, None, None, :])
    states, at, found = states.float(), 0, []
    for example in examples:
        own = states[at : at + len(example.low)]
        at += len(example.low)
        found.append(network.judge(sentence_vectors(own, example.windows)))
    return found


def loss(scores: Tensor, gate: Tensor, example: Example) -> Tensor:
    """Say how wrong the scores of one passage are: by sentence, by entry, by place, by gate."""
    binary = functional.binary_cross_entropy_with_logits
    by_sentence = (binary(scores, example.wanted, reduction="none") * example.counts).sum() / scores.shape[1]
    pooled = (scores.softmax(0) * scores).sum(0)
    by_entry = (binary(pooled, example.parts, reduction="none") * example.judged * (1 + example.parts)).sum()
    by_gate = binary(gate, torch.tensor(float(bool(example.passage.parts))))
    total = by_sentence + by_entry + by_gate
    for part, row in example.places:
        total = total + PLACED * functional.cross_entropy(scores[None, :, part], torch.tensor([row]))
    return total


def batches(examples: Sequence[Example], chance: random.Random) -> list[list[Example]]:
    """Divide passages at random into batches of about equal length."""
    mixed = chance.sample(list(examples), len(examples))
    found = []
    for start in range(0, len(mixed), BUCKET):
        bucket = sorted(mixed[start : start + BUCKET], key=lambda e: len(e.passage.text))
        found += [bucket[at : at + BATCH] for at in range(0, len(bucket), BATCH)]
    return chance.sample(found, len(found))


def train(network: MapperNetwork, examples: Sequence[Example], seed: int) -> None:
    """Train a network in place."""
    chance = random.Random(seed)
    groups = [
        {"params": network.trained(), "lr": RATE, "rate": RATE},
        {"params": list(network.label.parameters()), "lr": HEAD_RATE, "rate": HEAD_RATE},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=DECAY)
    steps = EPOCHS * len(batches(examples, chance))
    step = 0
    for epoch in range(EPOCHS):
        network.train()
        total, began = 0.0, time.process_time()
        for batch in batches(examples, chance):
            step += 1
            share = min(1.0, 10 * step / steps) * (1 - step / steps)
            for group in optimizer.param_groups:
                group["lr"] = group["rate"] * share
            scored = read(network, batch)
            wrong = sum(loss(*pair, example) for pair, example in zip(scored, batch, strict=True)) / len(
                batch
            )
            optimizer.zero_grad()
            wrong.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            total += wrong.item() / steps * EPOCHS
        print(f"epoch {epoch + 1}: {total:.3f}, {time.process_time() - began:.0f} s of CPU", flush=True)


def main() -> None:
    """Train as the command line says and save the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--leave-out", default="", help="the author to leave out")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    torch.manual_seed(asked.seed)
    torch.set_num_threads(1)
    parts = ("4.1", "4.2", "4.3", "4.4", "4.5", "4.6", "4.7", "4.8")
    network = build(len(parts), asked.encoder).eval()
    tokenizer = open_tokenizer(asked.encoder / "tokenizer.json")
    passages = [p for p in read_passages() if p.author != asked.leave_out]
    train(network, [prepare(p, parts, network, tokenizer) for p in passages], asked.seed)
    asked.out.mkdir(parents=True, exist_ok=True)
    torch.save(network.state_dict(), asked.out / "weights.pt")
    recipe = {
        "passages": len(passages),
        "left_out": asked.leave_out,
        "seed": asked.seed,
        "epochs": EPOCHS,
        "rate": RATE,
    }
    (asked.out / "recipe.json").write_text(json.dumps(recipe) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
