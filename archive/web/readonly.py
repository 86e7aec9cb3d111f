"""Connections to archive.db that cannot write, opened again when another file takes its place."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Held:
    """An open connection, and which file it reads."""

    file: tuple[int, int] | None
    connection: sqlite3.Connection


def open_readonly(path: Path, is_mutable: bool) -> sqlite3.Connection:
    """A connection that cannot write; for a file that nothing changes, one that needs no lock."""
    how = "mode=ro" if is_mutable else "immutable=1"
    return sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, check_same_thread=False)


def renew(held: Held | None, path: Path, opened: Callable[[], sqlite3.Connection]) -> Held:
    """The connection that is held, or a new one when the path has come to be another file."""
    file = _identity(path)
    if held is not None and file in (None, held.file):
        return held
    connection = opened()
    if held is not None:
        held.connection.close()
    return Held(file, connection)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
