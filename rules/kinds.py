"""Which kind of thing a name tells by its words: a school, a care home, a country."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from models.findings import EntityType
from models.serialize import from_json

KINDS = Path(__file__).with_name("kinds.json")


@dataclass(frozen=True)
class Kind:
    """A kind of place or organisation, told by any of its words.

    Attributes:
        words: Lower-case words or phrases that stand whole in the name.
    """

    id: str
    type: EntityType
    words: tuple[str, ...]

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, self.words))})(?!\w)", re.IGNORECASE)

    def fits(self, text: str) -> bool:
        """Tell whether one of the words stands in a text."""
        return self._pattern.search(text) is not None


@dataclass(frozen=True, slots=True)
class KindTable:
    """All kinds, the more telling first."""

    kinds: tuple[Kind, ...]

    def kind_of(self, entity_type: EntityType, text: str) -> str | None:
        """Name the first kind that fits, or None where the name tells nothing."""
        straight = text.replace("’", "'")
        return next((k.id for k in self.kinds if k.type is entity_type and k.fits(straight)), None)


def load_kinds() -> KindTable:
    """Load the project's kinds.

    Raises:
        ValueError: If the table is malformed.
    """
    return from_json(KindTable, json.loads(KINDS.read_text(encoding="utf-8")))
