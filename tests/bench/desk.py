"""How long pages of the review desk take with many documents: wall and processor time of the server's work.

Run: .venv/bin/python -m tests.bench.desk
"""

from __future__ import annotations

import re
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
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
from storage.shapes import FindingView
from storage.store import Store, open_store
from storage.views import list_findings
from tests.tiny import HeldQueue, TinyLine
from web.app import build_app, shorten_collections
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
        app = build_app(service)
        shorten_collections()  # as the service does when it starts
        with TestClient(app, cookies={"evidence": secret}, follow_redirects=False) as client:
            at = f"/desk/entries/{entry}/documents/{document}"
            findings = list_findings(store, "bench", entry, document)
            _pages(client, at, findings)
            _steps(client, f"{at}/step", person.form_token, findings)
            print(
                f"weight of the document's page with everything it loads: {_weight(client, at) / 1024:.0f} KB"
            )


def _pages(client: TestClient, at: str, findings: Sequence[FindingView]) -> None:
    _measure("queue", lambda n: client.get(f"/desk?page={n % 40 + 1}"))
    _measure("queue, filtered", lambda n: client.get(f"/desk?which=asked&age=1&page={n % 3 + 1}"))
    _measure("queue, all", lambda n: client.get(f"/desk?which=all&page={n % 40 + 1}"))
    _measure("document", lambda n: client.get(f"{at}?at={findings[n * 7].id}"))
    for name, path in (("finish", f"{at}/finish"), ("timeline", f"{at}/timeline")):
        _measure(name, lambda _, path=path: client.get(path))
    for name in ("statistics", "samples", "lists"):
        _measure(name, lambda _, name=name: client.get(f"/desk/{name}"))


def _steps(client: TestClient, address: str, token: str, findings: Sequence[FindingView]) -> None:
    """Take every kind of step, each on findings of its own, the earlier ones left as they are."""

    def take(**fields: str) -> object:
        return client.post(address, data={"form_token": token, "revision": "1", **fields})

    _measure("confirm", lambda n: take(do="confirm:identifies_someone", finding=findings[n].id))
    _measure("dismiss", lambda n: take(do="dismiss:made_up", finding=findings[50 + n].id))
    what = {"kind": "LOCATION", "role": "family"}
    _measure("change", lambda n: take(do="change:identifies_someone", finding=findings[100 + n].id, **what))
    _measure("all the same", lambda n: take(do="dismiss:made_up", finding=findings[150 + n].id, same="1"))
    _measure("add", lambda n: take(do="add:identifies_someone", words=f"note {n + 10}", **what), first=False)
    _measure("undo", lambda _: take(do="undo:mistake", on="document"))


def _weight(client: TestClient, address: str) -> int:
    """Count the bytes of a page and of what it loads, as they are sent."""
    page = client.get(address)
    loaded = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text))
    assert loaded
    return sum(int(a.headers["content-length"]) for a in (page, *map(client.get, loaded)))


def _measure(name: str, ask: Callable[[int], object], *, first: bool = True) -> None:
    """Ask many times and print what it took; once before, for what is loaded with the first time."""
    if first:
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
        f"Then I met Zeb{chr(97 + n % 26)}{chr(97 + n // 26)} at the door and spoke of note {n} at length.\n"
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
