"""Results of reading captures, kept so that no page is read twice in vain; and the captures that could not be read.

Both tables are internal. `readings` may be emptied at any time; that only costs time.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

from archive.boilerplate.template import Template
from archive.core.ids import capture_number
from archive.core.model import Capture, Extraction, Failure, Rejection, Unread, as_json
from archive.store.articles import extraction_from_json
from archive.store.rows import capture_from, moment
from archive.store.schema import Database

MOST = 100_000
"""The most readings that are kept; the oldest are deleted first."""

_LARGEST = 256 * 1024
_PAUSES = (timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=7))


@dataclass(frozen=True)
class ExtractedCapture:
    """A capture with its result: an extraction, the reason why it is no article, or why it could not be read.

    `marks` are the fingerprints of the blocks that were considered for its text. The capture must be read again only if
    the template's verdict on one of them changes. `page` are the marks of all blocks of its page
    (`archive.text.lines`).
    """

    capture: Capture
    result: Extraction | Rejection | Unread
    marks: tuple[int, ...] = ()
    page: tuple[int, ...] = ()


class KeptReadings:
    """The table `readings`. A reading counts only for the extractor that made it and a template with equal verdicts.

    `template_of` gives the template of a source. Methods that write must be called inside the store's `writing` block.
    """

    def __init__(self, db: Database, extractor: str, template_of: Callable[[str], Template]) -> None:
        self.db = db
        self.extractor = extractor
        self.template_of = template_of

    def keep(self, outcome: ExtractedCapture, template: Template) -> None:
        """Keep the result of reading a capture with a template, unless it could not be read or is very large."""
        if isinstance(outcome.result, Unread):
            return
        values = {
            "read": isinstance(outcome.result, Extraction),
            "result": as_json(outcome.result),
            "marks": outcome.marks,
            "page": outcome.page,
        }
        content = zlib.compress(json.dumps(values, ensure_ascii=False).encode(), 1)
        if len(content) > _LARGEST:
            return
        cursor = self.db.execute(
            "insert or replace into readings (capture_id, extractor, verdicts, content) values (?, ?, ?, ?)",
            (capture_number(outcome.capture), self.extractor, _verdicts(template, outcome.marks), content),
        )
        self.db.execute("delete from readings where id <= ?", (int(cursor.lastrowid or 0) - MOST,))

    def get(self, capture: Capture) -> ExtractedCapture | None:
        """The present result of reading a capture; None if it was not kept."""
        row = self.db.execute(
            "select verdicts, content from readings where capture_id = ? and extractor = ?",
            (capture_number(capture), self.extractor),
        ).fetchone()
        if row is None:
            return None
        values = json.loads(zlib.decompress(row[1]))
        marks = tuple(values["marks"])
        if row[0] != _verdicts(self.template_of(capture.source), marks):
            return None
        result = extraction_from_json(values["result"]) if values["read"] else Rejection(**values["result"])
        return ExtractedCapture(capture, result, marks, tuple(values["page"]))


def _verdicts(template: Template, marks: Iterable[int]) -> bytes:
    """What a template says of these blocks, in short (`archive.boilerplate.template.changed`)."""
    said = [
        (mark, template.verdict(mark), mark in template.kept, mark in template.places, mark in template.headlines)
        for mark in sorted(set(marks))
    ]
    found = [each for each in said if any(each[1:])]
    return blake2b(repr(found).encode(), digest_size=8).digest()


@dataclass(frozen=True)
class Due:
    """A capture that could not be read and is due for another try. `kind` is why it failed last."""

    capture: Capture
    kind: Failure


class UnreadCaptures:
    """The table `unread`: captures that could not be read, why, and when each is tried again.

    Pauses grow from ten minutes to a week and never end; a new extractor tries at once. Methods that write must be
    called inside the store's `writing` block.
    """

    def __init__(self, db: Database, extractor: str) -> None:
        self.db = db
        self.extractor = extractor

    def add(self, capture: Capture, failure: Unread, now: datetime) -> None:
        """Record that a capture could not be read, perhaps not for the first time; it is tried again after a pause."""
        number = capture_number(capture)
        known = self.db.execute("select tries, since from unread where capture_id = ?", (number,)).fetchone()
        tries, since = known or (0, moment(now))
        pause = _PAUSES[min(tries, len(_PAUSES) - 1)]
        self.db.execute(
            "insert or replace into unread (capture_id, kind, reason, since, tries, next_try, extractor)"
            " values (?, ?, ?, ?, ?, ?, ?)",
            (number, failure.kind, failure.reason, since, tries + 1, moment(now + pause), self.extractor),
        )

    def remove(self, capture: Capture) -> None:
        """Delete a capture from the table, because it was read."""
        self.db.execute("delete from unread where capture_id = ?", (capture_number(capture),))

    def due(self, now: datetime, limit: int, kinds: Iterable[Failure] = ("record", "process", "fault")) -> list[Due]:
        """Captures to try again now, at most `limit`: those that wait longest, and some that another extractor read.

        Each is asked of an index: this runs again and again, and all of an archive may be unread while a disk is away.
        """
        wanted = ", ".join(f"'{kind}'" for kind in kinds)
        some = (
            f"select * from (select * from unread where {when} and kind in ({wanted}) order by {order} limit :most)"
            for when, order in (
                ("extractor < :own", "extractor"),
                ("extractor > :own", "extractor"),
                ("next_try <= :now", "next_try"),
            )
        )
        rows = self.db.query(
            f"select c.*, u.kind as failure from ({' union '.join(some)}) u"
            " cross join captures c on c.id = u.capture_id order by u.next_try limit :most",
            {"own": self.extractor, "now": moment(now), "most": limit},
        )
        return [Due(capture_from(row), row["failure"]) for row in rows]

    def wake(self, now: datetime) -> None:
        """Try those whose records could not be read again at once: their WARC file may be back."""
        self.db.execute(
            "update unread set next_try = ? where kind = 'record' and next_try > ?", (moment(now), moment(now))
        )

    def count(self) -> int:
        """How many captures could not be read."""
        return int(self.db.execute("select count(*) from unread").fetchone()[0])
