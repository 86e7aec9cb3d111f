"""Opens the files of an import: WARC and ARC files, and WACZ files (zip files of WARC files with a list of pages).

Nothing is unpacked to disk. A zip file is hostile input: its names are never used as paths, and the unpacked size of
each file in it is checked before it is read.
Source: Web Archive Collection Zipped 1.1.1, https://specs.webrecorder.net/wacz/1.1.1/.
"""

from __future__ import annotations

import json
import os
import re
import struct
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast
from urllib.parse import quote

from archive.core.errors import ForeignWarcError

MAX_DIRECTORY = 32 * 1024 * 1024
"""The most bytes of a zip file's directory: a few hundred thousand names."""

MAX_RATIO, MAX_UNPACKED = 50, 256 * 1024 * 1024
"""A file in a zip file may unpack to this many times its size, or to this many bytes."""

WARC = re.compile(r"\.w?arc(\.gz)?\Z", re.IGNORECASE)
WACZ = re.compile(r"\.wacz\Z", re.IGNORECASE)
_PAGES = re.compile(r"pages/[^/]{1,100}\.jsonl\Z")
_LINE = 1024 * 1024
"""The most bytes of one line of a list of pages."""

_END, _END64 = b"PK\x05\x06", b"PK\x06\x06"
_BROKEN = (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError)


@dataclass(frozen=True)
class WarcInput:
    """One WARC or ARC file to read, alone or in a WACZ file. `collection` names the files that belong together."""

    name: str
    collection: str
    open: Callable[[], BinaryIO]


@contextmanager
def open_inputs(path: Path, problem: Callable[[str], object]) -> Iterator[tuple[list[WarcInput], list[str]]]:
    """The WARC files of a path, and the addresses in the page list of a WACZ file.

    Raises ForeignWarcError if the path cannot be read or is a broken WACZ file.
    """
    if not WACZ.search(path.name):
        yield [WarcInput(str(path), _collection(path), lambda: _open(path))], []
        return
    with _open(path) as file:
        _check_directory(file, path)
        try:
            archive = zipfile.ZipFile(file)
        except _BROKEN as error:
            raise ForeignWarcError(f"{path} is no WACZ file: {error}.") from error
        with archive:
            inputs = [_input(archive, info, path) for info in _files(archive, path, problem)]
            yield inputs, list(_pages(archive, path, problem))


def _open(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise ForeignWarcError(f"{path} cannot be read: {error.strerror}.") from error


def _input(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path) -> WarcInput:
    def read() -> BinaryIO:
        try:
            return cast(BinaryIO, archive.open(info))
        except _BROKEN as error:
            raise ForeignWarcError(f"{path}: {info.filename} cannot be read: {error}.") from error

    return WarcInput(f"{path}: {info.filename}", _collection(path), read)


def _collection(path: Path) -> str:
    """A name that any table can hold: that of a file need not be in UTF-8."""
    return quote(os.fsencode(path))


def _files(archive: zipfile.ZipFile, path: Path, problem: Callable[[str], object]) -> Iterator[zipfile.ZipInfo]:
    for info in archive.infolist():
        if WACZ.search(info.filename):
            problem(f"{path} holds another WACZ file, {info.filename!r}: unpack it and import it.")
        elif WARC.search(info.filename):
            if fault := _fault(info):
                problem(f"{path}: {info.filename!r} is left out: {fault}.")
            else:
                yield info


def _fault(info: zipfile.ZipInfo) -> str:
    name = PurePosixPath(info.filename)
    if name.is_absolute() or ".." in name.parts or "\\" in info.filename:
        return "its name leads out of the file"
    if info.file_size > max(MAX_UNPACKED, MAX_RATIO * info.compress_size):
        return f"it would unpack from {info.compress_size} bytes to {info.file_size}"
    return ""


def _pages(archive: zipfile.ZipFile, path: Path, problem: Callable[[str], object]) -> Iterator[str]:
    """The addresses in pages/pages.jsonl and similar files: one JSON object on each line, the first without an
    address.
    """
    for info in archive.infolist():
        if not _PAGES.match(info.filename):
            continue
        if fault := _fault(info):
            problem(f"{path}: {info.filename!r} is left out: {fault}.")
            continue
        try:
            with archive.open(info) as file:
                yield from filter(None, map(_page, iter(lambda: file.readline(_LINE), b"")))
        except _BROKEN as error:
            problem(f"{path}: {info.filename!r} cannot be read: {error}.")


def _page(line: bytes) -> str:
    try:
        stated = json.loads(line)
    except (ValueError, RecursionError):
        return ""
    url = stated.get("url") if isinstance(stated, dict) else None
    return url if isinstance(url, str) else ""


def _check_directory(file: BinaryIO, path: Path) -> None:
    """Refuse a zip file whose directory is so large that it would use all memory."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 128 * 1024))
    tail = file.read()
    at, at64 = tail.rfind(_END), tail.rfind(_END64)
    stated = struct.unpack_from("<I", tail, at + 12)[0] if 0 <= at <= len(tail) - 22 else 0
    if 0 <= at64 <= len(tail) - 56:
        stated = max(stated if stated != 0xFFFFFFFF else 0, struct.unpack_from("<Q", tail, at64 + 40)[0])
    if stated > MAX_DIRECTORY:
        raise ForeignWarcError(f"{path} is left out: its directory takes {stated} bytes, which is no WACZ file's.")
    file.seek(0)
