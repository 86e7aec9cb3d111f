"""Processes that read captures and extract them, with a memory limit for each process and a time limit for each task.

They are replaced before they grow too large, and end with their parent.

Not ProcessPoolExecutor's own `max_tasks_per_child`: with queued work it can end with no process and a queue that
waits for ever (https://github.com/python/cpython/issues/115634), so whole pools are replaced instead.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from typing import Any, ParamSpec, TypeVar
from weakref import WeakSet

from archive.core import processes

P = ParamSpec("P")
T = TypeVar("T")

RENEW_AFTER = 1500
"""How many tasks a process does before its pool is replaced: trafilatura grows about 1 MB in a few pages."""

MEMORY_LIMIT = 3 * 1024**3
"""The bytes of address space that a process may use, so that a hostile page fails alone and not the whole machine."""

IDLE = 60.0
"""Seconds without a task after which `rest` ends the processes: each holds some eighty megabytes."""

TASK_LIMIT = 60
"""The seconds after which the process of a task is killed; the task then fails like one that broke its process."""

NOTICED = 2.0
"""Seconds after the end of a process in which its pool has noticed it, unless it waits for the rest of a result."""

_LOOK = 0.5


class SizedExecutor(Executor):
    """An executor that reads pages, and says how many it can read at one time, which may change."""

    @property
    def size(self) -> int:
        """How many tasks run at one time, as far as is known now."""
        raise NotImplementedError

    def rest(self) -> None:
        """Give back what is not needed, if there has been nothing to do for a while."""

    def abandon(self) -> None:
        """End at once; what has not been read is read again by the next command."""
        self.shutdown(wait=False, cancel_futures=True)


def in_flight_on(executor: Executor) -> int:
    """How many tasks an executor is given at one time: enough for each process to find its next one waiting."""
    return max(_AT_LEAST, 2 * executor.size + _AT_LEAST // 2) if isinstance(executor, SizedExecutor) else _AT_LEAST


def extraction_pool(workers: int | None = None) -> RenewedPool:
    """A pool with one process for each core that this process may use, or with a given number."""
    return RenewedPool(workers or _cores())


_AT_LEAST = 16


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class RenewedPool(SizedExecutor):
    """An executor of processes that is replaced after many tasks or a broken process; running tasks are finished.

    If a process ends by itself, the running tasks fail with BrokenExecutor; later tasks work again. It is so too if it
    was killed while it gave back a result: Python's own pool would wait for the rest for ever.
    """

    def __init__(self, workers: int, renew_after: int = RENEW_AFTER, task_limit: int = TASK_LIMIT) -> None:
        self.workers = workers
        self.task_limit = task_limit
        self._renew_after = renew_after * workers
        self._submitted = 0
        self._pool: ProcessPoolExecutor | None = None
        self._under_way: set[Future[Any]] = set()
        self._last = 0.0
        self._results: WeakSet[Any] = WeakSet()

    @property
    def size(self) -> int:
        """The number of processes."""
        return self.workers

    def submit(self, task: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run a task; it and its result must be picklable."""
        if self._submitted >= self._renew_after:
            self._retire()
        try:
            return self._submitted_to(self._running(), task, *args, **kwargs)
        except BrokenExecutor:
            self._retire()
            return self._submitted_to(self._running(), task, *args, **kwargs)

    def rest(self) -> None:
        """End the processes if they have had nothing to do for a while; the next task starts new ones."""
        if self._pool and not self._under_way and time.monotonic() - self._last > IDLE:
            self._retire()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes; with `wait`, after the running tasks."""
        if self._pool:
            self._pool.shutdown(wait=wait, cancel_futures=cancel_futures)
            self._pool = None

    def abandon(self) -> None:
        """Let go of processes that were killed, also of one that was writing its result at that moment.

        The rest of such a result never comes, but the pool's thread waits for it as long as anybody could write there,
        and this process still could. The pipe has no public name in Python's ProcessPoolExecutor.
        """
        for results in self._results:
            results._writer.close()
        self.shutdown(wait=True, cancel_futures=True)

    def _submitted_to(
        self, pool: ProcessPoolExecutor, task: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        with processes.starting():
            future = pool.submit(limited, self.task_limit, task, *args, **kwargs)
        self._submitted += 1
        self._last = time.monotonic()
        self._under_way.add(future)
        future.add_done_callback(self._under_way.discard)
        return future

    def _running(self) -> ProcessPoolExecutor:
        if self._pool is None:
            pool = ProcessPoolExecutor(self.workers, processes.CONTEXT, processes.begin_as_child, (MEMORY_LIMIT,))
            made: Any = pool
            self._results.add(made._result_queue)
            self._pool, self._submitted = pool, 0
            threading.Thread(target=_watch, args=(made._processes, made._result_queue), daemon=True).start()
        return self._pool

    def _retire(self) -> None:
        self.shutdown(wait=False)


def _watch(running: Mapping[int, BaseProcess], results: Any) -> None:
    """Wait until a process of a pool has ended; a little later end the others too, and what the pool waits for.

    Processes end when their pool has nothing more to do, or when one was killed. In both cases the pool ends all of
    them at once, by itself. It cannot if half a result was written: then the pool's thread waits for the rest as long
    as anybody could write there, and the other processes wait until it is their turn to write.
    """
    while not wait([process.sentinel for process in [*running.values()]], _LOOK):
        if not running:
            time.sleep(_LOOK)
    time.sleep(NOTICED)
    results._writer.close()
    for process in [*running.values()]:
        process.kill()


def limited(seconds: int, task: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
    """What a task returns. If it takes more than so many seconds, this process ends: it must run one task at a time."""
    signal.alarm(seconds)
    try:
        return task(*args, **kwargs)
    finally:
        signal.alarm(0)
