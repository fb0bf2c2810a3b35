"""What a worker does for one document at one stage: claim, load, call, save, say what is next."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Event, Thread
from typing import Protocol

from models.document import Document
from models.errors import DocumentError
from models.redaction import FileCopy, Redaction
from models.results import Context, Results
from models.scan import ScannedPage
from models.upload import Extraction, Upload
from pipeline.limits import Limits
from pipeline.scan import unread_pages
from storage.claims import Claim, Terms, claim, give_back, renew
from storage.jobs import Job, Stage
from storage.objects import ObjectsUnavailableError
from storage.outcomes import save_copy, save_extraction, save_page, save_refusal, save_results
from storage.pieces import PIECES, claim_piece, give_back_piece, renew_piece
from storage.records import RecordsUnavailableError
from storage.refusals import RequestRefusedError
from storage.store import Store
from storage.work import load_results, load_text, load_upload
from workers.scan import Scanner, ScannerUnavailableError

log = logging.getLogger(__name__)


class Line(Protocol):
    """The line in parts. Reading and checking raise `DocumentError` for what is the document's fault.

    Whatever opens an upload does so away from everything that it could harm.
    """

    def read(self, upload: Upload, limits: Limits) -> Extraction:
        """Read an upload, but for the pictures of its pages: the ledger says which there are."""

    def scan(self, upload: Upload, page: int, limits: Limits) -> ScannedPage | None:
        """Read the pictures of one page; None where that cannot be done."""

    def copy(
        self, upload: Upload, document: Document, redaction: Redaction, limits: Limits
    ) -> FileCopy | None:
        """Make a redacted copy of an upload; None where none can be made from which everything is gone."""

    def check(self, extraction: Extraction, context: Context) -> Results:
        """Check what was read."""


class Ending(StrEnum):
    """How one job ended. A worker that is killed tells nothing: the sweeper finds its document."""

    DONE = "done"
    REFUSED = "refused"
    GIVEN_BACK = "given_back"
    NOT_NEEDED = "not_needed"
    BROKE_OFF = "broke_off"


@dataclass(frozen=True, slots=True)
class Ended:
    """That a job ended.

    Attributes:
        seconds: From before the claim until everything was saved.
        reason: The code of a refusal.
    """

    job: Job
    ending: Ending
    seconds: float
    reason: str = ""


Watch = Callable[[Ended], None]
"""Who is told of every job that ended."""


def log_end(ended: Ended) -> None:
    """Write a line for a job that ended."""
    job = ended.job
    told = {
        "stage": job.stage.value,
        "document": job.document,
        "version": job.version,
        "ending": ended.ending.value,
        "seconds": ended.seconds,
    }
    log.info("job ended", extra=told | ({"reason": ended.reason} if ended.reason else {}))


@dataclass(frozen=True, slots=True)
class Bench:
    """What a worker process works with: opened and loaded once."""

    store: Store
    line: Line
    scanner: Scanner
    limits: Limits
    terms: Terms
    watch: Watch = log_end


def work(bench: Bench, job: Job) -> list[Job]:
    """Do one job, if it is still to be done, and tell who watches how it ended.

    Returns:
        The jobs that come next. Empty where another worker has the document, or nobody
        needs the work any more.
    """
    began = time.perf_counter()
    found = Found(Ending.BROKE_OFF)
    try:
        held = holds_of(job).claim(bench.store, job, bench.terms)
        found = Found(Ending.NOT_NEEDED) if held is None else _do(bench, held)
    finally:
        bench.watch(Ended(job, found.ending, time.perf_counter() - began, found.reason))
    return found.following


def _do(bench: Bench, held: Claim) -> Found:
    with _kept_alive(bench, held):
        try:
            return Found(Ending.DONE, _STAGES[held.job.stage](bench, held))
        except DocumentError as error:
            following = save_refusal(bench.store, held, error.reason)
            return Found(Ending.REFUSED, following, error.reason.code)
        except (ObjectsUnavailableError, ScannerUnavailableError) as error:
            log.warning("given back: what the work needs is away", exc_info=error)
            holds_of(held.job).give_back(bench.store, held)
            return Found(Ending.GIVEN_BACK)
        except RequestRefusedError:  # removed while it was worked on: nobody needs the work any more
            return Found(Ending.NOT_NEEDED)


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a job: its ending, the jobs that come next, the code of a refusal."""

    ending: Ending
    following: list[Job] = field(default_factory=list)
    reason: str = ""


def _read(bench: Bench, held: Claim) -> list[Job]:
    upload = load_upload(bench.store, held)
    scan = bench.scanner.scan(upload.untrusted_bytes)
    extraction = bench.line.read(upload, bench.limits)
    pages = unread_pages(extraction.ledger)[: bench.limits.scan_pages]
    return save_extraction(bench.store, held, extraction, scan, pages)


def _scan(bench: Bench, held: Claim) -> list[Job]:
    upload = load_upload(bench.store, held)
    return save_page(bench.store, held, bench.line.scan(upload, held.job.page, bench.limits))


def _copy(bench: Bench, held: Claim) -> list[Job]:
    results = load_results(bench.store, held)
    upload = load_upload(bench.store, held)
    copy = bench.line.copy(upload, results.document, results.redaction, bench.limits)
    return save_copy(bench.store, held, copy)


def _check(bench: Bench, held: Claim) -> list[Job]:
    extraction, context = load_text(bench.store, held)
    return save_results(bench.store, held, bench.line.check(extraction, context))


_STAGES: dict[Stage, Callable[[Bench, Claim], list[Job]]] = {
    Stage.READ: _read,
    Stage.CHECK: _check,
    Stage.CHECK_LONG: _check,
    Stage.CHECK_ANSWERS: _check,
    Stage.SCAN: _scan,
    Stage.COPY: _copy,
}


@dataclass(frozen=True, slots=True)
class Holds:
    """How work of one kind is held: a document as a whole, or a piece of it."""

    claim: Callable[[Store, Job, Terms], Claim | None]
    renew: Callable[[Store, Claim, Terms], bool]
    give_back: Callable[[Store, Claim], None]


_OF_DOCUMENT = Holds(claim, renew, give_back)
_OF_PIECE = Holds(claim_piece, renew_piece, give_back_piece)


def holds_of(job: Job) -> Holds:
    """Say how the work of a job is held."""
    return _OF_PIECE if job.stage in PIECES else _OF_DOCUMENT


@contextmanager
def _kept_alive(bench: Bench, held: Claim) -> Iterator[None]:
    """Renew a claim while its work is done. A lost claim is noticed when the work is saved."""
    done = Event()
    keeper = Thread(target=_renew_until, args=(bench, held, done), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        done.set()
        keeper.join()


def _renew_until(bench: Bench, held: Claim, done: Event) -> None:
    while not done.wait(bench.terms.lease_seconds / 3):
        try:
            if not holds_of(held.job).renew(bench.store, held, bench.terms):
                return
        except RecordsUnavailableError:  # the next sign of life may still come in time
            continue
