"""Measure findings against the labelled documents.

usage: python -m tests.quality.score GOLD_FOLDER FINDINGS.jsonl
Findings: a line a document, `{"id": ..., "findings": [{"start", "end", "type", "role"}]}`.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.quality.gold import GoldDocument, GoldSpan, read_folder

TITLES = frozenset(
    [
        *("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lady", "lord"),
        *("pc", "dc", "sgt", "dsgt", "ds", "di", "cllr", "rev", "imam", "judge", "hhj", "sister", "nurse"),
        *("auntie", "aunty", "aunt", "uncle", "nan", "nana", "granny", "father", "the", "of", "and", "a"),
    ]
)
"""Words of a name that may stay readable."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Found:
    """What a detector found: offsets into the document text (code points, half-open)."""

    start: int
    end: int
    type: str
    role: str = ""


@dataclass(slots=True)
class Share:
    """A share of cases: `part` of `whole`."""

    part: int = 0
    whole: int = 0

    def add(self, *, hit: bool) -> None:
        """Count one case."""
        self.part += hit
        self.whole += 1

    @property
    def value(self) -> float | None:
        """The share, to four places; None of no cases."""
        return round(self.part / self.whole, 4) if self.whole else None


class Shares(dict[str, Share]):
    """Shares by name."""

    def __missing__(self, name: str) -> Share:
        """Begin a share at nothing."""
        return self.setdefault(name, Share())

    def table(self) -> dict[str, tuple[float | None, int]]:
        """List value and number of cases by name."""
        return {name: (share.value, share.whole) for name, share in sorted(self.items())}


@dataclass(slots=True)
class Tally:
    """Everything counted so far."""

    direct: Share = field(default_factory=Share)
    indirect: Share = field(default_factory=Share)
    leak_free: Share = field(default_factory=Share)
    right: Share = field(default_factory=Share)
    clean_flagged: Share = field(default_factory=Share)
    look_alikes: Share = field(default_factory=Share)
    types: Share = field(default_factory=Share)
    roles: Share = field(default_factory=Share)
    by_type: Shares = field(default_factory=Shares)
    by_role: Shares = field(default_factory=Shares)
    by_reason: Shares = field(default_factory=Shares)
    leaks: list[tuple[int, str]] = field(default_factory=list)
    words: int = 0

    def count(self, document: GoldDocument, findings: Sequence[Found]) -> None:
        """Count one document."""
        mask = _mask(len(document.text), findings)
        gold = _mask(len(document.text), document.spans)
        right = [finding for finding in findings if _is_right(finding, document.text, gold)]
        for finding in findings:
            self.right.add(hit=finding in right)
        leaks = sum([self._count_span(span, document.text, mask, right) for span in document.spans])
        for look_alike in document.look_alikes:
            touched = any(mask[look_alike.start : look_alike.end])
            self.look_alikes.add(hit=touched)
            self.by_reason[look_alike.reason].add(hit=touched)
        if any(span.is_direct for span in document.spans):
            self.leak_free.add(hit=leaks == 0)
        if not document.spans:
            self.clean_flagged.add(hit=bool(findings))
        self.leaks.append((leaks, document.id))
        self.words += len(document.text.split())

    def _count_span(self, span: GoldSpan, text: str, mask: bytearray, right: Sequence[Found]) -> bool:
        """Count one marked span; return whether it is a direct one that leaks."""
        covered = is_covered(span, text, mask)
        self.by_type[span.type].add(hit=covered)
        (self.direct if span.is_direct else self.indirect).add(hit=covered)
        if span.is_direct:
            self.by_role[span.role].add(hit=covered)
        if covered:
            over = [finding for finding in right if finding.start < span.end and finding.end > span.start]
            self.types.add(hit=any(finding.type == span.type for finding in over))
            if span.is_direct:
                self.roles.add(hit=any(finding.role == span.role for finding in over))
        return span.is_direct and not covered

    def table(self) -> dict[str, Any]:
        """List every measure by its name."""
        wrong = self.right.whole - self.right.part
        return {
            "direct_recall": self.direct.value,
            "indirect_recall": self.indirect.value,
            "leak_free_documents": self.leak_free.value,
            "precision": self.right.value,
            "false_alarms_per_1k_words": round(1000 * wrong / max(1, self.words), 2),
            "look_alikes_flagged": self.look_alikes.value,
            "clean_documents_flagged": f"{self.clean_flagged.part}/{self.clean_flagged.whole}",
            "type_accuracy": self.types.value,
            "role_accuracy": self.roles.value,
            "by_type": self.by_type.table(),
            "direct_by_who": self.by_role.table(),
            "look_alikes_by_why": self.by_reason.table(),
            "documents": len(self.leaks),
            "words": self.words,
            "most_leaks": sorted(self.leaks, reverse=True)[:5],
        }


def is_covered(span: GoldSpan, text: str, mask: bytearray) -> bool:
    """Whether every word of a span is hidden; titles in a name need not be."""
    words = [
        (span.start + word.start(), span.start + word.end())
        for word in _WORD.finditer(text[span.start : span.end])
        if span.type != "PERSON" or word.group().lower() not in TITLES
    ]
    return all(all(mask[start:end]) for start, end in words or [(span.start, span.end)])


def score(documents: Iterable[GoldDocument], findings: Mapping[str, Sequence[Found]]) -> dict[str, Any]:
    """Measure findings, keyed by document id, against the marks of the documents."""
    tally = Tally()
    for document in documents:
        tally.count(document, findings.get(document.id, ()))
    return tally.table()


def _mask(length: int, spans: Iterable[Found | GoldSpan]) -> bytearray:
    mask = bytearray(length)
    for span in spans:
        end = min(span.end, length)
        mask[span.start : end] = b"\1" * (end - span.start)
    return mask


def _is_right(finding: Found, text: str, gold: bytearray) -> bool:
    """Whether at least half of a finding's letters and digits are marked."""
    letters = [place for place in range(finding.start, min(finding.end, len(text))) if text[place].isalnum()]
    return bool(letters) and 2 * sum(gold[place] for place in letters) >= len(letters)


def read_findings(path: Path) -> dict[str, list[Found]]:
    """Read findings from a file of lines; findings without offsets are left out."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {
        row["id"]: [
            Found(found["start"], found["end"], found["type"], found.get("role") or "")
            for found in row["findings"]
            if found.get("start") is not None
        ]
        for row in rows
    }


def main() -> None:
    """Print the measures of a findings file."""
    folder, findings = map(Path, sys.argv[1:3])
    for name, value in score(read_folder(folder), read_findings(findings)).items():
        print(f"{name}: {value}")


if __name__ == "__main__":
    main()
