"""Which pages of a source hold a passage: those on which it was weighed for the text, else those that its template is
made of. Only reads.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import cached_property

from archive.boilerplate.samples import TemplatePage
from archive.store.block_index import READABLE
from archive.text.fingerprint import hash64


class Holders:
    """The pages of one source by the fingerprints of the passages on them."""

    def __init__(self, connection: sqlite3.Connection, source: str) -> None:
        self.connection = connection
        self.source = source

    def captures(self, mark: int, most: int) -> list[int]:
        """The numbers of some captures whose pages hold a passage, at most so many."""
        rows = self.connection.execute(
            "select c.id from blocks b join captures c on c.id = b.capture_id"
            f" where b.fingerprint = ? and c.source = ? and {READABLE} limit ?",
            (mark, self.source, most),
        )
        return [row[0] for row in rows] or list(self._remembered(mark))[:most]

    def article(self, mark: int) -> int | None:
        """An article whose page holds a passage."""
        rows = self.connection.execute(
            "select c.article_id from blocks b join captures c on c.id = b.capture_id"
            " where b.fingerprint = ? and c.source = ? and c.article_id is not null limit 1",
            (mark, self.source),
        ).fetchone()
        return rows[0] if rows else next(filter(None, map(self._article_of, self._remembered(mark))), None)

    def _remembered(self, mark: int) -> Iterator[int]:
        pages = (self._newest.get(page.key) for page in self._pages_with.get(mark, ()))
        return (number for number in pages if number is not None)

    def _article_of(self, number: int) -> int | None:
        row = self.connection.execute("select article_id from captures where id = ?", (number,)).fetchone()
        return row[0] if row else None

    @cached_property
    def _pages_with(self) -> dict[int, list[TemplatePage]]:
        found: dict[int, list[TemplatePage]] = {}
        rows = self.connection.execute("select sample from samples where source = ? order by page", (self.source,))
        for page in (TemplatePage.from_bytes(row[0]) for row in rows):
            for mark in set(page.marks):
                found.setdefault(mark, []).append(page)
        return found

    @cached_property
    def _newest(self) -> dict[int, int]:
        """The newest readable capture of each page, by the key under which a template remembers it."""
        rows = self.connection.execute(
            f"select coalesce(final_key, key), id from captures where source = ? and {READABLE} order by fetched_at",
            (self.source,),
        )
        return {hash64(key): number for key, number in rows}
