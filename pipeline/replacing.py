"""Replace: let Presidio's engine put labels in place of stretches of text. It brings spaCy with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from presidio_anonymizer import AnonymizerEngine
from presidio_anonymizer.entities import OperatorConfig, RecognizerResult
from presidio_anonymizer.operators import Operator, OperatorType

from models.text import Span

_ENGINE: Any = AnonymizerEngine  # its methods carry no types


class NeutralLabel(Operator):
    """Replace identifying words by the label they were given."""

    def operate(self, text: str, params: dict[str, Any] | None = None) -> str:  # noqa: ARG002
        """Return the label; the words themselves go nowhere."""
        return str((params or {})["label"])

    def validate(self, params: dict[str, Any] | None = None) -> None:
        """Refuse to replace anything without a label.

        Raises:
            ValueError: If there is no label.
        """
        if not (params or {}).get("label"):
            raise ValueError("a label is needed")

    def operator_name(self) -> str:
        """Return the name by which the engine knows it."""
        return "neutral_label"

    def operator_type(self) -> OperatorType:
        """Say that it anonymizes."""
        return OperatorType.Anonymize


class Replacer:
    """Puts labels in place of spans."""

    def __init__(self) -> None:
        self._engine: Any = _ENGINE()
        self._engine.add_anonymizer(NeutralLabel)

    def replace(self, text: str, labelled: Sequence[tuple[Span, str]]) -> str:
        """Replace the spans of one stretch of text. Each is a type of its own."""
        results = [
            RecognizerResult(str(n), span.start, span.end, 1.0) for n, (span, _) in enumerate(labelled)
        ]
        operators = {
            str(n): OperatorConfig("neutral_label", {"label": label}) for n, (_, label) in enumerate(labelled)
        }
        return str(self._engine.anonymize(text, results, operators, merge_entities_with_spaces=False).text)
