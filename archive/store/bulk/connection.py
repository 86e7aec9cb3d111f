"""A connection of sqlite-utils on which a query is one statement, and frequent statements are compiled once."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from pathlib import Path
from typing import Any

from sqlite_utils import Database

BUSY = 30.0
"""Seconds to wait for another connection that holds the database."""

_STATEMENTS = 1024
"""How many statements are kept compiled: entering a batch of captures uses more than Python's usual 128."""


class QuickDatabase(Database):
    """sqlite-utils' own `query` puts a savepoint around each statement, which makes three statements of one."""

    def query(self, sql: str, params: Any = None) -> Generator[dict[str, Any], None, None]:
        """The rows of a statement that only reads, by the names of their columns."""
        cursor = self.conn.execute(sql, params if isinstance(params, dict) else tuple(params or ()))
        names = [column[0] for column in cursor.description]
        return (dict(zip(names, row, strict=True)) for row in cursor)


def connect(path: Path) -> QuickDatabase:
    """Open a database for writing. The caller closes it."""
    return QuickDatabase(sqlite3.connect(path, timeout=BUSY, cached_statements=_STATEMENTS))
