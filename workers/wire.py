"""The wire between a worker and its reader process: one header in JSON and one body a message."""

from __future__ import annotations

import json
import os
import select
import struct
import time

from models.serialize import Json

_LENGTHS = struct.Struct("<II")
_CHUNK = 1 << 20


class WireClosedError(Exception):
    """The other side is gone, or has not answered in time."""


def send(descriptor: int, header: dict[str, Json], body: bytes = b"") -> None:
    """Write one message.

    Raises:
        WireClosedError: If nobody reads any more.
    """
    head = json.dumps(header).encode()
    try:
        for untold in (_LENGTHS.pack(len(head), len(body)) + head, body):
            view = memoryview(untold)
            while view:
                view = view[os.write(descriptor, view) :]
    except BrokenPipeError as error:
        raise WireClosedError from error


def receive(
    descriptor: int, seconds: float | None = None, most: int | None = None
) -> tuple[dict[str, Json], bytes]:
    """Read one message, waiting so many seconds at most for all of it.

    Args:
        descriptor: The wire's end.
        seconds: None waits for ever.
        most: Bytes that the other side may send, where it is not trusted.

    Raises:
        WireClosedError: If the other side closed the wire, the time is over, or it would send
            too much.
    """
    deadline = None if seconds is None else time.monotonic() + seconds
    head, body = _LENGTHS.unpack(_exactly(descriptor, _LENGTHS.size, deadline))
    if most is not None and head + body > most:
        raise WireClosedError
    header: dict[str, Json] = json.loads(_exactly(descriptor, head, deadline))
    return header, _exactly(descriptor, body, deadline)


def _exactly(descriptor: int, length: int, deadline: float | None) -> bytes:
    chunks: list[bytes] = []
    while length:
        wait_for(descriptor, deadline)
        chunk = os.read(descriptor, min(length, _CHUNK))
        if not chunk:
            raise WireClosedError
        chunks.append(chunk)
        length -= len(chunk)
    return b"".join(chunks)


def wait_for(descriptor: int, deadline: float | None) -> None:
    """Wait until there is something to read.

    Raises:
        WireClosedError: If the deadline (of the monotonic clock) passes first.
    """
    left = None if deadline is None else max(0.0, deadline - time.monotonic())
    if not select.select([descriptor], [], [], left)[0]:
        raise WireClosedError
