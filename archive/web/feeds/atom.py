"""A feed as Atom (RFC 4287). Pure: values in, XML out."""

from __future__ import annotations

from xml.etree import ElementTree

from archive.text.wording import readable
from archive.web.feeds.entries import Entry, Feed

TYPE = "application/atom+xml; charset=utf-8"

_ATOM = "http://www.w3.org/2005/Atom"


def atom(feed: Feed) -> str:
    """The feed's XML."""
    root = ElementTree.Element("feed", {"xmlns": _ATOM})
    _add(root, "title", feed.title)
    _add(root, "id", feed.identity)
    _link(root, "self", feed.own, "application/atom+xml")
    for hub in feed.hubs:
        ElementTree.SubElement(root, "link", {"rel": "hub", "href": hub})
    _link(root, "alternate", feed.link, "text/html")
    _link(root, "alternate", feed.other, "application/feed+json")
    _add(root, "updated", feed.updated)
    for entry in feed.entries:
        _entry(root, entry)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True)


def _entry(root: ElementTree.Element, entry: Entry) -> None:
    element = ElementTree.SubElement(root, "entry")
    _add(element, "id", entry.identity)
    _add(element, "title", entry.title, entry.language)
    _link(element, "alternate", entry.link, "text/html")
    _add(element, "published", entry.published)
    _add(element, "updated", entry.updated)
    _add(ElementTree.SubElement(element, "author"), "name", entry.author)
    _add(element, "summary", entry.summary, entry.language)
    if entry.text:
        _add(element, "content", entry.text, entry.language)


def _link(parent: ElementTree.Element, relation: str, address: str, kind: str) -> None:
    ElementTree.SubElement(parent, "link", {"rel": relation, "type": kind, "href": readable(address)})


def _add(parent: ElementTree.Element, name: str, text: str, language: str = "") -> None:
    attributes = {"xml:lang": language} if language else {}
    ElementTree.SubElement(parent, name, attributes).text = readable(text)
