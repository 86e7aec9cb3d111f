"""Connections to archive.db that cannot write."""

from __future__ import annotations

import sqlite3
from pathlib import Path


def open_readonly(path: Path, is_mutable: bool) -> sqlite3.Connection:
    """A connection that cannot write; for a file that nothing changes, one that needs no lock."""
    how = "mode=ro" if is_mutable else "immutable=1"
    return sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, check_same_thread=False)
