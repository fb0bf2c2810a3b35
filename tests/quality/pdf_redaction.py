"""Redact random words of real PDFs and look for them again with readers of others.

usage: python -m tests.quality.pdf_redaction FOLDER [WORDS_A_FILE]

Each file loses some whole words, every occurrence of each. Counted are files in which a
removed word is still met (by pdftotext and mutool too, where they are installed), other
words kept, pages turned to pictures, and processor time a page, verification included.
"""

import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from statistics import median

from models.document import Document, SegmentKind, assemble
from models.errors import DocumentError
from models.redaction import Redaction, Replacement
from models.text import Span
from models.upload import FileKind, Received
from pipeline.limits import Limits
from pipeline.readers.pdf import read_pdf
from pipeline.readers.pdf_pages import open_pdfium, read_pages
from pipeline.redactors import pdf as redactor
from pipeline.verify import NotRedactedError, by_segment, gone, is_leaking, surviving, words_of

WORD = re.compile(r"[^\W\d_]{4,}")
LABEL = re.compile(r"\[Child [A-Z]\]")
WORDS_A_FILE = 12


def pages(document: Document):
    return [s for s in document.segments if s.kind is SegmentKind.PAGE]


def random_redaction(document: Document, seed: str, words: int) -> Redaction:
    """Choose whole words of a document and redact every occurrence of each."""
    found = sorted({w.group() for s in pages(document) for w in WORD.finditer(s.text)})
    chosen = random.Random(seed).sample(found, min(words, len(found)))
    replacements = [
        Replacement(s.id, Span(*w.span()), f"[Child {chr(65 + chosen.index(w.group()))}]")
        for s in pages(document)
        for w in WORD.finditer(s.text)
        if w.group() in chosen
    ]
    return Redaction("", tuple(replacements))


def other_views(copy: bytes) -> dict[str, str]:
    """Read a copy with programs that are no part of the project."""
    views = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "copy.pdf")
        path.write_bytes(copy)
        commands = {"pdftotext": ["pdftotext", path, "-"], "mutool": ["mutool", "draw", "-F", "txt", path]}
        for name, command in commands.items():
            if shutil.which(name):
                done = subprocess.run(command, capture_output=True, check=False, timeout=120)
                views[name] = done.stdout.decode("utf-8", "replace")
    return views


def left_by_chance(before: str, expected: str, document: Document, redaction: Redaction) -> str:
    """Return what a program may still see: what it saw, less what was removed, or what is expected.

    Words were chosen from what one reader sees. Another may see a word once more, written
    upwards for instance, and that occurrence was not to be removed.
    """
    removed = Counter(
        w
        for r in redaction.replacements
        for w in words_of(document.by_id[r.segment].text[r.span.start : r.span.end])
    )
    return " ".join(((Counter(words_of(before)) - removed) | Counter(words_of(expected))).elements())


def kept_words(copy: bytes, expected: str) -> tuple[int, int]:
    """Count the words that a reader finds in the copy of those expected to stay, and those."""
    with open_pdfium(copy) as opened:
        have = Counter(words_of(LABEL.sub(" ", "\n".join(t.text for t in read_pages(opened)))))
    want = Counter(words_of(expected))
    return sum((want & have).values()), sum(want.values())


def measure(path: Path, words: int) -> dict | None:
    """Redact one file and look at what came of it; None for a file that has no words to redact."""
    received = Received(path.name, FileKind.PDF, "", path.read_bytes())
    try:
        document = assemble(read_pdf(received, Limits(is_scanning=False))[0])
    except DocumentError:
        return None
    redaction = random_redaction(document, path.name, words)
    if not redaction.replacements:
        return None
    ways: dict[int, redactor.Way] = {}
    build = redactor.build
    redactor.build = lambda source, works, chosen: (build(source, works, chosen), ways.update(chosen))[0]
    start = time.process_time()
    try:
        copy = redactor.redact_pdf(received, document, redaction, Limits())
    except NotRedactedError as error:
        return {
            "file": path.name,
            "spans": len(redaction.replacements),
            "refused": [x.reader for x in error.leaks],
        }
    finally:
        redactor.build = build
    seconds = time.process_time() - start
    grouped = by_segment(redaction)
    expected = "\n".join(surviving(s, grouped.get(s.id, [])) for s in pages(document))
    removed = gone(document, redaction)
    before = other_views(received.untrusted_bytes)
    expected = LABEL.sub(" ", expected)
    return {
        "file": path.name,
        "spans": len(redaction.replacements),
        "pages": len(ways),
        "pictures": sum(way > 0 for way in ways.values()),
        "leaks": [
            name
            for name, view in other_views(copy).items()
            if is_leaking(view, left_by_chance(before[name], expected, document, redaction), removed)
        ],
        "kept": kept_words(copy, expected),
        "seconds": seconds / max(len(ways), 1),
    }


def main() -> None:
    folder, words = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else WORDS_A_FILE
    rows = []
    for path in sorted(folder.rglob("*.pdf")):
        row = measure(path, words)
        if row is not None:
            rows.append(row)
            print({k: round(v, 3) if isinstance(v, float) else v for k, v in row.items()}, flush=True)
    made = [row for row in rows if "refused" not in row]
    total = sum(row["pages"] for row in made)
    kept, stay = (sum(row["kept"][at] for row in made) for at in (0, 1))
    print(f"files {len(rows)}, spans {sum(r['spans'] for r in rows)}, refused {len(rows) - len(made)}")
    print(f"files with a leak {sum(bool(row['leaks']) for row in made)}")
    print(f"other words kept {kept} of {stay}: {kept / stay:.4f}")
    print(f"pages {total}, pictures {sum(row['pictures'] for row in made)}")
    print(f"seconds a page (processor): median {median(row['seconds'] for row in made):.4f}")


if __name__ == "__main__":
    main()
