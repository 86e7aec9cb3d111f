"""Sends captures through the extraction pool: one task each, and a second try, alone, if the process ended.

If a process ends, all tasks of its pool fail. To find the capture that caused it, each of them is tried again with no
other task running: then the others get their results, and the one that ends its process again is `Unread`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue

from archive.boilerplate.sample import Sample
from archive.core.model import Capture, Unread
from archive.ingest.pool import SizedExecutor, in_flight_on
from archive.ingest.task import ENDED_TWICE, Extracted, extract_capture
from archive.store.readings import ExtractedCapture
from archive.store.repeated.templates import TemplateVersion

_NO_MEMORY = "extraction took more memory than a page may take"


class RemoteExecutor(SizedExecutor):
    """An executor whose processes cannot read the archive's files: what they need is sent to them."""

    def read(self, directory: Path, capture: Capture, template: bytes) -> Future[Extracted]:
        """Extract a capture with the template of its source (as bytes)."""
        raise NotImplementedError


@dataclass(eq=False)
class ExtractionJob:
    """A capture that waits or runs: `answer` is its result with `version`; None until then.

    `alone`: it runs while no other task runs, and is not tried again.
    """

    capture: Capture
    alone: bool = False
    version: TemplateVersion | None = None
    answer: Extracted | None = None
    future: Future[Extracted] | None = None


@dataclass(frozen=True)
class Reading:
    """The result of a capture, the sample of its page (None: there is none), and the template it was read with."""

    outcome: ExtractedCapture
    sample: Sample | None
    version: TemplateVersion


def reading_of(job: ExtractionJob) -> Reading:
    """The result of a job that has its answer."""
    capture, answer, version = job.capture, job.answer, job.version
    assert answer is not None
    assert version is not None
    if isinstance(answer, Unread):
        return Reading(ExtractedCapture(capture, answer), None, version)
    if capture.kind == "probe":  # not a page of the source: nothing is learned from it
        return Reading(ExtractedCapture(capture, answer.result), None, version)
    sample = answer.sample
    outcome = ExtractedCapture(capture, answer.result, sample.fingerprints_in_text, sample.exact)
    return Reading(outcome, sample, version)


class ExtractionQueue:
    """The captures that wait for the executor or run on it. Only `wait` blocks.

    At most `in_flight` tasks run; None: as many as keep the executor busy, which follows its size.
    `version_of` gives the template of a source; it is called when a capture is started, not when it is added.
    """

    def __init__(
        self,
        directory: Path,
        executor: Executor,
        version_of: Callable[[str], TemplateVersion],
        in_flight: int | None = None,
    ) -> None:
        self.directory = directory
        self.executor = executor
        self.version_of = version_of
        self._in_flight = in_flight
        self._waiting: deque[ExtractionJob] = deque()
        self._later: deque[ExtractionJob] = deque()
        self._alone: deque[ExtractionJob] = deque()
        self._running: set[ExtractionJob] = set()
        self._ended: SimpleQueue[ExtractionJob] = SimpleQueue()

    @property
    def in_flight(self) -> int:
        """How many tasks may run now."""
        return self._in_flight or in_flight_on(self.executor)

    @property
    def is_idle(self) -> bool:
        """Whether nothing waits and nothing runs."""
        return not (self._running or self._alone or self._waiting or self._later)

    def submit(self, capture: Capture, *, later: bool = False, alone: bool = False) -> ExtractionJob:
        """Add a capture; `later` lets all others go first, `alone` runs it while no other task runs."""
        job = ExtractionJob(capture, alone)
        (self._alone if alone else self._later if later else self._waiting).append(job)
        return job

    def poll(self) -> None:
        """Collect the answers that are ready, and start waiting captures."""
        while self._take_answers() | self._start_next():
            pass

    def wait(self, seconds: float | None = None) -> None:
        """Wait until a task has ended, at most for so many seconds."""
        self.poll()
        if self._running:
            with suppress(Empty):
                self._take_answer(self._ended.get(timeout=seconds))
            self.poll()

    def _take_answers(self) -> bool:
        found = False
        with suppress(Empty):
            while True:
                self._take_answer(self._ended.get_nowait())
                found = True
        return found

    def _take_answer(self, job: ExtractionJob) -> None:
        assert job.future is not None
        self._running.remove(job)
        try:
            job.answer = job.future.result()
        except (BrokenExecutor, MemoryError) as error:
            if job.alone:
                job.answer = Unread("process", ENDED_TWICE if isinstance(error, BrokenExecutor) else _NO_MEMORY)
            else:
                job.alone = True
                self._alone.append(job)
        except Exception as error:  # noqa: BLE001 - a job's boundary: whatever a page does, it ends as a recorded reason
            job.answer = Unread("fault", f"extraction failed: {type(error).__name__}: {error}")
        job.future = None

    def _start_next(self) -> bool:
        job = self._next()
        if job is not None:
            self._start(job)
        return job is not None

    def _next(self) -> ExtractionJob | None:
        """The job to start now; None if none waits, or if the running tasks must end first."""
        if self._alone:
            return None if self._running else self._alone.popleft()
        if len(self._running) >= self.in_flight or any(job.alone for job in self._running):
            return None
        waiting = self._waiting or self._later
        return waiting.popleft() if waiting else None

    def _start(self, job: ExtractionJob) -> None:
        job.version = self.version_of(job.capture.source)
        try:
            job.future = self._read(job.capture, job.version.packed)
        except BrokenExecutor as error:
            job.future = Future()
            job.future.set_exception(error)
        self._running.add(job)
        job.future.add_done_callback(lambda _: self._ended.put(job))

    def _read(self, capture: Capture, template: bytes) -> Future[Extracted]:
        if isinstance(self.executor, RemoteExecutor):
            return self.executor.read(self.directory, capture, template)
        return self.executor.submit(extract_capture, str(self.directory), capture, template)
