"""The roots of a source's walk: what sources.toml names, or else what an earlier crawl found, or what its page and
robots.txt lead to."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlsplit

from archive.core.model import Kind, KnownDocument
from archive.core.urls import key
from crawler.discover.discover import read_home, robots_sitemaps
from crawler.discover.further.above import ABOVE
from crawler.discover.links import Document
from crawler.worker.walk.document_reader import DocumentReader, DocumentResult

_MOST_FOUND: dict[Kind, int] = {"feed": 8, "sitemap": 20, "listing": 10}
"""Roots of each kind that are kept."""

_ORDER: tuple[Kind, ...] = ("feed", "listing", "sitemap")
"""The kinds of roots, in the order in which they are read."""

_DATED = 3
"""Releases with a day that a source's own page must name to be one of its listings, where others are found."""


class Roots:
    """The roots of one source in one crawl. `all` are in the order in which they are reported; none before `find`.

    `named` are those of sources.toml. `read` has by address what each that this crawl asked for gave.
    """

    def __init__(self, reader: DocumentReader) -> None:
        source = reader.job.source
        self.all: tuple[Document, ...] = ()
        self.read: dict[str, DocumentResult] = {}
        self.named = (
            *(Document(url, "feed") for url in source.feeds),
            *(Document(url, "listing") for url in source.listings),
            *(Document(url, "sitemap") for url in source.sitemaps),
        )
        self._reader = reader
        self._home = source.url

    def entrance(self) -> str:
        """The address with which this crawl begins: the source's, or one of its documents where none is of its site."""
        roots = self.named or self._found_before()
        if not roots or any(_site(root.url) == _site(self._home) for root in roots):
            return self._home
        return next(filter(self.is_asked, roots), roots[0]).url

    async def find(self) -> None:
        """Find the roots; the source's page is only asked for where none is known. Raises SourceRefuses."""
        self.all = self.named or self._found_before() or await self._look_for()

    def results(self) -> list[tuple[Document, DocumentResult]]:
        """The roots that this crawl read, with what they gave."""
        return [(root, self.read[root.url]) for root in self.all if root.url in self.read]

    def complete_results(self) -> list[tuple[Document, DocumentResult]]:
        """Those that were once walked to their end."""
        return [(root, result) for root, result in self.results() if self.known(root).complete]

    def known(self, root: Document) -> KnownDocument:
        """What earlier crawls know of a root."""
        return self._reader.known.get(root.url, KnownDocument(root.url, root.kind))

    def complete_listings(self) -> list[KnownDocument]:
        """The lists that were once walked to their end."""
        return [known for root in self.all if root.kind == "listing" and (known := self.known(root)).complete]

    def is_asked(self, root: Document) -> bool:
        """Whether the watch asks for a root: not for sitemaps beside other roots, nor for what repeats others."""
        known = self.known(root)
        if root.url in self.read or known.recent:
            return False
        if root.kind == "sitemap":
            return all(other.kind == "sitemap" for other in self.all) or (known.complete and known.reread)
        return known.watched or known.reread or not known.complete

    def _found_before(self) -> tuple[Document, ...]:
        """The roots that an earlier crawl found, until it is time to look for them again, or none gives anything."""
        home = self._reader.known.get(self._home)
        known = [document for document in self._reader.job.documents if document.root and document.kind in _ORDER]
        if home is None or home.reread or all(each.kind == "sitemap" or each.problem for each in known):
            return ()
        found = sorted(known, key=lambda each: (_ORDER.index(each.kind), not each.watched))
        return tuple(Document(document.url, document.kind) for document in found)

    async def _look_for(self) -> tuple[Document, ...]:
        """Feeds and listings that the source's page leads to, the page itself, and the sitemaps of robots.txt."""
        home, reader = self._home, self._reader
        answer = await reader.fetch(home, "listing", conditional=False)
        rules = await reader.fetcher.rules(home)
        sitemaps = [Document(url, "sitemap") for url in robots_sitemaps(rules.body, home)]
        if answer is None:
            return tuple(_few_of_each_kind(sitemaps))
        found = await asyncio.to_thread(read_home, answer.body, answer.url, answer.content_type)
        result = await reader.peek(home, answer)
        dated = sum(bool(link.published) for link in result.found.links)
        near = [each for each in found.documents if each.way != "frame" or _site(each.url) == _site(home)]
        own = [each for each in near if each.way != ABOVE or dated < _DATED]
        documents = [*own, *sitemaps]
        if dated >= _DATED or not documents:
            self.read[home] = await reader.digest(home, "listing", answer, full=True)
            documents = [Document(home, "listing"), *documents]
        else:
            reader.report(home, "listing", result, note="the home page")
        return tuple(sorted(_few_of_each_kind(documents), key=lambda each: _ORDER.index(each.kind)))


def _site(url: str) -> tuple[str, str]:
    """What has one robots.txt (RFC 9309): scheme and host of an address."""
    parts = urlsplit(url)
    return parts.scheme, parts.netloc


def _few_of_each_kind(documents: Iterable[Document]) -> Iterable[Document]:
    """No more documents of a kind than a newsroom may need, each once."""
    counts: Counter[Kind] = Counter()
    seen: set[str] = set()
    for document in documents:
        identity = key(document.url)
        if identity not in seen and counts[document.kind] < _MOST_FOUND.get(document.kind, 0):
            seen.add(identity)
            counts[document.kind] += 1
            yield document
