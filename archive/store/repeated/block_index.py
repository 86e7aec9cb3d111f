"""Which pages hold which blocks, so that what is learned or decided later finds the articles that it affects.

A block is noted for a bounded number of pages: menus and footers, which stand on all, would fill the database.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

NOTED = 64
"""Pages that are noted for a block at most."""

READABLE = "kind = 'page' and status in (200, 203) and not revisit"
"""Captures with a body that may be an article."""


class BlockIndex:
    """The table `block_index` of an archive; `connection` may be one for reading alone where nothing is to be noted.

    Pages are named by the number of their article; those that became none by that of their capture.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._everywhere: set[int] = set()

    def note(self, capture: int, marks: Iterable[int]) -> None:
        """Note the blocks of a page, but not those that are noted for enough pages already."""
        self.connection.executemany(
            "insert or ignore into block_index values (?, ?)",
            [(mark, capture) for mark in marks if not self.is_everywhere(mark)],
        )

    def is_everywhere(self, mark: int) -> bool:
        """Whether a block may stand on more pages than are noted of it."""
        if mark in self._everywhere:
            return True
        noted = self.connection.execute(
            "select count(*) from (select 1 from block_index where fingerprint = ? limit ?)", (mark, NOTED)
        ).fetchone()[0]
        if noted >= NOTED:
            self._everywhere.add(mark)
        return bool(noted >= NOTED)

    def pages(self, source: str, marks: Iterable[int]) -> set[int]:
        """The pages of a source that are noted for any of these blocks."""
        wanted = list(marks)
        found: set[int] = set()
        for start in range(0, len(wanted), 500):
            chunk = wanted[start : start + 500]
            rows = self.connection.execute(
                "select distinct coalesce(c.article_id, c.id) from block_index b join captures c on c.id = b.capture_id"
                f" where b.fingerprint in ({','.join('?' * len(chunk))}) and c.source = ?",
                (*chunk, source),
            )
            found.update(row[0] for row in rows)
        return found

    def all_pages(self, source: str, marks: Iterable[int]) -> set[int]:
        """Every page of a source that may hold one of these blocks: all there are, where one stands everywhere."""
        wanted = list(marks)
        everywhere = any(self.is_everywhere(mark) for mark in wanted)
        return self.everything(source) if everywhere else self.pages(source, wanted)

    def stale(self, source: str, extractor: str) -> set[int]:
        """The articles of a source that another extractor made, and the pages that it found to be none.

        Empty where this extractor made them all: the pages that are none are then taken to have been seen by it too.
        """
        rows = self.connection.execute(
            "select id, extractor = ? from articles where source = ?", (extractor, source)
        ).fetchall()
        of_today = {number for number, is_of_today in rows if is_of_today}
        return self.everything(source) - of_today if len(of_today) < len(rows) else set()

    def everything(self, source: str, most: int = -1) -> set[int]:
        """The pages of a source, at most so many."""
        return {
            row[0]
            for row in self.connection.execute(
                f"select distinct coalesce(article_id, id) from captures where source = ? and {READABLE} limit ?",
                (source, most),
            )
        }
