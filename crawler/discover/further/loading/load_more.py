"""Whether a page loads more of its listing, and from where: its attributes and its scripts say it. Pure.

Nothing is run. An address that an attribute or a script names is asked for with the number of the next page where it
has a place for one; whether releases come is for the walk to see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from archive.core.urls import key
from crawler.discover.address_parts import is_near
from crawler.discover.further.counting.counters import counts
from crawler.discover.further.loading.attributes import asked_by_attributes
from crawler.discover.further.loading.next_part import MOST
from crawler.discover.further.loading.script_endpoints import asked_by_scripts
from crawler.discover.links import Document
from crawler.discover.vocabulary import MORE, hyphened

_ASSET = re.compile(r"\.(?:js|css|png|jpe?g|gif|svg|webp|ico|woff2?|ttf|mp4|pdf|map)(?:$|\?)", re.IGNORECASE)
"""Addresses of parts of a page, which list nothing."""

_NOWHERE = frozenset({"#", "", "javascript:void(0)", "javascript:;"})
"""Addresses of links that lead nowhere without a script."""
_BEGINNINGS = (
    *("load-more", "show-more", "view-more", "mehr-laden", "afficher-plus", "cargar-más", "carregar-mais"),
    "показать-ещё",
)
"""What buttons that load more begin with, as `hyphened` writes it."""

_MORE_CLASS = re.compile(r"load-?more|show-?more|infinite-?scroll")
"""Class names and ids of what loads more."""

_MOST_INSIDE, _LONGEST_LABEL = 3, 60
"""Elements inside a button, and characters of what it says."""


def load_more_pages(tree: HtmlElement, base: str, url: str, shown: int) -> Iterator[Document]:
    """The addresses from which a page loads more of its listing; `shown`: releases that it shows at first."""
    found: dict[str, Document] = {}
    for address in (*asked_by_attributes(tree, url, shown), *asked_by_scripts(tree, base, url, shown)):
        if address and is_near(address, url) and key(address) != key(url) and not _ASSET.search(urlsplit(address).path):
            found.setdefault(key(address), Document(address, "listing", "load more", f"load more {_family(address)}"))
    yield from islice(found.values(), MOST)


def has_more_button(tree: HtmlElement) -> bool:
    """Whether a button or link without an address says that it loads more."""
    for element in tree.iter("button", "a", "div", "span", "input"):
        if element.tag == "a" and (element.get("href") or "#").strip().rstrip("/") not in _NOWHERE:
            continue
        if len(element) > _MOST_INSIDE:
            continue
        label = "".join(element.itertext())[:_LONGEST_LABEL] or element.get("value") or element.get("aria-label") or ""
        said = hyphened(label)
        names = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
        if said in MORE or said.startswith(_BEGINNINGS) or _MORE_CLASS.search(names):
            return True
    return False


def _family(address: str) -> str:
    """What the addresses of one endpoint share: all but numbers that count."""
    parts = urlsplit(address)
    kept = [piece for piece in parts.query.split("&") if not counts(*piece.partition("=")[::2])]
    return re.sub(r"\d+", "#", parts.path) + ("?" + "&".join(kept) if kept else "")
