"""HTTP messages as bytes: the block of a WARC record, with its head and its body, decoded for reading.

Pure. Header strings are the received bytes read as ISO-8859-1 (as in RFC 9110 section 5.5 and http.client), so that
every byte that a server sent is kept; text with other characters is written as UTF-8.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from archive.core.model import Exchange
from archive.warc.content_coding import Decoded, decode

Headers = tuple[tuple[str, str], ...]

MAX_DECODED = 50 * 1024 * 1024
"""The most bytes of a decoded body; the rest of a decompression bomb is not decoded."""

MAX_HEAD = 1024 * 1024
"""The most bytes of a head (status line and headers, or the fields of a WARC record) that are read; browsers stop at a
quarter of this."""

_STATUS = re.compile(r"[0-9]{1,3}")
_INTERIM = re.compile(rb"HTTP/[0-9.]{1,5} +1[0-9][0-9](?![0-9])", re.IGNORECASE)
_MOST_INTERIM = 9
"""Interim answers that are passed over before one."""

_BREAKS = re.compile(r"[\r\n\0]+")
EMPTY_LINE = re.compile(rb"\r?\n[ \t]*\r?\n")
"""What ends the head of a message."""

_GZIP_MAGIC = b"\x1f\x8b\x08"
_UNSTATED_GZIP = 2
"""How often gzip is decoded that the headers do not state: they forgot it, or it was applied twice."""


@dataclass(frozen=True)
class Message:
    """A response as it is in a record: `body` is still coded as the headers state."""

    status: int
    reason: str
    headers: Headers
    body: bytes

    def get(self, name: str) -> str:
        """The first header of that name in any case; "" if there is none."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), "")


def request_head(exchange: Exchange) -> bytes:
    """The request line and headers as sent, with the empty line that ends them."""
    return _head(f"{exchange.method} {_target(exchange.url)} {_version(exchange)}", exchange.request_headers)


def response_head(exchange: Exchange) -> bytes:
    """The status line and headers, with the empty line that ends them; as they came, if that can be read back."""
    if exchange.head and _is_whole(exchange.head):
        return exchange.head
    line = f"{_version(exchange)} {exchange.status} {exchange.reason}".rstrip()
    return _head(line, exchange.response_headers)


def _is_whole(head: bytes) -> bool:
    try:
        return split_head(head)[1] == len(head)
    except ValueError:
        return False


def parse_response(block: bytes) -> Message:
    """The response in a record's block. As tolerant as browsers; raises ValueError if there is no status line.

    If a head begins with the pseudo header `:status` (HTTP/2, RFC 9113 section 8.3.2), that is its status line.
    """
    block = final_answer(block)
    head, start = split_head(block)
    first, *lines = head.split(b"\n")
    parts = first.decode("latin-1").strip().split(None, 2)
    if parts and parts[0].lower() == ":status:":
        parts[0] = "HTTP/2"
    status = _STATUS.match(parts[1]) if len(parts) > 1 and parts[0].upper().startswith("HTTP/") else None
    if status is None:
        raise ValueError(f"no HTTP status line but {first[:60]!r}")
    return Message(int(status[0]), parts[2] if len(parts) > 2 else "", parse_headers(lines), block[start:])


def final_answer(block: bytes) -> bytes:
    """A block without what may stand before its answer: empty lines, and interim answers such as 100 Continue and 103
    Early Hints (RFC 9110, section 15.2)."""
    block = block.lstrip(b"\r\n")
    for _ in range(_MOST_INTERIM):
        rest = block[split_head(block)[1] :].lstrip(b"\r\n") if _INTERIM.match(block) else b""
        if rest[:5].upper() != b"HTTP/":
            break
        block = rest
    return block


def split_head(block: bytes) -> tuple[bytes, int]:
    """Split a message at its first empty line: the head without it, and where the body begins.

    Without an empty line all of it is head, and the body would begin after the end. Raises ValueError if there is no
    empty line within MAX_HEAD bytes.
    """
    end = EMPTY_LINE.search(block, 0, MAX_HEAD)
    if end:
        return block[: end.start()], end.end()
    if len(block) > MAX_HEAD:
        raise ValueError(f"its head does not end within {MAX_HEAD} bytes")
    return block, len(block) + 1


def parse_headers(lines: list[bytes], charset: str = "latin-1") -> Headers:
    """Header lines as pairs in order, with folded lines joined; lines that are no header are dropped."""
    headers: list[tuple[str, list[str]]] = []
    for line in lines:
        if line[:1] in (b" ", b"\t") and headers and line.strip():
            headers[-1][1].append(line.strip(b" \t\r").decode(charset, "replace"))
            continue
        raw_name, colon, raw_value = line.partition(b":")
        if colon:
            name = raw_name.strip(b" \t").decode("latin-1")
            headers.append((name, [raw_value.strip(b" \t\r").decode(charset, "replace")]))
    return tuple((name, " ".join(values)) for name, values in headers)


def decoded_body(message: Message, limit: int = MAX_DECODED) -> bytes:
    """The body with chunking and content codings decoded, at most `limit` bytes.

    Never raises: a body that is not what its headers say is returned as far as it can be read, or unchanged.
    """
    return decoded(message, limit).content


def decoded(message: Message, limit: int = MAX_DECODED) -> Decoded:
    """The decoded body, and whether all of it could be read: it is not whole if a stream is cut or a chunk is missing.

    Gzip that no header states is decoded too, because no page or feed is itself gzip.
    """
    found = decode(message.body, message.get("Transfer-Encoding"), message.get("Content-Encoding"), limit)
    if "gzip" in message.get("Content-Type").lower():
        return found
    for _ in range(_UNSTATED_GZIP):
        if found.content.startswith(_GZIP_MAGIC) and (inner := decode(found.content, "", "gzip", limit)).content:
            found = Decoded(inner.content, found.whole and inner.whole)
    return found


def _head(line: str, headers: Headers) -> bytes:
    lines = [line, *(f"{name}: {value}" for name, value in headers)]
    text = "\r\n".join(_BREAKS.sub(" ", each) for each in lines) + "\r\n\r\n"
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogateescape")


def _version(exchange: Exchange) -> str:
    """The version to write. HTTP/2 and 3 have no text form; by convention they are written as 1.1."""
    return f"HTTP/{exchange.http_version}" if exchange.http_version in ("1.0", "1.1") else "HTTP/1.1"


def _target(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "/"
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
