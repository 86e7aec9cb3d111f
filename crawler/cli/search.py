"""The search for the ways to a newsroom's releases, from one address: few requests, one after the other.

It asks for the page given, the likeliest listings one or two clicks away, feeds and sitemaps that are named, and, where
none is, for the addresses at which common systems have them. What is kept is decided in `crawler.discover.ways`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from archive.core.urls import key
from crawler.cli.document_check import read_as
from crawler.cli.feed_search import FeedSearch
from crawler.cli.listing_candidate import ListingCandidate, elsewhere, hosts_of_most, other_tabs
from crawler.cli.listing_reader import ListingReader
from crawler.cli.listing_search import ListingSearch
from crawler.cli.probe_requests import ProbeRequests
from crawler.discover.discover import read_home, robots_sitemaps
from crawler.discover.documents.entry_pages import edition_behind
from crawler.discover.documents.own_part import is_of_a_part
from crawler.discover.further.topics import MOST_TOPICS
from crawler.discover.further.unlabelled import ends_early, words_of_end
from crawler.discover.links import Discovered, Document, addresses_once
from crawler.discover.shape import UNSURE
from crawler.discover.ways import Way, goes_on, is_wider, judge_listing, shapes_of, system_of
from crawler.fetch.answers import Answer
from crawler.fetch.errors import NotFetched, SourceRefuses

_MISSES = 3
"""Topics in a row that are none, after which no other is asked for."""


class Search:
    """One search. `ways` are those found, `browser` says what only a browser reaches, `hint` where a person may know
    more, `hosts` on which others the releases lie. A feed that was given stands in `ways` from the beginning.
    """

    def __init__(self, requests: ProbeRequests) -> None:
        self.requests = requests
        self.ways: list[Way] = []
        self.title = ""
        self.browser = ""
        self.hint = ""
        self.hosts: tuple[str, ...] = ()
        self._reader = ListingReader(requests)
        self._listings = ListingSearch(self._reader)

    async def run(self, page: Answer, sitemaps: Iterable[str]) -> None:
        """Find the ways from a page that was fetched, and the sitemaps that robots.txt names."""
        self.requests.note(page.url, *(way.url for way in self.ways))
        is_missing = page.status != 200
        page, home = await self._edition(page)
        self.title = home.title
        given = await self._reader.read(page, home, page.url)
        best, others = await self._listings.best(given)
        if best is None and not (home.topics or is_missing):
            best, others = await self._listings.behind_sections(page, given, others)
        if best is not None:
            best = await self._listings.narrowed(best, given, others)
        best, sitemaps = await self._on_other_host(best, given, sitemaps)
        if best is not None:
            await self._keep_list(best, given, others)
        else:
            await self._keep_topics(home.topics, given)
        feeds = FeedSearch(
            self.requests,
            self.ways,
            system_of(page.body),
            best.url if best is not None else page.url,
            may_guess=is_missing or bool(home.title or given.documents or given.found.links),
            is_part=best is not None and is_of_a_part(best.url, given.others, page.url) and goes_on(best.found),
        )
        documents = [document for each in (given, *others) for document in each.documents]
        named, stated = ([one for one in documents if one.kind == kind] for kind in ("feed", "sitemap"))
        await feeds.find_feeds(named)
        await feeds.find_sitemap((*sitemaps, *addresses_once(stated)))
        if best is not None and not goes_on(best.found) and not self._has_sitemap():
            await self._keep_topics_of(best, others)
        if self._has_sitemap():
            self.hint = ""

    def read_title(self, page: Answer) -> None:
        """Only the title of the page."""
        self.title = _home(page).title

    async def _edition(self, page: Answer) -> tuple[Answer, Discovered]:
        """A page, or the home page of an edition where it only asks for a language; and what it leads to."""
        home = _home(page)
        if all(one.kind == "sitemap" for one in home.documents) and (edition := await self._behind_splash(page)):
            return edition, _home(edition)
        return page, home

    async def _behind_splash(self, page: Answer) -> Answer | None:
        """The home page of an edition, where a page without days, as lists have, asks for a language; else None."""
        there = edition_behind(page.body, page.url, page.content_type)
        if there and any(link.published for link in read_as("listing", page).links):
            return None
        return (
            await self.requests.get(there, "listing", quietly=True) if there and self.requests.is_safe(there) else None
        )

    async def _on_other_host(
        self, best: ListingCandidate | None, given: ListingCandidate, sitemaps: Iterable[str]
    ) -> tuple[ListingCandidate | None, Iterable[str]]:
        """The best listing and the sitemaps, where releases may lie on another host that has a list of its own.

        The newsroom's own list counts where it is whole and the other one mixes its releases with others, and where
        there is no other.
        """
        there = elsewhere(best or given)
        if not there:
            return best, sitemaps
        followed = await self._listings.follow(there)
        is_of_more = best is not None and followed is not None and _is_of_more(followed, best)
        sitemaps = sitemaps if is_of_more else await self._sitemaps_at(there, sitemaps)
        if best is None or not (followed is None or is_of_more):
            return followed, sitemaps
        self.hosts = hosts_of_most(best) if self.requests.is_safe(there) else ()
        return best, sitemaps

    async def _sitemaps_at(self, there: str, otherwise: Iterable[str]) -> Iterable[str]:
        """The sitemaps that robots.txt of another host names."""
        try:
            return robots_sitemaps((await self.requests.fetcher.rules(there)).body, there)
        except (NotFetched, SourceRefuses):
            return otherwise

    async def _keep_list(
        self, best: ListingCandidate, given: ListingCandidate, others: Sequence[ListingCandidate]
    ) -> None:
        """Keep the best listing, and what beside it leads to more of it."""
        self._keep(best, given.url)
        await self._keep_beside(best, (given, *others))
        await self._keep_tabs(other_tabs(best, given), given)

    def _has_sitemap(self) -> bool:
        return any(way.kind == "sitemap" for way in self.ways)

    def _keep(self, listing: ListingCandidate, given: str) -> None:
        self.browser = listing.found.browser
        day = ends_early(listing.found.links, proposed=False)
        may_go_on = goes_on(listing.found) or listing.found.unlabelled or self.browser
        self.hint = words_of_end(listing.url, day) if day and not may_go_on else ""
        judged = judge_listing(listing.found, listing.url, given, shapes_of(self.ways, given))
        if judged.way:
            self.ways.insert(0, judged.way)
        else:
            self.requests.looked.append(f"{listing.url}: {judged.refused}")

    async def _keep_beside(self, listing: ListingCandidate, pages: Sequence[ListingCandidate]) -> None:
        """Keep the frames beside that of the list which lead to more of it, by year or the like."""
        shown = next((page.frames for page in pages if listing.url in page.frames), ())
        read = {page.url: page.found for page in pages}
        shapes = shapes_of(self.ways, listing.url)
        for url in (each for each in shown if each != listing.url):
            if url not in read and (answer := await self.requests.get(url, "listing", quietly=True)) is not None:
                read[url] = read_as("listing", answer)
            behind = await self._reader.links_behind(read[url], steps=1) if url in read else ()
            if any(shapes.fit(link.url) >= UNSURE for link in behind):
                why = "it is a frame beside the list, and leads to more of it"
                self.ways.append(Way("listing", url, why, title=read[url].title, further=True))

    async def _keep_tabs(self, tabs: Sequence[str], given: ListingCandidate) -> None:
        """Keep the other parts of a list that names the releases of one of them alone: they share none with it."""
        shapes = shapes_of([way for way in self.ways if way.kind == "listing"], given.url)
        shown = {key(link.url) for link in given.found.links}
        for url in tabs[:MOST_TOPICS]:
            tab = self._reader.read_before(url) or await self._reader.at(url, given.url, quietly=True)
            if tab is not None and tab.found.links and not any(key(link.url) in shown for link in tab.found.links):
                judged = judge_listing(tab.found, tab.url, given.url, shapes)
                self.ways += [judged.way] if judged.way else []

    async def _keep_topics(self, topics: Sequence[Document], given: ListingCandidate) -> None:
        """Keep the lists of a newsroom that has one for each topic, and none of all."""
        for document in topics:
            listing = await self._reader.at(document.url, given.url)
            if listing is not None and (listing.found.links or goes_on(listing.found)):
                judged = judge_listing(listing.found, listing.url, given.url, shapes_of(self.ways, given.url))
                self.ways += [judged.way] if judged.way else []

    async def _keep_topics_of(self, best: ListingCandidate, seen: Sequence[ListingCandidate]) -> None:
        """Keep the lists of the topics of a newsroom whose page shows but the newest of each."""
        read = {key(page.url): page for page in seen}
        shapes = shapes_of([way for way in self.ways if way.kind == "listing"], best.url)
        misses = 0
        for document in best.topics:
            if misses == _MISSES:
                break
            topic = read.get(key(document.url)) or await self._reader.at(document.url, best.url, quietly=True)
            if topic is None or not best.has_of(topic.found, shapes):
                misses += 1
                continue
            misses, self.hint = 0, ""
            judged = judge_listing(topic.found, topic.url, best.url, shapes)
            self.ways += [judged.way] if judged.way else []


def _home(page: Answer) -> Discovered:
    """What a page leads to, as the home page of a newsroom."""
    return read_home(page.body, page.url, page.content_type)


def _is_of_more(followed: ListingCandidate, best: ListingCandidate) -> bool:
    """Whether a list on another host has more than the newsroom's own, which goes on and so is whole: one that does not
    may show chosen releases alone."""
    return goes_on(best.found) and is_wider(followed.found, best.found)
