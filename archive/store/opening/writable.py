"""archive.db opened for writing: SQLite is set up for one writer, and an older database is migrated."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from archive.core.errors import ArchiveError
from archive.store import schema
from archive.store.bulk.connection import connect
from archive.store.opening.errors import explained, explanation
from archive.store.schema import Database

_CHECKPOINT_PAGES = 4000
"""Pages of the write-ahead log (4 KB each) after which SQLite copies it back to the database."""


def open_writable(path: Path) -> Database:
    """An archive's database, with the tables of this version. The caller holds the archive's lock, and closes it.

    Raises ArchiveError if the file is no database, cannot be written, or cannot be migrated.
    """
    with explained(path):
        db = connect(path)
        try:
            schema.check_version(db, str(path))
            db.enable_wal()
            checkpoint = f"wal_autocheckpoint = {_CHECKPOINT_PAGES}"
            for setting in ("synchronous = normal", checkpoint, "temp_store = memory", "cache_size = -32768"):
                db.execute(f"pragma {setting}")
            _migrate(db, path)
        except BaseException:
            db.close()
            raise
    return db


def _migrate(db: Database, path: Path) -> None:
    try:
        schema.migrate(db)
    except (ValueError, KeyError) as error:
        raise _unmigrated(path, error) from error
    except sqlite3.DatabaseError as error:
        if explanation(path, error):
            raise
        raise _unmigrated(path, error) from error


def _unmigrated(path: Path, error: Exception) -> ArchiveError:
    return ArchiveError(
        f"{path} was written by an older Dateline and cannot be brought up to date ({error}). Nothing was changed. Run "
        "`dateline rebuild`: it makes the database again from the WARC files."
    )
