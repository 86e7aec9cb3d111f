"""Reads WARC and ARC files of other programs, record by record, in bounded time and memory.

Any version of WARC, and ARC 1 and 2; plain, compressed record by record, or compressed as a whole. warcio reads the
same files, but there a line, a head or a member without an end can use all memory. What cannot be read is reported, and
reading continues with the next record.
Sources: ISO 28500:2017 (WARC 1.1), https://archive.org/web/researcher/ArcFileFormat.php (ARC).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from archive.core.errors import ForeignWarcError
from archive.warc.compression import InflateError, gunzipper
from archive.warc.http import MAX_HEAD, parse_headers
from archive.warc.records import Record

MAX_BLOCK = 64 * 1024 * 1024
"""The most bytes of a record's block that are read; a longer one (a video) is passed over."""

RATIO = 50
"""Over MAX_BLOCK, a record that unpacks to this many times its bytes in the file is a bomb, and is not read further."""

_CHUNK, _PIECE = 64 * 1024, 1024 * 1024
"""The most bytes that are read of the file at one time, and of which a piece is unpacked."""

_GZIP = b"\x1f\x8b\x08"
_WARC, _ARC = b"WARC/", b"filedesc://"
_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)")


@dataclass(frozen=True)
class Unreadable:
    """A place in a file where no complete record could be read, in words; with its `url` if its head could be read."""

    reason: str
    url: str = ""


class _Bomb(ValueError):
    """A record unpacks to far more than its bytes in the file."""


def read_records(file: BinaryIO, name: str) -> Iterator[Record | Unreadable]:
    """Every record of a file in order, and what could not be read between them.

    `name` is for messages. Raises ForeignWarcError if the file is not a WARC or ARC file, or has no record. Damage is
    passed over up to the next member of the file, and a line that begins nothing up to the next that begins a record;
    an ARC file ends there, as its records are known by their place alone.
    """
    stream = _Unpacked(file)
    start = stream.peek()
    if not start.startswith((_WARC, _ARC)):
        raise ForeignWarcError(f"{name} is no WARC or ARC file: {stream.fault or _beginning(start, file)}.")
    records = _Records(stream)
    while not records.is_over:
        found = records.read_next()
        if found is not None:
            yield found
    if not records.count:
        raise ForeignWarcError(f"{name} holds no WARC records: {stream.fault or 'it is empty'}.")
    if stream.fault:
        yield Unreadable(f"it breaks off after {records.count} records: {stream.fault}")


class _Records:
    """The records of one file, in order. `count` has those that began so far, the head of an ARC file among them."""

    def __init__(self, stream: _Unpacked) -> None:
        self.count = 0
        self.is_over = False
        self._stream = stream
        self._columns = 0  # of an ARC file, as its head says

    def read_next(self) -> Record | Unreadable | None:
        """What begins at the next line; None for an empty line, for the head of an ARC file, and at the end."""
        self._stream.begin()
        try:
            line = self._stream.line(_CHUNK)
            return self._beginning_with(line) if line else self._after_the_end()
        except _Bomb as error:
            self.is_over = not self._stream.skip_member()
            return Unreadable(str(error))
        except ValueError as error:
            self.is_over = self._columns > 0 or not _go_on(self._stream)
            return Unreadable(str(error))

    def _beginning_with(self, line: bytes) -> Record | Unreadable | None:
        """The record whose first line was just read."""
        if not line.strip():
            return None
        found: Record | Unreadable | None = None
        if line.startswith(_WARC):
            found = _warc_record(self._stream)
        elif line.startswith(_ARC):
            self._columns = _arc_columns(self._stream, line)
        elif self._columns:
            found = _arc_record(self._stream, line, self._columns)
        else:
            raise ValueError(f"no record begins with {line[:40]!r}")
        self.count += 1
        return found

    def _after_the_end(self) -> Unreadable | None:
        """The damage that ended the bytes, if a member of the file can be read behind it; else it is over."""
        if damage := self._stream.skip_damage():
            return Unreadable(f"it is damaged after {self.count} records: {damage}")
        self.is_over = True
        return None


def _beginning(start: bytes, file: BinaryIO) -> str:
    if not start:
        return "its compressed bytes cannot be read" if file.tell() else "it is empty"
    words = "".join(char if char.isprintable() else " " for char in start.decode("utf-8", "replace"))
    return f"it begins with “{words[:20].strip()}”"


def _warc_record(stream: _Unpacked) -> Record | Unreadable:
    lines, size = [], 0
    while (line := stream.line(MAX_HEAD - size)).strip():
        lines.append(line.rstrip(b"\r\n"))
        size += len(line)
        if size >= MAX_HEAD:
            raise ValueError(f"the head of a record does not end within {MAX_HEAD} bytes")
    if not line:
        raise ValueError("a record is cut off within its head")
    stated = Record(parse_headers(lines, "utf-8"), b"")
    length = stated.get("Content-Length").strip()
    if not (length.isascii() and length.isdigit() and len(length) < 16):
        raise ValueError(f"a record states no length that can be read, but {length[:40]!r}")
    return _with_block(stream, stated, int(length))


def _with_block(stream: _Unpacked, stated: Record, length: int) -> Record | Unreadable:
    if length > MAX_BLOCK:
        stream.skip(length)
        return Unreadable(f"{length} bytes are more than {MAX_BLOCK}", stated.url or stated.type)
    block = stream.read(length)
    if len(block) < length:
        return Unreadable("it is cut off", stated.url or stated.type)
    return Record(stated.fields, block)


def _arc_columns(stream: _Unpacked, line: bytes) -> int:
    """Read the first record of an ARC file; returns the number of columns in the lines of the others."""
    length = line.split()[-1]
    about = stream.read(min(int(length) if length.isdigit() else 0, MAX_HEAD))
    named = about.split(b"\n")[1].split() if about.count(b"\n") else []
    return len(named) if len(named) in (5, 10) else 5


def _arc_record(stream: _Unpacked, line: bytes, columns: int) -> Record | Unreadable:
    parts = line.decode("utf-8", "replace").strip().rsplit(" ", columns - 1)
    date = _DATE.fullmatch(parts[2]) if len(parts) == columns else None
    if date is None or not (parts[-1].isascii() and parts[-1].isdigit()):
        raise ValueError(f"no ARC record begins with {line[:60]!r}")
    year, month, day, hour, minute, second = date.groups()
    fields = (
        ("WARC-Type", "response"),
        ("WARC-Target-URI", parts[0]),
        ("WARC-IP-Address", parts[1]),
        ("WARC-Date", f"{year}-{month}-{day}T{hour}:{minute}:{second}Z"),
        ("Content-Type", "application/http; msgtype=response"),
    )
    return _with_block(stream, Record(fields, b""), int(parts[-1]))


def _go_on(stream: _Unpacked) -> bool:
    """Skip to the next line that begins a record; returns whether there is one."""
    try:
        return stream.find_record()
    except _Bomb:
        return stream.skip_member()


class _Unpacked:
    """The uncompressed bytes of a file, in pieces of at most a megabyte.

    It ends where compressed bytes break off or are damaged, and `fault` says so. `skip_damage` may go on from there.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.fault = ""
        self._file = file
        self._pieces = self._unpack()
        self._piece, self._at = b"", 0
        self._begins_member = False
        self._unpacked = self._packed = self._packed_before = 0

    def begin(self) -> None:
        """Start a record: bytes unpacked from here on count for it."""
        self._unpacked = len(self._piece) - self._at
        self._packed_before = self._packed

    def peek(self) -> bytes:
        """The next bytes, without consuming them; none at the end."""
        return self._piece[self._at : self._at + 64] if self._more() else b""

    def line(self, limit: int) -> bytes:
        """The next line with its newline, at most `limit` bytes of it; it ends where a gzip member does."""
        parts: list[bytes] = []
        while limit > 0 and self._more() and not (parts and self._begins_member and self._at == 0):
            end = self._piece.find(b"\n", self._at, self._at + limit)
            stop = end + 1 if end >= 0 else min(len(self._piece), self._at + limit)
            parts.append(self._piece[self._at : stop])
            limit -= stop - self._at
            self._at = stop
            if end >= 0:
                break
        return b"".join(parts)

    def read(self, size: int) -> bytes:
        """The next bytes, fewer at the end."""
        parts: list[bytes] = []
        while size > 0 and self._more():
            parts.append(self._piece[self._at : self._at + size])
            self._at += len(parts[-1])
            size -= len(parts[-1])
        return b"".join(parts)

    def skip(self, size: int) -> None:
        """Skip the next bytes. Raises _Bomb."""
        while size > 0 and self._more():
            step = min(size, len(self._piece) - self._at)
            self._at += step
            size -= step

    def find_record(self) -> bool:
        """Skip to the next line, or member, that begins like a record; returns whether there is one. Raises _Bomb."""
        begins = True  # a line was just read
        while self._more():
            if (begins or self._begins_member) and self._piece.startswith(_WARC, self._at):
                return True
            begins = False
            at = self._piece.find(b"\n" + _WARC, self._at)
            if at >= 0:
                self._at = at + 1
                return True
            tail, self._at = self._piece[max(self._at, len(self._piece) - len(_WARC)) :], len(self._piece)
            if self._more() and not self._begins_member:  # the mark may lie across two pieces
                self._piece = tail + self._piece
        return False

    def skip_member(self) -> bool:
        """Skip a gzip member that is too large; returns whether another one follows that begins a record."""
        at = self._packed
        self._piece, self._at = b"", 0
        while True:
            self._file.seek(at)
            raw = self._file.read(_PIECE)
            for match in re.finditer(re.escape(_GZIP), raw):
                if self._begins_record(at + match.start()):
                    self._packed = at + match.start()
                    self._file.seek(self._packed)
                    self._pieces = self._unpack()
                    return True
            if len(raw) <= len(_GZIP):
                return False
            at += len(raw) - len(_GZIP)

    def skip_damage(self) -> str:
        """Go on with the next gzip member that begins a record; returns what was wrong, "" where there is none."""
        damage, before = self.fault, self._packed
        self._packed += 1
        if not damage or not self.skip_member():
            self._packed = before
            return ""
        self.fault = ""
        return damage

    def _begins_record(self, at: int) -> bool:
        self._file.seek(at)
        try:
            return bool(gunzipper().decompress(self._file.read(512), len(_WARC)) == _WARC)
        except InflateError:
            return False

    def _more(self) -> bool:
        """Whether there are more bytes; if so, the next piece is loaded."""
        if self._at < len(self._piece):
            return True
        self._piece, self._at = next(self._pieces, b""), 0
        self._unpacked += len(self._piece)
        if self._unpacked > MAX_BLOCK + MAX_HEAD and self._unpacked > RATIO * (self._packed - self._packed_before):
            raise _Bomb(f"a record unpacks to more than {RATIO} times its bytes in the file, and is not read")
        return bool(self._piece)

    def _unpack(self) -> Iterator[bytes]:
        chunk = self._raw()
        if not chunk.startswith(_GZIP[:2]):
            while chunk:
                yield chunk
                chunk = self._raw()
            return
        stream = gunzipper()
        begins = True
        try:
            while chunk:
                self._packed = self._file.tell() - len(chunk)
                piece = stream.decompress(chunk, _PIECE)
                chunk = stream.unused_data if stream.eof else stream.unconsumed_tail
                self._packed = self._file.tell() - len(chunk)
                if piece:
                    self._begins_member, begins = begins, False
                    yield piece
                if stream.eof:
                    stream, begins = gunzipper(), True
                    chunk = chunk.lstrip(b"\0")
                chunk = chunk or self._raw()
            while not begins and (piece := stream.decompress(b"", _PIECE)):
                yield piece
        except InflateError as error:
            self.fault = str(error)
        if not begins and not stream.eof:
            self.fault = self.fault or "the file ends within a record"

    def _raw(self) -> bytes:
        try:
            chunk = self._file.read(_CHUNK)
            self._packed = self._file.tell()
        except (OSError, EOFError, ValueError) as error:
            self.fault = str(error)
            return b""
        return chunk
