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

_NO_ROOM = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR)
"""SQLite's errors where it cannot make the files that it needs beside a database."""

_WAIT = 10.0
"""Seconds to wait for a program that has the database for itself alone. A mere writer keeps no reader waiting."""


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
    ArchiveError if there is such, and if another program lets nobody read the database.
    """
    place = path.resolve()
    log, shared = (place.with_name(f"{place.name}-{end}") for end in ("wal", "shm"))
    if os.access(place.parent, os.W_OK) or shared.exists():
        connection = sqlite3.connect(f"{place.as_uri()}?mode=ro", uri=True, timeout=_WAIT)
        refused = _refusal(connection)
        if refused not in (*_NO_ROOM, sqlite3.SQLITE_BUSY):
            return connection
        connection.close()
        if refused == sqlite3.SQLITE_BUSY:
            raise ArchiveError(
                f"{place} is locked: another program has kept it for itself for more than {_WAIT:.0f} seconds. Close "
                "that program and try again; nothing was lost."
            )
    if log.exists() and log.stat().st_size:
        said = f"{place} cannot be read where nothing can be written: its newest rows lie in {log.name}."
        raise ArchiveError(
            f"{said} Make room if the disk is full, or copy the whole directory to a place that can be written to, and "
            "read it there."
        )
    return sqlite3.connect(f"{place.as_uri()}?immutable=1", uri=True, timeout=_WAIT)


def _refusal(connection: sqlite3.Connection) -> int:
    """The code of SQLite's error when this database is first read; 0 where there is none."""
    try:
        connection.execute("pragma user_version").fetchone()
    except sqlite3.DatabaseError as error:  # one that is damaged, or none: the code that reads it will report that
        return error.sqlite_errorcode & 0xFF
    return 0
