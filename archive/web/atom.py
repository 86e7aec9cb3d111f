"""Atom feeds of the newest releases and of changes (RFC 4287). Pure: values in, XML out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from xml.etree import ElementTree

from archive.text.wording import CHANGE, readable
from archive.web.queries import Happening, Release

_ATOM = "http://www.w3.org/2005/Atom"
_NOTHING_YET = "1970-01-01T00:00:00+00:00"

Address = Callable[[str], str]
"""Makes a path of the site an absolute address."""


def releases_feed(releases: Sequence[Release], address: Address) -> str:
    """The newest releases, each dated by when it was first seen."""
    feed = _feed("Newest releases", address("/feed.xml"), address("/"), [release.first_seen for release in releases])
    for release in releases:
        link = address(f"/article/{release.id}")
        entry = _entry(feed, link, link, release.title, release.first_seen, release.source_title)
        _add(entry, "published", release.first_seen)
        _add(entry, "summary", release.opening)
    return _xml(feed)


def changes_feed(happenings: Sequence[Happening], address: Address) -> str:
    """The newest edits, removals and returns."""
    feed = _feed("Edits and removals", address("/changes.xml"), address("/events"), [item.at for item in happenings])
    for item in happenings:
        link = address(f"/article/{item.article_id}" if item.article_id is not None else "/events")
        title = f"{CHANGE.get(item.kind, item.kind)}: {item.title or item.url}"
        entry = _entry(feed, f"{link}#{item.kind}-{item.at}", link, title, item.at, item.source_title)
        _add(entry, "summary", item.detail)
    return _xml(feed)


def _feed(title: str, own: str, link: str, moments: Sequence[str]) -> ElementTree.Element:
    feed = ElementTree.Element("feed", {"xmlns": _ATOM})
    _add(feed, "title", f"Dateline: {title}")
    _add(feed, "id", own)
    ElementTree.SubElement(feed, "link", {"rel": "self", "href": own})
    ElementTree.SubElement(feed, "link", {"href": link})
    _add(feed, "updated", max(moments, default=_NOTHING_YET))
    return feed


def _entry(
    feed: ElementTree.Element, identity: str, link: str, title: str, updated: str, author: str
) -> ElementTree.Element:
    entry = ElementTree.SubElement(feed, "entry")
    _add(entry, "id", identity)
    _add(entry, "title", title)
    ElementTree.SubElement(entry, "link", {"href": readable(link)})
    _add(entry, "updated", updated)
    _add(ElementTree.SubElement(entry, "author"), "name", author)
    return entry


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = readable(text)


def _xml(feed: ElementTree.Element) -> str:
    return ElementTree.tostring(feed, encoding="unicode", xml_declaration=True)
