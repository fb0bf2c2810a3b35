"""Verify a redacted copy: whatever was removed must not be found again, by any reader.

The check fails closed. It is told what may still stand in the copy - the words of the
document with the removed stretches taken out - and every removed word that is met more
often than that is a leak. So the same word may stay where it was deliberately left ("grace",
beside a colleague called Grace), and nowhere else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models.document import Document, Segment
from models.redaction import Redaction, Replacement
from pipeline.normalise import normalise

SQUASHED = 6
"""Letters from which on a removed text is also looked for with all spaces left out."""

SHORTEST_IN_PICTURE = 3
"""Letters from which on a removed word is looked for in a picture.

A box that reaches into the words beside it leaves a letter or two of them standing, which
then are read as words of their own: as initials, if any were removed.
"""

_WORD = re.compile(r"[^\W_]+")


class NotRedactedError(Exception):
    """No copy could be made from which everything is gone. The document goes to a person.

    Attributes:
        leaks: What was still found; never any text.
    """

    def __init__(self, leaks: tuple[Leak, ...]) -> None:
        super().__init__(f"{len(leaks)} places still held what was removed")
        self.leaks = leaks


@dataclass(frozen=True, slots=True)
class Leak:
    """Something removed that was found again.

    Attributes:
        reader: What found it ("pdfium", "pypdf", "objects" ...).
        page: Page number counted from 1, or None for the file as a whole.
    """

    reader: str
    page: int | None = None


@dataclass(frozen=True)
class Gone:
    """What must not be found any more.

    Attributes:
        words: The removed words, folded.
        texts: The removed stretches without spaces, folded, where long enough to be told
            from chance.
    """

    words: frozenset[str]
    texts: frozenset[str]


def fold(text: str) -> str:
    """Return a text as it is compared: composed, without what nobody sees, in small letters."""
    return normalise(text).text.casefold()


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded."""
    return _WORD.findall(fold(text))


def squash(text: str) -> str:
    """Return the letters and digits of a text, folded, without anything between."""
    return "".join(words_of(text))


def gone(document: Document, redaction: Redaction) -> Gone:
    """Gather what a redaction removes from a document, in every spelling it has there."""
    removed = [document.by_id[r.segment].text[r.span.start : r.span.end] for r in redaction.replacements]
    texts = {squash(text) for text in removed}
    return Gone(
        frozenset(word for text in removed for word in words_of(text)),
        frozenset(text for text in texts if len(text) >= SQUASHED),
    )


def legible(removed: Gone) -> Gone:
    """Leave out what a reader of pictures cannot tell from the rests of other words."""
    words = frozenset(word for word in removed.words if len(word) >= SHORTEST_IN_PICTURE)
    return Gone(words, removed.texts)


def by_segment(redaction: Redaction) -> Mapping[str, list[Replacement]]:
    """Group the replacements by the segment they stand in."""
    grouped: dict[str, list[Replacement]] = {}
    for replacement in redaction.replacements:
        grouped.setdefault(replacement.segment, []).append(replacement)
    return grouped


def surviving(segment: Segment, replacements: Iterable[Replacement], gap: str = " ") -> str:
    """Return a segment's text with each removed stretch turned into its label, between two gaps."""
    pieces: list[str] = []
    at = 0
    for replacement in sorted(replacements, key=lambda r: r.span):
        pieces += [segment.text[at : replacement.span.start], gap, replacement.label, gap]
        at = replacement.span.end
    return "".join([*pieces, segment.text[at:]])


def is_leaking(found: str, expected: str, removed: Gone) -> bool:
    """Tell whether a text holds a removed word more often than it may.

    Args:
        found: What a reader sees in the copy.
        expected: What may be there (`surviving`).
        removed: What must be gone.
    """
    leaks = leaking(found, expected, removed)
    return bool(leaks.words or leaks.texts)


def leaking(found: str, expected: str, removed: Gone) -> Gone:
    """Return what of the removed a text holds more often than it may; arguments as above."""
    seen, allowed = words_of(found), words_of(expected)
    counts, limits = Counter(seen), Counter(allowed)
    run, allowed_run = "".join(seen), "".join(allowed)
    return Gone(
        frozenset(word for word in removed.words if counts[word] > limits[word]),
        frozenset(text for text in removed.texts if run.count(text) > allowed_run.count(text)),
    )
