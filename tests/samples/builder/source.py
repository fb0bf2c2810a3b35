"""Read the text a sample is built from.

The first line holds facts as JSON. The rest of a `.txt` or `.md` sample is its text. For a
DOCX or PDF it is blocks, one a line: `# heading`, `| cell | cell |`, `- item`, a paragraph,
or `!header`, `!footer`, `!property`, `!comment`, `!footnote`, `!box` (the last three belong
to the paragraph before). In a paragraph `+{...}` was inserted and `-{...}` deleted with the
changes tracked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.samples.builder.marks import Expected, expected

SOURCES = Path(__file__).parents[1] / "source"
_TRACKED = re.compile(r"([+-])\{((?:[^{}]|\{\{[^{}]*\}\})*)\}(?!\})")
_DIRECTIVE = re.compile(r"!(?P<kind>[a-z]+) (?P<rest>.*)")
_PLACES = {"+": "insertion", "-": "deletion"}


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a DOCX or PDF sample.

    Attributes:
        kind: "title", "heading", "row", "item", "paragraph", or the word of a directive.
        name: Name of a property or author of a comment, still marked; else empty.
        texts: The cells of a row; of any other block its one text. Still marked.
    """

    kind: str
    texts: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """What one sample is built from."""

    file: str
    own_name: str | None
    parts: tuple[str, ...]
    encoding: str
    newline: str
    body: str

    @property
    def is_plain(self) -> bool:
        """Tell whether the sample is a text file."""
        return self.file.endswith((".txt", ".md"))

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of a DOCX or PDF sample, in order."""
        return tuple(_block(line) for line in self.body.splitlines() if line.strip())


def read_source(path: Path) -> Source:
    """Read the source of one sample."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n")
    facts = json.loads(head)
    return Source(
        file=facts["file"],
        own_name=facts["self"],
        parts=tuple(facts["parts"]),
        encoding=facts.get("encoding", "utf-8"),
        newline=facts.get("newline", "\n"),
        body=body.lstrip("\n"),
    )


def read_sources() -> list[Source]:
    """Read the sources of all samples, in the order of their names."""
    return [read_source(path) for path in sorted(SOURCES.glob("*.md"))]


def _block(line: str) -> Block:
    if found := _DIRECTIVE.match(line):
        name, rest = "", found["rest"]
        if found["kind"] in ("comment", "property"):
            name, rest = rest.split(": ", 1)
        return Block(found["kind"], (rest,), name)
    if line.startswith("|"):
        return Block("row", tuple(re.split(r" \| ", line.strip("| "))))
    for start, kind in (("# ", "title"), ("## ", "heading"), ("- ", "item")):
        if line.startswith(start):
            return Block(kind, (line.removeprefix(start),))
    return Block("paragraph", (line,))


def tracked(marked: str) -> Iterator[tuple[str, str]]:
    """Divide a paragraph at its tracked changes: pairs of place and text, still marked."""
    at = 0
    for change in _TRACKED.finditer(marked):
        yield "body", marked[at : change.start()]
        yield _PLACES[change[1]], change[2]
        at = change.end()
    yield "body", marked[at:]


def all_expected(source: Source) -> Iterator[Expected]:
    """Tell what must be found in a sample and what must be left alone, in reading order."""
    if source.is_plain:
        for line in source.body.splitlines():
            yield from expected(line, "body")
        return
    for block in source.blocks:
        place = "body" if block.kind in ("title", "heading", "row", "item", "paragraph") else block.kind
        if block.kind == "comment":
            yield from expected(block.name, "author")
        for text in block.texts:
            for change, piece in tracked(text):
                yield from expected(piece, place if change == "body" else change)
