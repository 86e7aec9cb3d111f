"""Frames: pages that a page shows as parts of itself (`frameset`, `iframe`). Pure.

A list of releases may stand in one, and the links to its years in another beside it.
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


def _is_seen(element: HtmlElement) -> bool:
    sizes = [_PIXELS.fullmatch(element.get(name) or "") for name in ("width", "height")]
    is_small = any(size and int(size[1]) < _SMALLEST for size in sizes)
    return not (is_small or element.get("hidden") is not None or UNSEEN.search(element.get("style") or ""))
