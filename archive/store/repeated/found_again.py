"""An article that is missing at its address, while nearly its text came up at another to which nothing leads."""

from __future__ import annotations

from archive.core.model import Extraction
from archive.history import likeness
from archive.history.events import ArticleState, Observation, Place
from archive.history.soft404 import title_mark
from archive.store.observations import READING
from archive.store.reextract_queue import ReextractQueue
from archive.store.rows import Row
from archive.store.schema import Database
from archive.text.fingerprint import fingerprint

_NEAR = 4
_BLOCKS = 60
_SHARED = 3
_MISSING = "select 1 from articles where source = ? and missing_since is not null limit 1"
_FIRST_READING = (
    "select c.id, c.article_id, c.fetched_at, c.final_url, r.title, r.text from revisions r"
    " join captures c on c.id = r.capture_id where r.article_id = ? and r.n = 1"
)


class FoundAgain:
    """Looks for such texts by titles and blocks. What a lookup costs does not grow with the archive."""

    def __init__(self, db: Database, queue: ReextractQueue) -> None:
        self.db = db
        self.queue = queue

    def may_be(self, source: str, article: int, state: ArticleState | None) -> bool:
        """Whether nearly the text of an article that is missing may be elsewhere."""
        return (
            state is not None
            and (state.status != "moved" or state.moved_to is None)
            and bool(self.near(source, article, state.extraction))
        )

    def near(self, source: str, article: int, said: Extraction) -> tuple[int, ...]:
        """The other articles of a source that may have almost the same text: the same title, or a third of its blocks.

        Blocks that are on many pages do not count, and neither does a title that several articles have.
        """
        found: set[int] = set()
        mark = title_mark(said.title)
        titled = self.db.execute(
            f"select distinct article_id from captures where source = ? and title_mark = ? and {READING} limit ?",
            (source, mark, _NEAR + 2),
        ).fetchall()
        if len(titled) <= _NEAR + 1:
            found.update(number for (number,) in titled)
        marks = {fingerprint(line) for line in said.text.split("\n\n")[:_BLOCKS]}
        rows = self.db.execute(
            "select c.article_id, count(distinct b.fingerprint) from block_index b"
            f" cross join captures c on c.id = b.capture_id where b.fingerprint in ({','.join('?' * len(marks))})"
            " and c.source = ? and c.article_id is not null"
            " group by 1 order by 2 desc, 1 limit ?",
            (*marks, source, 2 * _NEAR),
        ).fetchall()
        found.update(number for number, count in rows if _SHARED * count >= len(marks))
        return tuple(sorted(found - {article}))

    def observations(self, source: str, article: int, last: Extraction, since: str) -> list[Observation]:
        """Where nearly the text that an article had last was first read, in an article that came after a moment."""
        others: list[tuple[Row, Extraction]] = []
        for number in self.near(source, article, last):
            first = next(self.db.query(_FIRST_READING, (number,)), None)
            if first is not None and first["fetched_at"] > since:
                others.append((first, Extraction(first["final_url"], first["title"], first["text"])))
        place = likeness.found_again(last, [extraction for _, extraction in others])
        if place is None:
            return []
        row, extraction = others[place]
        there = Place(row["article_id"], row["final_url"])
        return [Observation(row["fetched_at"], row["id"], "elsewhere", extraction=extraction, place=there)]

    def queue_lost(self, source: str, article: int, extraction: Extraction) -> None:
        """Queue the missing articles that may be found again in a new one."""
        if self.db.execute(_MISSING, (source,)).fetchone() is None:
            return
        for other in self.near(source, article, extraction):
            lost = "select 1 from articles where id = ? and missing_since is not null"
            if self.db.execute(lost, (other,)).fetchone():
                self.queue.add(other)
