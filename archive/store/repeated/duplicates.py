"""Pages of a source with the same text: at several addresses, or as the site's "not found" page (soft 404).

Uses the marks in `captures`, and the table `soft404_samples`. The cost of a lookup does not grow with the archive.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from archive.core.model import Capture, Extraction, Rejection, Unread
from archive.history.events import EVERYWHERE, INSTEAD, Shows
from archive.history.identity import article_key
from archive.history.soft404 import (
    Missing,
    SitePages,
    folder_above,
    is_error_message,
    is_list_of,
    is_read_from,
    says_missing,
    site_pages,
    text_mark,
    title_mark,
)
from archive.store.bulk.batch import Batch
from archive.store.rows import Row, asked_key, final_key, moment, moment_or_none
from archive.store.schema import Database

_MEMBERS = 16
_TITLED = 64
"""The most pages with one title; if there are more, it is the title of the site and says nothing about the page."""

_READING = "kind = 'page' and note = '' and article_id is not null"
NOT_FOUND = 'matches the "not found" page of the site (soft 404)'
_INSTEAD = "'listing', 'home', 'other', 'missing', 'maintenance'"
_REREAD = f"article_id is not null and kind = 'page' and (note = '' or page_kind in ({_INSTEAD}))"


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
        self._site: dict[str, SitePages] = {}

    def mark(self, row: Row, result: Extraction | Rejection | Unread) -> None:
        """Write the marks of a capture's text and title into its row."""
        if row["kind"] == "probe":  # it is not read again when the template changes
            row["text_mark"] = row["title_mark"] = None
            return
        row["text_mark"] = text_mark(result.text) if isinstance(result, Extraction) else None
        row["title_mark"] = None if isinstance(result, Unread) else title_mark(result.title)

    def judged(self, capture: Capture, result: Extraction | Rejection | Unread) -> Extraction | Rejection | Unread:
        """The result of a capture; a rejection if it is the page to which the site leads missing addresses, or equal to
        the site's "not found" page, or the home page or list that it shows in place of a page."""
        if capture.kind != "page" or isinstance(result, Unread):
            return result
        if isinstance(result, Rejection):
            return self._shown_instead(capture, result)
        if asked_key(capture) != final_key(capture) and urlsplit(capture.url).path in ("", "/"):
            return Rejection("home", "the home page of the site")
        if is_error_message(result.title, result.text):
            return Rejection("error", "shows only an error message of its server")
        if says_missing(result.title, result.text, self._pages(capture.source).missing, capture.url):
            return Rejection("missing", NOT_FOUND, result.title)
        return result

    def _shown_instead(self, capture: Capture, result: Rejection) -> Rejection:
        if not result.text or asked_key(capture) != final_key(capture):
            return result
        pages = self._pages(capture.source)
        if is_list_of(result.title, result.text, pages.everywhere):
            return replace(result, kind="maintenance", reason=EVERYWHERE)
        is_known = is_list_of(result.title, result.text, pages.instead)
        alike = [one for one in (*pages.perhaps, *pages.missing) if is_list_of(result.title, result.text, (one,))]
        if is_known or self._was_read_since(capture.source, asked_key(capture), alike, moment(capture.fetched_at)):
            return replace(result, kind="missing", reason=INSTEAD)
        return result

    def shows(self, row: Row, read: Extraction) -> Shows:
        """Whether what was read as a text is what the site shows for missing pages ("instead"), or for all of them."""
        pages = self._pages(row["source"])
        if is_read_from(read.title, read.text, pages.everywhere):
            return "everywhere"
        if is_read_from(read.title, read.text, pages.instead):
            return "instead"
        alike = [page for page in pages.perhaps if is_read_from(read.title, read.text, (page,))]
        if not alike:
            return ""
        return "instead" if self._was_read_since(row["source"], row["key"], alike, row["fetched_at"]) else "either"

    def _was_read_since(self, source: str, key: str, pages: Sequence[Missing], until: str) -> bool:
        """Whether an article was at its address after its site had shown one of these for others: then it is no page
        that the whole site has come to show."""
        if not pages:
            return False
        before = (
            "select note from captures where source = c.source and key = c.key and kind = 'page' and status = 200"
            " and revisit = 0 and fetched_at <= c.fetched_at order by fetched_at desc limit 1"
        )
        found = self.db.execute(
            "select exists (select 1 from captures c where source = ? and key = ? and kind = 'page'"
            f" and (note = '' or revisit = 1) and fetched_at > ? and fetched_at < ? and ({before}) = '')",
            (source, key, min(page.at for page in pages), until),
        )
        return bool(found.fetchone()[0])

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
        """Store the answer, with status 200, of an address that cannot exist, or of the site's home page or list;
        returns articles that may have the same text.

        Not if an address that cannot exist led to another or shows the page of another: that is no "not found" page.
        """
        if isinstance(result, Unread) or not text_mark(result.text):
            return ()
        if capture.link is None:
            if row["final_key"]:
                return ()
            if isinstance(result, Extraction) and article_key(capture.url, result.url, result.title) != final_key(
                capture
            ):
                return ()
        source, page = capture.source, _as_said(row | {"title": result.title, "text": result.text, "at": ""})
        before = self._pages(source)
        if page in before:
            return ()
        self.db.execute(
            "insert or replace into soft404_samples (capture_id, source, at, title, text) values (?, ?, ?, ?, ?)",
            (row["id"], source, row["fetched_at"], result.title, result.text),
        )
        self._site.pop(source, None)
        told_apart = [one for one in before.perhaps if one not in self._pages(source).perhaps]
        return tuple(set[int]().union(*(self._showing(source, one) for one in (page, *told_apart))))

    def _showing(self, source: str, page: Missing) -> set[int]:
        """The articles that may have shown this page of their site."""
        said = self._saying(source, "text_mark", text_mark(page.text), -1)
        return said | self._saying(source, "title_mark", title_mark(page.title), _TITLED)

    def is_one_doubtful(self, source: str, now: datetime) -> bool:
        """Whether an article that is due showed a list, a "not found" page with status 200 or a text under another
        title when it was last looked at."""
        marks = "(select title_mark from captures where id = a.{})"
        missing = (
            "select 1 from captures where article_id = a.id and fetched_at >= a.missing_since and page_kind = 'missing'"
        )
        doubts = (
            "a.last_outcome = 'unclear'",
            f"(a.unconfirmed is not null and {marks.format('unconfirmed')} is not {marks.format('capture_id')})",
            f"(a.missing_since is not null and a.status = 'live' and exists ({missing}))",
        )
        found = self.db.execute(
            "select exists (select 1 from urls u join articles a on a.id = u.article_id where u.source = ?"
            f" and u.next_check <= ? and u.state = 'article' and ({' or '.join(doubts)}))",
            (source, moment(now)),
        )
        return bool(found.fetchone()[0])

    def last_probe(self, source: str, now: datetime, front: bool = False) -> datetime | None:
        """When an address that cannot exist was last requested (`front`: the site's home page or list); a moment in the
        future is a mistake of the clock."""
        row = self.db.execute(
            "select max(fetched_at) from captures where source = ? and kind = 'probe' and fetched_at <= ?"
            f" and link is {'not ' if front else ''}null",
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

    def _saying(self, source: str, column: str, mark: int | None, most: int) -> set[int]:
        """The articles with captures that have a mark; none if there are more than `most` captures."""
        found = self.db.execute(
            f"select article_id from captures where source = ? and {column} = ? and {_REREAD} limit ?",
            (source, mark, most + 1 if most > 0 else -1),
        ).fetchall()
        return set() if 0 < most < len(found) else {one[0] for one in found}

    def _pages(self, source: str) -> SitePages:
        if source not in self._site:
            rows = self.db.query(
                "select s.title, s.text, s.at, c.link, c.final_url, c.page_kind from soft404_samples s"
                " join captures c on c.id = s.capture_id where s.source = ? order by s.at, s.capture_id",
                (source,),
            )
            self._site[source] = site_pages(tuple(dict.fromkeys(map(_as_said, rows))))
        return self._site[source]


def _as_said(row: Row) -> Missing:
    """A page of the site as it was said at the address that was asked for."""
    listed, front = row["page_kind"] != "release", row["link"] is not None
    above = "" if front else folder_above(row["final_url"])
    return Missing(row["title"], row["text"], above, row["final_url"] if front else "", listed, row["at"])
