"""Appends exchanges to WARC files.

A file has one source's month. It is append-only, with one gzip member for each record, so that any record can be read
by its offset, and a crash can only damage the last one. Nothing is announced before fsync.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from archive.core.errors import WarcError
from archive.core.files import sync_folder
from archive.core.model import Capture, Exchange
from archive.warc import records
from archive.warc.compact_reader import compacted_form
from archive.warc.compression import gzip_member
from archive.warc.file import LOCK_PATIENCE, lock, torn_tail
from archive.warc.records import Record

_log = logging.getLogger(__name__)
_MAX_OPEN = 200
"""Files that are open at one time; the one that was used least recently is closed."""

_SOURCE = re.compile(r"(?!\.)[^/\\\0-\x1f]{1,100}")


@dataclass
class _File:
    """A WARC file open for appending: `end` is after its last complete record, `safe` after its last synced one."""

    path: Path
    name: str
    descriptor: int
    end: int
    safe: int


class WarcWriter:
    """Appends exchanges to the archive's WARC files, and says which are synced. Not for use by several threads.

    `software`, `operator` (a contact) and `robots` are written to the warcinfo record of each file. `now` is only used
    for the date of that record. If another process writes to a file, the writer waits `patience` seconds for it.
    """

    def __init__(
        self,
        directory: Path,
        software: str,
        operator: str = "",
        robots: str = "obey",
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        patience: float = LOCK_PATIENCE,
    ) -> None:
        self.directory = directory
        self.software = software
        self.operator = operator
        self.robots = robots
        self.now = now
        self.patience = patience
        self._open: dict[str, _File] = {}
        self._pending: list[tuple[_File, Capture]] = []

    def write(self, exchange: Exchange) -> Capture:
        """Append an exchange to its source's month. The capture must not be announced before `sync` returned it.

        Raises WarcError if the disk is full or the file cannot be written; then the file ends as it did before.
        """
        return self.append(exchange.source, exchange.fetched_at, *records.of_exchange(exchange))

    def append(self, source: str, at: datetime, *written: Record) -> Capture:
        """Append records to the month of `at`; returns the capture of the last one, a response or revisit, not synced.

        Raises WarcError as `write` does, and ValueError if the last record is no HTTP response.
        """
        file = self._file(source, at)
        members = [gzip_member(records.to_bytes(record)) for record in written]
        length = len(members[-1])
        offset = file.end + sum(map(len, members)) - length
        capture = records.capture(written[-1], source, file.name, offset, length)
        if capture is None:
            raise ValueError(f"not an HTTP response: a {written[-1].type} record of {written[-1].url}")
        _append(file, b"".join(members))
        self._pending.append((file, capture))
        return capture

    def sync(self) -> tuple[Capture, ...]:
        """Sync everything that was written since the last call; returns its captures in order.

        Raises WarcError if a disk refuses: then what was written to this file since the last call is removed from it.
        """
        for file in self._open.values():
            if file.end > file.safe:
                self._make_durable(file)
        durable, self._pending = self._pending, []
        return tuple(capture for _, capture in durable)

    def close(self) -> None:
        """Close every file. What was not synced is not announced; `recover` will find it."""
        for file in self._open.values():
            os.close(file.descriptor)
        self._open.clear()

    def _make_durable(self, file: _File) -> None:
        try:
            os.fsync(file.descriptor)
        except OSError as error:
            # After a failed fsync the kernel forgets which pages were dirty: trying again would seem to succeed.
            self._pending = [
                (at, capture) for at, capture in self._pending if at is not file or capture.warc_offset < file.safe
            ]
            _take_back(file, file.safe)
            raise _refusal(file.path, error) from error
        file.safe = file.end

    def _file(self, source: str, at: datetime) -> _File:
        key = f"{source}/{at.astimezone(UTC):%Y-%m}"
        file = self._open.pop(key, None)
        if file is None:
            if not _SOURCE.fullmatch(source):
                raise WarcError(f"{source!r} cannot be the name of a folder: choose another name for the source.")
            if len(self._open) >= _MAX_OPEN:
                self._close_oldest()
            file = _open_file(self.directory, f"warc/{key}", self.patience)
            if file.end == 0:
                self._begin(file)
        self._open[key] = file  # the most recently used file is the last
        return file

    def _close_oldest(self) -> None:
        key, file = next(iter(self._open.items()))
        if file.end > file.safe:
            self._make_durable(file)
        del self._open[key]
        os.close(file.descriptor)

    def _begin(self, file: _File) -> None:
        statements = (
            ("software", self.software),
            ("operator", self.operator),
            ("robots", self.robots),
            ("format", "WARC File Format 1.1"),
            ("conformsTo", "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"),
        )
        try:
            _append(file, gzip_member(records.to_bytes(records.warcinfo(file.path.name, self.now(), statements))))
            _sync_folders(file.path.parent, self.directory)
        except OSError as error:
            os.close(file.descriptor)
            raise _refusal(file.path, error) from error
        except WarcError:
            os.close(file.descriptor)
            raise


def _open_file(directory: Path, stem: str, patience: float) -> _File:
    name, descriptor = _lock_file(directory, stem, patience)
    path = directory / name
    try:
        end = os.fstat(descriptor).st_size
        file = _File(path, name, descriptor, end, end)
        torn = torn_tail(path)
        if torn:
            _log.warning("%s ended in a torn record: its %d bytes were cut off (%s).", path, torn.length, torn.reason)
            _take_back(file, torn.offset)
            file.safe = file.end
    except OSError as error:
        os.close(descriptor)
        raise _refusal(path, error) from error
    except WarcError:
        os.close(descriptor)
        raise
    return file


def _lock_file(directory: Path, stem: str, patience: float) -> tuple[str, int]:
    """The month's file, locked against other writers; another file if it was compacted during the wait."""
    while True:
        name = _free_name(directory, stem)
        path = directory / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise _refusal(path, error) from error
        try:
            lock(descriptor, path, patience)
            if _same(descriptor, path) and not compacted_form(path):
                return name, descriptor
        except OSError as error:
            os.close(descriptor)
            raise _refusal(path, error) from error
        except WarcError:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _free_name(directory: Path, stem: str) -> str:
    """2026-11.warc.gz, or 2026-11-2.warc.gz if that one is compacted, because its name and offsets are still used."""
    names = (f"{stem}{part}.warc.gz" for part in ("", *(f"-{number}" for number in range(2, 1000))))
    return next(name for name in names if not compacted_form(directory / name))


def _same(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _append(file: _File, content: bytes) -> None:
    """Write everything or nothing."""
    rest = memoryview(content)
    try:
        while rest:
            rest = rest[os.write(file.descriptor, rest) :]
    except OSError as error:
        _take_back(file, file.end)
        raise _refusal(file.path, error) from error
    file.end += len(content)


def _take_back(file: _File, end: int) -> None:
    try:
        os.ftruncate(file.descriptor, end)
    except OSError as error:
        raise _refusal(file.path, error) from error
    file.end = end


def _sync_folders(folder: Path, top: Path) -> None:
    """Sync the folders of a new file, so that its name is durable too."""
    for each in (folder, *folder.parents):
        sync_folder(each)
        if each == top:
            return


def _refusal(path: Path, error: OSError) -> WarcError:
    return WarcError(
        f"{path} cannot be written: {error.strerror}. Make room or correct the permissions, then start again."
    )
