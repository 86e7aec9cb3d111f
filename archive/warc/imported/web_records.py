"""A record of another program as an answer of the web: its response, whether that is a page, and what this embeds.

Pure: what other records say of the same address is known to `archive.warc.imported.crawl_facts`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from archive.warc.http import Message, decoded_body, parse_response
from archive.warc.records import Record

_EMBEDDING = re.compile(
    rb"<(?:iframe|frame|embed|object|img|script|source|video|audio|track|input)\b[^<>]{0,2000}?"
    rb"\s(?:src|data)\s*=\s*(?:\"([^\"<>]{1,2000})\"|'([^'<>]{1,2000})'|([^\s\"'<>]{1,2000}))",
    re.IGNORECASE,
)
_MOST_EMBEDDED = 2000
"""Addresses of what a page embeds that are read."""

_OF_A_TEXT = re.compile(rb"<(?:title|article|main|h1|p)\b", re.IGNORECASE)
"""Elements of a page that a person reads."""

_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_HTML_TYPES = ("text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml")
_SAYS_NOTHING = ("", "text/plain", "application/octet-stream", "unknown", "no-type")
"""Media types of pages, and those that leave it to the first bytes whether there is one."""

_FIRST = 2048
"""So many of them."""


def is_web(record: Record) -> bool:
    """Whether a record is of an http or https address."""
    return record.url.lower().startswith(("http://", "https://"))


def message_of(record: Record) -> Message | None:
    """The response in a record; for a resource it is made from the record's fields; None if there is none."""
    if record.type == "resource":
        return Message(200, "OK", (("Content-Type", record.get("Content-Type")),), record.block)
    try:
        return parse_response(record.block)
    except ValueError:
        return None


def media_type(message: Message) -> str:
    """The media type of a response in lower case, without parameters."""
    return message.get("Content-Type").partition(";")[0].strip().lower()


def is_html(message: Message) -> bool:
    """Whether a response is a page: by its type, or by its first bytes if it states no type."""
    kind = media_type(message)
    if kind in _SAYS_NOTHING:
        start = start_of(message, _FIRST).lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n")
        return start.startswith(b"<") and _HTML.search(start) is not None
    return kind in _HTML_TYPES


def start_of(message: Message, size: int) -> bytes:
    """The beginning of a body, where tags are in ASCII: of UTF-16 every second byte goes."""
    return decoded_body(message, size).replace(b"\0", b"")


def is_like_a_page(body: bytes) -> bool:
    """Whether HTML has words for a person to read, and is not only the frame of a script or a picture."""
    return _OF_A_TEXT.search(body) is not None


def embedded_addresses(body: bytes, url: str) -> Iterator[str]:
    """The addresses of what a page embeds, in its order."""
    for number, match in enumerate(_EMBEDDING.finditer(body)):
        if number == _MOST_EMBEDDED:
            return
        target = (match[1] or match[2] or match[3]).decode("utf-8", "replace").strip()
        yield join_address(url, target.replace("&amp;", "&"))


def join_address(url: str, target: str) -> str:
    """The address to which a page at `url` refers as `target`; `target` itself where it is none."""
    try:
        return urljoin(url, target)
    except ValueError:
        return target
