"""A first look at a newsroom for `dateline add`: one page, fetched with a crawler's manners, and what it names.

It asks robots.txt first, sends the crawler's user agent, reads no more than 5 MB, and stores nothing. It does not look
deeper than the page; crawling does.
"""

from __future__ import annotations

import http.client
import zlib
from dataclasses import dataclass
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin
from urllib.request import Request, urlopen

from archive.core.errors import CrawlError
from crawler.discover.discover import read_feed, read_home, robots_sitemaps
from crawler.fetch.robots import Rules, rules

_MOST_BYTES = 5_000_000


@dataclass(frozen=True)
class SiteProbe:
    """What one page told of its newsroom; `problem` says in words what could not be found out."""

    url: str
    title: str = ""
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    listings: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True)
class _Page:
    url: str
    body: bytes
    content_type: str


def probe(url: str, agent: str, timeout: float = 20.0) -> SiteProbe:
    """Fetch a page and read its title, feeds, listing pages, and the sitemaps that robots.txt names.

    Never raises for what the site does; `problem` tells.
    """
    try:
        robots = _robots(url, agent, timeout)
        if refusal := robots.refusal(url):
            return SiteProbe(url, problem=f"{url} was not looked at, and will not be crawled: {refusal}")
        page = _fetch(url, agent, timeout)
    except CrawlError as error:
        return SiteProbe(url, problem=str(error))
    return _read(page, robots_sitemaps(robots.body))


def _read(page: _Page, sitemaps: tuple[str, ...]) -> SiteProbe:
    feed = read_feed(page.body, page.url, page.content_type)
    if feed.links and not feed.problem:
        return SiteProbe(page.url, feed.title, feeds=(page.url,), sitemaps=sitemaps)
    home = read_home(page.body, page.url, page.content_type)
    named = {
        kind: tuple(dict.fromkeys(document.url for document in home.documents if document.kind == kind))
        for kind in ("feed", "sitemap", "listing")
    }
    both = tuple(dict.fromkeys((*named["sitemap"], *sitemaps)))
    return SiteProbe(page.url, home.title, named["feed"], both, named["listing"], home.problem)


def _robots(url: str, agent: str, timeout: float) -> Rules:
    try:
        return rules(200, _fetch(urljoin(url, "/robots.txt"), agent, timeout).body)
    except CrawlError as error:
        if isinstance(error.__cause__, HTTPError):
            return rules(error.__cause__.code, b"")
        raise


def _fetch(url: str, agent: str, timeout: float) -> _Page:
    request = Request(url, headers={"User-Agent": agent, "Accept-Encoding": "gzip", "Accept": "text/html,*/*;q=0.5"})
    try:
        with urlopen(request, timeout=timeout) as answer:
            body = _decoded(answer.read(_MOST_BYTES), answer.headers.get("Content-Encoding", ""))
            return _Page(answer.url, body, answer.headers.get("Content-Type", ""))
    except HTTPError as error:
        error.close()
        raise CrawlError(f"{url} answered {error.code} {error.reason}") from error
    except URLError as error:
        raise CrawlError(f"{url} could not be fetched: {error.reason}") from error
    except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
        raise CrawlError(f"{url} could not be fetched: {error or type(error).__name__}") from error


def _decoded(body: bytes, coding: str) -> bytes:
    if coding.strip().lower() not in ("gzip", "x-gzip"):
        return body
    return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(body, _MOST_BYTES)
