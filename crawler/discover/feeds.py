"""Feeds: RSS 0.9x, 1.0 and 2.0, Atom and JSON Feed, as real ones are, into links. feedparser lives here alone.

Pure; the body decides what it is, not the Content-Type. Never raises, whatever the bytes.
"""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import islice
from typing import Any
from urllib.parse import urlsplit
from xml.parsers import expat
from xml.sax import SAXParseException

import feedparser
from feedparser.mixin import _FeedParserMixin

from archive.core.model import Link
from archive.core.urls import canonical, host, key
from archive.page.encoding import decode
from archive.text.dates import read_moment
from crawler.discover.address_parts import are_related
from crawler.discover.items.click_counters import target_of
from crawler.discover.links import Discovered, Document, links_once

LARGEST = 20_000_000
"""Bytes of a feed that are looked at. The largest of press offices have a few hundred thousand."""

MOST_TAGS = 300_000
"""Tags of a feed that are looked at: some seconds of feedparser's work."""

_MOST_MALFORMED_TAGS = 40_000
"""The same for a feed that is not well-formed: the forgiving parser is several times slower than the strict one."""

MOST_ENTRIES = 100_000

_MOST_ATTRIBUTES = 1_000

_LARGEST_MALFORMED = 3_000_000
"""Bytes of the same."""

_MOST_JSON_VALUES = 500_000
"""Objects, lists and texts of a JSON Feed that are read: each takes some hundred bytes of memory."""

_LONG_TEXT = re.compile(r"([^<]{500000})[^<]+")
"""Texts that feedparser would copy again and again; what is more than their beginning is left out."""

_HEAD = 20_000
_SITE = re.compile(r"<link>\s{0,99}(?:<!\[CDATA\[)?\s{0,99}(https?://[^<>\s\]]{1,2000})")
_ATOM = re.compile(r"<(?:[\w-]+:)?feed\b", re.IGNORECASE)
_DECLARATION = re.compile(r"<\?xml[^>]{0,500}>")
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_FEED = re.compile(r"<(?:[\w-]+:)?(?:rss|feed|rdf|channel)\b", re.IGNORECASE)
_ENTITY = re.compile(r"<!ENTITY\s{1,99}([\w.-]{1,200})\s")
_REFERENCE = re.compile(r"&([\w.-]{1,200})(?:;|$)")
_REGISTERED = "http://www.iana.org/assignments/relation/"
"""Before the name of a relation this says the same as the name alone (RFC 4287, section 4.2.7.2)."""

_OLDER = ("next", "prev-archive")

_MARKUP = re.compile(r"<[^<>]{0,500}>")
_BARE = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?!#?\w{1,40};)", re.DOTALL)
"""A section of characters, which stays as it is, or an `&` that begins no reference."""


def _no_tag(parser: Any, *_: object) -> None:
    """What becomes of a category or keyword of an entry: nothing reads it, and feedparser compares each with all."""
    parser._get_context().setdefault("tags", [])


_FeedParserMixin._add_tag = _no_tag


def read_feed(body: bytes, url: str, content_type: str = "") -> Discovered:
    """The articles a feed names, in its order, each once. Other sites' links are not left out here."""
    if len(body) > LARGEST:
        return Discovered(problem=f"the feed is larger than {LARGEST // 1_000_000} MB")
    if body.count(b"<") > 2 * MOST_TAGS:
        return Discovered(problem=f"the feed has more than {MOST_TAGS} tags")
    text = decode(body, content_type).replace("\0", "").lstrip("\ufeff \t\r\n")
    start = text[:4000]
    if not start:
        return Discovered(problem="the feed is empty")
    if start[0] in "{[":
        return _json_feed(text, url)
    if _HTML.match(start) and not _FEED.search(start):
        return Discovered(problem="an HTML page stands where the feed should be")
    return _xml_feed(text, url)


def _xml_feed(text: str, url: str) -> Discovered:
    base = _base_of_links(text, url)
    try:
        short = _LONG_TEXT.sub(r"\1", _DECLARATION.sub("", text, count=1))
        feed = _parsed(short.encode("utf-8", "replace"), base)
    except Exception as error:  # noqa: BLE001  hostile input makes feedparser raise what it nowhere documents
        return Discovered(problem=f"the feed cannot be read ({type(error).__name__}: {str(error)[:100]})")
    entries = feed.entries[:MOST_ENTRIES]
    unknown = _entities(text)
    stated = [tuple(_canonical_addresses(entry, base, unknown)) for entry in entries]
    chosen = _addresses_of_their_own(stated, (str(dict.get(feed.feed, "link") or ""), url))
    read = (_entry_link(entry, address, feed.version, url) for entry, address in zip(entries, chosen, strict=True))
    links = links_once(filter(None, read))
    problem = _problem(len(entries), len(links), feed.version, feed.get("bozo_exception"))
    title = _plain(dict.get(feed.feed, "title"))
    return Discovered(links, _older(_stated_older(feed.feed), url), title=title, problem=problem)


def _stated_older(feed: Any) -> Iterator[str]:
    """The addresses that a feed states for its older entries: its next page, or the archive before it (RFC 5005)."""
    for link in dict.get(feed, "links") or ():
        if str(link.get("rel")).removeprefix(_REGISTERED) in _OLDER and link.get("href"):
            yield str(link["href"])


def _older(stated: Iterable[str], url: str) -> tuple[Document, ...]:
    """The further page of a feed, if it is one of its own site."""
    addresses = (canonical(each, url) for each in stated)
    own = (one for one in addresses if one and key(one) != key(url) and are_related(host(one), host(url)))
    return tuple(Document(one, "feed") for one in islice(own, 1))


def _base_of_links(text: str, url: str) -> str:
    """What relative addresses are meant against: in RSS the site's own address, if the feed names it; else the feed."""
    head = text[:_HEAD].partition("<item")[0]
    found = _SITE.search(head) if not _ATOM.search(head) else None
    site = canonical(unescape(found[1]), url) if found else ""
    return site if host(site) == host(url) else url


def _addresses_of_their_own(stated: list[tuple[str, ...]], site: tuple[str, ...]) -> list[str]:
    """For each entry the first of its addresses that is not the home page, the site's, or that of most entries.

    An address of another site (one that counts readers and leads on) gives way to one of the feed's own site.
    """
    firsts = Counter(key(addresses[0]) for addresses in stated if addresses)
    common = {address for address, count in firsts.items() if count > 1 and 2 * count > len(stated)}
    general = {key(address) for address in site} | common
    owner = next(filter(None, map(host, site)), "")

    def of_its_own(addresses: tuple[str, ...]) -> str:
        found = [one for one in addresses if key(one) not in general and not _is_home(one)]
        first = next(iter(found or addresses), "")
        return first if are_related(host(first), owner) else next((one for one in found if host(one) == owner), first)

    return list(map(of_its_own, stated))


def _is_home(address: str) -> bool:
    parts = urlsplit(address)
    return parts.path in ("", "/") and not parts.query


def _parsed(body: bytes, base: str) -> Any:
    """feedparser's reading; of what the strict parser refuses only as much as the forgiving one can bear, which takes a
    bare `&` for the beginning of an entity (`&copy=1` in an address)."""
    if not _is_well_formed(body):
        body = body[:_LARGEST_MALFORMED]
        last = next(islice(re.finditer(b"<", body), _MOST_MALFORMED_TAGS, None), None)
        body = body[: last.start()] if last else body
        body = _BARE.sub(lambda found: b"&amp;" if found[0] == b"&" else found[0], body)
        _is_well_formed(body)  # may be now: then its tags are bounded, too
    return feedparser.parse(
        io.BytesIO(body),
        response_headers={"content-location": base, "content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def _is_well_formed(body: bytes) -> bool:
    """Whether the strict parser can read a feed. Raises OverflowError for a tag with more attributes than are read."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = _refuse_attributes
    try:
        parser.Parse(body, True)
    except (expat.ExpatError, LookupError, ValueError):
        return False
    return True


def _refuse_attributes(_: str, attributes: dict[str, str]) -> None:
    if len(attributes) > _MOST_ATTRIBUTES:  # feedparser looks through all for each
        raise OverflowError(f"a tag has more than {_MOST_ATTRIBUTES} attributes")


def _entry_link(entry: Any, address: str, version: str, feed_url: str) -> Link | None:
    """The article of an entry. `dict.get` because feedparser's own lookup answers with other fields, and warns."""
    if not address:
        return None
    published, modified = (read_moment(str(dict.get(entry, name) or ""), "") for name in ("published", "updated"))
    if not published and version.startswith("rss"):  # dc:date, which feedparser files under updated
        published, modified = modified, ""
    return Link(address, _plain(dict.get(entry, "title")), published, modified, via=feed_url)


def _entities(text: str) -> frozenset[str]:
    """The entities that a feed declares itself: references to them stay, as no text is put in their place."""
    return frozenset(_ENTITY.findall(text[:_HEAD]))


def _canonical_addresses(entry: Any, base: str, unknown: frozenset[str]) -> Iterator[str]:
    """The addresses of an entry; one with a reference to an entity that nobody replaced would be invented."""
    for each in map(str, _addresses(entry)):
        is_invented = bool(unknown) and not unknown.isdisjoint(_REFERENCE.findall(each))
        address = "" if is_invented else canonical(each, base)
        if address:
            yield target_of(address)


def _addresses(entry: Any) -> Iterator[str]:
    """Where the article of an entry may be, the best first: FeedBurner's original, the links, a permanent id."""
    yield dict.get(entry, "feedburner_origlink") or ""
    links = [link for link in dict.get(entry, "links") or () if link.get("href")]
    alternates = [link["href"] for link in links if _is_alternate(link) and _is_page(link)]
    yield from alternates
    yield dict.get(entry, "link") or ""
    yield from (content.get("src") or "" for content in dict.get(entry, "content") or ())
    identity = str(dict.get(entry, "id") or "")
    yield identity if identity.startswith(("http://", "https://")) else ""
    yield from (link["href"] for link in links if link.get("rel") == "self")


def _is_alternate(link: Any) -> bool:
    return str(link.get("rel")).removeprefix(_REGISTERED) == "alternate"


def _is_page(link: Any) -> bool:
    return str(link.get("type") or "text/html").lower().startswith(("text/", "application/xhtml"))


def _json_feed(text: str, url: str) -> Discovered:
    """JSON Feed 1.0 and 1.1 (jsonfeed.org)."""
    if text.count("{") + text.count("[") + text.count('"') // 2 + text.count(",") > _MOST_JSON_VALUES:
        return Discovered(problem=f"the feed has more than {_MOST_JSON_VALUES} values")
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        return Discovered(problem=f"the feed is not well-formed JSON ({str(error)[:100]})")
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        return Discovered(problem="this JSON is not a feed")
    entries = [item for item in items[:MOST_ENTRIES] if isinstance(item, dict)]
    links = links_once(filter(None, (_item_link(item, url) for item in entries)))
    further = feed.get("next_url")
    older = _older((further,) if isinstance(further, str) else (), url)
    problem = _problem(len(entries), len(links), "json", None)
    return Discovered(links, older, title=_plain(feed.get("title")), problem=problem)


def _item_link(item: dict[str, Any], feed_url: str) -> Link | None:
    stated = [item[name] for name in ("url", "external_url", "id") if isinstance(item.get(name), str)]
    address = next(filter(None, (canonical(each, "" if each is item.get("id") else feed_url) for each in stated)), "")
    if not address:
        return None
    published, modified = (read_moment(str(item.get(name) or ""), "") for name in ("date_published", "date_modified"))
    return Link(address, _plain(item.get("title")), published, modified, via=feed_url)


def _problem(entries: int, links: int, version: str, broken: object) -> str:
    if not version and not entries:
        return "this is not a feed"
    if entries and not links:
        return "no entry of the feed has an address"
    if entries > 1 and links == 1:
        return f"all {entries} entries of the feed lead to one page"
    if isinstance(broken, SAXParseException):
        where = f"line {broken.getLineNumber()}: {broken.getMessage()}"
        return f"the feed is not well-formed ({where}); read as far as possible"
    return ""


def _plain(title: object) -> str:
    """A title without markup, entities and line breaks, of a bounded length."""
    text = title if isinstance(title, str) else ""
    return " ".join(unescape(_MARKUP.sub("", text[:2000])).split())[:500]
