"""What discovery finds in a document: the addresses of articles, and further documents to read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from archive.core.model import Kind, Link
from archive.core.urls import key

DATA = frozenset({"load more", "json"})
"""Ways that lead to data, which a page's script asks for."""


@dataclass(frozen=True)
class Document:
    """The address of a further feed, sitemap or listing page.

    `way` says how it was found: by a pager or an index (""), a link without a number (next, cursor), an archive
    (archive, year, month, day, date, form), for scripts (load more, json, guess), by its address alone (unlabelled), in
    a frame (frame), or as the folder that releases lie in (above). Pages of one `family` stand or fall together: where
    some give nothing new, neither do the rest ("": a family is made of the address).
    """

    url: str
    kind: Kind
    way: str = ""
    family: str = ""


@dataclass(frozen=True)
class Discovered:
    """What a document named, in its order. `problem` says in words what was wrong with it; what was read stands.

    `documents` are certain; `ways` are pages that may lead further (archives, forms, what scripts load).
    `unlabelled` are pages that only the shape of their address proposes, for want of others (see `further.unlabelled`).
    `idle` are parts of addresses that say nothing about which release is meant (see `twins`).
    `press` are those of the documents that are called listings of press releases, and not only of news.
    `topics` are pages of one topic each, below which the releases may stand, `below` those that may list another part
    of them (see `further.topics`).
    `beside` has the keys of what the page lists beside its releases: of other things, or in another language.
    `names` are what the page calls its list (headings above it, the first part of its title), `said` has by key what
    each item says in a few words beside its title, and in what kind of place (see `items.kinds`); both as the lists of
    words have them.
    `total` is how many releases the list says that it has (0: it does not say).
    `fills` has by key the data with which a script of the page fills a list that is empty in it.
    `browser` says in words that further pages are there which only a browser reaches ("" where none are).
    """

    links: tuple[Link, ...] = ()
    documents: tuple[Document, ...] = ()
    title: str = ""
    problem: str = ""
    ways: tuple[Document, ...] = ()
    unlabelled: tuple[Document, ...] = ()
    browser: str = ""
    idle: frozenset[str] = frozenset()
    press: tuple[Document, ...] = ()
    beside: frozenset[str] = frozenset()
    topics: tuple[Document, ...] = ()
    below: tuple[Document, ...] = ()
    names: frozenset[str] = frozenset()
    said: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)
    total: int = 0
    fills: frozenset[str] = frozenset()


def links_once(links: Iterable[Link]) -> tuple[Link, ...]:
    """The first link to each address, in their order."""
    once: dict[str, Link] = {}
    for link in links:
        once.setdefault(key(link.url), link)
    return tuple(once.values())


def addresses_once(documents: Iterable[Document]) -> list[str]:
    """The addresses of documents in their order, each once."""
    once: dict[str, str] = {}
    for document in documents:
        once.setdefault(key(document.url), document.url)
    return list(once.values())


def without_changed_day(link: Link) -> Link:
    """A link of a listing as the archive is told of it: a day that the listing calls that of a change is none of
    publication. Discovery itself takes either for a sign of a release."""
    return replace(link, published="") if link.modified and link.modified == link.published else link
