"""How sure the classifier must be of an entity type before its mark counts."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from models.findings import EntityType

_FILE = Path(__file__).parent / "thresholds.json"


@cache
def load_thresholds() -> dict[EntityType, float]:
    """Read the least score of each entity type that has one."""
    return {EntityType(name): score for name, score in json.loads(_FILE.read_text(encoding="utf-8")).items()}
