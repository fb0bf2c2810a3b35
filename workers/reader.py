"""The reader process: kept warm, it reads every upload in a forked child of its own.

It is started afresh (`python -m workers.reader`), not forked from a worker: it holds no
key, no connection and no thread, so that a file that takes over a child finds nothing.
"""

from __future__ import annotations

import contextlib
import gc
import json
import logging
import os
import select
import signal
import sys
import tempfile
import time
import traceback
from enum import StrEnum
from functools import partial
from types import TracebackType

from models.errors import DocumentError
from models.serialize import Json, from_json, to_json
from models.upload import Upload
from pipeline.extract import extract
from pipeline.intake import intake
from pipeline.limits import Limits
from pipeline.ocr import load_engine
from pipeline.refusals import Refusal
from pipeline.scan_page import read_scan_page
from workers.confine import give_up_rights, keep_to, leave_network
from workers.wire import WireClosedError, receive, send

_CHUNK = 1 << 20
_PICTURE_MARKS = (b"/media/", b"Pictures/", b"Content-Type: image/", b"\\pict")
"""Bytes by which a file that holds pictures is told before it is opened: at worst they mislead."""

_FAREWELL_SECONDS = 2.0  # between the answer and the end of its child


class Ending(StrEnum):
    """How the reading of one upload ended."""

    ANSWERED = "answered"
    DIED = "died"
    TIMED_OUT = "timed_out"
    FLOODED = "flooded"


def main() -> None:
    """Read uploads from standard input, one after the other, until it is closed."""
    sys.excepthook = partial(tell_where, 2)
    logging.disable()  # what libraries remark could hold words of the document
    give_up_rights()
    is_offline = leave_network()
    requests, replies = os.dup(0), os.dup(1)
    _point_at_nothing(0, 1)
    with tempfile.TemporaryDirectory(prefix="reader-") as folder:
        os.chdir(folder)
        gc.freeze()
        send(replies, {"is_offline": is_offline})
        _serve(requests, replies)


def _point_at_nothing(*descriptors: int) -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in descriptors:
        os.dup2(nothing, descriptor)
    os.close(nothing)


def _serve(requests: int, replies: int) -> None:
    while True:
        try:
            header, untrusted = receive(requests)
        except WireClosedError:
            return
        upload = Upload(str(header["file_name"]), untrusted)
        limits = from_json(Limits, header["limits"])
        page = header["page"]
        if page is not None or any(mark in untrusted for mark in _PICTURE_MARKS):
            load_engine()  # once, here: no child could afford it
        answers, answer = os.pipe()
        child = os.fork()
        if child == 0:
            for descriptor in (requests, replies, answers):
                os.close(descriptor)
            _be_child(upload, limits, answer, page)
        os.close(answer)
        ending, body = _listen(child, answers, limits)
        send(replies, {"ending": ending, "status": _end(child)}, body)


def _be_child(upload: Upload, limits: Limits, answer: int, page: Json) -> None:
    """Read the upload and write the answer; never return."""
    sys.excepthook = partial(tell_where, answer)
    os.setsid()
    _point_at_nothing(2)
    keep_to(limits)
    _write(answer, json.dumps(_answer(upload, limits, page)))
    os._exit(0)


def _write(descriptor: int, text: str) -> None:
    view = memoryview(text.encode())
    while view:
        view = view[os.write(descriptor, view) :]


def _answer(upload: Upload, limits: Limits, page: Json) -> dict[str, Json]:
    try:
        if isinstance(page, int):
            return {"scan": to_json(read_scan_page(intake(upload, limits), page, limits))}
        return {"extraction": to_json(extract(intake(upload, limits), limits))}
    except DocumentError as error:
        return {"reason": to_json(error.reason)}
    except (MemoryError, RecursionError):
        return {"reason": to_json(Refusal.TOO_COMPLEX.value)}


def _listen(child: int, answers: int, limits: Limits) -> tuple[Ending, bytes]:
    """Take the child's answer, and end the child where it is too late or says too much."""
    deadline = time.monotonic() + limits.wall_seconds
    told = bytearray()
    ending = Ending.DIED
    while select.select([answers], [], [], max(0.0, deadline - time.monotonic()))[0]:
        chunk = os.read(answers, _CHUNK)
        told += chunk
        if not chunk or len(told) > limits.result_bytes:
            ending = Ending.FLOODED if chunk else Ending.ANSWERED
            break
    else:
        ending = Ending.TIMED_OUT
    os.close(answers)
    if ending is not Ending.ANSWERED:
        os.kill(child, signal.SIGKILL)
        told.clear()
    return ending, bytes(told)


def _end(child: int) -> int:
    """See the child off with whatever it may have started, and return how it ended."""
    handle = os.pidfd_open(child)
    if not select.select([handle], [], [], _FAREWELL_SECONDS)[0]:
        os.kill(child, signal.SIGKILL)
    os.close(handle)
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def tell_where(
    descriptor: int, kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Write where a defect is, without its message, which could hold words of the document."""
    del error
    _write(descriptor, json.dumps({"defect": where(kind, trace)}))


def where(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Name a defect and the places in the program where it showed."""
    frames = traceback.extract_tb(trace)[-3:]
    places = " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(frames))
    return f"{kind.__name__} at {places}"


if __name__ == "__main__":
    main()
