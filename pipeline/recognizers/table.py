"""The recognizer that reads a table of patterns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from presidio_analyzer import LocalRecognizer, RecognizerResult

from pipeline.claims import Claim
from pipeline.recognizers.checks import CHECKS
from pipeline.recognizers.engine import entity_names, result_of
from rules.recognizers.table import Row, load_rows

_GROUPS = ("it", "it2", "it3", "it4")


class TableRecognizer(LocalRecognizer):
    """Finds what one table of patterns describes.

    Presidio's own pattern recognizer drops a pattern's findings when it runs out of
    time; here patterns are bounded instead, and a test holds them to linear time.
    """

    def __init__(self, table: str) -> None:
        """Read a table of `rules/recognizers`.

        Raises:
            ValueError: The table is malformed or names an unknown check.
        """
        self._rows = load_rows(table)
        unknown = {row.check for row in self._rows if row.check} - CHECKS.keys()
        if unknown:
            raise ValueError(f"table {table}: no such check: {sorted(unknown)}")
        super().__init__(entity_names({row.entity_type for row in self._rows}), name=table)

    def load(self) -> None:
        """Load nothing more: the table is read when the recognizer is made."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:  # noqa: ARG002
        """Find what the table describes, whatever entities are asked for."""
        return [result_of(claim, self) for row in self._rows for claim in claims_of(row, text)]


def claims_of(row: Row, text: str) -> Iterator[Claim]:
    """Find what one row of a table describes."""
    check = CHECKS[row.check] if row.check else None
    for match in row.pattern.finditer(text):
        for group in _GROUPS:
            if group not in row.pattern.groupindex or match[group] is None:
                continue
            start, end = match.span(group)
            if end <= start:
                continue
            score = row.score if check is None or check(text[start:end]) else row.unchecked_score
            if score:
                yield Claim(start, end, row.entity_type, score, row.name, row.look_alike, row.role, 1.0)
