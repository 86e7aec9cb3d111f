"""Pages of a source with the same text: at several addresses, or as the site's "not found" page (soft 404).

Uses the marks in `captures`, and the table `soft404_samples`. The cost of a lookup does not grow with the archive.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from archive.core.model import Capture, Extraction, Rejection, Unread
from archive.history.identity import article_key
from archive.history.soft404 import Missing, folder_above, is_error_message, says_missing, text_mark, title_mark
from archive.store.bulk.batch import Batch
from archive.store.rows import Row, asked_key, final_key, moment, moment_or_none
from archive.store.schema import Database

_MEMBERS = 16
_TITLED = 64
"""The most pages with one title; if there are more, it is the title of the site and says nothing about the page."""

_READING = "kind = 'page' and note = '' and article_id is not null"


@dataclass(frozen=True)
class DuplicatePage:
    """The first capture of an article with a text that other articles also have."""

    article: int
    capture_id: int
    at: str
    url: str


class DuplicatePages:
    """Reads and writes what is compared. Call the methods that write inside the store's `writing` block."""

    def __init__(self, db: Database, batch: Batch | None = None) -> None:
        self.db = db
        self.batch = batch or Batch(db)
        self._missing: dict[str, tuple[Missing, ...]] = {}

    def mark(self, row: Row, result: Extraction | Rejection | Unread) -> None:
        """Write the marks of a capture's text and title into its row."""
        read = result if isinstance(result, Extraction) else None
        row["text_mark"] = text_mark(read.text) if read else None
        row["title_mark"] = title_mark(read.title) if read else None

    def judged(self, capture: Capture, result: Extraction | Rejection | Unread) -> Extraction | Rejection | Unread:
        """The result of a capture; a rejection if it is the page to which the site leads missing addresses, or equal to
        the site's "not found" page."""
        if capture.kind != "page" or not isinstance(result, Extraction):
            return result
        if asked_key(capture) != final_key(capture) and urlsplit(capture.url).path in ("", "/"):
            return Rejection("home", "the home page of the site")
        if is_error_message(result.title, result.text):
            return Rejection("error", "shows only an error message of its server")
        if says_missing(result.title, result.text, self._pages(capture.source), capture.url):
            return Rejection("missing", 'matches the "not found" page of the site (soft 404)')
        return result

    def members(
        self, source: str, mark: int, besides: int | None = None, most: int = _MEMBERS
    ) -> tuple[DuplicatePage, ...]:
        """The articles of a source with the text that a mark stands for, earliest first.

        `besides`: one of them, which is left out.
        """
        if besides is not None and self.batch.is_only_text(source, mark):
            return ()
        found: dict[int, DuplicatePage] = {}
        for row in self._said(source, mark, besides):
            if row["article_id"] not in found:
                found[row["article_id"]] = DuplicatePage(
                    row["article_id"], row["id"], row["fetched_at"], row["final_url"]
                )
                if len(found) == most:
                    break
        return tuple(found.values())

    def concerned(self, source: str, article: int, mark: int) -> tuple[int, ...]:
        """The other articles that are affected because this article has the same text."""
        if self.batch.is_only_text(source, mark):
            return ()
        group = self.members(source, mark)
        places = [member.article for member in group]
        if len(group) > 3 and article not in places[:2]:
            return ()
        return tuple(other for other in places if other != article)

    def is_new(self, source: str, article: int, capture_id: int, mark: int) -> bool:
        """Whether no other capture of an article has this text. The capture is of `source`."""
        if self.batch.is_only_text(source, mark):
            return True
        known = self.db.execute(
            f"select 1 from captures where article_id = ? and text_mark = ? and id <> ? and {_READING} limit 1",
            (article, mark, capture_id),
        ).fetchone()
        return known is None

    def learn(self, row: Row, capture: Capture, result: Extraction | Rejection | Unread) -> tuple[int, ...]:
        """Store the answer, with status 200, of an address that cannot exist; returns articles that may have the same
        text.

        Not if it led to another address or shows the page of another: that is not a "not found" page.
        """
        if not isinstance(result, Extraction) or row["final_key"] or not text_mark(result.text):
            return ()
        if article_key(capture.url, result.url, result.title) != final_key(capture):
            return ()
        if Missing(result.title, result.text, folder_above(capture.url)) in self._pages(capture.source):
            return ()
        self.db.execute(
            "insert or replace into soft404_samples (capture_id, source, at, title, text) values (?, ?, ?, ?, ?)",
            (row["id"], capture.source, row["fetched_at"], result.title, result.text),
        )
        self._missing.pop(capture.source, None)
        return tuple({*self._saying(row, "text_mark", -1), *self._saying(row, "title_mark", _TITLED)})

    def last_probe(self, source: str, now: datetime) -> datetime | None:
        """When an address that cannot exist was last requested; a moment in the future is a mistake of the clock."""
        row = self.db.execute(
            "select max(fetched_at) from captures where source = ? and kind = 'probe' and fetched_at <= ?",
            (source, moment(now)),
        ).fetchone()
        return moment_or_none(row[0])

    def _said(self, source: str, mark: int, besides: int | None) -> Iterator[Mapping[str, Any]]:
        return iter(
            self.db.query(
                f"select id, article_id, fetched_at, final_url from captures where source = ? and text_mark = ?"
                f" and {_READING} and article_id is not ? order by fetched_at, id",
                (source, mark, besides),
            )
        )

    def _saying(self, row: Row, column: str, most: int) -> set[int]:
        """The articles with captures that have the mark of a row; none if there are more than `most` captures."""
        found = self.db.execute(
            f"select article_id from captures where source = ? and {column} = ? and {_READING} limit ?",
            (row["source"], row[column], most + 1 if most > 0 else -1),
        ).fetchall()
        return set() if 0 < most < len(found) else {one[0] for one in found}

    def _pages(self, source: str) -> tuple[Missing, ...]:
        if source not in self._missing:
            rows = self.db.query(
                "select s.title, s.text, c.final_url from soft404_samples s join captures c on c.id = s.capture_id"
                " where s.source = ? order by s.at, s.capture_id",
                (source,),
            )
            said = (Missing(row["title"], row["text"], folder_above(row["final_url"])) for row in rows)
            self._missing[source] = tuple(dict.fromkeys(said))
        return self._missing[source]
