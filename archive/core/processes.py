"""What a process that Dateline starts does first: leave Ctrl-C to its parent, keep to its memory, end with it."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import threading
from contextlib import suppress
from multiprocessing.connection import wait
from pathlib import Path


def begin_as_child(memory: int | None = None) -> None:
    """Do all three. `memory` is the number of bytes of address space the process may have; None leaves it unbounded."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if memory is not None:
        with suppress(ValueError, OSError):  # systems that cannot limit it (macOS) go without
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    threading.Thread(target=_end_with_parent, daemon=True).start()


def address_space() -> int | None:
    """The bytes of address space that this process has now; None where the system does not say (it has no /proc)."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError):
        return None
    return pages * resource.getpagesize()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
