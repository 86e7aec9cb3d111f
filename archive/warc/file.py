"""A WARC file on disk: its name, its lock, its records in order, and its damage.

For plain files and files that are compressed record by record. compact_reader.py reads compacted files.
"""

from __future__ import annotations

import fcntl
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from archive.core.errors import WarcError
from archive.warc import records
from archive.warc.compression import InflateError, gunzipper
from archive.warc.records import Record

MAX_RECORD = 128 * 1024 * 1024
"""The most bytes of one uncompressed record that are read: more than any page, less than a machine's memory."""

LOCK_PATIENCE = 10.0
"""How many seconds to wait for another process that has locked a WARC file."""

_CHUNK, _TAIL = 64 * 1024, 1024 * 1024
"""Bytes that are read at one time of a record, and where one is looked for."""

_GZIP = b"\x1f\x8b\x08"
_PLAIN = b"WARC/"
NAME = re.compile(r"[^/\\\0]+\.warc(\.gz)?")


@dataclass(frozen=True)
class Located:
    """A record and its place in its file, in bytes of the file (compressed, if the file is).

    `content` is the whole record, unpacked.
    """

    record: Record
    offset: int
    length: int
    content: bytes


@dataclass(frozen=True)
class Damage:
    """A part of a file in which no record can be read; `torn` if it reaches the end of the file."""

    offset: int
    length: int
    reason: str
    torn: bool


def path_of(directory: Path, warc_file: str) -> Path:
    """The path for the name of a WARC file. Raises WarcError if it leads out of the archive's warc folder."""
    parts = PurePosixPath(warc_file).parts
    if len(parts) != 3 or parts[0] != "warc" or ".." in parts or not NAME.fullmatch(parts[-1]):
        raise WarcError(f"{warc_file!r} is not the name of a WARC file inside the archive.")
    return directory.joinpath(*parts)


def walk_file(path: Path, start: int = 0) -> Iterator[Located | Damage]:
    """Every record from an offset on, in the order of the file, and each part that cannot be read.

    After damage it continues with the next whole record. Raises WarcError if the file is missing, or if it is one gzip
    stream of many records, in which no record can be found by its offset.
    """
    with open_file(path) as file:
        size = os.fstat(file.fileno()).st_size
        at = start
        while at < size:
            try:
                found: Located | Damage = _record_at(file, at)
            except (ValueError, InflateError) as error:
                found = _damage(file, at, size, str(error))
            yield found
            at += found.length


def unpack(content: bytes) -> bytes:
    """The bytes of a record, which may be compressed. Raises ValueError or InflateError if it is not complete."""
    return _inflate(content) if content.startswith(_GZIP) else content


def torn_tail(path: Path) -> Damage | None:
    """The incomplete record at the end of a file; None if the last record is complete.

    Reads only the last records, so that the cost does not grow with the file. Reads the whole file only if it does not
    end with a complete record.
    """
    with open_file(path) as file:
        size = os.fstat(file.fileno()).st_size
        if size == 0 or _ends_whole(file, size):
            return None
    damage = [found for found in walk_file(path) if isinstance(found, Damage) and found.torn]
    return damage[-1] if damage else None


def lock(descriptor: int, path: Path, patience: float = LOCK_PATIENCE) -> None:
    """Lock a file against other writers until its descriptor is closed. Raises WarcError after `patience` seconds."""
    deadline = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError as error:
            if time.monotonic() > deadline:
                raise WarcError(f"{path} is being written by another process. Stop it, then try again.") from error
        time.sleep(0.02)


def open_file(path: Path, mode: str = "rb") -> BinaryIO:
    """A file of the archive. Raises WarcError if it cannot be opened, caused by FileNotFoundError if it is missing."""
    try:
        return open(path, mode)  # type: ignore[return-value]  # both modes are binary
    except OSError as error:
        raise WarcError(f"{path} cannot be opened: {error.strerror}.") from error


def _record_at(file: BinaryIO, at: int) -> Located:
    file.seek(at)
    start = file.read(len(_PLAIN))
    if start.startswith(_GZIP):
        return _compressed_record(file, at)
    if start == _PLAIN:
        return _plain_record(file, at)
    raise ValueError(f"no record begins with {start!r}" if start.strip(b"\0") else "zeros")


def _compressed_record(file: BinaryIO, at: int) -> Located:
    content, length = _member(file, at)
    record, taken = records.parse(content)
    if content[taken:].lstrip(b"\r\n").startswith(_PLAIN):
        raise WarcError(f"{file.name} is one gzip stream of many records, in which none can be found: import it.")
    return Located(record, at, length, content)


def _plain_record(file: BinaryIO, at: int) -> Located:
    file.seek(at)
    content = file.read(_CHUNK)
    wanted = _length_of(content)
    if wanted > len(content):
        content += file.read(wanted - len(content))
    record, taken = records.parse(content)
    return Located(record, at, taken, content[:taken])


def _length_of(content: bytes) -> int:
    """The length in bytes of an uncompressed record with its closing lines, read from its head."""
    head = content[: content.find(b"\r\n\r\n") + 4]
    stated = re.search(rb"(?im)^content-length:[ \t]*(\d{1,12})[ \t]*\r?$", head)
    if not stated or int(stated[1]) > MAX_RECORD:
        raise ValueError("the record states no length that can be read")
    return len(head) + int(stated[1]) + 4


def _member(file: BinaryIO, at: int) -> tuple[bytes, int]:
    """The gzip member at an offset: its content, and its length in the file."""
    file.seek(at)
    stream = gunzipper()
    parts: list[bytes] = []
    size = taken = 0
    while not stream.eof:
        chunk = stream.unconsumed_tail
        if not chunk:
            chunk = file.read(_CHUNK)
            taken += len(chunk)
        if not chunk:
            raise ValueError("the file ends within the record")
        parts.append(stream.decompress(chunk, MAX_RECORD + 1 - size))
        size += len(parts[-1])
        if size > MAX_RECORD:
            raise ValueError(f"the record is larger than {MAX_RECORD} bytes")
    return b"".join(parts), taken - len(stream.unused_data)


def _inflate(member: bytes) -> bytes:
    stream = gunzipper()
    content: bytes = stream.decompress(member, MAX_RECORD)
    if not stream.eof:
        raise ValueError("the record is cut off")
    return content


def _damage(file: BinaryIO, at: int, size: int, reason: str) -> Damage:
    """The damage from a place without a record to the next record, or to the end."""
    nearest = next((offset for offset in _candidates(file, at + 1) if _end_of(file, offset)), size)
    return Damage(at, nearest - at, reason, nearest == size)


def _ends_whole(file: BinaryIO, size: int) -> bool:
    tail = max(0, size - _TAIL)
    return any(_end_of(file, offset) == size for offset in reversed(list(_candidates(file, tail))))


def _candidates(file: BinaryIO, at: int) -> Iterator[int]:
    """Offsets where a record might begin, found by its first bytes."""
    start = _GZIP if str(file.name).endswith(".gz") else b"WARC/1."
    while True:
        file.seek(at)
        piece = file.read(_TAIL)
        yield from (at + match.start() for match in re.finditer(re.escape(start), piece))
        if len(piece) <= len(start):
            return
        at += len(piece) - len(start) + 1


def _end_of(file: BinaryIO, at: int) -> int | None:
    """Where the record at an offset ends; None when there is none."""
    try:
        return at + _record_at(file, at).length
    except (ValueError, InflateError):
        return None
