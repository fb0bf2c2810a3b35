"""Turn documents into the windows of numbers that the network is trained on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from tokenizers import Tokenizer

from pipeline.tagger_windows import Ints, encode, passages, windows
from tests.quality.gold import DIRECT, GENERIC, INDIRECT, LOOK_ALIKES, ROLES
from training.drafts import Draft, undraft

LABELS = ("O", *(prefix + name for name in DIRECT + INDIRECT + LOOK_ALIKES for prefix in ("B-", "I-")))
"""What the network says of a word piece: outside, or the first or a later piece of a mark."""

IGNORED = -100
TEMPTING = len(LABELS)
"""Stands for "outside" where a mark says that the words only look identifying, in a general way."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One window: columns of equal length without the opening and closing piece.

    Attributes:
        labels: Number in `LABELS` for each piece, or `TEMPTING`.
        mentions: Number of the mark with a role that each piece belongs to, from 0; -1 for none.
        roles: Number in `ROLES` for each such mark.
    """

    ids: Ints
    cases: Ints
    gaps: Ints
    labels: Ints
    mentions: Ints
    roles: Ints

    def __len__(self) -> int:
        """Count the pieces."""
        return len(self.ids)


def samples(fragments: Draft, tokenizer: Tokenizer) -> Iterator[Sample]:
    """Cut one document into training windows."""
    text, marks = undraft(fragments)
    for start, end in passages(text):
        pieces = encode(text[start:end], tokenizer)
        labels = np.zeros(len(pieces), dtype=np.int64)
        mentions = np.full(len(pieces), -1, dtype=np.int64)
        roles: list[int] = []
        for first, last, label, role in marks:
            inside = np.flatnonzero((pieces.ends + start > first) & (pieces.starts + start < last))
            if not len(inside):
                continue
            if label == GENERIC:
                labels[inside] = TEMPTING
                continue
            labels[inside] = LABELS.index("I-" + label)
            labels[inside[0]] -= 1
            if role:
                mentions[inside] = len(roles)
                roles.append(ROLES.index(role))
        for i, j in windows(len(pieces)):
            kept, local = np.unique(mentions[i:j], return_inverse=True)
            shift = int(len(kept) > 0 and kept[0] == -1)
            yield Sample(
                pieces.ids[i:j],
                pieces.cases[i:j],
                pieces.gaps[i:j],
                labels[i:j],
                local - shift,
                np.array([roles[k] for k in kept[shift:]], dtype=np.int64),
            )


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows padded to one length, with the opening and closing piece."""

    ids: torch.Tensor
    cases: torch.Tensor
    gaps: torch.Tensor
    mask: torch.Tensor | None
    labels: torch.Tensor
    mentions: torch.Tensor
    roles: torch.Tensor


def collate(group: Sequence[Sample], edges: tuple[int, int]) -> Batch:
    """Pad windows to one length between the pieces that open and close them.

    Mentions are numbered through the whole batch.
    """
    shape = (len(group), max(map(len, group)) + 2)
    ids, cases, gaps = (np.zeros(shape, dtype=np.int64) for _ in range(3))
    mask = np.zeros(shape, dtype=np.bool_)
    labels, mentions = np.full(shape, IGNORED, dtype=np.int64), np.full(shape, -1, dtype=np.int64)
    count = 0
    for row, sample in enumerate(group):
        end = len(sample) + 1
        ids[row, 0], ids[row, 1:end], ids[row, end] = edges[0], sample.ids, edges[1]
        cases[row, 1:end], gaps[row, 1:end] = sample.cases, sample.gaps
        mask[row, : end + 1] = True
        labels[row, 1:end] = sample.labels
        mentions[row, 1:end] = np.where(sample.mentions >= 0, sample.mentions + count, -1)
        count += len(sample.roles)
    roles = np.concatenate([sample.roles for sample in group])
    columns = (ids, cases, gaps, mask, labels, mentions, roles)
    batch = Batch(*(torch.from_numpy(column) for column in columns))
    return replace(batch, mask=None) if mask.all() else batch
