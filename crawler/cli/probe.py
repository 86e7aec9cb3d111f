"""A first look at a newsroom for `dateline add` and `dateline check`: the ways to its releases, and a few of them.

It asks robots.txt first, one address after the other, and archives nothing. What it searches is in
`crawler.cli.search`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

from archive.core.errors import CrawlError
from archive.core.model import Link
from crawler.cli.document_check import CheckedDocument, check_document
from crawler.cli.probe_requests import ProbeRequests, SamplePage
from crawler.cli.search import Search
from crawler.discover.discover import read_feed, read_sitemap, robots_sitemaps
from crawler.discover.documents.consent import ConsentWalls, what_is_asked
from crawler.discover.documents.scripted import is_made_by_scripts
from crawler.discover.links import Document, without_changed_day
from crawler.discover.ways import Way, judge_feed, newest, shapes_of
from crawler.fetch.address_guard import AddressRefused, Guard, host_names, is_local_name
from crawler.fetch.answers import Answer
from crawler.fetch.errors import NotFetched, SourceRefuses
from crawler.fetch.fetcher import Fetcher
from crawler.fetch.render import why_not
from crawler.fetch.session import fetching
from crawler.fetch.settings import Limits
from crawler.sources.sources import Source

LIMITS = Limits(
    page_seconds=20.0, document_seconds=20.0, page_bytes=5_000_000, document_bytes=5_000_000, attempts=2, patience=5.0
)
"""A person waits for the answer."""

LONGEST_DELAY = 0.3
"""Seconds between the requests of a look at most, where robots.txt does not ask for more: a person waits."""

_WHOLE_SECONDS = 240.0
_MISSING = (404, 410)
_ASKS_FOR_A_LOGIN = (401, 402, 407)
_LOGIN = "It asks for a login, and Dateline never logs in: give a public page, or a feed of the newsroom"
_PRIVATE = "give --allow-private if that is right"
_ANYWAY = "--no-fetch adds it all the same."
_TRY = f"Try: the page on which the newsroom lists its releases, or its --feed, --listing or --sitemap; {_ANYWAY}"


class NoNewsroom(CrawlError):
    """Nothing at an address can be watched: `what` is wrong, what was searched (`details`), what a person can do."""

    def __init__(self, what: str, advice: str, details: str = "") -> None:
        separator = "\n" if "\n" in details else " "
        super().__init__(f"{what}: nothing was written.{details}{separator}{advice}")
        self.what = what


class Unreachable(NoNewsroom):
    """No server answers at an address."""


class PrivateAddress(CrawlError):
    """An address lies in a local network, and nobody said that it may."""


@dataclass(frozen=True)
class SiteProbe:
    """What was found of a newsroom; `problem` says in words what could not be found out.

    `ways` are the ways to its releases, best first of each kind; `feeds`, `sitemaps` and `listings` their addresses.
    `shapes` are the shapes of its releases' addresses, `looked` what was looked at and gave nothing, `browser` what
    only a browser reaches, `hint` where a person may know more. `hosts` are others on which the releases lie.
    """

    url: str
    title: str = ""
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    listings: tuple[str, ...] = ()
    problem: str = ""
    shapes: tuple[str, ...] = ()
    looked: tuple[str, ...] = ()
    browser: str = ""
    hint: str = ""
    ways: tuple[Way, ...] = ()
    pages: tuple[SamplePage, ...] = ()
    known: tuple[CheckedDocument, ...] = ()
    hosts: tuple[str, ...] = ()


def probe(
    source: Source, agent: str, named: bool = False, again: bool = False, limits: Limits = LIMITS, samples: int = 0
) -> SiteProbe:
    """Look at a newsroom: its title, the ways to its releases, and some of them as served.

    `named` says that its feeds, lists or sitemaps are known already: then only the title is looked for. `again`: those
    that the source names are read too (`known`). Raises NoNewsroom where no server answers, where it answers that there
    is nothing, where it lets nobody read, or where nothing was found to read; and PrivateAddress. What may pass (a busy
    server) is said as `problem`.
    """
    url = source.url
    delay = 0.0 if source.allow_private else min(source.delay, LONGEST_DELAY)

    async def look(fetcher: Fetcher, guard: Guard) -> SiteProbe:
        await _refuse_private(guard, source)
        rules = await fetcher.rules(url)
        if rules.unanswered:
            raise _unreachable(url, rules.unanswered)
        if refusal := rules.refusal(url):
            if not rules.closed and not (named and await _may_read_some(fetcher, source)):
                raise NoNewsroom(
                    f"{url} may not be read: {refusal}", f"Ask the newsroom to let Dateline read it; {_ANYWAY}"
                )
            return SiteProbe(url, problem=f"{url} was not read: {refusal}")
        answer = await ConsentWalls().get(lambda by: fetcher.get(url, "listing", by=by), url)
        if answer.status in _MISSING and urlsplit(answer.url).path in ("", "/"):
            answer = replace(answer, body=b"")  # a site without a home page may have feeds and a sitemap
        elif answer.status != 200:
            advice = _LOGIN if answer.status in _ASKS_FOR_A_LOGIN else "Open the address in a browser to check it"
            raise NoNewsroom(f"{answer.url} answered {answer.status}", f"{advice}; {_ANYWAY}")
        search = Search(ProbeRequests(fetcher, _safe_hosts(url, answer.url, source.allow_private)))
        found = await _search(search, answer, robots_sitemaps(rules.body, url), named, samples)
        known = (
            [await check_document(fetcher, one, search.requests.is_safe) for one in _documents(source)] if again else []
        )
        return replace(found, known=tuple(known))

    try:
        return fetching(replace(source, delay=delay), agent, limits, _WHOLE_SECONDS, look)
    except NotFetched as failed:
        if not failed.retry:
            raise _unreachable(url, str(failed)) from failed
        return SiteProbe(url, problem=f"{url} could not be fetched: {failed}")
    except SourceRefuses as refused:
        return SiteProbe(url, problem=f"{url} could not be fetched: {refused}")
    except TimeoutError as late:
        raise _unreachable(url, f"no complete answer within {_WHOLE_SECONDS:g} seconds") from late


def _unreachable(url: str, reason: str) -> Unreachable:
    return Unreachable(
        f"{url} could not be fetched: {reason}",
        f"Check the spelling of the address, and that this machine is online; {_ANYWAY}",
    )


async def _may_read_some(fetcher: Fetcher, source: Source) -> bool:
    """Whether robots.txt lets us read a document that the source names."""
    return any([not (await fetcher.rules(one.url)).refusal(one.url) for one in _documents(source)])


def refuse_local_names(addresses: Iterable[str]) -> None:
    """Raise PrivateAddress for an address whose host plainly is one of a local network. Looks nothing up."""
    for name in sorted(host_names(addresses)):
        if is_local_name(name) and not re.search(r"[.:]|^\d+$|^localhost$", name):
            raise PrivateAddress(
                f"{name} is not the address of a newsroom: that has a dot in the name of its host, such as"
                f" https://www.example.org/news. If {name} is a machine in your own network, add --allow-private."
            )
        if is_local_name(name):
            raise PrivateAddress(f"{name} is a host of a local network: {_PRIVATE}.")


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
        raise PrivateAddress(f"{refused}: {_PRIVATE}.") from refused
    except OSError:  # no such name, or DNS is silent: the fetch says so in words
        return


async def _search(search: Search, given: Answer, sitemaps: tuple[str, ...], named: bool, samples: int) -> SiteProbe:
    feed = read_feed(given.body, given.url, given.content_type)
    page: Answer | None = given
    if feed.links and not feed.problem:
        way = judge_feed(feed, given.url, (), shapes_of((), given.url), "it is the address that you gave").way
        search.ways = [way] if way else []
        page = await _site_of(search, given.url)
    elif read_sitemap(given.body, given.url, given.content_type).links:
        page, sitemaps = await _site_of(search, given.url) or given, (given.url,)
    problem = ""
    try:
        if named:
            search.read_title(given)
        elif page is not None:
            await search.run(page, sitemaps)
    except SourceRefuses as refused:
        problem = f"the search ended early: {refused}"
    if not named and not search.ways:
        _refuse_empty(given, search)
    pages = await search.requests.samples(_as_told(search.ways, newest(search.ways, samples))) if samples else ()
    return _probed(given.url, feed.title or search.title, search, problem, pages)


def _documents(source: Source) -> tuple[Document, ...]:
    """The documents that sources.toml names for a source."""
    return (
        *(Document(url, "feed") for url in source.feeds),
        *(Document(url, "listing") for url in source.listings),
        *(Document(url, "sitemap") for url in source.sitemaps),
    )


def _as_told(ways: Iterable[Way], links: Iterable[Link]) -> Iterator[Link]:
    """Links as the archive is told of them: what a listing calls the day of a change is none of a publication."""
    listings = {way.url for way in ways if way.kind == "listing"}
    return (without_changed_day(link) if link.via in listings else link for link in links)


async def _site_of(search: Search, feed: str) -> Answer | None:
    """The home page of the site of a feed, where the listings and sitemaps beside it are looked for."""
    return await search.requests.get(urljoin(feed, "/"), "listing", quietly=True)


def _probed(url: str, title: str, search: Search, problem: str, pages: tuple[SamplePage, ...]) -> SiteProbe:
    of_kind = {
        kind: tuple(way.url for way in search.ways if way.kind == kind) for kind in ("feed", "sitemap", "listing")
    }
    return SiteProbe(
        url,
        title,
        of_kind["feed"],
        of_kind["sitemap"],
        of_kind["listing"],
        problem,
        shapes_of(search.ways, url).words(),
        tuple(search.requests.looked),
        search.browser,
        search.hint,
        tuple(search.ways),
        pages,
        hosts=search.hosts,
    )


def _safe_hosts(url: str, final: str, allow_private: bool) -> Callable[[str], bool]:
    """Which addresses may be asked for and written because a page names them: none that would open another way inside.

    What stands in sources.toml is a person's word and may be private; what a page says is not.
    """
    own = host_names((url, final))
    return lambda address: (
        bool(host_names((address,)) <= own) or not (allow_private or any(map(is_local_name, host_names((address,)))))
    )


def _refuse_empty(answer: Answer, search: Search) -> None:
    """Raise NoNewsroom, which says what was looked at, and what to try."""
    looked = "".join(f"\n  {each}" for each in dict.fromkeys(search.requests.looked))
    browser = f" {search.browser}." if search.browser else ""
    browser += f" The server answered {answer.status}." if answer.status != 200 else ""
    if is_made_by_scripts(answer.body, answer.content_type):
        browser += (
            f" Its page is made by scripts: `dateline add {answer.url} --listing {answer.url} --render` shows it in a"
            f" browser{f'; {why}' if (why := why_not()) else ''}."
        )
    if asked := what_is_asked(answer.body, answer.content_type):
        browser += f" {asked[0].upper()}{asked[1:]}, which Dateline does not pass."
    details = f"{browser} What was read:{looked}" if looked else browser
    raise NoNewsroom(f"{answer.url} names no feed, no sitemap and no releases", _TRY, details)
