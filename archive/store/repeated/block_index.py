"""Index from blocks to the pages that contain them, to find the articles that a new verdict on a block affects.

A block is indexed for a limited number of pages: menus and footers, which are on all pages, would fill the database.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from archive.core.http_status import IS_PAGE

NOTED = 64
"""The most pages that are indexed for a block."""

READABLE = f"kind = 'page' and {IS_PAGE} and not revisit"
"""Captures with a body that may be an article."""


class BlockIndex:
    """The table `block_index` of an archive; for reading, `connection` may be read-only.

    Pages are named by the id of their article; pages that are no article by the id of their capture.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._everywhere: set[int] = set()

    def note(self, capture: int, marks: Iterable[int]) -> None:
        """Index the blocks of a page, except those that are already indexed for enough pages."""
        self.connection.executemany(
            "insert or ignore into block_index values (?, ?)",
            [(mark, capture) for mark in set(marks) - self._of_many(marks)],
        )

    def _of_many(self, marks: Iterable[int]) -> set[int]:
        """The blocks that are known to be indexed for enough pages, those of these among them."""
        asked = json.dumps(list({*marks} - self._everywhere))
        counted = self.connection.execute(
            "select fingerprint from block_index where fingerprint in (select value from json_each(?))"
            " group by 1 having count(*) >= ?",
            (asked, NOTED),
        )
        self._everywhere.update(mark for (mark,) in counted.fetchall())
        return self._everywhere

    def is_everywhere(self, mark: int) -> bool:
        """Whether a block may be on more pages than are indexed."""
        if mark in self._everywhere:
            return True
        noted = self.connection.execute(
            "select count(*) from (select 1 from block_index where fingerprint = ? limit ?)", (mark, NOTED)
        ).fetchone()[0]
        if noted >= NOTED:
            self._everywhere.add(mark)
        return bool(noted >= NOTED)

    def pages(self, source: str, marks: Iterable[int]) -> set[int]:
        """The pages of a source that are indexed for any of these blocks."""
        wanted = list(marks)
        found: set[int] = set()
        for start in range(0, len(wanted), 500):
            chunk = wanted[start : start + 500]
            rows = self.connection.execute(
                "select distinct coalesce(c.article_id, c.id) from block_index b cross join captures c"
                f" on c.id = b.capture_id where b.fingerprint in ({','.join('?' * len(chunk))}) and c.source = ?",
                (*chunk, source),
            )
            found.update(row[0] for row in rows)
        return found

    def all_pages(self, source: str, marks: Iterable[int]) -> set[int]:
        """Every page of a source that may contain one of these blocks: all pages, if a block is everywhere."""
        wanted = list(marks)
        everywhere = any(self.is_everywhere(mark) for mark in wanted)
        return self.everything(source) if everywhere else self.pages(source, wanted)

    def stale(self, source: str, extractor: str) -> set[int]:
        """The articles of a source that another extractor made, and the pages that are no articles.

        Empty if this extractor made all articles: then it is assumed that it also read the other pages.
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
