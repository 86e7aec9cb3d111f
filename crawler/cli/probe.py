"""A first look at a newsroom for `dateline add`: one page, fetched as a crawl fetches, and what it names.

It asks robots.txt first and archives nothing. It does not look deeper than the page; crawling does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from archive.core.errors import CrawlError
from crawler.discover.discover import read_feed, read_home, read_listing, robots_sitemaps
from crawler.fetch.address_guard import AddressRefused, Guard, host_names, is_local_name
from crawler.fetch.errors import NotFetched
from crawler.fetch.fetcher import Answer, Fetcher, SourceRefuses
from crawler.fetch.session import fetching
from crawler.fetch.settings import Limits
from crawler.sources.sources import Source

LIMITS = Limits(
    page_seconds=20.0, document_seconds=20.0, page_bytes=5_000_000, document_bytes=5_000_000, attempts=2, patience=5.0
)
"""A person waits for the answer."""

_WHOLE_SECONDS = 60.0
_WORD = "give --allow-private if it is meant"


class NoNewsroom(CrawlError):
    """Nothing at an address can be watched."""


class PrivateAddress(CrawlError):
    """An address lies in a local network, and nobody said that it may."""


@dataclass(frozen=True)
class SiteProbe:
    """What one page says of its newsroom; `problem` says in words what could not be found out."""

    url: str
    title: str = ""
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    listings: tuple[str, ...] = ()
    problem: str = ""


def probe(url: str, agent: str, allow_private: bool = False, named: bool = False, limits: Limits = LIMITS) -> SiteProbe:
    """Fetch a page and read its title, feeds, listing pages, and the sitemaps that robots.txt names.

    `named` says that feeds, lists or sitemaps are known already. Raises NoNewsroom where the server answers that there
    is nothing, or the page names nothing that could be read, and PrivateAddress. Other trouble is told as `problem`:
    the newsroom may be there tomorrow.
    """
    source = Source("probe", url, delay=0, allow_private=allow_private)

    async def look(fetcher: Fetcher, guard: Guard) -> SiteProbe:
        await _refuse_private(guard, source)
        rules = await fetcher.rules(url)
        if refusal := rules.refusal(url):
            return SiteProbe(url, problem=f"{url} was not looked at, and will not be crawled: {refusal}")
        answer = await fetcher.get(url, "listing")
        return _read(url, answer, robots_sitemaps(rules.body), allow_private, named)

    try:
        return fetching(source, agent, limits, _WHOLE_SECONDS, look)
    except (NotFetched, SourceRefuses) as failed:
        return SiteProbe(url, problem=f"{url} could not be fetched: {failed}")
    except TimeoutError:
        return SiteProbe(url, problem=f"{url} could not be fetched: no answer within {_WHOLE_SECONDS:g} seconds")


def refuse_local_names(addresses: Iterable[str]) -> None:
    """Raise PrivateAddress for an address whose host plainly is one of a local network. Looks nothing up."""
    for name in sorted(host_names(addresses)):
        if is_local_name(name):
            raise PrivateAddress(f"{name} is a host of a local network: {_WORD}.")


async def _refuse_private(guard: Guard, source: Source) -> None:
    """Ask where the name leads before anything is fetched, unless a proxy does that."""
    parts = urlsplit(source.url)
    name = parts.hostname or ""
    if source.allow_private:
        return
    try:
        if parts.scheme in getproxies() and not proxy_bypass(name):
            guard.check_behind_proxy(name, frozenset())
        else:
            await guard.check(name, frozenset())
    except AddressRefused as refused:
        raise PrivateAddress(f"{refused}: {_WORD}.") from refused
    except OSError:  # no such name, or DNS is silent: the fetch says so in words
        return


def _read(url: str, answer: Answer, sitemaps: tuple[str, ...], allow_private: bool, named: bool) -> SiteProbe:
    if answer.status != 200:
        raise NoNewsroom(
            f"{answer.url} answered {answer.status}: nothing was written. Look at the address in a browser;"
            " --no-fetch watches it all the same."
        )
    feed = read_feed(answer.body, answer.url, answer.content_type)
    if feed.links and not feed.problem:
        return SiteProbe(answer.url, feed.title, feeds=(answer.url,), sitemaps=sitemaps)
    home = read_home(answer.body, answer.url, answer.content_type)
    safe = _safe_hosts(url, answer.url, allow_private)
    found = {
        kind: tuple(dict.fromkeys(one.url for one in home.documents if one.kind == kind and safe(one.url)))
        for kind in ("feed", "sitemap", "listing")
    }
    both = tuple(address for address in dict.fromkeys((*found["sitemap"], *sitemaps)) if safe(address))
    if not (named or any(found.values()) or both):
        _refuse_empty(answer)
    return SiteProbe(answer.url, home.title, found["feed"], both, found["listing"], home.problem)


def _safe_hosts(url: str, final: str, allow_private: bool) -> Callable[[str], bool]:
    """Which addresses may be written because a page names them: none that would open another way inside.

    What stands in sources.toml is a person's word and may be private; what a page says is not.
    """
    own = host_names((url, final))
    return lambda address: (
        bool(host_names((address,)) <= own) or not (allow_private or any(map(is_local_name, host_names((address,)))))
    )


def _refuse_empty(answer: Answer) -> None:
    """Raise NoNewsroom for a page in which a crawl would find nothing either."""
    listing = read_listing(answer.body, answer.url, answer.content_type)
    if not listing.links:
        why = f" ({listing.problem})" if listing.problem else ""
        raise NoNewsroom(
            f"{answer.url} names no feed, no sitemap and no releases{why}: nothing was written. Give the newsroom's own"
            " page, or its --feed, --listing or --sitemap; --no-fetch watches it all the same."
        )
