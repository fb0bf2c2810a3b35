"""How much processor time mapping takes, once loaded, for texts of several lengths.

usage: python -m tests.bench.mapping
"""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from statistics import median

from models.document import Found, Place, SegmentKind, assemble
from models.redaction import Redaction
from pipeline.map import Mapper, load_mapper, map_parts
from rules.standards import load_standards
from tests.quality.passages import read_passages

STANDARD = load_standards()["swe-4"]
LENGTHS = (228, 600, 1000, 1400)
TIMES = 3


def milliseconds(text: str, mapper: Mapper) -> float:
    """Return the processor time that a text takes, the best of a few, after one that does not count."""
    document = assemble([Found(SegmentKind.TEXT, Place("text"), text, body=True)])
    taken = []
    for _ in range(TIMES + 1):
        began = time.process_time()
        map_parts(document, Redaction(text, ()), STANDARD, mapper)
        taken.append(1000 * (time.process_time() - began))
    return min(taken[1:])


def of_length(words: int) -> str:
    """Return labelled texts that show parts, one after another, cut to a number of words."""
    texts = (p.text for p in read_passages(("author-2", "author-3")) if p.parts)
    return " ".join(" ".join(texts).split(" ")[:words])


def measured() -> Iterator[str]:
    """Yield what was measured, line by line."""
    mapper = load_mapper()
    for words in LENGTHS:
        yield f"{words} words: {milliseconds(of_length(words), mapper):.0f} ms"
    taken = [milliseconds(passage.text, mapper) for passage in read_passages()[::4]]
    yield f"labelled texts, every fourth: median {median(taken):.0f} ms, most {max(taken):.0f} ms"
    yield f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"


if __name__ == "__main__":
    for line in measured():
        print(line)
