"""A long scan through the running service, to result and copy: `python -m tests.bench.scan [PAGES]`."""

from __future__ import annotations

import io
import os
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from rich.console import Console

from models.entry import DocumentStatus
from storage.shapes import CopyState
from tests.bench.load import show, started
from tests.bench.texts import words_of_text
from web.client import PortalClient

PAGES = 40
WIDTH, HEIGHT = 1240, 1754
"""Dots of an A4 page at 150 an inch."""

LETTERS_A_LINE, LINES_A_PAGE, LINE = 80, 40, 38
PAUSE = 0.5
LONGEST = 3_600.0


def main() -> None:
    """Upload one scan, wait for its result and its copy, and print what both took."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else PAGES
    untrusted = scanned(pages)
    console = Console()
    console.print(f"Load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with started(worker_processes=2) as system:
        portal = PortalClient(system.settings.base_url, system.token)
        show(console, f"A scan of {pages} pages, two worker processes", _measure(portal, untrusted))


def _measure(portal: PortalClient, untrusted: bytes) -> dict[str, float]:
    begin = time.monotonic()
    most = 0.0
    entry = portal.open_entry("SW-SCAN", "2026-27").id
    document = portal.upload(entry, "scan.pdf", untrusted)
    kept = time.monotonic()
    checked = 0.0
    while document.copy is None or document.copy.state not in _ENDS:
        if time.monotonic() - begin > LONGEST:
            raise TimeoutError("the scan has not come to its end")
        time.sleep(PAUSE)
        most = max(most, memory())
        document = portal.read_document(entry, document.id)
        if not checked and document.status.is_final:
            checked = time.monotonic()
            if document.status is not DocumentStatus.READY:
                raise ValueError(f"the scan ended as {document.status}")
    return {
        "megabytes": len(untrusted) / 2**20,
        "upload kept, seconds": kept - begin,
        "upload to result, seconds": checked - begin,
        "upload to redacted copy, seconds": time.monotonic() - begin,
        "copy made (1) or not (0)": float(document.copy.state is CopyState.READY),
        "most memory of all processes together, MiB": most / 2**20,
    }


_ENDS = frozenset({CopyState.READY, CopyState.REFUSED, CopyState.NOTHING_TO_HIDE})


def scanned(pages: int) -> bytes:
    """Print labelled texts as pictures of pages, one file of them."""
    text = words_of_text(pages * LINES_A_PAGE * LETTERS_A_LINE // 6)
    lines = [row for line in text.splitlines() for row in textwrap.wrap(line, LETTERS_A_LINE)]
    made = [
        _page(lines[first : first + LINES_A_PAGE]) for first in range(0, pages * LINES_A_PAGE, LINES_A_PAGE)
    ]
    out = io.BytesIO()
    made[0].save(out, "PDF", save_all=True, append_images=made[1:], resolution=150)
    return out.getvalue()


def _page(lines: list[str]) -> Image.Image:
    page = Image.new("L", (WIDTH, HEIGHT), 248)
    brush, letters = ImageDraw.Draw(page), ImageFont.load_default(24)
    for row, line in enumerate(lines):
        brush.text((90, 100 + LINE * row), line, fill=25, font=letters)
    return page.rotate(0.4, fillcolor=248)


def memory() -> float:
    """Add up the memory of this process's children and theirs, shared pages by share."""
    return float(sum(_share(pid) for pid in _below(os.getpid())))


def _below(pid: int) -> Iterator[int]:
    for thread in Path(f"/proc/{pid}/task").glob("*"):
        try:
            children = [int(child) for child in (thread / "children").read_text().split()]
        except OSError:
            continue
        for child in children:
            yield child
            yield from _below(child)


def _share(pid: int) -> int:
    """Return a process's proportional memory in bytes; 0 for one that has just ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))


if __name__ == "__main__":
    main()
