"""Reads WARC files: one record by its offset, or all records in order; also cuts off an incomplete last record.

A compacted month is read by the name and the offsets of its original file.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from archive.core.credentials import without_user
from archive.core.errors import StorageError, WarcError
from archive.core.model import Capture, Response
from archive.warc import records
from archive.warc.compact_reader import AWAY, Compacted, compacted_form, compacted_names, find_compacted
from archive.warc.compression import InflateError
from archive.warc.file import LOCK_PATIENCE, NAME, Damage, Located, lock, open_file, path_of, unpack, walk_file
from archive.warc.http import Headers, Message, decoded, decoded_body
from archive.warc.records import Record


@dataclass(frozen=True)
class Recovery:
    """What was found after a known good offset: complete captures, and the incomplete record that was cut off.

    `torn_at` is the offset where the file now ends; None if nothing was cut off. `damaged` are unreadable parts before
    complete records; they stay in the file.
    """

    kept: tuple[Capture, ...]
    torn_at: int | None
    dropped_bytes: int
    damaged: tuple[Damage, ...] = ()


def files(directory: Path) -> list[str]:
    """The names of the archive's WARC files ("warc/SOURCE/2026-11.warc.gz"), sorted.

    A compacted file has the name of its original.
    """
    found = {path for path in (directory / "warc").glob("*/*") if NAME.fullmatch(path.name) and path.is_file()}
    return sorted(path.relative_to(directory).as_posix() for path in found | compacted_names(directory / "warc"))


def locate(directory: Path, warc_file: str) -> Path:
    """Where a WARC file lies on disk, compacted or not. WarcError for a name that leads out of the warc folder."""
    path = path_of(directory, warc_file)
    return path if path.exists() else compacted_form(path) or path


def is_away(directory: Path, warc_file: str) -> bool:
    """Whether a WARC file is in object storage, and only its index is on this disk."""
    return locate(directory, warc_file).suffix == AWAY


def walk(path: Path, start: int = 0) -> Iterator[Located | Damage]:
    """Every record from an offset on, in the order of the file, and each part that cannot be read.

    After damage it continues with the next whole record. Raises WarcError if the file is missing, or if it is one gzip
    stream of many records, in which no record can be found by its offset.
    """
    compacted = None if path.exists() else find_compacted(path)
    return _walk_compacted(compacted, start) if compacted else walk_file(path, start)


def scan(
    directory: Path, warc_file: str, start: int = 0, damaged: Callable[[Damage], object] = lambda _: None
) -> Iterator[Capture]:
    """Every response and revisit of a file as a capture, from the offset of a record on; other records are skipped.

    Damaged parts are skipped too, and passed to `damaged`. Raises WarcError as `walk` does.
    """
    source = PurePosixPath(warc_file).parent.name
    for found in walk(path_of(directory, warc_file), start):
        if isinstance(found, Damage):
            damaged(found)
        capture = _capture(found, source, warc_file) if isinstance(found, Located) else None
        if capture:
            yield capture


def read_record(directory: Path, warc_file: str, offset: int, length: int) -> Record:
    """The record at an offset. Raises WarcError if it is missing, incomplete or no record."""
    return _record(_stored(path_of(directory, warc_file), offset, length), warc_file, offset, length)


def read(directory: Path, capture: Capture) -> Response:
    """The decoded response of a capture, at most MAX_DECODED bytes; the body of a revisit is empty.

    Raises WarcError if its record is missing, incomplete or not a response, or if another capture is in its place.
    """
    return response_in(stored(directory, capture), capture)


def stored(directory: Path, capture: Capture) -> bytes:
    """The bytes of a capture's record, mostly still compressed, for `response_in`, perhaps on another machine.

    Raises WarcError if the file is missing. Whether the record is whole is not checked.
    """
    return _stored(path_of(directory, capture.warc_file), capture.warc_offset, capture.warc_length)


def response_in(content: bytes, capture: Capture) -> Response:
    """The response of a capture in the bytes that `stored` gave, without any file; limits and errors as of `read`."""
    record = _record(content, capture.warc_file, capture.warc_offset, capture.warc_length)
    message = _message(record, capture.warc_file, capture.warc_offset)
    if not _is_of(record, capture):
        raise WarcError(
            f"{capture.warc_file}: the record at offset {capture.warc_offset} is another capture's (of {record.url})."
        )
    if capture.revisit:
        return Response(capture, message.headers, b"", capture.truncated)
    body = decoded(message)
    return Response(capture, message.headers, body.content, capture.truncated or ("" if body.whole else "unspecified"))


def read_raw(directory: Path, warc_file: str, offset: int, length: int) -> tuple[int, Headers, bytes]:
    """The status, the headers as they came and the decoded body of the response at an offset. Raises WarcError."""
    message = _message(read_record(directory, warc_file, offset, length), warc_file, offset)
    return message.status, message.headers, decoded_body(message)


def recover(directory: Path, warc_file: str, start: int = 0, patience: float = LOCK_PATIENCE) -> Recovery:
    """Find the complete captures after a known good offset, cut off an incomplete record, and sync the rest.

    Raises WarcError if the file is missing or another process writes to it.
    """
    path = path_of(directory, warc_file)
    if not path.exists() and find_compacted(path):
        return Recovery(tuple(scan(directory, warc_file, start)), None, 0)
    with open_file(path, "r+b") as file:
        lock(file.fileno(), path, patience)
        found = list(_outline(path, warc_file, start))
        damaged = [item for item in found if isinstance(item, Damage)]
        torn = damaged.pop() if damaged and damaged[-1].torn else None
        if torn:
            file.truncate(torn.offset)
        os.fsync(file.fileno())
    kept = tuple(item for item in found if isinstance(item, Capture))
    return Recovery(kept, torn.offset if torn else None, torn.length if torn else 0, tuple(damaged))


def _is_of(record: Record, capture: Capture) -> bool:
    """Whether a record belongs to a capture. A file that was cut and then continued has others at the same offsets."""
    try:
        return (
            record.url == without_user(capture.url) and records.parse_moment(record.get("WARC-Date")) == capture.dated
        )
    except ValueError:
        return False


def _outline(path: Path, warc_file: str, start: int) -> Iterator[Capture | Damage]:
    source = PurePosixPath(warc_file).parent.name
    for found in walk(path, start):
        item = found if isinstance(found, Damage) else _capture(found, source, warc_file)
        if item:
            yield item


def _capture(found: Located, source: str, warc_file: str) -> Capture | None:
    """The capture of a record; None if there is none, or if its response cannot be read (`verify` names it)."""
    try:
        return records.capture(found.record, source, warc_file, found.offset, found.length)
    except ValueError:
        return None


def _record(content: bytes, warc_file: str, offset: int, length: int) -> Record:
    try:
        return records.parse(unpack(content))[0]
    except (ValueError, InflateError) as error:
        raise WarcError(f"{warc_file}: no whole record of {length} bytes at offset {offset}: {error}") from error


def _stored(path: Path, offset: int, length: int) -> bytes:
    try:
        with open_file(path) as file:
            file.seek(offset)
            return file.read(length)
    except WarcError as error:
        compacted = find_compacted(path) if isinstance(error.__cause__, FileNotFoundError) else None
        if compacted is None:
            raise
    return compacted.content(offset)


def _message(record: Record, warc_file: str, offset: int) -> Message:
    if record.type not in records.CAPTURED:
        raise WarcError(f"{warc_file}: the record at offset {offset} is a {record.type or 'nameless'} record.")
    try:
        return records.message_of(record)
    except ValueError as error:
        raise WarcError(f"{warc_file}: the record at offset {offset} holds no HTTP response: {error}") from error


def _walk_compacted(compacted: Compacted, start: int) -> Iterator[Located | Damage]:
    for offset, length in compacted.records(start):
        try:
            content = compacted.content(offset)
            yield Located(records.parse(content)[0], offset, length, content)
        except StorageError:
            raise  # which says nothing of the record
        except (ValueError, WarcError) as error:
            yield Damage(offset, length, str(error), torn=False)
