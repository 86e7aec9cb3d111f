"""Reads compacted WARC files: a past month of a source in a tenth to a third of its .warc.gz.

There are two forms. Other programs can read both:

- `2026-03.warc.zst`, the form of IIPC's "Zstandard Compression for WARC Files 1.0": a dictionary in a skippable frame
  at the start, then one frame for each record. The last record (a `metadata` record) is the index described below; a
  skippable frame after it says where it begins.
- `2026-03.warc.br`, for months of a few pages: one Brotli stream of the plain WARC. The index is its last record.

The index is a JSON object with the name of the original file and the places of its records, so that files and offsets
in rows, identifiers and links stay right: `of`, `sha256` (of the .warc.gz), `lengths` of the records there, and `sizes`
of the records here.

A compacted file may be in object storage (`archive.warc.storage`); then a `.away` file stands for it, with its index.
"""

from __future__ import annotations

import bisect
import hashlib
import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from archive.core.errors import WarcError
from archive.warc import records
from archive.warc.compression import ZstdDictionary, ZstdError, unpack_brotli, unpack_zstd
from archive.warc.file import MAX_RECORD, open_file
from archive.warc.storage import away

ZST, BR = ".zst", ".br"
AWAY = away.SUFFIX
INDEX_TYPE = "application/vnd.dateline.index+json"
DICTIONARY_FRAME, INDEX_FRAME = 0x184D2A5D, 0x184D2A5E
"""The skippable frames of the dictionary, as the specification says, and of what says where the index begins."""

SKIPPABLE = struct.Struct("<II")
FOOTER = struct.Struct("<IIQ")
_MAX_DICTIONARY = 64 * 1024 * 1024
_GZ = ".gz"


@dataclass(frozen=True, eq=False)
class Compacted:
    """An open compacted file. Offsets and lengths are those of the original .warc.gz."""

    path: Path
    sha256: str
    offsets: tuple[int, ...]
    lengths: tuple[int, ...]
    places: tuple[int, ...]
    sizes: tuple[int, ...]

    @cached_property
    def dictionary(self) -> ZstdDictionary:
        """The dictionary of a .warc.zst file. Raises WarcError."""
        return _dictionary(self.path, _piece(self.path, 0, self.start))

    @cached_property
    def text(self) -> bytes:
        """The whole content of a .warc.br file; b"" of a .warc.zst file, which is read by frames. Raises WarcError."""
        if self.start:
            return b""
        packed = _whole(self.path)
        try:
            return unpack_brotli(packed, MAX_RECORD)
        except ValueError as error:
            raise WarcError(f"{self.path} is damaged: {error}.") from error

    @property
    def start(self) -> int:
        """Where the first record begins: after the dictionary; 0 in a .warc.br file, which has none."""
        return self.places[0]

    def records(self, start: int = 0) -> Iterator[tuple[int, int]]:
        """The offset and length of every record from an offset on."""
        first = bisect.bisect_left(self.offsets, start)
        return zip(self.offsets[first:], self.lengths[first:], strict=True)

    def content(self, offset: int) -> bytes:
        """The record that was at an offset, unpacked. Raises WarcError if there was none or it cannot be read."""
        number = bisect.bisect_left(self.offsets, offset)
        if number == len(self.offsets) or self.offsets[number] != offset:
            raise WarcError(f"{self.path}: no record lay at offset {offset}.")
        place, size = self.places[number], self.sizes[number]
        if self.text:
            return self.text[place : place + size]
        frame = _piece(self.path, place, size)
        try:
            return unpack_zstd(frame, self.dictionary, MAX_RECORD)
        except (ValueError, ZstdError) as error:
            raise WarcError(f"{self.path}: the record that lay at offset {offset} is damaged: {error}") from error


def find_compacted(path: Path) -> Compacted | None:
    """The compacted form of a .warc.gz file; None if there is none. Raises WarcError if it cannot be read."""
    form = compacted_form(path)
    return open_compacted(form) if form else None


def compacted_form(path: Path) -> Path | None:
    """The path of the compacted form of a .warc.gz file, beside it or in its place; None if there is none.

    The `.away` file of one that is in object storage, unless it is on the disk too.
    """
    if path.suffix != _GZ:
        return None
    forms = [path.with_suffix(suffix) for suffix in (ZST, BR)]
    forms += [form.with_name(form.name + AWAY) for form in forms]
    return next((form for form in forms if form.exists()), None)


def compacted_names(folder: Path) -> set[Path]:
    """The .warc.gz files whose compacted forms lie in the folders of a folder."""
    return {
        path.with_name(path.name.removesuffix(form) + _GZ)
        for suffix in (ZST, BR)
        for form in (suffix, suffix + AWAY)
        for path in folder.glob(f"*/[!.]*.warc{form}")
    }


def describe(made: Compacted) -> tuple[int, dict[str, Any]]:
    """Where the first record of a compacted file begins, and the content of its index."""
    name = made.path.with_suffix(_GZ).name
    return made.start, json.loads(pack_index(name, made.sha256, list(made.lengths), list(made.sizes)))


def open_compacted(path: Path) -> Compacted:
    """A compacted file with its index and dictionary; cached for a while, because the next record is often near."""
    try:
        stat = path.stat()
    except OSError as error:
        raise WarcError(f"{path} cannot be opened: {error.strerror}.") from error
    return _load(path, stat.st_ino, stat.st_mtime_ns, stat.st_size)


def pack_index(of: str, sha256: str, lengths: list[int], sizes: list[int]) -> bytes:
    """The block of the index record."""
    return json.dumps({"of": of, "sha256": sha256, "lengths": lengths, "sizes": sizes}, separators=(",", ":")).encode()


@lru_cache(maxsize=8)
def _load(path: Path, inode: int, modified: int, size: int) -> Compacted:
    try:
        if path.suffix == AWAY:
            known = away.load(path)
            return _of_index(path, known.index, known.start)
        return _load_zstd(path, size) if _is_zstd(path) else _load_brotli(path)
    except (ValueError, KeyError, TypeError, struct.error, ZstdError) as error:
        raise WarcError(f"{path} is damaged: its index cannot be read ({error}).") from error


def _is_zstd(path: Path) -> bool:
    """Whether a file is Zstandard, by its first bytes, because an unfinished file has another name."""
    with open_file(path) as file:
        return file.read(4) == SKIPPABLE.pack(DICTIONARY_FRAME, 0)[:4] or path.suffix == ZST


def _load_zstd(path: Path, size: int) -> Compacted:
    with open_file(path) as file:
        _, length = SKIPPABLE.unpack(file.read(SKIPPABLE.size))
        file.seek(size - FOOTER.size)
        magic, _, at = FOOTER.unpack(file.read(FOOTER.size))
        if magic != INDEX_FRAME:
            raise ValueError("no index at its end")
        file.seek(at)
        index = unpack_zstd(file.read(size - FOOTER.size - at), None, MAX_RECORD)
    return _of_record(path, index, SKIPPABLE.size + length)


def _piece(path: Path, place: int, size: int) -> bytes:
    """Bytes of a compacted file, wherever it is. Raises WarcError."""
    if path.suffix == AWAY:
        return away.piece(path, place, size)
    with open_file(path) as file:
        file.seek(place)
        return file.read(size)


def _whole(path: Path) -> bytes:
    if path.suffix != AWAY:
        with open_file(path) as file:
            return file.read()
    known = away.load(path)
    packed = away.piece(path, 0, known.size)
    if hashlib.sha256(packed).hexdigest() != known.sha256:
        raise WarcError(f"{known.url} was altered: it does not have the SHA-256 {known.sha256}.")
    return packed


def _dictionary(path: Path, head: bytes) -> ZstdDictionary:
    try:
        magic, length = SKIPPABLE.unpack(head[: SKIPPABLE.size])
        if magic != DICTIONARY_FRAME or length > _MAX_DICTIONARY:
            raise ValueError("no dictionary at its start")
        return ZstdDictionary(unpack_zstd(head[SKIPPABLE.size :][:length], None, _MAX_DICTIONARY))
    except (ValueError, struct.error, ZstdError) as error:
        raise WarcError(f"{path} is damaged: its dictionary cannot be read ({error}).") from error


def _load_brotli(path: Path) -> Compacted:
    text = unpack_brotli(_whole(path), MAX_RECORD)
    at = text.rfind(b"WARC/1.1\r\nWARC-Type: metadata\r\n")
    made = _of_record(path, text[at:], 0)
    vars(made)["text"] = text  # what the property would unpack again
    return made


def _of_record(path: Path, index: bytes, start: int) -> Compacted:
    record = records.parse(index)[0]
    if record.get("Content-Type") != INDEX_TYPE or record.get("WARC-Block-Digest") != records.digest(record.block):
        raise ValueError("no index")
    return _of_index(path, json.loads(record.block), start)


def _of_index(path: Path, stated: dict[str, Any], start: int) -> Compacted:
    lengths, sizes = stated["lengths"], stated["sizes"]
    return Compacted(
        path=path,
        sha256=stated["sha256"],
        offsets=tuple(accumulate(lengths[:-1], initial=0)),
        lengths=tuple(lengths),
        places=tuple(accumulate(sizes[:-1], initial=start)),
        sizes=tuple(sizes),
    )
