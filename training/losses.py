"""Score what a network says of a batch: against its marks, and against what other networks say of it."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from tests.quality.gold import ROLES
from training.network import Network
from training.samples import IGNORED, LABELS, TEMPTING, Batch

ROLE_WEIGHT = 0.4
RARE = {"EVENT": 1.6, "FAMILY": 1.6, "OCCUPATION": 1.4, "NINO": 1.5, "HEALTH": 1.1, "DEMOGRAPHIC": 1.1}
"""How much more a piece of a rare type counts than another."""
TEMPTING_WEIGHT = 3.0
"""The same of words that only look identifying, in a general way."""
TAUGHT = 0.5
"""How far the aim lies from the marks towards what the teachers say, from 0 to 1.

Several networks together judge better than each alone, and most of that can be taught to one
(Hinton, Vinyals and Dean 2015, "Distilling the knowledge in a neural network").
"""


class Losses:
    """Scores a network against the marks of batches and, if there are any, against its teachers."""

    def __init__(self, teachers: Sequence[Network]) -> None:
        """Keep the teachers, and give each label, and `TEMPTING` after them, its weight."""
        self._teachers = teachers
        self._weights = torch.tensor([*(RARE.get(label[2:], 1.0) for label in LABELS), TEMPTING_WEIGHT])

    def of(self, network: Network, batch: Batch) -> Tensor:
        """Score a batch: labels by piece, roles by mention."""
        told = batch.labels.flatten() != IGNORED
        wanted = batch.labels.flatten()[told]
        labels, roles = _answers(network, batch, told)
        label_aims = functional.one_hot(wanted % TEMPTING, len(LABELS)).float()
        role_aims = functional.one_hot(batch.roles, len(ROLES)).float()
        if self._teachers:
            with torch.no_grad():
                said = [_answers(teacher, batch, told) for teacher in self._teachers]
            label_aims = label_aims.lerp(_mean([pieces for pieces, _ in said]), TAUGHT)
            role_aims = role_aims.lerp(_mean([mentions for _, mentions in said]), TAUGHT)
        heavy = self._weights[wanted]
        loss = (functional.cross_entropy(labels, label_aims, reduction="none") * heavy).sum() / heavy.sum()
        if not len(role_aims):
            return loss
        return loss + ROLE_WEIGHT * functional.cross_entropy(roles, role_aims)


def _answers(network: Network, batch: Batch, told: Tensor) -> tuple[Tensor, Tensor]:
    """Ask a network: label scores of each piece that has a label, role scores of each mention."""
    with torch.autocast("cpu", torch.bfloat16):
        labels, roles = network(batch.ids, batch.cases, batch.gaps, batch.mask)
    inside = batch.mentions.flatten() >= 0
    mentions = batch.mentions.flatten()[inside]
    sums = torch.zeros(len(batch.roles), len(ROLES))
    sums = sums.index_add(0, mentions, roles.float().flatten(0, 1)[inside])
    counts = torch.bincount(mentions, minlength=len(batch.roles))
    return labels.float().flatten(0, 1)[told], sums / counts[:, None]


def _mean(scores: Sequence[Tensor]) -> Tensor:
    """Give the mean of the probabilities that several networks name."""
    return torch.stack([one.softmax(-1) for one in scores]).mean(0)
