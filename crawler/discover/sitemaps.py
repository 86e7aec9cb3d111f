"""Sitemaps: indexes, lists of pages, news sitemaps and plain text, gzipped or not, as real ones are, into links.

Pure; never raises, whatever the bytes, and reads them piece by piece, so that memory does not grow with them.
Sources: sitemaps.org protocol 0.9; Google's news sitemap extension; RFC 9309 for robots.txt.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import chain, islice
from urllib.parse import urljoin, urlsplit

from lxml import etree

from archive.core.model import Link
from archive.core.urls import canonical
from archive.page.encoding import encoding_of
from archive.text.dates import read_moment
from crawler.discover import feeds
from crawler.discover.feeds import read_feed
from crawler.discover.links import Discovered, Document
from crawler.discover.unpacking import Unpacked

LARGEST = 50_000_000
"""Bytes of a sitemap, uncompressed, that are read: what the protocol allows."""

MOST_ADDRESSES = 200_000
"""Four times what the protocol allows in one file."""

_MOST_TAGS = 3_000_000
_LARGEST_TAG = 500_000
_LONGEST_FIELD = 4000
_LONGEST_LINE = 8000
_HEAD = 1000
_BLANK = "\ufeff\0 \t\r\n"
_AMPERSAND = "\ue000"
"""What stands for & while XML is parsed. libxml2 drops entities after the first mistake in a document, and with them
parts of addresses; so it sees none, and they are resolved afterwards."""

_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|amp|lt|gt|quot|apos);", re.IGNORECASE)
_DECLARATION = re.compile(r"<\?xml[^>]{0,500}>")
_NOT_IN_XML = bytes(code for code in range(32) if code not in b"\t\n\r")
_HTML = re.compile(r"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_FEED = re.compile(r"<(?:[\w-]+:)?(?:rss|feed|rdf)\b", re.IGNORECASE)
_SITEMAP = re.compile(r"<(?:[\w-]+:)?(?:urlset|sitemapindex)\b", re.IGNORECASE)
_NAMES_A_SITEMAP = re.compile(r"\.xml(?:\.gz)?$|/sitemap[^/]*\.(?:txt|gz)$", re.IGNORECASE)
_PLACE = re.compile(r"/|[^/.:]+/|[^/:]+\.(?:xml|txt)(?:\.gz)?$", re.IGNORECASE)
"""A place on the host of a robots.txt: /maps/news.xml, maps/news.xml, sitemap.xml; not www.example.org/sitemap.xml."""

_FIELDS = frozenset({("url", "loc"), ("url", "lastmod"), ("sitemap", "loc"), ("sitemap", "lastmod")}) | {
    ("news", "title"),
    ("news", "publication_date"),
}


class _EnoughError(Exception):
    """Stops the parser at a bound."""


def read_sitemap(body: bytes, url: str, content_type: str = "") -> Discovered:
    """The pages a sitemap names (links) or the sitemaps an index names (documents), in its order, each once."""
    pieces = Unpacked(body, LARGEST, "the sitemap")
    head, text = _opened(pieces, content_type)
    if not head:
        return Discovered(problem=pieces.problem or "the sitemap is empty")
    head = _from_its_root(head)
    if _HTML.match(head):
        return Discovered(problem="an HTML page stands where the sitemap should be")
    if not head.startswith("<"):
        return _read_lines(_lines(chain([head], text)), url, pieces)
    if _FEED.search(head) and not _SITEMAP.search(head):  # the protocol admits feeds as sitemaps
        return _read_feed(body, url, content_type)
    entries = _Entries(url)
    problem = _parse(chain([_DECLARATION.sub("", head, count=1)], text), entries)
    if entries.root in {"rss", "feed", "RDF"}:
        return _read_feed(body, url, content_type)
    if not entries.links and not entries.documents and entries.root not in {"urlset", "sitemapindex"}:
        return Discovered(problem=pieces.problem or "this is not a sitemap")
    entries.documents.pop(canonical(url), None)
    return Discovered(
        tuple(entries.links.values()), tuple(entries.documents.values()), problem=pieces.problem or problem
    )


def _read_feed(body: bytes, url: str, content_type: str) -> Discovered:
    return read_feed(b"".join(Unpacked(body, feeds.LARGEST, "the feed")), url, content_type)


def robots_sitemaps(body: bytes, url: str) -> tuple[str, ...]:
    """The addresses of sitemaps that the robots.txt of an address names, in its order; those of a path or of a file are
    on its host, though the protocol asks for whole addresses. Other words ("none", a bare host) are none."""
    lines = body[:500_000].decode("utf-8-sig", "replace").splitlines()
    fields = (line.split("#")[0].partition(":") for line in lines)
    stated = (value.strip() for name, _, value in fields if name.strip().lower() == "sitemap")
    base = urljoin(url, "/robots.txt")
    found = (canonical(value, base if _PLACE.match(value) else "") for value in stated)
    return tuple(dict.fromkeys(filter(None, found)))


def _opened(pieces: Iterable[bytes], content_type: str) -> tuple[str, Iterator[str]]:
    """The beginning of a text, from its first character that is not blank, and an iterator of the rest."""
    waiting = iter(pieces)
    first = next(waiting, b"")
    decoder = codecs.getincrementaldecoder(encoding_of(first, content_type))("replace")
    text = (decoder.decode(piece) for piece in chain([first], waiting))
    head = ""
    for part in text:
        head = (head + part).lstrip(_BLANK)
        if len(head) >= _HEAD:
            break
    return head, text


def _from_its_root(head: str) -> str:
    """The beginning of a document without what a server printed before it, as a warning of its program."""
    root = None if head.startswith(("<?", "<!")) else _SITEMAP.search(head)
    return head[root.start() :] if root else head


def _lines(text: Iterable[str]) -> Iterator[str]:
    """The lines of a text in pieces; a line longer than any address is cut."""
    rest = ""
    for part in text:
        start = 0
        part = rest + part
        while (end := part.find("\n", start)) >= 0:
            yield part[start:end]
            start = end + 1
        rest = part[start : start + _LONGEST_LINE]
    yield rest


def _read_lines(lines: Iterable[str], url: str, pieces: Unpacked) -> Discovered:
    """One address a line."""
    stated = (line for line in lines if len(line) > 9)  # http://a.b
    addresses = dict.fromkeys(filter(None, map(canonical, islice(stated, MOST_ADDRESSES))))
    problem = pieces.problem or ("" if addresses else "this is not a sitemap")
    return Discovered(tuple(Link(address, via=url) for address in addresses), problem=problem)


@dataclass
class _Entries:
    """A parser target (lxml's) that keeps the pages and sitemaps that a sitemap names, by their addresses.

    `events` counts what the parser has reported: where it stands still, the parser gathers one large thing.
    """

    url: str
    root: str = ""
    links: dict[str, Link] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    events: int = 0
    _path: list[str] = field(default_factory=list)
    _fields: dict[str, str] = field(default_factory=dict)
    _kind: str = ""
    _tags: int = 0
    _entries: int = 0

    def start(self, tag: str | bytes, attrib: object) -> None:
        self.events += 1
        name = str(tag).rpartition("}")[2]
        self.root = self.root or name
        self._tags += 1
        if self._tags > _MOST_TAGS or self._entries >= MOST_ADDRESSES:
            raise _EnoughError
        is_entry = name in {"url", "sitemap"}
        if is_entry or (name == "loc" and "loc" in self._fields and self._path[-1:] == [self._kind]):
            self._end_entry()  # one that nothing closed, or two addresses in one
        if is_entry:
            self._kind = name
        self._path.append(name)

    def data(self, data: str | bytes) -> None:
        self.events += 1
        place = tuple(self._path[-2:])
        if place in _FIELDS and len(self._fields.get(place[1], "")) < _LONGEST_FIELD:
            self._fields[place[1]] = self._fields.get(place[1], "") + str(data)[:_LONGEST_FIELD]

    def end(self, tag: str | bytes) -> None:
        self.events += 1
        name = str(tag).rpartition("}")[2]
        if self._path:
            self._path.pop()
        if name in {"url", "sitemap", "urlset", "sitemapindex"}:
            self._end_entry()

    def comment(self, text: str | bytes) -> None:
        """Nothing; lxml's target interface has it."""

    def close(self) -> None:
        """Nothing; lxml's target interface has it."""

    def _end_entry(self) -> None:
        if self._fields:
            self._enter(self._kind, {key: _resolved(value) for key, value in self._fields.items()})
            self._fields = {}

    def _enter(self, kind: str, stated: dict[str, str]) -> None:
        """Keep an entry. A list of sitemaps that calls itself one of pages is read as what it is."""
        self._entries += 1
        address = canonical(stated.get("loc", ""), self.url)
        if not address:
            return
        if kind == "sitemap" or _NAMES_A_SITEMAP.search(urlsplit(address).path):
            self.documents.setdefault(address, Document(address, "sitemap"))
        elif address not in self.links:
            self.links[address] = _link(address, stated, self.url)


def _resolved(text: str) -> str:
    """A text with its ampersands and entities, those of XML and numbers alone: an address may hold "&copy=1"."""
    return _ENTITY.sub(lambda found: unescape(found[0]), text.replace(_AMPERSAND, "&"))


def _parse(text: Iterable[str], entries: _Entries) -> str:
    parser = etree.XMLParser(
        target=entries, encoding="utf-8", recover=True, resolve_entities=False, no_network=True, load_dtd=False
    )
    unseen = 0
    try:
        for part in text:
            markup = part.replace("&", _AMPERSAND).encode("utf-8", "replace").translate(None, _NOT_IN_XML)
            seen = entries.events
            parser.feed(markup)
            unseen = unseen + len(markup) if entries.events == seen else 0
            if unseen > _LARGEST_TAG:
                return "the sitemap has a tag, a comment or a DOCTYPE of more than 500 KB; it was read up to there"
        parser.close()
    except _EnoughError:
        return f"the sitemap is longer than {MOST_ADDRESSES} addresses or {_MOST_TAGS} tags; the rest was not read"
    except etree.XMLSyntaxError as error:
        return _not_well_formed(error.msg)
    fatal = parser.feed_error_log.filter_from_fatals()
    return _not_well_formed(fatal[0].message) if len(fatal) else ""


def _not_well_formed(message: str) -> str:
    return f"the sitemap is not well-formed ({message.strip()}); read as far as possible"


def _link(address: str, stated: dict[str, str], url: str) -> Link:
    title = " ".join(unescape(stated.get("title", "")).split())[:500]
    published, modified = (read_moment(stated.get(name, ""), "") for name in ("publication_date", "lastmod"))
    return Link(address, title, published, modified, url)
