"""archive.db opened for writing, by its only writer. The tables are written by the other files of this folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from archive.core.backfill import Backfill, WalkPage
from archive.core.errors import ArchiveError
from archive.core.model import CrawlCounts, HostRest, KnownDocument, Link, Policy, Recheck, Validators
from archive.store import frontier, runs, urls
from archive.store.bulk.connection import BUSY, begin
from archive.store.health import crawl_log
from archive.store.health.crawl_log import Restored
from archive.store.hosts import rests
from archive.store.opening.errors import explained
from archive.store.opening.writable import open_writable
from archive.store.repeated.duplicates import DuplicatePages
from archive.store.rows import moment
from archive.store.runs import WatchedSource
from archive.store.schema import Database

LOG_LIMIT = 64 * 1024**2
"""Bytes of the write-ahead log from which on a commit waits for its readers, so that the log begins anew."""

_LOG_WAIT = 2_000
"""Milliseconds that it waits; readers that stay longer are left alone until the next commit."""


class Store:
    """An archive's database, open for writing, used by one thread. The caller holds `archive.core.files.writer_lock`.

    Synchronous is NORMAL: with a write-ahead log, a power cut may lose the newest transactions but never damages the
    file. All of it comes from WARC files that are fsynced, so `recover` restores it. FULL would gain nothing.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.db = open_writable(path)
        self._file = _identity(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database."""
        self.db.close()

    @contextmanager
    def writing(self) -> Iterator[Database]:
        """One immediate transaction: everything that the block writes, or nothing. Blocks inside a block join it.

        Raises ArchiveError if the database is locked, full or damaged.
        """
        with explained(self.path):
            if self.db.conn.in_transaction:
                with self.db.atomic():
                    yield self.db
                return
            if _identity(self.path) != self._file:
                raise ArchiveError(
                    f"{self.path} was moved or deleted while it was in use. Nothing more is written. Run the command "
                    "again where the archive is now: what was fetched is in its WARC files."
                )
            begin(self.db, self.path)
            try:
                yield self.db
                self.db.conn.execute("commit")
            except BaseException:
                self.db.rollback()
                raise
            self._bound_log()

    def _bound_log(self) -> None:
        """Begin the write-ahead log anew where it has grown: readers that follow each other would let it grow for ever.

        SQLite's own checkpoint never waits for them (https://sqlite.org/wal.html, section 6).
        """
        log = self.path.with_name(f"{self.path.name}-wal")
        if not log.is_file() or log.stat().st_size <= LOG_LIMIT:
            return
        self.db.execute(f"pragma busy_timeout = {_LOG_WAIT}")
        self.db.execute("pragma wal_checkpoint(truncate)").fetchall()
        self.db.execute(f"pragma busy_timeout = {int(1000 * BUSY)}")

    def watch(self, sources: Iterable[WatchedSource]) -> tuple[str, ...]:
        """Write to the tables which sources there are in sources.toml, how each is watched, and their tags.

        Returns those that were crawled and are no longer in it.
        """
        with self.writing() as db:
            return runs.watch(db, sources)

    def plan_again(self, policies: Mapping[str, Policy]) -> None:
        """Plan checks anew where the settings of a source changed (`archive.store.urls.plan_again`)."""
        with self.writing() as db:
            urls.plan_again(db, policies)

    def fresh(self, source: str, links: Iterable[Link], now: datetime) -> frozenset[str]:
        """Record links not seen before as pending; the addresses of those to fetch (`archive.store.frontier.fresh`)."""
        with self.writing() as db:
            return frontier.fresh(db, source, links, now)

    def pending(self, source: str, now: datetime, limit: int = -1) -> tuple[Link, ...]:
        """Addresses to fetch as new ones: never fetched, or without an article so far and still named."""
        with self.writing() as db:
            frontier.forget_unnamed(db, source, now)
            return frontier.pending(db, source, now, limit)

    def due(self, source: str, now: datetime, limit: int = -1) -> tuple[Recheck, ...]:
        """Addresses to check again, with their validators, longest overdue first."""
        with explained(self.path):
            return frontier.due(self.db, source, now, limit)

    def last_probe(self, source: str, now: datetime) -> datetime | None:
        """When an address that cannot exist was last requested from a source, until now."""
        with explained(self.path):
            return DuplicatePages(self.db).last_probe(source, now)

    def last_look_at_front(self, source: str, now: datetime) -> datetime | None:
        """When the home page and the list of a source were last requested as such, until now."""
        with explained(self.path):
            return DuplicatePages(self.db).last_probe(source, now, front=True)

    def is_one_doubtful(self, source: str, now: datetime) -> bool:
        """Whether an article that is due may have shown another page of its site when it was last looked at."""
        with explained(self.path):
            return DuplicatePages(self.db).is_one_doubtful(source, now)

    def drop(self, source: str, url: str, reason: str, at: datetime, *, retry: bool = False) -> None:
        """Record why an address gave no response."""
        with self.writing() as db:
            frontier.drop(db, source, url, reason, at, retry)

    def documents(self, source: str) -> tuple[KnownDocument, ...]:
        """Feeds, sitemaps, listings and robots.txt read before."""
        with explained(self.path):
            return frontier.documents(self.db, source)

    def note_document(
        self, source: str, document: KnownDocument, at: datetime, *, offered: bool = False, settles: bool = False
    ) -> None:
        """Record how a reading of a document went (`archive.store.frontier.note_document`)."""
        with self.writing() as db:
            frontier.note_document(db, source, document, at, offered=offered, settles=settles)

    def backfill(self, source: str) -> Backfill | None:
        """How far a source was walked back to its first release; None where no walk has begun."""
        with explained(self.path):
            return runs.backfill(self.db, source)

    def note_backfill_pages(self, source: str, pages: Iterable[WalkPage], at: datetime) -> None:
        """Record pages of a walk back as they are now."""
        with self.writing() as db:
            runs.note_backfill_pages(db, source, pages, at)

    def note_backfill_progress(self, source: str, found: int, expected: int, reached: str, coverage: str = "") -> None:
        """Record what a walk back found so far."""
        with self.writing() as db:
            runs.note_backfill_progress(db, source, found, expected, reached, coverage)

    def finish_backfill(self, source: str, at: datetime) -> None:
        """Record that a source was walked to its first release."""
        with self.writing() as db:
            runs.finish_backfill(db, source, at)

    def newest(self, source: str) -> tuple[Link, ...]:
        """Addresses of a source's newest articles, with what lists and feeds say of them."""
        with explained(self.path):
            return runs.newest(self.db, source)

    def conditions(self, source: str, addresses: Iterable[str], now: datetime) -> dict[str, Validators]:
        """What a conditional request needs, for those of some addresses that belong to articles."""
        with explained(self.path):
            return frontier.conditions(self.db, source, addresses, now)

    def trusts_validators(self, source: str, now: datetime) -> bool:
        """Whether a source's ETags and dates are trusted."""
        with explained(self.path):
            return frontier.trusts_validators(self.db, source, now)

    def distrust(self, source: str, at: datetime) -> None:
        """Note that a source's validator stayed the same although the content changed."""
        with self.writing() as db:
            frontier.distrust(db, source, moment(at))

    def heal_clock(self, source: str, now: datetime, was_ahead: bool = False) -> None:
        """Correct what was recorded while the clock was ahead: it counts as recorded now."""
        with self.writing() as db:
            frontier.heal_clock(db, source, now, was_ahead)

    def resting_hosts(self, now: datetime) -> tuple[HostRest, ...]:
        """Hosts that asked us to wait until later."""
        with explained(self.path):
            return rests.resting_hosts(self.db, now)

    def note_refusal(self, host: str, reason: str, at: datetime, seconds: float | None) -> None:
        """Record that a host refused, and how many seconds it asked us to wait (None: it did not say)."""
        with self.writing() as db:
            rests.note_refusal(db, host, reason, at, seconds)

    def note_answers(self, hosts: Iterable[str], at: datetime) -> None:
        """Record that hosts answered normally."""
        with self.writing() as db:
            rests.note_answers(db, hosts, at)

    def begin_run(self, source: str, at: datetime) -> int:
        """Record that a crawl of a source began; returns its number."""
        with self.writing() as db:
            return runs.begin_run(db, source, at)

    def finish_run(self, run: int, at: datetime, result: runs.RunResult) -> CrawlCounts:
        """Record how a crawl ended; returns its counts, as committed by now (flush the ingest first)."""
        with self.writing() as db:
            counts = runs.finish_run(db, run, at, result)
            crawl_log.note(db, self.path.parent, run)
        return counts

    def count_run(self, run: int, at: datetime) -> CrawlCounts:
        """The counts of a crawl, as the tables have them now."""
        with self.writing() as db:
            before = crawl_log.counted(db, run)
            counts = runs.count_run(db, run, at)
            if crawl_log.counted(db, run) != before:
                crawl_log.note(db, self.path.parent, run)
        return counts

    def restore_crawls(self) -> Restored:
        """Bring back from crawls.jsonl what a new database does not know: when its sources were crawled."""
        with self.writing() as db:
            return crawl_log.restore(db, self.path.parent)

    def judge_restored(self) -> None:
        """Derive what sources can be expected to do, where that is not known although they were crawled."""
        with self.writing() as db:
            runs.judge_restored(db)

    def note_paces(self, run: int, paces: Iterable[tuple[str, str]]) -> None:
        """Record what the feeds that a crawl read ask of who reads them."""
        with self.writing() as db:
            runs.note_paces(db, run, paces)

    def note_passages(self, run: int, passages: Iterable[tuple[str, str]]) -> None:
        """Record by which links a crawl got to documents that stand behind consent walls."""
        with self.writing() as db:
            runs.note_passages(db, run, passages)

    def publications(self, source: str, now: datetime) -> tuple[tuple[datetime, ...], tuple[str, ...]]:
        """When a source published, and what its feeds ask of who reads them."""
        with explained(self.path):
            return runs.publications(self.db, source, now), runs.paces(self.db, source)

    def last_crawls(self) -> dict[str, datetime]:
        """When the last finished crawl of each source began."""
        with explained(self.path):
            return runs.last_crawls(self.db)


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file is at a path; None if there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
