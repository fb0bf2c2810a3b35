"""Our PDF reader against pypdf alone, on the same pages."""

from __future__ import annotations

from io import BytesIO
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
ROUNDS = 3


def compare_pdf() -> dict[str, float]:
    """Measure both turn by turn, in pages per second of processor time."""
    data = build_pages()
    pages = len(PdfReader(BytesIO(data)).pages)
    runs: list[tuple[float, float]] = []
    for _ in range(ROUNDS + 1):
        ours = cpu_seconds(lambda: read(Upload("bench.pdf", data), Limits()))
        theirs = cpu_seconds(lambda: [page.extract_text() for page in PdfReader(BytesIO(data)).pages])
        runs.append((ours, theirs))
    warm = runs[1:]
    return {
        "pages": pages,
        "ours, pages a second": pages / median(a for a, _ in warm),
        "pypdf alone, pages a second": pages / median(b for _, b in warm),
        "ratio (aim: 4)": median(b / a for a, b in warm),
    }


def build_pages() -> bytes:
    """Print the texts as a PDF of some fifty pages."""
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
