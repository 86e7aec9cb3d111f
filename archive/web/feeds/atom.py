"""Atom feeds of the newest releases and of changes (RFC 4287). Pure: values in, XML out.

Ids are tag: URIs (RFC 4151) made of what an archive knows for ever, so that a reader knows an entry again when the site
moves to another host or port. Their authority is a name that nobody can have (RFC 6761): the same release has the same
id in every archive.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from xml.etree import ElementTree

from archive.text.wording import CHANGE, readable
from archive.web.queries.events import Event
from archive.web.queries.releases import Release

_ATOM = "http://www.w3.org/2005/Atom"
_TAG = "tag:dateline.invalid,2026:"
_NOTHING_YET = "1970-01-01T00:00:00+00:00"

Address = Callable[[str], str]
"""Makes a path of the site an absolute address."""


def releases_feed(releases: Sequence[Release], address: Address) -> str:
    """The newest releases, each dated by when it was first seen."""
    moments = [release.first_seen for release in releases]
    feed = _feed("releases", "Newest releases", address("/feed.xml"), address("/"), moments)
    for release in releases:
        link = address(f"/article/{release.id}")
        entry = _entry(feed, f"article/{release.id}", link, release.title, release.first_seen, release.source_title)
        _add(entry, "published", release.first_seen)
        _add(entry, "summary", release.opening)
    return _xml(feed)


def changes_feed(events: Sequence[Event], address: Address) -> str:
    """The newest edits, removals and returns."""
    moments = [item.at for item in events]
    feed = _feed("changes", "Edits and removals", address("/changes.xml"), address("/events"), moments)
    for item in events:
        link = address(f"/article/{item.article_id}" if item.article_id is not None else "/events")
        title = f"{CHANGE.get(item.kind, item.kind)}: {item.title or item.url}"
        entry = _entry(feed, f"event/{item.kind}/{item.at}/{_subject(item)}", link, title, item.at, item.source_title)
        _add(entry, "summary", item.detail)
    return _xml(feed)


def _subject(item: Event) -> str:
    """What an event is about: the article, or the address where no article is meant."""
    return str(item.article_id) if item.article_id is not None else sha256(item.url.encode()).hexdigest()[:32]


def _feed(name: str, title: str, own: str, link: str, moments: Sequence[str]) -> ElementTree.Element:
    feed = ElementTree.Element("feed", {"xmlns": _ATOM})
    _add(feed, "title", f"Dateline: {title}")
    _add(feed, "id", f"{_TAG}feed/{name}")
    ElementTree.SubElement(feed, "link", {"rel": "self", "href": own})
    ElementTree.SubElement(feed, "link", {"href": link})
    _add(feed, "updated", max(moments, default=_NOTHING_YET))
    return feed


def _entry(
    feed: ElementTree.Element, identity: str, link: str, title: str, updated: str, author: str
) -> ElementTree.Element:
    entry = ElementTree.SubElement(feed, "entry")
    _add(entry, "id", _TAG + identity)
    _add(entry, "title", title)
    ElementTree.SubElement(entry, "link", {"href": readable(link)})
    _add(entry, "updated", updated)
    _add(ElementTree.SubElement(entry, "author"), "name", author)
    return entry


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = readable(text)


def _xml(feed: ElementTree.Element) -> str:
    return ElementTree.tostring(feed, encoding="unicode", xml_declaration=True)
