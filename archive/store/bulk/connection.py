"""A connection of sqlite-utils on which a query is one statement, and frequent statements are compiled once.

Its transactions wait for another program that writes to the database, and the log says so.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Generator
from pathlib import Path
from typing import Any

from sqlite_utils import Database

BUSY = 30.0
"""Seconds to wait for another connection that holds the database."""

QUIET = 2.0
"""Seconds of these after which the log says that it waits."""

_STATEMENTS = 1024
"""How many statements are kept compiled: entering a batch of captures uses more than Python's usual 128."""

logger = logging.getLogger(__name__)


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


def begin(db: Database, path: Path) -> None:
    """Begin a transaction that writes; while another program holds the database, wait for it, and say so."""
    db.execute(f"pragma busy_timeout = {int(1000 * QUIET)}")
    try:
        db.execute("begin immediate")
    except sqlite3.OperationalError as error:
        if (error.sqlite_errorcode & 0xFF) != sqlite3.SQLITE_BUSY:
            raise
    else:
        return
    finally:
        db.execute(f"pragma busy_timeout = {int(1000 * BUSY)}")
    logger.warning("%s is locked by another program: waiting for it, up to %.0f seconds.", path, BUSY)
    db.execute("begin immediate")
