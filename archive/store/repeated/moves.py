"""Articles that moved to another address of their source: which to ask for at once, and which are no new releases.

An article whose text comes up at a new address has moved, or was published twice: only its own address says which. So
that is asked for as soon as the text was read elsewhere, and not at its age's turn.
"""

from __future__ import annotations

from datetime import datetime

from archive.core.model import Extraction
from archive.history.events import ArticleState
from archive.history.likeness import same_release
from archive.history.soft404 import text_mark, title_mark
from archive.store.observations import READING
from archive.store.reextract_queue import ReextractQueue
from archive.store.rows import moment, published_day
from archive.store.schema import Database

_MOST = 4
"""Articles with one text, or one title and day; where there are more, they are of one form and none is the other."""

_EARLIER = (
    "select distinct a.id, a.title, a.text, a.published_day from captures c join articles a on a.id = c.article_id"
    f" where c.source = ? and c.{{column}} = ? and c.{READING.replace(' and ', ' and c.')}"
    " and a.id <> ? and a.status = 'live' and a.missing_since is null"
    " and a.last_checked < (select last_crawl from sources where name = c.source) limit ?"
)
_ARRIVED = (
    "select exists (select 1 from articles old indexed by articles_moved join articles new on new.id = ?"
    " where old.moved_to = new.id and old.source = new.source and old.status = 'moved'"
    " and old.first_seen < new.first_seen and old.last_seen < new.first_seen)"
)


class Moves:
    """Call its methods inside the store's `writing` block. What they cost does not grow with the archive."""

    def __init__(self, db: Database, queue: ReextractQueue) -> None:
        self.db = db
        self.queue = queue

    def doubted(self, source: str, article: int, said: Extraction) -> tuple[int, ...]:
        """The articles of earlier crawls, not looked at since, that a new article may be at another address.

        They have its text, or its title and day and most of its text.
        """
        found: set[int] = set()
        day = published_day(said.published_at)
        for column, mark in (("text_mark", text_mark(said.text)), ("title_mark", title_mark(said.title))):
            if mark is None:
                continue
            sql = _EARLIER.format(column=column)
            rows = self.db.execute(sql, (source, mark, article, _MOST + 1)).fetchall()
            if len(rows) > _MOST:
                continue
            found.update(
                number
                for number, title, text, its_day in rows
                if column == "text_mark" or (its_day == day and same_release(Extraction("", title, text), said))
            )
        return tuple(sorted(found))

    def is_doubted(self, source: str, state: ArticleState) -> bool:
        """Whether an article was not looked at since its text was read elsewhere, in a later crawl."""
        if state.status != "live" or state.missing or not state.duplicate or state.duplicate.at <= state.last_checked:
            return False
        last = self.db.execute("select last_crawl from sources where name = ?", (source,)).fetchone()
        return bool(last and last[0] and state.last_checked < last[0])

    def tell(self, article: int) -> None:
        """Let an article to which another moved be no new release, or be one again where that no longer holds."""
        told = self.db.execute(
            "select exists (select 1 from articles where id = ?), exists (select 1 from events where article_id = ?"
            " and kind = 'new')",
            (article, article),
        ).fetchone()
        is_arrived = bool(self.db.execute(_ARRIVED, (article,)).fetchone()[0])
        if is_arrived and told[1]:
            self.db.execute("delete from events where article_id = ? and kind = 'new'", (article,))
        elif told[0] and not told[1] and not is_arrived:
            self.queue.add(article)


def is_one_asked_at_once(db: Database, source: str, since: datetime, now: datetime) -> bool:
    """Whether an article of a source is to be asked for at once, and was not since a moment."""
    return bool(
        db.execute(
            "select exists (select 1 from urls where source = ? and next_check <= ? and state = 'article'"
            " and next_check <= last_checked and last_checked < ?)",
            (source, moment(now), moment(since)),
        ).fetchone()[0]
    )
