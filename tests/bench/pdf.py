"""Our PDF reader against pypdf alone, on the same pages, as several programs write them."""

from __future__ import annotations

import html
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import median

from pypdf import PdfReader
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from models.upload import Upload
from pipeline.limits import Limits
from pipeline.line import read
from tests.bench.detect import cpu_seconds
from tests.bench.texts import words_of_text

WORDS = 24_000
LINE = 95
LINES_A_PAGE = 55
ROUNDS = 5
SECONDS = 120
LITTLE_FONT = 11


def compare_pdf() -> dict[str, float]:
    """Measure both turn by turn, in processor time; kinds whose program is not installed are left out."""
    figures: dict[str, float] = {}
    ours, theirs = 0.0, 0.0
    for kind, build in _KINDS.items():
        data = build()
        if data is None:
            continue
        runs = [_turn(data) for _ in range(ROUNDS + 1)][1:]
        pages = len(PdfReader(BytesIO(data)).pages)
        figures[f"{kind}: pages"] = pages
        figures[f"{kind}: ours, pages a second"] = pages / median(a for a, _ in runs)
        figures[f"{kind}: pypdf alone, pages a second"] = pages / median(b for _, b in runs)
        figures[f"{kind}: ratio"] = median(b / a for a, b in runs)
        ours, theirs = ours + median(a for a, _ in runs), theirs + median(b for _, b in runs)
    return figures | {"all of them: ratio (aim: 4)": theirs / ours}


def _turn(data: bytes) -> tuple[float, float]:
    return (
        cpu_seconds(lambda: read(Upload("bench.pdf", data), Limits())),
        cpu_seconds(lambda: [page.extract_text() for page in PdfReader(BytesIO(data)).pages]),
    )


def build_pages() -> bytes:
    """Print the texts with ReportLab in a font that every reader knows: the easiest pages for pypdf."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    lines = [
        line[at : at + LINE] for line in words_of_text(WORDS).splitlines() for at in range(0, len(line), LINE)
    ]
    for first in range(0, len(lines), LINES_A_PAGE):
        canvas.setFont("Helvetica", 9)
        for row, line in enumerate(lines[first : first + LINES_A_PAGE]):
            canvas.drawString(50, 790 - 13 * row, line.encode("cp1252", "replace").decode("cp1252"))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _by_libreoffice() -> bytes | None:
    """Print the texts from an office program, as most people make a PDF."""
    made = "--headless -env:UserInstallation=file://{folder}/home --convert-to pdf --outdir {folder} {page}"
    return _printed("soffice", made.split())


def _by_chromium() -> bytes | None:
    """Print the texts from a browser, as web programs make a PDF."""
    made = "--headless=new --no-sandbox --disable-gpu --no-pdf-header-footer --print-to-pdf={pdf} {page}"
    return _printed("chromium", made.split())


def _printed(program: str, options: list[str]) -> bytes | None:
    if shutil.which(program) is None:
        return None
    body = "".join(f"<p>{html.escape(line)}</p>" for line in words_of_text(WORDS // 2).splitlines())
    with tempfile.TemporaryDirectory() as folder:
        page, pdf = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_text(f'<meta charset="utf-8"><body style="font: {LITTLE_FONT}pt sans-serif">{body}')
        filled = [word.format(folder=folder, page=page, pdf=pdf) for word in options]
        subprocess.run([program, *filled], check=True, timeout=SECONDS, capture_output=True)
        return pdf.read_bytes()


_KINDS: dict[str, Callable[[], bytes | None]] = {
    "ReportLab": build_pages,
    "LibreOffice": _by_libreoffice,
    "Chromium": _by_chromium,
}
