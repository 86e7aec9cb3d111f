"""What a further page answers with: HTML, a piece of HTML, JSON with items, JSON with HTML in it; into links. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from heapq import nlargest
from typing import Any
from urllib.parse import urlsplit

from archive.core.model import Kind, Link
from archive.core.urls import key
from archive.page.html import Unreadable, base_of, parse_beginning
from crawler.discover.anchors import Anchor, LinkedPage, read_list
from crawler.discover.feeds import read_feed
from crawler.discover.further.counting.same_listing import without_page_of
from crawler.discover.further.devalue import restored
from crawler.discover.further.endpoints import asked_at_once
from crawler.discover.further.forms.choices import BROWSER, needs_a_browser
from crawler.discover.further.forms.more import more_of_forms
from crawler.discover.further.hydration import below_known, hydrated, of_shape
from crawler.discover.further.json_items import counted_page, item_of, next_pages, values_of
from crawler.discover.further.loading.load_more import has_more_button, load_more_pages
from crawler.discover.further.loading.next_part import after
from crawler.discover.further.periods import period_pages
from crawler.discover.further.stored import opened
from crawler.discover.further.unlabelled import unlabelled_pages
from crawler.discover.items.days import days_of
from crawler.discover.items.rows import rows_of
from crawler.discover.items.titles import labels_of
from crawler.discover.links import DATA, Discovered, Document
from crawler.discover.listings import read_listing
from crawler.discover.pagination import other_ways
from crawler.discover.scripts.buttons import buttons_of_pages
from crawler.discover.scripts.elements import with_elements_shown
from crawler.discover.scripts.list_files import items_of_script, keys_of_fillers, script_files
from crawler.discover.scripts.year_files import yearly_files
from crawler.discover.shape import FITS, UNSURE, Shapes
from crawler.discover.sitemaps import read_sitemap

LARGEST = 10_000_000
"""Bytes of JSON that are read."""

_MOST_PARTS = 2
"""Addresses of data, and parts of an archive, that are tried where a list shows no release."""

_FEW = 5
"""Releases without a day that a box beside a list shows at most."""

_MOST_LISTS = 20
"""Lists of an answer without named fields that are read, the longest first."""

UNKNOWN_DATA = "this JSON names no releases"
NO_LIST = "this script names no releases"
NO_MORE_DATA = "this JSON names no more releases"
_ERRORS = ("error", "errors", "exception", "fault")

_SHORTEST = 8
"""Letters of a link that may say the title of a release."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MARKUP = re.compile(r"<(?:a|li|div|article|tr|h\d)\b", re.IGNORECASE)


def read_further(body: bytes, url: str, content_type: str = "", today: date | None = None) -> Discovered:
    """The releases and further pages that an answer names, be it a page, a piece of one, or JSON. Never raises.

    Where a page has a pager, what its scripts load is not looked for. `today` is the day on which it was read.
    """
    start = body[:200].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start in (b"{", b"[") or (b"json" in content_type.encode() and start != b"<"):
        held = _parsed(body)
        if held is not None:
            return _of_json(held, url, today)
    if "javascript" in content_type and start != b"<":
        held = items_of_script(body[:LARGEST].decode("utf-8-sig", "replace"))
        return _of_json(held, url, today) if held is not None else Discovered(problem=NO_LIST)
    body = with_elements_shown(opened(body))
    return _with_ways(read_listing(body, url, content_type, today), body, url, content_type, today)


def read_document(kind: Kind, body: bytes, url: str, content_type: str = "", today: date | None = None) -> Discovered:
    """What a document names, read as a feed, a sitemap or a listing on a day. Never raises."""
    if kind == "listing":
        return read_further(body, url, content_type, today)
    return read_feed(body, url, content_type) if kind == "feed" else read_sitemap(body, url, content_type)


def _with_ways(found: Discovered, body: bytes, url: str, content_type: str, today: date | None) -> Discovered:
    """A listing with the other ways that its page leads to, and the releases that stand in its scripts alone."""
    try:
        tree = parse_beginning(body, content_type)
    except Unreadable:
        return found
    base = base_of(tree, url)
    page = read_list(tree, base)
    ways = [*period_pages(page.anchors, found.documents, url), *other_ways(tree, page, url, today)]
    if found.documents:
        return replace(found, ways=tuple(ways))
    carried, named = hydrated(tree, url, found.links)
    shown, has_button = len(found.links), has_more_button(tree)
    ways += [*more_of_forms(tree, base, url, shown, has_button), *load_more_pages(tree, base, url, shown), *named]
    ways = [*yearly_files(tree, base, url), *ways, *asked_at_once(tree, base, url)]
    ways += [] if shown else script_files(tree, base, url)
    ways += buttons_of_pages(tree, url) if shown else ()
    known = {key(link.url) for link in found.links}
    fresh = {key(link.url): link for link in carried if key(link.url) not in known}
    is_hidden = needs_a_browser(tree) or (has_button and not ways)
    once = {key(one.url): one for one in reversed(ways)}
    return replace(
        found,
        links=(*found.links, *fresh.values()),
        ways=tuple(once.values())[::-1],
        unlabelled=tuple(one for one in unlabelled_pages(page, found.links, url) if key(one.url) not in once),
        problem="" if fresh else found.problem,
        browser=BROWSER if is_hidden else "",
        fills=frozenset(keys_of_fillers(tree, base, (one.url for one in ways))) if 0 < shown <= _FEW else frozenset(),
    )


def filled_from(found: Discovered) -> tuple[Document, ...]:
    """Where the data lies from which scripts fill a list that shows no release itself, the likeliest first; where it
    shows a few without a day, such as a box of the newest, only the first with which a script fills an empty list."""
    is_shown = len(found.links) > _FEW or any(link.published for link in found.links)
    if is_shown or found.documents:
        return ()
    data = tuple(way for way in found.ways if way.way in DATA)
    return tuple(way for way in data if key(way.url) in found.fills)[:1] if found.links else data


def newest_parts(found: Discovered, is_known: bool) -> tuple[Document, ...]:
    """Where the newest releases stand of a list that shows none itself: in data, or, where the list was walked before
    (`is_known`) and is but an index, in its newest days, else years or months."""
    is_empty = is_known and not (found.links or found.documents)
    days = [way for way in found.ways if way.way == "day"] if is_empty else []
    archives = days or [way for way in found.ways if way.way in ("year", "month") and is_empty]
    return (*filled_from(found)[:_MOST_PARTS], *archives[:_MOST_PARTS])


def following_data(data: Document, given: Discovered, named: int) -> tuple[Document, ...]:
    """Where data goes on that gave so many releases: what it names as next, else the next address by its counter, else
    what it says that loads more; where a part of an archive named none itself but led to them, its other parts."""
    if not given.links:
        return given.ways
    there = after(data.url, named) if data.way in DATA else ""
    is_year = urlsplit(there).path != urlsplit(data.url).path and bool(_YEAR.search(there))
    counted = (replace(data, url=there),) if there and not is_year else ()
    stated = tuple(way for way in given.ways if way.way in DATA) if data.way in DATA and not there else ()
    return given.documents or counted or stated


def with_shaped(found: Discovered, body: bytes, url: str, shapes: Shapes, beside: Collection[str] = ()) -> Discovered:
    """A further page of a listing with all links that have the shape of releases: its last page may hold one.

    `beside` are keys of links that another page of the listing has beside it."""
    if not shapes:
        return found
    if body.removeprefix(b"\xef\xbb\xbf")[:1] in (b"{", b"["):
        is_known = any(shapes.fit(link.url) >= UNSURE for link in found.links)
        held = None if is_known else _parsed(body)
        ended = tuple(below_known(held, url, shapes)) if held is not None else ()
        return replace(found, links=ended, problem="") if ended else found
    try:
        tree = parse_beginning(with_elements_shown(opened(body)))
    except Unreadable:
        return found
    listed = {key(link.url) for link in found.links}
    is_box = bool(listed) and listed <= set(beside)  # a last page has few releases, and beside them what all pages have
    known = listed | set(beside) | (frozenset() if is_box else found.beside)
    carried = () if found.links else of_shape(tree, url, shapes)  # of a list that is shown the addresses are known
    page = read_list(tree, base_of(tree, url))
    more = {key(link.url): link for link in carried}
    if not found.links:
        more |= {key(link.url): link for link in _titled_beside(page, url, shapes)}
    for link in _titled(page, url, shapes, may_be_in_menu=not found.links):
        more.setdefault(key(link.url), link)
    more = {one: link for one, link in more.items() if one not in known}
    kept = () if is_box and more else found.links
    return replace(found, links=(*kept, *more.values()), problem="" if more else found.problem)


def _fits(anchor: Anchor, url: str, shapes: Shapes) -> bool:
    """Whether a link has the shape of releases, and does not lead to its own page."""
    return anchor.key != key(url) and shapes.fit(without_page_of(anchor.url, url)) >= FITS


def _titled(page: LinkedPage, url: str, shapes: Shapes, *, may_be_in_menu: bool) -> Iterator[Link]:
    """The links of the shape of releases that say a title. One in a menu counts only if it `may_be_in_menu` and has a
    day: a class name may say "menu" for a list."""
    labels = labels_of(page.anchors)
    titled = [one for one in page.anchors if len(one.text) >= _SHORTEST and one.text not in labels]
    titled = [one for one in titled if _fits(one, url, shapes)]
    in_menus = [one for one in titled if one.chrome and may_be_in_menu]
    dated = days_of(in_menus, page) if in_menus else {}
    named = (one for one in titled if not one.chrome or one.key in dated)
    return (Link(without_page_of(one.url, url), one.text, via=url) for one in named)


def _titled_beside(page: LinkedPage, url: str, shapes: Shapes) -> Iterator[Link]:
    """The links of the shape of releases whose title stands beside them, in a row with a day: a page of one row alone
    does not show that what they say themselves is a label."""
    short = [one for one in page.anchors if 0 < len(one.text) < _SHORTEST and not one.chrome]
    short = [one for one in short if _fits(one, url, shapes)]
    dated = days_of(short, page) if short else {}
    address_of = {one.key: without_page_of(one.url, url) for one in short if one.key in dated}
    return (Link(address, via=url) for address in address_of.values())


def _parsed(body: bytes) -> Any:
    text = body[:LARGEST].decode("utf-8-sig", "replace").strip()
    try:
        return restored(json.loads(text))
    except (ValueError, RecursionError):
        return None


def _of_json(held: Any, url: str, today: date | None) -> Discovered:
    links: dict[str, Link] = {}
    pieces: list[str] = []
    documents: list[Document] = []
    for _, one in values_of(held):
        if isinstance(one, dict):
            link = item_of(one, url)
            if link and key(link.url) != key(url):
                links.setdefault(key(link.url), link)
            documents += [*next_pages(one, url), *counted_page(one, url)]
        elif isinstance(one, str) and len(one) > 100 and _MARKUP.search(one):
            pieces.append(one)
    if not links:
        lists = nlargest(_MOST_LISTS, (one for _, one in values_of(held) if isinstance(one, list)), key=len)
        found_rows = next(filter(None, (rows_of(one, url) for one in lists)), [])
        links = {key(link.url): link for link in found_rows}
    for piece in pieces[:200] if not links else ():
        found = read_listing(piece.encode("utf-8", "replace"), url, "text/html; charset=utf-8", today)
        links |= {key(link.url): link for link in found.links if key(link.url) not in links}
        documents += found.documents
    known = {key(document.url): document for document in reversed(documents) if key(document.url) != key(url)}
    problem = "" if links or known else NO_MORE_DATA if _is_over(held) else UNKNOWN_DATA
    return Discovered(tuple(links.values()), tuple(reversed(known.values())), problem=problem)


def _is_over(held: Any) -> bool:
    """Whether JSON without releases says that there are no more: an empty list or text where items would be, no error.

    Beside an empty list others may stand, such as those of filters.
    """
    if isinstance(held, dict) and any(held.get(error) for error in _ERRORS):
        return False
    values = [one for _, one in values_of(held)]
    return [] in values or (
        not any(isinstance(one, list) for one in values) and any(one in ("", None) for one in values)
    )
