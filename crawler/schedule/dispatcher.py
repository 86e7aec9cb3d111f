"""Sends due sources to the crawler process, and passes what it reports to the archive.

`dateline crawl` and the daemon both use one `Dispatcher`. It owns the crawler process, starts another if it died or
hangs, and replaces it when it is old. It knows the archive only as a `Keeper`; what is due of each source is `DueWork`.
It gets the time from a given clock, and never waits longer than its caller allows.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Protocol

from archive.core.model import CrawlCounts
from crawler.schedule.due import CrawlQueue, overtime
from crawler.schedule.due_work import DueWork
from crawler.schedule.keeper import Keeper
from crawler.schedule.network import NetworkWatch
from crawler.schedule.runs import CrawlObserver, Ending, Report, Run, joined
from crawler.sources.sources import Source
from crawler.worker.messages import (
    Archived,
    BackfillProgress,
    Batch,
    DocumentRead,
    Dropped,
    Finished,
    Fresh,
    FromWorker,
    HostRefused,
    LinksFound,
    Outcome,
    Ready,
    RobotsRead,
    ToWorker,
)

log = logging.getLogger(__name__)

DIED = "the crawler process died"
HUNG = "the crawler process hung"

_OVERTIME = timedelta(minutes=2)
"""Beyond the `timeout` of its source, until a run counts as hung."""

_MESSAGES_A_TURN = 200
"""Messages of the crawler process that are taken before what they brought is stored."""

_SOON = 0.02
"""Seconds to wait for messages while a run only waits until its captures are in the tables."""

_RENEW_WITHIN = 5.0
"""Seconds that an old process, which has nothing to do, has to end."""

_FOR_CRAWLER = 0.7
"""The part of the time for a stop that the crawler process may use; the rest is for storing what it fetched."""


class CrawlerProcess(Protocol):
    """The crawler process as its owner uses it; `crawler.worker.owner.Worker` is one."""

    @property
    def alive(self) -> bool:
        """Whether it runs, or has sent something that was not yet read."""

    def start(self) -> None:
        """Start it; it says `Ready` when it accepts batches."""

    def send(self, message: ToWorker) -> None:
        """Send a message; it is lost if the process is dying."""

    def poll(self, timeout: float) -> FromWorker | None:
        """The next message, waited for at most so many seconds; None where none came."""

    def stop(self, grace: float) -> None:
        """Ask it to end its crawls and itself within so many seconds. Does not wait."""

    def kill(self) -> None:
        """End it now."""


class Dispatcher:
    """The sources that wait and run, the process that crawls them, and the keeper of what is fetched.

    `process` makes a new crawler process; `clock` gives an aware moment. At most `most` sources run at once; the
    process is renewed after `renew_after` batches as soon as nothing runs. `limit`, `since` and `part` are those of
    `DueWork`. `unfinished` has the sources whose backfill has further to go, by how their last crawl ended.
    """

    def __init__(
        self,
        keeper: Keeper,
        process: Callable[[], CrawlerProcess],
        clock: Callable[[], datetime],
        observer: CrawlObserver,
        most: int = 64,
        renew_after: int = 500,
        limit: int | None = None,
        since: date | None = None,
        part: int | None = None,
    ) -> None:
        self.keeper = keeper
        self.make_process = process
        self.clock = clock
        self.observer = observer
        self.most = most
        self.renew_after = renew_after
        self.work = DueWork(limit, since, part)
        self.unfinished: dict[str, Report] = {}
        self.queue = CrawlQueue()
        self.sources: Mapping[str, Source] = {}
        self.runs: dict[str, Run] = {}
        self.tried_again: set[str] = set()
        self.process: CrawlerProcess | None = None
        self.batches = 0
        self.disk_full = False
        self.network = NetworkWatch()

    @property
    def idle(self) -> bool:
        """Nothing waits and nothing runs."""
        return self.queue.idle

    def ask(self, name: str) -> None:
        """A source became due."""
        self.work.add_watch(name)
        self.queue = self.queue.ask(name)

    def ask_part(self, name: str) -> None:
        """A part of the backfill of a source became due. Where the source is due, too, one crawl does both."""
        self.work.add_part(name)
        self.queue = self.queue.ask(name)

    def turn(self, timeout: float) -> None:
        """Start what may start, hear the crawler (waiting up to `timeout` seconds), and check that it is alive."""
        self._renew()
        self._start()
        if self.process is not None:
            self._hear(self.process, min(timeout, _SOON) if self._ending() else timeout)
        self.keeper.poll()
        self._close_runs()
        if self.process is None:
            return
        if not self.process.alive:
            if not self.keeper.stopping:  # else the signal reached the crawler too, and no source is to blame
                self._lost(DIED, tuple(self.runs))
        elif late := overtime(self._limits(), self.clock(), _OVERTIME):
            self._lost(HUNG, late)

    def stop(self, grace: float) -> None:
        """End within `grace` seconds. What the crawler can finish is kept; the rest is left for another crawl.

        For a run that is interrupted no end is recorded, so its source is overdue at the next start.
        """
        if self.process is None:
            return
        until = self.clock() + timedelta(seconds=grace)
        self.process.stop(grace * _FOR_CRAWLER)
        self._hear_out(self.process, until)
        self.keeper.store_within(max((until - self.clock()).total_seconds(), 0.5))
        for run in tuple(self.runs.values()):
            self.observer.ended(run, self._cut_short(run))
        self.runs.clear()

    def abandon(self) -> None:
        """End all crawls at once, without storing anything. Those sources are the first in the queue again, and
        what was due of each is due still; the next turn starts them.

        `Keeper.recover` finds what the crawler process wrote to the WARC files.
        """
        if self.process is not None:
            self.process.kill()
            self.process = None
        for name in reversed(tuple(self.queue.running)):  # also one whose beginning could not be stored
            if name in self.runs:
                self.work.add_again(self.runs[name])
            self.queue = self.queue.again(name)
        self.runs.clear()
        self.disk_full = False

    def _cut_short(self, run: Run) -> Report:
        """The counts of a run that was interrupted: no end of it is recorded, only what was stored."""
        now = self.clock()
        outcome = Outcome(seconds=(now - run.started).total_seconds(), message="stopped", stopped_by="stop")
        return joined(run, Report(run.source.name, outcome, self.keeper.count(run.number, now), False, (run.number,)))

    def _hear_out(self, process: CrawlerProcess, until: datetime) -> None:
        """Take what a process that was asked to stop still sends, then end it. What comes later than `until` is found
        in the WARC files at the next start."""
        while process.alive and self.clock() < until:
            message = process.poll(0.1)
            if message is not None and not _of_a_stop(message):
                self._take(process, message)
        process.kill()
        self.process = None

    def _start(self) -> None:
        chosen, self.queue = self.queue.start(self.sources, self.most)
        if not chosen:
            return
        process = self._ready_process()
        now = self.clock()
        jobs = tuple(self.work.job(self.keeper, source, now) for source in chosen)
        for job in jobs:
            run = self.runs[job.source.name] = self.work.begin(self.keeper, job, now)
            self.observer.started(run)
        self.batches += 1
        process.send(Batch(jobs))

    def _ready_process(self) -> CrawlerProcess:
        if self.process is None:
            self.process = self.make_process()
            self.process.start()
            self.batches = 0
        return self.process

    def _renew(self) -> None:
        if self.process is not None and not self.runs and self.batches >= self.renew_after:
            log.info("the crawler process is renewed after %d batches", self.batches)
            self.process.stop(_RENEW_WITHIN)
            self._hear_out(self.process, self.clock() + timedelta(seconds=_RENEW_WITHIN))

    def _limits(self) -> dict[str, tuple[datetime, float]]:
        return {name: (run.started, run.source.timeout) for name, run in self.runs.items() if run.ended is None}

    def _ending(self) -> list[Run]:
        return [run for run in self.runs.values() if run.ended is not None]

    def _hear(self, process: CrawlerProcess, timeout: float) -> None:
        for _ in range(_MESSAGES_A_TURN):
            message = process.poll(timeout) if self.keeper.has_room(timeout) else None
            if message is None:
                return
            self._take(process, message)
            timeout = 0

    def _take(self, process: CrawlerProcess, message: FromWorker) -> None:
        now = self.clock()
        match message:
            case LinksFound(request_id, source, links):
                fresh = self.keeper.fresh(source, links, now)
                self._went_on(source, links=len(fresh))
                process.send(Fresh(request_id, fresh, self.keeper.conditions(source, fresh, now)))
            case Archived(captures):
                self.network.answered(now)
                self.keeper.add(captures)
                for capture in captures:
                    self._went_on(capture.source, captures=int(capture.kind == "page"))
            case Dropped():
                self.keeper.drop(message, now)
                self._went_on(message.source, dropped=1)
            case DocumentRead():
                self.keeper.read(message, now)
                self._went_on(message.source, documents=1)
            case RobotsRead():
                self.keeper.keep_robots(message)
            case BackfillProgress():
                self.keeper.note_backfill(message, now)
                if message.source in self.runs and not message.finished:
                    self.runs[message.source].backfill = message
            case HostRefused():
                self.keeper.refused(message, now)
            case Finished(source, outcome):
                self.tried_again.discard(source)
                self.disk_full |= outcome.stopped_by == "disk"
                self.network.ended(source, outcome, now)
                self._end(source, outcome, failed=_failed(outcome))
            case Ready():
                log.debug("the crawler process is ready")

    def _went_on(self, name: str, captures: int = 0, dropped: int = 0, documents: int = 0, links: int = 0) -> None:
        run = self.runs.get(name)
        if run is None:
            return
        run.captures += captures
        run.dropped += dropped
        run.documents += documents
        run.links += links
        run.seconds = (self.clock() - run.started).total_seconds()
        self.observer.went_on(run)

    def _end(self, name: str, outcome: Outcome, failed: bool, again: bool = False) -> None:
        run = self.runs.get(name)
        if run is not None and run.ended is None:
            run.ended = Ending(outcome, failed, again, self.keeper.checkpoint())

    def _close_runs(self) -> None:
        """Finish the runs whose captures are all in the tables; only now their counts are known."""
        for run in self._ending():
            ended = run.ended
            if ended is None or not self.keeper.is_stored(ended.checkpoint):
                continue
            if ended := self.network.judged(run, ended, self.runs.values()):
                self._close(run, ended)

    def _close(self, run: Run, ended: Ending) -> None:
        """Record the end of a run. Its source is crawled once more where that goes on or was interrupted."""
        name, now = run.source.name, self.clock()
        report = self._report(run, ended, now)
        del self.runs[name]
        goes_on = self.work.is_short_of_limit(report) or self._is_one_doubted(run, report, now)
        if goes_on or ended.again:
            self.work.add_again(run)
            self.queue = self.queue.again(name)
        else:
            self.queue = self.queue.finish(name)
        if goes_on:
            self.work.rounds[name] = report
            return
        if ended.outcome.unfinished:
            self.unfinished[name] = report
        self.observer.ended(run, report)

    def _report(self, run: Run, ended: Ending, now: datetime) -> Report:
        """What a run came to, with its earlier rounds."""
        tally = self.keeper.finish(run.number, ended.outcome, ended.failed, now)
        outcome = replace(ended.outcome, seconds=(now - run.started).total_seconds())
        is_failure = ended.failed and not ended.again
        report = joined(run, Report(run.source.name, outcome, tally, is_failure, (run.number,)))
        if not run.earlier:
            return report
        tallies = (self.keeper.count(number, now) for number in report.runs)  # what was new may have moved since
        return replace(report, tally=sum(tallies, CrawlCounts()))

    def _is_one_doubted(self, run: Run, report: Report, now: datetime) -> bool:
        """Whether a release came up at another address: its own is asked at once, so that a move is told as one."""
        over = run.is_watch and not report.failed and not report.outcome.stopped_by and len(report.runs) == 1
        return over and self.keeper.is_one_doubted(run.source.name, run.started, now)

    def _lost(self, why: str, blamed: tuple[str, ...]) -> None:
        """The process died or must be killed: keep what it wrote, and crawl what it had not finished once more."""
        log.warning("%s; it is started again", why)
        if self.process is not None:
            self._hear_out(self.process, self.clock())
        self.keeper.recover()
        for name in [name for name, run in self.runs.items() if run.ended is None]:
            again = name not in self.tried_again and not (why == HUNG and name in blamed)
            self.tried_again.discard(name)
            if again:
                self.tried_again.add(name)
            self._end(name, Outcome(message=why, errors=1, stopped_by="fault"), failed=True, again=again)
        self._close_runs()


def _of_a_stop(message: FromWorker) -> bool:
    """Whether a message only says that the crawl was stopped: that is not a failure, and another crawl goes on."""
    return isinstance(message, Finished) or (isinstance(message, Dropped) and message.retry)


def _failed(outcome: Outcome) -> bool:
    if outcome.problems or outcome.stopped_by in ("disk", "fault", "refused", "time", "bytes"):
        return True
    return outcome.errors > 0 and outcome.captures == 0
