"""Look for removed words in a redacted copy."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from models.document import Document
from models.redaction import Redaction
from pipeline.verify import by_segment, gone, surviving, words_of


@dataclass(frozen=True, slots=True)
class Leak:
    """A removed word that stands in a copy, and where."""

    word: str
    place: str


def find_leaks(original: Document, redaction: Redaction, copy: Document) -> list[Leak]:
    """Find the removed words that stand in a copy more often than they may.

    A word may stay where it was deliberately left ("grace", beside a colleague called
    Grace): as often as it stands in the original outside what was removed.
    """
    removed = by_segment(redaction)
    allowed = Counter(
        word for s in original.segments for word in words_of(surviving(s, removed.get(s.id, ())))
    )
    found: dict[str, list[str]] = {}
    for segment in copy.segments:
        for word in words_of(segment.text):
            found.setdefault(word, []).append(segment.place.name)
    return [
        Leak(word, place)
        for word in sorted(gone(original, redaction).words)
        if len(found.get(word, ())) > allowed[word]
        for place in dict.fromkeys(found[word])
    ]
