"""OPML: the outlines that name newsrooms. Pure; never raises, whatever the bytes. Source: OPML 2.0."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

MOST_OUTLINES = 20_000

_BARE_AMPERSAND = re.compile(rb"&(?!#?\w{1,10};)")
"""As many programs write addresses; a parser that recovers would drop it, with the name of the parameter behind it."""

_NOT_BROKEN = frozenset({"ERR_INVALID_ENCODING"})
"""Errors that spoil one value and not the order of the file."""


@dataclass(frozen=True)
class Outline:
    """A newsroom of an OPML file: its feed, its page (one of them may be empty), and the line on which it stands."""

    title: str
    feed: str
    page: str
    line: int


@dataclass(frozen=True)
class Outlines:
    """What an OPML file names, in its order. `broken_at` is the line from which it is not well-formed, 0 for none."""

    found: tuple[Outline, ...] = ()
    root: str = ""
    broken_at: int = 0


def outlines(body: bytes) -> Outlines:
    """The outlines with a feed or a page, folders apart, as far as the file can be read; `root` is its first tag."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    before = body[: len(body) - len(body.lstrip())].count(b"\n")
    try:
        root = etree.fromstring(_BARE_AMPERSAND.sub(b"&amp;", body.strip()), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        return Outlines()
    found: list[Outline] = []
    for element in root.iter("{*}outline"):
        line = element.sourceline if isinstance(element.sourceline, int) else 1
        named = {str(name).lower(): " ".join(str(value).split()) for name, value in element.attrib.items()}
        feed, page = named.get("xmlurl", ""), named.get("htmlurl") or named.get("url", "")
        if feed or page:
            title = named.get("title") or named.get("text", "")
            found.append(Outline(title, feed, page, line + before))
        if len(found) == MOST_OUTLINES:
            break
    broken = [error.line for error in parser.error_log if error.type_name not in _NOT_BROKEN]
    return Outlines(tuple(found), etree.QName(root).localname, broken[0] + before if broken else 0)
