"""Reads compacted WARC files: a past month of a source in a tenth to a third of its .warc.gz.

There are two forms. Other programs can read both:

- `2026-03.warc.zst`, the form of IIPC's "Zstandard Compression for WARC Files 1.0": a dictionary in a skippable frame
  at the start, then one frame for each record. The last record (a `metadata` record) is the index described below; a
  skippable frame after it says where it begins.
- `2026-03.warc.br`, for months of a few pages: one Brotli stream of the plain WARC. The index is its last record.

The index is a JSON object with the name of the original file and the places of its records, so that files and offsets
in rows, identifiers and links stay right: `of`, `sha256` (of the .warc.gz), `lengths` of the records there, and `sizes`
of the records here.
"""

from __future__ import annotations

import bisect
import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any, BinaryIO

from archive.core.errors import WarcError
from archive.warc import records
from archive.warc.compression import ZstdDictionary, ZstdError, unpack_brotli, unpack_zstd
from archive.warc.file import MAX_RECORD, opened

ZST, BR = ".zst", ".br"
INDEX_TYPE = "application/vnd.dateline.index+json"
DICTIONARY_FRAME = 0x184D2A5D
"""The skippable frame that the specification gives to the dictionary."""

INDEX_FRAME = 0x184D2A5E
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
    text: bytes

    @cached_property
    def dictionary(self) -> ZstdDictionary:
        """The dictionary of a .warc.zst file. Raises WarcError."""
        with opened(self.path) as file:
            return _dictionary(self.path, file)

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
        with opened(self.path) as file:
            file.seek(place)
            frame = file.read(size)
        try:
            return unpack_zstd(frame, self.dictionary, MAX_RECORD)
        except (ValueError, ZstdError) as error:
            raise WarcError(f"{self.path}: the record that lay at offset {offset} is damaged: {error}") from error


def find_compacted(path: Path) -> Compacted | None:
    """The compacted form of a .warc.gz file; None if there is none. Raises WarcError if it cannot be read."""
    form = compacted_form(path)
    return open_compacted(form) if form else None


def compacted_form(path: Path) -> Path | None:
    """The path of the compacted form of a .warc.gz file, beside it or in its place; None if there is none."""
    forms = (path.with_suffix(suffix) for suffix in (ZST, BR) if path.suffix == _GZ)
    return next((form for form in forms if form.exists()), None)


def compacted_names(folder: Path) -> set[Path]:
    """The .warc.gz files whose compacted forms lie in the folders of a folder."""
    return {path.with_suffix(_GZ) for suffix in (ZST, BR) for path in folder.glob(f"*/[!.]*.warc{suffix}")}


def open_compacted(path: Path) -> Compacted:
    """A compacted file with its index and dictionary; cached for a while, because the next record is often near."""
    try:
        stat = path.stat()
    except OSError as error:
        raise WarcError(f"{path} cannot be opened: {error.strerror}.") from error
    return _loaded(path, stat.st_ino, stat.st_mtime_ns, stat.st_size)


def pack_index(of: str, sha256: str, lengths: list[int], sizes: list[int]) -> bytes:
    """The block of the index record."""
    return json.dumps({"of": of, "sha256": sha256, "lengths": lengths, "sizes": sizes}, separators=(",", ":")).encode()


@lru_cache(maxsize=8)
def _loaded(path: Path, inode: int, modified: int, size: int) -> Compacted:
    try:
        return _load_zstd(path, size) if _is_zstd(path) else _load_brotli(path)
    except (ValueError, KeyError, TypeError, struct.error, ZstdError) as error:
        raise WarcError(f"{path} is damaged: its index cannot be read ({error}).") from error


def _is_zstd(path: Path) -> bool:
    """Whether a file is Zstandard, by its first bytes, because an unfinished file has another name."""
    with opened(path) as file:
        return file.read(4) == SKIPPABLE.pack(DICTIONARY_FRAME, 0)[:4] or path.suffix == ZST


def _load_zstd(path: Path, size: int) -> Compacted:
    with opened(path) as file:
        _, length = SKIPPABLE.unpack(file.read(SKIPPABLE.size))
        file.seek(size - FOOTER.size)
        magic, _, at = FOOTER.unpack(file.read(FOOTER.size))
        if magic != INDEX_FRAME:
            raise ValueError("no index at its end")
        file.seek(at)
        index = unpack_zstd(file.read(size - FOOTER.size - at), None, MAX_RECORD)
    return _indexed(path, index, SKIPPABLE.size + length, b"")


def _dictionary(path: Path, file: BinaryIO) -> ZstdDictionary:
    try:
        magic, length = SKIPPABLE.unpack(file.read(SKIPPABLE.size))
        if magic != DICTIONARY_FRAME or length > _MAX_DICTIONARY:
            raise ValueError("no dictionary at its start")
        return ZstdDictionary(unpack_zstd(file.read(length), None, _MAX_DICTIONARY))
    except (ValueError, struct.error, ZstdError) as error:
        raise WarcError(f"{path} is damaged: its dictionary cannot be read ({error}).") from error


def _load_brotli(path: Path) -> Compacted:
    with opened(path) as file:
        text = unpack_brotli(file.read(), MAX_RECORD)
    at = text.rfind(b"WARC/1.1\r\nWARC-Type: metadata\r\n")
    return _indexed(path, text[at:], 0, text)


def _indexed(path: Path, index: bytes, start: int, text: bytes) -> Compacted:
    record = records.parse(index)[0]
    if record.get("Content-Type") != INDEX_TYPE or record.get("WARC-Block-Digest") != records.digest(record.block):
        raise ValueError("no index")
    stated: dict[str, Any] = json.loads(record.block)
    lengths, sizes = stated["lengths"], stated["sizes"]
    return Compacted(
        path=path,
        sha256=stated["sha256"],
        offsets=tuple(accumulate(lengths[:-1], initial=0)),
        lengths=tuple(lengths),
        places=tuple(accumulate(sizes[:-1], initial=start)),
        sizes=tuple(sizes),
        text=text,
    )
