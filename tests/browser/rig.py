"""The whole system on loopback and a browser in front of it."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from cli.embedded import PORTAL, begin_examples
from cli.processes import Program
from cli.run import opened, running, with_examples
from cli.valkey import free_port
from models.entry import FormKind
from models.upload import Upload
from storage.documents import add_document
from storage.entries import NewEntry, create_entry, find_practitioner, save_answers
from storage.jobs import Job
from storage.practitioners import list_own
from storage.sessions import begin_session
from storage.settings import Settings
from storage.store import Store
from storage.views import view_entry
from workers.queue import CeleryQueue, make_app

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
INSTALL = Path(__file__).with_name("install-chromium.sh")
PRACTITIONER = "EXAMPLE-1"
WARM_SECONDS = 400
"""How long workers may take to load their models and check the examples."""

PATIENCE = 60_000
"""Milliseconds that a page may take on a machine that is busy with other things too."""


@dataclass(frozen=True, slots=True)
class System:
    """The system as it runs.

    Attributes:
        worker: The one program that reads and checks; started again by itself when it ends.
    """

    base: str
    settings: Settings
    store: Store
    worker: Program

    def practitioner(self) -> str:
        """The id of the example practitioner."""
        with self.store.records.read() as session:
            return str(find_practitioner(session, self.store, PORTAL, PRACTITIONER))

    def new_entry(self, form: FormKind = FormKind.SINGLE) -> str:
        """Open a record for the example practitioner."""
        new = NewEntry(PRACTITIONER, "Rowan Hale", form, "swe-4", "2025-26")
        return create_entry(self.store, PORTAL, new)

    def write(self, entry: str, answers: Mapping[str, str]) -> None:
        """Save answers, to be checked."""
        revision = view_entry(self.store, PORTAL, entry).revision
        _, job = save_answers(self.store, PORTAL, entry, answers, revision)
        self._send(job)

    def upload(self, entry: str, name: str, content: bytes) -> str:
        """Upload a file, to be read and checked. Return its id."""
        received = add_document(self.store, PORTAL, entry, Upload(name, content))
        self._send(received.job)
        return received.document

    def _send(self, job: Job | None) -> None:
        assert job is not None
        CeleryQueue(make_app(self.settings), self.settings.redis_url).send([job])

    def answers(self, entry: str) -> dict[str, str]:
        """What is saved of a record."""
        return {a.question: a.text for a in view_entry(self.store, PORTAL, entry).answers}

    def wait_checked(self, entry: str, seconds: float = 90) -> None:
        """Wait until every document of a record is read and checked."""
        until = time.monotonic() + seconds
        while any(not d.status.is_final for d in view_entry(self.store, PORTAL, entry).documents):
            assert time.monotonic() < until, "the workers did not finish"
            time.sleep(0.2)


def find_chromium() -> str | None:
    """Return where the browser is; install it where it is not, if that can be done."""
    if shutil.which("chromium") is None:
        subprocess.run(["sh", str(INSTALL)], check=False, capture_output=True, timeout=600)
    return shutil.which("chromium")


@contextmanager
def started_system(home: Path) -> Iterator[System]:
    """Start the real system with its examples, and stop it at the end."""
    settings = with_examples(Settings(home=home, port=free_port(), worker_processes=1))
    with running(settings) as system, opened(system.settings) as store:
        begin_examples(store, system.settings)
        worker = next(p for p in system.programs if p.name == "worker")
        started = System(system.settings.base_url, system.settings, store, worker)
        for entry in list_own(store, started.practitioner()).entries:
            started.wait_checked(entry.id, WARM_SECONDS)
        yield started


@contextmanager
def started_browser(path: str) -> Iterator[Browser]:
    """Start a browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def seat(system: System, browser: Browser, *, scripts: bool = True, width: int = 1200) -> BrowserContext:
    """Sit the example practitioner down, signed in, before a browser of their own."""
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
    context.set_default_timeout(PATIENCE)
    sign_in(system, context)
    return context


def sign_in(system: System, context: BrowserContext) -> str:
    """Give a browser a new session. Return whose."""
    practitioner = system.practitioner()
    secret = begin_session(system.store, practitioner, None)
    context.add_cookies([{"name": "evidence", "value": secret, "url": system.base}])
    return practitioner


def is_wide(page: Page) -> bool:
    """Tell whether a page must be moved sideways to be read."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
