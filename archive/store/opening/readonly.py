"""archive.db opened for reading only, beside a writer or on a medium that cannot be written to."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from archive.core.errors import ArchiveError
from archive.store import schema
from archive.store.schema import Database


@contextmanager
def open_readonly(path: Path) -> Iterator[sqlite3.Connection]:
    """An archive's database, opened for reading only. It takes no lock, and does not wait for a writer.

    Raises ArchiveError if there is none, if another version wrote it (`is_outdated`), or if its newest rows would be
    missing.
    """
    if not path.is_file():
        place = path.parent.absolute()
        if not (path.parent / "sources.toml").exists():
            raise ArchiveError(
                f"There is no archive at {place}. Name one with --archive, or make one: `dateline init`."
            )
        raise ArchiveError(f"The archive at {place} has no archive.db yet. Crawl, import or rebuild first.")
    if is_outdated(path):
        raise ArchiveError(
            f"{path} was written by another version of Dateline. The next command that writes, such as `dateline "
            "crawl`, brings an older one up to date. Where it cannot, run `dateline rebuild`."
        )
    with closing(connect_readonly(path)) as connection:
        yield connection


def is_outdated(path: Path) -> bool:
    """Whether there is a database with tables of another version: `Store` migrates it, or says why it cannot."""
    if not path.is_file():
        return False
    with closing(connect_readonly(path)) as connection:
        try:
            return not schema.is_current(Database(connection))
        except sqlite3.DatabaseError:  # damaged, or no database: the code that reads it will report that
            return False


def connect_readonly(path: Path) -> sqlite3.Connection:
    """A connection to a database of an archive that cannot write.

    Where no file can be made beside the database (a medium that cannot be written to, a full disk), SQLite can only
    read it as `immutable`, which leaves out what only the log holds (https://sqlite.org/wal.html, section 5). Raises
    ArchiveError if there is such.
    """
    place = path.resolve()
    log, shared = (place.with_name(f"{place.name}-{end}") for end in ("wal", "shm"))
    if os.access(place.parent, os.W_OK) or shared.exists():
        connection = sqlite3.connect(f"{place.as_uri()}?mode=ro", uri=True, timeout=10)
        if not _lacks_room(connection):
            return connection
        connection.close()
    if log.exists() and log.stat().st_size:
        said = f"{place} cannot be read where nothing can be written: its newest rows lie in {log.name}."
        raise ArchiveError(
            f"{said} Make room if the disk is full, or copy the whole directory to a place that can be written to, and "
            "read it there."
        )
    return sqlite3.connect(f"{place.as_uri()}?immutable=1", uri=True, timeout=10)


def _lacks_room(connection: sqlite3.Connection) -> bool:
    """Whether SQLite cannot make the files that it needs beside this database."""
    try:
        connection.execute("pragma user_version").fetchone()
    except sqlite3.OperationalError as error:
        return (error.sqlite_errorcode & 0xFF) in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR)
    except sqlite3.DatabaseError:  # damaged, or no database: the code that reads it will report that
        return False
    return False
