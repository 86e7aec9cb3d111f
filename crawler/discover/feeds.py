"""Feeds: RSS 0.9x, 1.0 and 2.0, Atom and JSON Feed, as real ones are, into links. feedparser lives here alone.

Pure; the body decides what it is, not the Content-Type. Never raises, whatever the bytes.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import islice
from typing import Any
from xml.parsers import expat
from xml.sax import SAXParseException

import feedparser

from archive.core.model import Link
from archive.core.urls import canonical, key
from archive.text.dates import read_moment
from crawler.discover.links import Discovered

LARGEST = 20_000_000
"""Bytes of a feed that are looked at. The largest of press offices have a few hundred thousand."""

MOST_TAGS = 300_000
"""Tags of a feed that are looked at: some seconds of feedparser's work."""

_MOST_MALFORMED_TAGS = 40_000
"""The same for a feed that is not well-formed: the forgiving parser is several times slower than the strict one."""

MOST_ENTRIES = 100_000

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_FEED = re.compile(rb"<(?:[\w-]+:)?(?:rss|feed|rdf|channel)\b", re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}encoding", re.IGNORECASE)
_MARKUP = re.compile(r"<[^<>]{0,500}>")


def read_feed(body: bytes, url: str, content_type: str = "") -> Discovered:
    """The articles a feed names, in its order, each once. Other sites' links are not left out here."""
    start = body[:4000].lstrip(b"\xef\xbb\xbf\0 \t\r\n")
    if not start:
        return Discovered(problem="the feed is empty")
    if len(body) > LARGEST:
        return Discovered(problem=f"the feed is larger than {LARGEST // 1_000_000} MB")
    if body.count(b"<") > 2 * MOST_TAGS:
        return Discovered(problem=f"the feed has more than {MOST_TAGS} tags")
    if start[:1] in b"{[":
        return _json_feed(body, url)
    if _HTML.match(start) and not _FEED.search(start):
        return Discovered(problem="an HTML page stands where the feed should be")
    return _xml_feed(body, url, content_type)


def _xml_feed(body: bytes, url: str, content_type: str) -> Discovered:
    headers = {"content-location": url, "content-type": _xml_type(body, content_type)}
    try:
        feed = _parsed(_clean(body), headers)
    except Exception as error:  # noqa: BLE001  hostile input makes feedparser raise what it nowhere documents
        return Discovered(problem=f"the feed cannot be read ({type(error).__name__}: {str(error)[:100]})")
    entries = feed.entries[:MOST_ENTRIES]
    links = _each_once(_entry_link(entry, url, feed.version) for entry in entries)
    problem = _problem(len(entries), len(links), feed.version, feed.get("bozo_exception"))
    return Discovered(links, title=_plain(dict.get(feed.feed, "title")), problem=problem)


def _parsed(body: bytes, headers: dict[str, str]) -> Any:
    """feedparser's reading; of what the strict parser refuses only as much as the forgiving one can bear."""
    if body.count(b"<") > _MOST_MALFORMED_TAGS and not _is_well_formed(body):
        last = next(islice(re.finditer(b"<", body), _MOST_MALFORMED_TAGS, None))
        body = body[: last.start()]
    return feedparser.parse(
        io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )


def _is_well_formed(body: bytes) -> bool:
    try:
        expat.ParserCreate().Parse(body, True)
    except (expat.ExpatError, LookupError, ValueError):
        return False
    return True


def _clean(body: bytes) -> bytes:
    """Without what stands before the XML declaration, and without NULs (UTF-16 has its own, and stays)."""
    if body[:2] in (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<"):
        return body
    return body.replace(b"\0", b"").lstrip(b" \t\r\n")


def _xml_type(body: bytes, content_type: str) -> str:
    """The type to read a body under: a charset of the header counts where the body neither states one nor is UTF-8.

    RFC 7303 lets the header win; servers that add one charset to all they serve are why nobody can.
    """
    stated = _CHARSET.search(content_type)
    if not stated or _DECLARED.search(body[:1000]) or _is_utf8(body):
        return "application/xml"
    return f"application/xml; charset={stated[1]}"


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _entry_link(entry: Any, feed_url: str, version: str) -> Link | None:
    """The article of an entry. `dict.get` because feedparser's own lookup answers with other fields, and warns."""
    address = next(filter(None, (canonical(str(each), feed_url) for each in _addresses(entry))), "")
    if not address:
        return None
    published, modified = (read_moment(str(dict.get(entry, name) or ""), "") for name in ("published", "updated"))
    if not published and version.startswith("rss"):  # dc:date, which feedparser files under updated
        published, modified = modified, ""
    return Link(address, _plain(dict.get(entry, "title")), published, modified, via=feed_url)


def _addresses(entry: Any) -> Iterator[str]:
    """Where the article of an entry may be, the best first: FeedBurner's original, the links, a permanent id."""
    yield dict.get(entry, "feedburner_origlink") or ""
    links = [link for link in dict.get(entry, "links") or () if link.get("href")]
    alternates = [link["href"] for link in links if link.get("rel") == "alternate" and _is_page(link)]
    yield from alternates
    yield dict.get(entry, "link") or ""
    yield from (content.get("src") or "" for content in dict.get(entry, "content") or ())
    identity = str(dict.get(entry, "id") or "")
    yield identity if identity.startswith(("http://", "https://")) else ""
    yield from (link["href"] for link in links if link.get("rel") == "self")


def _is_page(link: Any) -> bool:
    return str(link.get("type") or "text/html").lower().startswith(("text/", "application/xhtml"))


def _json_feed(body: bytes, url: str) -> Discovered:
    """JSON Feed 1.0 and 1.1 (jsonfeed.org)."""
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError) as error:
        return Discovered(problem=f"the feed is not well-formed JSON ({str(error)[:100]})")
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        return Discovered(problem="this JSON is not a feed")
    entries = [item for item in items[:MOST_ENTRIES] if isinstance(item, dict)]
    links = _each_once(_item_link(item, url) for item in entries)
    return Discovered(links, title=_plain(feed.get("title")), problem=_problem(len(entries), len(links), "json", None))


def _item_link(item: dict[str, Any], feed_url: str) -> Link | None:
    stated = [item[name] for name in ("url", "external_url", "id") if isinstance(item.get(name), str)]
    address = next(filter(None, (canonical(each, "" if each is item.get("id") else feed_url) for each in stated)), "")
    if not address:
        return None
    published, modified = (read_moment(str(item.get(name) or ""), "") for name in ("date_published", "date_modified"))
    return Link(address, _plain(item.get("title")), published, modified, via=feed_url)


def _each_once(links: Iterable[Link | None]) -> tuple[Link, ...]:
    once: dict[str, Link] = {}
    for link in links:
        if link:
            once.setdefault(key(link.url), link)
    return tuple(once.values())


def _problem(entries: int, links: int, version: str, broken: object) -> str:
    if not version and not entries:
        return "this is not a feed"
    if entries and not links:
        return "no entry of the feed has an address"
    if isinstance(broken, SAXParseException):
        where = f"line {broken.getLineNumber()}: {broken.getMessage()}"
        return f"the feed is not well-formed ({where}); read as far as possible"
    return ""


def _plain(title: object) -> str:
    """A title without markup, entities and line breaks, of a bounded length."""
    text = title if isinstance(title, str) else ""
    return " ".join(unescape(_MARKUP.sub("", text[:2000])).split())[:500]
