"""Read an upload in a child process that can hurt nobody and knows nothing."""

from __future__ import annotations

import atexit
import json
import logging
import os
import signal
import subprocess
import sys
import threading
from dataclasses import asdict, replace

from models.errors import DocumentError, Reason
from models.scan import ScannedPage
from models.serialize import Json, from_json
from models.upload import Extraction, Upload
from pipeline.limits import Limits
from pipeline.refusals import Refusal
from pipeline.scan import add_scans, unread_pages
from workers.logs import defect_in
from workers.wire import WireClosedError, receive, send

_LOG = logging.getLogger(__name__)
_START_SECONDS = 60.0
_GRACE_SECONDS = 15.0  # beyond the wall time, for the reader process itself to answer


class ReaderLostError(Exception):
    """The reader process itself cannot be reached. It is our fault: the reading is retried."""


class ReaderProcess:
    """A warm reader process. One upload at a time; threads take turns.

    Attributes:
        is_offline: Whether the machine let it leave the network; None until it is up.
    """

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.is_offline: bool | None = None
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-m", "workers.reader"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={"LC_ALL": "C.UTF-8"},
            start_new_session=True,
        )
        assert self._process.stdin is not None  # noqa: S101  (told to mypy; it was asked for above)
        assert self._process.stdout is not None  # noqa: S101
        self._requests = self._process.stdin.fileno()
        self._replies = self._process.stdout.fileno()

    def ask(self, upload: Upload, limits: Limits, page: int | None = None) -> tuple[dict[str, Json], bytes]:
        """Have an upload read, or the pictures of one page, and return how that ended and what was answered.

        Raises:
            WireClosedError: If the process is gone or stuck.
        """
        self._greet()
        header: dict[str, Json] = {"file_name": upload.file_name, "limits": asdict(limits), "page": page}
        send(self._requests, header, upload.untrusted_bytes)
        return receive(self._replies, limits.wall_seconds + _GRACE_SECONDS)

    def _greet(self) -> None:
        if self.is_offline is None:
            greeting, _ = receive(self._replies, _START_SECONDS)
            self.is_offline = bool(greeting["is_offline"])
            if not self.is_offline:
                _LOG.warning("this machine does not let the reader process leave the network")

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    def wait(self) -> None:
        """Wait until the process has ended by itself."""
        self._process.wait(_GRACE_SECONDS)

    def is_ours(self) -> bool:
        """Tell whether it was started by this very process and is still running."""
        return self.owner == os.getpid() and self._process.poll() is None

    def close(self) -> None:
        """End the process and what it may have started."""
        if self.owner != os.getpid():
            return
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGTERM)
        self._process.wait(_GRACE_SECONDS)


class Sandbox:
    """The one reader process of this process, started when first needed or warmed before."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._reader: ReaderProcess | None = None

    def warm(self) -> ReaderProcess:
        """Return a running reader process; a new one gets ready while the caller goes on."""
        if self._reader is None or not self._reader.is_ours():
            self._reader = ReaderProcess()
        return self._reader

    def read(self, upload: Upload, limits: Limits) -> Extraction:
        """Read an upload, as `read_in_child` says."""
        extraction = self.read_words(upload, limits)
        pages = unread_pages(extraction.ledger)[: limits.scan_pages]
        scans = [self.read_page(upload, page, limits) for page in pages]
        return add_scans(extraction, [scan for scan in scans if scan is not None])

    def read_words(self, upload: Upload, limits: Limits) -> Extraction:
        """Read an upload but for the pictures of its pages, as `read_words_in_child` says."""
        return _extraction_in(*self._ask(upload, replace(limits, is_scanning=False)))

    def read_page(self, upload: Upload, page: int, limits: Limits) -> ScannedPage | None:
        """Read the pictures of a page, as `read_page_in_child` says."""
        return _scan_in(*self._ask(upload, limits, page))

    def _ask(self, upload: Upload, limits: Limits, page: int | None = None) -> tuple[dict[str, Json], bytes]:
        with self._lock:
            try:
                return self.warm().ask(upload, limits, page)
            except WireClosedError as error:
                self.close()
                raise ReaderLostError from error

    def close(self) -> None:
        """End the reader process, if there is one."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None


_SANDBOX = Sandbox()
atexit.register(_SANDBOX.close)


def read_in_child(upload: Upload, limits: Limits) -> Extraction:
    """Read an upload as `pipeline.line.read` does, in a child process of its own.

    The child has its own limits of memory, processor time, wall-clock time, open files
    and size of answer, an empty folder, and no network where the machine allows that.

    Raises:
        DocumentError: The upload is refused: by its reader, or because the child died,
            hung or answered too much.
        ReaderLostError: The reader process is gone. That is not the document's fault.
    """
    return _SANDBOX.read(upload, limits)


def read_words_in_child(upload: Upload, limits: Limits) -> Extraction:
    """Read an upload as `read_in_child` does, but for the pictures of its pages."""
    return _SANDBOX.read_words(upload, limits)


def read_page_in_child(upload: Upload, page: int, limits: Limits) -> ScannedPage | None:
    """Read the pictures of one page in a child process of its own.

    Returns:
        None where the page cannot be read: the child refused it, died, hung or answered too
        much. The other pages have children of their own.

    Raises:
        ReaderLostError: The reader process is gone. That is not the document's fault.
    """
    return _SANDBOX.read_page(upload, page, limits)


def warm_up() -> None:
    """Start the reader process without waiting for it."""
    _SANDBOX.warm()


def _scan_in(header: dict[str, Json], body: bytes) -> ScannedPage | None:
    """Understand what was read in the pictures of a page; None where that failed: it stays unread."""
    if header["ending"] != "answered" or not body:
        return None
    try:
        return from_json(ScannedPage, json.loads(body).get("scan"))
    except ValueError:
        return None


def _extraction_in(header: dict[str, Json], body: bytes) -> Extraction:
    if header["ending"] == "answered" and body:
        try:
            return _understand(json.loads(body))
        except ValueError as error:
            raise Refusal.TOO_COMPLEX.error() from error
    is_late = header["ending"] == "timed_out" or header["status"] in (-signal.SIGXCPU, -signal.SIGALRM)
    raise (Refusal.TOOK_TOO_LONG if is_late else Refusal.TOO_COMPLEX).error()


def _understand(untrusted: dict[str, Json]) -> Extraction:
    if "reason" in untrusted:
        reason = from_json(Reason, untrusted["reason"])
        raise DocumentError(reason.code, reason.message, reason.remedy)
    if "defect" in untrusted:
        _LOG.error("a reader stopped with a defect", extra={"place": defect_in(untrusted["defect"])})
        raise Refusal.DAMAGED.error()
    return from_json(Extraction, untrusted.get("extraction"))
