"""Walking a source's documents: a cheap watch of its roots, and the way back to its first release.

The roots are what sources.toml names, or else what the source's page and robots.txt lead to. Every crawl watches: the
first feed, the first page of the first listing, and what else names releases that these do not. A root is reported as
complete when all that it leads to was seen; until then each crawl goes on with the walk back (`backfill_walk`).
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping
from urllib.parse import urlsplit

from archive.core.backfill import WalkPage, found_in_words
from archive.core.model import Kind, KnownDocument, Link, Validators
from archive.core.urls import key
from crawler.discover.discover import read_home, robots_sitemaps
from crawler.discover.documents.consent import Passage
from crawler.discover.further.above import ABOVE
from crawler.discover.links import Discovered, Document
from crawler.fetch.errors import NotFetched
from crawler.fetch.fetcher import Fetcher
from crawler.fetch.settings import Limits
from crawler.worker.messages import DocumentRead, Dropped, Job, Walked
from crawler.worker.page_queue import PageQueue
from crawler.worker.walk.backfill_walk import BackfillWalk, redundant, ways_on
from crawler.worker.walk.coverage import days_of, later_within
from crawler.worker.walk.document_reader import DocumentReader, DocumentResult
from crawler.worker.walk.news_pages import behind, has_another_order, pages_with_news, way_of
from crawler.worker.walk.walk_plan import WalkPlan

_MOST_FOUND: dict[Kind, int] = {"feed": 8, "sitemap": 20, "listing": 10}
_DATED = 3
"""Releases with a day that a source's own page must name to be one of its listings, where others are found."""


class DocumentWalk:
    """The walk through one source's documents in one crawl. The arguments are those of `DocumentReader`."""

    def __init__(
        self,
        job: Job,
        fetcher: Fetcher,
        pages: PageQueue,
        ask: Callable[[tuple[Link, ...]], Awaitable[Mapping[str, Validators | None]]],
        tell: Callable[[DocumentRead], Awaitable[None]],
        state: Callable[[DocumentRead | Dropped | Walked], None],
        drop: Callable[[str, NotFetched, Kind], None],
        limits: Limits,
        gate: asyncio.Semaphore | None = None,
        passage: Passage | None = None,
    ) -> None:
        self._job = job
        self._fetcher = fetcher
        self._limits = limits
        self._reader = DocumentReader(job, fetcher, pages, ask, tell, state, drop, gate, passage)
        self._reader.opening = self._open
        self._known = self._reader.known
        self._roots: tuple[Document, ...] = ()
        self._read: dict[str, DocumentResult] = {}
        self._to_open: list[KnownDocument] = []
        self._opening = asyncio.Lock()
        self._with_news: list[DocumentResult] = []
        self._back = BackfillWalk(self._reader, limits, job.walked if job.is_walk_under_way else None)
        self.unfinished = False

    def entrance(self) -> str:
        """The address with which this crawl begins: the source's, or one of its documents where none is of its site."""
        home = self._job.source.url
        roots = self._named() or self._found_before()
        if not roots or any(_site(root.url) == _site(home) for root in roots):
            return home
        return next(filter(self._is_asked, roots), roots[0]).url

    async def run(self) -> None:
        """Watch the roots, walk back from them where that is not done, and report how far each was walked."""
        self._roots = self._named() or self._found_before() or await self._looked_for()
        for root in self._roots:
            self._reader.read.add(key(root.url))
        self._to_open = self._complete_listings()
        fronts = [root for root in self._roots if self._is_asked(root)]
        for kind in ("listing", "feed", "sitemap"):  # what the first name bounds what of the others is the newsroom's
            async with asyncio.TaskGroup() as group:
                for root in fronts:
                    if root.kind == kind:
                        group.create_task(self._read_front(root))
            if kind == "listing":
                await self._learn_from_listings(fronts)
        read = [(root, self._read[root.url]) for root in self._roots if root.url in self._read]
        self._reader.learn([result for root, result in read if root.kind != "sitemap"])
        whole = {root.url: self._root(root).complete for root in self._roots} | await self._follow(read)
        whole |= dict.fromkeys(self._reordered(read), False)
        back = self._job.backfill and self._job.source.backfill and not all(whole.values())
        if back:
            later = [root for root in self._roots if root.url not in self._read]
            await self._back.run(read, later)
        missed = any(root.url not in self._read for root in fronts)
        done = back and self._back.saw_all and not missed
        self._settle(read, whole, done)

    def problems(self) -> tuple[str, ...]:
        """Why the source's documents do not lead to its releases, in words; empty where they do.

        Each that sources.toml names must. Of those that were looked for it is enough that one does. A document that
        this crawl did not come to has the problem it had before.
        """
        home = self._job.source.url
        roots = self._roots or ((Document(home, "listing"),) if not self._named() else ())
        before = {url: known.problem for url, known in self._known.items()}
        found = [(root, self._reader.problems.get(root.url, before.get(root.url, ""))) for root in roots]
        if not self._named() and not all(problem for _, problem in found):
            return ()
        return tuple(f"{root.kind} {root.url}: {problem}" for root, problem in found if problem)

    def remarks(self) -> tuple[str, ...]:
        """What a person should know of the walk that is no failure: how far it is, where more may be."""
        told = self._back.told
        found = f"not finished: {found_in_words(told.found, told.expected, told.reached)}" if told else "not begun yet"
        walked = (f"backfill {found}",) if self.unfinished else ()
        return (*walked, *self._back.hints)

    # The roots.

    def _named(self) -> tuple[Document, ...]:
        source = self._job.source
        return (
            *(Document(url, "feed") for url in source.feeds),
            *(Document(url, "listing") for url in source.listings),
            *(Document(url, "sitemap") for url in source.sitemaps),
        )

    def _found_before(self) -> tuple[Document, ...]:
        """The roots that an earlier crawl found, until it is time to look for them again, or none gives anything."""
        home = self._known.get(self._job.source.url)
        order = ("feed", "listing", "sitemap")
        known = [document for document in self._job.documents if document.root and document.kind in order]
        if home is None or home.reread or all(one.kind == "sitemap" or one.problem for one in known):
            return ()
        found = sorted(known, key=lambda one: (order.index(one.kind), not one.watched))
        return tuple(Document(document.url, document.kind) for document in found)

    async def _looked_for(self) -> tuple[Document, ...]:
        """Feeds and listings that the source's page leads to, the page itself, and the sitemaps of robots.txt."""
        home, reader = self._job.source.url, self._reader
        answer = await reader.fetch(home, "listing", conditional=False)
        rules = await self._fetcher.rules(home)
        sitemaps = [Document(url, "sitemap") for url in robots_sitemaps(rules.body, home)]
        if answer is None:
            return tuple(_bounded(sitemaps))
        found = await asyncio.to_thread(read_home, answer.body, answer.url, answer.content_type)
        result = await reader.look(home, answer)
        dated = sum(bool(link.published) for link in result.found.links)
        near = [one for one in found.documents if one.way != "frame" or _site(one.url) == _site(home)]
        own = [one for one in near if one.way != ABOVE or dated < _DATED]
        documents = [*own, *sitemaps]
        if dated >= _DATED or not documents:
            self._read[home] = await reader.digest(home, "listing", answer, full=True)
            documents = [Document(home, "listing"), *documents]
        else:
            reader.report(home, "listing", result, note="the home page")
        order = ("feed", "listing", "sitemap")
        return tuple(sorted(_bounded(documents), key=lambda one: order.index(one.kind)))

    def _root(self, root: Document) -> KnownDocument:
        return self._known.get(root.url, KnownDocument(root.url, root.kind))

    def _complete_listings(self) -> list[KnownDocument]:
        """The lists that were once walked to their end."""
        return [known for root in self._roots if root.kind == "listing" and (known := self._root(root)).complete]

    def _is_asked(self, root: Document) -> bool:
        """Whether the watch asks for a root: not for sitemaps beside other roots, nor for what repeats others."""
        known = self._root(root)
        if root.url in self._read or known.recent:
            return False
        if root.kind == "sitemap":
            return all(other.kind == "sitemap" for other in self._roots) or (known.complete and known.reread)
        return known.watched or known.reread or not known.complete

    # The watch.

    async def _read_front(self, root: Document) -> None:
        known = self._root(root)
        is_old = known.complete or root.kind == "feed" or (self._job.is_walk_under_way and root.url in self._known)
        result = await self._reader.front(root.url, root.kind, conditional=is_old, full=not is_old)
        if result is not None:
            self._read[root.url] = result
            if not known.complete:
                self._reader.report(root.url, root.kind, result, complete=False, root=True, watched=True)

    async def _learn_from_listings(self, fronts: Iterable[Document]) -> None:
        """Of the lists that were read just now, take what is the newsroom's; it bounds feeds and sitemaps."""
        listings = [root for root in fronts if root.kind == "listing" and root.url in self._read]
        self._reader.bound_by([self._read[root.url] for root in listings])
        await self._read_pages_with_news()
        if self._complete_listings():
            self._reader.scope.within = self._of_later_sitemap

    def _of_later_sitemap(self, found: Discovered, way: str) -> Discovered:
        """Of a sitemap what is the newsroom's, as the lists show that were once walked to their end."""
        if way != "sitemap":
            return found
        read = [self._read[one.url] for one in self._roots if one.kind != "sitemap" and one.url in self._read]
        if not any(one.kind == "listing" and one.url in self._read for one in self._roots):
            return found
        links = [link for result in (*read, *self._with_news) for link in result.found.links]
        known = {key(link.url) for link in self._job.newest}
        named = {key(link.url) for link in links} | (self._job.walked.seen if self._job.walked else frozenset())
        return later_within(found, days_of(self._job.newest) | days_of(links), known, named)

    async def _follow(self, read: list[tuple[Document, DocumentResult]]) -> dict[str, bool]:
        """What is new behind the roots that were once walked to their end; whether each still is.

        Where everything that every root with news names is new, there is a gap before it: none is complete any longer.
        """
        complete = [(root, result) for root, result in read if self._root(root).complete]
        whole = {root.url: await self._follow_news(root, result) for root, result in complete}
        with_news = [root.url for root, result in complete if result.fresh]
        if with_news and not any(whole[url] for url in with_news):
            return dict.fromkeys(whole, False)
        return dict.fromkeys(whole, True)

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
            further = await self._reader.further(page.url, page.kind, page.way)
            if further is None:
                return False
            result = further
        return False

    async def _read_pages_with_news(self) -> None:
        """Of lists that were once walked to their end the further pages on which their newest releases stand."""
        known = ((root.url, self._root(root)) for root in self._roots if root.kind == "listing")
        lists = [url for url, one in known if url in self._read and one.complete and one.watched]
        at = max((at for url in lists if (at := self._read[url].answer.validators.captured_at)), default=None)
        for page in pages_with_news(self._job.newest, self._job.documents, lists, at) if at else ():
            way = way_of(page, lists)
            if page.url in self._reader.results:
                continue
            result = await self._reader.further(page.url, page.kind, way, conditional=True)
            if result is not None:
                await self._go_on(WalkPage(page.url, page.kind, way), result)

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
            further = await self._reader.further(following.url, following.kind, following.way)
            if further is None or not further.fresh:
                return
            page, result = following, further

    def _reordered(self, read: list[tuple[Document, DocumentResult]]) -> list[str]:
        """The lists that were once walked to their end and now begin with others than their newest releases."""
        newest, walked = self._job.newest, self._job.walked
        lists = [(root.url, result) for root, result in read if root.kind == "listing" and self._root(root).complete]
        return [
            url
            for url, result in lists
            if (at := result.answer.validators.captured_at)
            and not result.fresh
            and has_another_order(url, result.named, newest, walked, at)
        ]

    async def _follow_sitemaps(self, root: Document, first: DocumentResult) -> None:
        """The sitemaps that an index names, as far as they named releases before or are new. All conditional."""
        named = first.found.documents or tuple(
            Document(known.url, known.kind) for known in self._job.documents if known.kind == "sitemap"
        )
        for document in self._reader.new(named)[: self._limits.sitemaps]:
            known = self._known.get(document.url)
            if known is not None and not known.links:
                continue
            result = await self._reader.front(document.url, "sitemap", conditional=True, full=False)
            if result is not None:
                self._reader.report(document.url, "sitemap", result)

    async def _open(self) -> None:
        """Before the owner learns of anything new: listings whose walk is not over are no longer complete.

        Else a crash, or a feed that names the newest links first, would hide from the next walk that it has to go on.
        """
        async with self._opening:
            todo, self._to_open = self._to_open, []
            for known in todo:
                name = self._job.source.name
                await self._reader.tell(
                    DocumentRead(name, known.url, known.kind, known.validators, full=False, root=True)
                )

    # The end.

    def _settle(self, read: list[tuple[Document, DocumentResult]], whole: Mapping[str, bool], done: bool) -> None:
        """Report every root as it stands now, and whether the walk back is over."""
        idle = redundant(read, self._known)
        ends_here = done or not self._job.source.backfill
        for root, result in read:
            complete = ends_here or whole[root.url]
            self._reader.report(root.url, root.kind, result, complete=complete, root=True, watched=root.url not in idle)
        if done:
            for root in self._roots:
                if root.url not in self._read:
                    self._finish(root)
            self._reader.state(Walked(self._job.source.name, finished=True))
        self.unfinished = not ends_here and not all(whole.values())

    def _finish(self, root: Document) -> None:
        """Report a root as complete that this crawl read as a page of its walk, or had read shortly before."""
        known, result = self._root(root), self._reader.results.get(root.url)
        if result is not None:
            self._reader.report(root.url, root.kind, result, complete=True, root=True, watched=known.watched)
            return
        name = self._job.source.name
        self._reader.state(
            DocumentRead(
                name,
                root.url,
                root.kind,
                known.validators,
                complete=True,
                full=False,
                problem=known.problem,
                root=True,
                watched=known.watched,
            )
        )


_PARTS = frozenset({"year", "month", "day", "form"})


def _parts(ways: Iterable[Document]) -> tuple[Document, ...]:
    """The parts of an archive that a page leads to: of days, else of months, else of years."""
    parts = [way for way in ways if way.way in _PARTS]
    finest = ([way for way in parts if way.way == each] for each in ("day", "month"))
    return tuple(next(filter(None, finest), parts))


def _site(url: str) -> tuple[str, str]:
    """What has one robots.txt (RFC 9309): scheme and host of an address."""
    parts = urlsplit(url)
    return parts.scheme, parts.netloc


def _bounded(documents: Iterable[Document]) -> Iterable[Document]:
    """No more documents of a kind than a newsroom may need, each once."""
    counts: Counter[Kind] = Counter()
    seen: set[str] = set()
    for document in documents:
        identity = key(document.url)
        if identity not in seen and counts[document.kind] < _MOST_FOUND.get(document.kind, 0):
            seen.add(identity)
            counts[document.kind] += 1
            yield document
