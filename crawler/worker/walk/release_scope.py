"""Which links of a document are releases of the source: by its edition, its lists, its folder and their shape. Pure.

A site may be shared by many newsrooms, and its feed and sitemap name all that it publishes. What the source's own lists
name says which part of that is the source's, and what the addresses of its releases look like.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import urlsplit

from archive.core.model import Kind, Link
from archive.core.urls import host, key
from crawler.discover.documents.attachments import documents_of_a_period
from crawler.discover.links import Discovered
from crawler.discover.shape import FITS, UNSURE, Shapes, are_pages, fitting, guess, learn
from crawler.worker.messages import Job
from crawler.worker.walk.coverage import feed_within, of_edition

_SEVERAL = 3
"""Releases from which on the folder that all of them are in is the newsroom's."""

Within = Callable[[Discovered, str], Discovered]
"""Gives what of a document is the newsroom's, by the way (see `Document`) that led to it, or "sitemap"."""


class Chosen(NamedTuple):
    """What of a document is the source's. `waits`: no link yet, for these show no shape of releases, and others may."""

    found: Discovered
    waits: bool = False


class ReleaseScope:
    """What a crawl knows of where the releases of its source are; it learns from the lists that are read.

    `shapes` are those of releases, as far as they were learned. `within` is asked where what a sitemap or a further
    page names is compared with what the source's lists name.
    """

    def __init__(self, job: Job) -> None:
        self._source = job.source
        self._examples = tuple(link.url for link in job.newest)
        self._had_a_listing = any(document.kind == "listing" and document.links for document in job.documents)
        self._listings: list[Discovered] = []
        self._folder = ""
        lists = {document.url for document in job.documents if document.kind in ("feed", "listing")}
        named = (link.url for link in job.pending if link.via in lists)
        self.shapes: Shapes = learn([self._examples, named], job.source.url)
        self.within: Within | None = None
        self._guessed = Shapes()

    def learn(self, links: Iterable[Link]) -> None:
        """Learn the shape of releases from some."""
        self.shapes = self.shapes.more(link.url for link in links)

    def bound_by(self, listings: Sequence[Discovered], named: Sequence[str]) -> None:
        """Learn what the source's lists name, and the folder of the site in which its newsroom lies: that of its page,
        where all releases are in it that the lists name (`named`), or else earlier crawls named.

        On a site that many share, other folders are other newsrooms, whatever a feed or a sitemap says.
        """
        self._listings = list(listings)
        folder = _first_folder(self._source.url)
        known = named or self._examples
        if folder and len(known) >= _SEVERAL and all(_first_folder(url) == folder for url in known):
            self._folder = folder

    def chosen(self, found: Discovered, kind: Kind, way: str, others_wait: bool = False) -> Chosen:
        """Of the links of a sitemap those of releases, and so of a page that may be another listing's.

        Where most of a page's links have the shape of releases, those of another topic count too. A person's `include`
        decides alone. An unlabelled page is one of the list's only if it goes on from it. What is left out is no page.
        `others_wait`: other sitemaps are still to be read, and may show what releases look like.
        """
        chosen, waits = self._of_shape(found, kind, way, others_wait)
        chosen = self.within(chosen, way) if kind == "listing" and self.within is not None else chosen
        left_out = {key(link.url) for link in found.links}.difference(key(link.url) for link in chosen.links)
        documents = tuple(one for one in chosen.documents if key(one.url) not in left_out)
        return Chosen(replace(chosen, documents=documents) if left_out else chosen, waits)

    def _of_shape(self, found: Discovered, kind: Kind, way: str, others_wait: bool) -> Chosen:
        """The links that are releases of the source by their addresses: of its edition, of its lists and folder, and
        then of the shape that its releases have, which only sitemaps and further pages are asked for."""
        if self._source.include or not found.links:
            return Chosen(found)
        found = self._of_newsroom(of_edition(found, self._source.url), kind)
        shapes, addresses, guessed = self.shapes, [link.url for link in found.links], Shapes()
        if kind == "sitemap":
            if not self._knows_a_listing():  # a feed shows the newest alone, which may be of one kind
                guessed = self._guess(addresses)
            least = FITS
        elif way:
            least = UNSURE if 2 * len([*fitting(shapes, addresses)]) >= len(found.links) else FITS
        else:
            return Chosen(found)
        if not (shapes or guessed):
            waits = kind == "sitemap" and others_wait and are_pages(addresses)
            return Chosen(replace(found, links=()) if waits else found, waits)
        fit = {*fitting(shapes, addresses, least), *fitting(guessed, addresses)}
        fit |= documents_of_a_period(found.links, way)
        return Chosen(replace(found, links=tuple(link for link in found.links if link.url in fit)))

    def _guess(self, addresses: Sequence[str]) -> Shapes:
        """What looks like releases in a sitemap; where all look like pages of the site, as those of another do."""
        guessed = guess(addresses, self._source.url)
        if guessed:
            self._guessed = guessed if guessed.is_sure else self._guessed
        elif self._guessed and are_pages(addresses):
            return self._guessed
        return guessed

    def _of_newsroom(self, found: Discovered, kind: Kind) -> Discovered:
        """What of a feed or a sitemap the lists of the source, and its folder, leave."""
        if kind == "feed":
            for listing in self._listings:
                found = feed_within(found, listing)
        if kind == "sitemap" and self.within is not None:
            found = self.within(found, "sitemap")
        if self._folder and kind in ("feed", "sitemap"):
            found = replace(found, links=tuple(link for link in found.links if self._is_in_folder(link)))
        return found

    def _knows_a_listing(self) -> bool:
        return any(listing.links for listing in self._listings) or self._had_a_listing

    def _is_in_folder(self, link: Link) -> bool:
        """Whether a link lies in the newsroom's folder, or on another host."""
        return _first_folder(link.url) == self._folder or host(link.url) != host(self._source.url)


def _first_folder(url: str) -> str:
    """The first folder of an address; "" for that of a home page."""
    parts = [part for part in urlsplit(url).path.split("/") if part]
    return parts[0] if parts else ""
