"""The archive's database as the site reads it, opened again when another file takes its place."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.database import Database

from archive.web.access import tables_with_rules


class FollowingDatabase(Database):  # type: ignore[misc]  # Datasette has no types
    """Datasette's database, but for a connection a thread that is renewed when archive.db is another file than before.

    `dateline rebuild` may put a new archive.db in the place of one that was deleted or damaged; without this the site
    would go on reading the old one. A file that is missing for a moment changes nothing.
    """

    def __init__(self, datasette: Datasette, path: str, is_mutable: bool = True) -> None:
        super().__init__(datasette, path, is_mutable=is_mutable)
        self._held = threading.local()

    async def label_column_for_table(self, table: str) -> str | None:
        """Datasette's, but none for a table that not everybody may see: its titles would stand in tables beside it."""
        if table.lower() in {name.lower() for name in tables_with_rules(self.ds)}:
            return None
        label: str | None = await super().label_column_for_table(table)
        return label

    async def execute_fn(self, fn: Callable[[sqlite3.Connection], Any]) -> Any:
        """Run a function with this thread's connection in one of Datasette's threads."""
        return await asyncio.get_running_loop().run_in_executor(self.ds.executor, lambda: fn(self._connection()))

    def _connection(self) -> sqlite3.Connection:
        file = _identity(Path(self.path))
        held: tuple[Any, sqlite3.Connection] | None = getattr(self._held, "connection", None)
        if held is not None and file in (None, held[0]):
            return held[1]
        connection: sqlite3.Connection = self.connect()
        self.ds._prepare_connection(connection, self.name)
        self._held.connection = (file, connection)
        if held is not None:
            held[1].close()
        return connection


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
