"""HTTP messages as bytes: the block of a WARC record, its head and its body, with the codings undone for reading.

Pure. Header strings are the ISO-8859-1 image of the bytes on the wire (as RFC 9110 section 5.5 and http.client have
it), so that every byte a server sent survives; text beyond that alphabet is written as UTF-8.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from archive.core.model import Exchange
from archive.warc.compression import DECODERS

Headers = tuple[tuple[str, str], ...]

MAX_DECODED = 50 * 1024 * 1024
"""Bytes of a body after decoding; the rest of a decompression bomb is left alone."""

_BREAKS = re.compile(r"[\r\n\0]+")
_EMPTY_LINE = re.compile(rb"\r?\n[ \t]*\r?\n")
_CHUNK_SIZE = re.compile(rb"([0-9a-fA-F]{1,12})[ \t]*(?:;[^\r\n]*)?\r?\n")


@dataclass(frozen=True)
class Message:
    """A response as it stands in a record: `body` still has whatever codings the headers tell of."""

    status: int
    reason: str
    headers: Headers
    body: bytes

    def get(self, name: str) -> str:
        """The first header of that name, whatever its case; "" when there is none."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), "")


def request_head(exchange: Exchange) -> bytes:
    """The request line and headers as sent, with the empty line that ends them."""
    return _head(f"{exchange.method} {_target(exchange.url)} {_version(exchange)}", exchange.request_headers)


def response_head(exchange: Exchange) -> bytes:
    """The status line and headers, with the empty line that ends them; as they came, where that can be read back."""
    if exchange.head and split_head(exchange.head + b"x")[1] == b"x":
        return exchange.head
    line = f"{_version(exchange)} {exchange.status} {exchange.reason}".rstrip()
    return _head(line, exchange.response_headers)


def parse_response(block: bytes) -> Message:
    """The response in a record's block. Lenient as browsers are; raises ValueError where no status line stands."""
    head, body = split_head(block)
    first, *lines = head.split(b"\n")
    parts = first.decode("latin-1").strip().split(None, 2)
    if len(parts) < 2 or not parts[0].upper().startswith("HTTP/") or not parts[1][:3].isdecimal():
        raise ValueError(f"no HTTP status line but {first[:60]!r}")
    return Message(int(parts[1][:3]), parts[2] if len(parts) > 2 else "", parse_headers(lines), body)


def split_head(block: bytes) -> tuple[bytes, bytes]:
    """A message at its first empty line: the head without it, the body after it."""
    end = _EMPTY_LINE.search(block)
    return (block[: end.start()], block[end.end() :]) if end else (block, b"")


def parse_headers(lines: list[bytes], charset: str = "latin-1") -> Headers:
    """Header lines as pairs in their order, folded lines joined; lines that are no header are left out."""
    headers: list[tuple[str, str]] = []
    for line in lines:
        if line[:1] in (b" ", b"\t") and headers and line.strip():
            name, value = headers[-1]
            headers[-1] = (name, value + " " + line.strip(b" \t\r").decode(charset, "replace"))
            continue
        raw_name, colon, raw_value = line.partition(b":")
        if colon:
            headers.append(
                (raw_name.strip(b" \t").decode("latin-1"), raw_value.strip(b" \t\r").decode(charset, "replace"))
            )
    return tuple(headers)


def decoded_body(message: Message, limit: int = MAX_DECODED) -> bytes:
    """The body with chunking and content codings undone, at most `limit` bytes.

    Never raises: a body that is not what its headers say is given as far as it can be read, or as it is.
    """
    body = message.body
    if "chunked" in message.get("Transfer-Encoding").lower():
        body = dechunked(body)
    codings = [coding.strip().lower() for coding in message.get("Content-Encoding").split(",")]
    for coding in reversed(codings[:4]):
        if coding in DECODERS:
            body = DECODERS[coding](body, limit)
    return body[:limit]


def _head(line: str, headers: Headers) -> bytes:
    lines = [line, *(f"{name}: {value}" for name, value in headers)]
    text = "\r\n".join(_BREAKS.sub(" ", one) for one in lines) + "\r\n\r\n"
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogateescape")


def _version(exchange: Exchange) -> str:
    """HTTP/2 and 3 have no message text of their own: by custom theirs is written as 1.1."""
    return f"HTTP/{exchange.http_version}" if exchange.http_version in ("1.0", "1.1") else "HTTP/1.1"


def _target(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "/"
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def dechunked(body: bytes) -> bytes:
    """RFC 9112 section 7.1, as far as it holds; a body that only claims to be chunked is given as it is."""
    parts, at = [], 0
    while match := _CHUNK_SIZE.match(body, at):
        size = int(match[1], 16)
        parts.append(body[match.end() : match.end() + size])
        at = match.end() + size
        if size == 0 or at >= len(body):
            return b"".join(parts)
        at += 2 if body[at : at + 2] == b"\r\n" else 1 if body[at : at + 1] == b"\n" else 0
    return b"".join([*parts, body[at:]]) if parts else body
