"""A page as it was served, shown so that nothing in it can run, load, submit or navigate.

HTML is sent under a Content-Security-Policy that sandboxes it (no scripts, an opaque origin) and allows nothing but
inline styles and data: images and fonts. Everything else is plain text, or a download that no browser opens by itself.
<iframe>, <link> and their like are defused in the copy that is shown: Chromium connects to the address of a frame
before that policy forbids it, and preconnect hints are outside the policy's reach. An SVG <use> stays only where
it names a part of the same page, and nothing may change that later.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from archive.page.encoding import decode
from archive.warc.reader import read_raw

POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline' data:; img-src data:; font-src data:; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)
SHOWN_LIMIT = 20_000_000  # bytes; larger pages are offered as a download

_RENDERED = ("text/html", "application/xhtml+xml", "")
_READ = re.compile(r"text/.*|application/(.*\+)?(xml|json)|application/javascript")
_LINK = re.compile(r"<link(?=[\s/>])", re.IGNORECASE)
_EMBEDDED = re.compile(r"<(i?frame|fencedframe|portal|object|embed|set|animate\w*)(?=[\s/>])", re.IGNORECASE)
_USE = re.compile(r"<use(?=[\s/>])(?!\s+(?:xlink:)?href\s*=\s*[\"']?#)", re.IGNORECASE)


@dataclass(frozen=True)
class Served:
    """A captured response: its headers as they came, the length of its body, and how it is shown."""

    headers: tuple[tuple[str, str], ...]
    length: int
    shown: Shown


@dataclass(frozen=True)
class Shown:
    """How a captured body is sent to a browser."""

    body: bytes
    content_type: str
    headers: dict[str, str]

    @property
    def rendered(self) -> bool:
        """Whether a frame shows it as a page."""
        return self.content_type.startswith("text/html")


def content_type_of(headers: Sequence[tuple[str, str]]) -> str:
    """The Content-Type header's value, or nothing."""
    return next((value for name, value in headers if name.lower() == "content-type"), "")


def shown(capture_id: int, headers: Sequence[tuple[str, str]], body: bytes) -> Shown:
    """What to send for a captured response; none of its own headers survives, and its text is sent as UTF-8."""
    declared = content_type_of(headers)
    kind = declared.partition(";")[0].strip().lower()
    if len(body) > SHOWN_LIMIT or not (kind in _RENDERED or _READ.fullmatch(kind)):
        return download(capture_id, body)
    if kind in _RENDERED:
        inert = _USE.sub("<x-use", _EMBEDDED.sub(r"<x-\1", _LINK.sub("<meta", decode(body, declared))))
        return Shown(inert.encode("utf-8", "replace"), "text/html; charset=utf-8", _headers())
    return Shown(decode(body, declared).encode("utf-8", "replace"), "text/plain; charset=utf-8", _headers())


def read(
    directory: Path, place: tuple[str, int, int], capture_id: int, *, as_file: bool = False, body: bool = True
) -> Served:
    """A capture out of its WARC file, as a file or as it is shown; without `body` only what there is to say of it.

    `place` is file, offset and length. To be run in a worker process: what was captured is hostile. Raises WarcError.
    """
    _, headers, content = read_raw(directory, *place)
    sent = download(capture_id, content) if as_file else shown(capture_id, headers, content)
    return Served(tuple(headers), len(content), sent if body else replace(sent, body=b""))


def download(capture_id: int, body: bytes) -> Shown:
    """The body as a file, byte for byte, that a browser saves and does not open."""
    name = f'attachment; filename="capture-{capture_id}.bin"'
    return Shown(body, "application/octet-stream", _headers() | {"Content-Disposition": name})


def _headers() -> dict[str, str]:
    return {
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
        "X-DNS-Prefetch-Control": "off",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, max-age=3600",
    }
