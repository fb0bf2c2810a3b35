"""Build the samples from their sources: each file, and beside it what must be found in it."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

from tests.samples.builder.docx import build_docx
from tests.samples.builder.marks import plain
from tests.samples.builder.pdf import build_pdf
from tests.samples.builder.source import Source, all_expected, read_sources

FOLDER = Path(__file__).parents[1]


def build_all() -> dict[str, bytes]:
    """Build every sample and its expectations, by file name."""
    built: dict[str, bytes] = {}
    for source in read_sources():
        built[source.file] = build(source)
        built[Path(source.file).stem + ".expected.json"] = build_expected(source)
    return built


def build(source: Source) -> bytes:
    """Build one sample."""
    if source.file.endswith(".docx"):
        return build_docx(source)
    if source.file.endswith(".pdf"):
        return build_pdf(source)
    return plain(source.body).replace("\n", source.newline).encode(source.encoding)


def build_expected(source: Source) -> bytes:
    """Write down what must be found in a sample and what must be left alone."""
    marks = [dataclasses.asdict(e) for e in all_expected(source)]
    content = {
        "file": source.file,
        "self": source.own_name,
        "parts": source.parts,
        "find": [m for m in marks if m["who"]],
        "leave": [m for m in marks if not m["who"]],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
