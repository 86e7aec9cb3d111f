"""The one spider: a batch of sources crawled side by side, each by its own crawl, all through one Scrapy engine."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Any

import scrapy

from archive.core.model import Link
from crawler.discover.discover import wanted
from crawler.fetch.address_guard import Guard, private_hosts, proxy_names
from crawler.fetch.fetcher import Fetcher
from crawler.fetch.render import Renderer
from crawler.fetch.rendered import Shown
from crawler.fetch.settings import Limits, user_agent
from crawler.fetch.throttle import HostDelays
from crawler.worker.group_commit import GroupCommit
from crawler.worker.messages import Batch, Finished, FromWorker, Job, StoppedBy
from crawler.worker.source_crawl import Ask, SourceCrawl


class NewsroomSpider(scrapy.Spider):
    """Crawls the jobs of a batch and reports each as finished. It gets what it needs as arguments of `crawl`.

    Requests are made one by one through the engine (`download_async`) and not queued in Scrapy's scheduler: each crawl
    itself knows what it still has to fetch, and how many requests its host may have at once.
    """

    name = "newsrooms"

    def __init__(
        self,
        batch: Batch,
        group_commit: GroupCommit,
        ask: Ask,
        tell: Callable[[FromWorker], Awaitable[None]],
        software: str,
        limits: Limits,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.batch = batch
        self.group_commit = group_commit
        self.guard = Guard({*_private_hosts(batch), *proxy_names()})
        self.renderer = Renderer()
        self._ask = ask
        self._tell = tell
        self._software = software
        self._limits = limits
        self._crawls: list[SourceCrawl] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._closed: tuple[StoppedBy, str] | None = None
        self.finished: set[str] = set()

    async def start(self) -> AsyncIterator[Any]:
        """Crawl every job; yields nothing, and returns when the last is finished."""
        self.delays = HostDelays(self.crawler.engine.downloader)
        self._crawls = [self._crawl_of(job) for job in self.batch.jobs]
        if self._closed:
            self.close_crawls(*self._closed)
        self._tasks = [asyncio.create_task(self._follow(crawl)) for crawl in self._crawls]
        try:
            if self._tasks:
                await asyncio.wait(self._tasks)
        finally:
            await self.renderer.close()
        nothing: tuple[scrapy.Request, ...] = ()
        for request in nothing:
            yield request

    def close_crawls(self, by: StoppedBy, message: str) -> None:
        """Let every crawl end after its running requests."""
        self._closed = (by, message)
        for crawl in self._crawls:
            crawl.close(by, message)

    def cancel_crawls(self) -> None:
        """End every crawl now; running requests are dropped, and another crawl will make them again."""
        for task in self._tasks:
            task.cancel()

    async def _follow(self, crawl: SourceCrawl) -> None:
        try:
            await crawl.run()
        except asyncio.CancelledError:
            crawl.close("stop", "asked to stop")
        self.finished.add(crawl.job.source.name)
        self.group_commit.tell_in_order(Finished(crawl.job.source.name, crawl.outcome()))

    def _crawl_of(self, job: Job) -> SourceCrawl:
        source = job.source
        anywhere = replace(source, include=(), exclude=())
        agent = user_agent(self._software, source.contact)
        fetcher = Fetcher(
            source,
            download=self.crawler.engine.download_async,
            delays=self.delays,
            agent=agent,
            limits=self._limits,
            foreign=lambda url: wanted(anywhere, Link(url)),
            robots_known={one.url: one.validators for one in job.documents if one.kind == "robots"},
            robots_kept={copy.url: copy for copy in job.robots},
            deadline=time.monotonic() + source.timeout,
            rests={rest.host: rest for rest in job.rests},
            show=Shown(self.renderer, self.group_commit.record, agent) if source.render else None,
        )
        return SourceCrawl(job, fetcher, self.group_commit, self._ask, self._tell, self._limits)


def _private_hosts(batch: Batch) -> frozenset[str]:
    """The hosts that a source of the batch may reach even if they are in a local network."""
    sources = (job.source for job in batch.jobs)
    return frozenset(name for source in sources for name in private_hosts(source.addresses, source.allow_private))
