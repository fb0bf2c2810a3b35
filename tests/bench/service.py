"""How much of an upload's time goes to the queue, the records and the objects."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

from cli.run import running
from cli.valkey import free_port
from models.results import Context
from models.upload import Upload
from pipeline.kit import Kit
from pipeline.limits import Limits
from pipeline.line import check
from storage.settings import load_settings
from tests.bench.texts import words_of_text
from web.client import PortalClient
from workers.sandbox import read_in_child

WORDS = 1_400
ROUNDS = 5
PAUSE = 0.01


def compare_service(kit: Kit) -> dict[str, float]:
    """Upload one reflection again and again to a running system, and do the same work without it.

    The bare work runs in turn with the uploads, in a warm process, so that both meet the same machine.
    """
    text = words_of_text(WORDS)
    with tempfile.TemporaryDirectory(prefix="evidence-bench-") as home:
        settings = replace(load_settings(), home=Path(home), port=free_port())
        with running(settings) as system, PortalClient(system.settings.base_url, system.token) as portal:
            runs = [_one_round(portal, kit, f"{text}\nRound {number}.") for number in range(ROUNDS + 2)]
    warm = runs[2:]
    return {
        "upload to result, seconds": median(a for a, _ in warm),
        "read and check alone, seconds": median(b for _, b in warm),
        "share of queue and storage": median(max(0.0, 1 - b / a) for a, b in warm),
    }


def _one_round(portal: PortalClient, kit: Kit, text: str) -> tuple[float, float]:
    entry = portal.open_entry("SW-BENCH", "2026-27")
    through = seconds(lambda: _upload_and_wait(portal, entry.id, text.encode()))
    bare = seconds(lambda: check(read_in_child(Upload("a.txt", text.encode()), Limits()), Context(), kit))
    return through, bare


def _upload_and_wait(portal: PortalClient, entry: str, data: bytes) -> None:
    document = portal.upload(entry, "a.txt", data)
    while not portal.read_document(entry, document.id).status.is_final:
        time.sleep(PAUSE)


def seconds(work: Callable[[], object]) -> float:
    """Tell how long some work takes by the clock on the wall."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
