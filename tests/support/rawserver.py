"""A server on a loopback port that sends bytes and nothing else: for answers that no HTTP library would write.

    with RawServer({"/a": b"HTTP/1.1 200 OK\r\n\r\nbody"}) as server:
        ...fetch server.url + "a"...

An answer is bytes, or a function that gets the connection and does as it likes; the connection ends after it. Paths
without an answer give 404. The manner is that of the mock server in Scrapy's own tests.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import TracebackType


@dataclass(frozen=True)
class Peer:
    """One connection of a client, as an answer meets it."""

    connection: socket.socket
    server: RawServer
    head: str

    def send(self, content: bytes) -> None:
        """Write some bytes. Raises OSError once the client has gone."""
        self.connection.sendall(content)

    def forever(self, pieces: Iterator[bytes], pause: float = 0.0) -> None:
        """Write pieces until there is none left, the client goes or the server ends."""
        with contextlib.suppress(OSError):
            for piece in pieces:
                if self.server.closing.wait(pause) if pause else self.server.closing.is_set():
                    return
                self.send(piece)

    def wait_for_the_end(self) -> None:
        """Say nothing until the client goes or the server ends."""
        self.connection.settimeout(0.05)
        while not self.server.closing.is_set():
            try:
                if not self.connection.recv(1024):
                    return
            except TimeoutError:
                continue
            except OSError:
                return


Answer = bytes | Callable[[Peer], None]
MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 5\r\nConnection: close\r\n\r\nnone."


@dataclass
class RawServer:
    """Answers by path; `asked` are the heads of the requests that came, `url` its address with a slash."""

    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __enter__(self) -> RawServer:
        self.closing = threading.Event()
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/"
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.closing.set()
        self._socket.close()

    def at(self, path: str) -> str:
        """The address of a path."""
        return self.url + path.removeprefix("/")

    def paths(self) -> list[str]:
        """The paths asked for, in order."""
        return [head.split(" ")[1] for head in self.asked]

    def _accept(self) -> None:
        while not self.closing.is_set():
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            head = b""
            while b"\r\n\r\n" not in head:
                piece = connection.recv(65536)
                if not piece:
                    return
                head += piece
            self.asked.append(head.decode("latin-1"))
            answer = self.answers.get(self.asked[-1].split(" ")[1], MISSING)
            peer = Peer(connection, self, self.asked[-1])
            if callable(answer):
                answer(peer)
            else:
                peer.send(answer)


def page(
    body: bytes, *lines: bytes, status: bytes = b"200 OK", length: int | None = None, kind: bytes = b"text/html"
) -> bytes:
    """A response with some header lines of its own before the usual ones."""
    usual = (b"Content-Type: " + kind, b"Content-Length: %d" % (len(body) if length is None else length))
    return b"\r\n".join((b"HTTP/1.1 " + status, *lines, *usual, b"Connection: close", b"", body))
