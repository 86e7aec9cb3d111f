"""The articles whose captures must be read again, because the result may have changed: the table `reextract_queue`.

An entry is the id of an article, or of a capture that belongs to none. It stays until its captures were read again.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable
from dataclasses import dataclass

from archive.core.ids import capture_number
from archive.core.model import Capture
from archive.store.repeated.block_index import READABLE, BlockIndex
from archive.store.rows import capture_from
from archive.store.schema import Database

_SMALL = 300
"""Up to this many pages of a source are read again together."""


@dataclass(frozen=True)
class ReextractTask:
    """An article, or a capture of none, whose captures must be read again. `stamp` distinguishes it from later
    requests.
    """

    id: int
    captures: tuple[Capture, ...]
    stamp: int


class ReextractQueue:
    """Adds to the queue and takes from it. Methods that write must be called inside the store's `writing` block."""

    def __init__(self, db: Database, block_index: BlockIndex) -> None:
        self.db = db
        self.block_index = block_index
        # Later entries have greater stamps, also after a restart.
        newest = db.execute("select coalesce(max(stamp), 0) from reextract_queue").fetchone()[0]
        self._stamps = itertools.count(newest + 1)

    def __len__(self) -> int:
        return int(self.db.execute("select count(*) from reextract_queue").fetchone()[0])

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be read again."""
        return self.db.execute("select 1 from reextract_queue limit 1").fetchone() is None

    def add(self, number: int) -> None:
        """Queue an article (or a capture of none), so that it is made again from its captures."""
        self.db.execute(
            "insert or replace into reextract_queue (id, stamp) values (?, ?)", (number, next(self._stamps))
        )

    def add_capture(self, number: int) -> None:
        """Queue the article of a capture, or the capture itself if it belongs to none."""
        row = self.db.execute("select coalesce(article_id, id) from captures where id = ?", (number,)).fetchone()
        if row:
            self.add(row[0])

    def add_marked(self, source: str, marks: Iterable[int]) -> None:
        """Queue the articles and rejected pages of a source that contain these blocks.

        If a block is on more pages than the index knows, queue the whole source, as long as it is small.
        """
        wanted = list(marks)
        concerned = self.block_index.pages(source, wanted)
        if any(self.block_index.is_everywhere(mark) for mark in wanted):
            everything = self.block_index.everything(source, _SMALL + 1)
            concerned |= everything if len(everything) <= _SMALL else set()
        for number in sorted(concerned):
            self.add(number)

    def add_decided(self, source: str, marks: Iterable[int]) -> None:
        """Queue every page of a source that a person's decision about these blocks may change, without a limit."""
        for number in sorted(self.block_index.all_pages(source, marks)):
            self.add(number)

    def tasks(self, limit: int, besides: Iterable[int] = ()) -> list[ReextractTask]:
        """The oldest entries, at most `limit`, without those whose ids are in `besides`."""
        under_way = set(besides)
        rows = self.db.execute(
            "select id, stamp from reextract_queue order by stamp limit ?", (limit + len(under_way),)
        ).fetchall()
        chosen = [(number, stamp) for number, stamp in rows if number not in under_way][:limit]
        return [ReextractTask(number, self._captures(number), stamp) for number, stamp in chosen]

    def waiting(self, numbers: Iterable[int]) -> set[int]:
        """Those of these articles that are in the queue."""
        found = "select q.id from json_each(?) j cross join reextract_queue q on q.id = j.value"
        return {row[0] for row in self.db.execute(found, (json.dumps(list(numbers)),)).fetchall()}

    def take(self, task: ReextractTask) -> bool:
        """Delete an entry, unless it was added again since the task began. False if there was no entry any more."""
        stamp = self.db.execute("select stamp from reextract_queue where id = ?", (task.id,)).fetchone()
        if stamp and stamp[0] == task.stamp:
            self.db.execute("delete from reextract_queue where id = ?", (task.id,))
        return stamp is not None

    def _captures(self, number: int) -> tuple[Capture, ...]:
        """Its readable captures, and those of other articles at which its own addresses answered since."""
        own = f"select * from captures where (article_id = ? or id = ?) and {READABLE}"
        others = (
            "select c.* from (select distinct source, key from captures where article_id = ?) a join captures c"
            f" on c.source = a.source and c.key = a.key where c.article_id <> ? and {READABLE}"
        )
        led = (
            "select c.* from (select distinct source, final_key from captures where article_id = ? and note <> '') a"
            f" join captures c on c.source = a.source and c.key = a.final_key where c.article_id <> ? and {READABLE}"
        )
        rows = {row["id"]: row for query in (own, others, led) for row in self.db.query(query, (number, number))}
        captures = map(capture_from, rows.values())
        return tuple(sorted(captures, key=lambda capture: (capture.fetched_at, capture_number(capture))))
