"""Work in a child process that may take only so much memory and CPU time, however busy the machine is."""

from __future__ import annotations

import multiprocessing
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
