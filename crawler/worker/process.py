"""The crawler process, which takes batches of sources and announces captures. `crawler.worker.owner` starts it.

One process, one event loop, one Scrapy Crawler for each batch; several batches may run at once. The pipe is the only
connection to the owner: when it closes, the process syncs what it has and exits.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import os
import queue
import signal
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path

from scrapy.crawler import Crawler

from archive.core import processes
from archive.core.errors import CrawlError
from archive.core.logs import log_as_child
from archive.core.model import Link, Validators
from archive.warc import WarcWriter
from crawler.fetch.settings import Limits, scrapy_settings
from crawler.worker.group_commit import GroupCommit
from crawler.worker.messages import Batch, Finished, Fresh, FromWorker, LinksFound, Outcome, Ready, ToWorker
from crawler.worker.spider import NewsroomSpider

log = logging.getLogger(__name__)

_FINISHING = 0.6
"""The part of the time for a stop in which running requests may finish; the rest is for writing and announcing."""

ORPHAN_SECONDS = 20.0
"""Seconds that the process has to write what it fetched after its owner is gone; then it ends, even if it hangs."""

_THREADS = 24
"""Threads for DNS (some look-ups may hang) and for reading documents."""


def serve(connection: Connection, archive_dir: Path, software: str, limits: Limits, json_logs: bool) -> None:
    """Run the crawler process. It ends on `Stop`, or when the owner is gone.

    Ctrl-C in a terminal reaches all processes; this one ignores it, because the owner will stop it. SIGTERM ends it at
    once, after a last sync.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    processes.end_with_parent(ORPHAN_SECONDS)
    log_as_child(json_logs)
    runner = asyncio.Runner()
    runner.run(_WorkerLoop(connection, archive_dir, software, limits).run())
    logging.shutdown()
    # Everything is synced and announced. Waiting for threads (a DNS look-up, a pipe that nobody reads) could take
    # forever.
    os._exit(0)


class OwnerGone(CrawlError):
    """The owner no longer reads the messages of the crawler process."""


class PipeConnection:
    """The pipe to the owner: one thread reads, one writes, so that neither blocks the event loop."""

    def __init__(self, connection: Connection, hear: Callable[[ToWorker], None], ended: Callable[[], None]) -> None:
        self._connection = connection
        self._hear = hear
        self._ended = ended
        self._loop = asyncio.get_running_loop()
        self._outbox: queue.SimpleQueue[tuple[FromWorker, asyncio.Future[None]]] = queue.SimpleQueue()
        for work in (self._read, self._write):
            threading.Thread(target=work, daemon=True, name=f"pipe{work.__name__}").start()

    async def send(self, message: FromWorker) -> None:
        """Send a message; returns when the pipe has it. Raises OwnerGone."""
        sent: asyncio.Future[None] = self._loop.create_future()
        self._outbox.put((message, sent))
        await sent

    def _read(self) -> None:
        try:
            while True:
                self._loop.call_soon_threadsafe(self._hear, self._connection.recv())
        except (EOFError, OSError):
            self._loop.call_soon_threadsafe(self._ended)

    def _write(self) -> None:
        while True:
            message, sent = self._outbox.get()
            try:
                self._connection.send(message)
            except OSError:
                self._loop.call_soon_threadsafe(self._ended)
                self._loop.call_soon_threadsafe(_settle, sent, OwnerGone("the owner of the crawler process is gone"))
            else:
                self._loop.call_soon_threadsafe(_settle, sent, None)


class _WorkerLoop:
    """What runs in the crawler process: reads messages of the owner, starts batches, stops cleanly."""

    def __init__(self, connection: Connection, archive_dir: Path, software: str, limits: Limits) -> None:
        self._connection = connection
        self._archive_dir = archive_dir
        self._software = software
        self._limits = limits
        self._numbers = itertools.count(1)
        self._questions: dict[int, asyncio.Future[Mapping[str, Validators | None]]] = {}
        self._crawlers: set[Crawler] = set()
        self._batches: set[asyncio.Task[None]] = set()
        self._stopping: asyncio.Future[float]

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        self._stopping = loop.create_future()
        loop.set_default_executor(ThreadPoolExecutor(_THREADS))
        loop.add_signal_handler(signal.SIGTERM, self._stop_at_once)
        self._pipe = PipeConnection(self._connection, self._hear, self._stop_at_once)
        self._group_commit = GroupCommit(WarcWriter(self._archive_dir, self._software), self._pipe.send, self._limits)
        flushing = asyncio.create_task(self._group_commit.run())
        flushing.add_done_callback(self._end_with_commit)
        try:
            await self._pipe.send(Ready())
            grace = await self._stopping
            await self._finish(grace)
            async with asyncio.timeout(max(1.0, grace * (1 - _FINISHING) / 2)):
                await self._group_commit.flush()
        except (OwnerGone, TimeoutError):
            await self._group_commit.make_durable()
        self._group_commit.close()

    def _hear(self, message: ToWorker) -> None:
        if isinstance(message, Batch):
            task = asyncio.create_task(self._crawl(message))
            self._batches.add(task)
            task.add_done_callback(self._batches.discard)
        elif isinstance(message, Fresh):
            question = self._questions.pop(message.request_id, None)
            if question is not None and not question.done():
                question.set_result({url: message.known.get(url) for url in message.urls})
        elif not self._stopping.done():
            self._stopping.set_result(message.grace)

    def _stop_at_once(self) -> None:
        if not self._stopping.done():
            self._stopping.set_result(0.0)

    def _end_with_commit(self, flushing: asyncio.Task[None]) -> None:
        error = None if flushing.cancelled() else flushing.exception()
        if error is not None and not isinstance(error, OwnerGone):
            log.error("the crawler cannot go on writing", exc_info=error)
        self._stop_at_once()

    async def _ask(self, source: str, links: tuple[Link, ...]) -> Mapping[str, Validators | None]:
        number = next(self._numbers)
        question: asyncio.Future[Mapping[str, Validators | None]] = asyncio.get_running_loop().create_future()
        self._questions[number] = question
        try:
            await self._pipe.send(LinksFound(number, source, links))
            return await question
        finally:
            self._questions.pop(number, None)

    async def _crawl(self, batch: Batch) -> None:
        crawler = Crawler(NewsroomSpider, scrapy_settings(self._limits))
        self._crawlers.add(crawler)
        try:
            await crawler.crawl_async(
                batch=batch,
                group_commit=self._group_commit,
                ask=self._ask,
                tell=self._pipe.send,
                software=self._software,
                limits=self._limits,
            )
        except Exception as error:  # a job's boundary: the process lives on for other batches
            log.exception("a batch of %d sources failed", len(batch.jobs))
            for name in _unfinished(crawler, batch):
                self._group_commit.tell_in_order(Finished(name, _fault(error)))
        finally:
            self._crawlers.discard(crawler)

    async def _finish(self, grace: float) -> None:
        """Let batches end by themselves, then end them."""
        spiders = [crawler.spider for crawler in self._crawlers if isinstance(crawler.spider, NewsroomSpider)]
        for spider in spiders:
            spider.close_crawls("stop", "asked to stop")
        if self._batches and grace:
            await asyncio.wait(self._batches, timeout=grace * _FINISHING)
        for spider in spiders:
            spider.cancel_crawls()
        if self._batches and grace:
            await asyncio.wait(self._batches, timeout=grace * (1 - _FINISHING) / 2)


def _settle(sent: asyncio.Future[None], error: OwnerGone | None) -> None:
    if sent.done():
        return
    if error is None:
        sent.set_result(None)
    else:
        sent.set_exception(error)


def _unfinished(crawler: Crawler, batch: Batch) -> tuple[str, ...]:
    spider = crawler.spider
    done = spider.finished if isinstance(spider, NewsroomSpider) else frozenset()
    return tuple(job.source.name for job in batch.jobs if job.source.name not in done)


def _fault(error: Exception) -> Outcome:
    return Outcome(errors=1, message=f"{type(error).__name__}: {error}", stopped_by="fault")
