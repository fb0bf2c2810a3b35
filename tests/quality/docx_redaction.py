"""Redact random words in every Word file of a folder, and tell what came of it: `FOLDER`."""

from __future__ import annotations

import io
import random
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import docx

from models.document import Document
from models.errors import DocumentError
from models.redaction import Redaction, Replacement
from models.text import Span
from models.upload import FileKind, Received, Upload
from pipeline.extract import extract
from pipeline.intake import intake
from pipeline.limits import Limits
from pipeline.redactors.docx import redact_docx
from pipeline.verify import NotRedactedError

WORDS = 5
LABEL = "[x]"


@dataclass(frozen=True)
class Done:
    """What came of one file; `kept` is the share of the other words that are still there."""

    spans: int
    seconds: float
    is_made: bool = False
    is_opened: bool = False
    kept: float = 0.0
    size: float = 0.0


def main(folder: str) -> None:
    """Redact every Word file of a folder and print the sums."""
    chance = random.Random(7)
    files = [done for p in sorted(Path(folder).rglob("*")) if (done := redact(p, chance)) is not None]
    made = [f for f in files if f.is_made]
    print(
        f"{len(files)} files, {sum(f.spans for f in files)} places; {len(files) - len(made)} without a copy"
    )
    print(f"{sum(f.is_opened for f in made)} copies open in python-docx")
    print(f"other words kept: {min(f.kept for f in made):.3f} at least")
    print(f"size: {sum(f.size for f in made) / len(made):.2f} of the original's on average")
    seconds = [f.seconds for f in made]
    print(f"{sum(seconds) / len(seconds):.2f} s a file, {max(seconds):.1f} s at most")


def redact(path: Path, chance: random.Random) -> Done | None:
    """Redact some words of one file, wherever they stand; None where it is no Word file with words."""
    read = _read(path)
    words = sorted(set(re.findall(r"[^\W\d_]{4,}", read[1].text))) if read else []
    if read is None or not words:
        return None
    received, document = read
    picked = "|".join(map(re.escape, chance.sample(words, min(WORDS, len(words)))))
    pattern = re.compile(rf"\b({picked})\b")
    replacements = tuple(
        Replacement(s.id, Span(*m.span()), LABEL) for s in document.segments for m in pattern.finditer(s.text)
    )
    redaction = Redaction(pattern.sub(LABEL, document.text), replacements)
    start = time.perf_counter()
    try:
        copy = redact_docx(received, document, redaction, Limits())
    except NotRedactedError:
        return Done(len(replacements), time.perf_counter() - start)
    seconds = time.perf_counter() - start
    kept = _kept(redaction.text, extract(intake(Upload("copy.docx", copy), Limits()), Limits()).document.text)
    size = len(copy) / len(received.untrusted_bytes)
    return Done(len(replacements), seconds, is_made=True, is_opened=_opens(copy), kept=kept, size=size)


def _read(path: Path) -> tuple[Received, Document] | None:
    try:
        received = intake(Upload(path.name, path.read_bytes()), Limits()) if path.is_file() else None
        if received is None or received.kind is not FileKind.DOCX:
            return None
        return received, extract(received, Limits()).document
    except DocumentError:
        return None


def _kept(wanted: str, got: str) -> float:
    before, after = Counter(re.findall(r"\w+", wanted)), Counter(re.findall(r"\w+", got))
    return (before & after).total() / before.total()


def _opens(copy: bytes) -> bool:
    try:
        docx.Document(io.BytesIO(copy))
    except (KeyError, ValueError):
        return False
    return True


if __name__ == "__main__":
    main(sys.argv[1])
