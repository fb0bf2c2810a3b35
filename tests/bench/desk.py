"""How long pages of the review desk take with many documents: wall and processor time of the server's work.

Run: .venv/bin/python -m tests.bench.desk
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from fastapi.testclient import TestClient

from models.entry import DocumentRole, DocumentStatus, FormKind, Step
from models.results import Outcome
from models.upload import Upload
from pipeline.limits import Limits
from storage.claims import Terms
from storage.decisions import NewDecision, decide
from storage.documents import add_document
from storage.entries import NewEntry, create_entry
from storage.events import tell_document
from storage.ids import new_id
from storage.schema import DocumentRow
from storage.sessions import StaffRole, begin_session, find_session
from storage.settings import Settings
from storage.store import Store, open_store
from storage.views import list_findings
from tests.tiny import HeldQueue, TinyLine
from web.app import build_app
from web.service import Service
from workers.scan import NoScanner
from workers.stages import Bench

ENTRIES, FINDINGS, TIMES = 2000, 300, 40
NEW = NewEntry("SW1", None, FormKind.SINGLE, "swe-4", "2026-27")


def main() -> None:
    """Fill a store and measure."""
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home))
        store = open_store(settings, is_durable=False)
        store.records.migrate()
        service = Service(settings, store, HeldQueue())
        for _ in range(ENTRIES):
            _waiting(store)
        entry, document = _large(service)
        secret = begin_session(store, "0" * 32, StaffRole.REVIEWER)
        person = find_session(store, secret, timedelta(hours=1))
        assert person is not None
        with TestClient(build_app(service), cookies={"evidence": secret}, follow_redirects=False) as client:
            at = f"/desk/entries/{entry}/documents/{document}"
            findings = list_findings(store, "bench", entry, document)
            _measure("queue", lambda n: client.get(f"/desk?page={n % 40 + 1}"))
            _measure("queue, filtered", lambda n: client.get(f"/desk?which=asked&age=1&page={n % 3 + 1}"))
            _measure("document", lambda n: client.get(f"{at}?at={findings[n * 7].id}"))
            _measure("figures", lambda _: client.get("/desk/statistics"))

            def step(n: int) -> object:
                act = "dismiss:made_up" if n % 2 else "confirm:identifies_someone"
                form = {"form_token": person.form_token, "revision": "1", "do": act}
                return client.post(f"{at}/step", data={**form, "finding": findings[n].id})

            _measure("step", step)


def _measure(name: str, ask: Callable[[int], object]) -> None:
    ask(0)
    walls, works = [], []
    for n in range(TIMES):
        wall, work = time.perf_counter(), time.process_time()
        answer = ask(n)
        walls.append(1000 * (time.perf_counter() - wall))
        works.append(1000 * (time.process_time() - work))
        assert getattr(answer, "status_code", 0) in (200, 303), answer
    size = len(getattr(answer, "content", b""))
    wall95, work95 = (statistics.quantiles(v, n=20)[-1] for v in (walls, works))
    print(
        f"{name:16} wall p50 {statistics.median(walls):6.1f} p95 {wall95:6.1f} ms; "
        f"processor p50 {statistics.median(works):6.1f} p95 {work95:6.1f} ms; page {size:,} bytes"
    )


def _waiting(store: Store) -> None:
    """Add an entry whose document waits for staff."""
    entry = create_entry(store, "bench", NEW)
    with store.records.write() as session:
        now = store.records.now(session)
        row = DocumentRow(
            id=new_id(),
            entry_id=entry,
            role=DocumentRole.UPLOAD,
            position=1,
            version=1,
            status=DocumentStatus.READY,
            outcome=Outcome.NOT_FULLY_READ,
            is_fully_read=False,
            attempts=1,
            received_at=now - timedelta(days=3),
            size=1,
            characters=1,
            file_name=b"",
        )
        session.add(row)
        tell_document(session, row, "document.ready", now)


def _large(service: Service) -> tuple[str, str]:
    """Add a document with many findings, one of them asked about."""
    entry = create_entry(service.store, "bench", NEW)
    words = (
        f"Then I met Zeb{chr(97 + n % 26)}{chr(97 + n // 26)} at the door and spoke about it at length.\n"
        for n in range(FINDINGS)
    )
    received = add_document(service.store, "bench", entry, Upload("a.txt", "".join(words).encode()))
    assert received.job is not None
    queue = HeldQueue()
    queue.send([received.job])
    queue.work_off(Bench(service.store, TinyLine(), NoScanner(), Limits(), Terms(600, 3)))
    finding = list_findings(service.store, "bench", entry, received.document)[0]
    decide(
        service.store,
        "bench",
        entry,
        NewDecision(received.document, 1, finding.id, Step.ASK_REVIEW, "not_sure"),
    )
    return entry, received.document


if __name__ == "__main__":
    main()
