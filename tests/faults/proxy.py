"""A line between a worker and its broker that can go dead without being cut, as firewalls let lines do."""

from __future__ import annotations

import contextlib
import socket
import threading


class Proxy:
    """Passes bytes to and fro. Lines that have gone dead stay open and carry nothing."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._dead: set[socket.socket] = set()
        self._lines: list[socket.socket] = []
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        threading.Thread(target=self._admit, daemon=True).start()

    @property
    def lines(self) -> int:
        """How many lines were opened so far."""
        return len(self._lines) // 2

    def go_dead(self) -> int:
        """Let every line that is open now carry nothing any more, and return how many that are."""
        self._dead.update(self._lines)
        return len(self._lines) // 2

    def close(self) -> None:
        for line in (self._door, *self._lines):
            line.close()

    def _admit(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._door.accept()
                far = socket.create_connection(("127.0.0.1", self._port))
                self._lines += [near, far]
                for source, target in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=(source, target), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if source not in self._dead:
                    target.sendall(data)
        if source not in self._dead:
            with contextlib.suppress(OSError):
                target.shutdown(socket.SHUT_WR)
