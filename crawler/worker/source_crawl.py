"""One crawl of one source, from its first request to its outcome."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from archive.core.model import Kind, Link, Validators
from archive.core.robots import robots_of
from crawler.discover.documents.consent import ConsentWalls
from crawler.fetch.answers import Answer
from crawler.fetch.errors import HostClosed, NotFetched, SourceRefuses
from crawler.fetch.fetcher import Fetcher
from crawler.fetch.settings import Limits
from crawler.worker.group_commit import GroupCommit
from crawler.worker.messages import (
    DocumentRead,
    Dropped,
    FromWorker,
    HostRefused,
    Job,
    Outcome,
    RobotsRead,
    StoppedBy,
)
from crawler.worker.page_queue import PageQueue, PageRequest
from crawler.worker.walk.document_reader import DocumentReader, is_before
from crawler.worker.walk.document_walk import DocumentWalk

log = logging.getLogger(__name__)

_NOT_FOUND = frozenset({404, 410})
_SEVERAL = 2
"""Pages that failed, from which on they are counted in words."""

_FEWEST_ABSENT = 3
"""New pages that were not found, and none that was, after which it is the source that fails and no single page."""

Ask = Callable[[str, tuple[Link, ...]], Awaitable[Mapping[str, Validators | None]]]


class SourceCrawl:
    """Fetches what one job asks for. `run` only raises when it is cancelled; everything else is in the outcome."""

    def __init__(
        self,
        job: Job,
        fetcher: Fetcher,
        commit: GroupCommit,
        ask: Ask,
        tell: Callable[[FromWorker], Awaitable[None]],
        limits: Limits,
    ) -> None:
        self.job = job
        self._fetcher = fetcher
        self._commit = commit
        self._limits = limits
        self._pages = PageQueue(job.limit, job.source.max_pages)
        self._walks_back = job.backfill and (job.backfilled is None or job.is_backfill_under_way)
        self._gate = asyncio.Semaphore(limits.backfill_concurrency if self._walks_back else limits.concurrency)
        self._walls = ConsentWalls({document.url: document.through for document in job.documents})
        reader = DocumentReader(
            job,
            fetcher,
            self._pages,
            ask=partial(ask, job.source.name),
            tell=tell,
            tell_in_order=commit.tell_in_order,
            drop=self._drop,
            gate=self._gate if self._walks_back else None,
            walls=self._walls,
        )
        self._walk = DocumentWalk(reader, limits)
        self._began = time.monotonic()
        self._errors = 0
        self._pages_fetched = 0
        self._pages_failed = 0
        self._rules_kept: Counter[str] = Counter()
        self._found: Counter[bool] = Counter()
        self._first_absent = ""
        self._first_error = ""
        self._stopped_by: StoppedBy = ""
        self._message = ""

    async def run(self) -> None:
        """Crawl until everything is fetched, a limit is reached, the time is over, or `close` is called."""
        self._commit.begin(self.job.source.name, self._walks_back)
        try:
            async with asyncio.timeout(self.job.source.timeout):
                await self._crawl()
            if self._fetcher.out_of_time:
                raise TimeoutError
        except TimeoutError:
            self.close("time", f"stopped after {self.job.source.timeout:g} seconds")
        except SourceRefuses as refusal:
            self.close(refusal.by, str(refusal))
        except Exception as error:  # a job's boundary: one source's fault must not end the others
            log.exception("the crawl of %s failed", self.job.source.name)
            self.close("fault", _in_words(error))
        finally:
            self._report_refusals()

    def close(self, by: StoppedBy, message: str) -> None:
        """Start no more requests; running ones may finish. Of several reasons the first one counts."""
        if not self._stopped_by:
            self._stopped_by, self._message = by, message
        self._pages.close()

    def outcome(self) -> Outcome:
        """The outcome of the crawl; GroupCommit adds whether its records were written."""
        problems = (*self._walk.problems(), *self._problem_of_pages())
        refused = {refusal.host for refusal in self._fetcher.refusals}
        return Outcome(
            requests=self._fetcher.requests,
            errors=self._errors,
            seconds=time.monotonic() - self._began,
            message=self._message or "; ".join(problems) or self._errors_in_words() or "; ".join(self._walk.remarks()),
            stopped_by=self._stopped_by or self._pages.reason,
            problems=problems,
            answered=tuple(sorted(self._fetcher.answered - refused)),
            unfinished=self._walk.unfinished,
            paces=tuple(self._fetcher.paces.items()),
            passages=tuple(self._walls.found.items()),
            unreached=tuple(self._fetcher.reach.unreached.items()),
        )

    async def _crawl(self) -> None:
        home = self._walk.entrance()
        rules = await self._fetcher.rules(home)
        self._report_robots()
        if rules.closed:
            self._drop_robots(home, rules.closed)
            self.close("refused", rules.closed)
            return
        pending = (link for link in self.job.pending if not is_before(link, self.job.since))
        self._pages.add(PageRequest(link.url, link) for link in pending)
        self._pages.add(PageRequest(front, Link(front), Validators(), "probe") for front in self.job.front_pages)
        self._pages.add(
            PageRequest(again.url, again.link, again.validators, is_named=False) for again in self.job.rechecks
        )
        if self.job.probe:
            self._pages.add([PageRequest(self.job.probe, None, Validators(), "probe")])
        fetchers = self._limits.polite_concurrency if self.job.source.delay > 0 else self._limits.concurrency
        async with asyncio.TaskGroup() as group:
            group.create_task(self._walk_documents())
            for _ in range(fetchers):
                group.create_task(self._fetch_pages())
        self._report_robots()
        if self._fetcher.closed:
            self._drop_robots(home, self._fetcher.closed)

    async def _walk_documents(self) -> None:
        try:
            await self._walk.run()
        except* SourceRefuses as refusals:
            self.close(*_ended_by(refusals))
        finally:
            self._pages.complete()

    async def _fetch_pages(self) -> None:
        while (request := await self._pages.take()) is not None:
            await self._commit.room()
            if failure := self._commit.failure(self.job.source.name):
                self.close("disk", failure)
                return
            try:
                async with self._gate:
                    answer = await self._walls.get(partial(self._get, request), request.url, redirected=True)
                    if self._walks_back:
                        await self._commit.written()
                self._pages_fetched += 1
                if request.link is not None and request.is_named and request.kind == "page":
                    self._count_found(request.url, answer.status)
            except NotFetched as failed:
                self._drop(request.url, failed, request.kind)
            except HostClosed as closed:
                self.close(closed.by, str(closed))
            except SourceRefuses as refusal:
                self._drop(request.url, NotFetched(str(refusal), retry=True, failure=True), request.kind)
                self.close(refusal.by, str(refusal))

    async def _get(self, request: PageRequest, by: str) -> Answer:
        return await self._fetcher.get(request.url, request.kind, request.link, request.earlier, by)

    def _count_found(self, url: str, status: int) -> None:
        is_found = status not in _NOT_FOUND
        self._found[is_found] += 1
        if not is_found:
            self._first_absent = self._first_absent or url

    def _drop(self, url: str, failed: NotFetched, kind: Kind) -> None:
        if failed.failure:
            self._errors += 1
            self._first_error = self._first_error or f"{url}: {failed.reason}"
            self._pages_failed += kind == "page"
        elif kind == "page":
            self._rules_kept[failed.reason.rpartition(": ")[2]] += 1
        self._commit.tell_in_order(Dropped(self.job.source.name, url, failed.reason, failed.retry, kind))

    def _drop_robots(self, home: str, closed: str) -> None:
        """Report that robots.txt closes the host of the entrance, perhaps a list itself: it is not to blame."""
        self._drop(robots_of(home), NotFetched(closed, retry=True, failure=True), "robots")

    def _errors_in_words(self) -> str:
        """The first error; where several pages failed, how many of how many did, and that they are tried again."""
        if self._pages_failed < _SEVERAL:
            return self._first_error
        pages = f"{self._pages_failed} of {self._pages_failed + self._pages_fetched} pages"
        again = "they are tried again, `dateline status` says when"
        return f"{pages} could not be fetched, the first trouble was {self._first_error}; {again}"

    def _problem_of_pages(self) -> tuple[str, ...]:
        """Why no new page could be fetched: a rule (robots.txt, redirects to another site), or none was there."""
        absent = self._found[False]
        if absent >= _FEWEST_ABSENT and not self._found[True]:
            return (f"no release could be fetched; {absent} of {absent}: not found, as {self._first_absent}",)
        if self._pages_fetched or not self._rules_kept:
            return ()
        reason, count = self._rules_kept.most_common(1)[0]
        return (f"no release could be fetched; {count} of {self._rules_kept.total()}: {reason}",)

    def _report_refusals(self) -> None:
        name = self.job.source.name
        for refusal in self._fetcher.refusals:
            self._commit.tell_in_order(HostRefused(name, refusal.host, refusal.reason, refusal.seconds))

    def _report_robots(self) -> None:
        """Report every robots.txt that was asked for since the last call to the owner."""
        read = self._fetcher.take_robots_read()
        name = self.job.source.name
        for copy, answer in read:
            self._commit.tell_in_order(RobotsRead(name, copy))
            if answer is not None:
                full = answer.status == 200
                note = "" if full else f"the server answered {answer.status}"
                self._commit.tell_in_order(
                    DocumentRead(name, copy.url, "robots", answer.validators, note=note, full=full)
                )


def _ended_by(refusals: BaseExceptionGroup[SourceRefuses]) -> tuple[StoppedBy, str]:
    """What ended a crawl: the first of several refusals."""
    first: BaseException = refusals
    while isinstance(first, BaseExceptionGroup):
        first = first.exceptions[0]
    return (first.by, str(first)) if isinstance(first, SourceRefuses) else ("refused", str(first))


def _in_words(error: BaseException) -> str:
    """An unexpected exception in words, or the first of several that parallel tasks raised."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return f"{type(error).__name__}: {error}"
