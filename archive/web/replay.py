"""A page as it was served, shown so that nothing in it can run, load, submit or navigate.

HTML is sent under a Content-Security-Policy that sandboxes it (no scripts, an opaque origin) and allows nothing but
inline styles and data: images and fonts. Everything else is plain text, or a download that no browser opens by itself.
<iframe>, <link> and their like are defused in the copy that is shown: Chromium connects to the address of a frame
before that policy forbids it, and preconnect hints are outside the policy's reach. An SVG <use> stays only where
it names a part of the same page, and nothing may change that later. A link leads to the archived capture of its target.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape, unescape
from pathlib import Path
from urllib.parse import quote, urljoin

from archive.page.encoding import decode
from archive.warc.reader import read_raw

POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline' data:; img-src data:; font-src data:; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)
SHOWN_LIMIT = 20_000_000
"""Bytes of a page that is shown; a larger one is offered as a download."""

_RENDERED = ("text/html", "application/xhtml+xml", "")
_READ = re.compile(r"text/.*|application/(.*\+)?(xml|json)|application/javascript")
_LINK = re.compile(r"<link(?=[\s/>])", re.IGNORECASE)
_EMBEDDED = re.compile(r"<(i?frame|fencedframe|portal|object|embed|set|animate\w*)(?=[\s/>])", re.IGNORECASE)
_USE = re.compile(r"<use(?=[\s/>])(?!\s+(?:xlink:)?href\s*=\s*[\"']?#)", re.IGNORECASE)
_ANCHOR = re.compile(r"<(?:a|area)(?=[\s/])[^<>]{0,20000}>", re.IGNORECASE)
_HREF = re.compile(r"""(\shref\s*=\s*)(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_BASE = re.compile(r"<base(?=[\s/])[^<>]*>", re.IGNORECASE)
_TARGET = re.compile(r"""(\starget\s*=\s*)(?:"[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)


@dataclass(frozen=True)
class Links:
    """Where the links of a captured page lead: `near`, with the whole address of the target added, quoted.

    `page` is the address that links are relative to.
    """

    page: str
    near: str


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
    def is_rendered(self) -> bool:
        """Whether a frame shows it as a page."""
        return self.content_type.startswith("text/html")


def content_type_of(headers: Sequence[tuple[str, str]]) -> str:
    """The Content-Type header's value, or nothing."""
    return next((value for name, value in headers if name.lower() == "content-type"), "")


def shown(capture_id: int, headers: Sequence[tuple[str, str]], body: bytes, links: Links | None = None) -> Shown:
    """What to send for a captured response; none of its own headers survives, and its text is sent as UTF-8.

    Its links lead where `links` says; without, where they led.
    """
    declared = content_type_of(headers)
    kind = declared.partition(";")[0].strip().lower()
    if len(body) > SHOWN_LIMIT or not (kind in _RENDERED or _READ.fullmatch(kind)):
        return download(capture_id, body)
    if kind in _RENDERED:
        text = decode(body, declared)
        linked = _lead_links(text, links) if links else text
        inert = _USE.sub("<x-use", _EMBEDDED.sub(r"<x-\1", _LINK.sub("<meta", linked)))
        return Shown(inert.encode("utf-8", "replace"), "text/html; charset=utf-8", _headers())
    return Shown(decode(body, declared).encode("utf-8", "replace"), "text/plain; charset=utf-8", _headers())


def _lead_links(text: str, links: Links) -> str:
    """A page whose links lead to captures. Parts of the same page, mail and the like stay as they are."""
    named = _BASE.search(text)
    base = _HREF.search(named[0]) if named else None
    try:
        page = urljoin(links.page, unescape(_value(base)).strip()) if base else links.page
    except ValueError:
        page = links.page

    def lead(href: re.Match[str]) -> str:
        target = unescape(_value(href)).strip()
        try:
            address = urljoin(page, target)
        except ValueError:
            return href[0]
        if target.startswith("#") or not address.lower().startswith(("http://", "https://")):
            return href[0]
        address, _, part = address.partition("#")
        there = f"{links.near}{quote(address, safe='')}" + (f"#{part}" if part else "")
        return f'{href[1]}"{escape(there)}"'

    def in_place(anchor: re.Match[str]) -> str:
        return _TARGET.sub(r'\1"_self"', _HREF.sub(lead, anchor[0], count=1))

    return _ANCHOR.sub(in_place, text)


def _value(href: re.Match[str]) -> str:
    return href[2] or href[3] or href[4] or ""


def not_archived(url: str) -> Shown:
    """What stands in the frame when a link leads to a page that was never captured."""
    said = (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Not in the archive</title>'
        "<style>body { font: 1em/1.5 sans-serif; margin: 2em; overflow-wrap: anywhere }</style>"
        f"<h1>Not in the archive</h1><p>This page was never captured:</p><p><bdi>{escape(url[:2000])}</bdi></p>"
        "<p>Go back in your browser to read on.</p></html>"
    )
    return Shown(said.encode("utf-8", "replace"), "text/html; charset=utf-8", _headers())


def read(
    directory: Path,
    place: tuple[str, int, int],
    capture_id: int,
    links: Links | None = None,
    *,
    as_file: bool = False,
    body: bool = True,
) -> Served:
    """A capture out of its WARC file, as a file or as it is shown; without `body` only what there is to say of it.

    `place` is file, offset and length. To be run in a worker process: what was captured is hostile. Raises WarcError.
    """
    _, headers, content = read_raw(directory, *place)
    sent = download(capture_id, content) if as_file else shown(capture_id, headers, content, links)
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
