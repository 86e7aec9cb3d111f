"""How a command opens archive.db for reading. A database of an older version is first migrated, once."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin

from archive.core.errors import ArchiveError, ArchiveInUse
from archive.core.files import writer_lock
from archive.ingest.clock_corrections import utc_now
from archive.store import search
from archive.store.database import Store
from archive.store.opening.readonly import is_outdated, open_readonly
from archive.store.runs import WatchedSource


@contextmanager
def opened(archive: Path) -> Iterator[sqlite3.Connection]:
    """The archive's database, opened for reading only. Raises ArchiveError if there is none that can be read."""
    bring_up_to_date(archive)
    with open_readonly(archive / "archive.db") as connection:
        yield connection


def note_sources(archive: Path, watched: Iterable[WatchedSource] | None) -> None:
    """Bring the tables up to what sources.toml says of its sources, if there are tables.

    Where another command holds the archive nothing is done: it reads sources.toml itself, or the next one does. Nor is
    an archive that may only be read.
    """
    if watched is None or not (archive / "archive.db").exists() or not os.access(archive, os.W_OK):
        return
    wanted = tuple(watched)
    with opened(archive) as connection:
        stated = search.sources_stated(connection)
    if stated == {replace(source, tags=tuple(sorted(source.tags))) for source in wanted}:
        return
    with (
        suppress(ArchiveInUse),
        writer_lock(archive, "dateline sources", utc_now()),
        Store(archive / "archive.db") as store,
    ):
        store.watch(wanted)


def address_of(archive: Path, source: str) -> str:
    """The newsroom of a source that the archive has articles of, by its newest article; "" where it has none."""
    if not (archive / "archive.db").exists():
        return ""
    with opened(archive) as connection:
        row = connection.execute(
            "select url from articles where source = ? order by first_seen desc limit 1", (source,)
        ).fetchone()
    return urljoin(row[0], "/") if row else ""


def imported(archive: Path, known: Collection[str]) -> dict[str, tuple[str, str]]:
    """The sources that only the tables know, such as those of an import: by name their titles and addresses.

    None of them if the tables cannot be read now.
    """
    with suppress(ArchiveError), opened(archive) as connection:
        rows = connection.execute("select name, coalesce(title, name) from sources order by name").fetchall()
        found = {name: (title, address_of(archive, name)) for name, title in rows if name not in known}
        return {name: (title, address) for name, (title, address) in found.items() if address}
    return {}


def make_if_new(archive: Path) -> None:
    """Make the empty tables of an archive that has its sources.toml and nothing else yet, so that it can be shown."""
    if (archive / "sources.toml").is_file() and not (archive / "archive.db").exists() and not has_captures(archive):
        with writer_lock(archive, "dateline, making archive.db", utc_now()):
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
        if not os.access(archive, os.W_OK):
            raise ArchiveError(
                f"{database} was written by an older version of Dateline and has to be brought up to date before it is "
                f"read, but {archive} cannot be written. Run a command on it where it can be, such as `dateline status`"
                " on a copy."
            )
        with writer_lock(archive, "dateline, bringing archive.db up to date", utc_now()):
            Store(database).close()
