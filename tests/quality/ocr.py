"""How well scans are read: made-up samples as page pictures, worse and worse."""

from __future__ import annotations

import io
import json
import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from models.document import Found, Place, SegmentKind, assemble
from models.findings import LookAlike
from models.ledger import Ledger
from models.results import Context
from models.upload import Extraction, FileKind
from pipeline.kit import Kit, load_kit
from pipeline.line import check
from pipeline.ocr import read_lines
from pipeline.readers.text import tell_encoding

SAMPLES = Path(__file__).parents[1] / "samples"
PAGES = ("feedback-email", "reflection")
LINES, WIDTH = 56, 92


@dataclass(frozen=True)
class Scan:
    """How a page is scanned: dots an inch, degrees it lies askew, spread of the noise, JPEG's quality."""

    dpi: int
    skew: float = 0.0
    noise: float = 0.0
    quality: int = 90

    def __str__(self) -> str:
        worse = [f"{self.skew:g}° askew"] if self.skew else []
        worse += [f"noise {self.noise:g}"] if self.noise else []
        worse += [f"JPEG {self.quality}"] if self.quality < 90 else []
        return ", ".join([f"{self.dpi} dpi", *worse])

    def take(self, page: pdfium.PdfPage) -> Image.Image:
        """Scan a page."""
        picture = page.render(scale=self.dpi / 72).to_pil().convert("L")
        picture = picture.rotate(self.skew, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
        dots = np.asarray(picture, dtype=np.float32)
        dots = dots + np.random.default_rng(7).normal(0.0, self.noise, dots.shape)
        held = io.BytesIO()
        Image.fromarray(dots.clip(0, 255).astype(np.uint8)).save(held, "JPEG", quality=self.quality)
        return Image.open(held)


SCANS = (
    *(Scan(300), Scan(200), Scan(150), Scan(100), Scan(75)),
    *(Scan(150, skew=1.0), Scan(150, skew=3.0), Scan(150, noise=30.0), Scan(150, quality=20)),
    Scan(150, skew=1.0, noise=20.0, quality=40),
)


def main() -> None:
    """Print a table: errors in letters and words, and the names that are read and found."""
    kit = load_kit()
    texts = {name: _page_of(name) for name in PAGES}
    before = [_names_found(_flat(text), _names(name), kit) for name, text in texts.items()]
    total = sum(len(_names(name)) for name in PAGES)
    print(f"names on the pages: {total}; found before: {sum(before)}\n")
    print("| scan | errors in letters | errors in words | names read | names found | least sure line |")
    for scan in SCANS:
        rows = [_measure(scan, name, text, kit) for name, text in texts.items()]
        letters, words, read, found = (sum(row[at] for row in rows) for at in range(4))
        size = sum(len(_flat(text)) for text in texts.values())
        count = sum(len(_flat(text).split()) for text in texts.values())
        least = min(row[4] for row in rows)
        share = f"{letters / size:.2%} | {words / count:.2%}"
        print(f"| {scan} | {share} | {read:.0f} of {total} | {found:.0f} | {least:.2f} |", flush=True)


def _measure(scan: Scan, name: str, text: str, kit: Kit) -> tuple[float, ...]:
    lines = read_lines(scan.take(_printed(text)))
    got = _flat("\n".join(" ".join(line.text for line in row) for row in lines))
    wanted = _flat(text)
    names = _names(name)
    read = sum(min(got.count(one), names.count(one)) for one in set(names))
    least = min((line.score for row in lines for line in row), default=1.0)
    letters, words = distance(wanted, got), distance(wanted.split(), got.split())
    return letters, words, read, _names_found(got, names, kit), least


def _page_of(sample: str) -> str:
    """Return the first page of a sample, as it is printed."""
    untrusted = (SAMPLES / f"{sample}.txt").read_bytes()
    text = untrusted.decode(tell_encoding(untrusted))
    lines = [part for line in text.splitlines() for part in textwrap.wrap(line, WIDTH) or [""]]
    return "\n".join(lines[:LINES])


def _printed(text: str) -> pdfium.PdfPage:
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=A4)
    canvas.setFont("Helvetica", 11)
    for row, line in enumerate(text.splitlines()):
        canvas.drawString(50, 790 - 13.5 * row, line)
    canvas.save()
    return pdfium.PdfDocument(held.getvalue())[0]


def _flat(text: str) -> str:
    return " ".join(text.split())


def _names(sample: str) -> list[str]:
    """List the names on a sample's first page, as often as they stand there."""
    told = json.loads((SAMPLES / f"{sample}.expected.json").read_text(encoding="utf-8"))
    page = _flat(_page_of(sample))
    names = {item["text"] for item in told["find"] if item["label"] == "PERSON"}
    return [name for name in sorted(names) for _ in range(len(list(_places(page, name))))]


def _names_found(text: str, names: list[str], kit: Kit) -> int:
    """Count the places of names that the check takes for personal data."""
    document = assemble([Found(SegmentKind.TEXT, Place("text"), text, body=True)])
    extraction = Extraction("scan.txt", "", FileKind.TEXT, document, Ledger(()))
    judged = [j.finding for j in check(extraction, Context(), kit).judgements]
    spans = [f.span for f in judged if f.look_alike in (None, LookAlike.PSEUDONYM) and f.segment == "s1"]
    return sum(
        any(span.start < end and start < span.end for span in spans)
        for name in sorted(set(names))
        for start, end in _places(text, name)
    )


def _places(text: str, name: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in re.finditer(rf"\b{re.escape(name)}\b", text))


def distance(one: str | list[str], other: str | list[str]) -> int:
    """Count the letters or words to put in, take out or exchange, from one text to the other."""
    numbers: dict[str, int] = {}
    number: Callable[[str], int] = lambda item: numbers.setdefault(item, len(numbers))  # noqa: E731
    first, second = [np.array([number(item) for item in text], dtype=np.int64) for text in (one, other)]
    steps = np.arange(len(second) + 1)
    row = steps.copy()
    for at, item in enumerate(first, start=1):
        changed = np.minimum(row[1:] + 1, row[:-1] + (second != item))
        row = np.minimum.accumulate(np.concatenate(([at], changed)) - steps) + steps
    return int(row[-1])


if __name__ == "__main__":
    main()
