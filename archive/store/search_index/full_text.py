"""Writing to the tables of FTS5, at once or for many articles together.

FTS5 gathers new entries in memory and stores them as a segment, to be merged later, at each savepoint and whenever a
row comes whose number is not higher than the last one's (https://sqlite.org/fts5.html, section 4.1). SQLite makes a
savepoint of its own for most statements that run triggers. So one article between such statements is one segment:
many articles in the order of their numbers, with nothing between them, are one segment, too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

_COLUMNS = {"articles_fts": "title, text", "search_fts": "title, text, marks", "earlier_fts": "title, text, marks"}


@dataclass
class FullText:
    """The tables of FTS5 of an archive. Used inside a transaction."""

    connection: sqlite3.Connection
    _waiting: list[tuple[str, int, str, tuple[str, ...]]] = field(default_factory=list)
    _together: bool = False

    def add(self, table: str, row: int, *texts: str) -> None:
        """Enter a row with these texts."""
        self._write(table, row, "rowid", texts)

    def remove(self, table: str, row: int, *texts: str) -> None:
        """Take out a row. The texts must be those that were entered (section 4.4.3)."""
        self._write(table, row, f"{table}, rowid", texts)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Write what is added and removed in the block at its end; nothing, if the block fails, as its transaction.

        A block inside a block joins it.
        """
        if self._together:
            yield
            return
        self._together = True
        try:
            yield
            self._together = False
            for table, row, columns, texts in sorted(self._waiting, key=lambda one: one[:2]):
                self._write(table, row, columns, texts)
        finally:
            self._together = False
            self._waiting = []

    def _write(self, table: str, row: int, columns: str, texts: tuple[str, ...]) -> None:
        if self._together:
            self._waiting.append((table, row, columns, texts))
            return
        values = (row, *texts) if columns == "rowid" else ("delete", row, *texts)
        marks = ", ".join("?" * len(values))
        self.connection.execute(f"insert into {table} ({columns}, {_COLUMNS[table]}) values ({marks})", values)
