"""The pipeline from captures to tables: extraction in a pool, decisions in order, one writer that commits in batches.

Captures are entered in the order in which they were added, even if the pool answers in another order. So the same
captures always give the same templates and the same texts.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from archive.boilerplate.decisions import FILE, Decision, load
from archive.core.ids import capture_number
from archive.core.model import Capture, Policy, Unread
from archive.extract.version import EXTRACTOR
from archive.ingest.clock_corrections import STEP, ClockCorrections, utc_now
from archive.ingest.extraction import ExtractionJob, ExtractionQueue, Reading, reading_of
from archive.ingest.recovery import Recovered, recover
from archive.ingest.reextraction import Reextraction
from archive.ingest.task import readable, reason_unread
from archive.store.captures import CaptureStore
from archive.store.database import Store
from archive.store.readings import ExtractedCapture, UnreadCaptures
from archive.store.repeated.stories import StoryStore
from archive.store.repeated.templates import LearnedPage, TemplateStore, TemplateVersion

BATCH = 50
BATCH_SECONDS = 0.5
REREAD_AT_ONCE = 20
"""How many articles are read again at one time while no capture waits; `flush` does the rest."""

_QUEUE = 16
"""For each capture that may be in the pool, how many may wait in order behind a slow one."""

_PATIENCE = 0.1
"""How many seconds to wait for the pool at one time; a request to stop is checked after each wait."""


@dataclass
class _Added:
    """A capture that will be entered in the tables. Without a job, there is nothing to read."""

    capture: Capture
    version: TemplateVersion
    job: ExtractionJob | None


class Ingest:
    """The pipeline from captures to tables. For one thread; what was added is complete only after `flush`.

    At most `in_flight` captures are in the executor at a time (None: as many as keep it busy). `policies` say when a
    source's articles are checked again. `clock` (seconds) decides how long a batch may grow, `now` (UTC) when a capture
    that could not be read is tried again. With `reread_at_once` 0, articles are not read again before the flush; that
    is right if many captures come at once. `stopping` says that everything that can wait for the next start must wait:
    `flush` and `add` return early.
    """

    def __init__(
        self,
        store: Store,
        directory: Path,
        executor: Executor,
        policies: Mapping[str, Policy] | None = None,
        *,
        in_flight: int | None = None,
        reread_at_once: int = REREAD_AT_ONCE,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = utc_now,
        stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        self.store = store
        self.directory = directory
        self.templates = TemplateStore(store.db)
        self.captures = CaptureStore(store, policies, EXTRACTOR, lambda source: self.templates.version(source).template)
        self.unread = UnreadCaptures(store.db, EXTRACTOR)
        self.story_store = StoryStore(store)
        self.clock_corrections = ClockCorrections(directory)
        self.extraction = ExtractionQueue(directory, executor, self.templates.version, in_flight)
        self.reread_at_once = reread_at_once
        self.clock = clock
        self.now = now
        self.stopping = stopping
        self.entered = 0
        self._awaited = 0
        self._added: deque[_Added] = deque()
        self._under_way: set[int] = set()
        self._ready: list[Reading] = []
        self._ready_since = 0.0
        self._reextraction = Reextraction(store, self.captures, self.unread, self.extraction, self.templates, now)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.flush()

    @property
    def backlog(self) -> int:
        """Captures added but not yet in the tables."""
        return len(self._added) + len(self._ready)

    def checkpoint(self) -> int:
        """A number for all captures added so far (`is_stored`); they are committed without waiting for a full batch."""
        self._awaited = self.entered + self.backlog
        return self._awaited

    def is_stored(self, checkpoint: int) -> bool:
        """Whether all that was added before a checkpoint is in the tables; captures are entered in this order."""
        return self.entered >= checkpoint or not self.backlog

    @property
    def is_full(self) -> bool:
        """Whether there are so many captures in the pipeline that more should wait."""
        return len(self._added) >= _QUEUE * self.extraction.in_flight

    @property
    def articles_to_reread(self) -> int:
        """The number of articles that must be read again."""
        return len(self.captures.queue)

    def add(self, captures: Iterable[Capture], *, wait: bool = True) -> None:
        """Add captures that are safely in WARC files; known captures are passed over.

        If the pipeline `is_full` it waits for room; with `wait` false it accepts them anyway.
        """
        captures = [self.clock_corrections.corrected(capture) for capture in captures]
        known = self.captures.known(captures)
        for capture in captures:
            if wait and self.stopping():
                return  # the next start finds them
            number = capture_number(capture)
            if number not in known and number not in self._under_way:
                while wait and self.is_full and not self.stopping():
                    self.wait(_PATIENCE)
                    self._commit_full()
                self._under_way.add(number)
                job = self.extraction.submit(capture) if readable(capture) else None
                self._added.append(_Added(capture, self.templates.version(capture.source), job))
                self.extraction.poll()
                if wait:
                    self._commit_full()
        self.collect()

    def wait(self, seconds: float) -> None:
        """Wait until the pool has an answer, at most for so many seconds."""
        self.extraction.wait(seconds)

    def collect(self) -> None:
        """Commit what is ready: a full batch, what has waited half a second, or the last capture before a `checkpoint`.
        Never waits for the pool.

        Call it now and then between `add`s. When nothing waits, it starts reading articles again, and captures that
        could not be read before.
        """
        self._commit_full()
        is_last = not self._added and self.entered < self._awaited
        if self._ready and (is_last or self.clock() - self._ready_since >= BATCH_SECONDS):
            self._commit()
        self._reextraction.apply_done()
        if not (self._added or self.stopping()):  # new pages first: they may change the template
            self._reextraction.start(self.reread_at_once)
            self._reextraction.retry(alone=True)

    def flush(self) -> None:
        """Wait for everything that was added, commit it, and read again what must be. Then the tables are complete.

        Returns early if asked to stop; the next start does the rest.
        """
        while self._added and not self.stopping():
            self.wait(_PATIENCE)
            self._commit_full()
        self._commit()
        self.retrain()
        again = self._reextraction
        while not self.stopping() and again.start(self.extraction.in_flight) | again.retry(alone=False):
            self.wait(_PATIENCE)
            again.apply_done()
        if not self.stopping():
            self.story_store.rebuild_stories()

    def flush_step(self) -> bool:
        """One step of the work at the end of `flush`, without waiting. False if there is nothing left to do."""
        self.collect()
        if self._added or self._ready or not (self._reextraction.is_idle and self.captures.queue.is_empty):
            return True
        if self.templates.unfinished():
            self.retrain()
            return True
        return self.story_store.rebuild_stories(BATCH) > 0

    def retrain(self) -> None:
        """Build the templates from all samples, and queue the articles for which the verdicts have changed."""
        with self.store.writing():
            for source in self.templates.unfinished():
                self.captures.queue.add_marked(source, self.templates.retrain(source))
                self.templates.tabulate(source)

    def decide(self, decisions: Iterable[Decision]) -> None:
        """Apply exactly these decisions of a person; the articles that they change are read again."""
        with self._training_or_forgetting():
            for source, marks in self.templates.decide(decisions).items():
                self.captures.queue.add_decided(source, marks)

    def read_again(self, numbers: Iterable[int]) -> None:
        """Queue articles (and captures that belong to none), so that `flush` makes them again from their captures."""
        with self.store.writing():
            for number in numbers:
                self.captures.queue.add(number)

    def heal_clock(self, source: str, now: datetime) -> bool:
        """What was read of a source while the clock was ahead counts as read before now (`clock_corrections`).

        Whether there was anything.
        """
        ahead = self.captures.observer.dated_after(source, now + STEP)
        if ahead:
            self.clock_corrections.note(ahead, now)
            with self.store.writing():
                self.captures.redate([self.clock_corrections.corrected(capture) for capture in ahead])
        return bool(ahead)

    def recover(self) -> tuple[Recovered, ...]:
        """Add what is in the WARC files and in crawls.jsonl but not in the tables, and cut off incomplete records;
        call it first.

        Also applies the decisions that were made meanwhile: raises SourcesError if decisions.toml has a mistake.
        """
        self.decide(load(self.directory / FILE))
        with self.store.writing():
            self.unread.wake(self.now())
        self.store.restore_crawls()
        found = recover(self.directory, self.store, self.add, self.stopping)
        self.flush()
        self.store.judge_restored()
        return found

    def _commit_full(self) -> None:
        """Move the captures with answers to the batch, in the order of adding; commit it when it is full."""
        self.extraction.poll()
        while self._added and (self._added[0].job is None or self._added[0].job.answer is not None):
            added = self._added.popleft()
            if not self._ready:
                self._ready_since = self.clock()
            self._ready.append(_reading(added))
            if len(self._ready) >= BATCH:
                self._commit()

    def _commit(self) -> None:
        if not self._ready:
            return
        ready = {capture_number(item.outcome.capture): item for item in self._ready}
        with self._training_or_forgetting():
            entered = self.captures.enter([item.outcome for item in ready.values()])
            items = [ready[capture_number(outcome.capture)] for outcome in entered]
            self._keep(items)
            self._learn(items)
        self.entered += len(entered)
        self._under_way -= ready.keys()
        self._ready.clear()
        self.story_store.rebuild_stories(BATCH)

    @contextmanager
    def _training_or_forgetting(self) -> Iterator[None]:
        """One transaction; if it fails, what was learned in it is dropped too."""
        try:
            with self.store.writing():
                yield
        except BaseException:
            self.templates.forget()
            self.captures.mass.reset()
            raise

    def _keep(self, items: Iterable[Reading]) -> None:
        """Keep the results of articles that have several captures; record which captures could not be read."""
        for item in items:
            if isinstance(item.outcome.result, Unread):
                self.unread.add(item.outcome.capture, item.outcome.result, self.now())
            elif self.captures.observer.is_one_of_many(item.outcome.capture):
                self.captures.kept.keep(item.outcome, item.version.template)

    def _learn(self, entered: Sequence[Reading]) -> None:
        lessons: dict[str, list[LearnedPage]] = {}
        for item in entered:
            if item.sample is not None:
                capture = item.outcome.capture
                lessons.setdefault(capture.source, []).append((item.sample, capture.fetched_at))
        for source, learned in lessons.items():
            self.captures.queue.add_marked(source, self.templates.learn(source, learned))
        for item in entered:
            self._reextraction.check_stale(item)


def _reading(added: _Added) -> Reading:
    if added.job is not None:
        return reading_of(added.job)
    return Reading(ExtractedCapture(added.capture, reason_unread(added.capture)), None, added.version)
