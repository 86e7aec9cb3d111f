"""Captures through the pool: one task each, one more try alone, and failures of ours that are no verdict on a page."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import pytest

from archive.boilerplate.template import Template
from archive.core.model import Capture, Unread
from archive.extract.extract import Derived
from archive.ingest.extraction import ExtractionJob, ExtractionQueue, reading_of
from archive.store.repeated.templates import TemplateVersion
from tests.support.archiving import AtOnce, Newsroom, page

P = ParamSpec("P")
T = TypeVar("T")

PLAIN = TemplateVersion(Template(), Template().to_bytes())


class Fragile(Executor):
    """An executor whose tasks end when told; where one of them is of a bad page, all that run beside it break."""

    def __init__(self, *bad: str) -> None:
        self.bad = bad
        self.running: list[tuple[str, Callable[[], None], Future[Any]]] = []
        self.batches: list[list[str]] = []

    def submit(self, task: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        capture: Any = args[1]

        def run() -> None:
            try:
                future.set_result(task(*args, **kwargs))
            except Exception as error:  # noqa: BLE001 - an executor hands every error to its future
                future.set_exception(error)

        self.running.append((capture.url.rpartition("/")[2], run, future))
        return future

    def finish(self) -> None:
        """Let all end that run."""
        running, self.running = self.running, []
        self.batches.append([name for name, _, _ in running])
        broken = any(name in self.bad for name, _, _ in running)
        for _, run, future in running:
            if broken:
                future.set_exception(BrokenExecutor("a process ended"))
            else:
                run()


def finished(queue: ExtractionQueue, executor: Fragile, jobs: list[ExtractionJob]) -> None:
    for _ in range(50):
        queue.poll()
        if all(job.answer is not None for job in jobs):
            return
        executor.finish()
    raise AssertionError("no end")


def captures(directory: Path, count: int) -> list[Capture]:
    room = Newsroom(directory)
    return [room.answer(f"/news/{number}", page(number)) for number in range(count)]


def test_the_page_that_ends_its_process_is_found_by_trying_each_alone(tmp_path: Path) -> None:
    executor = Fragile("1")
    queue = ExtractionQueue(tmp_path, executor, lambda _: PLAIN, in_flight=4)
    jobs = [queue.submit(capture) for capture in captures(tmp_path, 6)]
    finished(queue, executor, jobs)
    assert executor.batches == [["0", "1", "2", "3"], ["0"], ["1"], ["2"], ["3"], ["4", "5"]]
    assert [isinstance(job.answer, Derived) for job in jobs] == [True, False, True, True, True, True]
    assert jobs[1].answer == Unread("process", reading_of(jobs[1]).outcome.result.reason)  # type: ignore[union-attr]
    assert queue.is_idle


def test_a_capture_that_is_to_run_alone_waits_for_the_others_and_is_tried_once(tmp_path: Path) -> None:
    executor = Fragile("2")
    queue = ExtractionQueue(tmp_path, executor, lambda _: PLAIN, in_flight=4)
    first, second, third = captures(tmp_path, 3)
    jobs = [queue.submit(first), queue.submit(second, later=True)]
    queue.poll()
    jobs.append(queue.submit(third, alone=True))
    finished(queue, executor, jobs)
    assert executor.batches == [["0", "1"], ["2"]]
    assert isinstance(jobs[2].answer, Unread)


def test_what_may_wait_goes_last(tmp_path: Path) -> None:
    executor = Fragile()
    queue = ExtractionQueue(tmp_path, executor, lambda _: PLAIN, in_flight=1)
    first, second, third = captures(tmp_path, 3)
    jobs = [queue.submit(first, later=True), queue.submit(second), queue.submit(third)]
    finished(queue, executor, jobs)
    assert executor.batches == [["1"], ["2"], ["0"]]


@pytest.mark.parametrize("error", [MemoryError(), RecursionError("too deep")])
def test_an_error_in_our_code_is_ours(tmp_path: Path, error: Exception) -> None:
    class Failing(AtOnce):
        tasks = 0

        def submit(self, task: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
            self.tasks += 1
            future: Future[T] = Future()
            future.set_exception(error)
            return future

    executor = Failing()
    queue = ExtractionQueue(tmp_path, executor, lambda _: PLAIN)
    job = queue.submit(captures(tmp_path, 1)[0])
    queue.poll()
    assert isinstance(job.answer, Unread)
    memory = isinstance(error, MemoryError)
    assert (job.answer.kind, executor.tasks) == (("process", 2) if memory else ("fault", 1))


def test_a_template_is_asked_for_when_a_captures_turn_comes(tmp_path: Path) -> None:
    newer = TemplateVersion(Template(pages=7), Template(pages=7).to_bytes())
    versions = [PLAIN, newer]
    executor = Fragile()
    queue = ExtractionQueue(tmp_path, executor, lambda _: versions.pop(0), in_flight=1)
    jobs = [queue.submit(capture) for capture in captures(tmp_path, 2)]
    finished(queue, executor, jobs)
    assert [job.version for job in jobs] == [PLAIN, newer]
