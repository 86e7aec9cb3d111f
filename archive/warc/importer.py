"""WARC files of other programs copied into an archive: their responses, block for block, in files of our own.

warcio reads them, as it knows WARC 0.17 to 1.1 and ARC. Files may be plain, compressed record by record or as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeadersParserException

from archive.core.errors import ForeignWarcError
from archive.core.model import Capture
from archive.warc import records
from archive.warc.compression import InflateError, gunzipper
from archive.warc.file import MAX_RECORD
from archive.warc.http import parse_response
from archive.warc.records import Record
from archive.warc.writer import WarcWriter

_CHUNK = 64 * 1024
_BATCH_RECORDS = 512
_BATCH_BYTES = 64 * 1024 * 1024
_KEPT = frozenset(
    (
        "warc-concurrent-to",
        "warc-ip-address",
        "warc-profile",
        "warc-refers-to",
        "warc-refers-to-target-uri",
        "warc-refers-to-date",
        "warc-truncated",
        "warc-identified-payload-type",
        "warc-protocol",
        "warc-cipher-suite",
        "warc-json-metadata",
    )
)
_STARTS = (b"WARC/", b"filedesc://")
_BROKEN = (ArchiveLoadFailed, StatusAndHeadersParserException, InflateError, OSError, EOFError)


def copy_in(
    path: Path,
    writer: WarcWriter,
    source_of: Callable[[str], str],
    known: Callable[[str, datetime, str], bool],
    problem: Callable[[str], None],
) -> Iterator[Capture]:
    """Copy every HTTP response and revisit of a WARC or ARC file into the archive; their captures, once durable.

    `source_of` names the source of an address. What is `known` by address, moment and payload digest is passed over,
    so that a file may be imported again. `problem` is told in words of each record that could not be read, and of a
    file that breaks off. Raises ForeignWarcError when the file cannot be opened or is no WARC or ARC file, WarcError
    when the archive cannot be written.
    """
    seen: set[tuple[str, datetime, str]] = set()
    waiting = 0
    count = 0
    for record in _responses(path, problem):
        try:
            identity = _identity(record)
            if identity in seen or known(*identity):
                continue
            capture = writer.append(source_of(record.url), identity[1], record)
        except ValueError as error:
            problem(f"{path}: the record of {record.url} is left out: {error}")
            continue
        seen.add(identity)
        count += 1
        waiting += capture.warc_length
        if count % _BATCH_RECORDS == 0 or waiting > _BATCH_BYTES:
            waiting = 0
            yield from writer.sync()
    yield from writer.sync()


def _identity(record: Record) -> tuple[str, datetime, str]:
    return record.url, records.parse_moment(record.get("WARC-Date")), record.get("WARC-Payload-Digest")


def _responses(path: Path, problem: Callable[[str], None]) -> Iterator[Record]:
    records_read = 0
    with _opened(path) as file:
        stream = _Unpacked(file)
        if not stream.start.startswith(_STARTS):
            raise ForeignWarcError(f"{path} is no WARC or ARC file: {stream.fault or _kind(stream.start)}.")
        try:
            for record in ArchiveIterator(stream, no_record_parse=True, arc2warc=True):
                records_read += 1
                if record.rec_type in ("response", "revisit"):
                    yield from _copied(record, path, problem)
        except _BROKEN as error:
            stream.fault = stream.fault or str(error)
    if not records_read:
        raise ForeignWarcError(f"{path} holds no WARC records: {stream.fault or 'it is empty'}.")
    if stream.fault:
        problem(f"{path} breaks off after {records_read} records: {stream.fault}.")


class _Unpacked:
    """A file as warcio wants to read it: plain, whether it is compressed not at all, by record or as a whole.

    `start` is what it begins with, unpacked.

    Where compressed bytes break off or are damaged it ends, and `fault` says so; all before that is given.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.fault = ""
        self._pieces = self._inflate(file)
        self._rest = self.start = next((piece for piece in self._pieces if piece), b"")

    def read(self, size: int) -> bytes:
        self._rest = self._rest or next((piece for piece in self._pieces if piece), b"")
        piece, self._rest = self._rest[:size], self._rest[size:]
        return piece

    def _inflate(self, file: BinaryIO) -> Iterator[bytes]:
        chunk = file.read(_CHUNK)
        packed = chunk.startswith(b"\x1f\x8b")
        stream = None
        try:
            while chunk:
                if packed:
                    stream = gunzipper() if stream is None or stream.eof else stream
                    yield stream.decompress(chunk)
                    chunk = stream.unused_data
                else:
                    yield chunk
                    chunk = b""
                chunk = chunk or file.read(_CHUNK)
        except InflateError as error:
            self.fault = str(error)
        if stream and not stream.eof:
            self.fault = self.fault or "the file ends within a record"


def _kind(start: bytes) -> str:
    return f"it begins with {start[:20]!r}" if start else "it is empty"


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise ForeignWarcError(f"{path} cannot be read: {error.strerror}.") from error


def _copied(foreign: ArcWarcRecord, path: Path, problem: Callable[[str], None]) -> Iterator[Record]:
    """A foreign record as ours, identity and block kept, digests computed anew; nothing if it is no HTTP response."""
    stated = Record(tuple(foreign.rec_headers.headers), b"")
    if not stated.url.lower().startswith(("http:", "https:")):
        return
    if (foreign.length or 0) > MAX_RECORD:
        problem(f"{path}: the record of {stated.url} is left out: {foreign.length} bytes are more than {MAX_RECORD}")
        return
    block = b"".join(iter(lambda: foreign.raw_stream.read(_CHUNK), b""))
    if foreign.length is None or len(block) < foreign.length:
        problem(f"{path}: the record of {stated.url} is left out: it is cut off")
        return
    try:
        payload = _payload_digest(stated, block)
    except ValueError as error:
        problem(f"{path}: the record of {stated.url} is left out: {error}")
        return
    fields = [
        ("WARC-Type", stated.type),
        ("WARC-Record-ID", stated.get("WARC-Record-ID") or records.new_id()),
        ("WARC-Date", stated.get("WARC-Date")),
        ("WARC-Target-URI", stated.url),
        *((name, value) for name, value in stated.fields if name.lower() in _KEPT),
        *([("WARC-Payload-Digest", payload)] if payload else []),
        ("Content-Type", "application/http; msgtype=response"),
    ]
    yield Record(tuple(fields), block)


def _payload_digest(stated: Record, block: bytes) -> str:
    """A revisit's digest is that of another record and can only be taken over."""
    message = parse_response(block)
    return stated.get("WARC-Payload-Digest") if stated.type == "revisit" else records.digest(message.body)
