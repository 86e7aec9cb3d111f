"""Walking a source's documents: feeds, sitemaps and listings are read for links, and followed to further documents.

What a document names is asked of the owner before the document is reported as read, so that a crash in between only
means that it is read again. A listing that was once walked to its end is only walked as far as it has something new;
it is reported as not complete before its first new link is told, and as complete when the walk is over.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from archive.core.model import Kind, KnownDocument, Link, Validators
from archive.core.urls import key
from crawler.discover.discover import read_feed, read_home, read_listing, read_sitemap, robots_sitemaps, wanted
from crawler.discover.links import Discovered, Document
from crawler.fetch.errors import NotFetched
from crawler.fetch.fetcher import Answer, Fetcher
from crawler.fetch.settings import Limits
from crawler.worker.messages import DocumentRead, Dropped, Job
from crawler.worker.page_queue import PageQueue, PageRequest

_LINKS_A_QUESTION = 500
_AT_ONCE = 4
_PAGES_WITHOUT_NEWS = 5
"""Pages of a listing in a row that name nothing that its earlier pages did not: what goes on after them has no end."""

_MOST_FOUND: dict[Kind, int] = {"feed": 8, "sitemap": 20, "listing": 10}


@dataclass(frozen=True)
class DocumentResult:
    """A document that was looked at.

    `changed`: it was read, for its bytes differ from the last time. `news`: it names a page that is new to the archive
    in this crawl. `old`: it names only pages of before the day that the job begins with. `problem` says in words why
    nothing can be learned from it.
    """

    found: Discovered = Discovered(())  # noqa: RUF009  frozen and empty
    changed: bool = False
    news: bool = False
    old: bool = False
    problem: str = ""


class DocumentWalk:
    """The walk through one source's documents in one crawl.

    `ask` tells the owner of links and gives those to fetch; `tell` sends a message at once; `state` sends one behind
    the captures recorded so far; `drop` reports an address that could not be fetched.
    """

    def __init__(
        self,
        job: Job,
        fetcher: Fetcher,
        pages: PageQueue,
        ask: Callable[[tuple[Link, ...]], Awaitable[Mapping[str, Validators | None]]],
        tell: Callable[[DocumentRead], Awaitable[None]],
        state: Callable[[DocumentRead | Dropped], None],
        drop: Callable[[str, NotFetched, Kind], None],
        limits: Limits,
    ) -> None:
        self._job = job
        self._fetcher = fetcher
        self._pages = pages
        self._ask = ask
        self._tell = tell
        self._state = state
        self._drop = drop
        self._limits = limits
        self._known = {document.url: document for document in job.documents}
        self._read: set[str] = set()
        self._asked: set[str] = set()
        self._fresh: set[str] = set()
        self._unfinished = [document for document in job.documents if document.kind == "listing" and document.complete]
        self._roots: tuple[Document, ...] = ()
        self._problems: dict[str, str] = {}
        self._opening = asyncio.Lock()
        self._gate = asyncio.Semaphore(_AT_ONCE)
        self._reading = asyncio.Lock()  # one document's tree and links at a time: four at once are no faster

    async def run(self) -> None:
        """Walk every document that the source names, or those that its home page and robots.txt lead to."""
        documents = self._roots = self._named() or await self._looked_for()
        walks = {"feed": self._walk_feed, "sitemap": self._walk_sitemap, "listing": self._walk_listing}
        for document in documents:
            self._read.add(key(document.url))
        async with asyncio.TaskGroup() as group:
            for document in documents:
                group.create_task(walks[document.kind](document.url))

    def problems(self) -> tuple[str, ...]:
        """Why the source's documents do not lead to its releases, in words; empty where they do.

        Each that sources.toml names must. Of those that were looked for it is enough that one does. A document that
        this crawl did not come to has the problem it had before.
        """
        home = self._job.source.url
        roots = self._roots or ((Document(home, "listing"),) if not self._named() else ())
        before = {url: known.problem for url, known in self._known.items()}
        found = [(root, self._problems.get(root.url, before.get(root.url, ""))) for root in roots]
        if not self._named() and not all(problem for _, problem in found):
            return ()
        return tuple(f"{root.kind} {root.url}: {problem}" for root, problem in found if problem)

    def _named(self) -> tuple[Document, ...]:
        source = self._job.source
        return (
            *(Document(url, "feed") for url in source.feeds),
            *(Document(url, "listing") for url in source.listings),
            *(Document(url, "sitemap") for url in source.sitemaps),
        )

    async def _looked_for(self) -> tuple[Document, ...]:
        home = self._job.source.url
        answer = await self._fetch(home, "listing", conditional=False)
        rules = await self._fetcher.rules(home)
        documents = [Document(url, "sitemap") for url in robots_sitemaps(rules.body)]
        if answer is not None and answer.status == 200:
            found = await asyncio.to_thread(read_home, answer.body, answer.url, answer.content_type)
            documents = [*found.documents, *documents]
            if documents:
                self._report(home, "listing", answer, note="the home page")
            else:
                self._report(home, "listing", answer, await self._digest(home, "listing", answer, full=True))
        return tuple(_bounded(documents))

    async def _walk_feed(self, url: str) -> None:
        """A feed, and its further pages as long as they name something new (RFC 5005)."""
        todo, pages = deque([url]), 0
        while todo and not self._pages.enough and pages < self._limits.feed_pages:
            pages += 1
            result = await self._look(todo.popleft(), "feed", conditional=True)
            if result is not None and result.news and not result.old:
                todo.extend(self._new(result.found.documents))

    async def _walk_sitemap(self, url: str) -> None:
        """A sitemap and those it names. Where an index has not changed, the sitemaps known from before are asked."""
        todo, count = deque([url]), 0
        while todo and not self._pages.enough and count < self._limits.sitemaps:
            count += 1
            address = todo.popleft()
            result = await self._look(address, "sitemap", conditional=True)
            if result is not None and (result.changed or result.found.documents):
                todo.extend(self._new(result.found.documents))
            elif result is not None and address == url:
                known = (Document(known.url, known.kind) for known in self._job.documents if known.kind == "sitemap")
                todo.extend(self._new(known))

    async def _walk_listing(self, url: str) -> None:
        known = self._known.get(url, KnownDocument(url, "listing"))
        answer = await self._fetch(url, "listing", conditional=known.complete)
        if answer is None:
            return
        result = await self._digest(url, "listing", answer, full=not known.complete)
        whole = known.complete and not result.changed
        if not whole:
            whole = await self._walk_pages(result, known.complete)
        self._report(url, "listing", answer, result, complete=whole)
        if whole:
            self._unfinished = [document for document in self._unfinished if document.url != url]

    async def _walk_pages(self, first: DocumentResult, incremental: bool) -> bool:
        """Walk the further pages of a listing; whether everything that is there was seen."""
        if (incremental and not first.news) or first.old:
            return not first.old or incremental
        todo, whole, pages = deque(self._new(first.found.documents)), True, 1
        seen, without_news = {key(link.url) for link in first.found.links}, 0
        while todo and without_news < _PAGES_WITHOUT_NEWS and pages < self._limits.listing_pages:
            if self._pages.enough:
                return False
            several = 1 if incremental else _AT_ONCE
            batch = [todo.popleft() for _ in range(min(several, len(todo)))]
            pages += len(batch)
            results = await asyncio.gather(*(self._look(page, "listing", conditional=False) for page in batch))
            for result in results:
                if result is None:
                    whole = False
                    continue
                if result.old:
                    return False
                todo.extend(self._new(result.found.documents))
                named = {key(link.url) for link in result.found.links}
                without_news = 0 if named - seen else without_news + 1
                seen |= named
            if incremental and not any(result is None or result.news for result in results):
                return whole
        return whole

    async def _look(self, url: str, kind: Kind, conditional: bool) -> DocumentResult | None:
        """Fetch one document, offer what it names, report it as read; None if it could not be fetched."""
        answer = await self._fetch(url, kind, conditional)
        if answer is None:
            return None
        result = await self._digest(url, kind, answer, full=kind == "listing")
        self._report(url, kind, answer, result)
        return result

    async def _fetch(self, url: str, kind: Kind, conditional: bool) -> Answer | None:
        if self._pages.closed:
            return None
        known = self._known.get(url)
        earlier = known.validators if known else None
        if earlier and not conditional:
            earlier = replace(earlier, etag="", last_modified="")
        try:
            async with self._gate:
                answer = await self._fetcher.get(url, kind, earlier=earlier)
            if answer.status not in (200, 304):
                raise NotFetched(f"the server answered {answer.status}", retry=True, failure=True)
        except NotFetched as failed:
            self._problems[url] = failed.reason
            self._drop(url, failed, kind)
            return None
        return answer

    async def _digest(self, url: str, kind: Kind, answer: Answer, full: bool) -> DocumentResult:
        """Read a document and offer its links; an unchanged one is only read when `full`."""
        known = self._known.get(url)
        same = bool(known and known.validators.digest and known.validators.digest == answer.validators.digest)
        reread = bool(known and known.reread)
        if answer.status == 304 or (same and not full and not reread):
            self._problems[url] = known.problem if known else ""
            return DocumentResult(problem=self._problems[url])
        async with self._reading:
            found = await asyncio.to_thread(_READERS[kind], answer.body, answer.url, answer.content_type)
        if found.problem and not found.links and not found.documents:
            self._drop(url, NotFetched(found.problem, retry=True, failure=True), kind)
        news, old, note = await self._offer(found)
        self._problems[url] = problem = self._problem_of(found, kind, note)
        noted = replace(found, problem="; ".join(filter(None, (found.problem, note))))
        return DocumentResult(noted, True, news, old, problem)

    def _problem_of(self, found: Discovered, kind: Kind, note: str) -> str:
        """Why nothing can be learned from a document, in words; "" where something can."""
        if not found.links:
            return "" if found.documents else found.problem or f"the {kind} names no releases"
        return note if all(self._refusal(link) for link in found.links) else ""

    async def _offer(self, found: Discovered) -> tuple[bool, bool, str]:
        """Ask the owner about links not asked about yet: is any to be fetched, are all too old, what was left out."""
        refused = Counter(reason for link in found.links if (reason := self._refusal(link)))
        links = {key(link.url): link for link in found.links if not self._refusal(link)}
        days = [day for link in links.values() if (day := _day(link.published))]
        since = self._job.since
        if since is not None:
            links = {one: link for one, link in links.items() if not _is_before(link, since)}
        await self._ask_all([link for one, link in links.items() if one not in self._asked])
        note = ", ".join(f"{count} links not followed: {reason}" for reason, count in refused.most_common(3))
        return bool(self._fresh & links.keys()), bool(since and days and max(days) < since), note

    async def _ask_all(self, links: list[Link]) -> None:
        self._asked.update(key(link.url) for link in links)
        for start in range(0, len(links), _LINKS_A_QUESTION):
            chunk = tuple(links[start : start + _LINKS_A_QUESTION])
            await self._open_listings()
            fresh = await self._ask(chunk)
            chosen = [link for link in chunk if link.url in fresh]
            self._fresh.update(key(link.url) for link in chosen)
            self._pages.add(PageRequest(link.url, link, fresh[link.url]) for link in chosen)

    async def _open_listings(self) -> None:
        """Before the owner learns of anything new: listings whose walk is not over are no longer complete.

        Else a crash, or a feed that tells the newest links first, would hide from the next walk that it has to go on.
        """
        async with self._opening:
            unfinished, self._unfinished = self._unfinished, []
            for known in unfinished:
                await self._tell(
                    DocumentRead(self._job.source.name, known.url, known.kind, known.validators, full=False)
                )

    def _refusal(self, link: Link) -> str:
        if key(link.url) in self._read:
            return "a page of the listing"
        return wanted(self._job.source, link)

    def _new(self, documents: Iterable[Document]) -> list[str]:
        """The addresses of documents that this crawl has not read and may, marked as read."""
        fresh: list[str] = []
        for document in documents:
            identity = key(document.url)
            if identity and identity not in self._read:
                self._read.add(identity)
                fresh.append(document.url)
        return fresh

    def _report(
        self,
        url: str,
        kind: Kind,
        answer: Answer,
        result: DocumentResult | None = None,
        complete: bool = False,
        note: str = "",
    ) -> None:
        found = result.found if result else Discovered(())
        self._state(
            DocumentRead(
                source=self._job.source.name,
                url=url,
                kind=kind,
                validators=answer.validators,
                complete=complete,
                links=len(found.links),
                note=found.problem or note,
                full=answer.status == 200,
                problem=result.problem if result else "",
                offered=bool(result and result.changed),
            )
        )


_READERS: dict[Kind, Callable[[bytes, str, str], Discovered]] = {
    "feed": read_feed,
    "sitemap": read_sitemap,
    "listing": read_listing,
}


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


def _day(stated: str) -> date | None:
    try:
        return date.fromisoformat(stated[:10])
    except ValueError:
        return None


def _is_before(link: Link, since: date) -> bool:
    day = _day(link.published) or _day(link.modified)  # what was last changed before a day was published before it
    return day is not None and day < since
