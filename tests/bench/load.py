"""The whole service under load: `make load`. Heavy: it takes both cores for some minutes."""

from __future__ import annotations

import io
import itertools
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median, quantiles

import httpx
from docx import Document
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from rich.console import Console
from rich.table import Table

from cli.run import Running, running
from cli.valkey import free_port
from models.entry import DocumentStatus
from models.results import Context
from models.upload import Upload
from pipeline.assess import assess
from pipeline.detect import detect
from pipeline.kit import Kit, load_kit
from pipeline.limits import Limits
from pipeline.line import check, read
from pipeline.map import map_parts
from pipeline.redact import redact
from storage.settings import load_settings
from tests.bench.evening import compare_evening
from tests.bench.texts import words_of_text
from web.client import PortalClient

UPLOADS = int(os.environ.get("LOAD_UPLOADS", "200"))
CLIENTS = 4
PER_ENTRY = 4
WORDS = (250, 600, 1_400, 900)
METRICS = "made-up-token-for-metrics"
REFLECTION = 1_400
ROUNDS = 7
PAUSE = 0.02


@dataclass(frozen=True, slots=True)
class Load:
    """What one run came to.

    Attributes:
        seconds: From the first upload to the last result.
        waits: From each upload's receipt to its result, by the records' own times.
        job_seconds: Of all jobs together, from before their claim until all was saved.
        line_seconds: What of that the line itself took.
    """

    documents: int
    seconds: float
    waits: Sequence[float]
    job_seconds: float
    line_seconds: float

    @property
    def per_minute(self) -> float:
        """Documents per minute."""
        return 60 * self.documents / self.seconds


def main() -> None:
    """Measure one thing after the other, and print it."""
    console = Console()
    console.print(f"Load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    files = mixed_files(UPLOADS)
    with started(worker_processes=2) as system:
        upload_all(system, files[:8])  # warm
        before = totals(system)
        two = upload_all(system, files, before)
        show(console, f"{UPLOADS} mixed uploads, two worker processes", told(two))
        show(console, "A 1,400-word reflection, warm", compare_reflection(system, load_kit()))
    with started(worker_processes=1) as system:
        upload_all(system, files[:8])
        one = upload_all(system, files[: UPLOADS // 2], totals(system))
    show(console, f"{UPLOADS // 2} of them, one worker process", told(one))
    show(console, "Two against one", {"ratio (aim: 1.5)": two.per_minute / one.per_minute})
    show(console, "The deadline evening", compare_evening())
    console.print(f"Load of the machine after: {os.getloadavg()[0]:.1f}")


def show(console: Console, title: str, figures: dict[str, float]) -> None:
    """Print some figures."""
    table = Table(title=title, title_justify="left", title_style="bold", show_header=False, box=None)
    for name, figure in figures.items():
        table.add_row(name, f"{figure:,.2f}")
    console.print(table)


def told(load: Load) -> dict[str, float]:
    """Name the figures of a run."""
    return {
        "documents a minute": load.per_minute,
        "upload to result, seconds, median": median(load.waits),
        "the same, 95 of 100": quantiles(load.waits, n=20)[-1],
        "line, seconds a document": load.line_seconds / load.documents,
        "records, objects and queue inside jobs, of the line's time (aim: 0.10)": load.job_seconds
        / load.line_seconds
        - 1,
    }


@contextmanager
def started(worker_processes: int) -> Iterator[Running]:
    """Run the whole system in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="evidence-load-") as home:
        settings = replace(
            load_settings(),
            home=Path(home),
            port=free_port(),
            worker_processes=worker_processes,
            metrics_token=METRICS,
            log_level="warning",
        )
        with running(settings) as system:
            yield system


def upload_all(
    system: Running, files: Sequence[tuple[str, bytes]], before: tuple[float, float] = (0.0, 0.0)
) -> Load:
    """Let some clients upload files, each its next when the one before has its result."""
    batches = [files[at : at + PER_ENTRY] for at in range(0, len(files), PER_ENTRY)]
    began = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        waits = list(itertools.chain(*pool.map(lambda batch: upload_entry(system, batch), batches)))
    seconds = time.perf_counter() - began
    job, line = totals(system)
    return Load(len(files), seconds, waits, job - before[0], line - before[1])


def upload_entry(system: Running, files: Sequence[tuple[str, bytes]]) -> list[float]:
    """Open an entry and upload its files one after the other."""
    with PortalClient(system.settings.base_url, system.token) as portal:
        entry = portal.open_entry("SW-LOAD", "2026-27").id
        return [upload_one(portal, entry, name, content) for name, content in files]


def upload_one(portal: PortalClient, entry: str, name: str, content: bytes) -> float:
    """Upload a file, and tell how long after its receipt its result was there."""
    document = portal.upload(entry, name, content)
    while not document.status.is_final:
        time.sleep(PAUSE)
        document = portal.read_document(entry, document.id)
    assert document.status is DocumentStatus.READY, document.reason
    assert document.finished_at is not None
    return (document.finished_at - document.received_at).total_seconds()


def totals(system: Running) -> tuple[float, float]:
    """Ask how long all jobs took, and the line in them, without the copies that are made after the result."""
    headers = {"Authorization": f"Bearer {METRICS}"}
    text = httpx.get(f"{system.settings.base_url}/metrics", headers=headers, timeout=60).text
    return tuple(_sum(text, name) for name in ("evidence_job_seconds_sum", "evidence_line_seconds_total"))  # type: ignore[return-value]


def _sum(text: str, name: str) -> float:
    found = re.findall(rf'^{name}{{stage="(\w+)"}} (\S+)$', text, re.MULTILINE)
    return sum(float(value) for stage, value in found if stage in ("read", "check", "check_long"))


def compare_reflection(system: Running, kit: Kit) -> dict[str, float]:
    """Upload one reflection again and again; in turn with that, detect and map it here, warm."""
    text = words_of_text(REFLECTION)
    with PortalClient(system.settings.base_url, system.token) as portal:
        runs = [one_round(portal, kit, f"{text}\nRound {number}.".encode()) for number in range(ROUNDS + 2)]
    warm = runs[2:]
    return {
        "upload to result, seconds, median": median(through for through, _, _ in warm),
        "detect and map alone": median(bare for _, bare, _ in warm),
        "read and check alone": median(whole for _, _, whole in warm),
        "ratio to detect and map (aim: at most 1.5)": median(a / b for a, b, _ in warm),
        "ratio to read and check": median(a / c for a, _, c in warm),
    }


def one_round(portal: PortalClient, kit: Kit, content: bytes) -> tuple[float, float, float]:
    """Measure the service, the two stages, and the whole line on one text."""
    entry = portal.open_entry("SW-LOAD", "2026-27").id
    through = seconds_of(lambda: upload_one(portal, entry, "a.txt", content))
    upload = Upload("a.txt", content)
    bare = detect_and_map(kit, upload)
    whole = seconds_of(lambda: check(read(upload, Limits()), Context(), kit))
    return through, bare, whole


def detect_and_map(kit: Kit, upload: Upload) -> float:
    """Tell how long detecting and mapping take. What lies between them is done, but not counted."""
    document = read(upload, Limits()).document
    began = time.perf_counter()
    findings = detect(document, Context(), kit.detector)
    detected = time.perf_counter() - began
    assessment = assess(document, findings, Context(), kit.policy)
    redaction, _ = redact(document, assessment, Context().labels, kit.labels)
    standard = kit.standards[Context().standard]
    return detected + seconds_of(lambda: map_parts(document, redaction, standard, kit.mapper))


def seconds_of(work: Callable[[], object]) -> float:
    """Tell how long some work takes by the clock on the wall."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def mixed_files(count: int) -> list[tuple[str, bytes]]:
    """Make files of three kinds and several lengths, each with words of its own."""
    lines = words_of_text(60_000).splitlines()
    files = []
    for number in range(count):
        start = (number * 37) % (len(lines) // 2)
        text = _cut(lines[start:], WORDS[number % len(WORDS)]) + f"\nNumber {number}."
        ending, make = (("txt", str.encode), ("docx", _docx), ("txt", str.encode), ("pdf", _pdf))[number % 4]
        files.append((f"{number}.{ending}", make(text)))
    return files


def _cut(lines: Sequence[str], words: int) -> str:
    counts = itertools.accumulate(len(line.split()) for line in lines)
    return "\n".join(line for line, count in zip(lines, counts, strict=True) if count <= words)


def _docx(text: str) -> bytes:
    document, out = Document(), io.BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def _pdf(text: str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    rows = [line[at : at + 95] for line in text.splitlines() for at in range(0, max(len(line), 1), 95)]
    for first in range(0, len(rows), 55):
        canvas.setFont("Helvetica", 9)
        for row, line in enumerate(rows[first : first + 55]):
            canvas.drawString(50, 790 - 13 * row, line.encode("cp1252", "replace").decode("cp1252"))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


if __name__ == "__main__":
    main()
