"""The texts that are measured on: the labelled documents, without their marks."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path

from tests.quality.gold import read_folder

_GOLD = Path(__file__).parents[1] / "gold"


def words_of_text(words: int) -> str:
    """Return labelled documents one after the other, cut at a number of words."""
    documents = cycle(
        document.text for folder in sorted(_GOLD.glob("train-*")) for document in read_folder(folder)
    )
    lines: list[str] = []
    count = 0
    for document in documents:
        for line in document.splitlines():
            lines.append(line)
            count += len(line.split())
            if count >= words:
                return "\n".join(lines)
    raise ValueError("there are no labelled documents")
