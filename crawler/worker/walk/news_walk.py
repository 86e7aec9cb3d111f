"""What is new behind the roots that were once walked to their end: it lies on a few further pages, if on any."""

from __future__ import annotations

from collections.abc import Iterable

from archive.core.backfill import WalkPage
from archive.core.urls import key
from crawler.discover.links import Discovered, Document
from crawler.fetch.settings import Limits
from crawler.worker.walk.backfill_walk import ways_on
from crawler.worker.walk.coverage import days_of, later_within
from crawler.worker.walk.document_reader import DocumentReader, DocumentResult
from crawler.worker.walk.news_pages import behind, has_another_order, pages_with_news, way_of
from crawler.worker.walk.roots import Roots
from crawler.worker.walk.walk_plan import WalkPlan

_PARTS = frozenset({"year", "month", "day", "form"})
"""Ways to the parts of an archive."""


class NewsWalk:
    """The walk of one crawl from complete roots, as far as there is news. It reads the roots' pages, but no root."""

    def __init__(self, reader: DocumentReader, roots: Roots, limits: Limits) -> None:
        self._reader = reader
        self._roots = roots
        self._job = reader.job
        self._limits = limits
        self._with_news: list[DocumentResult] = []

    async def read_pages_with_news(self) -> None:
        """Of lists that were once walked to their end the further pages on which their newest releases stand."""
        known = ((root.url, self._roots.known(root)) for root in self._roots.all if root.kind == "listing")
        lists = [url for url, one in known if url in self._roots.read and one.complete and one.watched]
        at = max((at for url in lists if (at := self._roots.read[url].answer.validators.captured_at)), default=None)
        for page in pages_with_news(self._job.newest, self._job.documents, lists, at) if at else ():
            way = way_of(page, lists)
            if page.url in self._reader.results:
                continue
            result = await self._reader.read_further(page.url, page.kind, way, conditional=True)
            if result is not None:
                await self._go_on(WalkPage(page.url, page.kind, way), result)

    def of_later_sitemap(self, found: Discovered, way: str) -> Discovered:
        """Of a sitemap what is the newsroom's, as the lists show that were once walked to their end."""
        if way != "sitemap":
            return found
        read = self._roots.results()
        if not any(root.kind == "listing" for root, _ in read):
            return found
        others = (result for root, result in read if root.kind != "sitemap")
        links = [link for result in (*others, *self._with_news) for link in result.found.links]
        known = {key(link.url) for link in self._job.newest}
        named = {key(link.url) for link in links} | (self._job.backfilled.seen if self._job.backfilled else frozenset())
        return later_within(found, days_of(self._job.newest) | days_of(links), known, named)

    async def follow(self) -> dict[str, bool]:
        """What is new behind the roots that were once walked to their end; whether each still is.

        Where everything that every root with news names is new, there is a gap before it: none is complete any longer.
        """
        complete = self._roots.complete_results()
        whole = {root.url: await self._follow_news(root, result) for root, result in complete}
        with_news = [root.url for root, result in complete if result.fresh]
        if with_news and not any(whole[url] for url in with_news):
            return dict.fromkeys(whole, False)
        return dict.fromkeys(whole, True)

    def lists_in_another_order(self) -> list[str]:
        """The lists that were once walked to their end and now begin with others than their newest releases."""
        newest, walked = self._job.newest, self._job.backfilled
        return [
            root.url
            for root, result in self._roots.complete_results()
            if root.kind == "listing"
            and (at := result.answer.validators.captured_at)
            and not result.fresh
            and has_another_order(root.url, result.named, newest, walked, at)
        ]

    async def _follow_news(self, root: Document, first: DocumentResult) -> bool:
        """Read the further pages of a root as long as they name something new; whether they reached what was known.

        What an earlier page named too is not new: many sites show their newest releases beside each page. A root
        without a pager may show the newest day or month alone: then what was known stands in the next parts of its
        archive, of which some are empty.
        """
        if root.kind == "sitemap":
            await self._follow_sitemaps(root, first)
            return True
        plan, page, result, seen = WalkPlan(), WalkPage(root.url, root.kind), first, frozenset[str]()
        plan.note(root.url)
        for _ in range(self._limits.feed_pages):
            fresh, seen = result.fresh - seen, seen | result.fresh
            is_news = seen.issuperset(result.named)
            if result.old or self._reader.pages.enough or not (fresh or (is_news and page.way in _PARTS)):
                return not result.old
            plan.add(result.found.documents or (_parts(result.found.ways) if is_news else ()), page)
            following = plan.next()
            if following is None:
                return not result.fresh >= result.named
            page = following
            further = await self._reader.read_further(page.url, page.kind, page.way)
            if further is None:
                return False
            result = further
        return False

    async def _follow_sitemaps(self, root: Document, first: DocumentResult) -> None:
        """The sitemaps that an index names, as far as they named releases before or are new. All conditional."""
        named = first.found.documents or tuple(
            Document(known.url, known.kind) for known in self._job.documents if known.kind == "sitemap"
        )
        for document in self._reader.claim(named)[: self._limits.sitemaps]:
            known = self._reader.known.get(document.url)
            if known is not None and not known.links:
                continue
            result = await self._reader.read_root(document.url, "sitemap", conditional=True, full=False)
            if result is not None:
                self._reader.report(document.url, "sitemap", result)

    async def _go_on(self, page: WalkPage, result: DocumentResult) -> None:
        """Read on from a page with news: what is new behind it, and while there is news what comes after it."""
        plan, read = WalkPlan(), {key(known.url) for known in self._job.documents if known.links or known.root}
        plan.note(page.url)
        for _ in range(self._limits.feed_pages if result.changed else 0):
            self._with_news.append(result)
            plan.add(behind(page, ways_on(page, result, result.fresh), read, bool(result.fresh)), page)
            following = plan.next()
            if following is None or result.old or self._reader.pages.enough:
                return
            further = await self._reader.read_further(following.url, following.kind, following.way)
            if further is None or not further.fresh:
                return
            page, result = following, further


def _parts(ways: Iterable[Document]) -> tuple[Document, ...]:
    """The parts of an archive that a page leads to: of days, else of months, else of years."""
    parts = [way for way in ways if way.way in _PARTS]
    finest = ([way for way in parts if way.way == each] for each in ("day", "month"))
    return tuple(next(filter(None, finest), parts))
