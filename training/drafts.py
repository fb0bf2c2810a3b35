"""Documents in the form that augmentation changes and training reads: a list of fragments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.quality.gold import GoldDocument


@dataclass(frozen=True, slots=True)
class Fragment:
    """Some words of a document, marked or plain.

    Attributes:
        text: The words. They may change in length: a fragment has no offset.
        label: Entity type or look-alike reason; empty for plain words.
        role: Who a span is about; empty for plain words and look-alikes.
    """

    text: str
    label: str = ""
    role: str = ""


Draft = list[Fragment]


def draft(document: GoldDocument) -> Draft:
    """Divide a document into fragments."""
    marks = [(s.start, s.end, s.type, s.role) for s in document.spans]
    marks += [(n.start, n.end, n.reason, "") for n in document.look_alikes]
    fragments: Draft = []
    at = 0
    for start, end, label, role in sorted(marks):
        if start > at:
            fragments.append(Fragment(document.text[at:start]))
        fragments.append(Fragment(document.text[start:end], label, role))
        at = end
    return [*fragments, Fragment(document.text[at:])] if at < len(document.text) else fragments


def undraft(fragments: Sequence[Fragment]) -> tuple[str, list[tuple[int, int, str, str]]]:
    """Join fragments to a text and its marks: start, end, label, role."""
    marks = []
    length = 0
    for fragment in fragments:
        if fragment.label:
            marks.append((length, length + len(fragment.text), fragment.label, fragment.role))
        length += len(fragment.text)
    return "".join(fragment.text for fragment in fragments), marks
