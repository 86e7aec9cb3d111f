"""Captures in, tables out: extraction in a pool, decisions in order, one writer that commits in batches.

Captures are entered in the order in which they were added, whatever order the pool answers in: what is learned of a
source, and with it every text, is then the same when the same captures are added again.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from archive.boilerplate.decisions import FILE, Decision, load
from archive.boilerplate.template import Sample, changed
from archive.core.ids import capture_number
from archive.core.model import Capture, Policy, Rejection
from archive.extract.version import EXTRACTOR
from archive.ingest.recovery import Recovered, recover
from archive.ingest.task import Extracted, extract_captures, readable, reason_unread
from archive.store.captures import CaptureStore, ExtractedCapture, ReextractTask
from archive.store.database import Store
from archive.store.stories import StoryStore
from archive.store.templates import LearnedPage, TemplateStore, TemplateVersion

BATCH = 50
BATCH_SECONDS = 0.5
LOOK_BACK = 20
"""Articles read again at one time when no capture waits; the rest is for `flush`."""

_QUEUE = 16
"""Captures that may wait in order behind a slow one, for each that may be in the pool."""


@dataclass
class _Job:
    """Captures under way in the pool, and the template they are read with. Without a future: nothing is to be read."""

    captures: tuple[Capture, ...]
    version: TemplateVersion
    future: Future[tuple[Extracted, ...]] | None = None


@dataclass(frozen=True)
class _Ready:
    outcome: ExtractedCapture
    sample: Sample | None
    version: TemplateVersion


class Ingest:
    """The pipeline from captures to tables. Used by one thread; `flush` before what was added is to be relied on.

    At most `in_flight` captures are in the executor at a time: `add` blocks when there is no room. `policies` say
    how a source's articles are looked at again. `clock` only decides how full a batch may grow. With
    `look_back` 0 articles are not read again before the flush, which is right when many captures come at once.
    """

    def __init__(
        self,
        store: Store,
        directory: Path,
        executor: Executor,
        policies: Mapping[str, Policy] | None = None,
        *,
        in_flight: int = 16,
        look_back: int = LOOK_BACK,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.store = store
        self.directory = directory
        self.executor = executor
        self.captures = CaptureStore(store, policies, EXTRACTOR)
        self.templates = TemplateStore(store.db)
        self.story_store = StoryStore(store)
        self.in_flight = in_flight
        self.look_back = look_back
        self.clock = clock
        self.entered = 0
        self._jobs: deque[_Job] = deque()
        self._under_way: set[int] = set()
        self._ready: list[_Ready] = []
        self._ready_since = 0.0
        self._again: dict[int, tuple[ReextractTask, _Job]] = {}
        self._running: set[Future[tuple[Extracted, ...]]] = set()

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
        return len(self._jobs) + len(self._ready)

    def add(self, captures: Iterable[Capture]) -> None:
        """Take captures that are safely in WARC files. Those known already are passed over."""
        captures = list(captures)
        known = self.captures.known(captures)
        for capture in captures:
            number = capture_number(capture)
            if number not in known and number not in self._under_way:
                self._under_way.add(number)
                self._make_room()
                self._jobs.append(self._job((capture,), read=readable(capture)))
        self.collect()

    def collect(self) -> None:
        """Commit what is ready, when it is a batch or has waited half a second. Call it now and then between `add`s."""
        self._gather()
        if len(self._ready) >= BATCH or (self._ready and self.clock() - self._ready_since >= BATCH_SECONDS):
            self._commit()
        self._apply_done()
        if not self._jobs:  # new pages first: what they teach may have more read again
            self._read_again(self.look_back)

    def flush(self) -> None:
        """Wait for everything added, commit it, and read again what has to be. The tables are then complete."""
        while self._jobs:
            self._wait([self._jobs[0]])
            self._gather()
            if len(self._ready) >= BATCH:
                self._commit()
        self._commit()
        self._retrain()
        self._read_again(self.in_flight)
        while self._again:
            self._wait([job for _, job in self._again.values()])
            self._apply_done()
            self._read_again(self.in_flight)
        self.story_store.rebuild_stories()

    def _retrain(self) -> None:
        """Make the templates of all that was learned, and note the articles on which they now judge otherwise."""
        with self.store.writing():
            for source in self.templates.unfinished():
                self.captures.queue_marked(source, self.templates.retrain(source))
                self.templates.tabulate(source)

    def decide(self, decisions: Iterable[Decision]) -> None:
        """Let these decisions of a person hold and no others; the articles on which they tell are read again."""
        with self._training_or_forgetting():
            for source, marks in self.templates.decide(decisions).items():
                self.captures.queue_decided(source, marks)

    def read_again(self, numbers: Iterable[int]) -> None:
        """Have articles made anew from all their captures (and captures of none looked at again), by `flush`."""
        with self.store.writing():
            for number in numbers:
                self.captures.queue(number)

    @property
    def unsettled(self) -> int:
        """Articles that are to be read again."""
        return int(self.store.db.execute("select count(*) from reextract_queue").fetchone()[0])

    def recover(self) -> tuple[Recovered, ...]:
        """Take in what reached the WARC files but not the tables, and mend torn tails; call it before anything else.

        Also takes up what was decided meanwhile: raises SourcesError when decisions.toml holds a mistake.
        """
        self.decide(load(self.directory / FILE))
        found = recover(self.directory, self.store, self.add)
        self.flush()
        return found

    def _job(self, captures: tuple[Capture, ...], read: bool = True) -> _Job:
        job = _Job(captures, self.templates.version(captures[0].source))
        if read:
            job.future = self._submit(job)
        return job

    def _submit(self, job: _Job) -> Future[tuple[Extracted, ...]]:
        future = self.executor.submit(extract_captures, str(self.directory), job.captures, job.version.packed)
        self._running.add(future)
        return future

    def _make_room(self) -> None:
        while len(self._jobs) >= _QUEUE * self.in_flight:
            self._wait([self._jobs[0]])
            self.collect()
        while not self._room():
            wait(self._running, return_when=FIRST_COMPLETED)
            self.collect()

    def _room(self) -> int:
        if len(self._running) >= self.in_flight:
            self._running = {future for future in self._running if not future.done()}
        return max(self.in_flight - len(self._running), 0)

    def _wait(self, jobs: Iterable[_Job]) -> None:
        futures = [job.future for job in jobs if job.future is not None]
        if futures and not any(future.done() for future in futures):
            wait(futures, return_when=FIRST_COMPLETED)

    def _gather(self) -> None:
        """Move what the pool has answered to the batch, in the order of adding."""
        while self._jobs and (self._jobs[0].future is None or self._jobs[0].future.done()):
            job = self._jobs.popleft()
            if not self._ready:
                self._ready_since = self.clock()
            capture = job.captures[0]
            reading = self._readings(job)[0] if job.future else reason_unread(capture)
            self._ready.append(_ready(capture, reading, job.version))

    def _readings(self, job: _Job) -> tuple[Extracted, ...]:
        """A job's answer. One that broke its process is tried once more, alone; then the reason is recorded."""
        assert job.future is not None
        try:
            return job.future.result()
        except BrokenExecutor:
            wait([other.future for other in self._jobs if other.future])
        except Exception as error:  # noqa: BLE001 - a job's boundary: whatever a page does, it ends as a recorded reason
            return _failed(job, f"extraction failed: {type(error).__name__}: {error}")
        try:
            return self._submit(job).result()
        except BrokenExecutor:
            return _failed(job, "extraction ended its process twice: the page takes too much memory or time")
        except Exception as error:  # noqa: BLE001 - as above
            return _failed(job, f"extraction failed: {type(error).__name__}: {error}")

    def _commit(self) -> None:
        if not self._ready:
            return
        ready = {capture_number(item.outcome.capture): item for item in self._ready}
        with self._training_or_forgetting():
            entered = self.captures.enter([item.outcome for item in ready.values()])
            self._learn([ready[capture_number(outcome.capture)] for outcome in entered])
        self.entered += len(entered)
        self._under_way -= ready.keys()
        self._ready.clear()
        self.story_store.rebuild_stories(BATCH)

    @contextmanager
    def _training_or_forgetting(self) -> Iterator[None]:
        """One transaction; where it fails, what was learned in it is forgotten too."""
        try:
            with self.store.writing():
                yield
        except BaseException:
            self.templates.forget()
            raise

    def _learn(self, entered: Sequence[_Ready]) -> None:
        lessons: dict[str, list[LearnedPage]] = {}
        for item in entered:
            if item.sample is not None:
                capture = item.outcome.capture
                lessons.setdefault(capture.source, []).append((item.sample, capture.fetched_at))
        for source, learned in lessons.items():
            self.captures.queue_marked(source, self.templates.learn(source, learned))
        for item in entered:
            self._check_stale(item)

    def _check_stale(self, item: _Ready) -> None:
        """A page that was read with a template which has changed meanwhile, where it matters to that page."""
        current = self.templates.version(item.outcome.capture.source)
        if item.version is current or item.sample is None:
            return
        if changed(item.version.template, current.template).intersection(item.sample.fingerprints_in_text):
            self.captures.queue_capture(item.outcome.capture)

    def _read_again(self, most: int) -> None:
        room = min(most - len(self._again), self._room())
        if room <= 0:
            return
        for task in self.captures.tasks(room, besides=self._again):
            if task.captures:
                self._again[task.id] = (task, self._job(task.captures))
            else:
                with self.store.writing():
                    self.captures.apply(task, ())

    def _apply_done(self) -> None:
        done = [(task, job) for task, job in self._again.values() if job.future and job.future.done()]
        if not done:
            return
        answers = [(task, job, self._readings(job)) for task, job in done]
        with self.store.writing():
            for task, job, readings in answers:
                ready = [_ready(c, reading, job.version) for c, reading in zip(job.captures, readings, strict=True)]
                self.captures.apply(task, [item.outcome for item in ready])
                for item in ready:
                    self._check_stale(item)
        for task, _ in done:
            del self._again[task.id]


def _ready(capture: Capture, reading: Extracted, version: TemplateVersion) -> _Ready:
    if isinstance(reading, Rejection):
        return _Ready(ExtractedCapture(capture, reading), None, version)
    if capture.kind == "probe":  # no page of the source's: nothing is learned from it
        return _Ready(ExtractedCapture(capture, reading.result), None, version)
    outcome = ExtractedCapture(capture, reading.result, reading.sample.fingerprints_in_text, reading.sample.exact)
    return _Ready(outcome, reading.sample, version)


def _failed(job: _Job, reason: str) -> tuple[Extracted, ...]:
    return tuple(Rejection("error", reason) for _ in job.captures)
