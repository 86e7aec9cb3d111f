"""What every process that Dateline starts does first: ignore Ctrl-C, limit its memory, end when its parent ends."""

from __future__ import annotations

import gc
import multiprocessing
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import wait
from pathlib import Path

CONTEXT = multiprocessing.get_context("spawn")
"""How a process starts that crawls or reads pages: anew, with nothing of its parent's but what it is given."""


def begin_as_child(memory: int | None = None) -> None:
    """Do all three. `memory` is the limit of the process's address space in bytes; None means no limit."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collect_rarely()
    if memory is not None:
        with suppress(ValueError, OSError):  # some systems cannot limit it (macOS)
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    end_with_parent()


def end_with_parent(patience: float = 0.0) -> None:
    """End this process when its parent has ended, whatever it does; `patience`: so many seconds later."""
    threading.Thread(target=_end_with_parent, args=(patience,), daemon=True).start()


@contextmanager
def starting() -> Iterator[None]:
    """While the block starts a process, Ctrl-C waits: the process would take it before it can ignore it.

    A terminal sends Ctrl-C to all processes. What is started inherits the signal mask (POSIX, exec).
    """
    resource_tracker.ensure_running()  # it clears the mask when it starts
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def collect_rarely() -> None:
    """Let Python look for cycles among objects rarely, and never among those of the modules: they are there to stay."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@contextmanager
def collecting_later() -> Iterator[None]:
    """While the block runs, Python does not look for cycles: for short work whose many objects all go at its end."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def address_space() -> int | None:
    """The address space of this process in bytes; None if the system does not say (without /proc)."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError):
        return None
    return pages * resource.getpagesize()


def _end_with_parent(patience: float) -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        time.sleep(patience)
        os._exit(1)


def spare_children() -> None:
    """Let spawned processes import only what they run, and not the whole command line again.

    multiprocessing's spawn runs the file of the main module again in every child. The installed script only imports
    this module, which costs half a second and 50 MB for each process.
    """
    script = sys.modules["__main__"]
    if Path(getattr(script, "__file__", None) or "").name == "dateline":
        script.__file__ = None
