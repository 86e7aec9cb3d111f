"""The further pages of a listing: its pager, its archives by year and month, its choices and forms. Pure.

A page of the pager is one whose address differs from the listing's only in what counts pages, or that is called next.
Archives and choices are only candidates: whether they name releases shows when one of them is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain

from lxml.html import HtmlElement

from archive.core.urls import host, key
from archive.page.html import base_of
from crawler.discover.anchors import LinkedPage
from crawler.discover.documents.frames import included_parts
from crawler.discover.further.archives import archive_indexes, archive_pages, day_pages, years_by_label
from crawler.discover.further.counting.same_listing import is_same_listing
from crawler.discover.further.forms.buttons import button_pages, called_pages
from crawler.discover.further.forms.choices import choice_pages
from crawler.discover.further.forms.fields import without_state
from crawler.discover.further.pagers import pager_links
from crawler.discover.links import Document
from crawler.discover.scripts.drawn_pagers import drawn_pages

__all__ = ["MOST", "MOST_OTHERS", "further_pages", "has_pager", "is_same_listing", "other_ways"]

MOST = 200
"""Pages of its pager that one page may lead to."""

MOST_OTHERS = 500
"""Pages of archives and choices that one page may lead to."""


def further_pages(tree: HtmlElement, page: LinkedPage, url: str) -> tuple[Document, ...]:
    """The further pages of a listing that one of its pages leads to by its pager, in its order, each once."""
    return _each_once((document for document in _pager(tree, page, url) if not document.way), url, MOST)


def has_pager(tree: HtmlElement, page: LinkedPage, url: str) -> bool:
    """Whether a page leads to further pages of its listing by numbers, words or arrows."""
    return any(host(document.url) == host(url) for document in _pager(tree, page, url))


def _pager(tree: HtmlElement, page: LinkedPage, url: str) -> Iterator[Document]:
    """What a page's pager leads to, be it of links or drawn by a script."""
    base = base_of(tree, url)
    found = [*pager_links(tree, page, base, url)]
    if all(document.way for document in found) and (asked := without_state(tree, url)) != url:
        found += pager_links(tree, page, base, asked)
    yield from found
    yield from drawn_pages(tree, base, url)


def other_ways(tree: HtmlElement, page: LinkedPage, url: str, today: date | None) -> tuple[Document, ...]:
    """Where else more of a listing may stand: cursors, archives by year and month, choices; each once. `today` is the
    day on which it was read."""
    base = base_of(tree, url)
    links = (document for document in pager_links(tree, page, base, url) if document.way)
    labelled = [(anchor.url, anchor.text) for anchor in page.anchors]
    archives = archive_pages([*labelled, *((address, "") for address in included_parts(tree, base))], url, today)
    archives = chain(archives, years_by_label(labelled, url))
    days = day_pages(labelled, url)
    indexes = archive_indexes(page.anchors, url)
    forms = chain(choice_pages(tree, base, url), called_pages(tree, base, url), button_pages(tree, base, url))
    return _each_once(chain(links, archives, forms, indexes, days), url, MOST_OTHERS)


def _each_once(documents: Iterable[Document], url: str, most: int) -> tuple[Document, ...]:
    found: dict[str, Document] = {}
    for document in documents:
        if host(document.url) == host(url):
            found.setdefault(key(document.url), document)
    found.pop(key(url), None)
    return tuple(found.values())[:most]
