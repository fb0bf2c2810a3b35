"""Reading in a child: whatever the file does, this process lives and gives a plain answer."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from models.errors import DocumentError, ReasonCode
from models.upload import Upload
from pipeline.limits import MIB, Limits
from pipeline.line import read
from tests.reading.packages import docx, paragraph
from workers.reader import tell_where
from workers.sandbox import Sandbox, read_in_child

_UPLOAD = Upload("a.docx", docx(paragraph("Hello") * 50))


@pytest.mark.parametrize(
    "upload", [_UPLOAD, Upload("a.txt", b"Hello"), Upload("b.md", "Zoë\r\n".encode("cp1252"))]
)
def test_a_child_reads_what_the_line_reads(upload: Upload):
    assert read_in_child(upload, Limits()) == read(upload, Limits())


def test_a_refusal_comes_through_with_its_code_and_remedy():
    with pytest.raises(DocumentError) as refused:
        read_in_child(Upload("a.txt", b""), Limits())
    assert refused.value.reason.code is ReasonCode.EMPTY


@pytest.mark.parametrize(
    ("upload", "limits"),
    [
        pytest.param(
            Upload("a.txt", b"x" * 8 * MIB), replace(Limits(), memory_bytes=MIB), id="out of memory"
        ),
        pytest.param(_UPLOAD, replace(Limits(), result_bytes=100), id="an answer too long"),
        pytest.param(_UPLOAD, replace(Limits(), wall_seconds=0), id="out of time"),
    ],
)
def test_a_child_that_breaks_a_limit_is_a_refused_document(upload: Upload, limits: Limits):
    with pytest.raises(DocumentError) as refused:
        read_in_child(upload, limits)
    assert refused.value.reason.code is ReasonCode.TOO_COMPLEX
    assert "Hello" in read_in_child(_UPLOAD, Limits()).document.text


def test_a_killed_reader_process_is_replaced():
    sandbox = Sandbox()
    try:
        first = sandbox.warm()
        sandbox.read(_UPLOAD, Limits())
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        assert "Hello" in sandbox.read(_UPLOAD, Limits()).document.text
    finally:
        sandbox.close()


def test_threads_take_turns():
    uploads = [Upload(f"{n}.txt", f"text {n}".encode()) for n in range(8)]
    with ThreadPoolExecutor(4) as pool:
        texts = [e.document.text for e in pool.map(lambda u: read_in_child(u, Limits()), uploads)]
    assert texts == [f"text {n}" for n in range(8)]


def _read_into(answers: multiprocessing.Queue[str]) -> None:
    answers.put(read_in_child(Upload("a.txt", b"from below"), Limits()).document.text)


def test_a_daemonic_process_may_read_too():
    read_in_child(_UPLOAD, Limits())
    context = multiprocessing.get_context("fork")
    answers: multiprocessing.Queue[str] = context.Queue()
    child = context.Process(target=_read_into, args=(answers,), daemon=True)
    child.start()
    assert answers.get(timeout=30) == "from below"
    child.join(10)
    assert "Hello" in read_in_child(_UPLOAD, Limits()).document.text


_CALL_HOME = """
import socket, sys
from workers.confine import leave_network
if not leave_network():
    sys.exit(3)
socket.create_connection(("127.0.0.1", int(sys.argv[1])), 2)
"""


def test_the_reader_process_reaches_nothing_not_even_this_machine():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        calling = subprocess.run([sys.executable, "-c", _CALL_HOME, port], capture_output=True, check=False)
    if calling.returncode == 3:
        pytest.skip("this machine does not let a process leave the network")
    assert calling.returncode == 1
    assert b"OSError" in calling.stderr


def test_a_defect_is_told_without_the_words_of_the_document():
    told, telling = os.pipe()
    try:
        int("Wexcombe")
    except ValueError as error:
        tell_where(telling, ValueError, error, error.__traceback__)
    os.close(telling)
    with os.fdopen(told) as pipe:
        answer = pipe.read()
    assert f"ValueError at {__file__}" in answer
    assert "Wexcombe" not in answer
