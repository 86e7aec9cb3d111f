"""How an archive stands beyond its tables: the daemon that runs, what was dropped and why, the room it takes.

Only reads, but for the daemon's own note (DIR/.daemon.json), which tells other commands what it will do next.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from archive.core.files import NAME as LOCK
from archive.core.files import atomic_write, is_in_use
from archive.core.model import as_json

NOTE = ".daemon.json"


@dataclass(frozen=True)
class DaemonNote:
    """A daemon as it describes itself: its process, since when, where its site is, when each source is due next."""

    pid: int
    since: str
    address: str = ""
    next: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Dropped:
    """Addresses of a source that gave nothing, for one reason."""

    source: str
    reason: str
    count: int


@dataclass(frozen=True)
class Size:
    """Bytes that an archive takes."""

    database: int
    warc: int
    warc_files: int


def write_note(directory: Path, daemon: DaemonNote) -> None:
    """Replace the daemon's note at once and whole."""
    with atomic_write(directory / NOTE) as file:
        file.write(json.dumps(as_json(daemon)).encode())


def remove_note(directory: Path) -> None:
    """The daemon ends."""
    (directory / NOTE).unlink(missing_ok=True)


def daemon(directory: Path) -> DaemonNote | None:
    """The daemon of an archive, if one runs: its note counts only while the process that wrote it holds the lock."""
    try:
        note = DaemonNote(**json.loads((directory / NOTE).read_text(encoding="utf-8")))
        holder = json.loads((directory / LOCK).read_text(encoding="utf-8"))["pid"]
    except (OSError, ValueError, TypeError, KeyError):  # no note, or one that is just being written
        return None
    return note if holder == note.pid and is_in_use(directory) else None


def dropped(connection: sqlite3.Connection) -> tuple[Dropped, ...]:
    """Why addresses gave nothing, by source and reason, the most frequent first."""
    rows = connection.execute(
        "select source, reason, count(*) from urls where reason <> '' and state in ('pending', 'rejected', 'dropped')"
        " and reason not in ('feed', 'sitemap', 'listing', 'robots', 'redirect')"
        " group by source, reason order by source, count(*) desc, reason"
    )
    return tuple(Dropped(*row) for row in rows)


def size(directory: Path) -> Size:
    """The room that an archive takes on disk."""
    database = sum(_bytes(directory / name) for name in ("archive.db", "archive.db-wal"))
    files = [_bytes(path) for path in (directory / "warc").rglob("*.warc*")]
    return Size(database, sum(files), len(files))


def _bytes(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
