"""Frames: pages that a page shows as parts of itself (`frameset`, `iframe`, what a script puts into an element). Pure.

A list of releases may stand in one, and the links to its years in another beside it; or each year in one of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from archive.core.urls import canonical, key
from archive.page.places import UNSEEN

MOST = 4
"""Frames of a page that are read."""

_SMALLEST = 50
"""Pixels of width and height that a frame has at least: smaller ones measure visitors."""

_PIXELS = re.compile(r"\s*(\d{1,6})(?:px)?\s*")


_PIECES = re.compile(r"\s*[,;|]\s*|\s+")
_INCLUDED = re.compile(r"(?!//)[\w./~%-]{1,200}\.(?:[sp]?html?|php|aspx?|jsp|inc|txt)(?:\?[\w=&%.-]{0,100})?")
_MOST_HELD, _LONGEST_HELD = 60, 8_000
"""Addresses that an attribute holds, and its characters, that are read."""


def frames_of(tree: HtmlElement, base: str, url: str) -> tuple[str, ...]:
    """The addresses of the frames that a page shows, each once, in its order; without those that nobody sees."""
    found = {key(address): address for address in reversed(list(_addresses(tree, base)))}
    found.pop(key(url), None)
    found.pop("", None)
    return tuple(found.values())[::-1][:MOST]


def _addresses(tree: HtmlElement, base: str) -> Iterator[str]:
    for element in tree.iter("frame", "iframe"):
        if element.tag == "frame" or _is_seen(element):
            yield canonical(element.get("src") or element.get("data-src") or "", base)
    for included in _included(tree, base):
        yield from included if len(included) == 1 else ()


def included_parts(tree: HtmlElement, base: str) -> tuple[str, ...]:
    """The documents that scripts put one after the other into an empty element, as its attribute names them."""
    return tuple(address for included in _included(tree, base) if len(included) > 1 for address in included)


def _included(tree: HtmlElement, base: str) -> Iterator[tuple[str, ...]]:
    """What each empty element's data attributes name, where that are documents and nothing else."""
    for element in tree.iter("div", "section", "ul", "ol", "dl", "table", "tbody", "main", "article", "span"):
        if len(element) or (element.text or "").strip():
            continue
        for name, value in element.attrib.items():
            if not str(name).startswith("data-") or len(value) > _LONGEST_HELD:
                continue
            pieces = _PIECES.split(str(value).strip())[:_MOST_HELD]
            if all(_INCLUDED.fullmatch(piece) for piece in pieces):
                yield tuple(filter(None, (canonical(piece, base) for piece in pieces)))


def _is_seen(element: HtmlElement) -> bool:
    sizes = [_PIXELS.fullmatch(element.get(name) or "") for name in ("width", "height")]
    is_small = any(size and int(size[1]) < _SMALLEST for size in sizes)
    return not (is_small or element.get("hidden") is not None or UNSEEN.search(element.get("style") or ""))
