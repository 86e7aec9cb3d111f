"""The daemon's note (DIR/.daemon.json), in which other commands read that a daemon runs and what it will do next.

When it ends, the note is kept as DIR/.daemon.ended.json: a daemon crawls this archive and should be started again.
`dateline crawl` removes it: from then on the archive is crawled by other means, such as cron.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive.core import files
from archive.core.model import as_json

NOTE = ".daemon.json"
ENDED = ".daemon.ended.json"
_APART = timedelta(milliseconds=1)
"""Time between two checks of when sources are due, for each source."""


@dataclass(frozen=True)
class DaemonNote:
    """A daemon as it describes itself: its process, since when, where its site is, when each source is due next."""

    pid: int
    since: str
    address: str = ""
    next: Mapping[str, str] = field(default_factory=dict)


def write_note(directory: Path, daemon: DaemonNote) -> None:
    """Replace the daemon's note in one step."""
    with files.atomic_write(directory / NOTE) as file:
        file.write(json.dumps(as_json(daemon)).encode())


class NoteWriter:
    """Keeps the note of a daemon up to date; the more sources it has, the more rarely, because that is much work."""

    def __init__(self, directory: Path, note: DaemonNote) -> None:
        self.directory = directory
        self.written = note
        self.due = datetime.min.replace(tzinfo=UTC)

    def show(self, next_times: Callable[[], Mapping[str, datetime]], now: datetime) -> None:
        """Write when each source is due next, if it has changed and the last time was long enough ago."""
        if now < self.due:
            return
        times = {name: at.isoformat(timespec="seconds") for name, at in next_times().items()}
        self.due = now + len(times) * _APART
        if times != self.written.next:
            self.written = replace(self.written, next=times)
            write_note(self.directory, self.written)


def remove_note(directory: Path) -> None:
    """Set the note aside, because the daemon ends."""
    with suppress(FileNotFoundError):
        (directory / NOTE).replace(directory / ENDED)


def expect_none(directory: Path) -> None:
    """Remove what an earlier daemon left, because the archive is crawled without one now."""
    for name in (NOTE, ENDED):
        (directory / name).unlink(missing_ok=True)


def is_expected(directory: Path) -> bool:
    """Whether a daemon should run: the archive's last crawl was that of one."""
    return any((directory / name).exists() for name in (NOTE, ENDED))


def read_note(directory: Path) -> DaemonNote | None:
    """The note of the daemon that runs, or None. It counts only while the process that wrote it holds the lock."""
    try:
        note = DaemonNote(**json.loads((directory / NOTE).read_text(encoding="utf-8")))
        holder = json.loads((directory / files.NAME).read_text(encoding="utf-8"))["pid"]
    except (OSError, ValueError, TypeError, KeyError):  # no note, or one that is just being written
        return None
    return note if holder == note.pid and files.is_in_use(directory) else None
