"""Run the whole of detection and assessment over labelled documents, and count what it finds."""

from __future__ import annotations

import json
import math
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from models.document import Found as FoundText
from models.document import Place, SegmentKind, assemble
from models.findings import Finding
from models.results import Context
from pipeline.assess import assess
from pipeline.detect import Detector, detect
from rules.policy import Policy
from tests.quality.gold import GoldDocument, GoldSpan, LookAlike
from tests.quality.score import Found, Tally, is_covered
from training.augment import Names, recase, swap_people
from training.drafts import draft, undraft

COURT = Path(__file__).parents[3] / "shared" / "corpus" / "tab" / "tab_train_dev.jsonl"
"""Court judgments with their own marks, where they lie beside the project."""


def flagged(document: GoldDocument, detector: Detector, policy: Policy) -> list[Finding]:
    """Find and judge what one document holds; return what is not allowed."""
    text = assemble([FoundText(SegmentKind.TEXT, Place("text"), document.text, body=True)])
    context = Context(own_name=document.own_name)
    return [j.finding for j in assess(text, detect(text, context, detector), context, policy).judgements]


def found(findings: Iterable[Finding]) -> list[Found]:
    """Write findings as the ruler counts them."""
    return [Found(f.span.start, f.span.end, f.entity_type, f.role) for f in findings]


def tally(documents: Iterable[GoldDocument], detector: Detector, policy: Policy) -> Tally:
    """Count everything over documents."""
    total = Tally()
    for document in documents:
        total.count(document, found(flagged(document, detector, policy)))
    return total


def by_kind(documents: Iterable[GoldDocument], least: int = 5) -> dict[str, list[GoldDocument]]:
    """Sort documents by kind; kinds with few documents are counted as one."""
    kinds: dict[str, list[GoldDocument]] = defaultdict(list)
    for document in documents:
        kinds[document.kind].append(document)
    rare = [d for kind in kinds.values() if len(kind) < least for d in kind]
    return {name: kind for name, kind in sorted(kinds.items()) if len(kind) >= least} | {"other kinds": rare}


def renamed(document: GoldDocument, names: Names, seed: str) -> GoldDocument:
    """Give every person in a document a name of one origin, the same at all mentions."""
    return _redrawn(document, *undraft(swap_people(draft(document), names, random.Random(seed))))


def recased(document: GoldDocument, change: Callable[[str], str]) -> GoldDocument:
    """Write a whole document in another letter case."""
    return _redrawn(document, *undraft(recase(draft(document), change)))


def _redrawn(document: GoldDocument, text: str, marks: list[tuple[int, int, str, str]]) -> GoldDocument:
    """Make a labelled document of a changed text and its marks."""
    spans = tuple(GoldSpan(a, b, label, role) for a, b, label, role in marks if role)
    look_alikes = tuple(LookAlike(a, b, label) for a, b, label, role in marks if not role)
    return GoldDocument(
        document.id, document.kind, document.setting, None, document.parts, text, spans, look_alikes
    )


def people_recall(documents: Iterable[GoldDocument], detector: Detector, policy: Policy) -> tuple[int, int]:
    """Count the mentions of people that are found, and all of them."""
    share = tally(documents, detector, policy).by_type["PERSON"]
    return share.part, share.whole


def court_recall(path: Path, most: int, detector: Detector, policy: Policy) -> dict[str, tuple[int, int]]:
    """Count the direct identifiers found in judgments: by kind, an identifier when all its mentions are."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for text, entities in _judgments(path, most):
        document = GoldDocument("court", "judgment", "court", None, (), text, (), ())
        mask = bytearray(len(text))
        for item in flagged(document, detector, policy):
            mask[item.span.start : item.span.end] = b"\1" * len(item.span)
        for kind, spans in entities.values():
            counts[kind][0] += all(is_covered(span, text, mask) for span in spans)
            counts[kind][1] += 1
    return {kind: (hit, whole) for kind, (hit, whole) in sorted(counts.items())}


def _judgments(path: Path, most: int) -> Iterator[tuple[str, Mapping[str, tuple[str, list[GoldSpan]]]]]:
    """Read judgments with their direct identifiers by person or number."""
    with path.open(encoding="utf-8") as lines:
        for line, _ in zip(lines, range(most), strict=False):
            row = json.loads(line)
            entities: dict[str, tuple[str, list[GoldSpan]]] = {}
            for mark in row["entities"]:
                if mark["identifier_type"] == "DIRECT":
                    kind = "PERSON" if mark["entity_type"] == "PERSON" else "CASE_REFERENCE"
                    spans = entities.setdefault(mark["entity_id"], (mark["entity_type"], []))[1]
                    spans.append(GoldSpan(mark["start_offset"], mark["end_offset"], kind, "supported"))
            yield row["text"], entities


def interval(part: int, whole: int) -> tuple[float, float]:
    """Give the 95 % Wilson interval of a share."""
    if not whole:
        return 0.0, 1.0
    z, share = 1.96, part / whole
    middle = (share + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z * math.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole)) / (1 + z * z / whole)
    return middle - half, middle + half


def below(floors: Mapping[str, float], measured: Mapping[str, float | None]) -> Sequence[str]:
    """List the measures that miss their floor; those whose names end in _at_most must not exceed it."""
    missed = []
    for name, floor in floors.items():
        value = measured.get(name.removesuffix("_at_most"))
        is_met = value is not None and (value <= floor if name.endswith("_at_most") else value >= floor)
        if not is_met:
            missed.append(f"{name}: {value} misses {floor}")
    return missed
