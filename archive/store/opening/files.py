"""The files of a database: SQLite keeps a log and an index of it beside the file itself (https://sqlite.org/wal.html)."""

from __future__ import annotations

from pathlib import Path

_LOG = ("-wal", "-shm")
_ALL = ("", *_LOG, "-journal")


def remove_database(path: Path) -> None:
    """Delete a database that nobody has open, with all that lies beside it."""
    _remove(path, _ALL)


def remove_log(path: Path) -> None:
    """Delete the log of a database before another file takes its place: SQLite would replay it into that one."""
    _remove(path, _LOG)


def _remove(path: Path, suffixes: tuple[str, ...]) -> None:
    for suffix in suffixes:
        path.with_name(path.name + suffix).unlink(missing_ok=True)
