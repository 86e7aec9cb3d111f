"""What SQLite's errors mean for a person: what happened to which file, and what to do next."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.core.errors import ArchiveError
from archive.store.bulk.connection import BUSY


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Raise an ArchiveError in words for a person in the place of SQLite's error, where there are words for it."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        said = explanation(path, error)
        if said is None:
            raise
        raise ArchiveError(said) from error


def explanation(path: Path, error: sqlite3.DatabaseError) -> str | None:
    """What an error of SQLite means, and what to do; None for one that is a fault of the program."""
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return (
            f"{path} is locked: another program has been writing to it, or reading in one long transaction, for more "
            f"than {BUSY:.0f} seconds. Close that program and try again; nothing was lost."
        )
    if name == "SQLITE_FULL":
        return f"The disk of {path} is full. Make room and start again; what was fetched is safe in the WARC files."
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return (
            f"{path} is not a usable database ({error}). Move it away and run `dateline rebuild`: everything in it "
            "comes from the WARC files."
        )
    if name.startswith("SQLITE_IOERR"):  # a full disk often has only this error
        return (
            f"{path} cannot be read or written ({error}): the disk is full or failing. Make room, or check the disk, "
            "and start again; what was fetched is safe in the WARC files."
        )
    if name.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM")):
        return f"{path} cannot be written ({error}). Make sure that the directory exists and that you may write there."
    return None
