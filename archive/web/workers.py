"""Work on what visitors and publishers send, in processes of their own: each piece has a budget, and over it is ended.

Three lanes keep the kinds of work apart, so that none waits for another: SQL that a visitor wrote or chose, searches,
and what pages need computed (differences, captured bodies). The processes are forked from one that has imported what
they need, so a new one takes milliseconds. The budget of processor time is the kernel's own timer (setitimer(2),
ITIMER_PROF), which ends the process inside any function of C; a busy machine does not shorten it.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from typing import Any, ParamSpec, TypeVar

from datasette.utils.asgi import Base400

from archive.core.processes import address_space, begin_as_child

P = ParamSpec("P")
T = TypeVar("T")

MEMORY = 768 * 1024**2
"""Bytes that a process may take beyond what it has at its start."""

WAITING = 16
"""Pieces of work in a lane, under way or waiting; one more is refused."""

SEARCHES_WAITING = 64
"""The same of searches, which take some hundredths of a second each."""

PATIENCE = 5
"""Times its budget of processor time that a piece of work may take by the clock, on a machine with other work to do."""

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(
    [
        "archive.web.workers",
        "archive.web.bounded",
        "archive.web.database",
        "archive.web.revision_diffs",
        "archive.web.queries.search",
        "archive.web.queries.similar",
    ]
)


class Overrun(Exception):
    """A piece of work took more than its budget, and its process was ended."""


class Busy(Base400):  # type: ignore[misc]  # Datasette has no types
    """A lane has as much work as it takes."""

    status = 503


class Lane:
    """A few processes and the work that waits for them, first come, first served."""

    def __init__(self, processes: int, memory: int = MEMORY, waiting: int = WAITING, nice: int = 0) -> None:
        self.memory = memory
        self.nice = nice
        self.waiting = waiting
        self.pieces = 0
        self.ended = 0
        self._threads = ThreadPoolExecutor(processes, thread_name_prefix="lane")
        self._own = threading.local()
        self._processes: set[ForkServerProcess] = set()

    async def run(self, seconds: float, task: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """The task's result; task, arguments and result must be picklable.

        `seconds` is its budget of processor time. Raises Overrun when it was ended, by that, by the clock or for want
        of memory, Busy when too many wait, and what the task raises.
        """
        if self.pieces >= self.waiting:
            raise Busy("Too much is asked of this site at once. Try again in a moment.")
        self.pieces += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, self._result, seconds, (task, args, kwargs))
        finally:
            self.pieces -= 1

    def close(self) -> None:
        """End the processes, with what they are doing."""
        for process in list(self._processes):
            process.kill()

    def _result(self, seconds: float, work: tuple[Any, ...]) -> Any:
        """Runs in a thread that has a process of its own."""
        process, connection = self._ready()
        try:
            connection.send((seconds, work))
            if connection.poll(seconds * PATIENCE):
                done, value = connection.recv()
                if done:
                    return value
                raise value
        except (EOFError, OSError):
            pass  # it is dead already
        self._end(process, connection)
        raise Overrun

    def _ready(self) -> tuple[ForkServerProcess, Connection]:
        held: tuple[ForkServerProcess, Connection] | None = getattr(self._own, "held", None)
        if held is not None and held[0].is_alive():
            return held
        if held is not None:
            self._end(*held)
        here, there = _FORKS.Pipe()
        process = _FORKS.Process(target=_work, args=(there, self.memory, self.nice), name="site-work", daemon=True)
        process.start()
        there.close()
        self._processes.add(process)
        self._own.held = (process, here)
        return process, here

    def _end(self, process: ForkServerProcess, connection: Connection) -> None:
        self.ended += 1
        self._own.held = None
        connection.close()
        process.kill()
        process.join()
        self._processes.discard(process)
        process.close()


def _work(connection: Connection, memory: int, nice: int) -> None:
    """The process: one piece of work after the other, until its parent is gone or its budget is spent."""
    os.nice(nice)
    size = address_space()
    begin_as_child(None if size is None else size + memory)
    while True:
        try:
            seconds, (task, args, kwargs) = connection.recv()
        except EOFError:
            return
        signal.setitimer(signal.ITIMER_PROF, seconds)  # what it then sends ends the process
        try:
            answer: tuple[bool, Any] = (True, task(*args, **kwargs))
        except MemoryError:
            return
        except Exception as error:  # noqa: BLE001 - whatever it is goes to who asked
            answer = (False, error)
        connection.send(answer)
        signal.setitimer(signal.ITIMER_PROF, 0)


class Lanes:
    """The lanes of a site."""

    def __init__(self) -> None:
        self.sql = Lane(2, nice=10)  # reading pages come first
        self.search = Lane(2, waiting=SEARCHES_WAITING)
        self.pages = Lane(2)

    def close(self) -> None:
        """End all processes."""
        for lane in (self.sql, self.search, self.pages):
            lane.close()


@cache
def lanes() -> Lanes:
    """The lanes of this process; there is one set, whatever sites it serves. Processes start when they are needed."""
    return Lanes()
