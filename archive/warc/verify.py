"""Checks the archive's WARC files against their own digests, and the table of captures against the files.

Reads everything and changes nothing. The originals of revisits must also be there (`archive.warc.revisits`).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Literal

from archive.core.counted import count
from archive.core.errors import WarcError
from archive.core.model import Capture
from archive.warc import records
from archive.warc.content_coding import dechunked
from archive.warc.file import Located
from archive.warc.http import parse_response
from archive.warc.reader import files, is_away, locate, read_record, walk
from archive.warc.records import Record
from archive.warc.revisits import RevisitTargets
from archive.warc.storage import away

Fault = Literal[
    "missing file",
    "unreadable file",
    "damage",
    "torn record",
    "block digest",
    "payload digest",
    "unreadable response",
    "row without record",
    "row differs",
    "record without row",
    "original missing",
    "object altered",
]
_COMPARED = ("source", "url", "asked", "kind", "dated", "status", "digest", "warc_length", "revisit")


@dataclass(frozen=True)
class Difference:
    """One difference: its kind, the file, the offset, the address, and a description in words."""

    fault: Fault
    warc_file: str
    offset: int | None = None
    url: str = ""
    detail: str = ""

    def __str__(self) -> str:
        place = self.warc_file if self.offset is None else f"{self.warc_file} at {self.offset}"
        return ": ".join(part for part in (place, self.fault, self.detail, self.url) if part)


def verify(directory: Path, rows: Iterable[Capture], names: Iterable[str] | None = None) -> Iterator[Difference]:
    """Every difference between the files, their digests and the rows, file by file.

    `rows` are the captures in the database, ordered by `warc_file` and `warc_offset`. Raises ValueError if they are
    not, because then false differences would be reported. `names` are the files to check, sorted; by default all.
    """
    with closing(RevisitTargets()) as originals:
        stated = groupby(_in_order(rows), key=lambda row: row.warc_file)
        name, claims = next(stated, ("", iter(())))
        for warc_file in files(directory) if names is None else names:
            while name and name < warc_file:
                yield _missing(name, claims)
                name, claims = next(stated, ("", iter(())))
            if name == warc_file:
                yield from _verify_file(directory, warc_file, claims, originals)
                name, claims = next(stated, ("", iter(())))
            else:
                yield from _verify_file(directory, warc_file, (), originals)
        while name:
            yield _missing(name, claims)
            name, claims = next(stated, ("", iter(())))
        yield from _without_original(directory, originals)


def _without_original(directory: Path, originals: RevisitTargets) -> Iterator[Difference]:
    """The revisits whose original is missing. Another program may write the digest of the same body differently."""

    def matches(digest: str, warc_file: str, offset: int, length: int) -> bool:
        return _payload_matches(digest, read_record(directory, warc_file, offset, length))

    for found in originals.missing_targets(matches):
        yield Difference("original missing", found.warc_file, found.offset, found.url, found.detail)


def _verify_file(
    directory: Path, warc_file: str, rows: Iterable[Capture], originals: RevisitTargets
) -> Iterator[Difference]:
    """The differences between one file and its rows, which are in the order of their offsets."""
    waiting = iter(rows)
    row = next(waiting, None)
    end = 0
    try:
        if is_away(directory, warc_file) and (detail := away.alteration(locate(directory, warc_file))):
            yield Difference("object altered", warc_file, None, "", detail)
        for found in walk(directory / warc_file):
            end = found.offset + found.length
            while row and row.warc_offset < found.offset:
                yield _recordless(row)
                row = next(waiting, None)
            capture = None
            if isinstance(found, Located):
                yield from _check_digests(found, warc_file)
                originals.note(found.record, warc_file, found.offset, found.length)
                capture, unreadable = _capture_in(found, warc_file)
                yield from unreadable
            else:
                fault: Fault = "torn record" if found.torn else "damage"
                yield Difference(fault, warc_file, found.offset, "", f"{found.length} bytes, {found.reason}")
            if row and row.warc_offset == found.offset:
                yield from _compare(row, capture)
                row = next(waiting, None)
            elif capture:
                yield Difference("record without row", warc_file, found.offset, capture.url)
    except WarcError as error:
        yield Difference("unreadable file", warc_file, None, "", str(error))
    while row:
        yield _recordless(row, f"the file ends at {end}" if row.warc_offset >= end else "")
        row = next(waiting, None)


def _in_order(rows: Iterable[Capture]) -> Iterator[Capture]:
    last = ("", -1)
    for row in rows:
        place = (row.warc_file, row.warc_offset)
        if place <= last:
            raise ValueError(f"rows are not in order: {place} after {last}")
        last = place
        yield row


def _missing(warc_file: str, rows: Iterable[Capture]) -> Difference:
    return Difference("missing file", warc_file, None, "", f"it had {count(sum(1 for _ in rows), 'capture')}")


def _recordless(row: Capture, detail: str = "") -> Difference:
    return Difference("row without record", row.warc_file, row.warc_offset, row.url, detail)


def _capture_in(found: Located, warc_file: str) -> tuple[Capture | None, tuple[Difference, ...]]:
    source = PurePosixPath(warc_file).parent.name
    try:
        return records.capture(found.record, source, warc_file, found.offset, found.length), ()
    except ValueError as error:
        return None, (Difference("unreadable response", warc_file, found.offset, found.record.url, str(error)),)


def _compare(row: Capture, capture: Capture | None) -> Iterator[Difference]:
    if capture is None:
        yield _recordless(row)
        return
    differing = [name for name in _COMPARED if getattr(row, name) != getattr(capture, name)]
    if differing:
        words = ", ".join(f"{name} {getattr(row, name)} and not {getattr(capture, name)}" for name in differing)
        yield Difference("row differs", row.warc_file, row.warc_offset, capture.url, f"the row says {words}")


def _check_digests(found: Located, warc_file: str) -> Iterator[Difference]:
    record = found.record
    block, payload = record.get("WARC-Block-Digest"), record.get("WARC-Payload-Digest")
    if _matches(block, record.block) is False:
        yield Difference("block digest", warc_file, found.offset, record.url, f"the bytes are not those of {block}")
    if payload and record.type == "response" and not _payload_matches(payload, record):
        yield Difference("payload digest", warc_file, found.offset, record.url, f"the body is not that of {payload}")


def _payload_matches(stated: str, record: Record) -> bool:
    """Whether the payload has its digest. WARC 1.1 says that chunking is not part of the payload; many programs
    differ.
    """
    try:
        body = parse_response(record.block).body
    except ValueError:
        return True  # reported as an unreadable response, or no HTTP at all
    return _matches(stated, body) is not False or _matches(stated, dechunked(body)) is True


def _matches(stated: str, content: bytes) -> bool | None:
    """Whether the content has the stated digest (base 32 or 16); None if there is none or its algorithm is unknown."""
    name, _, value = stated.partition(":")
    name = name.lower().replace("-", "")
    if name not in hashlib.algorithms_guaranteed or name.startswith("shake"):
        return None
    found = hashlib.new(name, content, usedforsecurity=False).digest()
    try:
        return found in (_base32(value), bytes.fromhex(value) if len(value) == 2 * len(found) else b"")
    except ValueError:
        return False


def _base32(value: str) -> bytes:
    try:
        return base64.b32decode(value.upper() + "=" * (-len(value) % 8))
    except binascii.Error:
        return b""
