"""How a command opens archive.db for reading. A database of an older version is first migrated, once."""

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
    """The archive's database, opened for reading only. Raises ArchiveError if there is none that can be read."""
    bring_up_to_date(archive)
    with open_readonly(archive / "archive.db") as connection:
        yield connection


def make_if_new(archive: Path) -> None:
    """Make the empty tables of an archive that has its sources.toml and nothing else yet, so that it can be shown."""
    if (archive / "sources.toml").is_file() and not (archive / "archive.db").exists() and not has_captures(archive):
        with writer_lock(archive, "dateline, making archive.db", datetime.now(UTC)):
            Store(archive / "archive.db").close()


def has_captures(archive: Path) -> bool:
    """Whether there are WARC files: then a missing archive.db is one to rebuild, not a new one."""
    return next((archive / "warc").glob("*/*"), None) is not None


def bring_up_to_date(archive: Path) -> None:
    """Migrate a database that an older version wrote. Only for this does a reading command take the lock.

    Raises ArchiveError if that is not possible; the message says what to do, or which command must end first.
    """
    database = archive / "archive.db"
    if is_outdated(database):
        with writer_lock(archive, "dateline, bringing archive.db up to date", datetime.now(UTC)):
            Store(database).close()
