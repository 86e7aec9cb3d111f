"""Files on disk: one writer for each archive (an advisory lock on DIR/.lock), and files that only appear when complete.

While a file is being written, it has the name `.NAME.part-PID` in the same folder. If its process is killed, it stays
there until the next command writes to the same folder, or takes the lock of its archive.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import re
import shutil
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO, BinaryIO

from archive.core.errors import ArchiveError, ArchiveInUse

NAME = ".lock"

UNFINISHED = "moving.json"
"""The name of the file that says that sources are being moved into or out of an archive."""

BACKUP = "backup.json"
"""The name of the file that says that an archive is a backup of another one."""

SITE = "site.json"
"""The name of the file that says that an archive is a site over other archives, which alone are written to."""

_RESERVED = {
    UNFINISHED: "{directory}: a move of sources between two archives was interrupted. Nothing is lost. Run the same"
    " `dateline split` or `dateline merge` again to finish it; {mark} says which sources.",
    SITE: "{directory} is a site over other archives: it is only read, and `dateline publish` keeps it up to date. Run"
    " this in one of the archives that {mark} names.",
}

_FLOCK = struct.Struct("@hhqqi0q")
"""`struct flock` of fcntl(2): type, whence, start, length, process. Start and length 0 are the whole file."""
_PART = re.compile(r"\..+\.(?:part|files)-(\d{1,10})")


@contextmanager
def writer_lock(directory: Path, command: str, now: datetime, despite: str = "") -> Iterator[None]:
    """Lock the archive for writing while the block runs. If another command has locked it, ArchiveError names it.

    So it does if the archive is one to which only certain commands write, those that name its mark in `despite`:
    `UNFINISHED` or `SITE`.

    Only the flock on the file counts, not the file itself, so a lock cannot be stale. A second lock on the file, of a
    kind that can be tested without taking it, shows readers that a command is writing (`is_in_use`).
    """
    path = directory / NAME
    try:
        file = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise ArchiveError(
            f"The archive {directory} cannot be locked: {error.strerror}. Make sure that the directory exists and that "
            "you may write there."
        ) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ArchiveInUse(
                f"The archive {directory} is {_holder(file)}. Wait for it to end, or stop it."
            ) from error
        try:
            _sign(file, {"pid": os.getpid(), "command": command, "since": now.isoformat(timespec="seconds")})
        except OSError as error:
            raise ArchiveError(
                f"{path} cannot be written: {error.strerror}. Make room or correct the permissions, then start again; "
                "nothing is lost."
            ) from error
        _show(file)
        _refuse_reserved(directory, despite)
        for folder in (directory, *(directory / "warc").glob("*/")):
            if not folder.is_symlink():  # a folder of another archive, which has a lock of its own
                sweep(folder)
        yield


def _refuse_reserved(directory: Path, despite: str) -> None:
    for name, words in _RESERVED.items():
        if name != despite and (directory / name).exists():
            raise ArchiveError(words.format(directory=directory, mark=directory / name))


def _sign(file: IO[str], values: dict[str, object]) -> None:
    """Write who holds the lock, without the file's buffer, which would be written again when it is closed."""
    os.ftruncate(file.fileno(), 0)
    os.write(file.fileno(), json.dumps(values).encode())


def _holder(file: IO[str]) -> str:
    file.seek(0)
    try:
        values = json.loads(file.read())
        return f"in use by `{values['command']}` (process {values['pid']}, since {values['since']})"
    except (ValueError, KeyError, TypeError):  # its holder has not written its name yet
        return "in use by another command"


def is_in_use(directory: Path) -> bool:
    """Whether a command that writes to the archive is running (`writer_lock`).

    Takes no lock, not even for a moment, so that a command that wants to write is never refused because of a check.
    """
    try:
        with (directory / NAME).open("rb") as file:
            found = fcntl.fcntl(file, fcntl.F_OFD_GETLK, _wanted())
    except FileNotFoundError:
        return False
    return int(_FLOCK.unpack(found)[0]) != fcntl.F_UNLCK


def _show(file: IO[str]) -> None:
    """Show `is_in_use` that this file is locked. An OFD lock belongs to the open file, like a flock (fcntl(2))."""
    with suppress(OSError):  # on a file system without such locks, only readers know less
        fcntl.fcntl(file, fcntl.F_OFD_SETLK, _wanted())


def _wanted() -> bytes:
    return _FLOCK.pack(fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)


@contextmanager
def atomic_write(path: Path) -> Iterator[BinaryIO]:
    """A file to write. It is synced and gets its name when the block ends without an error; else the old file stays.

    Raises ArchiveError if the file system refuses.
    """
    part = path.with_name(f".{path.name}.part-{os.getpid()}")
    try:
        sweep(path.parent)
        with part.open("w+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise ArchiveError(f"{path} cannot be written: {error.strerror or error}.") from error
    finally:
        with suppress(OSError):  # on a medium that cannot be written to there is none
            part.unlink(missing_ok=True)


def sweep(folder: Path) -> tuple[Path, ...]:
    """Delete incomplete files that killed commands left in a folder; returns the deleted paths.

    Such a file is deleted if no process has its number and no process has it open for writing (`atomic_write` locks it;
    the lock also shows writers outside this system's process table).
    """
    parts = [path for path in folder.glob(".*-*") if _is_left_behind(path)]
    for path in parts:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return tuple(parts)


def _is_left_behind(path: Path) -> bool:
    match = _PART.fullmatch(path.name)
    if match is None or path.is_symlink() or _runs(int(match[1])):
        return False
    if path.is_dir():
        return True
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # another process writes it, it was just deleted, or it belongs to another user
        return False
    return True


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:  # there is one, of another user
        return True
    return True


def make_folder(folder: Path, archive: Path) -> None:
    """Make a folder of an archive, and those between. Raises FileNotFoundError if the archive itself is not there: it
    was moved away, and nothing may be written where it was."""
    if not archive.is_dir():
        raise FileNotFoundError(errno.ENOENT, f"there is no directory {archive}")
    folder.mkdir(parents=True, exist_ok=True)


def sync_folder(folder: Path) -> None:
    """Sync a folder, because a new or renamed file is durable only then."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
