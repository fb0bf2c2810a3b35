"""Templates: models of reflection with their prompts, types of activity, sections of a profile."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from models.serialize import from_json

TABLE = Path(__file__).with_name("templates.json")


@dataclass(frozen=True, slots=True)
class ReflectionStep:
    """One step of a model of reflection, with what to ask oneself."""

    name: str
    prompt: str


@dataclass(frozen=True, slots=True)
class ReflectionModel:
    """A model of reflection: headings to write under, none of them required."""

    id: str
    name: str
    source: str
    steps: tuple[ReflectionStep, ...]


@dataclass(frozen=True, slots=True)
class ActivityType:
    """One answer to "type of CPD"."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class ProfileSection:
    """One text that a practitioner writes for a profile.

    Attributes:
        words: About how many the regulator asks for, or None.
    """

    id: str
    name: str
    prompt: str
    words: int | None


@dataclass(frozen=True, slots=True)
class ProfileTemplate:
    """What a profile under one standard holds.

    Attributes:
        gap_days: Days without an activity that the regulator wants explained, or None.
    """

    standard: str
    name: str
    source: str
    gap_days: int | None
    gap_note: str | None
    sections: tuple[ProfileSection, ...]


@dataclass(frozen=True, slots=True)
class Templates:
    """Everything of the table."""

    reflection_models: tuple[ReflectionModel, ...]
    activity_types: tuple[ActivityType, ...]
    profiles: tuple[ProfileTemplate, ...]


def read_templates(untrusted: str) -> Templates:
    """Read the table.

    Raises:
        ValueError: If it is malformed or an id stands twice.
    """
    templates = from_json(Templates, json.loads(untrusted))
    for ids in (
        [m.id for m in templates.reflection_models],
        [t.id for t in templates.activity_types],
        [p.standard for p in templates.profiles],
    ):
        if doubled := [name for name, times in Counter(ids).items() if times > 1]:
            raise ValueError(f"stands there twice: {doubled}")
    return templates


@cache
def load_templates() -> Templates:
    """Load the templates."""
    return read_templates(TABLE.read_text(encoding="utf-8"))
