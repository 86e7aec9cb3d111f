"""A process of a worker that runs one task at a time with limits of time and memory, beside the worker's own.

A worker serves its cluster from the process that runs its tasks. A page that takes too much time or memory would end
that process, and with it the tasks and results of other pages. So each task runs in a process of its own (used for
many tasks), whose end is an answer like others. Not multiprocessing: workers are daemons, which may have no children.

Both sides are here: `run_apart` is called in the worker; `main` is what the started process does until its standard
input ends. A message is its length (8 bytes, big-endian) and a pickle.
"""

from __future__ import annotations

import atexit
import os
import pickle
import queue
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import IO, Any

from archive.core.errors import ClusterError
from archive.core.processes import begin_as_child
from archive.ingest.pool import MEMORY_LIMIT, RENEW_AFTER, TASK_LIMIT, limited

_ENDING = 5.0
"""Seconds in which a process that was killed has ended, unless its disk does not answer."""


class ReadingProcess:
    """A process that runs tasks, at most `memory` bytes of address space large.

    Raises ClusterError if it cannot be started.
    """

    def __init__(self, memory: int = MEMORY_LIMIT) -> None:
        command = (sys.executable, "-c", f"from {__name__} import main; main({memory})")
        try:
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        except OSError as error:
            raise ClusterError(
                f"The worker cannot start a process: {error.strerror}. Give it memory or fewer threads."
            ) from error
        self.tasks = 0

    @property
    def has_ended(self) -> bool:
        """Whether the process is no longer there."""
        return self._process.poll() is not None

    def run(self, seconds: int, task: Callable[..., Any], /, *args: Any) -> Any:
        """What the task returns; raises what it raises.

        Raises BrokenProcessPool if the process ended, because the task took more than so many `seconds` or too much
        memory, or because somebody killed it.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self.tasks += 1
        try:
            _write(self._process.stdin, (seconds, task, args))
            is_error, answer = _read(self._process.stdout)
        except (EOFError, OSError) as error:
            self.end()
            raise BrokenProcessPool(f"the process ended with code {self._process.returncode}") from error
        if is_error:
            raise answer
        return answer

    def end(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.wait(_ENDING)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(OSError):  # what was left in its buffer cannot be written any more
                    pipe.close()


_idle: queue.LifoQueue[ReadingProcess] = queue.LifoQueue()
"""The processes of this worker that have nothing to do; there are as many in all as tasks run at one time."""


def run_apart(task: Callable[..., Any], /, *args: Any, seconds: int = TASK_LIMIT) -> Any:
    """Run a task in a process of its own; a second time in a new one if that ended. May be called by many threads.

    Raises BrokenProcessPool if the second one ended too: the task takes too much time or memory.
    """
    try:
        return _run(_taken(), seconds, task, *args)
    except BrokenProcessPool:
        return _run(ReadingProcess(), seconds, task, *args)


def _taken() -> ReadingProcess:
    try:
        return _idle.get_nowait()
    except queue.Empty:
        return ReadingProcess()


def _run(process: ReadingProcess, seconds: int, task: Callable[..., Any], /, *args: Any) -> Any:
    try:
        return process.run(seconds, task, *args)
    finally:
        if not process.has_ended and process.tasks < RENEW_AFTER:
            _idle.put(process)
        else:
            process.end()


@atexit.register
def end_idle() -> None:
    """End the processes that have nothing to do."""
    with suppress(queue.Empty):
        while True:
            _idle.get_nowait().end()


def main(memory: int) -> None:
    """Run the tasks that come on standard input and write their answers to standard output, until the input ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get among the answers
    begin_as_child(memory)
    while True:
        try:
            seconds, task, args = _read(sys.stdin.buffer)
        except EOFError:
            return
        try:
            answer = (False, limited(seconds, task, *args))
        except Exception as error:  # noqa: BLE001 - a job's boundary: the worker hears of every error
            answer = (True, error)
        _write(answers, answer)


def _write(pipe: IO[bytes], message: Any) -> None:
    content = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    pipe.write(len(content).to_bytes(8, "big"))
    pipe.write(content)
    pipe.flush()


def _read(pipe: IO[bytes]) -> Any:
    """The next message; raises EOFError if the other side has ended."""
    head = pipe.read(8)
    content = pipe.read(int.from_bytes(head, "big")) if len(head) == 8 else b""
    if len(head) < 8 or len(content) < int.from_bytes(head, "big"):
        raise EOFError("the other side has ended")
    return pickle.loads(content)
