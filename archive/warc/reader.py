"""WARC files read: one record by its offset, every record in turn, and the mending of a torn tail.

A compacted month is read by the name and the offsets that its file had before.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from archive.core.errors import WarcError
from archive.core.model import Capture, Response
from archive.warc import records
from archive.warc.compact_reader import Compacted, compacted_form, compacted_names, find_compacted
from archive.warc.compression import InflateError
from archive.warc.file import LOCK_PATIENCE, NAME, Damage, Located, content_at, lock, named, opened, walk_file
from archive.warc.http import Headers, Message, decoded, decoded_body, parse_response
from archive.warc.records import Record


@dataclass(frozen=True)
class Recovery:
    """What was found beyond a known good offset: complete captures, and the torn tail that was cut off.

    `torn_at` is the offset where the file now ends, None when nothing was torn. `damaged` are stretches before
    complete records; they stay in the file.
    """

    kept: tuple[Capture, ...]
    torn_at: int | None
    dropped_bytes: int
    damaged: tuple[Damage, ...] = ()


def files(directory: Path) -> list[str]:
    """The archive's WARC files relative to it ("warc/SOURCE/2026-11.warc.gz"), sorted.

    A compacted file goes by the name that it had before.
    """
    found = {path for path in (directory / "warc").glob("*/*") if NAME.fullmatch(path.name) and path.is_file()}
    return sorted(path.relative_to(directory).as_posix() for path in found | compacted_names(directory / "warc"))


def locate(directory: Path, warc_file: str) -> Path:
    """Where a WARC file lies on disk, compacted or not. WarcError for a name that leads out of the warc folder."""
    path = named(directory, warc_file)
    return path if path.exists() else compacted_form(path) or path


def walk(path: Path, start: int = 0) -> Iterator[Located | Damage]:
    """Every record from an offset on, in the file's order, and each stretch that cannot be read.

    After damage it goes on at the next whole record. Raises WarcError when the file is missing or is one gzip stream
    of many records, in which no record can be found by offset.
    """
    compacted = None if path.exists() else find_compacted(path)
    return _walk_compacted(compacted, start) if compacted else walk_file(path, start)


def scan(
    directory: Path, warc_file: str, start: int = 0, damaged: Callable[[Damage], object] = lambda _: None
) -> Iterator[Capture]:
    """Every response and revisit of a file as a capture, from a record's offset on; other records are passed over.

    Damaged stretches are passed over too, and given to `damaged`. Raises WarcError as `walk`.
    """
    source = PurePosixPath(warc_file).parent.name
    for found in walk(named(directory, warc_file), start):
        if isinstance(found, Damage):
            damaged(found)
        capture = _capture(found, source, warc_file) if isinstance(found, Located) else None
        if capture:
            yield capture


def read_record(directory: Path, warc_file: str, offset: int, length: int) -> Record:
    """The record at an offset. Raises WarcError when it is missing, torn or no record."""
    path = named(directory, warc_file)
    try:
        return records.parse(_content(path, offset, length))[0]
    except (ValueError, InflateError) as error:
        raise WarcError(f"{path}: no whole record of {length} bytes at offset {offset}: {error}") from error


def read(directory: Path, capture: Capture) -> Response:
    """A capture's response with its codings undone, at most MAX_DECODED bytes; empty body for a revisit.

    Raises WarcError when its record is missing, torn or not a response, and where another capture lies in its place.
    """
    record = read_record(directory, capture.warc_file, capture.warc_offset, capture.warc_length)
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
    """Status, headers as they came and decoded body of the response at an offset. Raises WarcError as `read`."""
    message = _message(read_record(directory, warc_file, offset, length), warc_file, offset)
    return message.status, message.headers, decoded_body(message)


def recover(directory: Path, warc_file: str, start: int = 0, patience: float = LOCK_PATIENCE) -> Recovery:
    """Find the complete captures beyond a known good offset, cut a torn tail off, and make what is kept durable.

    Raises WarcError when the file is missing or another process appends to it.
    """
    path = named(directory, warc_file)
    if not path.exists() and find_compacted(path):
        return Recovery(tuple(scan(directory, warc_file, start)), None, 0)
    with opened(path, "r+b") as file:
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
    """Whether a record is a capture's: a file that was cut and written on holds others at the same offsets."""
    try:
        return record.url == capture.url and records.parse_moment(record.get("WARC-Date")) == capture.dated
    except ValueError:
        return False


def _outline(path: Path, warc_file: str, start: int) -> Iterator[Capture | Damage]:
    source = PurePosixPath(warc_file).parent.name
    for found in walk(path, start):
        item = found if isinstance(found, Damage) else _capture(found, source, warc_file)
        if item:
            yield item


def _capture(found: Located, source: str, warc_file: str) -> Capture | None:
    """None too for a response that nobody can read: `verify` names it."""
    try:
        return records.capture(found.record, source, warc_file, found.offset, found.length)
    except ValueError:
        return None


def _content(path: Path, offset: int, length: int) -> bytes:
    try:
        with opened(path) as file:
            return content_at(file, offset, length)
    except WarcError as error:
        compacted = find_compacted(path) if isinstance(error.__cause__, FileNotFoundError) else None
        if compacted is None:
            raise
    return compacted.content(offset)


def _message(record: Record, warc_file: str, offset: int) -> Message:
    if record.type not in ("response", "revisit"):
        raise WarcError(f"{warc_file}: the record at offset {offset} is a {record.type or 'nameless'} record.")
    try:
        return parse_response(record.block)
    except ValueError as error:
        raise WarcError(f"{warc_file}: the record at offset {offset} holds no HTTP response: {error}") from error


def _walk_compacted(compacted: Compacted, start: int) -> Iterator[Located | Damage]:
    for offset, length in compacted.records(start):
        try:
            content = compacted.content(offset)
            yield Located(records.parse(content)[0], offset, length, content)
        except (ValueError, WarcError) as error:
            yield Damage(offset, length, str(error), torn=False)
