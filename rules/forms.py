"""The regulator's forms: their questions, what must be answered, and the word limits known."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from models.entry import Form, FormKind
from models.serialize import from_json

FORMS = Path(__file__).with_name("forms.json")


@dataclass(frozen=True, slots=True)
class _Table:
    forms: tuple[Form, ...]


def read_forms(untrusted: str) -> dict[FormKind, Form]:
    """Read a table of forms.

    Raises:
        ValueError: If it is malformed, a kind of form is missing or stands twice, or a
            form uses a question's id twice.
    """
    forms = from_json(_Table, json.loads(untrusted)).forms
    if sorted(f.kind for f in forms) != sorted(FormKind):
        raise ValueError("each kind of form must stand in the table once")
    for form in forms:
        if len({q.id for q in form.questions}) != len(form.questions):
            raise ValueError(f"{form.kind}: a question's id stands twice")
    return {f.kind: f for f in forms}


@cache
def load_forms() -> dict[FormKind, Form]:
    """Load the regulator's forms by their kind."""
    return read_forms(FORMS.read_text(encoding="utf-8"))
