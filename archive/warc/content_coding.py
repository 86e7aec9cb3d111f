"""Decodes the content and transfer codings of HTTP bodies, as far as a body can be read. Pure.

The time and memory of every decoder are proportional to its input and to the limit of its output: it reads its input
once, and stops at a limit of output, of gzip members and of chunks. No decoder raises: it returns what came before the
fault, as a browser shows what came before a connection broke.
Sources: RFC 9110 section 8.4 (content codings), RFC 9112 section 7.1 (chunks), RFC 1952 section 2.2 (gzip members).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import brotli  # type: ignore[import-untyped]
from isal import isal_zlib

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

CODINGS = 4
"""At most so many content codings of one body are decoded, the outermost first."""

MEMBERS = 10_000
"""At most so many gzip members of one body are read; a page compressed in blocks of 64 KB has about a hundred."""

CHUNKS = 1_000_000
"""At most so many chunks of one body are joined; servers send a few kilobytes in each."""

_STEP = 1024
"""How many bytes a decoder gets at a time: so many may be lost at a fault in a stream."""

_GZIP_MAGIC = b"\x1f\x8b"
_GZIP, _ZLIB, _RAW = 31, 15, -15
_CHUNK_SIZE = re.compile(rb"[ \t]{0,16}([0-9a-fA-F]{1,12})[ \t]{0,1024}(?:;[^\r\n]{0,65536})?\r?\n")
_CUT_SIZE = re.compile(rb"\r?[0-9a-fA-F]{0,12}[ \t]{0,1024}(?:;[^\r\n]{0,65536})?\r?")
_INFLATE_ERROR: type[Exception] = isal_zlib.error  # type: ignore[assignment]  # its stub calls the class an instance
_ERRORS = (_INFLATE_ERROR, brotli.error, zstd.ZstdError)


@dataclass(frozen=True)
class Decoded:
    """A decoded body; `whole` says whether all of it could be read and was within the limit."""

    content: bytes
    whole: bool = True


class _Stream(Protocol):
    """The common interface of the three libraries."""

    def decompress(self, data: bytes, max_length: int) -> bytes: ...
    @property
    def eof(self) -> bool: ...


def decode(body: bytes, transfer: str, content: str, limit: int) -> Decoded:
    """A body without the codings that its Transfer-Encoding and Content-Encoding fields name, at most `limit` bytes.

    A body that is not coded as its headers say (because a proxy or an archiving program decoded it) is returned as it
    is.
    """
    transfers = _names(transfer)
    whole = True
    if "chunked" in transfers:
        body, whole = _dechunked(body)
    for coding in reversed((_names(content) + [name for name in transfers if name != "chunked"])[-CODINGS:]):
        if coding in _DECODERS:
            decoded = _DECODERS[coding](body, limit)
            body, whole = decoded.content, whole and decoded.whole
    return Decoded(body[:limit], whole and len(body) <= limit)


def dechunked(body: bytes) -> bytes:
    """A chunked body joined, as far as it can be read; a body that only claims to be chunked is returned as it is."""
    return _dechunked(body)[0]


def _names(field: str) -> list[str]:
    return [name.strip().lower() for name in field[:1000].split(",") if name.strip()]


def _dechunked(body: bytes) -> tuple[bytes, bool]:
    """The joined chunks (RFC 9112 section 7.1), and whether the last chunk arrived."""
    parts: list[bytes] = []
    at, size = 0, -1
    while size and len(parts) < CHUNKS and (match := _CHUNK_SIZE.match(body, at)):
        size = int(match[1], 16)
        parts.append(body[match.end() : match.end() + size])
        at = match.end() + size
        if at < len(body):
            at += 2 if body[at : at + 2] == b"\r\n" else 1 if body[at : at + 1] == b"\n" else 0
    if not parts:
        return body, True
    if size and at < len(body) and not _CUT_SIZE.fullmatch(body, at):  # the rest is not chunked
        parts.append(body[at:])
    return b"".join(parts), size == 0


def _gunzipped(body: bytes, limit: int) -> Decoded:
    """Decode one or more gzip members; what follows the last (padding, garbage) is dropped, as in browsers."""
    parts: list[bytes] = []
    at = size = 0
    while body.startswith(_GZIP_MAGIC, at):
        if len(parts) == MEMBERS or size >= limit:
            return Decoded(b"".join(parts), False)
        part, at, whole = _read(body, at, _Inflater(_GZIP), limit - size)
        parts.append(part)
        size += len(part)
        if not whole:
            return Decoded(b"".join(parts), False)
    return Decoded(b"".join(parts)) if parts else _as_it_is(body)


def _inflated(body: bytes, limit: int) -> Decoded:
    """Decode zlib as RFC 9110 requires, or raw deflate, which many servers send."""
    for window in (_ZLIB, _RAW):
        found = _decoded(body, _Inflater(window), limit)
        if found.content is not body:
            return found
    return _as_it_is(body)


def _unbrotlied(body: bytes, limit: int) -> Decoded:
    return _decoded(body, _Brotli(), limit)


def _unzstandarded(body: bytes, limit: int) -> Decoded:
    return _decoded(body, zstd.ZstdDecompressor(), limit)


def _decoded(body: bytes, stream: _Stream, limit: int) -> Decoded:
    content, _, whole = _read(body, 0, stream, limit)
    return Decoded(content, whole) if content and not (_is_plain(body) and not whole) else _as_it_is(body)


def _as_it_is(body: bytes) -> Decoded:
    """The body unchanged, because nothing could be decoded: it is not coded, or broken from its first byte."""
    return Decoded(body, not body or _is_plain(body))


def _is_plain(body: bytes) -> bool:
    return body[:1024].lstrip()[:1] in (b"<", b"{")


def _read(body: bytes, at: int, stream: _Stream, limit: int) -> tuple[bytes, int, bool]:
    """The content of a stream that begins at a place, the place after it, and whether it was complete.

    The output is limited while it is decoded, so that a bomb costs no more than the limit.
    """
    parts: list[bytes] = []
    size = 0
    try:
        while not stream.eof and size < limit:
            piece = body[at : at + _STEP]
            at += len(piece)
            parts.append(stream.decompress(piece, limit - size))
            size += len(parts[-1])
            if not piece and not parts[-1]:
                break
    except _ERRORS:
        return b"".join(parts), len(body), False
    return b"".join(parts), at - len(getattr(stream, "unused_data", b"")), stream.eof


class _Inflater:
    """isal's decoder, which needs unused input again with the next call."""

    def __init__(self, window: int) -> None:
        self._stream = isal_zlib.decompressobj(window)

    def decompress(self, data: bytes, max_length: int) -> bytes:
        content: bytes = self._stream.decompress(self._stream.unconsumed_tail + data, max_length)
        return content

    @property
    def eof(self) -> bool:
        return bool(self._stream.eof)

    @property
    def unused_data(self) -> bytes:
        """What follows the stream's end in the bytes given last."""
        rest: bytes = self._stream.unused_data
        return rest


class _Brotli:
    """Brotli's decoder, which accepts no input while it still has output."""

    def __init__(self) -> None:
        self._stream = brotli.Decompressor()
        self._waiting = b""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        self._waiting += data
        piece = b""
        if self._stream.can_accept_more_data():
            piece, self._waiting = self._waiting, b""
        content: bytes = self._stream.process(piece, output_buffer_limit=max_length)
        return content

    @property
    def eof(self) -> bool:
        return bool(self._stream.is_finished())


_DECODERS: dict[str, Callable[[bytes, int], Decoded]] = {
    "gzip": _gunzipped,
    "x-gzip": _gunzipped,
    "deflate": _inflated,
    "br": _unbrotlied,
    "zstd": _unzstandarded,
}
"""Decoders by the names of RFC 9110 and its registry: from a body and the most bytes of output. They never raise."""
