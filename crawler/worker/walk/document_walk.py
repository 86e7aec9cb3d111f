"""Walking a source's documents: a cheap watch of its roots, and the way back to its first release.

The roots are what sources.toml names, or else what the source's page and robots.txt lead to. Every crawl watches: the
first feed, the first page of the first listing, and what else names releases that these do not. A root is reported as
complete when all that it leads to was seen; until then each crawl goes on with the walk back (`backfill_walk`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping

from archive.core.backfill import found_in_words
from archive.core.model import KnownDocument
from archive.core.urls import key
from crawler.discover.links import Document
from crawler.fetch.settings import Limits
from crawler.worker.messages import BackfillProgress, DocumentRead
from crawler.worker.walk.backfill_walk import BackfillWalk, redundant
from crawler.worker.walk.document_reader import DocumentReader
from crawler.worker.walk.news_walk import NewsWalk
from crawler.worker.walk.roots import Roots


class DocumentWalk:
    """The walk through one source's documents in one crawl. `unfinished`: the walk back has further to go."""

    def __init__(self, reader: DocumentReader, limits: Limits) -> None:
        self.unfinished = False
        self._job = job = reader.job
        self._reader = reader
        self._reader.before_asking = self._reopen_listings
        self._roots = Roots(reader)
        self._news = NewsWalk(reader, self._roots, limits)
        self._back = BackfillWalk(reader, limits, job.backfilled if job.is_backfill_under_way else None)
        self._to_reopen: list[KnownDocument] = []
        self._reopening = asyncio.Lock()

    def entrance(self) -> str:
        """The address with which this crawl begins."""
        return self._roots.entrance()

    async def run(self) -> None:
        """Watch the roots, walk back from them where that is not done, and report how far each was walked."""
        roots = self._roots
        await roots.find()
        self._reader.read |= {key(root.url) for root in roots.all}
        self._to_reopen = roots.complete_listings()
        asked = [root for root in roots.all if roots.is_asked(root)]
        await self._read_roots(asked)
        read = roots.results()
        self._reader.learn([result for root, result in read if root.kind != "sitemap"])
        is_complete = {root.url: roots.known(root).complete for root in roots.all} | await self._news.follow()
        is_complete |= dict.fromkeys(self._news.lists_in_another_order(), False)
        walks_back = self._job.backfill and self._job.source.backfill and not all(is_complete.values())
        if walks_back:
            await self._back.run(read, [root for root in roots.all if root.url not in roots.read])
        missed = any(root.url not in roots.read for root in asked)
        self._settle(is_complete, done=walks_back and self._back.saw_all and not missed)

    def problems(self) -> tuple[str, ...]:
        """Why the source's documents do not lead to its releases, in words; empty where they do.

        Each that sources.toml names must. Of those that were looked for it is enough that one does. A document that
        this crawl did not come to has the problem it had before.
        """
        is_named = bool(self._roots.named)
        roots = self._roots.all or (() if is_named else (Document(self._job.source.url, "listing"),))
        before = {url: known.problem for url, known in self._reader.known.items()}
        found = [(root, self._reader.problems.get(root.url, before.get(root.url, ""))) for root in roots]
        if not is_named and not all(problem for _, problem in found):
            return ()
        return tuple(f"{root.kind} {root.url}: {problem}" for root, problem in found if problem)

    def remarks(self) -> tuple[str, ...]:
        """What a person should know of the walk that is no failure: how far it is, where more may be."""
        told = self._back.told
        found = f"not finished: {found_in_words(told.found, told.expected, told.reached)}" if told else "not begun yet"
        walked = (f"backfill {found}",) if self.unfinished else ()
        return (*walked, *self._back.hints)

    async def _read_roots(self, asked: Iterable[Document]) -> None:
        """Read roots. What those of one kind name bounds what of the next is the newsroom's."""
        for kind in ("listing", "feed", "sitemap"):
            async with asyncio.TaskGroup() as group:
                for root in asked:
                    if root.kind == kind:
                        group.create_task(self._read_root(root))
            if kind == "listing":
                await self._learn_from_listings(asked)

    async def _read_root(self, root: Document) -> None:
        known = self._roots.known(root)
        is_walked = self._job.is_backfill_under_way and root.url in self._reader.known
        is_old = known.complete or root.kind == "feed" or is_walked
        result = await self._reader.read_root(root.url, root.kind, conditional=is_old, full=not is_old)
        if result is not None:
            self._roots.read[root.url] = result
            if not known.complete:
                self._reader.report(root.url, root.kind, result, complete=False, root=True, watched=True)

    async def _learn_from_listings(self, asked: Iterable[Document]) -> None:
        """Of the lists that were read just now, take what is the newsroom's; it bounds feeds and sitemaps."""
        read = self._roots.read
        self._reader.bound_by([read[root.url] for root in asked if root.kind == "listing" and root.url in read])
        await self._news.read_pages_with_news()
        if self._roots.complete_listings():
            self._reader.scope.within = self._news.of_later_sitemap

    async def _reopen_listings(self) -> None:
        """Before the owner learns of anything new: listings whose walk is not over are no longer complete.

        Else a crash, or a feed that names the newest links first, would hide from the next walk that it has to go on.
        """
        async with self._reopening:
            todo, self._to_reopen = self._to_reopen, []
            for known in todo:
                name = self._job.source.name
                await self._reader.tell(
                    DocumentRead(name, known.url, known.kind, known.validators, full=False, root=True)
                )

    def _settle(self, is_complete: Mapping[str, bool], done: bool) -> None:
        """Report every root as it stands now, and the walk back where it is `done`. `is_complete` says of each root
        whether all that it leads to was seen."""
        read = self._roots.results()
        idle = redundant(read, self._reader.known)
        ends_here = done or not self._job.source.backfill
        for root, result in read:
            complete = ends_here or is_complete[root.url]
            self._reader.report(root.url, root.kind, result, complete=complete, root=True, watched=root.url not in idle)
        if done:
            for root in self._roots.all:
                if root.url not in self._roots.read:
                    self._finish(root)
            self._reader.tell_in_order(BackfillProgress(self._job.source.name, finished=True))
        self.unfinished = not ends_here and not all(is_complete.values())

    def _finish(self, root: Document) -> None:
        """Report a root as complete that this crawl read as a page of its walk, or had read shortly before."""
        known, result = self._roots.known(root), self._reader.results.get(root.url)
        if result is not None:
            self._reader.report(root.url, root.kind, result, complete=True, root=True, watched=known.watched)
            return
        name = self._job.source.name
        self._reader.tell_in_order(
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
