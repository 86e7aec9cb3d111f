"""The WARC files of a source, copied to another archive and proved equal, then deleted where they were."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from archive.core.errors import ArchiveError
from archive.core.files import atomic_write, sync_folder

_CHUNK = 1024 * 1024


def warc_files(directory: Path, source: str) -> list[Path]:
    """Every file of a source's folder, compacted or not; files that are being written are left out."""
    folder = directory / "warc" / source
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))


def size(directory: Path, source: str) -> int:
    """How many bytes the files of a source have."""
    return sum(path.stat().st_size for path in warc_files(directory, source))


def copy(giving: Path, taking: Path, source: str, progress: Callable[[Path], object] = lambda _: None) -> int:
    """Copy the files of a source; returns how many bytes were copied. Files that are there and equal are kept.

    Each is written under another name, synced, read back from the disk and compared before it gets its name. Raises
    ArchiveError if a disk refuses or gives back something else.
    """
    copied = 0
    folder = taking / "warc" / source
    folder.mkdir(parents=True, exist_ok=True)
    for path in warc_files(giving, source):
        progress(path)
        target = folder / path.name
        if target.exists() and is_equal(path, target):
            continue
        copied += _copy(path, target)
    for each in (folder, folder.parent, taking):
        sync_folder(each)
    return copied


def delete(giving: Path, taking: Path, source: str) -> None:
    """Delete the files of a source of which the other archive has an equal one. Raises ArchiveError if it lacks one."""
    for path in warc_files(giving, source):
        target = taking / "warc" / source / path.name
        if not target.exists() or target.stat().st_size != path.stat().st_size:
            raise ArchiveError(f"{target} is not the copy of {path} that it was. {path} stays. Run the command again.")
    for path in warc_files(giving, source):
        path.unlink()
    folder = giving / "warc" / source
    if folder.is_dir():
        shutil.rmtree(folder)
        sync_folder(folder.parent)


def is_equal(one: Path, other: Path) -> bool:
    """Whether two files have the same bytes."""
    if one.stat().st_size != other.stat().st_size:
        return False
    return all(a == b for a, b in zip(_pieces(one), _pieces(other), strict=False))


def _copy(path: Path, target: Path) -> int:
    stated, size = hashlib.sha256(), 0
    with atomic_write(target) as file:
        for piece in _pieces(path):
            stated.update(piece)
            size += file.write(piece)
        file.flush()
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, size, os.POSIX_FADV_DONTNEED)  # from the disk and not from memory
        file.seek(0)
        found = hashlib.sha256()
        while piece := file.read(_CHUNK):
            found.update(piece)
        if found.digest() != stated.digest():
            raise ArchiveError(f"{target} does not have what was written to it: check its disk. {path} stays.")
    return size


def _pieces(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while piece := file.read(_CHUNK):
                yield piece
    except OSError as error:
        raise ArchiveError(f"{path} cannot be read: {error.strerror}.") from error
