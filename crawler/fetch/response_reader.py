"""HTTP/1.x responses read as browsers read them: where the head ends, how the body is framed, chunks. Pure.

Written by hand, because the parsers of Python's HTTP libraries refuse what browsers accept (header lines without a
colon or with a blank before it, control characters, 70 KB of headers), do not give the bytes of the head as they came,
and drop a body that is shorter than its stated length. This one accepts more, but has strict limits of size.
RFC 9112 (HTTP/1.1), with the leniency of the WHATWG Fetch standard and of Chromium's parser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from archive.warc.http import EMPTY_LINE, Headers, parse_response

MOST_HEAD_BYTES = 256 * 1024
"""Chromium's limit for the head of a response."""

MOST_CHUNKS = 200_000
"""Most chunks of a body: a server that sends more only wants to keep its reader busy."""

_LONGEST_SIZE_LINE = 8 * 1024
"""Bytes of the line with the size of a chunk: a few digits, and extensions that may be refused when they are long (RFC
9112 section 7.1.1)."""

_LEADING_NOISE = 4
"""How many bytes before the status line Chromium skips: the rest of an earlier body with a wrong length."""

_LEAST_KEPT = 512
"""Bytes of an incomplete body that are worth keeping: less holds hardly more than the head of a page."""

_STATUS_LINE = re.compile(rb"HTTP/(\d)(?:\.(\d))?[ \t]+\d{3}", re.IGNORECASE)
_CHUNK_SIZE = re.compile(rb"[ \t]*([0-9a-fA-F]+)[ \t]*(?:;.*)?\r?", re.DOTALL)
_LENGTH = re.compile(r"[0-9]{1,18}")
_NO_BODY = frozenset({204, 205, 304})


class NotHttp(Exception):
    """What the server sent is not an HTTP response, or cannot be read; the message says why."""


@dataclass(frozen=True)
class Head:
    """The head of a response: its bytes as they came, with the empty line at the end, and what is read from them."""

    raw: bytes
    version: str
    status: int
    reason: str
    headers: Headers

    def get(self, name: str) -> str:
        """The first header of that name in lower case; "" when there is none."""
        return next(iter(self.values(name)), "")

    def values(self, name: str) -> tuple[str, ...]:
        """Every header of that name in lower case."""
        return tuple(value for key, value in self.headers if key.lower() == name)


@dataclass(frozen=True)
class Framing:
    """How the end of a body is found. `length` is in bytes, only for "length"."""

    kind: Literal["none", "length", "chunked", "close"]
    length: int = 0


class HeadReader:
    """Collects the head of a response from pieces. `rest` holds what came after it."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._searched = 0
        self.rest = b""

    @property
    def is_empty(self) -> bool:
        """Whether nothing of a head has come yet."""
        return not self._buffer

    def feed(self, piece: bytes) -> Head | None:
        """Add a piece; returns the head once it is complete. Raises NotHttp."""
        self._buffer += piece
        end = EMPTY_LINE.search(self._buffer, self._searched)
        if end is None:
            if len(self._buffer) > MOST_HEAD_BYTES:
                raise NotHttp(f"its headers have more than {MOST_HEAD_BYTES} bytes")
            if len(self._buffer) > 64 and not _STATUS_LINE.match(self._buffer, _start(self._buffer)):
                raise NotHttp(f"no status line but {bytes(self._buffer[:40])!r}")
            self._searched = max(0, self._buffer.rfind(b"\n", 0, len(self._buffer)))
            return None
        raw, self.rest = bytes(self._buffer[: end.end()]), bytes(self._buffer[end.end() :])
        self._buffer.clear()
        self._searched = 0
        return _parsed(raw)

    def take_rest(self) -> bytes:
        """What came after the head, once."""
        rest, self.rest = self.rest, b""
        return rest


def framing(head: Head) -> Framing:
    """How the body of a response ends (RFC 9112 section 6.3). Raises NotHttp for two lengths that differ.

    A length is ignored if there is a transfer coding or if it is not a number, as browsers do.
    """
    if head.status in _NO_BODY or 100 <= head.status < 200:
        return Framing("none")
    if any("chunked" in value.lower() for value in head.values("transfer-encoding")):
        return Framing("chunked")
    stated = [part.strip() for value in head.values("content-length") for part in value.split(",")]
    lengths = {int(part) for part in stated if _LENGTH.fullmatch(part)}
    if len(lengths) > 1:
        raise NotHttp(f"it states several lengths ({', '.join(map(str, sorted(lengths)))})")
    return Framing("length", lengths.pop()) if lengths else Framing("close")


class BodyReader:
    """Collects a body from pieces as its framing says, with the transfer coding decoded.

    `done`: the end was seen. `rest`: what came after it.
    """

    def __init__(self, frame: Framing) -> None:
        self._frame = frame
        self._body = bytearray()
        self._left = frame.length
        self._pending = b""
        self._chunks = 0
        self.rest = b""
        self.done = frame.kind == "none" or (frame.kind == "length" and frame.length == 0)

    def feed(self, piece: bytes) -> None:
        """Add a piece. Raises NotHttp if the chunks are malformed."""
        if self.done:
            self.rest += piece
        elif self._frame.kind == "close":
            self._keep(piece)
        elif self._frame.kind == "length":
            self._keep(piece[: self._left])
            self.rest = piece[self._left :]
            self._left -= min(self._left, len(piece))
            self.done = self._left == 0
        else:
            self._feed_chunks(self._pending + piece if self._pending else piece)

    @property
    def is_chunked(self) -> bool:
        """Whether the body comes in chunks."""
        return self._frame.kind == "chunked"

    def content(self) -> bytes:
        """The body so far."""
        return bytes(self._body)

    @property
    def size(self) -> int:
        """Bytes of the body so far."""
        return len(self._body)

    def is_whole_at_end(self) -> bool:
        """Whether the body is complete if the connection ends now."""
        return self.done or self._frame.kind == "close"

    def is_worth_keeping(self) -> bool:
        """Whether enough of an incomplete body arrived to be worth reading."""
        return self.size >= _LEAST_KEPT or (0 < self._frame.length <= 2 * self.size)

    def _keep(self, part: bytes) -> None:
        self._body += part

    def _feed_chunks(self, piece: bytes) -> None:
        at = 0
        while at < len(piece):
            if self._left:
                part = piece[at : at + self._left]
                self._keep(part)
                self._left -= len(part)
                at += len(part)
                continue
            start = at + 1 if piece[at : at + 1] == b"\n" else at + 2 if piece[at : at + 2] == b"\r\n" else at
            end = piece.find(b"\n", start)
            if end < 0:
                self._hold(piece[at:])
                return
            self._left = self._chunk_size(piece[start:end])
            at = end + 1
            if self._left == 0:
                self.done, self.rest = True, piece[at:]
                return
        self._pending = b""

    def _hold(self, piece: bytes) -> None:
        if len(piece) > _LONGEST_SIZE_LINE:
            raise NotHttp("the size of a chunk has no end")
        self._pending = piece

    def _chunk_size(self, line: bytes) -> int:
        match = _CHUNK_SIZE.fullmatch(line)
        self._chunks += 1
        if not match or len(match[1].lstrip(b"0")) > 15:
            raise NotHttp(f"the size of a chunk is no number ({line[:20]!r})")
        if self._chunks > MOST_CHUNKS:
            raise NotHttp(f"the body comes in more than {MOST_CHUNKS} pieces")
        return int(match[1], 16)


def _parsed(raw: bytes) -> Head:
    start = _start(raw)
    version = _STATUS_LINE.match(raw, start)
    if not version:
        raise NotHttp(f"no status line but {raw[:40]!r}")
    message = parse_response(raw[start:])
    minor = version[2] or b"0"
    return Head(raw[start:], f"{version[1].decode()}.{minor.decode()}", message.status, message.reason, message.headers)


def _start(buffer: bytes | bytearray) -> int:
    """Where the status line begins."""
    at = buffer.upper().find(b"HTTP", 0, 4 + _LEADING_NOISE)
    return max(at, 0)
