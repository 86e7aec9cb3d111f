"""Work in a child process: within limits of memory and CPU time, or killed again and again until it is done."""

from __future__ import annotations

import multiprocessing
import os
import resource
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

SECONDS = 60
"""CPU time, that of the child alone."""

MEMORY = 600 * 1024**2
"""Bytes of address space beyond what the child has when it begins."""


def within_limits(
    work: Callable[[Any], Any], make: Callable[[], Any], seconds: int = SECONDS, memory: int = MEMORY
) -> Any:
    """What `work` answers to what `make` makes, within the limits; an AssertionError where it does not keep them.

    Only the work is limited. Its answer must be picklable.
    """
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_limited, args=(work, make, there, seconds, memory))
    child.start()
    there.close()
    try:
        return here.recv()
    except EOFError as error:
        child.join()
        raise AssertionError(f"the work took more than it may, or failed: exit code {child.exitcode}") from error
    finally:
        child.join()


def _limited(work: Callable[[Any], Any], make: Callable[[], Any], out: Connection, seconds: int, memory: int) -> None:
    given = make()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + memory
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (until, until))
    out.send(work(given))


def kill_until_done(
    work: Callable[[], object], seconds_of: Callable[[int], float], check: Callable[[], object] = lambda: None
) -> int:
    """Do some work in a process that is killed, and again, until it comes to its end; how often it was killed.

    `seconds_of` says after how long a process is killed, by the number of kills before it. `check` runs after each.
    """
    context, kills = multiprocessing.get_context("fork"), 0
    while True:
        process = context.Process(target=_work_and_exit, args=(work,))
        process.start()
        process.join(seconds_of(kills))
        if process.exitcode is not None:
            break
        process.kill()
        process.join()
        kills += 1
        check()
    assert process.exitcode == 0
    return kills


def _work_and_exit(work: Callable[[], object]) -> None:
    """It leaves at once: what a measuring tool does at the end of a process is not to be judged here."""
    work()
    os._exit(0)
