"""Where a source is on the web: the hosts of its addresses, all that a crawl of it reaches, its front pages. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urljoin

from archive.core.model import KnownDocument
from archive.core.urls import host, key
from crawler.sources.sources import Source


def hosts(source: Source) -> frozenset[str]:
    """Every host that an address of the source names."""
    return _hosts(source.addresses)


def hosts_reached(source: Source) -> frozenset[str]:
    """Every host that a crawl of the source uses: those of its addresses, and its `hosts`."""
    return _hosts(reached(source))


def reached(source: Source) -> tuple[str, ...]:
    """The addresses of a source, and of the front pages of its other `hosts` by either scheme."""
    return (*source.addresses, *(f"{scheme}://{name}/" for name in source.hosts for scheme in ("https", "http")))


@lru_cache(maxsize=50_000)
def _hosts(addresses: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name for address in addresses if (name := host(address)))


def front_pages(source: Source, release: str, read: Iterable[KnownDocument]) -> tuple[str, ...]:
    """The home page beside a release, the newsroom's page, and the first list that is read: each address once."""
    feeds = {document.url for document in read if document.kind != "listing"} | {*source.feeds, *source.sitemaps}
    lists = (*source.listings, *(document.url for document in read if document.kind == "listing" and document.root))
    found = [urljoin(release, "/"), source.url, *lists[:1]]
    return tuple({key(url) or url: url for url in found if url not in feeds}.values())
