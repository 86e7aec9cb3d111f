"""Requests of a few addresses outside a crawl, with the same politeness and the same address guard. Archives
nothing.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Generic, TypeVar

import scrapy
from scrapy.crawler import Crawler

from archive.core.errors import CrawlError
from archive.core.model import Exchange
from crawler.fetch.address_guard import Guard, private_hosts, proxy_names
from crawler.fetch.fetcher import Fetcher
from crawler.fetch.settings import Limits, scrapy_settings
from crawler.fetch.throttle import HostDelays
from crawler.sources.sources import Source

T = TypeVar("T")
Work = Callable[[Fetcher, Guard], Awaitable[T]]


def fetching(source: Source, agent: str, limits: Limits, seconds: float, work: Work[T]) -> T:
    """Run some work with a fetcher for a source; returns its result and raises its errors.

    `seconds` is the limit for all of it. Must not be called while an event loop runs in this thread. Raises CrawlError
    if the engine cannot be started.
    """
    outcome = _Outcome[T]()

    async def run() -> None:
        crawler = Crawler(_Session, scrapy_settings(limits))
        until = time.monotonic() + seconds
        await crawler.crawl_async(source=source, agent=agent, limits=limits, until=until, work=work, outcome=outcome)

    asyncio.run(run())
    return outcome.result()


class _Outcome(Generic[T]):
    def __init__(self) -> None:
        self._values: list[T] = []
        self.error: BaseException | None = None

    def give(self, value: T) -> None:
        self._values.append(value)

    def result(self) -> T:
        if self.error is not None:
            raise self.error
        if not self._values:
            raise CrawlError("the fetcher could not be started: try again, and report it if that does not help")
        return self._values[0]


class _Unrecorded:
    """Stands for the GroupCommit of a crawl, and archives nothing."""

    def record(self, exchange: Exchange) -> None:
        """Drop the response."""


class _Session(scrapy.Spider):
    name = "session"

    def __init__(
        self, source: Source, agent: str, limits: Limits, until: float, work: Work[Any], outcome: Any, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.guard = Guard({*private_hosts(source.addresses, source.allow_private), *proxy_names()})
        self.group_commit = _Unrecorded()
        self._source = source
        self._agent = agent
        self._limits = limits
        self._until = until
        self._work = work
        self._outcome = outcome

    async def start(self) -> AsyncIterator[Any]:
        self.delays = HostDelays(self.crawler.engine.downloader)
        fetcher = Fetcher(
            self._source,
            download=self.crawler.engine.download_async,
            delays=self.delays,
            agent=self._agent,
            limits=self._limits,
            foreign=lambda url: "",
            robots_known={},
            robots_kept={},
            deadline=self._until,
        )
        try:
            async with asyncio.timeout(max(0.0, self._until - time.monotonic())):
                self._outcome.give(await self._work(fetcher, self.guard))
        except Exception as error:  # noqa: BLE001  handed to the caller of `fetching`
            self._outcome.error = error
        nothing: tuple[scrapy.Request, ...] = ()
        for request in nothing:
            yield request
