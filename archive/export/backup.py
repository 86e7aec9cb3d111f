"""Makes a consistent copy of an archive, even while it is written. The copy is itself an archive.

The order makes it consistent: first the database as it is at one moment (SQLite's online backup), then the WARC files,
which only grow. So the copy has every record that its database knows. If a file has grown, only the new part is copied,
up to its last complete record. The new database replaces the old one when everything else is there. An interrupted
backup is still the earlier backup, with some newer records; the next run completes it.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from archive.core.errors import ArchiveError, WarcError
from archive.core.files import BACKUP, atomic_write, sync_folder, writer_lock
from archive.core.files import NAME as LOCK
from archive.store.health.crawl_log import FILE as CRAWLS
from archive.store.opening.files import remove_database, remove_log
from archive.store.opening.readonly import open_readonly
from archive.store.search import ends
from archive.warc.compact_reader import compacted_form, find_compacted
from archive.warc.file import Located, open_file, path_of, torn_tail, walk_file
from archive.warc.reader import files, locate

FORMAT = "dateline-backup-1"
SETTINGS = ("sources.toml", "decisions.toml", "clock.toml")
DATABASE = "archive.db"

_CHUNK, _TAIL = 1024 * 1024, 64 * 1024
"""Bytes that are copied at one time, and that are compared to know a file again."""

_PART = ".archive.db.part"


class Unusable(ArchiveError):
    """The archive has no database that can be copied."""


@dataclass(frozen=True)
class BackupProgress:
    """The progress of a backup: the present WARC file, its number among all, and the bytes copied so far."""

    warc_file: str
    file: int
    files: int
    bytes: int


@dataclass(frozen=True)
class Backup:
    """What a backup has, and what this run copied. `problems` are messages for a person."""

    path: Path
    warc_files: int
    captures: int
    database_bytes: int
    copied_bytes: int
    problems: tuple[str, ...]


def backup(
    directory: Path, target: Path, now: datetime, progress: Callable[[BackupProgress], object] = lambda _: None
) -> Backup:
    """Make or update a backup of an archive.

    Raises ArchiveError if the target cannot be used: it is inside the archive or around it, has other content, is a
    backup of another archive, is in use, or its disk is full.
    """
    _check_apart(directory, target)
    try:
        target.mkdir(parents=True, exist_ok=True)
        with writer_lock(target, "dateline backup", now):
            _check_mark(directory, target)
            return _backup(directory, target, now, progress)
    except OSError as error:
        raise ArchiveError(
            f"The backup at {target} could not be completed: {error.strerror or error}. The earlier backup is "
            "still there. Run it again to complete it."
        ) from error


def _backup(directory: Path, target: Path, now: datetime, progress: Callable[[BackupProgress], object]) -> Backup:
    _write_mark(directory, target, {"begun": now.isoformat()})
    problems: list[str] = []
    known: dict[str, int] = {}
    try:
        known = _copy_database(directory / DATABASE, target / _PART)
    except Unusable as error:
        problems.append(f"{error} The WARC files were copied, which hold everything: `dateline rebuild` remakes it.")
    names = files(directory)
    copied = 0
    for number, name in enumerate(names, 1):
        progress(BackupProgress(name, number, len(names), copied))
        try:
            copied += _copy_file(directory, target, name, now, problems.append)
        except WarcError as error:
            problems.append(str(error))
    problems += _missing(directory, target, names, known)
    for path in [*map(directory.joinpath, SETTINGS), *(directory / "warc").glob(f"*/{CRAWLS}")]:
        _copy_setting(path, target / path.relative_to(directory))
    if (target / _PART).exists():
        _put_in_place(target)
    captures, size = _count(target / DATABASE)
    _write_mark(directory, target, {"finished": now.isoformat(), "warc_files": len(names), "captures": captures})
    return Backup(target, len(names), captures, size, copied, tuple(problems))


def _check_apart(directory: Path, target: Path) -> None:
    archive, copy = directory.resolve(), target.resolve()
    if archive == copy or archive in copy.parents or copy in archive.parents:
        raise ArchiveError(
            f"{target} and the archive {directory} are inside each other: name a directory outside the archive."
        )
    if not (directory / "warc").is_dir() and not (directory / DATABASE).exists():
        raise ArchiveError(f"There is no archive at {directory}: neither a folder warc nor archive.db is there.")


def _check_mark(directory: Path, target: Path) -> None:
    """Refuse to write into a directory with other content."""
    if {path.name for path in target.iterdir()} <= {LOCK}:
        return
    try:
        mark = json.loads((target / BACKUP).read_text(encoding="utf-8"))
        stated = mark["of"] if mark["format"] == FORMAT else None
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        stated = None
    if stated is None:
        raise ArchiveError(f"{target} is not empty and no backup of an archive: name an empty or a new directory.")
    if stated != str(directory.resolve()):
        raise ArchiveError(
            f"{target} is a backup of {stated} and not of {directory.resolve()}: name another directory."
            f" If that archive was moved here, change `of` in {target / BACKUP}."
        )


def _write_mark(directory: Path, target: Path, values: dict[str, object]) -> None:
    stated = {"format": FORMAT, "of": str(directory.resolve()), **values}
    with atomic_write(target / BACKUP) as file:
        file.write(json.dumps(stated, indent=2).encode() + b"\n")


def _copy_database(source: Path, target: Path) -> dict[str, int]:
    """Copy the database as it is now; returns where the last known record of each WARC file ends.

    Raises Unusable if it is missing or damaged, ArchiveError if it is locked or the disk is full.
    """
    remove_database(target)
    if not source.exists():
        raise Unusable(f"{source} is missing.")
    try:
        with open_readonly(source) as connection, closing(sqlite3.connect(target)) as copy:
            connection.backup(copy)
            # Without a write-ahead log, so that it can be read on a read-only disk.
            copy.execute("pragma journal_mode = delete")
            found = copy.execute("pragma quick_check").fetchone()[0]
            known = ends(copy)
    except sqlite3.OperationalError as error:  # locked or full: another try may succeed
        remove_database(target)
        raise ArchiveError(f"{source} could not be copied to {target.parent}: {error}. Try again.") from error
    except sqlite3.DatabaseError as error:
        found = str(error)
    if found != "ok":
        remove_database(target)
        raise Unusable(f"{source} is damaged ({found}). Its earlier copy, if there is one, stays.")
    return known


def _copy_file(directory: Path, target: Path, name: str, now: datetime, problem: Callable[[str], object]) -> int:
    """Update the copy of a WARC file, in the form of the file; returns the number of copied bytes."""
    copy = path_of(target, name)
    copy.parent.mkdir(parents=True, exist_ok=True)
    path = locate(directory, name)
    if path == path_of(directory, name):
        try:
            copied = _copy_growth(path, copy, now, problem)
        except WarcError as error:
            if not isinstance(error.__cause__, FileNotFoundError) or compacted_form(path) is None:
                raise
            path = locate(directory, name)  # compacted just now
    if path != path_of(directory, name):
        copied = _copy_finished(path, copy.with_name(path.name))
        copy.unlink(missing_ok=True)
    return copied


def _copy_growth(path: Path, copy: Path, now: datetime, problem: Callable[[str], object]) -> int:
    if _is_equal(path, copy):
        return 0
    if copy.exists() and (torn := torn_tail(copy)):
        os.truncate(copy, torn.offset)
    have = copy.stat().st_size if copy.exists() else 0
    if have and not _has_tail(path, copy, have):
        aside = copy.with_name(f"{copy.name}.replaced-{now:%Y%m%dT%H%M%S}")
        copy.rename(aside)
        problem(f"{path} is not what it was at the last backup. It was copied anew; the earlier copy is {aside}.")
        have = 0
    end = _whole_end(path, have)
    with open_file(path) as source, copy.open("r+b" if have else "w+b") as file:
        source.seek(have)
        file.seek(have)
        for piece in _pieces(source, end - have):
            file.write(piece)
        try:
            _check_copied(source, file, have, end, copy)
        except WarcError:
            file.truncate(have)  # else the next backup would accept it: its size and its end may be right
            raise
    sync_folder(copy.parent)
    return end - have


def _copy_finished(path: Path, copy: Path) -> int:
    """Copy a compacted file, which never changes."""
    if _is_equal(path, copy):
        return 0
    size = path.stat().st_size
    with open_file(path) as source, atomic_write(copy) as file:
        for piece in _pieces(source, size):
            file.write(piece)
        _check_copied(source, file, 0, size, copy)
    return size


def _check_copied(source: BinaryIO, file: BinaryIO, start: int, end: int, copy: Path) -> None:
    """Read back what was written, from the disk and not from memory, and compare it. Raises WarcError."""
    file.flush()
    os.fsync(file.fileno())
    os.posix_fadvise(file.fileno(), start, end - start, os.POSIX_FADV_DONTNEED)
    source.seek(start)
    file.seek(start)
    for one, other in zip(_pieces(source, end - start), _pieces(file, end - start), strict=True):
        if one != other:
            raise WarcError(f"{copy} does not have what was written to it: check its disk.")


def _pieces(file: BinaryIO, length: int) -> Iterator[bytes]:
    while length > 0 and (piece := file.read(min(_CHUNK, length))):
        yield piece
        length -= len(piece)


def _whole_end(path: Path, start: int) -> int:
    """Where the last whole record of a file ends, from the end of one on. Damage before it stays part of the file."""
    end = start
    for found in walk_file(path, start):
        if isinstance(found, Located) or not found.torn:
            end = found.offset + found.length
    return end


def _is_equal(path: Path, copy: Path) -> bool:
    size = path.stat().st_size if path.exists() else -1
    return copy.exists() and copy.stat().st_size == size and _has_tail(path, copy, size)


def _has_tail(path: Path, copy: Path, end: int) -> bool:
    """Whether two files have the same bytes just before a place, and the first is long enough."""
    start = max(0, end - _TAIL)
    with open_file(path) as one, open_file(copy) as other:
        one.seek(start)
        other.seek(start)
        return one.read(end - start) == other.read(end - start)


def _missing(directory: Path, target: Path, names: list[str], known: dict[str, int]) -> Iterator[str]:
    """Messages about records that the database knows and the copy lacks."""
    for name, end in known.items():
        if name not in names:
            kept = " Its earlier copy stays in the backup." if locate(target, name).exists() else ""
            yield f"{name} is missing in {directory}, though captures of it are known.{kept}"
        elif (have := _end_of(target, name)) < end:
            yield f"{name} ends at {have} in the backup, but records up to {end} are known."


def _end_of(target: Path, name: str) -> int:
    path = path_of(target, name)
    if path.exists():
        return path.stat().st_size
    compacted = find_compacted(path)
    return compacted.offsets[-1] + compacted.lengths[-1] if compacted else 0


def _copy_setting(path: Path, copy: Path) -> None:
    if path.exists():
        copy.parent.mkdir(parents=True, exist_ok=True)
        with atomic_write(copy) as file:
            file.write(path.read_bytes())


def _put_in_place(target: Path) -> None:
    """Give the new database the name of the old one."""
    part, database = target / _PART, target / DATABASE
    with part.open("rb") as file:
        os.fsync(file.fileno())
    remove_log(database)
    part.replace(database)
    sync_folder(target)


def _count(database: Path) -> tuple[int, int]:
    """The number of captures in a database, and its size in bytes."""
    if not database.exists():
        return 0, 0
    with open_readonly(database) as connection:
        return int(connection.execute("select count(*) from captures").fetchone()[0]), database.stat().st_size
