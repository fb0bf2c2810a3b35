"""The reasons that people give for their decisions, by code."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from models.entry import Step
from models.serialize import from_json

REASONS = Path(__file__).with_name("reasons.json")


@dataclass(frozen=True, slots=True)
class DecisionReason:
    """One reason.

    Attributes:
        steps: The steps it may be given for.
        wording: What people read and choose.
    """

    code: str
    steps: tuple[Step, ...]
    wording: str


@dataclass(frozen=True, slots=True)
class RevealReason:
    """A reason of a reviewer to look at words that are masked."""

    code: str
    wording: str


@dataclass(frozen=True, slots=True)
class _Table:
    reasons: tuple[DecisionReason, ...]
    reveals: tuple[RevealReason, ...]


@cache
def _load() -> _Table:
    return from_json(_Table, json.loads(REASONS.read_text(encoding="utf-8")))


def load_reasons() -> tuple[DecisionReason, ...]:
    """Load the reasons in the order in which they are offered."""
    return _load().reasons


def reveal_reasons() -> dict[str, str]:
    """Return the codes and wordings of the reasons to look at masked words."""
    return {r.code: r.wording for r in _load().reveals}


def reasons_for(step: Step) -> dict[str, str]:
    """Return the codes and wordings of the reasons for a step."""
    return {r.code: r.wording for r in load_reasons() if step in r.steps}
