"""WARC files of other programs copied into an archive: their responses, block for block, in files of our own.

warcio reads them, as it knows WARC 0.17 to 1.1 and ARC. Files may be plain, compressed record by record or as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from isal import igzip
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeadersParserException

from archive import records
from archive.model import Capture, WarcError
from archive.records import Record
from archive.warcread import MAX_RECORD
from archive.warcwrite import WarcWriter
from archive.wire import InflateError, parse_response

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
    file that breaks off. Raises WarcError when the file cannot be opened or holds no WARC, or the archive is full.
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
    with _opened(path) as stream:
        records_read = 0
        try:
            for record in ArchiveIterator(stream, no_record_parse=True, arc2warc=True):
                records_read += 1
                if record.rec_type in ("response", "revisit"):
                    yield from _copied(record, path, problem)
        except _BROKEN as error:
            if not records_read:
                raise WarcError(f"{path} holds no WARC records: {error}") from error
            problem(f"{path} breaks off after {records_read} records: {error}")


def _opened(path: Path) -> BinaryIO:
    try:
        with path.open("rb") as file:
            packed = file.read(2) == b"\x1f\x8b"
        stream: BinaryIO = igzip.open(path, "rb") if packed else path.open("rb")  # type: ignore[no-untyped-call]
    except OSError as error:
        raise WarcError(f"{path} cannot be read: {error.strerror}.") from error
    return stream


def _copied(foreign: ArcWarcRecord, path: Path, problem: Callable[[str], None]) -> Iterator[Record]:
    """A foreign record as ours, identity and block kept, digests computed anew; nothing if it is no HTTP response."""
    stated = Record(tuple(foreign.rec_headers.headers), b"")
    if not stated.url.lower().startswith(("http:", "https:")):
        return
    if (foreign.length or 0) > MAX_RECORD:
        problem(f"{path}: the record of {stated.url} is left out: {foreign.length} bytes are more than {MAX_RECORD}")
        return
    block = foreign.raw_stream.read(MAX_RECORD)
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
