"""Read the labelled passages: which parts a text shows, and with which sentence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from models.text import Span
from pipeline.sentences import split_sentences

FOLDER = Path(__file__).parents[1] / "cpd"
SWE_FILES = ("author-1", "author-1-none", "author-2", "author-3", "author-4", "author-5")


@dataclass(frozen=True, slots=True)
class Passage:
    """One labelled text.

    Attributes:
        parts: What a careful assessor would accept from the text alone.
        borderline: Extras that could be defended: neither right nor wrong.
        evidence: For each part the numbers of the sentences that show it.
    """

    id: str
    author: str
    text: str
    spans: tuple[Span, ...]
    parts: frozenset[str]
    borderline: frozenset[str]
    evidence: Mapping[str, tuple[int, ...]]

    @property
    def sentences(self) -> list[str]:
        """The text's sentences in reading order."""
        return [self.text[s.start : s.end] for s in self.spans]


def read_passages(files: tuple[str, ...] = SWE_FILES) -> list[Passage]:
    """Read the passages of some files."""
    found = []
    for name in files:
        lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        found += [_passage(json.loads(line), name.removesuffix("-none")) for line in lines]
    return found


def _passage(record: dict, author: str) -> Passage:  # type: ignore[type-arg]
    text = record["text"]
    spans = tuple(s.span for s in split_sentences(text))
    evidence = {part: _rows(text, spans, said) for part, said in record.get("evidence", {}).items()}
    parts, borderline = frozenset(record["parts"]), frozenset(record.get("borderline", []))
    return Passage(record["id"], author, text, spans, parts, borderline - parts, evidence)


def _rows(text: str, spans: tuple[Span, ...], said: str) -> tuple[int, ...]:
    """Return the sentences that hold most of a labelled one, or lie mostly in it."""
    start = text.index(said)
    end = start + len(said)
    return tuple(
        row
        for row, span in enumerate(spans)
        if 2 * (min(span.end, end) - max(span.start, start)) > min(len(span), len(said))
    )
