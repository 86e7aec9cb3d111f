"""The daemon's note (DIR/.daemon.json), in which other commands read that a daemon runs and what it will do next."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive.core import files
from archive.core.model import as_json

NOTE = ".daemon.json"
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
    """Remove the note, because the daemon ends."""
    (directory / NOTE).unlink(missing_ok=True)


def read_note(directory: Path) -> DaemonNote | None:
    """The note of the daemon that runs, or None. It counts only while the process that wrote it holds the lock."""
    try:
        note = DaemonNote(**json.loads((directory / NOTE).read_text(encoding="utf-8")))
        holder = json.loads((directory / files.NAME).read_text(encoding="utf-8"))["pid"]
    except (OSError, ValueError, TypeError, KeyError):  # no note, or one that is just being written
        return None
    return note if holder == note.pid and files.is_in_use(directory) else None
