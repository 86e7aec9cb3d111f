"""The daemon: requests a crawl of each source when its schedule says so, and reads sources.toml again when it changes.

due.py decides what may run when; dispatcher.py runs it. APScheduler counts the time.
"""

from __future__ import annotations

import logging
import queue
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from apscheduler.schedulers.base import BaseScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from archive.core.errors import SourcesError
from crawler.schedule.dispatcher import Dispatcher
from crawler.schedule.due import spread
from crawler.schedule.rhythm import Limits, learn
from crawler.schedule.runs import CrawlObserver, Report, Run
from crawler.schedule.triggers import first_time, trigger_of
from crawler.sources import sources
from crawler.sources.pace import from_words, joined
from crawler.sources.schedule import Auto
from crawler.sources.sources import Source

log = logging.getLogger(__name__)

RELOAD = "\n"
"""An entry in the queue of due names that means "read sources.toml and decisions.toml again". No source has this
name."""

PART = 100
"""Releases that one part of a backfill fetches, beside the crawls that watch."""

PART_OF = "\t"
"""What stands before a name in the queue of due names for a part of its backfill; no source can have such a name."""

STOP_WITHIN = 4.0
"""The seconds in which running crawls must end."""

_FIRST_PART, _BETWEEN_PARTS, _AFTER_FAILURE = timedelta(seconds=2), timedelta(minutes=2), timedelta(minutes=30)
_APART, _WITHIN, _LEAST_APART = timedelta(seconds=0.5), timedelta(minutes=1), timedelta(seconds=0.1)
_SET_BACK = timedelta(minutes=5)


class CrawlHistory(Protocol):
    """The history of crawls that the daemon reads and writes; `scheduler.ArchiveSession` is one."""

    def last_crawls(self) -> dict[str, datetime]: ...
    def watch(self, sources: Iterable[Source]) -> None: ...
    def decide(self) -> None: ...
    def recover(self) -> None: ...
    def publications(self, source: str, now: datetime) -> tuple[tuple[datetime, ...], tuple[str, ...]]: ...


class _Listening:
    """Passes on what a crawl reports to whoever watches it, and notes the sources whose crawl ended, with its start."""

    def __init__(self, observer: CrawlObserver) -> None:
        self.observer = observer
        self.finished: list[tuple[str, datetime]] = []

    def started(self, run: Run) -> None:
        self.observer.started(run)

    def went_on(self, run: Run) -> None:
        self.observer.went_on(run)

    def ended(self, run: Run, report: Report) -> None:
        self.observer.ended(run, report)
        self.finished.append((report.source, run.started))


class Daemon:
    """Crawls of each source when it is due, until asked to stop.

    APScheduler's thread only puts names into a queue; everything else happens in `turn`, in the caller's thread.
    `store` says when each source was last crawled to the end, and records which sources are watched. `beside` are other
    files; if they change, the daemon reads everything again.
    """

    def __init__(
        self,
        file: Path,
        crawl: Dispatcher,
        clock: Callable[[], datetime],
        store: CrawlHistory,
        scheduler: BaseScheduler,
        look_every: float = 2.0,
        beside: tuple[Path, ...] = (),
    ) -> None:
        self.file = file
        self.files = (file, *beside)
        self.crawl = crawl
        self.clock = clock
        self.store = store
        self.due: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.scheduler = scheduler
        self.look_every = look_every
        self.seen: tuple[tuple[int, int], ...] = ()
        self.latest = clock()
        self.known: tuple[Source, ...] = ()
        self.parted: set[str] = set()
        self.listening = crawl.observer = _Listening(crawl.observer)

    def start(self) -> None:
        """Read sources.toml and start the scheduler. Raises SourcesError if the file has a mistake."""
        self.seen = self.stamp()
        self.watch(sources.load(self.file))
        self._look_from(self.clock())
        self.scheduler.start()
        due = self.next_times()
        then = f"; the next is due at {min(due.values()):%Y-%m-%d %H:%M} UTC" if due else ""
        log.info("the daemon runs; sources on schedule: %d%s", len(due), then)

    def _look_from(self, now: datetime) -> None:
        """Look at the files regularly. Also wakes the scheduler so often that a computer that slept is late by seconds,
        not by its sleep."""
        self.scheduler.add_job(
            self.look_at_file,
            IntervalTrigger(seconds=self.look_every, start_date=now, timezone=UTC),
            id=RELOAD,
            misfire_grace_time=None,
            replace_existing=True,
        )

    def turn(self, timeout: float) -> None:
        """Start what is due, and run the crawls for at most `timeout` seconds."""
        self._watch_clock()
        try:
            self._take(self.due.get(timeout=timeout if self.crawl.idle else 0.001))
            while True:
                self._take(self.due.get_nowait())
        except queue.Empty:
            self.crawl.turn(timeout)
        self._plan_parts()
        self._learn()

    def _plan_parts(self) -> None:
        """Go on with every backfill that has further to go, after a while in which its host is left alone.

        The first part follows the first crawl at once. A part that is planned stays planned, however often its source
        is crawled meanwhile.
        """
        ended, self.crawl.unfinished = self.crawl.unfinished, {}
        for name, report in ended.items():
            if self.scheduler.get_job(PART_OF + name):
                continue
            wait = _AFTER_FAILURE if report.failed else _BETWEEN_PARTS if name in self.parted else _FIRST_PART
            self.scheduler.add_job(
                self.due.put,
                DateTrigger(self.clock() + wait, timezone=UTC),
                (PART_OF + name,),
                id=PART_OF + name,
                misfire_grace_time=None,
                replace_existing=True,
            )

    def _learn(self) -> None:
        """Plan sources with an adaptive schedule anew after a crawl: by what it found, and what the feed asks for."""
        finished, self.listening.finished = self.listening.finished, []
        now = self.clock()
        for name, started in finished:
            source = self.crawl.sources.get(name)
            if source is not None and isinstance(source.schedule, Auto) and self.scheduler.get_job(name):
                moments, paces = self.store.publications(name, now)
                rhythm = learn(moments, now, Limits(), joined([from_words(pace) for pace in paces]))
                trigger = trigger_of(source, now, now, rhythm)
                planned = self.scheduler.get_job(name).next_run_time
                due = max(trigger.get_next_fire_time(started, now) or planned, now)
                self.scheduler.modify_job(name, trigger=trigger, next_run_time=min(due, planned))

    def stop(self) -> None:
        """Stop the scheduler and end the crawls, within seconds."""
        if self.scheduler.running:
            self.scheduler.shutdown(wait=False)
            log.info("the daemon ends")
        self.crawl.stop(STOP_WITHIN)

    def look_at_file(self) -> None:
        """Request a reload if sources.toml or decisions.toml has changed since it was read."""
        stamp = self.stamp()
        if stamp != self.seen:
            self.seen = stamp
            self.due.put(RELOAD)

    def reload(self) -> None:
        """Read both files again. A file with a mistake changes nothing; the log names the mistake."""
        self.seen = self.stamp()
        try:
            known = sources.load(self.file)
            self.watch(known)
        except SourcesError as error:
            log.error("sources.toml was changed but has a mistake; the sources stay as they were. %s", error)
        else:
            log.info("sources.toml was read again: %d sources", len(known))
        try:
            self.store.decide()
        except SourcesError as error:
            log.error("decisions.toml was changed but has a mistake; what was decided before holds. %s", error)

    def watch(self, known: Iterable[Source]) -> None:
        """Crawl these sources and no others, without those that are paused or not watched.

        Those whose schedule did not change keep their next time.
        """
        self.known = tuple(known)
        wanted = {source.name: source for source in self.known if source.state == "watched"}
        now, last = self.clock(), self.store.last_crawls()
        changed = [
            source
            for name, source in wanted.items()
            if name not in self.crawl.sources or self.crawl.sources[name].schedule != source.schedule
        ]
        triggers = {source.name: trigger_of(source, last.get(source.name), now) for source in changed}
        first = {name: first_time(trigger, last.get(name), now) for name, trigger in triggers.items()}
        overdue = [name for name, at in first.items() if at == now]
        at_once = spread(overdue, now, _APART, max(_WITHIN, len(overdue) * _LEAST_APART))
        for name in set(self.crawl.sources) - set(wanted):
            self.scheduler.remove_job(name)
        for name, trigger in triggers.items():
            self.scheduler.add_job(
                self.due.put,
                trigger,
                (name,),
                id=name,
                next_run_time=at_once.get(name, first[name]),
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
                replace_existing=True,
            )
        self.crawl.sources = wanted
        self.store.watch(self.known)

    def _watch_clock(self) -> None:
        """Plan all anew when the clock was set back: what was planned while it was ahead would be due in years."""
        now = self.clock()
        if now < self.latest - _SET_BACK:
            log.warning("the clock was set back from %s to %s: every source is planned again", self.latest, now)
            self._look_from(now)
            self.crawl.sources = {}
            self.watch(self.known)
        self.latest = now

    def next_times(self) -> dict[str, datetime]:
        """When each source is due next."""
        return {job.id: job.next_run_time for job in self.scheduler.get_jobs() if job.id in self.crawl.sources}

    def _take(self, name: str) -> None:
        if name == RELOAD:
            self.reload()
        elif name.startswith(PART_OF):
            self.parted.add(name.removeprefix(PART_OF))
            self.crawl.ask_part(name.removeprefix(PART_OF))
        else:
            self.crawl.ask(name)

    def stamp(self) -> tuple[tuple[int, int], ...]:
        return tuple(map(_stamp, self.files))


def _stamp(file: Path) -> tuple[int, int]:
    try:
        status = file.stat()
    except OSError:
        return (0, 0)
    return (status.st_mtime_ns, status.st_size)
