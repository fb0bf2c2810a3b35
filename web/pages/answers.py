"""Answers as a page sends them: put together with what is saved, so that no tab overwrites another unseen."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from models.entry import Form
from web.forms import SentForm

ANSWER = "answer."
"""Before a question's id: the field with what was written."""

BASE = "base."
"""Before a question's id: the field with the mark of the text that the page was opened with."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What a form brings.

    Attributes:
        given: Texts to be saved, by question.
        apart: Texts written here where another tab saved another text meanwhile.
    """

    given: Mapping[str, str] = field(default_factory=dict)
    apart: Mapping[str, str] = field(default_factory=dict)


def plain(text: str) -> str:
    """Return a text with the line ends that pages send."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def mark_of(text: str) -> str:
    """Return a short mark by which a page tells whether a text is still the one it was opened with."""
    return hashlib.sha256(plain(text).encode()).hexdigest()[:16]


def merge(form: Form, sent: SentForm, saved: Mapping[str, str]) -> Merged:
    """Say of each question whose text holds: the one written here, or the one saved.

    Where only one of them was changed since the page was opened, that one. Where both
    were, and differ, a person must choose.
    """
    given: dict[str, str] = {}
    apart: dict[str, str] = {}
    for question in form.questions:
        if ANSWER + question.id not in sent.fields:
            continue
        mine, now = plain(sent.get(ANSWER + question.id)), plain(saved.get(question.id, ""))
        base = sent.get(BASE + question.id)
        if mine == now or mark_of(mine) == base:
            continue
        (given if mark_of(now) == base else apart)[question.id] = mine
    return Merged(given, apart)
