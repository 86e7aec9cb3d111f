"""What a crawl needs of the archive. `scheduler.ArchiveSession` is one; so the crawler knows no table.

Times are arguments: `now` is an aware moment.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol

from archive.core.model import Capture, CrawlCounts, Link, Validators
from crawler.sources.sources import Source
from crawler.worker.messages import BackfillProgress, DocumentRead, Dropped, HostRefused, Job, Outcome, RobotsRead


class Keeper(Protocol):
    """Keeps what is fetched, and knows what was fetched before. Only `has_room` and `store_within` wait."""

    @property
    def stopping(self) -> bool:
        """Whether this process was asked to stop."""

    def job(self, source: Source, limit: int | None, since: date | None, now: datetime) -> Job:
        """All that a crawl of a source has to do; at most `limit` new releases, none from before `since`."""

    def begin(self, source: Source, now: datetime) -> int:
        """Record that a crawl of a source begins; returns its number."""

    def finish(self, run: int, outcome: Outcome, failed: bool, now: datetime) -> CrawlCounts:
        """Record how a crawl ended; returns what it changed. All that it fetched must be in the tables."""

    def count(self, run: int, now: datetime) -> CrawlCounts:
        """What a crawl changed, as the tables have it now."""

    def fresh(self, source: str, links: tuple[Link, ...], now: datetime) -> frozenset[str]:
        """Record links; returns the addresses to fetch."""

    def conditions(self, source: str, urls: frozenset[str], now: datetime) -> Mapping[str, Validators]:
        """What a conditional request needs, for those addresses that were fetched before."""

    def add(self, captures: tuple[Capture, ...]) -> None:
        """Take captures that are safely in WARC files."""

    def has_room(self, seconds: float) -> bool:
        """Whether more captures may be added; waits for that at most so many seconds."""

    def poll(self) -> None:
        """Store what is ready; called often."""

    def checkpoint(self) -> int:
        """A number that stands for all that was added so far."""

    def is_stored(self, checkpoint: int) -> bool:
        """Whether all that was added before a checkpoint is in the tables."""

    def store_within(self, seconds: float) -> None:
        """Wait until all that was added is in the tables, at most so many seconds."""

    def recover(self) -> None:
        """Take what a crawler process wrote to WARC files and did not announce before it died."""

    def read(self, message: DocumentRead, now: datetime) -> None:
        """Keep how a document was read."""

    def drop(self, message: Dropped, now: datetime) -> None:
        """Keep why an address was not fetched."""

    def keep_robots(self, message: RobotsRead) -> None:
        """Keep the copy of a robots.txt."""

    def note_backfill(self, message: BackfillProgress, now: datetime) -> None:
        """Keep how far a backfill has come."""

    def refused(self, message: HostRefused, now: datetime) -> None:
        """Keep that a host refused, so that it is left alone."""

    def is_one_doubted(self, source: str, since: datetime, now: datetime) -> bool:
        """Whether a release came up at another address since a moment, so that its own is to be asked at once."""
