"""Logs: a line of JSON for each thing that happened, in which no document's words can stand.

A line holds the constant part of a message, never what was put into it; of an error its
class, code and places, never its text, which may quote a document; and the fields named
here, where they look like a code, an id or a number.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import PurePath
from types import TracebackType
from typing import Any
from uuid import uuid4

FIELDS = frozenset(
    {
        "attempt", "code", "count", "document", "ending", "method", "place", "queue", "reason", "route",
        "seconds", "stage", "status", "tick", "version",
    }
)  # fmt: skip
"""What may stand in a line beside its message."""

CONSTANT = frozenset(
    {"web", "cli", "workers", "storage", "pipeline", "rules", "celery", "uvicorn", "alembic"}
)
"""Whose messages are written in the code and filled in later. Others may put theirs together first."""

NOT_KEPT = "(a library's message, not kept)"
_CODED = re.compile(r"[\w.:/<>{} -]{1,400}", re.ASCII)
_CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")
_REQUEST_ID = re.compile(r"[0-9a-fA-F-]{16,64}")
_DEFECT = re.compile(r"\w{1,60} at [\w./-]{1,120}:\d+( < [\w./-]{1,120}:\d+){0,2}", re.ASCII)
_DEEPEST, _LONGEST = 4, 8
_QUIET = ("celery.app.trace", "celery.worker.strategy", "alembic")
"""Who would say twice what our own lines say."""

_REQUEST: ContextVar[str] = ContextVar("request", default="")


def request_id() -> str:
    """Return the id of the request that is being served; empty outside of one."""
    return _REQUEST.get()


@contextmanager
def following(untrusted_id: str | None) -> Iterator[str]:
    """Write a request's id into every line until the end.

    Args:
        untrusted_id: As it came. What is not of the form of a UUID or a hexadecimal number is
            replaced by a new one: an id that someone chose could be a name.
    """
    is_good = untrusted_id is not None and _REQUEST_ID.fullmatch(untrusted_id) is not None
    request = str(untrusted_id) if is_good else uuid4().hex
    before = _REQUEST.set(request)
    try:
        yield request
    finally:
        _REQUEST.reset(before)


def write_logs(part: str, level: str) -> None:
    """Write everything that this process logs, and what ends it, as lines of JSON to standard error.

    Args:
        part: Which part of the service it is.
        level: From which level on: "debug", "info", "warning" or "error".
    """
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines(part))
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    logging.captureWarnings(capture=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    sys.excepthook = _note_end
    threading.excepthook = _note_thread_end
    sys.unraisablehook = _note_unraisable


class JsonLines(logging.Formatter):
    """Writes one record as one line.

    Args:
        part: Which part of the service this process is.
    """

    def __init__(self, part: str) -> None:
        super().__init__()
        self._part = part

    def format(self, record: logging.LogRecord) -> str:
        """Write a record."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {
            "at": at,
            "level": record.levelname.lower(),
            "part": self._part,
            "logger": record.name,
            "message": _constant(record),
        }
        if request_id():
            line["request"] = request_id()
        line |= {name: _coded(value) for name, value in vars(record).items() if name in FIELDS}
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = describe(record.exc_info[1], record.exc_info[2])
        if record.levelno >= logging.WARNING:
            line.setdefault("place", f"{_short(record.pathname)}:{record.lineno}")
        return json.dumps(line, separators=(",", ":"))


def describe(error: BaseException, trace: Any = None, depth: int = 1) -> dict[str, object]:
    """Say what an error is, where it came from and what led to it, without a word of its text."""
    kind = type(error)
    told: dict[str, object] = {"class": f"{kind.__module__}.{kind.__qualname__}"}
    code = getattr(error, "code", None)
    if isinstance(code, str) and _CODE.fullmatch(code):
        told["code"] = str(code)
    told["at"] = _places(trace if trace is not None else error.__traceback__)
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and depth < _DEEPEST:
        told["because"] = describe(cause, depth=depth + 1)
    return told


def defect_in(untrusted: object) -> str:
    """Return what a reader's child says of its own defect, if it is of the form of one.

    A child that a file has taken over could say anything.
    """
    told = str(untrusted)
    return told if _DEFECT.fullmatch(told) else "unknown"


def _places(trace: Any) -> list[str]:
    """List the innermost places of a trace, the last call first. A worker's child sends copies of traces."""
    places: list[str] = []
    while trace is not None:
        places.append(f"{_short(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}")
        trace = trace.tb_next
    return places[: -_LONGEST - 1 : -1]


def _short(path: str) -> str:
    return "/".join(PurePath(path).parts[-2:])


def _constant(record: logging.LogRecord) -> str:
    owner = record.name.partition(".")[0]
    if owner not in CONSTANT or not isinstance(record.msg, str):
        return NOT_KEPT
    return " ".join(record.msg.split())


def _coded(value: object) -> object:
    if isinstance(value, int | float):
        return round(value, 4)
    return value if isinstance(value, str) and _CODED.fullmatch(value) else "?"


def _note_end(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    _LOG.critical("ended by an error", exc_info=(kind, error, trace))


def _note_thread_end(ended: threading.ExceptHookArgs) -> None:
    if ended.exc_value is not None:
        told = (ended.exc_type, ended.exc_value, ended.exc_traceback)
        _LOG.critical("a thread ended by an error", exc_info=told)


def _note_unraisable(found: Any) -> None:
    if found.exc_value is not None:
        told = (found.exc_type, found.exc_value, found.exc_traceback)
        _LOG.error("an error that could not be raised", exc_info=told)


_LOG = logging.getLogger(__name__)
