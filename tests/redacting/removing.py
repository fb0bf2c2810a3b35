"""Make a redaction that removes given words wherever they stand, as the line would."""

from __future__ import annotations

import re
from collections.abc import Iterable

from models.document import Document
from models.redaction import Redaction, Replacement
from models.text import Span


def removing(document: Document, names: Iterable[str]) -> Redaction:
    """Return a redaction of every occurrence of these names in every segment."""
    order = {name: f"[Person {n}]" for n, name in enumerate(names, start=1)}
    pattern = re.compile("|".join(map(re.escape, sorted(order, key=len, reverse=True))))
    replacements = [
        Replacement(segment.id, Span(*match.span()), order[match[0]])
        for segment in document.segments
        for match in pattern.finditer(segment.text)
    ]
    return Redaction(pattern.sub(lambda m: order[m[0]], document.text), tuple(replacements))
