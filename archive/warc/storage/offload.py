"""Moves compacted WARC files to object storage, and back.

The local file is deleted only after the whole object was read back and has its size and digest, and after the `.away`
file that stands for it is on the disk. At any moment the local file or the object with its `.away` file is complete, so
what was interrupted is done again from the start.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from archive.core.errors import StorageError, WarcError
from archive.core.files import atomic_write, sync_folder
from archive.warc.compact_reader import describe, find_compacted
from archive.warc.file import path_of
from archive.warc.reader import files, is_away
from archive.warc.storage import away, objects


@dataclass(frozen=True)
class Offloaded:
    """A file that went to object storage or came back: its name in rows, its address there, its size in bytes."""

    warc_file: str
    url: str
    bytes: int


def on_disk(directory: Path) -> list[str]:
    """The archive's compacted WARC files that are on the disk."""
    return [name for name in files(directory) if _is_compacted(directory, name) and not is_away(directory, name)]


def in_storage(directory: Path) -> list[str]:
    """The archive's WARC files that are in object storage."""
    return [name for name in files(directory) if is_away(directory, name)]


def offload(directory: Path, warc_file: str, to: str) -> Offloaded:
    """Copy a compacted file to a storage, read it back and compare it, then delete it here.

    Raises StorageError, and leaves the file as it was, if the storage cannot be reached or has another object there;
    WarcError if the file is not compacted or the object differs.
    """
    made = find_compacted(path_of(directory, warc_file))
    if made is None or made.path.suffix == away.SUFFIX:
        raise WarcError(f"{warc_file} is not compacted on this disk.")
    path = made.path
    url = f"{to.rstrip('/')}/{path.parent.name}/{path.name}"
    size = path.stat().st_size
    with path.open("rb") as file:
        checksum = hashlib.file_digest(file, "sha256").hexdigest()
    before = objects.size(url)
    if before is None or (before < size and _begins_with(path, url)):
        objects.upload(path, url)
    stub = away.Away(url, size, checksum, *describe(made))
    part = path.with_name(path.name + away.SUFFIX)
    if objects.size(url) != size or objects.sha256(url) != checksum:
        if before is not None:
            raise StorageError(
                f"{url} is there already and is not {path}: another archive may use this address. Name another one. The"
                " file stays."
            )
        raise WarcError(f"{url} is not what was written there. {path} stays. Check the storage, then try again.")
    away.write(part, stub)
    path.unlink()
    sync_folder(path.parent)
    return Offloaded(warc_file, url, size)


def bring_back(directory: Path, warc_file: str) -> Offloaded:
    """Copy a file from object storage back to the disk. The object stays, because a backup may need it.

    Raises StorageError if it cannot be read now, WarcError if it is not the file that was put there.
    """
    made = find_compacted(path_of(directory, warc_file))
    if made is None or made.path.suffix != away.SUFFIX:
        raise WarcError(f"{warc_file} is not in object storage.")
    known = away.load(made.path)
    with atomic_write(made.path.with_suffix("")) as file:
        if objects.download(known.url, file) != known.sha256:
            raise WarcError(
                f"{known.url} was altered: it does not have the SHA-256 {known.sha256}. Nothing was changed."
            )
    made.path.unlink()
    sync_folder(made.path.parent)
    return Offloaded(warc_file, known.url, known.size)


def _begins_with(path: Path, url: str) -> bool:
    """Whether an object is the beginning of a file: one that was being written when the command was killed."""
    with path.open("rb") as file:
        return all(piece == file.read(len(piece)) for piece in objects.pieces(url))


def _is_compacted(directory: Path, warc_file: str) -> bool:
    path = path_of(directory, warc_file)
    return not path.exists() and find_compacted(path) is not None
