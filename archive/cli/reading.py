"""How a command reads archive.db: one that an older version wrote is brought up to date first, once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from archive.core.files import writer_lock
from archive.store.database import Store, is_outdated, open_readonly


@contextmanager
def opened(archive: Path) -> Iterator[sqlite3.Connection]:
    """The archive's database, open for reading alone. Raises ArchiveError when there is none that can be read."""
    bring_up_to_date(archive)
    with open_readonly(archive / "archive.db") as connection:
        yield connection


def bring_up_to_date(archive: Path) -> None:
    """Migrate a database that an older version wrote; nothing else takes the lock for reading.

    Raises ArchiveError where that cannot be done: it says what mends it, or which command must end first.
    """
    database = archive / "archive.db"
    if is_outdated(database):
        with writer_lock(archive, "dateline, bringing archive.db up to date", datetime.now(UTC)):
            Store(database).close()
