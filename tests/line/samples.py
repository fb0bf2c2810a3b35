"""Compare what the line made of a sample with what its author marked in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from models.findings import EntityType, Judgement, Verdict
from models.results import Context, Results
from models.text import Span
from models.upload import Upload
from pipeline.kit import Kit
from pipeline.limits import Limits
from pipeline.line import check, read
from tests.samples.builder.marks import Expected
from tests.samples.builder.samples import FOLDER

NAMES = sorted(path.name.removesuffix(".expected.json") for path in FOLDER.glob("*.expected.json"))


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample with what its author marked.

    Attributes:
        find: What identifies someone.
        leave: What only looks so.
    """

    path: Path
    own_name: str | None
    parts: frozenset[str]
    find: tuple[Expected, ...]
    leave: tuple[Expected, ...]


@dataclass(frozen=True, slots=True)
class Met:
    """Marked words at one place where they stand in the document."""

    mark: Expected
    segment: str
    span: Span

    def __str__(self) -> str:
        return f"{self.mark.label} {self.mark.before}>{self.mark.text}<{self.mark.after} ({self.mark.place})"


def load_sample(name: str) -> Sample:
    """Load a sample by its name without ending."""
    told = json.loads((FOLDER / f"{name}.expected.json").read_text(encoding="utf-8"))
    find = tuple(Expected(**mark) for mark in told["find"])
    leave = tuple(Expected(**mark) for mark in told["leave"])
    return Sample(FOLDER / told["file"], told["self"], frozenset(told["parts"]), find, leave)


def run_line(sample: Sample, kit: Kit) -> Results:
    """Send a sample down the line."""
    upload = Upload(sample.path.name, sample.path.read_bytes())
    return check(read(upload, Limits()), Context(own_name=sample.own_name), kit)


def meet(results: Results, mark: Expected) -> list[Met]:
    """Find where marked words stand. A line break in the file counts as a space."""
    pattern = _words(mark.before) + "(?P<it>" + _words(mark.text) + ")" + _words(mark.after)
    return [
        Met(mark, segment.id, Span(*found.span("it")))
        for segment in results.document.segments
        for found in re.finditer(pattern, segment.text)
    ]


def _words(text: str) -> str:
    pieces = [re.escape(piece) for piece in text.split()]
    start = r"\s+" if text[:1].isspace() else ""
    end = r"\s+" if text[1:] and text[-1].isspace() else ""
    return start + r"\s+".join(pieces) + end


def over(judgements: tuple[Judgement, ...], met: Met) -> Iterator[Judgement]:
    """Yield the judgements that share a character with marked words."""
    for judgement in judgements:
        if judgement.finding.segment == met.segment and judgement.finding.span.overlaps(met.span):
            yield judgement


def is_found(results: Results, met: Met) -> bool:
    """Tell whether every letter of the marked words is covered, directly identifying ones as such."""
    wanted = EntityType(met.mark.label)
    covered = {
        at
        for j in over(results.judgements, met)
        if j.finding.entity_type.is_direct or not wanted.is_direct
        for at in range(j.finding.span.start, j.finding.span.end)
    }
    text = results.document.by_id[met.segment].text
    return all(at in covered for at in range(met.span.start, met.span.end) if text[at].isalnum())


def is_flagged(results: Results, met: Met) -> bool:
    """Tell whether words that are to be left alone are held against the text."""
    return any(j.verdict in (Verdict.BLOCK, Verdict.WARN) for j in over(results.judgements, met))
