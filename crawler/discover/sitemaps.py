"""Sitemaps: indexes, lists of pages, news sitemaps and plain text, gzipped or not, as real ones are, into links.

Pure; never raises, whatever the bytes, and builds no tree, so that memory does not grow with them.
Sources: sitemaps.org protocol 0.9; Google's news sitemap extension; RFC 9309 for robots.txt.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from html import unescape

from lxml import etree

from archive.core.model import Link
from archive.core.urls import canonical
from archive.text.dates import read_moment
from crawler.discover.feeds import read_feed
from crawler.discover.links import Discovered, Document

LARGEST = 50_000_000
"""Bytes of a sitemap, uncompressed, that are read: what the protocol allows."""

MOST_ADDRESSES = 200_000
"""Four times what the protocol allows in one file."""

_MOST_TAGS = 5_000_000
_LONGEST_FIELD = 4000
_GZIP = b"\x1f\x8b"
_LONE_AMPERSAND = re.compile(rb"&(?!(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);)")
"""What a recovering parser would drop from an address, and the start of an entity that a DOCTYPE defines."""

_HTML = re.compile(rb"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_FIELDS = frozenset({("url", "loc"), ("url", "lastmod"), ("sitemap", "loc"), ("sitemap", "lastmod")}) | {
    ("news", "title"),
    ("news", "publication_date"),
}


class _EnoughError(Exception):
    """Stops the parser at a bound."""


def read_sitemap(body: bytes, url: str) -> Discovered:
    """The pages a sitemap names (links) or the sitemaps an index names (documents), in its order, each once."""
    text, torn = _unpacked(body)
    start = text[:1000].lstrip(b"\xef\xbb\xbf\0 \t\r\n")
    if not start:
        return Discovered(problem=torn or "the sitemap is empty")
    if _HTML.match(start):
        return Discovered(problem="an HTML page stands where the sitemap should be")
    if not start.startswith((b"<", b"\xff\xfe", b"\xfe\xff")):
        return _read_text(text, url, torn)
    entries = _Entries()
    problem = _parse(_LONE_AMPERSAND.sub(b"&amp;", text), entries)
    if entries.root in {"rss", "feed", "RDF"}:  # the protocol admits feeds as sitemaps
        return read_feed(text, url)
    return _found(entries, url, torn or problem)


def robots_sitemaps(body: bytes) -> tuple[str, ...]:
    """The addresses of sitemaps that a robots.txt names, in its order."""
    lines = body[:500_000].decode("utf-8-sig", "replace").splitlines()
    stated = (line.split("#")[0].partition(":")[2] for line in lines if line.strip().lower().startswith("sitemap:"))
    return tuple(dict.fromkeys(filter(None, map(canonical, stated))))


def _unpacked(body: bytes) -> tuple[bytes, str]:
    """The bytes under any gzip (twice happens), bounded, and what was wrong with it."""
    for _ in range(2):
        if not body.startswith(_GZIP):
            break
        body, torn = _gunzipped(body)
        if torn:
            return body, torn
    if len(body) > LARGEST:
        return body[:LARGEST], f"the sitemap is larger than {LARGEST // 1_000_000} MB; the rest was not read"
    return body, ""


def _gunzipped(body: bytes) -> tuple[bytes, str]:
    read = bytearray()
    while body.startswith(_GZIP) and len(read) <= LARGEST:
        inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            read += inflate.decompress(body, LARGEST + 1 - len(read) + 1)
        except zlib.error as error:
            return bytes(read), f"its gzip data is damaged ({error}); read as far as possible"
        if not inflate.eof:
            torn = "" if len(read) > LARGEST else "its gzip data ends too early; read as far as possible"
            return bytes(read), torn
        body = inflate.unused_data
    return bytes(read), ""


def _read_text(text: bytes, url: str, problem: str) -> Discovered:
    """One address a line."""
    lines = text.decode("utf-8-sig", "replace").splitlines()[:MOST_ADDRESSES]
    addresses = dict.fromkeys(filter(None, map(canonical, lines)))
    return Discovered(
        tuple(Link(address, via=url) for address in addresses),
        problem=problem or ("" if addresses else "this is not a sitemap"),
    )


@dataclass
class _Entries:
    """A parser target (lxml's) that keeps (kind, fields) of each url and sitemap element."""

    root: str = ""
    entries: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    _path: list[str] = field(default_factory=list)
    _fields: dict[str, str] = field(default_factory=dict)
    _tags: int = 0

    def start(self, tag: str | bytes, attrib: object) -> None:
        name = str(tag).rpartition("}")[2]
        self.root = self.root or name
        self._tags += 1
        if self._tags > _MOST_TAGS or len(self.entries) >= MOST_ADDRESSES:
            raise _EnoughError
        if name in {"url", "sitemap"}:
            self._fields = {}
        self._path.append(name)

    def data(self, data: str | bytes) -> None:
        place = tuple(self._path[-2:])
        if place in _FIELDS and len(self._fields.get(place[1], "")) < _LONGEST_FIELD:
            self._fields[place[1]] = self._fields.get(place[1], "") + str(data)[:_LONGEST_FIELD]

    def end(self, tag: str | bytes) -> None:
        name = str(tag).rpartition("}")[2]
        if self._path:
            self._path.pop()
        if name in {"url", "sitemap"} and self._fields:
            self.entries.append((name, self._fields))
            self._fields = {}

    def comment(self, text: str | bytes) -> None:
        """Nothing; lxml's target interface has it."""

    def close(self) -> None:
        """Nothing; lxml's target interface has it."""


def _parse(text: bytes, entries: _Entries) -> str:
    parser = etree.XMLParser(target=entries, recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        for start in range(0, len(text), 65536):
            parser.feed(text[start : start + 65536])
        parser.close()
    except _EnoughError:
        return f"the sitemap is longer than {MOST_ADDRESSES} addresses or {_MOST_TAGS} tags; the rest was not read"
    except etree.XMLSyntaxError as error:
        return _not_well_formed(error.msg)
    fatal = parser.feed_error_log.filter_from_fatals()
    return _not_well_formed(fatal[0].message) if len(fatal) else ""


def _not_well_formed(message: str) -> str:
    return f"the sitemap is not well-formed ({message.strip()}); read as far as possible"


def _found(entries: _Entries, url: str, problem: str) -> Discovered:
    links: dict[str, Link] = {}
    documents: dict[str, Document] = {}
    for kind, stated in entries.entries:
        address = canonical(stated.get("loc", ""), url)
        if not address:
            continue
        if kind == "sitemap":
            documents.setdefault(address, Document(address, "sitemap"))
        else:
            links.setdefault(address, _link(address, stated, url))
    documents.pop(canonical(url), None)
    if not links and not documents and entries.root not in {"urlset", "sitemapindex"}:
        problem = "this is not a sitemap"
    return Discovered(tuple(links.values()), tuple(documents.values()), problem=problem)


def _link(address: str, stated: dict[str, str], url: str) -> Link:
    title = " ".join(unescape(stated.get("title", "")).split())[:500]
    return Link(
        address,
        title,
        read_moment(stated.get("publication_date", ""), ""),
        read_moment(stated.get("lastmod", ""), ""),
        url,
    )
