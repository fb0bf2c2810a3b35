"""Malware scanning: a small clamd of our own, and Debian's where it is installed."""

import io
import os
import shutil
import socket
import socketserver
import struct
import subprocess
import threading
import zipfile
from dataclasses import replace

import pytest

from cli.processes import start, wait_until
from cli.valkey import free_port
from models.entry import DocumentStatus
from models.errors import DocumentError, ReasonCode
from storage.settings import Settings, SettingsError
from storage.views import view_document
from tests.servers import stopped
from tests.workers.conftest import PORTAL
from workers.scan import Clamd, NoScanner, Scan, ScannerUnavailableError, open_scanner
from workers.upkeep import PATIENCE, sweep_lost

HARMFUL = b"MADE-UP-SIGNATURE"


class TinyClamd(socketserver.ThreadingTCPServer):
    """Speaks clamd's protocol and knows one signature."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        self.answer = None
        super().__init__(("127.0.0.1", 0), Talk)
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Talk(socketserver.BaseRequestHandler):
    def handle(self):
        line = self.request.makefile("rb")
        command = b""
        while not command.endswith(b"\0"):
            command += line.read(1)
        body = b""
        if command == b"zINSTREAM\0":
            while size := struct.unpack(">I", line.read(4))[0]:
                body += line.read(size)
        verdict = b"stream: Made-Up FOUND\0" if HARMFUL in body else b"stream: OK\0"
        told = b"PONG\0" if command == b"zPING\0" else verdict
        self.request.sendall(told if self.server.answer is None else self.server.answer)


@pytest.fixture
def clamd():
    server = TinyClamd()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def scanner(clamd):
    return Clamd("127.0.0.1", clamd.server_address[1], 2)


def test_what_is_harmless_passes_and_what_is_not_is_refused(scanner):
    scanner.check()
    assert scanner.scan(b"words" * 100_000) is Scan.NOTHING_FOUND
    assert scanner.scan(b"") is Scan.NOTHING_FOUND
    with pytest.raises(DocumentError) as refused:
        scanner.scan(b"x" * 200_000 + HARMFUL)
    assert refused.value.reason.code == "unsafe"


@pytest.mark.parametrize("answer", [b"", b"\0", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OKAY\0"])
def test_what_is_no_verdict_lets_nothing_pass(clamd, scanner, answer):
    clamd.answer = answer
    with pytest.raises(ScannerUnavailableError):
        scanner.scan(b"words")
    with pytest.raises(ScannerUnavailableError):
        scanner.check()


def test_a_scanner_that_is_away_lets_nothing_pass():
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        slow = Clamd("127.0.0.1", silent.getsockname()[1], 0.2)
        for away in (slow, Clamd("127.0.0.1", free_port(), 1)):
            with pytest.raises(ScannerUnavailableError):
                away.scan(b"words")


def test_settings_name_the_scanner():
    assert isinstance(open_scanner(Settings()), NoScanner)
    assert isinstance(open_scanner(Settings(clamd="clamd:3310")), Clamd)
    for wrong in ("clamd", "clamd:", ":3310", "clamd:x"):
        with pytest.raises(SettingsError, match="CLAMD"):
            open_scanner(Settings(clamd=wrong))


def test_each_upload_says_whether_it_was_scanned(desk, scanner):
    entry = desk.entry()
    unscanned = desk.upload(entry)
    desk.queue.work_off(desk.bench)
    scanned, harmful = desk.upload(entry, "words"), desk.upload(entry, HARMFUL.decode())
    desk.queue.work_off(replace(desk.bench, scanner=scanner))
    views = [view_document(desk.store, PORTAL, entry, r.document) for r in (unscanned, scanned, harmful)]
    assert [v.scan for v in views] == ["not_scanned", "nothing_found", None]
    assert views[2].status is DocumentStatus.REFUSED


def test_an_upload_waits_for_a_scanner_that_is_away_and_no_attempt_is_counted(desk, scanner, clock):
    entry = desk.entry()
    received = desk.upload(entry)
    away = replace(desk.bench, scanner=Clamd("127.0.0.1", free_port(), 1))
    for _ in range(5):
        desk.queue.work_off(away)
        view = view_document(desk.store, PORTAL, entry, received.document)
        assert (view.status, view.attempts) == (DocumentStatus.RECEIVED, 0)
        clock.now += 2 * PATIENCE
        sweep_lost(desk.store, desk.queue, desk.bench.terms)
    desk.queue.work_off(replace(desk.bench, scanner=scanner))
    assert view_document(desk.store, PORTAL, entry, received.document).status is DocumentStatus.READY


EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-" + b"TEST-FILE!$H+H*"
"""The harmless text that every scanner is to stop, in pieces, or it would stop this file."""


def zipped(name, content):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


@pytest.fixture
def debians_clamd(tmp_path):
    """Debian's clamd with one signature, that of the test text: the official ones cannot be had offline."""
    if shutil.which("clamd") is None:
        install = ["apt-get", "install", "-y", "--no-install-recommends", "clamav-daemon"]
        if subprocess.run(install, check=False).returncode:
            pytest.skip("clamav-daemon is not installed, and cannot be")
    database = tmp_path / "database"
    database.mkdir()
    (database / "own.ndb").write_text(f"Eicar.Test:0:*:{EICAR.hex()}\n")
    port = free_port()
    config = tmp_path / "clamd.conf"
    config.write_text(
        f"DatabaseDirectory {database}\nTCPSocket {port}\nTCPAddr 127.0.0.1\nForeground yes\n"
        f"StreamMaxLength 30M\n{'User root' if os.geteuid() == 0 else ''}\n"
    )
    command = [shutil.which("clamd") or "/usr/sbin/clamd", "-c", str(config)]
    program = start("clamd", command, {"PATH": "/usr/sbin:/usr/bin:/bin"}, tmp_path)
    found = Clamd("127.0.0.1", port, 10)
    with stopped(program):
        wait_until(program, lambda: answers(found))
        yield found


@pytest.mark.all
def test_debians_clamd_stops_the_test_text_wherever_it_is(debians_clamd):
    assert debians_clamd.scan(b"words") is Scan.NOTHING_FOUND
    assert debians_clamd.scan(EICAR[:-1]) is Scan.NOTHING_FOUND
    assert debians_clamd.scan(zipped("word/document.xml", b"<w:t>words</w:t>")) is Scan.NOTHING_FOUND
    for harmful in (EICAR, zipped("a.com", EICAR), zipped("word/embeddings/a.bin", zipped("a.com", EICAR))):
        with pytest.raises(DocumentError) as refused:
            debians_clamd.scan(harmful)
        assert refused.value.reason.code is ReasonCode.UNSAFE


def answers(scanner):
    try:
        scanner.check()
    except ScannerUnavailableError:
        return False
    return True
