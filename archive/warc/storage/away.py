"""The small file that stands for a compacted WARC file in object storage: where it is, its digest, and its index.

`2026-03.warc.zst.away` stands for `2026-03.warc.zst`. With the index, a record is read with one request for its range
(and once a process the dictionary of the month); which records there are is known without any.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from archive.core.errors import WarcError
from archive.core.files import atomic_write
from archive.warc.storage import objects

SUFFIX = ".away"
_FORMAT = "dateline-away-1"


@dataclass(frozen=True, eq=False)
class Away:
    """What is known of a file in object storage: its address, size and SHA-256, and the index that is in it.

    `start` is where its first record begins; `index` is the block of the index record of the compacted file.
    """

    url: str
    size: int
    sha256: str
    start: int
    index: dict[str, Any]


def load(path: Path) -> Away:
    """What a `.away` file says; cached for a while. Raises WarcError if it cannot be read."""
    try:
        stat = path.stat()
        return _load(path, stat.st_ino, stat.st_mtime_ns)
    except OSError as error:
        raise WarcError(f"{path} cannot be opened: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise WarcError(f"{path} is damaged ({error}). Restore it from a backup.") from error


def write(path: Path, away: Away) -> None:
    """Write a `.away` file, synced, in one step. Raises ArchiveError."""
    with atomic_write(path) as file:
        file.write(json.dumps({"format": _FORMAT, **vars(away)}, separators=(",", ":")).encode() + b"\n")


def piece(path: Path, start: int, length: int) -> bytes:
    """Bytes of the file that a `.away` file stands for. Raises StorageError if they cannot be read now."""
    return objects.read_range(load(path).url, start, length)


def alteration(path: Path) -> str:
    """How the object differs from the file that was put there, in words; "" if it is the same. Reads all of it.

    Raises StorageError if it cannot be read now.
    """
    known = load(path)
    found = objects.size(known.url)
    if found is None:
        return f"{known.url} is not there"
    if found != known.size:
        return f"{known.url} has {found} bytes and not {known.size}"
    if objects.sha256(known.url) != known.sha256:
        return f"{known.url} does not have the SHA-256 {known.sha256}"
    return ""


@lru_cache(maxsize=64)
def _load(path: Path, inode: int, modified: int) -> Away:
    stated: dict[str, Any] = json.loads(path.read_bytes())
    if stated.pop("format") != _FORMAT:
        raise ValueError(f"its format is not {_FORMAT}")
    return Away(**stated)
