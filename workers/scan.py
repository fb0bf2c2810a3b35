"""Malware scanning: by clamd where one is configured, else said not to be done."""

from __future__ import annotations

import socket
import struct
from enum import StrEnum
from typing import Protocol

from models.errors import DocumentError, ReasonCode
from storage.settings import Settings, SettingsError

CHUNK = 1 << 16
MOST_ANSWER = 4096


class Scan(StrEnum):
    """What is known of an upload."""

    NOT_SCANNED = "not_scanned"
    NOTHING_FOUND = "nothing_found"


class ScannerUnavailableError(Exception):
    """The scanner gave no answer that can be used. The upload waits: it is not read unscanned."""


class Scanner(Protocol):
    """Looks for malware."""

    def scan(self, untrusted: bytes) -> Scan:
        """Look at an upload.

        Raises:
            DocumentError: If something harmful was found.
            ScannerUnavailableError: If there is no answer.
        """

    def check(self) -> None:
        """Tell whether the scanner can be used now.

        Raises:
            ScannerUnavailableError: If it cannot.
        """


class NoScanner:
    """Scans nothing, and says so."""

    def scan(self, untrusted: bytes) -> Scan:
        """Say that the upload was not scanned."""
        del untrusted
        return Scan.NOT_SCANNED

    def check(self) -> None:
        """There is nothing that could be away."""


class Clamd:
    """A clamd server, asked over TCP by its own small protocol."""

    def __init__(self, host: str, port: int, seconds: float) -> None:
        self._address, self._seconds = (host, port), seconds

    def scan(self, untrusted: bytes) -> Scan:
        """Send an upload piece by piece, and refuse it where clamd finds something."""
        answer = self._ask(b"zINSTREAM\0", untrusted)
        if answer == b"stream: OK":
            return Scan.NOTHING_FOUND
        if answer.startswith(b"stream: ") and answer.endswith(b" FOUND"):
            raise DocumentError(
                ReasonCode.UNSAFE,
                "The virus scanner stopped this file.",
                "Write the text anew in a fresh document and send that.",
            )
        raise ScannerUnavailableError("the scanner gave no verdict")

    def check(self) -> None:
        """Ask clamd whether it is there."""
        if self._ask(b"zPING\0", None) != b"PONG":
            raise ScannerUnavailableError("the scanner does not answer as clamd does")

    def _ask(self, command: bytes, untrusted: bytes | None) -> bytes:
        try:
            with socket.create_connection(self._address, self._seconds) as line:
                line.sendall(command)
                if untrusted is not None:
                    _stream(line, untrusted)
                return _answer(line)
        except OSError as error:
            raise ScannerUnavailableError("the scanner gave no answer") from error


def open_scanner(settings: Settings) -> Scanner:
    """Return the scanner that the settings name as "host:port"; none where they name none."""
    if not settings.clamd:
        return NoScanner()
    host, _, port = settings.clamd.rpartition(":")
    if not host or not port.isdigit():
        raise SettingsError('EVIDENCE_CLAMD: "host:port" is needed')
    return Clamd(host, int(port), settings.clamd_seconds)


def _stream(line: socket.socket, untrusted: bytes) -> None:
    for start in range(0, len(untrusted), CHUNK):
        piece = untrusted[start : start + CHUNK]
        line.sendall(struct.pack(">I", len(piece)) + piece)
    line.sendall(struct.pack(">I", 0))


def _answer(line: socket.socket) -> bytes:
    answer = bytearray()
    while not answer.endswith(b"\0") and len(answer) < MOST_ANSWER:
        piece = line.recv(MOST_ANSWER)
        if not piece:
            break
        answer += piece
    return bytes(answer).rstrip(b"\0")
