"""Failures in words for a person: what happened, to what, and what to do next."""

from __future__ import annotations

import errno
import select
import sqlite3
import sys
import tempfile
import traceback
from contextlib import suppress
from pathlib import Path

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""Errors of a disk, or an account, that has no room."""


def reader_is_gone() -> bool:
    """Whether the reader of our standard output or error has closed it. If not, a broken pipe is our own fault."""
    gone = False
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # not a file of the system
            poll = select.poll()
            poll.register(stream.fileno(), 0)
            gone |= any(event & (select.POLLERR | select.POLLHUP) for _, event in poll.poll(0))
    return gone


def of_database(error: sqlite3.Error, archive: Path) -> str:
    """Why a database could not be used, and what to do."""
    reason = str(error)
    file = archive / "archive.db"
    if "full" in reason:
        return f"the disk is full: {file} could not be written. Make room and run the command again; nothing is lost."
    if "disk I/O" in reason:
        return (
            f"{file} could not be read or written ({reason}): the disk is full or failing. Make room, or check the "
            "disk, and run the command again; nothing is lost."
        )
    if "malformed" in reason or "not a database" in reason:
        return f"{file} is damaged ({reason}). Move it away and run `dateline rebuild`: the WARC files hold everything."
    if "readonly" in reason or "unable to open" in reason:
        return f"{file} cannot be opened for writing ({reason}): check the permissions of the directory and the file."
    if "locked" in reason:
        return f"{file} is locked by another program. Close it and run the command again."
    return f"{file}: {reason}"


def of_system(error: OSError) -> str:
    """Why the system refused something, and what to do where the disk is full."""
    name = error.filename or ""
    reason = error.strerror or str(error) or type(error).__name__
    said = f"{reason}: {name}" if name else reason
    return f"{said}. Make room and run the command again; nothing is lost." if error.errno in _FULL else said


def of_bug(error: Exception) -> str:
    """That there is a bug, and where its traceback is: in a new file."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="dateline-error-", suffix=".log", delete=False, encoding="utf-8"
    ) as file:
        file.write("".join(traceback.format_exception(error)))
    name = type(error).__name__
    return f"unexpected error, a bug in Dateline ({name}: {error}). The traceback is in {file.name}; please report it."
