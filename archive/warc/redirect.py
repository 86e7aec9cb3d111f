"""Where a response sends its reader: a Location, a Refresh header, or a page with a meta refresh. Pure.

Whether that is a move of an article is decided in `archive.history.removals`.

Sources: RFC 9110 section 10.2.2 (Location); WHATWG HTML, "shared declarative refresh steps" (both refreshes).
"""

from __future__ import annotations

import re
from html import unescape

from archive.core.urls import as_served
from archive.warc.http import Headers, Message, decoded_body

REDIRECTS = frozenset({301, 302, 303, 307, 308})

_LONGEST_WAIT = 5.0
"""A page that is shown for more seconds than this before it leads on is a page and not a redirect."""

_LOOKED_AT = 32 * 1024
"""A meta refresh is searched for in so many bytes of a page: it is in the head."""

_REFRESH = re.compile(
    r"""\s*(?P<wait>\d{0,6}(?:\.\d{0,6})?)\s*(?:[;,]\s*|\s)(?:url\s*=\s*)?(?P<quote>["']?)(?P<url>.*)""",
    re.IGNORECASE | re.DOTALL,
)
_HIDDEN = re.compile(rb"<!--.*?(?:-->|\Z)|<(script|noscript|style|template)\b.*?(?:</\1|\Z)", re.IGNORECASE | re.DOTALL)
_META = re.compile(rb"<meta\b[^>]{0,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"""([a-z-]{1,20})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)


def target(url: str, status: int, headers: Headers, body: bytes) -> str:
    """The address to which the response of `url` leads, as served; "" if it leads nowhere, or back to `url` itself.

    `body` is as it came, content-encoded.
    """
    message = Message(status, "", headers, body)
    if status in REDIRECTS:
        return as_served(readable(message.get("Location")), url)
    if not 200 <= status < 300 or status == 204:
        return ""
    led = _refresh(message.get("Refresh"), url)
    if not led and _may_hold_page(message):
        led = _meta_refresh(decoded_body(message, _LOOKED_AT), url)
    return led if led != url or message.get("Set-Cookie") else ""


def readable(header: str) -> str:
    """The text of a header whose bytes were read as ISO-8859-1: decoded as UTF-8 if valid, else with escaped bytes."""
    if header.isascii():
        return header
    content = header.encode("latin-1", "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return "".join(chr(byte) if byte < 0x80 else f"%{byte:02X}" for byte in content)


def _may_hold_page(message: Message) -> bool:
    stated = message.get("Content-Type").lower()
    return bool(message.body) and (not stated or "html" in stated)


def _meta_refresh(content: bytes, url: str) -> str:
    if b"refresh" not in content.lower():
        return ""
    for tag in _META.findall(_HIDDEN.sub(b"", content)):
        attributes = {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(tag)}
        if attributes.get(b"http-equiv", b"").strip().lower() == b"refresh":
            return _refresh(unescape(readable(attributes.get(b"content", b"").decode("latin-1"))), url)
    return ""


def _refresh(stated: str, url: str) -> str:
    match = _REFRESH.match(readable(stated))
    if not match or not match["url"] or float(match["wait"].strip(".") or 0) > _LONGEST_WAIT:
        return ""
    address = match["url"].partition(match["quote"])[0] if match["quote"] else match["url"]
    return as_served(address.strip(), url)
