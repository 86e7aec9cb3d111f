"""HTTP messages as bytes: the block of a WARC record, its head and its body, with the codings undone for reading.

Pure. Header strings are the ISO-8859-1 image of the bytes on the wire (as RFC 9110 section 5.5 and http.client have
it), so that every byte a server sent survives; text beyond that alphabet is written as UTF-8.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from archive.core.model import Exchange
from archive.warc.content_coding import Decoded, decode

Headers = tuple[tuple[str, str], ...]

MAX_DECODED = 50 * 1024 * 1024
"""Bytes of a body after decoding; the rest of a decompression bomb is left alone."""

MAX_HEAD = 1024 * 1024
"""Bytes of a head (status line and headers, or the fields of a WARC record) that are read at most; browsers stop at a
quarter of it."""

_STATUS = re.compile(r"[0-9]{1,3}")
_BREAKS = re.compile(r"[\r\n\0]+")
EMPTY_LINE = re.compile(rb"\r?\n[ \t]*\r?\n")
"""What ends the head of a message."""

_GZIP_MAGIC = b"\x1f\x8b\x08"
_UNSTATED_GZIP = 2
"""How often gzip is undone that the headers do not tell of: forgotten, or done twice."""


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
    """The response in a record's block. Lenient as browsers are; raises ValueError where no status line stands.

    A head that begins with the pseudo header `:status` (HTTP/2, RFC 9113 section 8.3.2) has it for its status line.
    """
    head, start = split_head(block)
    first, *lines = head.split(b"\n")
    parts = first.decode("latin-1").strip().split(None, 2)
    if parts and parts[0].lower() == ":status:":
        parts[0] = "HTTP/2"
    status = _STATUS.match(parts[1]) if len(parts) > 1 and parts[0].upper().startswith("HTTP/") else None
    if status is None:
        raise ValueError(f"no HTTP status line but {first[:60]!r}")
    return Message(int(status[0]), parts[2] if len(parts) > 2 else "", parse_headers(lines), block[start:])


def split_head(block: bytes) -> tuple[bytes, int]:
    """A message at its first empty line: the head without it, and where the body begins.

    Without an empty line all of it is head, and the body would begin beyond the end. Raises ValueError where none
    stands within MAX_HEAD bytes.
    """
    end = EMPTY_LINE.search(block, 0, MAX_HEAD)
    if end:
        return block[: end.start()], end.end()
    if len(block) > MAX_HEAD:
        raise ValueError(f"its head does not end within {MAX_HEAD} bytes")
    return block, len(block) + 1


def parse_headers(lines: list[bytes], charset: str = "latin-1") -> Headers:
    """Header lines as pairs in their order, folded lines joined; lines that are no header are left out."""
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
    """The body with chunking and content codings undone, at most `limit` bytes.

    Never raises: a body that is not what its headers say is given as far as it can be read, or as it is.
    """
    return decoded(message, limit).content


def decoded(message: Message, limit: int = MAX_DECODED) -> Decoded:
    """The decoded body, and whether all of it could be read: a cut stream or a lost chunk leaves it not whole.

    Gzip that no header tells of is undone too, for no page or feed is gzip in itself.
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
