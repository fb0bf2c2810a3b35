"""Replay what a tagger said of the labelled documents, so that rules are tested without running it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

from pipeline.tagger import Mark, Tagging

OUT_OF_FOLD = Path("tests/gold/out-of-fold.jsonl")
"""Marks on each training document by a model that saw none of its folder."""

_FIELDS = 6
"""Fields of a mark before the other roles."""


@dataclass(frozen=True, slots=True)
class Recording:
    """What one model said of one document.

    Attributes:
        id: The document.
        text: Hash of its text: a recording of an older text is no use.
        model: Version of the model.
    """

    id: str
    text: str
    model: str
    tagging: Tagging


class RecordedTagger:
    """A tagger that knows the recorded texts only, with the interface of the real one."""

    def __init__(self, recordings: Iterable[Recording]) -> None:
        """Remember recordings by the hash of their text."""
        self._taggings: Mapping[str, Tagging] = {r.text: r.tagging for r in recordings}

    @classmethod
    def load(cls, path: Path = OUT_OF_FOLD) -> Self:
        """Read the recordings of a file."""
        return cls(parse(line) for line in path.read_text(encoding="utf-8").splitlines())

    def read(self, text: str) -> Tagging:
        """Give the recorded marks of a text.

        Raises:
            KeyError: The text was not recorded.
        """
        return self._taggings[text_hash(text)]

    def tag(self, text: str) -> tuple[Mark, ...]:
        """Give the recorded sure marks of a text."""
        return self.read(text).sure

    def tag_weak(self, text: str) -> tuple[Mark, ...]:
        """Give the recorded weak marks of a text."""
        return self.read(text).weak


def text_hash(text: str) -> str:
    """Name a text by its content."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def parse(line: str) -> Recording:
    """Read one line of a recording."""
    row = json.loads(line)
    return Recording(row["id"], row["text"], row["model"], Tagging(_marks(row["sure"]), _marks(row["weak"])))


def _marks(rows: list[list[object]]) -> tuple[Mark, ...]:
    """Read marks, each a list in the order of the fields."""
    return tuple(_mark(*row) for row in rows)


def _mark(*row: Any) -> Mark:
    """Read one mark; where a record does not carry the other roles there are none."""
    mark = Mark(*row[:_FIELDS])
    others = row[_FIELDS] if len(row) > _FIELDS else ()
    return replace(mark, other_roles=tuple((role, score) for role, score in others))


def line(recording: Recording) -> str:
    """Write one recording as a line."""
    tagging = recording.tagging
    row = {"id": recording.id, "text": recording.text, "model": recording.model}
    return json.dumps(row | {"sure": _rows(tagging.sure), "weak": _rows(tagging.weak)}, separators=(",", ":"))


def _rows(marks: Iterable[Mark]) -> list[list[object]]:
    return [
        [m.start, m.end, m.label, round(m.score, 2), m.role, round(m.role_score, 2), _others(m)]
        for m in marks
    ]


def _others(mark: Mark) -> list[list[object]]:
    return [[role, round(score, 2)] for role, score in mark.other_roles]
