"""The process beside a worker: it takes the blame for what a task does, and the worker stays."""

from __future__ import annotations

import os
import signal
import time
from concurrent.futures.process import BrokenProcessPool

import pytest

from archive.ingest.cluster.reading_process import ReadingProcess, run_apart

SMALL = 1024**3


def announced() -> int:
    """A task that prints, as a library might."""
    print("a line on standard output")
    return os.getpid()


def test_one_process_runs_many_tasks_and_what_they_print_does_no_harm() -> None:
    process = ReadingProcess()
    try:
        first = process.run(60, announced)
        assert first != os.getpid()
        assert process.run(60, announced) == first
        with pytest.raises(ZeroDivisionError):
            process.run(60, divmod, 1, 0)
        assert process.run(60, os.getpid) == first
    finally:
        process.end()
    assert process.has_ended


def test_a_task_that_takes_too_long_ends_its_process_alone() -> None:
    process = ReadingProcess()
    with pytest.raises(BrokenProcessPool, match=f"-{signal.SIGALRM.value}"):
        process.run(1, time.sleep, 60)
    assert process.has_ended


def test_a_task_that_takes_too_much_memory_fails_alone() -> None:
    process = ReadingProcess(memory=SMALL)
    try:
        with pytest.raises(MemoryError):
            process.run(60, bytearray, SMALL)
        assert process.run(60, abs, -1) == 1
    finally:
        process.end()


def test_a_process_that_somebody_killed_costs_its_task_one_more_try() -> None:
    pid = run_apart(os.getpid)
    assert run_apart(os.getpid) == pid, "it waits for the next task"
    os.kill(pid, signal.SIGKILL)
    assert run_apart(os.getpid) != pid
    with pytest.raises(BrokenProcessPool):
        run_apart(time.sleep, 60, seconds=1)
    assert run_apart(abs, -1) == 1
